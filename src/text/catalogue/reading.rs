//! Faults of reading: a line that is not in the language. Family R.

use super::Entry;
use crate::text::Severity;

/// The family.
pub const ENTRIES: &[Entry] = &[Entry {
    code: "R053",
    severity: Severity::Warning,
    title: "Line belongs to the option above it",
    cause: "",
    remedy: "",
    example: "",
}];
