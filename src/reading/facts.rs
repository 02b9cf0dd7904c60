//! What the record says of a ground sentence before any rule: stated, else `always`, else another value of an `only one`
//! slot, else the default.

use crate::rulebook::{
    Atom, Class, KindId, KindSort, Record, Rulebook, SentenceId, Stated, Term, replaces,
};
use crate::value::{Interval, Truth, ValueId};

/// Who and what stands in the slots of a ground sentence, numbers left out.
pub type Key = Vec<ValueId>;

/// A ground sentence: its truth (with numbers, whether they exist), and what each number may be.
pub struct Reading(
    /// Its truth.
    pub Truth,
    /// What each number may be.
    pub Vec<Interval>,
);

/// The record of one world of a case under a rulebook.
pub struct Facts<'a> {
    /// The rulebook.
    pub book: &'a Rulebook,
    /// The record.
    pub record: &'a Record,
    stated: Vec<Stated>,
}

impl<'a> Facts<'a> {
    /// What the record states, and what `always` says where it states nothing else.
    #[must_use]
    pub fn of(book: &'a Rulebook, record: &'a Record) -> Self {
        let mut stated = record.stated.clone();
        for always in &book.always {
            let line = Stated {
                sentence: always.sentence,
                values: always.values.iter().copied().map(Some).collect(),
                truth: Truth::from(always.holds),
                according_to: None,
                span: None,
                branch: None,
            };
            let mut own = record.stated.iter();
            if !own.any(|new| replaces(&book.vocabulary, new, &line)) {
                stated.push(line);
            }
        }
        Self {
            book,
            record,
            stated,
        }
    }

    /// What a slot of this kind may hold.
    pub fn domain(&self, kind: KindId) -> Vec<ValueId> {
        let vocabulary = &self.book.vocabulary;
        if let KindSort::OneOf(values) = &vocabulary.kinds[kind].sort {
            return values.clone();
        }
        let mut members = self.record.cast.members.clone();
        members.retain(|(_, own)| own.iter().any(|own| vocabulary.is_within(*own, kind)));
        members.into_iter().map(|(value, _)| value).collect()
    }

    /// The positions of a sentence's slots for things, and of those for numbers.
    pub fn slots(&self, id: SentenceId) -> (Vec<usize>, Vec<usize>) {
        let slots = &self.book.vocabulary.sentences[id].slots;
        (0..slots.len()).partition(|at| !self.book.vocabulary.is_number(slots[*at].kind))
    }

    /// A sentence's terms for things, and those for numbers.
    pub fn split(&self, atom: &Atom) -> (Vec<Term>, Vec<Term>) {
        let (things, numbers) = self.slots(atom.sentence);
        let terms = |at: Vec<usize>| at.into_iter().map(|at| atom.terms[at]).collect();
        (terms(things), terms(numbers))
    }

    /// Whether a slot stands for a number.
    pub fn counts(&self, kind: Option<KindId>) -> bool {
        kind.is_none_or(|kind| self.book.vocabulary.is_number(kind))
    }

    /// A value that is a number.
    pub fn exact(&self, value: ValueId) -> Option<Interval> {
        self.record.values.as_number(value).map(Interval::exactly)
    }

    /// What is stated by a sentence.
    pub fn stated(&self, id: SentenceId) -> impl Iterator<Item = &Stated> + Clone {
        self.stated.iter().filter(move |line| line.sentence == id)
    }

    /// What the record alone says; `None` where it leaves the sentence to the rules.
    pub fn read(&self, id: SentenceId, key: &[ValueId]) -> Option<Reading> {
        let sentence = &self.book.vocabulary.sentences[id];
        let (things, numbers) = self.slots(id);
        let agrees = |line: &Stated, but: Option<usize>| {
            let mut places = things.iter().zip(key);
            places.all(|(at, value)| Some(*at) == but || line.values[*at] == Some(*value))
        };
        let line = self.stated(id).find(|line| agrees(line, None));
        // A setting's value is its last slot; only one can be true.
        let last = sentence.slots.len().checked_sub(1);
        let choice = last.filter(|last| sentence.class == Class::Setting && things.contains(last));
        let single = sentence.only_one.or(choice);
        let other = |line: &Stated| line.truth == Truth::True && agrees(line, single);
        let taken = single.is_some() && self.stated(id).any(other);
        let default = Truth::from(match choice {
            Some(_) => sentence.default.is_some() && sentence.default == key.last().copied(),
            None => sentence.default.is_some(),
        });
        let truth = match (line.map(|line| line.truth), sentence.class) {
            (Some(Truth::Unknown), _) if !numbers.is_empty() => Truth::True,
            (Some(truth), _) => truth,
            _ if taken => Truth::False,
            (None, Class::Concept | Class::Finding) => return None,
            (None, Class::ClosedFact) => Truth::False,
            (None, Class::OpenFact) if !numbers.is_empty() => Truth::True,
            (None, Class::OpenFact) => Truth::Unknown,
            (None, Class::Setting) => default,
        };
        let number = |at: &usize| {
            let given = line.map_or(sentence.default, |line| line.values[*at]);
            let range = match &self.book.vocabulary.kinds[sentence.slots[*at].kind].sort {
                KindSort::Number { range, .. } => range.as_ref(),
                _ => None,
            };
            let (low, high) = (range.map(|ends| ends.0), range.map(|ends| ends.1));
            given
                .and_then(|value| self.exact(value))
                .unwrap_or(Interval { low, high })
        };
        Some(Reading(truth, numbers.iter().map(number).collect()))
    }
}
