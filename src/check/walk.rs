//! Walking over a checked rulebook: every body of every block, every sentence and variable in it. In: the rulebook; out:
//! what the linters look at. It tells no fault.

use super::binding::{expr_vars, vars_of, verdict_terms};
use crate::rulebook::{
    Atom, Body, Citation, Condition, Line, Rulebook, Term, Var, VarId, VerdictOf,
};
use crate::text::Span;
use crate::value::IndexVec;

/// A block with lines.
pub(super) struct Block<'b> {
    /// What it is, in words: `rule "name"`.
    pub(super) called: String,
    /// Where its head stands.
    pub(super) span: Span,
    /// Its bodies.
    pub(super) bodies: Vec<&'b Body>,
    /// Slots named outside the lines: conclusion and parties.
    pub(super) others: Vec<(VarId, Span)>,
    /// Its variables.
    pub(super) vars: &'b IndexVec<VarId, Var>,
    /// Its sources.
    pub(super) cites: &'b [Citation],
}

/// Every block with lines, by sort and in order.
pub(super) fn blocks(book: &Rulebook) -> Vec<Block<'_>> {
    let mut all = Vec::new();
    for rule in book.rules.iter() {
        all.push(Block {
            called: format!("rule \"{}\"", rule.name),
            span: rule.span,
            bodies: vec![&rule.body],
            others: named(&rule.head.terms, rule.then),
            vars: &rule.vars,
            cites: &rule.cites,
        });
    }
    for norm in book.norms.iter() {
        let mut bodies = vec![&norm.arises];
        for part in &norm.parts {
            bodies.push(&part.arises);
            bodies.push(part.test.body());
        }
        all.push(Block {
            called: format!("{} \"{}\"", norm.sort.word(), norm.name),
            span: norm.span,
            bodies,
            others: norm.parties.iter().map(|p| (p.var, norm.span)).collect(),
            vars: &norm.vars,
            cites: &norm.cites,
        });
    }
    for defeat in book.defeats.iter() {
        let word = match defeat.sort {
            crate::rulebook::DefeatSort::Exemption => "exemption",
            crate::rulebook::DefeatSort::Excuse => "excuse",
        };
        all.push(Block {
            called: format!("{word} \"{}\"", defeat.name),
            span: defeat.span,
            bodies: vec![&defeat.body],
            others: defeat.parties.iter().map(|v| (*v, defeat.span)).collect(),
            vars: &defeat.vars,
            cites: &defeat.cites,
        });
    }
    for priority in book.priorities.iter() {
        let mut others = named(&priority.upper_terms, priority.span);
        others.extend(named(&priority.lower_terms, priority.span));
        all.push(Block {
            called: format!("priority \"{}\"", priority.name),
            span: priority.span,
            bodies: vec![&priority.body],
            others,
            vars: &priority.vars,
            cites: &priority.cites,
        });
    }
    all
}

fn named(terms: &[Term], span: Span) -> Vec<(VarId, Span)> {
    vars_of(terms).map(|var| (var, span)).collect()
}

/// Every line of a body, bullets included.
pub(super) fn lines<'b>(body: &'b Body, each: &mut dyn FnMut(&'b Line)) {
    for line in body {
        each(line);
        match &line.condition {
            Condition::AnyOf(body)
            | Condition::Fold { body, .. }
            | Condition::Quantified { body, .. } => lines(body, each),
            Condition::Every { body, holds, .. } => {
                lines(body, each);
                lines(holds, each);
            }
            _ => {}
        }
    }
}

/// The sentence of a line itself, if it has one.
pub(super) fn atom(line: &Line) -> Option<&Atom> {
    match &line.condition {
        Condition::Sentence { atom, .. } | Condition::NotKnown(atom) => Some(atom),
        _ => None,
    }
}

/// The variables of a line itself, bullets left out.
pub(super) fn own_vars(line: &Line) -> Vec<VarId> {
    let mut vars = Vec::new();
    match &line.condition {
        Condition::Sentence { atom, .. } | Condition::NotKnown(atom) => {
            vars.extend(vars_of(&atom.terms));
        }
        Condition::Verdict { of, .. } => vars.extend(vars_of(&verdict_terms(of))),
        Condition::Compare { left, right, .. } => {
            expr_vars(left, &mut vars);
            expr_vars(right, &mut vars);
        }
        Condition::Let { var, value } => {
            vars.push(*var);
            expr_vars(value, &mut vars);
        }
        Condition::Fold {
            var, value, over, ..
        } => {
            vars.push(*var);
            vars.extend(value.iter().chain(over));
        }
        Condition::Quantified { var, .. } | Condition::Every { var, .. } => vars.push(*var),
        Condition::AnyOf(_) => {}
    }
    vars
}

/// The norms that a verdict is about, each with its terms in the order of the norm's parties where all are written.
pub(super) fn verdict_norms(of: &VerdictOf) -> Vec<crate::rulebook::NormId> {
    match of {
        VerdictOf::Norm { norm, .. } => vec![*norm],
        VerdictOf::AnyDuty { duties, .. } => duties.clone(),
    }
}
