//! Reads conditions: `if`, `and` and `unless` lines with the bullets under them. In: lines; out: [`ConditionLine`]s. Knows
//! how conditions are grouped, not which sentences exist.

use crate::syntax::blocks::{Shape, first_word};
use crate::syntax::grammar::Rule;
use crate::syntax::parse::{Piece, Reader};
use crate::syntax::tree::{
    At, Body, Comparator, Condition, ConditionLine, Count, Expr, FoldWord, Lead, Line, Operator,
    Phrase, Prefix, Simple, Slot, Text,
};
use crate::syntax::{faults, hints};
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
        let Some(line) = self.condition_line(at) else {
            self.read_over_bullets();
            return read;
        };
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

    /// A condition line by the rule that fits: most are a sentence, and are seen to be one at once.
    fn condition_line(&mut self, at: usize) -> Option<Piece<'a>> {
        let text = self.lines.get(at).map_or("", |line| line.text);
        let body = match self.word(at) {
            "if" => &text[2..],
            "and" => &text[3..],
            "unless" => &text[6..],
            _ => text.split_once(" if ").map_or("", |(_, body)| body),
        };
        if sentence_only(body)
            && let Ok(mut pieces) = self.attempt(Rule::sentence_line, at)
        {
            return pieces.next();
        }
        self.parse(Rule::condition_line, at)
    }

    /// A condition without its bullets.
    pub fn condition_piece(&mut self, piece: Piece<'a>) -> Option<Condition> {
        match piece.as_rule() {
            Rule::simple => self.simple(piece).map(Condition::Simple),
            Rule::phrase => {
                let phrase = self.phrase(&piece, false);
                Some(Condition::Simple(sentence(phrase)))
            }
            Rule::any_of => Some(Condition::AnyOf(Vec::new())),
            Rule::let_value => {
                let mut inner = piece.into_inner().skip(1);
                let slot = self.plain_slot(&inner.next()?);
                let value = self.expression(inner.nth(1)?)?;
                Some(Condition::Let { slot, value })
            }
            Rule::fold => self.fold(piece),
            Rule::quantified => self.quantified(piece),
            Rule::every => {
                let slot = piece.into_inner().find(|p| p.as_rule() == Rule::slot)?;
                Some(Condition::Every {
                    slot: self.plain_slot(&slot),
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
            slot: slots.next()?,
            fold: fold?,
            value: slots.next()?,
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
            slot: slot?,
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
                    hinge,
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
        let text = self.lines.get(at).map_or("", |line| line.text);
        let plain = text.strip_prefix('-').is_some_and(sentence_only);
        let simple = match plain.then(|| self.attempt(Rule::sentence_bullet, at)) {
            Some(Ok(mut pieces)) => {
                let phrase = pieces.next()?.into_inner().next()?;
                sentence(self.phrase(&phrase, false))
            }
            _ => {
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

    /// A condition of one line.
    fn simple(&mut self, piece: Piece<'a>) -> Option<Simple> {
        let span = self.span(&piece);
        let mut prefix = Prefix::None;
        let mut body = None;
        for part in piece.into_inner() {
            match part.as_rule() {
                Rule::p_not => prefix = Prefix::Not,
                Rule::p_unknown => prefix = Prefix::NotKnown,
                Rule::phrase => body = Some(Body::Sentence(self.condition_sentence(&part))),
                Rule::verdict => body = self.verdict(part),
                Rule::comparison => body = self.comparison(part),
                _ => {}
            }
        }
        Some(Simple {
            prefix,
            body: body?,
            span,
        })
    }

    /// A sentence where a comparison may stand: one with signs of calculation is told as a comparison that failed.
    fn condition_sentence(&mut self, piece: &Piece<'a>) -> Phrase {
        let faults = self.faults.len();
        let phrase = self.phrase(piece, false);
        if self.faults.len() > faults
            && let Some(fault) = hints::calculation(self.file, self.base, self.text, piece)
        {
            self.faults.truncate(faults);
            self.fault(fault);
        }
        phrase
    }

    /// `duty "d" … is violated or excused`.
    fn verdict(&mut self, piece: Piece<'a>) -> Option<Body> {
        let (mut norm, mut statuses) = (None, Vec::new());
        for part in piece.into_inner() {
            match part.as_rule() {
                Rule::norm_ref | Rule::any_ref => norm = Some(self.norm_ref(part)),
                Rule::statuses => statuses = self.statuses(part),
                _ => {}
            }
        }
        Some(Body::Verdict(norm?, statuses))
    }

    /// Two expressions compared.
    fn comparison(&mut self, piece: Piece<'a>) -> Option<Body> {
        let mut inner = piece.into_inner();
        let left = self.expression(inner.next()?)?;
        let word = inner.next()?;
        let node = match word.as_rule() {
            Rule::c_at_least => Comparator::AtLeast,
            Rule::c_at_most => Comparator::AtMost,
            Rule::c_more_than => Comparator::MoreThan,
            Rule::c_less_than => Comparator::LessThan,
            Rule::c_is_not => Comparator::IsNot,
            _ => Comparator::Is,
        };
        let span = self.span(&word);
        let right = self.expression(inner.next()?)?;
        Some(Body::Comparison(left, At { node, span }, right))
    }

    /// An expression; `*` and `/` bind tighter than `+` and `-`, each from the left.
    fn expression(&mut self, piece: Piece<'a>) -> Option<Expr> {
        let mut inner = piece.into_inner();
        let mut sum: Option<(Expr, At<Operator>)> = None;
        let mut product = self.operand(inner.next()?)?;
        while let Some(word) = inner.next() {
            let operator = At {
                node: match word.as_rule() {
                    Rule::o_add => Operator::Add,
                    Rule::o_subtract => Operator::Subtract,
                    Rule::o_multiply => Operator::Multiply,
                    _ => Operator::Divide,
                },
                span: self.span(&word),
            };
            let next = self.operand(inner.next()?)?;
            if matches!(operator.node, Operator::Multiply | Operator::Divide) {
                product = binary(product, operator, next);
            } else {
                sum = Some((joined(sum, product), operator));
                product = next;
            }
        }
        Some(joined(sum, product))
    }

    /// A slot, a number or an expression in parentheses.
    fn operand(&mut self, piece: Piece<'a>) -> Option<Expr> {
        Some(match piece.as_rule() {
            Rule::slot => {
                let slot = self.plain_slot(&piece);
                match slot.node {
                    Slot::Declared { .. } => return None,
                    _ => Expr::Slot(slot),
                }
            }
            Rule::number => Expr::Number(self.number(&piece)),
            _ => {
                let span = self.span(&piece);
                Expr::Group(Box::new(self.expression(piece.into_inner().next()?)?), span)
            }
        })
    }
}

/// Whether a condition can be nothing but a sentence: it begins with a slot, or a word that opens nothing else, and it is
/// no comparison.
fn sentence_only(body: &str) -> bool {
    let body = body.trim_start_matches([' ', '\t']);
    let opens = match body.as_bytes() {
        [b'[', ..] => true,
        [b'a'..=b'z' | b'A'..=b'Z', ..] => !matches!(
            first_word(body),
            "it" | "no" | "every" | "let" | "any" | "at" | "duty" | "ideal" | "concern"
        ),
        _ => false,
    };
    // A comparison ends with a slot, a number or a parenthesis, and says `is`.
    let ends = matches!(
        body.as_bytes().last(),
        Some(b']' | b')' | b'%' | b'0'..=b'9')
    );
    opens && !(ends && (!body.is_ascii() || body.contains("is")))
}

/// A sentence as a condition.
fn sentence(phrase: Phrase) -> Simple {
    Simple {
        prefix: Prefix::None,
        span: phrase.span,
        body: Body::Sentence(phrase),
    }
}

/// What stands before a product, joined to it.
fn joined(sum: Option<(Expr, At<Operator>)>, product: Expr) -> Expr {
    match sum {
        Some((left, operator)) => binary(left, operator, product),
        None => product,
    }
}

fn binary(left: Expr, operator: At<Operator>, right: Expr) -> Expr {
    Expr::Binary(Box::new(left), operator, Box::new(right))
}
