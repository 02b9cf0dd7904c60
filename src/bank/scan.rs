//! A scanner of one plain line. In: a line of JSON; out: its marks, strings and numbers, one after the other. Knows neither
//! sentences nor kinds.

/// The line is not of the plain shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotPlain;

/// A string or a number of the line: where it stands.
#[derive(Clone, Copy)]
pub struct Text {
    /// Its first byte.
    pub from: usize,
    /// Behind its last.
    pub to: usize,
    /// Whether it stood in quotes (else it is a bare number).
    pub quoted: bool,
}

/// The bytes of a text of at most 16, and nothing behind them: no plain line has a zero in it, so that two such texts are
/// the same exactly when these are. A longer text has none.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Letters(pub [u64; 2]);

/// A scanner of one line.
pub struct Scan<'l> {
    /// The line.
    pub line: &'l str,
    at: usize,
}

impl<'l> Scan<'l> {
    /// At the beginning of a line; none if it has letters of several forms, control letters or escapes.
    pub fn new(line: &'l str) -> Result<Self, NotPlain> {
        let line = line.strip_suffix('\r').unwrap_or(line);
        let simple = |byte: u8| byte.cast_signed() >= 32 && byte != b'\\';
        let simple = line
            .bytes()
            .fold(true, |so_far, byte| so_far & simple(byte));
        if simple || line.chars().all(has_one_form) {
            Ok(Self { line, at: 0 })
        } else {
            Err(NotPlain)
        }
    }

    #[inline(always)]
    fn next(&self) -> Option<u8> {
        self.line.as_bytes().get(self.at).copied()
    }

    #[inline(always)]
    fn skip_spaces(&mut self) {
        if self.next() == Some(b' ') {
            self.skip_some_spaces();
        }
    }

    #[inline(never)]
    fn skip_some_spaces(&mut self) {
        while self.next() == Some(b' ') {
            self.at += 1;
        }
    }

    /// Takes this byte, if it is the next that is no space.
    #[inline(always)]
    pub fn has(&mut self, byte: u8) -> bool {
        if self.next() != Some(byte) {
            self.skip_spaces();
            if self.next() != Some(byte) {
                return false;
            }
        }
        self.at += 1;
        true
    }

    /// Takes this byte.
    #[inline]
    pub fn take(&mut self, byte: u8) -> Result<(), NotPlain> {
        if self.has(byte) {
            Ok(())
        } else {
            Err(NotPlain)
        }
    }

    /// Takes a comma (more follows) or the closing byte.
    #[inline]
    pub fn more(&mut self, close: u8) -> Result<bool, NotPlain> {
        if self.has(close) {
            return Ok(false);
        }
        self.take(b',').map(|()| true)
    }

    /// Takes a string.
    #[inline]
    pub fn string(&mut self) -> Result<Text, NotPlain> {
        self.take(b'"')?;
        let from = self.at;
        let to = quote_from(self.line.as_bytes(), from).ok_or(NotPlain)?;
        self.at = to + 1;
        let quoted = true;
        Ok(Text { from, to, quoted })
    }

    /// Takes a string of less than 16 bytes, with its letters; nothing, if something else is next.
    #[inline(always)]
    pub fn word(&mut self) -> Option<(Text, Letters)> {
        self.skip_spaces();
        if self.next() != Some(b'"') {
            return None;
        }
        let from = self.at + 1;
        let sixteen = sixteen(self.line.as_bytes(), from);
        let length = first_of(sixteen, |word| bytes_that_are(word, b'"'));
        if length == 16 {
            return None;
        }
        let (to, quoted) = (from + length, true);
        self.at = to + 1;
        Some((Text { from, to, quoted }, Letters::cut(sixteen, length)))
    }

    /// Takes a string or a number, with its letters.
    #[inline(never)]
    pub fn scalar(&mut self) -> Result<(Text, Letters), NotPlain> {
        if let Some(word) = self.word() {
            return Ok(word);
        }
        if self.next() == Some(b'"') {
            return self.string().map(|text| (text, Letters::default()));
        }
        self.bare()
    }

    /// Takes what stands before the next mark: it is looked at where it is read as a number.
    fn bare(&mut self) -> Result<(Text, Letters), NotPlain> {
        let from = self.at;
        let sixteen = sixteen(self.line.as_bytes(), from);
        let length = first_of(sixteen, |word| {
            bytes_that_are(word, b',') | bytes_that_are(word, b']')
        });
        let (to, quoted) = (from + length, false);
        self.at = to;
        if length == 16 {
            return Err(NotPlain);
        }
        Ok((Text { from, to, quoted }, Letters::cut(sixteen, length)))
    }

    /// The line ends here.
    pub fn end(&mut self) -> Result<(), NotPlain> {
        self.skip_spaces();
        match self.next() {
            None => Ok(()),
            Some(_) => Err(NotPlain),
        }
    }
}

impl Letters {
    /// The letters of a text.
    pub fn of(line: &str, text: Text) -> Self {
        let length = text.to - text.from;
        if length < 16 {
            Self::cut(sixteen(line.as_bytes(), text.from), length)
        } else {
            Self::default()
        }
    }

    /// The first of 16 bytes.
    #[inline(always)]
    fn cut(bytes: [u64; 2], length: usize) -> Self {
        let [low, high] = KEPT[length & 15];
        Self([bytes[0] & low, bytes[1] & high])
    }
}

