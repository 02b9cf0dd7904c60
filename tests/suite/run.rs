//! Running the binary, and small things that several tests need. Knows no verb.

use fiducia::engine::Limits;
use fiducia::explain::{CaseJudged, Choice, inquire, worlds};
use fiducia::session::{OpenCase, Opening, Session};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What a run printed and how it ended.
pub struct Ran {
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
    /// The exit status.
    pub code: Option<i32>,
}

/// The folder of the package, in which every command of the tests runs.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The binary with these arguments, at the root of the package.
pub fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fiducia"));
    command
        .args(arguments)
        .current_dir(root())
        .env_remove("NO_COLOR")
        .env_remove("RUST_BACKTRACE")
        .env("COLUMNS", "100");
    command
}

/// Runs the binary with nothing on standard input.
pub fn fiducia(arguments: &[&str]) -> Ran {
    fiducia_reading(arguments, "")
}

/// Runs the binary with this on standard input.
pub fn fiducia_reading(arguments: &[&str], input: &str) -> Ran {
    let mut child = command(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    let mut to = child.stdin.take().expect("standard input is a pipe");
    // A command that reads nothing may be gone before all is written.
    let _ = to.write_all(input.as_bytes());
    drop(to);
    let output = child.wait_with_output().expect("the binary ends");
    Ran {
        out: String::from_utf8(output.stdout).expect("standard output is text"),
        err: String::from_utf8(output.stderr).expect("standard error is text"),
        code: output.status.code(),
    }
}

/// Judges every case of a session in every world, and hands each on.
pub fn each_judged(session: &Session, mut then: impl FnMut(&CaseJudged<'_>)) {
    for open in session.cases() {
        judged(&open, &mut then);
    }
}

/// Judges one case in every world, and hands it on.
pub fn judged<T>(open: &OpenCase<'_>, then: impl FnOnce(&CaseJudged<'_>) -> T) -> T {
    let choice = Choice::default();
    let worlds = worlds(open.book, open.case, &choice).expect("no branch is chosen");
    let limits = Limits::default();
    then(&inquire(
        open.book, open.plan, open.case, &worlds, &choice, limits,
    ))
}

/// A session of one file of the package.
pub fn session_of(path: &str) -> Session {
    Session::open(&Opening {
        paths: vec![root().join(path)],
        ..Opening::default()
    })
}

/// Writes files into a folder of their own, which goes away with the value.
pub fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder can be made");
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("made");
        std::fs::write(path, text).expect("a file can be written");
    }
    folder
}

/// The files of the package below a folder whose names end so, sorted.
pub fn files_below(below: &str, end: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(below)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().ends_with(end) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The text of a file of the package.
pub fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()))
}

/// Whether pages are to be written anew instead of compared.
pub fn is_update() -> bool {
    std::env::var_os("UPDATE").is_some_and(|value| value == "1")
}

/// Compares a page with what it should be; with `UPDATE=1`, writes it.
pub fn page_is(path: &str, should: &str) {
    let at = root().join(path);
    if is_update() {
        std::fs::create_dir_all(at.parent().expect("a page is in a folder")).expect("made");
        std::fs::write(at, should).expect("a page can be written");
        return;
    }
    let is = std::fs::read_to_string(at).unwrap_or_default();
    assert!(
        is == should,
        "{path} is not fresh; UPDATE=1 cargo test writes it. It should be:\n{should}"
    );
}
