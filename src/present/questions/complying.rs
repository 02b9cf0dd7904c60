//! What would make verdicts right, as a page. In: a judged world and its repairs; out: a document.

use super::ranges::{domain, range};
use super::{of_two_numbers, titled};
use crate::explain::{
    Become, CaseJudged, Complying, Effect, MOST_CHANGED, Repair, Turn, WorldJudged,
};
use crate::present::document::{Document, Entry, Field, Item};
use crate::present::telling::Telling;
use crate::present::wording::{Words, both, either, statuses};
use crate::value::{NormSort, Status, StatusSet, Truth};

/// So many repairs are told.
const MOST_TOLD: usize = 4;

/// That sets with several numbers were left out.
const ONLY_TOGETHER: &str =
    "several numbers at once would do only as they stand to each other: such changes are not told";

/// The page of one world.
#[must_use]
pub fn complying(
    judged: &CaseJudged<'_>,
    world: &WorldJudged<'_>,
    found: &[Complying],
    left_out: usize,
) -> Document {
    let mut page = titled(judged, world);
    let telling = Telling::new(judged.book, judged.case, world, None);
    if found.is_empty() {
        page.summary.push(
            "Nothing is wrong: no duty is breached on this record, and no ideal falls short."
                .to_owned(),
        );
    }
    let mut entries = Vec::new();
    let mut rest = Vec::new();
    for one in found {
        let set = telling.verdict(one.at).statuses;
        let mut entry = Entry::of(format!("{}: {}", telling.heading(one.at), statuses(set)));
        if set.meets(wrong()) {
            entry.number = Some(entries.len() + 1);
            entry.fields = fields(&telling, one);
            entries.push(entry);
        } else {
            rest.push(entry);
        }
    }
    page.section("to make it right", "", entries);
    page.section("right already", "", rest);
    if left_out > 0 {
        page.footer.push(format!(
            "Left out: {left_out} that may be wrong but to which nothing on record speaks. To see them too: --all.",
        ));
    }
    page
}

/// What would make one verdict right, as fields of an entry.
#[must_use]
pub fn fields(telling: &Telling<'_>, one: &Complying) -> Vec<Field> {
    let bearer = telling.bearer(one.at).unwrap_or_default();
    let mut fields: Vec<Field> = Vec::new();
    let mut add = |label: &str, items: Vec<Item>| {
        fields.push(Field {
            label: label.to_owned(),
            items,
        });
    };
    if one.out_of_reach {
        let words = if one.changeable.is_empty() {
            format!("nothing on which this hangs is for {bearer} to change")
        } else {
            format!(
                "nothing that {bearer} can change makes it right, however much of it is changed"
            )
        };
        add("nothing", vec![Item::of(words)]);
        let verdict = telling.verdict(one.at);
        let others: Vec<Item> = telling
            .grounds(one.at)
            .otherwise
            .iter()
            .take(2)
            .map(|change| Item::of(telling.change(verdict, change)))
            .collect();
        if !others.is_empty() {
            add("it takes", others);
        }
        return fields;
    }
    if one.repairs.is_empty() {
        let (limit, pairs) = (one.together, !one.pairs.is_empty());
        let words = if one.limited {
            format!(
                "{bearer} can change too much to try every set of changes; none of those tried makes it right"
            )
        } else {
            format!(
                "no change of up to {MOST_CHANGED} facts that {bearer} can change makes it right"
            )
        };
        add("nothing", vec![Item::of(words)]);
        if limit {
            add("limit", vec![Item::of(ONLY_TOGETHER.to_owned())]);
        }
        if pairs {
            add(
                "left as is",
                vec![Item::of(of_two_numbers(telling, &one.pairs))],
            );
        }
        return fields;
    }
    if !one.repairs.iter().any(Repair::is_harmless) {
        add("a price", vec![Item::of(price(telling, one, &bearer))]);
    }
    // What violates something else is told where nothing better is.
    let clean = one.repairs.iter().any(Repair::is_harmless);
    let (told_of, left): (Vec<&Repair>, Vec<&Repair>) = one
        .repairs
        .iter()
        .partition(|repair| !clean || repair.is_harmless());
    for (which, repair) in told_of.iter().take(MOST_TOLD).enumerate() {
        let label = if which == 0 { "change" } else { "or" };
        add(label, told(telling, repair));
    }
    if told_of.len() > MOST_TOLD {
        let more = told_of.len() - MOST_TOLD;
        add("", vec![Item::of(format!("and {more} more"))]);
    }
    if !left.is_empty() {
        let words = format!(
            "{} more, but only by violating {}",
            left.len(),
            harmed(telling, &left)
        );
        add("", vec![Item::of(words)]);
    }
    if one.limited {
        let words = format!("{bearer} can change too much to try every set of changes");
        add("limit", vec![Item::of(words)]);
    }
    if one.together {
        add("limit", vec![Item::of(ONLY_TOGETHER.to_owned())]);
    }
    if !one.pairs.is_empty() {
        add(
            "left as is",
            vec![Item::of(of_two_numbers(telling, &one.pairs))],
        );
    }
    fields
}

