//! Kinds of variables: the most specific of the places each stands in, and the agreement of kinds and units. In: the
//! variables of a block with their places; out: their kinds, and faults. It does not know lines.

use super::formula::{self, Check, Sort};
use super::kinds;
use super::lines::Home;
use super::scope::{Place, Scope, Want};
use super::{say, values};
use crate::rulebook::{KindId, KindSort, Norm, NormId, VarId, Vocabulary};
use crate::syntax::tree::Slot;
use crate::text::{Diagnostic, Span};
use crate::value::{Idx, IndexVec, Values};

/// Settles the kinds and units of a block's variables and checks what depends on them.
pub(super) fn settle(
    vocabulary: &Vocabulary,
    norms: &IndexVec<NormId, Norm>,
    values: &Values,
    scope: &mut Scope,
    home: Home,
    faults: &mut Vec<Diagnostic>,
) {
    for at in 0..scope.vars.len() {
        let var = VarId::new(at);
        let (kind, clash) = kind_of(vocabulary, norms, &scope.places[var]);
        scope.vars[var].kind = kind;
        scope.vars[var].unit = kind.and_then(|kind| unit_of(vocabulary, norms, scope, var, kind));
        if let Some(clash) = clash {
            faults.push(unrelated(vocabulary, scope, var, &clash));
        } else if let Some(kind) = kind
            && let Some(place) = computed_place(scope, var)
            && !vocabulary.is_number(kind)
        {
            faults.push(computed_thing(vocabulary, scope, var, kind, place));
        }
    }
    let checks = std::mem::take(&mut scope.checks);
    units_of_computed(vocabulary, scope, &checks);
    for check in &checks {
        one(vocabulary, norms, values, scope, (check, home), faults);
    }
}

/// The kind of a variable by its places, and the two places that clash.
pub(super) fn kind_of(
    vocabulary: &Vocabulary,
    norms: &IndexVec<NormId, Norm>,
    places: &[Place],
) -> (Option<KindId>, Option<[(KindId, Span); 2]>) {
    let mut best: Option<(KindId, Span)> = None;
    let mut clash = None;
    for place in places {
        let Some(kind) = wanted(norms, &place.want) else {
            continue;
        };
        best = Some(match best {
            None => (kind, place.span),
            Some((before, at)) => match narrower(vocabulary, before, kind) {
                Some(kind) if kind == before => (before, at),
                Some(kind) => (kind, place.span),
                None => {
                    clash = clash.or(Some([(before, at), (kind, place.span)]));
                    (before, at)
                }
            },
        });
    }
    if best.is_none() {
        let several = places.iter().find_map(|place| match &place.want {
            Want::Parties(parties) => Some(parties),
            _ => None,
        });
        let kind = several.and_then(|parties| shared(vocabulary, norms, parties));
        return (kind, None);
    }
    (best.map(|(kind, _)| kind), clash)
}

/// The kind that a place takes.
fn wanted(norms: &IndexVec<NormId, Norm>, want: &Want) -> Option<KindId> {
    match want {
        Want::Kind(kind) => Some(*kind),
        Want::Party(norm, at) => party_kind(norms, *norm, *at),
        Want::Parties(_) | Want::Computed | Want::Any => None,
    }
}

/// The kind of a party as far as it is known.
fn party_kind(norms: &IndexVec<NormId, Norm>, norm: NormId, at: usize) -> Option<KindId> {
    let norm = norms.get(norm)?;
    let party = norm.parties.get(at)?;
    norm.vars.get(party.var)?.kind
}

/// What the same party of several duties has in common.
fn shared(
    vocabulary: &Vocabulary,
    norms: &IndexVec<NormId, Norm>,
    parties: &[(NormId, usize)],
) -> Option<KindId> {
    let mut all = parties
        .iter()
        .map(|(norm, at)| party_kind(norms, *norm, *at));
    let first = all.next()??;
    all.try_fold(first, |common, kind| {
        kinds::common(vocabulary, common, kind?)
    })
}

/// The more specific of two kinds; of two numbers whose units agree the one with a unit.
fn narrower(vocabulary: &Vocabulary, a: KindId, b: KindId) -> Option<KindId> {
    if vocabulary.is_within(a, b) {
        return Some(a);
    }
    if vocabulary.is_within(b, a) {
        return Some(b);
    }
    match (&vocabulary.kinds[a].sort, &vocabulary.kinds[b].sort) {
        (KindSort::Number { unit: Some(x), .. }, KindSort::Number { unit: Some(y), .. })
            if x != y =>
        {
            None
        }
        (KindSort::Number { unit: None, .. }, KindSort::Number { unit: Some(_), .. }) => Some(b),
        (KindSort::Number { .. }, KindSort::Number { .. }) => Some(a),
        _ => None,
    }
}

/// The unit of a number variable.
fn unit_of(
    vocabulary: &Vocabulary,
    norms: &IndexVec<NormId, Norm>,
    scope: &Scope,
    var: VarId,
    kind: KindId,
) -> Option<String> {
    let all = scope.places[var]
        .iter()
        .filter_map(|place| wanted(norms, &place.want))
        .chain([kind]);
    for kind in all {
        if let KindSort::Number {
            unit: Some(unit), ..
        } = &vocabulary.kinds[kind].sort
        {
            return Some(unit.clone());
        }
    }
    None
}

/// Where a variable is computed.
fn computed_place(scope: &Scope, var: VarId) -> Option<Span> {
    scope.places[var]
        .iter()
        .find(|place| matches!(place.want, Want::Computed))
        .map(|place| place.span)
}

