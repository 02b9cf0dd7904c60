//! Brings words into normal form: composed letters (NFC), straight apostrophes and hyphens, single spaces, nothing that
//! cannot be seen. In: words as typed; out: words as compared. Double quotes inside a name stay as they are.

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// The normal form of some words.
pub fn clean(written: &str) -> String {
    if written.is_ascii() {
        let trimmed = written.trim();
        let plain = !trimmed.contains('\t') && !trimmed.contains("  ");
        return if plain {
            trimmed.to_owned()
        } else {
            spaced(trimmed)
        };
    }
    let straight: String = written
        .chars()
        .filter(|letter| !unseen(*letter))
        .map(|letter| match letter {
            '’' | '‘' => '\'',
            '‐' | '‑' => '-',
            other => other,
        })
        .collect();
    if is_nfc(&straight) {
        spaced(&straight)
    } else {
        spaced(&straight.nfc().collect::<String>())
    }
}

/// Runs of space as one, none at the ends.
fn spaced(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for word in words.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Characters that leave no trace on the page and mean nothing: soft hyphens, spaces of no width, marks of direction.
pub fn unseen(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'
            | '\u{2066}'..='\u{2069}' | '\u{feff}'
    )
}
