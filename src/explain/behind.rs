//! What lies behind a verdict: every norm on which it may hang (those that outrank it, those whose verdicts it reads), and
//! the sentences read on the way, as patterns over its parties; and what lies behind a fault. In: a plan and a norm or a fault;
//! out: patterns. Knows no case.

use crate::engine::{Cell, Fault};
use crate::judge::fits;
use crate::plan::bearing::{Bearing, Slot};
use crate::plan::{Meaning, Origin, Plan, RelId};
use crate::rulebook::{Condition, Line, NormId, Rule, Rulebook, SentenceId, VerdictOf};
use crate::value::ValueId;
use rustc_hash::FxHashSet;

/// What lies behind a norm.
#[derive(Clone, Debug)]
pub struct Behind<'p> {
    /// Patterns over its own parties.
    pub own: Vec<&'p Bearing>,
    /// Patterns of other norms, whose parties may be anybody.
    pub others: Vec<&'p Bearing>,
    /// Whether some line asks what is not known: then learning a fact may change what is determined.
    pub asks_unknown: bool,
}

impl<'p> Behind<'p> {
    /// Of a norm.
    #[must_use]
    pub fn of(book: &Rulebook, plan: &'p Plan, norm: NormId) -> Self {
        let norms = norms_behind(book, norm);
        let all = |id: &NormId| {
            let bearing = plan.bearing.norm(book, *id);
            bearing.with_otherwise()
        };
        // Its own patterns follow verdicts that are read, but not what outranks: that is looked at with anybody as parties.
        let ranks = |id: &&NormId| {
            let mut priorities = book.priorities.iter();
            **id != norm && priorities.any(|one| one.upper == **id || one.lower == **id)
        };
        let others: Vec<NormId> = norms.iter().filter(ranks).copied().collect();
        Self {
            own: all(&norm).collect(),
            others: others.iter().flat_map(all).collect(),
            asks_unknown: std::iter::once(&norm)
                .chain(&others)
                .map(|id| plan.bearing.norm(book, *id))
                .any(|bearing| bearing.asks_unknown || bearing.asks_otherwise),
        }
    }

    /// Whether a ground sentence may bear on the instance with these parties.
    #[must_use]
    pub fn bears(
        &self,
        sentence: SentenceId,
        values: &[Option<ValueId>],
        parties: &[Cell],
    ) -> bool {
        let own = |bearing: &&&Bearing| bearing.sentence == sentence;
        self.own
            .iter()
            .filter(own)
            .any(|bearing| fits(bearing, values, parties))
            || self
                .others
                .iter()
                .filter(own)
                .any(|bearing| fits(bearing, values, &[]))
    }

    /// Every pattern, its parties filled in where they are those of the instance.
    pub fn patterns(
        &self,
        parties: &[Cell],
    ) -> impl Iterator<Item = (SentenceId, Vec<Option<ValueId>>)> {
        let filled = |bearing: &Bearing, parties: &[Cell]| {
            let slots = bearing.slots.iter().map(|slot| match slot {
                Slot::Any => None,
                Slot::Value(value) => Some(*value),
                Slot::Party(at) => parties.get(*at).and_then(|cell| cell.value()),
            });
            (bearing.sentence, slots.collect::<Vec<_>>())
        };
        let own: Vec<_> = self.own.iter().map(|one| filled(one, parties)).collect();
        let others: Vec<_> = self.others.iter().map(|one| filled(one, &[])).collect();
        own.into_iter().chain(others)
    }
}

/// A norm with every norm on which its verdict may hang.
fn norms_behind(book: &Rulebook, norm: NormId) -> Vec<NormId> {
    let mut walk = Walk::default();
    walk.norm(norm);
    walk.all(book);
    walk.norms
}

/// Where a fault lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Faulty {
    /// In what is concluded of a sentence.
    Sentence(SentenceId),
    /// In reckoning on the way to something.
    Reckoning(Origin),
}

