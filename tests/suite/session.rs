//! Finding and reading: which files make which rulebook, and whose cases it judges.

use crate::run::folder;
use fiducia::session::{Opening, Session, StoppedBy};
use std::path::Path;

const WORDS: &str =
    "kind Person\nkind Act\n\nfacts, false unless stated\n  - [person: Person] does [act: Act]\n";
const DUTY: &str = "source s is \"A source\"\n\nduty \"refrain\"\n  owed by [person] about [act]\n  arises if [person] does [act]\n  \
                    broken if [person] does [act]\n  cites s\n";
const CASE: &str =
    "case \"one\"\n  cast [Ada] is a Person\n  cast [it] is an Act\n  given [Ada] does [it]\n";

fn open(folder: &Path, paths: &[&str]) -> Session {
    Session::open(&Opening {
        paths: paths.iter().map(|path| folder.join(path)).collect(),
        ..Opening::default()
    })
}

/// Per rulebook: its files, whether it stands, its cases and those that are stopped.
fn said(folder: &Path, session: &Session) -> Vec<String> {
    let prefix = format!("{}/", folder.display());
    session
        .books
        .iter()
        .map(|book| {
            let files: Vec<String> = book
                .modules
                .iter()
                .map(|file| session.sources().get(*file).name.replace(&prefix, ""))
                .collect();
            let cases: Vec<&str> = book
                .cases
                .iter()
                .map(|found| found.case.name.as_str())
                .collect();
            let stopped: Vec<String> = book
                .stopped
                .iter()
                .map(|stopped| {
                    let by = match stopped.by {
                        StoppedBy::Case => "itself",
                        StoppedBy::Rulebook => "the rulebook",
                    };
                    format!("{} by {by}", stopped.name)
                })
                .collect();
            format!(
                "{} | {} | {}",
                files.join(", "),
                cases.join(", "),
                stopped.join(", ")
            )
        })
        .collect()
}

fn codes(session: &Session) -> Vec<&str> {
    session.faults.iter().map(|fault| fault.code).collect()
}

#[test]
fn a_file_with_its_own_rulebook_judges_its_cases() {
    let text = format!("rulebook \"own\" version \"1\"\n\n{WORDS}\n{DUTY}\n{CASE}");
    let folder = folder(&[("own.fid", &text)]);
    let session = open(folder.path(), &["own.fid"]);
    assert_eq!(codes(&session), [""; 0]);
    assert_eq!(said(folder.path(), &session), ["own.fid | one | "]);
    let book = session.first_rulebook().expect("it stands");
    assert_eq!((book.name.as_str(), book.version.as_str()), ("own", "1"));
    assert_eq!(book.sha256().len(), 64);
}

#[test]
fn a_folder_with_one_rulebook_is_judged_by_it() {
    let folder = folder(&[
        (
            "book/standard.fid",
            "rulebook \"b\" version \"1\"\nuse \"parts\"\n",
        ),
        ("book/parts/words.fid", WORDS),
        ("book/parts/duties.fid", &format!("use \"words\"\n\n{DUTY}")),
        ("book/cases/a.fid", CASE),
        ("book/cases/b.fid", &CASE.replace("one", "two")),
    ]);
    let session = open(folder.path(), &["book"]);
    assert_eq!(codes(&session), [""; 0]);
    assert_eq!(
        said(folder.path(), &session),
        ["book/standard.fid, book/parts/duties.fid, book/parts/words.fid | one, two | "]
    );
    let names: Vec<&str> = session
        .first_rulebook()
        .expect("it stands")
        .modules
        .iter()
        .map(|module| module.name.as_str())
        .collect();
    assert_eq!(names, ["standard", "parts/duties", "parts/words"]);
}

#[test]
fn a_file_of_cases_names_its_modules() {
    let folder = folder(&[
        ("words.fid", WORDS),
        ("duty.fid", &format!("use \"words\"\n{DUTY}")),
        ("below/case.fid", &format!("use \"duty\"\n\n{CASE}")),
    ]);
    let session = open(folder.path(), &["below/case.fid"]);
    assert_eq!(codes(&session), [""; 0]);
    assert_eq!(session.books.len(), 1);
    assert_eq!(session.books[0].modules.len(), 3);
    assert_eq!(session.books[0].cases.len(), 1);
}

#[test]
fn rules_named_beside_it_judge_instead() {
    let folder = folder(&[
        (
            "book.fid",
            &format!("rulebook \"b\" version \"1\"\n\n{WORDS}\n{DUTY}"),
        ),
        ("case.fid", CASE),
        (
            "policy.fid",
            "facts, false unless stated\n  - [person: Person] slept\n",
        ),
    ]);
    let session = Session::open(&Opening {
        paths: vec![folder.path().join("case.fid")],
        rules: Some(folder.path().join("book.fid")),
        profiles: vec![folder.path().join("policy.fid")],
        ..Opening::default()
    });
    assert_eq!(codes(&session), [""; 0]);
    assert_eq!(
        said(folder.path(), &session),
        [format!("{}, {} | one | ", "book.fid", "policy.fid")]
    );
    let book = session.first_rulebook().expect("it stands");
    assert_eq!(book.vocabulary.sentences.len(), 2);
}

