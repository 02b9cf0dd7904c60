//! What would make it right: the smallest sets of changes, among the facts that the bearer can change, after which a duty is
//! surely not breached (an ideal met, a concern not raised), with what each set does to every other norm. In: a judged world and
//! a verdict; out: a [`Complying`]. Every set is judged. Knows no words.

use super::again::{Again, Fact, Said, Saying, is_fact, missing};
use super::behind::{Behind, Faulty};
use super::cuts::{Range, pieces};
use super::hitting::{Bits, hitting, members};
use super::vain::{How, Vain};
use crate::engine::{Cell, Journal, Probe, Reading, Thing};
use crate::judge::{Instance, Judgement, Verdict};
use crate::plan::RelId;
use crate::rulebook::{Given, NormId, SentenceId, Vocabulary};
use crate::value::{IndexVec, NormSort, Number, Status, StatusSet, Truth, ValueId};
use rustc_hash::FxHashSet;

/// Most facts that one set changes.
pub const MOST_CHANGED: usize = 3;

/// Most facts that are looked at.
const MOST_LOOKED_AT: usize = 2000;

/// Most facts that are tried.
const MOST_TRIED: usize = Bits::BITS as usize;

/// Most numbers that nobody states, of which it is tried at once whether they exist.
const MOST_ABSENT: usize = 3;

/// Most judgings of one search.
const MOST_JUDGED: usize = 1500;

/// What would make a verdict right.
#[derive(Clone, Debug)]
pub struct Complying {
    /// The verdict, by position.
    pub at: usize,
    /// The facts that the bearer can change and that may bear on it.
    pub changeable: Vec<Reading>,
    /// The repairs: first the smallest sets that harm nothing else, then the smallest sets of all, should these be others.
    pub repairs: Vec<Repair>,
    /// Whether nothing that the bearer can change would do it, however much was changed.
    pub out_of_reach: bool,
    /// Whether the search stopped before all sets of up to [`MOST_CHANGED`] were looked at.
    pub limited: bool,
    /// Whether some sets with several numbers were left out: only how these stand to each other would make it right.
    pub together: bool,
    /// Facts with several numbers that the bearer could change: they are left as they are.
    pub pairs: Vec<Reading>,
}

/// A set of changes that makes it right.
#[derive(Clone, Debug, PartialEq)]
pub struct Repair {
    /// The changes.
    pub changes: Vec<Turn>,
    /// The statuses that are then possible.
    pub statuses: StatusSet,
    /// What else then differs.
    pub effects: Vec<Effect>,
}

/// A fact that is changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    /// As it is.
    pub reading: Reading,
    /// What it becomes.
    pub to: Become,
}

/// What a fact becomes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Become {
    /// True or false.
    Truth(Truth),
    /// A number within this range.
    Within(Range),
}

/// Another verdict that differs after a change.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// Whose.
    pub instance: Instance,
    /// The statuses before.
    pub before: StatusSet,
    /// The statuses after.
    pub after: StatusSet,
}

impl Effect {
    /// Whether a duty is surely violated that was not before.
    #[must_use]
    pub fn is_harm(&self) -> bool {
        let violated = StatusSet::only(Status::Violated);
        self.after == violated && self.before != violated
    }

    /// Whether a duty may be violated that could not be before, and need not be.
    #[must_use]
    pub fn is_risk(&self) -> bool {
        self.after.has(Status::Violated) && !self.before.has(Status::Violated) && !self.is_harm()
    }
}

impl Repair {
    /// Whether no other duty is surely violated that was not before.
    #[must_use]
    pub fn is_harmless(&self) -> bool {
        !self.effects.iter().any(Effect::is_harm)
    }
}

/// The statuses with which nothing is wrong.
#[must_use]
pub fn right(sort: NormSort) -> StatusSet {
    let all: &[Status] = match sort {
        NormSort::Duty => &[
            Status::NotEngaged,
            Status::Exempt,
            Status::Fulfilled,
            Status::Overridden,
        ],
        NormSort::Ideal => &[Status::NotEngaged, Status::Met],
        NormSort::Concern => &[Status::NotRaised],
    };
    all.iter().copied().collect()
}

