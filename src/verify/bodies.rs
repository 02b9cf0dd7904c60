//! The bindings of a body: every choice for its slots that does not make it false, with the truth it then has. In: the
//! record, and what is claimed beyond it.

use super::facts::{Facts, Key, Reading};
use crate::rulebook::{Atom, Class, Condition, Line, NormId, SentenceId, Term, Var, VarId};
use crate::value::{Idx, IndexVec, Interval, StatusSet, Truth, ValueId};
use std::collections::BTreeMap;

/// What a slot stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Bound {
    Thing(ValueId),
    Number(Interval),
}

/// What the slots of a block stand for.
pub(super) type Env = Vec<Option<Bound>>;
pub(super) type Vars = IndexVec<VarId, Var>;
/// The statuses of the whole, and of each named part.
pub(super) type Statuses = (StatusSet, Vec<StatusSet>);

/// The record, and what a certificate claims beyond it.
#[derive(Clone, Copy)]
pub(super) struct Sets<'a> {
    pub facts: &'a Facts<'a>,
    /// What each number may be, and the rank of the proof where it is claimed sure.
    pub derived: &'a BTreeMap<(SentenceId, Key), (Vec<Interval>, Option<u64>)>,
    pub verdicts: &'a BTreeMap<(NormId, Key), Statuses>,
    /// While a proof is looked at: a sentence proved at this rank or later does not hold up a line.
    pub before: Option<u64>,
}

