//! A line of JSON in the plain shape to a record, without a general reader: no escapes, a case's name with what holds, fails
//! or is not known, in tables by sentence or in sentences. In: a line; out: a record in reused memory, or *not plain*, and then the
//! general reader takes the line and tells what is wrong with it, if anything is. Knows no verdict.

use super::casting::{Argument, Casting};
use super::scan::{Letters, NotPlain, Scan, Text};
use crate::rulebook::{Cast, Class, Given, Record, Rulebook, SentenceId, Stated};
use crate::text::SmolStr;
use crate::value::Truth;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Reads plain lines into one record, over and over.
pub struct ShapeReader<'a> {
    book: &'a Rulebook,
    keys: HashMap<SmolStr, usize, BuildHasherDefault<Ends>>,
    known: Vec<Known>,
    /// For each wording, the last part that had a table of it.
    tables: Vec<u64>,
    /// How many parts of lines were read.
    parts: u64,
    key: String,
    arguments: Vec<Text>,
    draft: Draft,
}

/// A wording.
struct Known {
    sentence: SentenceId,
    /// Truth when it is said.
    truth: Truth,
    /// The arguments as worded.
    arguments: Vec<Argument>,
    /// The slots of the arguments, where they are worded in another order.
    order: Option<Vec<usize>>,
    /// Whether it is a setting, which always has a value.
    setting: bool,
    /// Whether a case states it; concepts and findings are left to the general reader.
    stated: bool,
}

/// Hashes a key by its length, its first letters and its last: few wordings share them.
#[derive(Default)]
struct Ends(u64);

impl Hasher for Ends {
    #[inline]
    fn write(&mut self, key: &[u8]) {
        let (first, last) = match (key.first_chunk(), key.last_chunk()) {
            (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
            _ => (
                key.iter().fold(0, |sum, byte| sum * 31 + u64::from(*byte)),
                0,
            ),
        };
        let mixed =
            u128::from(first ^ last.rotate_left(25) ^ key.len() as u64) * 0x9E37_79B9_7F4A_7C15;
        self.0 = mixed as u64 ^ (mixed >> 64) as u64;
    }

    /// The mark behind a text tells nothing.
    fn write_u8(&mut self, _: u8) {}

    fn finish(&self) -> u64 {
        self.0
    }
}

/// The record of the line in hand, as far as it was read.
struct Draft {
    record: Record,
    casting: Casting,
    /// How many of the record's statements are this line's.
    stated: usize,
}

impl<'a> ShapeReader<'a> {
    /// A reader for a rulebook's sentences.
    #[must_use]
    pub fn new(book: &'a Rulebook) -> Self {
        let vocabulary = &book.vocabulary;
        let mut keys = HashMap::default();
        let mut known = Vec::new();
        for (key, (sentence, opposite)) in &vocabulary.by_key {
            keys.insert(key.clone(), known.len());
            known.push(Known::of(book, *sentence, *opposite));
        }
        let record = Record {
            values: book.values.clone(),
            cast: Cast::default(),
            stated: Vec::new(),
        };
        Self {
            book,
            keys,
            tables: vec![0; known.len()],
            known,
            parts: 0,
            key: String::new(),
            arguments: Vec::new(),
            draft: Draft {
                record,
                casting: Casting::new(book.values.len()),
                stated: 0,
            },
        }
    }

    /// The rulebook.
    #[must_use]
    pub fn book(&self) -> &'a Rulebook {
        self.book
    }

    /// The record of the last line read.
    #[must_use]
    pub fn record(&self) -> &Record {
        &self.draft.record
    }

    /// Reads a line; gives the case's name.
    ///
    /// # Errors
    /// The line is not of the plain shape: nothing is known of it yet.
    pub fn read<'l>(&mut self, line: &'l str) -> Result<&'l str, NotPlain> {
        let mut scan = Scan::new(line)?;
        self.draft.begin();
        let (mut name, mut parts) = (None, 0_u8);
        scan.take(b'{')?;
        loop {
            let field = scan.string()?;
            scan.take(b':')?;
            // A part that is said twice is a fault, which the general reader tells.
            let part = match &line[field.from..field.to] {
                "case" if name.is_none() => {
                    let text = scan.string()?;
                    name = Some(&line[text.from..text.to]);
                    None
                }
                "given" => Some((1, Truth::True)),
                "facts" => Some((2, Truth::True)),
                "false" => Some((4, Truth::False)),
                "unknown" => Some((8, Truth::Unknown)),
                _ => return Err(NotPlain),
            };
            if let Some((part, truth)) = part {
                if parts & part != 0 {
                    return Err(NotPlain);
                }
                parts |= part;
                self.parts += 1;
                self.draft.casting.begin_part(truth);
                if part != 1 && scan.has(b'{') {
                    self.tables(&mut scan)?;
                } else {
                    self.sentences(&mut scan)?;
                }
            }
            if !scan.more(b'}')? {
                break;
            }
        }
        scan.end()?;
        self.draft.end();
        name.ok_or(NotPlain)
    }

    fn tables(&mut self, scan: &mut Scan<'_>) -> Result<(), NotPlain> {
        if scan.has(b'}') {
            return Ok(());
        }
        loop {
            let key = scan.string()?;
            let known = self.keys.get(&scan.line[key.from..key.to]);
            let known = *known.ok_or(NotPlain)?;
            if std::mem::replace(&mut self.tables[known], self.parts) == self.parts {
                return Err(NotPlain);
            }
            scan.take(b':')?;
            self.draft.table(&self.known[known], scan)?;
            if !scan.more(b'}')? {
                return Ok(());
            }
        }
    }

    fn sentences(&mut self, scan: &mut Scan<'_>) -> Result<(), NotPlain> {
        scan.take(b'[')?;
        if scan.has(b']') {
            return Ok(());
        }
        loop {
            let sentence = scan.string()?;
            self.sentence(scan.line, sentence)?;
            if !scan.more(b']')? {
                return Ok(());
            }
        }
    }

    fn sentence(&mut self, line: &str, sentence: Text) -> Result<(), NotPlain> {
        self.arguments.clear();
        self.key.clear();
        let bytes = line.as_bytes();
        let mut from = sentence.from;
        let mut at = from;
        while at < sentence.to {
            if bytes[at] != b'[' {
                at += 1;
                continue;
            }
            self.key.push_str(line.get(from..at).ok_or(NotPlain)?);
            self.key.push('_');
            let start = at + 1;
            let length = bytes[start..sentence.to]
                .iter()
                .position(|byte| *byte == b']');
            at = start + length.ok_or(NotPlain)?;
            self.arguments.push(Text {
                from: start,
                to: at,
                quoted: true,
            });
            at += 1;
            from = at;
        }
        self.key
            .push_str(line.get(from..sentence.to).ok_or(NotPlain)?);
        let known = *self.keys.get(self.key.as_str()).ok_or(NotPlain)?;
        self.draft
            .sentence(&self.known[known], &self.arguments, line)
    }
}

