//! The one test binary.

mod cases;
mod check;
mod commands;
mod coverage;
mod differential;
mod docs;
mod errors;
mod explain;
mod fast;
mod generate;
mod grid;
mod house;
mod loaded;
mod mix;
mod properties;
mod questions;
mod reference;
mod report;
mod run;
mod schema;
mod session;
mod shrink;
mod syntax;
