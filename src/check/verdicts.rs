//! Verdicts as conditions: `duty "d" owed by … is violated`, `after duty "d" is …`, `any duty …`. In: a written norm and
//! its statuses; out: a condition over variables, or the fault. It does not know what a norm says.

use super::formula::Check;
use super::lines::{Home, Lines};
use super::names::Names;
use super::norm_words::{find, no_such_party, part, roles, sort_of, statuses, words_of};
use super::say;
use super::scope::Want;
use crate::rulebook::{Condition, Norm, NormId, Role, Term, VerdictOf};
use crate::syntax::tree::{NormRef, Prefix, Slot, Text};
use crate::text::{Diagnostic, Span};
use crate::value::NormSort;

impl Lines<'_> {
    /// A verdict as a condition.
    pub(super) fn verdict(
        &mut self,
        norm: &NormRef,
        words: &[Text],
        prefix: Prefix,
        names: &Names<'_>,
    ) -> Option<Condition> {
        let sort = sort_of(norm.sort.node);
        let statuses = match statuses(sort, words) {
            Ok(statuses) => statuses,
            Err(fault) => {
                self.refuse(fault);
                return None;
            }
        };
        let of = match &norm.name {
            Some(name) => self.of_norm(norm, sort, name, false, names),
            None => self.of_any(norm, names),
        }?;
        Some(Condition::Verdict {
            negated: prefix == Prefix::Not,
            not_known: prefix == Prefix::NotKnown,
            of,
            statuses,
        })
    }

    /// `after duty "d" is …`: parties that are not written are the slots of their own names.
    pub(super) fn after(
        &mut self,
        norm: &NormRef,
        words: &[Text],
        names: &Names<'_>,
    ) -> Option<Condition> {
        let sort = sort_of(norm.sort.node);
        let Some(name) = &norm.name else {
            self.refuse(
                Diagnostic::new("N018", norm.span, "`after` needs one duty by name")
                    .help("Write `after duty \"its name\" is violated`."),
            );
            return None;
        };
        let statuses = match statuses(sort, words) {
            Ok(statuses) => statuses,
            Err(fault) => {
                self.refuse(fault);
                return None;
            }
        };
        let of = self.of_norm(norm, sort, name, true, names)?;
        Some(Condition::Verdict {
            negated: false,
            not_known: false,
            of,
            statuses,
        })
    }

    /// One norm by name, with all its parties.
    fn of_norm(
        &mut self,
        written: &NormRef,
        sort: NormSort,
        name: &Text,
        fill: bool,
        names: &Names<'_>,
    ) -> Option<VerdictOf> {
        let found = find(self.norms, sort, name).and_then(|id| {
            let roles = roles(sort, &written.parties)?;
            let part = written
                .part
                .as_ref()
                .map(|name| part(&self.norms[id], name))
                .transpose()?;
            Ok((id, roles, part))
        });
        let (id, roles, part) = match found {
            Ok(found) => found,
            Err(fault) => {
                self.refuse(fault);
                return None;
            }
        };
        let norms = self.norms;
        let norm = &norms[id];
        if let Some((role, slot)) = roles
            .iter()
            .find(|(role, _)| !norm.parties.iter().any(|party| party.role == *role))
        {
            let fault = no_such_party(norm, *role, slot.span);
            self.refuse(fault);
            return None;
        }
        let mut terms = Vec::new();
        let mut missing = Vec::new();
        for (at, party) in norm.parties.iter().enumerate() {
            let own = &norm.vars[party.var].name;
            if let Some((_, slot)) = roles.iter().find(|(role, _)| *role == party.role) {
                terms.push(self.party(id, at, &slot.node, slot.span, names));
            } else if fill {
                let var =
                    self.scope
                        .var(own, names.is_outer(own), written.span, Want::Party(id, at));
                terms.push(Some(Term::Var(var)));
            } else {
                missing.push(format!("{} [{own}]", words_of(sort, party.role)));
            }
        }
        if !missing.is_empty() {
            let place = norm.span;
            self.refuse(
                Diagnostic::new(
                    "N011",
                    written.span,
                    "A condition on a verdict must name every party",
                )
                .also(place, "declared here")
                .help(format!(
                    "Add: {}. Without it nobody can say whose duty is meant.",
                    missing.join(" ")
                )),
            );
            return None;
        }
        let terms: Option<Vec<Term>> = terms.into_iter().collect();
        Some(VerdictOf::Norm {
            norm: id,
            terms: terms?,
            part,
        })
    }

    /// What stands in the place of a party.
    fn party(
        &mut self,
        norm: NormId,
        at: usize,
        slot: &Slot,
        span: Span,
        names: &Names<'_>,
    ) -> Option<Term> {
        match slot {
            Slot::Name(name) => Some(Term::Var(self.scope.var(
                name,
                names.is_outer(name),
                span,
                Want::Party(norm, at),
            ))),
            Slot::Declared(slot) => {
                self.refuse(super::lines::kind_in_rule(&slot.name, span));
                None
            }
            Slot::Quoted(text) => {
                self.scope
                    .checks
                    .push(Check::PartyValue(norm, at, slot.clone(), span));
                Some(Term::Value(self.values.name(text)))
            }
            Slot::Number(text) => match super::kinds::number(text, span) {
                Ok(number) => {
                    self.scope
                        .checks
                        .push(Check::PartyValue(norm, at, slot.clone(), span));
                    Some(Term::Value(self.values.number(number)))
                }
                Err(fault) => {
                    self.refuse(fault);
                    None
                }
            },
        }
    }

    /// `any duty owed by [x] to [y]`.
    fn of_any(&mut self, written: &NormRef, names: &Names<'_>) -> Option<VerdictOf> {
        if matches!(self.home, Home::Duty | Home::Defeat) {
            self.refuse(
                Diagnostic::new(
                    "N018",
                    written.span,
                    "`any duty` can stand only in concerns, ideals and findings",
                )
                .help("A duty, exemption, excuse or priority that asked about any duty would ask about itself. Name the duty."),
            );
            return None;
        }
        let roles = match roles(NormSort::Duty, &written.parties) {
            Ok(roles) => roles,
            Err(fault) => {
                self.refuse(fault);
                return None;
            }
        };
        let norms = self.norms;
        let position =
            |norm: &Norm, role: Role| norm.parties.iter().position(|party| party.role == role);
        let duties: Vec<NormId> = norms
            .enumerated()
            .filter(|(_, norm)| norm.sort == NormSort::Duty)
            .filter(|(_, norm)| {
                roles
                    .iter()
                    .all(|(role, _)| position(norm, *role).is_some())
            })
            .map(|(id, _)| id)
            .collect();
        if duties.is_empty() {
            self.refuse(
                Diagnostic::new("N018", written.span, "No duty has all these parties")
                    .help("Leave some of the parties out, so that at least one duty is meant."),
            );
            return None;
        }
        let mut parties = Vec::new();
        for (role, slot) in &roles {
            let wanted: Vec<(NormId, usize)> = duties
                .iter()
                .filter_map(|id| position(&norms[*id], *role).map(|at| (*id, at)))
                .collect();
            let term = match &slot.node {
                Slot::Name(name) => Term::Var(self.scope.var(
                    name,
                    names.is_outer(name),
                    slot.span,
                    Want::Parties(wanted),
                )),
                Slot::Quoted(text) if self.home == Home::Query => {
                    Term::Value(self.values.name(text))
                }
                other => {
                    let shown = say::bracketed(other);
                    self.refuse(
                        Diagnostic::new(
                            "K011",
                            slot.span,
                            format!("A rulebook cannot name {shown}"),
                        )
                        .help("Write a slot such as [patient]."),
                    );
                    return None;
                }
            };
            parties.push((*role, term));
        }
        Some(VerdictOf::AnyDuty { parties, duties })
    }
}
