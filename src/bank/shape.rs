//! A line of JSON in the plain shape to a record, without a general reader: ASCII, no escapes, a case's name with `facts`
//! (tables by sentence) or `given` (sentences). In: a line; out: a record in reused memory, or *not plain*, and then the
//! general reader takes the line and tells what is wrong with it, if anything is. Knows no verdict.

use crate::rulebook::{Cast, KindId, KindSort, Record, Rulebook, SentenceId, Stated};
use crate::value::{Idx, IndexVec, Number, Truth, ValueId};
use rustc_hash::FxHashMap;

/// Reads plain lines into one record, over and over.
pub struct ShapeReader<'a> {
    book: &'a Rulebook,
    keys: FxHashMap<String, Known>,
    listed: IndexVec<KindId, Vec<ValueId>>,
    base: usize,
    key: String,
    arguments: Vec<(usize, usize)>,
    /// For each value after the rulebook's: its place in the cast, or none yet.
    member_of: Vec<u32>,
    members: usize,
    stated: usize,
    record: Record,
}

/// A wording.
struct Known {
    sentence: SentenceId,
    /// Truth when it is said.
    truth: Truth,
    /// For each argument as worded, the sentence's slot.
    slots: Vec<usize>,
}

/// The line is not of the plain shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotPlain;

const NOBODY: u32 = u32::MAX;

impl<'a> ShapeReader<'a> {
    /// A reader for a rulebook's sentences.
    #[must_use]
    pub fn new(book: &'a Rulebook) -> Self {
        let vocabulary = &book.vocabulary;
        let mut keys = FxHashMap::default();
        for (key, (sentence, opposite)) in &vocabulary.by_key {
            let own = &vocabulary.sentences[*sentence];
            let wording = if *opposite {
                own.opposite.as_deref().unwrap_or(&[])
            } else {
                &own.wording[..]
            };
            let slot = |piece: &crate::rulebook::Piece| match piece {
                crate::rulebook::Piece::Slot(at) => Some(*at),
                crate::rulebook::Piece::Word(_) => None,
            };
            let slots = wording.iter().filter_map(slot).collect();
            let truth = Truth::from(!opposite);
            keys.insert(
                key.clone(),
                Known {
                    sentence: *sentence,
                    truth,
                    slots,
                },
            );
        }
        let list = |kind: &crate::rulebook::Kind| match &kind.sort {
            KindSort::OneOf(values) => values.clone(),
            _ => Vec::new(),
        };
        let listed = vocabulary.kinds.iter().map(list).collect();
        let record = Record {
            values: book.values.clone(),
            cast: Cast::default(),
            stated: Vec::new(),
        };
        Self {
            book,
            keys,
            listed,
            base: book.values.len(),
            key: String::new(),
            arguments: Vec::new(),
            member_of: Vec::new(),
            members: 0,
            stated: 0,
            record,
        }
    }

