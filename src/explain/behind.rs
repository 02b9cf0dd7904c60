//! What lies behind a verdict: every norm on which it may hang (those that outrank it, those whose verdicts it reads), and
//! the sentences read on the way, as patterns over its parties. In: a plan and a norm; out: patterns. Knows no case.

use crate::engine::Cell;
use crate::judge::fits;
use crate::plan::Plan;
use crate::plan::bearing::{Bearing, Slot};
use crate::rulebook::{Condition, Line, NormId, Rulebook, SentenceId, VerdictOf};
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
            bearing.all()
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
            asks_unknown: plan.bearing.norm(book, norm).asks_unknown
                || others
                    .iter()
                    .any(|id| plan.bearing.norm(book, *id).asks_unknown),
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
    let mut walk = Walk {
        norms: vec![norm],
        sentences: FxHashSet::default(),
        pending: Vec::new(),
    };
    let mut at = 0;
    while let Some(id) = walk.norms.get(at).copied() {
        at += 1;
        let own = &book.norms[id];
        walk.lines(&own.arises);
        for part in &own.parts {
            walk.lines(&part.arises);
            walk.lines(part.test.body());
        }
        for defeat in book.defeats.iter().filter(|defeat| defeat.norm == id) {
            walk.lines(&defeat.body);
        }
        for priority in book.priorities.iter().filter(|one| one.lower == id) {
            walk.lines(&priority.body);
            walk.norm(priority.upper);
        }
        while let Some(sentence) = walk.pending.pop() {
            for rule in book
                .rules
                .iter()
                .filter(|rule| rule.head.sentence == sentence)
            {
                walk.lines(&rule.body);
            }
        }
    }
    walk.norms
}

struct Walk {
    norms: Vec<NormId>,
    sentences: FxHashSet<SentenceId>,
    pending: Vec<SentenceId>,
}

impl Walk {
    fn norm(&mut self, id: NormId) {
        if !self.norms.contains(&id) {
            self.norms.push(id);
        }
    }

    fn lines(&mut self, lines: &[Line]) {
        for line in lines {
            match &line.condition {
                Condition::Sentence { atom, .. } | Condition::NotKnown(atom) => {
                    if self.sentences.insert(atom.sentence) {
                        self.pending.push(atom.sentence);
                    }
                }
                Condition::Verdict { of, .. } => self.verdict(of),
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
