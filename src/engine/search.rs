//! Bindings of a body: all that make it hold or possible, or the one that meets most lines. In: lines and what is bound; out:
//! [`Solution`]s. A second, slower matcher over finished tables, for what an explanation or a question needs; a test holds
//! it against the engine's.

use super::evidence::{Binding, Evidence, Found, Solution, Thing};
use super::journal::Recorder;
use super::probe::Probe;
use crate::plan::{RelId, World, vars_of};
use crate::rulebook::{Condition, Expr, Line, Rulebook, SentenceId, Term, VarId, VerdictOf};
use crate::value::{Idx, Truth};

/// Most bindings that are tried for the nearest.
const MOST_TRIED: usize = 4000;

/// The nearest binding so far.
struct Nearest {
    best: Option<(usize, usize, Solution)>,
    tried: usize,
}

/// A search in progress.
struct Walk<'s> {
    body: &'s [Line],
    /// The slots each line needs before it can be asked.
    needs: Vec<Vec<VarId>>,
    wanted: &'s [VarId],
}

/// What is bound and seen so far.
#[derive(Clone)]
struct State {
    binding: Binding,
    /// Slots that nothing could bind.
    gone: Vec<VarId>,
    seen: Vec<Option<Evidence>>,
    truth: Truth,
}

impl<R: Recorder> Probe<'_, '_, R> {
    /// Every binding of a body's variables that makes it true or unknown.
    #[must_use]
    pub fn solutions(&self, body: &[Line], wanted: &[VarId], binding: &Binding) -> Vec<Solution> {
        let mut all = Vec::new();
        self.each_solution(body, wanted, binding, &mut |solution| {
            all.push(solution);
            false
        });
        all
    }

    /// The same one by one, until the listener has seen enough.
    pub fn each_solution(
        &self,
        body: &[Line],
        wanted: &[VarId],
        binding: &Binding,
        listener: &mut dyn FnMut(Solution) -> bool,
    ) {
        let walk = Walk::new(self.run.book, body, wanted, binding);
        self.strictly(&walk, walk.start(binding), listener);
    }

    /// The binding under which fewest lines fail, then fewest are unknown; the first of equals.
    #[must_use]
    pub fn nearest(&self, body: &[Line], wanted: &[VarId], binding: &Binding) -> Solution {
        let walk = Walk::new(self.run.book, body, wanted, binding);
        let mut nearest = Nearest {
            best: None,
            tried: 0,
        };
        self.loosely(&walk, walk.start(binding), &mut nearest);
        nearest.best.map_or_else(
            || Solution {
                binding: binding.clone(),
                truth: Truth::False,
                lines: Vec::new(),
            },
            |(_, _, solution)| solution,
        )
    }

    fn strictly(
        &self,
        walk: &Walk<'_>,
        mut state: State,
        listener: &mut dyn FnMut(Solution) -> bool,
    ) -> bool {
        while let Some(at) = walk.ready(&state) {
            let evidence = self.line(at, &walk.body[at], &mut state.binding);
            state.take(at, evidence);
            if state.truth == Truth::False {
                return false;
            }
        }
        let choices = (0..walk.body.len())
            .filter(|at| state.seen[*at].is_none())
            .filter_map(|at| {
                let choices = self.choices(&walk.body[at], &walk.needs[at], &state.binding)?;
                Some((self.is_open(&walk.body[at]), choices))
            })
            .min_by_key(|(open, choices)| (*open, choices.len()))
            .map(|(_, choices)| choices);
        let choices = choices.or_else(|| {
            walk.unbound(&state)
                .map(|var| self.everybody(var, &state.binding))
        });
        let Some(choices) = choices else {
            return listener(state.solution());
        };
        for binding in choices {
            let next = State {
                binding,
                ..state.clone()
            };
            if self.strictly(walk, next, listener) {
                return true;
            }
        }
        false
    }

