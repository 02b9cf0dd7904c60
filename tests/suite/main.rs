//! The one test binary.

mod blocks;
mod cases;
mod certificates;
mod check;
mod commands;
mod consultations;
mod coverage;
mod differential;
mod docs;
mod errors;
mod explain;
mod fast;
mod generate;
mod handbook;
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