/// What is kept of two words to keep so many bytes.
const KEPT: [[u64; 2]; 16] = {
    let mut kept = [[0; 2]; 16];
    let mut bits = 0;
    while bits < 128 {
        let mut length = bits / 8 + 1;
        while length < 16 {
            kept[length][bits / 64] |= 1 << (bits % 64);
            length += 1;
        }
        bits += 1;
    }
    kept
};

/// A letter that has one form only, and neither is nor looks like a space, a quote or a mark; or ASCII but for control letters
/// and the escape.
fn has_one_form(letter: char) -> bool {
    if letter.is_ascii() {
        return letter >= ' ' && letter != '\\';
    }
    matches!(letter, '\u{C0}'..='\u{24F}' | '\u{400}'..='\u{45F}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}')
}

/// The bytes from a place on as two words; zeros behind the line's end.
#[inline(always)]
fn sixteen(bytes: &[u8], from: usize) -> [u64; 2] {
    let rest = bytes.get(from..).unwrap_or_default();
    let sixteen = match rest.first_chunk() {
        Some(sixteen) => *sixteen,
        None => padded(rest),
    };
    let both = u128::from_le_bytes(sixteen);
    [both as u64, (both >> 64) as u64]
}

#[cold]
fn padded(rest: &[u8]) -> [u8; 16] {
    let mut sixteen = [0; 16];
    for (to, from) in sixteen.iter_mut().zip(rest) {
        *to = *from;
    }
    sixteen
}

/// How many bytes stand before the first that is marked; 16 if none is.
#[inline(always)]
fn first_of(words: [u64; 2], marks: impl Fn(u64) -> u64) -> usize {
    let [low, high] = words.map(|word| marks(word).trailing_zeros() as usize / 8);
    if low < 8 { low } else { 8 + high }
}

const LOW: u64 = 0x0101_0101_0101_0101;

/// Marks bytes by their highest bit. The lowest that is marked is one that is meant; those above it need not be.
#[inline(always)]
fn bytes_that_are(word: u64, byte: u8) -> u64 {
    let other = word ^ (LOW * u64::from(byte));
    other.wrapping_sub(LOW) & !other & (LOW << 7)
}

/// Where the first quote stands; eight bytes are looked at together.
#[inline]
fn quote_from(bytes: &[u8], mut at: usize) -> Option<usize> {
    let mut rest = bytes.get(at..)?;
    while let Some((eight, behind)) = rest.split_first_chunk() {
        let found = bytes_that_are(u64::from_le_bytes(*eight), b'"');
        if found != 0 {
            return Some(at + found.trailing_zeros() as usize / 8);
        }
        at += 8;
        rest = behind;
    }
    rest.iter().position(|byte| *byte == b'"').map(|n| at + n)
}

#[cfg(test)]
mod tests {
    use super::{Letters, NotPlain, Scan, quote_from};

    #[test]
    fn strings_end_where_they_end() {
        for at in 0..40 {
            let mut bytes = "aé~ \u{7f}!#[]{}".repeat(4).into_bytes();
            bytes.truncate(44);
            assert_eq!(quote_from(&bytes, at), None);
            bytes[at] = b'"';
            assert_eq!(quote_from(&bytes, 0), Some(at));
            assert_eq!(quote_from(&bytes, at + 1), None);
        }
    }

    #[test]
    fn a_word_and_its_letters_are_the_same_wherever_it_stands() {
        let word = "!#\u{c1}b,]c [{:de~fghijklm";
        for to in word.char_indices().map(|(at, _)| at) {
            for behind in ["", "]", ",\"x\"]", " , \"much more of the line\"]]]}}"] {
                let line = format!("\"{}\"{behind}", &word[..to]);
                let mut scan = Scan::new(&line).expect("it is plain");
                let (text, letters) = scan.scalar().expect("it is a string");
                assert!((text.from, text.to, text.quoted) == (1, to + 1, true));
                assert!(letters == Letters::of(&line, text));
                let mut own = [0; 16];
                own[..to.min(16)].copy_from_slice(&word.as_bytes()[..to.min(16)]);
                let [low, high] = letters.0.map(u64::to_le_bytes);
                assert!([low, high].concat() == if to < 16 { own } else { [0; 16] });
                let next = behind.trim_start().bytes().next();
                assert!(next.map_or(scan.end().is_ok(), |next| scan.has(next)));
            }
        }
    }

    #[test]
    fn a_number_ends_at_a_mark() {
        for number in ["0", "-12.5", "1234567", "12345678", "123456789012345"] {
            for behind in [",", "]", ",1]", "]]}}", "],[\"much more of the line\"]]]}}"] {
                let line = format!("{number}{behind}");
                let mut scan = Scan::new(&line).expect("it is plain");
                let (text, letters) = scan.scalar().expect("it is a number");
                assert!((text.from, text.to, text.quoted) == (0, number.len(), false));
                assert!(letters == Letters::of(&line, text));
                assert!(scan.has(behind.as_bytes()[0]));
            }
        }
    }

    #[test]
    fn escapes_and_control_letters_are_not_plain() {
        for bad in ["\\", "\t", "\n", "\0", "\u{1f}", "e\u{301}", "\u{a0}"] {
            for at in [0, 1, 40] {
                let line = format!("{}{bad}{}", "a".repeat(at), "b".repeat(40 - at));
                assert!(Scan::new(&line).err() == Some(NotPlain), "{line:?}");
            }
        }
        assert!(Scan::new("a b\r").is_ok() && Scan::new("ÀÿĀ漢").is_ok());
    }
}
