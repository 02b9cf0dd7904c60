//! The engine's judgement in the words of the slow evaluator, so that the two can be laid side by side. In: a plan and a
//! record; out: truths, numbers and verdicts by ground sentence and instance. It does not know which of the two is right.

use crate::reference::{Outcome, dilemma, keys, named, notes};
use fiducia::engine::{Cell, Journal, Limits, Memory, Recorder, Silent};
use fiducia::judge::{Judgement, judge};
use fiducia::plan::{Plan, RelId, WIDTH};
use fiducia::rulebook::{Case, NormId, Record, Rulebook, SentenceId};
use fiducia::value::{Status, Truth, ValueId};
use std::collections::BTreeMap;

/// What the engine makes of a record.
///
/// # Errors
/// The faults it found.
pub fn judged<R: Recorder>(
    book: &Rulebook,
    plan: &Plan,
    record: &Record,
) -> Result<Outcome, String> {
    let memory = Memory::<R>::default();
    let mut fast = judge(book, plan, record, memory, Limits::default());
    if let Some(stop) = fast.stopped() {
        return Err(format!("stopped: {stop:?}"));
    }
    if !fast.faults().is_empty() {
        return Err(format!("{:?}", fast.faults()));
    }
    let mut truths = BTreeMap::new();
    let mut numbers = BTreeMap::new();
    for (sentence, key) in keys(book, record) {
        let asked = columns(book, sentence, &key);
        let mut cells = asked.clone();
        let mut truth = fast.run_mut().truth_at(RelId(sentence.0), &mut cells);
        // The engine keeps a setting's value as it keeps a number: it answers with the value that holds.
        let other = |(asked, got): (&Cell, &Cell)| *asked != Cell::UNBOUND && asked != got;
        if asked.iter().zip(&cells).any(other) {
            truth = Truth::False;
        }
        let slots: Vec<usize> = book.vocabulary.number_slots(sentence).collect();
        if truth != Truth::False && !slots.is_empty() {
            let found = slots.iter().map(|at| fast.run().interval(cells[*at]));
            numbers.insert((sentence, key.clone()), found.collect());
        }
        truths.insert((sentence, key), truth);
    }
    let mut verdicts = BTreeMap::new();
    for verdict in fast.verdicts() {
        let parties: Option<Vec<ValueId>> =
            verdict.parties.iter().map(|cell| cell.value()).collect();
        let parties = parties.ok_or("a party without a value")?;
        let mut parts: Vec<_> = verdict.parts.iter().map(|part| part.statuses).collect();
        let norm = &book.norms[verdict.norm];
        if let [only] = norm.parts.as_slice()
            && only.name.is_none()
        {
            parts = vec![verdict.statuses];
        }
        verdicts.insert((verdict.norm, parties), (verdict.statuses, parts));
    }
    if verdicts.len() != fast.verdicts().len() {
        return Err("one instance has two verdicts".to_owned());
    }
    Ok(Outcome {
        truths,
        numbers,
        verdicts,
    })
}

/// The columns of a ground sentence, its numbers unbound.
fn columns(book: &Rulebook, sentence: SentenceId, key: &[ValueId]) -> Vec<Cell> {
    let mut key = key.iter();
    let slots = book.vocabulary.sentences[sentence].slots.iter();
    let mut cells: Vec<Cell> = slots
        .map(|slot| {
            if book.vocabulary.is_number(slot.kind) {
                Cell::UNBOUND
            } else {
                key.next().map_or(Cell::UNBOUND, |value| Cell::of(*value))
            }
        })
        .collect();
    cells.resize(WIDTH, Cell::UNBOUND);
    cells
}

/// What the engine makes of the options of a case, and its notes beside verdicts, in the words of the slow evaluator;
/// nothing where some world cannot be judged.
pub fn weighed(book: &Rulebook, plan: &Plan, case: &Case) -> Option<BTreeMap<String, String>> {
    let worlds = fiducia::judge::worlds(&book.vocabulary, case);
    let judged: Vec<Judgement<'_, Silent>> = worlds
        .iter()
        .map(|world| {
            let memory = Memory::default();
            judge(book, plan, &world.record, memory, Limits::default())
        })
        .collect();
    if judged
        .iter()
        .any(|one| one.stopped().is_some() || !one.faults().is_empty())
    {
        return None;
    }
    let mut told = BTreeMap::new();
    for (at, (world, judged)) in worlds.iter().zip(&judged).enumerate() {
        for verdict in judged.verdicts() {
            let instance = (verdict.norm, values(&verdict.parties)?);
            told.insert(
                format!("world {at}: {}", named(book, &world.record, &instance)),
                notes(verdict.silent, verdict.repaired),
            );
        }
    }
    let options: Vec<(usize, &Judgement<'_, Silent>)> = worlds
        .iter()
        .zip(&judged)
        .filter_map(|(world, judged)| Some((world.option?, judged)))
        .collect();
    let found = fiducia::judge::weigh(case, &options);
    let record = &worlds.first()?.record;
    for one in &found.standing {
        let instance = (one.norm, values(&one.parties)?);
        told.insert(
            format!("standing {}", named(book, record, &instance)),
            String::new(),
        );
    }
    for (option, outcome) in &found.outcomes {
        told.insert(format!("option {option}"), outcome.word().to_owned());
    }
    for pair in &found.dilemmas {
        let one = (pair.first.norm, values(&pair.first.parties)?);
        let other = (pair.second.norm, values(&pair.second.parties)?);
        let one = (&one, &pair.first_violated[..]);
        let other = (&other, &pair.second_violated[..]);
        told.extend([dilemma(book, record, one, other)]);
    }
    Some(told)
}

fn values(parties: &[Cell]) -> Option<Vec<ValueId>> {
    parties.iter().map(|cell| cell.value()).collect()
}

/// The verdicts of a record that have one status whichever way the unknowns turn out, and those undecided that have none
/// such, by what the engine finds.
pub fn either_way(
    book: &Rulebook,
    plan: &Plan,
    record: &Record,
) -> Vec<((NormId, Vec<ValueId>), Option<Status>)> {
    let memory = Memory::<Journal>::default();
    let judged = judge(book, plan, record, memory, Limits::default());
    if judged.stopped().is_some() || !judged.faults().is_empty() {
        return Vec::new();
    }
    let undecided = judged.verdicts().iter();
    undecided
        .filter(|verdict| verdict.statuses.len() > 1)
        .filter_map(|verdict| {
            let either = fiducia::judge::either_way(
                &judged,
                verdict,
                fiducia::judge::MOST_UNKNOWNS,
                Limits::default(),
            );
            Some(((verdict.norm, values(&verdict.parties)?), either))
        })
        .collect()
}
