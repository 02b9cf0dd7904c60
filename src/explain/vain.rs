//! Which sets of changes cannot make a verdict right: whole families of them, each ruled out by judging once with all of it
//! open. In: a search and a set that did not do; out: the largest sets within which nothing does. Where a verdict hangs on what
//! nobody knows as well, an answer to that is looked for under which all of them leave it wrong. Knows no words.

use super::again::{Fact, Said, Saying, is_fact, missing};
use super::behind::Behind;
use super::comply::{Search, ways_to_open};
use super::hitting::{Bits, members};
use crate::engine::Reading;
use crate::judge::Verdict;
use crate::rulebook::NormId;
use crate::value::{StatusSet, Truth};
use rustc_hash::FxHashMap;

/// After so many sets that could not be ruled out, answers are looked for under which they are.
const MOST_OPEN_SETS: usize = 12;

/// So often none is found before no more are looked for.
const MOST_MISSES: usize = 3;

/// Most answers of which it is remembered that some changes leave it wrong under them.
const MOST_WORLDS: usize = 24;

/// Most judgings to look for such answers.
const MOST_LOOKED_FOR: usize = 600;

/// What is ruled out, and by what.
#[derive(Default)]
pub(super) struct Vain {
    /// Sets within which no change makes it right.
    right: Vec<Bits>,
    /// Sets within which no change makes it right without harm.
    harmless: Vec<Bits>,
    /// Answers to what is not known under which some changes leave it wrong.
    worlds: Vec<Vec<Saying>>,
    /// How many sets could not be ruled out.
    open: usize,
    misses: usize,
    /// Of norms that were harmed: whether some line asks what is not known.
    asks_unknown: FxHashMap<NormId, bool>,
    /// How often it was judged to look for answers.
    pub(super) judged: usize,
}

impl Vain {
    /// The sets within which no change makes it right, or none without harm.
    pub(super) fn sets(&self, harmless: bool) -> impl Iterator<Item = &Bits> {
        let harmful = self.harmless.iter().filter(move |_| harmless);
        self.right.iter().chain(harmful)
    }
}

/// What is asked of a set.
#[derive(Clone, Copy)]
pub(super) enum How {
    /// Whether it may be right.
    Right,
    /// Whether it may be right without harm.
    Harmless,
    /// Whether it may be right under these answers.
    Within(usize),
}

impl Search<'_, '_> {
    /// Adds a set within which nothing makes it right, as large as it can be, should this set be such a one.
    pub(super) fn rule_out(&mut self, set: Bits, harmless: bool, was_right: bool) {
        if !self.prunes {
            return;
        }
        let how = if harmless { How::Harmless } else { How::Right };
        if !self.may(set, how) {
            let largest = self.largest(set, how);
            if harmless {
                self.vain.harmless.push(largest);
            } else {
                self.vain.right.push(largest);
            }
        } else if !was_right {
            self.rule_out_within(set);
        }
    }

    /// The same by answers to what is not known: what makes it right does so whatever these are.
    fn rule_out_within(&mut self, set: Bits) {
        self.vain.open += 1;
        if self.vain.open <= MOST_OPEN_SETS {
            return;
        }
        let worlds = self.vain.worlds.len();
        let mut within = (0..worlds).find(|which| !self.may(set, How::Within(*which)));
        let looks = worlds < MOST_WORLDS
            && self.vain.misses < MOST_MISSES
            && self.vain.judged < MOST_LOOKED_FOR;
        if within.is_none() && looks {
            let before = self.again.count;
            let found = self.wrong_within(set);
            self.vain.judged += self.again.count - before;
            match found {
                Some(answers) => {
                    self.vain.worlds.push(answers);
                    within = Some(worlds);
                }
                None => self.vain.misses += 1,
            }
        }
        if let Some(which) = within {
            let largest = self.largest(set, How::Within(which));
            self.vain.right.push(largest);
        }
    }

    /// Answers to what is not known under which it is wrong however this set is changed; those that do it alone first.
    fn wrong_within(&mut self, set: Bits) -> Option<Vec<Saying>> {
        let asked = self.not_known_beside(set);
        let one = |fact: &Fact, truth| (fact.clone(), Said::Truth(truth));
        for fact in &asked {
            for truth in [Truth::True, Truth::False] {
                let answers = vec![one(fact, truth)];
                if self
                    .statuses_within(set, &answers)
                    .is_some_and(|own| !own.meets(self.right))
                {
                    return Some(answers);
                }
            }
        }
        let mut answers: Vec<Saying> = Vec::new();
        let rights =
            |own: StatusSet, right: StatusSet| right.iter().filter(|one| own.has(*one)).count();
        let mut left = rights(self.statuses_within(set, &answers)?, self.right);
        for fact in &asked {
            let mut best: Option<Truth> = None;
            for truth in [Truth::True, Truth::False] {
                answers.push(one(fact, truth));
                let own = self.statuses_within(set, &answers);
                answers.pop();
                // An answer under which it can only be right is none to go on with.
                if let Some(own) = own.filter(|own| !own.within(self.right))
                    && rights(own, self.right) < left
                {
                    left = rights(own, self.right);
                    best = Some(truth);
                }
            }
            answers.extend(best.map(|truth| one(fact, truth)));
            if left == 0 {
                return Some(answers);
            }
        }
        None
    }

