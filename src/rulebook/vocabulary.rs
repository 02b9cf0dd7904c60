//! The declared sentences and kinds. In: nothing (data); out: look-up by key. Knows no rule.

use crate::text::SmolStr;
use crate::text::Span;
use crate::value::{IndexVec, Number, ValueId};
use rustc_hash::FxHashMap;

crate::id! {
    /// A declared kind.
    pub struct KindId;
    /// A declared sentence.
    pub struct SentenceId;
}

/// A declared kind.
#[derive(Clone, Debug)]
pub struct Kind {
    /// Its name.
    pub name: String,
    /// What it is.
    pub sort: KindSort,
    /// Documentation.
    pub doc: String,
    /// Where it was declared.
    pub span: Span,
    /// The module (position in [`super::Rulebook::modules`]).
    pub module: usize,
}

/// What a kind is.
#[derive(Clone, Debug)]
pub enum KindSort {
    /// Things of a case; a kind above it, if any.
    Thing {
        /// The more general kind.
        above: Option<KindId>,
    },
    /// Listed values.
    OneOf(Vec<ValueId>),
    /// Numbers.
    Number {
        /// Unit, if any.
        unit: Option<String>,
        /// Least and greatest value, if any.
        range: Option<(Number, Number)>,
    },
}

/// What a sentence is for, and which way silence counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Stated in a case; false unless stated.
    ClosedFact,
    /// Stated in a case; unknown unless stated.
    OpenFact,
    /// A cut-off or choice with a default in its last slot.
    Setting,
    /// Derived.
    Concept,
    /// Derived and listed in the judgement.
    Finding,
}

/// A piece of a sentence's wording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// A word.
    Word(SmolStr),
    /// The slot of this position in [`Sentence::slots`].
    Slot(usize),
}

/// A slot of a declared sentence.
#[derive(Clone, Debug)]
pub struct Slot {
    /// Its name.
    pub name: SmolStr,
    /// Its kind.
    pub kind: KindId,
}

/// A declared sentence.
#[derive(Clone, Debug)]
pub struct Sentence {
    /// Words with slots blanked: `_ performs _ on _`.
    pub key: SmolStr,
    /// Wording; slots stand in order 0, 1, 2, ….
    pub wording: Vec<Piece>,
    /// Slots, in the order of the wording; arguments of atoms follow this order.
    pub slots: Vec<Slot>,
    /// What it is for.
    pub class: Class,
    /// The opposite wording (its slots may stand in another order).
    pub opposite: Option<Vec<Piece>>,
    /// How silence is asked about; slots by name in brackets.
    pub question: Option<String>,
    /// Who must judge it.
    pub judged_by: Option<String>,
    /// Slots whose holder can change it.
    pub changed_by: Vec<usize>,
    /// The slot of which only one value can be true.
    pub only_one: Option<usize>,
    /// The value of a setting's last slot unless stated.
    pub default: Option<ValueId>,
    /// Why it decides nothing, where it does not.
    pub decides_nothing: Option<String>,
    /// Older wordings.
    pub formerly: Vec<Vec<Piece>>,
    /// Sources.
    pub cites: Vec<super::Citation>,
    /// Reasons.
    pub because: Vec<String>,
    /// Documentation (of its list's `##` lines).
    pub doc: SmolStr,
    /// The module.
    pub module: usize,
    /// Where it was declared.
    pub span: Span,
    /// Where its opposite was.
    pub opposite_span: Option<Span>,
}

/// All kinds and sentences.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    /// Kinds.
    pub kinds: IndexVec<KindId, Kind>,
    /// Sentences.
    pub sentences: IndexVec<SentenceId, Sentence>,
    /// Kind by name.
    pub kind_by_name: FxHashMap<String, KindId>,
    /// Sentence by key; `true` where the key is that of the opposite. Former wordings are not in it.
    pub by_key: FxHashMap<SmolStr, (SentenceId, bool)>,
    /// Sentence by the key of a former wording.
    pub former: FxHashMap<SmolStr, SentenceId>,
}

impl Vocabulary {
    /// Whether every thing of kind `narrow` is one of kind `wide`.
    #[must_use]
    pub fn is_within(&self, narrow: KindId, wide: KindId) -> bool {
        let mut at = Some(narrow);
        while let Some(kind) = at {
            if kind == wide {
                return true;
            }
            at = match self.kinds[kind].sort {
                KindSort::Thing { above } => above,
                _ => None,
            };
        }
        false
    }

    /// Whether the kind is of numbers.
    #[must_use]
    pub fn is_number(&self, kind: KindId) -> bool {
        matches!(self.kinds[kind].sort, KindSort::Number { .. })
    }

    /// Positions of the sentence's number slots.
    pub fn number_slots(&self, sentence: SentenceId) -> impl Iterator<Item = usize> + '_ {
        let slots = &self.sentences[sentence].slots;
        slots
            .iter()
            .enumerate()
            .filter(|(_, slot)| self.is_number(slot.kind))
            .map(|(at, _)| at)
    }
}
