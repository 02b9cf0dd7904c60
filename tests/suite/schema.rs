//! The published schema of judgements is that of the types, and every judgement that is printed validates against it.

use crate::run::{each_judged, is_update, judged, read, root, session_of};
use fiducia::present::json;
use fiducia::value::{NormSort, Status};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

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

/// What a key of the published form can hold: its name, then what is allowed, `a|b` for words, `text`, `yes or no`, `null`.
/// These are the keys that were promised, and none may be renamed or left out; those after `+` were added since.
const KEYS: &str = "
judgements[].case: text
judgements[].option: text, null
judgements[].suppose: text, null
judgements[].rulebook.name: text
judgements[].rulebook.version: text
judgements[].rulebook.sha256: text
judgements[].outcome: permissible|impermissible|open, null
judgements[].duties[].duty: text
judgements[].duties[].owed_by: text
judgements[].duties[].owed_to: text, null
judgements[].duties[].about: text, null
judgements[].duties[].toward: text, null
judgements[].duties[].statuses[]: not engaged|exempt|fulfilled|overridden|excused|violated
judgements[].duties[].parts[].part: text
judgements[].duties[].parts[].statuses[]: not engaged|exempt|fulfilled|overridden|excused|violated
judgements[].duties[].parts[].by[]: text
judgements[].duties[].by[]: text
judgements[].duties[].silent: yes or no
judgements[].duties[].repaired: yes or no
judgements[].duties[].either_way: yes or no
judgements[].duties[].standing: yes or no
judgements[].duties[].cites[].source: text
judgements[].duties[].cites[].title: text
judgements[].duties[].cites[].place: text
judgements[].duties[].cites[].jurisdiction: text, null
judgements[].duties[].cites[].confidence: text, null
judgements[].duties[].because[]: text
judgements[].duties[].turns_on[].sentence: text
judgements[].duties[].turns_on[].truth: true|false|unknown
judgements[].duties[].exceptions[].name: text
judgements[].duties[].exceptions[].kind: exemption|excuse|priority
judgements[].duties[].exceptions[].applies: true|false|unknown
judgements[].duties[].exceptions[].failed[]: text
judgements[].duties[].exceptions[].unknown[]: text
judgements[].duties[].otherwise[]: text
judgements[].duties[].questions[].sentence: text
judgements[].duties[].questions[].question: text
judgements[].duties[].questions[].ask: text, null
judgements[].duties[].advice: text, null
judgements[].ideals[].ideal: text
judgements[].ideals[].for: text
judgements[].ideals[].toward: text, null
judgements[].ideals[].about: text, null
judgements[].ideals[].statuses[]: not engaged|met|falls short
judgements[].ideals[].parts[].part: text
judgements[].ideals[].parts[].statuses[]: not engaged|met|falls short
judgements[].ideals[].silent: yes or no
judgements[].ideals[].cites[].source: text
judgements[].ideals[].cites[].title: text
judgements[].ideals[].cites[].place: text
judgements[].ideals[].cites[].jurisdiction: text, null
judgements[].ideals[].cites[].confidence: text, null
judgements[].concerns[].concern: text
judgements[].concerns[].about: text
judgements[].concerns[].toward: text, null
judgements[].concerns[].statuses[]: not raised|raised
judgements[].concerns[].silent: yes or no
judgements[].concerns[].cites[].source: text
judgements[].concerns[].cites[].title: text
judgements[].concerns[].cites[].place: text
judgements[].concerns[].cites[].jurisdiction: text, null
judgements[].concerns[].cites[].confidence: text, null
judgements[].findings[].sentence: text
judgements[].findings[].truth: true|unknown
judgements[].findings[].silent: yes or no
judgements[].decides_nothing[]: text
judgements[].assumes[]: text
dilemmas[].case: text
dilemmas[].duties[].duty: text
dilemmas[].duties[].owed_by: text
dilemmas[].duties[].owed_to: text, null
dilemmas[].duties[].about: text, null
dilemmas[].duties[].toward: text, null
dilemmas[].options[]: text
schema: fiducia/judgement/1
+ judgements[].duties[].either_way_status: not engaged|exempt|fulfilled|overridden|excused|violated, null
+ judgements[].duties[].reasons[]: text
+ judgements[].duties[].turns_on[].standing: text
+ judgements[].duties[].questions[].part: text, null
+ judgements[].duties[].questions[].if_true[]: not engaged|exempt|fulfilled|overridden|excused|violated, null
+ judgements[].duties[].questions[].if_false[]: not engaged|exempt|fulfilled|overridden|excused|violated, null
";

/// What was found at each key, as words.
#[derive(Default)]
struct Seen(BTreeMap<String, BTreeSet<String>>);

impl Seen {
    fn walk(&mut self, path: &str, value: &Value) {
        match value {
            Value::Object(keys) => {
                for (key, value) in keys {
                    let dot = if path.is_empty() { "" } else { "." };
                    self.walk(&format!("{path}{dot}{key}"), value);
                }
            }
            Value::Array(items) => {
                for item in items {
                    self.walk(&format!("{path}[]"), item);
                }
            }
            Value::Null => self.note(path, "null"),
            Value::Bool(_) => self.note(path, "yes or no"),
            Value::String(text) => self.note(path, text),
            Value::Number(_) => self.note(path, "number"),
        }
    }

