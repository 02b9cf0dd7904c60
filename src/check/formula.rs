//! Comparisons and computations: written expressions to checked ones, and the agreement of kinds and units in them. In:
//! expressions over slots and numbers; out: expressions over variables, and faults. It does not know sentences.

use super::kinds;
use super::lines::Home;
use super::scope::{Scope, Want};
use super::{say, values};
use crate::rulebook::{
    Comparator, Expr, KindId, KindSort, NormId, Operator, Term, VarId, Vocabulary,
};
use crate::syntax::tree::{self, At, Slot};
use crate::text::{Diagnostic, Span};
use crate::value::{Number, Value, ValueId, Values};

/// An expression with its places.
#[derive(Clone, Debug)]
pub(super) enum Placed {
    /// A variable.
    Var(VarId, Span),
    /// A quoted value.
    Value(ValueId, Span),
    /// A number.
    Number(Number, Span),
    /// Two expressions.
    Binary(Box<Placed>, Operator, Span, Box<Placed>),
}

/// What is checked once variables have kinds.
#[derive(Clone, Debug)]
pub(super) enum Check {
    /// Both sides of a comparison.
    Compare(Placed, Comparator, Span, Placed),
    /// A computed variable and its expression.
    Let(VarId, Placed),
    /// A folded variable and what is folded: a number.
    Fold(VarId, Option<(VarId, Span)>),
    /// A value in the place of a party.
    PartyValue(NormId, usize, Slot, Span),
}

/// What an expression is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// A number, with its unit.
    Number(Option<String>),
    /// Somebody, something or a listed value of this kind.
    Thing(KindId),
    /// A quoted value whose kind the other side says.
    Quoted(ValueId),
    /// Not known, because something else is wrong.
    Unclear,
}

/// Reads an expression; `outer` says which names are those of the block.
pub(super) fn read(
    scope: &mut Scope,
    values: &mut Values,
    faults: &mut Vec<Diagnostic>,
    expr: &tree::Expr,
    outer: &dyn Fn(&str) -> bool,
) -> Option<Placed> {
    match expr {
        tree::Expr::Slot(slot) => match &slot.node {
            Slot::Name(name) => Some(Placed::Var(
                scope.var(name, outer(name), slot.span, Want::Any),
                slot.span,
            )),
            // A kind here was refused when it was read.
            Slot::Declared(_) => None,
            Slot::Quoted(text) => Some(Placed::Value(values.name(text), slot.span)),
            Slot::Number(text) => placed_number(faults, text, slot.span),
        },
        tree::Expr::Number(text) => placed_number(faults, &text.node, text.span),
        tree::Expr::Group(inner, _) => read(scope, values, faults, inner, outer),
        tree::Expr::Binary(left, operator, right) => {
            let left = read(scope, values, faults, left, outer);
            let right = read(scope, values, faults, right, outer);
            let which = match operator.node {
                tree::Operator::Add => Operator::Add,
                tree::Operator::Subtract => Operator::Subtract,
                tree::Operator::Multiply => Operator::Multiply,
                tree::Operator::Divide => Operator::Divide,
            };
            Some(Placed::Binary(
                Box::new(left?),
                which,
                operator.span,
                Box::new(right?),
            ))
        }
    }
}

fn placed_number(faults: &mut Vec<Diagnostic>, text: &str, span: Span) -> Option<Placed> {
    match kinds::number(text, span) {
        Ok(number) => Some(Placed::Number(number, span)),
        Err(fault) => {
            faults.push(fault);
            None
        }
    }
}

/// The written comparison as a checked one.
pub(super) fn comparator(written: &At<tree::Comparator>) -> Comparator {
    match written.node {
        tree::Comparator::Is => Comparator::Is,
        tree::Comparator::IsNot => Comparator::IsNot,
        tree::Comparator::AtLeast => Comparator::AtLeast,
        tree::Comparator::AtMost => Comparator::AtMost,
        tree::Comparator::MoreThan => Comparator::MoreThan,
        tree::Comparator::LessThan => Comparator::LessThan,
    }
}