    fn loosely(&self, walk: &Walk<'_>, mut state: State, nearest: &mut Nearest) {
        nearest.tried += 1;
        if nearest.tried > MOST_TRIED && nearest.best.is_some() {
            return;
        }
        while let Some(at) = walk.ready(&state) {
            let evidence = if walk.is_out_of_reach(at, &state) {
                Evidence {
                    line: at,
                    unless: walk.body[at].unless,
                    truth: None,
                    found: Found::NotReached,
                }
            } else {
                self.line(at, &walk.body[at], &mut state.binding)
            };
            state.take(at, evidence);
            state.lose(&walk.body[at].condition);
        }
        let (failed, unknown) = state.cost();
        if let Some((best_failed, best_unknown, _)) = &nearest.best
            && (failed, unknown) >= (*best_failed, *best_unknown)
        {
            return;
        }
        let Some(var) = walk.unbound(&state) else {
            nearest.best = Some((failed, unknown, state.solution()));
            return;
        };
        let mut things = Vec::new();
        for (at, line) in walk.body.iter().enumerate() {
            if state.seen[at].is_some() || line.unless {
                continue;
            }
            for binding in self
                .choices(line, &walk.needs[at], &state.binding)
                .unwrap_or_default()
            {
                if let Some(thing) = binding[var.index()]
                    && !things.contains(&thing)
                {
                    things.push(thing);
                }
            }
        }
        if things.is_empty() {
            state.gone.push(var);
            self.loosely(walk, state, nearest);
            return;
        }
        for thing in things {
            let mut next = state.clone();
            next.binding[var.index()] = Some(thing);
            self.loosely(walk, next, nearest);
        }
    }

    /// The ways a positive line can bind the slots it needs, by what holds or may hold; `None` for lines that bind nothing.
    fn choices(&self, line: &Line, needs: &[VarId], binding: &Binding) -> Option<Vec<Binding>> {
        let mut found = self.choices_of_any_kind(line, needs, binding)?;
        found.retain(|next| self.is_of_kinds(next, binding));
        Some(found)
    }

    /// Whether what is newly bound is of its slot's kind, which another line may have made narrower than this one's.
    fn is_of_kinds(&self, next: &Binding, before: &Binding) -> bool {
        next.iter().zip(before).enumerate().all(|(at, (now, was))| {
            let var = VarId(u32::try_from(at).unwrap_or(u32::MAX));
            match (now, was) {
                (Some(thing), None) => self.is_of_kind(var, *thing),
                _ => true,
            }
        })
    }

    fn choices_of_any_kind(
        &self,
        line: &Line,
        needs: &[VarId],
        binding: &Binding,
    ) -> Option<Vec<Binding>> {
        if line.unless {
            return None;
        }
        match &line.condition {
            Condition::Sentence {
                negated: false,
                atom,
                ..
            } => {
                let relation = &self.run.plan.relations[RelId(atom.sentence.0)];
                let slots: Vec<Option<Thing>> = atom
                    .terms
                    .iter()
                    .enumerate()
                    .map(|(at, term)| {
                        self.term(*term, binding)
                            .filter(|_| relation.key >> at & 1 == 1)
                    })
                    .collect();
                let found = self.instances(atom.sentence, &slots);
                let things = things(self.run.book, atom.sentence);
                let readings = found
                    .into_iter()
                    .filter_map(|reading| bind(&atom.terms, &reading.slots, things, binding));
                Some(distinct(readings))
            }
            Condition::Verdict {
                negated: false,
                not_known: false,
                of: VerdictOf::Norm { norm, terms, part },
                statuses,
            } => {
                let parties: Vec<Option<Thing>> =
                    terms.iter().map(|term| self.term(*term, binding)).collect();
                let read = self.verdicts(*norm, &parties, *part);
                Some(distinct(
                    read.into_iter()
                        .filter(|one| one.statuses.meets(*statuses))
                        .filter_map(|one| bind(terms, &one.parties, u32::MAX, binding)),
                ))
            }
            Condition::AnyOf(bullets) => {
                let mut all = Vec::new();
                for bullet in bullets {
                    let found = self.solutions(std::slice::from_ref(bullet), needs, binding);
                    all.extend(
                        found
                            .into_iter()
                            .map(|solution| only(&solution, needs, binding)),
                    );
                }
                Some(distinct(all.into_iter()))
            }
            Condition::Verdict {
                negated: false,
                not_known: false,
                of: VerdictOf::AnyDuty { parties, duties },
                statuses,
            } => {
                let mut all = Vec::new();
                for duty in duties {
                    let norm = &self.run.book.norms[*duty];
                    let term_of = |at: usize| {
                        let role = norm.parties[at].role;
                        parties
                            .iter()
                            .find(|(own, _)| *own == role)
                            .map(|(_, term)| *term)
                    };
                    let slots: Vec<Option<Thing>> = (0..norm.parties.len())
                        .map(|at| term_of(at).and_then(|term| self.term(term, binding)))
                        .collect();
                    for one in self.verdicts(*duty, &slots, None) {
                        let (terms, things): (Vec<Term>, Vec<Option<Thing>>) = (0..slots.len())
                            .filter_map(|at| term_of(at).map(|term| (term, one.parties[at])))
                            .unzip();
                        if one.statuses.meets(*statuses) {
                            all.extend(bind(&terms, &things, u32::MAX, binding));
                        }
                    }
                }
                Some(distinct(all.into_iter()))
            }
            _ => None,
        }
    }

