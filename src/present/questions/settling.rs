//! What would settle undecided verdicts, as a page. In: a judged world and its settlings; out: a document.

use super::interviewing::whom_and_what;
use super::ranges::with_unit;
use super::titled;
use crate::engine::Reading;
use crate::explain::{CaseJudged, Outcome, Reply, Settling, SettlingSet, WorldJudged};
use crate::present::document::{Document, Entry, Field, Item};
use crate::present::telling::{Telling, status_words};
use crate::present::wording::{both, statuses};

/// So many of the smallest sets are told.
const MOST_TOLD: usize = 4;

/// So many sentences with several numbers are named.
const MOST_PAIRS: usize = 2;

/// The page of one world.
#[must_use]
pub fn settling(
    judged: &CaseJudged<'_>,
    world: &WorldJudged<'_>,
    found: &[Settling],
    left_out: usize,
) -> Document {
    let mut page = titled(judged, world);
    let telling = Telling::new(judged.book, judged.case, world, None);
    let open: Vec<&Settling> = found
        .iter()
        .filter(|one| telling.verdict(one.at).statuses.len() > 1)
        .collect();
    let decided = found
        .iter()
        .filter(|one| telling.verdict(one.at).statuses.len() < 2);
    let decided: Vec<Entry> = decided
        .map(|one| {
            let set = statuses(telling.verdict(one.at).statuses);
            Entry::of(format!("{}: {set}", telling.heading(one.at)))
        })
        .collect();
    page.summary.push(match (open.len(), decided.len()) {
        (0, 0) => "Nothing is open: every verdict to which something on record speaks is decided."
            .to_owned(),
        (0, _) => "That is decided already.".to_owned(),
        (1, _) => "One verdict is open.".to_owned(),
        (several, _) => format!("{several} verdicts are open."),
    });
    let entries = open
        .iter()
        .enumerate()
        .map(|(number, one)| entry(&telling, one, number + 1))
        .collect();
    page.section("open", "and what would settle it", entries);
    page.section("decided", "", decided);
    if left_out > 0 {
        page.footer.push(format!(
            "Left out: {left_out} open {} to which nothing on record speaks. To see them too: --all.",
            if left_out == 1 { "verdict" } else { "verdicts" }
        ));
    }
    page
}

fn entry(telling: &Telling<'_>, one: &Settling, number: usize) -> Entry {
    let set = telling.verdict(one.at).statuses;
    let mut entry = Entry::of(format!("{}: {}", telling.heading(one.at), statuses(set)));
    entry.number = Some(number);
    for field in fields(telling, one) {
        entry.fields.push(field);
    }
    entry
}

/// What would settle one verdict, as fields of an entry.
#[must_use]
pub fn fields(telling: &Telling<'_>, one: &Settling) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    let mut add = |label: &str, items: Vec<Item>| {
        fields.push(Field {
            label: label.to_owned(),
            items,
        });
    };
    if let Some(status) = one.either_way {
        let words = format!(
            "{}, whichever way what is open turns out: nothing need be asked",
            status_words(status)
        );
        add("either way", vec![Item::of(words)]);
        return fields;
    }
    for (which, set) in one.sets.iter().take(MOST_TOLD).enumerate() {
        let label = if which == 0 { "ask" } else { "or ask" };
        add(label, asked(telling, one, set));
    }
    if one.sets.len() > MOST_TOLD {
        let more = one.sets.len() - MOST_TOLD;
        add(
            "",
            vec![Item::of(format!("and {more} more of the same size"))],
        );
    }
    if let Some(limited) = one.limited {
        let words = format!(
            "{} open sentences matter, and every way of answering them is too much to try: no fewer than {} settle it, \
             and not all that can be told of that many was looked at",
            limited.matter, limited.below
        );
        add("limit", vec![Item::of(words)]);
    } else if one.sets.is_empty() {
        let words = if one.open.is_empty() {
            "it hangs on nothing that could be asked: the sentences that are open name nobody on record"
        } else {
            "no answer to what is open decides it"
        };
        add("nothing", vec![Item::of(words)]);
    }
    if !one.pairs.is_empty() {
        add(
            "left as is",
            vec![Item::of(of_two_numbers(telling, &one.pairs))],
        );
    }
    fields
}

/// That sentences with several numbers are not asked for.
#[must_use]
pub fn of_two_numbers(telling: &Telling<'_>, pairs: &[Reading]) -> String {
    let said: Vec<String> = pairs
        .iter()
        .take(MOST_PAIRS)
        .map(|own| format!("\"{}\"", telling.words.sentence(own)))
        .collect();
    let more = pairs.len().saturating_sub(MOST_PAIRS);
    let more = if more > 0 {
        format!(" (and {more} more)")
    } else {
        String::new()
    };
    format!(
        "{}{more}: two numbers in one sentence, which are not tried",
        both(&said)
    )
}

