//! A second, slow evaluator, written from `docs/semantics.md` alone: it tries every binding of every block over the
//! cast, again and again until nothing changes. In: a checked rulebook and a record; out: the truth of every ground
//! sentence, the numbers, and the statuses of every instance that may be engaged. It shares nothing with the engine
//! beyond the checked rulebook and the arithmetic of intervals, and it does not know how to be fast or to explain.
//!
//! Where the page leaves a choice, this is the one taken here:
//!
//! * A number slot has the value of the first line, in the order written, that gives it one; every other line that
//!   mentions it compares.
//! * A fault in a line counts only under a binding that no other line makes false. It counts under every such binding,
//!   even where another binding already settles the sentence.
//! * `any of these` is several bodies, one for each bullet.
//! * A sentence that the case states of one value of a number, an `only one` slot or a setting puts aside what `always`
//!   says of another value.

mod bearing;
mod bindings;
mod facts;
mod folds;
mod lines;
mod norms;
mod outcome;
mod rules;
mod strata;
mod weighing;

pub use bearing::asks_unknown;
pub use bindings::Bound;
pub use outcome::{Fault, Judge, Outcome, Watch, judge, judge_watched, judging, keys, told};
pub use strata::circles;
pub use weighing::{dilemma, named, notes, weighed};
