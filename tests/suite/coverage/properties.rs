//! What holds of all cases, or of every state of a few facts. In: the bank, or cases made here; out: that it is so.

use super::knowledge;
use crate::run::{fiducia, files_below, folder};
use fiducia::bank::test::test_case;
use fiducia::engine::{Limits, Memory, Silent};
use fiducia::judge;
use fiducia::rulebook::Role;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Judges cases made here by the built-in rulebook and holds them against what they expect.
fn as_expected(text: &str, cases: usize) {
    let folder = folder(&[("states.fid", text)]);
    let path = folder.path().join("states.fid");
    let ran = fiducia(&["test", &path.to_string_lossy()]);
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.err);
    assert!(
        ran.out.contains(&format!("{cases} cases judged")),
        "{}",
        ran.out
    );
}

const PARTIES: &str = "  cast [Ada] is a Clinician\n  cast [Ben] is a Patient\n  given [Ben] is in the care of [Ada]\n";

/// The components of an alliance, and the parts of the ideal that stand for them.
const COMPONENTS: [(&str, &str); 3] = [
    ("bond", "bond"),
    ("agreement on goals", "goals"),
    ("collaboration on tasks", "tasks"),
];

#[test]
fn the_weakest_component_is_the_strength_of_the_alliance() {
    // In hundredths; 70 is the cut.
    let scores = [20, 70, 95];
    let mut text = String::new();
    for state in 0..27 {
        let own = [scores[state % 3], scores[state / 3 % 3], scores[state / 9]];
        let weakest = own.iter().min().copied().unwrap_or(0);
        let word = |score: i32| if score < 70 { "falls short" } else { "met" };
        let _ = write!(text, "case \"state {state}\"\n{PARTIES}");
        for ((component, _), score) in COMPONENTS.iter().zip(own) {
            let _ = writeln!(
                text,
                "  given the [\"{component}\"] between [Ben] and [Ada] scores [0.{score}]"
            );
        }
        let _ = writeln!(
            text,
            "  expect true: the alliance of [Ben] and [Ada] has strength [0.{weakest}]"
        );
        let _ = writeln!(
            text,
            "  expect {}: ideal \"a strong alliance\"",
            word(weakest)
        );
        for ((_, part), score) in COMPONENTS.iter().zip(own) {
            let _ = writeln!(
                text,
                "  expect {}: ideal \"a strong alliance\" in \"{part}\"",
                word(score)
            );
        }
        text.push('\n');
    }
    as_expected(&text, 27);
}

#[test]
fn each_component_of_the_alliance_falls_short_by_itself() {
    let mut text = String::new();
    for state in 0..8_u32 {
        let _ = write!(text, "case \"state {state}\"\n{PARTIES}");
        let _ = writeln!(
            text,
            "  given the alliance of [Ben] and [Ada] is under review"
        );
        let sound = |at: usize| state >> at & 1 == 0;
        for (at, (component, _)) in COMPONENTS.iter().enumerate() {
            let not = if sound(at) { "" } else { "not " };
            let _ = writeln!(
                text,
                "  given the [\"{component}\"] between [Ben] and [Ada] is {not}sound"
            );
        }
        for (at, (_, part)) in COMPONENTS.iter().enumerate() {
            let word = if sound(at) { "met" } else { "falls short" };
            let _ = writeln!(
                text,
                "  expect {word}: ideal \"a strong alliance\" in \"{part}\""
            );
        }
        text.push('\n');
    }
    as_expected(&text, 8);
}

/// Each element of consent: the line when it is there, and the line when it is missing.
const ELEMENTS: [(&str, &str, &str); 5] = [
    (
        "disclosure",
        "[Ben] was told the [\"alternatives\"] of [it]",
        "[Ben] was not told the [\"alternatives\"] of [it]",
    ),
    (
        "comprehension",
        "[Ben] understood what was said about [it]",
        "[Ben] did not understand what was said about [it]",
    ),
    (
        "voluntariness",
        "[Ben] was not coerced into [it]",
        "[Ben] was coerced into [it]",
    ),
    (
        "authorization",
        "[Ben] agreed to [it]",
        "[Ben] did not agree to [it]",
    ),
    (
        "capacity",
        "[Ben] has capacity to decide on [it]",
        "[Ben] lacks capacity to decide on [it]",
    ),
];

