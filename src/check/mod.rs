//! CHECKED: the door between written and meant.
//!
//! In: written files ([`crate::syntax::tree`]), or a case as JSON. Out: the [`crate::rulebook::Rulebook`] and its
//! [`crate::rulebook::Case`]s with every name resolved, and every fault found; nothing invalid is skipped in silence.
//! This room does not know in what order anything is evaluated.

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
mod kinds;
mod layers;
mod lines;
mod names;
mod norms;
mod people;
mod resolve;
mod rules;
mod say;
mod scope;
mod statements;
mod typing;
mod values;
mod verdicts;

pub use book::rulebook;
pub use cases::{cases, cases_among};
pub use ground::{Ground, ground, norm_pattern};
/// Stand-in until it arrives.
pub fn lint(
    _: &crate::rulebook::Rulebook,
    _: &[crate::rulebook::Case],
) -> Vec<crate::text::Diagnostic> {
    Vec::new()
}
