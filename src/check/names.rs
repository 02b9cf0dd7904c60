//! Which slot names of a body mean one thing on all its lines. In: written condition lines; out: the names that are
//! visible outside groups. It does not know any sentence.
//!
//! A name is *outer* where it stands on a line of the body itself, in the conclusion or among the parties. A name of a
//! quantifier, a fold or an `unless` line alone is local to it. `any of these` is alternatives, not a scope: a name in its
//! bullets that stands anywhere else too is outer.

use crate::syntax::tree::{
    Body, Condition, ConditionLine, Expr, Lead, NormRef, Phrase, Prefix, Simple, Slot,
};
use rustc_hash::{FxHashMap, FxHashSet};

/// The names that lines show to each other.
#[derive(Clone, Default)]
pub(super) struct Names<'t> {
    /// Names on lines of their own.
    outer: FxHashSet<&'t str>,
    /// Names in bullets of `any of these`, with the number of groups and lines they stand in.
    loose: FxHashSet<&'t str>,
    /// In how many separate places a name stands.
    places: FxHashMap<&'t str, usize>,
}

impl<'t> Names<'t> {
    /// Adds a name that is outer in any case: a party, or a slot of the conclusion.
    pub(super) fn add(&mut self, name: &'t str) {
        self.outer.insert(name);
    }

    /// Adds the slots of a phrase as outer names.
    pub(super) fn add_phrase(&mut self, phrase: &'t Phrase) {
        of_phrase(phrase, &mut |name| {
            self.outer.insert(name);
        });
    }

    /// Adds the names of lines.
    pub(super) fn add_lines(&mut self, lines: &'t [ConditionLine]) {
        for line in lines {
            self.add_line(line);
        }
    }

    /// Counts the names of lines that other lines read together with these, without making them outer.
    pub(super) fn mention_lines(&mut self, lines: &'t [ConditionLine]) {
        for line in lines {
            self.place(|each| of_condition(&line.line.node, each));
        }
    }

    fn add_line(&mut self, line: &'t ConditionLine) {
        let condition = &line.line.node;
        if line.lead == Lead::Unless {
            self.place(|each| of_condition(condition, each));
            return;
        }
        match condition {
            Condition::Simple(simple) if simple.prefix == Prefix::NotKnown => {
                self.place(|each| of_simple(simple, each));
            }
            Condition::Simple(simple) => of_simple(simple, &mut |name| {
                self.outer.insert(name);
            }),
            Condition::Let { slot, value } => {
                let mut add = |name| {
                    self.outer.insert(name);
                };
                of_slot(&slot.node, &mut add);
                of_expr(value, &mut add);
            }
            Condition::Fold { slot, .. } => {
                of_slot(&slot.node, &mut |name| {
                    self.outer.insert(name);
                });
                self.place(|each| of_group(condition, each));
            }
            Condition::AnyOf(bullets) => {
                for bullet in bullets {
                    of_simple(&bullet.node, &mut |name| {
                        self.loose.insert(name);
                    });
                }
                self.place(|each| of_group(condition, each));
            }
            Condition::Quantified { .. } | Condition::Every { .. } => {
                self.place(|each| of_group(condition, each));
            }
        }
    }

    /// Counts one place for each name in it.
    fn place(&mut self, names: impl FnOnce(&mut dyn FnMut(&'t str))) {
        let mut here = FxHashSet::default();
        names(&mut |name| {
            here.insert(name);
        });
        for name in here {
            *self.places.entry(name).or_default() += 1;
        }
    }

    /// Whether a name stands on some line at all.
    pub(super) fn is_mentioned(&self, name: &str) -> bool {
        self.outer.contains(name) || self.places.contains_key(name)
    }

    /// Whether a name means one thing on all lines.
    pub(super) fn is_outer(&self, name: &str) -> bool {
        self.outer.contains(name)
            || (self.loose.contains(name) && self.places.get(name).is_some_and(|n| *n > 1))
    }
}

/// Every slot name of a condition.
pub(super) fn of_condition<'t>(condition: &'t Condition, each: &mut dyn FnMut(&'t str)) {
    match condition {
        Condition::Simple(simple) => of_simple(simple, each),
        Condition::Let { slot, value } => {
            of_slot(&slot.node, each);
            of_expr(value, each);
        }
        Condition::Fold { slot, .. } => {
            of_slot(&slot.node, each);
            of_group(condition, each);
        }
        _ => of_group(condition, each),
    }
}

/// The names in a group that are not its own: those it counts, adds up or ranges over are left out.
fn of_group<'t>(condition: &'t Condition, each: &mut dyn FnMut(&'t str)) {
    let mut own: Vec<&Slot> = Vec::new();
    let bullets: Vec<&'t Simple> = match condition {
        Condition::AnyOf(bullets) => bullets.iter().map(|line| &line.node).collect(),
        Condition::Fold {
            value,
            over,
            bullets,
            ..
        } => {
            own.push(&value.node);
            own.extend(over.iter().map(|slot| &slot.node));
            bullets.iter().map(|line| &line.node).collect()
        }
        Condition::Quantified { slot, bullets, .. } => {
            own.push(&slot.node);
            bullets.iter().map(|line| &line.node).collect()
        }
        Condition::Every {
            slot,
            bullets,
            holds,
            ..
        } => {
            own.push(&slot.node);
            let both = bullets.iter().chain(holds);
            both.map(|line| &line.node).collect()
        }
        Condition::Simple(_) | Condition::Let { .. } => Vec::new(),
    };
    let own: FxHashSet<&str> = own
        .into_iter()
        .filter_map(|slot| match slot {
            Slot::Name(name) => Some(name.as_str()),
            _ => None,
        })
        .collect();
    for simple in bullets {
        of_simple(simple, &mut |name| {
            if !own.contains(name) {
                each(name);
            }
        });
    }
}

/// The slot names of a one-line condition.
pub(super) fn of_simple<'t>(simple: &'t Simple, each: &mut dyn FnMut(&'t str)) {
    match &simple.body {
        Body::Sentence(phrase) => of_phrase(phrase, each),
        Body::Verdict(norm, _) => of_norm(norm, each),
        Body::Comparison(compared) => {
            let (left, _, right) = &**compared;
            of_expr(left, each);
            of_expr(right, each);
        }
    }
}

/// The slot names of a phrase.
pub(super) fn of_phrase<'t>(phrase: &'t Phrase, each: &mut dyn FnMut(&'t str)) {
    for slot in &phrase.slots {
        of_slot(&slot.node, each);
    }
}

/// The slot names of a written norm.
pub(super) fn of_norm<'t>(norm: &'t NormRef, each: &mut dyn FnMut(&'t str)) {
    for (_, slot) in &norm.parties {
        of_slot(&slot.node, each);
    }
}

fn of_slot<'t>(slot: &'t Slot, each: &mut dyn FnMut(&'t str)) {
    match slot {
        Slot::Name(name) => each(name),
        Slot::Declared(slot) => each(&slot.name),
        Slot::Quoted(_) | Slot::Number(_) => {}
    }
}

fn of_expr<'t>(expr: &'t Expr, each: &mut dyn FnMut(&'t str)) {
    match expr {
        Expr::Slot(slot) => of_slot(&slot.node, each),
        Expr::Number(_) => {}
        Expr::Binary(left, _, right) => {
            of_expr(left, each);
            of_expr(right, each);
        }
        Expr::Group(inner, _) => of_expr(inner, each),
    }
}
