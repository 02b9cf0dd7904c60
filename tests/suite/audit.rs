//! The audit against `judge`, the plain reader against the general one, and the verb end to end: input in every form,
//! output in every form, the same bytes for any number of threads.

use crate::fast::judged;
use crate::generate::Program;
use crate::loaded::{Loaded, load};
use crate::reference;
use crate::run::{command, fiducia, fiducia_reading, folder, is_update, read, root, session_of};
use fiducia::bank::audit::{Audit, Auditor, Only, Refusal};
use fiducia::bank::{Format, ShapeReader, stream};
use fiducia::check;
use fiducia::engine::{Journal, Limits, Memory, Witness};
use fiducia::judge::{self, Judgement, judge};
use fiducia::plan::{Plan, compile};
use fiducia::rulebook::{Case, KindSort, Record, Rulebook};
use fiducia::session::{Opening, Session, read_line};
use fiducia::value::{NormSort, Truth};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::process::Stdio;
use std::sync::atomic::AtomicBool;

const SAMPLE: &str = "tests/fixtures/sample.fid";

/// What the audit writes for some lines, silent instances included.
fn audited(book: &Rulebook, plan: &Plan, lines: &str, threads: usize) -> String {
    let only = Only::default();
    let read = |book: &Rulebook, line: &str| read_line(book, line).map_err(Refusal::from);
    let audit: Audit<'_> = Audit {
        book,
        plan,
        read: &read,
        format: Format::Ndjson,
        only: &only,
        explain: None,
        check_names: false,
        all: true,
        redact: false,
        done: 0,
        limits: Limits::default(),
    };
    let mut out = Vec::new();
    let stop = AtomicBool::new(false);
    let make = || Auditor::new(audit);
    stream(lines.as_bytes(), &mut out, threads, &stop, make).expect("nothing fails");
    String::from_utf8(out).expect("it is text")
}

/// What `judge` makes of a world, in the shape of an audit's line without its names.
fn expected(case: &Case, judged: &Judgement<'_, Journal>) -> Value {
    let run = judged.run();
    let shown = |cell: &fiducia::engine::Cell| match cell.value() {
        Some(value) => case.values.get(value).to_string(),
        None => run.interval(*cell).to_string(),
    };
    let of = |sort: NormSort| -> Vec<Value> {
        let own = judged
            .verdicts()
            .iter()
            .filter(|verdict| judged.book().norms[verdict.norm].sort == sort);
        own.map(|verdict| {
            let parties: Vec<String> = verdict.parties.iter().map(shown).collect();
            let statuses: Vec<&str> = verdict.statuses.iter().map(|one| one.word()).collect();
            let parts: Vec<Vec<&str>> = verdict
                .parts
                .iter()
                .map(|part| part.statuses.iter().map(|one| one.word()).collect())
                .collect();
            json!([
                judged.book().norms[verdict.norm].name,
                parties,
                statuses,
                parts
            ])
        })
        .collect()
    };
    let mut findings = Vec::new();
    judged.each_finding(|_, _, truth, _| findings.push(json!(truth.word())));
    let (of, findings) = (|sort| sorted(of(sort)), sorted(findings));
    json!([
        of(NormSort::Duty),
        of(NormSort::Ideal),
        of(NormSort::Concern),
        findings
    ])
}

/// JSON lists the cast by kind, so instances may come in another order.
fn sorted(mut all: Vec<Value>) -> Vec<Value> {
    all.sort_by_key(Value::to_string);
    all
}

/// The same of a line of the audit.
fn found(book: &Rulebook, line: &Value) -> Value {
    let of = |key: &str, name: &str, roles: &[&str]| -> Vec<Value> {
        let all = line[key].as_array().expect("a list");
        all.iter()
            .map(|one| {
                let norm = book
                    .norms
                    .iter()
                    .find(|norm| norm.name == one[name].as_str().expect("a name"))
                    .expect("it is known");
                let parties: Vec<&Value> = norm
                    .parties
                    .iter()
                    .map(|party| &one[roles[party.role as usize]])
                    .collect();
                let parts: Vec<&Value> = one["parts"]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .map(|part| &part["statuses"])
                    .collect();
                json!([one[name], parties, one["statuses"], parts])
            })
            .collect()
    };
    let findings = line["findings"].as_array().expect("a list").iter();
    let findings = sorted(findings.map(|one| one["truth"].clone()).collect());
    let of = |key: &str, name: &str, roles: &[&str]| sorted(of(key, name, roles));
    json!([
        of("duties", "duty", &["owed_by", "owed_to", "about", "toward"]),
        of("ideals", "ideal", &["for", "", "about", "toward"]),
        of("concerns", "concern", &["about", "", "", "toward"]),
        findings
    ])
}

