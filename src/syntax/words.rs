//! Brings words into normal form: composed letters (NFC), straight apostrophes and hyphens, single spaces. In: words as
//! typed; out: words as compared. Double quotes inside a name stay as they are.

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
