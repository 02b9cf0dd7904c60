//! Whether a certificate holds. In: rulebook, record, certificate; out: what it proves, or the first line that does not hold.
//! *Presence*: what is claimed sure follows by its rule from what is stated or proved before. *Absence*: no rule leads from
//! what is claimed possible to anything else. Any such pair is sound, however it was found.

use super::bodies::{Bound, Env, Sets, Statuses, thing};
use super::certificate::{Certificate, Derived, Proof, SCHEMA, Settled, case_hash};
use super::facts::{Facts, Key};
use crate::rulebook::{NormId, Record, Rule, Rulebook, SentenceId, Term, VarId};
use crate::value::{Idx, Interval, Number, Status, StatusSet, Truth};
use std::collections::BTreeMap;

/// Why a certificate is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The line of the certificate, as a JSON pointer; of what is missing, the list where it should stand.
    pub at: String,
    /// What does not hold.
    pub why: String,
}

/// What an accepted certificate proves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proved {
    /// Derived sentences that are sure.
    pub surely: usize,
    /// Derived sentences that are possible and no more.
    pub possibly: usize,
    /// Verdicts.
    pub verdicts: usize,
}

type Claim = ((SentenceId, Key), (Vec<Interval>, Option<u64>));
type Verdict = ((NormId, Key), Statuses);

fn refuse<T>(at: impl Into<String>, why: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal {
        at: at.into(),
        why: why.into(),
    })
}

/// Checks a certificate against the rules and the record it speaks of.
///
/// # Errors
/// The first line that does not hold.
pub fn verify(book: &Rulebook, record: &Record, paper: &Certificate) -> Result<Proved, Refusal> {
    let facts = Facts::of(book, record);
    let hash = case_hash(book, record);
    for (at, is, should) in [
        ("/schema", &paper.schema[..], SCHEMA),
        ("/rulebook/sha256", &paper.rulebook.sha256, &book.sha256),
        ("/case/sha256", &paper.case.sha256, &hash),
    ] {
        if is != should {
            return refuse(at, format!("it is {is}, and should be {should}"));
        }
    }
    let (mut derived, mut verdicts) = (BTreeMap::new(), BTreeMap::new());
    for (at, line) in paper.derived.iter().enumerate() {
        let at = format!("/derived/{at}");
        let Some((of, claim)) = claimed(&facts, line) else {
            let why = format!(
                "no rule concludes \"{}\" of {} here",
                line.sentence,
                line.of.join(", ")
            );
            return refuse(at, why);
        };
        if derived.insert(of, claim).is_some() {
            return refuse(at, "it stands here twice");
        }
    }
    for (at, line) in paper.verdicts.iter().enumerate() {
        let at = format!("/verdicts/{at}");
        let Some((of, statuses)) = settled(&facts, line) else {
            return refuse(at, "there is no such duty, ideal or concern in this case");
        };
        if verdicts.insert(of, statuses).is_some() {
            return refuse(at, "it stands here twice");
        }
    }
    let sets = Sets {
        facts: &facts,
        derived: &derived,
        verdicts: &verdicts,
        before: None,
    };
    let mut surely = 0;
    for (at, line) in paper.derived.iter().enumerate() {
        if let Some(proof) = &line.surely {
            surely += 1;
            let of = claimed(&facts, line).map(|(of, _)| of);
            if of.and_then(|of| proved(&sets, &of, proof)).is_none() {
                let why = format!(
                    "it does not follow by rule \"{}\" from what is proved before",
                    proof.rule
                );
                return refuse(format!("/derived/{at}"), why);
            }
        }
    }
    closed(&sets)?;
    for id in book.norms.ids() {
        let mut found = sets.settle(id);
        for (at, line) in paper.verdicts.iter().enumerate() {
            let Some(((of, key), claim)) = settled(&facts, line).filter(|((of, _), _)| *of == id)
            else {
                continue;
            };
            debug_assert_eq!(of, id);
            match found.remove(&key) {
                Some(statuses) if statuses == claim => {}
                Some((statuses, _)) => {
                    let words: Vec<&str> = statuses.iter().map(Status::word).collect();
                    let why = format!("the table gives {}", words.join(" or "));
                    return refuse(format!("/verdicts/{at}"), why);
                }
                None => return refuse(format!("/verdicts/{at}"), "it does not arise"),
            }
        }
        if let Some(key) = found.keys().next() {
            let why = format!(
                "\"{}\" may arise of {} and is missing",
                book.norms[id].name,
                names(&facts, key)
            );
            return refuse("/verdicts", why);
        }
    }
    Ok(Proved {
        surely,
        possibly: paper.derived.len() - surely,
        verdicts: paper.verdicts.len(),
    })
}

fn names(facts: &Facts<'_>, key: &Key) -> String {
    let names = key
        .iter()
        .map(|value| facts.record.values.get(*value).to_string());
    names.collect::<Vec<_>>().join(", ")
}

