//! Coverage as JSON. In: coverage; out: the view of the published schema.

use super::faults::FaultView;
use crate::bank::coverage::{BlockCovered, BodyCovered, Coverage, Tried};
use crate::bank::sample::Sample;
use crate::plan::BlockId;
use crate::present::coverage::{block_words, body_words, line_words};
use crate::present::sample;
use crate::rulebook::Rulebook;
use crate::text::SourceMap;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// What the cases test.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CoverageFile {
    /// `fiducia/coverage/1`.
    pub schema: &'static str,
    /// One for each rulebook that judges a case.
    pub rulebooks: Vec<RulebookCovered>,
    /// Faults of reading and judging.
    pub faults: Vec<FaultView>,
}

/// What the cases test of one rulebook. Of every *tried*: true where it was met, false where it was not, null where it cannot be.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RulebookCovered {
    /// Its name.
    pub rulebook: String,
    /// Its version.
    pub version: String,
    /// SHA-256 over its canonical text.
    pub sha256: String,
    /// Cases judged.
    pub cases: usize,
    /// Their worlds: each case itself, its options and suppositions.
    pub worlds: usize,
    /// Cases that could not be judged.
    pub not_judged: Vec<String>,
    /// What was met.
    pub met: usize,
    /// What there is to meet.
    pub goals: usize,
    /// The same in whole percent, rounded down.
    pub percent: usize,
    /// Its blocks.
    pub blocks: Vec<BlockView>,
}

/// A rule, duty, ideal, concern, exemption, excuse or priority.
#[derive(Debug, Serialize, JsonSchema)]
pub struct BlockView {
    /// What it is called: `exemption "emergency" from "informed consent"`.
    pub block: String,
    /// Whether nothing is missed.
    pub whole: bool,
    /// Whether some verdict or finding hangs on it.
    pub decisive: Tried,
    /// Its bodies.
    pub bodies: Vec<BodyView>,
    /// Of a block that misses something, a case to write.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
}

/// A body.
#[derive(Debug, Serialize, JsonSchema)]
pub struct BodyView {
    /// Its head within its block: `arises if`; empty where the block has only one body.
    pub head: String,
    /// Whether it surely held.
    pub fired: Tried,
    /// Whether one line alone kept it from holding.
    pub blocked: Tried,
    /// Whether it was left open.
    pub unknown: Tried,
    /// Its conditions.
    pub conditions: Vec<ConditionView>,
}

/// A condition, tried where every other condition of its body holds.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ConditionView {
    /// As it was written.
    pub line: String,
    /// Whether it was true there.
    #[serde(rename = "true")]
    pub holds: Tried,
    /// Whether it was false there.
    #[serde(rename = "false")]
    pub fails: Tried,
    /// Whether it was unknown there.
    pub unknown: Tried,
}

/// The view.
#[must_use]
pub fn coverage(
    sources: &SourceMap,
    all: &[(&Rulebook, Coverage, BTreeMap<BlockId, Sample>)],
    faults: Vec<FaultView>,
) -> CoverageFile {
    let one = |(book, coverage, cases): &(&Rulebook, Coverage, BTreeMap<BlockId, Sample>)| {
        let (met, goals) = coverage.met();
        let blocks = coverage.blocks.iter();
        RulebookCovered {
            rulebook: book.name.clone(),
            version: book.version.clone(),
            sha256: book.sha256().to_owned(),
            cases: coverage.cases,
            worlds: coverage.worlds,
            not_judged: coverage.not_judged.clone(),
            met,
            goals,
            percent: coverage.percent(),
            blocks: blocks.map(|own| block(book, sources, own, cases)).collect(),
        }
    };
    CoverageFile {
        schema: "fiducia/coverage/1",
        rulebooks: all.iter().map(one).collect(),
        faults,
    }
}

fn block(
    book: &Rulebook,
    sources: &SourceMap,
    own: &BlockCovered,
    cases: &BTreeMap<BlockId, Sample>,
) -> BlockView {
    let body = |body: &BodyCovered| {
        let lines = body
            .lines
            .iter()
            .enumerate()
            .map(|(at, line)| ConditionView {
                line: line_words(book, sources, body.origin, at, line.span),
                holds: line.holds,
                fails: line.fails,
                unknown: line.unknown,
            });
        BodyView {
            head: body_words(book, body.origin),
            fired: body.fired,
            blocked: body.blocked,
            unknown: body.unknown,
            conditions: lines.collect(),
        }
    };
    BlockView {
        block: block_words(book, own.block),
        whole: own.is_whole(),
        decisive: own.decisive,
        bodies: own.bodies.iter().map(body).collect(),
        case: cases
            .get(&own.block)
            .map(|own_case| sample::text(book, &own_case.case, &block_words(book, own.block))),
    }
}
