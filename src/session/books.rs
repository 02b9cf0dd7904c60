//! Which files make which rulebook, and whose cases it judges. In: the files named, `--rules` and profiles; out: the
//! rulebooks wanted, as lists of files. Knows no rule.

use super::builtin;
use super::loader::{Loader, whole_file};
use super::modules::Modules;
use super::place::Place;
use crate::text::{Diagnostic, FileId};
use std::collections::BTreeSet;

/// A file named on the command line.
#[derive(Clone, Copy, Debug)]
pub struct Named {
    /// The file.
    pub file: FileId,
    /// The folder it was found in, by position among the paths, where a folder was named.
    pub folder: Option<usize>,
}

/// A rulebook to be made.
#[derive(Debug)]
pub struct Wanted {
    /// Its files, that with its name first.
    pub modules: Vec<FileId>,
    /// Files whose cases it judges.
    pub cases_of: Vec<FileId>,
    /// Files with cases that these may be like: the same, and what they use.
    pub in_sight: Vec<FileId>,
}

/// What was named beside the paths.
#[derive(Debug, Default)]
pub struct Chosen {
    /// The files of `--rules`; `None` where it was not given.
    pub rules: Option<Vec<FileId>>,
    /// Whether those judge every case, whatever rules stand beside it.
    pub instead: bool,
    /// The files of every `--profile`.
    pub profiles: Vec<FileId>,
}

/// Arranges the named files: each is judged by one rulebook, and a file that is a module of another is not one itself.
pub fn arrange(
    loader: &mut Loader,
    modules: &mut Modules,
    named: &[Named],
    chosen: &Chosen,
) -> (Vec<Wanted>, Vec<Diagnostic>) {
    let mut wanted: Vec<Wanted> = Vec::new();
    let mut alone = Vec::new();
    for name in named {
        let file = name.file;
        let (is_rulebook, has_rules, has_cases) = {
            let loaded = loader.get(file);
            (loaded.is_rulebook(), loaded.has_rules(), loaded.has_cases())
        };
        if let (true, Some(rules)) = (chosen.instead, &chosen.rules) {
            if has_cases {
                let rules = list(loader, modules, &rules.clone(), chosen);
                want(&mut wanted, rules, file);
            }
        } else if is_rulebook {
            want(&mut wanted, list(loader, modules, &[file], chosen), file);
        } else if !has_cases {
            alone.push(*name);
        } else {
            let mut roots = judged_by(loader, modules, named, *name, chosen);
            // A file's own blocks always count: they are never quietly left out.
            if has_rules {
                roots.push(file);
            }
            want(&mut wanted, list(loader, modules, &roots, chosen), file);
        }
    }
    let faults = add_modules(loader, modules, named, chosen, alone, &mut wanted);
    for book in &mut wanted {
        // What the modules use is among the modules.
        let mut seen: BTreeSet<FileId> = BTreeSet::new();
        for file in &book.cases_of {
            let used = modules.closure(loader, *file);
            let fresh = used.into_iter().filter(|used| seen.insert(*used));
            book.in_sight
                .extend(fresh.filter(|used| loader.get(*used).has_cases()));
        }
        let rest = book.modules.iter().filter(|file| seen.insert(**file));
        book.in_sight
            .extend(rest.filter(|file| loader.get(**file).has_cases()));
    }
    (wanted, faults)
}

/// Rule files without cases: those that some rulebook uses are checked with it, others by themselves.
fn add_modules(
    loader: &mut Loader,
    modules: &mut Modules,
    named: &[Named],
    chosen: &Chosen,
    alone: Vec<Named>,
    wanted: &mut Vec<Wanted>,
) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    let mut covered: BTreeSet<FileId> = wanted
        .iter()
        .flat_map(|book| book.modules.iter().copied())
        .collect();
    let mut left: Vec<(Named, usize)> = alone
        .into_iter()
        .map(|name| (name, modules.closure(loader, name.file).len()))
        .collect();
    // A file that uses more comes first, so that what it uses is covered by it.
    left.sort_by_key(|(name, size)| (std::cmp::Reverse(*size), name.file));
    for (name, _) in left {
        let has_rules = loader.get(name.file).has_rules();
        if covered.contains(&name.file)
            || (!has_rules && loader.get(name.file).uses().next().is_none())
        {
            continue;
        }
        let mut roots = Vec::new();
        if let Some(root) = folder_root(loader, named, name) {
            roots.push(root);
            let shown = &loader.sources.get(name.file).name;
            let of = &loader.sources.get(root).name;
            faults.push(whole_file(
                "F009",
                format!("{shown} holds rules, but {of} does not use it"),
            ));
        }
        roots.push(name.file);
        let files = list(loader, modules, &roots, chosen);
        covered.extend(files.iter().copied());
        want(wanted, files, name.file);
    }
    faults
}

/// The rulebook that judges a file without a `rulebook` line.
fn judged_by(
    loader: &mut Loader,
    modules: &mut Modules,
    named: &[Named],
    name: Named,
    chosen: &Chosen,
) -> Vec<FileId> {
    if let Some(rules) = &chosen.rules {
        return rules.clone();
    }
    if let Some(root) = folder_root(loader, named, name) {
        return vec![root];
    }
    // A file that only uses other files of cases is judged as they are.
    let used = modules.closure(loader, name.file);
    let uses_rules = used[1..].iter().any(|file| loader.get(*file).has_rules());
    if uses_rules || modules.incomplete.contains(&name.file) {
        return vec![name.file];
    }
    let place = Place::Builtin(builtin::STANDARD.to_owned());
    loader.load(&place, &place.shown()).into_iter().collect()
}

/// The only rulebook in the folder that was named.
fn folder_root(loader: &Loader, named: &[Named], name: Named) -> Option<FileId> {
    let folder = name.folder?;
    let mut roots = named
        .iter()
        .filter(|other| other.folder == Some(folder) && loader.get(other.file).is_rulebook())
        .map(|other| other.file);
    let first = roots.next()?;
    roots.next().is_none().then_some(first)
}

/// The roots, the profiles and all that they use, each once.
fn list(
    loader: &mut Loader,
    modules: &mut Modules,
    roots: &[FileId],
    chosen: &Chosen,
) -> Vec<FileId> {
    let mut files = Vec::new();
    for root in roots.iter().chain(&chosen.profiles) {
        for file in modules.closure(loader, *root) {
            if !files.contains(&file) {
                files.push(file);
            }
        }
    }
    files
}

fn want(wanted: &mut Vec<Wanted>, modules: Vec<FileId>, cases_of: FileId) {
    if let Some(known) = wanted.iter_mut().find(|known| known.modules == modules) {
        if !known.cases_of.contains(&cases_of) {
            known.cases_of.push(cases_of);
        }
    } else {
        wanted.push(Wanted {
            modules,
            cases_of: vec![cases_of],
            in_sight: Vec::new(),
        });
    }
}
