//! `settle` against every set of answers.

use super::trial::{To, Trial, coarse, grid, programs, subsets};
use crate::shrink::shrink;
use fiducia::engine::Cell;
use fiducia::explain::{Fact, Limited, Reply, Settling, SettlingSet, pieces, settle};
use fiducia::rulebook::NormId;
use fiducia::value::{Number, StatusSet, Truth};

/// More open facts than this are too many to try every set.
const MOST: usize = 9;

/// More ways of answering everything than this are too many to try them all.
const MOST_WAYS: usize = 30_000;

/// Of so many verdicts not more than one is too much to search in full, but for those of one program or two.
const ONE_LIMITED_OF: usize = 100;

/// So many verdicts can one program or two have.
const OF_ONE_PROGRAM: usize = 20;

/// What was compared.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    /// Verdicts.
    tried: usize,
    /// Those of them that can be settled.
    settled: usize,
    /// Those of which it is said that not all was searched.
    limited: usize,
}

#[test]
fn settling_sets_are_minimal_and_complete() {
    let mut all = Count::default();
    for seed in programs() {
        let Some(trial) = Trial::new(seed) else {
            continue;
        };
        let (own, wrong) = differences(&trial);
        all.tried += own.tried;
        all.settled += own.settled;
        all.limited += own.limited;
        if let Some(wrong) = wrong {
            let text = shrink(&trial.text, |text| {
                Trial::of(text.to_owned()).is_some_and(|trial| differences(&trial).1.is_some())
            });
            let small = Trial::of(text.clone()).and_then(|trial| differences(&trial).1);
            panic!("seed {seed}: {wrong}\nMade small: {small:?}\n{text}");
        }
    }
    let Count {
        tried,
        settled,
        limited,
    } = all;
    println!(
        "{tried} undecided verdicts, {settled} of them can be settled, {limited} searched in part"
    );
    assert!(tried > 0 || programs().is_empty());
    assert!(
        limited <= OF_ONE_PROGRAM + tried / ONE_LIMITED_OF,
        "{all:?}"
    );
}

/// A number that is multiplied by itself: it turns in two places, between which it comes out as outside.
const SQUARED: &str = r#"
kind Person
kind Nurse is a Person
kind Act
kind Mode is one of "alone", "with family", "by letter"
kind Score is a number from 0 to 4
ideal "ideal 0"
  for [p]
  applies if [s2] is less than [s2] * [s2]
  and let [s2] be the greatest [zs2] over [zp3] where
    - [zp3] bakemis [a1] by [zs2]
  broken in "words" if at most 0 [zm5] where
    - [p] bahurus [zm5]
facts, false unless stated
  - [one: Person] bakemis [two: Act] by [three: Score]
facts, unknown unless stated
  - [one: Person] bahurus [two: Mode]
case "a story"
  cast [Bo] is a Nurse
  cast [surgery] is a Act
  unknown [Bo] bakemis [surgery] by [any]
"#;

/// Two numbers that decide only by how they stand to each other: nothing is told of either alone.
const AGAINST_EACH_OTHER: &str = r#"
kind Person
kind Score is a number from 0 to 4
duty "less"
  owed by [p]
  arises if [p] acts
  met if [p] gives [s]
  and [p] takes [t]
  and [s] is less than [t]
  cites book
source book is "A book"
facts, false unless stated
  - [one: Person] acts
facts, unknown unless stated
  - [one: Person] gives [two: Score]
  - [one: Person] takes [two: Score]
case "a story"
  cast [Bo] is a Person
  given [Bo] acts
"#;

/// An answer with which a duty arises whose number cannot be reckoned, and another with which that duty does not arise: the
/// first alone cannot be judged, both together can.
const CONTRADICTED: &str = r#"
kind Person
kind Nurse is a Person
kind Act
kind Hours is a number in "hours"
kind Score is a number from 0 to 4
duty "duty 0"
  owed by [p]
  arises if [p] bafilos
  met if any of these
    - it is not the case that [p] babates [a2]
  and [p] babates [a2]
duty "duty 3"
  owed by [p] to [q]
  arises if [p] babates [a1]
  and [q] bajamis [h2]
  and it is not known whether [p3] bafilos
  broken in "skill" if [h4] is [h2]
  and let [h4] be the least [zh4] over [zp5], [zs6] where
    - [zp5] balilos [zh4] by [zs6]
