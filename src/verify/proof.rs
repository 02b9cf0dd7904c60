//! Whether a certificate holds. In: rulebook, record, certificate; out: what it proves, or the first line that does not hold.
//! *Presence*: what is claimed sure follows by its rule from what is stated or proved before. *Absence*: no rule leads from
//! what is claimed possible to anything else. Any such pair is sound, however it was found.

use super::certificate::{Certificate, Derived, Proof, SCHEMA, Settled, case_hash};
use super::norms::settle;
use crate::reading::{Facts, Key, Sets, Statuses, thing, vars_of};
use crate::rulebook::{NormId, Record, Rulebook, SentenceId, Term};
use crate::value::{Interval, Number, Status, StatusSet, Truth};
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

fn refuse<T>(at: impl Into<String>, why: impl Into<String>) -> Result<T, Refusal> {
    let (at, why) = (at.into(), why.into());
    Err(Refusal { at, why })
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
        ("/rulebook/sha256", &paper.rulebook.sha256, book.sha256()),
        ("/case/sha256", &paper.case.sha256, &hash),
    ] {
        if is != should {
            return refuse(at, format!("it is {is}, and should be {should}"));
        }
    }
    let (mut derived, mut verdicts) = (BTreeMap::new(), BTreeMap::new());
    for (at, line) in paper.derived.iter().enumerate() {
        let why = format!(
            "no rule concludes \"{}\" of {} here, or it stands twice",
            line.sentence,
            line.of.join(", ")
        );
        match claimed(&facts, line).map(|(of, claim)| derived.insert(of, claim)) {
            Some(None) => {}
            _ => return refuse(format!("/derived/{at}"), why),
        }
    }
    for (at, line) in paper.verdicts.iter().enumerate() {
        let why = format!(
            "there is no \"{}\" of {} here, or it stands twice",
            line.norm,
            line.of.join(", ")
        );
        match settled(&facts, line).map(|(of, claim)| verdicts.insert(of, claim)) {
            Some(None) => {}
            _ => return refuse(format!("/verdicts/{at}"), why),
        }
    }
    let (facts, derived, verdicts) = (&facts, &derived, &verdicts);
    let sets = Sets {
        facts,
        derived,
        verdicts,
        before: None,
    };
    for (at, line) in paper.derived.iter().enumerate() {
        if let Some(proof) = &line.surely
            && claimed(facts, line).is_none_or(|(of, _)| proved(&sets, &of, proof) != Some(true))
        {
            let why = format!(
                "it does not follow by rule \"{}\" from what is proved before",
                proof.rule
            );
            return refuse(format!("/derived/{at}"), why);
        }
    }
    closed(&sets)?;
    let found = book.norms.ids().flat_map(|id| settle(&sets, id));
    let mut found: BTreeMap<(NormId, Key), Statuses> = found.collect();
    for (at, line) in paper.verdicts.iter().enumerate() {
        let claim = settled(facts, line);
        let own = claim.as_ref().and_then(|(of, _)| found.remove(of));
        if own != claim.map(|(_, statuses)| statuses) {
            let words = own.map(|(whole, _)| whole.iter().map(Status::word).collect::<Vec<_>>());
            let why = words.map_or("it does not arise".to_owned(), |words| {
                format!("the table of statuses gives {}", words.join(" or "))
            });
            return refuse(format!("/verdicts/{at}"), why);
        }
    }
    if let Some((id, of)) = found.keys().next() {
        let why = format!(
            "\"{}\" of {} may arise, and is missing",
            book.norms[*id].name,
            names(facts, of)
        );
        return refuse("/verdicts", why);
    }
    let surely = paper
        .derived
        .iter()
        .filter(|line| line.surely.is_some())
        .count();
    let possibly = paper.derived.len() - surely;
    Ok(Proved {
        surely,
        possibly,
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
    let find = |name: &String| facts.record.values.find_name(name);
    names.iter().map(find).collect()
}

/// A line on a sentence, in ids; `None` where it names nothing that rules conclude here.
fn claimed(
    facts: &Facts<'_>,
    line: &Derived,
) -> Option<((SentenceId, Key), (Vec<Interval>, Option<u64>))> {
    let (id, _) = *facts.book.vocabulary.by_key.get(line.sentence.as_str())?;
    let key = key(facts, &line.of)?;
    let (things, numbers) = facts.slots(id);
    let end = |end: &Option<String>| {
        end.as_ref()
            .map(|text| Number::parse(text))
            .transpose()
            .ok()
    };
    let between = |[low, high]: &[Option<String>; 2]| {
        let (low, high) = (end(low)?, end(high)?);
        let ordered = low.zip(high).is_none_or(|(low, high)| low <= high);
        ordered.then_some(Interval { low, high })
    };
    let ranges: Option<Vec<Interval>> = line.between.iter().map(between).collect();
    let sound = (things.len(), numbers.len()) == (line.of.len(), line.between.len());
    let open = sound && facts.read(id, &key).is_none();
    let rank = line.surely.as_ref().map(|proof| proof.rank);
    open.then_some(((id, key), (ranges?, rank)))
}

/// A line on a verdict, in ids.
fn settled(facts: &Facts<'_>, line: &Settled) -> Option<((NormId, Key), Statuses)> {
    let mut norms = facts.book.norms.enumerated();
    let (id, norm) = norms.find(|(_, norm)| norm.name == line.norm)?;
    let set = |words: &Vec<String>| -> Option<StatusSet> {
        words.iter().map(|word| Status::read(word)).collect()
    };
    let parts: Option<Vec<StatusSet>> = line.parts.iter().map(set).collect();
    let named = norm.parts.iter().filter(|part| part.name.is_some()).count();
    let sound = line.of.len() == norm.parties.len() && line.parts.len() == named;
    sound.then_some(((id, key(facts, &line.of)?), (set(&line.statuses)?, parts?)))
}

/// Whether a sentence follows by its rule under its binding; `None` where there is no such rule or slot.
fn proved(sets: &Sets<'_>, (id, key): &(SentenceId, Key), proof: &Proof) -> Option<bool> {
    let mut rules = sets.facts.book.rules.iter();
    let rule = rules.find(|rule| rule.name == proof.rule && rule.head.sentence == *id)?;
    let head = sets.facts.split(&rule.head).0;
    let mut env = sets.bind(&rule.vars, &vec![None; rule.vars.len()], &head, key)?;
    for (name, value) in &proof.with {
        let (var, _) = rule.vars.enumerated().find(|(_, var)| var.name == *name)?;
        let value = sets.facts.record.values.find_name(value)?;
        env = sets.bind(&rule.vars, &env, &[Term::Var(var)], &[value])?;
    }
    let before = Sets {
        before: Some(proof.rank),
        ..*sets
    };
    Some(before.some(&rule.vars, &rule.body, &env) == Truth::True)
}

/// Whether every rule leads only to what is claimed possible, with the numbers claimed.
fn closed(sets: &Sets<'_>) -> Result<(), Refusal> {
    for rule in sets.facts.book.rules.iter() {
        let (id, none) = (rule.head.sentence, vec![None; rule.vars.len()]);
        let (things, numbers) = sets.facts.split(&rule.head);
        let body: Vec<_> = rule.body.iter().collect();
        for (env, _) in sets.solve(&rule.vars, &body, &vars_of(things.clone()), &none) {
            let key: Key = things
                .iter()
                .filter_map(|term| thing(*term, &env))
                .collect();
            let claim = sets.derived.get(&(id, key.clone()));
            let holds = claim.is_some_and(|(ranges, _)| {
                let gives = numbers.iter().map(|term| sets.number(*term, &env));
                let within = |(claim, own): (&Interval, Option<Interval>)| {
                    claim.hull(own.unwrap_or(Interval::UNKNOWN)) == *claim
                };
                ranges.iter().zip(gives).all(within)
            });
            if !holds && sets.facts.read(id, &key).is_none() {
                let sentence = sets.facts.book.vocabulary.sentences[id].key();
                let why = format!(
                    "by rule \"{}\" it may be that \"{sentence}\" of {}: it, or its number, is missing",
                    rule.name,
                    names(sets.facts, &key)
                );
                return refuse("/derived", why);
            }
        }
    }
    Ok(())
}
