//! A case as data: one JSON object, in sentences or in tables by sentence. In: a JSON value and the rulebook; out: a case or
//! every fault with its path; and back. The same reader of phrases and the same vocabulary as for files.

mod line;
mod read;
mod tables;
mod text;
mod twice;
mod write;

pub use line::{Unread, case_from_line};
pub use read::{Misread, case_from_json};
pub use text::case_to_text;
pub use write::case_to_json;
