//! A case as the block of a file. In: a checked case; out: the text that reads back as the same case, in canonical form.
//! Questions and sources are not part of the data.

use super::write::case_to_json;
use crate::rulebook::{Case, Rulebook};
use crate::syntax;
use crate::text::FileId;
use serde_json::{Map, Value};

/// The case as a block.
#[must_use]
pub fn case_to_text(book: &Rulebook, case: &Case) -> String {
    let data = case_to_json(book, case);
    let mut lines = Vec::new();
    story(&mut lines, "", &data);
    lines.push(format!("case {}", quoted(&case.name)));
    for (value, kinds) in &case.cast.members {
        let kinds: Vec<&str> = kinds
            .iter()
            .map(|kind| book.vocabulary.kinds[*kind].name.as_str())
            .collect();
        let name = case.values.get(*value);
        lines.push(format!("  cast [{name}] is a {}", kinds.join(" and a ")));
    }
    layer(&mut lines, "  ", &data);
    for (key, lead) in [("options", "option"), ("suppositions", "suppose")] {
        let none = Map::new();
        let branches = data.get(key).and_then(Value::as_object).unwrap_or(&none);
        for (name, branch) in branches {
            story(&mut lines, "  ", branch);
            lines.push(format!("  {lead} {}", quoted(name)));
            layer(&mut lines, "    ", branch);
        }
    }
    let written = lines.join("\n") + "\n";
    let (tree, _) = syntax::read(FileId(u32::MAX), &written);
    syntax::print(&tree)
}

/// The lines of a story.
fn story(lines: &mut Vec<String>, indent: &str, data: &Value) {
    let story = data.get("story").and_then(Value::as_str).unwrap_or("");
    lines.extend(story.lines().map(|line| format!("{indent}## {line}")));
}

/// What is given, unknown and expected.
fn layer(lines: &mut Vec<String>, indent: &str, data: &Value) {
    for key in ["given", "unknown", "expect"] {
        let all = data.get(key).and_then(Value::as_array);
        for line in all.into_iter().flatten().filter_map(Value::as_str) {
            lines.push(format!("{indent}{key} {line}"));
        }
    }
}

/// A name in quotes; a file has no way to write a straight quote or a line end inside one.
fn quoted(name: &str) -> String {
    let name = name.replace('"', "'");
    format!(
        "\"{}\"",
        name.split_whitespace().collect::<Vec<_>>().join(" ")
    )
}
