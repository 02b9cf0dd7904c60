//! Why, step by step: a verdict or a sentence with all that it rests on. In: a judged case and what is asked; out: pages, or
//! the same for programs. Every construct shows; what was assumed comes first, sources last.

use super::Style;
use super::document::{Document, Entry, Item};
use super::report::assumptions;
use super::telling::Telling;
use super::wording::{Words, capital, statuses};
use crate::engine::Found;
use crate::explain::{CaseJudged, Why, WorldJudged, arising, matching, why_sentence};
use crate::graph::block;
use crate::rulebook::{NormPattern, SentenceId, Target};
use crate::value::{Truth, ValueId};

/// How an explanation is told.
#[derive(Clone, Copy, Debug)]
pub struct Explaining {
    /// How many rules deep; the rest is folded.
    pub depth: usize,
    /// Which derivation of a sentence, from 1.
    pub proof: usize,
}

impl Default for Explaining {
    fn default() -> Self {
        Self { depth: 3, proof: 1 }
    }
}

/// Why: about a target, or without one about every duty that is or may be violated, in every world that is shown.
#[must_use]
pub fn explanation(
    judged: &CaseJudged<'_>,
    target: Option<&Target>,
    how: Explaining,
    style: Style,
) -> String {
    let pages: Vec<String> = explanation_pages(judged, target, how)
        .iter()
        .map(|page| page.text(style))
        .collect();
    pages.join("\n")
}

/// The same before it is laid out, one page a world.
#[must_use]
pub fn explanation_pages(
    judged: &CaseJudged<'_>,
    target: Option<&Target>,
    how: Explaining,
) -> Vec<Document> {
    judged
        .shown()
        .filter(|world| world.is_judged())
        .map(|world| page(judged, world, target, how))
        .collect()
}

/// The page of one world.
fn page(
    judged: &CaseJudged<'_>,
    world: &WorldJudged<'_>,
    target: Option<&Target>,
    how: Explaining,
) -> Document {
    let mut page = Document {
        title: title(judged, world),
        ..Document::default()
    };
    match target {
        Some(Target::Sentence { sentence, values }) => {
            let values: Vec<Option<ValueId>> = values.iter().map(|value| Some(*value)).collect();
            of_sentence(&mut page, judged, world, (*sentence, &values), how);
        }
        Some(Target::Norm(pattern)) => of_norm(&mut page, judged, world, Some(pattern), how),
        None => of_norm(&mut page, judged, world, None, how),
    }
    page
}

fn title(judged: &CaseJudged<'_>, world: &WorldJudged<'_>) -> String {
    let mut words = judged.case.name.clone();
    for at in [world.option, world.suppose].into_iter().flatten() {
        let branch = &judged.case.branches[at];
        let sort = if branch.option { "option" } else { "suppose" };
        words.push_str(&format!(" | {sort} {}", branch.name));
    }
    words
}

fn of_norm(
    page: &mut Document,
    judged: &CaseJudged<'_>,
    world: &WorldJudged<'_>,
    pattern: Option<&NormPattern>,
    how: Explaining,
) {
    let matched = matching(world, pattern).verdicts;
    for (number, at) in matched.iter().enumerate() {
        let mut telling = Telling::new(judged.book, judged.case, world, Some(how.depth));
        let verdict = telling.verdict(*at);
        let title = statuses(verdict.statuses);
        let assumed: Vec<Item> = assumptions(&telling, *at)
            .iter()
            .map(|reading| {
                let (text, mark) = telling.teller.said(reading);
                Item {
                    indent: 0,
                    text,
                    mark,
                }
            })
            .collect();
        let mut entry = telling.explained(*at, number + 1);
        if !assumed.is_empty() {
            entry.fields.insert(
                0,
                super::document::Field {
                    label: "assumes".to_owned(),
                    items: assumed,
                },
            );
        }
        page.section(&title, "", vec![entry]);
    }
    if !matched.is_empty() {
        return;
    }
    match pattern {
        None => page
            .summary
            .push("No duty is violated, and none may be.".to_owned()),
        Some(pattern) => not_engaged(page, judged, world, pattern, how),
    }
}

