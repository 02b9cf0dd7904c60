//! `comply` against every set of changes.

use super::trial::{To, Trial, grid, programs, subsets};
use crate::shrink::shrink;
use fiducia::engine::Cell;
use fiducia::explain::{Become, Complying, Fact, MOST_CHANGED, Repair, comply, right};
use fiducia::rulebook::NormId;
use fiducia::value::{StatusSet, Truth};

/// More facts than this are too many to try every set.
const MOST: usize = 14;

#[test]
fn repairs_are_minimal_and_complete() {
    let mut tried = 0;
    let mut repaired = 0;
    for seed in programs() {
        let Some(trial) = Trial::new(seed) else {
            continue;
        };
        let (count, of_them, wrong) = differences(&trial);
        tried += count;
        repaired += of_them;
        if let Some(wrong) = wrong {
            let text = shrink(&trial.text, |text| {
                Trial::of(text.to_owned()).is_some_and(|trial| differences(&trial).2.is_some())
            });
            let small = Trial::of(text.clone()).and_then(|trial| differences(&trial).2);
            panic!("seed {seed}: {wrong}\nMade small: {small:?}\n{text}");
        }
    }
    println!("{tried} verdicts that are wrong, {repaired} of them can be made right");
    assert!(tried > 0 || programs().is_empty());
}

/// A number that is multiplied by itself.
const SQUARED: &str = r#"
kind Person
kind Act
kind Score is a number
ideal "ideal 2"
  for [p] about [a]
  applies if [s4] is not 2
  and let [s4] be [s3] + ([s3] * [s3])
  and [p] balikas [a] by [s3]
  met if at most 0 [zp5] where
    - [zp5] babamis [a]
facts, false unless stated
  - [one: Person] babamis [two: Act]
facts, unknown unless stated
  - [one: Person] balikas [two: Act] by [three: Score]
    can be changed by [one]
case "a story"
  cast [Ann] is a Person
  cast [rest] is a Act
  given [Ann] babamis [rest]
"#;

#[test]
fn a_number_that_is_no_straight_line() {
    let trial = Trial::fixed(SQUARED);
    let (tried, repaired) = agrees(&trial);
    assert!(tried > 0 && repaired > 0, "{tried} {repaired}");
}

/// That Ann is trained makes two numbers contradict each other; what avoids it does not bear on the duty.
const CONTRADICTORY: &str = r#"
kind Person
kind Score is a number from 0 to 4
rule "by herself"
  if [p] is trained
  and [p] works alone
  then [p] counts for [2]
rule "with others"
  if [p] is trained
  then [p] counts for [3]
duty "train"
  owed by [p]
  arises if [p] acts
  met if [p] is trained
  cites book
source book is "A book"
facts, false unless stated
  - [one: Person] acts
  - [one: Person] is trained
    can be changed by [one]
  - [one: Person] works alone
    can be changed by [one]
concepts
  - [one: Person] counts for [two: Score]
case "a story"
  cast [Ann] is a Person
  given [Ann] acts
  given [Ann] works alone
"#;

#[test]
fn a_change_that_avoids_a_contradiction() {
    let trial = Trial::fixed(CONTRADICTORY);
    let (tried, repaired) = agrees(&trial);
    assert_eq!((tried, repaired), (1, 1));
    let judged = trial.judged().expect("a judgement");
    let found = comply(&judged, 0);
    let [only] = &found.repairs[..] else {
        panic!("{found:?}");
    };
    assert_eq!(only.changes.len(), 2, "{only:?}");
}

/// A number has one value: what else it could be bears on whether it may be this one.
const ANOTHER_VALUE: &str = r#"
kind Person
kind Act
kind Hours is a number in "hours" from 0 to 4
rule "none"
  if it is not the case that [p] works
  then [p] rests for [0]
rule "three"
  if [p] sees [a]
  then [p] rests for [3]
duty "rest"
  owed by [p] about [a]
  arises if [p] sees [a]
  and [p] rests for [2]
  met if [p] told [a]
facts, unknown unless stated
  - [one: Person] works
    can be changed by [one]
  - [one: Person] sees [two: Act]
facts, false unless stated
  - [one: Person] told [two: Act]
concepts
  - [one: Person] rests for [two: Hours]
case "a story"
  cast [Bo] is a Person
  cast [surgery] is a Act
"#;

/// A duty that asks what is not known is harmed while a fact is open, and by neither way of turning it.
const ASKED_WHETHER_KNOWN: &str = r#"
kind Person
duty "duty 0"
  owed by [p]
  arises if [p] acts
  broken if [p] hurries
exemption "exemption 0" from duty "duty 0"
  if it is not the case that [p] sleeps
duty "duty 1"
  owed by [p]
  arises if it is not the case that [p] hurries
  met if [p] told
duty "duty 2"
  owed by [p]
  arises if it is not known whether [p] sleeps
  met if [p] rests
duty "duty 3"
  owed by [p]
  arises if it is not the case that [p] sleeps
  met if [p] rests
