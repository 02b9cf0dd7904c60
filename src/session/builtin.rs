//! The files embedded in the binary: the standard rulebook and its worked cases. In: nothing; out: paths and texts, in
//! order. Knows no language.

use super::place::Place;
use anyhow::Context;
use include_dir::{Dir, include_dir};
use std::path::Path;
use std::sync::OnceLock;

static KNOWLEDGE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/knowledge");

/// The file with the standard rulebook's `rulebook` line.
pub const STANDARD: &str = "standard.fid";

/// The list of the worked cases.
const WORKED: &str = "worked.txt";

/// The names of the worked cases: what is judged where no path is given.
pub fn worked() -> impl Iterator<Item = &'static str> {
    bytes(WORKED)
        .and_then(|bytes| std::str::from_utf8(bytes).ok())
        .unwrap_or("")
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// An embedded file.
#[derive(Clone, Debug)]
pub struct EmbeddedFile {
    /// Its path, with `/`.
    pub path: String,
    /// Its bytes.
    pub bytes: &'static [u8],
}

/// Every embedded file, sorted by path.
#[must_use]
pub fn embedded() -> &'static [EmbeddedFile] {
    static FILES: OnceLock<Vec<EmbeddedFile>> = OnceLock::new();
    FILES.get_or_init(|| {
        let mut files = Vec::new();
        collect(&KNOWLEDGE, &mut files);
        files.sort_by(|a, b| a.path.cmp(&b.path));
        files
    })
}

fn collect(dir: &'static Dir<'static>, into: &mut Vec<EmbeddedFile>) {
    into.extend(dir.files().map(|file| EmbeddedFile {
        path: slashed(file.path()),
        bytes: file.contents(),
    }));
    for below in dir.dirs() {
        collect(below, into);
    }
}

/// The rule files of an embedded folder, not those of folders in it, sorted.
pub fn rule_files_in(folder: &str) -> Vec<String> {
    // Sorted by path, the files below a folder stand together.
    let within = |path: &str| match folder {
        "" => !path.contains('/'),
        _ => path
            .strip_prefix(folder)
            .and_then(|rest| rest.strip_prefix('/'))
            .is_some_and(|name| !name.contains('/')),
    };
    let files = embedded();
    let first = files.partition_point(|file| file.path.as_str() < folder);
    files[first..]
        .iter()
        .map(|file| file.path.as_str())
        .take_while(|path| path.starts_with(folder))
        .filter(|path| path.ends_with(".fid") && within(path))
        .map(str::to_owned)
        .collect()
}

/// The bytes of an embedded file.
pub fn bytes(path: &str) -> Option<&'static [u8]> {
    let files = embedded();
    let at = files.binary_search_by(|file| file.path.as_str().cmp(path));
    at.ok().map(|at| files[at].bytes)
}

/// Every embedded file of the language, as places, sorted.
pub fn all_rule_files() -> Vec<Place> {
    embedded()
        .iter()
        .filter(|file| file.path.ends_with(".fid"))
        .map(|file| Place::Builtin(file.path.clone()))
        .collect()
}

/// Writes every embedded file below `into`. Nothing is overwritten: a file that is there with other contents is an error,
/// found before anything is written.
///
/// # Errors
/// When a file is in the way or cannot be written.
pub fn export(into: &Path) -> anyhow::Result<Vec<String>> {
    let files = embedded();
    for file in files {
        let to = into.join(&file.path);
        if to.exists() && std::fs::read(&to).ok().as_deref() != Some(file.bytes) {
            anyhow::bail!(
                "{} is already there and differs; nothing was written. Name an empty folder.",
                to.display()
            );
        }
    }
    for file in files {
        let to = into.join(&file.path);
        if let Some(folder) = to.parent() {
            std::fs::create_dir_all(folder)
                .with_context(|| format!("I cannot make the folder {}", folder.display()))?;
        }
        std::fs::write(&to, file.bytes)
            .with_context(|| format!("I cannot write {}", to.display()))?;
    }
    Ok(files.iter().map(|file| file.path.clone()).collect())
}

fn slashed(path: &Path) -> String {
    path.components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect::<Vec<_>>()
        .join("/")
}
