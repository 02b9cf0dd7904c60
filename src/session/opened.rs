//! From paths to rulebooks and cases. In: an [`Opening`]; out: a [`Session`], which holds all that was found and every
//! fault. It never fails: what cannot be read or checked is a fault, and stops only what rests on it.

use super::ahead;
use super::books::{Chosen, Named, Wanted, arrange};
use super::builtin;
use super::loader::{Loader, whole_file};
use super::modules::Modules;
use crate::check;
use crate::plan;
use crate::plan::Plan;
use crate::rulebook::{Case, Hash, Rulebook};
use crate::syntax;
use crate::syntax::tree::{Block, BlockKind, File};
use crate::text::{Diagnostic, FileId, Severity, SourceMap, Span, nearest};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

/// What is to be opened.
#[derive(Clone, Debug, Default)]
pub struct Opening {
    /// Files and folders; `-` is standard input. None: the built-in rulebook and its cases.
    pub paths: Vec<PathBuf>,
    /// Judges the files that have no rulebook of their own.
    pub rules: Option<PathBuf>,
    /// Whether they judge every case, also those of files with rules of their own.
    pub instead: bool,
    /// Modules and settings added to every rulebook.
    pub profiles: Vec<PathBuf>,
    /// Folders in which `use` looks last.
    pub search: Vec<PathBuf>,
    /// Whether rulebooks are searched for what is allowed but likely a mistake.
    pub lint: bool,
}

/// All that was opened.
#[derive(Debug)]
pub struct Session {
    loader: Loader,
    /// The files named, in order.
    pub named: Vec<FileId>,
    /// The rulebooks, in the order of the files they judge.
    pub books: Vec<Book>,
    /// Every fault, by file and place; each once.
    pub faults: Vec<Diagnostic>,
}

/// A rulebook with the cases it judges.
#[derive(Debug)]
pub struct Book {
    /// Its files, that with its name first.
    pub modules: Vec<FileId>,
    /// The rulebook; `None` where a fault stops it.
    pub rulebook: Option<Rulebook>,
    /// What is run; `None` also where no order of running it exists.
    pub plan: Option<Plan>,
    /// Cases without a fault, in the order of the files.
    pub cases: Vec<FoundCase>,
    /// Cases that cannot be judged.
    pub stopped: Vec<Stopped>,
}

/// A case and the file it stands in.
#[derive(Debug)]
pub struct FoundCase {
    /// The file.
    pub file: FileId,
    /// The case.
    pub case: Case,
}

/// A case with what judges it.
#[derive(Clone, Copy, Debug)]
pub struct OpenCase<'a> {
    /// The rulebook.
    pub book: &'a Rulebook,
    /// Its plan.
    pub plan: &'a Plan,
    /// The file of the case.
    pub file: FileId,
    /// The case.
    pub case: &'a Case,
}

/// A case that cannot be judged.
#[derive(Clone, Debug)]
pub struct Stopped {
    /// Its name.
    pub name: String,
    /// Where its head stands.
    pub span: Span,
    /// By what.
    pub by: StoppedBy,
}

/// What stops a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoppedBy {
    /// A fault of its own, or of the case it is like.
    Case,
    /// A fault of the rulebook.
    Rulebook,
}

impl Session {
    /// Reads, checks, and keeps every fault.
    #[must_use]
    pub fn open(opening: &Opening) -> Self {
        let mut loader = Loader::default();
        let alone = opening.rules.is_none() && opening.profiles.is_empty();
        let named = match ahead::likely(&opening.paths).filter(|_| alone) {
            None => load_named(&mut loader, &opening.paths),
            Some(first) => {
                let (named, ahead) = rayon::join(
                    || load_named(&mut loader, &opening.paths),
                    || ahead::standard(first),
                );
                loader.expect(ahead);
                named
            }
        };
        let mut modules = Modules::new(&opening.search);
        let chosen = choose(&mut loader, opening);
        let (wanted, arranged) = arrange(&mut loader, &mut modules, &named, &chosen);
        let mut faults: Vec<Diagnostic> = arranged;
        let books: Vec<Book> = wanted
            .iter()
            .map(|wanted| make(&loader, &modules, wanted, &mut faults))
            .collect();
        if opening.lint {
            lint(&loader, &named, &books, &mut faults);
        }
        faults.append(&mut modules.faults);
        faults.append(&mut loader.faults);
        for loaded in &loader.files {
            faults.extend(loaded.faults.iter().cloned());
        }
        let named: Vec<FileId> = named.iter().map(|named| named.file).collect();
        let faults = tidy(faults, &named);
        Self {
            loader,
            named,
            books,
            faults,
        }
    }