    /// The facts that are not known, and read, while a set is open; no numbers, and none of the set.
    fn not_known_beside(&mut self, set: Bits) -> Vec<Fact> {
        let book = self.judged.book();
        let mut asked: Vec<Fact> = Vec::new();
        let (again, readings, facts) = (&mut *self.again, &self.readings, &self.facts);
        let all = opened(set, readings, facts);
        for open in ways_to_open(&all).unwrap_or_default() {
            for fact in again.read_while_open(&open).unwrap_or_default() {
                let is_open = open
                    .iter()
                    .any(|own| **own == fact || own.excludes(&book.vocabulary, &fact));
                if !is_open
                    && !fact.is_number()
                    && is_fact(&book.vocabulary, fact.sentence)
                    && !asked.contains(&fact)
                {
                    asked.push(fact);
                }
            }
        }
        asked
    }

    /// The set with as many more as leave it in vain.
    fn largest(&mut self, set: Bits, how: How) -> Bits {
        let rest = members(self.all() & !set);
        self.grown(set, &rest, how)
    }

    fn grown(&mut self, set: Bits, more: &[usize], how: How) -> Bits {
        let together = more.iter().fold(set, |all, at| all | 1 << at);
        if together == set || !self.may(together, how) {
            return together;
        }
        if more.len() == 1 {
            return set;
        }
        let (first, second) = more.split_at(more.len() / 2);
        let set = self.grown(set, first, how);
        self.grown(set, second, how)
    }

    /// Whether it may be right once some of these facts are turned in any way.
    pub(super) fn may(&mut self, set: Bits, how: How) -> bool {
        if !self.prunes {
            return true;
        }
        if let How::Within(which) = how {
            let answers = self.vain.worlds[which].clone();
            let own = self.statuses_within(set, &answers);
            return own.is_none_or(|own| own.meets(self.right));
        }
        let harmless = matches!(how, How::Harmless);
        let (judged, verdict, right) = (self.judged, self.verdict, self.right);
        let none = missing(judged.book(), verdict.norm);
        let (again, readings, facts) = (&mut *self.again, &self.readings, &self.facts);
        let all = opened(set, readings, facts);
        let Some(ways) = ways_to_open(&all) else {
            return true;
        };
        // A norm that asks what is not known may be harmed while a set is open, and by no way of turning it.
        let known = &mut self.vain.asks_unknown;
        let (book, plan) = (judged.book(), judged.run().plan);
        let mut asks_unknown = |norm: NormId| {
            let of = || Behind::of(book, plan, norm).asks_unknown;
            *known.entry(norm).or_insert_with(of)
        };
        ways.iter().any(|open| {
            let may = again.open(&[], open, |after| {
                let own = after.verdict(verdict.norm, &verdict.parties);
                let mut harms = |one: &Verdict| {
                    let itself = one.norm == verdict.norm && one.parties == verdict.parties;
                    let before = || judged.verdict(one.norm, &one.parties);
                    one.is_violated()
                        && !itself
                        && !before().is_some_and(Verdict::is_violated)
                        && !asks_unknown(one.norm)
                };
                own.map_or(none, |own| own.statuses).meets(right)
                    && !(harmless && after.verdicts().iter().any(&mut harms))
            });
            may.unwrap_or(true)
        })
    }

    /// The statuses that are possible under some answers once a set is turned in any way; `None` where that cannot be judged.
    fn statuses_within(&mut self, set: Bits, answers: &[Saying]) -> Option<StatusSet> {
        let none = missing(self.judged.book(), self.verdict.norm);
        let verdict = self.verdict;
        let (again, readings, facts) = (&mut *self.again, &self.readings, &self.facts);
        let all = opened(set, readings, facts);
        let mut found = StatusSet::default();
        for open in ways_to_open(&all)? {
            let own = again.open(answers, &open, |after| {
                let own = after.verdict(verdict.norm, &verdict.parties);
                own.map_or(none, |own| own.statuses)
            })?;
            found = found.union(own);
        }
        Some(found)
    }
}

/// The members of a set, as they are and as facts.
fn opened<'f>(
    set: Bits,
    readings: &'f [Reading],
    facts: &'f [Fact],
) -> Vec<(&'f Reading, &'f Fact)> {
    let own = members(set).into_iter();
    own.map(|which| (&readings[which], &facts[which])).collect()
}
