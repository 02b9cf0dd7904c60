//! What can go wrong while a case is judged: faults that are the case's or the rulebook's, and limits reached. Data; the
//! words are others'.

use super::memory::Cell;
use crate::plan::{JoinId, RelId};
use crate::value::NumberError;

/// A fault found while judging.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Two different values surely derived for one number (ruling 17).
    TwoValues {
        /// The relation.
        rel: RelId,
        /// The row with the first value.
        row: Vec<Cell>,
        /// The second value.
        other: Cell,
        /// The body that gave the second.
        join: JoinId,
    },
    /// A member of a fold with two sure values (ruling 16).
    TwoMembers {
        /// The body.
        join: JoinId,
        /// The values.
        values: (Cell, Cell),
    },
    /// A number surely derived that lies outside the range of its kind.
    OutOfRange {
        /// The relation.
        rel: RelId,
        /// The row with the number.
        row: Vec<Cell>,
        /// The body that gave it.
        join: JoinId,
    },
    /// A computation without a result.
    Arithmetic {
        /// The body.
        join: JoinId,
        /// Why.
        error: NumberError,
    },
    /// What was stipulated false is surely derived.
    Stipulated {
        /// The relation.
        rel: RelId,
        /// The row.
        row: Vec<Cell>,
        /// The body that derives it.
        join: JoinId,
    },
}

/// Why judging was stopped: nothing is concluded then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// More derived sentences than allowed.
    Derived(u64),
    /// More firings than allowed.
    Firings(u64),
    /// Whoever asked does not wait any longer.
    Time,
}

/// How much may be derived. The defaults are far above any case that a person writes.
#[derive(Clone, Copy, Debug)]
pub struct Limits<'a> {
    /// Most derived sentences.
    pub derived: u64,
    /// Most firings.
    pub firings: u64,
    /// Raised by whoever holds the clock.
    pub stop: Option<&'a std::sync::atomic::AtomicBool>,
}

impl Default for Limits<'_> {
    fn default() -> Self {
        Self {
            derived: 50_000_000,
            firings: 500_000_000,
            stop: None,
        }
    }
}
