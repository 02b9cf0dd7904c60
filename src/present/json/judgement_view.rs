//! What programs are given of judged cases: the same parts as the report, under the same names. Keys may be added, none
//! renamed; `docs/schema/judgement.schema.json` is made from these types.

use super::faults::FaultView;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;

/// What a duty, or a part of one, can come to.
const DUTY: [&str; 6] = [
    "not engaged",
    "exempt",
    "fulfilled",
    "overridden",
    "excused",
    "violated",
];
/// What an ideal can come to.
const IDEAL: [&str; 3] = ["not engaged", "met", "falls short"];
/// What a concern can come to.
const CONCERN: [&str; 2] = ["not raised", "raised"];
/// What an option can come to.
const OUTCOME: [Option<&str>; 4] = [
    Some("permissible"),
    Some("impermissible"),
    Some("open"),
    None,
];
/// What a sentence can be.
const TRUTH: [&str; 3] = ["true", "false", "unknown"];

fn words_of(words: &[&str]) -> Schema {
    json_schema!({"type": "array", "items": {"type": "string", "enum": words}})
}

fn duty_statuses(_: &mut SchemaGenerator) -> Schema {
    words_of(&DUTY)
}

fn ideal_statuses(_: &mut SchemaGenerator) -> Schema {
    words_of(&IDEAL)
}

fn concern_statuses(_: &mut SchemaGenerator) -> Schema {
    words_of(&CONCERN)
}

/// Duties and ideals have parts.
fn part_statuses(_: &mut SchemaGenerator) -> Schema {
    let more = IDEAL.iter().filter(|status| !DUTY.contains(status));
    let all: Vec<&str> = DUTY.iter().chain(more).copied().collect();
    words_of(&all)
}

/// What `judge --format json` gives.
#[derive(Debug, Serialize, JsonSchema)]
pub struct JudgementFile {
    /// `fiducia/judgement/1`.
    #[schemars(extend("const" = "fiducia/judgement/1"))]
    pub schema: &'static str,
    /// One for each case, option and supposition that was judged and is shown.
    pub judgements: Vec<JudgementView>,
    /// Pairs of duties that cannot both be kept, with no priority between them.
    pub dilemmas: Vec<DilemmaView>,
    /// What stopped a rulebook or a case.
    pub faults: Vec<FaultView>,
}

/// One judged world of a case.
#[derive(Debug, Serialize, JsonSchema)]
pub struct JudgementView {
    /// The case.
    pub case: String,
    /// The option taken.
    pub option: Option<String>,
    /// The supposition made.
    pub suppose: Option<String>,
    /// By which rulebook.
    pub rulebook: RulebookView,
    /// `permissible`, `impermissible` or `open`; of an option only.
    #[schemars(extend("enum" = OUTCOME))]
    pub outcome: Option<&'static str>,
    /// Duties that are or may be engaged.
    pub duties: Vec<DutyView>,
    /// Ideals that apply or may apply.
    pub ideals: Vec<IdealView>,
    /// Concerns that are or may be raised.
    pub concerns: Vec<ConcernView>,
    /// Findings that hold or may hold.
    pub findings: Vec<FindingView>,
    /// Stated sentences that decide nothing.
    pub decides_nothing: Vec<String>,
    /// What was taken as so because nobody said otherwise.
    pub assumes: Vec<String>,
}

/// A rulebook.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RulebookView {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// SHA-256 over the canonical text of all modules.
    pub sha256: String,
}

/// A duty of somebody.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DutyView {
    /// Its name.
    pub duty: String,
    /// Who owes it.
    pub owed_by: String,
    /// To whom.
    pub owed_to: Option<String>,
    /// About what.
    pub about: Option<String>,
    /// Toward whom.
    pub toward: Option<String>,
    /// The statuses still possible; one where the verdict is determined.
    #[schemars(schema_with = "duty_statuses")]
    pub statuses: Vec<&'static str>,
    /// Its named parts.
    pub parts: Vec<PartView>,
    /// The exemptions, excuses and priorities behind its statuses.
    pub by: Vec<String>,
    /// Whether nothing the record states bears on it beyond that it is owed.
    pub silent: bool,
    /// Whether all that followed from its breach was done.
    pub repaired: bool,
    /// Whether it has one status whichever way the unknowns turn out.
    pub either_way: bool,
    /// That status.
    pub either_way_status: Option<&'static str>,
    /// Whether it is violated whatever is chosen, so that it does not count for the outcome.
    pub standing: bool,
    /// Its sources.
    pub cites: Vec<CiteView>,
    /// Why it is owed and on what it turns, in sentences.
    pub because: Vec<String>,
    /// The author's reasons for the duty.
    pub reasons: Vec<String>,
    /// The sentences on which it turns.
    pub turns_on: Vec<SentenceTruth>,
    /// Every exemption, excuse and priority that was considered.
    pub exceptions: Vec<ExceptionView>,
    /// The nearest changes that would have made it otherwise.
    pub otherwise: Vec<String>,
    /// What is not known and matters.
    pub questions: Vec<QuestionView>,
    /// What to do.
    pub advice: Option<String>,
}

