//! WRITTEN: text to blocks to tree, and back to canonical text. The only home of pest.
//!
//! In: the text of one file. Out: a [`tree::File`] and every fault of reading; it never fails. This room holds no
//! vocabulary: a file reads the same whatever else is loaded.

mod alone;
mod blocks;
mod expected;
mod faults;
mod grammar;
mod hints;
mod leads;
mod parse;
mod parse_attribute;
mod parse_block;
mod parse_case;
mod parse_condition;
mod parse_norm;
mod parse_phrase;
mod parse_rule;
mod parse_simple;
mod plain;
mod print;
mod print_words;
mod refused;
mod same;
mod tokens;
pub mod tree;
mod words;

pub use alone::{read_condition, read_norm_ref, read_phrase};
pub use parse::{read, read_by_grammar};
pub use print::{print, print_rules};
pub use same::same;