    /// Whether a line reads an open sentence: it is asked rather than walked, and binds only where nothing else does.
    fn is_open(&self, line: &Line) -> bool {
        matches!(&line.condition, Condition::Sentence { atom, .. }
            if self.run.plan.relations[RelId(atom.sentence.0)].world != World::Closed)
    }

    fn everybody(&self, var: VarId, binding: &Binding) -> Vec<Binding> {
        let kind = self.vars[var].kind;
        let things = self.run.domain(kind).iter();
        things
            .map(|cell| {
                let mut next = binding.clone();
                next[var.index()] = self.run.thing(*cell);
                next
            })
            .collect()
    }
}

/// The binding in which the terms hold these things; `None` where they already hold others.
fn bind(terms: &[Term], things: &[Option<Thing>], key: u32, binding: &Binding) -> Option<Binding> {
    let mut next = binding.clone();
    for (at, (term, thing)) in terms.iter().zip(things).enumerate() {
        let Term::Var(var) = term else {
            continue;
        };
        if key.checked_shr(u32::try_from(at).ok()?).unwrap_or(0) & 1 == 0 {
            continue;
        }
        match next[var.index()] {
            Some(held) if Some(held) != *thing => return None,
            _ => next[var.index()] = *thing,
        }
    }
    Some(next)
}

/// The binding with only these variables taken from a solution.
fn only(solution: &Solution, vars: &[VarId], binding: &Binding) -> Binding {
    let mut next = binding.clone();
    for var in vars {
        next[var.index()] = solution.binding[var.index()];
    }
    next
}

fn distinct(all: impl Iterator<Item = Binding>) -> Vec<Binding> {
    let mut seen: Vec<Binding> = Vec::new();
    for one in all {
        if !seen.contains(&one) {
            seen.push(one);
        }
    }
    seen
}

impl<'s> Walk<'s> {
    fn new(book: &Rulebook, body: &'s [Line], wanted: &'s [VarId], binding: &Binding) -> Self {
        let own: Vec<Vec<VarId>> = body
            .iter()
            .map(|line| {
                let mut vars = Vec::new();
                vars_of(&line.condition, &mut vars);
                vars.sort();
                vars.dedup();
                vars
            })
            .collect();
        let shared = |at: usize, var: &VarId| {
            wanted.contains(var)
                || binding[var.index()].is_some()
                || own
                    .iter()
                    .enumerate()
                    .any(|(other, vars)| other != at && vars.contains(var))
        };
        let needs = (0..body.len())
            .map(|at| needs(book, &body[at], &own[at], &|var| shared(at, var)))
            .collect();
        Self {
            body,
            needs,
            wanted,
        }
    }

    fn start(&self, binding: &Binding) -> State {
        State {
            binding: binding.clone(),
            gone: Vec::new(),
            seen: vec![None; self.body.len()],
            truth: Truth::True,
        }
    }

    /// The first line not yet asked whose slots are bound, or never will be.
    fn ready(&self, state: &State) -> Option<usize> {
        (0..self.body.len()).find(|at| {
            state.seen[*at].is_none()
                && self.needs[*at]
                    .iter()
                    .all(|var| state.binding[var.index()].is_some() || state.gone.contains(var))
        })
    }

