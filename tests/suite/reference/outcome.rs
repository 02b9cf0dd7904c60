//! The whole of one record: facts, then every component of the rules and norms in order. Knows no option.

use super::strata::{Node, components};
use fiducia::rulebook::{NormId, Record, Rulebook, SentenceId};
use fiducia::text::Span;
use fiducia::value::{Interval, NumberError, StatusSet, Truth, ValueId};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// Why a record cannot be judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Two different sure values of one number.
    TwoValues,
    /// A sure number that lies outside the range of its kind.
    OutOfRange,
    /// Division by zero.
    ByZero,
    /// A number of more than 38 digits.
    TooLong,
    /// The rules surely derive what was stipulated false.
    Stipulated,
    /// A number slot to which no line gives a value: `check` let something pass.
    Unbound,
    /// A circle through absence: `check` let something pass.
    Circle,
}

impl From<NumberError> for Fault {
    fn from(error: NumberError) -> Self {
        match error {
            NumberError::ByZero => Self::ByZero,
            NumberError::TooLong | NumberError::NotANumber => Self::TooLong,
        }
    }
}

/// What one record comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Every ground sentence over the cast, number slots left out: whether it holds, or for a number exists.
    pub truths: BTreeMap<(SentenceId, Vec<ValueId>), Truth>,
    /// The numbers that may exist, one interval for each number slot of the sentence.
    pub numbers: BTreeMap<(SentenceId, Vec<ValueId>), Vec<Interval>>,
    /// Instances that may be engaged (or raised): the statuses of the whole, and of each part.
    pub verdicts: BTreeMap<(NormId, Vec<ValueId>), (StatusSet, Vec<StatusSet>)>,
}

/// A ground sentence: whether it holds, and its numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Whether it holds; for a number sentence, whether it exists.
    pub truth: Truth,
    /// One interval for each number slot.
    pub numbers: Vec<Interval>,
    /// Whether the case (or `always`) states it, so that rules cannot change it.
    pub stated: bool,
}

/// Somebody who watches the lines, exemptions, excuses and priorities of a rulebook while it is applied, by the places
/// where they were written; and may turn one of them round, to see what hangs on it.
#[derive(Debug, Default)]
pub struct Watch {
    /// How often each was true, false and unknown.
    pub seen: BTreeMap<(u32, u32), [usize; 3]>,
    /// What is turned round: true becomes false, all else true.
    pub turned: Option<Span>,
}

/// The state of judging.
pub struct Judge<'a> {
    pub book: &'a Rulebook,
    pub record: &'a Record,
    /// Ground sentences by sentence and values of the slots that are no numbers.
    pub cells: Vec<BTreeMap<Vec<ValueId>, Cell>>,
    /// Verdicts so far.
    pub verdicts: BTreeMap<(NormId, Vec<ValueId>), (StatusSet, Vec<StatusSet>)>,
    /// While a circle of sentences is still growing, a fault reads "not known": its numbers are not final.
    pub lenient: bool,
    pub watch: Option<&'a RefCell<Watch>>,
}

/// Judges one record.
///
/// # Errors
/// The record or the rules contradict themselves in numbers or stipulations.
pub fn judge(book: &Rulebook, record: &Record) -> Result<Outcome, Fault> {
    judge_watched(book, record, None)
}

/// Judges one record while somebody watches.
///
/// # Errors
/// As in [`judge`].
pub fn judge_watched(
    book: &Rulebook,
    record: &Record,
    watch: Option<&RefCell<Watch>>,
) -> Result<Outcome, Fault> {
    Ok(judging(book, record, watch)?.outcome())
}

/// The state in which judging one record ends: lines can be asked of it.
///
/// # Errors
/// As in [`judge`].
pub fn judging<'a>(
    book: &'a Rulebook,
    record: &'a Record,
    watch: Option<&'a RefCell<Watch>>,
) -> Result<Judge<'a>, Fault> {
    let mut judge = Judge {
        book,
        record,
        cells: Vec::new(),
        verdicts: BTreeMap::new(),
        lenient: false,
        watch,
    };
    judge.state_facts();
    for component in components(book)? {
        let sentences: Vec<SentenceId> = component
            .iter()
            .filter_map(|node| match node {
                Node::Sentence(id) => Some(*id),
                Node::Norm(_) => None,
            })
            .collect();
        judge.derive(&sentences)?;
        for node in &component {
            if let Node::Norm(id) = node {
                judge.settle(*id)?;
            }
        }
    }
    Ok(judge)
}

/// Every ground sentence of a record, by sentence and the values of the slots that are no numbers.
pub fn keys(book: &Rulebook, record: &Record) -> Vec<(SentenceId, Vec<ValueId>)> {
    let judge = Judge {
        book,
        record,
        cells: Vec::new(),
        verdicts: BTreeMap::new(),
        lenient: false,
        watch: None,
    };
    let sentences = book.vocabulary.sentences.ids();
    let all = sentences.flat_map(|id| {
        let keys = judge.combinations(&judge.kinds(id));
        keys.into_iter().map(move |key| (id, key))
    });
    all.collect()
}

/// An outcome in words, by what each is about: the same whatever the order in which the rulebook and the case were
/// written.
pub fn told(book: &Rulebook, record: &Record, outcome: &Outcome) -> BTreeMap<String, String> {
    let names = |values: &[ValueId]| {
        let names = values.iter().map(|value| record.values.get(*value));
        let names: Vec<String> = names.map(|name| format!("[{name}]")).collect();
        names.join(" ")
    };
    let words = |set: &StatusSet| {
        let words: Vec<&str> = set.iter().map(|status| status.word()).collect();
        words.join(" or ")
    };
    let mut all = BTreeMap::new();
    for ((sentence, key), truth) in &outcome.truths {
        let about = (*sentence, key.clone());
        let numbers = outcome.numbers.get(&about).into_iter().flatten();
        let numbers: Vec<String> = numbers.map(|number| format!(" ({number})")).collect();
        let sentence = book.vocabulary.sentences[*sentence].key();
        let said = format!("{}{}", truth.word(), numbers.concat());
        all.insert(format!("{sentence} {}", names(key)), said);
    }
    for ((norm, parties), (whole, parts)) in &outcome.verdicts {
        let name = &book.norms[*norm].name;
        let parts: Vec<String> = parts
            .iter()
            .map(|set| format!(" ({})", words(set)))
            .collect();
        let said = format!("{}{}", words(whole), parts.concat());
        all.insert(format!("\"{name}\" {}", names(parties)), said);
    }
    all
}

impl Judge<'_> {
    /// Tells whoever watches, and turns round what is to be.
    pub fn watched(&self, span: Span, truth: Truth) -> Truth {
        let Some(watch) = self.watch else {
            return truth;
        };
        let mut watch = watch.borrow_mut();
        watch.seen.entry((span.start, span.end)).or_default()[truth as usize] += 1;
        if watch.turned == Some(span) {
            Truth::from(truth != Truth::True)
        } else {
            truth
        }
    }

    fn outcome(self) -> Outcome {
        let mut truths = BTreeMap::new();
        let mut numbers = BTreeMap::new();
        for (sentence, table) in self.book.vocabulary.sentences.ids().zip(self.cells) {
            for (key, cell) in table {
                if !cell.numbers.is_empty() && cell.truth != Truth::False {
                    numbers.insert((sentence, key.clone()), cell.numbers);
                }
                truths.insert((sentence, key), cell.truth);
            }
        }
        Outcome {
            truths,
            numbers,
            verdicts: self.verdicts,
        }
    }
}
