//! Cases from files to lines of JSON, and back. In: a case with its rulebook, or lines; out: a line a case, or blocks. Knows
//! no verdict.

use super::line::{Lines, read_line};
use super::opened::OpenCase;
use crate::check::{case_to_json, case_to_text};
use crate::rulebook::Rulebook;
use std::io::{self, BufRead, BufReader, Write};

/// A line that is no case: its number, the code and what is wrong.
pub type NoCase = (u64, &'static str, String);

/// A case as one line, with the line's end.
#[must_use]
pub fn to_line(open: &OpenCase<'_>) -> String {
    format!("{}\n", case_to_json(open.book, open.case))
}

/// Writes the case of each line as a block of a file. Gives the lines that are none.
///
/// # Errors
/// The lines cannot be read, or the blocks cannot be written.
pub fn to_blocks(book: &Rulebook, lines: Lines, mut out: impl Write) -> io::Result<Vec<NoCase>> {
    let mut source = BufReader::new(lines.lines);
    let mut bytes = Vec::new();
    let (mut number, mut first) = (0, true);
    let mut refused = Vec::new();
    loop {
        bytes.clear();
        if source.read_until(b'\n', &mut bytes)? == 0 {
            out.flush()?;
            return Ok(refused);
        }
        number += 1;
        if bytes.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let read = match std::str::from_utf8(&bytes) {
            Ok(line) => read_line(book, line.trim_end_matches(['\n', '\r'])),
            Err(_) => Err(("F003", "this line is not UTF-8 text".to_owned(), None)),
        };
        match read {
            Ok(case) => {
                let between = if std::mem::take(&mut first) { "" } else { "\n" };
                write!(out, "{between}{}", case_to_text(book, &case))?;
            }
            Err((code, message, _)) => refused.push((number, code, message)),
        }
    }
}
