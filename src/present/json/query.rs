//! Answers of a query for programs. In: rows; out: view types.

use super::FaultView;
use crate::present::query::Answer;
use schemars::JsonSchema;
use serde::Serialize;

/// What `query --format json` gives.
#[derive(Debug, Serialize, JsonSchema)]
pub struct QueryView {
    /// `fiducia/query/1`.
    pub schema: &'static str,
    /// The answers, by case.
    pub answers: Vec<AnswerView>,
    /// Cases that could not be judged.
    pub not_judged: Vec<String>,
    /// Why.
    pub faults: Vec<FaultView>,
}

/// One answer.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AnswerView {
    /// The case.
    pub case: String,
    /// The option.
    pub option: Option<String>,
    /// The supposition.
    pub suppose: Option<String>,
    /// What the slots asked for hold.
    pub values: Vec<SlotValue>,
    /// `true` or `unknown`.
    pub truth: &'static str,
    /// Why it holds, in sentences; with `--why`.
    pub because: Vec<String>,
}

/// What a slot holds.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SlotValue {
    /// Its name.
    pub slot: String,
    /// What it holds.
    pub value: String,
}

/// The answers.
#[must_use]
pub fn query(answers: &[Answer], not_judged: Vec<String>, faults: Vec<FaultView>) -> QueryView {
    QueryView {
        schema: "fiducia/query/1",
        answers: answers
            .iter()
            .map(|answer| AnswerView {
                case: answer.case.clone(),
                option: answer.option.clone(),
                suppose: answer.suppose.clone(),
                values: answer
                    .slots
                    .iter()
                    .zip(&answer.values)
                    .map(|(slot, value)| SlotValue {
                        slot: slot.clone(),
                        value: value.clone(),
                    })
                    .collect(),
                truth: if answer.sure { "true" } else { "unknown" },
                because: answer
                    .because
                    .iter()
                    .map(|item| match item.mark.as_str() {
                        "" => item.text.clone(),
                        mark => format!("{} ({mark})", item.text),
                    })
                    .collect(),
            })
            .collect(),
        not_judged,
        faults,
    }
}
