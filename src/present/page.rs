//! The page of a code: what the fault is, why it is one, what to do. In: an entry of the catalogue; out: Markdown that
//! also reads well as plain text. `docs/errors/` holds the same pages.

use super::wrap;
use crate::text::Severity;
use crate::text::catalogue::{Entry, entries, entry};
use std::fmt::Write;

const WIDTH: usize = 100;

/// The page of one code.
#[must_use]
pub fn fault(entry: &Entry) -> String {
    let effect = match entry.severity {
        Severity::Error => "An error: nothing that rests on it is judged.",
        Severity::Warning => {
            "A warning: judging goes on. With `--deny warnings` it counts as an error."
        }
        Severity::Hint => "A hint: judging goes on.",
    };
    let mut page = format!("# {}: {}\n\n{effect}\n", entry.code, entry.title);
    for paragraph in paragraphs(entry.cause) {
        let _ = write!(page, "\n{}\n", wrap(&paragraph, WIDTH, 0));
    }
    page.push_str("\n## What to do\n");
    for paragraph in paragraphs(entry.remedy) {
        let _ = write!(page, "\n{}\n", wrap(&paragraph, WIDTH, 0));
    }
    if !entry.example.trim().is_empty() {
        let _ = write!(
            page,
            "\n## Example\n\n```fid\n{}\n```\n",
            entry.example.trim_matches('\n')
        );
    }
    page
}

/// The page of a code, if there is one.
#[must_use]
pub fn of_code(code: &str) -> Option<String> {
    entry(code).map(fault)
}

/// Codes and titles, one a line.
#[must_use]
pub fn codes() -> String {
    entries()
        .map(|entry| format!("{}  {}\n", entry.code, entry.title))
        .collect()
}

/// The list of all codes, as a page.
#[must_use]
pub fn index() -> String {
    let mut page = String::from(
        "# Faults\n\nEvery fault that fiducia tells has a code and a page here; `fiducia help CODE` prints the page.\n\n\
         | code | | what |\n|---|---|---|\n",
    );
    for entry in entries() {
        let _ = writeln!(
            page,
            "| [{code}]({code}.md) | {} | {} |",
            entry.severity.word(),
            entry.title,
            code = entry.code
        );
    }
    page
}

fn paragraphs(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split("\n\n")
        .map(str::trim)
        .filter(|paragraph| !paragraph.is_empty())
        .map(str::to_owned)
}
