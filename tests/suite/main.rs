//! The one test binary.

mod check;
mod commands;
mod coverage;
mod differential;
mod docs;
mod errors;
mod explain;
mod fast;
mod generate;
mod house;
mod loaded;
mod mix;
mod properties;
mod reference;
mod run;
mod session;
mod shrink;
mod syntax;
