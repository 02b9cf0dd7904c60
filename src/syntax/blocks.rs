//! Cuts the text of a file into lines, and says which of them open a block. In: text; out: lines with their indentation
//! and the comments around them. Knows the words that open blocks, and no other construct.

use crate::syntax::tree::{Comments, Trivia};
use crate::text::{FileId, Span};
use memchr::memchr;

/// What a line is, as far as its first characters tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// `## text`.
    Doc,
    /// `- …` (or a wrong sign for the dash: told when it is read).
    Bullet,
    /// Any other.
    Plain,
}

/// One line that is neither empty nor a comment.
#[derive(Debug)]
pub struct RawLine<'a> {
    /// What it says, without indentation, comment and line end.
    pub text: &'a str,
    /// Comments and empty lines around it.
    pub trivia: Trivia,
    /// Where `text` starts in the file.
    pub start: u32,
    /// Columns of indentation (a tab counts 4).
    pub indent: u32,
    /// Bytes of its first word.
    pub word: u32,
    /// What it is.
    pub shape: Shape,
    /// The opener that its first word is, by position in [`OPENERS`].
    pub opener: Option<u8>,
}

impl<'a> RawLine<'a> {
    /// Where `text` starts in the file.
    pub fn start(&self) -> usize {
        self.start as usize
    }

    /// Its first word; `-` for a bullet, `#` for a `##` line.
    pub fn word(&self) -> &'a str {
        match self.shape {
            Shape::Doc => "#",
            Shape::Bullet => "-",
            Shape::Plain => &self.text[..self.word as usize],
        }
    }

    /// What stands behind the first word.
    pub fn rest(&self) -> &'a str {
        &self.text[self.word as usize..]
    }

    /// The opener that its first word is.
    pub fn opener(&self) -> Option<&'static str> {
        self.opener.map(|at| OPENERS[usize::from(at)])
    }
}

/// The words that open a block.
pub const OPENERS: &[&str] = &[
    "rulebook",
    "use",
    "source",
    "kind",
    "facts",
    "settings",
    "always",
    "concepts",
    "findings",
    "rule",
    "duty",
    "exemption",
    "excuse",
    "priority",
    "ideal",
    "concern",
    "case",
];

/// The lines of a file, and the comments after the last.
pub fn lines(text: &str) -> (Vec<RawLine<'_>>, Vec<String>) {
    let mut lines = Vec::with_capacity(text.len() / 40);
    let mut above = Vec::new();
    let mut gap = false;
    let mut loose = false;
    let mut at = if text.starts_with('\u{feff}') { 3 } else { 0 };
    while at < text.len() {
        let end = memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |n| at + n);
        let whole = &text[at..end];
        let (indent, skipped) = indentation(whole);
        let body = whole[skipped..].trim_end();
        let start = at + skipped;
        at = end + 1;
        if body.is_empty() {
            if above.is_empty() {
                gap = true;
            } else {
                loose = true;
            }
            continue;
        }
        let shape = match body.as_bytes() {
            [b'#', b'#', ..] => Shape::Doc,
            [b'#', ..] => {
                above.push(body[1..].trim().to_owned());
                loose = false;
                continue;
            }
            [b'-' | b'*', ..] => Shape::Bullet,
            [128..=255, ..] if body.starts_with(['–', '—', '•', '·', '‣', '−']) => {
                Shape::Bullet
            }
            _ => Shape::Plain,
        };
        let (body, after) = match shape {
            Shape::Doc => (body, None),
            _ => comment(body),
        };
        let word = match shape {
            Shape::Doc | Shape::Bullet => "",
            Shape::Plain => first_word(body),
        };
        lines.push(RawLine {
            text: body,
            start: u32::try_from(start).unwrap_or(u32::MAX),
            indent,
            word: u32::try_from(word.len()).unwrap_or(0),
            shape,
            opener: opener(word),
            trivia: Trivia {
                comments: (!above.is_empty() || after.is_some()).then(|| {
                    Box::new(Comments {
                        above: std::mem::take(&mut above),
                        after,
                    })
                }),
                gap,
                loose,
            },
        });
        (gap, loose) = (false, false);
    }
    (lines, above)
}

/// The opener that a word is.
fn opener(word: &str) -> Option<u8> {
    let length = word.len();
    let may = (3..=9).contains(&length) && word.starts_with(|c: char| "rusckfdepia".contains(c));
    if !may {
        return None;
    }
    let at = OPENERS.iter().position(|opener| *opener == word)?;
    u8::try_from(at).ok()
}

/// Columns of indentation, and its bytes.
fn indentation(line: &str) -> (u32, usize) {
    let mut columns = 0;
    for (at, letter) in line.char_indices() {
        match letter {
            ' ' => columns += 1,
            '\t' => columns += 4,
            other if other.is_whitespace() => columns += 1,
            _ => return (columns, at),
        }
    }
    (columns, line.len())
}

/// A line apart from the comment at its end: `#` after a space, outside strings and slots (ruling 26).
fn comment(line: &str) -> (&str, Option<String>) {
    if memchr(b'#', line.as_bytes()).is_none() {
        return (line, None);
    }
    let mut quoted = false;
    let mut bracketed = false;
    let mut space = false;
    for (at, letter) in line.char_indices() {
        match letter {
            '"' => quoted = !quoted,
            '“' | '„' if !quoted => quoted = true,
            '”' if quoted => quoted = false,
            '[' if !quoted => bracketed = true,
            ']' if !quoted => bracketed = false,
            '#' if space && !quoted && !bracketed => {
                let text = line[at + 1..].trim().to_owned();
                return (line[..at].trim_end(), Some(text));
            }
            _ => {}
        }
        space = letter.is_whitespace();
    }
    (line, None)
}

/// The first word of a line (letters, digits, hyphens, apostrophes), empty where it starts with something else.
pub fn first_word(text: &str) -> &str {
    let bytes = text.as_bytes();
    let ascii = bytes
        .iter()
        .position(|b| !b.is_ascii_alphanumeric() && *b != b'-' && *b != b'\'')
        .unwrap_or(bytes.len());
    if bytes.get(ascii).is_none_or(u8::is_ascii) {
        return &text[..ascii];
    }
    let end = text
        .find(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '\'' | '’'))
        .unwrap_or(text.len());
    &text[..end]
}

/// A place in a file.
pub fn place(file: FileId, start: usize, end: usize) -> Span {
    let byte = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span {
        file,
        start: byte(start),
        end: byte(end),
    }
}
