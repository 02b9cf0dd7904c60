//! What `use` names: a file's stem or a folder, beside the file, above it, in the search path, or built in. In: a file
//! and its `use` lines; out: the files used, all of them, each once. Knows no rulebook.

use super::builtin;
use super::loader::Loader;
use super::place::Place;
use crate::syntax::tree::Text;
use crate::text::{Diagnostic, FileId, nearest};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

/// Finds what `use` lines name.
#[derive(Debug, Default)]
pub struct Modules {
    /// Folders searched after those of the file and above it.
    search: Vec<Place>,
    /// What the `use` lines of a file came to; a circle is walked once.
    used: BTreeMap<FileId, Vec<FileId>>,
    /// The files that stand where each `use` line of a file looks first, as far as that was looked up ahead.
    ahead: BTreeMap<FileId, Vec<Vec<Place>>>,
    /// What stands in the embedded folders by each name asked for: many files use the same.
    builtin: FxHashMap<String, FxHashMap<String, Vec<Place>>>,
    /// `use` lines that name nothing.
    pub faults: Vec<Diagnostic>,
    /// Files with such a line: no rulebook is made of them.
    pub incomplete: BTreeSet<FileId>,
}

impl Modules {
    /// With these folders as the search path.
    #[must_use]
    pub fn new(search: &[PathBuf]) -> Self {
        Self {
            search: search
                .iter()
                .filter_map(|folder| Place::of_path(folder).ok())
                .collect(),
            ..Self::default()
        }
    }

    /// The file itself and everything it uses, in the order of the `use` lines, depth first.
    pub fn closure(&mut self, loader: &mut Loader, root: FileId) -> Vec<FileId> {
        self.read_ahead(loader, root);
        let mut found = Vec::new();
        let mut seen = BTreeSet::new();
        let mut to_do = vec![root];
        while let Some(file) = to_do.pop() {
            if !seen.insert(file) {
                continue;
            }
            found.push(file);
            to_do.extend(self.uses(loader, file).iter().rev());
        }
        found
    }

    /// Reads what a file uses, and what that uses, level by level: the files of a level are read together. What is used is
    /// decided by [`Self::uses`] alone.
    fn read_ahead(&mut self, loader: &mut Loader, root: FileId) {
        let mut seen = BTreeSet::from([root]);
        let mut level = vec![root];
        while !level.is_empty() {
            let mut places = Vec::new();
            let mut next: Vec<FileId> = Vec::new();
            for file in level.iter().filter(|file| !self.used.contains_key(file)) {
                let loaded = loader.get(*file);
                let folders = self.folders(&loaded.place);
                let known = &mut self.builtin;
                let look = |name: &Text| {
                    let mut found = folders
                        .iter()
                        .map(|folder| known_candidates(known, folder, &name.node, &loaded.place));
                    let plain = is_plain(&name.node);
                    let first = plain.then(|| found.find(|found| !found.is_empty()));
                    first.flatten().unwrap_or_default()
                };
                let ahead: Vec<Vec<Place>> = loaded.uses().map(look).collect();
                for place in ahead.iter().flatten() {
                    match loader.known(place) {
                        Some(known) => next.extend(known),
                        None => places.push((place.clone(), place.shown())),
                    }
                }
                self.ahead.insert(*file, ahead);
            }
            next.extend(loader.load_all(&places).into_iter().flatten());
            next.retain(|file| seen.insert(*file));
            level = next;
        }
    }

    /// The folders in which the file at a place looks, nearest first.
    fn folders(&self, place: &Place) -> Vec<Place> {
        let mut folders = place.folders();
        if !matches!(place, Place::Builtin(_)) {
            folders.extend(self.search.iter().cloned());
            folders.push(Place::Builtin(String::new()));
        }
        folders
    }

    fn uses(&mut self, loader: &mut Loader, file: FileId) -> Vec<FileId> {
        if let Some(known) = self.used.get(&file) {
            return known.clone();
        }
        let names: Vec<Text> = loader.get(file).uses().cloned().collect();
        let mut ahead = self.ahead.remove(&file).unwrap_or_default().into_iter();
        let mut used = Vec::new();
        for name in names {
            let nearest = usable(loader, &name.node, &ahead.next().unwrap_or_default());
            if !nearest.is_empty() {
                used.extend(nearest);
                continue;
            }
            match self.find(loader, file, &name) {
                Ok(files) => used.extend(files),
                Err(fault) => {
                    self.faults.push(fault);
                    self.incomplete.insert(file);
                }
            }
        }
        self.used.insert(file, used.clone());
        used
    }

