//! Declared kinds. In: the `kind` blocks; out: the kinds of the vocabulary, each above, list, unit and range resolved.
//! It does not know any sentence.

use super::draft::{Draft, doc};
use super::say;
use crate::rulebook::{Kind, KindId, KindSort, Vocabulary};
use crate::syntax::tree::{At, Block, BlockKind, KindSort as Written, Text};
use crate::text::{Diagnostic, Span, nearest};
use crate::value::{Idx, Number, NumberError, Value};

/// Declares every kind, then resolves what each is.
pub(super) fn declare<'f>(draft: &mut Draft, blocks: impl Iterator<Item = (usize, &'f Block)>) {
    let mut declared: Vec<(KindId, &Text, &Written)> = Vec::new();
    for (module, block) in blocks {
        let BlockKind::Kind { name, sort } = &block.kind else {
            continue;
        };
        if let Some(first) = draft.book.vocabulary.kind_by_name.get(&name.node) {
            let first = draft.book.vocabulary.kinds[*first].span;
            draft.fault(
                Diagnostic::new(
                    "K002",
                    name.span,
                    format!("The kind {} is declared twice", name.node),
                )
                .also(first, "declared here first")
                .help("Declare a kind once; every module that uses this one sees it."),
            );
            continue;
        }
        let id = draft.book.vocabulary.kinds.push(Kind {
            name: name.node.clone(),
            sort: KindSort::Thing { above: None },
            doc: doc(block),
            span: name.span,
            module,
        });
        draft
            .book
            .vocabulary
            .kind_by_name
            .insert(name.node.clone(), id);
        declared.push((id, name, sort));
    }
    // What a kind is like is settled before what stands above it, so that a number kind above is seen as one.
    for (id, _, sort) in &declared {
        draft.book.vocabulary.kinds[*id].sort = match sort {
            Written::Plain | Written::IsA(_) => KindSort::Thing { above: None },
            Written::OneOf(values) => list(draft, values),
            Written::Number { unit, range } => KindSort::Number {
                unit: unit.as_ref().map(|unit| unit.node.clone()),
                range: range.as_ref().and_then(|ends| limits(draft, ends)),
            },
        };
    }
    for (id, name, sort) in &declared {
        if let Written::IsA(above) = sort {
            place_under(draft, *id, name, above);
        }
    }
}

/// The kind of this name, or the fault with the nearest names.
pub(super) fn find(vocabulary: &Vocabulary, name: &str, span: Span) -> Result<KindId, Diagnostic> {
    if let Some(id) = vocabulary.kind_by_name.get(name) {
        return Ok(*id);
    }
    let known = vocabulary.kinds.iter().map(|kind| kind.name.as_str());
    let close: Vec<String> = nearest(name, known, 3)
        .into_iter()
        .map(str::to_owned)
        .collect();
    let fault = Diagnostic::new("K001", span, format!("There is no kind {name}"));
    Err(say::near(fault, close, || {
        format!("Declare it with the line: kind {name}")
    }))
}

/// Puts a kind under another one of things, unless that closes a circle.
fn place_under(draft: &mut Draft, id: KindId, name: &Text, above: &Text) {
    let vocabulary = &draft.book.vocabulary;
    let upper = match find(vocabulary, &above.node, above.span) {
        Ok(upper) => upper,
        Err(fault) => {
            draft.fault(fault);
            return;
        }
    };
    if !matches!(vocabulary.kinds[upper].sort, KindSort::Thing { .. }) {
        let place = vocabulary.kinds[upper].span;
        draft.fault(
            Diagnostic::new(
                "K004",
                above.span,
                format!("{} is not a kind of people or things", above.node),
            )
            .also(place, "declared here as a list or a number")
            .help("Only kinds of people and things can have narrower kinds. Declare a list or a number kind of its own."),
        );
        return;
    }
    if vocabulary.is_within(upper, id) {
        let place = vocabulary.kinds[upper].span;
        draft.fault(
            Diagnostic::new(
                "K003",
                above.span,
                format!("{} would be a narrower kind of itself", name.node),
            )
            .also(
                place,
                format!("{} is, directly or not, {}", above.node, say::a(&name.node)),
            )
            .help("Take one of the `is a` lines away, so that the kinds form a tree."),
        );
        return;
    }
    draft.book.vocabulary.kinds[id].sort = KindSort::Thing { above: Some(upper) };
}

