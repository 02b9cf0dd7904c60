//! Lines of cases opened, and one line of JSON read in general: whatever the plain shape leaves to it. In: a path; out:
//! lines. In: a rulebook and a line; out: a case, or why there is none. Knows no verdict.

use super::folder::Folder;
use super::unpack::unpacked;
use crate::check::{Unread, case_from_line};
use crate::rulebook::{Case, Rulebook};
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Why a line is refused: a code, what is wrong, and where in the line (in characters from 1), where known.
pub type Refused = (&'static str, String, Option<usize>);

/// Lines of cases, and how much of them was read.
pub struct Lines {
    /// The lines.
    pub lines: Box<dyn Read + Send>,
    /// The bytes of the source, where that is known beforehand.
    pub size: Option<u64>,
    /// The bytes of the source that were read.
    pub read: Arc<AtomicU64>,
}

/// Where lines of cases come from: a file, packed or not, a folder of tables, or standard input for `-` or none.
///
/// # Errors
/// The file or folder cannot be opened.
pub fn open_lines(path: Option<&Path>) -> std::io::Result<Lines> {
    let read = Arc::new(AtomicU64::new(0));
    let (lines, size): (Box<dyn Read + Send>, _) = match path {
        Some(path) if path.is_dir() => (Box::new(Folder::open(path)?), None),
        Some(path) if path.as_os_str() != "-" => {
            let file = File::open(path)?;
            let size = file.metadata().ok().filter(std::fs::Metadata::is_file);
            let read = Arc::clone(&read);
            let lines = unpacked(Counted { source: file, read })?;
            (lines, size.map(|size| size.len()))
        }
        _ => (unpacked(std::io::stdin())?, None),
    };
    Ok(Lines { lines, size, read })
}

/// A source that counts what is read of it.
struct Counted<R> {
    source: R,
    read: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let len = self.source.read(into)?;
        self.read.fetch_add(len as u64, Ordering::Relaxed);
        Ok(len)
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
                    let place = match first.path.as_str() {
                        "" => String::new(),
                        path => format!("{path}: "),
                    };
                    let message = format!("{place}{}{nearest}{others}", first.fault.message);
                    Err((first.fault.code, message, None))
                }
                None => Err(("C030", "this line is not a case".to_owned(), None)),
            }
        }
    }
}
