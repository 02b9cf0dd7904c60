//! The worlds of a case (itself, its options, its suppositions) and what they come to: permissible, impermissible, open;
//! standing breaches; dilemmas. In: verdicts of each world; out: outcomes. Knows no words.

use super::judgement::{Judgement, Verdict};
use super::silence;
use crate::engine::{Cell, Recorder};
use crate::rulebook::{Case, NormId, Outcome, Record, Vocabulary};
use crate::value::{NormSort, Status, StatusSet};

/// A world of a case: one record to judge.
#[derive(Clone, Debug)]
pub struct World {
    /// The option taken, by position among the case's branches.
    pub option: Option<usize>,
    /// The supposition made, by position among the case's branches.
    pub suppose: Option<usize>,
    /// What is then on record.
    pub record: Record,
}

/// The worlds of a case: itself, then its options and suppositions in the order written.
#[must_use]
pub fn worlds(vocabulary: &Vocabulary, case: &Case) -> Vec<World> {
    let mut all = vec![World {
        option: None,
        suppose: None,
        record: case.record(vocabulary, None, None),
    }];
    for (at, branch) in case.branches.iter().enumerate() {
        let (option, suppose) = if branch.option {
            (Some(at), None)
        } else {
            (None, Some(at))
        };
        all.push(World {
            option,
            suppose,
            record: case.record(vocabulary, suppose, option),
        });
    }
    all
}

/// An instance of a duty, the same in every world of a case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instance {
    /// The duty.
    pub norm: NormId,
    /// Its parties.
    pub parties: Vec<Cell>,
}

/// Two duties that cannot both be kept, with no priority between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dilemma {
    /// One.
    pub first: Instance,
    /// The other.
    pub second: Instance,
    /// Options (positions among the branches) in which the first is violated and the second not.
    pub first_violated: Vec<usize>,
    /// Options in which the second is violated and the first not.
    pub second_violated: Vec<usize>,
}

/// What the options of a case come to.
#[derive(Clone, Debug, Default)]
pub struct Weighed {
    /// For each option (position among the branches) its outcome.
    pub outcomes: Vec<(usize, Outcome)>,
    /// Instances violated whatever is chosen, on which no option bears.
    pub standing: Vec<Instance>,
    /// Pairs of duties, where every option is impermissible.
    pub dilemmas: Vec<Dilemma>,
    /// Options ranked: `(better, worse)` where the better's sure violations are among the worse's and fewer.
    pub better: Vec<(usize, usize)>,
}

/// Weighs the options of a case, given the judgement of each (position among the branches first).
#[must_use]
pub fn weigh<R: Recorder>(case: &Case, options: &[(usize, &Judgement<'_, R>)]) -> Weighed {
    let violated: Vec<Vec<Instance>> = options
        .iter()
        .map(|(_, judged)| instances(judged, Verdict::is_violated))
        .collect();
    let standing = if options.len() < 2 {
        Vec::new()
    } else {
        standing(case, options, &violated)
    };
    let may = |verdict: &Verdict| verdict.statuses.has(Status::Violated);
    let mut outcomes = Vec::new();
    let mut counted: Vec<Vec<Instance>> = Vec::new();
    for ((at, judged), violated) in options.iter().zip(&violated) {
        let sure: Vec<Instance> = violated
            .iter()
            .filter(|one| !standing.contains(one))
            .cloned()
            .collect();
        let open = instances(judged, may)
            .into_iter()
            .any(|one| !standing.contains(&one));
        let outcome = match (sure.is_empty(), open) {
            (false, _) => Outcome::Impermissible,
            (true, true) => Outcome::Open,
            (true, false) => Outcome::Permissible,
        };
        outcomes.push((*at, outcome));
        counted.push(sure);
    }
    let stuck = options.len() >= 2
        && outcomes
            .iter()
            .all(|(_, outcome)| *outcome == Outcome::Impermissible);
    let dilemmas = if stuck {
        dilemmas(options, &counted)
    } else {
        Vec::new()
    };
    Weighed {
        better: ranking(options, &counted),
        outcomes,
        standing,
        dilemmas,
    }
}

fn instances<R: Recorder>(
    judged: &Judgement<'_, R>,
    which: impl Fn(&Verdict) -> bool,
) -> Vec<Instance> {
    let duties = judged
        .verdicts()
        .iter()
        .filter(|verdict| judged.book().norms[verdict.norm].sort == NormSort::Duty);
    duties
        .filter(|verdict| which(verdict))
        .map(|v| Instance {
            norm: v.norm,
            parties: v.parties.to_vec(),
        })
        .collect()
}

/// Instances violated in every option, on which no sentence stated by some option bears (ruling 1).
fn standing<R: Recorder>(
    case: &Case,
    options: &[(usize, &Judgement<'_, R>)],
    violated: &[Vec<Instance>],
) -> Vec<Instance> {
    let Some((first, rest)) = violated.split_first() else {
        return Vec::new();
    };
    let everywhere = first
        .iter()
        .filter(|one| rest.iter().all(|other| other.contains(one)));
    let touched = |one: &Instance| {
        options.iter().any(|(at, judged)| {
            let run = judged.run();
            let bearing = run.plan.bearing.norm(run.book, one.norm);
            let stated = &case.branches[*at].stated;
            stated.iter().any(|line| {
                silence::bears(&bearing.deciding, line, &one.parties)
                    || silence::bears(&bearing.founding, line, &one.parties)
            })
        })
    };
    everywhere.filter(|one| !touched(one)).cloned().collect()
}

/// Pairs of duty instances, each surely violated in some option where the other surely is not.
fn dilemmas<R: Recorder>(
    options: &[(usize, &Judgement<'_, R>)],
    violated: &[Vec<Instance>],
) -> Vec<Dilemma> {
    let mut all: Vec<Instance> = violated.iter().flatten().cloned().collect();
    all.sort();
    all.dedup();
    let surely_not = |judged: &Judgement<'_, R>, one: &Instance| {
        judged
            .verdict(one.norm, &one.parties)
            .is_none_or(|verdict| !verdict.statuses.meets(StatusSet::only(Status::Violated)))
    };
    let mut found = Vec::new();
    for (at, first) in all.iter().enumerate() {
        for second in &all[at + 1..] {
            let only = |broken: &Instance, kept: &Instance| -> Vec<usize> {
                let worlds = options.iter().zip(violated);
                worlds
                    .filter(|((_, judged), own)| own.contains(broken) && surely_not(judged, kept))
                    .map(|((at, _), _)| *at)
                    .collect()
            };
            let (first_violated, second_violated) = (only(first, second), only(second, first));
            if !first_violated.is_empty() && !second_violated.is_empty() {
                found.push(Dilemma {
                    first: first.clone(),
                    second: second.clone(),
                    first_violated,
                    second_violated,
                });
            }
        }
    }
    found
}

/// Options by inclusion of what is surely violated; incomparable ones stay so.
fn ranking<R: Recorder>(
    options: &[(usize, &Judgement<'_, R>)],
    violated: &[Vec<Instance>],
) -> Vec<(usize, usize)> {
    let mut better = Vec::new();
    for ((a, _), of_a) in options.iter().zip(violated) {
        for ((b, _), of_b) in options.iter().zip(violated) {
            let within = of_a.iter().all(|one| of_b.contains(one));
            if a != b && within && of_a.len() < of_b.len() {
                better.push((*a, *b));
            }
        }
    }
    better
}
