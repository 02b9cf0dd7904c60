//! The declared sentences and kinds. In: nothing (data); out: look-up by key. Knows no rule.

use crate::text::blanks::{self, Worded};
use crate::text::{SmolStr, Span};
use crate::value::{IndexVec, Number, ValueId};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

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

/// One wording of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// Words with slots blanked: `_ performs _ on _`.
    pub words: SmolStr,
    /// For each blank the position in [`Sentence::slots`].
    pub order: SmallVec<[u32; 4]>,
}

/// A piece of a sentence's wording.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'w> {
    /// A word.
    Word(&'w str),
    /// The slot of this position in [`Sentence::slots`].
    Slot(usize),
}

impl Wording {
    /// Words and slots, in order.
    pub fn pieces(&self) -> impl Iterator<Item = Piece<'_>> {
        let mut slots = self.slots();
        blanks::pieces(&self.words).filter_map(move |piece| match piece {
            Worded::Word(word) => Some(Piece::Word(word)),
            Worded::Blank => slots.next().map(Piece::Slot),
        })
    }

    /// The slots, in the order in which they are said.
    pub fn slots(&self) -> impl Iterator<Item = usize> + '_ {
        self.order.iter().map(|at| *at as usize)
    }

    /// The wording with something in each slot.
    pub fn said<S: AsRef<str>>(&self, mut slot: impl FnMut(usize) -> S) -> String {
        blanks::filled(&self.words, |blank| slot(self.order[blank] as usize))
    }
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
    /// Wording; slots stand in order 0, 1, 2, ….
    pub wording: Wording,
    /// Slots, in the order of the wording; arguments of atoms follow this order.
    pub slots: Vec<Slot>,
    /// What it is for.
    pub class: Class,
    /// The opposite wording (its slots may stand in another order).
    pub opposite: Option<Wording>,
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
    pub formerly: Vec<Wording>,
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

impl Sentence {
    /// What it is found by: the words of its wording, with slots blanked.
    #[must_use]
    pub fn key(&self) -> &SmolStr {
        &self.wording.words
    }

    /// The words that say it, or with `opposite` those that deny it, if it has such.
    #[must_use]
    pub fn worded(&self, opposite: bool) -> &Wording {
        self.opposite
            .as_ref()
            .filter(|_| opposite)
            .unwrap_or(&self.wording)
    }
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