/// The fault of a slot that would have to be two things at once.
fn unrelated(
    vocabulary: &Vocabulary,
    scope: &Scope,
    var: VarId,
    [(a, at), (b, other)]: &[(KindId, Span); 2],
) -> Diagnostic {
    let shown = scope.shown(var);
    let numbers = vocabulary.is_number(*a) && vocabulary.is_number(*b);
    let (first, second) = (
        kinds::described(vocabulary, *a),
        kinds::described(vocabulary, *b),
    );
    if numbers {
        return Diagnostic::new(
            "K012",
            *other,
            format!("{shown} would be a number in two units"),
        )
        .saying(format!("here {second}"))
        .also(*at, format!("here {first}"))
        .help("Use two slots, and bring them to one unit by a computation.");
    }
    Diagnostic::new(
        "K017",
        *other,
        format!("{shown} stands in places of two kinds that have nothing in common"),
    )
    .saying(format!("here {}", say::a(&second)))
    .also(*at, format!("here {}", say::a(&first)))
    .help("One slot name is one person or thing on all lines of a block. If two are meant, give one of them another name.")
}

/// The fault of a number where people or things stand.
fn computed_thing(
    vocabulary: &Vocabulary,
    scope: &Scope,
    var: VarId,
    kind: KindId,
    computed: Span,
) -> Diagnostic {
    let shown = scope.shown(var);
    let elsewhere = scope.places[var]
        .iter()
        .find(|place| matches!(place.want, Want::Kind(_) | Want::Party(..)))
        .map_or(computed, |place| place.span);
    Diagnostic::new(
        "K017",
        elsewhere,
        format!(
            "{shown} is a computed number, and this place takes {}",
            say::a(&kinds::described(vocabulary, kind))
        ),
    )
    .also(computed, "computed here")
    .help("Give the computed number a slot name of its own.")
}

/// Gives computed variables the units of their expressions; one may use another, in any order.
fn units_of_computed(vocabulary: &Vocabulary, scope: &mut Scope, checks: &[Check]) {
    for _ in 0..checks.len() {
        let mut changed = false;
        for check in checks {
            let (var, unit) = match check {
                Check::Let(var, expr) => {
                    let sort = formula::sort(vocabulary, scope, expr, &mut Vec::new());
                    match sort {
                        Sort::Number(unit) => (*var, unit),
                        _ => continue,
                    }
                }
                Check::Fold(var, Some((of, _))) => (*var, scope.vars[*of].unit.clone()),
                _ => continue,
            };
            if unit.is_some() && scope.vars[var].unit.is_none() {
                scope.vars[var].unit = unit;
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
}

/// One check.
fn one(
    vocabulary: &Vocabulary,
    norms: &IndexVec<NormId, Norm>,
    values: &Values,
    scope: &Scope,
    (check, home): (&Check, Home),
    faults: &mut Vec<Diagnostic>,
) {
    match check {
        Check::Compare(left, how, span, right) => {
            formula::compare(
                vocabulary,
                values,
                (scope, home),
                (left, *how, *span, right),
                faults,
            );
        }
        Check::Let(var, expr) => {
            let sort = formula::sort(vocabulary, scope, expr, faults);
            let unit = match sort {
                Sort::Number(unit) => unit,
                Sort::Unclear => None,
                Sort::Thing(_) | Sort::Quoted(_) => {
                    faults.push(
                        Diagnostic::new("K014", expr.span(), "This is not a number")
                            .help("`let` computes a number. To compare people or things write `is` or `is not`."),
                    );
                    None
                }
            };
            if let (Some(a), Some(b)) = (&unit, &scope.vars[*var].unit)
                && a != b
            {
                faults.push(
                    Diagnostic::new(
                        "K012",
                        expr.span(),
                        format!(
                            "{} is a number in {b}, and this is one in {a}",
                            scope.shown(*var)
                        ),
                    )
                    .help(
                        "Bring the computation to the unit of the place where its result stands.",
                    ),
                );
            }
        }
        Check::Fold(_, Some((of, span))) => {
            if let Some(kind) = scope.vars[*of].kind
                && !vocabulary.is_number(kind)
            {
                faults.push(
                    Diagnostic::new(
                        "K014",
                        *span,
                        format!(
                            "{} is {}, not a number",
                            scope.shown(*of),
                            say::a(&kinds::described(vocabulary, kind))
                        ),
                    )
                    .help("Add up or compare a number slot; to count people or things write `the number of`."),
                );
            }
        }
        Check::Fold(_, None) => {}
        Check::PartyValue(norm, at, slot, span) => {
            if let Some(kind) = party_kind(norms, *norm, *at) {
                party_value(vocabulary, values, (kind, home), slot, *span, faults);
            }
        }
    }
}

/// A value in the place of a party.
fn party_value(
    vocabulary: &Vocabulary,
    values: &Values,
    (kind, home): (KindId, Home),
    slot: &Slot,
    span: Span,
    faults: &mut Vec<Diagnostic>,
) {
    let fault = match (&vocabulary.kinds[kind].sort, slot) {
        (KindSort::OneOf(_), slot) => {
            values::listed(vocabulary, values, kind, say::content(slot), span).err()
        }
        (KindSort::Number { .. }, Slot::Number(_)) => None,
        (KindSort::Number { .. }, slot) => Some(values::not_a_number(vocabulary, kind, slot, span)),
        (KindSort::Thing { .. }, _) if home == Home::Query => None,
        (KindSort::Thing { .. }, slot) => Some(
            Diagnostic::new(
                "K011",
                span,
                format!("A rulebook cannot name {}", say::bracketed(slot)),
            )
            .help("Rules speak of anybody: write a slot such as [patient]."),
        ),
    };
    faults.extend(fault);
}
