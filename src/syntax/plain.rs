//! Reads lines that can be only one thing without asking the grammar: words and names in quotes, words and slots, plain
//! sentences. In: a line; out: what it says, or `None` where only the grammar can tell. What is read here, the grammar reads
//! alike (a test holds the two against each other); it takes a twentieth of the time.

use crate::syntax::parse::Reader;
use crate::syntax::parse_condition::sentence;
use crate::syntax::parse_phrase::plain_slot;
use crate::syntax::tree::{
    At, Attribute, Class, Condition, Count, KindSort, Parties, Prefix, Role, Simple, Slot, Text,
};
use crate::syntax::words::{clean, clean_name};
use memchr::memchr;

/// A line read from the left, word by word. Every step is `None` where only the grammar can tell what stands there: where
/// it is anything but plain words with spaces between them, and where it is a fault.
#[derive(Clone, Copy)]
pub struct Plain<'a> {
    text: &'a str,
    /// The byte to read next.
    at: usize,
}

/// Something read, and its bytes in the line.
type Read<T> = Option<(T, usize, usize)>;

impl<'a> Plain<'a> {
    /// Moves past the space here; there has to be some, but at the start of the line.
    fn space(&mut self) -> Option<()> {
        let rest = self.text.as_bytes().get(self.at..)?;
        let count = rest.iter().take_while(|b| **b == b' ').count();
        (count > 0 || self.at == 0).then_some(())?;
        self.at += count;
        Some(())
    }

    /// These words, with one space between any two.
    pub fn words(&mut self, words: &str) -> Option<usize> {
        self.space()?;
        let start = self.at;
        let rest = self.text.get(start..)?.strip_prefix(words)?;
        matches!(rest.as_bytes().first(), None | Some(b' ')).then_some(())?;
        self.at += words.len();
        Some(start)
    }

    /// A word of letters, digits, hyphens and apostrophes that begins with a letter.
    fn ident(&mut self) -> Read<&'a str> {
        self.space()?;
        let rest = self.text.get(self.at..)?;
        rest.starts_with(|c: char| c.is_ascii_alphabetic())
            .then_some(())?;
        let length = rest
            .bytes()
            .position(|b| !b.is_ascii_alphanumeric() && !matches!(b, b'-' | b'\''))
            .unwrap_or(rest.len());
        let start = self.at;
        self.at += length;
        matches!(rest.as_bytes().get(length), None | Some(b' ')).then_some(())?;
        Some((&rest[..length], start, self.at))
    }

    /// What stands between straight quotes with no other quotes inside.
    fn string(&mut self) -> Read<String> {
        self.space()?;
        let start = self.at;
        let inside = self.text.get(start..)?.strip_prefix('"')?;
        let length = memchr(b'"', inside.as_bytes())?;
        let inside = &inside[..length];
        (inside.is_ascii() || !inside.contains(['“', '”'])).then_some(())?;
        let name = clean(inside);
        self.at += length + 2;
        (!name.is_empty()).then_some((name, start, self.at))
    }

    /// A comma right behind what was read.
    fn comma(&mut self) -> Option<()> {
        let rest = self.text.get(self.at..)?;
        rest.starts_with(',').then_some(())?;
        self.at += 1;
        Some(())
    }

    /// A name between brackets.
    fn slot(&mut self) -> Read<Slot> {
        self.space()?;
        let start = self.at;
        let inside = self.text.get(start..)?.strip_prefix('[')?;
        let length = inside.find([']', '['])?;
        inside[length..].starts_with(']').then_some(())?;
        let (name, kind) = plain_slot(&inside[..length])?;
        kind.is_none().then_some(())?;
        self.at += length + 2;
        Some((Slot::Name(clean_name(name)), start, self.at))
    }

    /// That the line ends here.
    fn end(self) -> Option<()> {
        (self.at == self.text.len()).then_some(())
    }
}

