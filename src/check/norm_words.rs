//! Duties, ideals and concerns as they are named anywhere: name, words before the parties, part and statuses. In: written
//! words; out: which norm, role, part or status they are, or the fault. It does not know what a norm says.

use super::say;
use crate::rulebook::{Norm, NormId, Role};
use crate::syntax::tree::{self, At, NormWord, Slot, Text};
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
