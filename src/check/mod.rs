//! CHECKED: the door between written and meant.
//!
//! In: written files ([`crate::syntax::tree`]), or a case as JSON. Out: the [`crate::rulebook::Rulebook`] and its
//! [`crate::rulebook::Case`]s with every name resolved, and every fault found; nothing invalid is skipped in silence.
//! This room does not know in what order anything is evaluated.

mod binding;
mod book;
mod citations;
mod declare;
mod defeats;
mod draft;
mod formula;
mod kinds;
mod lines;
mod names;
mod norms;
mod resolve;
mod rules;
mod say;
mod scope;
mod typing;
mod values;
mod verdicts;

pub use book::rulebook;
