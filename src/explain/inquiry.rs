//! A case with every world of it judged, and what each verdict rests on: what every answer is made of. In: a rulebook, its
//! plan and a case; out: a [`CaseJudged`]. Knows no words.

use super::changes::{WhatIf, changes};
use super::grounds::{Grounds, grounds};
use super::questions::questions;
use super::steps::Steps;
use crate::engine::{Evidence, Found, Journal, Limits, Memory, Probe, Thing};
use crate::graph::FactGraph;
use crate::judge::{self, Finding, Judgement, MOST_UNKNOWNS, Verdict, Weighed, World};
use crate::plan::Plan;
use crate::rulebook::{Case, Rulebook};
use crate::value::{IndexVec, Status, StatusSet, Truth};

/// Which worlds of a case are wanted.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// One option by name.
    pub option: Option<String>,
    /// One supposition by name.
    pub suppose: Option<String>,
    /// Whether what verdicts rest on is left out, for whoever asks for sentences alone.
    pub bare: bool,
}

/// A name that no option or supposition has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoSuchBranch {
    /// Whether an option was wanted.
    pub option: bool,
    /// The name.
    pub name: String,
    /// Those there are.
    pub known: Vec<String>,
}

/// A finding with its sentence as evidence.
#[derive(Clone, Debug)]
pub struct FindingFound {
    /// The finding.
    pub finding: Finding,
    /// Its sentence.
    pub line: Evidence,
}

/// One world of a case, judged.
pub struct WorldJudged<'a> {
    /// The option taken, by position among the case's branches.
    pub option: Option<usize>,
    /// The supposition made, by position among the case's branches.
    pub suppose: Option<usize>,
    /// Whether it is to be shown.
    pub shown: bool,
    /// The judgement.
    pub judged: Judgement<'a, Journal>,
    /// Its fact graph.
    pub graph: FactGraph,
    /// How each sentence that matters came about.
    pub steps: Steps,
    /// What each verdict rests on, by position among the verdicts.
    pub grounds: Vec<Grounds>,
    /// The status an undecided verdict has whichever way its unknowns turn out, by position among the verdicts.
    pub either_way: Vec<Option<Status>>,
    /// Findings that hold or may hold.
    pub findings: Vec<FindingFound>,
}

/// A case judged.
pub struct CaseJudged<'a> {
    /// The rulebook.
    pub book: &'a Rulebook,
    /// Its plan.
    pub plan: &'a Plan,
    /// The case.
    pub case: &'a Case,
    /// Its worlds: itself, then options and suppositions in the order written, then one option under one supposition where
    /// both were asked for.
    pub worlds: Vec<WorldJudged<'a>>,
    /// What its options come to.
    pub weighed: Weighed,
}

/// The worlds of a case to be judged: all of them, and one option under one supposition where both are chosen.
///
/// # Errors
/// The name of an option or supposition that the case does not have.
pub fn worlds(book: &Rulebook, case: &Case, choice: &Choice) -> Result<Vec<World>, NoSuchBranch> {
    let mut all = judge::worlds(&book.vocabulary, case);
    let option = branch(case, choice.option.as_deref(), true)?;
    let suppose = branch(case, choice.suppose.as_deref(), false)?;
    if option.is_some() && suppose.is_some() {
        all.push(World {
            option,
            suppose,
            record: case.record(&book.vocabulary, suppose, option),
        });
    }
    Ok(all)
}

/// The position of a branch by name.
fn branch(case: &Case, name: Option<&str>, option: bool) -> Result<Option<usize>, NoSuchBranch> {
    let Some(name) = name else {
        return Ok(None);
    };
    let of_sort = || {
        let all = case.branches.iter().enumerate();
        all.filter(|(_, branch)| branch.option == option)
    };
    let found = of_sort().find(|(_, branch)| branch.name == name);
    found.map(|(at, _)| Some(at)).ok_or_else(|| NoSuchBranch {
        option,
        name: name.to_owned(),
        known: of_sort().map(|(_, branch)| branch.name.clone()).collect(),
    })
}

/// Judges the worlds of a case and gathers what every verdict rests on. The worlds are those of [`worlds`].
#[must_use]
pub fn inquire<'a>(
    book: &'a Rulebook,
    plan: &'a Plan,
    case: &'a Case,
    worlds: &'a [World],
    choice: &Choice,
    limits: Limits<'a>,
) -> CaseJudged<'a> {
    let option = branch(case, choice.option.as_deref(), true).ok().flatten();
    let suppose = branch(case, choice.suppose.as_deref(), false)
        .ok()
        .flatten();
    let has_options = case.branches.iter().any(|branch| branch.option);
    let judged: Vec<WorldJudged<'a>> = worlds
        .iter()
        .map(|world| {
            let shown = match (option, suppose) {
                // The case without its options is shown when it has expectations or no options (ruling 9).
                (None, None) => {
                    world.option.is_some()
                        || world.suppose.is_some()
                        || !has_options
                        || !case.expectations.is_empty()
                }
                _ => (world.option, world.suppose) == (option, suppose),
            };
            let judged =
                judge::judge::<Journal>(book, plan, &world.record, Memory::default(), limits);
            if choice.bare {
                WorldJudged::bare(world, judged, shown)
            } else {
                WorldJudged::of(world, judged, shown, limits)
            }
        })
        .collect();
    let options: Vec<(usize, &Judgement<'a, Journal>)> = judged
        .iter()
        .filter(|world| world.suppose.is_none())
        .filter_map(|world| Some((world.option?, &world.judged)))
        .collect();
    let weighed = judge::weigh(case, &options);
    CaseJudged {
        book,
        plan,
        case,
        worlds: judged,
        weighed,
    }
}

