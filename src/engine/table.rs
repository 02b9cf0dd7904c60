//! A relation's rows: flat cells, a truth a row, indexes built when many rows are looked through often. In: rows; out: rows
//! by key. Knows no sentence.

use super::memory::Cell;
use crate::value::Truth;

/// Up to this many rows a walk is quicker than an index.
pub(super) const SMALL: usize = 16;

/// An index is built once so many times the rows there are were walked.
const WALKS: usize = 8;

/// No further row.
const END: u32 = u32::MAX;

/// Rows of one relation. Rows are never removed while a case is judged; a row of truth *false* says so explicitly.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// A row's truth and then its columns, row by row: few rows are at hand with one look at memory.
    cells: Vec<Cell>,
    /// How many cells a row has.
    stride: u32,
    /// How many rows.
    rows: u32,
    /// How many rows, the first ones, the case may replace.
    replaceable: u32,
    more: Option<Box<More>>,
}

/// What few tables need: there are a thousand relations, and most of them stay empty.
#[derive(Clone, Debug, Default)]
struct More {
    /// For each row, as far as it goes: whether a case stipulated it. Rules do not change such a row.
    stipulated: Vec<bool>,
    /// Rows that became sure after they were put, in order.
    upgraded: Vec<u32>,
    /// The first `live` are of this case; of the others only the memory is kept.
    indexes: Vec<Index>,
    live: usize,
    /// Rows that were walked for want of an index.
    walked: usize,
    dense: Dense,
}

/// Rows by the values of some columns, in ascending order: chains that start in an open-addressed table.
#[derive(Clone, Debug, Default)]
struct Index {
    mask: u32,
    /// A power of two, at most three quarters full.
    slots: Vec<Slot>,
    used: usize,
    next: Vec<u32>,
}

/// Where the chain of a key begins and ends; `first` is [`END`] in a free slot.
#[derive(Clone, Copy, Debug)]
struct Slot {
    key: u64,
    first: u32,
    last: u32,
}

const FREE: Slot = Slot {
    key: 0,
    first: END,
    last: END,
};

/// Two bits a key, for a relation with very many rows over few values: a graph's closure. Nearly all that its rules conclude
/// was concluded before, and a bit is at hand where a row of an index would have to be fetched.
#[derive(Clone, Debug, Default)]
struct Dense {
    /// Bits a column; 0 while there is none.
    shift: u32,
    words: Vec<u64>,
}

/// What is known of a key without looking for its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It has no row.
    Absent,
    /// Its row is sure, and no rule changes it any more.
    Settled,
    /// It is to be looked for.
    Unknown,
}

/// The rows that may agree with some columns: a walk over all, or a chain of an index.
#[derive(Clone, Copy, Debug)]
pub struct Candidates {
    index: usize,
    at: u32,
    end: u32,
}

/// How far a reader of new rows has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// Rows seen.
    pub rows: u32,
    /// Upgrades seen.
    pub upgrades: u32,
}

impl Table {
    /// Makes it empty; keeps what it allocated.
    pub fn clear(&mut self) {
        self.cells.clear();
        (self.rows, self.replaceable) = (0, 0);
        if let Some(more) = &mut self.more {
            more.stipulated.clear();
            more.upgraded.clear();
            more.live = 0;
            more.walked = 0;
            more.dense.shift = 0;
        }
    }

    fn stride(&self) -> usize {
        self.stride as usize
    }

    fn more(&mut self) -> &mut More {
        self.more.get_or_insert_default()
    }

    /// What is noted bit by bit is no longer so.
    fn forget_dense(&mut self) {
        if let Some(more) = &mut self.more {
            more.dense.shift = 0;
        }
    }

