//! One compiled body over the tables: each solution with its truth, the least of its lines'. In: a program and the
//! registers; out: solutions to whoever listens. Knows no stratum.

use super::fault::Fault;
use super::journal::Recorder;
use super::memory::{Cell, Run};
use super::table::{Candidates, SMALL, Standing};
use crate::plan::{Col, Expr, Join, Look, Program, ReadVerdict, RelId, Scan, Step, WIDTH};
use crate::rulebook::{Comparator, KindId, KindSort, Operator, VarId};
use crate::value::{Idx, Interval, Number, NumberError, StatusSet, Truth};

/// Who receives solutions.
pub(super) struct Sink<'s, 'a, R> {
    /// Whether steps that bind nothing for it stop once it has seen enough.
    pub(super) cut: bool,
    /// Told of each; says whether it has seen enough.
    pub(super) hear: &'s mut dyn FnMut(&mut Run<'a, R>, Truth) -> bool,
}

/// Rows of up to so many columns are put together in a small place.
pub(super) const NARROW: usize = 4;

impl<'a, R: Recorder> Run<'a, R> {
    /// Runs steps, the last of a program; says whether whoever listens has seen enough.
    pub(super) fn solve(
        &mut self,
        mut steps: &'a [Step],
        mut truth: Truth,
        sink: &mut Sink<'_, 'a, R>,
    ) -> bool {
        // Steps with one outcome follow each other here; those with many call this again for each.
        while let [step, rest @ ..] = steps {
            steps = rest;
            let mark = self.memory.deferred.len();
            let found = match step {
                Step::Scan(scan) => return self.scan(scan, rest, truth, sink),
                Step::Look(look) => self.look(look),
                Step::Domain {
                    kind,
                    var,
                    suffices,
                } => return self.walk(*kind, *var, *suffices, rest, truth, sink),
                Step::Compare(compare) => {
                    let found = self.compare(&compare.left, compare.comparator, &compare.right);
                    if compare.negated {
                        found.negate()
                    } else {
                        found
                    }
                }
                Step::Let { var, value, bound } => self.compute(*var, value, *bound),
                Step::NotKnown { rel, cols, kinds } => {
                    Truth::from(self.is_unknown(*rel, cols, kinds))
                }
                Step::IsA { kind, var } => {
                    let cell = self.memory.registers[var.index()];
                    Truth::from(self.walked(Some(*kind)).contains(&cell))
                }
                Step::Status(read) => return self.status(read, rest, truth, sink),
                Step::Group(group) => {
                    self.memory.nested += 1;
                    let found = self.group(group);
                    self.memory.nested -= 1;
                    found
                }
            };
            if self.memory.deferred.len() > mark {
                self.go_on(mark, step.gives(), rest, truth);
                return false;
            }
            if found == Truth::False {
                return false;
            }
            truth = truth.and(found);
        }
        (sink.hear)(self, truth)
    }

    /// Walks the cast of a kind.
    #[inline(never)]
    fn walk(
        &mut self,
        kind: Option<KindId>,
        var: VarId,
        suffices: bool,
        rest: &'a [Step],
        truth: Truth,
        sink: &mut Sink<'_, 'a, R>,
    ) -> bool {
        for member in 0..self.walked(kind).len() {
            if self.step() {
                return true;
            }
            self.memory.registers[var.index()] = self.domain(kind)[member];
            if self.solve(rest, truth, sink) && sink.cut && suffices {
                return true;
            }
        }
        false
    }

    /// Gives a register the number of an expression, or compares it.
    #[inline(never)]
    fn compute(&mut self, var: VarId, value: &Expr, bound: bool) -> Truth {
        self.watch(value);
        let interval = match self.evaluate(value) {
            _ if self.meets_lost(value) => Interval::UNKNOWN,
            Ok(interval) => interval,
            Err(error) => {
                let join = self.join;
                self.memory.deferred.push(Fault::Arithmetic { join, error });
                Interval::UNKNOWN
            }
        };
        self.give(var.index(), interval, bound)
    }