impl<'a> Reader<'a> {
    /// The line, where short cuts are taken; what is read of it is placed in it from here on.
    pub fn plain(&mut self, at: usize) -> Option<Plain<'a>> {
        let line = self.lines.get(at).filter(|_| self.short_cuts)?;
        (self.text, self.base) = (line.text, line.start());
        Some(Plain {
            text: line.text,
            at: 0,
        })
    }

    fn placed<T>(&self, (node, start, end): (T, usize, usize)) -> At<T> {
        At {
            node,
            span: self.within(start, end),
        }
    }

    /// The name in quotes that is all of a line behind some words.
    pub fn lone_string(&mut self, at: usize, words: &str) -> Option<Text> {
        let mut line = self.plain(at)?;
        line.words(words)?;
        let name = line.string()?;
        line.end()?;
        Some(self.placed(name))
    }

    /// The slot that is all of a line behind some words.
    pub fn lone_slot(&mut self, at: usize, words: &str) -> Option<At<Slot>> {
        let mut line = self.plain(at)?;
        line.words(words)?;
        let slot = line.slot()?;
        line.end()?;
        Some(self.placed(slot))
    }

    /// `cites source` and `cites source "place"`.
    pub fn plain_citation(&mut self, at: usize) -> Option<Attribute> {
        let mut line = self.plain(at)?;
        line.words("cites")?;
        let (source, start, end) = line.ident()?;
        let place = match line.end() {
            Some(()) => None,
            None => Some(line.string()?),
        };
        line.end()?;
        Some(Attribute::Cites {
            source: self.placed((source.to_owned(), start, end)),
            place: place.map(|place| self.placed(place)),
        })
    }

    /// `source id is "title"`.
    pub fn plain_source(&mut self, at: usize) -> Option<(Text, Text)> {
        let mut line = self.plain(at)?;
        line.words("source")?;
        let (id, start, end) = line.ident()?;
        line.words("is")?;
        let title = line.string()?;
        line.end()?;
        Some((self.placed((id.to_owned(), start, end)), self.placed(title)))
    }

    /// `kind Name`, `kind Name is a Name`, `kind Name is one of "a", "b"` and `kind Name is a number in "unit"`.
    pub fn plain_kind(&mut self, at: usize) -> Option<(Text, KindSort)> {
        let mut line = self.plain(at)?;
        line.words("kind")?;
        let (name, start, end) = line.ident()?;
        let name = self.placed((name.to_owned(), start, end));
        if line.end().is_some() {
            return Some((name, KindSort::Plain));
        }
        let mut listed = line;
        if listed.words("is one of").is_some() {
            let mut names = vec![listed.string()?];
            while listed.end().is_none() {
                listed.comma()?;
                names.push(listed.string()?);
            }
            let names = names.into_iter().map(|name| self.placed(name));
            return Some((name, KindSort::OneOf(names.collect())));
        }
        let mut number = line;
        if number.words("is a number in").is_some() {
            let unit = number.string()?;
            number.end()?;
            let sort = KindSort::Number {
                unit: Some(self.placed(unit)),
                range: None,
            };
            return Some((name, sort));
        }
        let mut with_n = line;
        if line.words("is a").is_none() {
            with_n.words("is an")?;
            line = with_n;
        }
        let (above, start, end) = line.ident()?;
        line.end()?;
        (above != "number").then_some(())?;
        let above = self.placed((above.to_owned(), start, end));
        Some((name, KindSort::IsA(above)))
    }

    /// The head of a list of declared sentences.
    pub fn plain_class(&self, at: usize) -> Option<Class> {
        let line = self.lines.get(at).filter(|_| self.short_cuts)?;
        Some(match line.text {
            "facts, false unless stated" => Class::ClosedFacts,
            "facts, unknown unless stated" => Class::OpenFacts,
            "settings" => Class::Settings,
            "concepts" => Class::Concepts,
            "findings" => Class::Findings,
            _ => return None,
        })
    }

    /// `exemption "name" from duty "duty"` and `in "part"` behind it, and the same of an excuse.
    pub fn plain_defeat(&mut self, at: usize, excuse: bool) -> Option<(Text, Text, Option<Text>)> {
        let (word, of) = match excuse {
            true => ("excuse", "for duty"),
            false => ("exemption", "from duty"),
        };
        let mut line = self.plain(at)?;
        line.words(word)?;
        let name = line.string()?;
        line.words(of)?;
        let duty = line.string()?;
        let part = match line.end() {
            Some(()) => None,
            None => {
                line.words("in")?;
                Some(line.string()?)
            }
        };
        line.end()?;
        Some((
            self.placed(name),
            self.placed(duty),
            part.map(|part| self.placed(part)),
        ))
    }

    /// `owed by [x] to [y] about [z]`: every party with its slot.
    pub fn plain_parties(&mut self, at: usize) -> Option<Parties> {
        let mut line = self.plain(at)?;
        let mut parties = Vec::with_capacity(3);
        while line.end().is_none() {
            let (words, role) = [
                ("owed by", Role::OwedBy),
                ("toward", Role::Toward),
                ("to", Role::To),
                ("about", Role::About),
                ("for", Role::For),
            ]
            .into_iter()
            .find(|(words, _)| line.text[line.at..].trim_start().starts_with(words))?;
            let start = line.words(words)?;
            let role = self.placed((role, start, line.at));
            let slot = line.slot()?;
            parties.push((role, self.placed(slot)));
        }
        Some(parties)
    }

    /// The words before a condition: `if`, `and`, `unless`, `arises if`, `broken in "part" if` and their like. Gives the part,
    /// and the byte they end at.
    pub fn plain_lead(&mut self, at: usize) -> Option<(Option<Text>, usize)> {
        let word = self.word(at);
        let mut line = self.plain(at)?;
        line.words(word)?;
        let mut part = None;
        match word {
            "if" | "and" | "unless" => {}
            "arises" | "applies" | "broken" | "met" | "raised" => {
                if word != "raised" && line.clone().words("in").is_some() {
                    line.words("in")?;
                    part = Some(line.string()?);
                }
                line.words("if")?;
            }
            _ => return None,
        }
        Some((part.map(|part| self.placed(part)), line.at))
    }

    /// The condition that is all of a line behind its first `skip` bytes: a sentence, with `it is not the case that` before it
    /// or not, or the head of a list of bullets.
    pub fn plain_condition(&mut self, at: usize, skip: usize) -> Option<Condition> {
        let mut line = self.plain(at)?;
        line.at = skip;
        let mut look = line;
        if look.words("any of these").is_some() && look.end().is_some() {
            return Some(Condition::AnyOf(Vec::new()));
        }
        let mut look = line;
        if let Some(start) = look.words("no")
            && let Some(slot) = look.slot()
        {
            let count = self.placed((Count::No, start, start + 2));
            look.words("where")?;
            look.end()?;
            return Some(Condition::Quantified {
                count,
                slot: Box::new(self.placed(slot)),
                bullets: Vec::new(),
            });
        }
        let mut look = line;
        if look.words("every").is_some() {
            let slot = look.slot()?;
            look.words("where")?;
            look.end()?;
            return Some(Condition::Every {
                slot: Box::new(self.placed(slot)),
                bullets: Vec::new(),
                hinge: None,
                holds: Vec::new(),
            });
        }
        self.plain_simple(at, skip).map(Condition::Simple)
    }

    /// The sentence that is all of a line behind its first `skip` bytes, with `it is not the case that` before it or not.
    pub fn plain_simple(&mut self, at: usize, skip: usize) -> Option<Simple> {
        let mut line = self.plain(at)?;
        line.at = skip;
        let Some(start) = line.words("it is not the case that") else {
            return self.condition_at(at, skip).map(sentence);
        };
        let body = sentence(self.condition_at(at, line.at)?);
        Some(Simple {
            prefix: Prefix::Not,
            span: self.within(start, start).to(body.span),
            ..body
        })
    }
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
