//! A query: conditions with free slots, asked of a case. In: written conditions and the case's cast; out: a body over
//! variables, or every fault. It does not know how the answer is found.

use super::binding::Binding;
use super::lines::{Home, Lines};
use super::names::Names;
use super::people::People;
use super::scope::Scope;
use super::typing;
use crate::rulebook::{Body, Cast, Rulebook, Var, VarId};
use crate::syntax::tree::{self, At, Condition, ConditionLine, Lead, Line, Phrase, Simple, Slot};
use crate::text::{Diagnostic, Span};
use crate::value::{IndexVec, Value, Values};

/// Resolves the conditions of a query. A slot with the name of somebody in the cast, or with a quoted name, means that
/// one; any other slot is free.
///
/// # Errors
/// Every fault found.
pub fn query(
    book: &Rulebook,
    values: &mut Values,
    cast: &Cast,
    conditions: &[Condition],
) -> Result<(Body, IndexVec<VarId, Var>), Vec<Diagnostic>> {
    let people = People::of(cast);
    let lines: Vec<ConditionLine> = conditions
        .iter()
        .map(|condition| ConditionLine {
            lead: Lead::And,
            line: Line {
                node: named(condition, values, &people),
                span: span_of(condition),
                indent: 0,
                trivia: tree::Trivia::default(),
            },
        })
        .collect();
    let mut names = Names::default();
    names.add_lines(&lines);
    let mut faults = Vec::new();
    let mut reader = Lines {
        vocabulary: &book.vocabulary,
        norms: &book.norms,
        values,
        faults: &mut faults,
        scope: Scope::default(),
        home: Home::Query,
    };
    let body = reader.body(&lines, &names);
    let mut scope = reader.scope;
    typing::settle(
        &book.vocabulary,
        &book.norms,
        values,
        &mut scope,
        Home::Query,
        &mut faults,
    );
    if !scope.broken {
        let none = scope.none();
        Binding::new(&scope, &mut faults).body(&body, &none, &none);
    }
    if faults.iter().any(Diagnostic::is_error) {
        return Err(faults);
    }
    Ok((body, scope.vars))
}

/// The condition with the names of the cast in quotes, so that they are read as values.
fn named(condition: &Condition, values: &Values, people: &People) -> Condition {
    let mut copy = condition.clone();
    let mut change = |slot: &mut Slot| {
        if let Slot::Name(name) = slot
            && let Some(value) = values.find(&Value::Name(name.as_str().into()))
            && people.kinds(value).is_some()
        {
            *slot = Slot::Quoted(std::mem::take(name));
        }
    };
    let mut simple = |simple: &mut Simple| in_simple(simple, &mut change);
    match &mut copy {
        Condition::Simple(one) => simple(one),
        Condition::Let { .. } => {}
        Condition::AnyOf(bullets)
        | Condition::Fold { bullets, .. }
        | Condition::Quantified { bullets, .. } => {
            bullets.iter_mut().for_each(|line| simple(&mut line.node));
        }
        Condition::Every { bullets, holds, .. } => bullets
            .iter_mut()
            .chain(holds)
            .for_each(|line| simple(&mut line.node)),
    }
    copy
}

fn in_simple(simple: &mut Simple, change: &mut impl FnMut(&mut Slot)) {
    match &mut simple.body {
        tree::Body::Sentence(phrase) => in_phrase(phrase, change),
        tree::Body::Verdict(norm, _) => {
            for (_, At { node, .. }) in &mut norm.parties {
                change(node);
            }
        }
        tree::Body::Comparison(compared) => {
            let (left, _, right) = &mut **compared;
            in_expr(left, change);
            in_expr(right, change);
        }
    }
}

fn in_phrase(phrase: &mut Phrase, change: &mut impl FnMut(&mut Slot)) {
    phrase
        .slots
        .iter_mut()
        .for_each(|slot| change(&mut slot.node));
}

fn in_expr(expr: &mut tree::Expr, change: &mut impl FnMut(&mut Slot)) {
    match expr {
        tree::Expr::Slot(slot) => change(&mut slot.node),
        tree::Expr::Number(_) => {}
        tree::Expr::Binary(left, _, right) => {
            in_expr(left, change);
            in_expr(right, change);
        }
        tree::Expr::Group(inner, _) => in_expr(inner, change),
    }
}

/// Where a condition stands.
fn span_of(condition: &Condition) -> Span {
    match condition {
        Condition::Simple(simple) => simple.span,
        Condition::Let { slot, .. }
        | Condition::Fold { slot, .. }
        | Condition::Quantified { slot, .. }
        | Condition::Every { slot, .. } => slot.span,
        Condition::AnyOf(bullets) => bullets.first().map_or(
            Span {
                file: crate::text::FileId(0),
                start: 0,
                end: 0,
            },
            |line| line.span,
        ),
    }
}
