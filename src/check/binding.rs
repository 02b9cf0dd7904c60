//! Whether every variable is bound: some line must say who or what is meant before another line can deny, compare or
//! compute. In: a checked body; out: the variables it binds, and faults. It does not know kinds beyond *number or not*.

use super::scope::{Scope, Vars};
use crate::rulebook::{Body, Condition, Expr, Line, Term, VarId, VerdictOf};
use crate::text::{Diagnostic, Span};
use crate::value::{Status, StatusSet};

/// Checks bodies of one block.
pub(super) struct Binding<'a> {
    /// The block's variables.
    pub(super) scope: &'a Scope,
    /// What is wrong.
    pub(super) faults: &'a mut Vec<Diagnostic>,
    /// Variables told already.
    told: Vars,
    /// Variables that `let` computes.
    computed: Vars,
    /// Computed variables that were needed and not to be had.
    unsettled: Vec<(VarId, Span)>,
}

impl<'a> Binding<'a> {
    /// Nothing told yet.
    pub(super) fn new(scope: &'a Scope, faults: &'a mut Vec<Diagnostic>) -> Self {
        Self {
            scope,
            faults,
            told: scope.none(),
            computed: scope.none(),
            unsettled: Vec::new(),
        }
    }

    /// Checks a body: `given` is bound before it, `ranging` are slots of the conclusion, which range over the cast
    /// where no line binds them. Gives what is bound after it.
    pub(super) fn body(&mut self, body: &[Line], given: &Vars, ranging: &Vars) -> Vars {
        let mut bound = given.clone();
        self.computed_once(body);
        grow(body, &mut bound, self.scope);
        // What ranges over the cast can be computed with like anything bound.
        let mut reached = bound.clone().with(&ranging.without(&self.computed));
        grow(body, &mut reached, self.scope);
        let before = self.faults.len();
        for line in body {
            let mut known = reached.clone();
            if line.unless {
                grow_line(&line.condition, &mut known, self.scope);
            }
            self.condition(&line.condition, line.span, &known);
        }
        // A computation that lacks a slot was told at that slot; one that lacks only computed slots goes round in a circle.
        if self.faults.len() == before
            && let Some((var, span)) = self.unsettled.first().copied()
        {
            self.circular(var, span);
        }
        self.unsettled.clear();
        bound
    }

    /// Tells a slot of the conclusion that is a number and bound nowhere.
    pub(super) fn number_unbound(&mut self, var: VarId, span: Span) {
        // A computation that cannot be done was told at its own line.
        if !self.computed.has(var) && self.told.add(var) {
            self.faults.push(
                Diagnostic::new(
                    "B003",
                    span,
                    format!("Nothing says which number {} is", self.scope.shown(var)),
                )
                .help("A number in a conclusion must come from a line that states or computes it."),
            );
        }
    }

    /// Tells a party of which no line says anything: nobody knows even of what kind it is.
    pub(super) fn unmentioned(&mut self, var: VarId, span: Span) {
        if self.told.add(var) {
            let shown = self.scope.shown(var);
            self.faults.push(
                Diagnostic::new("B012", span, format!("No line says who or what {shown} is")).help(
                    format!(
                        "Add a line to the block that speaks of {shown}, or leave {shown} out."
                    ),
                ),
            );
        }
    }

    fn condition(&mut self, condition: &Condition, span: Span, bound: &Vars) {
        match condition {
            Condition::Sentence {
                negated: true,
                atom,
                ..
            } => self.negative(&atom.terms, span, bound),
            // What nothing else binds reads *which* here.
            Condition::Sentence { .. } | Condition::NotKnown(_) => {}
            Condition::Verdict {
                negated,
                not_known,
                of,
                statuses,
            } => {
                if *negated || *not_known || !enumerable(*statuses) {
                    self.negative(&verdict_terms(of), span, bound);
                }
            }
            Condition::Compare { left, right, .. } => {
                let mut vars = Vec::new();
                expr_vars(left, &mut vars);
                expr_vars(right, &mut vars);
                self.compared(&vars, span, bound);
            }
            Condition::Let { var, value } => {
                let mut vars = Vec::new();
                expr_vars(value, &mut vars);
                if vars.contains(var) {
                    self.circular(*var, span);
                } else {
                    self.compared(&vars, span, bound);
                }
            }
            Condition::Fold {
                value, over, body, ..
            } => {
                let inner = self.group(body, bound);
                for var in value.iter().chain(over) {
                    self.must_bind(*var, span, &inner, "B006");
                }
            }
            Condition::AnyOf(body) => self.any_of(body, bound),
            Condition::Quantified { var, body, .. } => {
                let inner = self.group(body, bound);
                self.must_bind(*var, span, &inner, "B005");
            }
            Condition::Every { var, body, holds } => {
                let inner = self.group(body, bound);
                self.must_bind(*var, span, &inner, "B005");
                self.group(holds, &inner);
            }
        }
    }

