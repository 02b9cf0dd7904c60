//! Reading files: each place once, into the source map and a tree. In: places and paths; out: loaded files, and a fault
//! for each that could not be read. Knows no rulebook.

use super::ahead::Ahead;
use super::builtin;
use super::place::Place;
use crate::syntax;
use crate::syntax::tree::{BlockKind, File, Text};
use crate::text::{Diagnostic, FileId, SourceMap, Span};
use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};
use std::borrow::Cow;
use std::collections::{BTreeMap, VecDeque};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A file of more bytes is refused: places are kept in 32 bits, and no rule file is that long.
const MOST_BYTES: usize = 256 << 20;

/// A file that was read.
#[derive(Debug)]
pub struct Loaded {
    /// Where it stands.
    pub place: Place,
    /// What was written.
    pub tree: Arc<File>,
    /// What could not be read.
    pub faults: Vec<Diagnostic>,
    /// Whether it has rules and no `rulebook` line: asked anew for each file that uses it.
    pub only_rules: bool,
}

impl Loaded {
    fn new(place: Place, tree: File, faults: Vec<Diagnostic>) -> Self {
        let mut loaded = Self {
            place,
            tree: Arc::new(tree),
            faults,
            only_rules: false,
        };
        loaded.only_rules = loaded.has_rules() && !loaded.is_rulebook();
        loaded
    }

    /// Whether it has a `rulebook` line.
    #[must_use]
    pub fn is_rulebook(&self) -> bool {
        self.kinds()
            .any(|kind| matches!(kind, BlockKind::Rulebook { .. }))
    }

    /// Its `use` lines.
    pub fn uses(&self) -> impl Iterator<Item = &Text> {
        self.kinds().filter_map(|kind| match kind {
            BlockKind::Use(name) => Some(name),
            _ => None,
        })
    }

    /// Whether it declares or rules anything (a file of cases does not).
    #[must_use]
    pub fn has_rules(&self) -> bool {
        self.kinds().any(|kind| {
            !matches!(
                kind,
                BlockKind::Rulebook { .. } | BlockKind::Use(_) | BlockKind::Case { .. }
            )
        })
    }

    /// Whether it has a case.
    #[must_use]
    pub fn has_cases(&self) -> bool {
        self.kinds()
            .any(|kind| matches!(kind, BlockKind::Case { .. }))
    }

    fn kinds(&self) -> impl Iterator<Item = &BlockKind> {
        self.tree.blocks.iter().map(|block| &block.kind)
    }
}

/// Everything read so far. A [`FileId`] is a position in both tables; texts of the command line come after all files.
#[derive(Debug, Default)]
pub struct Loader {
    /// Names and texts.
    pub sources: SourceMap,
    /// Trees, in the order of the source map.
    pub files: Vec<Loaded>,
    /// Files that could not be read at all.
    pub faults: Vec<Diagnostic>,
    known: BTreeMap<Place, Option<FileId>>,
    /// Files read ahead, in order of their ids.
    ahead: VecDeque<Ahead>,
}

impl Loader {
    /// The file.
    #[must_use]
    pub fn get(&self, file: FileId) -> &Loaded {
        &self.files[file.0 as usize]
    }

    /// The file at a place that was read, or found unreadable, before.
    #[must_use]
    pub fn known(&self, place: &Place) -> Option<Option<FileId>> {
        self.known.get(place).copied()
    }

    /// Takes files that were read ahead of being asked for.
    pub fn expect(&mut self, ahead: Vec<Ahead>) {
        self.ahead = ahead.into();
    }

    /// What was read ahead as this file.
    fn ready(&mut self, file: FileId, place: &Place) -> Option<(File, Vec<Diagnostic>)> {
        while self.ahead.front().is_some_and(|first| first.file < file) {
            self.ahead.pop_front();
        }
        let found = self
            .ahead
            .pop_front_if(|first| first.file == file && first.place == *place)?;
        Some((found.tree, found.faults))
    }

    /// Reads the file at a place, unless it was read before; `None` where it cannot be read, which is told once.
    pub fn load(&mut self, place: &Place, shown: &str) -> Option<FileId> {
        self.load_all(&[(place.clone(), shown.to_owned())])[0]
    }

    /// Reads the files at these places, with the names to show: texts one after the other, then the lines of all of them on
    /// as many threads as pay. What comes out does not depend on how many that were.
    pub fn load_all(&mut self, places: &[(Place, String)]) -> Vec<Option<FileId>> {
        let first = self.files.len();
        let mut new = Vec::new();
        for (place, shown) in places {
            if self.known.contains_key(place) {
                continue;
            }
            let file = match read_text(place) {
                Ok(text) => {
                    new.push(place.clone());
                    Some(self.sources.take(shown, text))
                }
                Err((code, why)) => {
                    let message = format!("I cannot read {shown}: {why}");
                    self.faults.push(whole_file(code, message));
                    None
                }
            };
            self.known.insert(place.clone(), file);
        }
        let ready: Vec<_> = new
            .iter()
            .enumerate()
            .map(|(at, place)| self.ready(FileId((first + at) as u32), place))
            .collect();
        let trees = read_all(&self.sources, first, ready);
        let loaded = new.into_iter().zip(trees);
        self.files
            .extend(loaded.map(|(place, (tree, faults))| Loaded::new(place, tree, faults)));
        places
            .iter()
            .map(|(place, _)| self.known.get(place).copied().flatten())
            .collect()
    }