/// A set of questions with what each way of answering leaves.
fn asked(telling: &Telling<'_>, one: &Settling, set: &SettlingSet) -> Vec<Item> {
    let mut items = each_asked(telling, one, set);
    if set.outcomes.is_empty() {
        let why = if one.limited.is_some() {
            "what each answer leaves was not looked at"
        } else {
            "what it comes to hangs on how these numbers stand to each other"
        };
        items.push(below(why.to_owned()));
    }
    items
}

fn each_asked(telling: &Telling<'_>, one: &Settling, set: &SettlingSet) -> Vec<Item> {
    let question = |which: usize| whom_and_what(&telling.words, &one.open[which]);
    let same = set.outcomes.first().filter(|first| {
        set.outcomes.len() > 1
            && set
                .outcomes
                .iter()
                .all(|one| one.statuses == first.statuses)
    });
    if let (Some(first), [only]) = (same, &set.members[..]) {
        let mut item = Item::of(question(*only));
        item.mark = format!("{}, whatever the answer", statuses(first.statuses));
        return vec![item];
    }
    if let [only] = set.members[..] {
        let mut items = vec![Item::of(question(only))];
        let each: Vec<String> = set
            .outcomes
            .iter()
            .map(|outcome| said(telling, one, set, outcome))
            .collect();
        let short = each.iter().map(String::len).sum::<usize>() + 2 * each.len() < 60;
        if short {
            items[0].mark = each.join(", ");
        } else {
            items.extend(each.into_iter().map(below));
        }
        return items;
    }
    let mut items: Vec<Item> = set
        .members
        .iter()
        .enumerate()
        .map(|(at, which)| Item::of(format!("({}) {}", letter(at), question(*which))))
        .collect();
    if set.outcomes.len() > MOST_WAYS {
        items.extend(by_status(telling, one, set).map(below));
        return items;
    }
    let each = set
        .outcomes
        .iter()
        .map(|outcome| said(telling, one, set, outcome));
    items.extend(each.map(below));
    items
}

/// More ways of answering than these are counted, not listed; programs get them all.
const MOST_WAYS: usize = 16;

/// What many ways of answering leave: for each status how many leave it, and the shortest of them.
fn by_status(
    telling: &Telling<'_>,
    one: &Settling,
    set: &SettlingSet,
) -> impl Iterator<Item = String> {
    let mut kinds: Vec<(&Outcome, usize)> = Vec::new();
    for outcome in &set.outcomes {
        let known = kinds
            .iter_mut()
            .find(|(first, _)| first.statuses == outcome.statuses);
        match known {
            Some((shortest, count)) => {
                *count += 1;
                if outcome.replies.len() < shortest.replies.len() {
                    *shortest = outcome;
                }
            }
            None => kinds.push((outcome, 1)),
        }
    }
    let told = |(shortest, count): (&Outcome, usize)| {
        let shortest = said(telling, one, set, shortest);
        match count {
            1 => shortest,
            _ => format!(
                "{shortest} (and {} other ways of answering leave it)",
                count - 1
            ),
        }
    };
    let told: Vec<String> = kinds.into_iter().map(told).collect();
    told.into_iter()
}

fn below(text: String) -> Item {
    Item {
        indent: 1,
        text,
        mark: String::new(),
    }
}

fn letter(at: usize) -> String {
    u8::try_from(at).ok().filter(|at| *at < 26).map_or_else(
        || (at + 1).to_string(),
        |at| char::from(b'a' + at).to_string(),
    )
}

/// What some answers leave, in words.
fn said(telling: &Telling<'_>, one: &Settling, set: &SettlingSet, outcome: &Outcome) -> String {
    let alone = set.members.len() == 1;
    let each: Vec<String> = outcome
        .replies
        .iter()
        .map(|(which, reply)| {
            let words = reply_words(telling, one, *which, reply);
            let place = set.members.iter().position(|own| own == which).unwrap_or(0);
            if alone {
                words
            } else {
                format!("({}) {words}", letter(place))
            }
        })
        .collect();
    format!("{}: {}", each.join(", "), statuses(outcome.statuses))
}

fn reply_words(telling: &Telling<'_>, one: &Settling, which: usize, reply: &Reply) -> String {
    match reply {
        Reply::Yes => "yes".to_owned(),
        Reply::No => "no".to_owned(),
        Reply::Within(range) => with_unit(&telling.words, one.open[which].fact.sentence, *range),
    }
}

/// The answers of an outcome with the sentences they answer, for programs.
#[must_use]
pub fn replies(telling: &Telling<'_>, one: &Settling, outcome: &Outcome) -> Vec<(String, String)> {
    outcome
        .replies
        .iter()
        .map(|(which, reply)| {
            (
                telling.words.sentence(&one.open[*which].reading),
                reply_words(telling, one, *which, reply),
            )
        })
        .collect()
}
