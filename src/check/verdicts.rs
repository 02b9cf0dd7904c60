//! Duties, ideals and concerns as written in conditions, expectations and questions: name, parties, part and statuses.
//! In: a written norm; out: which norm it is and who stands where. It does not know what a norm says.

use super::formula::Check;
use super::lines::{Home, Lines};
use super::names::Names;
use super::say;
use super::scope::Want;
use crate::rulebook::{Condition, Norm, NormId, Role, Term, VerdictOf};
use crate::syntax::tree::{self, At, NormRef, NormWord, Prefix, Slot, Text};
use crate::text::{Diagnostic, Span, nearest};
use crate::value::{IndexVec, NormSort, Status, StatusSet};

/// The sort that a word names; `any duty` speaks of duties.
pub(super) fn sort_of(word: NormWord) -> NormSort {
    match word {
        NormWord::Duty | NormWord::AnyDuty => NormSort::Duty,
        NormWord::Ideal => NormSort::Ideal,
        NormWord::Concern => NormSort::Concern,
    }
}

/// The words before a party.
pub(super) fn role_words(role: tree::Role) -> &'static str {
    match role {
        tree::Role::OwedBy => "owed by",
        tree::Role::To => "to",
        tree::Role::About => "about",
        tree::Role::Toward => "toward",
        tree::Role::For => "for",
    }
}

/// The words before a party of a norm of this sort.
pub(super) fn words_of(sort: NormSort, role: Role) -> &'static str {
    match (sort, role) {
        (NormSort::Duty, Role::Bearer) => "owed by",
        (NormSort::Ideal, Role::Bearer) => "for",
        (NormSort::Concern, Role::Bearer) | (_, Role::About) => "about",
        (_, Role::To) => "to",
        (_, Role::Toward) => "toward",
    }
}

/// The roles of written parties, in the order written. The first `about` of a concern names whom it is about.
pub(super) fn roles(
    sort: NormSort,
    parties: &[(At<tree::Role>, At<Slot>)],
) -> Result<Vec<(Role, &At<Slot>)>, Diagnostic> {
    let mut found: Vec<(Role, &At<Slot>)> = Vec::new();
    for (word, slot) in parties {
        let has_bearer = found.iter().any(|(role, _)| *role == Role::Bearer);
        let role = match (sort, word.node) {
            (NormSort::Duty, tree::Role::OwedBy) | (NormSort::Ideal, tree::Role::For) => {
                Some(Role::Bearer)
            }
            (NormSort::Concern, tree::Role::About) if !has_bearer => Some(Role::Bearer),
            (NormSort::Duty, tree::Role::To) => Some(Role::To),
            (_, tree::Role::About) => Some(Role::About),
            (_, tree::Role::Toward) => Some(Role::Toward),
            _ => None,
        };
        let words = role_words(word.node);
        let Some(role) = role else {
            let right = match sort {
                NormSort::Duty => {
                    "A duty is `owed by` somebody `to` somebody `about` something `toward` somebody."
                }
                NormSort::Ideal => {
                    "An ideal is `for` somebody, `toward` somebody and `about` something."
                }
                NormSort::Concern => "A concern is `about` somebody and `toward` somebody.",
            };
            return Err(Diagnostic::new(
                "N008",
                word.span,
                format!("`{words}` does not belong to {}", a(sort)),
            )
            .help(right));
        };
        if let Some((_, first)) = found.iter().find(|(taken, _)| *taken == role) {
            return Err(
                Diagnostic::new("N008", word.span, format!("`{words}` stands here twice"))
                    .also(first.span, "the first")
                    .help("Each of these words can stand once."),
            );
        }
        found.push((role, slot));
    }
    Ok(found)
}

/// `a duty`, `an ideal`, `a concern`.
pub(super) fn a(sort: NormSort) -> &'static str {
    match sort {
        NormSort::Duty => "a duty",
        NormSort::Ideal => "an ideal",
        NormSort::Concern => "a concern",
    }
}

