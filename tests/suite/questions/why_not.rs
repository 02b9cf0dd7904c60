//! `--why-not` against every binding: the rule or duty that is said to have come nearest has as few failing lines as any
//! binding whose people something on record speaks of, by the slow evaluator; and every rule is there.

use super::trial::{Trial, programs};
use crate::loaded::{Loaded, load};
use crate::reference::{Bound, Judge, judging, keys};
use crate::shrink::shrink;
use fiducia::engine::{Limits, Thing};
use fiducia::explain::{Choice, Way, WorldJudged, inquire, why_not_norm, why_not_sentence, worlds};
use fiducia::plan::{Origin, compile, vars_of};
use fiducia::rulebook::{Body, Condition, NormPattern, Rulebook, Term, Var, VarId};
use fiducia::value::{IndexVec, Truth, ValueId};

/// A slot that stands twice in one sentence is one person in both places.
const TWICE: &str = r#"
source book is "A book"
kind Person
kind Act
duty "duty 0"
  owed by [p] about [a]
  arises if [p1] bakevos [p1] by [a]
  and [p] bakevos [p1] by [a2]
  broken if [p1] bagokas [a]
  cites book
facts, false unless stated
  - [one: Person] bakevos [two: Person] by [three: Act]
facts, unknown unless stated
  - [one: Person] bagokas [two: Act]
case "a story"
  cast [Ann] is a Person
  cast [Bo] is a Person
  cast [surgery] is a Act
  unknown [Ann] bakevos [Bo] by [surgery]
"#;

#[test]
fn a_slot_that_stands_twice() {
    let trial = Trial::fixed(TWICE);
    let (rules, norms, wrong) = differences(&trial);
    assert!(wrong.is_none(), "{wrong:?}");
    assert!(rules + norms > 0);
}

#[test]
fn the_nearest_is_nearest() {
    let (mut rules, mut norms) = (0, 0);
    for seed in programs() {
        let Some(trial) = Trial::new(seed) else {
            continue;
        };
        let (of_rules, of_norms, wrong) = differences(&trial);
        rules += of_rules;
        norms += of_norms;
        if let Some(wrong) = wrong {
            let text = shrink(&trial.text, |text| {
                Trial::of(text.to_owned()).is_some_and(|trial| differences(&trial).2.is_some())
            });
            let small = Trial::of(text.clone()).and_then(|trial| differences(&trial).2);
            panic!("seed {seed}: {wrong}\nMade small: {small:?}\n{text}");
        }
    }
    println!("{rules} sentences and {norms} duties that are not so");
    assert!(rules + norms > 0 || programs().is_empty());
}

/// How many sentences and duties that are not so were asked about, and the first that is answered wrongly.
fn differences(trial: &Trial) -> (usize, usize, Option<String>) {
    let (mut rules, mut norms) = (0, 0);
    let Ok(Loaded { book, cases }) = load(&trial.text) else {
        return (0, 0, None);
    };
    let (Ok(plan), Some(case)) = (compile(&book), cases.first()) else {
        return (0, 0, None);
    };
    let choice = Choice::default();
    let all = worlds(&book, case, &choice).expect("no branch is chosen");
    let judged = inquire(&book, &plan, case, &all, &choice, Limits::default());
    let (Some(world), Ok(slow)) = (judged.worlds.first(), judging(&book, &trial.record, None))
    else {
        return (0, 0, None);
    };
    if !world.is_judged() {
        return (0, 0, None);
    }
    for (sentence, key) in keys(&book, &trial.record) {
        let cell = slow.cell(sentence, &key);
        let concluded = book.rules.iter().any(|rule| rule.head.sentence == sentence);
        let number = book.vocabulary.number_slots(sentence).next().is_some();
        if cell.truth == Truth::True || cell.stated || !concluded || number {
            continue;
        }
        rules += 1;
        let wrong = of_sentence(&book, world, &slow, sentence, &key);
        if wrong.is_some() {
            return (rules, norms, wrong);
        }
    }
    for (id, norm) in book.norms.enumerated() {
        let kinds: Vec<_> = norm
            .parties
            .iter()
            .filter_map(|party| norm.vars[party.var].kind)
            .collect();
        for key in slow.combinations(&kinds) {
            let engaged = slow.verdicts.contains_key(&(id, key.clone()));
            if engaged || key.len() != norm.parties.len() {
                continue;
            }
            norms += 1;
            let pattern = NormPattern {
                norm: id,
                parties: key.iter().map(|value| Some(*value)).collect(),
                part: None,
            };
            let found = why_not_norm(world, &pattern, None);
            let mut bound = vec![None; norm.vars.len()];
            for (party, value) in norm.parties.iter().zip(&key) {
                bound[party.var.0 as usize] = Some(Bound::Thing(*value));
            }
            let way = found.first().and_then(|one| one.ways.first());
            let of = (&norm.arises, &norm.vars);
            let wrong = way.and_then(|way| lies_between(&slow, of, &bound, way, &norm.name));
            if wrong.is_some() {
                return (rules, norms, wrong);
            }
        }
    }
    (rules, norms, None)
}