impl Faulty {
    /// Where this one lies.
    #[must_use]
    pub fn of(plan: &Plan, fault: &Fault) -> Self {
        let concluded = |rel: RelId| match plan.relations[rel].meaning {
            Meaning::Sentence(sentence) => Some(Self::Sentence(sentence)),
            _ => None,
        };
        let (rel, join) = match fault {
            Fault::TwoValues { rel, join, .. }
            | Fault::OutOfRange { rel, join, .. }
            | Fault::Stipulated { rel, join, .. } => (Some(*rel), *join),
            Fault::TwoMembers { join, .. } | Fault::Arithmetic { join, .. } => (None, *join),
        };
        rel.and_then(concluded)
            .unwrap_or(Self::Reckoning(plan.joins[join].origin))
    }

    /// Every sentence on which it may hang, whoever is spoken of, and whether some line asks what is not known.
    #[must_use]
    pub fn hangs_on(self, book: &Rulebook) -> (Vec<SentenceId>, bool) {
        let mut walk = Walk::default();
        match self {
            Self::Sentence(sentence) => walk.sentence(sentence),
            Self::Reckoning(origin) => match origin {
                Origin::Rule(rule) => walk.lines(&book.rules[rule].body),
                Origin::Arises(norm)
                | Origin::Engaged(norm)
                | Origin::PartArises(norm, _)
                | Origin::Test(norm, _) => walk.norm(norm),
                Origin::Defeat(defeat) => walk.lines(&book.defeats[defeat].body),
                Origin::Priority(priority) => walk.lines(&book.priorities[priority].body),
            },
        }
        walk.all(book);
        let mut sentences: Vec<SentenceId> = walk.sentences.into_iter().collect();
        sentences.sort();
        (sentences, walk.asks_unknown)
    }
}

#[derive(Default)]
struct Walk {
    norms: Vec<NormId>,
    sentences: FxHashSet<SentenceId>,
    pending: Vec<SentenceId>,
    asks_unknown: bool,
}

impl Walk {
    /// Goes on until nothing more lies behind.
    fn all(&mut self, book: &Rulebook) {
        let mut at = 0;
        loop {
            while let Some(sentence) = self.pending.pop() {
                let own = |rule: &&Rule| rule.head.sentence == sentence;
                for rule in book.rules.iter().filter(own) {
                    self.lines(&rule.body);
                }
            }
            let Some(id) = self.norms.get(at).copied() else {
                return;
            };
            at += 1;
            self.lines_of(book, id);
        }
    }

    fn lines_of(&mut self, book: &Rulebook, id: NormId) {
        let own = &book.norms[id];
        self.lines(&own.arises);
        for part in &own.parts {
            self.lines(&part.arises);
            self.lines(part.test.body());
        }
        for defeat in book.defeats.iter().filter(|defeat| defeat.norm == id) {
            self.lines(&defeat.body);
        }
        for priority in book.priorities.iter().filter(|one| one.lower == id) {
            self.lines(&priority.body);
            self.norm(priority.upper);
        }
    }

    fn sentence(&mut self, id: SentenceId) {
        if self.sentences.insert(id) {
            self.pending.push(id);
        }
    }

    fn norm(&mut self, id: NormId) {
        if !self.norms.contains(&id) {
            self.norms.push(id);
        }
    }

    fn lines(&mut self, lines: &[Line]) {
        for line in lines {
            match &line.condition {
                Condition::Sentence { atom, .. } => self.sentence(atom.sentence),
                Condition::NotKnown(atom) => {
                    self.asks_unknown = true;
                    self.sentence(atom.sentence);
                }
                Condition::Verdict { of, not_known, .. } => {
                    self.asks_unknown |= not_known;
                    self.verdict(of);
                }
                Condition::Compare { .. } | Condition::Let { .. } => {}
                Condition::Fold { body, .. }
                | Condition::AnyOf(body)
                | Condition::Quantified { body, .. } => self.lines(body),
                Condition::Every { body, holds, .. } => {
                    self.lines(body);
                    self.lines(holds);
                }
            }
        }
    }

    fn verdict(&mut self, of: &VerdictOf) {
        match of {
            VerdictOf::Norm { norm, .. } => self.norm(*norm),
            VerdictOf::AnyDuty { duties, .. } => {
                duties.iter().for_each(|duty| self.norm(*duty));
            }
        }
    }
}