    /// How many rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows as usize
    }

    /// Whether it has no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// A row's cells.
    #[must_use]
    pub fn row(&self, row: u32) -> &[Cell] {
        let at = row as usize * self.stride();
        &self.cells[at + 1..at + self.stride()]
    }

    /// A row's truth.
    #[must_use]
    pub fn truth(&self, row: u32) -> Truth {
        truth_of(self.cells[row as usize * self.stride()])
    }

    /// A row's truth and cells.
    #[must_use]
    #[inline]
    pub fn entry(&self, row: u32) -> (Truth, &[Cell]) {
        let at = row as usize * self.stride();
        match &self.cells[at..at + self.stride()] {
            [truth, cells @ ..] => (truth_of(*truth), cells),
            [] => (Truth::False, &[]),
        }
    }

    /// Its rows, each with its truth before its cells.
    fn entries(&self) -> std::slice::ChunksExact<'_, Cell> {
        self.cells.chunks_exact(self.stride().max(1))
    }

    /// Sets a row's truth.
    pub fn set_truth(&mut self, row: u32, truth: Truth) {
        let at = row as usize * self.stride();
        self.cells[at] = cell_of(truth);
        self.forget_dense();
    }

    /// Sets a value cell (never one of the key).
    pub fn set_cell(&mut self, row: u32, column: usize, cell: Cell) {
        self.forget_dense();
        let at = row as usize * self.stride();
        self.cells[at + 1 + column] = cell;
    }

    /// Makes a possible row sure.
    pub fn upgrade(&mut self, row: u32) {
        let at = row as usize * self.stride();
        self.cells[at] = cell_of(Truth::True);
        self.more().upgraded.push(row);
    }

    /// How far it has come by now.
    #[must_use]
    pub fn mark(&self) -> Mark {
        let long = |len: usize| u32::try_from(len).unwrap_or(END);
        Mark {
            rows: self.rows,
            upgrades: long(self.more.as_ref().map_or(0, |more| more.upgraded.len())),
        }
    }

    /// The row of an upgrade.
    #[must_use]
    pub fn upgraded(&self, at: u32) -> u32 {
        self.more
            .as_ref()
            .map_or(END, |more| more.upgraded[at as usize])
    }

    /// Marks a row as stipulated.
    pub fn stipulate(&mut self, row: u32) {
        let at = row as usize;
        let stipulated = &mut self.more().stipulated;
        if stipulated.len() <= at {
            stipulated.resize(at + 1, false);
        }
        stipulated[at] = true;
    }

    /// Whether a row was stipulated.
    #[must_use]
    pub fn is_stipulated(&self, row: u32) -> bool {
        self.more
            .as_ref()
            .is_some_and(|more| more.is_stipulated(row as usize))
    }

    /// The rows so far are what the case may replace.
    pub fn let_replace(&mut self) {
        self.replaceable = self.rows;
    }

    /// Whether the case may replace a row.
    #[must_use]
    pub fn is_replaceable(&self, row: u32) -> bool {
        row < self.replaceable
    }

    /// Whether some row may hold.
    #[must_use]
    pub fn has_possible(&self) -> bool {
        self.entries().any(|row| truth_of(row[0]) != Truth::False)
    }

    /// Appends a row; the first one says how many columns there are.
    pub fn push(&mut self, cells: &[Cell], truth: Truth) -> u32 {
        let row = self.rows;
        if row == 0 {
            self.stride = cells.len() as u32 + 1;
        }
        self.rows += 1;
        let truth = cell_of(truth);
        // Few cells of a known number are put in place, not copied by a call.
        match *cells {
            [a] => self.cells.extend_from_slice(&[truth, a]),
            [a, b] => self.cells.extend_from_slice(&[truth, a, b]),
            [a, b, c] => self.cells.extend_from_slice(&[truth, a, b, c]),
            _ => {
                self.cells.push(truth);
                self.cells.extend_from_slice(cells);
            }
        }
        if let Some(more) = &mut self.more {
            for index in &mut more.indexes[..more.live] {
                index.add(cells, row);
            }
        }
        if row >= MANY {
            self.densely(cells, row);
        }
        row
    }

    /// What is known of a key of every column.
    #[must_use]
    #[inline]
    pub fn standing(&self, cells: &[Cell]) -> Standing {
        match &self.more {
            Some(more) if more.dense.shift > 0 => more.dense.standing(cells),
            _ => Standing::Unknown,
        }
    }

    /// Notes that a row is sure and that nothing changes it any more.
    #[inline]
    pub fn settle(&mut self, cells: &[Cell]) {
        if let Some(more) = &mut self.more
            && more.dense.shift > 0
        {
            more.dense.set(cells, SETTLED);
        }
    }

    /// Keeps the bits of a relation with many rows, once they are fewer than an index would have.
    #[cold]
    fn densely(&mut self, cells: &[Cell], row: u32) {
        let stride = self.stride();
        let more = self.more.get_or_insert_default();
        if more.dense.shift > 0 && more.dense.set(cells, PRESENT) {
            return;
        }
        if more.dense.shift == 0 && !row.is_power_of_two() {
            return;
        }
        let rows = || {
            self.cells
                .chunks_exact(stride)
                .map(|row| (row[0], &row[1..]))
        };
        let most = rows().flat_map(|(_, cells)| cells).map(|cell| cell.0).max();
        let arity = stride - 1;
        more.dense
            .start(most.unwrap_or(END), arity, self.rows as usize);
        if more.dense.shift > 0 {
            for (at, (truth, row)) in rows().enumerate() {
                let settled = truth_of(truth) == Truth::True && !more.is_stipulated(at);
                more.dense.set(row, if settled { SETTLED } else { PRESENT });
            }
            // What finds a row by its whole key is no longer asked at every turn.
            let whole = (1 << arity) - 1;
            let live = &mut more.indexes[..more.live];
            if let Some(at) = live.iter().position(|index| index.mask == whole) {
                live.swap(at, live.len() - 1);
                more.live -= 1;
                more.indexes[more.live] = Index::default();
            }
        }
    }

    /// The row whose columns of `mask` are those of `cells`.
    #[inline]
    pub fn find(&mut self, mask: u32, cells: &[Cell]) -> Option<u32> {
        if self.len() <= SMALL {
            return self.walk(mask, cells);
        }
        self.find_among_many(mask, cells)
    }

    fn find_among_many(&mut self, mask: u32, cells: &[Cell]) -> Option<u32> {
        let whole = mask.count_ones() == self.stride - 1;
        if whole && self.standing(&cells[..self.stride() - 1]) == Standing::Absent {
            return None;
        }
        let mut candidates = self.candidates(mask, cells);
        while let Some(row) = self.next(&mut candidates) {
            if agrees(self.row(row), mask, cells) {
                return Some(row);
            }
        }
        None
    }

    /// The same in a few rows.
    fn walk(&self, mask: u32, cells: &[Cell]) -> Option<u32> {
        if self.rows == 0 {
            return None;
        }
        let arity = self.stride() - 1;
        let at = if mask != (1 << arity) - 1 {
            self.entries()
                .position(|row| agrees(&row[1..], mask, cells))
        } else {
            match *cells {
                [a, ..] if arity == 1 => self.entries().position(|row| row[1] == a),
                [a, b, ..] if arity == 2 => {
                    let rows = self.cells.as_chunks::<3>().0;
                    // One question a row, not one a column.
                    rows.iter().position(|row| (row[1] == a) & (row[2] == b))
                }
                [a, b, c, ..] if arity == 3 => {
                    let rows = self.cells.as_chunks::<4>().0;
                    let is = |row: &[Cell; 4]| (row[1] == a) & (row[2] == b) & (row[3] == c);
                    rows.iter().position(is)
                }
                _ => self.entries().position(|row| row[1..] == cells[..arity]),
            }
        };
        at.map(|at| at as u32)
    }

    /// The rows that may agree with `cells` on the columns of `mask`. Rows added later are not among them.
    pub fn candidates(&mut self, mask: u32, cells: &[Cell]) -> Candidates {
        let end = self.rows;
        let all = Candidates {
            index: usize::MAX,
            at: 0,
            end,
        };
        let rows = self.len();
        if mask == 0 || rows <= SMALL {
            return all;
        }
        let more = self.more.get_or_insert_default();
        let live = &more.indexes[..more.live];
        let index = match live.iter().position(|index| index.mask == mask) {
            Some(index) => index,
            None => {
                more.walked += rows;
                if more.walked < WALKS * rows {
                    return all;
                }
                more.walked = 0;
                more.index(mask, &self.cells, self.stride as usize)
            }
        };
        let at = more.indexes[index].first(key_of(mask, cells));
        Candidates { index, at, end }
    }

    /// The next candidate.
    #[must_use]
    pub fn next(&self, candidates: &mut Candidates) -> Option<u32> {
        let row = candidates.at;
        if row >= candidates.end {
            return None;
        }
        let indexes = self.more.as_ref().map_or(&[][..], |more| &more.indexes);
        candidates.at = match indexes.get(candidates.index) {
            Some(index) => index.next[row as usize],
            None => row + 1,
        };
        Some(row)
    }
}

