//! The compiled rulebook: flat, immutable, shared between threads. In: nothing (data). Knows no case and no words.

use super::bearing::AllBearings;
use crate::rulebook::{
    Comparator, Count, DefeatId, Fold, KindId, NormId, Operator, PriorityId, RuleId, SentenceId,
    VarId,
};
use crate::value::{IndexVec, NormSort, Number, StatusSet, Truth, ValueId};
use smallvec::SmallVec;

/// So many of the relations that a body needs are looked at before it is run.
pub const GATES: usize = 4;

/// Most columns of a relation.
pub const WIDTH: usize = 24;

crate::id! {
    /// A relation: a sentence, or a step of the table of statuses.
    pub struct RelId;
    /// A compiled body with its head.
    pub struct JoinId;
}

/// A compiled rulebook.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// Relations; the first are the sentences, by their ids.
    pub relations: IndexVec<RelId, Relation>,
    /// Bodies.
    pub joins: IndexVec<JoinId, Join>,
    /// For each body relations without a row of which it cannot hold; where it needs fewer, the id after the last
    /// relation's: the only look at nearly every body of a large rulebook.
    pub gates: IndexVec<JoinId, [RelId; GATES]>,
    /// What is run, in order.
    pub phases: Vec<Phase>,
    /// The relations of each norm.
    pub norms: IndexVec<NormId, NormRelations>,
    /// What bears on each norm and finding.
    pub bearing: AllBearings,
    /// The findings.
    pub listed: Vec<SentenceId>,
    /// The duties that follow on others.
    pub after: Vec<NormId>,
}

/// What a relation stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// A declared sentence.
    Sentence(SentenceId),
    /// The bindings under which a norm arises: its parties, then the slots its tests share.
    Arises(NormId),
    /// The instances of a norm that may be engaged: its parties.
    Engaged(NormId),
    /// The same for one part with an `arises in` of its own.
    PartArises(NormId, usize),
    /// The bindings whose test fires (`broken if`, `met if`), whatever their truth of arising.
    Test(NormId, usize),
    /// The instances an exemption or excuse acts on.
    Defeat(DefeatId),
    /// The instances of the lower duty that a priority acts on.
    Priority(PriorityId),
    /// The verdicts: the parties, the statuses of the whole, then those of each part.
    Verdict(NormId),
}

/// How silence counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum World {
    /// What is not stored is false.
    Closed,
    /// What is not stored is unknown; a number exists and is not known.
    Open,
    /// What is not stored has this value in its last column.
    Setting(Option<ValueId>),
}

/// A relation. What every look at it needs stands first, and is at hand with one look at memory.
#[derive(Clone, Debug)]
#[repr(C, align(64))]
pub struct Relation {
    /// Number of columns.
    pub arity: usize,
    /// Bit mask of the columns that identify a row; the others (numbers, a setting's value, statuses) are its value.
    pub key: u32,
    /// Whether rules conclude it.
    pub derived: bool,
    /// How silence counts.
    pub world: World,
    /// The column of which only one value can be true.
    pub only_one: Option<usize>,
    /// What it stands for.
    pub meaning: Meaning,
    /// The kind of each column, where it has one.
    pub kinds: Vec<Option<KindId>>,
}

impl Relation {
    /// Whether it has columns that do not identify a row.
    #[must_use]
    pub fn has_values(&self) -> bool {
        self.key != (1_u32 << self.arity) - 1
    }
}

/// Where a body was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// A rule.
    Rule(RuleId),
    /// `arises if` of a norm.
    Arises(NormId),
    /// The instances of a norm, from its bindings.
    Engaged(NormId),
    /// `arises in "part" if`.
    PartArises(NormId, usize),
    /// `broken if` or `met if` of a part.
    Test(NormId, usize),
    /// An exemption or excuse.
    Defeat(DefeatId),
    /// A priority.
    Priority(PriorityId),
}

/// A body with its head. What every run of it needs stands first: two looks at memory.
#[derive(Clone, Debug)]
#[repr(C, align(64))]
pub struct Join {
    /// Registers: one a variable of the block.
    pub registers: usize,
    /// Whether some register may hold nothing when the body's lines are through, so that all are cleared before it is run.
    pub leaves_unbound: bool,
    /// Whether the head has columns that do not identify a row.
    pub gives_values: bool,
    /// Whether an `any of these` reads a relation of its own stratum, so that it is run whole in every round.
    pub rerun: bool,
    /// What it concludes.
    pub head: RelId,
    /// The ways to run it (several where an `any of these` binds slots): each is run once.
    pub full: SmallVec<[Program; 1]>,
    /// The head's columns, from registers and constants.
    pub head_cols: Cols,
    /// The ways to run it on what is new of one relation of its own stratum, which comes first.
    pub delta: Vec<(RelId, Program)>,
    /// Where it was written.
    pub origin: Origin,
}