impl Placed {
    /// Without places.
    pub(super) fn plain(&self) -> Expr {
        match self {
            Self::Var(var, _) => Expr::Term(Term::Var(*var)),
            Self::Value(value, _) => Expr::Term(Term::Value(*value)),
            Self::Number(number, _) => Expr::Number(*number),
            Self::Binary(left, operator, _, right) => {
                Expr::Binary(Box::new(left.plain()), *operator, Box::new(right.plain()))
            }
        }
    }

    /// All of it.
    pub(super) fn span(&self) -> Span {
        match self {
            Self::Var(_, span) | Self::Value(_, span) | Self::Number(_, span) => *span,
            Self::Binary(left, _, _, right) => left.span().to(right.span()),
        }
    }
}

/// What an expression is, with the faults in it.
pub(super) fn sort(
    vocabulary: &Vocabulary,
    scope: &Scope,
    expr: &Placed,
    faults: &mut Vec<Diagnostic>,
) -> Sort {
    match expr {
        Placed::Number(..) => Sort::Number(None),
        Placed::Value(value, _) => Sort::Quoted(*value),
        Placed::Var(var, _) => of_var(vocabulary, scope, *var),
        Placed::Binary(left, operator, span, right) => {
            let left_sort = sort(vocabulary, scope, left, faults);
            let right_sort = sort(vocabulary, scope, right, faults);
            let left_unit = operand(vocabulary, scope, left, &left_sort, faults);
            let right_unit = operand(vocabulary, scope, right, &right_sort, faults);
            let (Some(a), Some(b)) = (left_unit, right_unit) else {
                return Sort::Unclear;
            };
            match combined(a, *operator, b) {
                Ok(unit) => Sort::Number(unit),
                Err((a, b)) => {
                    faults.push(clash(*operator, *span, &a, &b));
                    Sort::Unclear
                }
            }
        }
    }
}

/// What a variable is.
fn of_var(vocabulary: &Vocabulary, scope: &Scope, var: VarId) -> Sort {
    let known = &scope.vars[var];
    match known.kind {
        Some(kind) if vocabulary.is_number(kind) => Sort::Number(known.unit.clone()),
        Some(kind) => Sort::Thing(kind),
        None if scope.places[var]
            .iter()
            .any(|place| matches!(place.want, Want::Computed)) =>
        {
            Sort::Number(known.unit.clone())
        }
        None => Sort::Unclear,
    }
}

/// The unit of an operand; a thing cannot be calculated with.
fn operand(
    vocabulary: &Vocabulary,
    scope: &Scope,
    expr: &Placed,
    sort: &Sort,
    faults: &mut Vec<Diagnostic>,
) -> Option<Option<String>> {
    let what = match sort {
        Sort::Number(unit) => return Some(unit.clone()),
        Sort::Unclear => return None,
        Sort::Thing(kind) => {
            let name = match expr {
                Placed::Var(var, _) => scope.shown(*var),
                _ => "this".to_owned(),
            };
            format!("{name} is {}", say::a(&vocabulary.kinds[*kind].name))
        }
        Sort::Quoted(_) => "a quoted value is no number".to_owned(),
    };
    faults.push(
        Diagnostic::new(
            "K014",
            expr.span(),
            format!("Only numbers can be calculated with; {what}"),
        )
        .help("Use slots whose kind is a number, or write the number without quotes."),
    );
    None
}

/// The unit of a result (ruling 18), or the two that clash.
fn combined(
    a: Option<String>,
    operator: Operator,
    b: Option<String>,
) -> Result<Option<String>, (String, String)> {
    match (operator, a, b) {
        (_, None, unit) | (_, unit, None) => Ok(unit),
        (Operator::Add | Operator::Subtract, Some(a), Some(b)) if a == b => Ok(Some(a)),
        (Operator::Divide, Some(a), Some(b)) if a == b => Ok(None),
        (_, Some(a), Some(b)) => Err((a, b)),
    }
}

/// The fault of units that do not go together.
fn clash(operator: Operator, span: Span, a: &str, b: &str) -> Diagnostic {
    match operator {
        Operator::Add | Operator::Subtract => Diagnostic::new(
            "K012",
            span,
            format!("A number in {a} and a number in {b} cannot be added or subtracted"),
        )
        .help("Bring both to one unit first, for example by multiplying one of them by a bare number."),
        Operator::Multiply | Operator::Divide => Diagnostic::new(
            "K013",
            span,
            format!("A number in {a} and a number in {b} cannot be multiplied or divided"),
        )
        .help("Only equal units cancel, in a quotient. Multiply or divide by a number without a unit."),
    }
}