impl More {
    fn is_stipulated(&self, row: usize) -> bool {
        self.stipulated.get(row).copied().unwrap_or(false)
    }

    /// Builds an index of all rows, in the memory of an earlier one.
    fn index(&mut self, mask: u32, cells: &[Cell], stride: usize) -> usize {
        let at = self.live;
        if at == self.indexes.len() {
            self.indexes.push(Index::default());
        }
        self.live += 1;
        let index = &mut self.indexes[at];
        index.start(mask, cells.len() / stride);
        for (row, cells) in (0..).zip(cells.chunks_exact(stride)) {
            index.add(&cells[1..], row);
        }
        at
    }
}

/// A truth as it stands before a row's cells.
#[inline]
fn cell_of(truth: Truth) -> Cell {
    Cell(truth as u32)
}

#[inline]
fn truth_of(cell: Cell) -> Truth {
    const TRUE: u32 = Truth::True as u32;
    const FALSE: u32 = Truth::False as u32;
    match cell.0 {
        TRUE => Truth::True,
        FALSE => Truth::False,
        _ => Truth::Unknown,
    }
}

/// From so many rows on it is asked whether bits pay.
const MANY: u32 = 1 << 12;

/// The bits of a key.
const PRESENT: u64 = 1;
const SETTLED: u64 = 3;

