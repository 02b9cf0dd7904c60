//! A case to JSON: cast by kind, sentences written out, expectations as lines. In: a checked case; out: the object that
//! reads back as the same case. Questions and sources are not part of the data.

use crate::check::norm_words::words_of;
use crate::check::say;
use crate::rulebook::{Case, Expectation, Expected, NormPattern, Rulebook, Stated};
use crate::value::{Truth, Value as Ground, ValueId, Values};
use serde_json::{Map, Value};

/// The case as one object.
#[must_use]
pub fn case_to_json(book: &Rulebook, case: &Case) -> Value {
    let mut object = Map::new();
    object.insert("case".to_owned(), Value::String(case.name.clone()));
    text(&mut object, "story", &case.story);
    let mut cast: Map<String, Value> = Map::new();
    for (value, kinds) in &case.cast.members {
        let name = Value::String(case.values.get(*value).to_string());
        for kind in kinds {
            let names = cast
                .entry(book.vocabulary.kinds[*kind].name.clone())
                .or_insert_with(|| Value::Array(Vec::new()));
            if let Value::Array(names) = names {
                names.push(name.clone());
            }
        }
    }
    object.insert("cast".to_owned(), Value::Object(cast));
    layer(book, case, &case.stated, &mut object);
    for (key, option) in [("options", true), ("suppositions", false)] {
        let mut branches = Map::new();
        for branch in case
            .branches
            .iter()
            .filter(|branch| branch.option == option)
        {
            let mut inner = Map::new();
            text(&mut inner, "story", &branch.story);
            layer(book, case, &branch.stated, &mut inner);
            expected(book, case, &branch.expectations, &mut inner);
            branches.insert(branch.name.clone(), Value::Object(inner));
        }
        if !branches.is_empty() {
            object.insert(key.to_owned(), Value::Object(branches));
        }
    }
    expected(book, case, &case.expectations, &mut object);
    Value::Object(object)
}

fn text(object: &mut Map<String, Value>, key: &str, text: &str) {
    if !text.is_empty() {
        object.insert(key.to_owned(), Value::String(text.to_owned()));
    }
}

/// What is given and what is unknown.
fn layer(book: &Rulebook, case: &Case, stated: &[Stated], object: &mut Map<String, Value>) {
    for (key, unknown) in [("given", false), ("unknown", true)] {
        let lines: Vec<Value> = stated
            .iter()
            .filter(|line| (line.truth == Truth::Unknown) == unknown)
            .map(|line| Value::String(sentence(book, &case.values, line)))
            .collect();
        if !lines.is_empty() {
            object.insert(key.to_owned(), Value::Array(lines));
        }
    }
}

/// A stated sentence in its own words, or in its opposite's.
fn sentence(book: &Rulebook, values: &Values, line: &Stated) -> String {
    let declared = &book.vocabulary.sentences[line.sentence];
    let denied = line.truth == Truth::False;
    let words = declared.worded(denied).said(|at| {
        let kind = declared.slots[at].kind;
        slot(book, values, Some(kind), line.values[at])
    });
    if denied && declared.opposite.is_none() {
        format!("it is not the case that {words}")
    } else {
        words
    }
}

/// A value in brackets; a listed one in quotes.
fn slot(
    book: &Rulebook,
    values: &Values,
    kind: Option<crate::rulebook::KindId>,
    value: Option<ValueId>,
) -> String {
    let listed = kind.is_some_and(|kind| {
        matches!(
            book.vocabulary.kinds[kind].sort,
            crate::rulebook::KindSort::OneOf(_)
        )
    });
    match value.map(|value| values.get(value)) {
        None => "[any]".to_owned(),
        Some(Ground::Name(name)) if listed => format!("[\"{name}\"]"),
        Some(Ground::Name(name)) => format!("[{name}]"),
        Some(Ground::Number(number)) => {
            let text = number.to_string();
            if crate::value::Number::parse(&text) == Ok(*number) {
                format!("[{text}]")
            } else {
                let (above, below) = number.parts();
                format!("[{above}/{below}]")
            }
        }
    }
}

fn expected(
    book: &Rulebook,
    case: &Case,
    expectations: &[Expectation],
    object: &mut Map<String, Value>,
) {
    if expectations.is_empty() {
        return;
    }
    let lines = expectations
        .iter()
        .map(|expectation| Value::String(expectation_line(book, case, &expectation.expected)))
        .collect();
    object.insert("expect".to_owned(), Value::Array(lines));
}

/// An expectation as its line, without `expect`.
fn expectation_line(book: &Rulebook, case: &Case, expected: &Expected) -> String {
    match expected {
        Expected::Truth {
            sentence,
            values,
            truth,
        } => {
            let line = Stated {
                sentence: *sentence,
                values: values.iter().copied().collect(),
                truth: Truth::True,
                according_to: None,
                span: None,
                branch: None,
            };
            format!(
                "{}: {}",
                truth.word(),
                self::sentence(book, &case.values, &line)
            )
        }
        Expected::Statuses {
            pattern,
            statuses,
            by,
        } => {
            let words: Vec<&str> = match statuses {
                None => vec!["undetermined"],
                Some(set) => set.iter().map(crate::value::Status::word).collect(),
            };
            let norm = pattern_words(book, case, pattern);
            let by = by
                .as_ref()
                .map_or_else(String::new, |by| format!(" by \"{by}\""));
            format!("{}: {norm}{by}", say::either(&words))
        }
        Expected::Outcome { option, outcome } => {
            format!("{}: option \"{option}\"", outcome.word())
        }
        Expected::Dilemma(one, other) => format!(
            "dilemma: {} against {}",
            pattern_words(book, case, one),
            pattern_words(book, case, other)
        ),
    }
}

/// `duty "d" owed by [x] to [y] in "part"`.
fn pattern_words(book: &Rulebook, case: &Case, pattern: &NormPattern) -> String {
    let norm = &book.norms[pattern.norm];
    let mut words = format!("{} \"{}\"", norm.sort.word(), norm.name);
    for (party, value) in norm.parties.iter().zip(&pattern.parties) {
        if value.is_some() {
            let kind = norm.vars[party.var].kind;
            words.push(' ');
            words.push_str(words_of(norm.sort, party.role));
            words.push(' ');
            words.push_str(&slot(book, &case.values, kind, *value));
        }
    }
    let part = pattern
        .part
        .and_then(|at| norm.parts.get(at))
        .and_then(|part| part.name.as_ref());
    if let Some(part) = part {
        words.push_str(&format!(" in \"{part}\""));
    }
    words
}
