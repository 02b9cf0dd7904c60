//! The bindings of a body: every choice for its slots that does not make it false, with the truth it then has. In: the
//! record, and what is claimed beyond it.

use super::facts::{Facts, Key, Reading};
use crate::rulebook::{Class, Condition, Line, NormId, SentenceId, Stated, Term, Var, VarId};
use crate::value::{Idx, IndexVec, Interval, StatusSet, Truth, ValueId};
use std::collections::BTreeMap;

/// What a slot stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bound {
    /// Somebody, something, a listed value.
    Thing(ValueId),
    /// A number, as far as it is known.
    Number(Interval),
}

/// What the slots of a block stand for.
pub type Env = Vec<Option<Bound>>;
/// The slots of a block.
pub type Vars = IndexVec<VarId, Var>;
/// The statuses of the whole, and of each named part.
pub type Statuses = (StatusSet, Vec<StatusSet>);

/// The record, and what a certificate claims beyond it.
#[derive(Clone, Copy)]
pub struct Sets<'a> {
    /// The record.
    pub facts: &'a Facts<'a>,
    /// The derived sentences that are possible: what each number may be, and the rank of the proof where it is claimed sure.
    pub derived: &'a BTreeMap<(SentenceId, Key), (Vec<Interval>, Option<u64>)>,
    /// The verdicts on what may arise.
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
                Reading(
                    Truth::of_sets(rank.is_some_and(before), true),
                    numbers.clone(),
                )
            }
        };
        self.facts.read(id, key).unwrap_or_else(claimed)
    }

    /// All of which a sentence may be true, where silence does not leave that open.
    fn rows(&self, id: SentenceId) -> Option<Vec<Key>> {
        let things = self.facts.slots(id).0;
        let key = |line: &Stated| things.iter().map(|at| line.values[*at]).collect();
        let claimed = self.derived.keys().filter(|(of, _)| *of == id);
        let claimed = claimed.map(|(_, key)| key.clone());
        let rows = self.facts.stated(id).filter_map(key).chain(claimed);
        match self.facts.book.vocabulary.sentences[id].class {
            Class::OpenFact | Class::Setting => None,
            _ => Some(rows.collect()),
        }
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

    /// Every binding of the slots of `body` and of `also` that does not make the body false, with its truth.
    pub fn solve(
        &self,
        vars: &Vars,
        body: &[&Line],
        also: &[VarId],
        env: &Env,
    ) -> Vec<(Env, Truth)> {
        let mut free = also.to_vec();
        let go_on = |env: Env| self.solve(vars, body, also, &env);
        for (at, line) in body.iter().enumerate().filter(|(_, line)| !line.unless) {
            match &line.condition {
                Condition::AnyOf(bullets) => {
                    let with = |bullet| [&body[..at], &[bullet], &body[at + 1..]].concat();
                    let one = |bullet| self.solve(vars, &with(bullet), also, env);
                    return bullets.iter().flat_map(one).collect();
                }
                Condition::Sentence { negated, atom, .. } if !negated => {
                    let terms = self.facts.split(atom).0;
                    let open = terms.iter().any(|term| thing(*term, env).is_none());
                    if let Some(rows) = self.rows(atom.sentence).filter(|_| open) {
                        let bind = |row: &Key| self.bind(vars, env, &terms, row);
                        return rows.iter().filter_map(bind).flat_map(go_on).collect();
                    }
                }
                Condition::NotKnown(_) | Condition::Let { .. } => continue,
                _ => {}
            }
            free.extend(vars_in(&line.condition));
        }
        free.retain(|var| env[var.index()].is_none() && !self.facts.counts(vars[*var].kind));
        let Some((var, kind)) = free.first().and_then(|var| Some((*var, vars[*var].kind?))) else {
            return Vec::from_iter(self.chosen(vars, body, env));
        };
        let with = |value| self.bind(vars, env, &[Term::Var(var)], &[value]);
        let envs = self.facts.domain(kind).into_iter().filter_map(with);
        envs.flat_map(go_on).collect()
    }

    /// With all things chosen: gives each number slot the value of the first line that has one for it, then asks every line.
    fn chosen(&self, vars: &Vars, body: &[&Line], env: &Env) -> Option<(Env, Truth)> {
        let mut env = env.clone();
        let mut given: Vec<(VarId, &Line)> = Vec::new();
        for line in body.iter().filter(|line| !line.unless) {
            let gives = match &line.condition {
                Condition::Sentence { negated: false, .. } => vars_in(&line.condition),
                Condition::Let { var, .. } | Condition::Fold { var, .. } => vec![*var],
                _ => Vec::new(),
            };
            let open =
                |var: &VarId| env[var.index()].is_none() && self.facts.counts(vars[*var].kind);
            for var in gives.into_iter().filter(open) {
                if given.iter().all(|(own, _)| *own != var) {
                    given.push((var, line));
                }
            }
        }
        // A line that computes waits for the numbers it reads.
        let mut waiting = given.clone();
        while let Some(at) = waiting.iter().position(|(var, line)| {
            let reads = deep_vars_in(&line.condition);
            let sentence = matches!(line.condition, Condition::Sentence { .. });
            let late = |(late, _): &(VarId, &Line)| late != var && reads.contains(late);
            sentence || !waiting.iter().any(late)
        }) {
            let (var, line) = waiting.remove(at);
            let (exists, number) = self.gives(vars, &line.condition, var, &env);
            if exists == Truth::False {
                return None;
            }
            env[var.index()] = Some(Bound::Number(number));
        }
        let truths = body.iter().map(|line| {
            let own = given.iter().filter(|(_, by)| std::ptr::eq(*by, *line));
            let own: Vec<VarId> = own.map(|(var, _)| *var).collect();
            self.line(vars, line, &env, &own)
        });
        let truth = truths.fold(Truth::True, Truth::and);
        (truth != Truth::False).then_some((env, truth))
    }

    /// The best truth that any binding gives a body.
    pub fn some(&self, vars: &Vars, body: &[Line], env: &Env) -> Truth {
        let solutions = self.solve(vars, &Vec::from_iter(body), &[], env);
        best(solutions.iter().map(|(_, truth)| *truth))
    }
}

/// The best of some truths.
pub fn best(truths: impl Iterator<Item = Truth>) -> Truth {
    truths.fold(Truth::False, Truth::or)
}

/// The thing that a term stands for.
pub fn thing(term: Term, env: &Env) -> Option<ValueId> {
    match term {
        Term::Value(value) => Some(value),
        Term::Var(var) => match env[var.index()] {
            Some(Bound::Thing(value)) => Some(value),
            _ => None,
        },
    }
}

/// The slots among some terms.
pub fn vars_of(terms: Vec<Term>) -> Vec<VarId> {
    let var = |term: Term| match term {
        Term::Var(var) => Some(var),
        Term::Value(_) => None,
    };
    terms.into_iter().filter_map(var).collect()
}

/// The slots that a condition mentions, its bullets left out.
pub fn vars_in(condition: &Condition) -> Vec<VarId> {
    vars_of(condition.terms())
}

/// The same with its bullets.
fn deep_vars_in(condition: &Condition) -> Vec<VarId> {
    let inner = condition.bullets().into_iter();
    let inner = inner.flat_map(|line| deep_vars_in(&line.condition));
    vars_in(condition).into_iter().chain(inner).collect()
}