/// What would make a verdict right; nothing is searched where it is.
#[must_use]
pub fn comply(judged: &Judgement<'_, Journal>, at: usize) -> Complying {
    let verdict = &judged.verdicts()[at];
    let sort = judged.book().norms[verdict.norm].sort;
    let mut found = Complying {
        at,
        changeable: Vec::new(),
        repairs: Vec::new(),
        out_of_reach: false,
        limited: false,
        together: false,
        pairs: Vec::new(),
    };
    if verdict.statuses.within(right(sort)) {
        return found;
    }
    let behind = Behind::of(judged.book(), judged.run().plan, verdict.norm);
    let bearer = verdict.parties.first().and_then(|cell| cell.value());
    let patterns = behind.patterns(&verdict.parties);
    (found.changeable, found.pairs) = changeable(judged, patterns, bearer);
    let mut again = Again::of(judged);
    let limited = found.changeable.len() == MOST_LOOKED_AT;
    if !behind.asks_unknown {
        keep_what_is_read(&mut again, &[], &mut found.changeable);
    }
    let limited = limited || found.changeable.len() > MOST_TRIED;
    found.changeable.truncate(MOST_TRIED);
    let vocabulary = &judged.book().vocabulary;
    let of = |reading| fact_of(vocabulary, reading);
    let facts: Vec<Fact> = found.changeable.iter().map(of).collect();
    let mut search = Search {
        judged,
        again: &mut again,
        verdict,
        right: right(sort),
        facts,
        readings: found.changeable.clone(),
        prunes: !behind.asks_unknown,
        vain: Vain::default(),
        limited,
        together: false,
    };
    let all = search.all();
    found.out_of_reach = all == 0 || !search.may(all, How::Right);
    if !found.out_of_reach {
        found.repairs = search.repairs();
        found.limited = search.limited;
        found.together = search.together;
    }
    found
}

/// Leaves out what is not even read while all of it and `beside` is open: it bears on nothing here. Another value of an `only
/// one` slot bears on what is read, although nobody asks for it.
fn keep_what_is_read(again: &mut Again<'_>, beside: &[Reading], changeable: &mut Vec<Reading>) {
    let of = |reading| fact_of(&again.book.vocabulary, reading);
    let facts: Vec<Fact> = changeable.iter().map(of).collect();
    let more = beside.iter().map(|reading| (reading, of(reading)));
    let more: Vec<(&Reading, Fact)> = more.filter(|(_, fact)| !facts.contains(fact)).collect();
    let own = changeable.iter().zip(&facts);
    let all: Vec<(&Reading, &Fact)> = own
        .chain(more.iter().map(|(reading, fact)| (*reading, fact)))
        .collect();
    let mut read: FxHashSet<Fact> = FxHashSet::default();
    let Some(ways) = ways_to_open(&all) else {
        return;
    };
    for open in ways {
        match again.read_while_open(&open) {
            Some(own) => read.extend(own),
            None => return,
        }
    }
    let any_value = |fact: &Fact| {
        let only = again.book.vocabulary.sentences[fact.sentence].only_one?;
        let mut values = fact.values.clone();
        values[only] = None;
        Some((fact.sentence, values))
    };
    let slots: FxHashSet<(SentenceId, Given)> = read.iter().filter_map(any_value).collect();
    let bears = |fact: &Fact| {
        read.contains(fact) || any_value(fact).is_some_and(|slot| slots.contains(&slot))
    };
    let mut facts = facts.iter();
    changeable.retain(|_| facts.next().is_some_and(bears));
}

/// What is open where all of these may be turned: a number that does not exist, and the values it could have, are not one
/// unknown, so both are tried. `None` where these are too many.
pub(super) fn ways_to_open<'f>(all: &[(&Reading, &'f Fact)]) -> Option<Vec<Vec<&'f Fact>>> {
    let is_absent =
        |(reading, fact): &(&Reading, &Fact)| fact.is_number() && reading.truth == Truth::False;
    let (absent, others): (Vec<_>, Vec<_>) = all.iter().copied().partition(is_absent);
    if absent.len() > MOST_ABSENT {
        return None;
    }
    let given = |which: usize| {
        let own = absent.iter().enumerate();
        let own = own.filter(move |(place, _)| which >> place & 1 == 1);
        let all = others.iter().chain(own.map(|(_, one)| one));
        all.map(|(_, fact)| *fact).collect()
    };
    Some((0..1_usize << absent.len()).map(given).collect())
}

fn fact_of(vocabulary: &Vocabulary, reading: &Reading) -> Fact {
    let numbers: Vec<usize> = vocabulary.number_slots(reading.sentence).collect();
    let slots = reading.slots.iter().enumerate();
    let value = |(at, slot): (usize, &Option<Thing>)| match slot {
        Some(Thing::Value(value)) if !numbers.contains(&at) => Some(*value),
        _ => None,
    };
    Fact {
        sentence: reading.sentence,
        values: slots.map(value).collect(),
    }
}

