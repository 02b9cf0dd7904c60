//! Sentences read for a probe: what is stored, else how silence counts, and why. In: a sentence and what its slots hold; out:
//! readings. Knows no rule.

use super::evidence::{Binding, Found, Reading, Standing, Thing};
use super::journal::Recorder;
use super::memory::Cell;
use super::probe::Probe;
use crate::plan::{RelId, World};
use crate::rulebook::{Atom, KindId, SentenceId, Stated, Term, VarId};
use crate::value::{Interval, Truth, ValueId};

impl<R: Recorder> Probe<'_, '_, R> {
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
    pub(super) fn read_line(&self, atom: &Atom, slots: &[Option<Thing>]) -> Reading {
        let key = self.run.plan.relations[RelId(atom.sentence.0)].key;
        let free = |at: &usize| key >> at & 1 == 1 && slots[*at].is_none();
        let free: Vec<usize> = (0..slots.len()).filter(free).collect();
        if free.is_empty() {
            return self.read_ground(atom.sentence, slots, key);
        }
        let mut instances = self.instances(atom.sentence, slots);
        instances.retain(|one| self.may_stand(&atom.terms, &one.slots, &free));
        best_of(instances, atom.sentence, slots)
    }

    /// Whether things found for free places can stand there: each of its slot's kind, and in two places of one slot the same.
    pub(super) fn may_stand(
        &self,
        terms: &[Term],
        things: &[Option<Thing>],
        free: &[usize],
    ) -> bool {
        free.iter().all(|at| match (terms[*at], things[*at]) {
            (Term::Var(var), Some(thing)) => {
                let again = |other: &&usize| terms[**other] == terms[*at];
                self.is_of_kind(var, thing)
                    && free
                        .iter()
                        .filter(again)
                        .all(|other| things[*other] == things[*at])
            }
            _ => true,
        })
    }

    /// Whether something is of the kind of a slot.
    #[must_use]
    pub fn is_of_kind(&self, var: VarId, thing: Thing) -> bool {
        self.is_of(self.vars[var].kind, thing)
    }

    /// Whether a thing is of a kind; every number is.
    pub(super) fn is_of(&self, kind: Option<KindId>, thing: Thing) -> bool {
        let Thing::Value(value) = thing else {
            return true;
        };
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
    pub(super) fn range(&self, kind: Option<KindId>) -> Interval {
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

    pub(super) fn row(&self, rel: RelId, slots: &[Option<Thing>], mask: u32) -> Option<u32> {
        let rows = u32::try_from(self.run.table(rel).len()).unwrap_or(u32::MAX);
        (0..rows).find(|row| self.agrees(rel, *row, slots, mask))
    }

    pub(super) fn agrees(&self, rel: RelId, row: u32, slots: &[Option<Thing>], mask: u32) -> bool {
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

    pub(super) fn not_known(&self, atom: &Atom, binding: &Binding) -> (Truth, Found) {
        let key = self.run.plan.relations[RelId(atom.sentence.0)].key;
        let slots: Vec<Option<Thing>> = atom
            .terms
            .iter()
            .enumerate()
            .map(|(at, term)| self.term(*term, binding).filter(|_| key >> at & 1 == 1))
            .collect();
        let free = |at: &usize| key >> at & 1 == 1 && slots[*at].is_none();
        let free: Vec<usize> = (0..slots.len()).filter(free).collect();
        let readings = if free.is_empty() {
            vec![self.read(atom.sentence, &slots)]
        } else {
            let mut all = Vec::new();
            self.each_choice(atom.sentence, &mut slots.clone(), key, &mut all);
            all.retain(|one| self.may_stand(&atom.terms, &one.slots, &free));
            all
        };
        let mut seen = (false, false);
        for reading in &readings {
            let mut truth = reading.truth;
            if truth == Truth::True {
                let vague = |at: usize| matches!(reading.slots[at], Some(Thing::Number(n)) if n.exact().is_none());
                let values = (0..slots.len()).filter(|at| key >> at & 1 == 0);
                for at in values.clone() {
                    if let (Some(held), Some(found)) =
                        (self.term(atom.terms[at], binding), reading.slots[at])
                    {
                        truth = truth.and(self.run.same(held, found));
                    }
                }
                if truth == Truth::True && values.into_iter().any(vague) {
                    truth = Truth::Unknown;
                }
            }
            seen.0 |= truth == Truth::True;
            seen.1 |= truth == Truth::Unknown;
        }
        (Truth::from(seen.1 && !seen.0), Found::NotKnown(readings))
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
