//! Results of expectations for programs. In: rows; out: view types.

use super::FaultView;
use crate::present::expectations::{Row, Totals};
use schemars::JsonSchema;
use serde::Serialize;

/// What `test --format json` gives.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TestView {
    /// `fiducia/test/1`.
    pub schema: &'static str,
    /// Cases judged.
    pub cases: usize,
    /// Cases that could not be.
    pub not_judged: Vec<String>,
    /// Expectations that fail.
    pub failed: usize,
    /// Every expectation, in order.
    pub expectations: Vec<ExpectationView>,
    /// Why something could not be judged.
    pub faults: Vec<FaultView>,
}

/// One expectation.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ExpectationView {
    /// The case.
    pub case: String,
    /// The option or supposition it was written under.
    pub branch: Option<String>,
    /// The file.
    pub file: Option<String>,
    /// The line.
    pub line: Option<usize>,
    /// What was expected, in its author's words.
    pub expected: String,
    /// Whether it holds.
    pub holds: bool,
    /// What is so instead.
    pub instead: Vec<String>,
    /// Why, in sentences.
    pub why: Vec<String>,
}

/// The results.
#[must_use]
pub fn test(
    rows: &[Row],
    totals: Totals,
    not_judged: &[String],
    faults: Vec<FaultView>,
) -> TestView {
    TestView {
        schema: "fiducia/test/1",
        cases: totals.cases,
        not_judged: not_judged.to_vec(),
        failed: totals.failed,
        expectations: rows
            .iter()
            .map(|row| ExpectationView {
                case: row.case.clone(),
                branch: row.branch.clone(),
                file: row.place.as_ref().map(|(file, _)| file.clone()),
                line: row.place.as_ref().map(|(_, line)| *line),
                expected: row.expected.clone(),
                holds: row.holds(),
                instead: row.instead.clone(),
                why: row.why.clone(),
            })
            .collect(),
        faults,
    }
}
