//! The answers to what a committee asks next, as pages: what would settle it, what would make it right, why not. In: judged
//! worlds and answers as data; out: documents. Knows no layout.

mod complying;
mod contrasting;
pub mod interviewing;
pub mod precedents;
mod ranges;
mod settling;
mod why_not;

pub use complying::{becomes, complying, effect_words, fields as complying_fields};
pub use contrasting::{
    Compared, Side, compared, difference, differing_facts, flip_words, rather, turn_lines, what_if,
};
pub use ranges::{domain, range, with_unit};
pub use settling::{fields as settling_fields, of_two_numbers, replies, settling};
pub use why_not::{Asked, lines, sections, why_not};

use super::document::Document;
use super::wording::Words;
use crate::explain::{CaseJudged, WorldJudged};
use crate::rulebook::{Case, Rulebook};

/// An empty page about one world of a case.
#[must_use]
pub fn titled(judged: &CaseJudged<'_>, world: &WorldJudged<'_>) -> Document {
    let mut title = judged.case.name.clone();
    for at in [world.option, world.suppose].into_iter().flatten() {
        let branch = &judged.case.branches[at];
        let sort = if branch.option { "option" } else { "suppose" };
        title.push_str(&format!(" | {sort} {}", branch.name));
    }
    let (name, version) = (&judged.book.name, &judged.book.version);
    let version = if version.is_empty() {
        String::new()
    } else {
        format!(" {version}")
    };
    Document {
        title,
        aside: format!("under \"{name}\"{version}"),
        ..Document::default()
    }
}

/// Says what the ids of a case mean.
#[must_use]
pub fn words<'w>(judged: &'w CaseJudged<'_>) -> Words<'w> {
    Words::of(judged.book, judged.case)
}

/// The same for a case that is laid alongside another.
#[must_use]
pub fn words_of<'w>(book: &'w Rulebook, case: &'w Case) -> Words<'w> {
    Words::of(book, case)
}
