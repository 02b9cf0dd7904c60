//! Reads what is said outside a file: a sentence in JSON, a condition of a query, the duty of `--duty`. In: one line of
//! text; out: its node, or the fault. The same reader as for files.

use crate::syntax::blocks::{RawLine, Shape};
use crate::syntax::grammar::Rule;
use crate::syntax::parse::Reader;
use crate::syntax::tree::{At, Condition, NormRef, NormWord, Phrase, Prefix, Trivia};
use crate::syntax::words::clean;
use crate::syntax::{expected, faults};
use crate::text::{Diagnostic, FileId, Span};

/// A sentence, with `it is not the case that` before it or not.
///
/// # Errors
/// What is wrong with it.
pub fn read_phrase(file: FileId, text: &str) -> Result<(Prefix, Phrase), Diagnostic> {
    let mut reader = reader(file, text);
    let said = reader
        .parse(Rule::phrase_alone, 0)
        .and_then(|line| line.into_inner().next())
        .and_then(|piece| reader.stated(piece));
    if let Some((_, phrase)) = &said
        && let Some(fault) = faults::comparison_stated(phrase)
    {
        reader.fault(fault);
    }
    finish(reader, said, Rule::phrase_alone)
}

/// A condition of one line: a sentence, a comparison, a verdict, a computed value.
///
/// # Errors
/// What is wrong with it; conditions with a list do not fit on one line.
pub fn read_condition(file: FileId, text: &str) -> Result<Condition, Diagnostic> {
    let mut reader = reader(file, text);
    let condition = reader
        .parse(Rule::query_line, 0)
        .and_then(|line| line.into_inner().next())
        .and_then(|piece| reader.condition_piece(piece));
    if let Some(condition) = &condition
        && !matches!(condition, Condition::Simple(_) | Condition::Let { .. })
    {
        let span = reader.whole(0);
        reader.fault(faults::no_list_here(span));
    }
    finish(reader, condition, Rule::query_line)
}

/// `duty "d" owed by [x] to [y]`, `any duty owed by [x]`, or a name, in quotes or not, with parties or without. A name
/// without `duty`, `ideal` or `concern` before it is given as a duty's, with an empty place for the word.
///
/// # Errors
/// What is wrong with it.
pub fn read_norm_ref(file: FileId, text: &str) -> Result<NormRef, Diagnostic> {
    let mut reader = reader(file, text);
    let line = reader.lines.first().map_or("", |line| line.text);
    let word = super::blocks::first_word(line);
    let quoted = line.starts_with(['"', '“', '„', '”']);
    let called = matches!(word, "duty" | "ideal" | "concern")
        && line[word.len()..]
            .trim_start()
            .starts_with(['"', '“', '„', '”']);
    if quoted || called || (line == "any duty" || line.starts_with("any duty ")) {
        let rule = if quoted {
            Rule::name_alone
        } else {
            Rule::norm_alone
        };
        let piece = reader.parse(rule, 0);
        let norm = match piece {
            Some(line) if quoted => Some(reader.norm_ref(line)),
            Some(line) => line.into_inner().next().map(|p| reader.norm_ref(p)),
            None => None,
        };
        return finish(reader, norm, rule);
    }
    bare(reader, line)
}

/// A name without quotes, and the parties behind it.
fn bare<'a>(mut reader: Reader<'a>, line: &'a str) -> Result<NormRef, Diagnostic> {
    let span = reader.whole(0);
    let cut = parties_start(line);
    let name = clean(&line[..cut]);
    if name.is_empty() {
        return Err(faults::empty_string(span));
    }
    let mut norm = NormRef {
        sort: At {
            node: NormWord::Duty,
            span: Span {
                end: span.start,
                ..span
            },
        },
        name: Some(At {
            node: name,
            span: reader.within(0, line[..cut].trim_end().len()),
        }),
        parties: Vec::new(),
        part: None,
        span,
    };
    if cut == line.len() {
        return Ok(norm);
    }
    let start = reader.lines.first().map_or(0, RawLine::start) + cut;
    reader.lines = vec![raw(&line[cut..], start)];
    if let Some(piece) = reader.parse(Rule::parties_alone, 0) {
        let rest = reader.norm_ref(piece);
        norm.parties = rest.parties;
        norm.part = rest.part;
    }
    finish(reader, Some(norm), Rule::norm_alone)
}

/// Where the first party begins: the words before the first bracket, without the role.
fn parties_start(line: &str) -> usize {
    let Some(bracket) = line.find('[') else {
        return line.len();
    };
    let before = line[..bracket].trim_end();
    ["owed by", "to", "about", "toward", "for"]
        .iter()
        .filter(|role| before.ends_with(*role))
        .map(|role| before.len() - role.len())
        .find(|at| before[..*at].ends_with(char::is_whitespace))
        .unwrap_or(bracket)
}

/// A reader of one line.
fn reader(file: FileId, text: &str) -> Reader<'_> {
    let body = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let start = text.len() - body.len();
    Reader::new(file, vec![raw(body.trim_end(), start)])
}

fn raw(text: &str, start: usize) -> RawLine<'_> {
    RawLine {
        text,
        start: u32::try_from(start).unwrap_or(u32::MAX),
        indent: 0,
        shape: Shape::Plain,
        word: 0,
        opener: None,
        trivia: Trivia::default(),
    }
}

/// What was read, or the first fault.
fn finish<T>(reader: Reader<'_>, node: Option<T>, rule: Rule) -> Result<T, Diagnostic> {
    let span = reader.whole(0);
    match (reader.faults.into_iter().next(), node) {
        (Some(fault), _) => Err(fault),
        (None, Some(node)) => Ok(node),
        (None, None) => Err(Diagnostic::new("R001", span, "I cannot read this")
            .help(format!("It looks like this: {}", expected::example(rule)))),
    }
}
