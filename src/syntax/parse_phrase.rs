//! Reads the pieces of a line: names in quotes, slots, sentences, references to norms. In: pest's pairs; out: the nodes
//! of the tree with their words in normal form.

use crate::syntax::blocks::first_word;
use crate::syntax::grammar::{Grammar, Piece, Rule};
use crate::syntax::parse::Reader;
use crate::syntax::plain::may_compare;
use crate::syntax::tree::{At, Declared, NormRef, NormWord, Phrase, Prefix, Role, Slot, Text};
use crate::syntax::words::{clean, clean_name, clean_word, space, word};
use crate::syntax::{faults, hints};
use crate::text::blanks::{add_blank, add_word};
use crate::text::{SmolStr, Span};
use pest::Parser;
use pest::iterators::Pairs;

impl<'a> Reader<'a> {
    /// The words of a piece, in normal form.
    pub fn text(&self, piece: &Piece<'a>) -> Text {
        At {
            node: clean(piece.as_str()),
            span: self.span(piece),
        }
    }

    /// A string without its quotes; its place is that of the quotes. An empty one is a fault.
    pub fn string(&mut self, piece: &Piece<'a>) -> Text {
        let inner = piece.clone().into_inner().next();
        let node = inner.map(|i| clean(i.as_str())).unwrap_or_default();
        let span = self.span(piece);
        if node.is_empty() {
            self.fault(faults::empty_string(span));
        }
        At { node, span }
    }

    /// What stands between brackets.
    pub fn slot(&mut self, piece: &Piece<'a>) -> At<Slot> {
        let start = piece.as_span().start();
        self.slot_text(start, piece.as_str())
    }

    /// A slot with its brackets. A plain name, with a plain kind or none, needs no second look; the rest is read by its
    /// own rule.
    fn slot_text(&mut self, start: usize, text: &'a str) -> At<Slot> {
        let span = self.within(start, start + text.len());
        let inside = &text[1..text.len() - 1];
        let value = plain_value(inside).filter(|_| self.short_cuts);
        let node = match plain_slot(inside) {
            _ if value.is_some() => value,
            Some((name, None)) => Some(Slot::Name(clean_name(name))),
            Some((name, Some(kind))) => {
                let kind_start = start + text.len() - 1 - kind.len();
                Some(declared(
                    clean_name(name),
                    kind.into(),
                    self.within(kind_start, kind_start + kind.len()),
                ))
            }
            None => {
                let trimmed = inside.trim_start();
                let offset = start + 1 + (inside.len() - trimmed.len());
                match Grammar::parse(Rule::slot_inside, trimmed.trim_end()) {
                    Ok(pieces) => self.slot_inside(pieces, offset),
                    Err(_) => None,
                }
            }
        };
        let node = node.unwrap_or_else(|| {
            self.fault(faults::slot(span, inside.trim()));
            Slot::Name(clean_name(inside))
        });
        At { node, span }
    }

    /// A value in quotes, a number, or a name with its kind.
    fn slot_inside(&mut self, pieces: Pairs<'a, Rule>, offset: usize) -> Option<Slot> {
        let mut name = None;
        for piece in pieces.flat_map(Piece::into_inner) {
            match piece.as_rule() {
                Rule::string => {
                    let words = piece.into_inner().next();
                    return Some(Slot::Quoted(words.map(|w| clean_name(w.as_str()))?));
                }
                Rule::number => return Some(Slot::Number(number(piece.as_str()).into())),
                Rule::slot_name => name = Some(clean_name(piece.as_str())),
                Rule::ident => {
                    let span = piece.as_span();
                    return Some(declared(
                        name?,
                        clean_name(piece.as_str()),
                        self.within(offset + span.start(), offset + span.end()),
                    ));
                }
                _ => {}
            }
        }
        name.filter(|name: &SmolStr| !name.is_empty())
            .map(Slot::Name)
    }

    /// A slot where no kind may be written.
    pub fn plain_slot(&mut self, piece: &Piece<'a>) -> At<Slot> {
        let slot = self.slot(piece);
        if let Slot::Declared(own) = &slot.node {
            self.fault(faults::kind_out_of_place(own.kind_span, &own.name));
        }
        slot
    }

    /// A number as written.
    pub fn number(&self, piece: &Piece<'a>) -> Text {
        At {
            node: number(piece.as_str()),
            span: self.span(piece),
        }
    }

