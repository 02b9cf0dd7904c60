//! Conclusions that hold whichever way the unknowns turn out. In: an undecided verdict; out: its status, where every way of
//! filling in the unknowns it hangs on gives the same one. Nothing depends on the answer: it is a note beside the verdict.

use super::judgement::{Judgement, Verdict, judge};
use super::silence::fits;
use crate::engine::{Journal, Limits, Memory, Silent};
use crate::rulebook::{Record, SentenceId, Stated, replaces};
use crate::value::{Status, StatusSet, Truth, ValueId};

/// Most unknown sentences that are filled in unless asked for more.
pub const MOST_UNKNOWNS: usize = 8;

/// The status an undecided verdict has whichever way its unknowns turn out; `None` where it differs, where more than `most`
/// sentences matter, or where a line asks what is not known.
#[must_use]
pub fn either_way(
    judged: &Judgement<'_, Journal>,
    verdict: &Verdict,
    most: usize,
    limits: Limits<'_>,
) -> Option<Status> {
    let bearings = judged
        .run()
        .plan
        .bearing
        .norm(judged.run().book, verdict.norm);
    if verdict.statuses.len() < 2 || bearings.asks_unknown {
        return None;
    }
    let unknowns = unknowns(judged, verdict);
    if unknowns.is_empty() || unknowns.len() > most {
        return None;
    }
    let mut memory = Memory::default();
    let mut found = None;
    let agreed = complete(
        judged,
        verdict,
        judged.record(),
        &unknowns,
        limits,
        &mut memory,
        &mut found,
    );
    found.filter(|_| agreed)
}

/// The unknown sentences that bear on a verdict and were asked while judging: no numbers.
fn unknowns(judged: &Judgement<'_, Journal>, verdict: &Verdict) -> Vec<(SentenceId, Vec<ValueId>)> {
    let run = judged.run();
    let bearings = run.plan.bearing.norm(run.book, verdict.norm);
    let mut found = Vec::new();
    for (rel, cells) in run.asked() {
        let relation = &run.plan.relations[*rel];
        if relation.key.count_ones() as usize != relation.arity {
            continue;
        }
        let Some(values) = cells
            .iter()
            .map(|cell| cell.value())
            .collect::<Option<Vec<ValueId>>>()
        else {
            continue;
        };
        let stated: Vec<Option<ValueId>> = values.iter().map(|value| Some(*value)).collect();
        let sentence = SentenceId(rel.0);
        let mut all = bearings.all();
        if all
            .any(|bearing| bearing.sentence == sentence && fits(bearing, &stated, &verdict.parties))
        {
            found.push((sentence, values));
        }
    }
    found
}

/// Fills in the first unknown both ways; a partial filling that decides closes its subtree.
fn complete(
    judged: &Judgement<'_, Journal>,
    verdict: &Verdict,
    record: &Record,
    unknowns: &[(SentenceId, Vec<ValueId>)],
    limits: Limits<'_>,
    memory: &mut Memory<Silent>,
    found: &mut Option<Status>,
) -> bool {
    let Some(((sentence, values), rest)) = unknowns.split_first() else {
        return false;
    };
    for truth in [Truth::True, Truth::False] {
        let mut filled = record.clone();
        let line = Stated {
            sentence: *sentence,
            values: values.iter().map(|value| Some(*value)).collect(),
            truth,
            according_to: None,
            span: None,
            branch: None,
        };
        filled
            .stated
            .retain(|old| !replaces(&judged.book().vocabulary, &line, old));
        filled.stated.push(line);
        let again = judge(
            judged.book(),
            judged.run().plan,
            &filled,
            std::mem::take(memory),
            limits,
        );
        if !again.faults().is_empty() || again.stopped().is_some() {
            return false;
        }
        let statuses = again.verdict(verdict.norm, &verdict.parties).map_or_else(
            || {
                StatusSet::only(if is_concern(judged, verdict) {
                    Status::NotRaised
                } else {
                    Status::NotEngaged
                })
            },
            |verdict| verdict.statuses,
        );
        *memory = again.recycle();
        match (statuses.determined(), *found) {
            (Some(status), None) => *found = Some(status),
            (Some(status), Some(before)) if status != before => return false,
            (Some(_), Some(_)) => {}
            (None, _) => {
                if !complete(judged, verdict, &filled, rest, limits, memory, found) {
                    return false;
                }
            }
        }
    }
    true
}

fn is_concern(judged: &Judgement<'_, Journal>, verdict: &Verdict) -> bool {
    judged.book().norms[verdict.norm].sort == crate::value::NormSort::Concern
}
