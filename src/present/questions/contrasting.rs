//! Two worlds side by side, as a page: what differs, what turned, the smallest facts that flip each verdict, what carries the better
//! option. In: judged worlds and what differs; out: documents.

use super::titled;
use crate::engine::Evidence;
use crate::explain::{
    CaseJudged, Comparison, Contrast, Differing, Flipping, Ground, Turned, What, WorldJudged,
    comparisons,
};
use crate::graph::block;
use crate::judge::Defeater;
use crate::present::document::{Document, Entry, Field, Item};
use crate::present::prose::Teller;
use crate::present::wording::{Words, both, capital, statuses};
use crate::rulebook::{DefeatSort, NormId};
use crate::value::{NormSort, Status, StatusSet, Truth};

/// So many facts are listed.
const MOST_FACTS: usize = 12;

/// One side of a comparison.
#[derive(Clone, Copy)]
pub struct Side<'s> {
    /// The case.
    pub case: &'s CaseJudged<'s>,
    /// The world.
    pub world: &'s WorldJudged<'s>,
}

impl<'s> Side<'s> {
    fn words(&self) -> Words<'s> {
        Words::of(self.case.book, self.case.case)
    }

    fn teller(&self) -> Teller<'s> {
        let stated = &self.world.judged.record().stated;
        Teller::new(self.words(), &self.world.steps, stated, Some(0))
    }
}

/// The page of `whatif`: what then differs.
#[must_use]
pub fn what_if(
    before: Side<'_>,
    after: Side<'_>,
    found: &[Contrast],
    supposed: &[String],
) -> Document {
    let mut page = titled(before.case, before.world);
    page.summary.push(format!("If {}:", both(supposed)));
    if found.is_empty() {
        page.summary.push("No verdict would be another.".to_owned());
        return page;
    }
    let entries = found
        .iter()
        .enumerate()
        .map(|(number, one)| {
            let mut entry = Entry::of(format!(
                "{}: {} instead of {}",
                named(before, after, one),
                statuses(one.after),
                statuses(one.before)
            ));
            entry.number = Some(number + 1);
            entry.fields = turned(before, after, one);
            entry
        })
        .collect();
    page.section("then", "", entries);
    page
}

fn named(before: Side<'_>, after: Side<'_>, one: &Contrast) -> String {
    let side = if one.of_second { after } else { before };
    side.words().heading(one.norm, &one.parties)
}

/// What turned, as fields of an entry.
fn turned(before: Side<'_>, after: Side<'_>, one: &Contrast) -> Vec<Field> {
    let mut fields = Vec::new();
    for turn in &one.turned {
        fields.push(Field {
            label: if fields.is_empty() { "turned" } else { "" }.to_owned(),
            items: turn_items(before, after, one, turn),
        });
    }
    fields
}

/// What turned with the lines that decide it, for programs.
#[must_use]
pub fn turn_lines(before: Side<'_>, after: Side<'_>, one: &Contrast) -> Vec<(String, Vec<String>)> {
    one.turned
        .iter()
        .map(|turn| {
            let items = turn_items(before, after, one, turn);
            let mut texts = items.into_iter().map(|item| item.text);
            (texts.next().unwrap_or_default(), texts.collect())
        })
        .collect()
}

fn turn_items(before: Side<'_>, after: Side<'_>, one: &Contrast, turn: &Turned) -> Vec<Item> {
    let mut items = vec![Item::of(turn_words(before, after, one, turn))];
    for (ground, of_second) in &turn.lines {
        let side = if *of_second { after } else { before };
        let teller = side.teller();
        let vars = block(side.case.book, ground.origin).vars;
        for line in &ground.lines {
            items.extend(told(&teller, line, vars));
        }
        for (origin, line) in comparisons(side.world, ground) {
            let words = teller.plainly(&line, block(side.case.book, origin).vars);
            if !items.iter().any(|item| item.text == words) {
                items.push(below(words));
            }
        }
    }
    items
}

fn told(
    teller: &Teller<'_>,
    line: &Evidence,
    vars: &crate::value::IndexVec<crate::rulebook::VarId, crate::rulebook::Var>,
) -> Vec<Item> {
    if let crate::engine::Found::Sentence { reading, .. } = &line.found {
        let (text, mark) = teller.said(reading);
        return vec![Item {
            indent: 1,
            text,
            mark,
        }];
    }
    teller.phrases(line, vars).into_iter().map(below).collect()
}