    /// A sentence; `declared` says whether its slots must name their kinds.
    pub fn phrase(&mut self, piece: &Piece<'a>, declared: bool) -> Phrase {
        let start = piece.as_span().start();
        self.phrase_text(start, piece.as_str(), declared)
    }

    /// The sentence of a line that can be nothing else, after `skip` bytes; `None` where only the grammar can tell.
    pub fn sentence_at(&mut self, at: usize, skip: usize, declared: bool) -> Option<Phrase> {
        let line = self.lines.get(at).filter(|_| self.short_cuts)?;
        let body = line.text.get(skip..)?;
        if !opens_sentence(body) {
            return None;
        }
        (self.text, self.base) = (line.text, line.start());
        if let Some((phrase, _)) = self.plain_phrase(skip, body, declared) {
            return Some(phrase);
        }
        if !brackets_match(body) {
            return None;
        }
        let (faults, broken) = (self.faults.len(), self.broken);
        let phrase = self.phrase_text(skip, body, declared);
        if self.faults.len() > faults {
            // What is wrong is told by the grammar, which knows what else the line may have been.
            self.faults.truncate(faults);
            self.broken = broken;
            return None;
        }
        Some(phrase)
    }

    /// The same where a comparison may stand, which only the grammar tells from a sentence.
    pub fn condition_at(&mut self, at: usize, skip: usize) -> Option<Phrase> {
        let line = self.lines.get(at).filter(|_| self.short_cuts)?;
        let body = line.text.get(skip..)?;
        if !opens_sentence(body) {
            return None;
        }
        (self.text, self.base) = (line.text, line.start());
        match self.plain_phrase(skip, body, false) {
            Some((phrase, false)) => Some(phrase),
            Some((_, true)) => None,
            None if may_compare(body) => None,
            None => self.sentence_at(at, skip, false),
        }
    }

    /// A sentence of plain letters and plain slots, read in one go, and whether it may be a comparison; `None` where anything
    /// asks for a second look.
    fn plain_phrase(
        &mut self,
        start: usize,
        text: &'a str,
        declared: bool,
    ) -> Option<(Phrase, bool)> {
        let (mut words, mut slots) = std::mem::take(&mut self.scratch);
        words.clear();
        slots.clear();
        let compares = self.plain_pieces(start, text, declared, &mut words, &mut slots);
        let phrase = compares.map(|_| Phrase {
            words: SmolStr::new(&words),
            slots: slots.drain(..).collect(),
            span: self.trimmed(start, text),
        });
        self.scratch = (words, slots);
        phrase
            .filter(|phrase| faults::no_sentence(phrase).is_none())
            .zip(compares)
    }

    /// The place of a text without the spaces around it.
    fn trimmed(&self, start: usize, text: &str) -> Span {
        let from = start + space(text);
        self.within(from, (start + text.trim_end().len()).max(from))
    }

    /// The pieces of such a sentence, and whether `is` stands where it may compare.
    fn plain_pieces(
        &self,
        start: usize,
        text: &'a str,
        declared: bool,
        words: &mut String,
        slots: &mut Vec<At<Slot>>,
    ) -> Option<bool> {
        let bytes = text.as_bytes();
        let (mut at, mut compares) = (0, false);
        // What stands before this piece: a slot or a digit, and `is` behind one.
        let (mut value, mut value_is) = (false, false);
        while let Some(&byte) = bytes.get(at) {
            if byte == b' ' {
                at += 1;
                continue;
            }
            let from = at;
            let word = byte.is_ascii_alphabetic() || byte == b'\'';
            if word {
                // Words with one space between any two are taken over together.
                let mut begins = from;
                loop {
                    at += 1;
                    while bytes.get(at).is_some_and(|b| IN_WORD[usize::from(*b)]) {
                        at += 1;
                    }
                    let letters = &text[begins..at];
                    let is = letters == "is";
                    compares |= value_is && matches!(letters, "at" | "more" | "less" | "not");
                    (value, value_is) = (bytes[at - 1].is_ascii_digit(), is && value);
                    match bytes.get(at..at + 2) {
                        Some([b' ', letter]) if letter.is_ascii_alphabetic() => at += 1,
                        _ => break,
                    }
                    begins = at;
                }
                add_word(words, &text[from..at]);
            } else if byte == b'[' {
                at += 1;
                while *bytes.get(at)? != b']' {
                    at += 1;
                }
                at += 1;
                let inside = &text[from + 1..at - 1];
                compares |= value_is;
                (value, value_is) = (true, false);
                let found = plain_value(inside).filter(|_| !declared);
                let (name, kind) = match found {
                    Some(_) => ("", None),
                    None => plain_slot(inside)?,
                };
                let slot = match (found, kind) {
                    (Some(value), _) => value,
                    (None, None) if !declared => Slot::Name(clean_name(name)),
                    (None, Some(kind)) if declared => self::declared(
                        clean_name(name),
                        kind.into(),
                        self.within(start + at - 1 - kind.len(), start + at - 1),
                    ),
                    _ => return None,
                };
                add_blank(words);
                slots.push(At {
                    node: slot,
                    span: self.within(start + from, start + at),
                });
            } else {
                return None;
            }
        }
        Some(compares)
    }