/// That nothing in the bearer's power complies without violating something else.
fn price(telling: &Telling<'_>, one: &Complying, bearer: &str) -> String {
    let all: Vec<&Repair> = one.repairs.iter().collect();
    let within = if one.limited {
        ", as far as was tried"
    } else {
        ""
    };
    format!(
        "nothing in the power of {bearer} complies without violating {}{within}",
        harmed(telling, &all)
    )
}

/// The duties that repairs violate, by name.
fn harmed(telling: &Telling<'_>, repairs: &[&Repair]) -> String {
    let mut names: Vec<String> = Vec::new();
    for effect in repairs.iter().flat_map(|repair| &repair.effects) {
        let name = format!("\"{}\"", telling.book.norms[effect.instance.norm].name);
        if effect.is_harm() && !names.contains(&name) {
            names.push(name);
        }
    }
    either(&names)
}

/// A repair: its changes, what the verdict becomes, and what else differs.
fn told(telling: &Telling<'_>, repair: &Repair) -> Vec<Item> {
    let changes: Vec<String> = repair
        .changes
        .iter()
        .map(|turn| becomes(&telling.words, turn))
        .collect();
    let mut items = vec![Item {
        indent: 0,
        text: both(&changes),
        mark: format!("then {}", statuses(repair.statuses)),
    }];
    let mut add = |text: String| {
        items.push(Item {
            indent: 1,
            text,
            mark: String::new(),
        });
    };
    for effect in repair.effects.iter().filter(|effect| effect.is_harm()) {
        add(format!("but then {}", effect_words(telling, effect)));
    }
    for effect in repair.effects.iter().filter(|effect| effect.is_risk()) {
        add(format!(
            "and to be seen to: {}",
            effect_words(telling, effect)
        ));
    }
    let open = |set: StatusSet| set.meets(wrong());
    let rest: Vec<&Effect> = repair
        .effects
        .iter()
        .filter(|effect| !effect.is_harm() && !effect.is_risk())
        .collect();
    for (lead, mends) in [("mends too: ", true), ("changes too: ", false)] {
        let (concerns, norms): (Vec<&Effect>, Vec<&Effect>) = rest
            .iter()
            .filter(|effect| (open(effect.before) && !open(effect.after)) == mends)
            .partition(|effect| telling.book.norms[effect.instance.norm].sort == NormSort::Concern);
        let mut names: Vec<String> = norms
            .iter()
            .map(|effect| {
                let name = &telling.book.norms[effect.instance.norm].name;
                format!("\"{name}\" ({})", statuses(effect.after))
            })
            .collect();
        names.dedup();
        names.extend(concerned(telling, &concerns));
        if !names.is_empty() {
            add(format!("{lead}{}", names.join(", ")));
        }
    }
    items
}

/// Concerns by name where there is one, else how many; nobody weighs them one by one.
fn concerned(telling: &Telling<'_>, concerns: &[&Effect]) -> Option<String> {
    let first = concerns.first()?;
    let set = statuses(first.after);
    let alike = concerns.iter().all(|one| one.after == first.after);
    Some(match (concerns.len(), alike) {
        (1, _) => {
            let name = &telling.book.norms[first.instance.norm].name;
            format!("concern \"{name}\" ({set})")
        }
        (several, true) => format!("{several} concerns ({set})"),
        (several, false) => format!("{several} concerns"),
    })
}

/// The statuses with which something is wrong.
fn wrong() -> StatusSet {
    StatusSet::only(Status::Violated)
        .with(Status::Excused)
        .with(Status::FallsShort)
        .with(Status::Raised)
}

/// What else differs, in words.
#[must_use]
pub fn effect_words(telling: &Telling<'_>, effect: &Effect) -> String {
    let run = telling.world.judged.run();
    let parties: Vec<_> = effect
        .instance
        .parties
        .iter()
        .map(|cell| run.thing(*cell))
        .collect();
    format!(
        "{} is {} instead of {}",
        telling.words.norm(effect.instance.norm, &parties),
        statuses(effect.after),
        statuses(effect.before)
    )
}

/// What a fact becomes, in words.
#[must_use]
pub fn becomes(words: &Words<'_>, turn: &Turn) -> String {
    let sentence = turn.reading.sentence;
    match turn.to {
        Become::Truth(truth) => words.says(sentence, &turn.reading.slots, truth == Truth::True),
        Become::Within(own) => {
            let said = range(own, domain(words, sentence));
            words.numbered(sentence, &turn.reading.slots, &said)
        }
    }
}
