//! Expectations held against verdicts, in words: what was expected, what is so instead. In: the results of one case; out:
//! plain rows, and the text made of them.

use super::{Style, failed, instance};
use crate::bank::test::{CaseTest, Instead};
use crate::explain::CaseJudged;
use crate::judge::Instance;
use crate::rulebook::{Case, Expectation, Rulebook};
use crate::text::SourceMap;

/// One expectation of one case.
#[derive(Clone, Debug)]
pub struct Row {
    /// The file and line of the expectation; none for a case that came as data.
    pub place: Option<(String, usize)>,
    /// The case.
    pub case: String,
    /// The option or supposition it was written under.
    pub branch: Option<String>,
    /// What was expected, in its author's words.
    pub expected: String,
    /// What is so instead; empty where it holds.
    pub instead: Vec<String>,
    /// Why, in lines.
    pub why: Vec<String>,
}

impl Row {
    /// Whether it holds.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.instead.is_empty()
    }

    /// The case, and the option or supposition where there is one.
    #[must_use]
    pub fn world(&self) -> String {
        match &self.branch {
            Some(branch) => format!("{}, {branch}", self.case),
            None => self.case.clone(),
        }
    }
}

/// The expectations of a case, in order; `judged` is the case, where some of them fail.
#[must_use]
pub fn rows(
    book: &Rulebook,
    case: &Case,
    test: &CaseTest,
    judged: Option<&CaseJudged<'_>>,
    sources: &SourceMap,
) -> Vec<Row> {
    test.results
        .iter()
        .filter_map(|held| {
            let branch = held.branch.and_then(|at| case.branches.get(at));
            let written = branch.map_or(&case.expectations, |branch| &branch.expectations);
            let expectation = written.get(held.expectation)?;
            Some(Row {
                place: place(expectation, sources),
                case: case.name.clone(),
                branch: branch.map(|branch| branch.name.clone()),
                expected: expected(expectation, sources),
                instead: held
                    .instead
                    .as_ref()
                    .map(|instead| so_instead(book, case, instead))
                    .unwrap_or_default(),
                why: judged
                    .filter(|_| held.instead.is_some())
                    .map(|judged| failed::why(judged, held.branch, &expectation.expected))
                    .unwrap_or_default(),
            })
        })
        .collect()
}

fn place(expectation: &Expectation, sources: &SourceMap) -> Option<(String, usize)> {
    let span = expectation.span?;
    let (line, _) = sources.line_column(span);
    Some((sources.get(span.file).name.clone(), line))
}

/// The words of the expectation without its keyword or bullet.
fn expected(expectation: &Expectation, sources: &SourceMap) -> String {
    let Some(span) = expectation.span else {
        return "an expectation that came as data".to_owned();
    };
    let words = sources.words(span).trim();
    let words = words.strip_prefix("expect").map_or(words, str::trim_start);
    let words = words.strip_prefix('-').map_or(words, str::trim_start);
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn so_instead(book: &Rulebook, case: &Case, instead: &Instead) -> Vec<String> {
    let norm = |instance: &Instance| {
        instance::norm(book, instance, |cell| instance::value(&case.values, cell))
    };
    match instead {
        Instead::Truth(truth, _) => vec![format!("it is {}", truth.word())],
        Instead::NoInstance => vec!["nobody of whom this is said may be engaged".to_owned()],
        Instead::Statuses(found) => found
            .iter()
            .map(|found| {
                let by: Vec<String> = found
                    .by
                    .iter()
                    .map(|by| instance::defeater(book, *by))
                    .collect();
                let by = if by.is_empty() {
                    String::new()
                } else {
                    format!(", by {}", by.join(", "))
                };
                let statuses = instance::statuses(found.statuses);
                format!("{statuses}: {}{by}", norm(&found.instance))
            })
            .collect(),
        Instead::Outcome(outcome) => vec![format!("it is {}", outcome.word())],
        Instead::NoOption => vec!["there is no such option".to_owned()],
        Instead::Dilemmas(pairs) if pairs.is_empty() => vec!["there is no dilemma".to_owned()],
        Instead::Dilemmas(pairs) => pairs
            .iter()
            .map(|(a, b)| format!("the dilemma is {} against {}", norm(a), norm(b)))
            .collect(),
        Instead::NotJudged => vec!["it was not judged".to_owned()],
    }
}

/// How many cases, expectations, failures.
#[derive(Clone, Copy, Debug, Default)]
pub struct Totals {
    /// Cases judged.
    pub cases: usize,
    /// Cases that could not be.
    pub not_judged: usize,
    /// Expectations.
    pub expectations: usize,
    /// Those that fail.
    pub failed: usize,
}

/// The failures, and a line that counts.
#[must_use]
pub fn text(rows: &[Row], totals: Totals, style: Style) -> String {
    let mut text = String::new();
    for row in rows.iter().filter(|row| !row.holds()) {
        let place = row
            .place
            .as_ref()
            .map_or_else(String::new, |(file, line)| format!("  {file}:{line}"));
        text.push_str(&format!(
            "{} {}{}\n  expected  {}\n",
            style.red("FAILED"),
            style.bold(&row.world()),
            style.dim(&place),
            row.expected
        ));
        for instead in &row.instead {
            text.push_str(&format!("  but       {instead}\n"));
        }
        for (at, why) in row.why.iter().enumerate() {
            let lead = if at == 0 { "because" } else { "" };
            let lines = super::wrap(why, 88, 0).replace('\n', "\n            ");
            text.push_str(&match style {
                Style::Plain => format!("  because {why}\n"),
                _ => format!("  {lead:<10}{lines}\n"),
            });
        }
        text.push('\n');
    }
    let held = totals.expectations - totals.failed;
    text.push_str(&format!(
        "{} judged, {}: {held} held, {}.\n",
        number(totals.cases, "case", "cases"),
        number(totals.expectations, "expectation", "expectations"),
        if totals.failed == 0 {
            style.green("none failed")
        } else {
            style.red(&format!("{} failed", totals.failed))
        }
    ));
    if totals.not_judged > 0 {
        text.push_str(&format!(
            "{} could not be judged.\n",
            number(totals.not_judged, "case", "cases")
        ));
    }
    text
}

fn number(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