    /// Words and slots; the brackets are known to match.
    fn phrase_text(&mut self, start: usize, text: &'a str, declared: bool) -> Phrase {
        let faults = self.faults.len();
        let mut words = String::with_capacity(text.len());
        let mut slots = Vec::new();
        let mut rest = text;
        while let Some(open) = rest.find('[') {
            let at = start + text.len() - rest.len();
            self.words(at, &rest[..open], &mut words);
            let close = rest.find(']').map_or(rest.len(), |close| close + 1);
            let slot = self.slot_text(at + open, &rest[open..close]);
            match &slot.node {
                Slot::Declared(own) if !declared => {
                    self.fault(faults::kind_out_of_place(own.kind_span, &own.name));
                }
                Slot::Declared(_) => {}
                other if declared => self.fault(faults::kind_missing(slot.span, other)),
                _ => {}
            }
            add_blank(&mut words);
            slots.push(slot);
            rest = &rest[close..];
        }
        self.words(start + text.len() - rest.len(), rest, &mut words);
        let phrase = Phrase {
            words: words.into(),
            slots: slots.into(),
            span: self.trimmed(start, text),
        };
        if self.faults.len() == faults
            && let Some(fault) = faults::no_sentence(&phrase)
        {
            self.fault(fault);
        }
        phrase
    }

    /// Each word of a run of words; tells the first character that no word can hold.
    fn words(&mut self, start: usize, text: &'a str, words: &mut String) {
        let mut at = 0;
        while at < text.len() {
            let rest = &text[at..];
            let space = space(rest);
            if space > 0 {
                at += space;
                continue;
            }
            let length = word(rest);
            if length == 0 {
                self.refuse(start + at);
                return;
            }
            add_word(words, &clean_word(&rest[..length]));
            at += length;
        }
    }

    /// Tells that the line being read cannot hold what stands at a byte of it.
    fn refuse(&mut self, at: usize) {
        let fault = hints::in_sentence(self.file, self.base, self.text, at);
        self.fault(fault);
    }

    /// A sentence with `it is not the case that` before it, or not.
    pub fn stated(&mut self, piece: Piece<'a>) -> Option<(Prefix, Phrase)> {
        let mut prefix = Prefix::None;
        for part in piece.into_inner() {
            match part.as_rule() {
                Rule::p_not => prefix = Prefix::Not,
                Rule::phrase => return Some((prefix, self.phrase(&part, false))),
                _ => {}
            }
        }
        None
    }

    /// One party: the words before it, and its slot.
    pub fn party(&mut self, piece: Piece<'a>) -> Option<(At<Role>, At<Slot>)> {
        let mut inner = piece.into_inner();
        let (role, slot) = (inner.next()?, inner.next()?);
        let node = match role.as_rule() {
            Rule::r_owed_by => Role::OwedBy,
            Rule::r_to => Role::To,
            Rule::r_about => Role::About,
            Rule::r_toward => Role::Toward,
            _ => Role::For,
        };
        let span = self.span(&role);
        Some((At { node, span }, self.plain_slot(&slot)))
    }