impl<'a> WorldJudged<'a> {
    /// Without what its verdicts rest on.
    fn bare(world: &World, judged: Judgement<'a, Journal>, shown: bool) -> Self {
        Self {
            option: world.option,
            suppose: world.suppose,
            shown,
            judged,
            graph: FactGraph::default(),
            steps: Steps::default(),
            grounds: Vec::new(),
            either_way: Vec::new(),
            findings: Vec::new(),
        }
    }

    fn of(world: &World, judged: Judgement<'a, Journal>, shown: bool, limits: Limits<'a>) -> Self {
        if !judged.faults().is_empty() || judged.stopped().is_some() {
            // Nothing is concluded, so there is nothing to explain.
            return Self::bare(world, judged, shown);
        }
        let graph = FactGraph::of(&judged);
        let mut steps = Steps::new(&graph);
        let mut all: Vec<Grounds> = (0..judged.verdicts().len())
            .map(|at| grounds(&judged, at))
            .collect();
        for own in &all {
            let lines: Vec<Evidence> = own.lines().cloned().collect();
            steps.take(&judged, &graph, &lines);
        }
        let asked = |verdict: &Verdict| {
            shown && (!verdict.silent || verdict.statuses.has(Status::Violated))
        };
        let turn = || {
            let mut what_if = WhatIf::new(&judged, limits);
            for (verdict, own) in judged.verdicts().iter().zip(&mut all) {
                if asked(verdict) {
                    own.otherwise = changes(&judged, verdict, own, &steps, &mut what_if);
                    own.questions = questions(&judged, verdict, own, &steps, &mut what_if);
                }
            }
        };
        let fill_in = || -> Vec<Option<Status>> {
            let either = |verdict: &Verdict| {
                asked(verdict)
                    .then(|| judge::either_way(&judged, verdict, MOST_UNKNOWNS, limits))
                    .flatten()
            };
            judged.verdicts().iter().map(either).collect()
        };
        let ((), either_way) = side_by_side(turn, fill_in);
        let findings = findings(&judged);
        let lines: Vec<Evidence> = findings.iter().map(|found| found.line.clone()).collect();
        steps.take(&judged, &graph, &lines);
        Self {
            option: world.option,
            suppose: world.suppose,
            shown,
            judged,
            graph,
            steps,
            grounds: all,
            either_way,
            findings,
        }
    }

    /// Whether it was judged: without a fault and within the limits.
    #[must_use]
    pub fn is_judged(&self) -> bool {
        self.judged.faults().is_empty() && self.judged.stopped().is_none()
    }

    /// The parties of a verdict.
    #[must_use]
    pub fn parties(&self, at: usize) -> Vec<Option<Thing>> {
        let cells = &self.judged.verdicts()[at].parties;
        cells
            .iter()
            .map(|cell| self.judged.run().thing(*cell))
            .collect()
    }

    /// Whether some duty surely is, or may be, violated.
    #[must_use]
    pub fn violated(&self) -> Truth {
        let own = |status: StatusSet| {
            Truth::of_sets(
                status == StatusSet::only(Status::Violated),
                status.has(Status::Violated),
            )
        };
        self.judged
            .verdicts()
            .iter()
            .map(|verdict| own(verdict.statuses))
            .fold(Truth::False, Truth::or)
    }
}

impl CaseJudged<'_> {
    /// The worlds to be shown.
    pub fn shown(&self) -> impl Iterator<Item = &WorldJudged<'_>> {
        self.worlds.iter().filter(|world| world.shown)
    }

    /// Whether a duty is surely violated in some world that is shown.
    #[must_use]
    pub fn has_violation(&self) -> bool {
        self.shown().any(|world| world.violated() == Truth::True)
    }

    /// Whether every world was judged.
    #[must_use]
    pub fn is_judged(&self) -> bool {
        self.worlds.iter().all(WorldJudged::is_judged)
    }
}

/// Both, the second on another thread where this one shares its work and another is free.
fn side_by_side<A: Send, B: Send>(
    first: impl FnOnce() -> A + Send,
    second: impl FnOnce() -> B + Send,
) -> (A, B) {
    // A thread of its own would wait for those that share, which may be waiting for it.
    if rayon::current_thread_index().is_none() {
        return (first(), second());
    }
    rayon::join(first, second)
}

fn findings(judged: &Judgement<'_, Journal>) -> Vec<FindingFound> {
    let run = judged.run();
    let none = IndexVec::new();
    let probe = Probe::new(run, &none);
    judged
        .findings()
        .into_iter()
        .map(|finding| {
            let slots: Vec<Option<Thing>> =
                finding.cells.iter().map(|cell| run.thing(*cell)).collect();
            let reading = probe.read(finding.sentence, &slots);
            let line = Evidence {
                line: 0,
                unless: false,
                truth: Some(finding.truth),
                found: Found::Sentence {
                    negated: false,
                    opposite: false,
                    reading,
                },
            };
            FindingFound { finding, line }
        })
        .collect()
}
