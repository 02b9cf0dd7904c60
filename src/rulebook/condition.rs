//! The lines of a body: sentences, verdicts, comparisons, quantifiers and folds, with every name resolved. In: nothing
//! (data). Knows no order of evaluation.
//!
//! Scope: a [`VarId`] is one variable of one block. A slot name that is local to a quantifier, fold, `any of these` or
//! `unless` line has a variable of its own there, so that two groups never share one by accident: a variable of a
//! group is *outer* exactly when it also occurs on a top-level line (or in the head) of the block's bodies, else local
//! and existential within its group.

use super::{KindId, NormId, SentenceId};
use crate::text::Span;
use crate::value::{Interval, Number, StatusSet, Truth, ValueId};

crate::id! {
    /// A variable of a block.
    pub struct VarId;
}

/// A variable of a block: a slot name with its kind.
#[derive(Clone, Debug)]
pub struct Var {
    /// The slot's name as written.
    pub name: String,
    /// The most specific kind of the places it stands in; for computed numbers, a number kind or `None`.
    pub kind: Option<KindId>,
    /// The unit of a number, where it has one.
    pub unit: Option<String>,
}

/// An argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Term {
    /// A variable of the block.
    Var(VarId),
    /// A value.
    Value(ValueId),
}

/// A sentence with its arguments in the order of its slots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Atom {
    /// Which sentence.
    pub sentence: SentenceId,
    /// One term a slot.
    pub terms: Vec<Term>,
}

/// A line of a body.
#[derive(Clone, Debug)]
pub struct Line {
    /// What it demands.
    pub condition: Condition,
    /// Whether it stands under `unless`: the body fails where the condition holds for some value of its own slots.
    pub unless: bool,
    /// Where it was written.
    pub span: Span,
}

/// The lines of a body, in the order written (`unless` lines last).
pub type Body = Vec<Line>;

/// One condition.
#[derive(Clone, Debug)]
pub enum Condition {
    /// A sentence. `negated` where its opposite was written or `it is not the case that` stood before it (both undo
    /// each other).
    Sentence {
        /// Whether it must fail.
        negated: bool,
        /// Whether the opposite's wording was used.
        opposite: bool,
        /// The sentence.
        atom: Atom,
    },
    /// `it is not known whether` a sentence. A variable that nothing else binds reads *which*: no value is known and
    /// some value is possible.
    NotKnown(Atom),
    /// A verdict.
    Verdict {
        /// `it is not the case that`.
        negated: bool,
        /// `it is not known whether`.
        not_known: bool,
        /// Of what.
        of: VerdictOf,
        /// The statuses named.
        statuses: StatusSet,
    },
    /// A comparison of numbers, or `is` and `is not` of things.
    Compare {
        /// `it is not the case that`.
        negated: bool,
        /// Left side.
        left: Expr,
        /// How.
        comparator: Comparator,
        /// Right side.
        right: Expr,
    },
    /// `let [u] be …`.
    Let {
        /// The computed variable.
        var: VarId,
        /// Of what.
        value: Expr,
    },
    /// `let [t] be the sum of …`.
    Fold {
        /// The computed variable.
        var: VarId,
        /// Which fold.
        fold: Fold,
        /// What is added or compared; `None` for the number of members.
        value: Option<VarId>,
        /// The variables whose distinct values are the members (for `number of [x]`, `x`; for a sum without `over`, the
        /// value itself).
        over: Vec<VarId>,
        /// Bullets.
        body: Body,
    },
    /// `any of these`.
    AnyOf(Body),
    /// `no`, `at least n`, `at most n [x] where`.
    Quantified {
        /// How many.
        count: Count,
        /// The variable counted.
        var: VarId,
        /// Bullets.
        body: Body,
    },
    /// `every [x] where … is such that …`.
    Every {
        /// The variable.
        var: VarId,
        /// Bullets of `where`.
        body: Body,
        /// Bullets of `is such that`.
        holds: Body,
    },
}