fn of_sentence(
    book: &Rulebook,
    world: &WorldJudged<'_>,
    slow: &Judge<'_>,
    sentence: fiducia::rulebook::SentenceId,
    key: &[ValueId],
) -> Option<String> {
    let slots: Vec<Option<Thing>> = key.iter().map(|value| Some(Thing::Value(*value))).collect();
    let (_, ways) = why_not_sentence(world, sentence, &slots);
    let ordered = ways
        .windows(2)
        .all(|two| (two[0].failed, two[0].open) <= (two[1].failed, two[1].open));
    if !ordered {
        return Some("the nearest is not the first".to_owned());
    }
    for (id, rule) in book.rules.enumerated() {
        if rule.head.sentence != sentence {
            continue;
        }
        let mut bound = vec![None; rule.vars.len()];
        let mut fits = true;
        for (term, value) in rule.head.terms.iter().zip(key) {
            match term {
                Term::Value(own) => fits &= own == value,
                Term::Var(var) => {
                    let kind = rule.vars[*var].kind;
                    fits &= kind.is_some_and(|kind| slow.domain(kind).contains(value));
                    let slot = &mut bound[var.0 as usize];
                    fits &= slot.is_none_or(|held| held == Bound::Thing(*value));
                    *slot = Some(Bound::Thing(*value));
                }
            }
        }
        let mut own = ways
            .iter()
            .filter(|way| way.steps[0].ground.origin == Origin::Rule(id));
        match (own.next(), fits) {
            (None, false) => {}
            (None, true) => return Some(format!("rule \"{}\" is left out", rule.name)),
            (Some(_), false) => return Some(format!("rule \"{}\" cannot conclude it", rule.name)),
            (Some(way), true) => {
                let wrong = lies_between(slow, (&rule.body, &rule.vars), &bound, way, &rule.name);
                if wrong.is_some() {
                    return wrong;
                }
            }
        }
    }
    None
}

/// Whether the failing lines of a way are no more than those of any binding that something on record speaks for, and no fewer
/// than those of the best binding there is.
fn lies_between(
    slow: &Judge<'_>,
    (body, vars): (&Body, &IndexVec<VarId, Var>),
    bound: &[Option<Bound>],
    way: &Way,
    name: &str,
) -> Option<String> {
    let mut free: Vec<VarId> = Vec::new();
    for line in body.iter().filter(|line| !line.unless) {
        let simple = matches!(
            line.condition,
            Condition::Sentence { .. } | Condition::Verdict { .. } | Condition::Compare { .. }
        );
        if simple {
            vars_of(&line.condition, &mut free);
        } else {
            // What is local to a group, or computed, is bound there.
            return None;
        }
    }
    free.sort();
    free.dedup();
    if free.iter().any(|var| slow.counts(vars, *var)) {
        return None;
    }
    free.retain(|var| bound[var.0 as usize].is_none());
    let kinds: Option<Vec<_>> = free.iter().map(|var| vars[*var].kind).collect();
    let mut best: Option<usize> = None;
    let mut best_spoken_for: Option<usize> = None;
    for values in slow.combinations(&kinds?) {
        let mut env = bound.to_vec();
        for (var, value) in free.iter().zip(&values) {
            env[var.0 as usize] = Some(Bound::Thing(*value));
        }
        let truths: Option<Vec<Truth>> = body
            .iter()
            .map(|line| slow.line(vars, line, &[], None, &env).ok())
            .collect();
        let truths = truths?;
        let failed = truths
            .iter()
            .filter(|truth| **truth == Truth::False)
            .count();
        let spoken_for = free.iter().all(|var| {
            body.iter().zip(&truths).any(|(line, truth)| {
                let mut own = Vec::new();
                vars_of(&line.condition, &mut own);
                // A verdict may hold of people whom no verdict lists: nothing on record speaks for them.
                let binds = match &line.condition {
                    Condition::Sentence { negated, .. } => !negated,
                    _ => false,
                };
                binds && !line.unless && own.contains(var) && *truth != Truth::False
            })
        });
        best = Some(best.map_or(failed, |best| best.min(failed)));
        if spoken_for {
            best_spoken_for = Some(best_spoken_for.map_or(failed, |best| best.min(failed)));
        }
    }
    let too_many = best_spoken_for.is_some_and(|best| way.failed > best);
    let too_few = best.is_some_and(|best| way.failed < best);
    (too_many || too_few).then(|| {
        format!("\"{name}\": {} lines fail; the best is {best:?}, of those spoken for {best_spoken_for:?}", way.failed)
    })
}
