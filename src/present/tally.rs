//! What a stream of cases came to, in a few lines. In: counts; out: text.

use crate::bank::audit::Tally;
use crate::rulebook::Rulebook;
use std::fmt::Write;

/// The counts, a norm a line, in the order of the rulebook.
#[must_use]
pub fn text(book: &Rulebook, tally: &Tally) -> String {
    let mut out = String::new();
    let (cases, judgements) = (
        counted(tally.cases, "case"),
        counted(tally.judgements, "judgement"),
    );
    // Writing to a string cannot fail.
    let _ = writeln!(
        out,
        "{cases} judged ({judgements}), {} refused.",
        counted(tally.refused, "line")
    );
    if tally.slips > 0 {
        let _ = writeln!(
            out,
            "{} of names that differ by one letter.",
            counted(tally.slips, "pair")
        );
    }
    let mut last = None;
    for ((norm, statuses), count) in &tally.statuses {
        if last != Some(*norm) {
            let (sort, name) = (book.norms[*norm].sort.word(), &book.norms[*norm].name);
            let _ = write!(
                out,
                "{}{sort} \"{name}\": ",
                if last.is_some() { "\n" } else { "" }
            );
        } else {
            out.push_str(", ");
        }
        last = Some(*norm);
        let words: Vec<&str> = statuses.iter().map(crate::value::Status::word).collect();
        let _ = write!(out, "{count} {}", words.join(" or "));
    }
    if last.is_some() {
        out.push('\n');
    }
    out
}

/// What is said of a stream that was stopped after a line.
#[must_use]
pub fn stopped(line: u64) -> String {
    format!("Stopped after line {line}; --resume {line} goes on.\n")
}

/// Lines that are no cases: the number, the code and what is wrong.
#[must_use]
pub fn refused(lines: &[(u64, &'static str, String)]) -> String {
    let mut out = String::new();
    for (number, code, message) in lines {
        let _ = writeln!(out, "line {number}: error[{code}]: {message}");
    }
    out
}

/// A count with its word.
fn counted(count: u64, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}