fn below(text: String) -> Item {
    Item {
        indent: 1,
        text,
        mark: String::new(),
    }
}

fn turn_words(before: Side<'_>, after: Side<'_>, one: &Contrast, turn: &Turned) -> String {
    let side = if one.of_second { after } else { before };
    match turn.what {
        What::Arises => {
            let verb = match side.case.book.norms[one.norm].sort {
                NormSort::Duty => "is owed",
                NormSort::Ideal => "applies",
                NormSort::Concern => "is raised",
            };
            match (turn.before, turn.after) {
                (_, Truth::True) => format!("it now {verb}"),
                (_, Truth::False) => format!("it no longer {}", verb.replace("is owed", "arises")),
                (_, Truth::Unknown) => format!("it is now open whether it {verb}"),
            }
        }
        What::Broken(part) => {
            let name = side.case.book.norms[one.norm]
                .parts
                .get(part)
                .and_then(|part| part.name.as_ref())
                .map_or_else(String::new, |name| format!(", in \"{name}\""));
            match turn.after {
                Truth::True => format!("it is now not kept{name}"),
                Truth::False => format!("it is now kept{name}"),
                Truth::Unknown => format!("it is now open whether it is kept{name}"),
            }
        }
        What::Acts(defeater) => {
            let owner = turn.lines.first().is_none_or(|(_, second)| *second);
            let words = if owner { after } else { before }.words();
            let name = words.defeater(defeater);
            match turn.after {
                Truth::True => format!("{name} now acts"),
                Truth::False => format!("{name} no longer acts"),
                Truth::Unknown => format!("{name} may now act"),
            }
        }
    }
}

/// What compares two worlds under one rulebook.
pub struct Compared<'c> {
    /// The first.
    pub first: Side<'c>,
    /// The second.
    pub second: Side<'c>,
    /// What the first is called.
    pub first_name: String,
    /// What the second is called.
    pub second_name: String,
    /// What differs.
    pub found: &'c Comparison,
    /// The facts that differ.
    pub facts: &'c [Differing],
    /// What flips each.
    pub flipping: &'c [Flipping],
    /// Who of the second stands for whom of the first, by name.
    pub pairs: Vec<(String, String)>,
}

/// The page of `compare` for two worlds under one rulebook.
#[must_use]
pub fn compared(all: &Compared<'_>) -> Document {
    let mut page = titled(all.first.case, all.first.world);
    page.title = format!(
        "{}: {} or {}",
        all.first.case.case.name, all.first_name, all.second_name
    );
    page.summary.extend(rather(all));
    let stand: Vec<Entry> = all
        .pairs
        .iter()
        .map(|(theirs, ours)| Entry::of(format!("{theirs} stands where {ours} stands")))
        .collect();
    page.section("who", "", stand);
    let words = all.first.words();
    let mut entries = Vec::new();
    let mut also: Vec<String> = Vec::new();
    for (at, one) in all.found.differences.iter().enumerate() {
        let plain = [one.first, one.second]
            .iter()
            .all(|set| !set.meets(telling()));
        if plain && all.found.differences.len() > 1 {
            let name = &all.first.case.book.norms[one.norm].name;
            also.push(format!(
                "\"{name}\" ({} against {})",
                statuses(one.first),
                statuses(one.second)
            ));
            continue;
        }
        let mut entry = Entry::of(words.heading(one.norm, &one.parties));
        entry.number = Some(entries.len() + 1);
        entry.field(
            "is",
            vec![
                stands(all.first, &all.first_name, one.first, one.at_first),
                stands(all.second, &all.second_name, one.second, one.at_second),
            ],
        );
        entry.fields.extend(flip_fields(all, at));
        entries.push(entry);
    }
    if all.found.differences.is_empty() {
        page.summary.push("No verdict differs.".to_owned());
    }
    page.section("different", "", entries);
    page.section("carried by", "", carried(all));
    if !also.is_empty() {
        page.section("also", "", vec![Entry::of(also.join("; "))]);
    }
    let facts = differing_facts(all).into_iter().map(Entry::of).collect();
    page.section("facts", "", facts);
    page
}

