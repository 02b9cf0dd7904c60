//! Which lines of a body hold under a binding, and why. In: a finished run, a block's lines and what its variables hold;
//! out: [`Evidence`]. Nothing is stored and nothing is changed: the premises of a firing are its block's lines under its
//! binding. Knows no words.

use super::evidence::{Binding, Evidence, Found, Solution, Thing};
use super::journal::Recorder;
use super::memory::Run;
use crate::plan::RelId;
use crate::rulebook::{Atom, Condition, Line, Term, Var, VarId};
use crate::value::{Idx, IndexVec, Truth};
use super::memory::{Cell, Run};
use super::solve::{compare_intervals, status_set};
use crate::plan::{RelId, World};
use crate::rulebook::{
    Atom, Comparator, Condition, Count, Expr, KindId, Line, NormId, Operator, SentenceId, Stated,
    Term, Var, VarId, VerdictOf,
};
use crate::value::{Idx, IndexVec, Interval, NormSort, Status, StatusSet, Truth, ValueId};

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

    /// A ground sentence: its numbers, its truth and why. Free slots read *some*: the best instance that holds or may hold.
    #[must_use]
    pub fn read(&self, sentence: SentenceId, slots: &[Option<Thing>]) -> Reading {
        let key = self.run.plan.relations[RelId(sentence.0)].key;
        let free = |at: usize| key >> at & 1 == 1 && slots[at].is_none();
        if (0..slots.len()).any(free) {
            let instances = self.instances(sentence, slots);
            return best_of(instances, sentence, slots);
        }
        self.read_ground(sentence, slots, key)
    }

    /// The same for a line; what is free in it is of its slot's kind, which another line may have made narrower.
    fn read_line(&self, atom: &Atom, slots: &[Option<Thing>]) -> Reading {
        let key = self.run.plan.relations[RelId(atom.sentence.0)].key;
        let free = |at: &usize| key >> at & 1 == 1 && slots[*at].is_none();
        let free: Vec<usize> = (0..slots.len()).filter(free).collect();
        if free.is_empty() {
            return self.read_ground(atom.sentence, slots, key);
        }
        let mut instances = self.instances(atom.sentence, slots);
        instances.retain(|one| {
            free.iter()
                .all(|at| match (atom.terms[*at], one.slots[*at]) {
                    (Term::Var(var), Some(thing)) => self.is_of_kind(var, thing),
                    _ => true,
                })
        });
        best_of(instances, atom.sentence, slots)
    }

    /// Whether something is of the kind of a slot.
    #[must_use]
    pub fn is_of_kind(&self, var: VarId, thing: Thing) -> bool {
        let Thing::Value(value) = thing else {
            return true;
        };
        let kind = self.vars[var].kind;
        let number = kind.is_none_or(|kind| self.run.book.vocabulary.is_number(kind));
        number || self.run.domain(kind).contains(&Cell::of(value))
    }

    fn read_ground(&self, sentence: SentenceId, slots: &[Option<Thing>], key: u32) -> Reading {
        let rel = RelId(sentence.0);
        let relation = &self.run.plan.relations[rel];
        let mut reading = Reading {
            sentence,
            slots: slots.to_vec(),
            truth: Truth::False,
            standing: Standing::Closed,
        };
        let said = self.said(sentence, slots, key);
        let row = self.row(rel, slots, key);
        if let Some(row) = row {
            let table = self.run.table(rel);
            reading.truth = table.truth(row);
            for (at, cell) in table.row(row).iter().enumerate() {
                if key >> at & 1 == 0 {
                    reading.slots[at] = self.run.thing(*cell);
                }
            }
        }
        reading.standing = match (said, row) {
            (Some(standing), _) => standing,
            (None, Some(_)) if relation.derived => Standing::Derived,
            (None, Some(_)) => Standing::OtherValue,
            (None, None) if relation.derived => Standing::Underivable,
            (None, None) => match relation.world {
                World::Closed => Standing::Closed,
                World::Setting(None) => Standing::Closed,
                World::Setting(Some(value)) => {
                    reading.slots[relation.arity - 1] = Some(Thing::Value(value));
                    reading.truth = Truth::True;
                    Standing::Default
                }
                World::Open => self.unstated(rel, &mut reading),
            },
        };
        reading
    }

    /// An open sentence that nobody states.
    fn unstated(&self, rel: RelId, reading: &mut Reading) -> Standing {
        let relation = &self.run.plan.relations[rel];
        if let Some(only) = relation.only_one {
            let mask = relation.key & !(1 << only);
            let table = self.run.table(rel);
            let other = (0..table.len()).any(|row| {
                let row = u32::try_from(row).unwrap_or(u32::MAX);
                table.truth(row) == Truth::True && self.agrees(rel, row, &reading.slots, mask)
            });
            if other {
                return Standing::OtherValue;
            }
        }
        if relation.key.count_ones() as usize == relation.arity {
            reading.truth = Truth::Unknown;
        } else {
            reading.truth = Truth::True;
            for at in (0..relation.arity).filter(|at| relation.key >> at & 1 == 0) {
                reading.slots[at] = Some(Thing::Number(self.range(relation.kinds[at])));
            }
        }
        Standing::Open
    }

    /// All that a number of this kind may be.
    fn range(&self, kind: Option<KindId>) -> Interval {
        use crate::rulebook::KindSort;
        match kind.map(|kind| &self.run.book.vocabulary.kinds[kind].sort) {
            Some(KindSort::Number {
                range: Some((low, high)),
                ..
            }) => Interval {
                low: Some(*low),
                high: Some(*high),
            },
            _ => Interval::UNKNOWN,
        }
    }

    /// Whether the record, or `always`, says something of it.
    fn said(&self, sentence: SentenceId, slots: &[Option<Thing>], key: u32) -> Option<Standing> {
        let fits = |values: &dyn Fn(usize) -> Option<ValueId>| {
            (0..slots.len())
                .filter(|at| key >> at & 1 == 1)
                .all(|at| slots[at].is_some() && slots[at] == values(at).map(Thing::Value))
        };
        let stated = |stated: &Stated| {
            stated.sentence == sentence && fits(&|at| stated.values.get(at).copied().flatten())
        };
        let derived = self.run.plan.relations[RelId(sentence.0)].derived;
        if let Some(at) = self.run.record.stated.iter().position(stated) {
            return Some(if derived {
                Standing::Stipulated(at)
            } else {
                Standing::Stated(at)
            });
        }
        let always = |always: &crate::rulebook::Always| {
            always.sentence == sentence && fits(&|at| always.values.get(at).copied())
        };
        // The last one counts: a clinic's profile comes after the rulebook.
        let at = self.run.book.always.iter().rposition(always);
        at.map(Standing::Always)
    }

    fn row(&self, rel: RelId, slots: &[Option<Thing>], mask: u32) -> Option<u32> {
        let rows = u32::try_from(self.run.table(rel).len()).unwrap_or(u32::MAX);
        (0..rows).find(|row| self.agrees(rel, *row, slots, mask))
    }

    fn agrees(&self, rel: RelId, row: u32, slots: &[Option<Thing>], mask: u32) -> bool {
        let cells = self.run.table(rel).row(row);
        cells
            .iter()
            .zip(slots)
            .enumerate()
            .all(|(at, (cell, slot))| {
                mask >> at & 1 == 0 || slot.is_none() || self.run.thing(*cell) == *slot
            })
    }

    /// The instances of a sentence with free slots that hold or may hold.
    #[must_use]
    pub fn instances(&self, sentence: SentenceId, slots: &[Option<Thing>]) -> Vec<Reading> {
        let rel = RelId(sentence.0);
        let relation = &self.run.plan.relations[rel];
        let key = relation.key;
        let mut found = Vec::new();
        if relation.world == World::Closed {
            for row in 0..u32::try_from(self.run.table(rel).len()).unwrap_or(u32::MAX) {
                let table = self.run.table(rel);
                if table.truth(row) != Truth::False && self.agrees(rel, row, slots, key) {
                    let mut ground = slots.to_vec();
                    for (at, cell) in table.row(row).iter().enumerate() {
                        if key >> at & 1 == 1 {
                            ground[at] = self.run.thing(*cell);
                        }
                    }
                    found.push(self.read_ground(sentence, &ground, key));
                }
            }
        } else {
            self.each_choice(sentence, &mut slots.to_vec(), key, &mut found);
            found.retain(|reading| reading.truth != Truth::False);
        }
        found
    }

    fn each_choice(
        &self,
        sentence: SentenceId,
        slots: &mut Vec<Option<Thing>>,
        key: u32,
        found: &mut Vec<Reading>,
    ) {
        let free = (0..slots.len()).find(|at| key >> at & 1 == 1 && slots[*at].is_none());
        let Some(at) = free else {
            found.push(self.read_ground(sentence, slots, key));
            return;
        };
        let kind = self.run.plan.relations[RelId(sentence.0)].kinds[at];
        for member in 0..self.run.domain(kind).len() {
            slots[at] = self.run.thing(self.run.domain(kind)[member]);
            self.each_choice(sentence, slots, key, found);
        }
        slots[at] = None;
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

/// Of the instances of a sentence the best: one that holds, else one that may; none at all reads that there is none.
fn best_of(instances: Vec<Reading>, sentence: SentenceId, slots: &[Option<Thing>]) -> Reading {
    let best = |truth: Truth| instances.iter().find(|one| one.truth == truth).cloned();
    best(Truth::True)
        .or_else(|| best(Truth::Unknown))
        .unwrap_or(Reading {
            sentence,
            slots: slots.to_vec(),
            truth: Truth::False,
            standing: Standing::Nothing,
        })
}
