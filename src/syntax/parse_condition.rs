//! Reads conditions: `if`, `and` and `unless` lines with the bullets under them. In: lines; out: [`ConditionLine`]s. Knows
//! how conditions are grouped, not which sentences exist.

use crate::syntax::blocks::Shape;
use crate::syntax::faults;
use crate::syntax::grammar::{Piece, Rule};
use crate::syntax::parse::Reader;
use crate::syntax::tree::{
    At, Body, Condition, ConditionLine, Count, FoldWord, Lead, Line, Phrase, Prefix, Simple, Text,
};
use crate::text::Span;

/// A condition line as read: the part it names (`broken in "part" if`), and the condition.
pub struct ReadCondition {
    /// The part.
    pub part: Option<Text>,
    /// The place of the words before the condition.
    pub lead: Span,
    /// The line; `None` where it could not be read.
    pub line: Option<ConditionLine>,
}

impl<'a> Reader<'a> {
    /// The condition line here with its bullets; moves past them.
    pub fn condition(&mut self, lead: Lead) -> ReadCondition {
        let at = self.at;
        self.at += 1;
        let faults = self.faults.len();
        let span = self.whole(at);
        let mut read = ReadCondition {
            part: None,
            lead: span,
            line: None,
        };
        let node = match self.lead_condition(at, &mut read) {
            Some(node) => Some(node),
            None => {
                let Some(line) = self.parse(Rule::condition_line, at) else {
                    self.read_over_bullets();
                    return read;
                };
                self.condition_pieces(line, &mut read)
            }
        };
        let line = self.line(at, ());
        let node = node.map(|node| self.with_bullets(node, span));
        if self.faults.len() == faults {
            read.line = node.map(|node| ConditionLine {
                lead,
                line: Line {
                    node,
                    span: line.span,
                    indent: line.indent,
                    trivia: line.trivia,
                },
            });
        }
        read
    }

    /// The condition behind `if`, `and`, `unless`, `arises if` and their like, where the line can be nothing else.
    fn lead_condition(&mut self, at: usize, read: &mut ReadCondition) -> Option<Condition> {
        let (part, skip) = self.plain_lead(at)?;
        let condition = self.plain_condition(at, skip)?;
        read.lead.end = self.within(0, skip).end;
        read.part = part;
        Some(condition)
    }

    /// The condition of a line, with the part and the place of the lead.
    fn condition_pieces(&mut self, line: Piece<'a>, read: &mut ReadCondition) -> Option<Condition> {
        let mut node = None;
        for piece in line.into_inner() {
            match piece.as_rule() {
                Rule::EOI => {}
                Rule::part => read.part = self.part(piece),
                Rule::k_if | Rule::k_and | Rule::k_unless => {
                    read.lead.end = self.span(&piece).end;
                }
                Rule::k_arises
                | Rule::k_applies
                | Rule::k_raised
                | Rule::k_broken
                | Rule::k_met => {}
                _ => node = self.condition_piece(piece),
            }
        }
        node
    }

    /// A condition without its bullets.
    pub fn condition_piece(&mut self, piece: Piece<'a>) -> Option<Condition> {
        match piece.as_rule() {
            Rule::simple => self.simple(piece).map(Condition::Simple),
            Rule::any_of => Some(Condition::AnyOf(Vec::new())),
            Rule::let_value => {
                let mut inner = piece.into_inner().skip(1);
                let slot = self.plain_slot(&inner.next()?);
                let value = self.expression(inner.nth(1)?)?;
                Some(Condition::Let {
                    slot: Box::new(slot),
                    value: Box::new(value),
                })
            }
            Rule::fold => self.fold(piece),
            Rule::quantified => self.quantified(piece),
            Rule::every => {
                let slot = piece.into_inner().find(|p| p.as_rule() == Rule::slot)?;
                Some(Condition::Every {
                    slot: Box::new(self.plain_slot(&slot)),
                    bullets: Vec::new(),
                    hinge: None,
                    holds: Vec::new(),
                })
            }
            _ => None,
        }
    }

    /// `let [t] be the sum of [v] over [x], [y] where`.
    fn fold(&mut self, piece: Piece<'a>) -> Option<Condition> {
        let mut slots = Vec::new();
        let mut over = Vec::new();
        let mut fold = None;
        for part in piece.into_inner() {
            let word = match part.as_rule() {
                Rule::slot => {
                    slots.push(self.plain_slot(&part));
                    continue;
                }
                Rule::over => {
                    for slot in part.into_inner().filter(|p| p.as_rule() == Rule::slot) {
                        over.push(self.plain_slot(&slot));
                    }
                    continue;
                }
                Rule::f_sum => FoldWord::Sum,
                Rule::f_least => FoldWord::Least,
                Rule::f_greatest => FoldWord::Greatest,
                Rule::f_number => FoldWord::Number,
                _ => continue,
            };
            fold = Some(At {
                node: word,
                span: self.span(&part),
            });
        }
        let mut slots = slots.into_iter();
        Some(Condition::Fold {
            slot: Box::new(slots.next()?),
            fold: fold?,
            value: Box::new(slots.next()?),
            over,
            bullets: Vec::new(),
        })
    }

