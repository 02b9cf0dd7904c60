//! The one test binary.

mod check;
mod commands;
mod docs;
mod errors;
mod house;
mod run;
mod session;
mod differential;
mod generate;
mod loaded;
mod reference;
mod shrink;
mod syntax;
