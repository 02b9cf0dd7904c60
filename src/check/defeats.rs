//! Exemptions, excuses and priorities: what acts on a duty. In: their blocks and the checked norms; out: checked defeats
//! and priorities. The names of the duty's parties are theirs too.

use super::binding::Binding;
use super::citations;
use super::draft::{Desk, Draft, Namespace, doc};
use super::lines::{Home, Lines};
use super::names::Names;
use super::norm_words::{find, no_such_party, part, roles};
use super::scope::{Scope, Want};
use super::typing;
use crate::rulebook::{Body, Defeat, DefeatSort, Norm, NormId, Priority, Term, VarId};
use crate::syntax::tree::{self, Block, BlockKind, ConditionLine, NormRef, Slot, Text};
use crate::text::Diagnostic;
use crate::value::NormSort;

/// The word that opens the block.
pub(super) fn word(excuse: bool) -> &'static str {
    if excuse { "excuse" } else { "exemption" }
}

/// An exemption or excuse; `None` of any other block, and where there is no such duty.
pub(super) fn defeat(desk: &mut Desk<'_>, module: usize, block: &Block) -> Option<Defeat> {
    let BlockKind::Defeat {
        excuse,
        name,
        duty,
        parts,
        conditions,
        attributes,
    } = &block.kind
    else {
        return None;
    };
    let (cites, because) = citations::only(desk, attributes);
    if conditions.is_empty() && !block.broken {
        desk.fault(
            Diagnostic::new(
                "R037",
                block.head.span,
                format!("The {} \"{}\" has no `if` line", word(*excuse), name.node),
            )
            .help("Say when it applies; without a condition the duty would never count."),
        );
    }
    let norm = match find(desk.norms, NormSort::Duty, duty) {
        Ok(norm) => norm,
        Err(fault) => {
            desk.fault(fault);
            return None;
        }
    };
    let parts = parts_of(desk, norm, parts);
    let (scope, parties, body) = acting(desk, norm, conditions, block.broken);
    Some(Defeat {
        sort: if *excuse {
            DefeatSort::Excuse
        } else {
            DefeatSort::Exemption
        },
        name: name.node.clone(),
        norm,
        parts,
        parties,
        body,
        vars: scope.vars,
        cites,
        because,
        doc: doc(block),
        module,
        span: block.head.span,
    })
}

/// Positions of the parts named.
fn parts_of(desk: &mut Desk<'_>, norm: NormId, names: &[Text]) -> Vec<usize> {
    let mut parts = Vec::new();
    for name in names {
        match part(&desk.norms[norm], name) {
            Ok(at) if !parts.contains(&at) => parts.push(at),
            Ok(_) => {}
            Err(fault) => desk.fault(fault),
        }
    }
    parts
}

/// The lines of a block that shares the names of a duty's parties.
fn acting(
    desk: &mut Desk<'_>,
    norm: NormId,
    conditions: &[ConditionLine],
    broken: bool,
) -> (Scope, Vec<VarId>, Body) {
    let duty = &desk.norms[norm];
    let mut lines = Lines {
        vocabulary: desk.vocabulary,
        norms: desk.norms,
        values: desk.values,
        faults: desk.faults,
        scope: Scope::default(),
        home: Home::Defeat,
    };
    let mut names = Names::default();
    let mut parties = Vec::new();
    for (at, party) in duty.parties.iter().enumerate() {
        let name = &duty.vars[party.var].name;
        names.add(name);
        parties.push(
            lines
                .scope
                .var(name, true, duty.span, Want::Party(norm, at)),
        );
    }
    names.add_lines(conditions);
    let body = lines.body(conditions, &names);
    let mut scope = lines.scope;
    finish(desk, &mut scope, &body, &parties, broken);
    (scope, parties, body)
}

/// Kinds and binding of a block in which some slots are bound beforehand.
fn finish(desk: &mut Desk<'_>, scope: &mut Scope, body: &Body, given: &[VarId], broken: bool) {
    typing::settle(
        desk.vocabulary,
        desk.norms,
        desk.values,
        scope,
        Home::Defeat,
        desk.faults,
    );
    if scope.broken || broken {
        return;
    }
    let mut bound = scope.none();
    for var in given {
        bound.add(*var);
    }
    Binding::new(scope, desk.faults).body(body, &bound, &scope.none());
}

