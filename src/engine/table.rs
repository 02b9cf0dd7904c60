//! A relation's rows: flat cells, a truth a row, indexes built when it grows. In: rows; out: rows by key. Knows no sentence.

use super::memory::Cell;
use crate::value::Truth;
use rustc_hash::FxHashMap;

/// Up to this many rows a walk is quicker than an index.
const SMALL: usize = 16;

/// No further row.
const END: u32 = u32::MAX;

/// Rows of one relation. Rows are never removed while a case is judged; a row of truth *false* says so explicitly.
#[derive(Clone, Debug, Default)]
pub struct Table {
    arity: usize,
    cells: Vec<Cell>,
    truth: Vec<Truth>,
    /// Rows that a case stipulated: rules do not change them.
    stipulated: Vec<u32>,
    /// Rows that became sure after they were put, in order.
    upgraded: Vec<u32>,
    indexes: Vec<Index>,
}

/// Rows by the values of some columns, in ascending order.
#[derive(Clone, Debug)]
struct Index {
    mask: u32,
    first_last: FxHashMap<u64, (u32, u32)>,
    next: Vec<u32>,
}

/// The rows that may agree with some columns: a walk over all, or a chain of an index.
#[derive(Clone, Copy, Debug)]
pub struct Candidates {
    index: usize,
    at: u32,
    end: u32,
}

impl Table {
    /// Makes it an empty table of `arity` columns; keeps what it allocated.
    pub fn reset(&mut self, arity: usize) {
        self.arity = arity;
        self.cells.clear();
        self.truth.clear();
        self.stipulated.clear();
        self.upgraded.clear();
        self.indexes.clear();
    }

    /// How many rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.truth.len()
    }

    /// Whether it has no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.truth.is_empty()
    }

    /// A row's cells.
    #[must_use]
    pub fn row(&self, row: u32) -> &[Cell] {
        let at = row as usize * self.arity;
        &self.cells[at..at + self.arity]
    }

    /// A row's truth.
    #[must_use]
    pub fn truth(&self, row: u32) -> Truth {
        self.truth[row as usize]
    }

    /// Sets a row's truth.
    pub fn set_truth(&mut self, row: u32, truth: Truth) {
        self.truth[row as usize] = truth;
    }

    /// Sets a value cell (never one of the key).
    pub fn set_cell(&mut self, row: u32, column: usize, cell: Cell) {
        self.cells[row as usize * self.arity + column] = cell;
    }

    /// Makes a possible row sure.
    pub fn upgrade(&mut self, row: u32) {
        self.truth[row as usize] = Truth::True;
        self.upgraded.push(row);
    }

    /// Rows that were put or became sure since the mark, which is moved on.
    pub fn news(&self, mark: &mut (usize, usize)) -> Vec<u32> {
        let (len, upgraded) = *mark;
        *mark = (self.truth.len(), self.upgraded.len());
        let fresh = (len..self.truth.len()).map(|row| u32::try_from(row).unwrap_or(END));
        self.upgraded[upgraded..]
            .iter()
            .copied()
            .filter(|row| (*row as usize) < len)
            .chain(fresh)
            .collect()
    }

    /// Marks a row as stipulated.
    pub fn stipulate(&mut self, row: u32) {
        self.stipulated.push(row);
    }

    /// Whether a row was stipulated.
    #[must_use]
    pub fn is_stipulated(&self, row: u32) -> bool {
        self.stipulated.contains(&row)
    }

    /// Whether some row may hold.
    #[must_use]
    pub fn has_possible(&self) -> bool {
        self.truth.iter().any(|truth| *truth != Truth::False)
    }

    /// Appends a row.
    pub fn push(&mut self, cells: &[Cell], truth: Truth) -> u32 {
        let row = u32::try_from(self.truth.len()).unwrap_or(END);
        self.cells.extend_from_slice(&cells[..self.arity]);
        self.truth.push(truth);
        for index in &mut self.indexes {
            index.add(cells, row);
        }
        row
    }

    /// The row whose columns of `mask` are those of `cells`.
    pub fn find(&mut self, mask: u32, cells: &[Cell]) -> Option<u32> {
        let mut candidates = self.candidates(mask, cells);
        while let Some(row) = self.next(&mut candidates) {
            if agrees(self.row(row), mask, cells) {
                return Some(row);
            }
        }
        None
    }

    /// The rows that may agree with `cells` on the columns of `mask`. Rows added later are not among them.
    pub fn candidates(&mut self, mask: u32, cells: &[Cell]) -> Candidates {
        let end = u32::try_from(self.truth.len()).unwrap_or(END);
        if mask == 0 || self.truth.len() <= SMALL {
            return Candidates {
                index: usize::MAX,
                at: 0,
                end,
            };
        }
        let index = match self.indexes.iter().position(|index| index.mask == mask) {
            Some(index) => index,
            None => {
                let mut index = Index {
                    mask,
                    first_last: FxHashMap::default(),
                    next: Vec::with_capacity(self.truth.len()),
                };
                for row in 0..end {
                    index.add(self.row(row), row);
                }
                self.indexes.push(index);
                self.indexes.len() - 1
            }
        };
        let at = self.indexes[index]
            .first_last
            .get(&hash(mask, cells))
            .map_or(END, |(first, _)| *first);
        Candidates { index, at, end }
    }

    /// The next candidate.
    #[must_use]
    pub fn next(&self, candidates: &mut Candidates) -> Option<u32> {
        let row = candidates.at;
        if row >= candidates.end {
            return None;
        }
        candidates.at = match self.indexes.get(candidates.index) {
            Some(index) => index.next[row as usize],
            None => row + 1,
        };
        Some(row)
    }
}

impl Index {
    fn add(&mut self, cells: &[Cell], row: u32) {
        self.next.push(END);
        match self.first_last.entry(hash(self.mask, cells)) {
            std::collections::hash_map::Entry::Occupied(mut entry) => {
                let (_, last) = entry.get_mut();
                self.next[*last as usize] = row;
                *last = row;
            }
            std::collections::hash_map::Entry::Vacant(entry) => {
                entry.insert((row, row));
            }
        }
    }
}

/// Whether a row has the given cells in the columns of `mask`.
#[must_use]
pub fn agrees(row: &[Cell], mask: u32, cells: &[Cell]) -> bool {
    row.iter()
        .zip(cells)
        .enumerate()
        .all(|(at, (a, b))| mask >> at & 1 == 0 || a == b)
}

/// Up to two columns as they are, more of them mixed: rows are compared again after the look-up.
fn hash(mask: u32, cells: &[Cell]) -> u64 {
    let mut key = 0_u64;
    for (_, cell) in cells
        .iter()
        .enumerate()
        .filter(|(at, _)| mask >> at & 1 == 1)
    {
        key = key.rotate_left(32).wrapping_mul(if key >> 32 == 0 {
            1
        } else {
            0x9E37_79B9_7F4A_7C15
        }) ^ u64::from(cell.0);
    }
    key
}