/// Holds the audit of a case against `judge`. Says how many verdicts there were; none where the case has a fault.
fn held(book: &Rulebook, plan: &Plan, case: &Case, told: &str) -> usize {
    let line = check::case_to_json(book, case).to_string();
    let out = audited(book, plan, &line, 1);
    let lines: Vec<Value> = out
        .lines()
        .map(|line| serde_json::from_str(line).expect("each line is JSON"))
        .collect();
    let worlds = judge::worlds(&book.vocabulary, case);
    let judged: Vec<Judgement<'_, Journal>> = worlds
        .iter()
        .map(|world| {
            judge(
                book,
                plan,
                &world.record,
                Memory::default(),
                Limits::default(),
            )
        })
        .collect();
    let unsound =
        |judged: &Judgement<'_, Journal>| !judged.faults().is_empty() || judged.stopped().is_some();
    if judged.iter().any(unsound) {
        assert!(
            lines.len() == 1 && lines[0]["error"]["code"] == "J002",
            "{told}: {out}"
        );
        return 0;
    }
    let options: Vec<_> = worlds
        .iter()
        .zip(&judged)
        .filter_map(|(world, judged)| world.option.map(|at| (at, judged)))
        .collect();
    let weighed = judge::weigh(case, &options);
    let has_options = case.branches.iter().any(|branch| branch.option);
    let shown: Vec<_> = worlds
        .iter()
        .zip(&judged)
        .filter(|(world, _)| !has_options || world.option.is_some() || world.suppose.is_some())
        .collect();
    assert_eq!(lines.len(), shown.len(), "{told}: {out}");
    let mut verdicts = 0;
    for ((world, judged), line) in shown.into_iter().zip(&lines) {
        let outcome = world.option.and_then(|at| {
            let own = weighed.outcomes.iter().find(|(own, _)| *own == at);
            own.map(|(_, outcome)| outcome.word())
        });
        assert_eq!(line["outcome"], json!(outcome), "{told}");
        assert_eq!(found(book, line), expected(case, judged), "{told}: {line}");
        verdicts += judged.verdicts().len();
    }
    verdicts
}

#[test]
fn verdicts_are_those_of_judge_on_every_case_of_the_bank() {
    let opened = [
        Session::open(&Opening {
            paths: vec![root().join(SAMPLE)],
            ..Opening::default()
        }),
        Session::open(&Opening::default()),
    ];
    let (mut cases, mut verdicts) = (0, 0);
    for session in &opened {
        for open in session.cases() {
            cases += 1;
            verdicts += held(open.book, open.plan, open.case, &open.case.name);
        }
    }
    assert!(
        cases > 100 && verdicts > 1000,
        "{cases} cases, {verdicts} verdicts"
    );
}

#[test]
fn verdicts_are_those_of_judge_on_generated_cases() {
    let (mut cases, mut verdicts) = (0, 0);
    for seed in 0..400 {
        let text = Program::new(seed).text();
        let Ok(Loaded { book, cases: all }) = load(&text) else {
            continue;
        };
        let plan = compile(&book).expect("a plan");
        for case in &all {
            cases += 1;
            verdicts += held(&book, &plan, case, &format!("seed {seed}\n{text}"));
        }
    }
    assert!(
        cases > 300 && verdicts > 300,
        "{cases} cases, {verdicts} verdicts"
    );
}

/// What a record says, whatever ids its values have.
fn said(book: &Rulebook, record: &Record) -> (BTreeSet<String>, BTreeSet<String>) {
    let stated = record.stated.iter().map(|stated| {
        let values = stated.values.iter();
        let values: Vec<String> = values
            .map(|value| {
                value.map_or_else(
                    || "any".to_owned(),
                    |value| format!("{:?}", record.values.get(value)),
                )
            })
            .collect();
        format!("{:?} {values:?} {:?}", stated.sentence, stated.truth)
    });
    let mut cast = BTreeSet::new();
    for (value, kinds) in &record.cast.members {
        for kind in kinds {
            let mut at = Some(*kind);
            while let Some(kind) = at {
                cast.insert(format!("{} {kind:?}", record.values.get(*value)));
                at = match book.vocabulary.kinds[kind].sort {
                    KindSort::Thing { above } => above,
                    _ => None,
                };
            }
        }
    }
    (stated.collect(), cast)
}

/// Lines that the plain reader takes, or nearly: sentences and tables of every case without options and unknowns.
fn plain_lines(session: &Session) -> Vec<String> {
    let mut lines = Vec::new();
    for open in session.cases() {
        let line = check::case_to_json(open.book, open.case);
        let given = line["given"].as_array().cloned().unwrap_or_default();
        let bare: Vec<String> = given
            .iter()
            .filter_map(Value::as_str)
            .filter(|line| !line.contains("it is not"))
            .map(|line| line.replace("[\"", "[").replace("\"]", "]"))
            .collect();
        lines.push(json!({"case": open.case.name, "given": bare}).to_string());
        let mut tables = serde_json::Map::new();
        for sentence in &bare {
            let mut key = String::new();
            let mut row = Vec::new();
            for (at, piece) in sentence.split(['[', ']']).enumerate() {
                if at % 2 == 0 {
                    key.push_str(piece);
                } else {
                    key.push('_');
                    row.push(
                        piece
                            .parse::<u32>()
                            .map_or_else(|_| json!(piece), |n| json!(n)),
                    );
                }
            }
            let rows = tables.entry(key).or_insert_with(|| json!([]));
            rows.as_array_mut().expect("rows").push(Value::Array(row));
        }
        lines.push(json!({"case": open.case.name, "facts": tables}).to_string());
        // Every second table denied or open.
        let (mut parts, mut at) = ([json!({}), json!({}), json!({})], 0);
        for (key, rows) in tables {
            at += 1;
            let mut rows = rows.clone();
            for row in rows.as_array_mut().into_iter().flatten() {
                for cell in row.as_array_mut().into_iter().flatten() {
                    if cell.is_number() && at % 3 > 0 {
                        *cell = Value::Null;
                    }
                }
            }
            parts[at % 3][key] = rows;
        }
        let [facts, fails, unknown] = parts;
        lines.push(
            json!({"case": open.case.name, "facts": facts, "false": fails, "unknown": unknown})
                .to_string(),
        );
        lines.push(json!({"case": open.case.name, "unknown": bare}).to_string());
    }
    lines
}

