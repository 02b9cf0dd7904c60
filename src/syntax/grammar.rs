//! The parser that pest derives from `grammar/fiducia.pest`. In: one line; out: its pairs. In a file of its own, so that
//! editing its neighbours does not derive it again.

use pest_derive::Parser;

/// The derived parser.
#[derive(Parser)]
#[grammar = "../grammar/fiducia.pest"]
pub struct Grammar;
