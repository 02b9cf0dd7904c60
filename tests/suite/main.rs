//! The one test binary.

mod commands;
mod docs;
mod errors;
mod house;
mod run;
mod session;
mod syntax;
