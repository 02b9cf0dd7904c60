//! This option or that, this case or that: the verdicts that differ, and the smallest sets of differing facts that flip each. In: two
//! worlds under one rulebook; out: [`Flipping`]s, each judged. Knows no words.

use super::again::missing;
use super::compare::{Comparison, Difference};
use super::inquiry::WorldJudged;
use super::likeness::is_same;
use crate::engine::{Limits, Memory, Silent, Thing};
use crate::judge::judge;
use crate::rulebook::{Record, Rulebook, Stated, replaces};
use crate::value::{StatusSet, ValueId};

/// Most facts of one set.
const MOST_FACTS: usize = 3;

/// Most judgings for one verdict.
const MOST_JUDGED: usize = 1500;

/// A fact in which two worlds differ.
#[derive(Clone, Debug)]
pub struct Differing {
    /// What the first states, if it states anything of it.
    pub first: Option<Stated>,
    /// What the second states.
    pub second: Option<Stated>,
}

/// What flips a verdict of the first world to that of the second.
#[derive(Clone, Debug)]
pub struct Flipping {
    /// The verdict, by position among the differences.
    pub of: usize,
    /// The smallest sets of differing facts, by position, which carried over give the second world's statuses.
    pub sets: Vec<Vec<usize>>,
    /// Whether no set of up to three does (then only more of them together do), or the search stopped.
    pub more: bool,
}

/// The facts in which two worlds differ: what the second states instead of what the first does.
#[must_use]
pub fn differing(book: &Rulebook, found: &Comparison) -> Vec<Differing> {
    let mut all: Vec<Differing> = Vec::new();
    let mut used = vec![false; found.only_first.len()];
    for second in &found.only_second {
        let at = found.only_first.iter().enumerate().position(|(at, first)| {
            !used[at]
                && (replaces(&book.vocabulary, second, first)
                    || replaces(&book.vocabulary, first, second))
        });
        if let Some(at) = at {
            used[at] = true;
        }
        all.push(Differing {
            first: at.map(|at| found.only_first[at].clone()),
            second: Some(second.clone()),
        });
    }
    for (first, used) in found.only_first.iter().zip(used) {
        if !used {
            all.push(Differing {
                first: Some(first.clone()),
                second: None,
            });
        }
    }
    all
}

/// For each verdict that differs the smallest sets of differing facts that flip it.
#[must_use]
pub fn flipping(first: &WorldJudged<'_>, found: &Comparison, facts: &[Differing]) -> Vec<Flipping> {
    (0..found.differences.len())
        .map(|of| flips(first, &found.differences[of], of, facts))
        .collect()
}

fn flips(world: &WorldJudged<'_>, wanted: &Difference, of: usize, facts: &[Differing]) -> Flipping {
    let mut judged = 0;
    let mut memory: Memory<Silent> = Memory::default();
    for size in 1..=MOST_FACTS.min(facts.len()) {
        let mut sets = Vec::new();
        let mut chosen: Vec<usize> = (0..size).collect();
        loop {
            judged += 1;
            if judged > MOST_JUDGED {
                return Flipping {
                    of,
                    sets,
                    more: true,
                };
            }
            let record = carried(world.judged.record(), world.judged.book(), facts, &chosen);
            let (statuses, back) = statuses(world, &record, wanted, memory);
            memory = back;
            if statuses == Some(wanted.second) {
                sets.push(chosen.clone());
            }
            if !advance(&mut chosen, facts.len()) {
                break;
            }
        }
        if !sets.is_empty() {
            return Flipping {
                of,
                sets,
                more: false,
            };
        }
    }
    Flipping {
        of,
        sets: Vec::new(),
        more: true,
    }
}

/// The next set of the same size, in order.
fn advance(chosen: &mut [usize], of: usize) -> bool {
    let size = chosen.len();
    for at in (0..size).rev() {
        if chosen[at] < of - (size - at) {
            chosen[at] += 1;
            for next in at + 1..size {
                chosen[next] = chosen[next - 1] + 1;
            }
            return true;
        }
    }
    false
}

/// The first world's record with some facts as the second has them.
fn carried(record: &Record, book: &Rulebook, facts: &[Differing], chosen: &[usize]) -> Record {
    let mut record = record.clone();
    for which in chosen {
        let fact = &facts[*which];
        if let Some(first) = &fact.first {
            record.stated.retain(|line| !is_same(line, first));
        }
        if let Some(second) = &fact.second {
            record
                .stated
                .retain(|line| !replaces(&book.vocabulary, second, line));
            record.stated.push(second.clone());
        }
    }
    record
}

fn statuses(
    world: &WorldJudged<'_>,
    record: &Record,
    wanted: &Difference,
    memory: Memory<Silent>,
) -> (Option<StatusSet>, Memory<Silent>) {
    let (book, plan) = (world.judged.book(), world.judged.run().plan);
    let again = judge(book, plan, record, memory, Limits::default());
    let sound = again.faults().is_empty() && again.stopped().is_none();
    let values: Option<Vec<ValueId>> = wanted
        .parties
        .iter()
        .map(|party| match party {
            Some(Thing::Value(value)) => Some(*value),
            _ => None,
        })
        .collect();
    let own = values.map(|values| {
        let found = again.verdicts().iter().find(|verdict| {
            let mut parties = verdict.parties.iter().zip(&values);
            verdict.norm == wanted.norm && parties.all(|(cell, value)| cell.value() == Some(*value))
        });
        found.map_or(missing(book, wanted.norm), |verdict| verdict.statuses)
    });
    (own.filter(|_| sound), again.recycle())
}