/// Why a norm does not arise: the lines that fail, under the binding that meets most.
fn not_engaged(
    page: &mut Document,
    judged: &CaseJudged<'_>,
    world: &WorldJudged<'_>,
    pattern: &NormPattern,
    how: Explaining,
) {
    let mut entry = unengaged_entry(judged, world, pattern, how.depth);
    entry.number = Some(1);
    page.section("not engaged", "", vec![entry]);
}

/// The entry of a norm that does not arise.
#[must_use]
pub fn unengaged_entry(
    judged: &CaseJudged<'_>,
    world: &WorldJudged<'_>,
    pattern: &NormPattern,
    depth: usize,
) -> Entry {
    let (ground, _) = arising(world, pattern);
    let mut telling = Telling::new(judged.book, judged.case, world, Some(depth));
    let parties: Vec<_> = pattern
        .parties
        .iter()
        .map(|party| party.map(crate::engine::Thing::Value))
        .collect();
    let heading = telling.words.heading(pattern.norm, &parties);
    let mut entry = Entry::of(format!("{heading}: not engaged"));
    let vars = block(judged.book, ground.origin).vars;
    let of = |truth: Truth| -> Vec<_> {
        let lines = ground.lines.iter();
        lines.filter(|line| line.truth == Some(truth)).collect()
    };
    entry.field("since", telling.teller.tell(&of(Truth::False), vars));
    entry.field("although", telling.teller.tell(&of(Truth::True), vars));
    entry
}

fn of_sentence(
    page: &mut Document,
    judged: &CaseJudged<'_>,
    world: &WorldJudged<'_>,
    (sentence, values): (SentenceId, &[Option<ValueId>]),
    how: Explaining,
) {
    let mut entry = sentence_entry(judged, world, sentence, values, how);
    entry.number = Some(1);
    page.section("why", "", vec![entry]);
}

/// The entry of a sentence: its truth, how it came about, and how many derivations there are.
#[must_use]
pub fn sentence_entry(
    judged: &CaseJudged<'_>,
    world: &WorldJudged<'_>,
    sentence: SentenceId,
    values: &[Option<ValueId>],
    how: Explaining,
) -> Entry {
    let why: Why = why_sentence(world, sentence, values, how.proof);
    let words = Words::of(judged.book, judged.case);
    let stated = &world.judged.record().stated;
    let mut teller = super::prose::Teller::new(words, &why.steps, stated, Some(how.depth));
    let Found::Sentence { reading, .. } = &why.line.found else {
        return Entry::default();
    };
    let assumed: Vec<Item> = why
        .steps
        .assumed(&why.line)
        .into_iter()
        .filter(|assumed| *assumed != reading)
        .map(|assumed| {
            let (text, mark) = teller.said(assumed);
            Item {
                indent: 0,
                text,
                mark,
            }
        })
        .collect();
    let mut items = Vec::new();
    teller.reading(reading, 0, &mut items);
    let truth = match reading.truth {
        Truth::True => "true",
        Truth::False => "false",
        Truth::Unknown => "not known",
    };
    let sentence = capital(&words.sentence(reading));
    let mut entry = Entry::of(format!("{sentence}: {truth}"));
    entry.field("assumes", assumed);
    entry.field("because", items);
    if why.proofs > 1 {
        let more = if why.more { " or more" } else { "" };
        let count = format!("{} of {}{more}", why.proof, why.proofs);
        let words = if why.proof < why.proofs {
            format!("{count}; the next: --proof {}", why.proof + 1)
        } else {
            count
        };
        entry.field("proof", vec![Item::of(words)]);
    }
    if how.proof > why.proofs.max(1) {
        let words = match why.proofs {
            0 | 1 => "there is no other".to_owned(),
            _ => format!("there is no derivation {}", how.proof),
        };
        entry.field("", vec![Item::of(words)]);
    }
    entry
}
