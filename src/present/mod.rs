//! WORDS: what people and programs read: faults drawn, pages, lists, JSON. The only room that formats.
//!
//! In: diagnostics, the checked rulebook, judged cases, counts. Out: text. This room does not know how anything was found.

pub mod diagnostic;
pub mod diff;
mod document;
pub mod expectations;
pub mod instance;
pub mod json;
pub mod judging;
pub mod junit;
pub mod page;
mod prose;
mod report;
pub mod query;
pub mod rulebook;
mod style;
pub mod summary;
mod telling;
pub mod tally;
pub mod vocabulary;
mod wording;
mod wrap;

pub use report::{Report, faults, outcome_words, report, reports, table};
pub use style::Style;
pub use wrap::wrap;
