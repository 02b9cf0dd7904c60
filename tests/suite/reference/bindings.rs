//! The bindings of a body: every choice of values for the slots of its lines, with the truth of the body under each.

use super::outcome::{Fault, Judge};
use fiducia::rulebook::{Condition, Expr, Line, Term, Var, VarId, VerdictOf};
use fiducia::value::{IndexVec, Interval, Truth, ValueId};

/// What a slot stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bound {
    /// A person, an act, a listed value.
    Thing(ValueId),
    /// A number, as far as it is known.
    Number(Interval),
    /// A number that could not be computed.
    Fault(Fault),
}

/// What the slots of a block stand for.
pub type Env = Vec<Option<Bound>>;

/// The slots of a block.
pub type Vars = IndexVec<VarId, Var>;

/// Takes each binding that does not make the body false, with the body's truth.
pub type Each<'e> = dyn FnMut(&Env, Truth) -> Result<(), Fault> + 'e;

/// An environment in which nothing is bound.
pub fn nothing(vars: &Vars) -> Env {
    vec![None; vars.len()]
}

impl Judge<'_> {
    /// Whether a slot stands for a number.
    pub fn counts(&self, vars: &Vars, var: VarId) -> bool {
        let kind = vars[var].kind;
        kind.is_none_or(|kind| self.book.vocabulary.is_number(kind))
    }

    /// All bindings of the slots of `body` and of the `also` slots that do not make the body false.
    pub fn solve(
        &self,
        vars: &Vars,
        body: &[Line],
        also: &[VarId],
        env: &Env,
        each: &mut Each,
    ) -> Result<(), Fault> {
        for lines in alternatives(body) {
            let mut own: Vec<VarId> = also.to_vec();
            for line in lines.iter().filter(|line| !line.unless) {
                own.extend(ranging(&line.condition));
            }
            own.retain(|var| env[var.0 as usize].is_none() && !self.counts(vars, *var));
            own.sort();
            own.dedup();
            self.choose(vars, &lines, &own, env, each)?;
        }
        Ok(())
    }

    /// The best truth that any binding gives the body.
    pub fn some(&self, vars: &Vars, body: &[Line], env: &Env) -> Result<Truth, Fault> {
        let mut best = Truth::False;
        self.solve(vars, body, &[], env, &mut |_, truth| {
            best = best.or(truth);
            Ok(())
        })?;
        Ok(best)
    }

    fn choose(
        &self,
        vars: &Vars,
        lines: &[&Line],
        own: &[VarId],
        env: &Env,
        each: &mut Each,
    ) -> Result<(), Fault> {
        if lines.iter().any(|line| self.fails(line, env)) {
            return Ok(());
        }
        let Some((var, rest)) = own.split_first() else {
            return match self.finish(vars, lines, env)? {
                Some((env, truth)) => each(&env, truth),
                None => Ok(()),
            };
        };
        let Some(kind) = vars[*var].kind else {
            return Err(Fault::Unbound);
        };
        for value in self.domain(kind) {
            let mut env = env.clone();
            env[var.0 as usize] = Some(Bound::Thing(value));
            self.choose(vars, lines, rest, &env, each)?;
        }
        Ok(())
    }

    /// Whether a plain sentence whose slots are all chosen is false already: no other line can save the binding.
    fn fails(&self, line: &Line, env: &Env) -> bool {
        match &line.condition {
            Condition::Sentence {
                negated: false,
                atom,
                ..
            } if !line.unless => {
                let Some(key) = self.key(atom, env) else {
                    return false;
                };
                let fails = self.cell(atom.sentence, &key).truth == Truth::False;
                if fails {
                    return self.watched(line.span, Truth::False) == Truth::False;
                }
                fails
            }
            _ => false,
        }
    }

    /// With all things chosen: gives the number slots their values, then takes the truth of every line.
    fn finish(
        &self,
        vars: &Vars,
        lines: &[&Line],
        env: &Env,
    ) -> Result<Option<(Env, Truth)>, Fault> {
        let mut env = env.clone();
        let mut binders: Vec<(VarId, usize)> = Vec::new();
        for (at, line) in lines.iter().enumerate() {
            for var in self.gives(vars, line) {
                let bound = env[var.0 as usize].is_some();
                if !bound && binders.iter().all(|(known, _)| *known != var) {
                    binders.push((var, at));
                }
            }
        }
        for (var, at) in &binders {
            if let Condition::Sentence { atom, .. } = &lines[*at].condition {
                let key = self.key(atom, &env).ok_or(Fault::Unbound)?;
                let cell = self.cell(atom.sentence, &key);
                if cell.truth == Truth::False {
                    return Ok(None);
                }
                let slot = self.number_terms(atom).position(|t| t == Term::Var(*var));
                let number = slot.and_then(|slot| cell.numbers.get(slot).copied());
                env[var.0 as usize] = Some(Bound::Number(number.ok_or(Fault::Unbound)?));
            }
        }
        let mut computed: Vec<Option<Bound>> = vec![None; lines.len()];
        if !self.compute(vars, lines, &binders, &mut env, &mut computed)? {
            return Ok(None);
        }
        let mut truth = Truth::True;
        let mut fault = None;
        for (at, line) in lines.iter().enumerate() {
            let mine = binders.iter().filter(|(_, by)| *by == at);
            let given: Vec<VarId> = mine.map(|(var, _)| *var).collect();
            match self.line(vars, line, &given, computed[at], &env) {
                Ok(of_line) => truth = truth.and(self.watched(line.span, of_line)),
                Err(_) if self.lenient => truth = truth.and(Truth::Unknown),
                Err(found) => fault = fault.or(Some(found)),
            }
            if truth == Truth::False {
                return Ok(None);
            }
        }
        match fault {
            Some(fault) => Err(fault),
            None => Ok(Some((env, truth))),
        }
    }

    /// Computes the `let` lines, each when the numbers it reads are there. False where a fold has no members.
    fn compute(
        &self,
        vars: &Vars,
        lines: &[&Line],
        binders: &[(VarId, usize)],
        env: &mut Env,
        computed: &mut [Option<Bound>],
    ) -> Result<bool, Fault> {
        let computes = |line: &Line| {
            matches!(
                line.condition,
                Condition::Let { .. } | Condition::Fold { .. }
            ) && !line.unless
        };
        loop {
            let mut waiting = false;
            let mut moved = false;
            for (at, line) in lines.iter().enumerate() {
                if !computes(line) || computed[at].is_some() {
                    continue;
                }
                let missing = |var: &VarId| {
                    let bound = env[var.0 as usize].is_some();
                    !bound && binders.iter().any(|(known, by)| known == var && *by != at)
                };
                let (var, reads) = match &line.condition {
                    Condition::Let { var, value } => (*var, numbers_of(value)),
                    Condition::Fold { var, body, .. } => (*var, mentioned(body)),
                    _ => continue,
                };
                if reads.iter().any(missing) {
                    waiting = true;
                    continue;
                }
                let number = match self.number_of_line(vars, line, env) {
                    Ok(Some(number)) => Bound::Number(number),
                    Ok(None) => {
                        // A least or greatest of nothing does not exist: the line is false.
                        self.watched(line.span, Truth::False);
                        return Ok(false);
                    }
                    Err(_) if self.lenient => Bound::Number(Interval::UNKNOWN),
                    Err(fault) => Bound::Fault(fault),
                };
                computed[at] = Some(number);
                if binders.contains(&(var, at)) {
                    env[var.0 as usize] = Some(number);
                }
                moved = true;
            }
            if !waiting {
                return Ok(true);
            }
            if !moved {
                return Err(Fault::Unbound);
            }
        }
    }

    /// The number slots to which a line gives a value.
    fn gives(&self, vars: &Vars, line: &Line) -> Vec<VarId> {
        match &line.condition {
            _ if line.unless => Vec::new(),
            Condition::Sentence {
                negated: false,
                atom,
                ..
            } => {
                let terms = atom.terms.iter().filter_map(|term| match term {
                    Term::Var(var) => Some(*var),
                    Term::Value(_) => None,
                });
                terms.filter(|var| self.counts(vars, *var)).collect()
            }
            Condition::Let { var, .. } | Condition::Fold { var, .. } => vec![*var],
            _ => Vec::new(),
        }
    }
}

