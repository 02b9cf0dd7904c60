//! GROUND: values without a story.
//!
//! In: nothing. Out: [`Truth`], [`Number`], [`Interval`], [`Status`], [`StatusSet`], typed ids and the interner of
//! ground values. This room does not know anything: no rule, no sentence, no file.

mod curve;
mod index;
mod interval;
mod names;
mod number;
mod status;
mod truth;

pub use curve::{Curve, Root};
pub use index::{Idx, IndexVec};
pub use interval::Interval;
pub use names::{Value, ValueId, Values};
pub use number::{Number, NumberError};
pub use status::{NormSort, Status, StatusSet};
pub use truth::Truth;
