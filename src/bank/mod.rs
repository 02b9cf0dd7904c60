//! Many cases at once.
//!
//! In: a rulebook, its plan and many cases. Out: reports as data. This room does not know files or words.

mod shape;
pub mod test;

pub use shape::{NotPlain, ShapeReader};
