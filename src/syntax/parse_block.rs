//! Reads the blocks that declare: rulebook, use, source, kind, lists of sentences, `always`. In: lines; out: [`BlockKind`]s.

use crate::syntax::grammar::{Piece, Rule};
use crate::syntax::parse::Reader;
use crate::syntax::parse_attribute::{GROUNDS, OF_DECLARATION, OF_SOURCE};
use crate::syntax::tree::{BlockKind, Class, Declaration, KindSort, Lead, Line, Phrase, Text};
use crate::syntax::{faults, leads};
use crate::text::Span;

impl<'a> Reader<'a> {
    /// The head of a block, read by its rule; moves past it. Where it cannot be read, the lines of the block are read for
    /// their own faults by the caller.
    pub fn head(&mut self, rule: Rule) -> Option<Piece<'a>> {
        let at = self.at;
        self.at += 1;
        if self.misspelt {
            return None;
        }
        self.parse(rule, at)
    }

    /// A sentence that is stated, declared or concluded, so not a comparison.
    pub fn sentence(&mut self, piece: &Piece<'a>) -> Phrase {
        let phrase = self.phrase(piece, false);
        if let Some(fault) = faults::comparison_stated(&phrase) {
            self.fault(fault);
        }
        phrase
    }

    /// A line that does not belong to the block; moves past it and the bullets that hang on it.
    pub fn unexpected(&mut self, at: usize, allowed: &[&str]) {
        self.at = at + 1;
        let span = self.whole(at);
        let text = self.lines.get(at).map_or("", |line| line.text);
        let bullet = self.word(at) == "-";
        let fault = leads::out_of_place(span, text, self.block, allowed);
        self.fault(fault);
        match self.block {
            "facts" | "settings" | "concepts" | "findings" | "always" => {}
            "rule" | "duty" | "ideal" | "concern" | "exemption" | "excuse" | "priority"
                if !bullet =>
            {
                self.read_over_bullets();
            }
            _ => {
                while self.bullet().is_some() {
                    self.at += 1;
                }
            }
        }
    }

    /// Every line left in a block that has none of its own.
    pub fn no_more(&mut self) {
        while let Some(at) = self.inner() {
            self.unexpected(at, &[]);
        }
    }

    /// A block that begins with an unknown word: its lines are read for their own faults.
    pub fn unknown_block(&mut self, span: Span, text: &'a str) {
        self.fault(leads::unknown_block(span, text, None));
        self.block = "?";
        self.at += 1;
        let mut attributes = Vec::new();
        while let Some(at) = self.inner() {
            match self.word(at) {
                "if" | "and" | "unless" => {
                    self.condition(Lead::And);
                }
                word if GROUNDS.contains(&word) => {
                    self.attribute(at, &mut attributes);
                }
                _ => self.at = at + 1,
            }
        }
    }

    /// The strings of a piece, in order.
    fn strings(&mut self, piece: Piece<'a>) -> Vec<Text> {
        let mut strings = Vec::new();
        for part in piece.into_inner() {
            if part.as_rule() == Rule::string {
                strings.push(self.string(&part));
            }
        }
        strings
    }

    /// `rulebook "name" version "…"`.
    pub fn rulebook(&mut self) -> Option<BlockKind> {
        let head = self.head(Rule::rulebook_line);
        let mut strings = head
            .map(|h| self.strings(h))
            .unwrap_or_default()
            .into_iter();
        let (name, version) = (strings.next(), strings.next());
        self.no_more();
        Some(BlockKind::Rulebook {
            name: name?,
            version,
        })
    }

    /// `use "module"`.
    pub fn use_module(&mut self) -> Option<BlockKind> {
        let plain = match self.misspelt {
            true => None,
            false => self.lone_string(self.at, "use"),
        };
        let name = if plain.is_some() {
            self.at += 1;
            plain
        } else {
            let head = self.head(Rule::use_line);
            head.and_then(|h| self.strings(h).into_iter().next())
        };
        self.no_more();
        name.map(BlockKind::Use)
    }

    /// `source id is "title"`.
    pub fn source(&mut self) -> Option<BlockKind> {
        let (mut id, mut title) = (None, None);
        let plain = match self.misspelt {
            true => None,
            false => self.plain_source(self.at),
        };
        if let Some((plain_id, plain_title)) = plain {
            self.at += 1;
            (id, title) = (Some(plain_id), Some(plain_title));
        } else if let Some(head) = self.head(Rule::source_line) {
            for piece in head.into_inner() {
                match piece.as_rule() {
                    Rule::ident => id = Some(self.text(&piece)),
                    Rule::string => title = Some(self.string(&piece)),
                    _ => {}
                }
            }
        }
        let mut attributes = Vec::new();
        while let Some(at) = self.inner() {
            if OF_SOURCE.contains(&self.word(at)) {
                self.attribute(at, &mut attributes);
            } else {
                self.unexpected(at, OF_SOURCE);
            }
        }
        Some(BlockKind::Source {
            id: id?,
            title: title?,
            attributes,
        })
    }

    /// `kind …`.
    pub fn kind(&mut self) -> Option<BlockKind> {
        let mut names = Vec::new();
        let mut sort = KindSort::Plain;
        let plain = match self.misspelt {
            true => None,
            false => self.plain_kind(self.at),
        };
        if let Some((name, plain)) = plain {
            self.at += 1;
            names.push(name);
            sort = plain;
        } else if let Some(head) = self.head(Rule::kind_line) {
            for piece in head.into_inner() {
                match piece.as_rule() {
                    Rule::ident => names.push(self.text(&piece)),
                    Rule::one_of => sort = KindSort::OneOf(self.strings(piece)),
                    Rule::is_number => sort = self.number_kind(piece),
                    _ => {}
                }
            }
        }
        self.no_more();
        let mut names = names.into_iter();
        let name = names.next()?;
        if let Some(above) = names.next() {
            sort = KindSort::IsA(above);
        }
        Some(BlockKind::Kind { name, sort })
    }

    /// `is a number in "minutes" from 0 to 60`.
    fn number_kind(&mut self, piece: Piece<'a>) -> KindSort {
        let (mut unit, mut range) = (None, None);
        for part in piece.into_inner() {
            match part.as_rule() {
                Rule::unit => unit = self.strings(part).into_iter().next(),
                Rule::range => {
                    let mut ends = part
                        .into_inner()
                        .filter(|p| p.as_rule() == Rule::number)
                        .map(|p| self.number(&p));
                    range = ends.next().zip(ends.next());
                }
                _ => {}
            }
        }
        KindSort::Number { unit, range }
    }

    /// `facts, false unless stated`, `settings`, … with bullets.
    pub fn declarations(&mut self) -> Option<BlockKind> {
        let at = self.at;
        let mut class = match self.misspelt {
            true => None,
            false => self.plain_class(at),
        };
        if class.is_some() {
            self.at += 1;
        } else if let Some(head) = self.head(Rule::facts_line) {
            for piece in head.into_inner() {
                class = match piece.as_rule() {
                    Rule::k_false => Some(Class::ClosedFacts),
                    Rule::k_unknown => Some(Class::OpenFacts),
                    Rule::k_settings => Some(Class::Settings),
                    Rule::k_concepts => Some(Class::Concepts),
                    Rule::k_findings => Some(Class::Findings),
                    _ => class,
                };
            }
        }
        let mut sentences: Vec<Declaration> = Vec::with_capacity(self.ahead(&["-"]));
        // Where the lines under a sentence that could not be read go.
        let mut lost = Vec::new();
        let (mut any, mut good) = (false, false);
        while let Some(line) = self.inner() {
            match self.word(line) {
                "-" => {
                    any = true;
                    let sentence = self.list_sentence(line, true);
                    let next = self.lines.get(self.at..).unwrap_or_default().iter();
                    let own = next.take_while(|line| OF_DECLARATION.contains(&line.word()));
                    good = sentence.is_some();
                    sentences.extend(sentence.map(|sentence| Declaration {
                        sentence,
                        attributes: Vec::with_capacity(own.count()),
                    }));
                    lost.clear();
                }
                word if any && OF_DECLARATION.contains(&word) => match sentences.last_mut() {
                    Some(last) if good => self.attribute(line, &mut last.attributes),
                    _ => self.attribute(line, &mut lost),
                },
                _ => self.unexpected(line, OF_DECLARATION),
            }
        }
        if !any {
            self.list_missing(at);
        }
        Some(BlockKind::Declarations {
            class: class?,
            sentences,
        })
    }

    /// A bullet with a sentence; moves past it.
    fn list_sentence(&mut self, at: usize, declared: bool) -> Option<Line<Phrase>> {
        self.at = at + 1;
        let faults = self.faults.len();
        let skip = usize::from(self.lines.get(at)?.text.starts_with('-'));
        let plain = (skip > 0).then(|| self.sentence_at(at, skip, declared));
        let phrase = match plain.flatten() {
            Some(phrase) => phrase,
            None => {
                let line = self.parse(Rule::sentence_bullet, at)?;
                self.phrase(&line.into_inner().next()?, declared)
            }
        };
        if let Some(fault) = faults::comparison_stated(&phrase) {
            self.fault(fault);
        }
        let line = self.line(at, phrase);
        (self.faults.len() == faults).then_some(line)
    }

    /// `always` with bullets.
    pub fn always(&mut self) -> Option<BlockKind> {
        let at = self.at;
        self.head(Rule::always_line);
        let (mut sentences, mut attributes) = (Vec::new(), Vec::new());
        let mut any = false;
        while let Some(line) = self.inner() {
            match self.word(line) {
                "-" => {
                    any = true;
                    sentences.extend(self.list_sentence(line, false));
                }
                word if GROUNDS.contains(&word) => self.attribute(line, &mut attributes),
                _ => self.unexpected(line, GROUNDS),
            }
        }
        if !any {
            self.list_missing(at);
        }
        Some(BlockKind::Always {
            sentences,
            attributes,
        })
    }

    /// Tells that a list has no bullet.
    pub fn list_missing(&mut self, at: usize) {
        let span = self.whole(at);
        let word = self.word(at);
        self.missing(faults::bullets_missing(span, word));
    }
}
