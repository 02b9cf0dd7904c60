//! What an empty record makes of each sentence and body: the truth that silence gives. In: the rulebook; out: a truth a
//! body. With it one sees which exemptions are never more than *perhaps*.

use super::binding::expr_vars;
use crate::rulebook::{
    Body, Class, Condition, Count, Line, NormId, Rulebook, SentenceId, Term, VarId, VerdictOf,
};
use crate::value::{Idx, IndexVec, Status, StatusSet, Truth};

/// The truths that silence gives.
pub(super) struct Silence<'b> {
    book: &'b Rulebook,
    sentences: IndexVec<SentenceId, Truth>,
    norms: IndexVec<NormId, Truth>,
}

impl<'b> Silence<'b> {
    /// Of a rulebook.
    pub(super) fn of(book: &'b Rulebook) -> Self {
        let mut sentences: IndexVec<SentenceId, Truth> = book
            .vocabulary
            .sentences
            .iter()
            .enumerate()
            .map(|(at, sentence)| match sentence.class {
                // An open number exists, whatever it is.
                Class::OpenFact
                    if book
                        .vocabulary
                        .number_slots(SentenceId::new(at))
                        .next()
                        .is_some() =>
                {
                    Truth::True
                }
                Class::OpenFact => Truth::Unknown,
                Class::Setting => Truth::True,
                Class::ClosedFact | Class::Concept | Class::Finding => Truth::False,
            })
            .collect();
        // A table decides by itself for whom it holds: it is never a question.
        for always in &book.always {
            sentences[always.sentence] = Truth::True;
        }
        let norms = book.norms.iter().map(|_| Truth::False).collect();
        let mut silence = Self {
            book,
            sentences,
            norms,
        };
        // Strata are finite; a rulebook with a circle through a negation is refused elsewhere.
        for _ in 0..=book.rules.len() + book.norms.len() {
            if !silence.round() {
                break;
            }
        }
        silence
    }

    fn round(&mut self) -> bool {
        let mut derived: IndexVec<SentenceId, Option<Truth>> = self
            .book
            .vocabulary
            .sentences
            .iter()
            .map(|_| None)
            .collect();
        for rule in self.book.rules.iter() {
            let truth = self.body(&rule.body);
            let slot = &mut derived[rule.head.sentence];
            *slot = Some(slot.unwrap_or(Truth::False).or(truth));
        }
        let mut changed = false;
        for (id, truth) in derived.enumerated() {
            if let Some(truth) = truth
                && self.sentences[id] != *truth
            {
                self.sentences[id] = *truth;
                changed = true;
            }
        }
        for (id, norm) in self.book.norms.enumerated() {
            let truth = self.body(&norm.arises);
            if self.norms[id] != truth {
                self.norms[id] = truth;
                changed = true;
            }
        }
        changed
    }

    /// The truth of a body.
    pub(super) fn body(&self, body: &Body) -> Truth {
        body.iter().fold(Truth::True, |all, line| {
            let truth = self.line(line, body);
            all.and(if line.unless { truth.negate() } else { truth })
        })
    }

    fn line(&self, line: &Line, body: &Body) -> Truth {
        let turned = |truth: Truth, negated: bool| if negated { truth.negate() } else { truth };
        match &line.condition {
            Condition::Sentence { negated, atom, .. } => {
                turned(self.sentences[atom.sentence], *negated)
            }
            Condition::NotKnown(atom) => {
                Truth::from(self.sentences[atom.sentence] == Truth::Unknown)
            }
            Condition::Verdict {
                negated,
                not_known,
                of,
                statuses,
            } => {
                let truth = self.verdict(of, *statuses);
                if *not_known {
                    Truth::from(truth == Truth::Unknown)
                } else {
                    turned(truth, *negated)
                }
            }
            Condition::Compare { left, right, .. } => {
                let mut vars = Vec::new();
                expr_vars(left, &mut vars);
                expr_vars(right, &mut vars);
                if vars.iter().any(|var| self.uncertain(*var, body)) {
                    Truth::Unknown
                } else {
                    Truth::True
                }
            }
            Condition::Let { .. } | Condition::Fold { .. } => Truth::True,
            Condition::AnyOf(bullets) => bullets
                .iter()
                .fold(Truth::False, |any, line| any.or(self.line(line, bullets))),
            Condition::Quantified { count, body, .. } => {
                let some = self.body(body);
                match count {
                    Count::No => some.negate(),
                    Count::AtLeast(_) => some,
                    Count::AtMost(_) if some == Truth::False => Truth::True,
                    Count::AtMost(_) => Truth::Unknown,
                }
            }
            Condition::Every { body, holds, .. } => self.body(body).negate().or(self.body(holds)),
        }
    }

    /// Whether a number comes from a sentence that is open, or derived from one.
    fn uncertain(&self, var: VarId, body: &Body) -> bool {
        body.iter().any(|line| match &line.condition {
            Condition::Sentence { atom, .. } => {
                let class = self.book.vocabulary.sentences[atom.sentence].class;
                atom.terms.contains(&Term::Var(var))
                    && matches!(class, Class::OpenFact | Class::Concept | Class::Finding)
            }
            Condition::Let { var: own, .. } | Condition::Fold { var: own, .. } => *own == var,
            _ => false,
        })
    }

    fn verdict(&self, of: &VerdictOf, statuses: StatusSet) -> Truth {
        let none = statuses.has(Status::NotEngaged) || statuses.has(Status::NotRaised);
        let engaged = super::walk::verdict_norms(of)
            .into_iter()
            .fold(Truth::False, |any, norm| any.or(self.norms[norm]));
        match engaged {
            Truth::False => Truth::from(none),
            Truth::True | Truth::Unknown => Truth::Unknown,
        }
    }
}
