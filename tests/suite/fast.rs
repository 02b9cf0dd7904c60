//! The engine's judgement in the words of the slow evaluator, so that the two can be laid side by side. In: a plan and a
//! record; out: truths, numbers and verdicts by ground sentence and instance. It does not know which of the two is right.

use crate::reference::{Outcome, keys};
use fiducia::engine::{Cell, Limits, Memory, Recorder};
use fiducia::judge::judge;
use fiducia::plan::{Plan, RelId, WIDTH};
use fiducia::rulebook::{Record, Rulebook, SentenceId};
use fiducia::value::{Truth, ValueId};
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
