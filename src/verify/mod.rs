//! APART: whether a certificate holds, by a reading of the rules of its own.
//!
//! In: a checked rulebook, the record of one world of a case, and a [`Certificate`] that somebody made. Out: what it proves,
//! or the first thing in it that does not hold. Nothing is derived here: what is sure was written down with its proof, what
//! is possible was written down whole, and both are only looked at. This room and `reading` share no line with `plan`, `engine`,
//! `judge`, `graph` or `explain`. It may be slow. It may not be clever.

mod certificate;
mod norms;
mod proof;

pub use certificate::{
    Certificate, Derived, Known, Proof, SCHEMA, Settled, case_hash, exactly, read,
};
pub use proof::{Proved, Refusal, verify};
