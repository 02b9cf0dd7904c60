//! A duty, ideal or concern of certain people, and its statuses, in words. In: ids and a way to say a value; out: text.

use crate::engine::Cell;
use crate::judge::{Defeater, Instance};
use crate::rulebook::{Role, Rulebook, SentenceId};
use crate::value::{NormSort, StatusSet, Values};

/// The value of a cell, where it is one of the case's; a computed number is said by whoever holds the run.
#[must_use]
pub fn value(values: &Values, cell: Cell) -> String {
    cell.value().map_or_else(
        || "a computed number".to_owned(),
        |value| values.get(value).to_string(),
    )
}

/// `duty "rescue", owed by Dr Osei to Mr Lind about appendectomy`.
#[must_use]
pub fn norm(book: &Rulebook, instance: &Instance, say: impl Fn(Cell) -> String) -> String {
    let norm = &book.norms[instance.norm];
    let mut words = format!("{} \"{}\"", norm.sort.word(), norm.name);
    for (at, (party, cell)) in norm.parties.iter().zip(&instance.parties).enumerate() {
        words.push_str(if at == 0 { ", " } else { " " });
        words.push_str(lead(norm.sort, party.role));
        words.push(' ');
        words.push_str(&say(*cell));
    }
    words
}

/// The words before a party.
#[must_use]
pub fn lead(sort: NormSort, role: Role) -> &'static str {
    match (role, sort) {
        (Role::Bearer, NormSort::Duty) => "owed by",
        (Role::Bearer, NormSort::Ideal) => "for",
        (Role::Bearer, NormSort::Concern) | (Role::About, _) => "about",
        (Role::To, _) => "to",
        (Role::Toward, _) => "toward",
    }
}

/// `fulfilled`, `fulfilled or violated`.
#[must_use]
pub fn statuses(set: StatusSet) -> String {
    either(set.iter().map(|status| status.word().to_owned()).collect())
}

/// The name of what defeats a duty, in quotes.
#[must_use]
pub fn defeater(book: &Rulebook, defeater: Defeater) -> String {
    match defeater {
        Defeater::Defeat(id) => format!("\"{}\"", book.defeats[id].name),
        Defeater::Priority(id) => format!("\"{}\"", book.priorities[id].name),
    }
}

/// The declared sentence with these in its slots.
#[must_use]
pub fn sentence(book: &Rulebook, id: SentenceId, slot: impl Fn(usize) -> String) -> String {
    book.vocabulary.sentences[id].wording.said(slot)
}

/// `a`, `a or b`, `a, b or c`.
#[must_use]
pub fn either(mut words: Vec<String>) -> String {
    let last = words.pop().unwrap_or_default();
    if words.is_empty() {
        last
    } else {
        format!("{} or {last}", words.join(", "))
    }
}
