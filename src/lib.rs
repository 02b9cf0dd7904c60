//! fiducia tells which duties a described case breaks, and shows every step with its source.

// The code that pest derives without its `std` feature names this crate. With it, every rule asks how much stack is left,
// a sixth of the time of reading; the depth of a line is bounded by `syntax` before pest sees it.
extern crate alloc;

pub mod bank;
pub mod check;
pub mod cli;
pub mod engine;
pub mod explain;
pub mod graph;
pub mod judge;
pub mod plan;
pub mod present;
pub mod reading;
pub mod rulebook;
pub mod session;
pub mod syntax;
pub mod text;
pub mod value;
pub mod verify;