facts, false unless stated
  - [one: Person] acts
  - [one: Person] rests
  - [one: Person] hurries
    can be changed by [one]
  - [one: Person] told
    can be changed by [one]
facts, unknown unless stated
  - [one: Person] sleeps
    can be changed by [one]
case "a story"
  cast [Bo] is a Person
  given [Bo] acts
  given [Bo] hurries
  given [Bo] sleeps
"#;

#[test]
fn what_bears_on_a_number_and_what_asks_what_is_not_known() {
    for text in [ANOTHER_VALUE, ASKED_WHETHER_KNOWN] {
        let trial = Trial::fixed(text);
        let (tried, repaired) = agrees(&trial);
        assert!(tried > 0 && repaired > 0, "{tried} {repaired}\n{text}");
    }
}

/// How many verdicts of a program about which all must agree are wrong, and how many of these can be made right.
fn agrees(trial: &Trial) -> (usize, usize) {
    let (tried, repaired, wrong) = differences(trial);
    assert!(wrong.is_none(), "{wrong:?}\n{}", trial.text);
    (tried, repaired)
}

fn differences(trial: &Trial) -> (usize, usize, Option<String>) {
    let Some(mut judged) = trial.judged() else {
        return (0, 0, None);
    };
    let facts = trial.facts(&mut judged);
    let (mut tried, mut repaired) = (0, 0);
    for at in 0..judged.verdicts().len() {
        let verdict = &judged.verdicts()[at];
        let good = right(trial.book.norms[verdict.norm].sort);
        let bearer = verdict.parties.first().and_then(|cell| cell.value());
        let (Some(bearer), false) = (bearer, verdict.statuses.within(good)) else {
            continue;
        };
        let own: Vec<(Fact, Vec<Truth>)> = facts
            .iter()
            .filter(|(fact, ..)| {
                let changed_by = &trial.book.vocabulary.sentences[fact.sentence].changed_by;
                changed_by
                    .iter()
                    .any(|slot| fact.values[*slot] == Some(bearer))
            })
            .filter(|(fact, ..)| !fact.is_number())
            .map(|(fact, truth, _)| {
                let to = match truth {
                    Truth::True => vec![Truth::False],
                    Truth::False => vec![Truth::True],
                    Truth::Unknown => vec![Truth::True, Truth::False],
                };
                (fact.clone(), to)
            })
            .collect();
        let found = comply(&judged, at);
        if own.len() > MOST || found.limited {
            continue;
        }
        tried += 1;
        repaired += usize::from(!found.repairs.is_empty());
        let violated = judged
            .verdicts()
            .iter()
            .filter(|verdict| verdict.is_violated())
            .map(|verdict| (verdict.norm, verdict.parties.to_vec()))
            .collect();
        let search = Exhaustive {
            trial,
            facts: &own,
            norm: verdict.norm,
            parties: &verdict.parties,
            good,
            violated,
        };
        if let Some(wrong) = search.holds_against(&found) {
            let name = &trial.book.norms[verdict.norm].name;
            return (tried, repaired, Some(format!("\"{name}\": {wrong}")));
        }
    }
    (tried, repaired, None)
}

/// A set of changes, by positions, with whether it harms nothing else.
type Set = (Vec<(usize, Truth)>, bool);

struct Exhaustive<'t> {
    trial: &'t Trial,
    facts: &'t [(Fact, Vec<Truth>)],
    norm: NormId,
    parties: &'t [Cell],
    good: StatusSet,
    /// The duty instances that are violated as it is.
    violated: Vec<(NormId, Vec<Cell>)>,
}

