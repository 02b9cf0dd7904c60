//! Every fault that fiducia can tell, once: code, severity, title, cause, remedy, example. In: a code; out: its entry.
//! One file a family; the page of a code under `docs/errors/` is made of the same entry.

mod binding;
mod cases;
mod files;
mod judging;
mod kinds;
mod lint;
mod norms;
mod order;
mod reading;
mod sentences;

use super::Severity;

/// What is said about a kind of fault wherever it occurs.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// `R001`: the letter names the family (R reading, S sentences, K kinds and units, B binding, N norms, C cases,
    /// L lint, O order, J judging, F files).
    pub code: &'static str,
    /// How grave.
    pub severity: Severity,
    /// One line.
    pub title: &'static str,
    /// Why it is a fault, in words for somebody who does not program.
    pub cause: &'static str,
    /// What to do.
    pub remedy: &'static str,
    /// A few lines that are right.
    pub example: &'static str,
}

/// All families.
const FAMILIES: &[&[Entry]] = &[
    files::ENTRIES,
    reading::ENTRIES,
    sentences::ENTRIES,
    kinds::ENTRIES,
    binding::ENTRIES,
    norms::ENTRIES,
    cases::ENTRIES,
    lint::ENTRIES,
    order::ENTRIES,
    judging::ENTRIES,
];

/// Every entry, by family and number.
pub fn entries() -> impl Iterator<Item = &'static Entry> {
    FAMILIES.iter().flat_map(|family| family.iter())
}

/// The entry of a code.
#[must_use]
pub fn entry(code: &str) -> Option<&'static Entry> {
    entries().find(|entry| entry.code.eq_ignore_ascii_case(code))
}

/// The severity of a code; an unlisted code counts as an error.
#[must_use]
pub fn severity(code: &str) -> Severity {
    entry(code).map_or(Severity::Error, |entry| entry.severity)
}
