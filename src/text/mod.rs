//! GROUND: where words stand, and how faults are told.
//!
//! In: the text of files. Out: [`SourceMap`], [`Span`], [`Diagnostic`], the [`catalogue`] of faults and the nearest
//! known wording. This room does not know what a rule is.

pub mod blanks;
pub mod catalogue;
mod diagnostic;
mod nearest;
mod source;

/// A short text that takes no memory of its own: names, words.
pub use smol_str::SmolStr;

pub use diagnostic::{Diagnostic, Label, Severity};
pub use nearest::{nearest, nearest_sentences, slips};
pub use source::{FileId, Source, SourceMap, Span};