/// The values of a list, each once.
fn list(draft: &mut Draft, values: &[Text]) -> KindSort {
    let mut ids = Vec::new();
    for value in values {
        let id = draft.book.values.name(&value.node);
        if ids.contains(&id) {
            draft.fault(
                Diagnostic::new(
                    "K005",
                    value.span,
                    format!("\"{}\" is listed twice", value.node),
                )
                .help("List each value once."),
            );
        } else {
            ids.push(id);
        }
    }
    KindSort::OneOf(ids)
}

/// The least and the greatest value.
fn limits(draft: &mut Draft, ends: &(At<String>, At<String>)) -> Option<(Number, Number)> {
    let low = number(&ends.0.node, ends.0.span);
    let high = number(&ends.1.node, ends.1.span);
    match (low, high) {
        (Ok(low), Ok(high)) if low <= high => Some((low, high)),
        (Ok(_), Ok(_)) => {
            draft.fault(
                Diagnostic::new(
                    "K006",
                    ends.0.span.to(ends.1.span),
                    format!(
                        "The range begins above its end: {} to {}",
                        ends.0.node, ends.1.node
                    ),
                )
                .help("Write the smaller number first."),
            );
            None
        }
        (low, high) => {
            for fault in [low.err(), high.err()].into_iter().flatten() {
                draft.fault(fault);
            }
            None
        }
    }
}

/// Reads a number.
pub(super) fn number(text: &str, span: Span) -> Result<Number, Diagnostic> {
    Number::parse(text).map_err(|error| {
        let message = match error {
            NumberError::ByZero => format!("{text} divides by zero"),
            NumberError::TooLong => "This number has more than 38 digits".to_owned(),
            NumberError::NotANumber => format!("{text} is not a number"),
        };
        Diagnostic::new("K010", span, message).help(
            "Write a whole number, a decimal such as 0.25, a fraction such as 8/11, or a percentage such as 20%.",
        )
    })
}

/// The nearest common kind of two kinds of things, or the kind itself where both are the same.
pub(super) fn common(vocabulary: &Vocabulary, a: KindId, b: KindId) -> Option<KindId> {
    let mut at = Some(a);
    while let Some(kind) = at {
        if vocabulary.is_within(b, kind) {
            return Some(kind);
        }
        at = match vocabulary.kinds[kind].sort {
            KindSort::Thing { above } => above,
            _ => None,
        };
    }
    None
}

/// A kind as said in a fault: `Minutes (a number in minutes)`.
pub(super) fn described(vocabulary: &Vocabulary, kind: KindId) -> String {
    let kind = &vocabulary.kinds[kind];
    match &kind.sort {
        KindSort::Thing { .. } => kind.name.clone(),
        KindSort::OneOf(_) => format!("{} (a list of values)", kind.name),
        KindSort::Number {
            unit: Some(unit), ..
        } => format!("{} (a number in {unit})", kind.name),
        KindSort::Number { unit: None, .. } => format!("{} (a number)", kind.name),
    }
}

/// The values of a list kind as text, in order.
pub(super) fn listed<'v>(
    values: &'v crate::value::Values,
    ids: &[crate::value::ValueId],
) -> Vec<&'v str> {
    ids.iter()
        .filter(|id| id.index() < values.len())
        .filter_map(|id| match values.get(*id) {
            Value::Name(name) => Some(&**name),
            Value::Number(_) => None,
        })
        .collect()
}