impl Sets<'_> {
    /// A ground sentence.
    pub fn read(&self, id: SentenceId, key: &[ValueId]) -> Reading {
        let claimed = || match self.derived.get(&(id, key.to_vec())) {
            None => Reading(Truth::False, Vec::new()),
            Some((numbers, rank)) => {
                let before = |rank: u64| self.before.is_none_or(|before| rank < before);
                let sure = rank.is_some_and(before);
                Reading(Truth::of_sets(sure, true), numbers.clone())
            }
        };
        self.facts.read(id, key).unwrap_or_else(claimed)
    }

    /// All of which a sentence may be true, where silence does not leave that open.
    fn rows(&self, id: SentenceId) -> Option<Vec<Key>> {
        let things = self.facts.slots(id).0;
        let key =
            |line: &crate::rulebook::Stated| things.iter().map(|at| line.values[*at]).collect();
        let claimed = self.derived.range((id, Vec::new())..).map(|(of, _)| of);
        let claimed = claimed
            .take_while(|(of, _)| *of == id)
            .map(|(_, key)| key.clone());
        match self.facts.book.vocabulary.sentences[id].class {
            Class::OpenFact | Class::Setting => None,
            _ => Some(
                self.facts
                    .stated(id)
                    .filter_map(key)
                    .chain(claimed)
                    .collect(),
            ),
        }
    }

    /// A sentence's terms for things, and those for numbers.
    pub fn split(&self, atom: &Atom) -> (Vec<Term>, Vec<Term>) {
        let (things, numbers) = self.facts.slots(atom.sentence);
        let terms = |at: Vec<usize>| at.into_iter().map(|at| atom.terms[at]).collect();
        (terms(things), terms(numbers))
    }

    /// Whether a slot stands for a number.
    fn counts(&self, vars: &Vars, var: VarId) -> bool {
        let kind = vars[var].kind;
        kind.is_none_or(|kind| self.facts.book.vocabulary.is_number(kind))
    }

    /// The slots with these in them; `None` where one is of another kind, or would stand for two.
    pub fn bind(&self, vars: &Vars, env: &Env, terms: &[Term], values: &[ValueId]) -> Option<Env> {
        let mut env = env.clone();
        for (term, value) in terms.iter().zip(values) {
            if let Term::Var(var) = term
                && env[var.index()].is_none()
            {
                let fits = self.facts.domain(vars[*var].kind?).contains(value);
                env[var.index()] = fits.then_some(Bound::Thing(*value));
            }
            thing(*term, &env).filter(|bound| bound == value)?;
        }
        Some(env)
    }

    /// Every binding of the slots of `body` and of `also` that does not make the body false, with the body's truth.
    pub fn solve(
        &self,
        vars: &Vars,
        body: &[&Line],
        also: &[VarId],
        env: &Env,
    ) -> Vec<(Env, Truth)> {
        let mut free = also.to_vec();
        for (at, line) in body.iter().enumerate().filter(|(_, line)| !line.unless) {
            match &line.condition {
                Condition::AnyOf(bullets) => {
                    let with = |bullet| [&body[..at], &[bullet], &body[at + 1..]].concat();
                    let one = |bullet| self.solve(vars, &with(bullet), also, env);
                    return bullets.iter().flat_map(one).collect();
                }
                Condition::Sentence {
                    negated: false,
                    atom,
                    ..
                } => {
                    let terms = self.split(atom).0;
                    let open = terms.iter().any(|term| thing(*term, env).is_none());
                    if let Some(rows) = self.rows(atom.sentence).filter(|_| open) {
                        let rows = rows
                            .iter()
                            .filter_map(|row| self.bind(vars, env, &terms, row));
                        return rows
                            .flat_map(|env| self.solve(vars, body, also, &env))
                            .collect();
                    }
                }
                _ => {}
            }
            if !matches!(
                line.condition,
                Condition::NotKnown(_) | Condition::Let { .. }
            ) {
                free.extend(vars_in(&line.condition));
            }
        }
        free.retain(|var| env[var.index()].is_none() && !self.counts(vars, *var));
        let Some((var, kind)) = free.first().and_then(|var| Some((*var, vars[*var].kind?))) else {
            return self.chosen(vars, body, env);
        };
        let with = |value| self.bind(vars, env, &[Term::Var(var)], &[value]);
        let envs = self.facts.domain(kind).into_iter().filter_map(with);
        envs.flat_map(|env| self.solve(vars, body, also, &env))
            .collect()
    }

    /// With all things chosen: gives each number slot the value of the first line that has one for it, then asks every line.
    fn chosen(&self, vars: &Vars, body: &[&Line], env: &Env) -> Vec<(Env, Truth)> {
        let mut env = env.clone();
        let mut given: Vec<(VarId, &Line)> = Vec::new();
        for line in body.iter().filter(|line| !line.unless) {
            let gives = match &line.condition {
                Condition::Sentence { negated: false, .. } => vars_in(&line.condition),
                Condition::Let { var, .. } | Condition::Fold { var, .. } => vec![*var],
                _ => Vec::new(),
            };
            for var in gives {
                let known = given.iter().any(|(own, _)| *own == var);
                if !known && env[var.index()].is_none() && self.counts(vars, var) {
                    given.push((var, line));
                }
            }
        }
        let mut waiting = given.clone();
        while let Some(at) = waiting.iter().position(|(var, line)| {
            let reads = deep_vars_in(&line.condition);
            let is_sentence = matches!(line.condition, Condition::Sentence { .. });
            is_sentence
                || waiting
                    .iter()
                    .all(|(late, _)| late == var || !reads.contains(late))
        }) {
            let (var, line) = waiting.remove(at);
            let Some(number) = self.gives(vars, &line.condition, var, &env) else {
                return Vec::new();
            };
            env[var.index()] = Some(Bound::Number(number));
        }
        let own = |line: &&Line| -> Vec<VarId> {
            let own = given.iter().filter(|(_, by)| std::ptr::eq(*by, *line));
            own.map(|(var, _)| *var).collect()
        };
        let truths = body
            .iter()
            .map(|line| self.line(vars, line, &env, &own(line)));
        let truth = truths.fold(Truth::True, Truth::and);
        Vec::from_iter((truth != Truth::False).then_some((env, truth)))
    }

    /// The best truth that any binding gives a body.
    pub fn some(&self, vars: &Vars, body: &[Line], env: &Env) -> Truth {
        let solutions = self.solve(vars, &Vec::from_iter(body), &[], env);
        best(solutions.iter().map(|(_, truth)| *truth))
    }
}

pub(super) fn best(truths: impl Iterator<Item = Truth>) -> Truth {
    truths.fold(Truth::False, Truth::or)
}

/// The thing that a term stands for.
pub(super) fn thing(term: Term, env: &Env) -> Option<ValueId> {
    match term {
        Term::Value(value) => Some(value),
        Term::Var(var) => match env[var.index()] {
            Some(Bound::Thing(value)) => Some(value),
            _ => None,
        },
    }
}

/// The slots that a condition mentions, its bullets left out.
fn vars_in(condition: &Condition) -> Vec<VarId> {
    let var = |term: Term| match term {
        Term::Var(var) => Some(var),
        Term::Value(_) => None,
    };
    condition.terms().into_iter().filter_map(var).collect()
}

/// The same with its bullets.
fn deep_vars_in(condition: &Condition) -> Vec<VarId> {
    let inner = condition.bullets().into_iter().map(|line| &line.condition);
    let inner = inner.flat_map(deep_vars_in);
    vars_in(condition).into_iter().chain(inner).collect()
}
