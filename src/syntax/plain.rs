//! Reads lines that can be only one thing without asking the grammar: a word and a name in quotes, a word and a source. In:
//! a line; out: what it says, or `None` where only the grammar can tell. What is read here, the grammar reads alike (a
//! test holds the two against each other); it takes a twentieth of the time.

use crate::syntax::parse::Reader;
use crate::syntax::tree::{At, Attribute, Text};
use crate::syntax::words::clean;

impl<'a> Reader<'a> {
    /// The name in quotes that is all of a line behind its first `skip` bytes.
    pub fn lone_string(&mut self, at: usize, skip: usize) -> Option<Text> {
        let line = self.lines.get(at).filter(|_| self.short_cuts)?;
        let (text, start) = (line.text, line.start);
        let (name, end) = quoted(text, spaces(text, skip)?)?;
        (end == text.len()).then_some(())?;
        (self.text, self.base) = (text, start);
        Some(At {
            node: name,
            span: self.within(spaces(text, skip)?, end),
        })
    }

    /// `cites source` and `cites source "place"`.
    pub fn plain_citation(&mut self, at: usize) -> Option<Attribute> {
        let line = self.lines.get(at).filter(|_| self.short_cuts)?;
        let (text, start) = (line.text, line.start);
        let from = spaces(text, "cites".len())?;
        let word = text[from..]
            .bytes()
            .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'\''))
            .count();
        let to = from + word;
        if word == 0 || !text.as_bytes()[from].is_ascii_alphabetic() {
            return None;
        }
        let place = if to == text.len() {
            None
        } else {
            let open = spaces(text, to)?;
            let (name, end) = quoted(text, open)?;
            (end == text.len()).then_some(())?;
            Some((name, open, end))
        };
        (self.text, self.base) = (text, start);
        Some(Attribute::Cites {
            source: At {
                node: text[from..to].to_owned(),
                span: self.within(from, to),
            },
            place: place.map(|(node, open, end)| At {
                node,
                span: self.within(open, end),
            }),
        })
    }
}

/// Where a text goes on after at least one space from here.
fn spaces(text: &str, from: usize) -> Option<usize> {
    let rest = text.as_bytes().get(from..)?;
    let count = rest.iter().take_while(|b| **b == b' ').count();
    (count > 0).then_some(from + count)
}

/// What stands between straight quotes here with no other quotes inside, and where it ends.
fn quoted(text: &str, open: usize) -> Option<(String, usize)> {
    let inside = text.get(open..)?.strip_prefix('"')?;
    let length = inside.find(['"', '“', '”'])?;
    inside[length..].starts_with('"').then_some(())?;
    let name = clean(&inside[..length]);
    (!name.is_empty()).then_some((name, open + length + 2))
}

/// Whether a line may be a comparison: somewhere `is` stands behind a slot, a number or a parenthesis and before another
/// or before the words of a comparison; or the line holds signs of calculation.
pub fn may_compare(text: &str) -> bool {
    if text
        .bytes()
        .any(|b| matches!(b, b'(' | b')' | b'*' | b'+' | b'/'))
    {
        return true;
    }
    if !text.is_ascii() {
        return text.contains("is") && !text.ends_with(|c: char| c.is_alphabetic());
    }
    text.match_indices("is").any(|(at, _)| {
        let before = text[..at].trim_end().bytes().last();
        let after = text[at + 2..].trim_start();
        let behind = matches!(before, Some(b']' | b'%' | b'0'..=b'9'));
        let ahead = matches!(after.bytes().next(), Some(b'[' | b'-' | b'0'..=b'9'))
            || matches!(
                after.split_ascii_whitespace().next(),
                Some("at" | "more" | "less" | "not")
            );
        behind && ahead
    })
}
