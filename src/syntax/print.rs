//! stub
use crate::syntax::tree::File;
/// Canonical text.
#[must_use]
pub fn print(_file: &File) -> String { String::new() }
/// Same.
#[must_use]
pub fn same(_a: &File, _b: &File) -> bool { true }
