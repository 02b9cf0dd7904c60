//! The questions against exhaustive search: on small random rulebooks and cases every set of answers, every set of changes and
//! every binding is tried, and what the questions say must be minimal and complete. `FIDUCIA_QUESTIONS` says how many programs
//! (120 unless told), `FIDUCIA_SEED` where to begin.

mod bank;
mod comply;
mod settle;
mod trial;
mod why_not;