rule "rule 18"
  if [p1] bajamis [h2]
  then [h2] debates
rule "rule 19"
  if [p1] bakemis [a2] by [s3]
  and any duty owed by [p1] to [p1] is violated or fulfilled
  then [0] debates
facts, false unless stated
  - [one: Person] babates [two: Act]
  - [one: Person] bajamis [two: Hours]
  - [one: Person] bakemis [two: Act] by [three: Score]
facts, unknown unless stated
  - [one: Person] bafilos
  - [one: Person] balilos [two: Hours] by [three: Score]
findings
  - [one: Hours] debates
case "a story"
  cast [Ann] is a Person
  cast [Bo] is a Nurse
  cast [surgery] is a Act
  unknown [Ann] babates [surgery]
  given it is not the case that [Bo] bafilos
  given [Ann] bajamis [1/2]
  given [Ann] bakemis [surgery] by [4]
"#;

#[test]
fn an_answer_that_cannot_be_judged_alone_is_judged_with_others() {
    let trial = Trial::fixed(CONTRADICTED);
    let count = agrees(&trial);
    assert!(count.settled > 0, "{count:?}");
}

/// Two numbers of which the least and the greatest are looked at: where they are alike it is decided, and else not.
const ALIKE: &str = r#"
kind Person
kind Nurse is a Person
kind Act
kind Mode is one of "alone", "with family"
kind Hours is a number in "hours"
kind Score is a number from 0 to 4
rule "hours"
  if [a] takes [h]
  and [p] likes [m]
  then [p] needs [h]
rule "score"
  if [p] needs [h]
  and [h] is not [h]
  then [a] scores [1/2]
duty "care"
  owed by [p] about [a]
  arises if [a] scores [s]
  and [p] serves [p]
  met if it is not known whether [p] tires
facts, false unless stated
  - [one: Person] serves [two: Person]
facts, unknown unless stated
  - [one: Person] likes [two: Mode]
  - [one: Act] takes [two: Hours]
concepts
  - [one: Person] needs [two: Hours]
  - [one: Person] tires
  - [one: Act] scores [two: Score]
case "a story"
  cast [Ann] is a Person
  cast [Bo] is a Nurse
  cast [surgery] is a Act
  cast [rest] is a Act
  given [Bo] serves [Bo]
"#;

#[test]
fn numbers_that_decide_only_where_they_are_alike() {
    let trial = Trial::fixed(ALIKE);
    let count = agrees(&trial);
    assert!(count.tried > 0, "{count:?}");
}

#[test]
fn numbers_that_are_not_straight_lines_or_not_alone() {
    for text in [SQUARED, AGAINST_EACH_OTHER] {
        let trial = Trial::fixed(text);
        let count = agrees(&trial);
        assert!(count.tried > 0 && count.settled > 0, "{count:?}\n{text}");
        assert_eq!(count.limited, 0, "{text}");
    }
    let trial = Trial::fixed(AGAINST_EACH_OTHER);
    let judged = trial.judged().expect("a judgement");
    let found = settle(&judged, 0);
    let [only] = &found.sets[..] else {
        panic!("{found:?}");
    };
    assert_eq!((only.members.len(), only.outcomes.len()), (2, 0));
}

/// What was compared of a program about which all must agree.
fn agrees(trial: &Trial) -> Count {
    let (count, wrong) = differences(trial);
    assert!(wrong.is_none(), "{wrong:?}\n{}", trial.text);
    count
}

