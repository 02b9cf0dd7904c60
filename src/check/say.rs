//! How sentences are named in faults and in data: keys, wordings with slots in brackets, what was written. In: a phrase
//! or a declared sentence; out: text. It does not know whether a sentence exists.

use crate::rulebook::{Piece, Sentence};
use crate::syntax::tree::{Part, Phrase, Slot};
use crate::text::Diagnostic;
use std::borrow::Cow;

/// The words of a phrase with each slot blanked: what a sentence is found by.
pub(super) fn key(phrase: &Phrase) -> String {
    glue(phrase.parts.iter().map(|part| match &part.node {
        Part::Word(word) => word.as_str(),
        Part::Slot(_) => "_",
    }))
}

/// The phrase as its author wrote it.
pub(super) fn written(phrase: &Phrase) -> String {
    glue(phrase.parts.iter().map(|part| match &part.node {
        Part::Word(word) => Cow::Borrowed(word.as_str()),
        Part::Slot(slot) => Cow::Owned(bracketed(slot)),
    }))
}

/// A wording with the given text in each slot's place.
pub(super) fn wording(pieces: &[Piece], mut slot: impl FnMut(usize) -> String) -> String {
    glue(pieces.iter().map(|piece| match piece {
        Piece::Word(word) => Cow::Borrowed(word.as_str()),
        Piece::Slot(at) => Cow::Owned(slot(*at)),
    }))
}

/// The key of a wording.
pub(super) fn key_of(pieces: &[Piece]) -> String {
    wording(pieces, |_| "_".to_owned())
}

/// A declared sentence, or its opposite, with the names of its slots.
pub(super) fn declared(sentence: &Sentence, opposite: bool) -> String {
    let pieces = match &sentence.opposite {
        Some(pieces) if opposite => pieces,
        _ => &sentence.wording,
    };
    wording(pieces, |at| format!("[{}]", sentence.slots[at].name))
}

/// A slot as written, brackets included.
pub(super) fn bracketed(slot: &Slot) -> String {
    match slot {
        Slot::Name(name) => format!("[{name}]"),
        Slot::Declared { name, kind, .. } => format!("[{name}: {kind}]"),
        Slot::Quoted(text) => format!("[\"{text}\"]"),
        Slot::Number(text) => format!("[{text}]"),
    }
}

/// What stands in a slot, without brackets and quotes.
pub(super) fn content(slot: &Slot) -> &str {
    match slot {
        Slot::Name(text) | Slot::Quoted(text) | Slot::Number(text) => text,
        Slot::Declared { name, .. } => name,
    }
}

/// Words with single spaces between them; a possessive `'s` joins what stands before it.
fn glue<W: AsRef<str>>(words: impl Iterator<Item = W>) -> String {
    let mut text = String::with_capacity(80);
    for word in words {
        let word = word.as_ref();
        if !text.is_empty() && !word.starts_with('\'') {
            text.push(' ');
        }
        text.push_str(word);
    }
    text
}

/// The fault with the nearest wordings; where there are none, with what else to do.
pub(super) fn near(
    fault: Diagnostic,
    close: Vec<String>,
    otherwise: impl FnOnce() -> String,
) -> Diagnostic {
    if close.is_empty() {
        fault.help(otherwise())
    } else {
        fault.suggest(close)
    }
}

/// A word with its article: `a Person`, `an Act`.
pub(super) fn a(word: &str) -> String {
    let vowel = word
        .chars()
        .next()
        .is_some_and(|first| "aeiouAEIOU".contains(first));
    format!("{} {word}", if vowel { "an" } else { "a" })
}

/// Names in a sentence of English: `a`, `a or b`, `a, b or c`.
pub(super) fn either<T: AsRef<str>>(names: &[T]) -> String {
    match names {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} or {}", first.join(", "), last.as_ref())
        }
    }
}