/// The facts of some patterns that somebody can change, as they are; a number's slot is left free. Those with several numbers
/// come apart.
fn changeable(
    judged: &Judgement<'_, Journal>,
    patterns: impl Iterator<Item = (SentenceId, Vec<Option<ValueId>>)>,
    bearer: Option<ValueId>,
) -> (Vec<Reading>, Vec<Reading>) {
    let Some(bearer) = bearer else {
        return (Vec::new(), Vec::new());
    };
    let book = judged.book();
    let mut seen: FxHashSet<Fact> = FxHashSet::default();
    let mut found: Vec<Reading> = Vec::new();
    let mut pairs: Vec<Reading> = Vec::new();
    for (sentence, pattern) in patterns {
        let declared = &book.vocabulary.sentences[sentence];
        let numbers = book.vocabulary.number_slots(sentence).count();
        if !is_fact(&book.vocabulary, sentence) {
            continue;
        }
        for at in &declared.changed_by {
            let mut own = pattern.clone();
            // That another value of an `only one` slot is given makes this one false.
            if let Some(slot) = declared.only_one.and_then(|only| own.get_mut(only)) {
                *slot = None;
            }
            match own.get_mut(*at) {
                Some(slot) if slot.is_none_or(|value| value == bearer) => *slot = Some(bearer),
                _ => continue,
            }
            each_ground(judged, sentence, &mut own, &mut |values| {
                let fact = Fact {
                    sentence,
                    values: Given::from_slice(values),
                };
                if found.len() < MOST_LOOKED_AT && seen.insert(fact) {
                    let reading = as_it_is(judged, sentence, values);
                    if numbers > 1 {
                        pairs.push(reading);
                    } else {
                        found.push(reading);
                    }
                }
            });
        }
    }
    (found, pairs)
}

fn as_it_is(
    judged: &Judgement<'_, Journal>,
    sentence: SentenceId,
    values: &[Option<ValueId>],
) -> Reading {
    let none = IndexVec::new();
    let slots: Vec<Option<Thing>> = values.iter().map(|value| value.map(Thing::Value)).collect();
    Probe::new(judged.run(), &none).read(sentence, &slots)
}

/// Every way of filling the free slots of a sentence that are no numbers, from the cast.
fn each_ground(
    judged: &Judgement<'_, Journal>,
    sentence: SentenceId,
    values: &mut Vec<Option<ValueId>>,
    each: &mut dyn FnMut(&[Option<ValueId>]),
) {
    let relation = &judged.run().plan.relations[RelId(sentence.0)];
    let is_key = |at: usize| relation.key >> at & 1 == 1;
    for at in (0..values.len()).filter(|at| !is_key(*at)) {
        values[at] = None;
    }
    let Some(at) = (0..values.len()).find(|at| is_key(*at) && values[*at].is_none()) else {
        each(values);
        return;
    };
    let members: Vec<Cell> = judged.run().domain(relation.kinds[at]).to_vec();
    for member in members {
        values[at] = member.value();
        if values[at].is_some() {
            each_ground(judged, sentence, values, each);
        }
    }
    values[at] = None;
}

/// A search for what makes a verdict right.
pub(super) struct Search<'s, 'a> {
    pub(super) judged: &'s Judgement<'a, Journal>,
    pub(super) again: &'s mut Again<'a>,
    pub(super) verdict: &'s Verdict,
    pub(super) right: StatusSet,
    pub(super) facts: Vec<Fact>,
    pub(super) readings: Vec<Reading>,
    /// Whether what is impossible while a fact is unknown is impossible whatever it is.
    pub(super) prunes: bool,
    pub(super) vain: Vain,
    limited: bool,
    together: bool,
}

impl Search<'_, '_> {
    fn repairs(&mut self) -> Vec<Repair> {
        let mut smallest: Vec<Repair> = Vec::new();
        for size in 1..=MOST_CHANGED {
            let own = self.of_size(size, !smallest.is_empty());
            let clean = own.iter().any(Repair::is_harmless);
            // What can be done about the harm may not bear on the duty itself.
            let harmed: Vec<Instance> = own
                .iter()
                .flat_map(|repair| &repair.effects)
                .filter(|effect| effect.is_harm())
                .map(|effect| effect.instance.clone())
                .collect();
            if smallest.is_empty() {
                smallest = own;
            } else {
                // The smallest sets do harm: these do none.
                smallest.extend(own.into_iter().filter(Repair::is_harmless));
            }
            if clean || self.limited {
                break;
            }
            harmed.iter().for_each(|instance| self.also(instance));
            // Nor may what can be done about facts that contradict each other once something is changed.
            let faulty = std::mem::take(&mut self.again.faulty);
            faulty.iter().for_each(|fault| self.also_behind(*fault));
        }
        let best = |repair: &Repair| {
            let wanted = matches!(
                repair.statuses.determined(),
                Some(Status::Fulfilled | Status::Met | Status::NotRaised)
            );
            let harms = repair.effects.iter().filter(|one| one.is_harm()).count();
            let risks = repair.effects.iter().filter(|one| one.is_risk()).count();
            (
                harms,
                repair.changes.len(),
                risks,
                !wanted,
                repair.effects.len(),
            )
        };
        smallest.sort_by_key(best);
        smallest
    }

