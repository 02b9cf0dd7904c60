//! `fmt`: a file and its canonical text. In: a path; out: both texts, or the faults that forbid touching it. A file that
//! cannot be read to the end of its last line is never written.

use super::loader::whole_file;
use super::opened::{Opening, Session};
use crate::syntax;
use crate::text::{Diagnostic, FileId, SourceMap};
use anyhow::Context;
use std::io::Write;
use std::path::Path;

/// The code of the hint that a sentence has a newer wording; its first suggestion is that wording.
const OLDER_WORDING: &str = "S015";

/// A file, as it stands and as it should.
#[derive(Debug)]
pub struct Formatted {
    /// The name shown.
    pub name: String,
    /// As it stands.
    pub before: String,
    /// In canonical form.
    pub after: String,
}

impl Formatted {
    /// Whether it stands in canonical form.
    #[must_use]
    pub fn is_canonical(&self) -> bool {
        self.before == self.after
    }
}

/// Files put into canonical form, and why others could not be.
#[derive(Debug, Default)]
pub struct Formatting {
    /// Names and texts.
    pub sources: SourceMap,
    /// In order.
    pub files: Vec<Formatted>,
    /// Why others could not.
    pub faults: Vec<Diagnostic>,
}

/// Reads the files named and prints each in canonical form; in cases, older wordings become the present ones.
#[must_use]
pub fn format(opening: &Opening) -> Formatting {
    let session = Session::open(opening);
    let mut files = Vec::new();
    let mut faults: Vec<Diagnostic> = session.unreadable().cloned().collect();
    for &id in &session.named {
        let source = session.sources().get(id);
        let unread = session.reading_faults(id);
        if unread.iter().any(Diagnostic::is_error) {
            faults.extend(unread.iter().cloned());
            continue;
        }
        let mut after = syntax::print(session.tree(id));
        if let Some(present) = in_present_wording(&session, id) {
            let (tree, _) = syntax::read(id, &present);
            after = syntax::print(&tree);
        }
        if reads_the_same(id, &after) {
            files.push(Formatted {
                name: source.name.clone(),
                before: source.text.to_string(),
                after,
            });
        } else {
            faults.push(whole_file(
                "F010",
                format!("{} would not read the same once formatted", source.name),
            ));
        }
    }
    Formatting {
        sources: session.into_sources(),
        files,
        faults,
    }
}

/// The text with every older wording in a case replaced by the one suggested for it; `None` where there is none.
fn in_present_wording(session: &Session, file: FileId) -> Option<String> {
    let text = &session.sources().get(file).text;
    let mut edits: Vec<(usize, usize, &str)> = session
        .faults
        .iter()
        .filter(|fault| fault.code == OLDER_WORDING && session.is_in_case(file, fault))
        .filter_map(|fault| {
            let span = fault.labels.first()?.span;
            let now = fault.suggestions.first()?;
            Some((span.start as usize, span.end as usize, now.as_str()))
        })
        .collect();
    if edits.is_empty() {
        return None;
    }
    // From the end, so that earlier places stay where they are.
    edits.sort_unstable();
    let mut text = text.to_string();
    for (start, end, now) in edits.into_iter().rev() {
        if text.get(start..end).is_some() {
            text.replace_range(start..end, now);
        }
    }
    Some(text)
}

/// INVARIANT: what is written reads without a fault, and prints as itself.
fn reads_the_same(file: FileId, text: &str) -> bool {
    let (tree, faults) = syntax::read(file, text);
    !faults.iter().any(Diagnostic::is_error) && syntax::print(&tree) == text
}

/// Puts the new text in the place of the old in one step: nobody ever sees half a file. A link keeps pointing to it.
///
/// # Errors
/// When the folder or the file cannot be written.
pub fn write(file: &Formatted) -> anyhow::Result<()> {
    let path = Path::new(&file.name)
        .canonicalize()
        .with_context(|| format!("I cannot find {} again", file.name))?;
    let folder = path.parent().unwrap_or_else(|| Path::new("."));
    let mut new = tempfile::NamedTempFile::new_in(folder)
        .with_context(|| format!("I cannot write into {}", folder.display()))?;
    new.write_all(file.after.as_bytes())?;
    let metadata = std::fs::metadata(&path)?;
    new.as_file().set_permissions(metadata.permissions())?;
    new.as_file().sync_all()?;
    new.persist(&path)
        .with_context(|| format!("I cannot replace {}", file.name))?;
    Ok(())
}