    /// Goes on after a line that met a fault, and whose number is lost by it: the fault counts only under a binding that no
    /// other line makes false, and then there is no solution.
    #[cold]
    fn go_on(&mut self, mark: usize, lost: Option<VarId>, rest: &'a [Step], truth: Truth) {
        let faults: Vec<Fault> = self.memory.deferred.drain(mark..).collect();
        let before = self.memory.lost.len();
        self.memory.lost.extend(lost.zip(faults.first().cloned()));
        let hear = &mut |run: &mut Self, _| {
            for fault in &faults {
                if run.memory.nested > 0 {
                    run.memory.deferred.push(fault.clone());
                } else {
                    run.fault(fault.clone());
                }
            }
            false
        };
        self.solve(rest, truth, &mut Sink { cut: false, hear });
        self.memory.lost.truncate(before);
    }

    /// Whether a register holds a number that could not be computed; the fault is then met once more, where it is needed.
    pub(super) fn meets(&mut self, var: VarId) -> bool {
        let lost = self.memory.lost.iter().find(|(own, _)| *own == var);
        let Some((_, fault)) = lost.cloned() else {
            return false;
        };
        self.memory.deferred.push(fault);
        true
    }

    /// The same for the registers of an expression.
    fn meets_lost(&mut self, expr: &Expr) -> bool {
        if self.memory.lost.is_empty() {
            return false;
        }
        match expr {
            Expr::Register(var) => self.meets(*var),
            Expr::Const(_) | Expr::Number(_) => false,
            Expr::Binary(left, _, right) => self.meets_lost(left) || self.meets_lost(right),
        }
    }

    #[inline]
    fn scan(
        &mut self,
        scan: &'a Scan,
        rest: &'a [Step],
        truth: Truth,
        sink: &mut Sink<'_, 'a, R>,
    ) -> bool {
        if !self.memory.lost.is_empty() {
            self.scan_beside_lost(scan, rest, truth, sink);
            return false;
        }
        let at = scan.rel.index();
        let rows = self.memory.tables[at].len();
        if rows > SMALL && scan.first.is_some() {
            return self.scan_many(scan, rest, truth, sink);
        }
        // One bound column tells most rows apart; whatever else is bound is compared in those that are left.
        let first = scan.first.map(|(at, col)| (at as usize, self.bound(col)));
        for row in 0..rows as u32 {
            if let Some((column, wanted)) = first
                && self.memory.tables[at].row(row)[column] != wanted
            {
                continue;
            }
            if self.row(scan, row, rest, truth, sink) {
                return true;
            }
        }
        false
    }

    /// The same by an index of the bound columns.
    #[inline(never)]
    fn scan_many(
        &mut self,
        scan: &'a Scan,
        rest: &'a [Step],
        truth: Truth,
        sink: &mut Sink<'_, 'a, R>,
    ) -> bool {
        let mut candidates = self.candidates(scan);
        while let Some(row) = self.memory.tables[scan.rel.index()].next(&mut candidates) {
            if self.begins(scan, row) && self.row(scan, row, rest, truth, sink) {
                return true;
            }
        }
        false
    }

    /// The rows that may agree with what is bound.
    fn candidates(&mut self, scan: &Scan) -> Candidates {
        let wanted: [Cell; WIDTH] = self.given(&scan.wanted.cols);
        self.memory.tables[scan.rel.index()].candidates(scan.wanted.mask, &wanted)
    }

    /// Whether the first bound column of a row agrees.
    #[inline]
    fn begins(&self, scan: &Scan, row: u32) -> bool {
        let cells = self.table(scan.rel).row(row);
        scan.first
            .is_none_or(|(at, col)| cells[at as usize] == self.bound(col))
    }

    /// Goes on with one row of a scan, whose first bound column agrees; says whether that was enough. It stands within the
    /// walk: a call for every row would cost as much as the row.
    #[inline(always)]
    fn row(
        &mut self,
        scan: &'a Scan,
        row: u32,
        rest: &'a [Step],
        truth: Truth,
        sink: &mut Sink<'_, 'a, R>,
    ) -> bool {
        if self.step() {
            return true;
        }
        let own = self.bind(scan, row);
        if own == Truth::False {
            return false;
        }
        let mut truth = if scan.anchor { truth } else { truth.and(own) };
        if scan.compares_values {
            truth = self.take_values(scan.rel, row, &scan.wanted.cols, truth);
            if truth == Truth::False {
                return false;
            }
        }
        if R::EVERY {
            let table = self.table(scan.rel);
            let (cells, truth) = (table.row(row).to_vec(), table.truth(row));
            self.note(scan.rel, &cells, truth);
        }
        let enough = match rest {
            [] => (sink.hear)(self, truth),
            _ => self.solve(rest, truth, sink),
        };
        enough && sink.cut && scan.suffices
    }

