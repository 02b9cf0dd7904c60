//! The answers of a query, as a table. In: rows from several cases; out: text. Knows no evidence.

use super::Style;
use crate::explain::{Answers, WorldJudged};
use crate::rulebook::{Case, Var, VarId};
use crate::value::{IndexVec, Truth};
use unicode_width::UnicodeWidthStr;

/// One answer.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The case.
    pub case: String,
    /// The option.
    pub option: Option<String>,
    /// The supposition.
    pub suppose: Option<String>,
    /// The names of the slots asked for.
    pub slots: Vec<String>,
    /// What they hold.
    pub values: Vec<String>,
    /// Whether it is sure.
    pub sure: bool,
}

/// The answers in one world of a case.
#[must_use]
pub fn answers(
    case: &Case,
    world: &WorldJudged<'_>,
    vars: &IndexVec<VarId, Var>,
    found: &Answers,
) -> Vec<Answer> {
    let name = |at: Option<usize>| {
        at.and_then(|at| case.branches.get(at))
            .map(|branch| branch.name.clone())
    };
    let slots: Vec<String> = found
        .columns
        .iter()
        .map(|var| vars[*var].name.clone())
        .collect();
    found
        .rows
        .iter()
        .map(|row| Answer {
            case: case.name.clone(),
            option: name(world.option),
            suppose: name(world.suppose),
            slots: slots.clone(),
            values: row.things.iter().map(|thing| value(case, *thing)).collect(),
            sure: row.truth == Truth::True,
        })
        .collect()
}

fn value(case: &Case, thing: Option<crate::engine::Thing>) -> String {
    match thing {
        Some(crate::engine::Thing::Value(value)) => case.values.get(value).to_string(),
        Some(crate::engine::Thing::Number(number)) => number.to_string(),
        None => "some".to_owned(),
    }
}

/// A table, or one line an answer where nothing is to be drawn.
#[must_use]
pub fn text(answers: &[Answer], style: Style) -> String {
    if style == Style::Plain {
        return answers.iter().map(line).collect();
    }
    let mut text = String::new();
    let mut rest = answers;
    while let Some(first) = rest.first() {
        let same = rest
            .iter()
            .take_while(|answer| answer.slots == first.slots)
            .count();
        let (now, later) = rest.split_at(same);
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&table(now, style));
        rest = later;
    }
    text
}

fn line(answer: &Answer) -> String {
    let mut parts = vec![format!("case {}", world(answer))];
    for (slot, value) in answer.slots.iter().zip(&answer.values) {
        parts.push(format!("{slot}: {value}"));
    }
    parts.push(surely(answer).to_owned());
    parts.join("; ") + "\n"
}

fn world(answer: &Answer) -> String {
    [
        Some(&answer.case),
        answer.option.as_ref(),
        answer.suppose.as_ref(),
    ]
    .into_iter()
    .flatten()
    .cloned()
    .collect::<Vec<_>>()
    .join(", ")
}

fn surely(answer: &Answer) -> &'static str {
    if answer.sure { "yes" } else { "not known" }
}

fn table(answers: &[Answer], style: Style) -> String {
    let Some(first) = answers.first() else {
        return String::new();
    };
    let mut rows: Vec<Vec<String>> = vec![
        std::iter::once("case".to_owned())
            .chain(first.slots.iter().cloned())
            .chain(std::iter::once("holds".to_owned()))
            .collect(),
    ];
    for answer in answers {
        rows.push(
            std::iter::once(world(answer))
                .chain(answer.values.iter().cloned())
                .chain(std::iter::once(surely(answer).to_owned()))
                .collect(),
        );
    }
    let columns = rows.first().map_or(0, Vec::len);
    let widths: Vec<usize> = (0..columns)
        .map(|at| rows.iter().map(|row| row[at].width()).max().unwrap_or(0))
        .collect();
    let mut text = String::new();
    for (at, row) in rows.iter().enumerate() {
        let mut cells = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            cells.push_str(cell);
            cells.extend(std::iter::repeat_n(' ', width + 2 - cell.width()));
        }
        let cells = cells.trim_end();
        text.push_str(&if at == 0 {
            style.bold(cells)
        } else {
            cells.to_owned()
        });
        text.push('\n');
    }
    text
}
