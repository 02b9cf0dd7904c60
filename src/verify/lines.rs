//! The truth of one line under a binding, and the numbers that lines compute. What cannot be computed is not known.

use super::bodies::{Bound, Env, Sets, Vars, best, thing};
use super::facts::{Key, Reading};
use crate::rulebook::{
    Atom, Comparator, Condition, Count, Expr, Fold, Line, Operator, Term, VarId, VerdictOf,
};
use crate::value::{Idx, Interval, Number, StatusSet, Truth};

/// A member of a count or fold: its best truth, and what its number may be.
type Member = (Vec<Option<Bound>>, Truth, Interval);

impl Sets<'_> {
    /// The truth of a line; `own` are the number slots that have their value from it.
    pub fn line(&self, vars: &Vars, line: &Line, env: &Env, own: &[VarId]) -> Truth {
        let turned = |truth: Truth, turn: bool| if turn { truth.negate() } else { truth };
        // Only a line that is held up by its sentence has to wait for its proof: all others ask what is settled before.
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
        match &line.condition {
            Condition::Sentence { negated, atom, .. } => {
                let sets = if *negated { &all } else { self };
                turned(sets.sentence(atom, env, own), *negated)
            }
            Condition::NotKnown(atom) => {
                let condition = Condition::Sentence {
                    negated: false,
                    opposite: false,
                    atom: atom.clone(),
                };
                let line = Line {
                    condition,
                    ..line.clone()
                };
                let found = all.solve(vars, &[&line], &[], env).into_iter();
                let truth = best(found.map(|(env, _)| all.sentence(atom, &env, &[])));
                Truth::from(truth == Truth::Unknown)
            }
            Condition::Verdict {
                negated,
                not_known,
                of,
                statuses,
            } => match (all.verdict(of, *statuses, env), not_known) {
                (truth, false) => turned(truth, *negated),
                (truth, true) => turned(Truth::from(truth == Truth::Unknown), *negated),
            },
            Condition::Compare {
                negated,
                left,
                comparator,
                right,
            } => turned(all.compare(left, *comparator, right, env), *negated),
            Condition::Let { var, .. } => all.agrees(vars, line, *var, env, own),
            Condition::Fold {
                var,
                fold: Fold::Sum | Fold::Number,
                ..
            } => all.agrees(vars, line, *var, env, own),
            Condition::Fold {
                var, over, body, ..
            } => {
                let members = all.members(vars, over, None, body, env);
                let exists = best(members.iter().map(|member| member.1));
                exists.and(all.agrees(vars, line, *var, env, own))
            }
            Condition::AnyOf(_) => all.some(vars, std::slice::from_ref(line), env),
            Condition::Quantified { count, var, body } => {
                let members = all.members(vars, &[*var], None, body, env);
                let sure = members.iter().filter(|one| one.1 == Truth::True).count();
                let at_least = |n: usize| Truth::of_sets(sure >= n, members.len() >= n);
                match count {
                    Count::No => at_least(1).negate(),
                    Count::AtLeast(n) => at_least(*n as usize),
                    Count::AtMost(n) => at_least(*n as usize + 1).negate(),
                }
            }
            Condition::Every { body, holds, .. } => {
                let each = all.solve(vars, &Vec::from_iter(body), &[], env);
                let held = |env: &Env| all.some(vars, holds, env);
                let each = each.iter().map(|(env, of)| of.negate().or(held(env)));
                each.fold(Truth::True, Truth::and)
            }
        }
    }

    fn look(&self, atom: &Atom, env: &Env) -> Reading {
        let key: Option<Key> = self
            .split(atom)
            .0
            .iter()
            .map(|term| thing(*term, env))
            .collect();
        key.map_or(Reading(Truth::False, Vec::new()), |key| {
            self.read(atom.sentence, &key)
        })
    }

    fn sentence(&self, atom: &Atom, env: &Env, own: &[VarId]) -> Truth {
        let Reading(mut truth, numbers) = self.look(atom, env);
        let mut own = own.to_vec();
        for (term, number) in self.split(atom).1.into_iter().zip(numbers) {
            match own.iter().position(|var| term == Term::Var(*var)) {
                Some(at) => drop(own.remove(at)),
                None => truth = truth.and(self.number(&Expr::Term(term), env).equal(number)),
            }
        }
        truth
    }

    /// Whether what a line computes is what its slot stands for.
    fn agrees(&self, vars: &Vars, line: &Line, var: VarId, env: &Env, own: &[VarId]) -> Truth {
        match self.gives(vars, &line.condition, var, env) {
            None => Truth::False,
            Some(_) if own.contains(&var) => Truth::True,
            Some(number) => number.equal(self.number(&Expr::Term(Term::Var(var)), env)),
        }
    }

    /// The number that a line gives its slot; `None` where there is no such number.
    pub fn gives(&self, vars: &Vars, by: &Condition, var: VarId, env: &Env) -> Option<Interval> {
        match by {
            Condition::Sentence { atom, .. } => {
                let Reading(truth, numbers) = self.look(atom, env);
                let terms = self.split(atom).1;
                let place = terms.iter().position(|term| *term == Term::Var(var))?;
                numbers
                    .get(place)
                    .copied()
                    .filter(|_| truth != Truth::False)
            }
            Condition::Let { value, .. } => Some(self.number(value, env)),
            Condition::Fold {
                fold,
                value,
                over,
                body,
                ..
            } => folded(*fold, &self.members(vars, over, *value, body, env)),
            _ => None,
        }
    }

    fn members(
        &self,
        vars: &Vars,
        over: &[VarId],
        value: Option<VarId>,
        body: &[Line],
        env: &Env,
    ) -> Vec<Member> {
        let mut members: Vec<Member> = Vec::new();
        for (env, truth) in self.solve(vars, &Vec::from_iter(body), &[], env) {
            let of: Vec<_> = over.iter().map(|var| env[var.index()]).collect();
            let number = |var| self.number(&Expr::Term(Term::Var(var)), &env);
            let number = value.map_or(Interval::UNKNOWN, number);
            match members.iter_mut().find(|member| member.0 == of) {
                None => members.push((of, truth, number)),
                Some(member) => {
                    (member.1, member.2) = (member.1.or(truth), member.2.hull(number));
                }
            }
        }
        members
    }

    fn verdict(&self, of: &VerdictOf, named: StatusSet, env: &Env) -> Truth {
        match of {
            VerdictOf::Norm { norm, terms, part } => {
                let of = terms.iter().filter_map(|term| thing(*term, env));
                self.among(*norm, of.collect(), *part, named)
            }
            VerdictOf::AnyDuty { parties, duties } => best(duties.iter().map(|duty| {
                let norm = &self.facts.book.norms[*duty];
                let slots: Vec<VarId> = norm.parties.iter().map(|party| party.var).collect();
                let own = |(role, term)| {
                    let party = norm.parties.iter().find(|party| party.role == role)?;
                    Some((Term::Var(party.var), thing(term, env)?))
                };
                let own = parties.iter().copied().filter_map(own);
                let (theirs, values): (Vec<Term>, Key) = own.unzip();
                let bound = self.bind(&norm.vars, &vec![None; norm.vars.len()], &theirs, &values);
                let all = bound.map(|env| self.solve(&norm.vars, &[], &slots, &env));
                best(all.iter().flatten().map(|(env, _)| {
                    let of = slots.iter().filter_map(|var| thing(Term::Var(*var), env));
                    self.among(*duty, of.collect(), None, named)
                }))
            })),
        }
    }

    fn compare(&self, left: &Expr, how: Comparator, right: &Expr, env: &Env) -> Truth {
        let name = |expr: &Expr| match expr {
            Expr::Term(term) => thing(*term, env)
                .filter(|value| self.facts.record.values.as_number(*value).is_none()),
            _ => None,
        };
        let less = |a: &Expr, b: &Expr| self.number(a, env).less(self.number(b, env));
        let equal = || match (name(left), name(right)) {
            (Some(left), Some(right)) => Truth::from(left == right),
            _ => self.number(left, env).equal(self.number(right, env)),
        };
        match how {
            Comparator::Is => equal(),
            Comparator::IsNot => equal().negate(),
            Comparator::AtLeast => less(left, right).negate(),
            Comparator::AtMost => less(right, left).negate(),
            Comparator::MoreThan => less(right, left),
            Comparator::LessThan => less(left, right),
        }
    }

    fn number(&self, expr: &Expr, env: &Env) -> Interval {
        let known = match expr {
            Expr::Number(number) => Some(Interval::exactly(*number)),
            Expr::Term(Term::Value(value)) => {
                let number = self.facts.record.values.as_number(*value);
                number.map(Interval::exactly)
            }
            Expr::Term(Term::Var(var)) => match env[var.index()] {
                Some(Bound::Number(number)) => Some(number),
                _ => None,
            },
            Expr::Binary(left, operator, right) => {
                let (left, right) = (self.number(left, env), self.number(right, env));
                let number = match operator {
                    Operator::Add => left.add(right),
                    Operator::Subtract => left.subtract(right),
                    Operator::Multiply => left.multiply(right),
                    Operator::Divide => left.divide(right),
                };
                number.ok()
            }
        };
        known.unwrap_or(Interval::UNKNOWN)
    }
}