impl Draft {
    /// Begins a line in the place of an earlier one.
    fn begin(&mut self) {
        self.casting.begin(&mut self.record.values);
        self.stated = 0;
    }

    fn end(&mut self) {
        self.record.stated.truncate(self.stated);
        self.casting.end(&mut self.record.cast);
    }

    /// The rows of a sentence.
    fn table(&mut self, known: &Known, scan: &mut Scan<'_>) -> Result<(), NotPlain> {
        scan.take(b'[')?;
        if scan.has(b']') {
            return Ok(());
        }
        let truth = known.truth_in(self.casting.truth)?;
        loop {
            self.row(known, truth, scan)?;
            if !scan.more(b']')? {
                return Ok(());
            }
        }
    }

    /// One row.
    fn row(&mut self, known: &Known, truth: Truth, scan: &mut Scan<'_>) -> Result<(), NotPlain> {
        self.begin_statement(known.sentence, truth);
        let Record {
            values,
            cast,
            stated,
        } = &mut self.record;
        let given = &mut stated[self.stated].values;
        let casting = &mut self.casting;
        let mut before = b'[';
        for argument in &known.arguments {
            scan.take(before)?;
            before = b',';
            let value = if let Some(word) = scan.word() {
                match casting.met(argument, true, word.1) {
                    Some(value) => Some(value),
                    None => casting.look((values, cast), argument, word, scan.line)?,
                }
            } else {
                let text = scan.scalar()?;
                casting.value((values, cast), argument, text, scan.line)?
            };
            given.push(value);
        }
        if known.arguments.is_empty() {
            scan.take(before)?;
        }
        self.end_statement(known);
        scan.take(b']')
    }

    /// A sentence with these arguments.
    fn sentence(&mut self, known: &Known, texts: &[Text], line: &str) -> Result<(), NotPlain> {
        let truth = known.truth_in(self.casting.truth)?;
        if texts.len() != known.arguments.len() {
            return Err(NotPlain);
        }
        self.begin_statement(known.sentence, truth);
        let Record {
            values,
            cast,
            stated,
        } = &mut self.record;
        let given = &mut stated[self.stated].values;
        for (argument, text) in known.arguments.iter().zip(texts) {
            let text = (*text, Letters::of(line, *text));
            given.push(self.casting.value((values, cast), argument, text, line)?);
        }
        self.end_statement(known);
        Ok(())
    }

    /// A statement without values, in the place of an earlier line's.
    fn begin_statement(&mut self, sentence: SentenceId, truth: Truth) {
        if self.record.stated.len() == self.stated {
            self.record.stated.push(nothing_stated(sentence));
        }
        let stated = &mut self.record.stated[self.stated];
        stated.sentence = sentence;
        stated.truth = truth;
        stated.values.clear();
    }

    /// The values, which stand as they were worded, come into the order of the slots.
    #[inline]
    fn end_statement(&mut self, known: &Known) {
        if let Some(order) = &known.order {
            let given = &mut self.record.stated[self.stated].values;
            let worded = given.clone();
            for (slot, value) in order.iter().zip(worded) {
                given[*slot] = value;
            }
        }
        self.stated += 1;
    }
}

impl Known {
    fn of(book: &Rulebook, id: SentenceId, opposite: bool) -> Self {
        let sentence = &book.vocabulary.sentences[id];
        let slots: Vec<usize> = sentence.worded(opposite).slots().collect();
        let argument = |at: &usize| Argument::new(book, sentence.slots[*at].kind, opposite);
        Self {
            sentence: id,
            truth: Truth::from(!opposite),
            arguments: slots.iter().map(argument).collect(),
            order: (!slots.is_sorted()).then_some(slots),
            setting: sentence.class == Class::Setting,
            stated: !matches!(sentence.class, Class::Concept | Class::Finding),
        }
    }

    /// Its sentence's truth where a part says it.
    fn truth_in(&self, part: Truth) -> Result<Truth, NotPlain> {
        if !self.stated || (self.setting && (self.truth, part) != (Truth::True, Truth::True)) {
            return Err(NotPlain);
        }
        Ok(match part {
            Truth::True => self.truth,
            Truth::False => self.truth.negate(),
            Truth::Unknown => Truth::Unknown,
        })
    }
}

#[cold]
fn nothing_stated(sentence: SentenceId) -> Stated {
    Stated {
        sentence,
        values: Given::new(),
        truth: Truth::True,
        according_to: None,
        span: None,
        branch: None,
    }
}
