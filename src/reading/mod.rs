//! PLAIN: what a body says under two sets that somebody claims, by trying every binding.
//!
//! In: a rulebook, the record of one world of a case, and the sentences and verdicts claimed beyond it. Out: the truth of a
//! line, the bindings of a body. Nothing is derived here and nothing is ordered: what is asked is looked up among what is
//! stated and what is claimed. It is written from `docs/semantics.md` and shares no line with `plan` or `engine`; it may be
//! slow, and it may not be clever. It serves `verify`.

mod bodies;
mod facts;
mod lines;

pub use bodies::{Bound, Env, Sets, Statuses, Vars, best, thing, vars_of};
pub use facts::{Facts, Key, Reading};
