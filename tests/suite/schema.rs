//! The published schema of judgements is that of the types, and every judgement that is printed validates against it.

use crate::run::{is_update, read, root};
use fiducia::engine::Limits;
use fiducia::explain::{CaseJudged, Choice, inquire, worlds};
use fiducia::present::json;
use fiducia::session::{Opening, Session};

const PAGE: &str = "docs/schema/judgement.schema.json";

#[test]
fn the_schema_is_fresh() {
    let made = json::judgement_schema();
    if is_update() {
        std::fs::create_dir_all(root().join("docs/schema")).expect("made");
        std::fs::write(root().join(PAGE), &made).expect("written");
    }
    assert_eq!(
        read(root().join(PAGE)),
        made,
        "{PAGE} is not that of the types; UPDATE=1 cargo test writes it"
    );
}

#[test]
fn every_judgement_validates() {
    let schema: serde_json::Value = serde_json::from_str(&json::judgement_schema()).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let opened = [
        Session::open(&Opening {
            paths: vec![root().join("tests/fixtures/sample.fid")],
            ..Opening::default()
        }),
        Session::open(&Opening::default()),
    ];
    let mut duties = 0;
    for session in &opened {
        // Every tenth of the built-in cases, and all of the sample's.
        let step = if session.cases().count() > 100 { 10 } else { 1 };
        for open in session.cases().step_by(step) {
            let choice = Choice::default();
            let worlds = worlds(open.book, open.case, &choice).expect("no branch is chosen");
            let judged = inquire(
                open.book,
                open.plan,
                open.case,
                &worlds,
                &choice,
                Limits::default(),
            );
            let all: Vec<&CaseJudged<'_>> = vec![&judged];
            let file = json::judgement(&all, Vec::new(), true);
            duties += file
                .judgements
                .iter()
                .map(|one| one.duties.len())
                .sum::<usize>();
            let text = json::text(&file).expect("JSON");
            let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
            let faults: Vec<String> = validator
                .iter_errors(&value)
                .map(|fault| fault.to_string())
                .collect();
            assert!(faults.is_empty(), "{}: {faults:?}", open.case.name);
        }
    }
    assert!(duties > 100, "{duties} duties");
}

/// The schemas of the questions are those of the types, and what each prints about the sample validates against its own.
#[test]
fn the_schemas_of_the_questions_are_fresh_and_hold() {
    let sample = "tests/fixtures/sample.fid";
    for (name, made) in json::question_schemas() {
        let page = format!("docs/schema/{name}.schema.json");
        if is_update() {
            std::fs::write(root().join(&page), &made).expect("written");
        }
        assert_eq!(
            read(root().join(&page)),
            made,
            "{page}: UPDATE=1 cargo test writes it"
        );
        let schema: serde_json::Value = serde_json::from_str(&made).expect("JSON");
        let validator = jsonschema::validator_for(&schema).expect("a schema");
        let mut arguments: Vec<&str> = match name {
            "settle" | "comply" => vec![name, sample, "--all"],
            "why-not" => vec!["explain", sample, "--why-not"],
            "whatif" => vec![name, sample, "--without", "emergency, no voice available"],
            "compare" => vec![
                name,
                sample,
                "--case",
                "Night appendectomy",
                "--option",
                "operate now",
                "--with",
                "wait for Ana",
            ],
            "precedents" => vec![name, "--case", "The night appendectomy", "--option", "wait"],
            "interview" => vec![
                "judge",
                sample,
                "--ask",
                "--all",
                "--case",
                "Night appendectomy",
                "--option",
                "operate now",
            ],
            // What the verbs on rules print is held against these in `rulework`.
            _ => continue,
        };
        arguments.extend(["--format", "json"]);
        let ran = crate::run::fiducia_reading(&arguments, "perhaps\nyes\nno\n?\n");
        assert_eq!(ran.code, Some(0), "{name}: {}", ran.err);
        let values: Vec<serde_json::Value> = if name == "interview" {
            ran.out
                .lines()
                .map(|line| serde_json::from_str(line).expect("JSON"))
                .collect()
        } else {
            vec![serde_json::from_str(&ran.out).expect("JSON")]
        };
        assert!(!values.is_empty());
        for value in &values {
            let faults: Vec<String> = validator
                .iter_errors(value)
                .map(|fault| fault.to_string())
                .collect();
            assert!(faults.is_empty(), "{name}: {faults:?}");
        }
    }
}
