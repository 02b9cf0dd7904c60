//! WORDS: what people and programs read: faults drawn, pages, lists, JSON. The only room that formats.
//!
//! In: diagnostics, the checked rulebook, judged cases, counts. Out: text. This room does not know how anything was found.

mod asked;
mod brief;
pub mod certificate;
pub mod coverage;
pub mod deep;
pub mod diagnostic;
pub mod diff;
mod document;
mod drawing;
pub mod expectations;
mod explanation;
mod failed;
pub mod impact;
pub mod instance;
pub mod json;
pub mod judging;
pub mod junit;
pub mod page;
pub mod picture;
mod plural;
mod prose;
pub mod query;
pub mod questions;
mod report;
pub mod rulebook;
pub mod sample;
mod style;
pub mod summary;
pub mod tally;
mod telling;
pub mod vocabulary;
mod wording;
mod wrap;

pub use brief::brief;
pub use explanation::{Explaining, explanation, explanation_pages};
pub use report::{Report, outcome_words, report, reports, table};
pub use style::Style;
pub use wrap::wrap;
