//! What the record says of every ground sentence before any rule: stated, else `always`, else another value of an
//! `only one` slot, else the default.

use super::outcome::{Cell, Judge};
use fiducia::rulebook::{Class, KindId, KindSort, SentenceId, Stated, replaces};
use fiducia::value::{Interval, Truth, ValueId};
use std::collections::BTreeMap;

impl Judge<'_> {
    /// The values that a slot of this kind ranges over: the cast of a thing, the list of a `one of`; none for numbers.
    pub fn domain(&self, kind: KindId) -> Vec<ValueId> {
        match &self.book.vocabulary.kinds[kind].sort {
            KindSort::Number { .. } => Vec::new(),
            KindSort::OneOf(values) => values.clone(),
            KindSort::Thing { .. } => {
                let members = self.record.cast.members.iter();
                members
                    .filter(|(_, kinds)| {
                        kinds
                            .iter()
                            .any(|narrow| self.book.vocabulary.is_within(*narrow, kind))
                    })
                    .map(|(value, _)| *value)
                    .collect()
            }
        }
    }

    /// All values of a list of kinds, in every combination.
    pub fn combinations(&self, kinds: &[KindId]) -> Vec<Vec<ValueId>> {
        let mut all = vec![Vec::new()];
        for kind in kinds {
            let domain = self.domain(*kind);
            let mut longer = Vec::new();
            for start in &all {
                for value in &domain {
                    let mut next: Vec<ValueId> = start.clone();
                    next.push(*value);
                    longer.push(next);
                }
            }
            all = longer;
        }
        all
    }

    /// The kinds of a sentence's slots that are no numbers.
    pub fn kinds(&self, id: SentenceId) -> Vec<KindId> {
        let vocabulary = &self.book.vocabulary;
        let slots = vocabulary.sentences[id].slots.iter();
        slots
            .map(|slot| slot.kind)
            .filter(|kind| !vocabulary.is_number(*kind))
            .collect()
    }

    /// The values a number of this kind can have.
    fn range(&self, kind: KindId) -> Interval {
        match &self.book.vocabulary.kinds[kind].sort {
            KindSort::Number {
                range: Some((low, high)),
                ..
            } => Interval {
                low: Some(*low),
                high: Some(*high),
            },
            _ => Interval::UNKNOWN,
        }
    }

    /// Fills in every ground sentence.
    pub fn state_facts(&mut self) {
        let vocabulary = &self.book.vocabulary;
        let mut lines: Vec<Stated> = self.record.stated.clone();
        for always in &self.book.always {
            let line = Stated {
                sentence: always.sentence,
                values: always.values.iter().map(|value| Some(*value)).collect(),
                truth: Truth::from(always.holds),
                according_to: None,
                span: None,
                branch: None,
            };
            let replaced = |new: &Stated| replaces(vocabulary, new, &line);
            if !self.record.stated.iter().any(replaced) {
                lines.push(line);
            }
        }
        for id in vocabulary.sentences.ids() {
            let mut table = BTreeMap::new();
            for key in self.combinations(&self.kinds(id)) {
                let cell = self.fact(id, &key, &lines);
                table.insert(key, cell);
            }
            self.cells.push(table);
        }
    }

    fn fact(&self, id: SentenceId, key: &[ValueId], lines: &[Stated]) -> Cell {
        let vocabulary = &self.book.vocabulary;
        let sentence = &vocabulary.sentences[id];
        let numbers: Vec<usize> = vocabulary.number_slots(id).collect();
        let ranges = || {
            numbers
                .iter()
                .map(|at| self.range(sentence.slots[*at].kind))
        };
        let of_key = |line: &Stated, but: Option<usize>| {
            let places = (0..sentence.slots.len()).filter(|at| !numbers.contains(at));
            line.sentence == id
                && places
                    .zip(key)
                    .all(|(at, value)| Some(at) == but || line.values[at] == Some(*value))
        };
        if let Some(line) = lines.iter().find(|line| of_key(line, None)) {
            let given = |(at, range): (&usize, Interval)| {
                line.values[*at]
                    .and_then(|value| self.record.values.as_number(value))
                    .map_or(range, Interval::exactly)
            };
            let exists = !numbers.is_empty() && line.truth == Truth::Unknown;
            return Cell {
                truth: if exists { Truth::True } else { line.truth },
                numbers: numbers.iter().zip(ranges()).map(given).collect(),
                stated: true,
            };
        }
        let last = sentence.slots.len().wrapping_sub(1);
        let setting = sentence.class == Class::Setting && !numbers.contains(&last);
        let single = sentence.only_one.or(setting.then_some(last));
        let elsewhere = |line: &Stated| line.truth == Truth::True && of_key(line, single);
        let taken = single.is_some() && lines.iter().any(elsewhere);
        let (truth, intervals) = match sentence.class {
            _ if taken => (Truth::False, Vec::new()),
            Class::Concept | Class::Finding | Class::ClosedFact => (Truth::False, Vec::new()),
            Class::OpenFact if numbers.is_empty() => (Truth::Unknown, Vec::new()),
            Class::OpenFact => (Truth::True, ranges().collect()),
            Class::Setting if setting => {
                let holds = sentence.default.is_some() && sentence.default == key.last().copied();
                (Truth::from(holds), Vec::new())
            }
            Class::Setting => {
                let value = sentence
                    .default
                    .and_then(|value| self.record.values.as_number(value));
                (
                    Truth::from(value.is_some()),
                    value.map(Interval::exactly).into_iter().collect(),
                )
            }
        };
        Cell {
            truth,
            numbers: intervals,
            stated: taken,
        }
    }
}
