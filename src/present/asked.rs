//! What a case asks of itself: `ask why`, `why not`, `what would settle`, `what would comply with`, `compare`. In: a judged case
//! and its questions; out: entries of the report. Knows no layout.

use super::document::{Entry, Item};
use super::explanation::{Explaining, sentence_entry, unengaged_entry};
use super::questions::{
    Asked, Compared, Side, complying_fields, difference, differing_facts, rather, sections,
    settling_fields,
};
use super::telling::Telling;
use super::wording::{capital, statuses};
use crate::explain::{
    CaseJudged, WorldJudged, compare, comply, differing, flipping, matching, right, settle,
    why_not_norm, why_not_values,
};
use crate::rulebook::{Ask, NormPattern, Target};

/// How deep an answer within a report goes.
const DEPTH: usize = 2;

/// The answers to what is asked in one world, or of the case as a whole.
#[must_use]
pub fn asked(judged: &CaseJudged<'_>, world: &WorldJudged<'_>, asks: &[Ask]) -> Vec<Entry> {
    asks.iter()
        .flat_map(|ask| answer(judged, world, ask))
        .collect()
}

fn answer(judged: &CaseJudged<'_>, world: &WorldJudged<'_>, ask: &Ask) -> Vec<Entry> {
    let how = Explaining {
        depth: DEPTH,
        proof: 1,
    };
    match ask {
        Ask::WhyNot(target) => why_not(judged, world, target),
        Ask::Why(target) => {
            let mut entries = match target {
                Target::Sentence { sentence, values } => {
                    let values: Vec<_> = values.iter().map(|value| Some(*value)).collect();
                    vec![sentence_entry(judged, world, *sentence, &values, how)]
                }
                Target::Norm(pattern) => why(judged, world, pattern),
            };
            for entry in &mut entries {
                entry.head = format!("Why: {}", entry.head);
            }
            entries
        }
        Ask::Settle(target) => of_norm(judged, world, target, &|telling, at| {
            let mut entry = Entry::of(format!("What would settle {}", telling.named(at)));
            let set = telling.verdict(at).statuses;
            if set.len() == 1 {
                entry.field(
                    "settled",
                    vec![Item::of(format!("it is {}", statuses(set)))],
                );
            } else {
                entry.fields = settling_fields(telling, &settle(&world.judged, at));
            }
            entry
        }),
        Ask::Comply(target) => of_norm(judged, world, target, &|telling, at| {
            let mut entry = Entry::of(format!("What would comply with {}", telling.named(at)));
            let verdict = telling.verdict(at);
            let sort = telling.book.norms[verdict.norm].sort;
            if verdict.statuses.within(right(sort)) {
                let words = format!("nothing need change: it is {}", statuses(verdict.statuses));
                entry.field("right", vec![Item::of(words)]);
            } else {
                entry.fields = complying_fields(telling, &comply(&world.judged, at));
            }
            entry
        }),
        Ask::Compare(first, second) => comparison(judged, first, second).into_iter().collect(),
    }
}

/// Why something is not so, nearest first.
fn why_not(judged: &CaseJudged<'_>, world: &WorldJudged<'_>, target: &Target) -> Vec<Entry> {
    let asked = match target {
        Target::Sentence { sentence, values } => {
            let (reading, ways) = why_not_values(world, *sentence, values);
            Asked::Sentence(reading, ways)
        }
        Target::Norm(pattern) => Asked::Statuses(why_not_norm(world, pattern, None)),
    };
    let mut entries = Vec::new();
    for (title, own) in sections(judged, world, &asked) {
        for mut entry in own {
            entry.number = None;
            entry.head = format!("{}: {}", capital(&title), entry.head);
            entries.push(entry);
        }
    }
    entries
}

fn why(judged: &CaseJudged<'_>, world: &WorldJudged<'_>, pattern: &NormPattern) -> Vec<Entry> {
    let matched = matching(world, Some(pattern)).verdicts;
    if matched.is_empty() {
        return vec![unengaged_entry(judged, world, pattern, DEPTH)];
    }
    matched
        .into_iter()
        .map(|at| {
            let mut telling = Telling::new(judged.book, judged.case, world, Some(DEPTH));
            let set = statuses(telling.verdict(at).statuses);
            let mut entry = telling.explained(at, 0);
            entry.number = None;
            entry.head = format!("{}: {set}", telling.heading(at));
            entry
        })
        .collect()
}

fn of_norm(
    judged: &CaseJudged<'_>,
    world: &WorldJudged<'_>,
    target: &Target,
    tell: &dyn Fn(&Telling<'_>, usize) -> Entry,
) -> Vec<Entry> {
    let Target::Norm(pattern) = target else {
        return Vec::new();
    };
    let telling = Telling::new(judged.book, judged.case, world, None);
    matching(world, Some(pattern))
        .verdicts
        .into_iter()
        .map(|at| tell(&telling, at))
        .collect()
}

/// Two options side by side, as `compare` tells it: which is better and why, the verdicts that differ, and the facts.
fn comparison(judged: &CaseJudged<'_>, first: &str, second: &str) -> Option<Entry> {
    let world = |name: &str| {
        judged.worlds.iter().find(|world| {
            world.suppose.is_none()
                && world
                    .option
                    .is_some_and(|at| judged.case.branches[at].name == name)
        })
    };
    let (one, other) = (world(first)?, world(second)?);
    let found = compare(one, other);
    let facts = differing(judged.book, &found);
    let flipping = flipping(one, &found, &facts);
    let side = |world| Side {
        case: judged,
        world,
    };
    let all = Compared {
        first: side(one),
        second: side(other),
        first_name: format!("\"{first}\""),
        second_name: format!("\"{second}\""),
        found: &found,
        facts: &facts,
        flipping: &flipping,
        pairs: Vec::new(),
    };
    let mut entry = Entry::of(format!("\"{first}\" compared with \"{second}\""));
    entry.field("in short", rather(&all).into_iter().map(Item::of).collect());
    let items: Vec<Item> = (0..found.differences.len())
        .flat_map(|at| difference(&all, at))
        .collect();
    let none = vec![Item::of("none differs")];
    entry.field("verdicts", if items.is_empty() { none } else { items });
    let facts = differing_facts(&all);
    entry.field("facts", facts.into_iter().map(Item::of).collect());
    Some(entry)
}