/// What a fold comes to; `None` where nothing is folded and there is no such number.
fn folded(fold: Fold, members: &[Member]) -> Option<Interval> {
    let is_sure = |member: &&Member| member.1 == Truth::True;
    let sure: Vec<Interval> = members.iter().filter(is_sure).map(|one| one.2).collect();
    let all: Vec<Interval> = members.iter().map(|one| one.2).collect();
    let lows = |of: &[Interval]| {
        of.iter()
            .map(|one| one.low)
            .collect::<Option<Vec<Number>>>()
    };
    let highs = |of: &[Interval]| {
        of.iter()
            .map(|one| one.high)
            .collect::<Option<Vec<Number>>>()
    };
    let least = |ends: Option<Vec<Number>>| ends?.into_iter().min();
    let greatest = |ends: Option<Vec<Number>>| ends?.into_iter().max();
    let (low, high) = match fold {
        Fold::Number => {
            let whole = |n: usize| i64::try_from(n).ok().map(Number::whole);
            (whole(sure.len()), whole(all.len()))
        }
        Fold::Sum => {
            // A member that is only possible may count or not.
            let zero = Interval::exactly(Number::zero());
            let part = |one: &Member| {
                if is_sure(&one) {
                    one.2
                } else {
                    one.2.hull(zero)
                }
            };
            let parts: Vec<Interval> = members.iter().map(part).collect();
            let sum = |ends: Option<Vec<Number>>| ends.and_then(|ends| Number::sum(ends).ok());
            (sum(lows(&parts)), sum(highs(&parts)))
        }
        _ if all.is_empty() => return None,
        Fold::Least if sure.is_empty() => (least(lows(&all)), greatest(highs(&all))),
        Fold::Least => (
            least(lows(&all)),
            sure.iter().filter_map(|one| one.high).min(),
        ),
        Fold::Greatest if sure.is_empty() => (least(lows(&all)), greatest(highs(&all))),
        Fold::Greatest => (
            sure.iter().filter_map(|one| one.low).max(),
            greatest(highs(&all)),
        ),
    };
    Some(Interval { low, high })
}