/// Checks every priority.
pub(super) fn priorities<'f>(draft: &mut Draft, blocks: impl Iterator<Item = (usize, &'f Block)>) {
    for (module, block) in blocks {
        let BlockKind::Priority {
            name,
            order,
            conditions,
            attributes,
        } = &block.kind
        else {
            continue;
        };
        draft.claim(Namespace::Defeats, "priority", name);
        let (cites, because) = citations::only(&mut draft.desk(), attributes);
        let Some(order) = order else {
            if !block.broken {
                draft.fault(
                    Diagnostic::new(
                        "R044",
                        block.head.span,
                        format!(
                            "The priority \"{}\" does not say which duty outranks which",
                            name.node
                        ),
                    )
                    .help("Add a line: duty \"one\" outranks duty \"other\"."),
                );
            }
            continue;
        };
        let Some((upper, lower)) = pair(draft, &order.node.0, &order.node.1) else {
            continue;
        };
        if draft.book.norms[lower].never_outranked {
            let place = draft.book.norms[lower].span;
            draft.fault(
                Diagnostic::new(
                    "N024",
                    order.node.1.span,
                    format!(
                        "Duty \"{}\" is never outranked",
                        draft.book.norms[lower].name
                    ),
                )
                .also(place, "`never outranked` is said in this duty")
                .help("Take this priority away, or the line `never outranked` from the duty."),
            );
        }
        let ranked = ranking(
            draft,
            (upper, &order.node.0),
            (lower, &order.node.1),
            conditions,
            block.broken,
        );
        let Some((scope, upper_terms, lower_terms, body)) = ranked else {
            continue;
        };
        draft.book.priorities.push(Priority {
            name: name.node.clone(),
            upper,
            upper_terms,
            lower,
            lower_terms,
            body,
            vars: scope.vars,
            cites,
            because,
            doc: doc(block),
            module,
            span: block.head.span,
        });
    }
}

/// The two duties of a priority.
fn pair(draft: &mut Draft, upper: &NormRef, lower: &NormRef) -> Option<(NormId, NormId)> {
    let mut duty = |written: &NormRef| {
        let sort = super::norm_words::sort_of(written.sort.node);
        if sort != NormSort::Duty || written.part.is_some() || written.name.is_none() {
            draft.fault(
                Diagnostic::new("N007", written.span, "Only whole duties outrank each other")
                    .help("Write duty \"its name\" on both sides, without a part."),
            );
            return None;
        }
        match find(&draft.book.norms, sort, written.name.as_ref()?) {
            Ok(norm) => Some(norm),
            Err(fault) => {
                draft.fault(fault);
                None
            }
        }
    };
    let upper = duty(upper);
    let lower = duty(lower);
    Some((upper?, lower?))
}

/// The scope, the terms of the upper and of the lower duty, and the lines.
type Ranked = (Scope, Vec<Term>, Vec<Term>, Body);

/// Reads the slots and lines of a priority. Where no slot is stated, parties of the same name agree; where slots are
/// stated, those do, and a party that is not stated is *some*.
fn ranking(
    draft: &mut Draft,
    upper: (NormId, &NormRef),
    lower: (NormId, &NormRef),
    conditions: &[ConditionLine],
    broken: bool,
) -> Option<Ranked> {
    let stated = (!upper.1.parties.is_empty(), !lower.1.parties.is_empty());
    if stated.0 != stated.1 {
        let (here, there) = if stated.0 {
            (lower.1, upper.1)
        } else {
            (upper.1, lower.1)
        };
        draft.fault(
            Diagnostic::new("N025", here.span, "One duty states its parties and the other does not")
                .also(there.span, "this one does")
                .help("State the parties of both, so that it is clear which of them are the same; or of neither, and then parties of the same name are the same."),
        );
        return None;
    }
    let mut lines = Lines {
        vocabulary: &draft.book.vocabulary,
        norms: &draft.book.norms,
        values: &mut draft.book.values,
        faults: &mut draft.faults,
        scope: Scope::default(),
        home: Home::Defeat,
    };
    let mut names = Names::default();
    let mut mentioned = Names::default();
    mentioned.mention_lines(conditions);
    for (norm, written) in [upper, lower] {
        super::names::of_norm(written, &mut |name| names.add(name));
        let norm = &lines.norms[norm];
        let unstated = norm.parties.iter().filter(|_| !stated.0);
        for party in unstated {
            names.add(&norm.vars[party.var].name);
        }
    }
    let sides = if stated.0 {
        stated_terms(&mut lines, upper, lower, &mut names, &mentioned)?
    } else {
        let both = [upper.0, lower.0].map(|norm| own_terms(&mut lines, norm));
        let [upper, lower] = both;
        (upper, lower)
    };
    names.add_lines(conditions);
    let body = lines.body(conditions, &names);
    let mut scope = lines.scope;
    let given: Vec<VarId> = super::binding::vars_of(&sides.0)
        .chain(super::binding::vars_of(&sides.1))
        .collect();
    finish(&mut draft.desk(), &mut scope, &body, &given, broken);
    Some((scope, sides.0, sides.1, body))
}

