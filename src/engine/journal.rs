//! Who listens to the evaluator: provenance as flat arrays. In: firings; out: for each row, the bodies that gave it. Knows
//! no words.

use super::memory::Cell;
use crate::plan::{JoinId, RelId};
use crate::value::{Interval, Truth};

/// A body that fired: the row it gave, how surely, and the binding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Firing {
    /// Which body.
    pub join: JoinId,
    /// The relation of its head.
    pub rel: RelId,
    /// The row it gave.
    pub row: u32,
    /// True or unknown.
    pub truth: Truth,
    /// Where its registers start (see [`Recorder::registers`]).
    pub at: u32,
    /// How many registers.
    pub len: u16,
}

/// Listens to the evaluator; compiled away where nothing is kept.
pub trait Recorder: Default {
    /// Whether every instance of every body is wanted (else the first of each row suffices).
    const EVERY: bool;
    /// Whether it is told of every comparison of numbers.
    const COMPARES: bool = false;
    /// Two numbers were compared, or held against each other.
    fn compared(&mut self, _left: Interval, _right: Interval) {}
    /// A body fired.
    fn fired(&mut self, join: JoinId, rel: RelId, row: u32, truth: Truth, registers: &[Cell]);
    /// Forgets everything; keeps what it allocated.
    fn clear(&mut self);
    /// The firings kept, in order.
    fn firings(&self) -> &[Firing];
    /// The registers of a firing.
    fn registers(&self, firing: &Firing) -> &[Cell];
}

/// Keeps every instance of every body. The position of a firing is its rank: its premises were there before.
#[derive(Clone, Debug, Default)]
pub struct Journal {
    firings: Vec<Firing>,
    cells: Vec<Cell>,
}

/// Keeps the first instance that gave a row, and the first that gave it surely.
#[derive(Clone, Debug, Default)]
pub struct Witness(Journal);

/// Keeps every comparison of numbers, in order: where a number would have to lie for something to turn.
#[derive(Clone, Debug, Default)]
pub struct Comparisons {
    /// Both sides.
    pub sides: Vec<(Interval, Interval)>,
}

/// Keeps nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Recorder for Journal {
    const EVERY: bool = true;

    fn fired(&mut self, join: JoinId, rel: RelId, row: u32, truth: Truth, registers: &[Cell]) {
        let at = u32::try_from(self.cells.len()).unwrap_or(u32::MAX);
        let len = u16::try_from(registers.len()).unwrap_or(u16::MAX);
        self.cells.extend_from_slice(registers);
        self.firings.push(Firing {
            join,
            rel,
            row,
            truth,
            at,
            len,
        });
    }

    fn clear(&mut self) {
        self.firings.clear();
        self.cells.clear();
    }

    fn firings(&self) -> &[Firing] {
        &self.firings
    }

    fn registers(&self, firing: &Firing) -> &[Cell] {
        &self.cells[firing.at as usize..firing.at as usize + firing.len as usize]
    }
}

impl Recorder for Witness {
    const EVERY: bool = false;

    fn fired(&mut self, join: JoinId, rel: RelId, row: u32, truth: Truth, registers: &[Cell]) {
        self.0.fired(join, rel, row, truth, registers);
    }

    fn clear(&mut self) {
        self.0.clear();
    }

    fn firings(&self) -> &[Firing] {
        self.0.firings()
    }

    fn registers(&self, firing: &Firing) -> &[Cell] {
        self.0.registers(firing)
    }
}

impl Recorder for Silent {
    const EVERY: bool = false;

    fn fired(&mut self, _: JoinId, _: RelId, _: u32, _: Truth, _: &[Cell]) {}

    fn clear(&mut self) {}

    fn firings(&self) -> &[Firing] {
        &[]
    }

    fn registers(&self, _: &Firing) -> &[Cell] {
        &[]
    }
}

impl Recorder for Comparisons {
    const EVERY: bool = false;
    const COMPARES: bool = true;

    fn compared(&mut self, left: Interval, right: Interval) {
        self.sides.push((left, right));
    }

    fn fired(&mut self, _: JoinId, _: RelId, _: u32, _: Truth, _: &[Cell]) {}

    fn clear(&mut self) {
        self.sides.clear();
    }

    fn firings(&self) -> &[Firing] {
        &[]
    }

    fn registers(&self, _: &Firing) -> &[Cell] {
        &[]
    }
}