#[test]
fn own_blocks_beside_cases_are_never_left_out() {
    let folder = folder(&[
        (
            "book.fid",
            &format!("rulebook \"b\" version \"1\"\n\n{WORDS}"),
        ),
        ("case.fid", &format!("{DUTY}\n{CASE}")),
    ]);
    let session = Session::open(&Opening {
        paths: vec![folder.path().join("case.fid")],
        rules: Some(folder.path().join("book.fid")),
        ..Opening::default()
    });
    assert_eq!(codes(&session), [""; 0]);
    assert_eq!(session.first_rulebook().expect("it stands").norms.len(), 1);
}

#[test]
fn circles_are_walked_once_and_search_comes_last() {
    let folder = folder(&[
        (
            "a/one.fid",
            &format!("rulebook \"b\" version \"1\"\nuse \"two\"\n\n{WORDS}"),
        ),
        ("b/two.fid", &format!("use \"one\"\n{DUTY}")),
    ]);
    let session = Session::open(&Opening {
        paths: vec![folder.path().join("a/one.fid")],
        search: vec![folder.path().join("b"), folder.path().join("a")],
        ..Opening::default()
    });
    assert_eq!(codes(&session), [""; 0]);
    assert_eq!(
        said(folder.path(), &session),
        ["a/one.fid, b/two.fid |  | "]
    );
}

#[test]
fn a_fault_stops_only_what_rests_on_it() {
    let bad_rules =
        format!("rulebook \"bad\" version \"1\"\n\n{WORDS}\nduty \"d\"\n  owed to\n\n{CASE}");
    let good = format!("rulebook \"good\" version \"1\"\n\n{WORDS}\n{DUTY}\n{CASE}");
    let bad_case = format!(
        "{good}\ncase \"two\"\n  cast [Bo] is a\n\ncase \"three\"\n  cast [Cy] is a Person\n"
    );
    let folder = folder(&[
        ("a.fid", &bad_rules),
        ("b.fid", &good),
        ("c.fid", &bad_case),
    ]);
    let session = open(folder.path(), &["a.fid", "b.fid", "c.fid"]);
    assert_eq!(
        said(folder.path(), &session),
        [
            "a.fid |  | one by the rulebook",
            "b.fid | one | ",
            "c.fid | one, three | two by itself"
        ]
    );
    assert!(session.has_errors() && !session.is_unreadable());
}

#[test]
fn what_cannot_be_found_is_told_once() {
    let folder = folder(&[
        ("a.fid", "rulebook \"a\" version \"1\"\nuse \"wrods\"\n"),
        ("words.fid", WORDS),
        ("empty/read.me", ""),
        ("latin.fid", ""),
    ]);
    std::fs::write(folder.path().join("latin.fid"), b"case \"caf\xe9\"\n").expect("written");
    let session = open(folder.path(), &["a.fid", "no.fid", "empty", "latin.fid"]);
    assert_eq!(codes(&session), ["F001", "F003", "F004", "F005"]);
    assert_eq!(session.faults[3].suggestions[0], "use \"words\"");
    assert!(session.is_unreadable());
}

#[test]
fn the_hash_is_that_of_the_rules() {
    let hash = |words: &str, case: &str| {
        let text = format!("rulebook \"own\" version \"1\"\n\n{words}\n{DUTY}\n{case}");
        let folder = folder(&[("own.fid", &text)]);
        let session = open(folder.path(), &["own.fid"]);
        session
            .first_rulebook()
            .expect("it stands")
            .sha256()
            .to_owned()
    };
    let first = hash(WORDS, CASE);
    assert_eq!(first, hash(WORDS, ""), "cases are no part of it");
    assert_eq!(
        first,
        hash(&WORDS.replace("  - ", "      -   "), CASE),
        "nor is layout"
    );
    assert_ne!(
        first,
        hash(&WORDS.replace("false unless", "unknown unless"), CASE)
    );
}

#[test]
fn what_is_built_in_is_judged_by_the_standard_rulebook() {
    let session = Session::open(&Opening::default());
    assert_eq!(session.books.len(), 1);
    let root = session.books[0].modules[0];
    assert_eq!(session.sources().get(root).name, "built-in: standard.fid");
}

#[test]
fn a_case_may_be_like_one_of_another_file() {
    let folder = folder(&[
        (
            "book.fid",
            &format!("rulebook \"b\" version \"1\"\n\n{WORDS}\n{DUTY}"),
        ),
        ("first.fid", CASE),
        ("second.fid", "case \"two\"\n  like case \"one\"\n"),
        (
            "third.fid",
            "use \"first\"\n\ncase \"three\"\n  like case \"one\"\n",
        ),
    ]);
    let session = open(folder.path(), &["."]);
    assert_eq!(codes(&session), [""; 0]);
    assert_eq!(session.cases().count(), 3);
    let session = Session::open(&Opening {
        paths: vec![folder.path().join("third.fid")],
        rules: Some(folder.path().join("book.fid")),
        ..Opening::default()
    });
    assert_eq!(codes(&session), [""; 0]);
    assert_eq!(
        session.cases().count(),
        1,
        "only the cases of files that were named"
    );
}