    /// Reads a path as given: a file, a folder (every `.fid` file below it) or `-`.
    pub fn load_path(&mut self, path: &Path) -> Vec<FileId> {
        if path.as_os_str() == "-" {
            let place = Place::Input;
            let shown = place.shown();
            return self.load(&place, &shown).into_iter().collect();
        }
        if !path.exists() {
            self.faults.push(whole_file(
                "F001",
                format!("there is no file or folder {}", path.display()),
            ));
            return Vec::new();
        }
        if !path.is_dir() {
            return self.load_file(path).into_iter().collect();
        }
        let (paths, faults) = files_below(path);
        self.faults.extend(faults);
        if paths.is_empty() {
            self.faults.push(whole_file(
                "F004",
                format!("there is no .fid file in the folder {}", path.display()),
            ));
        }
        let mut places = Vec::with_capacity(paths.len());
        for path in &paths {
            places.extend(self.place_of(path));
        }
        self.load_all(&places).into_iter().flatten().collect()
    }

    fn load_file(&mut self, path: &Path) -> Option<FileId> {
        let (place, shown) = self.place_of(path)?;
        self.load(&place, &shown)
    }

    /// Where a path leads, and the name it is shown by.
    fn place_of(&mut self, path: &Path) -> Option<(Place, String)> {
        let shown = path.display().to_string();
        match Place::of_path(path) {
            Ok(place) => Some((place, shown)),
            Err(why) => {
                self.faults
                    .push(whole_file("F002", format!("I cannot read {shown}: {why}")));
                None
            }
        }
    }
}

/// What files of the source map say, from the first on: those that are not ready are read, each by itself, in whatever
/// order.
fn read_all(
    sources: &SourceMap,
    first: usize,
    ready: Vec<Option<(File, Vec<Diagnostic>)>>,
) -> Vec<(File, Vec<Diagnostic>)> {
    let read = |(at, ready): (usize, Option<(File, Vec<Diagnostic>)>)| {
        ready.unwrap_or_else(|| {
            let file = FileId((first + at) as u32);
            syntax::read(file, &sources.get(file).text)
        })
    };
    let missing = ready.iter().filter(|ready| ready.is_none()).count();
    match missing {
        0 | 1 => ready.into_iter().enumerate().map(read).collect(),
        _ => ready
            .into_par_iter()
            .enumerate()
            .with_max_len(1)
            .map(read)
            .collect(),
    }
}

/// A fault that has no place in a file that was read.
pub fn whole_file(code: &'static str, message: String) -> Diagnostic {
    let nowhere = Span {
        file: FileId(0),
        start: 0,
        end: 0,
    };
    let mut fault = Diagnostic::new(code, nowhere, message);
    fault.labels.clear();
    fault
}

/// The text at a place, or the code of the fault and why.
pub fn read_text(place: &Place) -> Result<Cow<'static, str>, (&'static str, String)> {
    let bytes: Cow<'static, [u8]> = match place {
        Place::Disk(path) => std::fs::File::open(path)
            .and_then(bounded)
            .map_err(|why| ("F002", why.to_string()))?
            .into(),
        Place::Builtin(path) => builtin::bytes(path)
            .ok_or_else(|| ("F002", "it is not built in".to_owned()))?
            .into(),
        Place::Input => {
            let read = bounded(std::io::stdin().lock());
            read.map_err(|why| ("F002", why.to_string()))?.into()
        }
    };
    if bytes.len() > MOST_BYTES {
        return Err(("F006", format!("it is longer than {MOST_BYTES} bytes")));
    }
    let not_text = |bytes: &[u8], at: usize| {
        let line = bytes[..at].iter().filter(|b| **b == b'\n').count() + 1;
        ("F003", format!("line {line} is not UTF-8 text"))
    };
    match bytes {
        Cow::Borrowed(bytes) => std::str::from_utf8(bytes)
            .map(Cow::Borrowed)
            .map_err(|why| not_text(bytes, why.valid_up_to())),
        Cow::Owned(bytes) => String::from_utf8(bytes)
            .map(Cow::Owned)
            .map_err(|why| not_text(why.as_bytes(), why.utf8_error().valid_up_to())),
    }
}

/// All bytes, but never more than one beyond the limit: a device named by mistake does not fill the memory.
fn bounded(from: impl Read) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Every `.fid` file below a folder, sorted by path; files that version control ignores and hidden ones are left out.
fn files_below(folder: &Path) -> (Vec<PathBuf>, Vec<Diagnostic>) {
    let mut paths = Vec::new();
    let mut faults = Vec::new();
    // The user's own global list of ignored files is not asked: the same folder gives the same cases everywhere.
    let walk = ignore::WalkBuilder::new(folder)
        .git_global(false)
        .follow_links(true)
        .build();
    for entry in walk {
        match entry {
            Ok(entry) => {
                let path = entry.into_path();
                if path.extension().is_some_and(|end| end == "fid") && path.is_file() {
                    paths.push(path);
                }
            }
            Err(why) => faults.push(whole_file(
                "F002",
                format!("I cannot look into all of {}: {why}", folder.display()),
            )),
        }
    }
    paths.sort();
    (paths, faults)
}