/// Reads a line in both ways. Nothing where it is not plain; else whether it contradicts itself, for which alone the general
/// reader may refuse it.
fn held_beside_the_general_reader(
    reader: &mut ShapeReader<'_>,
    plan: &Plan,
    line: &str,
) -> Option<bool> {
    let book = reader.book();
    reader.read(line).ok()?;
    match read_line(book, line) {
        Ok(case) => {
            let general = case.record(&book.vocabulary, None, None);
            assert_eq!(said(book, reader.record()), said(book, &general), "{line}");
            Some(false)
        }
        Err(refusal) => {
            let limits = Limits::default();
            let judged: Judgement<'_, Witness> =
                judge(book, plan, reader.record(), Memory::default(), limits);
            assert!(
                judged.run().contradicts(),
                "it is refused: {refusal:?}\n{line}"
            );
            Some(true)
        }
    }
}

#[test]
fn the_plain_reader_is_never_more_lenient_than_the_general_one() {
    let session = Session::open(&Opening::default());
    let (book, plan) = session.first_plan().expect("a plan");
    let mut reader = ShapeReader::new(book);
    let mut random = fastrand::Rng::with_seed(7);
    let lines = plain_lines(&session);
    let bits = [
        "\"",
        "\\",
        "[",
        "]",
        "{",
        "}",
        ",",
        ":",
        " ",
        "  ",
        "0",
        "-",
        ".",
        "9",
        "_",
        "any",
        "é",
        "e\u{301}",
        "\u{a0}",
        "\t",
        "Dr",
        "\"facts\":{},",
        "null",
        "not",
        "'",
        "#",
        "“",
        "/",
        "%",
        "1e3",
        "is",
        "\u{7f}",
        "true",
    ];
    let (mut plain, mut untouched, mut refused) = (0, 0, 0);
    for line in &lines {
        for round in 0..10 {
            let mut line = line.clone();
            for _ in 0..round.min(3) {
                let places: Vec<usize> = line.char_indices().map(|(at, _)| at).collect();
                let at = places[random.usize(..places.len())];
                match random.u8(..4) {
                    0 => drop(line.remove(at)),
                    1 => line.insert_str(at, bits[random.usize(..bits.len())]),
                    2 => {
                        let letter = line.remove(at);
                        line.insert(at, letter);
                        line.insert(at, letter);
                    }
                    _ => {
                        line.remove(at);
                        line.insert_str(at, bits[random.usize(..bits.len())]);
                    }
                }
            }
            let Some(contradicts) = held_beside_the_general_reader(&mut reader, plan, &line) else {
                continue;
            };
            plain += 1;
            untouched += usize::from(round == 0);
            refused += usize::from(contradicts);
        }
    }
    println!("{plain} plain lines, {untouched} of them unchanged, {refused} contradict themselves");
    assert!(
        plain > 800 && untouched * 4 > lines.len(),
        "{plain}, {untouched} of {}",
        lines.len()
    );
}

/// Sentences of all sorts of slots, by kind, with what may stand there in JSON.
const RECURRING: &str = r#"rulebook "recurring" version "1"

kind Person
kind Matter
kind Level is one of "5", "low", "a word of sixteen"
kind Mark is one of "low", "null", "ann"
kind Share is a number from 0 to 10
kind Count is a number

facts, false unless stated
  - [a: Person] meets [b: Person]
    opposite [b] avoids [a]
  - [a: Person] keeps [m: Matter]
  - [a: Person] is at [l: Level] with [s: Share]
    opposite [s] of [l] is not where [a] is
  - [m: Matter] has [k: Mark] and [c: Count]
  - [a: Person] meets [b: Person] and [c: Person] and [d: Person] and [e: Person] by [m: Matter] at [l: Level]
  - it rains

findings
  - it counts

rule "all of them"
  if any of these
    - [a] meets [b]
    - [a] keeps [m]
    - [a] is at [l] with [s]
    - [m] has [k] and [n]
    - [a] meets [b] and [c] and [d] and [e] by [m] at [l]
    - it rains
  then it counts
"#;

fn recurring() -> Session {
    let there = folder(&[("recurring.fid", RECURRING)]);
    session_of(&there.path().join("recurring.fid").to_string_lossy())
}

