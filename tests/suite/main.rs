//! The one test binary.

mod generate;
mod reference;
mod syntax;