    /// Takes in what the bearer can change about another instance.
    fn also(&mut self, instance: &Instance) {
        let judged = self.judged;
        let behind = Behind::of(judged.book(), judged.run().plan, instance.norm);
        self.take_in(behind.patterns(&instance.parties), behind.asks_unknown);
    }

    /// Takes in what the bearer can change about a fault.
    fn also_behind(&mut self, fault: Faulty) {
        let book = self.judged.book();
        let (sentences, asks_unknown) = fault.hangs_on(book);
        let anybody = |sentence: SentenceId| {
            let slots = book.vocabulary.sentences[sentence].slots.len();
            (sentence, vec![None; slots])
        };
        self.take_in(sentences.into_iter().map(anybody), asks_unknown);
    }

    fn take_in(
        &mut self,
        patterns: impl Iterator<Item = (SentenceId, Vec<Option<ValueId>>)>,
        asks_unknown: bool,
    ) {
        let judged = self.judged;
        let bearer = self.verdict.parties.first().and_then(|cell| cell.value());
        let (mut more, _) = changeable(judged, patterns, bearer);
        if !asks_unknown {
            keep_what_is_read(self.again, &self.readings, &mut more);
        }
        for reading in more {
            let fact = fact_of(&judged.book().vocabulary, &reading);
            if !self.facts.contains(&fact) && self.facts.len() < MOST_TRIED {
                self.facts.push(fact);
                self.readings.push(reading);
            }
        }
    }

    pub(super) fn all(&self) -> Bits {
        match self.facts.len() {
            MOST_TRIED => Bits::MAX,
            len => (1 << len) - 1,
        }
    }

    /// Every set of this size that makes it right; where `harmless`, every one that does so without harm (and perhaps others).
    fn of_size(&mut self, size: usize, harmless: bool) -> Vec<Repair> {
        let mut found = Vec::new();
        let mut tried: Vec<Bits> = Vec::new();
        let all = self.all();
        loop {
            let clauses: Vec<Bits> = self.vain.sets(harmless).map(|set| all & !set).collect();
            let Some(next) = hitting(&clauses, size, self.facts.len(), &tried) else {
                return found;
            };
            if self.again.count > MOST_JUDGED + self.vain.judged {
                self.limited = true;
                return found;
            }
            tried.push(next);
            // Where a number turns hangs on what else is changed.
            let mut own = members(next);
            own.sort_by_key(|at| self.facts[*at].is_number());
            let before = found.len();
            self.turn(&own, &mut Vec::new(), &mut Vec::new(), &mut found);
            let is_good = |repair: &Repair| !harmless || repair.is_harmless();
            if !found[before..].iter().any(is_good) {
                let was_right = found.len() > before;
                self.rule_out(next, harmless, was_right);
            }
        }
    }

    /// Turns each of these facts in every way.
    fn turn(
        &mut self,
        rest: &[usize],
        sayings: &mut Vec<Saying>,
        turns: &mut Vec<Turn>,
        found: &mut Vec<Repair>,
    ) {
        let Some((first, rest)) = rest.split_first() else {
            self.try_it(sayings, turns, found);
            return;
        };
        for (to_be, said) in self.ways(*first, sayings, rest.is_empty()) {
            sayings.push((self.facts[*first].clone(), said));
            turns.push(Turn {
                reading: self.readings[*first].clone(),
                to: to_be,
            });
            self.turn(rest, sayings, turns, found);
            sayings.pop();
            turns.pop();
        }
    }

    /// What a fact can become beside others. Of a number: each stretch that makes it right by itself (`last`), else each.
    fn ways(&mut self, which: usize, sayings: &[Saying], last: bool) -> Vec<(Become, Said)> {
        let fact = self.facts[which].clone();
        if fact.is_number() {
            return self.stretches(&fact, which, sayings, last);
        }
        let turned = |truth: Truth| (Become::Truth(truth), Said::Truth(truth));
        match self.readings[which].truth {
            Truth::True => vec![turned(Truth::False)],
            Truth::False => vec![turned(Truth::True)],
            Truth::Unknown => vec![turned(Truth::True), turned(Truth::False)],
        }
    }

