//! Where each verdict of a world is told. In: a judged world; out: its verdicts by section.

use super::page::Report;
use crate::explain::{CaseJudged, WorldJudged};
use crate::value::{NormSort, Status, StatusSet};

/// The verdicts of a world by where they are told.
#[derive(Default)]
pub(super) struct Sorted {
    pub(super) violated: Vec<usize>,
    pub(super) open: Vec<usize>,
    pub(super) overridden: Vec<usize>,
    pub(super) excused: Vec<usize>,
    pub(super) exempt: Vec<usize>,
    pub(super) kept: Vec<usize>,
    pub(super) concerns: Vec<usize>,
    pub(super) ideals: Vec<usize>,
    pub(super) owed: Vec<usize>,
    pub(super) not_assessed: Vec<usize>,
    pub(super) not_engaged: Vec<usize>,
}

/// Sorts the verdicts of a world by where they are told.
pub(super) fn sort(judged: &CaseJudged<'_>, world: &WorldJudged<'_>, how: &Report) -> Sorted {
    let mut sorted = Sorted::default();
    let verdicts = world.judged.verdicts();
    for (at, verdict) in verdicts.iter().enumerate() {
        let only = |status: Status| verdict.statuses == StatusSet::only(status);
        let folds = verdict.silent && !how.all;
        let list = match judged.book.norms[verdict.norm].sort {
            NormSort::Duty if verdict.statuses.len() > 1 => &mut sorted.open,
            NormSort::Duty if only(Status::Violated) => &mut sorted.violated,
            NormSort::Duty if only(Status::Overridden) => &mut sorted.overridden,
            NormSort::Duty if only(Status::Excused) => &mut sorted.excused,
            NormSort::Duty if only(Status::Exempt) => &mut sorted.exempt,
            NormSort::Duty if only(Status::Fulfilled) => {
                if folds && !defeats_another(world, at) {
                    &mut sorted.owed
                } else {
                    &mut sorted.kept
                }
            }
            NormSort::Ideal | NormSort::Concern if verdict.statuses.len() > 1 && folds => {
                &mut sorted.not_assessed
            }
            NormSort::Ideal if !only(Status::NotEngaged) => &mut sorted.ideals,
            NormSort::Concern if !only(Status::NotRaised) => &mut sorted.concerns,
            _ if how.all => &mut sorted.not_engaged,
            _ => continue,
        };
        list.push(at);
    }
    sorted
}

/// Whether a duty, by being kept, overrides another.
pub(super) fn defeats_another(world: &WorldJudged<'_>, at: usize) -> bool {
    use crate::graph::Edge;
    use petgraph::visit::EdgeRef;
    let Some(node) = world.graph.verdict(at) else {
        return false;
    };
    world
        .graph
        .graph
        .edges(node)
        .any(|edge| *edge.weight() == Edge::Outranks && edge.source() == node)
}
