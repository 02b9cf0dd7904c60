//! The memory of one run: tables, computed numbers, the cast by kind, the journal. Reused from case to case: cleared, never
//! freed. Knows no sentence's words.

use super::aggregate::Members;
use super::fault::{Fault, Limits, Stop};
use super::fixpoint::Round;
use super::journal::Recorder;
use super::table::Table;
use crate::plan::{Plan, RelId};
use crate::rulebook::{KindId, KindSort, Record, Rulebook, Stated, VarId};
use crate::value::{Idx, Interval, Number, Truth, ValueId};
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// What stands in a column or a register: a value of the record, a number computed or known only as a range, or a set of
/// statuses. Two cells of single values are equal exactly when the values are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cell(pub u32);

/// Up to this many computed numbers are looked through.
const FEW: usize = 16;

/// Cells from here on are computed numbers and ranges.
const COMPUTED: u32 = 1 << 31;

impl Cell {
    /// A register that nothing bound.
    pub const UNBOUND: Self = Self(u32::MAX);

    /// A value of the record.
    #[must_use]
    pub fn of(value: ValueId) -> Self {
        Self(value.0)
    }

    /// The value, where it is one of the record's.
    #[must_use]
    pub fn value(self) -> Option<ValueId> {
        (self.0 < COMPUTED).then_some(ValueId(self.0))
    }
}

/// The memory of a run.
#[derive(Clone, Debug, Default)]
pub struct Memory<R> {
    pub(super) tables: Vec<Table>,
    /// The relations with a row, in the order in which they got their first.
    touched: Vec<RelId>,
    /// For each relation, whether it has a row; the last stands for none and is always true (see `Plan::gates`).
    pub(super) present: Vec<bool>,
    pub(super) computed: Vec<Interval>,
    pub(super) computed_ids: FxHashMap<Interval, u32>,
    /// The cast by kind, filled when it is first walked; the last is the whole cast.
    domains: OnceLock<Vec<Vec<Cell>>>,
    /// What the domains of the last case allocated.
    spare: Vec<Vec<Cell>>,
    /// The sure value of a column of a derived row.
    pub(super) sure_values: FxHashMap<(RelId, u32, u32), Cell>,
    pub(super) registers: Vec<Cell>,
    pub(super) recorder: R,
    pub(super) asked: Vec<(RelId, Vec<Cell>)>,
    pub(super) asked_before: rustc_hash::FxHashSet<(RelId, Vec<Cell>)>,
    /// For each relation, the last statement of the record by it; for each statement, the one before it.
    stated_last: Vec<u32>,
    stated_before: Vec<u32>,
    pub(super) contradicts: bool,
    /// Whether something was denied that is false anyway.
    pub(super) denies: bool,
    /// Faults of lines whose binding other lines may still rule out.
    pub(super) deferred: Vec<Fault>,
    /// Registers whose number could not be computed, each with why: a line that needs one meets the fault again.
    pub(super) lost: Vec<(VarId, Fault)>,
    /// Members of counts and folds that are not used at the moment.
    pub(super) members: Vec<Members>,
    /// How far the reader of each recursive relation has come, in the fixpoint being run.
    pub(super) rounds: Vec<Round>,
    /// How many groups deep the line being asked stands.
    pub(super) nested: u32,
    pub(super) faults: Vec<Fault>,
    pub(super) derived: u64,
    pub(super) fired: u64,
    /// How many steps of joins until the flag is looked at.
    pub(super) patience: u32,
    pub(super) stopped: Option<Stop>,
}

/// No statement.
const NONE: u32 = u32::MAX;

impl<R> Memory<R> {
    /// Appends a row to a relation's table.
    pub(super) fn push(&mut self, rel: RelId, cells: &[Cell], truth: Truth) -> u32 {
        let at = rel.index();
        if !self.present[at] {
            self.present[at] = true;
            self.touched.push(rel);
        }
        self.tables[at].push(cells, truth)
    }

    /// What stands in the tables so far, the case may replace.
    pub(super) fn let_replace(&mut self) {
        for rel in &self.touched {
            self.tables[rel.index()].let_replace();
        }
    }
}

