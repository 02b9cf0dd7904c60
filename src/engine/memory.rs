//! The memory of one run: tables, computed numbers, the cast by kind, the journal. Reused from case to case: cleared, never
//! freed. Knows no sentence's words.

use super::fault::{Fault, Limits, Stop};
use super::journal::Recorder;
use super::table::Table;
use crate::plan::{Plan, RelId};
use crate::rulebook::{KindId, KindSort, Record, Rulebook};
use crate::value::{Idx, Interval, Number, Truth, Value, ValueId};
use rustc_hash::FxHashMap;

/// What stands in a column or a register: a value of the record, a number computed or known only as a range, or a set of
/// statuses. Two cells of single values are equal exactly when the values are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cell(pub u32);

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
    pub(super) computed: Vec<Interval>,
    pub(super) computed_ids: FxHashMap<Interval, u32>,
    pub(super) domains: Vec<Vec<Cell>>,
    pub(super) sure_values: FxHashMap<(RelId, u32), Vec<Cell>>,
    pub(super) registers: Vec<Cell>,
    pub(super) recorder: R,
    pub(super) asked: Vec<(RelId, Vec<Cell>)>,
    pub(super) asked_before: rustc_hash::FxHashSet<(RelId, Vec<Cell>)>,
    /// For each relation, whether the record says anything by it.
    pub(super) stated: Vec<bool>,
    pub(super) contradicts: bool,
    /// Rows of each table that `always` put; empty where it says nothing.
    pub(super) replaceable: Vec<usize>,
    /// Faults of lines whose binding other lines may still rule out.
    pub(super) deferred: Vec<Fault>,
    /// How many groups deep the line being asked stands.
    pub(super) nested: u32,
    pub(super) faults: Vec<Fault>,
    pub(super) derived: u64,
    pub(super) fired: u64,
    pub(super) stopped: Option<Stop>,
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
        let memory = &mut self.memory;
        memory
            .tables
            .resize_with(self.plan.relations.len(), Table::default);
        for (table, relation) in memory.tables.iter_mut().zip(self.plan.relations.iter()) {
            table.reset(relation.arity);
        }
        memory.computed.clear();
        memory.computed_ids.clear();
        memory.domains.iter_mut().for_each(Vec::clear);
        memory
            .domains
            .resize_with(self.book.vocabulary.kinds.len() + 1, Vec::new);
        memory.sure_values.clear();
        memory.recorder.clear();
        memory.asked.clear();
        memory.asked_before.clear();
        memory.faults.clear();
        memory.deferred.clear();
        memory.nested = 0;
        (memory.derived, memory.fired, memory.stopped) = (0, 0, None);
        memory.contradicts = false;
        memory.stated.clear();
        memory.stated.resize(self.plan.relations.len(), false);
        self.fill_domains();
    }

    /// The cast by kind, in order of casting; listed values belong to their kind. The last is the whole cast.
    fn fill_domains(&mut self) {
        let all = self.book.vocabulary.kinds.len();
        for (member, kinds) in &self.record.cast.members {
            let cell = Cell::of(*member);
            let mut seen: Vec<KindId> = Vec::new();
            for kind in kinds {
                let mut at = Some(*kind);
                while let Some(kind) = at {
                    if !seen.contains(&kind) {
                        seen.push(kind);
                        self.memory.domains[kind.index()].push(cell);
                    }
                    at = match self.book.vocabulary.kinds[kind].sort {
                        KindSort::Thing { above } => above,
                        _ => None,
                    };
                }
            }
            self.memory.domains[all].push(cell);
        }
        for (id, kind) in self.book.vocabulary.kinds.enumerated() {
            if let KindSort::OneOf(values) = &kind.sort {
                self.memory.domains[id.index()].extend(values.iter().map(|value| Cell::of(*value)));
            }
        }
    }

    /// Everybody and everything a slot of this kind may hold.
    #[must_use]
    pub fn domain(&self, kind: Option<KindId>) -> &[Cell] {
        let at = kind.map_or(self.book.vocabulary.kinds.len(), Idx::index);
        &self.memory.domains[at]
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
        self.interval(cell).exact()
    }

    /// The cell of a range or number: the record's own value where it has it.
    pub fn cell(&mut self, interval: Interval) -> Cell {
        if let Some(number) = interval.exact()
            && let Some(value) = self.record.values.find(&Value::Number(number))
        {
            return Cell::of(value);
        }
        if let Some(at) = self.memory.computed_ids.get(&interval) {
            return Cell(*at);
        }
        let at = COMPUTED + u32::try_from(self.memory.computed.len()).unwrap_or(COMPUTED - 2);
        self.memory.computed.push(interval);
        self.memory.computed_ids.insert(interval, at);
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
        self.memory.tables[rel.index()].push(cells, Truth::True)
    }

    /// Whether the record says anything by this sentence.
    #[must_use]
    pub fn states(&self, rel: RelId) -> bool {
        self.memory
            .stated
            .get(rel.index())
            .copied()
            .unwrap_or(false)
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