    fn note(&mut self, path: &str, what: &str) {
        let all = self.0.entry(path.to_owned()).or_default();
        // Of texts a few suffice; where words are listed there are no more.
        if all.len() < 20 {
            all.insert(what.to_owned());
        }
    }
}

#[test]
fn the_keys_are_those_promised() {
    let mut seen = Seen::default();
    for session in [
        session_of("tests/fixtures/sample.fid"),
        session_of("knowledge"),
    ] {
        let is_small = session.cases().count() < 100;
        for open in session.cases().step_by(if is_small { 1 } else { 7 }) {
            judged(&open, |judged| {
                let file = json::judgement(&[judged], Vec::new(), true);
                seen.walk("", &serde_json::to_value(&file).expect("JSON"));
            });
        }
    }
    let mut promised = BTreeSet::new();
    let mut wrong = Vec::new();
    for line in KEYS.lines().filter(|line| !line.is_empty()) {
        let (path, can) = line
            .trim_start_matches("+ ")
            .split_once(": ")
            .expect("a key");
        promised.insert(path.to_owned());
        let can: Vec<&str> = can.split(", ").flat_map(|words| words.split('|')).collect();
        let Some(found) = seen.0.get(path) else {
            wrong.push(format!("{path}: never"));
            continue;
        };
        let text = can.contains(&"text");
        for what in found {
            let allowed = can.contains(&what.as_str());
            let other = ["null", "yes or no", "number"].contains(&what.as_str());
            if !allowed && (!text || other) {
                wrong.push(format!("{path}: {what}"));
            }
        }
    }
    // An optional list that is absent is null where the list would stand.
    let lists =
        ["if_true", "if_false"].map(|key| format!("judgements[].duties[].questions[].{key}"));
    let more = seen
        .0
        .keys()
        .filter(|path| !promised.contains(*path) && !lists.contains(*path));
    wrong.extend(more.map(|path| format!("{path} is not in the list")));
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The words that the schema lists are those that can come up, and a key that may be null is never left out.
#[test]
fn the_schema_lists_what_a_word_can_be() {
    let schema: Value = serde_json::from_str(&json::judgement_schema()).expect("JSON");
    let of = |view: &str| &schema["$defs"][view];
    for view in schema["$defs"].as_object().expect("views").keys() {
        let keys = of(view)["properties"].as_object().expect("keys").len();
        let required = of(view)["required"].as_array().map_or(0, Vec::len);
        assert_eq!(keys, required, "{view} leaves a key out");
    }
    let listed = |view: &str, key: &str| of(view)["properties"][key]["enum"].clone();
    assert_eq!(
        listed("JudgementView", "outcome"),
        serde_json::json!(["permissible", "impermissible", "open", null])
    );
    let kinds = serde_json::json!(["exemption", "excuse", "priority"]);
    assert_eq!(listed("ExceptionView", "kind"), kinds);
    for (view, sort) in [
        ("DutyView", NormSort::Duty),
        ("IdealView", NormSort::Ideal),
        ("ConcernView", NormSort::Concern),
    ] {
        let words = &of(view)["properties"]["statuses"]["items"]["enum"];
        let can = Status::ALL.into_iter().filter(|status| status.fits(sort));
        let can: Vec<&str> = can.map(Status::word).collect();
        assert_eq!(*words, serde_json::json!(can), "{view}");
    }
}

/// Every case of the bank and of the sample, in every world; and a run that ends in faults.
#[test]
fn every_judgement_validates() {
    let schema: Value = serde_json::from_str(&json::judgement_schema()).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let holds = |what: &str, value: &Value| {
        let faults = validator.iter_errors(value);
        let faults: Vec<String> = faults.map(|fault| fault.to_string()).collect();
        assert!(faults.is_empty(), "{what}: {faults:?}");
    };
    let mut duties = 0;
    for session in [
        session_of("tests/fixtures/sample.fid"),
        session_of("knowledge"),
    ] {
        each_judged(&session, |judged| {
            let file = json::judgement(&[judged], Vec::new(), true);
            duties += file
                .judgements
                .iter()
                .map(|one| one.duties.len())
                .sum::<usize>();
            let value = serde_json::to_value(&file).expect("JSON");
            holds(&judged.case.name, &value);
        });
    }
    assert!(duties > 100, "{duties} duties");
    let faulty = "case \"x\"\n  given [a] hums\n";
    let ran = crate::run::fiducia_reading(&["judge", "-", "--format", "json"], faulty);
    assert_eq!(ran.code, Some(2));
    let value: Value = serde_json::from_str(&ran.out).expect("JSON");
    assert!(
        value["faults"]
            .as_array()
            .is_some_and(|all| !all.is_empty())
    );
    holds("a fault", &value);
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
        let schema: Value = serde_json::from_str(&made).expect("JSON");
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
        let values: Vec<Value> = if name == "interview" {
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
