//! Warnings about exemptions and excuses, each found silently wrong in practice: open for everybody, about strangers, or
//! blind to what varies inside one instance of their duty. In: the rulebook; out: faults.

use super::silence::Silence;
use super::walk;
use crate::rulebook::{Defeat, DefeatSort, KindSort, Norm, Rulebook, Test, VarId};
use crate::text::{Diagnostic, Span};
use crate::value::{Idx, NormSort, Truth};

/// Tells what looks wrong with exemptions and excuses.
pub(super) fn lint(book: &Rulebook, faults: &mut Vec<Diagnostic>) {
    let silence = Silence::of(book);
    for defeat in book.defeats.iter() {
        let word = word(defeat.sort);
        if silence.body(&defeat.body) == Truth::Unknown {
            faults.push(
                Diagnostic::new(
                    "L003",
                    defeat.span,
                    format!("The {word} \"{}\" may apply to every breach", defeat.name),
                )
                .help("All that it asks is unknown unless stated, so a case that says nothing leaves every breach undecided. Whoever claims an exception states it: add a line with a sentence that is false unless stated."),
            );
        }
        stranger(book, defeat, faults);
    }
    for norm in book.norms.iter().filter(|norm| norm.sort == NormSort::Duty) {
        whole_instance(book, norm, faults);
    }
}

fn word(sort: DefeatSort) -> &'static str {
    match sort {
        DefeatSort::Exemption => "exemption",
        DefeatSort::Excuse => "excuse",
    }
}

/// An exemption that speaks of nobody in its duty, or of somebody who looks like a party that it does not name.
fn stranger(book: &Rulebook, defeat: &Defeat, faults: &mut Vec<Diagnostic>) {
    let mut inside = vec![false; defeat.vars.len()];
    let mut top: Vec<(VarId, Span)> = Vec::new();
    walk::lines(&defeat.body, &mut |line| {
        for var in walk::own_vars(line) {
            inside[var.index()] = true;
        }
    });
    for line in &defeat.body {
        for var in walk::own_vars(line) {
            top.push((var, line.span));
        }
    }
    let norm = &book.norms[defeat.norm];
    let word = word(defeat.sort);
    let named = |var: VarId| inside[var.index()];
    if !defeat.body.is_empty() && !defeat.parties.iter().any(|var| named(*var)) {
        faults.push(
            Diagnostic::new(
                "L004",
                defeat.span,
                format!(
                    "The {word} \"{}\" names no party of duty \"{}\"",
                    defeat.name, norm.name
                ),
            )
            .also(norm.span, "the duty")
            .help(format!(
                "It would apply to everybody at once. Use the slot names of the duty: {}.",
                party_names(norm)
            )),
        );
        return;
    }
    let vocabulary = &book.vocabulary;
    for (var, span) in top {
        if defeat.parties.contains(&var) {
            continue;
        }
        let Some(kind) = defeat.vars[var].kind else {
            continue;
        };
        if !matches!(vocabulary.kinds[kind].sort, KindSort::Thing { .. }) {
            continue;
        }
        let twin = defeat.parties.iter().find(|party| {
            let kind_of_party = defeat.vars[**party].kind;
            !named(**party) && kind_of_party.is_some_and(|wide| vocabulary.is_within(kind, wide))
        });
        if let Some(party) = twin {
            let (own, party) = (&defeat.vars[var].name, &defeat.vars[*party].name);
            faults.push(
                Diagnostic::new(
                    "L004",
                    span,
                    format!("[{own}] is somebody else than [{party}] of duty \"{}\"", norm.name),
                )
                .also(norm.span, "the duty")
                .help(format!(
                    "If the same one is meant, write [{party}]: an {word} shares the slot names of its duty. If not, say how [{own}] and [{party}] are related."
                )),
            );
            return;
        }
    }
}

fn party_names(norm: &Norm) -> String {
    let names: Vec<String> = norm
        .parties
        .iter()
        .map(|party| format!("[{}]", norm.vars[party.var].name))
        .collect();
    names.join(", ")
}

/// A breach that can happen toward several people, and a defeater that does not say toward which.
fn whole_instance(book: &Rulebook, norm: &Norm, faults: &mut Vec<Diagnostic>) {
    let mut known: Vec<VarId> = norm.parties.iter().map(|party| party.var).collect();
    for line in &norm.arises {
        known.extend(walk::own_vars(line));
    }
    for (at, part) in norm.parts.iter().enumerate() {
        let Test::Broken(body) = &part.test else {
            continue;
        };
        let mut own: Vec<(VarId, Span)> = Vec::new();
        for line in body.iter().filter(|line| !line.unless) {
            for var in walk::own_vars(line) {
                let thing = norm.vars[var].kind.is_some_and(|kind| {
                    matches!(book.vocabulary.kinds[kind].sort, KindSort::Thing { .. })
                });
                let counted = matches!(
                    line.condition,
                    crate::rulebook::Condition::Quantified { .. }
                        | crate::rulebook::Condition::Every { .. }
                        | crate::rulebook::Condition::Fold { .. }
                );
                if thing && !counted && !known.contains(&var) {
                    own.push((var, line.span));
                }
            }
        }
        let Some((first, place)) = own.first().copied() else {
            continue;
        };
        for defeat in book.defeats.iter() {
            let acts = book.norms[defeat.norm].span == norm.span
                && (defeat.parts.is_empty() || defeat.parts.contains(&at));
            let mentions = defeat
                .vars
                .iter()
                .any(|var| own.iter().any(|(own, _)| norm.vars[*own].name == var.name));
            if acts && !mentions {
                let name = &norm.vars[first].name;
                faults.push(
                    Diagnostic::new(
                        "L010",
                        defeat.span,
                        format!(
                            "This {} covers the duty whichever [{name}] is concerned",
                            word(defeat.sort)
                        ),
                    )
                    .also(place, format!("the duty can be broken for several [{name}]"))
                    .help(format!(
                        "If it is meant for one [{name}] only, make [{name}] a party of the duty (`toward [{name}]`), or put the condition into the test."
                    )),
                );
            }
        }
    }
}