/// The bodies that `any of these` stands for: one for each choice of a bullet.
fn alternatives(body: &[Line]) -> Vec<Vec<&Line>> {
    let mut all: Vec<Vec<&Line>> = vec![Vec::new()];
    for line in body {
        let choices: Vec<Vec<&Line>> = match &line.condition {
            Condition::AnyOf(bullets) if !line.unless => bullets
                .iter()
                .flat_map(|bullet| alternatives(std::slice::from_ref(bullet)))
                .collect(),
            _ => vec![vec![line]],
        };
        let mut longer = Vec::new();
        for start in &all {
            for choice in &choices {
                let mut next = start.clone();
                next.extend(choice);
                longer.push(next);
            }
        }
        all = longer;
    }
    all
}

/// The slots that a line lets range over the cast. What only a group's bullets or `it is not known whether` mention
/// does not range here.
fn ranging(condition: &Condition) -> Vec<VarId> {
    let terms: Vec<Term> = match condition {
        Condition::Sentence { atom, .. } => atom.terms.clone(),
        Condition::Verdict { of, .. } => match of {
            VerdictOf::Norm { terms, .. } => terms.clone(),
            VerdictOf::AnyDuty { parties, .. } => parties.iter().map(|(_, term)| *term).collect(),
        },
        Condition::Compare { left, right, .. } => {
            return [numbers_of(left), numbers_of(right)].concat();
        }
        _ => Vec::new(),
    };
    let variable = |term: Term| match term {
        Term::Var(var) => Some(var),
        Term::Value(_) => None,
    };
    terms.into_iter().filter_map(variable).collect()
}

/// The slots of an expression.
fn numbers_of(expr: &Expr) -> Vec<VarId> {
    match expr {
        Expr::Term(Term::Var(var)) => vec![*var],
        Expr::Term(Term::Value(_)) | Expr::Number(_) => Vec::new(),
        Expr::Binary(left, _, right) => [numbers_of(left), numbers_of(right)].concat(),
    }
}

/// Every slot that a body mentions, however deep.
fn mentioned(body: &[Line]) -> Vec<VarId> {
    let mut all = Vec::new();
    for line in body {
        all.extend(ranging(&line.condition));
        match &line.condition {
            Condition::Let { var, value } => {
                all.push(*var);
                all.extend(numbers_of(value));
            }
            Condition::NotKnown(atom) => all.extend(atom.terms.iter().filter_map(|t| match t {
                Term::Var(var) => Some(*var),
                Term::Value(_) => None,
            })),
            Condition::Fold { body, .. }
            | Condition::Quantified { body, .. }
            | Condition::AnyOf(body) => all.extend(mentioned(body)),
            Condition::Every { body, holds, .. } => {
                all.extend(mentioned(body));
                all.extend(mentioned(holds));
            }
            _ => {}
        }
    }
    all
}