    fn stretches(
        &mut self,
        fact: &Fact,
        which: usize,
        sayings: &[Saying],
        last: bool,
    ) -> Vec<(Become, Said)> {
        let now = self.readings[which]
            .slots
            .iter()
            .find_map(|slot| match slot {
                Some(Thing::Value(value)) => self.judged.record().values.as_number(*value),
                Some(Thing::Number(number)) => number.exact(),
                None => None,
            });
        let mut found: Vec<(Range, Number, Option<Vec<Effect>>)> = Vec::new();
        let mut before_was_right = false;
        for piece in pieces(self.again, fact, sayings) {
            let mut own = sayings.to_vec();
            own.push((fact.clone(), Said::Number(piece.sample)));
            let statuses = self
                .again
                .statuses(&own, self.verdict.norm, &self.verdict.parties);
            let is_right = statuses.is_some_and(|set| set.within(self.right));
            if last && !is_right {
                before_was_right = false;
                continue;
            }
            let effects = if last {
                self.effects(&own).map(|(_, effects)| effects)
            } else {
                None
            };
            match found.last_mut() {
                Some((range, _, same)) if last && before_was_right && *same == effects => {
                    *range = range.with(piece.range);
                }
                _ => found.push((piece.range, piece.sample, effects)),
            }
            before_was_right = is_right;
        }
        // The value it has is no change.
        found.retain(|(range, _, _)| now.is_none_or(|now| !range.has(now)));
        found
            .into_iter()
            .map(|(range, sample, _)| (Become::Within(range), Said::Number(sample)))
            .collect()
    }

    fn try_it(&mut self, sayings: &[Saying], turns: &[Turn], found: &mut Vec<Repair>) {
        let is_right = self
            .again
            .statuses(sayings, self.verdict.norm, &self.verdict.parties)
            .is_some_and(|set| set.within(self.right));
        if !is_right {
            return;
        }
        if !self.holds_throughout(sayings, turns) {
            self.together = true;
            return;
        }
        if let Some((statuses, effects)) = self.effects(sayings) {
            found.push(Repair {
                changes: turns.to_vec(),
                statuses,
                effects,
            });
        }
    }

    /// Whether several numbers make it right wherever they lie within their ranges: at the corners too.
    fn holds_throughout(&mut self, sayings: &[Saying], turns: &[Turn]) -> bool {
        let ends = |turn: &Turn| match turn.to {
            Become::Within(range) => range.near_ends(),
            Become::Truth(_) => None,
        };
        let numbers: Vec<(usize, [Number; 2])> = turns
            .iter()
            .enumerate()
            .filter_map(|(at, turn)| Some((at, ends(turn)?)))
            .collect();
        if numbers.len() < 2 {
            return true;
        }
        (0..1_usize << numbers.len()).all(|corner| {
            let mut own = sayings.to_vec();
            for (which, (at, ends)) in numbers.iter().enumerate() {
                own[*at].1 = Said::Number(ends[corner >> which & 1]);
            }
            self.again
                .statuses(&own, self.verdict.norm, &self.verdict.parties)
                .is_some_and(|set| set.within(self.right))
        })
    }

    /// What the verdict becomes, and every other verdict that differs.
    fn effects(&mut self, sayings: &[Saying]) -> Option<(StatusSet, Vec<Effect>)> {
        let (judged, verdict) = (self.judged, self.verdict);
        let book = judged.book();
        self.again.under(sayings, |after| {
            let own = |norm: NormId, parties: &[Cell]| {
                after
                    .verdict(norm, parties)
                    .map_or(missing(book, norm), |verdict| verdict.statuses)
            };
            let mut effects: Vec<Effect> = Vec::new();
            let mut add = |norm: NormId, parties: &[Cell], before: StatusSet, now: StatusSet| {
                let itself = norm == verdict.norm && *parties == *verdict.parties;
                if before != now && !itself {
                    effects.push(Effect {
                        instance: Instance {
                            norm,
                            parties: parties.to_vec(),
                        },
                        before,
                        after: now,
                    });
                }
            };
            for one in judged.verdicts() {
                add(
                    one.norm,
                    &one.parties,
                    one.statuses,
                    own(one.norm, &one.parties),
                );
            }
            for one in after.verdicts() {
                if judged.verdict(one.norm, &one.parties).is_none() {
                    add(
                        one.norm,
                        &one.parties,
                        missing(book, one.norm),
                        one.statuses,
                    );
                }
            }
            effects.sort_by(|a, b| a.instance.cmp(&b.instance));
            (own(verdict.norm, &verdict.parties), effects)
        })
    }
}
