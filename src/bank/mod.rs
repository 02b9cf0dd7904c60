//! Many cases at once.
//!
//! In: a rulebook, its plan and many cases. Out: reports as data. This room does not know files or words.

mod answer;
pub mod audit;
mod casting;
pub mod coverage;
pub mod deep;
pub mod draft;
pub mod impact;
mod names;
mod openness;
mod phrases;
pub mod sample;
mod scan;
mod shape;
pub mod skeleton;
mod stream;
pub mod test;

pub use answer::Format;
pub use scan::NotPlain;
pub use shape::ShapeReader;
pub use stream::{Streamed, all_processors, stream};