    fn find(
        &self,
        loader: &mut Loader,
        from: FileId,
        name: &Text,
    ) -> Result<Vec<FileId>, Diagnostic> {
        if !is_plain(&name.node) {
            return Err(Diagnostic::new(
                "F007",
                name.span,
                format!(
                    "`use` takes the name of a module, not the path \"{}\"",
                    name.node
                ),
            ));
        }
        let place = loader.get(from).place.clone();
        let folders = self.folders(&place);
        for folder in &folders {
            let files = usable(loader, &name.node, &candidates(folder, &name.node, &place));
            if !files.is_empty() {
                return Ok(files);
            }
        }
        let known = known_names(&folders);
        let suggestions = nearest(&name.node, known.iter().map(String::as_str), 3)
            .into_iter()
            .map(|name| format!("use \"{name}\""))
            .collect();
        Err(Diagnostic::new(
            "F005",
            name.span,
            format!("I find no module \"{}\"", name.node),
        )
        .help(
            "a module is a .fid file or a folder of them: beside this file, in a folder above it, in a folder named with \
             --search, or built in",
        )
        .suggest(suggestions))
    }
}

/// Whether the name stays inside the folders searched.
fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && Path::new(name)
            .components()
            .all(|part| matches!(part, Component::Normal(_)))
}

/// The files at these places that a module of this name consists of.
fn usable(loader: &mut Loader, name: &str, places: &[Place]) -> Vec<FileId> {
    places
        .iter()
        .filter_map(|place| {
            let file = match loader.known(place) {
                Some(known) => known?,
                None => loader.load(place, &place.shown())?,
            };
            may_be_used(loader, name, file).then_some(file)
        })
        .collect()
}

/// Of a folder, only its rule files are used: a rulebook or a file of cases beside them is not part of the module.
fn may_be_used(loader: &Loader, name: &str, file: FileId) -> bool {
    let loaded = loader.get(file);
    if loaded.only_rules {
        return true;
    }
    let stem = match &loaded.place {
        Place::Disk(path) => path.with_extension(""),
        Place::Builtin(path) => Path::new(path).with_extension(""),
        Place::Input => return true,
    };
    stem.ends_with(name)
}

/// As [`candidates`], where an embedded folder is looked through once for each name.
fn known_candidates(
    known: &mut FxHashMap<String, FxHashMap<String, Vec<Place>>>,
    folder: &Place,
    name: &str,
    asking: &Place,
) -> Vec<Place> {
    let Place::Builtin(path) = folder else {
        return candidates(folder, name, asking);
    };
    let own = match known.get_mut(path) {
        Some(own) => own,
        None => known.entry(path.clone()).or_default(),
    };
    let found = match own.get(name) {
        Some(found) => found,
        None => own
            .entry(name.to_owned())
            .or_insert_with(|| all_candidates(folder, name)),
    };
    let others = found.iter().filter(|place| *place != asking);
    others.cloned().collect()
}

/// The file of this name in a folder, or else the `.fid` files of the folder of this name in it, sorted; never the file
/// that asks.
pub fn candidates(folder: &Place, name: &str, asking: &Place) -> Vec<Place> {
    let mut found = all_candidates(folder, name);
    found.retain(|place| place != asking);
    found
}

fn all_candidates(folder: &Place, name: &str) -> Vec<Place> {
    match folder {
        Place::Disk(folder) => {
            let file = folder.join(format!("{name}.fid"));
            let paths = if file.is_file() {
                vec![file]
            } else {
                rule_files_in(&folder.join(name))
            };
            paths
                .iter()
                .filter_map(|path| Place::of_path(path).ok())
                .collect()
        }
        Place::Builtin(folder) => {
            let path = if folder.is_empty() {
                name.to_owned()
            } else {
                format!("{folder}/{name}")
            };
            let file = format!("{path}.fid");
            let paths = if builtin::bytes(&file).is_some() {
                vec![file]
            } else {
                builtin::rule_files_in(&path)
            };
            paths.into_iter().map(Place::Builtin).collect()
        }
        Place::Input => Vec::new(),
    }
}

fn rule_files_in(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|end| end == "fid") && path.is_file())
        .collect();
    paths.sort();
    paths
}

/// Names that `use` would find in the nearest folder or among the built-in modules, for "did you mean".
fn known_names(folders: &[Place]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let stem = |path: &Path| Some(path.file_stem()?.to_string_lossy().into_owned());
    if let Some(Place::Disk(folder)) = folders.first() {
        names.extend(rule_files_in(folder).iter().filter_map(|path| stem(path)));
        let below = std::fs::read_dir(folder).into_iter().flatten();
        names.extend(
            below
                .filter_map(|entry| Some(entry.ok()?.path()))
                .filter(|path| path.is_dir() && !rule_files_in(path).is_empty())
                .filter_map(|path| stem(&path)),
        );
    }
    for place in builtin::all_rule_files() {
        if let Place::Builtin(path) = place {
            names.extend(
                path.split('/')
                    .next()
                    .map(|first| first.trim_end_matches(".fid").to_owned()),
            );
        }
    }
    names
}