/// A run over one record.
pub struct Run<'a, R> {
    /// The rulebook.
    pub book: &'a Rulebook,
    /// Its plan.
    pub plan: &'a Plan,
    /// The record.
    pub record: &'a Record,
    pub(super) memory: Memory<R>,
    pub(super) limits: Limits<'a>,
    /// The body being run.
    pub(super) join: crate::plan::JoinId,
}

impl<'a, R: Recorder> Run<'a, R> {
    /// Loads a record into a cleared memory.
    #[must_use]
    pub fn start(
        book: &'a Rulebook,
        plan: &'a Plan,
        record: &'a Record,
        memory: Memory<R>,
        limits: Limits<'a>,
    ) -> Self {
        let mut run = Self {
            book,
            plan,
            record,
            memory,
            limits,
            join: crate::plan::JoinId(0),
        };
        run.clear();
        run.load();
        run
    }

    fn clear(&mut self) {
        let relations = self.plan.relations.len();
        let memory = &mut self.memory;
        for rel in memory.touched.drain(..) {
            memory.tables[rel.index()].clear();
        }
        memory.tables.resize_with(relations, Table::default);
        memory.present.clear();
        memory.present.resize(relations, false);
        memory.present.push(true);
        memory.computed.clear();
        memory.computed_ids.clear();
        if let Some(domains) = memory.domains.take() {
            memory.spare = domains;
        }
        memory.sure_values.clear();
        memory.recorder.clear();
        memory.asked.clear();
        memory.asked_before.clear();
        memory.faults.clear();
        memory.deferred.clear();
        memory.lost.clear();
        memory.nested = 0;
        (memory.derived, memory.fired, memory.stopped) = (0, 0, None);
        memory.patience = 0;
        (memory.contradicts, memory.denies) = (false, false);
        memory.stated_last.clear();
        memory.stated_last.resize(relations, NONE);
        memory.stated_before.clear();
    }

    /// Notes that the record says something by this sentence; to be told for every statement, in order.
    pub(super) fn note_stated(&mut self, rel: RelId) {
        let memory = &mut self.memory;
        let at = u32::try_from(memory.stated_before.len()).unwrap_or(NONE);
        let before = std::mem::replace(&mut memory.stated_last[rel.index()], at);
        memory.stated_before.push(before);
    }

    /// What the record states by a sentence, the last first.
    pub fn stated_by(&self, rel: RelId) -> impl Iterator<Item = &'a Stated> + '_ {
        let record = self.record;
        let last = self.memory.stated_last.get(rel.index()).copied();
        let links = std::iter::successors(last.filter(|at| *at != NONE), |at| {
            let before = self.memory.stated_before[*at as usize];
            (before != NONE).then_some(before)
        });
        links.map(|at| &record.stated[at as usize])
    }

    /// The same as [`Run::domain`], in the memory of the last case.
    pub(super) fn walked(&mut self, kind: Option<KindId>) -> &[Cell] {
        if self.memory.domains.get().is_none() {
            let spare = std::mem::take(&mut self.memory.spare);
            // It is empty: that was just asked.
            let _ = self.memory.domains.set(self.filled_domains(spare));
        }
        self.domain(kind)
    }

    /// The cast by kind, in order of casting; listed values belong to their kind. The last is the whole cast.
    fn filled_domains(&self, mut domains: Vec<Vec<Cell>>) -> Vec<Vec<Cell>> {
        let all = self.book.vocabulary.kinds.len();
        domains.iter_mut().for_each(Vec::clear);
        domains.resize_with(all + 1, Vec::new);
        for (member, kinds) in &self.record.cast.members {
            let cell = Cell::of(*member);
            for kind in kinds {
                let mut at = Some(*kind);
                while let Some(kind) = at {
                    let own = &mut domains[kind.index()];
                    // Everything above was walked when the member got this kind.
                    if own.last() == Some(&cell) {
                        break;
                    }
                    own.push(cell);
                    at = match self.book.vocabulary.kinds[kind].sort {
                        KindSort::Thing { above } => above,
                        _ => None,
                    };
                }
            }
            domains[all].push(cell);
        }
        for (id, kind) in self.book.vocabulary.kinds.enumerated() {
            if let KindSort::OneOf(values) = &kind.sort {
                domains[id.index()].extend(values.iter().map(|value| Cell::of(*value)));
            }
        }
        domains
    }