/// Each by itself: where capacity is missing and nobody decides instead, the others are asked of the patient, who is awake.
#[test]
fn each_missing_element_of_consent_is_named_and_no_other() {
    let mut text = String::new();
    for state in 0..32_u32 {
        let missing = |at: usize| state >> at & 1 == 1;
        let _ = write!(
            text,
            "case \"state {state}\"\n{PARTIES}  cast [it] is an Act\n"
        );
        for line in [
            "[Ada] performs [it] on [Ben]",
            "[Ben] was not manipulated into [it]",
            "no fair process found [it] right for [Ben]",
            "[Ben] was told the [\"condition\"] of [it]",
            "[Ben] was told the [\"nature\"] of [it]",
            "[Ben] was told the [\"risks\"] of [it]",
            "[Ben] was told the [\"benefits\"] of [it]",
        ] {
            let _ = writeln!(text, "  given {line}");
        }
        for (at, (_, there, not)) in ELEMENTS.iter().enumerate() {
            let _ = writeln!(text, "  given {}", if missing(at) { not } else { there });
        }
        for (at, (part, ..)) in ELEMENTS.iter().enumerate() {
            let word = if missing(at) { "violated" } else { "fulfilled" };
            let _ = writeln!(
                text,
                "  expect {word}: duty \"informed consent\" in \"{part}\""
            );
        }
        text.push('\n');
    }
    as_expected(&text, 32);
}

#[test]
fn a_number_outside_its_range_is_refused() {
    for number in ["1.2", "-0.1", "1.000001"] {
        let line =
            format!("  given [Ada] is committed to [Ben] with a coefficient of [{number}]\n");
        let folder = folder(&[("case.fid", &format!("case \"outside\"\n{PARTIES}{line}"))]);
        let path = folder.path().join("case.fid");
        let ran = fiducia(&["judge", &path.to_string_lossy()]);
        assert_eq!(ran.code, Some(2), "{number}: {}{}", ran.out, ran.err);
        assert!(
            ran.err.contains("K008") && ran.err.contains(number),
            "{}",
            ran.err
        );
    }
}

#[test]
fn every_wrong_inference_has_its_file() {
    let session = knowledge();
    let files = files_below("knowledge/cases/wrong-inferences", ".fid");
    for trap in 1..=40 {
        let start = format!("w{trap:02}-");
        let own: Vec<String> = files
            .iter()
            .filter_map(|path| path.file_name()?.to_str())
            .filter(|name| name.starts_with(&start))
            .map(str::to_owned)
            .collect();
        let [file] = &own[..] else {
            panic!("{start}: {own:?}");
        };
        let mut expected = 0;
        for open in session.cases() {
            if session
                .sources()
                .get(open.file)
                .name
                .ends_with(file.as_str())
            {
                let test = test_case(open.book, open.plan, open.case, Limits::default());
                assert!(test.passed(), "{}", open.case.name);
                expected += test.results.len();
            }
        }
        assert!(expected > 0, "{file} expects nothing");
    }
}

#[test]
fn every_verdict_is_given_once_and_names_its_bearer() {
    let session = knowledge();
    let mut memory = Memory::<Silent>::default();
    for open in session.cases() {
        for world in judge::worlds(&open.book.vocabulary, open.case) {
            let limits = Limits::default();
            let judged = judge::judge(open.book, open.plan, &world.record, memory, limits);
            let mut given = BTreeSet::new();
            for verdict in judged.verdicts() {
                let norm = &open.book.norms[verdict.norm];
                let bearer = norm.parties.first().map(|party| party.role);
                assert_eq!(bearer, Some(Role::Bearer), "{}", norm.name);
                let new = given.insert((verdict.norm, verdict.parties.clone()));
                assert!(new, "{} twice in {:?}", norm.name, open.case.name);
            }
            memory = judged.recycle();
        }
    }
}
