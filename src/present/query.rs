//! The answers of a query, as a table. In: rows from several cases; out: text.

use super::Style;
use super::document::Item;
use super::prose::Teller;
use super::wording::Words;
use crate::explain::{Answers, CaseJudged, Row, WorldJudged};
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
    /// Why it holds, where that was asked.
    pub because: Vec<Item>,
}

/// The answers in one world of a case; `why`: each with its reasons, so many rules deep.
#[must_use]
pub fn answers(
    judged: &CaseJudged<'_>,
    world: &WorldJudged<'_>,
    vars: &IndexVec<VarId, Var>,
    found: &Answers,
    why: Option<usize>,
) -> Vec<Answer> {
    let case = judged.case;
    let because = |row: &Row| -> Vec<Item> {
        let Some(depth) = why else {
            return Vec::new();
        };
        let words = Words::of(judged.book, case);
        let stated = &world.judged.record().stated;
        let lines: Vec<_> = row.lines.iter().collect();
        Teller::new(words, &found.steps, stated, Some(depth)).tell(&lines, vars)
    };
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
            because: because(row),
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
    if style == Style::Plain || answers.iter().any(|answer| !answer.because.is_empty()) {
        return answers
            .iter()
            .map(|answer| line(answer) + &reasons(answer, style))
            .collect();
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

/// Why an answer holds, a line each.
fn reasons(answer: &Answer, style: Style) -> String {
    answer
        .because
        .iter()
        .map(|item| {
            let mark = match item.mark.as_str() {
                "" => String::new(),
                mark => format!(" ({mark})"),
            };
            let lead = match (style, item.indent) {
                (Style::Plain, 0) => "because ".to_owned(),
                (Style::Plain, _) => "since ".to_owned(),
                (_, indent) => " ".repeat(2 + 2 * indent),
            };
            format!("{lead}{}{mark}\n", item.text)
        })
        .collect()
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
