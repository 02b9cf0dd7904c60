//! What the three searches share: a random program judged, its ground facts, and judging it again with some of them stated
//! otherwise. It judges by itself: nothing of the questions is used.

use crate::differential::setting;
use crate::generate::Program;
use crate::loaded::{Loaded, load, records};
use crate::reference::keys;
use fiducia::engine::{Cell, Journal, Limits, Memory, Silent};
use fiducia::explain::Fact;
use fiducia::judge::{Judgement, judge};
use fiducia::plan::{Plan, RelId, WIDTH, compile};
use fiducia::rulebook::{Class, NormId, Record, Rulebook, Stated, replaces};
use fiducia::value::{NormSort, Number, Status, StatusSet, Truth};
use std::cell::RefCell;

/// How many programs are tried.
pub fn programs() -> std::ops::Range<u64> {
    let first = setting("FIDUCIA_SEED", 0);
    first..first + setting("FIDUCIA_QUESTIONS", 120)
}

/// A random program with its first case.
pub struct Trial {
    pub text: String,
    pub book: Rulebook,
    pub plan: Plan,
    pub record: Record,
    /// Used again from one judging to the next.
    memory: RefCell<Memory<Silent>>,
}

/// What a fact is said to be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum To {
    Is(Truth),
    Number(Number),
}

impl Trial {
    /// The program of a seed, if it can be judged.
    pub fn new(seed: u64) -> Option<Self> {
        // Two of three programs have the sentences that all random programs have; the third has two numbers in some.
        let program = if seed % 3 == 2 {
            Program::with_pairs(seed)
        } else {
            Program::new(seed)
        };
        Self::of(program.text())
    }

    /// A program that is written in a test.
    pub fn fixed(text: &str) -> Self {
        Self::of(text.to_owned()).expect("a program that can be judged")
    }

    pub fn of(text: String) -> Option<Self> {
        let Loaded { book, cases } = load(&text).ok()?;
        let plan = compile(&book).ok()?;
        let record = records(&book, cases.first()?).into_iter().next()?;
        Some(Self {
            text,
            book,
            plan,
            record,
            memory: RefCell::default(),
        })
    }

    /// The judgement with its journal, if there is one.
    pub fn judged(&self) -> Option<Judgement<'_, Journal>> {
        let judged = judge(
            &self.book,
            &self.plan,
            &self.record,
            Memory::default(),
            Limits::default(),
        );
        judged.faults().is_empty().then_some(judged)
    }

    /// Every ground fact with at most one number, and its truth.
    pub fn facts(&self, judged: &mut Judgement<'_, Journal>) -> Vec<(Fact, Truth, Vec<Cell>)> {
        let mut found = Vec::new();
        for (sentence, key) in keys(&self.book, &self.record) {
            let declared = &self.book.vocabulary.sentences[sentence];
            let numbers = self.book.vocabulary.number_slots(sentence).count();
            if !matches!(declared.class, Class::ClosedFact | Class::OpenFact) || numbers > 1 {
                continue;
            }
            let mut key = key.iter();
            let values = declared.slots.iter().map(|slot| {
                let number = self.book.vocabulary.is_number(slot.kind);
                if number { None } else { key.next().copied() }
            });
            let fact = Fact {
                sentence,
                values: values.collect(),
            };
            let mut cells: Vec<Cell> = fact
                .values
                .iter()
                .map(|value| value.map_or(Cell::UNBOUND, Cell::of))
                .collect();
            cells.resize(WIDTH, Cell::UNBOUND);
            let truth = judged.run_mut().truth_at(RelId(sentence.0), &mut cells);
            found.push((fact, truth, cells));
        }
        found
    }

    /// The record with facts stated so.
    pub fn changed(&self, sayings: &[(&Fact, To)]) -> Record {
        let mut record = self.record.clone();
        for (fact, to) in sayings {
            let mut line = Stated {
                sentence: fact.sentence,
                values: fact.values.clone(),
                truth: Truth::True,
                according_to: None,
                span: None,
                branch: None,
            };
            match to {
                To::Is(truth) => line.truth = *truth,
                To::Number(number) => {
                    let value = record.values.number(*number);
                    for slot in line.values.iter_mut().filter(|slot| slot.is_none()) {
                        *slot = Some(value);
                    }
                }
            }
            record
                .stated
                .retain(|old| !replaces(&self.book.vocabulary, &line, old));
            record.stated.push(line);
        }
        record
    }

    /// What a record comes to for an instance, and for every duty instance that may be violated; nothing where it cannot be judged.
    pub fn outcome(
        &self,
        sayings: &[(&Fact, To)],
        norm: NormId,
        parties: &[Cell],
    ) -> Option<(StatusSet, Vec<(NormId, Vec<Cell>)>)> {
        let record = self.changed(sayings);
        let judged = judge::<Silent>(
            &self.book,
            &self.plan,
            &record,
            self.memory.take(),
            Limits::default(),
        );
        if !judged.faults().is_empty() || judged.stopped().is_some() {
            self.memory.replace(judged.recycle());
            return None;
        }
        let none = StatusSet::only(match self.book.norms[norm].sort {
            NormSort::Concern => Status::NotRaised,
            NormSort::Duty | NormSort::Ideal => Status::NotEngaged,
        });
        let own = judged
            .verdict(norm, parties)
            .map_or(none, |verdict| verdict.statuses);
        let violated = judged
            .verdicts()
            .iter()
            .filter(|verdict| verdict.is_violated())
            .map(|verdict| (verdict.norm, verdict.parties.to_vec()))
            .collect();
        self.memory.replace(judged.recycle());
        Some((own, violated))
    }

    pub fn statuses(
        &self,
        sayings: &[(&Fact, To)],
        norm: NormId,
        parties: &[Cell],
    ) -> Option<StatusSet> {
        self.outcome(sayings, norm, parties).map(|(own, _)| own)
    }

    /// Whether both can be true at once: not two values of an `only one` slot.
    pub fn agree(&self, one: &Fact, other: &Fact) -> bool {
        let Some(only) = self.book.vocabulary.sentences[one.sentence].only_one else {
            return true;
        };
        let same = |at: usize| at == only || one.values[at] == other.values[at];
        one.sentence != other.sentence || one == other || !(0..one.values.len()).all(same)
    }
}

/// Every set of this size out of so many, in order.
pub fn subsets(of: usize, size: usize) -> Vec<Vec<usize>> {
    if size == 0 {
        return vec![Vec::new()];
    }
    let mut found = Vec::new();
    for last in size - 1..of {
        for mut set in subsets(last, size - 1) {
            set.push(last);
            found.push(set);
        }
    }
    found.sort();
    found
}

/// The same of several numbers at once: fewer.
pub fn coarse() -> Vec<Number> {
    let mut all: Vec<Number> = [-1000, -2, -1, 0, 1, 2, 3, 4, 5, 8, 12, 1000]
        .map(Number::whole)
        .to_vec();
    all.extend(
        [1, 3, 5]
            .into_iter()
            .flat_map(|odd| Number::fraction(odd, 2)),
    );
    all.sort();
    all
}

/// Numbers on both sides of, and at, every number that a program of the generator can turn at by simple steps.
pub fn grid() -> Vec<Number> {
    let mut all = Vec::new();
    for denominator in [1, 2, 3, 4] {
        for numerator in -4..=12 * denominator {
            all.extend(Number::fraction(numerator, denominator));
        }
    }
    all.extend([-1000, 1000].map(Number::whole));
    all.sort();
    all.dedup();
    all
}
