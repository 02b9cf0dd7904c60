//! The table of statuses, read once more: from whether a norm arises, is broken, exempt, overridden and excused to the
//! statuses still possible.

use crate::reading::{Env, Key, Sets, Statuses, Vars, best, thing};
use crate::rulebook::{DefeatSort, Line, NormId, Term, Test, VarId};
use crate::value::{NormSort, Status, StatusSet, Truth};
use std::collections::BTreeMap;

/// What decides the statuses of one part, what all parts share left out.
struct Part {
    narrows: bool,
    engaged: Truth,
    broken: Truth,
    kept: bool,
    exempt: Truth,
    excused: Truth,
}

/// What defeats the whole duty: exemptions, priorities, excuses.
type Shared = [Truth; 3];

/// The verdicts on every instance of a norm that may arise.
pub(super) fn settle(sets: &Sets<'_>, id: NormId) -> Vec<((NormId, Key), Statuses)> {
    let norm = &sets.facts.book.norms[id];
    let parties: Vec<VarId> = norm.parties.iter().map(|party| party.var).collect();
    let mut arising: BTreeMap<Key, Vec<(Env, Truth)>> = BTreeMap::new();
    let none = vec![None; norm.vars.len()];
    for (env, truth) in sets.solve(&norm.vars, &Vec::from_iter(&norm.arises), &parties, &none) {
        let of = parties
            .iter()
            .filter_map(|var| thing(Term::Var(*var), &env));
        arising.entry(of.collect()).or_default().push((env, truth));
    }
    let settled = arising.into_iter().map(|(of, bindings)| {
        let verdict = instance(sets, id, &of, &bindings);
        ((id, of), verdict)
    });
    settled.collect()
}

fn instance(sets: &Sets<'_>, id: NormId, of: &Key, arising: &[(Env, Truth)]) -> Statuses {
    let norm = &sets.facts.book.norms[id];
    let engaged = best(arising.iter().map(|(_, truth)| *truth));
    if norm.sort == NormSort::Concern {
        let (raised, open) = (StatusSet::only(Status::Raised), engaged != Truth::True);
        return (
            if open {
                raised.with(Status::NotRaised)
            } else {
                raised
            },
            Vec::new(),
        );
    }
    let defeated = |part: Option<usize>, sort: DefeatSort| defeated(sets, id, part, sort, of);
    let parts = norm.parts.iter().enumerate().map(|(at, part)| {
        let mut own = Part {
            narrows: !part.arises.is_empty(),
            engaged: Truth::False,
            broken: Truth::False,
            kept: false,
            exempt: defeated(Some(at), DefeatSort::Exemption),
            excused: defeated(Some(at), DefeatSort::Excuse),
        };
        let narrowed: Vec<&Line> = part.arises.iter().collect();
        for (env, arises) in arising {
            for (env, narrows) in sets.solve(&norm.vars, &narrowed, &[], env) {
                let breaks = match &part.test {
                    Test::Broken(body) => sets.some(&norm.vars, body, &env),
                    Test::Met(body) => sets.some(&norm.vars, body, &env).negate(),
                };
                own.engaged = own.engaged.or(arises.and(narrows));
                own.broken = own.broken.or(arises.and(narrows).and(breaks));
                own.kept |= breaks != Truth::True;
            }
        }
        own
    });
    let parts: Vec<Part> = parts.collect();
    let (exempt, excused) = (DefeatSort::Exemption, DefeatSort::Excuse);
    let shared = [
        defeated(None, exempt),
        overridden(sets, id, of),
        defeated(None, excused),
    ];
    let sets = parts.iter().map(|part| statuses(norm.sort, part, shared));
    let sets: Vec<StatusSet> = sets.collect();
    if norm.parts.iter().all(|part| part.name.is_none()) {
        return (sets[0], Vec::new());
    }
    // Exemptions, priorities and excuses of the whole duty act on all its parts or on none.
    let mut whole = StatusSet::EMPTY;
    if engaged != Truth::True {
        whole.insert(Status::NotEngaged);
    }
    for way in 0..8 {
        let way = [0, 1, 2].map(|at| Truth::from(way >> at & 1 == 1));
        let open = |(truth, way): (&Truth, &Truth)| *truth == Truth::Unknown || truth == way;
        if shared.iter().zip(&way).all(open) {
            whole = whole.union(worst(norm.sort, &parts, way));
        }
    }
    (whole, sets)
}

