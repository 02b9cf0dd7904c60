//! The report of a judged case, section by section, and the table of several.

mod closing;
mod options;
mod page;
mod sorted;
mod table;

pub use closing::assumptions;
pub use options::outcome_words;
pub use page::{Report, report, reports};
pub use table::table;
