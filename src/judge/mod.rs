//! The deontic layer: walks the plan's phases and settles duties, ideals and concerns.
//!
//! In: a plan, a record, a memory. Out: a [`Judgement`] (it owns the run and gives its memory back). This room does not
//! know the fact graph, or any word.

mod either_way;
mod follow_on;
mod judgement;
mod options;
mod settle;
mod silence;

pub use either_way::{MOST_UNKNOWNS, either_way};
pub use follow_on::follow_ons;
pub use judgement::{
    Behind, By, Defeater, Finding, Judgement, PartVerdict, Parties, Recycled, Verdict, judge,
    judge_again,
};
pub use options::{Dilemma, Instance, Weighed, World, weigh, worlds};
pub use silence::fits;
