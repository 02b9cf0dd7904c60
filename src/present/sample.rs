//! A small case written out in the language, so that it can be put into a file and judged. In: a case that was made; out: its
//! text.

use super::instance;
use crate::rulebook::{Case, KindId, KindSort, Rulebook, Stated};
use crate::value::{Number, Truth, Value, ValueId};
use std::fmt::Write;

/// The case as text, under a name.
#[must_use]
pub fn text(book: &Rulebook, case: &Case, name: &str) -> String {
    let mut text = format!("case \"{}\"\n", name.replace('"', "'"));
    for (member, kinds) in &case.cast.members {
        let kinds: Vec<String> = kinds
            .iter()
            .map(|kind| {
                let name = &book.vocabulary.kinds[*kind].name;
                let an = name.starts_with(['A', 'E', 'I', 'O', 'U']);
                format!("{} {name}", if an { "an" } else { "a" })
            })
            .collect();
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "  cast [{}] is {}",
            case.values.get(*member),
            kinds.join(" and ")
        );
    }
    for line in &case.stated {
        let _ = writeln!(text, "  {}", given(book, case, line));
    }
    for branch in &case.branches {
        let sort = if branch.option { "option" } else { "suppose" };
        let _ = writeln!(text, "  {sort} \"{}\"", branch.name);
        for line in &branch.stated {
            let _ = writeln!(text, "    {}", given(book, case, line));
        }
    }
    text
}

/// A stated line: `given …`, in the opposite's words where it is false, or `unknown …`.
fn given(book: &Rulebook, case: &Case, line: &Stated) -> String {
    let sentence = &book.vocabulary.sentences[line.sentence];
    let slot = |at: usize| slot(book, case, sentence.slots[at].kind, line.values[at]);
    let opposite = sentence
        .opposite
        .as_ref()
        .filter(|_| line.truth == Truth::False);
    let words = match opposite {
        None => instance::sentence(book, line.sentence, slot),
        Some(opposite) => opposite.said(slot),
    };
    match (line.truth, opposite) {
        (Truth::True, _) | (Truth::False, Some(_)) => format!("given {words}"),
        (Truth::False, None) => format!("given it is not the case that {words}"),
        (Truth::Unknown, _) => format!("unknown {words}"),
    }
}

fn slot(book: &Rulebook, case: &Case, kind: KindId, value: Option<ValueId>) -> String {
    let listed = matches!(book.vocabulary.kinds[kind].sort, KindSort::OneOf(_));
    match value.map(|value| case.values.get(value)) {
        None => "[any]".to_owned(),
        Some(Value::Name(name)) if listed => format!("[\"{name}\"]"),
        Some(Value::Name(name)) => format!("[{name}]"),
        Some(Value::Number(number)) => {
            let text = number.to_string();
            if Number::parse(&text) == Ok(*number) {
                format!("[{text}]")
            } else {
                let (above, below) = number.parts();
                format!("[{above}/{below}]")
            }
        }
    }
}
