//! Reads conditions of one line: sentences, verdicts, comparisons and the calculations in them. In: pest's pairs; out:
//! [`Simple`] and [`Expr`].

use crate::syntax::grammar::{Piece, Rule};
use crate::syntax::hints;
use crate::syntax::parse::Reader;
use crate::syntax::tree::{At, Body, Comparator, Expr, Operator, Phrase, Prefix, Simple, Slot};

impl<'a> Reader<'a> {
    /// A condition of one line.
    pub fn simple(&mut self, piece: Piece<'a>) -> Option<Simple> {
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
        Some(Body::Verdict(Box::new(norm?), statuses))
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
        Some(Body::Comparison(Box::new((left, At { node, span }, right))))
    }

    /// An expression; `*` and `/` bind tighter than `+` and `-`, each from the left.
    pub fn expression(&mut self, piece: Piece<'a>) -> Option<Expr> {
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
                    Slot::Declared(_) => return None,
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
