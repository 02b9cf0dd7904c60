//! Whether anything the record states bears on a verdict (ruling 39). In: a verdict and what bears on its norm; out: yes or
//! no. Knows no words.

use super::judgement::Verdict;
use crate::engine::{Cell, Recorder, Run};
use crate::plan::RelId;
use crate::plan::bearing::{Bearing, Slot};
use crate::rulebook::{SentenceId, Stated};
use crate::value::ValueId;

/// Whether no stated sentence bears on a line that decides the verdict.
pub fn is_silent<R: Recorder>(run: &Run<'_, R>, verdict: &Verdict) -> bool {
    !is_borne_on(
        run,
        &run.plan.bearing.norm(run.book, verdict.norm).deciding,
        &verdict.parties,
    )
}

/// Whether no stated sentence bears on an undecided finding.
pub fn is_finding_silent<R: Recorder>(
    run: &Run<'_, R>,
    sentence: SentenceId,
    cells: &[Cell],
) -> bool {
    !is_borne_on(
        run,
        &run.plan.bearing.finding(run.book, sentence).deciding,
        cells,
    )
}

/// Whether some stated sentence fits one of the patterns.
fn is_borne_on<R: Recorder>(run: &Run<'_, R>, bearings: &[Bearing], parties: &[Cell]) -> bool {
    bearings.iter().any(|bearing| {
        run.stated_by(RelId(bearing.sentence.0))
            .any(|stated| fits(bearing, &stated.values, parties))
    })
}

/// Whether a stated sentence fits one of the patterns for these parties.
#[must_use]
pub fn bears(bearings: &[Bearing], stated: &Stated, parties: &[Cell]) -> bool {
    bearings.iter().any(|bearing| {
        bearing.sentence == stated.sentence && fits(bearing, &stated.values, parties)
    })
}

/// Whether ground values fit a pattern for these parties.
#[must_use]
pub fn fits(bearing: &Bearing, values: &[Option<ValueId>], parties: &[Cell]) -> bool {
    bearing
        .slots
        .iter()
        .zip(values)
        .all(|(slot, value)| match (slot, value) {
            (Slot::Any, _) | (_, None) => true,
            (Slot::Value(wanted), Some(value)) => wanted == value,
            (Slot::Party(at), Some(value)) => parties
                .get(*at)
                .is_none_or(|party| party.value() == Some(*value)),
        })
}