    /// Binds the columns of a row whose first bound column agrees; its truth, or *false* where it disagrees.
    #[inline(always)]
    fn bind(&mut self, scan: &Scan, row: u32) -> Truth {
        let memory = &mut self.memory;
        let (own, cells) = memory.tables[scan.rel.index()].entry(row);
        if own == Truth::False {
            return Truth::False;
        }
        let registers = &mut memory.registers[..];
        for (column, var) in &scan.binds {
            registers[var.index()] = cells[*column as usize];
        }
        if scan.asks_more {
            for (column, col) in &scan.wanted.others {
                if cells[*column as usize] != held(registers, *col) {
                    return Truth::False;
                }
            }
        }
        own
    }

    /// The walk where a number could not be computed: a row that has to be held against it meets the fault again.
    #[cold]
    fn scan_beside_lost(
        &mut self,
        scan: &'a Scan,
        rest: &'a [Step],
        truth: Truth,
        sink: &mut Sink<'_, 'a, R>,
    ) {
        let rows = self.memory.tables[scan.rel.index()].len();
        for row in 0..u32::try_from(rows).unwrap_or(u32::MAX) {
            let mark = self.memory.deferred.len();
            let found = self.take(scan.rel, row, &scan.wanted.cols, scan.anchor);
            if self.memory.deferred.len() > mark {
                self.go_on(mark, None, rest, truth);
            } else if found != Truth::False {
                self.solve(rest, truth.and(found), sink);
            }
        }
    }

    /// Binds a row's columns; its truth, or *false* where it disagrees with what is bound.
    #[inline]
    fn take(&mut self, rel: RelId, row: u32, cols: &[Col], anchor: bool) -> Truth {
        let key = self.plan.relations[rel].key;
        let memory = &mut self.memory;
        let table = &memory.tables[rel.index()];
        let own = table.truth(row);
        if own == Truth::False {
            return Truth::False;
        }
        let truth = if anchor { Truth::True } else { own };
        let registers = &mut memory.registers[..];
        let mut has_values = false;
        let cells = &table.row(row)[..cols.len()];
        for (column, col) in cols.iter().enumerate() {
            let cell = cells[column];
            if let Col::Bind(var) = *col {
                registers[var.index()] = cell;
            } else if key >> column & 1 == 0 {
                has_values = true;
            } else if held(registers, *col) != cell {
                return Truth::False;
            }
        }
        if has_values {
            return self.take_values(rel, row, cols, truth);
        }
        truth
    }

    /// Holds the numbers of a row against what is bound.
    fn take_values(&mut self, rel: RelId, row: u32, cols: &[Col], mut truth: Truth) -> Truth {
        let key = self.plan.relations[rel].key;
        for (column, col) in cols.iter().enumerate().filter(|(at, _)| key >> at & 1 == 0) {
            if !matches!(col, Col::Bind(_)) {
                let cell = self.memory.tables[rel.index()].row(row)[column];
                truth = truth.and(self.agrees(*col, cell));
            }
        }
        truth
    }

    /// Whether a bound column is a number that was found.
    pub(super) fn agrees(&mut self, col: Col, found: Cell) -> Truth {
        match col {
            Col::Same(var) if self.meets(var) => Truth::Unknown,
            _ => self.hold(found, self.bound(col)),
        }
    }

    /// Runs a delta program on one new row of the relation its first step walks.
    pub(super) fn solve_on(&mut self, program: &'a Program, row: u32, sink: &mut Sink<'_, 'a, R>) {
        match &program.steps[..] {
            [Step::Scan(scan), rest @ ..] => {
                let found = self.take(scan.rel, row, &scan.wanted.cols, scan.anchor);
                if found != Truth::False {
                    self.solve(rest, found, sink);
                }
            }
            // A recursive sentence without slots is looked up, not walked.
            [Step::Look(_), ..] => {
                self.solve(&program.steps, Truth::True, sink);
            }
            _ => {}
        }
    }

