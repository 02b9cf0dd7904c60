//! Comparisons and formulas asked by a probe, with the numbers they were computed from. In: expressions and a binding; out:
//! numbers and evidence.

use super::evidence::{Binding, Formula};
use super::journal::Recorder;
use super::probe::Probe;
use super::solve::compare_intervals;
use crate::rulebook::{Comparator, Expr, Operator, Term};
use crate::value::{Interval, Truth};

impl<R: Recorder> Probe<'_, '_, R> {
    pub(super) fn compare(
        &self,
        left: &Expr,
        comparator: Comparator,
        right: &Expr,
        binding: &Binding,
    ) -> Truth {
        if matches!(comparator, Comparator::Is | Comparator::IsNot)
            && let (Expr::Term(a), Expr::Term(b)) = (left, right)
            && let (Some(a), Some(b)) = (self.term(*a, binding), self.term(*b, binding))
        {
            let same = self.run.same(a, b);
            return if comparator == Comparator::Is {
                same
            } else {
                same.negate()
            };
        }
        match (self.evaluate(left, binding), self.evaluate(right, binding)) {
            (Some(left), Some(right)) => compare_intervals(left, comparator, right),
            _ => Truth::False,
        }
    }

    /// The range of an expression; `None` where it has no value.
    #[must_use]
    pub fn evaluate(&self, expr: &Expr, binding: &Binding) -> Option<Interval> {
        match expr {
            Expr::Term(term) => self
                .term(*term, binding)
                .map(|thing| self.run.interval_of(thing)),
            Expr::Number(number) => Some(Interval::exactly(*number)),
            Expr::Binary(left, operator, right) => {
                let left = self.evaluate(left, binding)?;
                let right = self.evaluate(right, binding)?;
                match operator {
                    Operator::Add => left.add(right),
                    Operator::Subtract => left.subtract(right),
                    Operator::Multiply => left.multiply(right),
                    Operator::Divide => left.divide(right),
                }
                .ok()
            }
        }
    }

    pub(super) fn formula(&self, expr: &Expr, binding: &Binding) -> Formula {
        match expr {
            Expr::Term(Term::Var(var)) => Formula::Slot(*var, self.term(Term::Var(*var), binding)),
            Expr::Term(Term::Value(value)) => Formula::Value(*value),
            Expr::Number(number) => Formula::Number(*number),
            Expr::Binary(left, operator, right) => Formula::Binary(
                Box::new(self.formula(left, binding)),
                *operator,
                Box::new(self.formula(right, binding)),
            ),
        }
    }
}
