//! Every file of `tests/errors/` is checked, and a snapshot holds source and message. A file may begin with a comment
//! `# runs: …`, which then are the arguments, instead of `check` and the file. Every code has such a file, a page and an
//! example.

use crate::docs::arguments;
use crate::run::{fiducia, files_below, is_update, page_is, read, root};
use fiducia::present::page;
use fiducia::text::catalogue::entries;
use std::collections::BTreeSet;

/// The source and what `fiducia check` says of it.
fn told(path: &std::path::Path) -> String {
    let bytes = std::fs::read(path).expect("the file is there");
    let source = String::from_utf8_lossy(&bytes);
    let name = path.strip_prefix(root()).expect("it is in the package");
    let name = name.to_string_lossy().replace('\\', "/");
    let runs = source
        .lines()
        .next()
        .and_then(|line| line.strip_prefix("# runs: "));
    let all: Vec<String> = match runs {
        Some(line) => arguments(&format!("fiducia {line}")),
        None => vec!["check".to_owned(), name.clone()],
    };
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    let ran = fiducia(&all);
    assert!(
        matches!(ran.code, Some(0..=2)),
        "{name} ended with {:?}: {}",
        ran.code,
        ran.err
    );
    // Invisible characters are what some of these files are about.
    let source: String = source
        .chars()
        .map(|c| match c {
            '\n' => "\n".to_owned(),
            c if c.is_control() || c == '\u{feff}' || c == '\u{a0}' => {
                c.escape_unicode().to_string()
            }
            c => c.to_string(),
        })
        .collect();
    format!("{source}\n-----\n\n{}{}", ran.out, ran.err)
}

#[test]
fn faults_read_well() {
    insta::with_settings!({omit_expression => true, snapshot_path => "../snapshots/errors", prepend_module_to_snapshot => false}, {
        insta::glob!("../errors", "*.fid", |path| {
            insta::assert_snapshot!(told(path));
        });
    });
}

#[test]
fn each_file_provokes_its_code() {
    let mut wrong = Vec::new();
    for path in files_below("tests/errors", ".fid") {
        let name = path.file_stem().expect("it has a name").to_string_lossy();
        let code = name.split('-').next().unwrap_or_default().to_owned();
        if !told(&path).contains(&format!("[{code}]")) {
            wrong.push(name.into_owned());
        }
    }
    assert!(
        wrong.is_empty(),
        "these files do not provoke their code: {wrong:?}"
    );
}

#[test]
fn every_code_has_a_page_an_example_and_a_file() {
    let files: BTreeSet<String> = files_below("tests/errors", ".fid")
        .iter()
        .filter_map(|path| Some(path.file_stem()?.to_string_lossy().into_owned()))
        .map(|name| name.split('-').next().unwrap_or_default().to_owned())
        .collect();
    let mut missing = Vec::new();
    let mut seen = BTreeSet::new();
    for entry in entries() {
        if !seen.insert(entry.code) {
            missing.push(format!("{} stands in the catalogue twice", entry.code));
        }
        if !files.contains(entry.code) && !CANNOT_BE_A_FILE.contains(&entry.code) {
            missing.push(format!("{} has no tests/errors/{0}.fid", entry.code));
        }
        if [entry.title, entry.cause, entry.remedy].contains(&"") {
            missing.push(format!("{} lacks words", entry.code));
        }
        if entry.example.trim().is_empty() && !entry.code.starts_with('F') {
            missing.push(format!("{} has no example", entry.code));
        }
    }
    for code in &files {
        if !seen.contains(code.as_str()) {
            missing.push(format!("tests/errors/{code}.fid: there is no such code"));
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

/// Faults that no small file can provoke: one without permission to read, one of a quarter of a gigabyte, one that only a
/// fault of fiducia brings about, a sentence of more than two dozen slots; and those of cases that come as JSON, which
/// `check` does not read (`suite::check` provokes them).
const CANNOT_BE_A_FILE: &[&str] = &[
    "F002", "F006", "F010", "O002", "C030", "C031", "C032", "C033",
];

#[test]
fn pages_are_those_of_the_catalogue() {
    for entry in entries() {
        page_is(
            &format!("docs/errors/{}.md", entry.code),
            &page::fault(entry),
        );
    }
    page_is("docs/errors/README.md", &page::index());
    let codes: BTreeSet<&str> = entries().map(|entry| entry.code).collect();
    for path in files_below("docs/errors", ".md") {
        let stem = path.file_stem().expect("it has a name").to_string_lossy();
        if stem == "README" || codes.contains(stem.as_ref()) {
            continue;
        }
        if is_update() {
            std::fs::remove_file(&path).expect("a page can be removed");
            continue;
        }
        panic!("docs/errors/{stem}.md is the page of no code");
    }
}

#[test]
fn there_are_enough_codes_and_their_numbers_are_stable() {
    let codes: Vec<&str> = entries().map(|entry| entry.code).collect();
    assert!(codes.len() >= 50, "only {} codes", codes.len());
    for code in codes {
        let (family, number) = code.split_at(1);
        assert!(family.chars().all(|c| c.is_ascii_uppercase()), "{code}");
        assert!(number.len() == 3 && number.parse::<u16>().is_ok(), "{code}");
    }
}

#[test]
fn every_code_raised_is_in_the_catalogue() {
    let known: BTreeSet<&str> = entries().map(|entry| entry.code).collect();
    let mut wrong = Vec::new();
    let mut raised = BTreeSet::new();
    for path in files_below("src", ".rs") {
        if path.to_string_lossy().contains("catalogue") {
            continue;
        }
        let text = read(&path);
        for (at, _) in text.match_indices('"') {
            let word: String = text[at + 1..]
                .chars()
                .take_while(|c| *c != '"')
                .take(5)
                .collect();
            let (family, number) = word.split_at(word.chars().next().map_or(0, char::len_utf8));
            let is_code = family.chars().all(|c| c.is_ascii_uppercase())
                && number.len() == 3
                && number.bytes().all(|b| b.is_ascii_digit());
            if is_code && !family.is_empty() {
                if !known.contains(word.as_str()) {
                    wrong.push(format!("{}: {word}", path.display()));
                }
                raised.insert(word);
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "codes without an entry:\n{}",
        wrong.join("\n")
    );
    let idle: Vec<&&str> = known
        .iter()
        .filter(|code| !raised.contains(**code))
        .collect();
    assert!(idle.is_empty(), "entries that nothing raises: {idle:?}");
}
