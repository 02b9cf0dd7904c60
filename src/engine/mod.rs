//! RUN: forward chaining over the two sets, *surely* and *possibly*.
//!
//! In: a [`Plan`](crate::plan::Plan), a [`Record`](crate::rulebook::Record), a [`Memory`]. Out: both sets and the journal,
//! inside the memory. Both sets live in one table: each row of *possibly* says whether it is also in *surely*, and one walk
//! over the bodies gives both, since a body is surely true exactly when each of its lines is. This room has never heard of a
//! duty: give it any stratified rules and it is still right. It knows no words and no files.

mod aggregate;
mod evidence;
mod fault;
mod fixpoint;
mod journal;
mod load;
mod look;
mod memory;
mod patience;
mod probe;
mod probe_formula;
mod probe_group;
mod probe_reading;
mod probe_verdict;
mod search;
mod solve;
mod table;
mod watch;

pub use evidence::{
    Binding, Evidence, Formula, Found, Member, Reading, Solution, Standing, Thing, VerdictRead,
};
pub use fault::{Fault, Limits, Stop};
pub use journal::{Comparisons, Firing, Journal, Recorder, Silent, Witness};
pub use memory::{Cell, Memory, Run};
pub use probe::Probe;
pub use solve::{compare_intervals, status_set};
pub use table::Table;