    /// The record of the last line read.
    #[must_use]
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// Reads a line; gives the case's name.
    ///
    /// # Errors
    /// The line is not of the plain shape: nothing is known of it yet.
    pub fn read<'l>(&mut self, line: &'l str) -> Result<&'l str, NotPlain> {
        if !line.is_ascii() {
            return Err(NotPlain);
        }
        self.record.values.truncate(self.base);
        self.member_of.clear();
        (self.members, self.stated) = (0, 0);
        let mut scan = Scan { line, at: 0 };
        let mut name = None;
        scan.take(b'{')?;
        loop {
            let field = scan.string()?;
            scan.take(b':')?;
            match field {
                "case" => name = Some(scan.string()?),
                "facts" => self.tables(&mut scan)?,
                "given" => self.sentences(&mut scan)?,
                _ => return Err(NotPlain),
            }
            if !scan.more(b'}')? {
                break;
            }
        }
        scan.end()?;
        self.record.stated.truncate(self.stated);
        self.record.cast.members.truncate(self.members);
        name.ok_or(NotPlain)
    }

    fn tables(&mut self, scan: &mut Scan<'_>) -> Result<(), NotPlain> {
        scan.take(b'{')?;
        if scan.peek() == Some(b'}') {
            return scan.take(b'}');
        }
        loop {
            let key = scan.string()?;
            scan.take(b':')?;
            scan.take(b'[')?;
            if scan.peek() == Some(b']') {
                scan.take(b']')?;
            } else {
                loop {
                    self.row(key, scan)?;
                    if !scan.more(b']')? {
                        break;
                    }
                }
            }
            if !scan.more(b'}')? {
                return Ok(());
            }
        }
    }

    fn row(&mut self, key: &str, scan: &mut Scan<'_>) -> Result<(), NotPlain> {
        scan.take(b'[')?;
        self.arguments.clear();
        if scan.peek() == Some(b']') {
            scan.take(b']')?;
        } else {
            loop {
                let argument = scan.scalar()?;
                self.arguments.push(argument);
                if !scan.more(b']')? {
                    break;
                }
            }
        }
        self.state(key, scan.line)
    }

    fn sentences(&mut self, scan: &mut Scan<'_>) -> Result<(), NotPlain> {
        scan.take(b'[')?;
        if scan.peek() == Some(b']') {
            return scan.take(b']');
        }
        let mut key = std::mem::take(&mut self.key);
        loop {
            let sentence = scan.string()?;
            let start = scan.at - 1 - sentence.len();
            self.arguments.clear();
            key.clear();
            let mut rest = 0;
            while let Some(open) = sentence[rest..].find('[') {
                let open = rest + open;
                let close = open + sentence[open..].find(']').ok_or(NotPlain)?;
                key.push_str(&sentence[rest..open]);
                key.push('_');
                self.arguments.push((start + open + 1, start + close));
                rest = close + 1;
            }
            key.push_str(&sentence[rest..]);
            let found = self.state(&key, scan.line);
            if found.is_err() {
                self.key = key;
                return found;
            }
            if !scan.more(b']')? {
                break;
            }
        }
        self.key = key;
        Ok(())
    }

    /// States one sentence from its key and the places of its arguments in the line.
    fn state(&mut self, key: &str, line: &str) -> Result<(), NotPlain> {
        let known = self.keys.get(key).ok_or(NotPlain)?;
        let sentence = &self.book.vocabulary.sentences[known.sentence];
        if known.slots.len() != self.arguments.len()
            || matches!(
                sentence.class,
                crate::rulebook::Class::Concept | crate::rulebook::Class::Finding
            )
        {
            return Err(NotPlain);
        }
        if self.record.stated.len() == self.stated {
            self.record.stated.push(Stated {
                sentence: known.sentence,
                values: smallvec::SmallVec::new(),
                truth: Truth::True,
                according_to: None,
                span: None,
                branch: None,
            });
        }
        let stated = &mut self.record.stated[self.stated];
        stated.sentence = known.sentence;
        stated.truth = known.truth;
        stated.values.clear();
        stated.values.resize(known.slots.len(), None);
        for ((from, to), slot) in self.arguments.iter().zip(&known.slots) {
            let text = line.get(*from..*to).ok_or(NotPlain)?;
            let kind = sentence.slots[*slot].kind;
            let value = match &self.book.vocabulary.kinds[kind].sort {
                KindSort::Number { range, .. } => {
                    let number = Number::parse(text).map_err(|_| NotPlain)?;
                    if range.is_some_and(|(low, high)| number < low || number > high)
                        || known.truth != Truth::True
                    {
                        return Err(NotPlain);
                    }
                    self.record.values.number(number)
                }
                KindSort::OneOf(_) => {
                    let value = self.record.values.find_name(text).ok_or(NotPlain)?;
                    if !self.listed[kind].contains(&value) {
                        return Err(NotPlain);
                    }
                    value
                }
                KindSort::Thing { .. } => {
                    if !is_plain_name(text) {
                        return Err(NotPlain);
                    }
                    let value = self.record.values.name(text);
                    let base = self.base;
                    cast(
                        &mut self.record.cast,
                        &mut self.member_of,
                        &mut self.members,
                        base,
                        value,
                        kind,
                    );
                    value
                }
            };
            stated.values[*slot] = Some(value);
        }
        self.stated += 1;
        Ok(())
    }
}

