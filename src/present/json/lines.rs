//! The lines an audit reads and writes, as schemas. In: nothing; out: the schemas that are published. The lines themselves
//! are read by `check` and written by `bank`, as bytes; tests hold both against these types.

use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// A case on one line, as `fiducia audit` reads it and `fiducia convert` writes it. Sentences or tables, or both. Whoever is
/// not cast has the kinds of the slots in which the name stands.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CaseLine {
    /// Its name.
    case: String,
    /// What happened, in words for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    story: Option<String>,
    /// Who and what: for each kind, the names.
    #[serde(skip_serializing_if = "Option::is_none")]
    cast: Option<BTreeMap<String, Vec<String>>>,
    #[serde(flatten)]
    stated: StatedLine,
    /// Options, by name.
    #[serde(skip_serializing_if = "Option::is_none")]
    options: Option<BTreeMap<String, BranchLine>>,
    /// Suppositions, by name.
    #[serde(skip_serializing_if = "Option::is_none")]
    suppositions: Option<BTreeMap<String, BranchLine>>,
}

/// An option or a supposition: what it states in place of what the case states.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct BranchLine {
    /// What happens, in words for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    story: Option<String>,
    #[serde(flatten)]
    stated: StatedLine,
}

#[derive(Debug, Serialize, JsonSchema)]
struct StatedLine {
    /// Sentences that hold, as people write them: `[Dr Osei] performs [biopsy] on [Mr Lind]`.
    #[serde(skip_serializing_if = "Option::is_none")]
    given: Option<Vec<String>>,
    /// What holds, in tables by sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    facts: Option<Stated>,
    /// What does not hold.
    #[serde(rename = "false", skip_serializing_if = "Option::is_none")]
    fails: Option<Stated>,
    /// What is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    unknown: Option<Stated>,
    /// Expectations, as in a file; an audit does not hold the case against them.
    #[serde(skip_serializing_if = "Option::is_none")]
    expect: Option<Vec<String>>,
}

/// Sentences, or tables by sentence: `{"_ performs _ on _": [["Dr Osei", "biopsy", "Mr Lind"]]}`.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "nothing but a schema is made of it")]
enum Stated {
    /// Sentences as people write them.
    Sentences(Vec<String>),
    /// For each sentence, its slots blanked by `_`, rows with a value for each slot in the order of the words.
    Tables(BTreeMap<String, Vec<Vec<Cell>>>),
}

/// A value in a table.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "nothing but a schema is made of it")]
enum Cell {
    /// A name, a listed value, or a number as text (`"20%"`, `"1/3"`).
    Text(String),
    /// A number; it is read as it is written, exactly.
    Number(serde_json::Number),
    /// A number that is not known.
    Unknown(()),
}

/// A line that `fiducia audit --format ndjson` writes: a judgement, or what stands in place of a line that was refused.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum AuditLine {
    /// A judgement; a case with options has several.
    Judgement(JudgementLine),
    /// A line that was refused.
    Refused(RefusedLine),
}

/// A judgement.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct JudgementLine {
    /// The number of the input's line, from 1.
    line: u64,
    /// The case's name.
    case: String,
    /// The option judged.
    option: Option<String>,
    /// The supposition judged.
    suppose: Option<String>,
    /// What the option comes to among the others: permissible and so on; null with `--only` and for what is no option.
    outcome: Option<String>,
    /// Duties that are or may be engaged and on which something stated bears; with `--all`, all that may be engaged.
    duties: Vec<DutyLine>,
    /// The same of ideals.
    ideals: Vec<IdealLine>,
    /// The same of concerns.
    concerns: Vec<ConcernLine>,
    /// Findings that hold or may hold.
    findings: Vec<FindingLine>,
    /// With `--check-names`: pairs of names that differ by one letter.
    #[serde(skip_serializing_if = "Option::is_none")]
    names: Option<Vec<(String, String)>>,
}

/// A duty on one instance.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct DutyLine {
    /// Its name.
    duty: String,
    /// By whom.
    owed_by: Option<String>,
    /// To whom.
    owed_to: Option<String>,
    /// About what.
    about: Option<String>,
    /// Toward whom.
    toward: Option<String>,
    /// The statuses still possible.
    statuses: Vec<String>,
    /// Its named parts.
    parts: Vec<PartLine>,
    /// The exemptions, excuses and priorities behind the statuses.
    by: Vec<String>,
    /// With `--explain`.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<Vec<StepLine>>,
}

/// An ideal on one instance.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct IdealLine {
    /// Its name.
    ideal: String,
    /// For whom.
    #[serde(rename = "for")]
    whom: Option<String>,
    /// Toward whom.
    toward: Option<String>,
    /// About what.
    about: Option<String>,
    /// The statuses still possible.
    statuses: Vec<String>,
    /// Its named parts.
    parts: Vec<PartLine>,
    /// With `--explain all`.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<Vec<StepLine>>,
}

/// A concern on one instance.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ConcernLine {
    /// Its name.
    concern: String,
    /// About whom.
    about: Option<String>,
    /// Toward whom.
    toward: Option<String>,
    /// The statuses still possible.
    statuses: Vec<String>,
    /// With `--explain all`.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<Vec<StepLine>>,
}

/// A part.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct PartLine {
    /// Its name.
    part: String,
    /// The statuses still possible.
    statuses: Vec<String>,
    /// What is behind them.
    by: Vec<String>,
}

/// A finding.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct FindingLine {
    /// What was found, in the words of the rulebook.
    sentence: String,
    /// `true` or `unknown`.
    truth: String,
    /// With `--explain all`.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<Vec<StepLine>>,
}

/// A step: the first instance that gave a sentence.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct StepLine {
    /// What it comes to.
    says: String,
    /// The block that says so, by its name.
    by: String,
    /// Its lines, with what their slots hold.
    from: Vec<String>,
}

/// What stands in place of a line that was refused.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RefusedLine {
    /// The number of the input's line, from 1.
    line: u64,
    /// Why.
    error: ErrorLine,
}

/// Why a line was refused.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ErrorLine {
    /// The code of the fault; `fiducia help CODE` prints its page.
    code: String,
    /// What is wrong; with `--redact`, without a word of the case.
    message: String,
    /// Where in the line, in characters from 1, where that is known.
    column: Option<u64>,
}

/// The schema of a line that is read.
#[must_use]
pub fn case_line_schema() -> String {
    text(&schemars::schema_for!(CaseLine))
}

/// The schema of a line that is written.
#[must_use]
pub fn audit_line_schema() -> String {
    text(&schemars::schema_for!(AuditLine))
}

fn text(schema: &schemars::Schema) -> String {
    let mut text = serde_json::to_string_pretty(schema).unwrap_or_default();
    text.push('\n');
    text
}
