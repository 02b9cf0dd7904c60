//! Which lines of a body hold under a binding, and why. In: a finished run, a block's lines and what its variables hold;
//! out: [`Evidence`]. Nothing is stored and nothing is changed: the premises of a firing are its block's lines under its
//! binding. Knows no words.

use super::evidence::{Binding, Evidence, Found, Solution, Thing};
use super::journal::Recorder;
use super::memory::Run;
use crate::plan::RelId;
use crate::rulebook::{Atom, Condition, Line, Term, Var, VarId};
use crate::value::{Idx, IndexVec, Truth};

/// Reads the tables of a finished run for one block.
pub struct Probe<'r, 'a, R> {
    /// The run.
    pub run: &'r Run<'a, R>,
    /// The block's variables.
    pub vars: &'r IndexVec<VarId, Var>,
}

impl<R> Clone for Probe<'_, '_, R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R> Copy for Probe<'_, '_, R> {}

impl<'r, 'a, R: Recorder> Probe<'r, 'a, R> {
    /// For a block with these variables.
    #[must_use]
    pub fn new(run: &'r Run<'a, R>, vars: &'r IndexVec<VarId, Var>) -> Self {
        Self { run, vars }
    }

    /// A binding in which nothing is bound.
    #[must_use]
    pub fn unbound(&self) -> Binding {
        vec![None; self.vars.len()]
    }

    /// What a term holds.
    #[must_use]
    pub fn term(&self, term: Term, binding: &Binding) -> Option<Thing> {
        match term {
            Term::Var(var) => binding.get(var.index()).copied().flatten(),
            Term::Value(value) => Some(Thing::Value(value)),
        }
    }

    /// One line whose shared slots are bound; binds the numbers it reads or computes.
    #[must_use]
    pub fn line(&self, at: usize, line: &Line, binding: &mut Binding) -> Evidence {
        let (holds, found) = if line.unless {
            self.unless(line, binding)
        } else {
            self.condition(&line.condition, binding)
        };
        Evidence {
            line: at,
            unless: line.unless,
            truth: Some(if line.unless { holds.negate() } else { holds }),
            found,
        }
    }

    /// Whether some binding of the line's own slots makes its condition hold.
    fn unless(&self, line: &Line, binding: &Binding) -> (Truth, Found) {
        let bare = [Line {
            condition: line.condition.clone(),
            unless: false,
            span: line.span,
        }];
        let best = self.best(&bare, binding);
        let truth = best.truth;
        match best.lines.into_iter().next() {
            Some(evidence) => (truth, evidence.found),
            None => (truth, Found::NotReached),
        }
    }

    pub(super) fn condition(&self, condition: &Condition, binding: &mut Binding) -> (Truth, Found) {
        match condition {
            Condition::Sentence {
                negated,
                opposite,
                atom,
            } => self.sentence(*negated, *opposite, atom, binding),
            Condition::NotKnown(atom) => self.not_known(atom, binding),
            Condition::Verdict {
                negated,
                not_known,
                of,
                statuses,
            } => self.verdict(*negated, *not_known, of, *statuses, binding),
            Condition::Compare {
                negated,
                left,
                comparator,
                right,
            } => {
                let truth = self.compare(left, *comparator, right, binding);
                let found = Found::Compare {
                    negated: *negated,
                    left: self.formula(left, binding),
                    comparator: *comparator,
                    right: self.formula(right, binding),
                };
                (if *negated { truth.negate() } else { truth }, found)
            }
            Condition::Let { var, value } => {
                let result = self.evaluate(value, binding);
                let truth = result.map_or(Truth::False, |number| self.give(*var, number, binding));
                let value = self.formula(value, binding);
                (
                    truth,
                    Found::Let {
                        var: *var,
                        value,
                        result,
                    },
                )
            }
            Condition::AnyOf(bullets) => {
                let each: Vec<Evidence> = bullets
                    .iter()
                    .enumerate()
                    .map(|(at, bullet)| self.bullet(at, bullet, binding))
                    .collect();
                let best = each
                    .iter()
                    .filter_map(|bullet| bullet.truth)
                    .fold(Truth::False, Truth::or);
                (best, Found::AnyOf(each))
            }
            Condition::Quantified { count, var, body } => {
                self.quantified(*count, *var, body, binding)
            }
            Condition::Every { var, body, holds } => self.every(*var, body, holds, binding),
            Condition::Fold { .. } => self.fold(condition, binding),
        }
    }

    fn bullet(&self, at: usize, bullet: &Line, binding: &Binding) -> Evidence {
        let best = self.best(std::slice::from_ref(bullet), binding);
        let truth = Some(best.truth);
        match best.lines.into_iter().next() {
            Some(evidence) => Evidence {
                line: at,
                truth,
                ..evidence
            },
            None => Evidence {
                line: at,
                unless: bullet.unless,
                truth,
                found: Found::NotReached,
            },
        }
    }

    pub(super) fn sentence(
        &self,
        negated: bool,
        opposite: bool,
        atom: &Atom,
        binding: &mut Binding,
    ) -> (Truth, Found) {
        let key = self.run.plan.relations[RelId(atom.sentence.0)].key;
        let slots: Vec<Option<Thing>> = atom
            .terms
            .iter()
            .enumerate()
            .map(|(at, term)| self.term(*term, binding).filter(|_| key >> at & 1 == 1))
            .collect();
        let reading = self.read_line(atom, &slots);
        let mut truth = reading.truth;
        if truth != Truth::False {
            for (at, term) in atom
                .terms
                .iter()
                .enumerate()
                .filter(|(at, _)| key >> at & 1 == 0)
            {
                let Some(found) = reading.slots[at] else {
                    continue;
                };
                match (self.term(*term, binding), term) {
                    (Some(held), _) => truth = truth.and(self.run.same(held, found)),
                    (None, Term::Var(var)) => binding[var.index()] = Some(found),
                    (None, Term::Value(_)) => {}
                }
            }
        }
        let found = Found::Sentence {
            negated,
            opposite,
            reading,
        };
        (if negated { truth.negate() } else { truth }, found)
    }

    /// The best solution; where there is none, the nearest, which fails.
    #[must_use]
    pub fn best(&self, body: &[Line], binding: &Binding) -> Solution {
        let mut best: Option<Solution> = None;
        self.each_solution(body, &[], binding, &mut |solution| {
            let sure = solution.truth == Truth::True;
            if sure || best.is_none() {
                best = Some(solution);
            }
            sure
        });
        best.unwrap_or_else(|| self.nearest(body, &[], binding))
    }
}
