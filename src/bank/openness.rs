//! Which sentences and verdicts can be unknown though nobody says so: those into which something open flows. In: a rulebook;
//! out: [`Openness`].

use crate::rulebook::{
    Class, Condition, Fold, Line, NormId, Rulebook, SentenceId, Term, VerdictOf,
};
use crate::value::IndexVec;

/// What can be unknown.
#[derive(Clone, Debug)]
pub struct Openness {
    sentences: IndexVec<SentenceId, bool>,
    norms: IndexVec<NormId, bool>,
}

impl Openness {
    /// Of a rulebook: what is open unless stated, and whatever is concluded from it.
    #[must_use]
    pub fn of(book: &Rulebook) -> Self {
        let open = |class: Class| class == Class::OpenFact;
        let sentences = book.vocabulary.sentences.iter();
        let mut all = Self {
            sentences: sentences.map(|sentence| open(sentence.class)).collect(),
            norms: book.norms.iter().map(|_| false).collect(),
        };
        while all.spread(book) {}
        all
    }

    /// One round; whether anything was new.
    fn spread(&mut self, book: &Rulebook) -> bool {
        let mut changed = false;
        for rule in book.rules.iter() {
            let head = rule.head.sentence;
            if !self.sentences[head] && self.of_body(&rule.body) {
                self.sentences[head] = true;
                changed = true;
            }
        }
        for (id, norm) in book.norms.enumerated() {
            let tests = norm.parts.iter();
            let mut tests = tests.flat_map(|part| [&part.arises, part.test.body()]);
            let defeats = book.defeats.iter().filter(|defeat| defeat.norm == id);
            let priorities = book.priorities.iter().filter(|one| one.lower == id);
            let mut priorities = priorities.map(|one| (&one.body, self.norms[one.upper]));
            let open = self.of_body(&norm.arises)
                || tests.any(|body| self.of_body(body))
                || defeats.map(|one| &one.body).any(|body| self.of_body(body))
                || priorities.any(|(body, upper)| upper || self.of_body(body));
            if open && !self.norms[id] {
                self.norms[id] = true;
                changed = true;
            }
        }
        changed
    }

    fn of_body(&self, body: &[Line]) -> bool {
        body.iter().any(|line| self.of_line(line))
    }

    /// Whether a line of a body can be unknown: a comparison is where a number that it reads can be.
    #[must_use]
    pub fn of_line_in(&self, line: &Line, body: &[Line]) -> bool {
        if !matches!(line.condition, Condition::Compare { .. }) {
            return self.of_line(line);
        }
        let mut open: Vec<Term> = Vec::new();
        for other in body {
            let reads = other.condition.terms();
            match &other.condition {
                Condition::Sentence { .. } if self.of_line(other) => open.extend(reads),
                Condition::Fold { var, .. } if self.of_line(other) => open.push(Term::Var(*var)),
                Condition::Let { var, .. } if reads.iter().any(|term| open.contains(term)) => {
                    open.push(Term::Var(*var));
                }
                _ => {}
            }
        }
        let reads = line.condition.terms();
        reads
            .iter()
            .any(|term| matches!(term, Term::Var(_)) && open.contains(term))
    }

    /// Whether a line can be unknown.
    #[must_use]
    pub fn of_line(&self, line: &Line) -> bool {
        let inside = || {
            line.condition
                .bullets()
                .into_iter()
                .any(|line| self.of_line(line))
        };
        match &line.condition {
            Condition::Sentence { atom, .. } => self.sentences[atom.sentence],
            // What asks whether something is known always has an answer.
            Condition::NotKnown(_)
            | Condition::Verdict {
                not_known: true, ..
            } => false,
            Condition::Verdict { of, .. } => match of {
                VerdictOf::Norm { norm, .. } => self.norms[*norm],
                VerdictOf::AnyDuty { duties, .. } => duties.iter().any(|norm| self.norms[*norm]),
            },
            Condition::Compare { .. } => false,
            _ => inside(),
        }
    }
}

/// Whether a line only computes, and cannot fail.
#[must_use]
pub fn computes(condition: &Condition) -> bool {
    match condition {
        Condition::Let { .. } => true,
        Condition::Fold { fold, .. } => matches!(fold, Fold::Sum | Fold::Number),
        _ => false,
    }
}
