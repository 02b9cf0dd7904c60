//! The parser that pest derives from `grammar/fiducia.pest`. In: one line; out: its pairs. In a file of its own, so that
//! editing its neighbours does not derive it again.

use pest::iterators::Pair;
use pest_derive::Parser;

/// The derived parser.
#[derive(Parser)]
#[grammar = "../grammar/fiducia.pest"]
pub struct Grammar;

/// A piece of a line, as pest gives it.
pub type Piece<'a> = Pair<'a, Rule>;
