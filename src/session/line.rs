//! One line of JSON read in general: whatever the plain shape leaves to it. In: a rulebook and a line; out: a case, or why
//! there is none. Knows no verdict.

use crate::check::{Unread, case_from_line};
use crate::rulebook::{Case, Rulebook};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Why a line is refused: a code, what is wrong, and where in the line (in characters from 1), where known.
pub type Refused = (&'static str, String, Option<usize>);

/// Where lines of cases come from: a file, or standard input for `-` or none.
///
/// # Errors
/// The file cannot be opened.
pub fn open_lines(file: Option<&Path>) -> std::io::Result<Box<dyn Read + Send>> {
    match file {
        Some(file) if file.as_os_str() != "-" => Ok(Box::new(File::open(file)?)),
        _ => Ok(Box::new(std::io::stdin())),
    }
}

/// Reads a line.
///
/// # Errors
/// The first fault of the line, and how many others there are.
pub fn read_line(book: &Rulebook, line: &str) -> Result<Case, Refused> {
    match case_from_line(book, line) {
        Ok(case) => Ok(case),
        Err(Unread::NotJson { message, column }) => Err(("C030", message, Some(column))),
        Err(Unread::NotACase(faults)) => {
            let others = match faults.len() {
                0 | 1 => String::new(),
                2 => "; and one more fault".to_owned(),
                n => format!("; and {} more faults", n - 1),
            };
            match faults.into_iter().next() {
                Some(first) => {
                    let nearest = match first.fault.suggestions.first() {
                        Some(nearest) => format!(". Did you mean \"{nearest}\"?"),
                        None => String::new(),
                    };
                    let message =
                        format!("{}: {}{nearest}{others}", first.path, first.fault.message);
                    Err((first.fault.code, message, None))
                }
                None => Err(("C030", "this line is not a case".to_owned(), None)),
            }
        }
    }
}