fn key(facts: &Facts<'_>, names: &[String]) -> Option<Key> {
    names
        .iter()
        .map(|name| facts.record.values.find_name(name))
        .collect()
}

/// A line on a sentence, in ids; `None` where it names nothing that rules conclude here.
fn claimed(facts: &Facts<'_>, line: &Derived) -> Option<Claim> {
    let (id, _) = *facts.book.vocabulary.by_key.get(&line.sentence)?;
    let key = key(facts, &line.of)?;
    let (things, numbers) = facts.slots(id);
    let sound = (things.len(), numbers.len()) == (line.of.len(), line.between.len());
    let end = |end: &Option<String>| end.as_ref().map(|text| Number::parse(text)).transpose();
    let between = |ends: &[Option<String>; 2]| {
        let (low, high) = (end(&ends[0]).ok()?, end(&ends[1]).ok()?);
        let ordered = low.zip(high).is_none_or(|(low, high)| low <= high);
        ordered.then_some(Interval { low, high })
    };
    let numbers: Option<Vec<Interval>> = line.between.iter().map(between).collect();
    let open = sound && facts.read(id, &key).is_none();
    let rank = line.surely.as_ref().map(|proof| proof.rank);
    open.then_some(((id, key), (numbers?, rank)))
}

/// A line on a verdict, in ids.
fn settled(facts: &Facts<'_>, line: &Settled) -> Option<Verdict> {
    let mut norms = facts.book.norms.enumerated();
    let (id, norm) = norms.find(|(_, norm)| norm.name == line.norm)?;
    let set = |words: &Vec<String>| words.iter().map(|word| Status::read(word)).collect();
    let (whole, parts): (Option<StatusSet>, Option<Vec<StatusSet>>) =
        (set(&line.statuses), line.parts.iter().map(set).collect());
    let named = norm.parts.iter().filter(|part| part.name.is_some()).count();
    let sound = line.of.len() == norm.parties.len() && line.parts.len() == named;
    sound.then_some(((id, key(facts, &line.of)?), (whole?, parts?)))
}

/// Whether a sentence follows by its rule under its binding.
fn proved(sets: &Sets<'_>, of: &(SentenceId, Key), proof: &Proof) -> Option<()> {
    let book = sets.facts.book;
    let by = |rule: &&Rule| rule.name == proof.rule && rule.head.sentence == of.0;
    let rule = book.rules.iter().find(by)?;
    let head = sets.split(&rule.head).0;
    let mut env = sets.bind(&rule.vars, &vec![None; rule.vars.len()], &head, &of.1)?;
    for (name, value) in &proof.with {
        let (var, _) = rule.vars.enumerated().find(|(_, var)| var.name == *name)?;
        let value = sets.facts.record.values.find_name(value)?;
        env = sets.bind(&rule.vars, &env, &[Term::Var(var)], &[value])?;
    }
    let before = Some(proof.rank);
    let truth = Sets { before, ..*sets }.some(&rule.vars, &rule.body, &env);
    (truth == Truth::True).then_some(())
}

/// Whether every rule leads only to what is claimed possible, with the numbers claimed.
fn closed(sets: &Sets<'_>) -> Result<(), Refusal> {
    for rule in sets.facts.book.rules.iter() {
        let (things, numbers) = sets.split(&rule.head);
        let var = |term: &Term| match term {
            Term::Var(var) => Some(*var),
            Term::Value(_) => None,
        };
        let also: Vec<VarId> = things.iter().filter_map(var).collect();
        let none: Env = vec![None; rule.vars.len()];
        for (env, _) in sets.solve(&rule.vars, &Vec::from_iter(&rule.body), &also, &none) {
            let key: Key = things
                .iter()
                .filter_map(|term| thing(*term, &env))
                .collect();
            if sets.facts.read(rule.head.sentence, &key).is_some() {
                continue;
            }
            let number = |term: &Term| match term {
                Term::Value(value) => sets
                    .facts
                    .record
                    .values
                    .as_number(*value)
                    .map(Interval::exactly),
                Term::Var(var) => match env[var.index()] {
                    Some(Bound::Number(number)) => Some(number),
                    _ => None,
                },
            };
            let gives = numbers
                .iter()
                .map(|term| number(term).unwrap_or(Interval::UNKNOWN));
            let claim = sets.derived.get(&(rule.head.sentence, key.clone()));
            let holds = |claim: &(Vec<Interval>, Option<u64>)| {
                claim
                    .0
                    .iter()
                    .zip(gives)
                    .all(|(claim, number)| claim.hull(number) == *claim)
            };
            if !claim.is_some_and(holds) {
                let sentence = &sets.facts.book.vocabulary.sentences[rule.head.sentence].key;
                let why = format!(
                    "rule \"{}\" makes \"{sentence}\" possible of {}, and that, or its number, is missing",
                    rule.name,
                    names(sets.facts, &key)
                );
                return refuse("/derived", why);
            }
        }
    }
    Ok(())
}
