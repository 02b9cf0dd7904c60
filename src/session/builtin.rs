//! The files embedded in the binary: the standard rulebook and its worked cases. In: nothing; out: paths and texts, in
//! order. Knows no language.

use super::place::Place;
use anyhow::Context;
use include_dir::{Dir, include_dir};
use std::path::Path;

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
pub fn embedded() -> Vec<EmbeddedFile> {
    fn collect(dir: &'static Dir<'static>, into: &mut Vec<EmbeddedFile>) {
        into.extend(dir.files().map(|file| EmbeddedFile {
            path: slashed(file.path()),
            bytes: file.contents(),
        }));
        for below in dir.dirs() {
            collect(below, into);
        }
    }
    let mut files = Vec::new();
    collect(&KNOWLEDGE, &mut files);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// The rule files of an embedded folder, not those of folders in it, sorted.
pub fn rule_files_in(folder: &str) -> Vec<String> {
    let dir = if folder.is_empty() {
        Some(&KNOWLEDGE)
    } else {
        KNOWLEDGE.get_dir(folder)
    };
    let mut paths: Vec<String> = dir
        .into_iter()
        .flat_map(Dir::files)
        .filter(|file| file.path().extension().is_some_and(|end| end == "fid"))
        .map(|file| slashed(file.path()))
        .collect();
    paths.sort();
    paths
}

/// The bytes of an embedded file.
pub fn bytes(path: &str) -> Option<&'static [u8]> {
    KNOWLEDGE.get_file(path).map(include_dir::File::contents)
}

/// Every embedded file of the language, as places, sorted.
pub fn all_rule_files() -> Vec<Place> {
    embedded()
        .into_iter()
        .filter(|file| {
            Path::new(&file.path)
                .extension()
                .is_some_and(|end| end == "fid")
        })
        .map(|file| Place::Builtin(file.path))
        .collect()
}

/// Writes every embedded file below `into`. Nothing is overwritten: a file that is there with other contents is an error,
/// found before anything is written.
///
/// # Errors
/// When a file is in the way or cannot be written.
pub fn export(into: &Path) -> anyhow::Result<Vec<String>> {
    let files = embedded();
    for file in &files {
        let to = into.join(&file.path);
        if to.exists() && std::fs::read(&to).ok().as_deref() != Some(file.bytes) {
            anyhow::bail!(
                "{} is already there and differs; nothing was written. Name an empty folder.",
                to.display()
            );
        }
    }
    for file in &files {
        let to = into.join(&file.path);
        if let Some(folder) = to.parent() {
            std::fs::create_dir_all(folder)
                .with_context(|| format!("I cannot make the folder {}", folder.display()))?;
        }
        std::fs::write(&to, file.bytes)
            .with_context(|| format!("I cannot write {}", to.display()))?;
    }
    Ok(files.into_iter().map(|file| file.path).collect())
}

fn slashed(path: &Path) -> String {
    path.components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect::<Vec<_>>()
        .join("/")
}
