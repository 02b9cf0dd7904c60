//! Values in slots: quoted values and numbers against the kind of their place. In: a slot and a kind; out: a value, or
//! the fault. It does not know variables.

use super::{kinds, say};
use crate::rulebook::{KindId, KindSort, Vocabulary};
use crate::syntax::tree::Slot;
use crate::text::{Diagnostic, Span, nearest};
use crate::value::{Number, Value, ValueId, Values};

/// What stands for a number that is not known.
pub(super) const ANY: &str = "any";

/// The value of a slot in a rulebook: quoted, or a number. An individual cannot be named there.
pub(super) fn in_rules(
    vocabulary: &Vocabulary,
    values: &mut Values,
    kind: KindId,
    slot: &Slot,
    span: Span,
) -> Result<ValueId, Diagnostic> {
    match (&vocabulary.kinds[kind].sort, slot) {
        (_, Slot::Name(_) | Slot::Declared(_)) => {
            Err(unquoted(vocabulary, values, kind, slot, span))
        }
        (KindSort::Thing { .. }, _) => Err(Diagnostic::new(
            "K011",
            span,
            format!("A rulebook cannot name {}", say::bracketed(slot)),
        )
        .help("Rules speak of anybody: write a slot such as [patient]. Who is meant is said in the case.")),
        (KindSort::OneOf(_), _) => listed(vocabulary, values, kind, say::content(slot), span),
        (KindSort::Number { .. }, Slot::Number(text)) => {
            number(vocabulary, values, kind, text, span)
        }
        (KindSort::Number { .. }, _) => Err(not_a_number(vocabulary, kind, slot, span)),
    }
}

/// A value of a list kind.
pub(super) fn listed(
    vocabulary: &Vocabulary,
    values: &Values,
    kind: KindId,
    text: &str,
    span: Span,
) -> Result<ValueId, Diagnostic> {
    let KindSort::OneOf(ids) = &vocabulary.kinds[kind].sort else {
        return Err(Diagnostic::new(
            "K007",
            span,
            "There is no list of values here",
        ));
    };
    if let Some(id) = values.find(&Value::Name(text.into()))
        && ids.contains(&id)
    {
        return Ok(id);
    }
    let known = kinds::listed(values, ids);
    let close: Vec<String> = nearest(text, known.iter().copied(), 3)
        .into_iter()
        .map(|value| format!("[\"{value}\"]"))
        .collect();
    let place = vocabulary.kinds[kind].span;
    let name = &vocabulary.kinds[kind].name;
    let fault = Diagnostic::new(
        "K007",
        span,
        format!("\"{text}\" is not one of the values of {name}"),
    )
    .also(place, "the list is declared here");
    Err(say::near(fault, close, || {
        format!("It is one of: {}.", known.join(", "))
    }))
}

/// A number within the range of its kind.
pub(super) fn number(
    vocabulary: &Vocabulary,
    values: &mut Values,
    kind: KindId,
    text: &str,
    span: Span,
) -> Result<ValueId, Diagnostic> {
    let number = kinds::number(text, span)?;
    in_range(vocabulary, kind, number, span)?;
    Ok(values.number(number))
}

/// Refuses a number outside the range of its kind.
pub(super) fn in_range(
    vocabulary: &Vocabulary,
    kind: KindId,
    number: Number,
    span: Span,
) -> Result<(), Diagnostic> {
    if let KindSort::Number {
        range: Some((low, high)),
        ..
    } = &vocabulary.kinds[kind].sort
        && !(*low..=*high).contains(&number)
    {
        let name = &vocabulary.kinds[kind].name;
        return Err(Diagnostic::new(
            "K008",
            span,
            format!("{number} is outside the range of {name}"),
        )
        .also(vocabulary.kinds[kind].span, format!("from {low} to {high}"))
        .help(format!(
            "Write a number from {low} to {high}, or widen the range of the kind."
        )));
    }
    Ok(())
}

/// The fault of words where a number belongs.
pub(super) fn not_a_number(
    vocabulary: &Vocabulary,
    kind: KindId,
    slot: &Slot,
    span: Span,
) -> Diagnostic {
    let text = say::content(slot);
    let help = if Number::parse(text).is_ok() {
        format!("Write it without quotes: [{text}].")
    } else {
        "Write a number, such as [12] or [0.5].".to_owned()
    };
    Diagnostic::new(
        "K009",
        span,
        format!("{} is not a number", say::bracketed(slot)),
    )
    .also(
        vocabulary.kinds[kind].span,
        format!("the place takes {}", kinds::described(vocabulary, kind)),
    )
    .help(help)
}

/// The fault of a name where a rulebook needs a value.
fn unquoted(
    vocabulary: &Vocabulary,
    values: &Values,
    kind: KindId,
    slot: &Slot,
    span: Span,
) -> Diagnostic {
    let text = say::content(slot);
    let help = match &vocabulary.kinds[kind].sort {
        KindSort::OneOf(ids) => {
            let known = kinds::listed(values, ids);
            match nearest(text, known.iter().copied(), 1).first() {
                Some(close) => format!(
                    "Did you mean [\"{close}\"]? Values of a list are quoted in a rulebook."
                ),
                None => format!(
                    "Write one of the listed values in quotes: {}.",
                    known.join(", ")
                ),
            }
        }
        KindSort::Number { .. } => "Write a number, such as [12].".to_owned(),
        KindSort::Thing { .. } => {
            "A rulebook cannot name anybody: such a line belongs into a case.".to_owned()
        }
    };
    Diagnostic::new(
        "S018",
        span,
        format!("{} is not a value", say::bracketed(slot)),
    )
    .help(help)
}
