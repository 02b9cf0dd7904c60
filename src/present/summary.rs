//! What `check` says at its end. In: counts; out: a line or two. Knows no fault.

use super::Style;

/// A count of things, and how many of them are fine.
#[derive(Clone, Copy, Debug)]
pub struct Counted {
    /// One of them.
    pub one: &'static str,
    /// Several of them.
    pub many: &'static str,
    /// All.
    pub all: usize,
    /// Those without an error.
    pub fine: usize,
}

/// Faults by severity, the gravest first.
#[derive(Clone, Copy, Debug)]
pub struct Found {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Hints.
    pub hints: usize,
}

/// `Read 14 files, 194 sentences, 88 rules, 58 cases: no fault.`
#[must_use]
pub fn check(counts: &[Counted], found: Found, style: Style) -> String {
    let all: Vec<String> = counts
        .iter()
        .map(|count| number(count.all, count.one, count.many))
        .collect();
    let mut said: Vec<String> = Vec::new();
    for (many, one, several, red) in [
        (found.errors, "error", "errors", true),
        (found.warnings, "warning", "warnings", false),
        (found.hints, "hint", "hints", false),
    ] {
        if many > 0 {
            let words = number(many, one, several);
            said.push(if red { style.red(&words) } else { words });
        }
    }
    let verdict = if said.is_empty() {
        style.green("no fault")
    } else {
        said.join(", ")
    };
    let mut text = format!("Read {}: {verdict}.\n", all.join(", "));
    if found.errors > 0 {
        let fine: Vec<String> = counts
            .iter()
            .map(|count| {
                format!(
                    "{} of {}",
                    count.fine,
                    number(count.all, count.one, count.many)
                )
            })
            .collect();
        text.push_str(&format!("Without an error: {}.\n", fine.join(", ")));
    }
    text
}

fn number(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
