//! Judging again: the same rulebook, plan and people with some facts stated otherwise. In: a record and what is changed; out:
//! what is then judged. Every question is decided here, by the one evaluator. Knows no words.

use super::behind::Faulty;
use crate::engine::{Cell, Comparisons, Journal, Limits, Memory, Recorder, Silent, Thing};
use crate::judge::{Judgement, judge};
use crate::plan::{Plan, RelId};
use crate::rulebook::{
    Class, Given, NormId, Record, Rulebook, SentenceId, Stated, Vocabulary, replaces,
};
use crate::value::{Interval, NormSort, Number, Status, StatusSet, Truth};

/// A ground sentence of a record; its number slots are free.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fact {
    /// Which sentence.
    pub sentence: SentenceId,
    /// Its values; `None` in number slots.
    pub values: Given,
}

/// What a fact is said to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Said {
    /// True, false or not known; of a number, that it exists, does not exist, or is not known.
    Truth(Truth),
    /// A number with this value.
    Number(Number),
}

/// A fact and what it is said to be.
pub type Saying = (Fact, Said);

impl Fact {
    /// The line that states it; `None` in a number slot reads *any*.
    #[must_use]
    pub fn stated(&self, truth: Truth) -> Stated {
        Stated {
            sentence: self.sentence,
            values: self.values.clone(),
            truth,
            according_to: None,
            span: None,
            branch: None,
        }
    }

    /// Its values as things.
    #[must_use]
    pub fn slots(&self) -> Vec<Option<Thing>> {
        let values = self.values.iter();
        values.map(|value| value.map(Thing::Value)).collect()
    }

    /// Whether it is a number: one of its slots is free.
    #[must_use]
    pub fn is_number(&self) -> bool {
        self.values.iter().any(Option::is_none)
    }

    /// Whether two facts are values of one `only one` slot, the other slots alike.
    #[must_use]
    pub fn excludes(&self, vocabulary: &Vocabulary, other: &Self) -> bool {
        let Some(only) = vocabulary.sentences[self.sentence].only_one else {
            return false;
        };
        self.sentence == other.sentence
            && self != other
            && (0..self.values.len()).all(|at| at == only || self.values[at] == other.values[at])
    }
}

/// States a fact in a record, in place of what was stated of it before.
pub fn state(vocabulary: &Vocabulary, record: &mut Record, fact: &Fact, said: Said) {
    let line = match said {
        Said::Truth(truth) => fact.stated(truth),
        Said::Number(number) => {
            let value = record.values.number(number);
            let mut line = fact.stated(Truth::True);
            line.values
                .iter_mut()
                .filter(|slot| slot.is_none())
                .for_each(|slot| *slot = Some(value));
            line
        }
    };
    record
        .stated
        .retain(|old| !replaces(vocabulary, &line, old));
    record.stated.push(line);
}

/// The status of an instance that no verdict lists.
#[must_use]
pub fn missing(book: &Rulebook, norm: NormId) -> StatusSet {
    StatusSet::only(match book.norms[norm].sort {
        NormSort::Concern => Status::NotRaised,
        NormSort::Duty | NormSort::Ideal => Status::NotEngaged,
    })
}

/// Judges a record again and again, with one memory for all.
pub struct Again<'a> {
    /// The rulebook.
    pub book: &'a Rulebook,
    plan: &'a Plan,
    stated: Vec<Stated>,
    work: Record,
    memory: Memory<Silent>,
    watching: Memory<Comparisons>,
    limits: Limits<'a>,
    /// How often it was judged.
    pub count: usize,
    /// Where those faults lie that made judging impossible under sayings, each once.
    pub faulty: Vec<Faulty>,
    /// How often it may be judged before a search gives up.
    most: usize,
}

impl<'a> Again<'a> {
    /// For a record.
    #[must_use]
    pub fn new(book: &'a Rulebook, plan: &'a Plan, record: &Record) -> Self {
        Self {
            book,
            plan,
            stated: record.stated.clone(),
            work: record.clone(),
            memory: Memory::default(),
            watching: Memory::default(),
            limits: Limits::default(),
            count: 0,
            faulty: Vec::new(),
            most: usize::MAX,
        }
    }

    /// Allows so many judgings from here on.
    pub fn allow(&mut self, more: usize) {
        self.most = self.count.saturating_add(more);
    }

    /// Whether it was judged as often as is allowed: what a search has found then is only a part.
    #[must_use]
    pub fn is_spent(&self) -> bool {
        self.count >= self.most
    }

    /// For the record of a judgement.
    #[must_use]
    pub fn of<R: Recorder>(judged: &Judgement<'a, R>) -> Self {
        Self::new(judged.book(), judged.run().plan, judged.record())
    }

    /// Puts the record that a saying makes into `work`.
    fn prepare(&mut self, sayings: &[Saying]) {
        self.work.stated.clone_from(&self.stated);
        for (fact, said) in sayings {
            state(&self.book.vocabulary, &mut self.work, fact, *said);
        }
        self.count += 1;
    }