#[test]
fn texts_that_recur_in_other_slots_are_read_as_the_general_reader_does() {
    let session = recurring();
    let (book, plan) = session.first_plan().expect("the rules are sound");
    let mut reader = ShapeReader::new(book);
    let mut random = fastrand::Rng::with_seed(11);
    let names = "ann|bob|low|Zoë|bonds|fifteen letters|sixteen letter s|a word of sixteen|a word of sixteex|fifteen letterz|null";
    let names: Vec<String> = names.split('|').map(|name| format!("\"{name}\"")).collect();
    let words = |words: &str| -> Vec<String> { words.split(' ').map(str::to_owned).collect() };
    let mut level = words("\"5\" \"low\"");
    level.push("\"a word of sixteen\"".to_owned());
    let mark = words("\"low\" \"null\" \"ann\"");
    let number = words("5 7 0.5 \"007\" \"0.50\" \"1/2\" 10 \"5\" 12345678 null");
    let other =
        words("\"any\" \"5\" 5 11 -1 007 1/2 5.0 null 123456789012345678 \"Ann\" \"\" 1e3 []");
    let keys: [(&str, &[&[String]]); 8] = [
        ("_ meets _", &[&names, &names]),
        ("_ avoids _", &[&names, &names]),
        ("_ keeps _", &[&names, &names]),
        ("_ is at _ with _", &[&names, &level, &number]),
        ("_ of _ is not where _ is", &[&number, &level, &names]),
        ("_ has _ and _", &[&names, &mark, &number]),
        (
            "_ meets _ and _ and _ and _ by _ at _",
            &[&names, &names, &names, &names, &names, &names, &level],
        ),
        ("it rains", &[]),
    ];
    let (mut plain, mut refused) = (0, 0);
    for _ in 0..6000 {
        let mut parts = Vec::new();
        // A line states or denies: one that did both would contradict itself.
        let denies = random.u8(..4) == 0;
        for part in ["facts", "false", "unknown", "given"] {
            if random.u8(..3) == 0 || (denies && part == "unknown") {
                continue;
            }
            let mut tables = Vec::new();
            for (key, slots) in keys {
                let opposite = key == "_ avoids _" || key == "_ of _ is not where _ is";
                let denied = (part == "false") != opposite;
                if random.u8(..3) > 0 || (part != "unknown" && denied != denies) {
                    continue;
                }
                let row = |random: &mut fastrand::Rng| -> Vec<String> {
                    let cell = |slot: &&[String]| {
                        let wild = random.u8(..80) == 0;
                        let from = if wild { &other } else { *slot };
                        from[random.usize(..from.len())].clone()
                    };
                    slots.iter().map(cell).collect()
                };
                let rows: Vec<Vec<String>> =
                    (0..random.usize(..4)).map(|_| row(&mut random)).collect();
                if part == "given" {
                    for row in rows {
                        let mut cells = row.iter();
                        let pieces = key.split('_').collect::<Vec<_>>();
                        let mut sentence = pieces[0].to_owned();
                        for piece in &pieces[1..] {
                            let cell = cells.next().expect("a cell").trim_matches('"');
                            sentence.push_str(&format!("[{cell}]{piece}"));
                        }
                        tables.push(format!("\"{sentence}\""));
                    }
                } else {
                    let rows: Vec<String> = rows
                        .iter()
                        .map(|row| format!("[{}]", row.join(",")))
                        .collect();
                    tables.push(format!("\"{key}\":[{}]", rows.join(",")));
                }
            }
            random.shuffle(&mut tables);
            let (open, close) = if part == "given" {
                ('[', ']')
            } else {
                ('{', '}')
            };
            parts.push(format!("\"{part}\":{open}{}{close}", tables.join(",")));
        }
        parts.push("\"case\":\"c\"".to_owned());
        random.shuffle(&mut parts);
        let line = format!("{{{}}}", parts.join(","));
        if let Some(contradicts) = held_beside_the_general_reader(&mut reader, plan, &line) {
            plain += 1;
            refused += usize::from(contradicts);
        }
    }
    println!("{plain} plain lines, {refused} contradict themselves");
    assert!(plain > 500 && refused * 2 < plain, "{plain}, {refused}");
}

#[test]
fn what_is_denied_and_affirmed_is_refused_in_either_order() {
    let session = recurring();
    let (book, plan) = session.first_plan().expect("the rules are sound");
    for rows in [
        r#""it rains":[[]]"#,
        r#""_ keeps _":[["ann","bonds"]]"#,
        r#""_ keeps _":[["bob","bonds"],["ann","bonds"]]"#,
    ] {
        let affirmed = format!("\"facts\":{{{rows}}}");
        let denied = format!("\"false\":{{{rows}}}");
        for parts in [[&affirmed, &denied], [&denied, &affirmed]] {
            let line = format!("{{\"case\":\"c\",{},{}}}\n", parts[0], parts[1]);
            let told = audited(book, plan, &line, 1);
            assert!(told.contains("\"C006\""), "{line}{told}");
        }
        let elsewhere = r#""_ keeps _":[["ann","boots"]]"#;
        let line = format!("{{\"case\":\"c\",{denied},\"facts\":{{{elsewhere}}}}}\n");
        let told = audited(book, plan, &line, 1);
        assert!(!told.contains("error"), "{line}{told}");
    }
}

