//! fiducia tells which duties a described case breaks, and shows every step with its source.

pub mod bank;
pub mod check;
pub mod engine;
pub mod judge;
pub mod plan;
pub mod rulebook;
pub mod syntax;
pub mod text;
pub mod value;
