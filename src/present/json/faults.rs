//! Faults for programs. In: diagnostics and files; out: view types with places in lines and characters, and in bytes.

use crate::text::{Diagnostic, Label, SourceMap, Span, catalogue};
use schemars::JsonSchema;
use serde::Serialize;

/// What `check --format json` gives.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Checked {
    /// `fiducia/check/1`.
    pub schema: &'static str,
    /// Files.
    pub files: Counts,
    /// Declared sentences.
    pub sentences: Counts,
    /// Rules, duties, ideals, concerns, exemptions, excuses, priorities.
    pub rules: Counts,
    /// Cases.
    pub cases: Counts,
    /// Every fault, by file and place.
    pub faults: Vec<FaultView>,
}

/// How many, and how many without an error.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Counts {
    /// All.
    pub all: usize,
    /// Those without an error.
    pub fine: usize,
}

/// One fault.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FaultView {
    /// A code of the catalogue.
    pub code: String,
    /// `error`, `warning` or `hint`.
    #[schemars(extend("enum" = ["error", "warning", "hint"]))]
    pub severity: &'static str,
    /// What faults of this code have in common.
    pub title: &'static str,
    /// What was read and what is wrong with it.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// The nearest declared wordings, best first.
    pub suggestions: Vec<String>,
    /// Where; the first is the place of the fault. Empty where a whole file is meant.
    pub places: Vec<PlaceView>,
}

/// A place in a file.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PlaceView {
    /// The file's name as shown.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// Line of the end.
    pub end_line: usize,
    /// Column of the end, one past the last character.
    pub end_column: usize,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// What is said there.
    pub text: String,
}

/// The faults, in order.
#[must_use]
pub fn faults(sources: &SourceMap, faults: &[Diagnostic]) -> Vec<FaultView> {
    faults
        .iter()
        .map(|fault| FaultView {
            code: fault.code.to_owned(),
            severity: fault.severity.word(),
            title: catalogue::entry(fault.code).map_or("", |entry| entry.title),
            message: fault.message.clone(),
            help: fault.help.clone(),
            suggestions: fault.suggestions.clone(),
            places: fault
                .labels
                .iter()
                .map(|label| place(sources, label))
                .collect(),
        })
        .collect()
}

fn place(sources: &SourceMap, label: &Label) -> PlaceView {
    let Span { file, start, end } = label.span;
    let (line, column) = sources.line_column(label.span);
    let (end_line, end_column) = sources.line_column(Span {
        file,
        start: end,
        end,
    });
    PlaceView {
        file: sources.get(file).name.clone(),
        line,
        column,
        end_line,
        end_column,
        start,
        end,
        text: label.text.clone(),
    }
}
