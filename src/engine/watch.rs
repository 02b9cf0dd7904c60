//! What whoever listens to comparisons is told beside those that are written: wherever the working out of a number takes
//! another turn (a divisor that is nothing, an end of a range that another passes, two members that become one). In: numbers
//! on their way; out: pairs of them. Compiled away where nobody listens.

use super::aggregate::{Counted, Members};
use super::journal::Recorder;
use super::memory::{Cell, Run};
use crate::plan::Expr;
use crate::rulebook::{Fold, Operator};
use crate::value::{Interval, Number, Truth};

/// So many members are held against each other, pair by pair.
const MOST_MEMBERS: usize = 24;

impl<R: Recorder> Run<'_, R> {
    /// Two numbers were compared.
    pub(super) fn compared(&mut self, left: Interval, right: Interval) {
        if R::COMPARES {
            self.memory.recorder.compared(left, right);
        }
    }

    /// Two ranges become one, or one is chosen by its ends: where the ends meet, another end counts.
    pub(super) fn ends(&mut self, left: Interval, right: Interval) {
        if !R::COMPARES {
            return;
        }
        let point = |end: Option<Number>| end.map_or(Interval::UNKNOWN, Interval::exactly);
        self.compared(point(left.low), point(right.low));
        if left.exact().is_none() || right.exact().is_none() {
            self.compared(point(left.high), point(right.high));
        }
    }

    /// An expression is about to be worked out.
    pub(super) fn watch(&mut self, expr: &Expr) {
        if !R::COMPARES {
            return;
        }
        let Expr::Binary(left, operator, right) = expr else {
            return;
        };
        self.watch(left);
        self.watch(right);
        let (Ok(a), Ok(b)) = (self.evaluate(left), self.evaluate(right)) else {
            return;
        };
        let zero = Interval::exactly(Number::zero());
        let vague = a.exact().is_none() || b.exact().is_none();
        match operator {
            Operator::Add | Operator::Subtract => {}
            Operator::Divide => {
                self.compared(b, zero);
                if vague {
                    self.compared(a, zero);
                }
            }
            Operator::Multiply if vague => {
                self.compared(a, zero);
                self.compared(b, zero);
                // Where both hold nothing in between, which product is the least hangs on the ends.
                let ends = [
                    (a.low, b.high, a.high, b.low),
                    (a.low, b.low, a.high, b.high),
                ];
                for (one, by, other, by_other) in ends {
                    let product = |one: Option<Number>, by: Option<Number>| one?.multiply(by?).ok();
                    if let (Some(left), Some(right)) = (product(one, by), product(other, by_other))
                    {
                        self.compared(Interval::exactly(left), Interval::exactly(right));
                    }
                }
            }
            Operator::Multiply => {}
        }
    }

    /// A member is about to be found or added: numbers that tell members apart, and a member's second number.
    pub(super) fn watch_member(&mut self, members: &Members, of: &[Cell], value: Interval) {
        if !R::COMPARES {
            return;
        }
        for (at, cell) in of.iter().enumerate() {
            let own = self.interval(*cell);
            if own == Interval::UNKNOWN {
                continue;
            }
            let others = members.of.iter().skip(at).step_by(of.len());
            let others: Vec<Cell> = others.take(MOST_MEMBERS).copied().collect();
            for other in others {
                self.ends(own, self.interval(other));
            }
        }
        if let Some(at) = members.find(of) {
            self.ends(members.counted[at].value, value);
        }
    }

    /// Members are about to be folded: which is the least hangs on all of them; one that is only possible counts in a sum by
    /// whether it is more than nothing.
    pub(super) fn watch_members(&mut self, fold: Fold, members: &[Counted]) {
        if !R::COMPARES {
            return;
        }
        match fold {
            Fold::Number => {}
            Fold::Sum => {
                let zero = Interval::exactly(Number::zero());
                for member in members.iter().filter(|one| one.truth != Truth::True) {
                    self.ends(member.value, zero);
                }
            }
            Fold::Least | Fold::Greatest => {
                for (at, member) in members.iter().enumerate().take(MOST_MEMBERS) {
                    for other in &members[..at] {
                        self.ends(member.value, other.value);
                    }
                }
            }
        }
    }
}
