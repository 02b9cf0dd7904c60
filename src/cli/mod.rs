//! DOORS: the command line. One verb a file; each takes its arguments, opens a session, asks one thing, and hands the
//! result to `present`.
//!
//! In: arguments. Out: an exit status and what is printed. This room does not know what a rule, a duty or a verdict is.

mod answer;
mod args;
mod audit;
mod cases;
mod certify;
mod check;
mod compare;
mod completions;
mod comply;
mod convert;
mod coverage;
mod deep;
mod dispatch;
mod explain;
mod fmt;
mod help;
mod impact;
mod interview;
mod judge;
mod likened;
mod man;
mod precedents;
mod progress;
mod query;
mod question;
mod revision;
mod rulebook;
mod settle;
mod side_by_side;
mod supposing;
mod test;
mod typed;
mod verify;
mod vocabulary;
mod whatif;
mod why_not;

pub use answer::{Answer, Exit};
pub use args::{Arguments, Verb};
pub use dispatch::{guarded, main};
pub use typed::of_one_verb;