impl Exhaustive<'_> {
    fn holds_against(&self, found: &Complying) -> Option<String> {
        for repair in &found.repairs {
            let wrong = self
                .verified(repair)
                .or_else(|| self.number_verified(repair));
            if wrong.is_some() {
                return wrong;
            }
        }
        let size = |repair: &&Repair| repair.changes.len();
        let smallest = found
            .repairs
            .iter()
            .map(|repair| repair.changes.len())
            .min();
        let harmless = found
            .repairs
            .iter()
            .filter(|one| one.is_harmless())
            .map(|one| one.changes.len())
            .min();
        let mut first: Option<usize> = None;
        for size_of in 1..=MOST_CHANGED {
            let sets = self.of_size(size_of);
            let claimed = |clean: bool| -> Vec<Vec<(usize, Truth)>> {
                let own = found
                    .repairs
                    .iter()
                    .filter(|repair| size(repair) == size_of);
                own.filter(|repair| !clean || repair.is_harmless())
                    .filter_map(|repair| self.as_set(repair))
                    .collect()
            };
            let due: Vec<&Set> = match first {
                // The smallest sets of all.
                None => sets.iter().collect(),
                // The smallest that harm nothing.
                Some(_) => sets.iter().filter(|(_, clean)| *clean).collect(),
            };
            let beaten = match first {
                None => smallest.is_some_and(|smallest| smallest < size_of),
                Some(_) => harmless.is_some_and(|least| least < size_of),
            };
            if beaten {
                return None;
            }
            for (set, _) in &due {
                if !claimed(false).contains(set) {
                    return Some(format!("{:?} makes it right too", self.words(set)));
                }
            }
            if let Some(more) = claimed(false)
                .iter()
                .find(|set| !due.iter().any(|(own, _)| own == *set))
            {
                return Some(format!("{:?} is not the smallest", self.words(more)));
            }
            if due.iter().any(|(_, clean)| *clean) || harmless == Some(size_of) {
                return None;
            }
            if first.is_none() && (!due.is_empty() || smallest == Some(size_of)) {
                first = Some(size_of);
            }
        }
        None
    }

    fn words(&self, set: &[(usize, Truth)]) -> Vec<(&Fact, Truth)> {
        set.iter()
            .map(|(at, to)| (&self.facts[*at].0, *to))
            .collect()
    }

    /// A repair without numbers as positions.
    fn as_set(&self, repair: &Repair) -> Option<Vec<(usize, Truth)>> {
        let mut set = Vec::new();
        for turn in &repair.changes {
            let Become::Truth(to) = turn.to else {
                return None;
            };
            let at = self.facts.iter().position(|(fact, _)| {
                let slots = turn.reading.slots.iter().zip(&fact.values);
                let same = |(slot, value): (&Option<fiducia::engine::Thing>, &Option<_>)| {
                    *slot == value.map(fiducia::engine::Thing::Value)
                };
                fact.sentence == turn.reading.sentence && slots.into_iter().all(same)
            })?;
            set.push((at, to));
        }
        set.sort_unstable();
        Some(set)
    }

    fn verified(&self, repair: &Repair) -> Option<String> {
        let set = self.as_set(repair)?;
        let sayings: Vec<(&Fact, To)> = set
            .iter()
            .map(|(at, to)| (&self.facts[*at].0, To::Is(*to)))
            .collect();
        let outcome = self.trial.outcome(&sayings, self.norm, self.parties);
        let Some((statuses, violated)) = outcome else {
            return Some(format!("{:?} cannot be judged", self.words(&set)));
        };
        if statuses != repair.statuses || !statuses.within(self.good) {
            return Some(format!("{:?} gives {statuses:?}", self.words(&set)));
        }
        let clean = self.is_clean(&violated);
        (clean != repair.is_harmless())
            .then(|| format!("{:?} is harmless: {clean}", self.words(&set)))
    }

    /// A repair by one number alone: every value of the grid within its range makes it right, and those without a range do not.
    fn number_verified(&self, repair: &Repair) -> Option<String> {
        let [turn] = &repair.changes[..] else {
            return None;
        };
        let Become::Within(range) = turn.to else {
            return None;
        };
        let numbers: Vec<usize> = self
            .trial
            .book
            .vocabulary
            .number_slots(turn.reading.sentence)
            .collect();
        let value = |(at, slot): (usize, &Option<fiducia::engine::Thing>)| match slot {
            Some(fiducia::engine::Thing::Value(value)) if !numbers.contains(&at) => Some(*value),
            _ => None,
        };
        let fact = Fact {
            sentence: turn.reading.sentence,
            values: turn.reading.slots.iter().enumerate().map(value).collect(),
        };
        for number in grid().into_iter().filter(|number| range.has(*number)) {
            let statuses =
                self.trial
                    .statuses(&[(&fact, To::Number(number))], self.norm, self.parties)?;
            if !statuses.within(self.good) {
                return Some(format!(
                    "{fact:?} of {number} gives {statuses:?}, within {range:?}"
                ));
            }
        }
        None
    }

    fn is_clean(&self, violated: &[(NormId, Vec<Cell>)]) -> bool {
        let own = (self.norm, self.parties.to_vec());
        violated
            .iter()
            .all(|one| self.violated.contains(one) || *one == own)
    }

    /// Every set of this size that makes it right.
    fn of_size(&self, size: usize) -> Vec<Set> {
        let mut found = Vec::new();
        for set in subsets(self.facts.len(), size) {
            let mut ways: Vec<Vec<(usize, Truth)>> = vec![Vec::new()];
            for at in set {
                let mut longer = Vec::new();
                for way in &ways {
                    for to in &self.facts[at].1 {
                        let mut next = way.clone();
                        next.push((at, *to));
                        longer.push(next);
                    }
                }
                ways = longer;
            }
            for way in ways {
                let sayings: Vec<(&Fact, To)> = way
                    .iter()
                    .map(|(at, to)| (&self.facts[*at].0, To::Is(*to)))
                    .collect();
                if let Some((statuses, violated)) =
                    self.trial.outcome(&sayings, self.norm, self.parties)
                    && statuses.within(self.good)
                {
                    found.push((way, self.is_clean(&violated)));
                }
            }
        }
        found
    }
}
