//! Files as they were written, and places in them. In: names and bytes; out: ids, lines and columns. Knows no language.

use std::borrow::Cow;

crate::id! {
    /// A file that was read.
    pub struct FileId;
}

/// A place: bytes `start..end` of the original file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The place from the start of `self` to the end of `other` (of one file).
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self {
            file: self.file,
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }
}

/// One file: its name as shown to people, and its text exactly as read.
#[derive(Clone, Debug)]
pub struct Source {
    /// The name shown: a path as given, or `<standard input>`, or `built-in: consent/duties.fid`.
    pub name: String,
    /// The text, byte for byte (a byte-order mark included).
    pub text: Cow<'static, str>,
}

/// All files that were read, by id.
#[derive(Clone, Debug, Default)]
pub struct SourceMap {
    files: Vec<Source>,
}

impl SourceMap {
    /// Takes a file in.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        self.take(name, Cow::Owned(text.into()))
    }

    /// The same of a text that may be part of the binary, and is not copied.
    pub fn take(&mut self, name: impl Into<String>, text: Cow<'static, str>) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(Source {
            name: name.into(),
            text,
        });
        id
    }

    /// The file.
    #[must_use]
    pub fn get(&self, file: FileId) -> &Source {
        &self.files[file.0 as usize]
    }

    /// All files, in the order they were read.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Source)> {
        self.files
            .iter()
            .enumerate()
            .map(|(i, s)| (FileId(u32::try_from(i).unwrap_or(u32::MAX)), s))
    }

    /// The words at a place.
    #[must_use]
    pub fn words(&self, span: Span) -> &str {
        self.get(span.file)
            .text
            .get(span.start as usize..span.end as usize)
            .unwrap_or("")
    }

    /// Line and column of a place, both from 1; the column counts characters.
    #[must_use]
    pub fn line_column(&self, span: Span) -> (usize, usize) {
        let text = &self.get(span.file).text;
        let start = (span.start as usize).min(text.len());
        let before = text.get(..start).unwrap_or("");
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = before.bytes().filter(|b| *b == b'\n').count() + 1;
        let head = before.get(line_start..).unwrap_or("");
        (
            line,
            head.trim_start_matches('\u{feff}').chars().count() + 1,
        )
    }
}
