//! What the options of a case come to, and the notes beside verdicts, by `docs/semantics.md`: permissible or not, standing
//! breaches, dilemmas, repaired, silent. In: the outcome of every world of a case; out: all of it in words, by what it is
//! about. It tries every pair of instances and every option.

use super::bearing::{Lines, bears};
use super::outcome::Outcome;
use fiducia::rulebook::{Case, Condition, NormId, Record, Rulebook, Term, VerdictOf};
use fiducia::value::{NormSort, Status, StatusSet, ValueId};
use std::collections::{BTreeMap, BTreeSet};

/// A duty of somebody.
type Instance = (NormId, Vec<ValueId>);

/// All of it in words; `worlds` are those of the case, itself first, then its branches in order.
pub fn weighed(
    book: &Rulebook,
    case: &Case,
    worlds: &[(Record, Outcome)],
) -> BTreeMap<String, String> {
    let mut told = BTreeMap::new();
    for (at, (record, outcome)) in worlds.iter().enumerate() {
        for (instance, (set, _)) in &outcome.verdicts {
            let (norm, parties) = instance;
            let silent = !bears(book, *norm, parties, &record.stated, Lines::Deciding);
            let repaired = is_repaired(book, outcome, instance, *set);
            told.insert(
                format!("world {at}: {}", named(book, record, instance)),
                notes(silent, repaired),
            );
        }
    }
    let options: Vec<usize> = (0..case.branches.len())
        .filter(|at| case.branches[*at].option)
        .collect();
    let verdicts = |option: usize| &worlds[option + 1].1.verdicts;
    let violated = |option: usize| -> BTreeSet<Instance> {
        let duties = verdicts(option).iter().filter(|((norm, _), (set, _))| {
            book.norms[*norm].sort == NormSort::Duty && *set == StatusSet::only(Status::Violated)
        });
        duties.map(|(instance, _)| instance.clone()).collect()
    };
    let mut everywhere: BTreeSet<Instance> =
        options.first().map(|at| violated(*at)).unwrap_or_default();
    for option in &options {
        let own = violated(*option);
        everywhere.retain(|one| own.contains(one));
    }
    let standing: BTreeSet<Instance> = everywhere
        .into_iter()
        .filter(|_| options.len() >= 2)
        .filter(|(norm, parties)| {
            options.iter().all(|option| {
                let stated = &case.branches[*option].stated;
                !bears(book, *norm, parties, stated, Lines::All)
            })
        })
        .collect();
    let record = &worlds[0].0;
    for one in &standing {
        told.insert(
            format!("standing {}", named(book, record, one)),
            String::new(),
        );
    }
    let mut stuck = options.len() >= 2;
    for option in &options {
        let counts = |one: &Instance| !standing.contains(one);
        let sure = violated(*option).iter().any(counts);
        let may = verdicts(*option).iter().any(|(one, (set, _))| {
            book.norms[one.0].sort == NormSort::Duty && set.has(Status::Violated) && counts(one)
        });
        stuck &= sure;
        let word = match (sure, may) {
            (true, _) => "impermissible",
            (false, true) => "open",
            (false, false) => "permissible",
        };
        told.insert(format!("option {option}"), word.to_owned());
    }
    if stuck {
        let all: BTreeSet<Instance> = options.iter().flat_map(|at| violated(*at)).collect();
        let all: Vec<&Instance> = all.iter().filter(|one| !standing.contains(*one)).collect();
        let where_only = |broken: &Instance, kept: &Instance| -> Vec<usize> {
            let own = options.iter().copied();
            own.filter(|at| violated(*at).contains(broken))
                .filter(|at| {
                    let kept = verdicts(*at).get(kept);
                    kept.is_none_or(|(set, _)| !set.has(Status::Violated))
                })
                .collect()
        };
        for (at, one) in all.iter().enumerate() {
            for other in &all[at + 1..] {
                let (first, second) = (where_only(one, other), where_only(other, one));
                if !first.is_empty() && !second.is_empty() {
                    told.extend([dilemma(book, record, (one, &first), (other, &second))]);
                }
            }
        }
    }
    told
}

/// The notes beside a verdict, in words.
pub fn notes(silent: bool, repaired: bool) -> String {
    format!(
        "{}{}",
        if silent { "silent" } else { "borne on" },
        if repaired { ", repaired" } else { "" }
    )
}

/// An instance in words.
pub fn named(book: &Rulebook, record: &Record, (norm, parties): &Instance) -> String {
    let names = parties.iter().map(|value| record.values.get(*value));
    let names: Vec<String> = names.map(|name| format!("[{name}]")).collect();
    format!("\"{}\" {}", book.norms[*norm].name, names.join(" "))
}

/// A dilemma in words: the two, and the options in which each is violated and the other not.
pub fn dilemma(
    book: &Rulebook,
    record: &Record,
    one: (&Instance, &[usize]),
    other: (&Instance, &[usize]),
) -> (String, String) {
    let mut both = [one, other].map(|(own, options)| (named(book, record, own), options));
    both.sort();
    let [(first, of_first), (second, of_second)] = both;
    (
        format!("dilemma {first} and {second}"),
        format!("{of_first:?} and {of_second:?}"),
    )
}

/// Whether all that follows on a breach was done: some duty that follows on it may be engaged, and each that may is surely
/// fulfilled.
fn is_repaired(book: &Rulebook, outcome: &Outcome, broken: &Instance, set: StatusSet) -> bool {
    if !set.within(StatusSet::only(Status::Violated).with(Status::Overridden)) {
        return false;
    }
    let mut followed = false;
    for ((id, parties), (set, _)) in &outcome.verdicts {
        let norm = &book.norms[*id];
        if !norm.after {
            continue;
        }
        let Some(Condition::Verdict {
            of: VerdictOf::Norm {
                norm: of, terms, ..
            },
            ..
        }) = norm.arises.first().map(|line| &line.condition)
        else {
            continue;
        };
        let agrees = |(term, value): (&Term, &ValueId)| match term {
            Term::Value(own) => own == value,
            Term::Var(var) => {
                let place = norm.parties.iter().position(|party| party.var == *var);
                place.is_none_or(|at| parties[at] == *value)
            }
        };
        if *of == broken.0 && terms.iter().zip(&broken.1).all(agrees) {
            followed = true;
            if *set != StatusSet::only(Status::Fulfilled) {
                return false;
            }
        }
    }
    followed
}