    /// Whether a line cannot be asked, because it tests a slot that nothing bound. A sentence that should have bound it can:
    /// it says what was looked for.
    fn is_out_of_reach(&self, at: usize, state: &State) -> bool {
        let looks = matches!(
            &self.body[at].condition,
            Condition::Sentence { negated: false, .. }
                | Condition::Verdict {
                    negated: false,
                    not_known: false,
                    ..
                }
        ) && !self.body[at].unless;
        !looks && self.needs[at].iter().any(|var| state.gone.contains(var))
    }

    /// The first slot that some line still needs.
    fn unbound(&self, state: &State) -> Option<VarId> {
        let open = |var: &VarId| state.binding[var.index()].is_none() && !state.gone.contains(var);
        (0..self.body.len())
            .filter(|at| state.seen[*at].is_none())
            .flat_map(|at| self.needs[at].iter())
            .chain(self.wanted)
            .copied()
            .find(open)
    }
}

/// The slots a line needs before it can be asked: all that it tests, and of a group those it shares with other lines.
fn needs(
    book: &Rulebook,
    line: &Line,
    own: &[VarId],
    shared: &dyn Fn(&VarId) -> bool,
) -> Vec<VarId> {
    let of_group = || own.iter().copied().filter(shared).collect();
    if line.unless {
        return of_group();
    }
    match &line.condition {
        Condition::Sentence { atom, .. } => {
            // Numbers are what a sentence gives, not what it needs.
            let things = things(book, atom.sentence);
            let slots = atom.terms.iter().enumerate();
            slots
                .filter(|(at, _)| things >> at & 1 == 1)
                .filter_map(|(_, term)| match term {
                    Term::Var(var) => Some(*var),
                    Term::Value(_) => None,
                })
                .collect()
        }
        Condition::Compare { .. }
        | Condition::Verdict {
            of: VerdictOf::Norm { .. },
            ..
        } => own.to_vec(),
        Condition::Let { var, value } => {
            let mut vars = Vec::new();
            expr_vars(value, &mut vars);
            vars.retain(|own| own != var);
            vars
        }
        Condition::Fold { var, .. } => {
            let mut vars: Vec<VarId> = of_group();
            vars.retain(|own| own != var);
            vars
        }
        _ => of_group(),
    }
}

/// Bit mask of the slots of a sentence that are no numbers: also what a setting is set to, where that is a listed value.
fn things(book: &Rulebook, sentence: SentenceId) -> u32 {
    let numbers = book.vocabulary.number_slots(sentence);
    numbers.fold(u32::MAX, |mask, at| mask & !(1 << at))
}

fn expr_vars(expr: &Expr, into: &mut Vec<VarId>) {
    match expr {
        Expr::Term(Term::Var(var)) => into.push(*var),
        Expr::Term(Term::Value(_)) | Expr::Number(_) => {}
        Expr::Binary(left, _, right) => {
            expr_vars(left, into);
            expr_vars(right, into);
        }
    }
}

impl State {
    fn take(&mut self, at: usize, evidence: Evidence) {
        self.truth = self.truth.and(evidence.truth.unwrap_or(Truth::False));
        self.seen[at] = Some(evidence);
    }

    /// A line that failed leaves what it should have computed or read unbound for good.
    fn lose(&mut self, condition: &Condition) {
        let mut vars = Vec::new();
        match condition {
            Condition::Let { var, .. } | Condition::Fold { var, .. } => vars.push(*var),
            Condition::Sentence { atom, .. } => {
                vars.extend(atom.terms.iter().filter_map(|term| match term {
                    Term::Var(var) => Some(*var),
                    Term::Value(_) => None,
                }));
            }
            _ => {}
        }
        for var in vars {
            if self.binding[var.index()].is_none() && !self.gone.contains(&var) {
                self.gone.push(var);
            }
        }
    }

    fn cost(&self) -> (usize, usize) {
        let count = |which: &dyn Fn(Option<Truth>) -> bool| {
            self.seen
                .iter()
                .flatten()
                .filter(|evidence| which(evidence.truth))
                .count()
        };
        (
            count(&|truth| matches!(truth, Some(Truth::False) | None)),
            count(&|truth| truth == Some(Truth::Unknown)),
        )
    }

    fn solution(self) -> Solution {
        Solution {
            binding: self.binding,
            truth: self.truth,
            lines: self.seen.into_iter().flatten().collect(),
        }
    }
}
