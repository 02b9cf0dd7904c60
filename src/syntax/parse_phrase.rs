//! Reads the pieces of a line: names in quotes, slots, sentences, references to norms. In: pest's pairs; out: the nodes
//! of the tree with their words in normal form.

use crate::syntax::grammar::{Grammar, Rule};
use crate::syntax::parse::{Piece, Reader};
use crate::syntax::tree::{At, NormRef, NormWord, Part, Phrase, Prefix, Role, Slot, Text};
use crate::syntax::words::{clean, clean_word, space, word};
use crate::syntax::{faults, hints};
use crate::text::Span;
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

    /// What stands between brackets. A name needs no second look; the rest is read by its own rule.
    pub fn slot(&mut self, piece: &Piece<'a>) -> At<Slot> {
        let (span, text) = (self.span(piece), piece.as_str());
        let inside = &text[1..text.len() - 1];
        let bytes = inside.as_bytes();
        let name = inside.starts_with(char::is_alphabetic)
            && !bytes
                .iter()
                .any(|b| matches!(b, b':' | b'"') || (*b == 0xe2));
        if name {
            return At {
                node: Slot::Name(clean(inside)),
                span,
            };
        }
        let trimmed = inside.trim();
        let offset = piece.as_span().start() + 1 + (inside.len() - inside.trim_start().len());
        let node = match Grammar::parse(Rule::slot_inside, trimmed) {
            Ok(pieces) => self.slot_inside(pieces, offset),
            Err(_) => None,
        };
        let node = node.unwrap_or_else(|| {
            self.fault(hints::slot(span, trimmed));
            Slot::Name(clean(inside))
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
                    return Some(Slot::Quoted(words.map(|w| clean(w.as_str()))?));
                }
                Rule::number => return Some(Slot::Number(number(piece.as_str()))),
                Rule::slot_name => name = Some(clean(piece.as_str())),
                Rule::ident => {
                    let span = piece.as_span();
                    return Some(Slot::Declared {
                        name: name?,
                        kind: clean(piece.as_str()),
                        kind_span: self.within(offset + span.start(), offset + span.end()),
                    });
                }
                _ => {}
            }
        }
        name.filter(|name| !name.is_empty()).map(Slot::Name)
    }

    /// A slot where no kind may be written.
    pub fn plain_slot(&mut self, piece: &Piece<'a>) -> At<Slot> {
        let slot = self.slot(piece);
        if let Slot::Declared {
            kind_span, name, ..
        } = &slot.node
        {
            self.fault(faults::kind_out_of_place(*kind_span, name));
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
        let faults = self.faults.len();
        let mut parts = Vec::with_capacity(8);
        for part in piece.clone().into_inner() {
            if part.as_rule() == Rule::words {
                self.words(&part, &mut parts);
                continue;
            }
            let slot = if declared {
                self.slot(&part)
            } else {
                self.plain_slot(&part)
            };
            if declared && !matches!(slot.node, Slot::Declared { .. }) {
                self.fault(faults::kind_missing(slot.span, &slot.node));
            }
            parts.push(At {
                node: Part::Slot(slot.node),
                span: slot.span,
            });
        }
        let span = match (parts.first(), parts.last()) {
            (Some(first), Some(last)) => first.span.to(last.span),
            _ => self.span(piece),
        };
        let phrase = Phrase { parts, span };
        if self.faults.len() == faults
            && let Some(fault) = faults::no_sentence(&phrase)
        {
            self.fault(fault);
        }
        phrase
    }

    /// Each word of a run of words; tells the first character that no word can hold.
    fn words(&mut self, run: &Piece<'a>, parts: &mut Vec<At<Part>>) {
        let (start, text) = (run.as_span().start(), run.as_str());
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
            parts.push(At {
                node: Part::Word(clean_word(&rest[..length])),
                span: self.within(start + at, start + at + length),
            });
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
