//! What a probe saw: for each line of a body its truth, and the ground sentences, numbers and members that make it so. Data
//! in ids and numbers; the words are others'.

use super::memory::{Cell, Run};
use crate::rulebook::{Comparator, Count, Fold, NormId, Operator, SentenceId, VarId};
use crate::value::{Interval, StatusSet, Truth, ValueId};

/// What stands in a slot: a value of the record, or a number that was computed or is known only as a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Thing {
    /// A value of the record.
    Value(ValueId),
    /// A computed number or a range.
    Number(Interval),
}

/// What each variable of a block holds; `None` where nothing is bound.
pub type Binding = Vec<Option<Thing>>;

/// Why a ground sentence has the truth it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The record states it, by position.
    Stated(usize),
    /// The record states a concept: it holds, or fails, without its rules.
    Stipulated(usize),
    /// It holds in every case, by position in the rulebook.
    Always(usize),
    /// A setting that nobody changed.
    Default,
    /// Some rule concludes it, surely or possibly.
    Derived,
    /// No rule concludes it.
    Underivable,
    /// A closed sentence that nobody states: taken as false.
    Closed,
    /// An open sentence that nobody states: not known.
    Open,
    /// Another value of its `only one` slot is given.
    OtherValue,
    /// It was looked for with a free slot, and no instance holds or may hold.
    Nothing,
}

/// A sentence as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Which sentence.
    pub sentence: SentenceId,
    /// What its slots hold; `None` reads *some*.
    pub slots: Vec<Option<Thing>>,
    /// Its truth.
    pub truth: Truth,
    /// Why.
    pub standing: Standing,
}

/// A formula with the numbers it was computed from.
#[derive(Clone, Debug, PartialEq)]
pub enum Formula {
    /// What a variable of the block holds.
    Slot(VarId, Option<Thing>),
    /// A value that the rule names.
    Value(ValueId),
    /// A number that the rule names.
    Number(crate::value::Number),
    /// Two formulas, and what they come to.
    Binary(Box<Formula>, Operator, Box<Formula>),
}

/// A verdict as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerdictRead {
    /// Of which norm.
    pub norm: NormId,
    /// Of which instance; `None` reads *some*.
    pub parties: Vec<Option<Thing>>,
    /// Of which part, where one is meant.
    pub part: Option<usize>,
    /// The statuses still possible.
    pub statuses: StatusSet,
}

/// A member of a count, a fold or an *every*.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// What makes it one member: the values of the variables counted or folded over.
    pub of: Vec<Option<Thing>>,
    /// Its number, in a fold.
    pub value: Option<Interval>,
    /// Whether it is a member; of an *every*, whether what is demanded of it holds.
    pub truth: Truth,
    /// The lines that make it so.
    pub lines: Vec<Evidence>,
}

/// What a condition found.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// A sentence; `negated` where it must fail, `opposite` where its opposite wording was used.
    Sentence {
        /// Whether it must fail.
        negated: bool,
        /// Whether the opposite's wording was used.
        opposite: bool,
        /// What was read.
        reading: Reading,
    },
    /// `it is not known whether`: every instance asked.
    NotKnown(Vec<Reading>),
    /// A verdict; several instances for *any duty*.
    Verdict {
        /// `it is not the case that`.
        negated: bool,
        /// `it is not known whether`.
        not_known: bool,
        /// The statuses named.
        statuses: StatusSet,
        /// The instances read.
        read: Vec<VerdictRead>,
    },
    /// A comparison.
    Compare {
        /// `it is not the case that`.
        negated: bool,
        /// Left side.
        left: Formula,
        /// How.
        comparator: Comparator,
        /// Right side.
        right: Formula,
    },
    /// A computed number.
    Let {
        /// The variable.
        var: VarId,
        /// How.
        value: Formula,
        /// What it comes to.
        result: Option<Interval>,
    },
    /// A sum, least, greatest or number of.
    Fold {
        /// The variable.
        var: VarId,
        /// Which.
        fold: Fold,
        /// What it comes to; `None` where there is no member.
        result: Option<Interval>,
        /// Every member that holds or may hold.
        members: Vec<Member>,
    },
    /// `any of these`: each bullet by itself.
    AnyOf(Vec<Evidence>),
    /// `no`, `at least`, `at most`: every member that holds or may hold.
    Quantified {
        /// How many are demanded.
        count: Count,
        /// The variable counted.
        var: VarId,
        /// Members that hold or may hold; where there is none, the nearest, which fails.
        members: Vec<Member>,
    },
    /// `every`: each one to whom it applies or may apply.
    Every {
        /// The variable.
        var: VarId,
        /// Each, with the truth of what is demanded.
        members: Vec<Member>,
    },
    /// Could not be asked: one of its slots is bound by a line that fails.
    NotReached,
}

