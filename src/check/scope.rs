//! The variables of one block: a slot name becomes a variable, one for the whole block or one for its group, and every
//! place it stands in is remembered. It does not know what the places demand.

use super::formula::Check;
use crate::rulebook::{KindId, NormId, Var, VarId};
use crate::text::Span;
use crate::value::{Idx, IndexVec};
use rustc_hash::FxHashMap;

/// The variables of a block while it is read.
#[derive(Default)]
pub(super) struct Scope {
    /// The variables.
    pub(super) vars: IndexVec<VarId, Var>,
    /// Where each stands.
    pub(super) places: IndexVec<VarId, Vec<Place>>,
    /// Whether each belongs to one group or `unless` line.
    local: IndexVec<VarId, bool>,
    /// Outer names.
    outer: FxHashMap<String, VarId>,
    /// Names of the group being read, innermost last.
    groups: Vec<FxHashMap<String, VarId>>,
    /// Comparisons, computations and values whose kinds are checked once the variables have theirs.
    pub(super) checks: Vec<Check>,
    /// Whether some line could not be resolved, so that nothing missing should be told.
    pub(super) broken: bool,
}

/// A place of a variable.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// Where.
    pub(super) span: Span,
    /// What the place takes.
    pub(super) want: Want,
}

/// What a place takes.
#[derive(Clone, Debug)]
pub(super) enum Want {
    /// Something of this kind.
    Kind(KindId),
    /// Whatever this party of a norm is (by position).
    Party(NormId, usize),
    /// Whatever these parties are, of several norms.
    Parties(Vec<(NormId, usize)>),
    /// A number that is computed here.
    Computed,
    /// Anything.
    Any,
}

impl Scope {
    /// The variable of a name: of the whole block where it is outer, else of the innermost group.
    pub(super) fn var(&mut self, name: &str, outer: bool, span: Span, want: Want) -> VarId {
        let outer = outer || self.groups.is_empty();
        let known = if outer {
            self.outer.get(name).copied()
        } else {
            self.groups
                .iter()
                .rev()
                .find_map(|group| group.get(name).copied())
        };
        let id = known.unwrap_or_else(|| {
            let id = self.fresh(name, !outer);
            match self.groups.last_mut() {
                Some(group) if !outer => group.insert(name.to_owned(), id),
                _ => self.outer.insert(name.to_owned(), id),
            };
            id
        });
        self.places[id].push(Place { span, want });
        id
    }

    /// A variable that no name leads to.
    pub(super) fn unnamed(&mut self, name: &str, span: Span, want: Want) -> VarId {
        let id = self.fresh(name, false);
        self.places[id].push(Place { span, want });
        id
    }

    fn fresh(&mut self, name: &str, local: bool) -> VarId {
        self.places.push(Vec::new());
        self.local.push(local);
        self.vars.push(Var {
            name: name.to_owned(),
            kind: None,
            unit: None,
        })
    }

    /// The outer variable of a name, if there is one.
    pub(super) fn outer(&self, name: &str) -> Option<VarId> {
        self.outer.get(name).copied()
    }

    /// Whether the variable belongs to one group.
    pub(super) fn is_local(&self, var: VarId) -> bool {
        self.local[var]
    }

    /// Opens a group: names that are not outer are its own until it is left.
    pub(super) fn enter(&mut self) {
        self.groups.push(FxHashMap::default());
    }

    /// Leaves the innermost group.
    pub(super) fn leave(&mut self) {
        self.groups.pop();
    }

    /// Where a variable stands on a line.
    pub(super) fn place_in(&self, var: VarId, line: Span) -> Span {
        self.places[var]
            .iter()
            .map(|place| place.span)
            .find(|span| span.file == line.file && line.start <= span.start && span.end <= line.end)
            .or_else(|| self.places[var].first().map(|place| place.span))
            .unwrap_or(line)
    }

    /// The name of a variable in brackets.
    pub(super) fn shown(&self, var: VarId) -> String {
        format!("[{}]", self.vars[var].name)
    }

    /// An empty set of this block's variables.
    pub(super) fn none(&self) -> Vars {
        Vars(vec![false; self.vars.len()])
    }
}

/// A set of variables of one block.
#[derive(Clone, Debug)]
pub(super) struct Vars(Vec<bool>);

impl Vars {
    /// Whether it is in the set.
    pub(super) fn has(&self, var: VarId) -> bool {
        self.0.get(var.index()).copied().unwrap_or(false)
    }

    /// Adds one; says whether it is new.
    pub(super) fn add(&mut self, var: VarId) -> bool {
        match self.0.get_mut(var.index()) {
            Some(slot) if !*slot => {
                *slot = true;
                true
            }
            _ => false,
        }
    }

    /// The set without what is in another one.
    pub(super) fn without(&self, other: &Self) -> Self {
        let kept = self
            .0
            .iter()
            .enumerate()
            .map(|(at, own)| *own && !other.0.get(at).copied().unwrap_or(false));
        Self(kept.collect())
    }

    /// The set with everything of another one.
    pub(super) fn with(mut self, other: &Self) -> Self {
        for (slot, more) in self.0.iter_mut().zip(&other.0) {
            *slot |= *more;
        }
        self
    }
}