    /// `duty "d" owed by [x] … in "part"`, `any duty owed by …`; a name alone counts as a duty's.
    pub fn norm_ref(&mut self, piece: Piece<'a>) -> NormRef {
        let span = self.span(&piece);
        let mut norm = NormRef {
            sort: At {
                node: NormWord::Duty,
                span: Span {
                    end: span.start,
                    ..span
                },
            },
            name: None,
            parties: Vec::new(),
            part: None,
            span,
        };
        for part in piece.into_inner() {
            match part.as_rule() {
                Rule::norm_word | Rule::k_duty | Rule::k_any_duty => {
                    norm.sort = At {
                        node: norm_word(&part),
                        span: self.span(&part),
                    };
                }
                Rule::string => norm.name = Some(self.string(&part)),
                Rule::party => norm.parties.extend(self.party(part)),
                Rule::part => norm.part = self.part(part),
                _ => {}
            }
        }
        norm
    }

    /// `in "part"`.
    pub fn part(&mut self, piece: Piece<'a>) -> Option<Text> {
        let string = piece.into_inner().find(|p| p.as_rule() == Rule::string)?;
        Some(self.string(&string))
    }

    /// The status words of a list.
    pub fn statuses(&self, piece: Piece<'a>) -> Vec<Text> {
        piece
            .into_inner()
            .filter(|part| part.as_rule() == Rule::status)
            .map(|part| self.text(&part))
            .collect()
    }
}

/// Which norm a word names.
pub fn norm_word(piece: &Piece<'_>) -> NormWord {
    let rule = match piece.as_rule() {
        Rule::norm_word => piece.clone().into_inner().next().map(|p| p.as_rule()),
        other => Some(other),
    };
    match rule {
        Some(Rule::k_ideal) => NormWord::Ideal,
        Some(Rule::k_concern) => NormWord::Concern,
        Some(Rule::k_any_duty) => NormWord::AnyDuty,
        _ => NormWord::Duty,
    }
}

/// A number with an ordinary minus sign.
fn number(written: &str) -> String {
    written.replace('−', "-")
}

/// Whether a text can only be a sentence: it begins with a slot, or with a word that opens nothing else.
pub fn opens_sentence(text: &str) -> bool {
    let text = text.trim_start_matches([' ', '\t']);
    match text.as_bytes() {
        [b'[', ..] => true,
        [b'a'..=b'z' | b'A'..=b'Z', ..] => !matches!(
            first_word(text),
            "it" | "no" | "every" | "let" | "any" | "at" | "duty" | "ideal" | "concern"
        ),
        _ => false,
    }
}

/// Whether each bracket is closed before the next opens.
fn brackets_match(text: &str) -> bool {
    let mut open = false;
    for byte in text.bytes() {
        match byte {
            b'[' if open => return false,
            b']' if !open => return false,
            b'[' | b']' => open = !open,
            _ => {}
        }
    }
    !open
}

/// A slot with its kind.
fn declared(name: SmolStr, kind: SmolStr, kind_span: Span) -> Slot {
    Slot::Declared(Box::new(Declared {
        name,
        kind,
        kind_span,
    }))
}

/// The plain letters that a word may go on with.
static IN_WORD: [bool; 256] = {
    let mut table = [false; 256];
    let mut at = 0;
    while at < 128 {
        let byte = at as u8;
        table[at] = byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'\'';
        at += 1;
    }
    table
};

/// Words in straight quotes with no other quotes or brackets inside, or digits alone.
fn plain_value(inside: &str) -> Option<Slot> {
    if !inside.is_empty() && inside.bytes().all(|b| b.is_ascii_digit()) {
        return Some(Slot::Number(inside.into()));
    }
    let words = inside.strip_prefix('"')?.strip_suffix('"')?;
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b' ' | b'-' | b'\'' | b',' | b'.');
    (words.bytes().any(|b| b.is_ascii_alphanumeric()) && words.bytes().all(plain))
        .then(|| Slot::Quoted(clean_name(words)))
}

/// A name of letters and other plain signs, and a kind of letters and digits: what nearly every slot holds.
pub fn plain_slot(inside: &str) -> Option<(&str, Option<&str>)> {
    let bytes = inside.as_bytes();
    if !bytes.first().is_some_and(u8::is_ascii_alphabetic) {
        return None;
    }
    let odd = |b: &u8| matches!(b, b':' | b'"' | b'[') || !b.is_ascii();
    let Some(at) = bytes.iter().position(odd) else {
        return Some((inside, None));
    };
    let kind = inside.get(at..)?.strip_prefix(": ")?;
    let plain = kind.starts_with(|c: char| c.is_ascii_alphabetic())
        && kind.bytes().all(|b| b.is_ascii_alphanumeric());
    plain.then_some((&inside[..at], Some(kind)))
}
