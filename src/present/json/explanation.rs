//! An explanation for programs: the page as it is told, part by part. In: a judged case and what is asked; out: view types.

use super::faults::FaultView;
use crate::explain::CaseJudged;
use crate::present::document::{Document, Section};
use crate::present::{Explaining, explanation_pages};
use crate::rulebook::Target;
use schemars::JsonSchema;
use serde::Serialize;

/// What `explain --format json` gives.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ExplanationFile {
    /// `fiducia/explanation/1`.
    pub schema: &'static str,
    /// One page for each case, option and supposition.
    pub pages: Vec<PageView>,
    /// What stopped a rulebook or a case.
    pub faults: Vec<FaultView>,
}

/// A page.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PageView {
    /// The case.
    pub case: String,
    /// Its title, with the option or supposition.
    pub title: String,
    /// What is said before everything else.
    pub summary: Vec<String>,
    /// Its parts.
    pub sections: Vec<SectionView>,
}

/// A part of a page.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SectionView {
    /// Its name: the statuses, or `why`.
    pub title: String,
    /// What stands in it.
    pub entries: Vec<EntryView>,
}

/// An entry.
#[derive(Debug, Serialize, JsonSchema)]
pub struct EntryView {
    /// What is explained.
    pub about: String,
    /// Labelled lists of lines.
    pub fields: Vec<FieldView>,
}

/// A labelled list.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FieldView {
    /// `assumes`, `because`, `exceptions`, …; empty where it goes on.
    pub label: String,
    /// Its lines.
    pub lines: Vec<LineView>,
}

/// A line.
#[derive(Debug, Serialize, JsonSchema)]
pub struct LineView {
    /// How many steps below the conclusion it stands.
    pub depth: usize,
    /// What it says.
    pub text: String,
    /// How it stands on record: `stated`, `rule "…"`, `so taken as false`, …
    pub standing: String,
}

/// Explanations of several cases.
#[must_use]
pub fn explanation(
    judged: &[(&CaseJudged<'_>, Option<&Target>)],
    how: Explaining,
    faults: Vec<FaultView>,
) -> ExplanationFile {
    let mut pages = Vec::new();
    for (case, target) in judged {
        for page in explanation_pages(case, *target, how) {
            pages.push(view(&case.case.name, page));
        }
    }
    ExplanationFile {
        schema: "fiducia/explanation/1",
        pages,
        faults,
    }
}

fn view(case: &str, page: Document) -> PageView {
    PageView {
        case: case.to_owned(),
        title: page.title,
        summary: page.summary,
        sections: page.sections.into_iter().map(section).collect(),
    }
}

fn section(section: Section) -> SectionView {
    SectionView {
        title: section.title,
        entries: section
            .entries
            .into_iter()
            .map(|entry| EntryView {
                about: entry.head,
                fields: entry
                    .fields
                    .into_iter()
                    .map(|field| FieldView {
                        label: field.label,
                        lines: field
                            .items
                            .into_iter()
                            .map(|item| LineView {
                                depth: item.indent,
                                text: item.text,
                                standing: item.mark,
                            })
                            .collect(),
                    })
                    .collect(),
            })
            .collect(),
    }
}
