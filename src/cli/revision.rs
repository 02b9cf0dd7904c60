//! The two sides of `impact`. In: what was typed; out: paths (a revision is written out by the `git` program into a folder
//! that goes away), and every case under both. Knows no rule.

use super::args::LimitArgs;
use crate::bank::impact::{Blocks, Impact, Side};
use crate::present::diagnostic;
use crate::session::{Differing, OpenCase, Session};
use crate::text::Diagnostic;
use anyhow::{Context, bail};
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// Where the rules are; the folder of a revision stays as long as this does.
#[derive(Debug)]
pub struct Place {
    /// What to open.
    pub path: PathBuf,
    /// What was typed.
    pub shown: String,
    _folder: Option<TempDir>,
}

/// What was typed: a file or folder, `REVISION:PATH`, or a revision of the path that the other side names.
///
/// # Errors
/// When it is none of these.
pub fn place(typed: &str, other: &str) -> anyhow::Result<Place> {
    let shown = typed.to_owned();
    if Path::new(typed).exists() {
        return Ok(Place {
            path: PathBuf::from(typed),
            shown,
            _folder: None,
        });
    }
    let (revision, path) = match typed.split_once(':') {
        Some((revision, path)) => (revision, path),
        None => (typed, other.split_once(':').map_or(other, |(_, path)| path)),
    };
    if revision.starts_with('-') {
        bail!("{typed} is neither a file, a folder nor a revision");
    }
    let folder = tempfile::tempdir().context("I cannot make a folder for the revision")?;
    let (root, within) = match Path::new(path).canonicalize() {
        Ok(full) => {
            let near = if full.is_dir() {
                full.clone()
            } else {
                full.parent().unwrap_or(&full).to_owned()
            };
            let root = PathBuf::from(git(&near, &["rev-parse", "--show-toplevel"])?.trim());
            let within = full
                .strip_prefix(&root)
                .map(Path::to_owned)
                .unwrap_or_default();
            (root, within)
        }
        Err(_) => (PathBuf::from("."), PathBuf::from(path)),
    };
    let within = match within.to_string_lossy().into_owned() {
        empty if empty.is_empty() => ".".to_owned(),
        within => within,
    };
    let names = git(
        &root,
        &[
            "ls-tree",
            "-r",
            "--name-only",
            "--full-tree",
            "-z",
            revision,
            "--",
            &within,
        ],
    )
    .with_context(|| format!("{typed} is neither a file, a folder nor a revision"))?;
    let mut found = false;
    for name in names.split('\0').filter(|name| name.ends_with(".fid")) {
        let text = git(&root, &["show", &format!("{revision}:{name}")])?;
        let file = folder.path().join(name);
        if let Some(parent) = file.parent() {
            std::fs::create_dir_all(parent).context("I cannot write the revision out")?;
        }
        std::fs::write(&file, text).context("I cannot write the revision out")?;
        found = true;
    }
    if !found {
        bail!("there are no rules in {path} at {revision}");
    }
    Ok(Place {
        path: folder.path().join(within),
        shown,
        _folder: Some(folder),
    })
}

fn git(root: &Path, arguments: &[&str]) -> anyhow::Result<String> {
    let ran = Command::new("git")
        .arg("-C")
        .arg(root)
        .args(arguments)
        .output();
    let ran = ran.context("I cannot run git")?;
    if !ran.status.success() {
        let said = String::from_utf8_lossy(&ran.stderr);
        bail!("git says: {}", said.lines().next().unwrap_or_default());
    }
    String::from_utf8(ran.stdout).context("git gave something that is no text")
}

/// The faults of both sides, each once; that there was nothing to judge, where there was not.
#[must_use]
pub fn faults(old: &Session, new: &Session, nothing: bool) -> Vec<Diagnostic> {
    let mut faults: Vec<Diagnostic> = new.errors().cloned().collect();
    let own = old.errors().map(|fault| Diagnostic {
        // Its places are of other texts.
        labels: Vec::new(),
        message: format!("under the old rules: {}", fault.message),
        ..fault.clone()
    });
    faults.extend(own);
    let empty = nothing && faults.is_empty();
    faults.extend(empty.then(|| new.no_case(None)));
    diagnostic::once(&mut faults);
    faults
}

/// Every case of the new side under both.
#[must_use]
pub fn compared(old: &Session, new: &Session, limits: LimitArgs) -> Impact {
    let clock = limits.start();
    let Differing {
        removed,
        added,
        changed,
    } = old.differing_blocks(new);
    let mut found = Impact::of(Blocks {
        removed,
        added,
        changed,
    });
    for open in new.cases() {
        match old.cases().find(|other| other.case.name == open.case.name) {
            Some(other) => found.add(side(other), side(open), clock.limits()),
            None => found.not_judged.push((open.case.name.clone(), false)),
        }
    }
    let stopped = new.stopped().map(|stopped| (stopped.name.clone(), true));
    found.not_judged.extend(stopped);
    found
}

fn side(open: OpenCase<'_>) -> Side<'_> {
    Side {
        book: open.book,
        plan: open.plan,
        case: open.case,
    }
}