    /// Everybody and everything a slot of this kind may hold.
    #[must_use]
    pub fn domain(&self, kind: Option<KindId>) -> &[Cell] {
        let at = kind.map_or(self.book.vocabulary.kinds.len(), Idx::index);
        let domains = &self.memory.domains;
        &domains.get_or_init(|| self.filled_domains(Vec::new()))[at]
    }

    /// What is known of a cell as a number.
    #[must_use]
    pub fn interval(&self, cell: Cell) -> Interval {
        match cell.value() {
            Some(value) => self
                .record
                .values
                .as_number(value)
                .map_or(Interval::UNKNOWN, Interval::exactly),
            None => self
                .memory
                .computed
                .get((cell.0 - COMPUTED) as usize)
                .copied()
                .unwrap_or(Interval::UNKNOWN),
        }
    }

    /// The number, where the cell is a single one.
    #[must_use]
    pub fn number(&self, cell: Cell) -> Option<Number> {
        match cell.value() {
            Some(value) => self.record.values.as_number(value),
            None => self.interval(cell).exact(),
        }
    }

    /// The cell of a range or number: the record's own value where it has it.
    pub fn cell(&mut self, interval: Interval) -> Cell {
        if let Some(number) = interval.exact()
            && let Some(value) = self.record.values.find_number(number)
        {
            return Cell::of(value);
        }
        let memory = &mut self.memory;
        let cell = |at: usize| COMPUTED + u32::try_from(at).unwrap_or(COMPUTED - 2);
        let known = if memory.computed.len() <= FEW {
            let found = memory.computed.iter().position(|own| *own == interval);
            found.map(cell)
        } else {
            memory.computed_ids.get(&interval).copied()
        };
        if let Some(known) = known {
            return Cell(known);
        }
        let at = cell(memory.computed.len());
        memory.computed.push(interval);
        // A few are looked through; from then on all are in the map.
        if memory.computed.len() == FEW + 1 {
            let all = memory.computed.iter().enumerate();
            memory
                .computed_ids
                .extend(all.map(|(own, interval)| (*interval, cell(own))));
        } else if memory.computed.len() > FEW {
            memory.computed_ids.insert(interval, at);
        }
        Cell(at)
    }

    /// Whether two cells are the same thing or number.
    #[must_use]
    pub fn equal(&self, a: Cell, b: Cell) -> Truth {
        match (a.value(), b.value()) {
            (Some(a), Some(b)) => Truth::from(a == b),
            _ => self.interval(a).equal(self.interval(b)),
        }
    }

    /// A relation's rows.
    #[must_use]
    pub fn table(&self, rel: RelId) -> &Table {
        &self.memory.tables[rel.index()]
    }

    /// What was kept of the firings.
    #[must_use]
    pub fn recorder(&self) -> &R {
        &self.memory.recorder
    }

    /// Stated or open sentences that were read and found unknown, in order of first reading (kept with a journal only).
    #[must_use]
    pub fn asked(&self) -> &[(RelId, Vec<Cell>)] {
        &self.memory.asked
    }

    /// The row of a relation whose columns of `mask` are those of `cells`.
    pub fn find(&mut self, rel: RelId, mask: u32, cells: &[Cell]) -> Option<u32> {
        self.memory.tables[rel.index()].find(mask, cells)
    }

    /// Puts a sure row into a relation that no body concludes.
    pub fn assert_row(&mut self, rel: RelId, cells: &[Cell]) -> u32 {
        self.memory.push(rel, cells, Truth::True)
    }

    /// Whether the record stated one sentence in two ways (a checked case never does; a line of a stream may).
    #[must_use]
    pub fn contradicts(&self) -> bool {
        self.memory.contradicts
    }

    /// Faults so far.
    #[must_use]
    pub fn faults(&self) -> &[Fault] {
        &self.memory.faults
    }

    /// Why the run was stopped, if it was.
    #[must_use]
    pub fn stopped(&self) -> Option<Stop> {
        self.memory.stopped
    }

    /// Adds a fault, once.
    pub fn fault(&mut self, fault: Fault) {
        if !self.memory.faults.contains(&fault) {
            self.memory.faults.push(fault);
        }
    }

    /// Gives the memory back for the next case.
    #[must_use]
    pub fn recycle(self) -> Memory<R> {
        self.memory
    }
}
