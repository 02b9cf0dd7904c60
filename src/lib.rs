//! fiducia tells which duties a described case breaks, and shows every step with its source.

pub mod check;
pub mod rulebook;
pub mod syntax;
pub mod text;
pub mod value;
