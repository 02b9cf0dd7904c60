//! Faults of reading: a line that is not in the language. Family R.

use super::Entry;

/// The family.
pub const ENTRIES: &[Entry] = &[];
