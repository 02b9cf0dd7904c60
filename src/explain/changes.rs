//! What would have had to be different: the nearest changes to what is on record that leave a duty unviolated. In: a judged
//! record and a verdict; out: [`Change`]s, each of them judged again. Single sentences on which the breach turns, and for
//! each exemption or excuse all that keeps it from acting. Knows no words.

use super::decisive::{Turning, deciding, truth_of};
use super::grounds::{Exception, Grounds, PartGrounds};
use super::steps::Steps;
use crate::engine::{Evidence, Found, Journal, Limits, Memory, Reading, Silent, Standing, Thing};
use crate::judge::{Defeater, Judgement, Verdict, judge};
use crate::plan::Origin;
use crate::rulebook::{Record, Stated, replaces};
use crate::value::{NormSort, Status, StatusSet, Truth};

/// Most sentences that one change turns.
const MOST_TURNED: usize = 3;

/// A sentence to be turned.
#[derive(Clone, Debug, PartialEq)]
pub struct Flip {
    /// As it is.
    pub reading: Reading,
    /// What it would have to be.
    pub to: Truth,
}

/// A change to what is on record.
#[derive(Clone, Debug)]
pub struct Change {
    /// What is turned.
    pub flips: Vec<Flip>,
    /// A comparison that would have to come out the other way, with where it was written: how its numbers could change is
    /// not said, and it is not judged again.
    pub compare: Option<(Origin, Evidence)>,
    /// The part it is for, where the duty has named parts.
    pub part: Option<usize>,
    /// The exemption or excuse that would act; `None` where the duty would be kept.
    pub by: Option<Defeater>,
    /// The statuses that would then be possible.
    pub statuses: StatusSet,
}

/// Judges changed records, with one memory for all.
pub struct WhatIf<'j, 'a> {
    judged: &'j Judgement<'a, Journal>,
    memory: Memory<Silent>,
    limits: Limits<'a>,
}

impl<'j, 'a> WhatIf<'j, 'a> {
    /// For the record of a judgement.
    #[must_use]
    pub fn new(judged: &'j Judgement<'a, Journal>, limits: Limits<'a>) -> Self {
        Self {
            judged,
            limits,
            memory: Memory::default(),
        }
    }

    /// The statuses of a verdict, or of a part of it, if these sentences were turned; `None` where that cannot be judged.
    pub fn statuses(
        &mut self,
        flips: &[Flip],
        verdict: &Verdict,
        part: Option<usize>,
    ) -> Option<StatusSet> {
        let mut record: Record = self.judged.record().clone();
        for flip in flips {
            let line = stated(flip)?;
            let vocabulary = &self.judged.book().vocabulary;
            record
                .stated
                .retain(|old| !replaces(vocabulary, &line, old));
            record.stated.push(line);
        }
        let memory = std::mem::take(&mut self.memory);
        let again = judge(
            self.judged.book(),
            self.judged.run().plan,
            &record,
            memory,
            self.limits,
        );
        let sound = again.faults().is_empty() && again.stopped().is_none();
        let missing = match self.judged.book().norms[verdict.norm].sort {
            NormSort::Concern => Status::NotRaised,
            NormSort::Duty | NormSort::Ideal => Status::NotEngaged,
        };
        let statuses = again
            .verdict(verdict.norm, &verdict.parties)
            .map_or(StatusSet::only(missing), |own| own.statuses_of(part));
        self.memory = again.recycle();
        sound.then_some(statuses)
    }
}

/// The line that would state it; `None` for a number, or where a slot is free.
fn stated(flip: &Flip) -> Option<Stated> {
    let values = flip.reading.slots.iter().map(|slot| match slot {
        Some(Thing::Value(value)) => Some(Some(*value)),
        _ => None,
    });
    Some(Stated {
        sentence: flip.reading.sentence,
        values: values.collect::<Option<_>>()?,
        truth: flip.to,
        according_to: None,
        span: None,
        branch: None,
    })
}

/// The changes that would leave a surely violated duty, part by part, unviolated; nearest first.
pub fn changes(
    judged: &Judgement<'_, Journal>,
    verdict: &Verdict,
    grounds: &Grounds,
    steps: &Steps,
    what_if: &mut WhatIf<'_, '_>,
) -> Vec<Change> {
    let named = !verdict.parts.is_empty();
    let mut found = Vec::new();
    for part in &grounds.parts {
        if part.statuses != StatusSet::only(Status::Violated) {
            continue;
        }
        let at = named.then_some(part.part);
        let mut own = Vec::new();
        for flips in to_keep(part, steps) {
            if flips.iter().any(|flip| has_number(judged, &flip.reading)) {
                continue;
            }
            try_change(verdict, at, None, flips, what_if, &mut own);
        }
        for leaf in steps.leaves(&grounds.arises.lines) {
            if let Some(flip) = against(&leaf)
                && is_own_doing(judged, verdict, &flip.reading)
                && !has_number(judged, &flip.reading)
            {
                try_change(verdict, at, None, vec![flip], what_if, &mut own);
            }
        }
        for exception in &grounds.exceptions {
            let acts = exception.parts.is_empty() || exception.parts.contains(&part.part);
            if let (true, Defeater::Defeat(_), Some(flips)) =
                (acts, exception.defeater, to_act(exception, steps))
            {
                try_change(
                    verdict,
                    at,
                    Some(exception.defeater),
                    flips,
                    what_if,
                    &mut own,
                );
            }
        }
        // What the bearer could have done comes first among equals, then what keeps, then what exempts.
        own.sort_by_key(|change| {
            let own_doing = change
                .flips
                .iter()
                .all(|flip| is_own_doing(judged, verdict, &flip.reading));
            (change.flips.len(), !own_doing, change.by.is_some())
        });
        own.extend(compared(part, at));
        found.extend(own);
    }
    found
}

