//! Lines told aloud. In: evidence and steps; out: items, or short phrases. Knows no verdict's status.

mod demand;
mod phrases;
mod plainly;
mod short;
mod teller;

pub use teller::Teller;
