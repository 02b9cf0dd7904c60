//! Two worlds of a case side by side. In: two judged worlds; out: the verdicts whose statuses differ, and the stated sentences
//! that differ. Knows no words.

use super::inquiry::WorldJudged;
use crate::engine::Thing;
use crate::rulebook::{NormId, Stated};
use crate::value::{NormSort, Status, StatusSet};

/// A verdict that differs.
#[derive(Clone, Debug)]
pub struct Difference {
    /// Which norm.
    pub norm: NormId,
    /// Its parties.
    pub parties: Vec<Option<Thing>>,
    /// Its statuses in the first world.
    pub first: StatusSet,
    /// Its statuses in the second.
    pub second: StatusSet,
    /// Its position among the first world's verdicts, if it is there.
    pub at_first: Option<usize>,
    /// Its position among the second world's.
    pub at_second: Option<usize>,
}

/// Two worlds compared.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// What differs, in the order of the rulebook.
    pub differences: Vec<Difference>,
    /// Sentences that only the first states so.
    pub only_first: Vec<Stated>,
    /// Sentences that only the second states so.
    pub only_second: Vec<Stated>,
}

/// What differs between two worlds of one case.
#[must_use]
pub fn compare(first: &WorldJudged<'_>, second: &WorldJudged<'_>) -> Comparison {
    let mut found = Comparison {
        only_first: only(first, second),
        only_second: only(second, first),
        ..Comparison::default()
    };
    for (at, verdict) in first.judged.verdicts().iter().enumerate() {
        let other = position(second, verdict.norm, &first.parties(at));
        let statuses = other.map_or_else(
            || missing(first, verdict.norm),
            |other| second.judged.verdicts()[other].statuses,
        );
        if statuses != verdict.statuses {
            found.differences.push(Difference {
                norm: verdict.norm,
                parties: first.parties(at),
                first: verdict.statuses,
                second: statuses,
                at_first: Some(at),
                at_second: other,
            });
        }
    }
    for (at, verdict) in second.judged.verdicts().iter().enumerate() {
        let absent = missing(second, verdict.norm);
        if verdict.statuses != absent
            && position(first, verdict.norm, &second.parties(at)).is_none()
        {
            found.differences.push(Difference {
                norm: verdict.norm,
                parties: second.parties(at),
                first: absent,
                second: verdict.statuses,
                at_first: None,
                at_second: Some(at),
            });
        }
    }
    found.differences.sort_by_key(|difference| difference.norm);
    found
}

/// The position of an instance among a world's verdicts.
#[must_use]
pub fn position(world: &WorldJudged<'_>, norm: NormId, parties: &[Option<Thing>]) -> Option<usize> {
    (0..world.judged.verdicts().len())
        .find(|at| world.judged.verdicts()[*at].norm == norm && world.parties(*at) == parties)
}

fn missing(world: &WorldJudged<'_>, norm: NormId) -> StatusSet {
    StatusSet::only(match world.judged.book().norms[norm].sort {
        NormSort::Concern => Status::NotRaised,
        NormSort::Duty | NormSort::Ideal => Status::NotEngaged,
    })
}

fn only(first: &WorldJudged<'_>, second: &WorldJudged<'_>) -> Vec<Stated> {
    let same = |a: &Stated, b: &Stated| {
        a.sentence == b.sentence && a.values == b.values && a.truth == b.truth
    };
    let other = &second.judged.record().stated;
    let own = first.judged.record().stated.iter();
    own.filter(|line| !other.iter().any(|known| same(line, known)))
        .cloned()
        .collect()
}
