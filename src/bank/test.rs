//! Expectations against verdicts. In: a case; out: for each of its expectations whether it holds, and what is so instead.
//! Knows no words.

use crate::engine::{Cell, Fault, Limits, Memory, Recorder, Stop, Witness};
use crate::judge::{self, Defeater, Instance, Judgement, Verdict, Weighed};
use crate::plan::Plan;
use crate::rulebook::{Case, Expectation, Expected, NormPattern, Outcome, Rulebook};
use crate::value::{Status, StatusSet, Truth};

/// The expectations of one case, held against its verdicts.
#[derive(Clone, Debug, Default)]
pub struct CaseTest {
    /// One for each expectation, in the order written: the case's own, then those of its branches.
    pub results: Vec<Held>,
    /// Worlds (by position of the branch; `None` is the case itself) that could not be judged.
    pub not_judged: Vec<(Option<usize>, Vec<Fault>, Option<Stop>)>,
}

/// One expectation, held against a verdict.
#[derive(Clone, Debug)]
pub struct Held {
    /// The branch it was written in; `None` is the case itself.
    pub branch: Option<usize>,
    /// Its position among the expectations written there.
    pub expectation: usize,
    /// What is so instead, where it does not hold.
    pub instead: Option<Instead>,
}

/// What is so where an expectation fails.
#[derive(Clone, Debug)]
pub enum Instead {
    /// The sentence has this truth, and these values in its number slots.
    Truth(Truth, Vec<Cell>),
    /// No instance that matches may be engaged.
    NoInstance,
    /// Instances that match but have other statuses, or other defeaters behind them.
    Statuses(Vec<Found>),
    /// The option has this outcome.
    Outcome(Outcome),
    /// There is no such option.
    NoOption,
    /// Not this dilemma; these pairs are.
    Dilemmas(Vec<(Instance, Instance)>),
    /// The world could not be judged.
    NotJudged,
}

/// An instance with what was found.
#[derive(Clone, Debug)]
pub struct Found {
    /// Which.
    pub instance: Instance,
    /// Its statuses (of the part, where one was named).
    pub statuses: StatusSet,
    /// What stands behind them.
    pub by: Vec<Defeater>,
}

impl CaseTest {
    /// Whether everything holds.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.not_judged.is_empty() && self.results.iter().all(|held| held.instead.is_none())
    }
}