/// What was compared, and the first verdict that is answered wrongly.
fn differences(trial: &Trial) -> (Count, Option<String>) {
    let mut count = Count::default();
    let Some(mut judged) = trial.judged() else {
        return (count, None);
    };
    let open: Vec<Fact> = trial
        .facts(&mut judged)
        .into_iter()
        .filter(|(fact, truth, cells)| {
            let vague = fact.is_number()
                && *truth == Truth::True
                && cells[..fact.values.len()]
                    .iter()
                    .any(|cell| judged.run().number(*cell).is_none() && cell.value().is_none());
            *truth == Truth::Unknown || vague
        })
        .map(|(fact, ..)| fact)
        .collect();
    let several = open.iter().filter(|fact| fact.is_number()).count() > 1;
    let mut of_numbers = if several { coarse() } else { grid() };
    // Where a number turns need not be on the grid: what is tried there is judged like all else.
    let mut again = fiducia::explain::Again::new(&trial.book, &trial.plan, &trial.record);
    for fact in open.iter().filter(|fact| fact.is_number()) {
        of_numbers.extend(
            pieces(&mut again, fact, &[])
                .iter()
                .map(|piece| piece.sample),
        );
    }
    of_numbers.sort();
    of_numbers.dedup();
    let ways = |fact: &Fact| {
        if fact.is_number() {
            within(trial, fact, &of_numbers).len()
        } else {
            2
        }
    };
    let ways = open.iter().map(ways).fold(1, usize::saturating_mul);
    if open.len() > MOST || ways > MOST_WAYS {
        return (count, None);
    }
    for at in 0..judged.verdicts().len() {
        let verdict = &judged.verdicts()[at];
        if verdict.statuses.len() < 2 {
            continue;
        }
        let found = settle(&judged, at);
        count.tried += 1;
        count.settled += usize::from(!found.sets.is_empty());
        count.limited += usize::from(found.limited.is_some());
        let search = Exhaustive {
            faulty: std::cell::Cell::new(false),
            numbers: &of_numbers,
            several,
            trial,
            open: &open,
            norm: verdict.norm,
            parties: &verdict.parties,
        };
        let wrong = search.holds_against(&found);
        // Answers under which a case contradicts itself (two values of one number) are no answers: which remain is not asked.
        if let Some(wrong) = wrong.filter(|_| !search.faulty.get()) {
            let name = &trial.book.norms[verdict.norm].name;
            return (count, Some(format!("\"{name}\": {wrong}")));
        }
    }
    (count, None)
}

struct Exhaustive<'t> {
    /// Whether some answers could not be judged.
    faulty: std::cell::Cell<bool>,
    /// What is tried for a number.
    numbers: &'t [Number],
    /// Whether there are several numbers, of which only few values are tried.
    several: bool,
    trial: &'t Trial,
    open: &'t [Fact],
    norm: NormId,
    parties: &'t [Cell],
}

