//! One compiled body over the tables: each solution with its truth, the least of its lines'. In: a program and the
//! registers; out: solutions to whoever listens. Knows no stratum.

use super::fault::Fault;
use super::journal::Recorder;
use super::memory::{Cell, Run};
use super::table::{SMALL, Standing};
use crate::plan::{Col, Expr, GroupKind, Join, Program, RelId, Step, WIDTH};
use crate::rulebook::{Comparator, KindId, KindSort, Operator, VarId};
use crate::value::{Idx, Interval, Number, NumberError, StatusSet, Truth};

/// Receives solutions; says whether it has seen enough.
pub(super) type Sink<'s, 'a, R> = &'s mut dyn FnMut(&mut Run<'a, R>, Truth) -> bool;

impl<'a, R: Recorder> Run<'a, R> {
    /// Runs the rest of a program. `cut`: once the listener has seen enough, steps that bind nothing for it stop.
    pub(super) fn solve(
        &mut self,
        program: &'a Program,
        mut at: usize,
        mut truth: Truth,
        cut: bool,
        sink: Sink<'_, 'a, R>,
    ) -> bool {
        // Steps with one outcome follow each other here; those with many call this again for each.
        while let Some(step) = program.steps.get(at) {
            match step {
                Step::Scan { .. } => return self.scan(program, at, truth, cut, step, sink),
                Step::Look { rel, cols, negated } if self.memory.lost.is_empty() => {
                    let found = self.look(*rel, cols, *negated);
                    if found == Truth::False {
                        return false;
                    }
                    truth = truth.and(found);
                    at += 1;
                    continue;
                }
                _ => {}
            }
            let mark = self.memory.deferred.len();
            let found = match step {
                Step::Scan { .. } => Truth::True,
                Step::Look { rel, cols, negated } => self.look(*rel, cols, *negated),
                Step::Domain { kind, var } => {
                    for member in 0..self.walked(*kind).len() {
                        if self.step() {
                            return true;
                        }
                        self.memory.registers[var.index()] = self.domain(*kind)[member];
                        if self.solve(program, at + 1, truth, cut, sink)
                            && cut
                            && at >= program.head_bound_at
                        {
                            return true;
                        }
                    }
                    return false;
                }
                Step::Compare {
                    left,
                    comparator,
                    right,
                    negated,
                } => {
                    let found = self.compare(left, *comparator, right);
                    if *negated { found.negate() } else { found }
                }
                Step::Let { var, value, bound } => {
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
                    self.give(var.index(), interval, *bound)
                }
                Step::NotKnown { rel, cols, kinds } => {
                    Truth::from(self.is_unknown(*rel, cols, kinds))
                }
                Step::IsA { kind, var } => {
                    let cell = self.memory.registers[var.index()];
                    Truth::from(self.walked(Some(*kind)).contains(&cell))
                }
                Step::Status { .. } => return self.status(program, at, truth, cut, step, sink),
                Step::Group(group) => {
                    self.memory.nested += 1;
                    let found = self.group(group);
                    self.memory.nested -= 1;
                    found
                }
            };
            if self.memory.deferred.len() > mark {
                self.go_on(mark, program, at, truth);
                return false;
            }
            if found == Truth::False {
                return false;
            }
            truth = truth.and(found);
            at += 1;
        }
        sink(self, truth)
    }

