//! What stands in the slots of a plain line, as values. In: a text and what may stand in its slot; out: its value, the cast
//! grown by it in reused memory, or *not plain*. A text that stood in the line before is told by its letters. Knows no
//! sentence.

use super::scan::{Letters, NotPlain, Text};
use crate::rulebook::{Cast, KindId, KindSort, Rulebook};
use crate::value::{Idx, Number, Truth, ValueId, Values};

/// One argument of a wording.
pub struct Argument {
    /// Its slot's kind.
    kind: KindId,
    /// What may stand there.
    takes: Takes,
    /// The kind as one bit, where a bare text may stand there; one in quotes. None for what is looked at each time.
    bits: [u64; 2],
}

/// What may stand in a slot.
enum Takes {
    /// Nothing that is plain: what is not so has no number.
    Nothing,
    /// A number within a range.
    Number(Option<Box<(Number, Number)>>),
    /// One of these.
    Listed(Vec<ValueId>),
    /// A name, which is cast as the slot's kind.
    Thing,
}

impl Argument {
    /// An argument of this kind, in a sentence's own wording or in its opposite.
    pub fn new(book: &Rulebook, kind: KindId, opposite: bool) -> Self {
        let takes = match &book.vocabulary.kinds[kind].sort {
            KindSort::Number { .. } if opposite => Takes::Nothing,
            KindSort::Number { range, .. } => Takes::Number(range.map(Box::new)),
            KindSort::OneOf(values) => Takes::Listed(values.clone()),
            KindSort::Thing { .. } => Takes::Thing,
        };
        let bit = 1_u64.checked_shl(kind.0).unwrap_or_default() & !NAME;
        let bits = match takes {
            Takes::Nothing => [0, 0],
            Takes::Number(_) => [bit, 0],
            Takes::Listed(_) | Takes::Thing => [0, bit],
        };
        Self { kind, takes, bits }
    }
}

/// The names of a line, cast; and what its texts came to.
pub struct Casting {
    /// How many values are the rulebook's.
    base: usize,
    /// For each value after the rulebook's: its place in the cast, or none yet.
    member_of: Vec<u32>,
    members: usize,
    /// Lists of kinds that are not used at the moment.
    spare: Vec<Vec<KindId>>,
    /// By the hash of their letters, short texts that were looked at. One may push out another, which is then looked at anew.
    met: Box<[Met; 1 << MET]>,
    /// How many parts of lines were begun: what was met in an earlier one has no value.
    part: u32,
    /// How what the part in hand says counts.
    pub truth: Truth,
}

/// A short text that was looked at.
#[derive(Clone)]
struct Met {
    letters: Letters,
    /// The kinds of the slots it may stand in, as it stood there; and whether it is a plain name.
    kinds: u64,
    value: ValueId,
    /// The part it was met in.
    part: u32,
}

/// Among the kinds of a text: that it is a plain name, which it is in every line.
const NAME: u64 = 1 << 63;

/// Nothing was met.
const NOTHING: Met = Met {
    letters: Letters([0; 2]),
    kinds: 0,
    value: ValueId(0),
    part: 0,
};

/// How many texts are remembered, as a power of two: more than a case has names.
const MET: u32 = 7;

const NOBODY: u32 = u32::MAX;

/// A letter that a name may begin with.
const LETTER: u8 = 0;
/// May stand in a name, not at its beginning.
const INSIDE: u8 = 1;
const SPACE: u8 = 2;
/// Not in a name that is read without looking twice.
const OTHER: u8 = 4;
/// The class of each byte. Letters beyond ASCII were looked at before by the scanner.
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

impl Casting {
    /// With nothing cast; so many values are the rulebook's.
    pub fn new(base: usize) -> Self {
        Self {
            base,
            member_of: Vec::new(),
            members: 0,
            spare: Vec::new(),
            met: Box::new([NOTHING; 1 << MET]),
            part: 0,
            truth: Truth::True,
        }
    }

    /// Begins a line: forgets the values of the last.
    pub fn begin(&mut self, values: &mut Values) {
        values.truncate(self.base);
        self.member_of.clear();
        self.members = 0;
    }

    /// Begins a part, what it says counting so.
    pub fn begin_part(&mut self, truth: Truth) {
        if self.part == u32::MAX {
            self.met.fill(NOTHING);
            self.part = 0;
        }
        self.part += 1;
        self.truth = truth;
    }

    /// Ends a line: leaves in the cast who is in it.
    pub fn end(&mut self, cast: &mut Cast) {
        let unused = cast.members.drain(self.members..);
        self.spare.extend(unused.map(|(_, kinds)| kinds));
    }

    /// The value of a text that was met before where it may stand so.
    #[inline(always)]
    pub fn met(&self, argument: &Argument, quoted: bool, letters: Letters) -> Option<ValueId> {
        let met = &self.met[place(letters)];
        let bit = argument.bits[usize::from(quoted)];
        let is_met = met.letters == letters && met.part == self.part && met.kinds & bit != 0;
        is_met.then_some(met.value)
    }