impl Dense {
    /// Empties it for values up to `most`; does without where the bits would be more than an index has.
    fn start(&mut self, most: u32, columns: usize, rows: usize) {
        let shift = 32 - most.leading_zeros();
        let bits = shift as usize * columns;
        self.shift = 0;
        if columns > 0 && shift > 0 && bits < 40 && 1 << bits <= rows * 64 {
            self.shift = shift;
            self.words.clear();
            self.words.resize((1 << bits) / 32 + 1, 0);
        }
    }

    /// The place of a key, where every cell is within what was foreseen.
    #[inline]
    fn place(&self, cells: &[Cell]) -> Option<usize> {
        let mut place = 0_usize;
        let mut beyond = 0;
        for cell in cells {
            beyond |= cell.0 >> self.shift;
            place = place << self.shift | cell.0 as usize;
        }
        (beyond == 0).then_some(place)
    }

    #[inline]
    fn standing(&self, cells: &[Cell]) -> Standing {
        // A cell beyond what was foreseen stands in no row: the first one begins the bits anew.
        let Some(place) = self.place(cells) else {
            return Standing::Absent;
        };
        match self.words[place / 32] >> (place % 32 * 2) & SETTLED {
            0 => Standing::Absent,
            SETTLED => Standing::Settled,
            _ => Standing::Unknown,
        }
    }

    /// Sets bits of a key; says whether it is within what was foreseen.
    #[inline]
    fn set(&mut self, cells: &[Cell], bits: u64) -> bool {
        let place = self.place(cells);
        if let Some(place) = place {
            self.words[place / 32] |= bits << (place % 32 * 2);
        }
        place.is_some()
    }
}

impl Index {
    /// Empties it for so many rows.
    fn start(&mut self, mask: u32, rows: usize) {
        self.mask = mask;
        self.used = 0;
        self.next.clear();
        let wanted = (rows * 2).next_power_of_two().max(64);
        // What a much larger case needed is not swept for every small one.
        if self.slots.len() < wanted || self.slots.len() > wanted * 8 {
            self.slots = vec![FREE; wanted];
        } else {
            self.slots.fill(FREE);
        }
    }

    fn add(&mut self, cells: &[Cell], row: u32) {
        if (self.used + 1) * 4 > self.slots.len() * 3 {
            self.grow();
        }
        self.next.push(END);
        let key = key_of(self.mask, cells);
        let at = self.slot(key);
        let slot = &mut self.slots[at];
        if slot.first == END {
            *slot = Slot {
                key,
                first: row,
                last: row,
            };
            self.used += 1;
        } else {
            self.next[slot.last as usize] = row;
            slot.last = row;
        }
    }

    fn first(&self, key: u64) -> u32 {
        self.slots[self.slot(key)].first
    }

    /// The slot of a key, or the free one where it belongs.
    fn slot(&self, key: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = place(key, self.slots.len());
        while self.slots[at].first != END && self.slots[at].key != key {
            at = (at + 1) & mask;
        }
        at
    }

    fn grow(&mut self) {
        let size = self.slots.len() * 2;
        let old = std::mem::replace(&mut self.slots, vec![FREE; size]);
        for slot in old.into_iter().filter(|slot| slot.first != END) {
            let at = self.slot(slot.key);
            self.slots[at] = slot;
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
fn key_of(mask: u32, cells: &[Cell]) -> u64 {
    let mut key = 0_u64;
    let mut left = mask;
    while left != 0 {
        let cell = cells[left.trailing_zeros() as usize];
        left &= left - 1;
        if key >> 32 != 0 {
            key = key.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        }
        key = key.rotate_left(32) ^ u64::from(cell.0);
    }
    key
}

/// Where the walk for a key starts in a table of a power of two slots.
fn place(key: u64, slots: usize) -> usize {
    let mixed = (key ^ key >> 32).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed >> 32) as usize & (slots - 1)
}