/// The parties of a duty under their own names.
fn own_terms(lines: &mut Lines<'_>, id: NormId) -> Vec<Term> {
    let norms = lines.norms;
    let norm: &Norm = &norms[id];
    let mut terms = Vec::new();
    for (at, party) in norm.parties.iter().enumerate() {
        let name = &norm.vars[party.var].name;
        let var = lines.scope.var(name, true, norm.span, Want::Party(id, at));
        terms.push(Term::Var(var));
    }
    terms
}

/// The parties of both duties as stated; those that are not stated are *some*, and the lines can name them where only one
/// duty has such a party.
fn stated_terms<'t>(
    lines: &mut Lines<'t>,
    upper: (NormId, &NormRef),
    lower: (NormId, &NormRef),
    names: &mut Names<'t>,
    mentioned: &Names<'_>,
) -> Option<(Vec<Term>, Vec<Term>)> {
    let norms = lines.norms;
    let mut sides = Vec::new();
    for ((id, written), (other, other_written)) in [(upper, lower), (lower, upper)] {
        let norm = &norms[id];
        let stated = match roles(NormSort::Duty, &written.parties) {
            Ok(stated) => stated,
            Err(fault) => {
                lines.refuse(fault);
                return None;
            }
        };
        if let Some((role, slot)) = stated
            .iter()
            .find(|(role, _)| !norm.parties.iter().any(|party| party.role == *role))
        {
            let fault = no_such_party(norm, *role, slot.span);
            lines.refuse(fault);
            return None;
        }
        let free = unstated(&norms[other], other_written);
        let mut terms = Vec::new();
        for (at, party) in norm.parties.iter().enumerate() {
            let want = Want::Party(id, at);
            if let Some((_, slot)) = stated.iter().find(|(role, _)| *role == party.role) {
                let Slot::Name(name) = &slot.node else {
                    lines.refuse(
                        Diagnostic::new(
                            "N020",
                            slot.span,
                            "A party must be a plain slot, such as [patient]",
                        )
                        .help("Put what is true of the party into an `if` line."),
                    );
                    return None;
                };
                terms.push(Term::Var(lines.scope.var(name, true, slot.span, want)));
                continue;
            }
            let name = norm.vars[party.var].name.as_str();
            let named = mentioned.is_mentioned(name) && !names.is_outer(name);
            if named && free.contains(&name) {
                lines.refuse(
                    Diagnostic::new(
                        "N026",
                        written.span,
                        format!("Both duties have a party [{name}] that is not stated here"),
                    )
                    .help("The `if` lines speak of it: state it in both duties, with two names if two people are meant."),
                );
                return None;
            }
            let var = if named {
                lines.scope.var(name, true, written.span, want)
            } else {
                lines.scope.unnamed(name, written.span, want)
            };
            terms.push(Term::Var(var));
        }
        sides.push(terms);
    }
    let lower_terms = sides.pop()?;
    let upper_terms = sides.pop()?;
    // Now that they have variables, the lines see the parties that they mention.
    for (id, written) in [upper, lower] {
        for name in unstated(&norms[id], written) {
            if mentioned.is_mentioned(name) {
                names.add(name);
            }
        }
    }
    Some((upper_terms, lower_terms))
}

/// The names of the parties that are not stated.
fn unstated<'n>(norm: &'n Norm, written: &tree::NormRef) -> Vec<&'n str> {
    let stated = roles(NormSort::Duty, &written.parties).unwrap_or_default();
    norm.parties
        .iter()
        .filter(|party| !stated.iter().any(|(role, _)| *role == party.role))
        .map(|party| norm.vars[party.var].name.as_str())
        .collect()
}