/// Lines enough for several chunks, good and bad, plain and not.
fn many_lines() -> String {
    let session = Session::open(&Opening::default());
    let mut lines: Vec<String> = plain_lines(&session).into_iter().step_by(9).collect();
    let general = session
        .cases()
        .step_by(40)
        .map(|open| fiducia::session::to_line(&open));
    lines.extend(general.map(|line| line.trim_end().to_owned()));
    lines.push("{\"case\": \"broken\", \"given\": [\"nobody declared this\"]}".to_owned());
    lines.push("not JSON".to_owned());
    lines.push(String::new());
    // Chunks are cut by bytes: space between words makes several of few lines.
    let mut text = String::new();
    let space = 900_000 / lines.len();
    for line in &lines {
        text.push_str(&line.replacen('{', &format!("{{{}", " ".repeat(space)), 1));
        text.push('\n');
    }
    text
}

#[test]
fn one_two_and_seven_threads_write_the_same_bytes() {
    let text = many_lines();
    let there = folder(&[("lines.ndjson", &text)]);
    let path = there.path().join("lines.ndjson");
    let path = path.to_str().expect("a path");
    let mut all: Vec<(String, String)> = Vec::new();
    for threads in ["1", "2", "7"] {
        let ran = fiducia(&["audit", path, "--threads", threads, "--check-names"]);
        assert_eq!(ran.code, Some(1), "{}", ran.err);
        all.push((ran.out, ran.err));
    }
    assert!(text.len() > 800_000 && all[0].0.len() > 50_000);
    assert!(all.iter().all(|one| *one == all[0]), "the answers differ");
}

/// A rulebook of so many rules, in groups of ten that use words of their own.
fn rules(groups: usize) -> String {
    let mut text = "rulebook \"many\" version \"1\"\n\nkind Person\n".to_owned();
    let word = |group: usize, at: usize| format!("does w{group}x{at} to");
    let list = |lead: &str, from: usize, to: usize| {
        let mut text = format!("\n{lead}\n");
        for group in 0..groups {
            for at in from..to {
                text.push_str(&format!(
                    "  - [a: Person] {} [b: Person]\n",
                    word(group, at)
                ));
            }
        }
        text
    };
    text.push_str(&list("facts, false unless stated", 0, 2));
    text.push_str(&list("concepts", 2, 11));
    text.push_str(&list("findings", 11, 12));
    for group in 0..groups {
        for at in 2..12 {
            let (one, other, then) = (word(group, at - 1), word(group, at % 2), word(group, at));
            text.push_str(&format!(
                "\nrule \"{group} {at}\"\n  if [a] {one} [b]\n  and it is not the case that [b] {other} [a]\n  then [a] {then} [b]\n"
            ));
        }
    }
    text
}

/// Holds plain lines, read and judged as an audit does, against the slow evaluator. Gives how many sentences were open.
fn agrees_with_the_slow_evaluator(rules: &str, lines: &str) -> usize {
    let session = Session::open(&Opening {
        paths: vec![rules.into()],
        ..Opening::default()
    });
    let (book, plan) = session.first_plan().expect("the rules are sound");
    let mut reader = ShapeReader::new(book);
    let mut open = 0;
    for (number, line) in lines.lines().enumerate() {
        let case = read_line(book, line).expect("it is a case");
        let record = case.record(&book.vocabulary, None, None);
        assert!(reader.read(line).is_ok(), "line {number} is not plain");
        assert_eq!(
            said(book, reader.record()),
            said(book, &record),
            "line {number}"
        );
        let fast = judged::<Witness>(book, plan, &record);
        let slow = reference::judge(book, &record).map_err(|fault| format!("{fault:?}"));
        let slow = slow.expect("the slow evaluator judges it");
        let fast = fast.expect("the engine judges it");
        open += fast
            .truths
            .values()
            .filter(|truth| **truth == Truth::Unknown)
            .count();
        assert_eq!(fast.truths, slow.truths, "line {number}");
        assert_eq!(fast.numbers, slow.numbers, "line {number}");
        assert_eq!(fast.verdicts, slow.verdicts, "line {number}");
    }
    open
}

/// W1u: 111 rules of which a third of the relations is open, cases with a tenth of their facts unknown, some numbers open.
#[test]
fn open_relations_and_unknown_facts_are_judged_as_the_slow_evaluator_does() {
    let (rules, lines) = (
        "tests/fixtures/w1/w1u.fid",
        "tests/fixtures/w1/unknown.ndjson",
    );
    let lines: String = read(lines).split_inclusive('\n').take(3).collect();
    let open = agrees_with_the_slow_evaluator(&root().join(rules).display().to_string(), &lines);
    assert!(open > 50, "{open} sentences are open");
}

/// Rules and lines from elsewhere, such as the bench's: `FIDUCIA_RULES` and `FIDUCIA_LINES` name the files.
#[test]
#[ignore = "it is told which rules and lines to try"]
fn told_lines_agree_with_the_slow_evaluator() {
    let told = |name: &str| std::env::var(name).unwrap_or_else(|_| panic!("{name} names no file"));
    let text = std::fs::read_to_string(told("FIDUCIA_LINES")).expect("the lines can be read");
    let lines: String = text.split_inclusive('\n').take(40).collect();
    let open = agrees_with_the_slow_evaluator(&told("FIDUCIA_RULES"), &lines);
    println!("{open} sentences are open");
}