    /// Goes on after a line that met a fault: the fault counts only under a binding that no other line makes false, and
    /// then there is no solution.
    #[cold]
    fn go_on(&mut self, mark: usize, program: &'a Program, at: usize, truth: Truth) {
        let faults: Vec<Fault> = self.memory.deferred.drain(mark..).collect();
        let lost = match &program.steps[at] {
            Step::Let {
                var, bound: false, ..
            } => Some(*var),
            Step::Group(group) => match &group.kind {
                GroupKind::Fold {
                    var, bound: false, ..
                } => Some(*var),
                _ => None,
            },
            _ => None,
        };
        let before = self.memory.lost.len();
        self.memory.lost.extend(lost.zip(faults.first().cloned()));
        self.solve(program, at + 1, truth, false, &mut |run, _| {
            for fault in &faults {
                if run.memory.nested > 0 {
                    run.memory.deferred.push(fault.clone());
                } else {
                    run.fault(fault.clone());
                }
            }
            false
        });
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

    fn scan(
        &mut self,
        program: &'a Program,
        at: usize,
        truth: Truth,
        cut: bool,
        step: &'a Step,
        sink: Sink<'_, 'a, R>,
    ) -> bool {
        let Step::Scan {
            rel,
            cols,
            bound,
            anchor,
            ..
        } = step
        else {
            return false;
        };
        if !self.memory.lost.is_empty() {
            self.scan_beside_lost(program, at, truth, cut, (*rel, cols, *anchor), sink);
            return false;
        }
        let (rel, bound) = (*rel, *bound);
        let first = bound.trailing_zeros() as usize;
        let rows = self.memory.tables[rel.index()].len();
        if bound == 0 || rows <= SMALL {
            // One bound column tells most rows apart; whatever else is bound is compared in those that are left.
            let wanted = match cols.get(first) {
                Some(col) => self.bound(*col),
                None => Cell::UNBOUND,
            };
            for row in 0..u32::try_from(rows).unwrap_or(u32::MAX) {
                if bound != 0 && self.memory.tables[rel.index()].row(row)[first] != wanted {
                    continue;
                }
                if self.row(program, at, truth, cut, (step, row), sink) {
                    return true;
                }
            }
            return false;
        }
        let mut wanted = [Cell::UNBOUND; WIDTH];
        for (cell, col) in wanted.iter_mut().zip(cols) {
            *cell = self.bound(*col);
        }
        let mut candidates = self.memory.tables[rel.index()].candidates(bound, &wanted);
        while let Some(row) = self.memory.tables[rel.index()].next(&mut candidates) {
            if self.memory.tables[rel.index()].row(row)[first] == wanted[first]
                && self.row(program, at, truth, cut, (step, row), sink)
            {
                return true;
            }
        }
        false
    }

    /// Goes on with one row of a scan; says whether that was enough.
    #[inline]
    fn row(
        &mut self,
        program: &'a Program,
        at: usize,
        truth: Truth,
        cut: bool,
        (step, row): (&'a Step, u32),
        sink: Sink<'_, 'a, R>,
    ) -> bool {
        let Step::Scan {
            rel,
            cols,
            bound,
            binds,
            anchor,
        } = step
        else {
            return false;
        };
        let rel = *rel;
        if self.step() {
            return true;
        }
        let found = match binds {
            Some(binds) if bound & bound.wrapping_sub(1) == 0 => {
                self.bind(rel, row, binds, *anchor)
            }
            _ => self.take(rel, row, cols, *anchor),
        };
        if found == Truth::False {
            return false;
        }
        if R::EVERY {
            let (cells, truth) = (
                self.table(rel).row(row).to_vec(),
                self.table(rel).truth(row),
            );
            self.note(rel, &cells, truth);
        }
        let truth = truth.and(found);
        let enough = if at + 1 == program.steps.len() {
            sink(self, truth)
        } else {
            self.solve(program, at + 1, truth, cut, sink)
        };
        enough && cut && at >= program.head_bound_at
    }

    /// Binds the free columns of a row whose other columns agree; its truth.
    #[inline]
    fn bind(&mut self, rel: RelId, row: u32, binds: &[(usize, VarId)], anchor: bool) -> Truth {
        let memory = &mut self.memory;
        let table = &memory.tables[rel.index()];
        let own = table.truth(row);
        if own == Truth::False {
            return own;
        }
        let cells = table.row(row);
        for (column, var) in binds {
            memory.registers[var.index()] = cells[*column];
        }
        if anchor { Truth::True } else { own }
    }

    /// The same where a number could not be computed: a row that has to be held against it meets the fault again.
    #[cold]
    fn scan_beside_lost(
        &mut self,
        program: &'a Program,
        at: usize,
        truth: Truth,
        cut: bool,
        (rel, cols, anchor): (RelId, &'a [Col], bool),
        sink: Sink<'_, 'a, R>,
    ) {
        let rows = self.memory.tables[rel.index()].len();
        for row in 0..u32::try_from(rows).unwrap_or(u32::MAX) {
            let mark = self.memory.deferred.len();
            let found = self.take(rel, row, cols, anchor);
            if self.memory.deferred.len() > mark {
                self.go_on(mark, program, at, truth);
            } else if found != Truth::False {
                self.solve(program, at + 1, truth.and(found), cut, sink);
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
        let mut numbers = false;
        let cells = &table.row(row)[..cols.len()];
        for (column, col) in cols.iter().enumerate() {
            let cell = cells[column];
            let wanted = match *col {
                Col::Bind(var) => {
                    registers[var.index()] = cell;
                    continue;
                }
                Col::Same(var) => registers[var.index()],
                Col::Const(value) => Cell::of(value),
            };
            if key >> column & 1 == 0 {
                numbers = true;
            } else if wanted != cell {
                return Truth::False;
            }
        }
        if numbers {
            return self.take_numbers(rel, row, cols, truth);
        }
        truth
    }

    /// Holds the numbers of a row against what is bound.
    fn take_numbers(&mut self, rel: RelId, row: u32, cols: &[Col], mut truth: Truth) -> Truth {
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
    pub(super) fn solve_on(&mut self, program: &'a Program, row: u32, sink: Sink<'_, 'a, R>) {
        match program.steps.first() {
            Some(Step::Scan {
                rel, cols, anchor, ..
            }) => {
                let found = self.take(*rel, row, cols, *anchor);
                if found != Truth::False {
                    self.solve(program, 1, found, !R::EVERY, sink);
                }
            }
            // A recursive sentence without slots is looked up, not walked.
            Some(Step::Look { .. }) => {
                self.solve(program, 0, Truth::True, !R::EVERY, sink);
            }
            _ => {}
        }
    }

    /// The truth of a fully given sentence.
    pub(super) fn look(&mut self, rel: RelId, cols: &[Col], negated: bool) -> Truth {
        let mut cells = [Cell::UNBOUND; WIDTH];
        for (cell, col) in cells.iter_mut().zip(cols) {
            *cell = self.bound(*col);
        }
        let mut truth = self.truth_at(rel, &mut cells);
        let relation = &self.plan.relations[rel];
        if truth != Truth::False && relation.has_values() {
            truth = truth.and(self.match_values(rel, cols, &cells));
        }
        if negated { truth.negate() } else { truth }
    }

    /// Whether a sentence is unknown; with free columns, whether none is true and some is unknown.
    fn is_unknown(&mut self, rel: RelId, cols: &'a [Col], kinds: &'a [Option<KindId>]) -> bool {
        let mut cells = [Cell::UNBOUND; WIDTH];
        for (cell, col) in cells.iter_mut().zip(cols) {
            *cell = self.bound(*col);
        }
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

    fn status(
        &mut self,
        program: &'a Program,
        at: usize,
        truth: Truth,
        cut: bool,
        step: &'a Step,
        sink: Sink<'_, 'a, R>,
    ) -> bool {
        let Step::Status {
            rel,
            cols,
            column,
            statuses,
            negated,
            not_known,
            missing,
        } = step
        else {
            return false;
        };
        let judge = |set: StatusSet| {
            let found = if set.within(*statuses) {
                Truth::True
            } else if set.meets(*statuses) {
                Truth::Unknown
            } else {
                Truth::False
            };
            let found = if *not_known {
                Truth::from(found == Truth::Unknown)
            } else {
                found
            };
            if *negated { found.negate() } else { found }
        };
        let mut wanted = [Cell::UNBOUND; WIDTH];
        let mut mask = 0_u32;
        for (column, col) in cols.iter().enumerate() {
            wanted[column] = self.bound(*col);
            // A slot that stands twice is bound by its first place only when a row is taken.
            let bound_here =
                matches!(col, Col::Same(var) if cols[..column].contains(&Col::Bind(*var)));
            if !matches!(col, Col::Bind(_)) && !bound_here {
                mask |= 1 << column;
            }
        }
        if mask.count_ones() as usize == cols.len() {
            let table = &mut self.memory.tables[rel.index()];
            let set = table
                .find(mask, &wanted)
                .map_or(*missing, |row| status_set(table.row(row)[*column]));
            let found = judge(set);
            return found != Truth::False
                && self.solve(program, at + 1, truth.and(found), cut, sink);
        }
        let mut candidates = self.memory.tables[rel.index()].candidates(mask, &wanted);
        while let Some(row) = self.memory.tables[rel.index()].next(&mut candidates) {
            if self.step() {
                return true;
            }
            let found = self.take(*rel, row, cols, true).and(judge(status_set(
                self.memory.tables[rel.index()].row(row)[*column],
            )));
            if found != Truth::False
                && self.solve(program, at + 1, truth.and(found), cut, sink)
                && cut
                && at >= program.head_bound_at
            {
                return true;
            }
        }
        false
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
    pub(super) fn fire(&mut self, join: &'a Join, run: impl FnOnce(&mut Self, Sink<'_, 'a, R>)) {
        self.memory.registers.clear();
        self.memory.registers.resize(join.registers, Cell::UNBOUND);
        run(self, &mut |run, truth| {
            run.conclude(join, truth) || run.memory.stopped.is_some()
        });
    }

    /// Puts a solution into the head's table. Says whether nothing more can be learnt of the row.
    fn conclude(&mut self, join: &'a Join, truth: Truth) -> bool {
        let mut cells = [Cell::UNBOUND; WIDTH];
        for (cell, col) in cells.iter_mut().zip(&join.head_cols) {
            *cell = self.bound(*col);
        }
        let cells = &cells[..join.head_cols.len()];
        let relation = &self.plan.relations[join.head];
        if relation.has_values() {
            let (row, new) = self.put_derived(join, relation.key, cells, truth);
            if let Some(row) = row {
                self.widen(join, row, cells, truth);
                self.fired(join, row, new, truth);
            }
            return row.is_none() && truth == Truth::True;
        }
        let standing = self.memory.tables[join.head.index()].standing(cells);
        if standing == Standing::Settled && !R::EVERY {
            return true;
        }
        let (row, new) = if standing == Standing::Absent {
            self.memory.derived += 1;
            (Some(self.memory.push(join.head, cells, truth)), true)
        } else {
            self.put_derived(join, relation.key, cells, truth)
        };
        let Some(row) = row else {
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

    /// The row of what is concluded, and whether it is new or has become sure; none where the case stipulated it.
    #[inline]
    fn put_derived(
        &mut self,
        join: &'a Join,
        key: u32,
        cells: &[Cell],
        truth: Truth,
    ) -> (Option<u32>, bool) {
        let table = &mut self.memory.tables[join.head.index()];
        let Some(row) = table.find(key, cells) else {
            self.memory.derived += 1;
            return (Some(self.memory.push(join.head, cells, truth)), true);
        };
        if table.is_stipulated(row) {
            if table.truth(row) == Truth::False && truth == Truth::True {
                let row = table.row(row).to_vec();
                let (rel, join) = (join.head, self.join);
                self.fault(Fault::Stipulated { rel, row, join });
            }
            return (None, false);
        }
        let better = table.truth(row) != Truth::True && truth == Truth::True;
        if better {
            table.upgrade(row);
        }
        (Some(row), better)
    }

    /// Tells whoever listens that a body gave a row.
    #[inline]
    fn fired(&mut self, join: &'a Join, row: u32, new: bool, truth: Truth) {
        if R::EVERY || new {
            self.count();
            let memory = &mut self.memory;
            let registers = &memory.registers;
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
            let hull = self.interval(old).hull(self.interval(cells[column]));
            if old != cells[column] {
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