/// A verdict that differs, how it stands on either side, and what flips it, a line each.
#[must_use]
pub fn difference(all: &Compared<'_>, at: usize) -> Vec<Item> {
    let one = &all.found.differences[at];
    let mut items = vec![Item::of(all.first.words().heading(one.norm, &one.parties))];
    let below = |mut item: Item, lead: &str| {
        item.indent = 1;
        item.text = format!("{lead}{}", item.text);
        item
    };
    let sides = [
        stands(all.first, &all.first_name, one.first, one.at_first),
        stands(all.second, &all.second_name, one.second, one.at_second),
    ];
    items.extend(sides.into_iter().map(|item| below(item, "")));
    for field in flip_fields(all, at) {
        let lead = format!("{} ", field.label);
        items.extend(
            field
                .items
                .into_iter()
                .take(1)
                .map(|item| below(item, &lead)),
        );
    }
    items
}

/// The statuses on which a committee looks first.
fn telling() -> StatusSet {
    [
        Status::Exempt,
        Status::Overridden,
        Status::Excused,
        Status::Violated,
        Status::FallsShort,
        Status::Raised,
    ]
    .into_iter()
    .collect()
}

/// The facts that differ, each with who states it.
#[must_use]
pub fn differing_facts(all: &Compared<'_>) -> Vec<String> {
    let words = all.first.words();
    let (one, other) = (&all.first_name, &all.second_name);
    let mut lines: Vec<String> = all
        .facts
        .iter()
        .map(|fact| match (&fact.first, &fact.second) {
            (Some(first), Some(second)) => format!(
                "{one}: {}; {other}: {}",
                words.stated(first),
                words.stated(second)
            ),
            (Some(first), None) => format!("only {one}: {}", words.stated(first)),
            (None, Some(second)) => format!("only {other}: {}", words.stated(second)),
            (None, None) => String::new(),
        })
        .collect();
    let more = lines.len().saturating_sub(MOST_FACTS);
    lines.truncate(MOST_FACTS);
    if more > 0 {
        lines.push(format!("and {more} more"));
    }
    lines
}

/// A status with what stands behind it.
fn stands(side: Side<'_>, name: &str, set: StatusSet, at: Option<usize>) -> Item {
    let by: Vec<String> = at.map_or_else(Vec::new, |at| {
        let verdict = &side.world.judged.verdicts()[at];
        verdict
            .by
            .iter()
            .map(|by| side.words().defeater(by.defeater))
            .collect()
    });
    let by = if by.is_empty() {
        String::new()
    } else {
        format!(", by {}", both(&by))
    };
    Item::of(format!("{}{by} ({name})", statuses(set)))
}

/// The smallest sets of differing facts that flip a verdict, in words.
#[must_use]
pub fn flip_words(all: &Compared<'_>, at: usize) -> Vec<Vec<String>> {
    let words = all.first.words();
    let said = |which: &usize| {
        let fact = &all.facts[*which];
        match (&fact.first, &fact.second) {
            (_, Some(second)) => words.stated(second),
            (Some(first), None) => format!("nobody states that {}", words.stated(first)),
            (None, None) => String::new(),
        }
    };
    let own = all.flipping.iter().find(|one| one.of == at);
    own.map_or_else(Vec::new, |one| {
        let sets = one.sets.iter();
        sets.map(|set| set.iter().map(said).collect()).collect()
    })
}

fn flip_fields(all: &Compared<'_>, at: usize) -> Vec<Field> {
    let mut items: Vec<Item> = flip_words(all, at)
        .iter()
        .take(3)
        .map(|set| Item::of(both(set)))
        .collect();
    for item in items.iter_mut().skip(1) {
        item.text = format!("or: {}", item.text);
    }
    if items.is_empty() {
        items.push(Item::of("more of what differs, together"));
    }
    vec![Field {
        label: "turns on".to_owned(),
        items,
    }]
}

/// What a world surely violates: in full, to tell instances apart, and by name.
fn violated(side: Side<'_>) -> Vec<(String, String)> {
    let words = side.words();
    let verdicts = side.world.judged.verdicts().iter().enumerate();
    verdicts
        .filter(|(_, verdict)| verdict.is_violated())
        .map(|(at, verdict)| {
            let name = &side.case.book.norms[verdict.norm].name;
            let whole = words.norm(verdict.norm, &side.world.parties(at));
            (whole, format!("\"{name}\""))
        })
        .collect()
}

