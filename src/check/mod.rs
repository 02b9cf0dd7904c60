//! CHECKED: the door between written and meant.
//!
//! In: written files ([`crate::syntax::tree`]), or a case as JSON. Out: the [`crate::rulebook::Rulebook`] and its
//! [`crate::rulebook::Case`]s with every name resolved, and every fault found; nothing invalid is skipped in silence.
//! This room does not know in what order anything is evaluated.

mod acting;
mod anchors;
mod attributes;
mod binding;
mod book;
mod cases;
mod citations;
mod declare;
mod defeats;
mod draft;
mod expectations;
mod formula;
mod ground;
mod json;
mod kinds;
mod layers;
mod lines;
mod lint;
mod names;
mod norm_heads;
mod norm_words;
mod norms;
mod people;
mod query;
mod resolve;
mod rules;
mod say;
mod scope;
mod silence;
mod statements;
mod typing;
mod unused;
mod values;
mod verdicts;
mod walk;

pub use book::rulebook;
pub use cases::{cases, cases_among};
pub use ground::{Ground, ground, norm_pattern};
pub use json::{Misread, Unread, case_from_json, case_from_line, case_to_json, case_to_text};
pub use lint::lint;
pub use query::query;
