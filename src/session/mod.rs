//! OPENS: the one room that finds and reads rule files.
//!
//! In: paths. Out: a [`Session`]: every file read once, the rulebooks they make, the cases named, and every fault found on
//! the way; for `fmt`, a [`Formatted`] file. This room does not know a terminal, and decides nothing about a case.

mod ahead;
mod asked;
mod blocks;
mod books;
mod builtin;
mod clock;
mod completed;
mod convert;
mod folder;
mod format;
mod line;
mod loader;
mod modules;
mod opened;
mod place;
mod tally;
pub mod threads;
mod unpack;
mod words;

pub use asked::{Conditions, Named, Query, Supposed};
pub use blocks::Differing;
pub use builtin::{EmbeddedFile, embedded, export, worked};
pub use clock::Clock;
pub use completed::{Added, write_text};
pub use convert::{NoCase, to_blocks, to_line};
pub use format::{Formatted, Formatting, format, write};
pub use line::{Lines, Refused, open_lines, read_line};
pub use opened::{Book, FoundCase, OpenCase, Opening, Session, Stopped, StoppedBy};
pub use tally::{Count, Tally};
pub use words::{Found, search};
