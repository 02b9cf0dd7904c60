//! Verdict conditions read for a probe. In: a condition and a binding; out: the statuses of the instances it speaks of.

use super::evidence::{Binding, Found, Thing, VerdictRead};
use super::journal::Recorder;
use super::probe::Probe;
use super::solve::status_set;
use crate::rulebook::{NormId, VerdictOf};
use crate::value::{NormSort, Status, StatusSet, Truth};

impl<R: Recorder> Probe<'_, '_, R> {
    pub(super) fn verdict(
        &self,
        negated: bool,
        not_known: bool,
        of: &VerdictOf,
        statuses: StatusSet,
        binding: &Binding,
    ) -> (Truth, Found) {
        let mut read = Vec::new();
        match of {
            VerdictOf::Norm { norm, terms, part } => {
                let parties: Vec<Option<Thing>> =
                    terms.iter().map(|term| self.term(*term, binding)).collect();
                let free = |at: &usize| parties[*at].is_none();
                let free: Vec<usize> = (0..parties.len()).filter(free).collect();
                read.extend(self.verdicts(*norm, &parties, *part));
                read.retain(|one| self.may_stand(terms, &one.parties, &free));
            }
            VerdictOf::AnyDuty { parties, duties } => {
                for duty in duties {
                    let slots: Vec<Option<Thing>> = self.run.book.norms[*duty]
                        .parties
                        .iter()
                        .map(|party| {
                            let term = parties.iter().find(|(role, _)| *role == party.role);
                            term.and_then(|(_, term)| self.term(*term, binding))
                        })
                        .collect();
                    read.extend(self.verdicts(*duty, &slots, None));
                }
            }
        }
        let judge = |set: StatusSet| {
            if set.within(statuses) {
                Truth::True
            } else if set.meets(statuses) {
                Truth::Unknown
            } else {
                Truth::False
            }
        };
        let best = read
            .iter()
            .map(|one| judge(one.statuses))
            .fold(Truth::False, Truth::or);
        let truth = match (negated, not_known) {
            (_, true) => Truth::from(best == Truth::Unknown),
            (true, _) => best.negate(),
            _ => best,
        };
        let found = Found::Verdict {
            negated,
            not_known,
            statuses,
            read,
        };
        (truth, found)
    }

    /// The verdicts on the instances that agree; where every party is given and none is stored, that it is not engaged.
    #[must_use]
    pub fn verdicts(
        &self,
        norm: NormId,
        parties: &[Option<Thing>],
        part: Option<usize>,
    ) -> Vec<VerdictRead> {
        let written = &self.run.book.norms[norm];
        let rel = self.run.plan.norms[norm].verdict;
        let named = written.parts.iter().any(|part| part.name.is_some());
        let column = parties.len() + part.filter(|_| named).map_or(0, |part| part + 1);
        let mask = (1_u32 << parties.len()) - 1;
        let mut found = Vec::new();
        for row in 0..u32::try_from(self.run.table(rel).len()).unwrap_or(u32::MAX) {
            if self.agrees(rel, row, parties, mask) {
                let cells = self.run.table(rel).row(row);
                found.push(VerdictRead {
                    norm,
                    parties: cells[..parties.len()]
                        .iter()
                        .map(|cell| self.run.thing(*cell))
                        .collect(),
                    part,
                    statuses: status_set(cells[column]),
                });
            }
        }
        if found.is_empty() && parties.iter().all(Option::is_some) {
            found.push(VerdictRead {
                norm,
                parties: parties.to_vec(),
                part,
                statuses: StatusSet::only(match written.sort {
                    NormSort::Concern => Status::NotRaised,
                    NormSort::Duty | NormSort::Ideal => Status::NotEngaged,
                }),
            });
        }
        found
    }
}