    /// The value of a text in the place of an argument; none for a number that is not known.
    pub fn value(
        &mut self,
        record: (&mut Values, &mut Cast),
        argument: &Argument,
        (text, letters): (Text, Letters),
        line: &str,
    ) -> Result<Option<ValueId>, NotPlain> {
        match self.met(argument, text.quoted, letters) {
            Some(value) => Ok(Some(value)),
            None => self.look(record, argument, (text, letters), line),
        }
    }

    /// The value of a text that was not met before, and is remembered.
    #[inline(never)]
    pub fn look(
        &mut self,
        (values, cast): (&mut Values, &mut Cast),
        argument: &Argument,
        (text, letters): (Text, Letters),
        line: &str,
    ) -> Result<Option<ValueId>, NotPlain> {
        let met = &self.met[place(letters)];
        let name = if met.letters == letters {
            met.kinds & NAME
        } else {
            0
        };
        let value = self.read((values, cast), argument, (text, name != 0), line)?;
        let (Some(value), true) = (value, letters != Letters::default()) else {
            return Ok(value);
        };
        let is_thing = matches!(argument.takes, Takes::Thing);
        let own = argument.bits[usize::from(text.quoted)] | if is_thing { NAME } else { 0 };
        let part = self.part;
        let met = &mut self.met[place(letters)];
        // A listed value may be written as a number is: then it is another value.
        let same = met.letters == letters && met.part == part && met.value == value;
        let kinds = own | if same { met.kinds } else { name };
        *met = Met {
            letters,
            kinds,
            value,
            part,
        };
        Ok(Some(value))
    }

    /// The value of a text; whether it is a plain name may be known.
    fn read(
        &mut self,
        (values, cast): (&mut Values, &mut Cast),
        argument: &Argument,
        (Text { from, to, quoted }, is_name): (Text, bool),
        line: &str,
    ) -> Result<Option<ValueId>, NotPlain> {
        let text = line.get(from..to).ok_or(NotPlain)?;
        let value = match &argument.takes {
            Takes::Thing if quoted => {
                if !is_name && !is_plain_name(text) {
                    return Err(NotPlain);
                }
                let value = values.name(text);
                self.cast(cast, value, argument.kind);
                value
            }
            Takes::Listed(listed) if quoted => {
                let value = values.find_name(text).ok_or(NotPlain)?;
                if !listed.contains(&value) {
                    return Err(NotPlain);
                }
                value
            }
            // A number that is not known, of a sentence that says nothing else.
            Takes::Number(_) if !quoted && text == "null" && self.truth == Truth::Unknown => {
                return Ok(None);
            }
            Takes::Number(range)
                if self.truth == Truth::True && (quoted || is_json_number(text)) =>
            {
                let number = Number::parse(text).map_err(|_| NotPlain)?;
                let within = |range: &(Number, Number)| range.0 <= number && number <= range.1;
                if !range.as_deref().is_none_or(within) {
                    return Err(NotPlain);
                }
                values.number(number)
            }
            _ => return Err(NotPlain),
        };
        Ok(Some(value))
    }

    /// Casts a value as a kind, unless it is already.
    fn cast(&mut self, cast: &mut Cast, value: ValueId, kind: KindId) {
        let own = value.index().checked_sub(self.base);
        let member = match own {
            Some(own) => {
                while self.member_of.len() <= own {
                    self.member_of.push(NOBODY);
                }
                let member = self.member_of[own];
                (member != NOBODY).then_some(member as usize)
            }
            None => cast.members[..self.members]
                .iter()
                .position(|(own, _)| *own == value),
        };
        let member = member.unwrap_or_else(|| {
            if cast.members.len() == self.members {
                let kinds = self.spare.pop().unwrap_or_default();
                cast.members.push((value, kinds));
            }
            cast.members[self.members].0 = value;
            cast.members[self.members].1.clear();
            if let Some(own) = own {
                self.member_of[own] = u32::try_from(self.members).unwrap_or(NOBODY);
            }
            self.members += 1;
            self.members - 1
        });
        let kinds = &mut cast.members[member].1;
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
}

/// Where a text is remembered.
#[inline(always)]
fn place(letters: Letters) -> usize {
    let [low, high] = letters.0;
    let mixed = (low ^ high.rotate_left(25)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed >> (64 - MET)) as usize
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

/// Whether a number that can be read is written as JSON does: digits, signs and points, and no zero before other digits.
fn is_json_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text).as_bytes();
    let simple = |byte: &u8| matches!(byte, b'-' | b'.' | b'0'..=b'9');
    digits.iter().all(simple) && !matches!(digits, [b'0', b'0'..=b'9', ..])
}