    /// Bullets that all hold together.
    fn group(&mut self, body: &Body, bound: &Vars) -> Vars {
        let mut inner = bound.clone();
        grow(body, &mut inner, self.scope);
        for line in body {
            self.condition(&line.condition, line.span, &inner);
        }
        inner
    }

    /// Bullets of which one holds: each stands by itself.
    fn any_of(&mut self, body: &Body, bound: &Vars) {
        // A name that stands outside the group too must have one meaning whichever bullet holds.
        let mut vars = Vec::new();
        for line in body {
            condition_vars(&line.condition, &mut vars);
        }
        for var in vars {
            if bound.has(var) || self.scope.is_local(var) {
                continue;
            }
            let lacking = body.iter().find(|line| {
                let mut inner = bound.clone();
                grow_line(&line.condition, &mut inner, self.scope);
                !inner.has(var)
            });
            if let Some(line) = lacking
                && self.told.add(var)
            {
                let shown = self.scope.shown(var);
                self.faults.push(
                    Diagnostic::new(
                        "B007",
                        line.span,
                        format!("This bullet does not say which {shown} is meant"),
                    )
                    .help(format!(
                        "{shown} is used outside these bullets as well, so every bullet must state it, or another line must. If it is meant for one bullet only, give it another name."
                    )),
                );
            }
        }
        for line in body {
            let mut inner = bound.clone();
            grow_line(&line.condition, &mut inner, self.scope);
            self.condition(&line.condition, line.span, &inner);
        }
    }

    fn negative(&mut self, terms: &[Term], span: Span, bound: &Vars) {
        for var in vars_of(terms) {
            if bound.has(var) || !self.told.add(var) {
                continue;
            }
            let shown = self.scope.shown(var);
            self.faults.push(
                Diagnostic::new(
                    "B001",
                    self.scope.place_in(var, span),
                    format!("{shown} stands only in a line that says what is not so"),
                )
                .help(format!(
                    "Nothing says which {shown} is meant. If you mean that there is none, write `no {shown} where` and the sentence as a bullet under it; else add a line that says who or what {shown} is."
                )),
            );
        }
    }

    fn compared(&mut self, vars: &[VarId], span: Span, bound: &Vars) {
        for var in vars.iter().copied() {
            if bound.has(var) {
                continue;
            }
            if self.computed.has(var) {
                self.unsettled.push((var, span));
                continue;
            }
            if !self.told.add(var) {
                continue;
            }
            let shown = self.scope.shown(var);
            self.faults.push(
                Diagnostic::new(
                    "B002",
                    self.scope.place_in(var, span),
                    format!("Nothing says what {shown} is"),
                )
                .help(format!(
                    "A comparison or a computation needs a line before it that states {shown}, or computes it by `let {shown} be`."
                )),
            );
        }
    }

    fn must_bind(&mut self, var: VarId, span: Span, inner: &Vars, code: &'static str) {
        if inner.has(var) || !self.told.add(var) {
            return;
        }
        let shown = self.scope.shown(var);
        self.faults.push(
            Diagnostic::new(
                code,
                self.scope.place_in(var, span),
                format!("No bullet of this group says which {shown} is meant"),
            )
            .help(format!(
                "Add a bullet under `where` that states something about {shown}."
            )),
        );
    }

    fn circular(&mut self, var: VarId, span: Span) {
        if self.told.add(var) {
            let shown = self.scope.shown(var);
            self.faults.push(
                Diagnostic::new(
                    "B009",
                    self.scope.place_in(var, span),
                    format!("{shown} is computed from itself"),
                )
                .help("Compute it from other slots."),
            );
        }
    }

    /// Tells two computations of one slot.
    fn computed_once(&mut self, body: &[Line]) {
        let mut seen: Vec<(VarId, Span)> = Vec::new();
        for line in body {
            let (Condition::Let { var, .. } | Condition::Fold { var, .. }) = &line.condition else {
                continue;
            };
            if let Some((_, first)) = seen.iter().find(|(seen, _)| seen == var) {
                let shown = self.scope.shown(*var);
                self.faults.push(
                    Diagnostic::new("B008", line.span, format!("{shown} is computed twice"))
                        .also(*first, "computed here first")
                        .help("Give each result a name of its own; to compare two results write `is`."),
                );
            } else {
                self.computed.add(*var);
                seen.push((*var, line.span));
            }
        }
    }
}

