//! The report as a person reads it: the sample's cases and the waiting room, whole, in columns and plain.

use crate::run::{fiducia, folder, judged, session_of};
use fiducia::explain::CaseJudged;
use fiducia::present::{Explaining, Report, Style, explanation, picture, report};
use fiducia::session::{Opening, Session};

/// What is printed of every case of a session that is meant.
fn printed(session: &Session, names: &[&str], print: impl Fn(&CaseJudged<'_>) -> String) -> String {
    let mut text = String::new();
    for open in session.cases() {
        if names.is_empty() || names.contains(&open.case.name.as_str()) {
            text.push_str(&judged(&open, &print));
            text.push('\n');
        }
    }
    text
}

fn sample() -> Session {
    session_of("tests/fixtures/sample.fid")
}

fn how() -> Report {
    Report {
        all: false,
        file: Some("sample.fid".to_owned()),
    }
}

#[test]
fn the_sample() {
    let text = printed(&sample(), &[], |judged| report(judged, &how(), Style::Text));
    assert!(
        text.lines().all(|line| line.chars().count() <= 100),
        "a line is wider than 100 columns"
    );
    insta::assert_snapshot!(text);
}

#[test]
fn the_sample_plain() {
    let text = printed(&sample(), &[], |judged| {
        report(judged, &how(), Style::Plain)
    });
    assert!(
        !text.contains("  ") && !text.contains('\u{1b}'),
        "plain lines hold no columns and no colours"
    );
    insta::assert_snapshot!(text);
}

#[test]
fn the_sample_explained() {
    let text = printed(&sample(), &[], |judged| {
        explanation(judged, None, Explaining::default(), Style::Text)
    });
    insta::assert_snapshot!(text);
}

#[test]
fn the_waiting_room() {
    let session = Session::open(&Opening::default());
    let text = printed(&session, &["The waiting room"], |judged| {
        report(judged, &how(), Style::Text)
    });
    assert!(text.starts_with("THE WAITING ROOM"), "{text}");
    insta::assert_snapshot!(text);
}

#[test]
fn colours_change_no_word() {
    let plain = printed(&sample(), &[], |judged| report(judged, &how(), Style::Text));
    let coloured = printed(&sample(), &[], |judged| {
        report(judged, &how(), Style::Colour)
    });
    let mut bare = String::new();
    let mut rest = coloured.as_str();
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        bare.push_str(before);
        rest = after.split_once('m').map_or("", |(_, after)| after);
    }
    bare.push_str(rest);
    assert_eq!(plain, bare);
}

#[test]
fn pictures_are_the_same_twice_and_say_what_they_show() {
    let session = sample();
    let svg = printed(&session, &["Night appendectomy"], picture::svg);
    assert_eq!(
        svg,
        printed(&session, &["Night appendectomy"], picture::svg)
    );
    assert!(svg.contains("<title>Night appendectomy") && svg.contains("<desc>"));
    assert!(svg.contains("EXEMPT"), "a status is said in words");
    let dot = printed(&session, &["Night appendectomy"], picture::dot);
    assert!(dot.starts_with("digraph \"Night appendectomy"), "{dot}");
    assert!(dot.contains("emergency, no voice"), "{dot}");
}

#[test]
fn a_quoted_word_stands_apart_and_a_possessive_does_not() {
    let text = r#"rulebook "a word" version "1"
kind Person
kind Hand
source book is "A book"
facts, false unless stated
  - [one: Person] said 'no' to [two: Person]'s offer of [it: Hand]
duty "listen"
  owed by [p] to [q]
  arises if [q] said 'no' to [p]'s offer of [h]
  broken if [q] said 'no' to [p]'s offer of [h]
  cites book
case "an offer"
  cast [Ann] is a Person
  cast [Bo] is a Person
  cast [a hand] is a Hand
  given [Bo] said 'no' to [Ann]'s offer of [a hand]
"#;
    for text in [text.to_owned(), text.replace("]'s", "]\u{2019}s")] {
        let at = folder(&[("offer.fid", &text)]);
        let path = at.path().join("offer.fid");
        let ran = fiducia(&["judge", "--format", "plain", &path.to_string_lossy()]);
        assert!(
            ran.out
                .contains("Because: Bo said 'no' to Ann's offer of a hand (stated)"),
            "{}{}",
            ran.out,
            ran.err
        );
    }
}
