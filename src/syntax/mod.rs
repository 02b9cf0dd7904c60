//! WRITTEN: text to blocks to tree, and back to canonical text. The only home of pest.
//!
//! In: the text of one file. Out: a [`tree::File`] and every fault of reading; it never fails. This room holds no
//! vocabulary: a file reads the same whatever else is loaded.

pub mod tree;
