//! Which cases of a bank are most like one: by the facts they share and by the steps that decided them, persons matched by what is said
//! of them. In: a judged record, and the records of a bank under the same rulebook; out: [`Precedent`]s, most alike first. Knows
//! no words.

use super::likeness::{Names, is_same, matched, translated};
use crate::engine::{Journal, Limits, Memory, Recorder};
use crate::judge::{Defeater, Judgement, judge};
use crate::plan::{Origin, Plan};
use crate::rulebook::{NormId, Record, RuleId, Rulebook, Stated};
use crate::value::{StatusSet, Truth};
use std::collections::BTreeSet;

/// A step that decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DecidingStep {
    /// This rule applied.
    Rule(RuleId),
    /// This exemption, excuse or priority acted.
    Acted(Defeater),
    /// An instance of this norm came to these statuses, and something on record speaks to it.
    Came(NormId, StatusSet),
}

/// How a case of the bank is like the one asked about.
#[derive(Clone, Debug)]
pub struct Precedent {
    /// Which of the bank, by position.
    pub which: usize,
    /// Facts that both state, in the names of the one asked about.
    pub facts: Vec<Stated>,
    /// Facts that only the one asked about states.
    pub only_here: usize,
    /// Facts that only the other states.
    pub only_there: usize,
    /// Steps that decided both.
    pub steps: Vec<DecidingStep>,
    /// How many steps decided either.
    pub all_steps: usize,
}

impl Precedent {
    /// How much is shared, and out of how much.
    #[must_use]
    pub fn likeness(&self) -> (usize, usize) {
        let shared = self.facts.len() + self.steps.len();
        (
            shared,
            self.facts.len() + self.only_here + self.only_there + self.all_steps,
        )
    }
}

/// The steps that decided a record; none where it cannot be judged.
#[must_use]
pub fn deciding_steps(book: &Rulebook, plan: &Plan, record: &Record) -> BTreeSet<DecidingStep> {
    let judged: Judgement<'_, Journal> =
        judge(book, plan, record, Memory::default(), Limits::default());
    let mut found = BTreeSet::new();
    if !judged.faults().is_empty() || judged.stopped().is_some() {
        return found;
    }
    for firing in judged.run().recorder().firings() {
        if let Origin::Rule(rule) = plan.joins[firing.join].origin
            && firing.truth == Truth::True
        {
            found.insert(DecidingStep::Rule(rule));
        }
    }
    for verdict in judged.verdicts().iter().filter(|verdict| !verdict.silent) {
        found.insert(DecidingStep::Came(verdict.norm, verdict.statuses));
        for by in verdict.by.iter().filter(|by| by.truth == Truth::True) {
            found.insert(DecidingStep::Acted(by.defeater));
        }
    }
    found
}

/// The records of a bank, most like a record first; those that share nothing are left out.
#[must_use]
pub fn precedents(
    book: &Rulebook,
    plan: &Plan,
    record: &Record,
    bank: &[&Record],
) -> Vec<Precedent> {
    let own = deciding_steps(book, plan, record);
    let mut found: Vec<Precedent> = bank
        .iter()
        .enumerate()
        .map(|(which, other)| {
            let pairs = matched(record, other, Names::Last);
            let mut names = record.clone();
            let theirs = translated(book, &mut names, other, &pairs);
            let facts: Vec<Stated> = record
                .stated
                .iter()
                .filter(|line| theirs.iter().any(|other| is_same(line, other)))
                .cloned()
                .collect();
            let steps = deciding_steps(book, plan, other);
            Precedent {
                which,
                only_here: record.stated.len() - facts.len(),
                only_there: theirs.len().saturating_sub(facts.len()),
                facts,
                steps: own.intersection(&steps).copied().collect(),
                all_steps: own.union(&steps).count(),
            }
        })
        .filter(|one| one.likeness().0 > 0)
        .collect();
    // Fractions are compared exactly: a / b before c / d where a * d is more than c * b.
    found.sort_by(|a, b| {
        let ((one, of_one), (other, of_other)) = (a.likeness(), b.likeness());
        (other * of_one)
            .cmp(&(one * of_other))
            .then(a.which.cmp(&b.which))
    });
    found
}
