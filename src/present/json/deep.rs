//! What was found in a rulebook by looking for small cases, as JSON. In: findings; out: the view of the published schema.

use super::faults::FaultView;
use crate::bank::deep::{Deep, Finding};
use crate::present::{deep, sample};
use crate::rulebook::Rulebook;
use schemars::JsonSchema;
use serde::Serialize;

/// What was found.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DeepFile {
    /// `fiducia/deep/1`.
    pub schema: &'static str,
    /// One for each rulebook looked through.
    pub rulebooks: Vec<DeepView>,
    /// Faults of reading.
    pub faults: Vec<FaultView>,
}

/// One rulebook.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DeepView {
    /// Its name.
    pub rulebook: String,
    /// Its version.
    pub version: String,
    /// Blocks looked at.
    pub blocks: usize,
    /// Pairs of duties that want opposite things of one act.
    pub pairs: usize,
    /// Small cases judged.
    pub judged: usize,
    /// Whether the time was over before all was looked at.
    pub out_of_time: bool,
    /// What was found.
    pub findings: Vec<FindingView>,
}

/// A finding.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FindingView {
    /// `never fires`, `never arises`, `never broken`, `excludes its duty`, `never holds`, `never outranks`, `conflict` or
    /// `never differ`.
    pub kind: &'static str,
    /// What it is about.
    pub about: String,
    /// What was found.
    pub says: String,
    /// The case it rests on, in the language.
    pub case: Option<String>,
}

/// The view.
#[must_use]
pub fn deep_search(all: &[(&Rulebook, Deep)], faults: Vec<FaultView>) -> DeepFile {
    let rulebooks = all.iter().map(|(book, own)| DeepView {
        rulebook: book.name.clone(),
        version: book.version.clone(),
        blocks: own.blocks,
        pairs: own.pairs,
        judged: own.judged,
        out_of_time: own.out_of_time,
        findings: own.findings.iter().map(|one| finding(book, one)).collect(),
    });
    DeepFile {
        schema: "fiducia/deep/1",
        rulebooks: rulebooks.collect(),
        faults,
    }
}

fn finding(book: &Rulebook, finding: &Finding) -> FindingView {
    let (about, says, case) = deep::told(book, finding);
    let kind = match finding {
        Finding::NeverFires(_) => "never fires",
        Finding::NeverArises(_) => "never arises",
        Finding::NeverBroken(..) => "never broken",
        Finding::ExcludesDuty(..) => "excludes its duty",
        Finding::NeverHolds(_) => "never holds",
        Finding::NeverOutranks(_) => "never outranks",
        Finding::Conflict(..) => "conflict",
        Finding::NeverDiffer { .. } => "never differ",
    };
    FindingView {
        kind,
        case: case.map(|case| sample::text(book, case, &about)),
        about,
        says,
    }
}
