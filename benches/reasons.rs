//! What it costs an audit to keep the first reason of everything. In: a rulebook, lines of cases and how many runs; out: the
//! median seconds of the whole audit with the reasons kept, and without, and the median ratio, taking turns in one process.

use fiducia::bank::audit::{Audit, Auditor, Only, Refusal};
use fiducia::bank::{Format, stream};
use fiducia::engine::{Limits, Recorder, Silent, Witness};
use fiducia::plan::Plan;
use fiducia::rulebook::Rulebook;
use fiducia::session::{Opening, Session, read_line};
use std::sync::atomic::AtomicBool;
use std::time::Instant;

fn main() {
    let words: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| !word.starts_with("--"))
        .collect();
    let default = ["docs/audit/ward.fid", "docs/audit/cases.ndjson", "1"].map(str::to_owned);
    let [rules, lines, runs] = <[String; 3]>::try_from(words).unwrap_or(default);
    let session = Session::open(&Opening {
        paths: vec![rules.into()],
        ..Opening::default()
    });
    let (book, plan) = session.first_plan().expect("the rules are sound");
    let lines = std::fs::read(lines).expect("the lines can be read");
    let runs: usize = runs.parse().expect("a number of runs");
    let (mut kept, mut not_kept, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    let (mut with, mut without) = (Vec::new(), Vec::new());
    // Each writes into a place of its own and goes first every other time; the first round finds nothing warm and does not count.
    for round in 0..=runs {
        let mut keep = || audited::<Witness>(book, plan, &lines, &mut with);
        let mut forget = || audited::<Silent>(book, plan, &lines, &mut without);
        let (own, other) = if round % 2 == 0 {
            let own = keep();
            (own, forget())
        } else {
            let other = forget();
            (keep(), other)
        };
        assert!(with == without, "the reasons change an answer");
        if round > 0 {
            kept.push(own);
            not_kept.push(other);
            ratios.push(own / other);
        }
    }
    let (kept, not_kept, ratio) = (median(kept), median(not_kept), median(ratios));
    println!("kept, not kept, ratio: {kept} {not_kept} {ratio}");
}

/// The seconds of one audit by one thread.
fn audited<R: Recorder + Send>(
    book: &Rulebook,
    plan: &Plan,
    lines: &[u8],
    written: &mut Vec<u8>,
) -> f64 {
    let only = Only::default();
    let read = |book: &Rulebook, line: &str| read_line(book, line).map_err(Refusal::from);
    let audit = Audit::<R> {
        book,
        plan,
        read: &read,
        format: Format::Tsv,
        only: &only,
        explain: None,
        check_names: false,
        all: false,
        redact: false,
        done: 0,
        limits: Limits::default(),
    };
    written.clear();
    written.reserve(lines.len());
    let stop = AtomicBool::new(false);
    let start = Instant::now();
    let streamed = stream(lines, &mut *written, 1, &stop, || Auditor::new(audit));
    let took = start.elapsed().as_secs_f64();
    assert!(streamed.is_ok(), "the audit came to its end");
    took
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