/// Steps in order, each refining the binding.
#[derive(Clone, Debug, Default)]
pub struct Program {
    /// The steps.
    pub steps: Box<[Step]>,
    /// Whether a step may have no result, so that every binding is looked at.
    pub can_fail: bool,
}

/// The columns of a step or a head; few are kept in place.
pub type Cols = SmallVec<[Col; 4]>;

/// An argument of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Col {
    /// Takes the column's value.
    Bind(VarId),
    /// Must equal the register.
    Same(VarId),
    /// Must equal the value.
    Const(ValueId),
}

/// One step, no longer than a line of the cache.
#[derive(Clone, Debug)]
pub enum Step {
    /// Walks the stored rows that agree with the bound columns.
    Scan(Scan),
    /// Looks one sentence up.
    Look(Look),
    /// Walks the cast of a kind.
    Domain {
        /// The kind; `None` is the whole cast.
        kind: Option<KindId>,
        /// The register.
        var: VarId,
        /// See [`Scan::suffices`].
        suffices: bool,
    },
    /// Compares.
    Compare(Box<Comparison>),
    /// Computes.
    Let {
        /// The register.
        var: VarId,
        /// Of what.
        value: Box<Expr>,
        /// Whether the register is bound already, so that this compares.
        bound: bool,
    },
    /// Holds where a sentence is unknown (every bound column given; the free ones read *which*).
    NotKnown {
        /// Which relation.
        rel: RelId,
        /// Its columns; `Bind` columns are *which*.
        cols: Box<[Col]>,
        /// For each column, the kind that *which* ranges over.
        kinds: Box<[Option<KindId>]>,
    },
    /// Keeps a register to its kind.
    IsA {
        /// The kind.
        kind: KindId,
        /// The register.
        var: VarId,
    },
    /// Reads a verdict.
    Status(Box<ReadVerdict>),
    /// A group of lines with an answer of its own.
    Group(Box<Group>),
}

const _: () = assert!(
    size_of::<Step>() <= 64,
    "a step is to be no longer than a line of the cache"
);

impl Step {
    /// Whether a register holds a value once it was taken.
    #[must_use]
    pub fn binds(&self, var: VarId) -> bool {
        match self {
            Self::Scan(scan) => scan.wanted.cols.contains(&Col::Bind(var)),
            Self::Look(look) => look.cols.contains(&Col::Bind(var)),
            Self::Status(read) => read.scan.wanted.cols.contains(&Col::Bind(var)),
            Self::Domain { var: own, .. } | Self::Let { var: own, .. } => *own == var,
            Self::Group(group) => {
                matches!(&group.kind, GroupKind::Fold { var: own, .. } if *own == var)
            }
            Self::NotKnown { .. } | Self::Compare(_) | Self::IsA { .. } => false,
        }
    }

    /// The register it gives a computed number.
    #[must_use]
    pub fn gives(&self) -> Option<VarId> {
        let (var, bound) = match self {
            Self::Let { var, bound, .. } => (var, bound),
            Self::Group(group) => match &group.kind {
                GroupKind::Fold { var, bound, .. } => (var, bound),
                _ => return None,
            },
            _ => return None,
        };
        (!bound).then_some(*var)
    }
}

/// A walk over the stored rows that agree with the bound columns. INVARIANT: `first` stands last, where the other steps leave
/// room to tell a walk from them, so that a step is no longer than a walk.
#[derive(Clone, Debug)]
#[repr(C)]
pub struct Scan {
    /// The columns that bind a slot.
    pub binds: SmallVec<[(u32, VarId); 3]>,
    /// All that is asked of a row.
    pub wanted: Box<Wanted>,
    /// Which relation.
    pub rel: RelId,
    /// Whether more is asked of a row's key than its first bound column.
    pub asks_more: bool,
    /// Whether columns that do not identify a row have to agree.
    pub compares_values: bool,
    /// Whether it only supplies bindings, so that the row's own truth does not count.
    pub anchor: bool,
    /// Whether nothing from here on binds a slot of the head: one solution under each binding so far is enough.
    pub suffices: bool,
    /// The first bound column, which tells most rows apart.
    pub first: Option<(u32, Col)>,
}

/// What is asked of a row, where its first bound column does not say enough.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Bit mask of bound columns among the key columns.
    pub mask: u32,
    /// The key columns that are compared once the slots are bound: those bound before, but for the first, and repeated slots.
    pub others: SmallVec<[(u32, Col); 2]>,
    /// All columns.
    pub cols: Box<[Col]>,
}

/// One sentence looked up: every key column is bound. Value columns may be bound here.
#[derive(Clone, Debug)]
pub struct Look {
    /// Which relation.
    pub rel: RelId,
    /// Whether it must fail.
    pub negated: bool,
    /// Its columns.
    pub cols: Cols,
}