#[test]
fn rules_whose_words_do_not_occur_change_nothing() {
    let line = |n: usize| {
        let facts: Vec<Value> = (0..10)
            .map(|group| {
                json!([
                    format!("_ does w{group}x1 to _"),
                    [["ann", "bob"], [format!("p{n}"), "ann"]]
                ])
            })
            .collect();
        let facts: serde_json::Map<String, Value> = facts
            .into_iter()
            .map(|pair| (pair[0].as_str().expect("a key").to_owned(), pair[1].clone()))
            .collect();
        json!({"case": format!("c{n}"), "facts": facts}).to_string() + "\n"
    };
    let lines: String = (0..50).map(line).collect();
    let out = |groups: usize| {
        let Loaded { book, .. } = load(&rules(groups)).expect("it is fine");
        let plan = compile(&book).expect("a plan");
        assert_eq!(plan.joins.len(), groups * 10);
        audited(&book, &plan, &lines, 1)
    };
    let few = out(10);
    assert!(few.matches("\"truth\":\"true\"").count() >= 500, "{few}");
    assert_eq!(few, out(100));
}

const RULES: &str = "docs/audit/ward.fid";
const LINES: &str = "docs/audit/cases.ndjson";
const TABLES: &str = "docs/audit/tables";

#[test]
fn packed_lines_are_unpacked() {
    let plain = fiducia(&["audit", LINES, "--rules", RULES]);
    assert!(plain.out.lines().count() >= 3, "{}", plain.err);
    let text = read(LINES);
    let (first, second) = text.split_at(text.find('\n').expect("lines") + 1);
    let packed = |part: &str| {
        let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        gz.write_all(part.as_bytes()).expect("written");
        let gz = gz.finish().expect("packed");
        let level = ruzstd::encoding::CompressionLevel::Fastest;
        (
            gz,
            ruzstd::encoding::compress_to_vec(part.as_bytes(), level),
        )
    };
    // Two members, and two frames with one between them that is to be skipped.
    let (one, other) = (packed(first), packed(second));
    let gz = [&one.0[..], &other.0].concat();
    let skip = [0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3];
    let zst = [&one.1[..], &skip, &other.1].concat();
    let folder = folder(&[]);
    for (name, bytes) in [("a.gz", &gz), ("a.zst", &zst), ("without-a-name", &gz)] {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("written");
        let ran = fiducia(&["audit", path.to_str().expect("a path"), "--rules", RULES]);
        assert_eq!(
            (ran.out, ran.code),
            (plain.out.clone(), plain.code),
            "{name}: {}",
            ran.err
        );
        let broken = folder.path().join("broken");
        std::fs::write(&broken, &bytes[..bytes.len() - 9]).expect("written");
        let ran = fiducia(&["audit", broken.to_str().expect("a path"), "--rules", RULES]);
        assert_eq!(ran.code, Some(2), "{name}: {}", ran.out);
    }
}