    /// `no [x] where`, `at least 2 [x] where`.
    fn quantified(&mut self, piece: Piece<'a>) -> Option<Condition> {
        let (mut count, mut slot) = (None, None);
        let mut span = self.span(&piece);
        let mut most = false;
        for part in piece.into_inner() {
            match part.as_rule() {
                Rule::k_no => {
                    span = self.span(&part);
                    count = Some(Count::No);
                }
                Rule::k_at_most => most = true,
                Rule::integer => {
                    span.end = self.span(&part).end;
                    let digits = part.as_str().to_owned();
                    count = Some(if most {
                        Count::AtMost(digits)
                    } else {
                        Count::AtLeast(digits)
                    });
                }
                Rule::slot => slot = Some(self.plain_slot(&part)),
                _ => {}
            }
        }
        Some(Condition::Quantified {
            count: At { node: count?, span },
            slot: Box::new(slot?),
            bullets: Vec::new(),
        })
    }

    /// The condition with the bullets that follow its line.
    fn with_bullets(&mut self, condition: Condition, head: Span) -> Condition {
        match condition {
            Condition::AnyOf(_) => Condition::AnyOf(self.bullets(head, "any of these")),
            Condition::Fold {
                slot,
                fold,
                value,
                over,
                ..
            } => Condition::Fold {
                slot,
                fold,
                value,
                over,
                bullets: self.bullets(head, "where"),
            },
            Condition::Quantified { count, slot, .. } => Condition::Quantified {
                count,
                slot,
                bullets: self.bullets(head, "where"),
            },
            Condition::Every { slot, .. } => {
                let bullets = self.bullets(head, "where");
                let (hinge, holds) = self.hinge(head);
                Condition::Every {
                    slot,
                    bullets,
                    hinge: hinge.map(Box::new),
                    holds,
                }
            }
            other => other,
        }
    }

    /// `is such that` and its bullets.
    fn hinge(&mut self, head: Span) -> (Option<Line<()>>, Vec<Line<Simple>>) {
        let Some(at) = self.inner().filter(|at| self.word(*at) == "is") else {
            self.fault(faults::hinge_missing(head));
            return (None, Vec::new());
        };
        self.at += 1;
        let span = self.whole(at);
        let hinge = self.parse(Rule::hinge_line, at).is_some();
        let line = self.line(at, ());
        let holds = self.bullets(span, "is such that");
        (hinge.then_some(line), holds)
    }

    /// The bullets here; none is a fault of the line above them.
    fn bullets(&mut self, head: Span, after: &str) -> Vec<Line<Simple>> {
        let mut bullets = Vec::new();
        let mut any = false;
        while let Some(at) = self.bullet() {
            any = true;
            bullets.extend(self.condition_bullet(at));
        }
        if !any {
            self.fault(faults::bullets_missing(head, after));
        }
        bullets
    }

    /// The bullet here, if the next line is one.
    pub fn bullet(&mut self) -> Option<usize> {
        let at = self.inner()?;
        (self.lines.get(at)?.shape == Shape::Bullet).then_some(at)
    }

    /// One bullet of a condition; moves past it.
    fn condition_bullet(&mut self, at: usize) -> Option<Line<Simple>> {
        self.at += 1;
        let faults = self.faults.len();
        let simple = match self.plain_simple(at, 1) {
            Some(simple) => simple,
            None => {
                let piece = self.parse(Rule::condition_bullet, at)?;
                self.simple(piece.into_inner().next()?)?
            }
        };
        let line = self.line(at, simple);
        (self.faults.len() == faults).then_some(line)
    }

    /// Reads the bullets under a line that could not be read, for their own faults alone.
    pub fn read_over_bullets(&mut self) {
        loop {
            if let Some(at) = self.bullet() {
                self.condition_bullet(at);
            } else if let Some(at) = self.inner().filter(|at| self.word(*at) == "is") {
                self.parse(Rule::hinge_line, at);
                self.at += 1;
            } else {
                return;
            }
        }
    }
}

/// A sentence as a condition.
pub fn sentence(phrase: Phrase) -> Simple {
    Simple {
        prefix: Prefix::None,
        span: phrase.span,
        body: Body::Sentence(phrase),
    }
}
