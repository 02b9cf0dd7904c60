//! How sentences are named in faults and in data: keys, wordings with slots in brackets, what was written. In: a phrase
//! or a declared sentence; out: text. It does not know whether a sentence exists.

use crate::rulebook::Sentence;
use crate::syntax::tree::{Phrase, Slot};
use crate::text::{Diagnostic, blanks};

/// The phrase as its author wrote it.
pub(super) fn written(phrase: &Phrase) -> String {
    blanks::filled(&phrase.words, |at| bracketed(&phrase.slots[at].node))
}

/// A declared sentence, or its opposite, with the names of its slots.
pub(super) fn declared(sentence: &Sentence, opposite: bool) -> String {
    let name = |at: usize| format!("[{}]", sentence.slots[at].name);
    sentence.worded(opposite).said(name)
}

/// A slot as written, brackets included.
pub(super) fn bracketed(slot: &Slot) -> String {
    match slot {
        Slot::Name(name) => format!("[{name}]"),
        Slot::Declared(slot) => format!("[{}: {}]", slot.name, slot.kind),
        Slot::Quoted(text) => format!("[\"{text}\"]"),
        Slot::Number(text) => format!("[{text}]"),
    }
}

/// What stands in a slot, without brackets and quotes.
pub(super) fn content(slot: &Slot) -> &str {
    match slot {
        Slot::Name(text) | Slot::Quoted(text) | Slot::Number(text) => text,
        Slot::Declared(slot) => &slot.name,
    }
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
