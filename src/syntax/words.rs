//! Brings words into normal form: composed letters (NFC), straight apostrophes and hyphens, single spaces, nothing that
//! cannot be seen. In: words as typed; out: words as compared. Double quotes inside a name stay as they are.

use crate::text::SmolStr;
use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// The normal form of some words.
pub fn clean(written: &str) -> String {
    if written.is_ascii() {
        let trimmed = written.trim();
        return if is_tidy(trimmed) {
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

/// Whether only single spaces stand between the words.
fn is_tidy(words: &str) -> bool {
    let bytes = words.as_bytes();
    let next = bytes.get(1..).unwrap_or_default();
    let twice = |(one, two): (&u8, &u8)| *one == b'\t' || (*one == b' ') & (*two == b' ');
    // Without leaving early: then many letters are looked at in one step.
    let untidy = bytes
        .iter()
        .zip(next)
        .fold(false, |untidy, two| untidy | twice(two));
    !untidy && !matches!(bytes.first(), Some(b' ')) && !matches!(bytes.last(), Some(b'\t'))
}

/// The normal form of a name, which is seldom long.
pub fn clean_name(written: &str) -> SmolStr {
    let trimmed = written.trim();
    match trimmed.is_ascii() && is_tidy(trimmed) {
        true => SmolStr::new(trimmed),
        false => SmolStr::from(clean(trimmed)),
    }
}

/// The normal form of one word.
pub fn clean_word(word: &str) -> SmolStr {
    if word.is_ascii() {
        SmolStr::new(word)
    } else {
        SmolStr::from(clean(word))
    }
}

/// The bytes of the space that a text begins with.
pub fn space(text: &str) -> usize {
    let ascii = text
        .bytes()
        .take_while(|b| matches!(b, b' ' | b'\t'))
        .count();
    if text.as_bytes().get(ascii).is_none_or(u8::is_ascii) {
        return ascii;
    }
    text.len()
        - text
            .trim_start_matches(|c: char| {
                c.is_whitespace() && !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}')
            })
            .len()
}

/// The bytes of the word that a text begins with: letters, marks, digits after the first, hyphens and apostrophes
/// (ruling 27), and the joiners that the words of some scripts need.
pub fn word(text: &str) -> usize {
    let mut letters = text.char_indices();
    match letters.next() {
        Some((_, first)) if first.is_alphabetic() || matches!(first, '\'' | '’' | '‘') => {}
        _ => return 0,
    }
    letters
        .find(|(_, letter)| !in_word(*letter))
        .map_or(text.len(), |(at, _)| at)
}

fn in_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric()
        || matches!(letter, '-' | '\'')
        || (!letter.is_ascii()
            && (letter.is_alphanumeric()
                || is_combining_mark(letter)
                || matches!(letter, '’' | '‘' | '‐' | '‑' | '\u{200c}' | '\u{200d}')))
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