    /// What is bound of some columns, in a row of `N`.
    #[inline]
    fn given<const N: usize>(&self, cols: &[Col]) -> [Cell; N] {
        let mut cells = [Cell::UNBOUND; N];
        for (cell, col) in cells.iter_mut().zip(cols) {
            *cell = self.bound(*col);
        }
        cells
    }

    /// The truth of a fully given sentence.
    pub(super) fn look(&mut self, look: &Look) -> Truth {
        let truth = if look.cols.len() <= NARROW {
            let mut cells: [Cell; NARROW] = self.given(&look.cols);
            self.look_at(look, &mut cells)
        } else {
            let mut cells: [Cell; WIDTH] = self.given(&look.cols);
            self.look_at(look, &mut cells)
        };
        if look.negated { truth.negate() } else { truth }
    }

    fn look_at(&mut self, look: &Look, cells: &mut [Cell]) -> Truth {
        let truth = self.truth_at(look.rel, cells);
        if truth != Truth::False && self.plan.relations[look.rel].has_values() {
            return truth.and(self.match_values(look.rel, &look.cols, cells));
        }
        truth
    }

    /// Whether a sentence is unknown; with free columns, whether none is true and some is unknown.
    #[inline(never)]
    fn is_unknown(&mut self, rel: RelId, cols: &'a [Col], kinds: &'a [Option<KindId>]) -> bool {
        let mut cells: [Cell; WIDTH] = self.given(cols);
        let key = self.plan.relations[rel].key;
        let is_key = |at: &usize| key >> at & 1 == 1;
        let free: smallvec::SmallVec<[usize; 8]> = (0..cols.len())
            .filter(is_key)
            .filter(|at| matches!(cols[*at], Col::Bind(_)))
            .collect();
        let mut seen = (false, false);
        self.each_choice(cols, kinds, &free, &mut cells, &mut |run, cells| {
            let mut own = *cells;
            let mut truth = run.truth_at(rel, &mut own);
            for (at, col) in cols.iter().enumerate().filter(|(at, _)| !is_key(at)) {
                if truth == Truth::False {
                    break;
                }
                truth = truth.and(match col {
                    // "It is not known how long": a number that exists and is not known is what is asked about.
                    Col::Bind(_) if run.number(own[at]).is_none() && own[at].value().is_none() => {
                        Truth::Unknown
                    }
                    Col::Bind(_) => Truth::True,
                    _ => run.agrees(*col, own[at]),
                });
            }
            seen.0 |= truth == Truth::True;
            seen.1 |= truth == Truth::Unknown;
        });
        seen.1 && !seen.0
    }

    /// Every choice of things for the free columns; a slot that stands twice has one.
    fn each_choice(
        &mut self,
        cols: &'a [Col],
        kinds: &'a [Option<KindId>],
        free: &[usize],
        cells: &mut [Cell; WIDTH],
        each: &mut dyn FnMut(&mut Self, &[Cell; WIDTH]),
    ) {
        let Some((column, rest)) = free.split_first() else {
            each(self, cells);
            return;
        };
        let kind = kinds.get(*column).copied().flatten();
        let Col::Bind(var) = cols[*column] else {
            return;
        };
        for member in 0..self.walked(kind).len() {
            if self.step() {
                return;
            }
            let cell = self.domain(kind)[member];
            cells[*column] = cell;
            for (at, col) in cols.iter().enumerate() {
                if *col == Col::Same(var) {
                    cells[at] = cell;
                }
            }
            self.each_choice(cols, kinds, rest, cells, each);
        }
    }

