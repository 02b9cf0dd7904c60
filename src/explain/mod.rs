//! Answers as data: why, why not, what else, who must be asked.
//!
//! In: a case with its rulebook and plan. Out: [`CaseJudged`], every world of it judged with its fact graph, the [`Grounds`]
//! of every verdict, and the answers to questions. What would be otherwise is decided by judging again. This room does not
//! know any word or file.

mod again;
mod behind;
mod certify;
mod changes;
mod compare;
mod compare_cases;
mod comply;
mod cuts;
mod decisive;
mod fitting;
mod grounds;
mod hitting;
mod inquiry;
mod interview;
mod likeness;
mod precedents;
mod query;
mod questions;
mod settle;
mod steps;
mod turned;
mod vain;
mod what_if;
mod why;
mod why_not;

pub use again::{Again, Fact, Said, Saying, missing, state};
pub use behind::Behind;
pub use certify::{certified, certify, certify_shown};
pub use changes::{Change, Flip};
pub use compare::{Comparison, Difference, compare};
pub use compare_cases::{Differing, Flipping, differing, flipping};
pub use comply::{Become, Complying, Effect, MOST_CHANGED, Repair, Turn, comply, right};
pub use cuts::{Piece, Range, lattice, pieces};
pub use decisive::{Decisive, Turning, decisive};
pub use fitting::{Fitting, undecided, wrong};
pub use grounds::{Exception, Ground, Grounds, PartGrounds};
pub use inquiry::{CaseJudged, Choice, FindingFound, NoSuchBranch, WorldJudged, inquire, worlds};
pub use interview::{Asking, Contradicts, Interview, Learnt};
pub use likeness::{Pairs, is_same, matched, shared, translated};
pub use precedents::{DecidingStep, Precedent, deciding_steps, precedents};
pub use query::{Answers, Row, query};
pub use questions::{Question, Whom};
pub use settle::{A_DOZEN, Limited, Open, Outcome, Reply, Settling, SettlingSet, open, settle};
pub use steps::{How, Step, Steps, Try};
pub use turned::{Turned, What, comparisons, turned};
pub use what_if::{
    Alongside, Contrast, alongside, block_names, compiled, contrasts, restate, without,
};
pub use why::{Matched, Why, arising, matching, why_sentence};
pub use why_not::{
    Below, Need, NeedRole, NotSo, Way, why_not_any, why_not_norm, why_not_sentence, why_not_values,
    worst,
};
