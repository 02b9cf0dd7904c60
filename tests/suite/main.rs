//! The one test binary.

mod differential;
mod generate;
mod loaded;
mod reference;
mod shrink;
mod syntax;
