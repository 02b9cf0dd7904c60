//! A case file with lines added to one of its cases. In: the file's text, the case's place, lines for the case and for its option;
//! out: the new text, and that text written. What was written by hand stays as it was.

use super::opened::{OpenCase, Session};
use anyhow::Context;
use std::path::Path;

/// Lines that belong to a case.
#[derive(Clone, Debug, Default)]
pub struct Added {
    /// Lines of the case itself.
    pub to_case: Vec<String>,
    /// The option, and its lines.
    pub to_option: Option<(String, Vec<String>)>,
}

impl Session {
    /// The text of the file of a case with these lines added to the case.
    #[must_use]
    pub fn completed(&self, open: OpenCase<'_>, added: &Added) -> String {
        let text = &self.sources().get(open.file).text;
        let Some(head) = open.case.span else {
            return text.to_string();
        };
        let start = head.start as usize;
        // The case goes on to the next block: a line that begins in the first column, its `##` lines included.
        let rest = text.get(start..).unwrap_or("");
        let mut end = text.len();
        let mut at = start;
        for (number, line) in rest.split_inclusive('\n').enumerate() {
            let begins = line.chars().next().is_some_and(|c| !c.is_whitespace());
            if number > 0 && begins {
                end = at;
                break;
            }
            at += line.len();
        }
        let (before, after) = (&text[..start], &text[end..]);
        let block = &text[start..end];
        format!("{before}{}{after}", with_lines(block, added))
    }
}

/// A case block with lines added: those of the case before its first option, supposition or expectation; those of an option
/// directly under it.
fn with_lines(block: &str, added: &Added) -> String {
    let mut out = String::new();
    let mut to_case = Some(&added.to_case);
    let mut lines: Vec<&str> = block.lines().collect();
    while lines.last().is_some_and(|line| line.trim().is_empty()) {
        lines.pop();
    }
    let blank = block.lines().count() - lines.len();
    for line in &lines {
        let lead = line.trim_start();
        let opens = ["option ", "suppose ", "expect", "ask "];
        if opens.iter().any(|own| lead.starts_with(own)) {
            for own in to_case.take().into_iter().flatten() {
                out += &format!("  {own}\n");
            }
        }
        out += line;
        out.push('\n');
        if let Some((option, own)) = &added.to_option
            && lead.trim_end() == format!("option \"{option}\"")
        {
            for line in own {
                out += &format!("    {line}\n");
            }
        }
    }
    for own in to_case.take().into_iter().flatten() {
        out += &format!("  {own}\n");
    }
    out + &"\n".repeat(blank)
}

/// Writes a text in one step: nobody ever sees half a file.
///
/// # Errors
/// When it cannot be written.
pub fn write_text(path: &Path, text: &str) -> anyhow::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    let part = path.with_file_name(name);
    std::fs::write(&part, text).with_context(|| format!("I cannot write {}", part.display()))?;
    std::fs::rename(&part, path).with_context(|| format!("I cannot write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::{Added, with_lines};

    #[test]
    fn lines_stand_where_they_belong() {
        let block = "case \"c\"\n  cast [A] is a Person\n  option \"go\"\n    given [A] goes\n\n";
        let added = Added {
            to_case: vec!["given [A] is ill".to_owned()],
            to_option: Some(("go".to_owned(), vec!["given [A] runs".to_owned()])),
        };
        assert_eq!(
            with_lines(block, &added),
            "case \"c\"\n  cast [A] is a Person\n  given [A] is ill\n  option \"go\"\n    given [A] runs\n    given [A] goes\n\n"
        );
    }
}
