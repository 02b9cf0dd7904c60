//! What stands behind a body: its lines, its variables, its sources. In: where a body was written; out: a [`Block`]. Knows no
//! case.

use crate::plan::{Col, Join, Origin, Plan, RelId, vars_of};
use crate::rulebook::{
    Citation, Condition, Line, PriorityId, Rulebook, Term, Var, VarId, VerdictOf,
};
use crate::value::{IndexVec, Status, StatusSet};
use std::borrow::Cow;

/// A body with what belongs to it.
#[derive(Clone, Debug)]
pub struct Block<'a> {
    /// Where it was written.
    pub origin: Origin,
    /// Its lines; of a priority, after the unwritten one that the upper duty is fulfilled.
    pub lines: Cow<'a, [Line]>,
    /// The variables of its block.
    pub vars: &'a IndexVec<VarId, Var>,
    /// Sources.
    pub cites: &'a [Citation],
    /// Reasons.
    pub because: &'a [String],
}

/// The block of a body.
#[must_use]
pub fn block(book: &Rulebook, origin: Origin) -> Block<'_> {
    let of_norm = |id, lines| {
        let norm = &book.norms[id];
        Block {
            origin,
            lines,
            vars: &norm.vars,
            cites: &norm.cites,
            because: &norm.because,
        }
    };
    match origin {
        Origin::Rule(id) => {
            let rule = &book.rules[id];
            Block {
                origin,
                lines: Cow::Borrowed(&rule.body),
                vars: &rule.vars,
                cites: &rule.cites,
                because: &rule.because,
            }
        }
        Origin::Arises(id) => of_norm(id, Cow::Borrowed(&book.norms[id].arises[..])),
        Origin::Engaged(id) => of_norm(id, Cow::Borrowed(&[][..])),
        Origin::PartArises(id, part) => {
            let lines = book.norms[id].parts.get(part).map(|part| &part.arises[..]);
            of_norm(id, Cow::Borrowed(lines.unwrap_or_default()))
        }
        Origin::Test(id, part) => {
            let part = book.norms[id].parts.get(part);
            let lines = part.map(|part| &part.test.body()[..]);
            of_norm(id, Cow::Borrowed(lines.unwrap_or_default()))
        }
        Origin::Defeat(id) => {
            let defeat = &book.defeats[id];
            Block {
                origin,
                lines: Cow::Borrowed(&defeat.body),
                vars: &defeat.vars,
                cites: &defeat.cites,
                because: &defeat.because,
            }
        }
        Origin::Priority(id) => {
            let priority = &book.priorities[id];
            let mut lines = vec![upper(book, id)];
            lines.extend(priority.body.iter().cloned());
            Block {
                origin,
                lines: Cow::Owned(lines),
                vars: &priority.vars,
                cites: &priority.cites,
                because: &priority.because,
            }
        }
    }
}

/// A priority's unwritten line: the upper duty is engaged and fulfilled.
fn upper(book: &Rulebook, id: PriorityId) -> Line {
    let priority = &book.priorities[id];
    Line {
        condition: Condition::Verdict {
            negated: false,
            not_known: false,
            of: VerdictOf::Norm {
                norm: priority.upper,
                terms: priority.upper_terms.clone(),
                part: None,
            },
            statuses: StatusSet::only(Status::Fulfilled),
        },
        unless: false,
        span: priority.span,
    }
}

/// The compiled body of an origin.
#[must_use]
pub fn join_of(plan: &Plan, origin: Origin) -> Option<&Join> {
    plan.joins.iter().find(|join| join.origin == origin)
}

/// The variables of a join's head columns, in order; `None` for a column that is a value.
#[must_use]
pub fn head_vars(join: &Join) -> Vec<Option<VarId>> {
    let var = |col: &Col| match col {
        Col::Bind(var) | Col::Same(var) => Some(*var),
        Col::Const(_) => None,
    };
    join.head_cols.iter().map(var).collect()
}

/// The variables that a firing's registers surely hold: those of the head, of lines that bind or test by themselves, and those
/// that two lines share. What is local to a group may hold leftovers.
#[must_use]
pub fn outer_vars(block: &Block<'_>, join: &Join) -> Vec<VarId> {
    let mut outer: Vec<VarId> = head_vars(join).into_iter().flatten().collect();
    let mut once: Vec<VarId> = Vec::new();
    for line in block.lines.iter() {
        let mut own = Vec::new();
        vars_of(&line.condition, &mut own);
        own.sort();
        own.dedup();
        let simple = !line.unless
            && matches!(
                &line.condition,
                Condition::Sentence { .. }
                    | Condition::Compare { .. }
                    | Condition::Let { .. }
                    | Condition::Verdict {
                        of: VerdictOf::Norm { .. },
                        ..
                    }
            );
        if simple {
            outer.extend(&own);
        }
        if let (Condition::Fold { var, .. }, false) = (&line.condition, line.unless) {
            outer.push(*var);
        }
        outer.extend(own.iter().filter(|var| once.contains(var)));
        once.extend(own);
    }
    outer.sort();
    outer.dedup();
    outer
}

/// The numbers that a body's own lines give: read again rather than compared with themselves. What a test is handed by
/// `arises if` stays.
#[must_use]
pub fn given_numbers(block: &Block<'_>, plan: &Plan, join: &Join) -> Vec<VarId> {
    let handed = match block.origin {
        Origin::Test(..) | Origin::PartArises(..) => head_vars(join),
        _ => Vec::new(),
    };
    let mut given = Vec::new();
    for line in block.lines.iter().filter(|line| !line.unless) {
        match &line.condition {
            Condition::Sentence { atom, .. } => {
                let key = plan.relations[RelId(atom.sentence.0)].key;
                for (at, term) in atom.terms.iter().enumerate() {
                    if let (0, Term::Var(var)) = (key >> at & 1, term) {
                        given.push(*var);
                    }
                }
            }
            Condition::Let { var, .. } | Condition::Fold { var, .. } => given.push(*var),
            _ => {}
        }
    }
    given.retain(|var| !handed.contains(&Some(*var)));
    given
}
