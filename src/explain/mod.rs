//! Answers as data: why, why not, what else, who must be asked.
//!
//! In: a case with its rulebook and plan. Out: [`CaseJudged`], every world of it judged with its fact graph, the [`Grounds`]
//! of every verdict, and the answers to questions. What would be otherwise is decided by judging again. This room does not
//! know any word or file.

mod changes;
mod compare;
mod decisive;
mod grounds;
mod inquiry;
mod query;
mod questions;
mod steps;
mod why;

pub use changes::{Change, Flip};
pub use compare::{Comparison, Difference, compare};
pub use decisive::{Decisive, Turning, decisive};
pub use grounds::{Exception, Ground, Grounds, PartGrounds};
pub use inquiry::{
    CaseJudged, Choice, FindingFound, NoSuchBranch, WorldJudged, inquire, inquire_sentences, worlds,
};
pub use query::{Answers, Row, query};
pub use questions::{Question, Whom};
pub use steps::{How, Step, Steps, Try};
pub use why::{Matched, Why, arising, matching, why_sentence};