/// Whose verdict.
#[derive(Clone, Debug)]
pub enum VerdictOf {
    /// One norm, with a term for each of its parties in the order of [`super::Norm::parties`], and a part by position.
    Norm {
        /// Which.
        norm: NormId,
        /// Its parties.
        terms: Vec<Term>,
        /// A part (position in [`super::Norm::parts`]), where one is meant.
        part: Option<usize>,
    },
    /// `any duty owed by [x] to [y]`: the duties that have every role written, each with a term for those roles.
    AnyDuty {
        /// Role and term as written.
        parties: Vec<(super::Role, Term)>,
        /// The duties covered (ruling 8).
        duties: Vec<NormId>,
    },
}

/// How many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// None at all.
    No,
    /// This many or more.
    AtLeast(u32),
    /// This many or fewer.
    AtMost(u32),
}

/// The folds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fold {
    /// The sum; of nothing 0.
    Sum,
    /// The least; of nothing there is none.
    Least,
    /// The greatest; of nothing there is none.
    Greatest,
    /// The number of members; of nothing 0.
    Number,
}

/// The comparisons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparator {
    /// `is`.
    Is,
    /// `is not`.
    IsNot,
    /// `is at least`.
    AtLeast,
    /// `is at most`.
    AtMost,
    /// `is more than`.
    MoreThan,
    /// `is less than`.
    LessThan,
}

/// An expression.
#[derive(Clone, Debug)]
pub enum Expr {
    /// A variable or value; things only under `is` and `is not`.
    Term(Term),
    /// A number.
    Number(Number),
    /// Two expressions.
    Binary(Box<Expr>, Operator, Box<Expr>),
}

/// The operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `+`.
    Add,
    /// `-`.
    Subtract,
    /// `*`.
    Multiply,
    /// `/`.
    Divide,
}

impl Condition {
    /// The terms that stand in the condition itself, its bullets left out.
    #[must_use]
    pub fn terms(&self) -> Vec<Term> {
        match self {
            Self::Sentence { atom, .. } | Self::NotKnown(atom) => atom.terms.clone(),
            Self::Verdict { of, .. } => match of {
                VerdictOf::Norm { terms, .. } => terms.clone(),
                VerdictOf::AnyDuty { parties, .. } => {
                    parties.iter().map(|(_, term)| *term).collect()
                }
            },
            Self::Compare { left, right, .. } => [left.terms(), right.terms()].concat(),
            Self::Let { value, .. } => value.terms(),
            Self::Fold { .. } | Self::AnyOf(_) | Self::Quantified { .. } | Self::Every { .. } => {
                Vec::new()
            }
        }
    }

    /// The lines inside it.
    #[must_use]
    pub fn bullets(&self) -> Vec<&Line> {
        match self {
            Self::AnyOf(body) | Self::Fold { body, .. } | Self::Quantified { body, .. } => {
                body.iter().collect()
            }
            Self::Every { body, holds, .. } => body.iter().chain(holds).collect(),
            _ => Vec::new(),
        }
    }
}

impl Comparator {
    /// The comparison of two ranges, in three values.
    #[must_use]
    pub fn holds(self, left: Interval, right: Interval) -> Truth {
        match self {
            Self::Is => left.equal(right),
            Self::IsNot => left.equal(right).negate(),
            Self::AtLeast => left.less(right).negate(),
            Self::AtMost => right.less(left).negate(),
            Self::MoreThan => right.less(left),
            Self::LessThan => left.less(right),
        }
    }
}

impl Expr {
    /// What it comes to, where each term is known as a range; `None` where one is no number, or it cannot be computed.
    pub fn range(&self, of: &impl Fn(Term) -> Option<Interval>) -> Option<Interval> {
        match self {
            Self::Term(term) => of(*term),
            Self::Number(number) => Some(Interval::exactly(*number)),
            Self::Binary(left, operator, right) => {
                let (left, right) = (left.range(of)?, right.range(of)?);
                let result = match operator {
                    Operator::Add => left.add(right),
                    Operator::Subtract => left.subtract(right),
                    Operator::Multiply => left.multiply(right),
                    Operator::Divide => left.divide(right),
                };
                result.ok()
            }
        }
    }

    /// The terms it is computed from.
    #[must_use]
    pub fn terms(&self) -> Vec<Term> {
        match self {
            Self::Term(term) => vec![*term],
            Self::Number(_) => Vec::new(),
            Self::Binary(left, _, right) => [left.terms(), right.terms()].concat(),
        }
    }
}
