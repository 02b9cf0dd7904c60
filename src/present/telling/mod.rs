//! Verdicts told: on what each turns, which exceptions were considered, what would be otherwise, what to ask, which source.
//! In: a judged world; out: entries. The same words serve the report, the explanation and JSON.

mod entries;
mod exceptions;
mod otherwise;
mod questions;
mod reasons;
mod world;

pub use world::{Before, Telling, deciding, status_words};
