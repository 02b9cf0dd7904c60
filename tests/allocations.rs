//! How much memory an audit asks for: a guard that does not depend on the clock. In the steady state a plain line is read, judged
//! and written in the memory of the lines before it. A test binary of its own, for it counts every allocation it makes.

use fiducia::bank::audit::{Audit, Auditor, Only, Refusal};
use fiducia::bank::{Format, stream};
use fiducia::engine::{Limits, Witness};
use fiducia::plan::Plan;
use fiducia::rulebook::Rulebook;
use fiducia::session::{Opening, Session, read_line};
use std::io::{Read, sink};
use std::sync::atomic::AtomicBool;

/// Allocations a case once the memory has grown to what the cases need: those of eight rounds over the lines, less those of
/// four.
fn a_case(rules: &str, lines: &str, format: Format) -> f64 {
    let session = Session::open(&Opening {
        paths: vec![rules.into()],
        ..Opening::default()
    });
    let (book, plan) = session.first_plan().expect("the rules are sound");
    let rounds = |rounds: usize| {
        let text = lines.repeat(rounds);
        allocation_counter::measure(|| audited(book, plan, text.as_bytes(), format)).count_total
    };
    rounds(1);
    (rounds(8) - rounds(4)) as f64 / (lines.lines().count() * 4) as f64
}

fn audited(book: &Rulebook, plan: &Plan, lines: impl Read + Send, format: Format) {
    let only = Only::default();
    let read = |book: &Rulebook, line: &str| read_line(book, line).map_err(Refusal::from);
    let audit = Audit::<Witness> {
        book,
        plan,
        read: &read,
        format,
        only: &only,
        explain: None,
        check_names: false,
        all: false,
        redact: false,
        done: 0,
        limits: Limits::default(),
    };
    let stop = AtomicBool::new(false);
    let streamed = stream(lines, sink(), 1, &stop, || Auditor::new(audit)).expect("nothing fails");
    let [worker] = &streamed.workers[..] else {
        panic!("one thread has one worker");
    };
    assert!(worker.tally.cases > 0 && worker.tally.refused == 0);
}

fn fixture(name: &str) -> String {
    format!("{}/tests/fixtures/w1/{name}", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn a_plain_line_allocates_next_to_nothing() {
    for (rules, lines, most) in [
        ("w1-duties.fid", "tables.ndjson", 1.0),
        ("w1u.fid", "unknown.ndjson", 1.0),
    ] {
        let text = std::fs::read_to_string(fixture(lines)).expect("the fixture is there");
        for format in [Format::Tsv, Format::Ndjson] {
            let found = a_case(&fixture(rules), &text, format);
            println!("{rules}, {format:?}: {found} allocations a case");
            assert!(found <= most, "{rules}, {format:?}: {found} a case");
        }
    }
}

/// Rules and lines from elsewhere, such as the bench's: `FIDUCIA_RULES` and `FIDUCIA_LINES` name the files.
#[test]
#[ignore = "it is told which rules and lines to count"]
fn told_lines_are_counted() {
    let told = |name: &str| std::env::var(name).unwrap_or_else(|_| panic!("{name} names no file"));
    let text = std::fs::read_to_string(told("FIDUCIA_LINES")).expect("the lines can be read");
    let lines: String = text.split_inclusive('\n').take(250).collect();
    let found = a_case(&told("FIDUCIA_RULES"), &lines, Format::Tsv);
    println!("{found} allocations a case");
}
