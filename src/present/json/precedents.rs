//! The cases of a bank that are most like one, for programs. In: precedents; out: view types.

use crate::present::questions::precedents::{Told, steps, verdicts};
use schemars::JsonSchema;
use serde::Serialize;

/// What `precedents --format json` gives.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PrecedentsFile {
    /// `fiducia/precedents/1`.
    pub schema: &'static str,
    /// The case asked about.
    pub case: String,
    /// How many of the bank were looked at.
    pub bank: usize,
    /// The most alike, first.
    pub precedents: Vec<PrecedentView>,
}

/// A case of the bank.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PrecedentView {
    /// Its name, with its option.
    pub case: String,
    /// Facts and steps that both share.
    pub shared: usize,
    /// Out of so many that either has.
    pub of: usize,
    /// Facts that both state.
    pub facts: Vec<String>,
    /// Steps that decided both.
    pub steps: Vec<String>,
    /// Who of it stands for whom of the case asked about.
    pub who: Vec<[String; 2]>,
    /// Facts that only the case asked about states.
    pub only_here: Vec<String>,
    /// Facts that only the other states.
    pub only_there: Vec<String>,
    /// Verdicts that differ.
    pub verdicts: Vec<String>,
}

/// The cases that are most like one.
#[must_use]
pub fn precedents(case: &str, bank: usize, all: &[Told<'_>]) -> PrecedentsFile {
    let view = |told: &Told<'_>| {
        let words = &told.words;
        let (shared, of) = told.precedent.likeness();
        PrecedentView {
            case: told.name.clone(),
            shared,
            of,
            facts: told
                .precedent
                .facts
                .iter()
                .map(|line| words.stated(line))
                .collect(),
            steps: steps(words, told.precedent),
            who: told
                .pairs
                .iter()
                .map(|(theirs, ours)| [theirs.clone(), ours.clone()])
                .collect(),
            only_here: told
                .comparison
                .only_first
                .iter()
                .map(|line| words.stated(line))
                .collect(),
            only_there: told
                .comparison
                .only_second
                .iter()
                .map(|line| words.stated(line))
                .collect(),
            verdicts: verdicts(words, told.comparison),
        }
    };
    PrecedentsFile {
        schema: "fiducia/precedents/1",
        case: case.to_owned(),
        bank,
        precedents: all.iter().map(view).collect(),
    }
}
