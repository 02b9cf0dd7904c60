//! A rough reading of a line that the grammar refused, for the messages alone: words, numbers, strings, slots and other
//! signs with their places. In: the line; out: tokens. Never refuses anything.

use unicode_normalization::char::is_combining_mark;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Letters.
    Word,
    /// Begins with a digit.
    Number,
    /// From quote to quote.
    String,
    /// A quote that nothing closes, and the rest of the line.
    OpenString,
    /// From bracket to bracket.
    Slot,
    /// A bracket that is not closed before the next one or the end.
    OpenSlot,
    /// Any other character.
    Sign(char),
}

/// A token and its bytes.
#[derive(Clone, Copy, Debug)]
pub struct Token<'a> {
    /// What it is.
    pub sort: Sort,
    /// As written.
    pub text: &'a str,
    /// First byte.
    pub start: usize,
}

impl Token<'_> {
    /// One past the last byte.
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// The tokens of a line.
pub fn tokens(line: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(letter) = line[at..].chars().next() {
        if letter.is_whitespace() {
            at += letter.len_utf8();
            continue;
        }
        let rest = &line[at..];
        let (sort, length) = match letter {
            '"' | '“' | '”' | '„' => string(rest),
            '[' => slot(rest),
            _ if letter.is_ascii_digit() => (
                Sort::Number,
                run(rest, |c| {
                    c.is_alphanumeric() || matches!(c, '.' | ',' | '/' | '%')
                }),
            ),
            _ if wordly(letter) && letter != '-' => (Sort::Word, run(rest, wordly)),
            other => (Sort::Sign(other), other.len_utf8()),
        };
        // A comma or full stop behind a number belongs to the line.
        let length = match sort {
            Sort::Number => rest[..length].trim_end_matches([',', '.']).len(),
            _ => length,
        };
        tokens.push(Token {
            sort,
            text: &rest[..length],
            start: at,
        });
        at += length;
    }
    tokens
}

/// Whether a character may stand in a word.
fn wordly(letter: char) -> bool {
    letter.is_alphanumeric()
        || matches!(letter, '\'' | '’' | '‘' | '-' | '‐' | '‑')
        || is_combining_mark(letter)
}

/// The bytes of the characters that fit.
fn run(text: &str, fits: impl Fn(char) -> bool) -> usize {
    text.find(|letter| !fits(letter)).unwrap_or(text.len())
}

/// A string with its quotes.
fn string(text: &str) -> (Sort, usize) {
    let open = text.chars().next().map_or(0, char::len_utf8);
    let mut nested = false;
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            '"' => return (Sort::String, at + 1),
            '“' | '„' => nested = true,
            '”' if nested => nested = false,
            '”' => return (Sort::String, at + letter.len_utf8()),
            _ => {}
        }
    }
    if nested {
        // „…“: the closing sign of one habit is the opening sign of the other.
        if let Some(at) = text[open..].rfind('“') {
            return (Sort::String, open + at + '“'.len_utf8());
        }
    }
    (Sort::OpenString, text.len())
}

/// A slot with its brackets.
fn slot(text: &str) -> (Sort, usize) {
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            ']' => return (Sort::Slot, at + 1),
            '[' => return (Sort::OpenSlot, text[..at].trim_end().len()),
            _ => {}
        }
    }
    (Sort::OpenSlot, text.len())
}

/// Whether a sign is one of calculation.
pub fn operator(sign: char) -> bool {
    matches!(sign, '+' | '-' | '−' | '–' | '*' | '×' | '·' | '/' | '÷')
}