/// "A rather than B, because …".
#[must_use]
pub fn rather(all: &Compared<'_>) -> Vec<String> {
    let (ones, others) = (violated(all.first), violated(all.second));
    let only = |own: &[(String, String)], other: &[(String, String)]| -> Vec<String> {
        own.iter()
            .filter(|one| !other.contains(one))
            .map(|(_, name)| name.clone())
            .collect()
    };
    let (first, second) = (only(&ones, &others), only(&others, &ones));
    let shared = ones.len() - first.len();
    let also = if shared == 0 {
        String::new()
    } else {
        " (what both violate left aside)".to_owned()
    };
    let nothing = |name: &str| {
        if shared == 0 {
            format!("{name} violates nothing")
        } else {
            format!("{name} violates nothing else")
        }
    };
    let (a, b) = (&all.first_name, &all.second_name);
    match (first.is_empty(), second.is_empty()) {
        (true, false) => vec![format!(
            "{} rather than {b}: {b} violates {}; {}{also}.{}",
            capital(a),
            both(&second),
            nothing(a),
            numbers(all.first)
        )],
        (false, true) => vec![format!(
            "{} rather than {a}: {a} violates {}; {}{also}.{}",
            capital(b),
            both(&first),
            nothing(b),
            numbers(all.second)
        )],
        (true, true) => vec![format!(
            "Neither {a} nor {b} violates what the other does not{also}."
        )],
        (false, false) => vec![format!(
            "Neither is better by these rules: {a} violates {}; {b} violates {}{also}. No priority says which gives way.",
            both(&first),
            both(&second)
        )],
    }
}

/// The numbers on which what carries a world turns.
fn numbers(side: Side<'_>) -> String {
    let mut found: Vec<String> = Vec::new();
    for (at, one) in acting(side) {
        let ground = &side.world.grounds[at].exceptions[one].ground;
        for (origin, line) in comparisons(side.world, ground) {
            let words = side
                .teller()
                .plainly(&line, block(side.case.book, origin).vars);
            if !found.contains(&words) {
                found.push(words);
            }
        }
    }
    if found.is_empty() {
        String::new()
    } else {
        format!(" What decides it: {}.", both(&found))
    }
}

/// The exemptions, excuses and priorities that surely act, by verdict and by position among its exceptions.
fn acting(side: Side<'_>) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (at, verdict) in side.world.judged.verdicts().iter().enumerate() {
        for by in verdict.by.iter().filter(|by| by.truth == Truth::True) {
            let exceptions = &side.world.grounds[at].exceptions;
            if let Some(one) = exceptions
                .iter()
                .position(|one| one.defeater == by.defeater)
            {
                found.push((at, one));
            }
        }
    }
    found
}

/// What the worlds rest on that violate less: the exemptions, excuses and priorities that act there and not in the other.
fn carried(all: &Compared<'_>) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (side, other, name) in [
        (all.first, all.second, &all.first_name),
        (all.second, all.first, &all.second_name),
    ] {
        let theirs: Vec<(NormId, Defeater)> = acting(other)
            .into_iter()
            .map(|(at, one)| {
                let exception = &other.world.grounds[at].exceptions[one];
                (other.world.judged.verdicts()[at].norm, exception.defeater)
            })
            .collect();
        for (at, one) in acting(side) {
            let verdict = &side.world.judged.verdicts()[at];
            let exception = &side.world.grounds[at].exceptions[one];
            if theirs.contains(&(verdict.norm, exception.defeater)) {
                continue;
            }
            let words = side.words();
            let verb = match exception.defeater {
                Defeater::Defeat(id) => match side.case.book.defeats[id].sort {
                    DefeatSort::Exemption => "does not bind",
                    DefeatSort::Excuse => "is not met, but excused",
                },
                Defeater::Priority(_) => "gives way",
            };
            let mut entry = Entry::of(format!(
                "{} {verb} ({name}), by {}",
                words.heading(verdict.norm, &side.world.parties(at)),
                words.defeater(exception.defeater)
            ));
            entry.number = Some(entries.len() + 1);
            let teller = side.teller();
            let vars = block(side.case.book, exception.ground.origin).vars;
            let mut items: Vec<Item> = Vec::new();
            for line in &exception.ground.lines {
                items.extend(
                    told(&teller, line, vars)
                        .into_iter()
                        .map(|item| Item { indent: 0, ..item }),
                );
                // Under each line the numbers on which it turns.
                let own = Ground {
                    origin: exception.ground.origin,
                    lines: vec![line.clone()],
                };
                for (origin, line) in comparisons(side.world, &own) {
                    let text = teller.plainly(&line, block(side.case.book, origin).vars);
                    if !items.iter().any(|item| item.text == text) {
                        items.push(below(text));
                    }
                }
            }
            entry.field("because", items);
            entries.push(entry);
        }
    }
    entries
}