/// A part of a duty or ideal.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PartView {
    /// Its name.
    pub part: String,
    /// The statuses still possible.
    #[schemars(schema_with = "part_statuses")]
    pub statuses: Vec<&'static str>,
    /// The exemptions, excuses and priorities behind them.
    pub by: Vec<String>,
}

/// A citation.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CiteView {
    /// The source's short name.
    pub source: String,
    /// What it is.
    pub title: String,
    /// Where in it; empty where the whole is meant.
    pub place: String,
    /// Where it is law.
    pub jurisdiction: Option<String>,
    /// How far to trust it.
    pub confidence: Option<String>,
}

/// A sentence with its truth.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SentenceTruth {
    /// The sentence as declared.
    pub sentence: String,
    /// `true`, `false` or `unknown`.
    #[schemars(extend("enum" = TRUTH))]
    pub truth: &'static str,
    /// How it stands: `stated`, `stipulated`, `not stated, taken as false`, …
    pub standing: String,
}

/// An exemption, excuse or priority that was considered.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ExceptionView {
    /// Its name.
    pub name: String,
    /// `exemption`, `excuse` or `priority`.
    #[schemars(extend("enum" = ["exemption", "excuse", "priority"]))]
    pub kind: &'static str,
    /// `true`, `false` or `unknown`.
    #[schemars(extend("enum" = TRUTH))]
    pub applies: &'static str,
    /// Every condition that fails.
    pub failed: Vec<String>,
    /// Every condition that is not known.
    pub unknown: Vec<String>,
}

/// A question.
#[derive(Debug, Serialize, JsonSchema)]
pub struct QuestionView {
    /// The sentence that is not known.
    pub sentence: String,
    /// The question.
    pub question: String,
    /// Whom to ask, or whose judgement it is.
    pub ask: Option<String>,
    /// The part it is about.
    pub part: Option<String>,
    /// The statuses left if it is so.
    pub if_true: Option<Vec<&'static str>>,
    /// The statuses left if it is not.
    pub if_false: Option<Vec<&'static str>>,
}

/// An ideal.
#[derive(Debug, Serialize, JsonSchema)]
pub struct IdealView {
    /// Its name.
    pub ideal: String,
    /// Whose.
    #[serde(rename = "for")]
    pub whose: String,
    /// Toward whom.
    pub toward: Option<String>,
    /// About what.
    pub about: Option<String>,
    /// The statuses still possible.
    #[schemars(schema_with = "ideal_statuses")]
    pub statuses: Vec<&'static str>,
    /// Its named parts.
    pub parts: Vec<PartView>,
    /// Whether nothing the record states bears on it.
    pub silent: bool,
    /// Its sources.
    pub cites: Vec<CiteView>,
}

/// A concern.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ConcernView {
    /// Its name.
    pub concern: String,
    /// About whom.
    pub about: String,
    /// Toward whom.
    pub toward: Option<String>,
    /// The statuses still possible.
    #[schemars(schema_with = "concern_statuses")]
    pub statuses: Vec<&'static str>,
    /// Whether nothing the record states bears on it.
    pub silent: bool,
    /// Its sources.
    pub cites: Vec<CiteView>,
}

/// A finding.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FindingView {
    /// The sentence.
    pub sentence: String,
    /// `true` or `unknown`.
    #[schemars(extend("enum" = ["true", "unknown"]))]
    pub truth: &'static str,
    /// Whether it is unknown and nothing the record states bears on it.
    pub silent: bool,
}

/// Two duties that cannot both be kept.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DilemmaView {
    /// The case.
    pub case: String,
    /// The two.
    pub duties: Vec<DutyNamed>,
    /// The options in which one of them is violated and the other not.
    pub options: Vec<String>,
}

/// A duty by its parties.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DutyNamed {
    /// Its name.
    pub duty: String,
    /// Who owes it.
    pub owed_by: String,
    /// To whom.
    pub owed_to: Option<String>,
    /// About what.
    pub about: Option<String>,
    /// Toward whom.
    pub toward: Option<String>,
}
