//! Says what is wrong with a line. In: the line, the rule it was read by and how far that came; out: a fault with the
//! place of the bad word, what was read, what was expected and a small example.

use crate::syntax::blocks::first_word;
use crate::syntax::expected;
use crate::syntax::grammar::Rule;
use crate::syntax::parse::place;
use crate::text::{Diagnostic, FileId, Span};
use pest::error::{Error, ErrorVariant, InputLocation};

/// The deepest nesting of parentheses, and the most operators, in one line.
const DEEPEST: usize = 32;
const LONGEST: usize = 256;

/// A line with too many parentheses inside each other, or too long a calculation.
pub fn too_deep(file: FileId, start: usize, text: &str) -> Option<Diagnostic> {
    let mut depth = 0_usize;
    let mut operators = 0_usize;
    let mut quoted = false;
    if !text.bytes().any(|b| matches!(b, b'(' | b'*' | b'+' | b'/')) {
        return None;
    }
    for (at, letter) in text.char_indices() {
        match letter {
            '"' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth = depth.saturating_sub(1),
            '+' | '-' | '−' | '*' | '×' | '·' | '/' | '÷' if !quoted => operators += 1,
            _ => {}
        }
        if depth > DEEPEST || operators > LONGEST {
            let span = place(file, start + at, start + at + 1);
            return Some(Diagnostic::new("R026", span, "this calculation is too long to follow"));
        }
    }
    None
}

/// What is wrong with a line that its rule could not read.
pub fn explain(file: FileId, start: usize, text: &str, rule: Rule, error: &Error<Rule>) -> Diagnostic {
    let at = match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    };
    let words = match &error.variant {
        ErrorVariant::ParsingError { positives, .. } => expected::said(positives),
        ErrorVariant::CustomError { .. } => String::new(),
    };
    let span = place(file, start + at, start + text.len());
    Diagnostic::new("R001", span, format!("expected {words}")).help(expected::example(rule))
}

/// A line that does not belong to the block it stands in.
pub fn out_of_place(span: Span, text: &str, block: &str, allowed: &[&str]) -> Diagnostic {
    let word = first_word(text);
    Diagnostic::new("R033", span, format!("`{word}` does not belong in a {block}")).help(expected::list(allowed))
}
