//! Says what is wrong with a line that the grammar refused. In: the line, the rule it was read by and how far that came;
//! out: one fault with the place of the bad word, what was read, what was expected and a small example. The commonest
//! slips have their own words; the rest is told from the list of what was expected.

use crate::syntax::blocks::place;
use crate::syntax::grammar::{Grammar, Piece, Rule};
use crate::syntax::refused::Refused;
use crate::syntax::tokens::{Sort, operator, tokens};
use crate::text::{Diagnostic, FileId};
use pest::Parser;
use pest::error::{Error, ErrorVariant, InputLocation};

/// The deepest nesting of parentheses in one line.
const DEEPEST: usize = 32;
/// The most operators in one line.
const LONGEST: usize = 256;

/// What is wrong with a line that its rule could not read.
pub fn explain(
    file: FileId,
    start: usize,
    text: &str,
    rule: Rule,
    error: &Error<Rule>,
) -> Diagnostic {
    let refused = Refused {
        file,
        start,
        text,
        rule,
        at: location(error),
        positives: positives(error),
        tokens: tokens(text),
    };
    refused
        .marks()
        .or_else(|| refused.reserved())
        .or_else(|| refused.word())
        .or_else(|| refused.sign())
        .unwrap_or_else(|| refused.plain())
}

/// How far the grammar came.
fn location(error: &Error<Rule>) -> usize {
    match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    }
}

/// What it would have read there.
fn positives(error: &Error<Rule>) -> &[Rule] {
    match &error.variant {
        ErrorVariant::ParsingError { positives, .. } => positives,
        ErrorVariant::CustomError { .. } => &[],
    }
}

/// What is wrong with a sentence at a byte of its line that no word and no slot can hold.
pub fn in_sentence(file: FileId, start: usize, text: &str, at: usize) -> Diagnostic {
    let refused = Refused {
        file,
        start,
        text,
        rule: Rule::given_line,
        at,
        positives: &[Rule::phrase, Rule::EOI],
        tokens: tokens(text),
    };
    refused
        .marks()
        .or_else(|| refused.sign())
        .unwrap_or_else(|| refused.plain())
}

/// What is wrong with a sentence that holds signs of calculation, read as a comparison; `None` without such signs.
pub fn calculation(
    file: FileId,
    start: usize,
    text: &str,
    piece: &Piece<'_>,
) -> Option<Diagnostic> {
    let offset = piece.as_span().start();
    let body = piece.as_str();
    let calculates = tokens(body).iter().any(|token| {
        matches!(token.sort, Sort::Sign(sign) if operator(sign) || matches!(sign, '(' | ')'))
    });
    let error = Grammar::parse(Rule::comparison_alone, body)
        .err()
        .filter(|_| calculates)?;
    let at = offset + location(&error);
    let refused = Refused {
        file,
        start,
        text,
        rule: Rule::comparison_alone,
        at,
        positives: positives(&error),
        tokens: tokens(text),
    };
    refused.marks().or_else(|| refused.sign())
}

/// A line with parentheses nested too deep, or too long a calculation: it would be too much to read, for people too.
pub fn too_deep(file: FileId, start: usize, text: &str) -> Option<Diagnostic> {
    if !text
        .bytes()
        .any(|b| matches!(b, b'(' | b'*' | b'+' | b'/' | b'-') || b >= 0x80)
    {
        return None;
    }
    let (mut depth, mut operators) = (0_usize, 0_usize);
    for token in tokens(text) {
        match token.sort {
            Sort::Sign('(') => depth += 1,
            Sort::Sign(')') => depth = depth.saturating_sub(1),
            Sort::Sign(sign) if operator(sign) => operators += 1,
            _ => {}
        }
        if depth > DEEPEST || operators > LONGEST {
            let span = place(file, start + token.start, start + token.end());
            let fault = Diagnostic::new("R018", span, "This calculation is too long to follow")
                .saying(format!(
                    "more than {DEEPEST} parentheses inside each other, or {LONGEST} operations"
                ))
                .help("Compute a part of it first: let [part] be [a] * [b], and use [part] in the next line.");
            return Some(fault);
        }
    }
    None
}