/// The norm of this sort and name, or the fault with the nearest ones.
pub(super) fn find(
    norms: &IndexVec<NormId, Norm>,
    sort: NormSort,
    name: &Text,
) -> Result<NormId, Diagnostic> {
    let mut other = None;
    for (id, norm) in norms.enumerated() {
        if norm.name == name.node {
            if norm.sort == sort {
                return Ok(id);
            }
            other = Some(norm);
        }
    }
    if let Some(norm) = other {
        let word = norm.sort.word();
        return Err(Diagnostic::new(
            "N007",
            name.span,
            format!("\"{}\" is {}, not {}", name.node, a(norm.sort), a(sort)),
        )
        .also(norm.span, "declared here")
        .help(format!(
            "Write {word} \"{}\", if that is what you mean.",
            name.node
        )));
    }
    let known = norms
        .iter()
        .filter(|norm| norm.sort == sort)
        .map(|norm| norm.name.as_str());
    let close: Vec<String> = nearest(&name.node, known, 3)
        .into_iter()
        .map(|name| format!("{} \"{name}\"", sort.word()))
        .collect();
    let fault = Diagnostic::new(
        "N006",
        name.span,
        format!("There is no {} \"{}\"", sort.word(), name.node),
    );
    Err(say::near(fault, close, || {
        format!(
            "Check the name, or see that the module which declares this {} is used.",
            sort.word()
        )
    }))
}

/// The position of a part, or the fault with the parts there are.
pub(super) fn part(norm: &Norm, part: &Text) -> Result<usize, Diagnostic> {
    let named = |at: &crate::rulebook::Part| at.name.as_deref() == Some(part.node.as_str());
    if let Some(at) = norm.parts.iter().position(named) {
        return Ok(at);
    }
    let known: Vec<&str> = norm
        .parts
        .iter()
        .filter_map(|part| part.name.as_deref())
        .collect();
    let close: Vec<String> = nearest(&part.node, known.iter().copied(), 3)
        .into_iter()
        .map(|name| format!("in \"{name}\""))
        .collect();
    let fault = Diagnostic::new(
        "N009",
        part.span,
        format!(
            "{} \"{}\" has no part \"{}\"",
            capital(norm.sort.word()),
            norm.name,
            part.node
        ),
    )
    .also(norm.span, "declared here");
    Err(say::near(fault, close, || {
        if known.is_empty() {
            "It has no parts at all: leave `in` out.".to_owned()
        } else {
            let quoted: Vec<String> = known.iter().map(|name| format!("\"{name}\"")).collect();
            format!("Its parts are {}.", quoted.join(", "))
        }
    }))
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + letters.as_str()
    })
}

/// The set of written statuses, each fitting the sort. `undetermined` is the caller's.
pub(super) fn statuses(sort: NormSort, words: &[Text]) -> Result<StatusSet, Diagnostic> {
    let mut set = StatusSet::EMPTY;
    for word in words {
        let status = Status::read(&word.node).filter(|status| status.fits(sort));
        let Some(status) = status else {
            let known: Vec<&str> = Status::ALL
                .into_iter()
                .filter(|status| status.fits(sort))
                .map(Status::word)
                .collect();
            let close: Vec<String> = nearest(&word.node, known.iter().copied(), 1)
                .into_iter()
                .map(str::to_owned)
                .collect();
            return Err(Diagnostic::new(
                "N010",
                word.span,
                format!("{} is never {}", capital_a(sort), word.node),
            )
            .help(format!(
                "{} can be {}.",
                capital_a(sort),
                say::either(&known)
            ))
            .suggest(close));
        };
        set.insert(status);
    }
    Ok(set)
}

fn capital_a(sort: NormSort) -> String {
    capital(a(sort))
}

/// The fault of a party that the norm does not have.
pub(super) fn no_such_party(norm: &Norm, role: Role, span: Span) -> Diagnostic {
    let have: Vec<String> = norm
        .parties
        .iter()
        .map(|party| {
            let name = norm.vars.get(party.var).map_or("", |var| var.name.as_str());
            format!("{} [{name}]", words_of(norm.sort, party.role))
        })
        .collect();
    Diagnostic::new(
        "N012",
        span,
        format!(
            "{} \"{}\" has no `{}`",
            capital(norm.sort.word()),
            norm.name,
            words_of(norm.sort, role)
        ),
    )
    .also(norm.span, "declared here")
    .help(format!("It is {}.", have.join(" ")))
}

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
            Slot::Declared { name, .. } => {
                self.refuse(super::lines::kind_in_rule(name, span));
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