impl Exhaustive<'_> {
    fn holds_against(&self, found: &Settling) -> Option<String> {
        let mut claimed: Vec<Vec<usize>> = Vec::new();
        for set in &found.sets {
            let mut own: Vec<usize> = Vec::new();
            for which in &set.members {
                let fact = &found.open[*which].fact;
                match self.open.iter().position(|open| open == fact) {
                    Some(at) => own.push(at),
                    None => return Some(format!("{fact:?} is not open")),
                }
            }
            own.sort_unstable();
            claimed.push(own);
            if set.outcomes.is_empty() {
                // Several numbers that decide only as they stand to each other: that they settle it is held below.
                continue;
            }
            if let Some(wrong) = self.outcomes(found, set) {
                return Some(wrong);
            }
        }
        if let Some(limited) = found.limited {
            return self.part_of_it(&claimed, limited);
        }
        let sizes = claimed.first().map_or(self.open.len(), Vec::len);
        for size in 0..=sizes {
            let settling: Vec<Vec<usize>> = subsets(self.open.len(), size)
                .into_iter()
                .filter(|set| self.settles(set, &mut Vec::new()))
                .collect();
            let numbers = |set: &&Vec<usize>| set.iter().any(|at| self.open[*at].is_number());
            let more = settling
                .iter()
                .find(|set| !claimed.contains(set) && !numbers(set));
            if let Some(more) = more {
                return Some(format!("{:?} settles it too", self.facts(more)));
            }
            // That a few values of several numbers settle it does not say that all do: then it is no smaller set.
            let unproved = self.several && settling.iter().all(|set| numbers(&set));
            let smaller = claimed.first().is_none_or(|set| size < set.len());
            if settling.is_empty() || smaller && unproved {
                continue;
            }
            if let Some(less) = claimed.iter().find(|set| !settling.contains(set)) {
                return Some(format!("{:?} does not settle it", self.facts(less)));
            }
            return None;
        }
        (!claimed.is_empty()).then(|| "nothing settles it".to_owned())
    }

    /// Of a search that was cut off: what it says settles it does, and fewer than it says do not.
    fn part_of_it(&self, claimed: &[Vec<usize>], limited: Limited) -> Option<String> {
        let numbers = |set: &[usize]| set.iter().any(|at| self.open[*at].is_number());
        let wrong = claimed
            .iter()
            .find(|set| set.len() != limited.below || !self.settles(set, &mut Vec::new()));
        if let Some(wrong) = wrong {
            return Some(format!("{:?} does not settle it", self.facts(wrong)));
        }
        let fewer = (0..limited.below.min(self.open.len() + 1))
            .flat_map(|size| subsets(self.open.len(), size))
            .find(|set| !(self.several && numbers(set)) && self.settles(set, &mut Vec::new()));
        fewer.map(|fewer| format!("{:?} settle it, and they are fewer", self.facts(&fewer)))
    }

    fn facts(&self, set: &[usize]) -> Vec<&Fact> {
        set.iter().map(|at| &self.open[*at]).collect()
    }

    /// The answers that are tried for a fact beside others.
    fn answers(&self, fact: &Fact, given: &[(&Fact, To)]) -> Vec<To> {
        if fact.is_number() {
            return within(self.trial, fact, self.numbers)
                .into_iter()
                .map(To::Number)
                .collect();
        }
        let taken = given
            .iter()
            .any(|(other, to)| *to == To::Is(Truth::True) && !self.trial.agree(fact, other));
        let no = To::Is(Truth::False);
        if taken {
            vec![no]
        } else {
            vec![To::Is(Truth::True), no]
        }
    }

    fn statuses(&self, given: &[(&Fact, To)]) -> Option<StatusSet> {
        let set = self.trial.statuses(given, self.norm, self.parties);
        self.faulty.set(self.faulty.get() || set.is_none());
        set
    }

    /// Whether every way of answering leaves one status.
    fn settles<'s>(&'s self, rest: &[usize], given: &mut Vec<(&'s Fact, To)>) -> bool {
        let Some((first, rest)) = rest.split_first() else {
            let set = self.statuses(given);
            return set.is_none_or(|set| set.len() == 1);
        };
        let fact = &self.open[*first];
        self.answers(fact, given).into_iter().all(|to| {
            given.push((fact, to));
            let settles = self.settles(rest, given);
            given.pop();
            settles
        })
    }

    /// Whether each way of answering leaves what is said, and is said once.
    fn outcomes(&self, found: &Settling, set: &SettlingSet) -> Option<String> {
        let facts: Vec<&Fact> = set.members.iter().map(|at| &found.open[*at].fact).collect();
        let mut wrong = None;
        self.each(&facts, &mut Vec::new(), &mut |given, is: StatusSet| {
            let said: Vec<StatusSet> = set
                .outcomes
                .iter()
                .filter(|outcome| {
                    outcome.replies.iter().all(|(which, reply)| {
                        let fact = &found.open[*which].fact;
                        let to = given
                            .iter()
                            .find(|(own, _)| *own == fact)
                            .map(|(_, to)| *to);
                        match (reply, to) {
                            (Reply::Yes, Some(To::Is(truth))) => truth == Truth::True,
                            (Reply::No, Some(To::Is(truth))) => truth == Truth::False,
                            (Reply::Within(range), Some(To::Number(number))) => range.has(number),
                            _ => false,
                        }
                    })
                })
                .map(|outcome| outcome.statuses)
                .collect();
            if said != [is] {
                wrong = Some(format!("{given:?} leaves {is:?}, said {said:?}"));
            }
        });
        wrong
    }

    fn each<'s>(
        &self,
        rest: &[&'s Fact],
        given: &mut Vec<(&'s Fact, To)>,
        see: &mut dyn FnMut(&[(&Fact, To)], StatusSet),
    ) {
        let Some((first, rest)) = rest.split_first() else {
            if let Some(set) = self.statuses(given) {
                see(given, set);
            }
            return;
        };
        for to in self.answers(first, given) {
            given.push((first, to));
            self.each(rest, given, see);
            given.pop();
        }
    }
}

/// The numbers of the grid that a fact can have.
fn within(trial: &Trial, fact: &Fact, of: &[Number]) -> Vec<Number> {
    let again = fiducia::explain::Again::new(&trial.book, &trial.plan, &trial.record);
    let range = again.range(fact);
    of.iter()
        .copied()
        .filter(|number| range.low.is_none_or(|low| low <= *number))
        .filter(|number| range.high.is_none_or(|high| *number <= high))
        .collect()
}