    /// The same for a process that does one thing and ends: nothing is given back piece by piece, which takes a twentieth of
    /// a cold run.
    #[must_use]
    pub fn open_for_good(opening: &Opening) -> &'static mut Self {
        Box::leak(Box::new(Self::open(opening)))
    }

    /// Names and texts of all files.
    #[must_use]
    pub fn sources(&self) -> &SourceMap {
        &self.loader.sources
    }

    /// What was written in a file.
    #[must_use]
    pub fn tree(&self, file: FileId) -> &File {
        &self.loader.get(file).tree
    }

    /// Every case that can be judged, in order, with what judges it.
    pub fn cases(&self) -> impl Iterator<Item = OpenCase<'_>> {
        self.books.iter().flat_map(|book| {
            let judge = book.rulebook.as_ref().zip(book.plan.as_ref());
            let cases = if judge.is_some() {
                &book.cases[..]
            } else {
                &[]
            };
            cases.iter().filter_map(move |found| {
                let (book, plan) = judge?;
                Some(OpenCase {
                    book,
                    plan,
                    file: found.file,
                    case: &found.case,
                })
            })
        })
    }

    /// Every case that cannot.
    pub fn stopped(&self) -> impl Iterator<Item = &Stopped> {
        self.books.iter().flat_map(|book| &book.stopped)
    }

    /// The names of all cases.
    pub fn case_names(&self) -> impl Iterator<Item = &str> + Clone {
        self.books.iter().flat_map(|book| {
            let open = book.cases.iter().map(|found| found.case.name.as_str());
            open.chain(book.stopped.iter().map(|stopped| stopped.name.as_str()))
        })
    }

    /// The names of those that cannot, among these.
    #[must_use]
    pub fn stopped_among(&self, is_meant: impl Fn(&str) -> bool) -> Vec<String> {
        self.stopped()
            .map(|stopped| stopped.name.clone())
            .filter(|name| is_meant(name))
            .collect()
    }

    /// The faults that stop something.
    pub fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        self.faults.iter().filter(|fault| fault.is_error())
    }

    /// The fault that there is nothing to judge: no case at all, or none of this name.
    #[must_use]
    pub fn no_case(&self, name: Option<&str>) -> Diagnostic {
        let Some(name) = name else {
            let named: Vec<&str> = self
                .named
                .iter()
                .map(|file| self.sources().get(*file).name.as_str())
                .collect();
            return whole_file(
                "F011",
                match named.as_slice() {
                    [one] => format!("there is no case in {one}"),
                    _ => "there is no case in what was named".to_owned(),
                },
            );
        };
        let near = nearest(name, self.case_names(), 3);
        whole_file(
            "F011",
            format!("there is no case \"{name}\" in what was named"),
        )
        .suggest(near.iter().map(|name| format!("\"{name}\"")).collect())
    }

    /// The fault that a case has no such option or supposition.
    #[must_use]
    pub fn no_branch(case: &str, option: bool, name: &str, known: &[String]) -> Diagnostic {
        let sort = if option { "option" } else { "supposition" };
        let near = nearest(name, known.iter().map(String::as_str), 3);
        let near = if near.is_empty() {
            known.iter().map(String::as_str).collect()
        } else {
            near
        };
        whole_file("F012", format!("case \"{case}\" has no {sort} \"{name}\""))
            .suggest(near.iter().map(|name| format!("\"{name}\"")).collect())
    }

    /// The name of the file, where only one was named.
    #[must_use]
    pub fn only_file(&self) -> Option<&str> {
        match self.named[..] {
            [file] => Some(&self.sources().get(file).name),
            _ => None,
        }
    }

    /// The rulebook that judges the file named first, if nothing stops it.
    #[must_use]
    pub fn first_rulebook(&self) -> Option<&Rulebook> {
        self.books.first()?.rulebook.as_ref()
    }

    /// The rulebook that judges the file named first with its plan, if nothing stops it.
    #[must_use]
    pub fn first_plan(&self) -> Option<(&Rulebook, &Plan)> {
        let first = self.books.first()?;
        first.rulebook.as_ref().zip(first.plan.as_ref())
    }

    /// Takes in a text that stands in no file, so that faults in it can be shown.
    pub fn add_source(&mut self, name: &str, text: &str) -> FileId {
        self.loader.sources.add(name, text)
    }

    /// Why something named could not be read at all.
    pub fn unreadable(&self) -> impl Iterator<Item = &Diagnostic> {
        self.faults
            .iter()
            .filter(|fault| fault.is_error() && fault.labels.is_empty())
    }

    /// Whether something named could not be read at all.
    #[must_use]
    pub fn is_unreadable(&self) -> bool {
        self.unreadable().next().is_some()
    }

    /// What could not be read in a file.
    #[must_use]
    pub fn reading_faults(&self, file: FileId) -> &[Diagnostic] {
        &self.loader.get(file).faults
    }

    /// Whether a fault stands in a case of this file.
    #[must_use]
    pub fn is_in_case(&self, file: FileId, fault: &Diagnostic) -> bool {
        in_case(self.tree(file), fault)
    }

    /// Names and texts, once nothing else is asked.
    #[must_use]
    pub fn into_sources(self) -> SourceMap {
        self.loader.sources
    }

    /// Whether some fault stops something.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.errors().next().is_some()
    }
}

