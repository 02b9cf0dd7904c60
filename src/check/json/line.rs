//! A case from the text of one JSON object. In: the text; out: the case, or what keeps it from being one.

use super::read::{Misread, case_from_json, fault};
use super::twice::said_twice;
use crate::rulebook::{Case, Rulebook};

/// Why a text is no case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unread {
    /// It is not JSON.
    NotJson {
        /// What was expected.
        message: String,
        /// Where, in characters from 1.
        column: usize,
    },
    /// It is JSON, but not a case of this rulebook.
    NotACase(Vec<Misread>),
}

/// Reads a case from the text of a JSON object.
///
/// # Errors
/// Every fault found.
pub fn case_from_line(book: &Rulebook, line: &str) -> Result<Case, Unread> {
    let value = serde_json::from_str(line).map_err(|error| {
        let bytes = error.column().saturating_sub(1);
        let column = line
            .char_indices()
            .take_while(|(at, _)| *at < bytes)
            .count()
            + 1;
        let message = error.to_string();
        // The library's message ends with a place that counts bytes; ours stands beside it.
        let message = message
            .split(" at line ")
            .next()
            .unwrap_or("this is not JSON")
            .to_owned();
        Unread::NotJson { message, column }
    })?;
    if let Some(path) = said_twice(line) {
        let fault = fault(
            "C033",
            "This part is said twice",
            "Only one of the two would be read. Put everything into one.",
        );
        return Err(Unread::NotACase(vec![Misread { path, fault }]));
    }
    case_from_json(book, &value).map_err(Unread::NotACase)
}
