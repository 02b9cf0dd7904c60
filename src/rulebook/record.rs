//! One case as the evaluator takes it: a cast, and ground sentences with their truth. In: stated lines; out: a
//! [`Record`] in which each ground sentence is stated at most once. Knows no rule.

use super::{KindId, SentenceId};
use crate::text::Span;
use crate::value::{Truth, ValueId, Values};

/// Who and what a case is about, with the kinds each was cast as.
#[derive(Clone, Debug, Default)]
pub struct Cast {
    /// In order of casting.
    pub members: Vec<(ValueId, Vec<KindId>)>,
}

/// The values of a stated sentence in the order of its slots; kept in place up to six.
pub type Given = smallvec::SmallVec<[Option<ValueId>; 6]>;

/// A stated sentence. What is read when a case is judged stands first, and is at hand with one look at memory.
#[derive(Clone, Debug)]
#[repr(C, align(64))]
pub struct Stated {
    /// Which sentence.
    pub sentence: SentenceId,
    /// True, false or unknown.
    pub truth: Truth,
    /// Its values in the order of its slots. `None` in a number slot is `[any]`: some value, not known.
    pub values: Given,
    /// `according to`.
    pub according_to: Option<String>,
    /// Where it was written; `None` for a case that came as data.
    pub span: Option<Span>,
    /// Whether an option or a supposition stated it, by position of the branch.
    pub branch: Option<usize>,
}

/// One case, option or supposition, ready to be judged.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// The rulebook's values, and the case's after them.
    pub values: Values,
    /// Who and what.
    pub cast: Cast,
    /// What is stated. INVARIANT: no two for one sentence and the same values outside number slots, and no two true
    /// values of an `only one` slot.
    pub stated: Vec<Stated>,
}