/// Two expressions compared.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// Left.
    pub left: Expr,
    /// How.
    pub comparator: Comparator,
    /// Right.
    pub right: Expr,
    /// Whether it must fail.
    pub negated: bool,
}

/// A verdict read. With every party bound a missing row is *not engaged*.
#[derive(Clone, Debug)]
pub struct ReadVerdict {
    /// The walk over the verdicts of these parties. A slot that stands twice is bound by its first place only when a row is
    /// taken.
    pub scan: Scan,
    /// The column read: the whole or a part.
    pub column: usize,
    /// The statuses named.
    pub statuses: StatusSet,
    /// `it is not the case that`.
    pub negated: bool,
    /// `it is not known whether`.
    pub not_known: bool,
    /// What a missing row counts as.
    pub missing: StatusSet,
}

impl ReadVerdict {
    /// Whether every party is bound.
    #[must_use]
    pub fn is_ground(&self) -> bool {
        let wanted = &self.scan.wanted;
        wanted.mask.count_ones() as usize == wanted.cols.len()
    }

    /// Whether the line holds where these statuses are possible.
    #[must_use]
    pub fn holds(&self, set: StatusSet) -> Truth {
        let found = if set.within(self.statuses) {
            Truth::True
        } else if set.meets(self.statuses) {
            Truth::Unknown
        } else {
            Truth::False
        };
        let found = if self.not_known {
            Truth::from(found == Truth::Unknown)
        } else {
            found
        };
        if self.negated { found.negate() } else { found }
    }
}

/// A group of lines.
#[derive(Clone, Debug)]
pub struct Group {
    /// What is asked of it.
    pub kind: GroupKind,
    /// Its lines; several programs are alternatives.
    pub programs: Vec<Program>,
}

/// What is asked of a group.
#[derive(Clone, Debug)]
pub enum GroupKind {
    /// Holds where some program has a solution.
    Any,
    /// Holds where no program has a solution (`unless`, a negated line with slots of its own).
    None,
    /// Counts distinct values of a register.
    Count(Count, VarId),
    /// Holds where it is unknown whether some program has a solution.
    Unknown,
    /// For every solution one of the second programs has a solution.
    Every(Vec<Program>),
    /// Folds the distinct values of registers.
    Fold {
        /// The register computed.
        var: VarId,
        /// Whether it is bound already, so that this compares.
        bound: bool,
        /// Which fold.
        fold: Fold,
        /// The value added or compared.
        value: Option<VarId>,
        /// The members.
        over: Vec<VarId>,
    },
}

/// A compiled expression.
#[derive(Clone, Debug)]
pub enum Expr {
    /// A register.
    Register(VarId),
    /// A value.
    Const(ValueId),
    /// A number.
    Number(Number),
    /// Two expressions.
    Binary(Box<Expr>, Operator, Box<Expr>),
}

/// What is run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Bodies none of which reads what another concludes.
    Once(Vec<JoinId>),
    /// Bodies that read what they conclude: run to a fixpoint.
    Fixpoint(Vec<JoinId>),
    /// The table of statuses of a norm.
    Settle(NormId),
}

/// The relations of a norm.
#[derive(Clone, Debug)]
pub struct NormRelations {
    /// Duty, ideal or concern.
    pub sort: NormSort,
    /// The only part of a duty or ideal, where it has no name.
    pub plain: Option<PartRelations>,
    /// `arises if`.
    pub arises: RelId,
    /// Variables of the columns of `arises` (parties first).
    pub carried: Vec<VarId>,
    /// The instances: `arises` itself where nothing but parties is carried.
    pub engaged: RelId,
    /// For each part: the relation of its bindings, and of its test.
    pub parts: Vec<PartRelations>,
    /// Exemptions: the relation, and the parts (empty: all).
    pub exemptions: Vec<(DefeatId, RelId, Vec<usize>)>,
    /// Excuses.
    pub excuses: Vec<(DefeatId, RelId, Vec<usize>)>,
    /// Priorities over it.
    pub priorities: Vec<(PriorityId, RelId)>,
    /// Verdicts.
    pub verdict: RelId,
}

/// The relations of a part.
#[derive(Clone, Copy, Debug)]
pub struct PartRelations {
    /// Its bindings: `arises`, or its own where it narrows.
    pub arises: RelId,
    /// Whether it narrows.
    pub narrows: bool,
    /// Its test; columns as those of its bindings.
    pub test: RelId,
    /// Whether the test says *met* (else *broken*).
    pub met: bool,
}

impl PartRelations {
    /// Whether the part is broken, by whether its test holds.
    #[must_use]
    pub fn broken(self, holds: Truth) -> Truth {
        if self.met { holds.negate() } else { holds }
    }
}
