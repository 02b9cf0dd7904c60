//! Reads the pieces of a line: names in quotes, slots, sentences, references to norms. In: pest's pairs; out: the nodes
//! of the tree with their words in normal form.

use crate::syntax::faults;
use crate::syntax::grammar::Rule;
use crate::syntax::parse::{Piece, Reader};
use crate::syntax::tree::{At, NormRef, NormWord, Part, Phrase, Prefix, Role, Slot, Text};
use crate::syntax::words::clean;
use crate::text::Span;

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
    pub fn slot(&self, piece: &Piece<'a>) -> At<Slot> {
        let mut inner = piece.clone().into_inner();
        let node = match inner.next() {
            None => Slot::Name(String::new()),
            Some(first) => match first.as_rule() {
                Rule::string => {
                    let words = first.into_inner().next();
                    Slot::Quoted(words.map(|w| clean(w.as_str())).unwrap_or_default())
                }
                Rule::number => Slot::Number(number(first.as_str())),
                _ => {
                    let name = clean(first.as_str());
                    match inner.next().and_then(|kind| kind.into_inner().next()) {
                        None => Slot::Name(name),
                        Some(kind) => Slot::Declared {
                            name,
                            kind: clean(kind.as_str()),
                            kind_span: self.span(&kind),
                        },
                    }
                }
            },
        };
        At {
            node,
            span: self.span(piece),
        }
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
        let mut parts = Vec::with_capacity(8);
        for part in piece.clone().into_inner() {
            if part.as_rule() == Rule::words {
                self.split_words(&part, &mut parts);
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
        let phrase = Phrase {
            parts,
            span: self.span(piece),
        };
        if let Some(fault) = faults::no_sentence(&phrase) {
            self.fault(fault);
        }
        phrase
    }

    /// Each word of a run of words.
    fn split_words(&self, run: &Piece<'a>, parts: &mut Vec<At<Part>>) {
        let (start, text) = (run.as_span().start(), run.as_str());
        let mut from = None;
        for (at, letter) in text.char_indices().chain([(text.len(), ' ')]) {
            match (letter.is_whitespace(), from) {
                (true, Some(first)) => {
                    parts.push(At {
                        node: Part::Word(clean(&text[first..at])),
                        span: self.within(start + first, start + at),
                    });
                    from = None;
                }
                (false, None) => from = Some(at),
                _ => {}
            }
        }
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
