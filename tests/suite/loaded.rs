//! A text read and checked. In: a rulebook and its cases as text; out: the checked rulebook and cases, or the faults.

use fiducia::check;
use fiducia::rulebook::{Case, Record, Rulebook};
use fiducia::text::{Diagnostic, FileId, Severity};

/// What a text holds.
pub struct Loaded {
    pub book: Rulebook,
    pub cases: Vec<Case>,
}

/// Reads and checks a text.
///
/// # Errors
/// Every error, each with the words it stands on.
pub fn load(text: &str) -> Result<Loaded, Vec<String>> {
    let (file, mut faults) = fiducia::syntax::read(FileId(0), text);
    let (book, more) = check::rulebook(&[("random".to_owned(), FileId(0), &file)]);
    faults.extend(more);
    let Some(book) = book.filter(|_| errors(text, &faults).is_empty()) else {
        return Err(errors(text, &faults));
    };
    let (cases, more) = check::cases(&book, &file);
    let told = errors(text, &more);
    if told.is_empty() {
        Ok(Loaded { book, cases })
    } else {
        Err(told)
    }
}

fn errors(text: &str, faults: &[Diagnostic]) -> Vec<String> {
    let errors = faults.iter().filter(|f| f.severity == Severity::Error);
    let told = errors.map(|fault| {
        let place = fault.labels.first().map(|label| label.span);
        let words = place.and_then(|span| text.get(span.start as usize..span.end as usize));
        format!(
            "{}: {} ({:?})",
            fault.code,
            fault.message,
            words.unwrap_or("")
        )
    });
    told.collect()
}

/// The records of a case: itself, and under each option or supposition.
pub fn records(book: &Rulebook, case: &Case) -> Vec<Record> {
    let alone = case.record(&book.vocabulary, None, None);
    let under = case.branches.iter().enumerate().map(|(at, branch)| {
        let (suppose, option) = if branch.option {
            (None, Some(at))
        } else {
            (Some(at), None)
        };
        case.record(&book.vocabulary, suppose, option)
    });
    [alone].into_iter().chain(under).collect()
}
