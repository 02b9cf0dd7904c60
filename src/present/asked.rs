//! What a case asks of itself: `ask why`, `why not`, `what would settle`, `what would comply with`, `compare`. In: a judged case
//! and its questions; out: entries of the report. Knows no layout.

use super::document::{Entry, Item};
use super::explanation::{Explaining, sentence_entry, unengaged_entry};
use super::telling::Telling;
use super::wording::{Words, both, statuses};
use crate::explain::{CaseJudged, Difference, WorldJudged, compare, matching};
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
        Ask::Why(target) | Ask::WhyNot(target) => {
            let lead = if matches!(ask, Ask::Why(_)) {
                "Why"
            } else {
                "Why not"
            };
            let mut entries = match target {
                Target::Sentence { sentence, values } => {
                    let values: Vec<_> = values.iter().map(|value| Some(*value)).collect();
                    vec![sentence_entry(judged, world, *sentence, &values, how)]
                }
                Target::Norm(pattern) => why(judged, world, pattern),
            };
            for entry in &mut entries {
                entry.head = format!("{lead}: {}", entry.head);
            }
            entries
        }
        Ask::Settle(target) => of_norm(judged, world, target, &|telling, at| {
            let items = telling.questions(telling.verdict(at), &telling.grounds(at).questions);
            let mut entry = Entry::of(format!("What would settle {}", telling.named(at)));
            if items.is_empty() {
                let set = statuses(telling.verdict(at).statuses);
                entry.field("settled", vec![Item::of(format!("it is {set}"))]);
            }
            entry.field("ask", items);
            entry
        }),
        Ask::Comply(target) => of_norm(judged, world, target, &|telling, at| {
            let verdict = telling.verdict(at);
            let changes: Vec<Item> = telling
                .grounds(at)
                .otherwise
                .iter()
                .filter(|change| change.by.is_none())
                .map(|change| Item::of(telling.change(verdict, change)))
                .collect();
            let mut entry = Entry::of(format!("What would comply with {}", telling.named(at)));
            entry.field(
                "change",
                if changes.is_empty() {
                    let words = format!(
                        "nothing that this record shows; it is {}",
                        statuses(verdict.statuses)
                    );
                    vec![Item::of(words)]
                } else {
                    changes
                },
            );
            entry
        }),
        Ask::Compare(first, second) => comparison(judged, first, second).into_iter().collect(),
    }
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

/// Two options side by side: the verdicts that differ, and the facts.
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
    let words = Words::of(judged.book, judged.case);
    let mut entry = Entry::of(format!("\"{first}\" compared with \"{second}\""));
    let item = |difference: &Difference| {
        let norm = words.norm(difference.norm, &difference.parties);
        Item::of(format!(
            "{norm}: {} against {}{}",
            statuses(difference.first),
            statuses(difference.second),
            behind(&words, one, other, difference)
        ))
    };
    let items: Vec<Item> = found.differences.iter().map(item).collect();
    entry.field(
        "verdicts",
        if items.is_empty() {
            vec![Item::of("none differs")]
        } else {
            items
        },
    );
    let stated = |lines: &[crate::rulebook::Stated], name: &str| -> Vec<Item> {
        lines
            .iter()
            .map(|line| Item::of(format!("only in \"{name}\": {}", words.stated(line))))
            .collect()
    };
    let mut facts = stated(&found.only_first, first);
    facts.extend(stated(&found.only_second, second));
    entry.field("facts", facts);
    Some(entry)
}

/// The exemptions, excuses and priorities behind either status.
fn behind(
    words: &Words<'_>,
    one: &WorldJudged<'_>,
    other: &WorldJudged<'_>,
    difference: &Difference,
) -> String {
    let of = |world: &WorldJudged<'_>, at: Option<usize>| -> Vec<String> {
        at.map_or_else(Vec::new, |at| {
            let by = &world.judged.verdicts()[at].by;
            by.iter().map(|by| words.defeater(by.defeater)).collect()
        })
    };
    let mut all = of(one, difference.at_first);
    for more in of(other, difference.at_second) {
        if !all.contains(&more) {
            all.push(more);
        }
    }
    if all.is_empty() {
        String::new()
    } else {
        format!(", by {}", both(&all))
    }
}