    /// Goes on with each verdict, of the parties that are meant, by which the line may hold.
    #[inline(never)]
    fn status(
        &mut self,
        read: &'a ReadVerdict,
        rest: &'a [Step],
        truth: Truth,
        sink: &mut Sink<'_, 'a, R>,
    ) -> bool {
        let scan = &read.scan;
        let at = scan.rel.index();
        let rows = self.memory.tables[at].len();
        if read.is_ground() {
            let set = match rows {
                0 => read.missing,
                _ => self.verdict_at(read),
            };
            let found = read.holds(set);
            return found != Truth::False && self.solve(rest, truth.and(found), sink);
        }
        if rows <= SMALL {
            return (0..rows as u32).any(|row| self.status_row(read, row, rest, truth, sink));
        }
        let mut candidates = self.candidates(scan);
        while let Some(row) = self.memory.tables[at].next(&mut candidates) {
            if self.status_row(read, row, rest, truth, sink) {
                return true;
            }
        }
        false
    }

    /// The statuses of the parties that are bound.
    fn verdict_at(&mut self, read: &ReadVerdict) -> StatusSet {
        let scan = &read.scan;
        let wanted: [Cell; WIDTH] = self.given(&scan.wanted.cols);
        let table = &mut self.memory.tables[scan.rel.index()];
        let row = table.find(scan.wanted.mask, &wanted);
        row.map_or(read.missing, |row| status_set(table.row(row)[read.column]))
    }

    /// Goes on with one verdict, if it is of the parties that are meant; says whether that was enough.
    fn status_row(
        &mut self,
        read: &'a ReadVerdict,
        row: u32,
        rest: &'a [Step],
        truth: Truth,
        sink: &mut Sink<'_, 'a, R>,
    ) -> bool {
        if self.step() {
            return true;
        }
        let scan = &read.scan;
        let cells = self.memory.tables[scan.rel.index()].row(row);
        let found = read.holds(status_set(cells[read.column]));
        if found == Truth::False {
            return false;
        }
        if !self.begins(scan, row) || self.bind(scan, row) == Truth::False {
            return false;
        }
        self.solve(rest, truth.and(found), sink) && sink.cut && scan.suffices
    }

    /// Gives a register a computed number, or compares it with what it holds.
    pub(super) fn give(&mut self, register: usize, interval: Interval, bound: bool) -> Truth {
        if bound {
            if self.meets(VarId::new(register)) {
                return Truth::Unknown;
            }
            let held = self.interval(self.memory.registers[register]);
            self.compared(held, interval);
            return held.equal(interval);
        }
        self.memory.registers[register] = self.cell(interval);
        Truth::True
    }

    /// The range of an expression.
    ///
    /// # Errors
    /// Division by zero, or more than 38 digits.
    pub(super) fn evaluate(&self, expr: &Expr) -> Result<Interval, NumberError> {
        match expr {
            Expr::Register(var) => Ok(self.interval(self.memory.registers[var.index()])),
            Expr::Const(value) => Ok(self.interval(Cell::of(*value))),
            Expr::Number(number) => Ok(Interval::exactly(*number)),
            Expr::Binary(left, operator, right) => {
                let (left, right) = (self.evaluate(left)?, self.evaluate(right)?);
                match operator {
                    Operator::Add => left.add(right),
                    Operator::Subtract => left.subtract(right),
                    Operator::Multiply => left.multiply(right),
                    Operator::Divide => left.divide(right),
                }
            }
        }
    }

    #[inline(never)]
    fn compare(&mut self, left: &Expr, comparator: Comparator, right: &Expr) -> Truth {
        if self.meets_lost(left) || self.meets_lost(right) {
            return Truth::Unknown;
        }
        if matches!(comparator, Comparator::Is | Comparator::IsNot)
            && let (Some(a), Some(b)) = (self.simple(left), self.simple(right))
        {
            let same = self.hold(a, b);
            return if comparator == Comparator::Is {
                same
            } else {
                same.negate()
            };
        }
        // Whoever listens is told of every comparison, below.
        if !R::COMPARES
            && let (Some(left), Some(right)) = (self.known(left), self.known(right))
        {
            return Truth::from(match comparator {
                Comparator::Is => left == right,
                Comparator::IsNot => left != right,
                Comparator::LessThan => left < right,
                Comparator::AtLeast => left >= right,
                Comparator::MoreThan => left > right,
                Comparator::AtMost => left <= right,
            });
        }
        self.watch(left);
        self.watch(right);
        match (self.evaluate(left), self.evaluate(right)) {
            (Ok(left), Ok(right)) => {
                self.compared(left, right);
                compare_intervals(left, comparator, right)
            }
            (Err(error), _) | (_, Err(error)) => {
                let join = self.join;
                self.memory.deferred.push(Fault::Arithmetic { join, error });
                Truth::Unknown
            }
        }
    }

