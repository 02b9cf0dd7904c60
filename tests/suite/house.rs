//! Holds the architecture: the tables of ARCHITECTURE.md are read here and every file of `src/` is held against them.

use crate::run::{files_below, read, root};
use std::collections::BTreeMap;
use std::path::Path;

/// The rows of the first table under a heading, without its head, cells trimmed of spaces and backticks.
fn table(page: &str, heading: &str) -> Vec<Vec<String>> {
    let (_, after) = page
        .split_once(&format!("\n{heading}\n"))
        .unwrap_or_else(|| panic!("ARCHITECTURE.md has no {heading}"));
    after
        .lines()
        .skip_while(|line| !line.starts_with('|'))
        .take_while(|line| line.starts_with('|'))
        .skip(2)
        .map(|line| {
            line.trim_matches('|')
                .split('|')
                .map(|cell| cell.trim().replace('`', ""))
                .collect()
        })
        .collect()
}

fn list(cell: &str) -> Vec<String> {
    cell.split(',')
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty() && name != "-")
        .collect()
}

/// Rooms in order, each with those it may import.
fn doors() -> Vec<(String, Vec<String>)> {
    table(&read("ARCHITECTURE.md"), "## Doors")
        .into_iter()
        .map(|row| (row[0].clone(), list(&row[1])))
        .collect()
}

/// The path below `src/` and the lines of code of each file, comments left out.
fn sources() -> Vec<(String, Vec<(usize, String)>)> {
    files_below("src", ".rs")
        .into_iter()
        .map(|path| {
            let text = read(&path);
            let lines = text
                .lines()
                .enumerate()
                .map(|(at, line)| (at + 1, code(line).to_owned()))
                .collect();
            (shown(&path), lines)
        })
        .collect()
}

fn shown(path: &Path) -> String {
    let path = path.strip_prefix(root()).expect("it is in the package");
    path.to_string_lossy().replace('\\', "/")
}

/// A line without its comment.
fn code(line: &str) -> &str {
    line.split_once("//").map_or(line, |(code, _)| code)
}

/// What follows each `lead` that begins a path, up to the end of the word.
fn words_after<'a>(line: &'a str, lead: &'a str) -> impl Iterator<Item = &'a str> {
    line.match_indices(lead)
        .filter(|(at, _)| {
            !line[..*at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':')
        })
        .map(move |(at, _)| {
            let rest = &line[at + lead.len()..];
            let end = rest
                .find(|c: char| !c.is_alphanumeric() && c != '_')
                .unwrap_or(rest.len());
            &rest[..end]
        })
}

fn room_of(path: &str) -> Option<&str> {
    let mut parts = path.strip_prefix("src/")?.split('/');
    let room = parts.next()?;
    parts.next().map(|_| room)
}

fn hold(offences: &[String], rule: &str) {
    assert!(offences.is_empty(), "{rule}\n{}", offences.join("\n"));
}

#[test]
fn every_import_goes_through_a_door() {
    let doors = doors();
    let may: BTreeMap<&str, &[String]> = doors
        .iter()
        .map(|(room, may)| (room.as_str(), may.as_slice()))
        .collect();
    let mut offences = Vec::new();
    for (path, lines) in sources() {
        let Some(room) = room_of(&path) else { continue };
        for (at, line) in lines {
            for other in words_after(&line, "crate::").chain(words_after(&line, "$crate::")) {
                // The macro that declares ids is exported at the root and belongs to `value`.
                let other = if other == "id" { "value" } else { other };
                let open = other == room
                    || may
                        .get(room)
                        .is_some_and(|may| may.iter().any(|door| door == other));
                if !open {
                    offences.push(format!(
                        "{path}:{at}: {room} may not import {other}: {line}"
                    ));
                }
            }
        }
    }
    hold(
        &offences,
        "an import between rooms must stand in the door table of ARCHITECTURE.md",
    );
}

#[test]
fn every_room_has_a_row_and_looks_only_up() {
    let doors = doors();
    let rows: Vec<&str> = doors.iter().map(|(room, _)| room.as_str()).collect();
    let mut offences = Vec::new();
    for (at, (room, may)) in doors.iter().enumerate() {
        if !root().join("src").join(room).is_dir() {
            offences.push(format!("there is no room src/{room}/"));
        }
        for door in may {
            if !rows[..at].contains(&door.as_str()) {
                offences.push(format!("{room} imports {door}, which is no row above it"));
            }
        }
    }
    for (path, _) in sources() {
        if let Some(room) = room_of(&path)
            && !rows.contains(&room)
        {
            offences.push(format!("{path}: its room has no row"));
        }
    }
    hold(
        &offences,
        "the door table is an order of the rooms there are",
    );
}