/// One line as it was found under a binding.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// Its position in the body.
    pub line: usize,
    /// Whether it stands under `unless`, so that it must fail.
    pub unless: bool,
    /// What it contributes to the body; `None` where it could not be asked.
    pub truth: Option<Truth>,
    /// What was found.
    pub found: Found,
}

/// A body under one binding.
#[derive(Clone, Debug, PartialEq)]
pub struct Solution {
    /// What the variables hold.
    pub binding: Binding,
    /// The least truth of its lines.
    pub truth: Truth,
    /// Its lines, in the order written.
    pub lines: Vec<Evidence>,
}

impl Solution {
    /// Lines that fail or could not be asked.
    pub fn failed(&self) -> impl Iterator<Item = &Evidence> {
        let fails = |line: &&Evidence| matches!(line.truth, Some(Truth::False) | None);
        self.lines.iter().filter(fails)
    }

    /// Lines that are unknown.
    pub fn unknown(&self) -> impl Iterator<Item = &Evidence> {
        self.lines
            .iter()
            .filter(|line| line.truth == Some(Truth::Unknown))
    }
}

impl Evidence {
    /// The sentences read, in order, those of members and bullets included, with whether each must fail for the line to hold.
    pub fn readings<'e>(&'e self, into: &mut Vec<(&'e Reading, bool)>) {
        self.collect(self.unless, into);
    }

    fn collect<'e>(&'e self, turned: bool, into: &mut Vec<(&'e Reading, bool)>) {
        let each = |lines: &'e [Self], turned: bool, into: &mut Vec<(&'e Reading, bool)>| {
            lines
                .iter()
                .for_each(|line| line.collect(turned != line.unless, into));
        };
        match &self.found {
            Found::Sentence {
                negated, reading, ..
            } => into.push((reading, *negated != turned)),
            Found::NotKnown(readings) => {
                into.extend(readings.iter().map(|reading| (reading, turned)));
            }
            Found::AnyOf(bullets) => each(bullets, turned, into),
            Found::Quantified { count, members, .. } => {
                let against = !matches!(count, Count::AtLeast(_));
                for member in members {
                    each(&member.lines, turned != against, into);
                }
            }
            Found::Fold { members, .. } | Found::Every { members, .. } => {
                for member in members {
                    each(&member.lines, turned, into);
                }
            }
            Found::Verdict { .. }
            | Found::Compare { .. }
            | Found::Let { .. }
            | Found::NotReached => {}
        }
    }
}

impl<R: super::Recorder> Run<'_, R> {
    /// What stands in a cell.
    #[must_use]
    pub fn thing(&self, cell: Cell) -> Option<Thing> {
        if cell == Cell::UNBOUND {
            return None;
        }
        Some(match cell.value() {
            Some(value) => Thing::Value(value),
            None => Thing::Number(self.interval(cell)),
        })
    }

    /// What is known of a thing as a number.
    #[must_use]
    pub fn interval_of(&self, thing: Thing) -> Interval {
        match thing {
            Thing::Value(value) => self.interval(Cell::of(value)),
            Thing::Number(interval) => interval,
        }
    }

    /// A number as a thing: the record's own value where it has it.
    #[must_use]
    pub fn thing_of(&self, interval: Interval) -> Thing {
        interval
            .exact()
            .and_then(|number| {
                self.record
                    .values
                    .find(&crate::value::Value::Number(number))
            })
            .map_or(Thing::Number(interval), Thing::Value)
    }

    /// Whether two things are the same.
    #[must_use]
    pub fn same(&self, a: Thing, b: Thing) -> Truth {
        match (a, b) {
            (Thing::Value(a), Thing::Value(b)) => Truth::from(a == b),
            _ => self.interval_of(a).equal(self.interval_of(b)),
        }
    }
}
