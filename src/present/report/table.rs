//! Several cases, one line each: what came of them. In: judged cases; out: a table.

use crate::explain::CaseJudged;
use crate::present::Style;
use crate::value::{NormSort, Status, StatusSet};
use unicode_width::UnicodeWidthStr;

/// One line a case: what came of it.
#[must_use]
pub fn table(all: &[&CaseJudged<'_>], style: Style) -> String {
    let width = all
        .iter()
        .map(|judged| judged.case.name.width())
        .max()
        .unwrap_or(0)
        .min(44);
    let mut text = String::new();
    for judged in all {
        let name = &judged.case.name;
        let line = outcome(judged);
        if style == Style::Plain {
            text.push_str(&format!("{name}: {line}\n"));
        } else {
            let room = (width + 2).saturating_sub(name.width()).max(2);
            let words = crate::present::wrap(&line, 100 - width - 2, 0);
            let words = words.replace('\n', &format!("\n{}", " ".repeat(width + 2)));
            text.push_str(&format!("{name}{}{words}\n", " ".repeat(room)));
        }
    }
    text
}

/// What came of a case, in a few words.
fn outcome(judged: &CaseJudged<'_>) -> String {
    if !judged.is_judged() {
        return "not judged".to_owned();
    }
    if !judged.weighed.outcomes.is_empty() {
        let each: Vec<String> = judged
            .weighed
            .outcomes
            .iter()
            .map(|(at, outcome)| format!("{}: {}", judged.case.branches[*at].name, outcome.word()))
            .collect();
        let dilemma = if judged.weighed.dilemmas.is_empty() {
            ""
        } else {
            "; a dilemma"
        };
        return format!("{}{dilemma}", each.join("; "));
    }
    let Some(world) = judged.worlds.first() else {
        return String::new();
    };
    let named = |which: &dyn Fn(StatusSet) -> bool| -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for verdict in world.judged.verdicts() {
            let norm = &judged.book.norms[verdict.norm];
            if norm.sort == NormSort::Duty && which(verdict.statuses) {
                let name = format!("\"{}\"", norm.name);
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        names
    };
    let mut parts = Vec::new();
    let violated = named(&|set| set == StatusSet::only(Status::Violated));
    let open = named(&|set| set.len() > 1);
    if !violated.is_empty() {
        parts.push(format!("violated: {}", violated.join(", ")));
    }
    if !open.is_empty() {
        parts.push(format!("open: {}", open.join(", ")));
    }
    if parts.is_empty() {
        parts.push("nothing violated, nothing open".to_owned());
    }
    parts.join("; ")
}
