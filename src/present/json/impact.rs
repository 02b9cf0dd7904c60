//! The impact of a change as JSON. In: the impact; out: the view of the published schema.

use super::faults::FaultView;
use crate::bank::impact::Impact;
use crate::value::{Status, StatusSet};
use schemars::JsonSchema;
use serde::Serialize;

/// What a change of the rules changes.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ImpactFile {
    /// `fiducia/impact/1`.
    pub schema: &'static str,
    /// The old rules, as they were named.
    pub old: String,
    /// The new rules, as they were named.
    pub new: String,
    /// Cases judged under both.
    pub cases: usize,
    /// Cases of which nothing changes.
    pub same: usize,
    /// Whether a determined verdict changed: then the exit status is 1.
    pub grave: bool,
    /// How the rules differ.
    pub blocks: BlocksView,
    /// Verdicts that are others.
    pub verdicts: Vec<TurnedView>,
    /// Options whose outcomes are others.
    pub outcomes: Vec<DecidedView>,
    /// Cases that one side cannot judge.
    pub not_judged: Vec<NotJudgedView>,
    /// Faults of both sides.
    pub faults: Vec<FaultView>,
}

/// How the rules differ, block by block.
#[derive(Debug, Serialize, JsonSchema)]
pub struct BlocksView {
    /// Only in the old.
    pub removed: Vec<String>,
    /// Only in the new.
    pub added: Vec<String>,
    /// In both, and written otherwise.
    pub changed: Vec<String>,
}

/// A verdict that is another.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TurnedView {
    /// The case.
    pub case: String,
    /// Its option or supposition.
    pub branch: Option<String>,
    /// The duty, ideal or concern.
    pub norm: String,
    /// Its parties.
    pub of: Vec<String>,
    /// The statuses possible before.
    pub before: Vec<&'static str>,
    /// The statuses possible now.
    pub after: Vec<&'static str>,
    /// Whether it was determined before.
    pub was_determined: bool,
    /// Blocks by which it was so, and no longer is.
    pub no_longer_by: Vec<String>,
    /// Blocks by which it is so now.
    pub now_by: Vec<String>,
}

/// An option whose outcome is another.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DecidedView {
    /// The case.
    pub case: String,
    /// The option.
    pub option: String,
    /// Before.
    pub before: &'static str,
    /// Now.
    pub after: &'static str,
}

/// A case that one side cannot judge.
#[derive(Debug, Serialize, JsonSchema)]
pub struct NotJudgedView {
    /// The case.
    pub case: String,
    /// `old` or `new`.
    pub by: &'static str,
}

/// The view.
#[must_use]
pub fn impact(impact: &Impact, names: [&str; 2], faults: Vec<FaultView>) -> ImpactFile {
    let words = |set: StatusSet| set.iter().map(Status::word).collect();
    let verdicts = impact.verdicts.iter().map(|turned| TurnedView {
        case: turned.case.clone(),
        branch: turned.branch.clone(),
        norm: turned.norm.clone(),
        of: turned.of.clone(),
        before: words(turned.before),
        after: words(turned.after),
        was_determined: turned.was_determined(),
        no_longer_by: turned.gone.clone(),
        now_by: turned.come.clone(),
    });
    let outcomes = impact.outcomes.iter().map(|decided| DecidedView {
        case: decided.case.clone(),
        option: decided.option.clone(),
        before: decided.before.word(),
        after: decided.after.word(),
    });
    let not_judged = impact.not_judged.iter().map(|(case, new)| NotJudgedView {
        case: case.clone(),
        by: if *new { "new" } else { "old" },
    });
    ImpactFile {
        schema: "fiducia/impact/1",
        old: names[0].to_owned(),
        new: names[1].to_owned(),
        cases: impact.cases,
        same: impact.same,
        grave: impact.is_grave(),
        blocks: BlocksView {
            removed: impact.blocks.removed.clone(),
            added: impact.blocks.added.clone(),
            changed: impact.blocks.changed.clone(),
        },
        verdicts: verdicts.collect(),
        outcomes: outcomes.collect(),
        not_judged: not_judged.collect(),
        faults,
    }
}