#[test]
fn outside_crates_stay_at_home() {
    let homes: Vec<(String, Vec<String>)> = table(&read("ARCHITECTURE.md"), "## Homes")
        .into_iter()
        .map(|row| (row[0].clone(), list(&row[1])))
        .collect();
    let mut offences = Vec::new();
    for (path, lines) in sources() {
        for (name, home) in &homes {
            let at_home = home
                .iter()
                .any(|home| home == "everywhere" || path.starts_with(home));
            if at_home {
                continue;
            }
            let word = name.replace('-', "_");
            for (at, line) in &lines {
                let used = words_after(line, &format!("{word}::")).next().is_some()
                    || line.contains(&format!("{word}!"))
                    || line.trim() == format!("use {word};");
                if used {
                    offences.push(format!(
                        "{path}:{at}: {name} is at home in {home:?}: {line}"
                    ));
                }
            }
        }
    }
    hold(&offences, "an outside crate is used only in its home");
    for name in dependencies() {
        assert!(
            homes.iter().any(|(known, _)| *known == name),
            "{name} has no row in the table of homes"
        );
    }
}

/// The names of all dependencies in Cargo.toml.
fn dependencies() -> Vec<String> {
    let manifest = read("Cargo.toml");
    let mut inside = false;
    let mut names = Vec::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            inside = line.ends_with("dependencies]");
        } else if inside && let Some((name, _)) = line.split_once('=') {
            names.push(name.trim().to_owned());
        }
    }
    names
}

#[test]
fn every_dependency_is_decided() {
    let pages: String = files_below("docs/decisions", ".md")
        .iter()
        .map(read)
        .collect();
    let missing: Vec<String> = dependencies()
        .into_iter()
        .filter(|name| !pages.contains(&format!("`{name}`")))
        .collect();
    hold(
        &missing,
        "docs/decisions/ says of every dependency why it was chosen",
    );
}

#[test]
fn every_file_says_what_it_is() {
    let mut paths = files_below("src", ".rs");
    paths.extend(files_below("tests", ".rs"));
    paths.extend(files_below("benches", ".rs"));
    // What the bench makes and builds is nobody's writing.
    paths.retain(|path| {
        let path = shown(path);
        !["benches/peers/rules/", "benches/peers/target/"]
            .iter()
            .any(|made| path.starts_with(made))
    });
    let offences: Vec<String> = paths
        .iter()
        .filter(|path| !read(path).starts_with("//! "))
        .map(|path| shown(path))
        .collect();
    hold(
        &offences,
        "a file opens with `//!`: what comes in, what goes out",
    );
}

#[test]
fn imports_can_be_seen() {
    let mut offences = Vec::new();
    for (path, lines) in sources() {
        for (at, line) in lines {
            let import = line.trim_start().trim_start_matches("pub ");
            let glob = import.starts_with("use ") && line.contains("::*");
            let far = line.contains("super::super");
            let group = line.contains("crate::{");
            let root = path.ends_with("/mod.rs")
                && path.matches('/').count() == 2
                && line.contains("super::");
            if glob || far || group || root {
                offences.push(format!("{path}:{at}: {line}"));
            }
        }
    }
    hold(
        &offences,
        "no glob, no super::super, no way round the door table: `use crate::room::Name`",
    );
}

#[test]
fn front_pages_hold_nothing_else() {
    let offences: Vec<String> = sources()
        .into_iter()
        .filter(|(path, _)| path.ends_with("/mod.rs") && path.matches('/').count() == 2)
        .flat_map(|(path, lines)| {
            lines
                .into_iter()
                .filter(|(_, line)| {
                    let line = line.trim_start_matches("pub ");
                    ["fn ", "struct ", "enum ", "impl ", "trait "]
                        .iter()
                        .any(|lead| line.starts_with(lead))
                })
                .map(move |(at, line)| format!("{path}:{at}: {line}"))
        })
        .collect();
    hold(
        &offences,
        "a room's mod.rs holds its paragraph, its files and its names",
    );
}

/// Files of `cli` that are no verb (what several share, and the talk of an interview), and the one verb that opens, resumes and ends streams.
const NO_VERB: &[&str] = &[
    "args.rs",
    "dispatch.rs",
    "cases.rs",
    "audit.rs",
    "question.rs",
    "interview.rs",
    "side_by_side.rs",
    "supposing.rs",
    "likened.rs",
    "why_not.rs",
    "progress.rs",
    "revision.rs",
];

#[test]
fn the_page_is_short_and_the_log_is_kept() {
    let lines = read("ARCHITECTURE.md").lines().count();
    assert!(
        lines <= 250,
        "ARCHITECTURE.md has {lines} lines; 250 is the most"
    );
    assert!(read("CHANGELOG.md").contains("\n## Unreleased\n"));
    assert!(read("src/main.rs").lines().count() <= 20);
    let long: Vec<String> = files_below("src/cli", ".rs")
        .iter()
        .filter(|path| !NO_VERB.iter().any(|name| path.ends_with(name)))
        .filter(|path| read(path).lines().count() > 80)
        .map(|path| shown(path))
        .collect();
    hold(&long, "a verb has at most 80 lines");
}