fn load_named(loader: &mut Loader, paths: &[PathBuf]) -> Vec<Named> {
    let mut named: Vec<Named> = Vec::new();
    if paths.is_empty() {
        let places: Vec<_> = builtin::all_rule_files()
            .into_iter()
            .map(|place| {
                let shown = place.shown();
                (place, shown)
            })
            .collect();
        named.extend(
            loader
                .load_all(&places)
                .into_iter()
                .flatten()
                .map(|file| Named {
                    file,
                    folder: Some(0),
                }),
        );
    }
    for (at, path) in paths.iter().enumerate() {
        let folder = path.is_dir().then_some(at);
        for file in loader.load_path(path) {
            if named.iter().all(|known| known.file != file) {
                named.push(Named { file, folder });
            }
        }
    }
    named
}

fn choose(loader: &mut Loader, opening: &Opening) -> Chosen {
    let rules = opening.rules.as_ref().map(|path| {
        let files = loader.load_path(path);
        let roots: Vec<FileId> = files
            .iter()
            .copied()
            .filter(|file| loader.get(*file).is_rulebook())
            .collect();
        match roots.len() {
            0 => files
                .into_iter()
                .filter(|file| !path.is_dir() || loader.get(*file).has_rules())
                .collect(),
            1 => roots,
            several => {
                loader.faults.push(whole_file(
                    "F008",
                    format!(
                        "{} holds {several} rulebooks; name the one that is to judge",
                        path.display()
                    ),
                ));
                Vec::new()
            }
        }
    });
    let profiles = opening
        .profiles
        .iter()
        .flat_map(|path| loader.load_path(path))
        .collect();
    Chosen {
        rules,
        profiles,
        instead: opening.instead,
    }
}

/// Makes one rulebook and checks the cases it judges.
fn make(loader: &Loader, modules: &Modules, wanted: &Wanted, faults: &mut Vec<Diagnostic>) -> Book {
    let (rulebook, plan, mut found) = make_rulebook(loader, modules, &wanted.modules);
    let mut book = Book {
        modules: wanted.modules.clone(),
        rulebook,
        plan,
        cases: Vec::new(),
        stopped: Vec::new(),
    };
    for &file in &wanted.cases_of {
        let tree = &loader.get(file).tree;
        let mut good = Vec::new();
        if let Some(rulebook) = &book.rulebook {
            // A case may be like one of another file that was named or is used.
            let others: Vec<&File> = wanted
                .in_sight
                .iter()
                .filter(|other| **other != file)
                .map(|other| &*loader.get(*other).tree)
                .collect();
            let (cases, said) = check::cases_among(rulebook, tree, &others);
            good = cases;
            found.extend(said);
        }
        sort_out(&mut book, loader, file, good, &found);
    }
    faults.append(&mut found);
    book
}

/// Rulebooks that were named themselves are linted: of a module alone nobody can say what is unused.
fn lint(loader: &Loader, named: &[Named], books: &[Book], faults: &mut Vec<Diagnostic>) {
    for book in books {
        let Some(root) = book.modules.first() else {
            continue;
        };
        if let Some(rulebook) = &book.rulebook
            && loader.get(*root).is_rulebook()
            && named.iter().any(|named| named.file == *root)
        {
            let cases: Vec<Case> = book.cases.iter().map(|found| found.case.clone()).collect();
            faults.extend(check::lint(rulebook, &cases));
        }
    }
}