/// The best truth of the exemptions or excuses of the whole duty, or of those of one part alone.
fn defeated(sets: &Sets<'_>, id: NormId, part: Option<usize>, sort: DefeatSort, of: &Key) -> Truth {
    let all = sets.facts.book.defeats.iter().filter(|one| {
        let acts = part.map_or(one.parts.is_empty(), |part| one.parts.contains(&part));
        one.norm == id && one.sort == sort && acts
    });
    best(all.map(|one| {
        let terms: Vec<Term> = one.parties.iter().copied().map(Term::Var).collect();
        some_of(sets, &one.vars, &[(&terms, of)], &one.body)
    }))
}

/// The best truth of the priorities over an instance: their conditions, and an upper duty that is fulfilled.
fn overridden(sets: &Sets<'_>, id: NormId, of: &Key) -> Truth {
    let mut all = Truth::False;
    for one in sets
        .facts
        .book
        .priorities
        .iter()
        .filter(|one| one.lower == id)
    {
        for (upper, above) in sets.verdicts.keys().filter(|(norm, _)| *norm == one.upper) {
            let fulfilled = StatusSet::only(Status::Fulfilled);
            let fulfilled = sets.among(*upper, above.clone(), None, fulfilled);
            let bound = [(&one.lower_terms, of), (&one.upper_terms, above)];
            if fulfilled != Truth::False {
                all = all.or(fulfilled.and(some_of(sets, &one.vars, &bound, &one.body)));
            }
        }
    }
    all
}

/// The best truth of a body with these in its slots.
fn some_of(sets: &Sets<'_>, vars: &Vars, bound: &[(&Vec<Term>, &Key)], body: &[Line]) -> Truth {
    let none = Some(vec![None; vars.len()]);
    let bind =
        |env: Option<Env>, (terms, key): &(&Vec<Term>, &Key)| sets.bind(vars, &env?, terms, key);
    let env = bound.iter().fold(none, bind);
    env.map_or(Truth::False, |env| sets.some(vars, body, &env))
}
/// The worst part's status, for every choice of each part's among its own.
fn worst(sort: NormSort, parts: &[Part], shared: Shared) -> StatusSet {
    let given = |part: &Part| {
        let bare = statuses(sort, part, shared).without(Status::NotEngaged);
        let out = part.narrows && part.engaged != Truth::True;
        if out {
            bare.with(Status::NotEngaged)
        } else {
            bare
        }
    };
    let given: Vec<StatusSet> = parts.iter().map(given).collect();
    let can = |status: &Status| {
        let up_to: StatusSet = Status::ALL
            .into_iter()
            .filter(|other| other <= status)
            .collect();
        given.iter().any(|set| set.has(*status)) && given.iter().all(|set| set.meets(up_to))
    };
    Status::ALL.into_iter().filter(can).collect()
}

/// The table of the possible statuses of a part.
fn statuses(sort: NormSort, part: &Part, shared: Shared) -> StatusSet {
    let may = |truth: Truth| truth != Truth::False;
    let may_not = |truth: Truth| truth != Truth::True;
    let [exempt, overridden, excused] = shared;
    let (exempt, excused) = (part.exempt.or(exempt), part.excused.or(excused));
    let (owed, ideal) = (may(part.engaged), sort == NormSort::Ideal);
    let binds = owed && (ideal || may_not(exempt));
    let kept = binds && may_not(part.broken) && part.kept;
    let broken = binds && may(part.broken);
    let blamed = broken && !ideal && may_not(overridden);
    let table = [
        (Status::NotEngaged, may_not(part.engaged)),
        (Status::Exempt, owed && !ideal && may(exempt)),
        (Status::Fulfilled, kept && !ideal),
        (Status::Overridden, broken && !ideal && may(overridden)),
        (Status::Excused, blamed && may(excused)),
        (Status::Violated, blamed && may_not(excused)),
        (Status::Met, kept && ideal),
        (Status::FallsShort, broken && ideal),
    ];
    let possible = table.into_iter().filter(|(_, possible)| *possible);
    possible.map(|(status, _)| status).collect()
}
