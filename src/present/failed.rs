//! Why an expectation fails: on what the verdict turns that came out instead. In: a judged case and an expectation; out: lines.
//! Knows no layout.

use super::document::{Entry, Item};
use super::explanation::{Explaining, sentence_entry, unengaged_entry};
use super::telling::Telling;
use crate::explain::{CaseJudged, WorldJudged, matching};
use crate::rulebook::{Expected, NormPattern};
use crate::value::{NormSort, Status, StatusSet};

/// So many instances are told.
const MOST_TOLD: usize = 2;

/// How many rules deep a sentence is told.
const DEPTH: usize = 1;

/// Why what was expected is not so, in lines; empty where the answer says it all.
#[must_use]
pub fn why(judged: &CaseJudged<'_>, branch: Option<usize>, expected: &Expected) -> Vec<String> {
    let worlds = judged.worlds.iter();
    let Some(world) = worlds
        .filter(|world| world.is_judged())
        .find(|world| world.option.or(world.suppose) == branch)
    else {
        return Vec::new();
    };
    match expected {
        Expected::Statuses { pattern, .. } => of_norm(judged, world, pattern),
        Expected::Truth {
            sentence, values, ..
        } => {
            let how = Explaining {
                depth: DEPTH,
                proof: 1,
            };
            let entry = sentence_entry(judged, world, *sentence, values, how);
            lines(&entry)
        }
        Expected::Outcome { option, .. } => of_option(judged, option),
        Expected::Dilemma(..) => Vec::new(),
    }
}

fn of_norm(judged: &CaseJudged<'_>, world: &WorldJudged<'_>, pattern: &NormPattern) -> Vec<String> {
    let matched = matching(world, Some(pattern)).verdicts;
    if matched.is_empty() {
        return lines(&unengaged_entry(judged, world, pattern, DEPTH));
    }
    let mut told = Vec::new();
    for at in matched.into_iter().take(MOST_TOLD) {
        let mut telling = Telling::new(judged.book, judged.case, world, None);
        let verdict = telling.verdict(at);
        let mut entry = Entry::default();
        entry.field(
            "because",
            telling.because(at).into_iter().map(Item::of).collect(),
        );
        for (label, items) in telling.acting(at) {
            entry.field(&label, items);
        }
        let kept = StatusSet::only(Status::Fulfilled);
        if judged.book.norms[verdict.norm].sort == NormSort::Duty && verdict.statuses != kept {
            let exceptions = telling.exceptions(verdict, telling.grounds(at));
            entry.field("exceptions", exceptions);
        }
        told.extend(lines(&entry));
    }
    told
}

/// The duties that are or may be violated in an option.
fn of_option(judged: &CaseJudged<'_>, option: &str) -> Vec<String> {
    let worlds = judged.worlds.iter().filter(|world| world.suppose.is_none());
    let mut own = worlds.filter(|world| {
        world
            .option
            .is_some_and(|at| judged.case.branches[at].name == option)
    });
    let Some(world) = own.next() else {
        return Vec::new();
    };
    let telling = Telling::new(judged.book, judged.case, world, None);
    let verdicts = world.judged.verdicts().iter().enumerate();
    verdicts
        .filter(|(_, verdict)| verdict.statuses.has(Status::Violated))
        .map(|(at, verdict)| {
            let statuses = super::wording::statuses(verdict.statuses);
            format!("{}: {statuses}", telling.named(at))
        })
        .collect()
}

/// The items of an entry, a line each, with the label where it changes.
fn lines(entry: &Entry) -> Vec<String> {
    let mut lines = Vec::new();
    for field in &entry.fields {
        for (at, item) in field.items.iter().enumerate() {
            let lead = match at {
                0 if !field.label.is_empty()
                    && !matches!(field.label.as_str(), "because" | "since") =>
                {
                    format!("{}: ", field.label)
                }
                _ => String::new(),
            };
            let mark = match item.mark.as_str() {
                "" => String::new(),
                mark => format!(" ({mark})"),
            };
            lines.push(format!("{lead}{}{mark}", item.text));
        }
    }
    lines
}
