//! The truth of one line under a binding, and the numbers that lines compute. What cannot be computed is not known.

use super::bodies::{Bound, Env, Sets, Vars, best, thing, vars_in};
use super::facts::{Key, Reading};
use crate::rulebook::{
    Atom, Comparator, Condition, Count, Expr, Fold, Line, NormId, Term, VarId, VerdictOf,
};
use crate::value::{Idx, Interval, NormSort, Number, Status, StatusSet, Truth};

impl Sets<'_> {
    /// The truth of a line; `own` are the number slots that have their value from it.
    pub fn line(&self, vars: &Vars, line: &Line, env: &Env, own: &[VarId]) -> Truth {
        // Only a line that a sentence holds up has to wait for its proof: all others ask what is settled before.
        let all = Sets {
            before: None,
            ..*self
        };
        if line.unless {
            let defeater = Line {
                unless: false,
                ..line.clone()
            };
            return all.some(vars, &[defeater], env).negate();
        }
        let turned = |truth: Truth, turn: &bool| if *turn { truth.negate() } else { truth };
        match &line.condition {
            Condition::Sentence { negated, atom, .. } if !negated => self.sentence(atom, env, own),
            Condition::Sentence { atom, .. } => all.sentence(atom, env, own).negate(),
            Condition::NotKnown(atom) => {
                let which = all.solve(vars, &[], &vars_in(&line.condition), env);
                let truth = best(which.iter().map(|(env, _)| all.sentence(atom, env, &[])));
                Truth::from(truth == Truth::Unknown)
            }
            Condition::Verdict {
                negated,
                not_known,
                of,
                statuses,
            } => {
                let truth = all.verdict(of, *statuses, env);
                let asked = Truth::from(truth == Truth::Unknown);
                turned(if *not_known { asked } else { truth }, negated)
            }
            Condition::Compare {
                negated,
                left,
                comparator,
                right,
            } => turned(all.compare(left, *comparator, right, env), negated),
            Condition::Let { var, .. } | Condition::Fold { var, .. } => {
                let (exists, number) = all.gives(vars, &line.condition, *var, env);
                match all.number(Term::Var(*var), env) {
                    Some(held) if !own.contains(var) => exists.and(number.equal(held)),
                    _ => exists,
                }
            }
            Condition::AnyOf(_) => all.some(vars, std::slice::from_ref(line), env),
            Condition::Quantified { count, var, body } => {
                let members = all.members(vars, &[*var], None, body, env);
                let sure = members.iter().filter(|one| one.0 == Truth::True).count();
                let at_least = |n: usize| Truth::of_sets(sure >= n, members.len() >= n);
                match count {
                    Count::No => at_least(1).negate(),
                    Count::AtLeast(n) => at_least(*n as usize),
                    Count::AtMost(n) => at_least(*n as usize + 1).negate(),
                }
            }
            Condition::Every { body, holds, .. } => {
                let each = all.solve(vars, &Vec::from_iter(body), &[], env);
                let held = |(env, of): &(Env, Truth)| of.negate().or(all.some(vars, holds, env));
                each.iter().map(held).fold(Truth::True, Truth::and)
            }
        }
    }

    fn look(&self, atom: &Atom, env: &Env) -> Reading {
        let things = self.facts.split(atom).0.into_iter();
        let key: Option<Key> = things.map(|term| thing(term, env)).collect();
        let read = |key: Key| self.read(atom.sentence, &key);
        key.map_or(Reading(Truth::False, Vec::new()), read)
    }

    fn sentence(&self, atom: &Atom, env: &Env, own: &[VarId]) -> Truth {
        let Reading(mut truth, numbers) = self.look(atom, env);
        let mut own = own.to_vec();
        for (term, number) in self.facts.split(atom).1.into_iter().zip(numbers) {
            match own.iter().position(|var| term == Term::Var(*var)) {
                Some(at) => drop(own.remove(at)),
                None => truth = truth.and(self.number(term, env).unwrap_or(number).equal(number)),
            }
        }
        truth
    }

    /// The number that a line gives its slot, and whether there is one.
    pub fn gives(&self, vars: &Vars, by: &Condition, var: VarId, env: &Env) -> (Truth, Interval) {
        let (exists, number) = match by {
            Condition::Sentence { atom, .. } => {
                let Reading(truth, numbers) = self.look(atom, env);
                let mut terms = self.facts.split(atom).1.into_iter();
                let place = terms.position(|term| term == Term::Var(var));
                let exists = Truth::from(truth != Truth::False);
                (exists, place.and_then(|place| numbers.get(place).copied()))
            }
            Condition::Let { value, .. } => {
                (Truth::True, value.range(&|term| self.number(term, env)))
            }
            Condition::Fold {
                fold,
                value,
                over,
                body,
                ..
            } => {
                let members = self.members(vars, over, *value, body, env);
                let exists = best(members.iter().map(|member| member.0));
                let sure = members.iter().filter(|one| one.0 == Truth::True).count();
                let whole = |n: usize| i64::try_from(n).ok().map(Number::whole);
                match fold {
                    Fold::Number => {
                        let (low, high) = (whole(sure), whole(members.len()));
                        (Truth::True, Some(Interval { low, high }))
                    }
                    Fold::Sum => (Truth::True, Some(Interval::of_sum(&members))),
                    Fold::Least => (exists, Some(Interval::of_least(&members))),
                    Fold::Greatest => (exists, Some(Interval::of_greatest(&members))),
                }
            }
            _ => (Truth::False, None),
        };
        (exists, number.unwrap_or(Interval::UNKNOWN))
    }

    /// The distinct values of `over`, each with its best truth and what its number may be.
    fn members(
        &self,
        vars: &Vars,
        over: &[VarId],
        value: Option<VarId>,
        body: &[Line],
        env: &Env,
    ) -> Vec<(Truth, Interval)> {
        let (mut known, mut members): (Vec<Vec<Option<Bound>>>, Vec<_>) = Default::default();
        for (env, truth) in self.solve(vars, &Vec::from_iter(body), &[], env) {
            let of: Vec<_> = over.iter().map(|var| env[var.index()]).collect();
            let number = value.and_then(|var| self.number(Term::Var(var), &env));
            let number = number.unwrap_or(Interval::UNKNOWN);
            match known.iter().position(|other| *other == of) {
                None => {
                    known.push(of);
                    members.push((truth, number));
                }
                Some(at) => members[at] = (members[at].0.or(truth), number.hull(members[at].1)),
            }
        }
        members
    }

    fn verdict(&self, of: &VerdictOf, named: StatusSet, env: &Env) -> Truth {
        let (parties, duties) = match of {
            VerdictOf::Norm { norm, terms, part } => {
                let of = terms.iter().filter_map(|term| thing(*term, env));
                return self.among(*norm, of.collect(), *part, named);
            }
            VerdictOf::AnyDuty { parties, duties } => (parties, duties),
        };
        best(duties.iter().map(|duty| {
            let norm = &self.facts.book.norms[*duty];
            let slots: Vec<VarId> = norm.parties.iter().map(|party| party.var).collect();
            let own = parties.iter().filter_map(|(role, term)| {
                let party = norm.parties.iter().find(|party| party.role == *role)?;
                Some((Term::Var(party.var), thing(*term, env)?))
            });
            let (terms, values): (Vec<Term>, Key) = own.unzip();
            let bound = self.bind(&norm.vars, &vec![None; norm.vars.len()], &terms, &values);
            let all = bound.map(|env| self.solve(&norm.vars, &[], &slots, &env));
            best(all.iter().flatten().map(|(env, _)| {
                let of = slots.iter().filter_map(|var| thing(Term::Var(*var), env));
                self.among(*duty, of.collect(), None, named)
            }))
        }))
    }

    /// Whether the verdict on an instance, or on one part of it, is one of those named. What is not claimed did not arise.
    #[must_use]
    pub fn among(&self, norm: NormId, of: Key, part: Option<usize>, named: StatusSet) -> Truth {
        let concern = self.facts.book.norms[norm].sort == NormSort::Concern;
        let possible = match (self.verdicts.get(&(norm, of)), part) {
            (Some((whole, parts)), Some(part)) => parts.get(part).copied().unwrap_or(*whole),
            (Some((whole, _)), None) => *whole,
            (None, _) if concern => StatusSet::only(Status::NotRaised),
            (None, _) => StatusSet::only(Status::NotEngaged),
        };
        Truth::of_sets(possible.within(named), possible.meets(named))
    }

    fn compare(&self, left: &Expr, how: Comparator, right: &Expr, env: &Env) -> Truth {
        let name = |expr: &Expr| match expr {
            Expr::Term(term) if self.number(*term, env).is_none() => thing(*term, env),
            _ => None,
        };
        if let (Some(left), Some(right)) = (name(left), name(right)) {
            return Truth::from((left == right) == (how == Comparator::Is));
        }
        let number = |expr: &Expr| expr.range(&|term| self.number(term, env));
        let both = number(left).zip(number(right));
        both.map_or(Truth::Unknown, |(left, right)| how.holds(left, right))
    }

    /// What a term may be as a number.
    pub fn number(&self, term: Term, env: &Env) -> Option<Interval> {
        match term {
            Term::Value(value) => self.facts.exact(value),
            Term::Var(var) => match env[var.index()] {
                Some(Bound::Number(number)) => Some(number),
                Some(Bound::Thing(value)) => self.facts.exact(value),
                None => None,
            },
        }
    }
}
