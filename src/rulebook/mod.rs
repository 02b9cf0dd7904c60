//! MEANT: the checked rulebook and the checked case. Data only, every field public, no algorithm.
//!
//! In: what `check` resolved. Out: [`Rulebook`], [`Case`], [`Record`]. This room does not know how anything was
//! written or how it is evaluated. It holds no unresolved name.

mod book;
mod case;
mod condition;
mod norm;
mod record;
mod vocabulary;

pub use book::{Always, Hash, Module, Rule, RuleId, Rulebook};
pub use case::{Ask, Branch, Case, Expectation, Expected, NormPattern, Outcome, Target, replaces};
pub use condition::{
    Atom, Body, Comparator, Condition, Count, Expr, Fold, Line, Operator, Term, Var, VarId,
    VerdictOf,
};
pub use norm::{
    Citation, Defeat, DefeatId, DefeatSort, Norm, NormId, Part, Party, Priority, PriorityId, Role,
    Source, SourceId, Test,
};
pub use record::{Cast, Given, Record, Stated};
pub use vocabulary::{
    Class, Kind, KindId, KindSort, Piece, Sentence, SentenceId, Slot, Vocabulary, Wording,
};
