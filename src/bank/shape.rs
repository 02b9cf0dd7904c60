//! A line of JSON in the plain shape to a record, without a general reader: no escapes, a case's name with what holds, fails
//! or is not known, in tables by sentence or in sentences. In: a line; out: a record in reused memory, or *not plain*, and then the
//! general reader takes the line and tells what is wrong with it, if anything is. Knows no verdict.

use crate::rulebook::{
    Cast, Class, KindId, KindSort, Record, Rulebook, Sentence, SentenceId, Stated,
};
use crate::text::SmolStr;
use crate::value::{Idx, Number, Truth, Value, ValueId};
use rustc_hash::FxHashMap;

/// Reads plain lines into one record, over and over.
pub struct ShapeReader<'a> {
    book: &'a Rulebook,
    keys: FxHashMap<SmolStr, usize>,
    known: Vec<Known>,
    base: usize,
    key: String,
    arguments: Vec<Text>,
    /// For each value after the rulebook's: its place in the cast, or none yet.
    member_of: Vec<u32>,
    members: usize,
    /// Lists of kinds that are not used at the moment.
    spare: Vec<Vec<KindId>>,
    stated: usize,
    /// How many parts of lines were read: tells a table that one part has twice.
    parts: u64,
    /// How many lines were read: tells a name that a slot had in an earlier line.
    lines: u64,
    /// How what the part in hand says counts.
    part: Truth,
    record: Record,
}

/// A wording.
struct Known {
    sentence: SentenceId,
    /// Truth when it is said.
    truth: Truth,
    /// For each argument as worded, the sentence's slot and what may stand there.
    slots: Vec<Argument>,
    /// Whether it is a setting, which always has a value.
    setting: bool,
    /// Whether a case states it; concepts and findings are left to the general reader.
    stated: bool,
    /// The last part that had a table of it.
    part: u64,
}

/// One argument of a wording.
struct Argument {
    /// The sentence's slot.
    slot: usize,
    /// What may stand there.
    takes: Takes,
    /// The name that stood there last, and in which line: rows of a table often repeat it.
    last: (u64, ValueId),
}

/// What may stand in a slot.
enum Takes {
    /// A number within a range.
    Number(Option<(Number, Number)>),
    /// One of these.
    Listed(Vec<ValueId>),
    /// A name, which is cast as this kind.
    Thing(KindId),
}

/// The line is not of the plain shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotPlain;

/// A piece of the line: where it stands.
#[derive(Clone, Copy)]
struct Text {
    from: usize,
    to: usize,
    /// Whether it stood in quotes (else it is a bare number).
    quoted: bool,
}

const NOBODY: u32 = u32::MAX;

/// A letter that a name may begin with.
const LETTER: u8 = 0;
/// May stand in a name, not at its beginning.
const INSIDE: u8 = 1;
const SPACE: u8 = 2;
/// Not in a name that is read without looking twice.
const OTHER: u8 = 4;
/// The class of each byte. Letters beyond ASCII were looked at before (see `is_plain`).
const CLASS: [u8; 256] = {
    let mut class = [OTHER; 256];
    let mut byte = 0;
    while byte < 256 {
        class[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' | 128.. => LETTER,
            b'0'..=b'9' | b'_' | b'-' | b'.' | b'\'' | b'(' | b')' | b'/' | b'&' | b'+' => INSIDE,
            b' ' => SPACE,
            _ => OTHER,
        };
        byte += 1;
    }
    class
};

impl<'a> ShapeReader<'a> {
    /// A reader for a rulebook's sentences.
    #[must_use]
    pub fn new(book: &'a Rulebook) -> Self {
        let vocabulary = &book.vocabulary;
        let mut keys = FxHashMap::default();
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
            known,
            base: book.values.len(),
            key: String::new(),
            arguments: Vec::new(),
            member_of: Vec::new(),
            members: 0,
            spare: Vec::new(),
            stated: 0,
            parts: 0,
            lines: 0,
            part: Truth::True,
            record,
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
        &self.record
    }

