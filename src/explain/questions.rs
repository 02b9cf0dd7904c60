//! What is not known and matters to an undecided verdict, whom to ask, and what each answer would leave. In: a verdict's
//! grounds; out: [`Question`]s, each answer judged. Knows no words.

use super::changes::{Flip, WhatIf};
use super::decisive::deciding;
use super::grounds::Grounds;
use super::steps::Steps;
use crate::engine::{Evidence, Journal, Reading, Standing, Thing};
use crate::judge::{Judgement, Verdict};
use crate::plan::RelId;
use crate::rulebook::Role;
use crate::value::{StatusSet, Truth};

/// Whom to ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whom {
    /// Those whom the sentence names as its judges.
    Judges,
    /// Somebody of the case.
    Somebody(Thing),
}

/// A sentence that is not known.
#[derive(Clone, Debug)]
pub struct Question {
    /// Which.
    pub reading: Reading,
    /// Whom to ask, where that can be told.
    pub whom: Option<Whom>,
    /// The part it is about, where only one named part hangs on it.
    pub part: Option<usize>,
    /// The statuses left, of that part or the whole, if it is so; `None` where it is a number, or cannot be judged.
    pub if_so: Option<StatusSet>,
    /// The statuses left if it is not.
    pub if_not: Option<StatusSet>,
}

/// The questions of a verdict that is undecided, or of which a part is: what could settle it by one of its answers first.
pub fn questions(
    judged: &Judgement<'_, Journal>,
    verdict: &Verdict,
    grounds: &Grounds,
    steps: &Steps,
    what_if: &mut WhatIf<'_, '_>,
) -> Vec<Question> {
    let open_part = grounds.parts.iter().any(|part| part.statuses.len() > 1);
    let whole_open = verdict.statuses.len() > 1;
    if !whole_open && !open_part {
        return Vec::new();
    }
    let mut open: Vec<(Reading, Vec<usize>)> = Vec::new();
    let mut add = |lines: &[Evidence], part: Option<usize>| {
        for line in deciding(lines, Truth::Unknown) {
            for leaf in steps.leaves_of_line(line) {
                if !is_open(judged, leaf.reading) {
                    continue;
                }
                match open.iter_mut().find(|(own, _)| own == leaf.reading) {
                    Some((_, parts)) => parts.extend(part),
                    None => open.push((leaf.reading.clone(), part.into_iter().collect())),
                }
            }
        }
    };
    if whole_open {
        add(&grounds.arises.lines, None);
    }
    let named = !verdict.parts.is_empty();
    for part in grounds.parts.iter().filter(|part| part.statuses.len() > 1) {
        for ground in part.arises.iter().chain(&part.test) {
            add(&ground.lines, named.then_some(part.part));
        }
    }
    let is_broken = grounds
        .parts
        .iter()
        .any(|part| part.broken != Truth::False && part.statuses.len() > 1);
    for exception in &grounds.exceptions {
        // What fails anyway is not worth a question.
        let may = exception.truth == Truth::Unknown && whole_open;
        if may
            && (is_broken
                || verdict
                    .by
                    .iter()
                    .any(|by| by.defeater == exception.defeater))
        {
            add(&exception.ground.lines, None);
        }
    }
    let mut found: Vec<Question> = open
        .into_iter()
        .map(|(reading, parts)| {
            let part = match parts[..] {
                [only] => Some(only),
                _ => None,
            };
            let mut answer = |to: Truth| {
                let flip = Flip {
                    reading: reading.clone(),
                    to,
                };
                what_if.statuses(&[flip], verdict, part)
            };
            let (if_so, if_not) = (answer(Truth::True), answer(Truth::False));
            Question {
                whom: whom(judged, verdict, &reading),
                reading,
                part,
                if_so,
                if_not,
            }
        })
        .collect();
    let settles = |question: &Question| {
        let one = |statuses: Option<StatusSet>| statuses.is_some_and(|set| set.len() == 1);
        u8::from(!one(question.if_so)) + u8::from(!one(question.if_not))
    };
    found.sort_by_key(settles);
    found
}

/// Whether a sentence is unknown, or a number of which only a range is known.
fn is_open(judged: &Judgement<'_, Journal>, reading: &Reading) -> bool {
    let key = judged.run().plan.relations[RelId(reading.sentence.0)].key;
    let vague = |(at, slot): (usize, &Option<Thing>)| {
        key >> at & 1 == 0
            && matches!(slot, Some(Thing::Number(number)) if number.exact().is_none())
    };
    match reading.truth {
        Truth::Unknown => matches!(
            reading.standing,
            Standing::Open | Standing::Stated(_) | Standing::Stipulated(_) | Standing::Derived
        ),
        Truth::True => reading.slots.iter().enumerate().any(vague),
        Truth::False => false,
    }
}

/// Its judges; else who can change it; else the bearer or the other party, where the sentence speaks of them.
pub(super) fn whom(
    judged: &Judgement<'_, Journal>,
    verdict: &Verdict,
    reading: &Reading,
) -> Option<Whom> {
    let sentence = &judged.book().vocabulary.sentences[reading.sentence];
    if sentence.judged_by.is_some() {
        return Some(Whom::Judges);
    }
    let holder = sentence
        .changed_by
        .iter()
        .find_map(|at| reading.slots.get(*at).copied().flatten());
    let norm = &judged.book().norms[verdict.norm];
    let party = || {
        let people = norm
            .parties
            .iter()
            .zip(&verdict.parties)
            .filter(|(party, _)| party.role != Role::About)
            .filter_map(|(_, cell)| judged.run().thing(*cell));
        let people: Vec<Thing> = people.collect();
        let mut slots = reading.slots.iter().flatten();
        slots.find(|slot| people.contains(slot)).copied()
    };
    holder.or_else(party).map(Whom::Somebody)
}
