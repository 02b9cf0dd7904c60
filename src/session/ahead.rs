//! The standard rulebook, read while the file that is likely to need it is opened. In: the id its first file will have; out:
//! its files with the ids they will have. A guess: the loader takes a file from here only if it comes to that very place
//! and id, and reads it itself otherwise.

use super::builtin::{self, STANDARD};
use super::modules::candidates;
use super::place::Place;
use crate::syntax;
use crate::syntax::tree::{BlockKind, File};
use crate::text::{Diagnostic, FileId};
use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use std::path::Path;

/// A file read ahead.
#[derive(Debug)]
pub struct Ahead {
    /// Where it stands.
    pub place: Place,
    /// The id it was read for.
    pub file: FileId,
    /// What it says.
    pub tree: File,
    /// What could not be read.
    pub faults: Vec<Diagnostic>,
}

/// The id that the standard rulebook will have, where it is likely to be needed: one file is named, and has no rulebook.
pub fn likely(paths: &[impl AsRef<Path>]) -> Option<FileId> {
    let [path] = paths else { return None };
    let text = std::fs::read(path).ok()?;
    let opens = |line: &[u8]| line.trim_ascii_start().starts_with(b"rulebook");
    let own = text.split(|byte| *byte == b'\n').any(opens);
    (!own).then_some(FileId(1))
}

/// The standard rulebook and what it uses, the first with this id.
pub fn standard(first: FileId) -> Vec<Ahead> {
    let root = Place::Builtin(STANDARD.to_owned());
    let Some(read) = ahead(&root, first) else {
        return Vec::new();
    };
    let mut places: Vec<Place> = Vec::new();
    for block in &read.tree.blocks {
        if let BlockKind::Use(name) = &block.kind {
            let found = candidates(&Place::Builtin(String::new()), &name.node, &root);
            places.extend(found);
        }
    }
    let used = places.par_iter().enumerate().with_max_len(1);
    let used = used.filter_map(|(at, place)| ahead(place, FileId(first.0 + 1 + at as u32)));
    let mut all = vec![read];
    all.append(&mut used.collect());
    all
}

fn ahead(place: &Place, file: FileId) -> Option<Ahead> {
    let Place::Builtin(path) = place else {
        return None;
    };
    let text = std::str::from_utf8(builtin::bytes(path)?).ok()?;
    let (tree, faults) = syntax::read(file, text);
    Some(Ahead {
        place: place.clone(),
        file,
        tree,
        faults,
    })
}