/// Casts a value as a kind, unless it is already.
fn cast(
    cast: &mut Cast,
    member_of: &mut Vec<u32>,
    members: &mut usize,
    base: usize,
    value: ValueId,
    kind: KindId,
) {
    let at = value.index();
    let member = if at >= base {
        if member_of.len() <= at - base {
            member_of.resize(at - base + 1, NOBODY);
        }
        (member_of[at - base] != NOBODY).then(|| member_of[at - base] as usize)
    } else {
        cast.members[..*members]
            .iter()
            .position(|(own, _)| *own == value)
    };
    let member = member.unwrap_or_else(|| {
        if cast.members.len() == *members {
            cast.members.push((value, Vec::new()));
        } else {
            cast.members[*members].0 = value;
            cast.members[*members].1.clear();
        }
        if at >= base {
            member_of[at - base] = u32::try_from(*members).unwrap_or(NOBODY);
        }
        *members += 1;
        *members - 1
    });
    let kinds = &mut cast.members[member].1;
    if !kinds.contains(&kind) {
        kinds.push(kind);
    }
}

/// A name as it is compared: no space around it or twice inside, no brackets.
fn is_plain_name(text: &str) -> bool {
    let bytes = text.as_bytes();
    let inside = bytes.windows(2).all(|pair| pair != b"  ");
    let ends = |byte: Option<&u8>| byte.is_some_and(|byte| *byte > b' ');
    inside
        && ends(bytes.first())
        && ends(bytes.last())
        && bytes
            .iter()
            .all(|byte| !matches!(byte, 0..=31 | b'[' | b']'))
}

/// A scanner of one line.
struct Scan<'l> {
    line: &'l str,
    at: usize,
}

impl<'l> Scan<'l> {
    fn peek(&mut self) -> Option<u8> {
        let bytes = self.line.as_bytes();
        while bytes
            .get(self.at)
            .is_some_and(|byte| matches!(byte, b' ' | b'\t' | b'\r'))
        {
            self.at += 1;
        }
        bytes.get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> Result<(), NotPlain> {
        if self.peek() == Some(byte) {
            self.at += 1;
            return Ok(());
        }
        Err(NotPlain)
    }

    /// Takes a comma (more follows) or the closing byte.
    fn more(&mut self, close: u8) -> Result<bool, NotPlain> {
        match self.peek() {
            Some(b',') => {
                self.at += 1;
                Ok(true)
            }
            Some(byte) if byte == close => {
                self.at += 1;
                Ok(false)
            }
            _ => Err(NotPlain),
        }
    }

    fn string(&mut self) -> Result<&'l str, NotPlain> {
        self.take(b'"')?;
        let start = self.at;
        let bytes = self.line.as_bytes();
        loop {
            match bytes.get(self.at) {
                Some(b'"') => break,
                Some(byte) if *byte != b'\\' && *byte >= b' ' => self.at += 1,
                _ => return Err(NotPlain),
            }
        }
        self.at += 1;
        self.line.get(start..self.at - 1).ok_or(NotPlain)
    }

    /// A string or a number, by the place of its text.
    fn scalar(&mut self) -> Result<(usize, usize), NotPlain> {
        match self.peek() {
            Some(b'"') => {
                let text = self.string()?;
                Ok((self.at - 1 - text.len(), self.at - 1))
            }
            Some(b'-' | b'0'..=b'9') => {
                let start = self.at;
                let bytes = self.line.as_bytes();
                while bytes
                    .get(self.at)
                    .is_some_and(|byte| matches!(byte, b'-' | b'.' | b'0'..=b'9'))
                {
                    self.at += 1;
                }
                Ok((start, self.at))
            }
            _ => Err(NotPlain),
        }
    }

    fn end(&mut self) -> Result<(), NotPlain> {
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(NotPlain),
        }
    }
}