    /// Reads a line; gives the case's name.
    ///
    /// # Errors
    /// The line is not of the plain shape: nothing is known of it yet.
    pub fn read<'l>(&mut self, line: &'l str) -> Result<&'l str, NotPlain> {
        if !is_plain(line) {
            return Err(NotPlain);
        }
        self.record.values.truncate(self.base);
        self.member_of.clear();
        (self.members, self.stated) = (0, 0);
        self.lines += 1;
        let mut scan = Scan { line, at: 0 };
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
                self.part = truth;
                match scan.peek() {
                    Some(b'{') if part != 1 => self.tables(&mut scan)?,
                    _ => self.sentences(&mut scan)?,
                }
            }
            if !scan.more(b'}')? {
                break;
            }
        }
        scan.end()?;
        self.record.stated.truncate(self.stated);
        let unused = self.record.cast.members.drain(self.members..);
        self.spare.extend(unused.map(|(_, kinds)| kinds));
        name.ok_or(NotPlain)
    }

    fn tables(&mut self, scan: &mut Scan<'_>) -> Result<(), NotPlain> {
        scan.take(b'{')?;
        if scan.peek() == Some(b'}') {
            return scan.take(b'}');
        }
        loop {
            let key = scan.string()?;
            let known = *self
                .keys
                .get(&scan.line[key.from..key.to])
                .ok_or(NotPlain)?;
            if std::mem::replace(&mut self.known[known].part, self.parts) == self.parts {
                return Err(NotPlain);
            }
            scan.take(b':')?;
            scan.take(b'[')?;
            if scan.peek() == Some(b']') {
                scan.take(b']')?;
            } else {
                loop {
                    self.row(known, scan)?;
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

    fn row(&mut self, known: usize, scan: &mut Scan<'_>) -> Result<(), NotPlain> {
        scan.take(b'[')?;
        self.begin(known)?;
        let mut place = 0;
        if scan.peek() == Some(b']') {
            scan.take(b']')?;
        } else {
            loop {
                let argument = scan.scalar()?;
                self.give(known, place, argument, scan.line)?;
                place += 1;
                if !scan.more(b']')? {
                    break;
                }
            }
        }
        self.end(known, place)
    }

    fn sentences(&mut self, scan: &mut Scan<'_>) -> Result<(), NotPlain> {
        scan.take(b'[')?;
        if scan.peek() == Some(b']') {
            return scan.take(b']');
        }
        let mut key = std::mem::take(&mut self.key);
        loop {
            let found = scan
                .string()
                .and_then(|sentence| self.sentence(scan.line, sentence, &mut key));
            let more = found.and_then(|()| scan.more(b']'));
            if more != Ok(true) {
                self.key = key;
                return more.map(|_| ());
            }
        }
    }

    fn sentence(&mut self, line: &str, sentence: Text, key: &mut String) -> Result<(), NotPlain> {
        self.arguments.clear();
        key.clear();
        let bytes = line.as_bytes();
        let mut from = sentence.from;
        let mut at = from;
        while at < sentence.to {
            if bytes[at] != b'[' {
                at += 1;
                continue;
            }
            key.push_str(line.get(from..at).ok_or(NotPlain)?);
            key.push('_');
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
        key.push_str(line.get(from..sentence.to).ok_or(NotPlain)?);
        let known = *self.keys.get(key.as_str()).ok_or(NotPlain)?;
        self.begin(known)?;
        for place in 0..self.arguments.len() {
            self.give(known, place, self.arguments[place], line)?;
        }
        self.end(known, self.arguments.len())
    }

    /// Begins a statement in the place of an earlier line's.
    fn begin(&mut self, known: usize) -> Result<(), NotPlain> {
        let known = &self.known[known];
        if !known.stated
            || (known.setting && (known.truth, self.part) != (Truth::True, Truth::True))
        {
            return Err(NotPlain);
        }
        if self.record.stated.len() == self.stated {
            self.record.stated.push(nothing_stated(known.sentence));
        }
        let stated = &mut self.record.stated[self.stated];
        stated.sentence = known.sentence;
        stated.truth = match self.part {
            Truth::True => known.truth,
            Truth::False => known.truth.negate(),
            Truth::Unknown => Truth::Unknown,
        };
        // Every slot is given a value before the statement ends.
        if stated.values.len() != known.slots.len() {
            stated.values.clear();
            stated.values.resize(known.slots.len(), None);
        }
        Ok(())
    }

    /// Gives the slot of one argument its value.
    #[inline]
    fn give(
        &mut self,
        known: usize,
        place: usize,
        argument: Text,
        line: &str,
    ) -> Result<(), NotPlain> {
        let said = self.known[known].truth;
        let own = self.known[known].slots.get_mut(place).ok_or(NotPlain)?;
        let text = line.get(argument.from..argument.to).ok_or(NotPlain)?;
        let values = &mut self.record.values;
        let value = match &own.takes {
            Takes::Thing(kind) => {
                let (at, last) = own.last;
                if at == self.lines
                    && argument.quoted
                    && matches!(values.get(last), Value::Name(name) if name == text)
                {
                    // It was looked at and cast when it stood here before.
                    self.record.stated[self.stated].values[own.slot] = Some(last);
                    return Ok(());
                }
                let before = values.len();
                let value = values.name(text);
                // A name that this line had before was looked at then.
                let new = values.len() > before || value.index() < self.base;
                if !argument.quoted || (new && !is_plain_name(text)) {
                    return Err(NotPlain);
                }
                cast(
                    &mut self.record.cast,
                    &mut self.spare,
                    &mut self.member_of,
                    &mut self.members,
                    self.base,
                    value,
                    *kind,
                );
                own.last = (self.lines, value);
                value
            }
            Takes::Listed(listed) => {
                let value = values.find_name(text).ok_or(NotPlain)?;
                if !argument.quoted || !listed.contains(&value) {
                    return Err(NotPlain);
                }
                value
            }
            // A number that is not known, of a sentence that says nothing else.
            Takes::Number(_) if !argument.quoted && text == "null" => {
                if said != Truth::True || self.part != Truth::Unknown {
                    return Err(NotPlain);
                }
                self.record.stated[self.stated].values[own.slot] = None;
                return Ok(());
            }
            Takes::Number(range) => {
                let number = Number::parse(text).map_err(|_| NotPlain)?;
                if range.is_some_and(|(low, high)| number < low || number > high)
                    || said != Truth::True
                    || self.part != Truth::True
                    || (!argument.quoted && !is_json_number(text))
                {
                    return Err(NotPlain);
                }
                values.number(number)
            }
        };
        self.record.stated[self.stated].values[own.slot] = Some(value);
        Ok(())
    }

    fn end(&mut self, known: usize, places: usize) -> Result<(), NotPlain> {
        if self.known[known].slots.len() != places {
            return Err(NotPlain);
        }
        self.stated += 1;
        Ok(())
    }
}

impl Known {
    fn of(book: &Rulebook, id: SentenceId, opposite: bool) -> Self {
        let sentence = &book.vocabulary.sentences[id];
        let slots = sentence.worded(opposite).slots().map(|at| Argument {
            slot: at,
            takes: takes(book, sentence, at),
            last: (0, ValueId(0)),
        });
        Self {
            sentence: id,
            truth: Truth::from(!opposite),
            slots: slots.collect(),
            setting: sentence.class == Class::Setting,
            stated: !matches!(sentence.class, Class::Concept | Class::Finding),
            part: 0,
        }
    }
}

#[cold]
fn nothing_stated(sentence: SentenceId) -> Stated {
    Stated {
        sentence,
        values: smallvec::SmallVec::new(),
        truth: Truth::True,
        according_to: None,
        span: None,
        branch: None,
    }
}

fn takes(book: &Rulebook, sentence: &Sentence, slot: usize) -> Takes {
    let kind = sentence.slots[slot].kind;
    match &book.vocabulary.kinds[kind].sort {
        KindSort::Number { range, .. } => Takes::Number(*range),
        KindSort::OneOf(values) => Takes::Listed(values.clone()),
        KindSort::Thing { .. } => Takes::Thing(kind),
    }
}

/// Whether a line is ASCII, but for letters that have one form only: none of them is a space, a quote or a mark.
fn is_plain(line: &str) -> bool {
    line.is_ascii()
        || line.chars().all(|letter| {
            letter.is_ascii()
                || matches!(letter, '\u{C0}'..='\u{24F}' | '\u{400}'..='\u{45F}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}')
        })
}

/// Casts a value as a kind, unless it is already.
fn cast(
    cast: &mut Cast,
    spare: &mut Vec<Vec<KindId>>,
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
            let kinds = spare.pop().unwrap_or_default();
            cast.members.push((value, kinds));
        }
        cast.members[*members].0 = value;
        cast.members[*members].1.clear();
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

/// A name as it is compared, and that nothing else could be meant by: it begins with a letter, has no space at its end or
/// twice inside, and no signs that are read in a way of their own.
fn is_plain_name(text: &str) -> bool {
    let bytes = text.as_bytes();
    let seen = bytes
        .iter()
        .fold(0, |seen, byte| seen | CLASS[*byte as usize]);
    let begins = bytes
        .first()
        .is_some_and(|byte| CLASS[*byte as usize] == LETTER);
    let spaces = seen & SPACE == 0
        || (bytes.last() != Some(&b' ') && bytes.windows(2).all(|pair| pair != b"  "));
    begins && seen & OTHER == 0 && spaces && text != "any"
}

/// Whether digits, signs and points are a number as JSON writes it: no zero before other digits.
fn is_json_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text).as_bytes();
    !matches!(digits, [b'0', b'0'..=b'9', ..])
}

/// A scanner of one line.
struct Scan<'l> {
    line: &'l str,
    at: usize,
}

impl<'l> Scan<'l> {
    #[inline]
    fn peek(&mut self) -> Option<u8> {
        match self.line.as_bytes().get(self.at) {
            Some(byte) if *byte > b' ' => Some(*byte),
            _ => self.peek_behind_space(),
        }
    }

    fn peek_behind_space(&mut self) -> Option<u8> {
        let bytes = self.line.as_bytes();
        while bytes
            .get(self.at)
            .is_some_and(|byte| matches!(byte, b' ' | b'\t' | b'\r'))
        {
            self.at += 1;
        }
        bytes.get(self.at).copied()
    }

    #[inline]
    fn take(&mut self, byte: u8) -> Result<(), NotPlain> {
        if self.peek() == Some(byte) {
            self.at += 1;
            return Ok(());
        }
        Err(NotPlain)
    }

    /// Takes a comma (more follows) or the closing byte.
    #[inline]
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

    #[inline]
    fn string(&mut self) -> Result<Text, NotPlain> {
        self.take(b'"')?;
        let from = self.at;
        let to = string_end(self.line.as_bytes(), from);
        if self.line.as_bytes().get(to) != Some(&b'"') {
            return Err(NotPlain);
        }
        self.at = to + 1;
        let quoted = true;
        Ok(Text { from, to, quoted })
    }

    /// A string or a number.
    fn scalar(&mut self) -> Result<Text, NotPlain> {
        match self.peek() {
            Some(b'"') => self.string(),
            Some(b'-' | b'0'..=b'9') => {
                let from = self.at;
                let bytes = self.line.as_bytes();
                while bytes
                    .get(self.at)
                    .is_some_and(|byte| matches!(byte, b'-' | b'.' | b'0'..=b'9'))
                {
                    self.at += 1;
                }
                let (to, quoted) = (self.at, false);
                Ok(Text { from, to, quoted })
            }
            Some(b'n') if self.line.as_bytes()[self.at..].starts_with(b"null") => {
                let (from, quoted) = (self.at, false);
                self.at += 4;
                let to = self.at;
                Ok(Text { from, to, quoted })
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

/// Where the first quote, backslash or control letter stands; eight bytes are looked at together.
#[inline]
fn string_end(bytes: &[u8], mut at: usize) -> usize {
    const LOW: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = LOW << 7;
    // The lowest byte that is marked is one that is meant; those above it need not be.
    let zero = |word: u64| word.wrapping_sub(LOW) & !word;
    let mut rest = bytes.get(at..).unwrap_or_default();
    while let Some((eight, behind)) = rest.split_first_chunk() {
        let word = u64::from_le_bytes(*eight);
        let quote = zero(word ^ (LOW * b'"' as u64));
        let slash = zero(word ^ (LOW * b'\\' as u64));
        let control = word.wrapping_sub(LOW * 32) & !word;
        let found = (quote | slash | control) & HIGH;
        if found != 0 {
            return at + found.trailing_zeros() as usize / 8;
        }
        at += 8;
        rest = behind;
    }
    let stops = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..=31);
    at + rest.iter().position(stops).unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::string_end;

    #[test]
    fn strings_end_where_they_end() {
        for stop in [b'"', b'\\', b'\n', 0, 31] {
            for at in 0..40 {
                let mut bytes = "aé~ \u{7f}!#[]{}".repeat(4).into_bytes();
                bytes.truncate(44);
                let clean = bytes.clone();
                bytes[at] = stop;
                assert_eq!(string_end(&bytes, 0), at);
                assert_eq!(string_end(&clean, at), clean.len());
            }
        }
    }
}