/// Holds every expectation of a case against its verdicts.
#[must_use]
pub fn test_case(book: &Rulebook, plan: &Plan, case: &Case, limits: Limits<'_>) -> CaseTest {
    let worlds = judge::worlds(&book.vocabulary, case);
    let mut judged: Vec<(Option<usize>, Judgement<'_, Witness>)> = Vec::new();
    for world in &worlds {
        let judgement = judge::judge(book, plan, &world.record, Memory::default(), limits);
        judged.push((world.option.or(world.suppose), judgement));
    }
    let sound =
        |judged: &Judgement<'_, Witness>| judged.faults().is_empty() && judged.stopped().is_none();
    let mut test = CaseTest::default();
    for (branch, judgement) in judged.iter().filter(|(_, judgement)| !sound(judgement)) {
        test.not_judged
            .push((*branch, judgement.faults().to_vec(), judgement.stopped()));
    }
    let options: Vec<(usize, &Judgement<'_, Witness>)> = worlds
        .iter()
        .zip(&judged)
        .filter_map(|(world, (_, judgement))| world.option.map(|option| (option, judgement)))
        .collect();
    let weighed = judge::weigh(case, &options);
    drop(options);
    for (branch, judgement) in &mut judged {
        let written = branch.map_or(&case.expectations, |at| &case.branches[at].expectations);
        for (at, expectation) in written.iter().enumerate() {
            let instead = if sound(judgement) {
                hold(case, judgement, &weighed, expectation)
            } else {
                Some(Instead::NotJudged)
            };
            test.results.push(Held {
                branch: *branch,
                expectation: at,
                instead,
            });
        }
    }
    test
}

fn hold<R: Recorder>(
    case: &Case,
    judged: &mut Judgement<'_, R>,
    weighed: &Weighed,
    line: &Expectation,
) -> Option<Instead> {
    match &line.expected {
        Expected::Truth {
            sentence,
            values,
            truth,
        } => {
            let cells: Vec<Cell> = values
                .iter()
                .map(|value| value.map_or(Cell::UNBOUND, Cell::of))
                .collect();
            let found = judged.truth_of_value(*sentence, &cells);
            let mut stored = cells.clone();
            (found != *truth).then(|| {
                judged.truth_into(*sentence, &mut stored);
                Instead::Truth(found, stored)
            })
        }
        Expected::Statuses {
            pattern,
            statuses,
            by,
        } => hold_statuses(judged, pattern, *statuses, by.as_deref()),
        Expected::Outcome { option, outcome } => {
            let at = case
                .branches
                .iter()
                .position(|branch| branch.option && branch.name == *option);
            let found = weighed
                .outcomes
                .iter()
                .find(|(own, _)| Some(*own) == at)
                .map(|(_, outcome)| *outcome);
            match found {
                None => Some(Instead::NoOption),
                Some(found) => (found != *outcome).then_some(Instead::Outcome(found)),
            }
        }
        Expected::Dilemma(a, b) => {
            let pairs = weighed
                .dilemmas
                .iter()
                .map(|dilemma| (dilemma.first.clone(), dilemma.second.clone()));
            let pairs: Vec<(Instance, Instance)> = pairs.collect();
            let holds = pairs
                .iter()
                .any(|(x, y)| (fits(a, x) && fits(b, y)) || (fits(a, y) && fits(b, x)));
            (!holds).then_some(Instead::Dilemmas(pairs))
        }
    }
}

/// At least one engaged instance matches, and every one that does has exactly these statuses.
fn hold_statuses<R: Recorder>(
    judged: &Judgement<'_, R>,
    pattern: &NormPattern,
    wanted: Option<StatusSet>,
    by: Option<&str>,
) -> Option<Instead> {
    let matching: Vec<&Verdict> = judged
        .verdicts()
        .iter()
        .filter(|verdict| fits(pattern, &instance(verdict)))
        .collect();
    let out = StatusSet::only(Status::NotEngaged).with(Status::NotRaised);
    let expects_none = wanted.is_some_and(|wanted| wanted.within(out));
    if matching.is_empty() {
        return if expects_none {
            None
        } else {
            Some(Instead::NoInstance)
        };
    }
    let right = |verdict: &&Verdict| {
        let statuses = verdict.statuses_of(pattern.part);
        let set = match wanted {
            None => statuses.len() > 1,
            Some(wanted) => statuses == wanted,
        };
        set && by.is_none_or(|name| {
            behind(verdict, pattern.part)
                .iter()
                .any(|one| name_of(judged.book(), *one) == name)
        })
    };
    let wrong: Vec<Found> = matching
        .iter()
        .filter(|verdict| !right(verdict))
        .map(|verdict| Found {
            instance: instance(verdict),
            statuses: verdict.statuses_of(pattern.part),
            by: behind(verdict, pattern.part),
        })
        .collect();
    (!wrong.is_empty()).then_some(Instead::Statuses(wrong))
}

fn instance(verdict: &Verdict) -> Instance {
    Instance {
        norm: verdict.norm,
        parties: verdict.parties.to_vec(),
    }
}

/// Whether an instance is of the pattern's norm and has the parties that it names.
#[must_use]
pub fn fits(pattern: &NormPattern, instance: &Instance) -> bool {
    pattern.norm == instance.norm
        && pattern
            .parties
            .iter()
            .zip(&instance.parties)
            .all(|(wanted, cell)| wanted.is_none_or(|wanted| cell.value() == Some(wanted)))
}

fn behind(verdict: &Verdict, part: Option<usize>) -> Vec<Defeater> {
    let by = part
        .and_then(|part| verdict.parts.get(part))
        .map_or(&verdict.by, |part| &part.by);
    by.iter().map(|by| by.defeater).collect()
}

/// The name of an exemption, excuse or priority.
#[must_use]
pub fn name_of(book: &Rulebook, defeater: Defeater) -> &str {
    match defeater {
        Defeater::Defeat(id) => &book.defeats[id].name,
        Defeater::Priority(id) => &book.priorities[id].name,
    }
}
