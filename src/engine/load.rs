//! A record into the tables: what `always` says, then what the case states. Knows no rule.

use super::journal::Recorder;
use super::memory::{Cell, Run};
use super::solve::NARROW;
use crate::plan::{RelId, WIDTH, World};
use crate::rulebook::{KindSort, Stated};
use crate::value::{Idx, Interval, Truth, ValueId};

impl<R: Recorder> Run<'_, R> {
    pub(super) fn load(&mut self) {
        let (book, record) = (self.book, self.record);
        for always in &book.always {
            let mut cells = [Cell::UNBOUND; WIDTH];
            for (cell, value) in cells.iter_mut().zip(&always.values) {
                *cell = Cell::of(*value);
            }
            let (rel, holds) = (RelId(always.sentence.0), Truth::from(always.holds));
            self.put(rel, &cells[..always.values.len()], holds, false);
        }
        // What `always` says may be replaced; what the record states may not be stated again otherwise.
        (self.memory.contradicts, self.memory.denies) = (false, false);
        self.memory.let_replace();
        for stated in &record.stated {
            match stated.values.len() {
                ..=NARROW => self.load_stated::<NARROW>(stated),
                _ => self.load_stated::<WIDTH>(stated),
            }
        }
        if std::mem::take(&mut self.memory.denies) {
            self.hold_denials();
        }
    }

    /// What is denied and false anyway has no row: that it is also affirmed, further down, is seen only here.
    #[cold]
    fn hold_denials(&mut self) {
        let denied = |stated: &&Stated| stated.truth == Truth::False;
        for stated in self.record.stated.iter().filter(denied) {
            let rel = RelId(stated.sentence.0);
            let cell = |value: &Option<ValueId>| value.map_or(Cell::UNBOUND, Cell::of);
            let cells: Vec<Cell> = stated.values.iter().map(cell).collect();
            let key = self.plan.relations[rel].key;
            let table = &mut self.memory.tables[rel.index()];
            if let Some(row) = table.find(key, &cells) {
                self.memory.contradicts |=
                    !table.is_replaceable(row) && table.truth(row) != Truth::False;
            }
        }
    }

    /// Loads a statement of at most `N` columns.
    fn load_stated<const N: usize>(&mut self, stated: &Stated) {
        let rel = RelId(stated.sentence.0);
        self.note_stated(rel);
        let relation = &self.plan.relations[rel];
        let (key, derived, len) = (relation.key, relation.derived, stated.values.len());
        let has_value = key.count_ones() as usize != len;
        let mut cells = [Cell::UNBOUND; N];
        let mut vague = has_value && stated.truth == Truth::Unknown;
        for (cell, value) in cells.iter_mut().zip(&stated.values) {
            match value {
                Some(value) => *cell = Cell::of(*value),
                None => vague = true,
            }
        }
        let mut truth = stated.truth;
        if vague {
            for (at, value) in stated.values.iter().enumerate() {
                let known = value.filter(|_| truth != Truth::Unknown || key >> at & 1 == 1);
                cells[at] = self.stated_cell(rel, at, known);
            }
            // "unknown … [any]" says that the number exists and is not known; a boolean sentence is unknown itself.
            if has_value && truth == Truth::Unknown {
                truth = Truth::True;
            }
        }
        self.put(rel, &cells[..len], truth, derived);
    }

    fn stated_cell(&mut self, rel: RelId, column: usize, value: Option<ValueId>) -> Cell {
        match value {
            Some(value) => Cell::of(value),
            None => self.unknown_cell(rel, column),
        }
    }

    /// A number of which only the kind's range is known.
    pub(super) fn unknown_cell(&mut self, rel: RelId, column: usize) -> Cell {
        let kind = self.plan.relations[rel]
            .kinds
            .get(column)
            .copied()
            .flatten();
        let range = kind.and_then(|kind| match &self.book.vocabulary.kinds[kind].sort {
            KindSort::Number { range, .. } => *range,
            _ => None,
        });
        self.cell(range.map_or(Interval::UNKNOWN, |(low, high)| Interval {
            low: Some(low),
            high: Some(high),
        }))
    }

    /// Puts a row in place of what was said before of the same key.
    fn put(&mut self, rel: RelId, cells: &[Cell], truth: Truth, stipulated: bool) {
        let relation = &self.plan.relations[rel];
        if let (Some(only), Truth::True) = (relation.only_one, truth) {
            self.unsay_others(rel, only, cells);
        }
        let table = &mut self.memory.tables[rel.index()];
        let row = match table.find(relation.key, cells) {
            Some(row) => {
                self.memory.contradicts |= !table.is_replaceable(row)
                    && (table.truth(row) != truth || table.row(row) != cells);
                for (column, cell) in cells
                    .iter()
                    .enumerate()
                    .filter(|(at, _)| relation.key >> at & 1 == 0)
                {
                    table.set_cell(row, column, *cell);
                }
                table.set_truth(row, truth);
                row
            }
            None if truth == Truth::False && relation.world == World::Closed && !stipulated => {
                self.memory.denies = true;
                return;
            }
            None => self.memory.push(rel, cells, truth),
        };
        if stipulated {
            self.memory.tables[rel.index()].stipulate(row);
        }
    }

    /// Once one value of an `only one` slot is given, the others are false.
    fn unsay_others(&mut self, rel: RelId, only: usize, cells: &[Cell]) {
        let mask = self.plan.relations[rel].key & !(1 << only);
        let table = &mut self.memory.tables[rel.index()];
        for row in 0..u32::try_from(table.len()).unwrap_or(u32::MAX) {
            if super::table::agrees(table.row(row), mask, cells) {
                self.memory.contradicts |= !table.is_replaceable(row)
                    && table.truth(row) == Truth::True
                    && table.row(row) != cells;
                table.set_truth(row, Truth::False);
            }
        }
    }
}