/// The comparison on which a part turns, where the only binding that breaks it would then keep it.
fn compared(part: &PartGrounds, at: Option<usize>) -> Option<Change> {
    let test = part.test.as_ref().filter(|_| part.others == 0)?;
    let mut turning = deciding(&test.lines, truth_of(&test.lines)).into_iter();
    let line = turning.find(|line| matches!(line.found, Found::Compare { .. }))?;
    let holds = truth_of(&test.lines) == Truth::True;
    (holds || turning.next().is_none()).then(|| Change {
        flips: Vec::new(),
        compare: Some((test.origin, line.clone())),
        part: at,
        by: None,
        statuses: StatusSet::only(Status::Fulfilled),
    })
}

fn try_change(
    verdict: &Verdict,
    part: Option<usize>,
    by: Option<Defeater>,
    flips: Vec<Flip>,
    what_if: &mut WhatIf<'_, '_>,
    found: &mut Vec<Change>,
) {
    if flips.is_empty() || flips.len() > MOST_TURNED {
        return;
    }
    let known = found
        .iter()
        .any(|change: &Change| change.flips.iter().all(|flip| flips.contains(flip)));
    if known {
        return;
    }
    if let Some(statuses) = what_if.statuses(&flips, verdict, part)
        && !statuses.has(Status::Violated)
    {
        found.push(Change {
            flips,
            compare: None,
            part,
            by,
            statuses,
        });
    }
}

/// Whether a sentence gives a number: that it does not is no change that somebody could make.
fn has_number(judged: &Judgement<'_, Journal>, reading: &Reading) -> bool {
    let vocabulary = &judged.book().vocabulary;
    vocabulary.number_slots(reading.sentence).next().is_some()
}

/// Whether the bearer can change it.
fn is_own_doing(judged: &Judgement<'_, Journal>, verdict: &Verdict, reading: &Reading) -> bool {
    let sentence = &judged.book().vocabulary.sentences[reading.sentence];
    let bearer = verdict
        .parties
        .first()
        .and_then(|cell| judged.run().thing(*cell));
    sentence
        .changed_by
        .iter()
        .any(|at| reading.slots.get(*at).copied().flatten() == bearer)
}

/// What would keep a broken part: each sentence its test turns on by itself, and all of them together.
fn to_keep(part: &PartGrounds, steps: &Steps) -> Vec<Vec<Flip>> {
    let Some(test) = &part.test else {
        return Vec::new();
    };
    let holds = truth_of(&test.lines) == Truth::True;
    let leaves = steps.leaves(&test.lines);
    let flips: Vec<Flip> = leaves
        .iter()
        .filter_map(|leaf| if holds { against(leaf) } else { toward(leaf) })
        .collect();
    let mut sets: Vec<Vec<Flip>> = flips.iter().map(|flip| vec![flip.clone()]).collect();
    if flips.len() > 1 {
        sets.push(flips);
    }
    sets
}

/// What would make an exemption or excuse act: everything that fails or is unknown, turned. `None` where that cannot be said
/// in sentences of the record.
fn to_act(exception: &Exception, steps: &Steps) -> Option<Vec<Flip>> {
    let mut flips: Vec<Flip> = Vec::new();
    let lines = &exception.ground.lines;
    let reached = lines.iter().all(|line| line.truth.is_some());
    let open = [Truth::False, Truth::Unknown]
        .into_iter()
        .flat_map(|truth| deciding(lines, truth));
    for line in open {
        let leaves = steps.leaves_of_line(line);
        if leaves.is_empty() {
            return None;
        }
        for leaf in &leaves {
            let flip = toward(leaf)?;
            if !flips.contains(&flip) {
                flips.push(flip);
            }
        }
    }
    reached.then_some(flips)
}

/// Turns a sentence so that the line it decides holds.
fn toward(leaf: &Turning<'_>) -> Option<Flip> {
    turned(leaf, Truth::from(!leaf.must_fail))
}

/// Turns a sentence so that the line it decides fails.
fn against(leaf: &Turning<'_>) -> Option<Flip> {
    turned(leaf, Truth::from(leaf.must_fail))
}

fn turned(leaf: &Turning<'_>, to: Truth) -> Option<Flip> {
    let fixed = matches!(
        leaf.reading.standing,
        Standing::Always(_) | Standing::Default | Standing::Nothing
    );
    let flip = Flip {
        reading: leaf.reading.clone(),
        to,
    };
    (!fixed && !leaf.asks_unknown && leaf.reading.truth != to && stated(&flip).is_some())
        .then_some(flip)
}