/// Checks a comparison.
pub(super) fn compare(
    vocabulary: &Vocabulary,
    values: &Values,
    (scope, home): (&Scope, Home),
    (left, comparator, span, right): (&Placed, Comparator, Span, &Placed),
    faults: &mut Vec<Diagnostic>,
) {
    let left_sort = sort(vocabulary, scope, left, faults);
    let right_sort = sort(vocabulary, scope, right, faults);
    let ordering = !matches!(comparator, Comparator::Is | Comparator::IsNot);
    match (&left_sort, &right_sort) {
        (Sort::Unclear, _) | (_, Sort::Unclear) => {}
        (Sort::Number(a), Sort::Number(b)) => {
            if let (Some(a), Some(b)) = (a, b)
                && a != b
            {
                faults.push(
                    Diagnostic::new(
                        "K012",
                        span,
                        format!("A number in {a} cannot be compared with a number in {b}"),
                    )
                    .help("Bring both sides to one unit."),
                );
            }
        }
        _ if ordering => {
            faults.push(
                Diagnostic::new(
                    "K015",
                    span,
                    "Only numbers are more or less than each other",
                )
                .help(
                    "People, things and listed values can only be compared with `is` and `is not`.",
                ),
            );
        }
        (Sort::Thing(a), Sort::Thing(b)) => {
            if a != b && kinds::common(vocabulary, *a, *b).is_none() {
                faults.push(unrelated(vocabulary, span, *a, *b));
            }
        }
        (Sort::Thing(kind), Sort::Quoted(value)) => {
            quoted(
                vocabulary,
                values,
                (*kind, home),
                *value,
                right.span(),
                faults,
            );
        }
        (Sort::Quoted(value), Sort::Thing(kind)) => {
            quoted(
                vocabulary,
                values,
                (*kind, home),
                *value,
                left.span(),
                faults,
            );
        }
        (Sort::Quoted(_), Sort::Quoted(_)) => {
            faults.push(
                Diagnostic::new("K016", span, "Two values are compared, and no slot").help(
                    "Such a line is always true or always false. Compare a slot with a value.",
                ),
            );
        }
        (Sort::Number(_), _) | (_, Sort::Number(_)) => {
            faults.push(
                Diagnostic::new("K016", span, "A number is compared with something that is none")
                    .help("Both sides of a comparison must be numbers, or both people, things or listed values."),
            );
        }
    }
}

/// The fault of comparing what can never be the same.
fn unrelated(vocabulary: &Vocabulary, span: Span, a: KindId, b: KindId) -> Diagnostic {
    let (a, b) = (&vocabulary.kinds[a], &vocabulary.kinds[b]);
    Diagnostic::new(
        "K016",
        span,
        format!(
            "Nothing is both {} and {}",
            say::a(&a.name),
            say::a(&b.name)
        ),
    )
    .also(a.span, format!("{} is declared here", a.name))
    .also(b.span, format!("{} is declared here", b.name))
    .help("Only kinds with a more general kind in common can be compared.")
}

/// A quoted value beside a slot: of the list of its kind.
fn quoted(
    vocabulary: &Vocabulary,
    values: &Values,
    (kind, home): (KindId, Home),
    value: ValueId,
    span: Span,
    faults: &mut Vec<Diagnostic>,
) {
    let Value::Name(text) = values.get(value) else {
        return;
    };
    if let KindSort::OneOf(_) = vocabulary.kinds[kind].sort {
        if let Err(fault) = values::listed(vocabulary, values, kind, text, span) {
            faults.push(fault);
        }
        return;
    }
    if home == Home::Query {
        return;
    }
    let shown = say::bracketed(&Slot::Quoted(text.into()));
    faults.push(
        Diagnostic::new("K011", span, format!("A rulebook cannot name {shown}"))
            .help("Rules speak of anybody. Give the person or thing a kind or a fact of its own and ask for that."),
    );
}