#[test]
fn a_folder_of_tables_is_read_side_by_side() {
    let lines = fiducia(&["audit", LINES, "--rules", RULES, "--format", "tsv"]);
    let tables = fiducia(&["audit", TABLES, "--rules", RULES, "--format", "tsv"]);
    let good = |text: &str| -> Vec<String> {
        text.lines()
            .filter(|line| !line.starts_with("line ") && !line.contains("option"))
            .map(str::to_owned)
            .collect()
    };
    assert!(!good(&tables.out).is_empty(), "{}", tables.err);
    for line in good(&tables.out) {
        assert!(good(&lines.out).contains(&line), "{line}\n{}", lines.out);
    }
    let rules = read(RULES);
    let unsorted = folder(&[
        ("r.fid", &rules),
        (
            "t/_ moved _.csv",
            "case,nurse,patient\nc2,\"Ros, senior\",Mr Lind\nc10,Ros,Mr Lind\nc9,Ros,Mr Lind\n",
        ),
    ]);
    let path = |name: &str| {
        unsorted
            .path()
            .join(name)
            .to_str()
            .expect("a path")
            .to_owned()
    };
    let (book, tables) = (path("r.fid"), path("t"));
    let ran = fiducia(&["audit", &tables, "--rules", &book]);
    assert_eq!(ran.code, Some(2), "{}", ran.out);
    assert!(ran.err.contains("row 4 of _ moved _.csv"), "{}", ran.err);
    assert!(!ran.err.contains("Mr Lind"), "{}", ran.err);
    std::fs::write(path("t/cases.tsv"), "c2\nc3\nc10\nc9\n").expect("written");
    let ran = fiducia(&["audit", &tables, "--rules", &book, "--all"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let names: Vec<Value> = ran
        .out
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("JSON")["case"].clone())
        .collect();
    assert_eq!(names, ["c2", "c3", "c10", "c9"]);
    assert!(ran.out.contains("Ros, senior"));
    let empty = folder(&[("notes.txt", "")]);
    let ran = fiducia(&["audit", empty.path().to_str().expect("a path")]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("no table"), "{}", ran.err);
}

#[test]
fn a_resumed_audit_goes_on() {
    let whole = fiducia(&["audit", LINES, "--rules", RULES]);
    let first: Vec<&str> = whole
        .out
        .lines()
        .filter(|line| line.starts_with("{\"line\":1,"))
        .collect();
    let rest = fiducia(&["audit", LINES, "--rules", RULES, "--resume", "1"]);
    assert!(!first.is_empty());
    assert_eq!(first.join("\n") + "\n" + &rest.out, whole.out);
}

#[test]
fn the_summary_goes_where_it_is_wanted() {
    let folder = folder(&[]);
    let path = folder.path().join("counts.txt");
    let ran = fiducia(&[
        "audit",
        LINES,
        "--rules",
        RULES,
        "--format",
        "summary",
        "--summary",
        path.to_str().expect("a path"),
    ]);
    assert_eq!(
        (ran.out.as_str(), ran.err.as_str(), ran.code),
        ("", "", Some(1))
    );
    let text = std::fs::read_to_string(path).expect("it is there");
    assert!(
        text.contains("cases judged") && text.contains("1 line refused"),
        "{text}"
    );
}

#[test]
fn words_of_a_refused_line_stay_out_where_that_is_asked() {
    let line = "{\"case\": \"c\", \"given\": [\"[Mr Lind] sings\"]}\n";
    let open = fiducia_reading(&["audit", "--rules", RULES], line);
    assert!(open.out.contains("sings"), "{}", open.out);
    let shut = fiducia_reading(&["audit", "--rules", RULES, "--redact"], line);
    assert!(
        !shut.out.contains("sings") && shut.out.contains("\"error\""),
        "{}",
        shut.out
    );
    assert_eq!((open.code, shut.code), (Some(1), Some(1)));
}

#[test]
fn names_that_differ_by_a_letter_are_told() {
    let line = r#"{"case": "c", "facts": {"_ moved _": [["Ros Adler", "Mr Lind"], ["Ros Addler", "Mr Lind"]]}}"#;
    let quiet = fiducia_reading(&["audit", "--rules", RULES], line);
    assert!(!quiet.out.contains("names"));
    let told = fiducia_reading(&["audit", "--rules", RULES, "--check-names"], line);
    assert!(
        told.out.contains(r#""names":[["Ros Adler","Ros Addler"]]"#),
        "{}",
        told.out
    );
    let cast = line.replace(
        "\"facts\"",
        "\"cast\": {\"Nurse\": [\"Ros Adler\"]}, \"facts\"",
    );
    let quiet = fiducia_reading(&["audit", "--rules", RULES, "--check-names"], &cast);
    assert!(
        !quiet.out.contains("names") && quiet.code == Some(0),
        "{}",
        quiet.out
    );
}

#[test]
fn every_line_validates() {
    for (page, made) in [
        (
            "docs/schema/case-line.schema.json",
            fiducia::present::json::case_line_schema(),
        ),
        (
            "docs/schema/audit-line.schema.json",
            fiducia::present::json::audit_line_schema(),
        ),
    ] {
        if is_update() {
            std::fs::write(root().join(page), &made).expect("written");
        }
        assert_eq!(
            read(page),
            made,
            "{page} is not that of the types; UPDATE=1 cargo test writes it"
        );
    }
    let validator = |text: String| {
        let schema = serde_json::from_str(&text).expect("JSON");
        jsonschema::validator_for(&schema).expect("a schema")
    };
    let case = validator(fiducia::present::json::case_line_schema());
    let line = validator(fiducia::present::json::audit_line_schema());
    let valid = |validator: &jsonschema::Validator, text: &str| {
        let value: Value = serde_json::from_str(text).expect("JSON");
        let faults: Vec<String> = validator
            .iter_errors(&value)
            .map(|fault| fault.to_string())
            .collect();
        assert!(faults.is_empty(), "{text}: {faults:?}");
    };
    let session = Session::open(&Opening::default());
    let mut lines = String::new();
    for open in session.cases().step_by(7) {
        let text = fiducia::session::to_line(&open);
        valid(&case, &text);
        lines.push_str(&text);
    }
    for text in read(LINES).lines() {
        valid(&case, text);
    }
    lines.push_str("{}\n");
    for arguments in [
        &["audit", "--all", "--explain", "all", "--check-names"][..],
        &["audit", "--explain", "violated", "--redact"],
    ] {
        let ran = fiducia_reading(arguments, &lines);
        assert!(ran.out.contains("\"why\":[{"), "{}", ran.err);
        ran.out.lines().for_each(|text| valid(&line, text));
    }
    let wrong = [
        r#"{"case": 1}"#,
        r#"{"case": "c", "givn": []}"#,
        r#"{"case": "c", "given": [1]}"#,
    ];
    for text in wrong {
        let value: Value = serde_json::from_str(text).expect("JSON");
        assert!(!case.is_valid(&value), "{text}");
    }
}

#[test]
fn what_is_explained_rests_on_what_is_stated() {
    let ran = fiducia(&["audit", LINES, "--rules", RULES, "--explain", "violated"]);
    let mut steps = 0;
    for line in ran.out.lines() {
        let line: Value = serde_json::from_str(line).expect("JSON");
        for duty in line["duties"].as_array().into_iter().flatten() {
            let violated = duty["statuses"]
                .as_array()
                .is_some_and(|all| all.contains(&json!("violated")));
            assert_eq!(duty.get("why").is_some(), violated, "{duty}");
            steps += duty["why"].as_array().map_or(0, Vec::len);
        }
        let findings = line["findings"].as_array().into_iter().flatten();
        assert!(
            findings
                .into_iter()
                .all(|finding| finding.get("why").is_none())
        );
    }
    assert!(steps >= 2, "{}", ran.out);
}

#[test]
fn only_what_is_asked_is_shown() {
    let ran = fiducia(&["audit", LINES, "--rules", RULES, "--only", "no such duty"]);
    assert_eq!(ran.code, Some(2));
    let session = Session::open(&Opening {
        paths: vec![root().join(RULES)],
        ..Opening::default()
    });
    let (book, _) = session.first_plan().expect("a plan");
    let duty = &book.norms.iter().next().expect("a duty").name;
    let ran = fiducia(&[
        "audit", LINES, "--rules", RULES, "--only", duty, "--format", "tsv",
    ]);
    let other = ran
        .out
        .lines()
        .find(|line| !line.starts_with("line ") && !line.contains(duty.as_str()));
    assert!(other.is_none() && !ran.out.is_empty(), "{}", ran.out);
    let finding = "_ is to be seen again";
    let ran = fiducia(&["audit", LINES, "--rules", RULES, "--only", finding]);
    let shown: Vec<Value> = ran
        .out
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .filter(|line: &Value| line.get("error").is_none())
        .collect();
    assert!(
        shown
            .iter()
            .all(|line| line["duties"] == json!([]) && line["outcome"].is_null())
    );
    assert!(
        shown.iter().any(|line| line["findings"] != json!([])),
        "{}",
        ran.out
    );
}

#[test]
fn cases_become_lines_and_lines_cases() {
    for (path, rules) in [(SAMPLE, SAMPLE), ("docs/audit/case.fid", RULES)] {
        let lines = fiducia(&["convert", path, "--rules", rules]);
        assert_eq!(lines.code, Some(0), "{}", lines.err);
        let back = fiducia_reading(&["convert", "--to", "fid", "--rules", rules], &lines.out);
        assert_eq!(back.code, Some(0), "{}", back.err);
        let there = folder(&[("again.fid", &back.out)]);
        let again = there.path().join("again.fid");
        let again = fiducia(&["convert", again.to_str().expect("a path"), "--rules", rules]);
        assert_eq!(again.out, lines.out, "{}\n{}", back.out, again.err);
    }
    let ran = fiducia_reading(
        &["convert", "--to", "fid", "--rules", RULES],
        "{\"case\": 1}\n",
    );
    assert_eq!((ran.out.as_str(), ran.code), ("", Some(1)));
    assert!(ran.err.starts_with("line 1: error["), "{}", ran.err);
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let mut child = command(&["audit", "--rules", RULES])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    drop(child.stdout.take());
    let mut to = child.stdin.take().expect("a pipe");
    let line = read(LINES).lines().next().expect("a line").to_owned() + "\n";
    let writer = std::thread::spawn(move || {
        // It ends before all is written.
        let _ = to.write_all(line.repeat(20_000).as_bytes());
    });
    let ended = child.wait_with_output().expect("it ends");
    writer.join().expect("written");
    assert_eq!(ended.status.code(), Some(0));
    assert!(
        ended.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&ended.stderr)
    );
}

#[cfg(unix)]
#[test]
fn an_interruption_leaves_whole_lines() {
    let mut child = command(&["audit", "--rules", RULES, "--threads", "2"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut to = child.stdin.take().expect("a pipe");
    let line = read(LINES).lines().next().expect("a line").to_owned() + "\n";
    let writer = std::thread::spawn(move || {
        let some = line.repeat(1000);
        while to.write_all(some.as_bytes()).is_ok() {}
    });
    let mut from = child.stdout.take().expect("a pipe");
    let mut out = vec![0; 1000];
    from.read_exact(&mut out).expect("it answers");
    let id = child.id().to_string();
    let sent = std::process::Command::new("kill")
        .args(["-INT", &id])
        .status();
    assert!(sent.is_ok_and(|status| status.success()));
    from.read_to_end(&mut out).expect("it ends");
    let mut told = String::new();
    let mut aside = child.stderr.take().expect("a pipe");
    aside.read_to_string(&mut told).expect("text");
    assert_eq!(child.wait().expect("it ends").code(), Some(2));
    writer.join().expect("written");
    let out = String::from_utf8(out).expect("text");
    assert!(out.ends_with("}\n"));
    let last: Value = serde_json::from_str(out.lines().last().expect("a line")).expect("whole");
    assert!(
        told.contains(&format!("Stopped after line {};", last["line"])),
        "{told}\n{last}"
    );
}