/// Whether a verdict of these statuses names somebody: a duty that did not arise is nobody's in particular.
fn enumerable(statuses: StatusSet) -> bool {
    !statuses.has(Status::NotEngaged) && !statuses.has(Status::NotRaised)
}

/// Adds what the lines of a body bind, to a fixpoint.
pub(super) fn grow(body: &[Line], bound: &mut Vars, scope: &Scope) {
    loop {
        let mut changed = false;
        for line in body.iter().filter(|line| !line.unless) {
            changed |= grow_line(&line.condition, bound, scope);
        }
        if !changed {
            return;
        }
    }
}

/// Adds what one line binds; says whether that is more than before.
fn grow_line(condition: &Condition, bound: &mut Vars, scope: &Scope) -> bool {
    let mut changed = false;
    match condition {
        Condition::Sentence {
            negated: false,
            atom,
            ..
        } => {
            for var in vars_of(&atom.terms) {
                changed |= bound.add(var);
            }
        }
        Condition::Verdict {
            negated: false,
            not_known: false,
            of,
            statuses,
        } if enumerable(*statuses) => {
            for var in vars_of(&verdict_terms(of)) {
                changed |= bound.add(var);
            }
        }
        Condition::Let { var, value } => {
            let mut vars = Vec::new();
            expr_vars(value, &mut vars);
            if vars.iter().all(|var| bound.has(*var)) {
                changed |= bound.add(*var);
            }
        }
        Condition::Fold { var, body, .. } => {
            let mut vars = Vec::new();
            for line in body {
                condition_vars(&line.condition, &mut vars);
            }
            if vars
                .iter()
                .all(|var| scope.is_local(*var) || bound.has(*var))
            {
                changed |= bound.add(*var);
            }
        }
        Condition::AnyOf(body) => {
            let mut vars = Vec::new();
            for line in body {
                condition_vars(&line.condition, &mut vars);
            }
            for var in vars {
                let everywhere = body.iter().all(|line| {
                    let mut inner = bound.clone();
                    grow_line(&line.condition, &mut inner, scope);
                    inner.has(var)
                });
                if everywhere {
                    changed |= bound.add(var);
                }
            }
        }
        _ => {}
    }
    changed
}

/// Every variable of a condition, groups included.
pub(super) fn condition_vars(condition: &Condition, vars: &mut Vec<VarId>) {
    let mut lines = |body: &Body| {
        for line in body {
            condition_vars(&line.condition, vars);
        }
    };
    match condition {
        Condition::Sentence { atom, .. } | Condition::NotKnown(atom) => {
            vars.extend(vars_of(&atom.terms));
        }
        Condition::Verdict { of, .. } => vars.extend(vars_of(&verdict_terms(of))),
        Condition::Compare { left, right, .. } => {
            expr_vars(left, vars);
            expr_vars(right, vars);
        }
        Condition::Let { var, value } => {
            vars.push(*var);
            expr_vars(value, vars);
        }
        Condition::Fold {
            var,
            value,
            over,
            body,
            ..
        } => {
            lines(body);
            vars.push(*var);
            vars.extend(value.iter().chain(over));
        }
        Condition::AnyOf(body) => lines(body),
        Condition::Quantified { var, body, .. } => {
            lines(body);
            vars.push(*var);
        }
        Condition::Every { var, body, holds } => {
            lines(body);
            lines(holds);
            vars.push(*var);
        }
    }
}

/// The terms of a verdict.
pub(super) fn verdict_terms(of: &VerdictOf) -> Vec<Term> {
    match of {
        VerdictOf::Norm { terms, .. } => terms.clone(),
        VerdictOf::AnyDuty { parties, .. } => parties.iter().map(|(_, term)| *term).collect(),
    }
}

/// The variables among terms.
pub(super) fn vars_of(terms: &[Term]) -> impl Iterator<Item = VarId> {
    terms.iter().filter_map(|term| match term {
        Term::Var(var) => Some(*var),
        Term::Value(_) => None,
    })
}

/// The variables of an expression.
pub(super) fn expr_vars(expr: &Expr, vars: &mut Vec<VarId>) {
    match expr {
        Expr::Term(Term::Var(var)) => vars.push(*var),
        Expr::Term(Term::Value(_)) | Expr::Number(_) => {}
        Expr::Binary(left, _, right) => {
            expr_vars(left, vars);
            expr_vars(right, vars);
        }
    }
}