    /// A single number that needs no computing.
    fn known(&self, expr: &Expr) -> Option<Number> {
        match expr {
            Expr::Register(var) => self.number(self.memory.registers[var.index()]),
            Expr::Const(value) => self.record.values.as_number(*value),
            Expr::Number(number) => Some(*number),
            Expr::Binary(..) => None,
        }
    }

    /// Whether two cells are the same; whoever listens is told of numbers.
    pub(super) fn hold(&mut self, a: Cell, b: Cell) -> Truth {
        if R::COMPARES {
            let (left, right) = (self.interval(a), self.interval(b));
            self.compared(left, right);
        }
        self.equal(a, b)
    }

    fn simple(&self, expr: &Expr) -> Option<Cell> {
        match expr {
            Expr::Register(var) => Some(self.memory.registers[var.index()]),
            Expr::Const(value) => Some(Cell::of(*value)),
            Expr::Number(_) | Expr::Binary(..) => None,
        }
    }

    /// Runs a body from its start and puts what it concludes into its head's table.
    pub(super) fn fire(
        &mut self,
        join: &'a Join,
        run: impl FnOnce(&mut Self, &mut Sink<'_, 'a, R>),
    ) {
        let registers = &mut self.memory.registers;
        if join.leaves_unbound {
            registers.clear();
        }
        if registers.len() < join.registers {
            registers.resize(join.registers, Cell::UNBOUND);
        }
        let hear = &mut |run: &mut Self, truth| run.conclude(join, truth);
        let cut = !R::EVERY;
        run(self, &mut Sink { cut, hear });
    }

    /// Puts a solution into the head's table. Says whether nothing more can be learnt of the row, or the run is over.
    fn conclude(&mut self, join: &'a Join, truth: Truth) -> bool {
        let width = join.head_cols.len();
        let enough = if width <= NARROW {
            let cells: [Cell; NARROW] = self.given(&join.head_cols);
            self.conclude_row(join, &cells[..width], truth)
        } else {
            let cells: [Cell; WIDTH] = self.given(&join.head_cols);
            self.conclude_row(join, &cells[..width], truth)
        };
        enough || self.memory.stopped.is_some()
    }

    fn conclude_row(&mut self, join: &'a Join, cells: &[Cell], truth: Truth) -> bool {
        if join.gives_values {
            return self.conclude_values(join, cells, truth);
        }
        let table = &mut self.memory.tables[join.head.index()];
        let found = match table.standing(cells) {
            Standing::Settled if !R::EVERY => return true,
            Standing::Absent => None,
            _ => table.find((1 << cells.len()) - 1, cells),
        };
        let Some((row, new)) = self.put_derived(join, found, cells, truth) else {
            return truth == Truth::True;
        };
        let table = &mut self.memory.tables[join.head.index()];
        let sure = table.truth(row) == Truth::True;
        if sure {
            table.settle(cells);
        }
        self.fired(join, row, new, truth);
        sure
    }

    /// The same where the head has numbers, which several bindings may give.
    #[inline(never)]
    fn conclude_values(&mut self, join: &'a Join, cells: &[Cell], truth: Truth) -> bool {
        let key = self.plan.relations[join.head].key;
        let found = self.memory.tables[join.head.index()].find(key, cells);
        let Some((row, new)) = self.put_derived(join, found, cells, truth) else {
            return truth == Truth::True;
        };
        self.widen(join, row, cells, truth);
        self.fired(join, row, new, truth);
        false
    }