fn make_rulebook(
    loader: &Loader,
    modules: &Modules,
    files: &[FileId],
) -> (Option<Rulebook>, Option<Plan>, Vec<Diagnostic>) {
    let Some(&root) = files.first() else {
        return (None, None, Vec::new());
    };
    let unread = files.iter().any(|file| {
        modules.incomplete.contains(file) || {
            let loaded = loader.get(*file);
            loaded
                .faults
                .iter()
                .any(|fault| fault.is_error() && !in_case(&loaded.tree, fault))
        }
    });
    let base = &loader.get(root).place;
    // The first `rulebook` line names it: the root comes first.
    let trees: Vec<(String, FileId, &File)> = files
        .iter()
        .map(|&file| {
            let loaded = loader.get(file);
            (loaded.place.module_name(base), file, &*loaded.tree)
        })
        .collect();
    let (rulebook, mut said) = check::rulebook(&trees);
    let sound = !unread && !said.iter().any(Diagnostic::is_error);
    let mut rulebook = rulebook.filter(|_| sound);
    let plan = rulebook.as_ref().and_then(|rulebook| {
        plan::compile(rulebook)
            .map_err(|cycles| said.extend(cycles))
            .ok()
    });
    if let Some(rulebook) = &mut rulebook {
        if rulebook.name.is_empty() {
            rulebook.name = format!("the rules of {}", loader.sources.get(root).name);
        }
        let written: Vec<(String, Arc<File>)> = files
            .iter()
            .zip(trees)
            .map(|(&file, (name, ..))| (name, Arc::clone(&loader.get(file).tree)))
            .collect();
        rulebook.hash = Hash::new(move || hash(&written));
    }
    (rulebook, plan, said)
}

/// SHA-256 over the canonical text of the modules, sorted by name, their cases left out.
fn hash(modules: &[(String, Arc<File>)]) -> String {
    let mut texts: Vec<(&str, String)> = modules
        .iter()
        .map(|(name, tree)| (name.as_str(), syntax::print_rules(tree)))
        .collect();
    texts.sort();
    texts.dedup();
    let mut hasher = Sha256::new();
    for (_, text) in &texts {
        hasher.update(text.as_bytes());
    }
    hasher
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Sorts the cases of a file into those that can be judged and those that cannot.
fn sort_out(book: &mut Book, loader: &Loader, file: FileId, good: Vec<Case>, found: &[Diagnostic]) {
    let loaded = loader.get(file);
    let mut good: Vec<Option<Case>> = good.into_iter().map(Some).collect();
    for (at, block) in loaded.tree.blocks.iter().enumerate() {
        let BlockKind::Case { name, .. } = &block.kind else {
            continue;
        };
        let case = good.iter_mut().find(|case| {
            case.as_ref()
                .and_then(|case| case.span)
                .is_some_and(|span| holds(block.head.span, span))
        });
        let faulty = block.broken
            || found
                .iter()
                .chain(&loaded.faults)
                .any(|fault| fault.is_error() && at_block(&loaded.tree, fault) == Some(at));
        match case.and_then(Option::take) {
            Some(case) if !faulty && book.plan.is_some() => {
                book.cases.push(FoundCase { file, case })
            }
            _ => book.stopped.push(Stopped {
                name: name.node.clone(),
                span: block.head.span,
                by: if book.plan.is_some() || faulty {
                    StoppedBy::Case
                } else {
                    StoppedBy::Rulebook
                },
            }),
        }
    }
}

fn holds(outer: Span, inner: Span) -> bool {
    outer.file == inner.file && outer.start <= inner.start && inner.start <= outer.end
}

fn in_case(tree: &File, fault: &Diagnostic) -> bool {
    at_block(tree, fault)
        .and_then(|at| tree.blocks.get(at))
        .is_some_and(|block| matches!(block.kind, BlockKind::Case { .. }))
}

/// The block in which a fault stands: the last that begins before it, if the fault is of this file.
fn at_block(tree: &File, fault: &Diagnostic) -> Option<usize> {
    let at = fault.labels.first()?.span;
    let begins = |block: &Block| block.head.span.start;
    let after = tree
        .blocks
        .partition_point(|block| begins(block) <= at.start);
    let found = after.checked_sub(1)?;
    let block = tree.blocks.get(found)?;
    (block.head.span.file == at.file).then_some(found)
}

/// In order of file and place, each once; of files that nobody named, only what stops something.
fn tidy(mut faults: Vec<Diagnostic>, named: &[FileId]) -> Vec<Diagnostic> {
    let named: BTreeSet<FileId> = named.iter().copied().collect();
    faults.retain(|fault| {
        fault.severity == Severity::Error
            || fault
                .labels
                .first()
                .is_none_or(|label| named.contains(&label.span.file))
    });
    let place = |fault: &Diagnostic| fault.labels.first().map(|label| label.span);
    faults.sort_by(|a, b| (place(a), a.code, &a.message).cmp(&(place(b), b.code, &b.message)));
    faults.dedup();
    faults
}
