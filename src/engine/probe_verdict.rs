//! Verdict conditions read for a probe. In: a condition and a binding; out: the statuses of the instances it speaks of.

use super::evidence::{Binding, Found, Thing, VerdictRead};
use super::journal::Recorder;
use super::probe::Probe;
use super::solve::status_set;
use crate::rulebook::{NormId, Role, Term, VerdictOf};
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
                    let norm = &self.run.book.norms[*duty];
                    let slots: Vec<Option<Thing>> = norm
                        .parties
                        .iter()
                        .map(|party| {
                            let term = parties.iter().find(|(role, _)| *role == party.role);
                            term.and_then(|(_, term)| self.term(*term, binding))
                        })
                        .collect();
                    // A duty that whoever is named cannot have is not one that is not engaged.
                    let fits = norm.parties.iter().zip(&slots).all(|(party, slot)| {
                        slot.is_none_or(|thing| self.is_of(norm.vars[party.var].kind, thing))
                    });
                    if !fits {
                        continue;
                    }
                    let mut own = self.verdicts(*duty, &slots, None);
                    own.retain(|one| self.may_be(parties, *duty, &slots, one));
                    let holds = own.iter().any(|one| one.statuses.within(statuses));
                    read.extend(own);
                    // Whoever is not listed is not engaged: one of them is enough.
                    let named = |role| parties.iter().any(|(own, _)| *own == role);
                    if statuses.has(Status::NotEngaged) && !holds {
                        read.extend(self.not_listed(*duty, &slots, &named));
                    }
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

    /// Whether those of a verdict who fill the named roles can stand in the slots that are still free.
    fn may_be(
        &self,
        named: &[(Role, Term)],
        duty: NormId,
        slots: &[Option<Thing>],
        read: &VerdictRead,
    ) -> bool {
        let places = self.run.book.norms[duty].parties.iter().enumerate();
        let (terms, things): (Vec<Term>, Vec<Option<Thing>>) = places
            .filter(|(at, _)| slots[*at].is_none())
            .filter_map(|(at, party)| {
                let (_, term) = named.iter().find(|(role, _)| *role == party.role)?;
                Some((*term, read.parties[at]))
            })
            .unzip();
        let all: Vec<usize> = (0..terms.len()).collect();
        self.may_stand(&terms, &things, &all)
    }

    /// An instance of a duty that is not listed, whoever fills the roles that are not named.
    fn not_listed(
        &self,
        duty: NormId,
        slots: &[Option<Thing>],
        named: &dyn Fn(Role) -> bool,
    ) -> Option<VerdictRead> {
        let norm = &self.run.book.norms[duty];
        let rel = self.run.plan.norms[duty].verdict;
        let mask = (1_u32 << slots.len()) - 1;
        let mut all: Vec<Vec<Option<Thing>>> = vec![Vec::new()];
        for (party, slot) in norm.parties.iter().zip(slots) {
            let own: Vec<Option<Thing>> = match slot {
                Some(thing) => vec![Some(*thing)],
                None if named(party.role) => return None,
                None => {
                    let domain = self.run.domain(norm.vars[party.var].kind);
                    domain.iter().map(|cell| self.run.thing(*cell)).collect()
                }
            };
            all = all
                .iter()
                .flat_map(|start| {
                    own.iter().map(move |thing| {
                        let mut longer = start.clone();
                        longer.push(*thing);
                        longer
                    })
                })
                .collect();
        }
        let parties = all
            .into_iter()
            .find(|parties| self.row(rel, parties, mask).is_none())?;
        Some(VerdictRead {
            norm: duty,
            parties,
            part: None,
            statuses: StatusSet::only(Status::NotEngaged),
        })
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