    /// Puts what is concluded: its row, which may have been found, and whether it is new or has become sure; none where the
    /// case stipulated it.
    #[inline(always)]
    fn put_derived(
        &mut self,
        join: &'a Join,
        found: Option<u32>,
        cells: &[Cell],
        truth: Truth,
    ) -> Option<(u32, bool)> {
        let Some(row) = found else {
            self.memory.derived += 1;
            return Some((self.memory.push(join.head, cells, truth), true));
        };
        let table = &mut self.memory.tables[join.head.index()];
        if table.is_stipulated(row) {
            if table.truth(row) == Truth::False && truth == Truth::True {
                let row = table.row(row).to_vec();
                let (rel, join) = (join.head, self.join);
                self.fault(Fault::Stipulated { rel, row, join });
            }
            return None;
        }
        let better = table.truth(row) != Truth::True && truth == Truth::True;
        if better {
            table.upgrade(row);
        }
        Some((row, better))
    }

    /// Tells whoever listens that a body gave a row.
    #[inline]
    fn fired(&mut self, join: &'a Join, row: u32, new: bool, truth: Truth) {
        if R::EVERY || new {
            self.count();
            let memory = &mut self.memory;
            let registers = &memory.registers[..join.registers];
            memory
                .recorder
                .fired(self.join, join.head, row, truth, registers);
        }
    }

    /// Whether a number cannot lie in the range of its column's kind.
    fn is_outside(&mut self, rel: RelId, column: usize, cell: Cell) -> bool {
        let kind = self.plan.relations[rel].kinds.get(column);
        let Some(KindSort::Number {
            range: Some((low, high)),
            ..
        }) = kind
            .copied()
            .flatten()
            .map(|kind| &self.book.vocabulary.kinds[kind].sort)
        else {
            return false;
        };
        let number = self.interval(cell);
        if R::COMPARES {
            self.compared(number, Interval::exactly(*low));
            self.compared(number, Interval::exactly(*high));
        }
        number.high.is_some_and(|most| most < *low) || number.low.is_some_and(|least| least > *high)
    }

    /// Widens a derived number to hold what another binding gives; two sure single values are a fault.
    fn widen(&mut self, join: &Join, row: u32, cells: &[Cell], truth: Truth) {
        let key = self.plan.relations[join.head].key;
        for column in (0..self.plan.relations[join.head].arity).filter(|at| key >> at & 1 == 0) {
            let old = self.memory.tables[join.head.index()].row(row)[column];
            self.ends(self.interval(old), self.interval(cells[column]));
            if old != cells[column] {
                let hull = self.interval(old).hull(self.interval(cells[column]));
                let cell = self.cell(hull);
                self.memory.tables[join.head.index()].set_cell(row, column, cell);
            }
            if truth == Truth::True && self.is_outside(join.head, column, cells[column]) {
                self.fault(Fault::OutOfRange {
                    rel: join.head,
                    row: cells[..self.plan.relations[join.head].arity].to_vec(),
                    join: self.join,
                });
            }
            if truth == Truth::True && self.number(cells[column]).is_some() {
                let place = (join.head, row, u32::try_from(column).unwrap_or(u32::MAX));
                let before = self.memory.sure_values.insert(place, cells[column]);
                if let Some(before) = before.filter(|before| *before != cells[column]) {
                    let mut row = self.memory.tables[join.head.index()].row(row).to_vec();
                    row[column] = before;
                    self.fault(Fault::TwoValues {
                        rel: join.head,
                        row,
                        other: cells[column],
                        join: self.join,
                    });
                }
            }
        }
    }
}

/// What a bound column holds.
#[inline]
pub(super) fn held(registers: &[Cell], col: Col) -> Cell {
    match col {
        Col::Bind(_) => Cell::UNBOUND,
        Col::Same(var) => registers[var.index()],
        Col::Const(value) => Cell::of(value),
    }
}

/// The statuses a verdict's column holds.
#[must_use]
pub fn status_set(cell: Cell) -> StatusSet {
    StatusSet(u16::try_from(cell.0).unwrap_or(0))
}

/// A comparison of ranges in three values.
#[must_use]
pub fn compare_intervals(left: Interval, comparator: Comparator, right: Interval) -> Truth {
    match comparator {
        Comparator::Is => left.equal(right),
        Comparator::IsNot => left.equal(right).negate(),
        Comparator::LessThan => left.less(right),
        Comparator::AtLeast => left.less(right).negate(),
        Comparator::MoreThan => right.less(left),
        Comparator::AtMost => right.less(left).negate(),
    }
}
