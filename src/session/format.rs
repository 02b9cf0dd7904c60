//! `fmt`: a file and its canonical text. In: a path; out: both texts, or the faults that forbid touching it. A file that
//! cannot be read to the end of its last line is never written.

use super::loader::{Loader, whole_file};
use crate::syntax;
use crate::text::{Diagnostic, FileId, SourceMap};
use anyhow::Context;
use std::io::Write;
use std::path::Path;

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

/// Reads the files of these paths and prints each in canonical form.
#[must_use]
pub fn format(paths: &[impl AsRef<Path>]) -> Formatting {
    let mut loader = Loader::default();
    let mut ids: Vec<FileId> = paths
        .iter()
        .flat_map(|path| loader.load_path(path.as_ref()))
        .collect();
    ids.sort();
    ids.dedup();
    let mut files = Vec::new();
    let mut faults = Vec::new();
    for id in ids {
        let loaded = loader.get(id);
        let source = loader.sources.get(id);
        if loaded.faults.iter().any(Diagnostic::is_error) {
            faults.extend(loaded.faults.iter().cloned());
            continue;
        }
        let after = syntax::print(&loaded.tree);
        if reads_the_same(id, &after) {
            files.push(Formatted {
                name: source.name.clone(),
                before: source.text.clone(),
                after,
            });
        } else {
            faults.push(whole_file(
                "F010",
                format!("{} would not read the same once formatted", source.name),
            ));
        }
    }
    faults.append(&mut loader.faults);
    Formatting {
        sources: loader.sources,
        files,
        faults,
    }
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
