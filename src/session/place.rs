//! Where a file stands: on disk, in the binary, or on standard input. Knows no contents.

use std::path::{Path, PathBuf};

/// Where a file stands; two names of one file are one place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The real path on disk.
    Disk(PathBuf),
    /// A path among the embedded files, with `/`.
    Builtin(String),
    /// Standard input.
    Input,
}

impl Place {
    /// The place of a path that exists.
    pub fn of_path(path: &Path) -> std::io::Result<Self> {
        Ok(Self::Disk(path.canonicalize()?))
    }

    /// The name shown where nobody gave one: relative to the current folder where it is below it.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Self::Disk(path) => std::env::current_dir()
                .and_then(|here| here.canonicalize())
                .ok()
                .and_then(|here| path.strip_prefix(here).ok().map(Path::to_path_buf))
                .unwrap_or_else(|| path.clone())
                .display()
                .to_string(),
            Self::Builtin(path) => format!("built-in: {path}"),
            Self::Input => "<standard input>".to_owned(),
        }
    }

    /// The folders in which `use` looks, nearest first: that of the file and those above it. Embedded files see only
    /// embedded folders (the last of which is the empty path).
    #[must_use]
    pub fn folders(&self) -> Vec<Place> {
        match self {
            Self::Disk(path) => path
                .ancestors()
                .skip(1)
                .map(|folder| Self::Disk(folder.to_path_buf()))
                .collect(),
            Self::Builtin(path) => Path::new(path)
                .ancestors()
                .skip(1)
                .map(|folder| Self::Builtin(folder.to_string_lossy().into_owned()))
                .collect(),
            Self::Input => std::env::current_dir()
                .and_then(|here| here.canonicalize())
                .map(|here| {
                    here.ancestors()
                        .map(|folder| Self::Disk(folder.to_path_buf()))
                        .collect()
                })
                .unwrap_or_default(),
        }
    }

    /// The path of its folder and stem below `base`, or else its last folder and stem: what a module is called.
    #[must_use]
    pub fn module_name(&self, base: &Place) -> String {
        let (path, base) = match (self, base) {
            (Self::Disk(path), Self::Disk(base)) => (path.as_path(), base.parent()),
            (Self::Builtin(path), Self::Builtin(base)) => {
                (Path::new(path.as_str()), Path::new(base.as_str()).parent())
            }
            (Self::Builtin(path), _) => (Path::new(path.as_str()), Some(Path::new(""))),
            (Self::Disk(path), _) => (path.as_path(), None),
            (Self::Input, _) => return "standard input".to_owned(),
        };
        let below = base.and_then(|base| path.strip_prefix(base).ok());
        let named = below.map_or_else(
            || {
                let from = path.components().count().saturating_sub(2);
                path.components().skip(from).collect::<PathBuf>()
            },
            Path::to_path_buf,
        );
        named
            .with_extension("")
            .components()
            .map(|part| part.as_os_str().to_string_lossy())
            .collect::<Vec<_>>()
            .join("/")
    }
}
