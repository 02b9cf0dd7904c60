//! One sentence looked up: what is stored, else how silence counts. In: a relation and its columns; out: a truth. Knows no
//! rule.

use super::journal::Recorder;
use super::memory::{Cell, Run};
use super::table::Standing;
use crate::plan::{Col, RelId, World};
use crate::value::{Idx, Truth};

impl<R: Recorder> Run<'_, R> {
    /// The truth of a sentence whose key columns are given; the value columns of `cells` receive its values.
    pub fn truth_at(&mut self, rel: RelId, cells: &mut [Cell]) -> Truth {
        let truth = self.read(rel, cells);
        if R::EVERY {
            self.note(rel, cells, truth);
        }
        truth
    }

    /// Keeps what was read and found unknown: the questions of the case.
    pub(super) fn note(&mut self, rel: RelId, cells: &[Cell], truth: Truth) {
        let relation = &self.plan.relations[rel];
        let vague = |at: usize| {
            relation.key >> at & 1 == 0 && cells[at].value().is_none() && cells[at] != Cell::UNBOUND
        };
        if relation.derived
            || truth == Truth::False
            || (truth == Truth::True && !(0..relation.arity).any(vague))
        {
            return;
        }
        let asked = (rel, cells[..relation.arity].to_vec());
        if self.memory.asked_before.insert(asked.clone()) {
            self.memory.asked.push(asked);
        }
    }

    fn read(&mut self, rel: RelId, cells: &mut [Cell]) -> Truth {
        let relation = &self.plan.relations[rel];
        let key = relation.key;
        let has_values = relation.has_values();
        let table = &mut self.memory.tables[rel.index()];
        if !has_values && table.standing(&cells[..relation.arity]) == Standing::Settled {
            return Truth::True;
        }
        if let Some(row) = table.find(key, cells) {
            let truth = table.truth(row);
            if has_values {
                for (column, cell) in table
                    .row(row)
                    .iter()
                    .enumerate()
                    .filter(|(at, _)| key >> at & 1 == 0)
                {
                    cells[column] = *cell;
                }
            }
            return truth;
        }
        match relation.world {
            World::Closed => Truth::False,
            World::Setting(default) => match default {
                Some(value) => {
                    cells[relation.arity - 1] = Cell::of(value);
                    Truth::True
                }
                None => Truth::False,
            },
            World::Open => self.unstated(rel, cells),
        }
    }

    /// An open sentence that nobody stated: false beside another value of an `only one` slot, else unknown; a number exists.
    fn unstated(&mut self, rel: RelId, cells: &mut [Cell]) -> Truth {
        let relation = &self.plan.relations[rel];
        if let Some(only) = relation.only_one {
            let mask = relation.key & !(1 << only);
            let table = &mut self.memory.tables[rel.index()];
            let mut candidates = table.candidates(mask, cells);
            while let Some(row) = table.next(&mut candidates) {
                if table.truth(row) == Truth::True
                    && super::table::agrees(table.row(row), mask, cells)
                {
                    return Truth::False;
                }
            }
        }
        if !relation.has_values() {
            return Truth::Unknown;
        }
        for (column, cell) in cells.iter_mut().enumerate().take(relation.arity) {
            if relation.key >> column & 1 == 0 {
                *cell = self.unknown_cell(rel, column);
            }
        }
        Truth::True
    }

    /// Binds or compares the value columns after a look-up.
    pub(super) fn match_values(&mut self, rel: RelId, cols: &[Col], cells: &[Cell]) -> Truth {
        let key = self.plan.relations[rel].key;
        let mut truth = Truth::True;
        for (at, col) in cols.iter().enumerate().filter(|(at, _)| key >> at & 1 == 0) {
            let found = cells[at];
            truth = truth.and(match col {
                Col::Bind(var) => {
                    self.memory.registers[var.index()] = found;
                    Truth::True
                }
                Col::Same(_) | Col::Const(_) => self.agrees(*col, found),
            });
        }
        truth
    }

    /// The cell of a bound column.
    pub(super) fn bound(&self, col: Col) -> Cell {
        super::solve::held(&self.memory.registers, col)
    }
}
