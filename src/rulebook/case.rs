//! A checked case: its cast, what it states, its options and suppositions, what it expects and asks. In: nothing
//! (data); out: the [`Record`] of one of its worlds. Knows no verdict.

use super::{Cast, Citation, NormId, Record, SentenceId, Stated};
use crate::text::Span;
use crate::value::{StatusSet, Truth, ValueId, Values};

/// A checked case. Inherited lines of `like case` are already in it.
#[derive(Clone, Debug, Default)]
pub struct Case {
    /// Its name.
    pub name: String,
    /// Its story: the `##` lines.
    pub story: String,
    /// Sources.
    pub cites: Vec<Citation>,
    /// Reasons.
    pub because: Vec<String>,
    /// The rulebook's values and the case's own.
    pub values: Values,
    /// Who and what.
    pub cast: Cast,
    /// Whether the cast of a case that came as data was written down; else the slots say who is what.
    pub is_cast: bool,
    /// What is stated outside options and suppositions; each sentence once.
    pub stated: Vec<Stated>,
    /// Options and suppositions, in order.
    pub branches: Vec<Branch>,
    /// What is expected of the case without an option.
    pub expectations: Vec<Expectation>,
    /// What is asked of it.
    pub asks: Vec<(Ask, Span)>,
    /// Where its head stands; `None` for a case that came as data.
    pub span: Option<Span>,
}

/// An option or a supposition.
#[derive(Clone, Debug)]
pub struct Branch {
    /// Whether it is an option.
    pub option: bool,
    /// Its name.
    pub name: String,
    /// Its `##` lines.
    pub story: String,
    /// What it states; replaces what the case states for the same sentence.
    pub stated: Vec<Stated>,
    /// What is expected under it.
    pub expectations: Vec<Expectation>,
    /// What is asked under it.
    pub asks: Vec<(Ask, Span)>,
    /// Where its line stands.
    pub span: Option<Span>,
}

/// Permissible, impermissible, open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// No duty can be violated.
    Permissible,
    /// Neither is sure.
    Open,
    /// Some duty surely is violated.
    Impermissible,
}

impl Outcome {
    /// The word of the language.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Permissible => "permissible",
            Self::Open => "open",
            Self::Impermissible => "impermissible",
        }
    }
}

/// A line of `expect`.
#[derive(Clone, Debug)]
pub struct Expectation {
    /// What is expected.
    pub expected: Expected,
    /// Sources.
    pub cites: Vec<Citation>,
    /// Reasons.
    pub because: Vec<String>,
    /// Where it was written.
    pub span: Option<Span>,
}

/// What is expected.
#[derive(Clone, Debug)]
pub enum Expected {
    /// A ground sentence has this truth (an opposite's wording is already turned round). `None` in a number slot is `[any]`.
    Truth {
        /// Which.
        sentence: SentenceId,
        /// Its values.
        values: Vec<Option<ValueId>>,
        /// Its truth.
        truth: Truth,
    },
    /// At least one engaged instance matches, and every one that does has exactly these statuses.
    Statuses {
        /// Of what.
        pattern: NormPattern,
        /// The set; `None` for *undetermined* (more than one possible).
        statuses: Option<StatusSet>,
        /// The exemption, excuse or priority by name.
        by: Option<String>,
    },
    /// An option has this outcome.
    Outcome {
        /// The option's name.
        option: String,
        /// Its outcome.
        outcome: Outcome,
    },
    /// A dilemma between instances of two duties.
    Dilemma(NormPattern, NormPattern),
}

/// A norm with the parties and the part that were named.
#[derive(Clone, Debug)]
pub struct NormPattern {
    /// Which.
    pub norm: NormId,
    /// A value for each party, where one was named.
    pub parties: Vec<Option<ValueId>>,
    /// The part by position, where one was named.
    pub part: Option<usize>,
}

/// A line of `ask`.
#[derive(Clone, Debug)]
pub enum Ask {
    /// `why`.
    Why(Target),
    /// `why not`.
    WhyNot(Target),
    /// `what would settle`.
    Settle(Target),
    /// `what would comply with`.
    Comply(Target),
    /// `compare option "a" with option "b"`.
    Compare(String, String),
}

/// What a question is about.
#[derive(Clone, Debug)]
pub enum Target {
    /// A norm.
    Norm(NormPattern),
    /// A ground sentence.
    Sentence {
        /// Which.
        sentence: SentenceId,
        /// Its values.
        values: Vec<ValueId>,
    },
}

impl Case {
    /// The record of the case itself, under a supposition and/or an option (positions in [`Case::branches`]). A line of
    /// a branch replaces the case's line for the same sentence: for a number or an `only one` slot the value.
    #[must_use]
    pub fn record(
        &self,
        vocabulary: &super::Vocabulary,
        suppose: Option<usize>,
        option: Option<usize>,
    ) -> Record {
        let mut stated = self.stated.clone();
        for branch in [suppose, option].into_iter().flatten() {
            let Some(branch) = self.branches.get(branch) else {
                continue;
            };
            for line in &branch.stated {
                stated.retain(|old| !replaces(vocabulary, line, old));
            }
            stated.extend(branch.stated.iter().cloned());
        }
        Record {
            values: self.values.clone(),
            cast: self.cast.clone(),
            stated,
        }
    }
}

/// Whether `new` speaks of the same thing as `old`: the same sentence and the same values, number slots and a *true*
/// `only one` slot apart.
#[must_use]
pub fn replaces(vocabulary: &super::Vocabulary, new: &Stated, old: &Stated) -> bool {
    if new.sentence != old.sentence {
        return false;
    }
    let sentence = &vocabulary.sentences[new.sentence];
    let free = |at: usize| {
        vocabulary.is_number(sentence.slots[at].kind)
            || (sentence.class == super::Class::Setting && at + 1 == sentence.slots.len())
            || (sentence.only_one == Some(at) && new.truth == Truth::True)
    };
    (0..sentence.slots.len()).all(|at| free(at) || new.values[at] == old.values[at])
}
