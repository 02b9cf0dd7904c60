//! Two texts of one file, and the lines in which they differ. In: texts; out: a unified diff. Knows no language.

use super::Style;
use similar::{ChangeTag, TextDiff};

/// The differing lines with two lines around them, `-` before those that go, `+` before those that come.
#[must_use]
pub fn unified(name: &str, before: &str, after: &str, style: Style) -> String {
    let diff = TextDiff::from_lines(before, after);
    let mut text = format!("{}\n", style.bold(name));
    for hunk in diff.unified_diff().context_radius(2).iter_hunks() {
        text.push_str(&format!("{}\n", style.dim(&hunk.header().to_string())));
        for change in hunk.iter_changes() {
            let line = change.value().trim_end_matches(['\r', '\n']);
            let line = match change.tag() {
                ChangeTag::Delete => style.red(&format!("-{line}")),
                ChangeTag::Insert => style.green(&format!("+{line}")),
                ChangeTag::Equal => format!(" {line}"),
            };
            text.push_str(&line);
            text.push('\n');
        }
    }
    text
}
