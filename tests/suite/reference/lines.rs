//! The truth of one line under a binding.

use super::bindings::{Bound, Env, Vars};
use super::outcome::{Cell, Fault, Judge};
use fiducia::rulebook::{
    Atom, Comparator, Condition, Count, Expr, Line, NormId, Operator, SentenceId, Term, VarId,
    VerdictOf,
};
use fiducia::text::Span;
use fiducia::value::{Interval, NormSort, Status, StatusSet, Truth, ValueId};

impl Judge<'_> {
    /// A ground sentence.
    pub fn cell(&self, sentence: SentenceId, key: &[ValueId]) -> Cell {
        let cell = self.cells[sentence.0 as usize].get(key).cloned();
        cell.unwrap_or(Cell {
            truth: Truth::False,
            numbers: Vec::new(),
            stated: false,
        })
    }

    /// The values of a sentence's slots that are no numbers; none while one of them is not chosen.
    pub fn key(&self, atom: &Atom, env: &Env) -> Option<Vec<ValueId>> {
        let slots = &self.book.vocabulary.sentences[atom.sentence].slots;
        let places = atom.terms.iter().zip(slots);
        places
            .filter(|(_, slot)| !self.book.vocabulary.is_number(slot.kind))
            .map(|(term, _)| thing(*term, env))
            .collect()
    }

    /// The terms of a sentence's number slots.
    pub fn number_terms<'t>(&'t self, atom: &'t Atom) -> impl Iterator<Item = Term> + 't {
        let places = self.book.vocabulary.number_slots(atom.sentence);
        places.map(|at| atom.terms[at])
    }

    /// The truth of a line. `given` are the number slots to which it gives their value (it agrees with itself), and
    /// `computed` is what a `let` line came to.
    pub fn line(
        &self,
        vars: &Vars,
        line: &Line,
        given: &[VarId],
        computed: Option<Bound>,
        env: &Env,
    ) -> Result<Truth, Fault> {
        if line.unless {
            let defeater = Line {
                unless: false,
                // What is watched is the whole line.
                span: Span {
                    end: line.span.start,
                    ..line.span
                },
                ..line.clone()
            };
            return Ok(self.some(vars, &[defeater], env)?.negate());
        }
        let turned = |truth: Truth, negated: bool| if negated { truth.negate() } else { truth };
        match &line.condition {
            Condition::Sentence { negated, atom, .. } => {
                Ok(turned(self.sentence(atom, given, env)?, *negated))
            }
            Condition::NotKnown(atom) => Ok(Truth::from(self.not_known(vars, atom, env)?)),
            Condition::Verdict {
                negated,
                not_known,
                of,
                statuses,
            } => {
                let truth = self.verdict(of, *statuses, env)?;
                Ok(match not_known {
                    true => turned(Truth::from(truth == Truth::Unknown), *negated),
                    false => turned(truth, *negated),
                })
            }
            Condition::Compare {
                negated,
                left,
                comparator,
                right,
            } => Ok(turned(
                self.compare(left, *comparator, right, env)?,
                *negated,
            )),
            Condition::Let { var, .. } => self.agrees(*var, given, computed, env),
            Condition::Fold {
                var,
                fold,
                over,
                body,
                ..
            } => {
                let exists = self.exists(vars, *fold, over, body, env)?;
                Ok(exists.and(self.agrees(*var, given, computed, env)?))
            }
            Condition::AnyOf(_) => self.some(vars, std::slice::from_ref(line), env),
            Condition::Quantified { count, var, body } => {
                let (least, most) = self.count(vars, &[*var], body, env)?;
                let at_least = |n: usize| Truth::of_sets(least >= n, most >= n);
                Ok(match count {
                    Count::No => at_least(1).negate(),
                    Count::AtLeast(n) => at_least(*n as usize),
                    Count::AtMost(n) => at_least(*n as usize + 1).negate(),
                })
            }
            Condition::Every { body, holds, .. } => {
                let mut truth = Truth::True;
                self.solve(vars, body, &[], env, &mut |env, of_member| {
                    let held = self.some(vars, holds, env)?;
                    truth = truth.and(of_member.negate().or(held));
                    Ok(())
                })?;
                Ok(truth)
            }
        }
    }

    fn sentence(&self, atom: &Atom, given: &[VarId], env: &Env) -> Result<Truth, Fault> {
        let key = self.key(atom, env).ok_or(Fault::Unbound)?;
        let cell = self.cell(atom.sentence, &key);
        let mut truth = cell.truth;
        let mut given = given.to_vec();
        for (term, number) in self.number_terms(atom).zip(&cell.numbers) {
            if let Some(at) = given.iter().position(|var| term == Term::Var(*var)) {
                given.remove(at);
                continue;
            }
            truth = truth.and(self.number(&Expr::Term(term), env)?.equal(*number));
        }
        Ok(truth)
    }

    /// Whether a sentence is neither true nor false; with slots that nothing binds, whether none of its instances is
    /// true and one may be.
    fn not_known(&self, vars: &Vars, atom: &Atom, env: &Env) -> Result<bool, Fault> {
        let free = |term: &&Term| matches!(term, Term::Var(var) if env[var.0 as usize].is_none());
        let which = atom.terms.iter().copied().filter(|term| free(&term));
        let which: Vec<VarId> = which
            .filter_map(|term| match term {
                Term::Var(var) => Some(var),
                Term::Value(_) => None,
            })
            .collect();
        let open = |var: &VarId| self.counts(vars, *var);
        let mut things: Vec<VarId> = which.iter().copied().filter(|var| !open(var)).collect();
        things.sort();
        things.dedup();
        let kinds: Option<Vec<_>> = things.iter().map(|var| vars[*var].kind).collect();
        let mut best = Truth::False;
        for values in self.combinations(&kinds.ok_or(Fault::Unbound)?) {
            let mut env = env.clone();
            for (var, value) in things.iter().zip(values) {
                env[var.0 as usize] = Some(Bound::Thing(value));
            }
            let key = self.key(atom, &env).ok_or(Fault::Unbound)?;
            let cell = self.cell(atom.sentence, &key);
            let mut truth = cell.truth;
            for (term, number) in self.number_terms(atom).zip(&cell.numbers) {
                truth = truth.and(match term {
                    Term::Var(var) if which.contains(&var) => number.equal(*number),
                    term => self.number(&Expr::Term(term), &env)?.equal(*number),
                });
            }
            best = best.or(truth);
        }
        Ok(best == Truth::Unknown)
    }

    /// Whether what a `let` line came to is the value of its slot.
    fn agrees(
        &self,
        var: VarId,
        given: &[VarId],
        computed: Option<Bound>,
        env: &Env,
    ) -> Result<Truth, Fault> {
        match (computed, env[var.0 as usize]) {
            (Some(Bound::Fault(fault)), _) | (_, Some(Bound::Fault(fault))) => Err(fault),
            _ if given.contains(&var) => Ok(Truth::True),
            (Some(Bound::Number(a)), Some(Bound::Number(b))) => Ok(a.equal(b)),
            _ => Err(Fault::Unbound),
        }
    }

    fn verdict(&self, of: &VerdictOf, named: StatusSet, env: &Env) -> Result<Truth, Fault> {
        match of {
            VerdictOf::Norm { norm, terms, part } => {
                let parties: Option<Vec<ValueId>> =
                    terms.iter().map(|term| thing(*term, env)).collect();
                let parties = parties.ok_or(Fault::Unbound)?;
                Ok(among(self.statuses(*norm, &parties, *part), named))
            }
            VerdictOf::AnyDuty { parties, duties } => {
                let mut best = Truth::False;
                for duty in duties {
                    let norm = &self.book.norms[*duty];
                    let kinds: Option<Vec<_>> =
                        norm.parties.iter().map(|p| norm.vars[p.var].kind).collect();
                    for instance in self.combinations(&kinds.ok_or(Fault::Unbound)?) {
                        let mut mine = true;
                        for (role, term) in parties {
                            let wanted = thing(*term, env).ok_or(Fault::Unbound)?;
                            let places = norm.parties.iter().zip(&instance);
                            mine &= places
                                .filter(|(party, _)| party.role == *role)
                                .all(|(_, value)| *value == wanted);
                        }
                        if mine {
                            best = best.or(among(self.statuses(*duty, &instance, None), named));
                        }
                    }
                }
                Ok(best)
            }
        }
    }

    /// The possible statuses of an instance or of one part of it.
    pub fn statuses(&self, norm: NormId, parties: &[ValueId], part: Option<usize>) -> StatusSet {
        match (self.verdicts.get(&(norm, parties.to_vec())), part) {
            (Some((whole, _)), None) => *whole,
            (Some((_, parts)), Some(part)) => parts[part],
            (None, _) => StatusSet::only(match self.book.norms[norm].sort {
                NormSort::Concern => Status::NotRaised,
                NormSort::Duty | NormSort::Ideal => Status::NotEngaged,
            }),
        }
    }

    fn compare(
        &self,
        left: &Expr,
        comparator: Comparator,
        right: &Expr,
        env: &Env,
    ) -> Result<Truth, Fault> {
        if let (Expr::Term(left), Expr::Term(right)) = (left, right) {
            let is_thing = |value: &ValueId| self.record.values.as_number(*value).is_none();
            let things = thing(*left, env)
                .filter(is_thing)
                .zip(thing(*right, env).filter(is_thing));
            if let Some((left, right)) = things {
                let same = Truth::from(left == right);
                return Ok(match comparator {
                    Comparator::IsNot => same.negate(),
                    _ => same,
                });
            }
        }
        let (left, right) = (self.number(left, env)?, self.number(right, env)?);
        Ok(match comparator {
            Comparator::Is => left.equal(right),
            Comparator::IsNot => left.equal(right).negate(),
            Comparator::AtLeast => left.less(right).negate(),
            Comparator::AtMost => right.less(left).negate(),
            Comparator::MoreThan => right.less(left),
            Comparator::LessThan => left.less(right),
        })
    }

    /// The value of an expression.
    pub fn number(&self, expr: &Expr, env: &Env) -> Result<Interval, Fault> {
        match expr {
            Expr::Number(number) => Ok(Interval::exactly(*number)),
            Expr::Term(Term::Value(value)) => {
                let number = self.record.values.as_number(*value);
                number.map(Interval::exactly).ok_or(Fault::Unbound)
            }
            Expr::Term(Term::Var(var)) => match env[var.0 as usize] {
                Some(Bound::Number(number)) => Ok(number),
                Some(Bound::Fault(fault)) => Err(fault),
                Some(Bound::Thing(_)) | None => Err(Fault::Unbound),
            },
            Expr::Binary(left, operator, right) => {
                let (left, right) = (self.number(left, env)?, self.number(right, env)?);
                Ok(match operator {
                    Operator::Add => left.add(right),
                    Operator::Subtract => left.subtract(right),
                    Operator::Multiply => left.multiply(right),
                    Operator::Divide => left.divide(right),
                }?)
            }
        }
    }
}

/// The thing that a term stands for.
pub fn thing(term: Term, env: &Env) -> Option<ValueId> {
    match term {
        Term::Value(value) => Some(value),
        Term::Var(var) => match env[var.0 as usize] {
            Some(Bound::Thing(value)) => Some(value),
            _ => None,
        },
    }
}

/// Whether a verdict is one of the named: surely, surely not, or perhaps.
pub fn among(possible: StatusSet, named: StatusSet) -> Truth {
    Truth::of_sets(possible.within(named), possible.meets(named))
}