    /// What is judged with some facts stated so, and then these facts, distinct ones, all not known, and with other values of
    /// their `only one` slots not known either; `None` where that cannot be judged.
    pub fn open<T>(
        &mut self,
        sayings: &[Saying],
        facts: &[&Fact],
        look: impl FnOnce(&Judgement<'_, Silent>) -> T,
    ) -> Option<T> {
        self.prepare_open(sayings, facts);
        self.look(look).ok()
    }

    /// The facts that are read at all while these are not known, in the order of reading: whatever these become, no other
    /// that is not known is looked at. `None` where that cannot be judged.
    pub fn read_while_open(&mut self, facts: &[&Fact]) -> Option<Vec<Fact>> {
        self.prepare_open(&[], facts);
        let memory = Memory::<Journal>::default();
        let judged = judge(self.book, self.plan, &self.work, memory, self.limits);
        let sound = judged.faults().is_empty() && judged.stopped().is_none();
        let run = judged.run();
        let fact = |(rel, cells): &(RelId, Vec<Cell>)| {
            let key = run.plan.relations[*rel].key;
            let value = |(at, cell): (usize, &Cell)| cell.value().filter(|_| key >> at & 1 == 1);
            Fact {
                sentence: SentenceId(rel.0),
                values: cells.iter().enumerate().map(value).collect(),
            }
        };
        sound.then(|| run.asked().iter().map(fact).collect())
    }

    fn prepare_open(&mut self, sayings: &[Saying], facts: &[&Fact]) {
        self.prepare(sayings);
        let mut lines: Vec<Stated> = Vec::new();
        for fact in facts {
            for other in beside(&self.book.vocabulary, &self.work.stated, fact) {
                if !facts.contains(&&other) {
                    lines.push(other.stated(Truth::Unknown));
                }
            }
            lines.push(fact.stated(Truth::Unknown));
        }
        let vocabulary = &self.book.vocabulary;
        self.work
            .stated
            .retain(|old| !lines.iter().any(|line| replaces(vocabulary, line, old)));
        self.work.stated.append(&mut lines);
    }

    /// What is judged with these facts stated so; `None` where that cannot be judged.
    pub fn under<T>(
        &mut self,
        sayings: &[Saying],
        look: impl FnOnce(&Judgement<'_, Silent>) -> T,
    ) -> Option<T> {
        self.prepare(sayings);
        match self.look(look) {
            Ok(found) => Some(found),
            Err(faulty) => {
                for one in faulty {
                    if !self.faulty.contains(&one) {
                        self.faulty.push(one);
                    }
                }
                None
            }
        }
    }

    /// Judges what was prepared, or tells where the faults lie for which that cannot be judged.
    fn look<T>(
        &mut self,
        look: impl FnOnce(&Judgement<'_, Silent>) -> T,
    ) -> Result<T, Vec<Faulty>> {
        let memory = std::mem::take(&mut self.memory);
        let judged = judge(self.book, self.plan, &self.work, memory, self.limits);
        let sound = judged.faults().is_empty() && judged.stopped().is_none();
        let found = if sound {
            Ok(look(&judged))
        } else {
            let faults = judged.faults().iter();
            Err(faults.map(|fault| Faulty::of(self.plan, fault)).collect())
        };
        self.memory = judged.recycle();
        found
    }

    /// The statuses of an instance with these facts stated so.
    pub fn statuses(
        &mut self,
        sayings: &[Saying],
        norm: NormId,
        parties: &[crate::engine::Cell],
    ) -> Option<StatusSet> {
        let none = missing(self.book, norm);
        self.under(sayings, |judged| {
            judged
                .verdict(norm, parties)
                .map_or(none, |verdict| verdict.statuses)
        })
    }

    /// Every comparison of numbers that is then made, in order; where it cannot be judged, those before that showed.
    pub fn comparisons(&mut self, sayings: &[Saying]) -> Vec<(Interval, Interval)> {
        self.prepare(sayings);
        let memory = std::mem::take(&mut self.watching);
        let judged = judge(self.book, self.plan, &self.work, memory, self.limits);
        let sides = judged.run().recorder().sides.clone();
        self.watching = judged.recycle();
        sides
    }

    /// The range of a fact's number.
    #[must_use]
    pub fn range(&self, fact: &Fact) -> Interval {
        let vocabulary = &self.book.vocabulary;
        let slots = &vocabulary.sentences[fact.sentence].slots;
        let free = fact.values.iter().position(Option::is_none);
        let kind = free.and_then(|at| slots.get(at)).map(|slot| slot.kind);
        match kind.map(|kind| &vocabulary.kinds[kind].sort) {
            Some(crate::rulebook::KindSort::Number {
                range: Some((low, high)),
                ..
            }) => Interval {
                low: Some(*low),
                high: Some(*high),
            },
            _ => Interval::UNKNOWN,
        }
    }
}

/// The values of an `only one` slot that are stated beside a fact.
fn beside(vocabulary: &Vocabulary, stated: &[Stated], fact: &Fact) -> Vec<Fact> {
    let own = |line: &&Stated| line.truth == Truth::True && line.sentence == fact.sentence;
    stated
        .iter()
        .filter(own)
        .map(|line| Fact {
            sentence: line.sentence,
            values: line.values.clone(),
        })
        .filter(|other| fact.excludes(vocabulary, other))
        .collect()
}

/// Whether a sentence is one that a record states.
#[must_use]
pub fn is_fact(vocabulary: &Vocabulary, sentence: SentenceId) -> bool {
    matches!(
        vocabulary.sentences[sentence].class,
        Class::ClosedFact | Class::OpenFact
    )
}
