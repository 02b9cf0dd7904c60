//! The same for programs: view types, and the only `Serialize` of this room. In: diagnostics, rulebooks; out: JSON whose
//! keys are only ever added to.

mod certificate;
mod contrast;
mod coverage;
mod deep;
mod explanation;
mod faults;
mod fmt;
mod impact;
mod interview;
mod judgement;
mod judgement_view;
mod lines;
mod precedents;
mod query;
mod questions;
mod rulebook;
mod schemas;
mod test;
mod vocabulary;

pub use certificate::{CertificateFile, VerifiedFile, certificate, verified};
pub use contrast::{ComparedFile, WhatIfFile, compared, what_if, what_if_world};
pub use coverage::{CoverageFile, coverage};
pub use deep::{DeepFile, deep_search};
pub use explanation::{ExplanationFile, explanation};
pub use faults::{Checked, Counts, FaultView, PlaceView, faults};
pub use fmt::{FormattedView, formatted};
pub use impact::{ImpactFile, impact};
pub use interview::{
    InterviewEvent, interview_answer, interview_end, interview_note, interview_question,
};
pub use judgement::{judgement, judgement_schema};
pub use judgement_view::JudgementFile;
pub use lines::{AuditLine, CaseLine, audit_line_schema, case_line_schema};
pub use precedents::{PrecedentsFile, precedents};
pub use query::{AnswerView, QueryView, query};
pub use questions::{
    ComplyingFile, SettlingFile, WhyNotFile, complying, complying_world, settling, settling_world,
    why_not, why_not_world,
};
pub use rulebook::{RulebookPage, rulebook};
pub use schemas::{question_schemas, rulework_schemas};
pub use test::{ExpectationView, TestView, test};
pub use vocabulary::{SentenceView, VocabularyView, vocabulary};

/// The value as indented JSON with a line end.
///
/// # Errors
/// Never for the types of this room; kept so that nothing is unwrapped.
pub fn text(value: &impl serde::Serialize) -> serde_json::Result<String> {
    let mut text = serde_json::to_string_pretty(value)?;
    text.push('\n');
    Ok(text)
}

/// The value as JSON on one line.
///
/// # Errors
/// Never for the types of this room; kept so that nothing is unwrapped.
pub fn line(value: &impl serde::Serialize) -> serde_json::Result<String> {
    serde_json::to_string(value)
}
