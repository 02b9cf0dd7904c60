//! What differs between two worlds, for programs. In: contrasts and comparisons; out: view types.

use super::faults::FaultView;
use super::questions::{InstanceView, branches, instance, words as status_words};
use crate::explain::Contrast;
use crate::present::questions::{Compared, Side, flip_words, rather, turn_lines};
use crate::present::wording::Words;
use schemars::JsonSchema;
use serde::Serialize;

/// What `whatif --format json` gives, and `compare --with-rules`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WhatIfFile {
    /// `fiducia/whatif/1`.
    pub schema: &'static str,
    /// One for each option and supposition.
    pub worlds: Vec<WhatIfWorld>,
    /// What stopped a rulebook or a case.
    pub faults: Vec<FaultView>,
}

/// One world of a case.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WhatIfWorld {
    /// The case.
    pub case: String,
    /// The option taken.
    pub option: Option<String>,
    /// The supposition made.
    pub suppose: Option<String>,
    /// What is supposed.
    pub supposed: Vec<String>,
    /// The verdicts that differ.
    pub differences: Vec<ContrastView>,
}

/// A verdict that differs.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ContrastView {
    /// Whose.
    pub verdict: InstanceView,
    /// The statuses before.
    pub before: Vec<&'static str>,
    /// The statuses after.
    pub after: Vec<&'static str>,
    /// What turned.
    pub turned: Vec<TurnedView>,
}

/// What turned.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TurnedView {
    /// In words.
    pub what: String,
    /// The lines that decide it.
    pub lines: Vec<String>,
}

/// What `compare --format json` gives for two options or two cases.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ComparedFile {
    /// `fiducia/compare/1`.
    pub schema: &'static str,
    /// The case.
    pub case: String,
    /// What the first side is called.
    pub first: String,
    /// What the second side is called.
    pub second: String,
    /// Which is better, and why.
    pub rather: Vec<String>,
    /// Who of the second case stands for whom of the first.
    pub who: Vec<StandsFor>,
    /// The verdicts that differ.
    pub differences: Vec<DifferenceView>,
    /// What only the first states.
    pub only_first: Vec<String>,
    /// What only the second states.
    pub only_second: Vec<String>,
}

/// Who stands for whom.
#[derive(Debug, Serialize, JsonSchema)]
pub struct StandsFor {
    /// Of the second case.
    pub second: String,
    /// Of the first.
    pub first: String,
}

/// A verdict that differs.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DifferenceView {
    /// Whose.
    pub verdict: InstanceView,
    /// Its statuses in the first.
    pub first: Vec<&'static str>,
    /// Its statuses in the second.
    pub second: Vec<&'static str>,
    /// The smallest sets of differing facts that flip it, as the second states them.
    pub turns_on: Vec<Vec<String>>,
}

/// One world of `whatif`.
#[must_use]
pub fn what_if_world(
    before: Side<'_>,
    after: Side<'_>,
    found: &[Contrast],
    supposed: &[String],
) -> WhatIfWorld {
    let [option, suppose] = branches(before.case, before.world);
    let differences = found
        .iter()
        .map(|one| {
            let side = if one.of_second { after } else { before };
            let words = Words::of(side.case.book, side.case.case);
            ContrastView {
                verdict: instance(&words, one.norm, &one.parties),
                before: status_words(one.before),
                after: status_words(one.after),
                turned: turn_lines(before, after, one)
                    .into_iter()
                    .map(|(what, lines)| TurnedView { what, lines })
                    .collect(),
            }
        })
        .collect();
    WhatIfWorld {
        case: before.case.case.name.clone(),
        option,
        suppose,
        supposed: supposed.to_vec(),
        differences,
    }
}

/// What `whatif` found.
#[must_use]
pub fn what_if(worlds: Vec<WhatIfWorld>, faults: Vec<FaultView>) -> WhatIfFile {
    WhatIfFile {
        schema: "fiducia/whatif/1",
        worlds,
        faults,
    }
}

/// What `compare` found.
#[must_use]
pub fn compared(all: &Compared<'_>) -> ComparedFile {
    let words = Words::of(all.first.case.book, all.first.case.case);
    let stated = |first: bool| {
        all.facts
            .iter()
            .filter_map(|fact| {
                if first {
                    fact.first.as_ref()
                } else {
                    fact.second.as_ref()
                }
            })
            .map(|line| words.stated(line))
            .collect()
    };
    ComparedFile {
        schema: "fiducia/compare/1",
        case: all.first.case.case.name.clone(),
        first: all.first_name.clone(),
        second: all.second_name.clone(),
        rather: rather(all),
        who: all
            .pairs
            .iter()
            .map(|(second, first)| StandsFor {
                second: second.clone(),
                first: first.clone(),
            })
            .collect(),
        differences: all
            .found
            .differences
            .iter()
            .enumerate()
            .map(|(at, one)| DifferenceView {
                verdict: instance(&words, one.norm, &one.parties),
                first: status_words(one.first),
                second: status_words(one.second),
                turns_on: flip_words(all, at),
            })
            .collect(),
        only_first: stated(true),
        only_second: stated(false),
    }
}
