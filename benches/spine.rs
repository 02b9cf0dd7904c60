//! How long the spine takes: reading rule files, the standard rulebook from text to plan, one loaded case, and a cold
//! process that judges and explains one case, beside clingo on its own workload where it is installed. Prints medians of a
//! run; times are this machine's and this hour's, ratios are what to quote.

use fiducia::engine::{Journal, Limits, Memory};
use fiducia::session::{Opening, Session};
use fiducia::{judge, syntax, text};
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The command's own.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    fiducia::session::threads::start();
    // `cargo test --benches` asks for a smoke run.
    let smoke = std::env::args().any(|arg| arg == "--test")
        || std::env::var_os("FIDUCIA_BENCH_SMOKE").is_some();
    let runs = if smoke { 1 } else { 15 };
    reading(runs);
    loading(runs);
    one_case(if smoke { 10 } else { 2000 });
    cold(runs);
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn timed(runs: usize, mut run: impl FnMut()) -> Duration {
    run();
    let once = |_| {
        let start = Instant::now();
        run();
        start.elapsed()
    };
    median((0..runs).map(once).collect())
}

/// All rule files of the standard rulebook, eight times over, read line by line into trees.
fn reading(runs: usize) {
    let mut files = Vec::new();
    rule_files(Path::new("knowledge"), &mut files);
    files.sort();
    let texts: Vec<String> = files
        .iter()
        .filter_map(|file| std::fs::read_to_string(file).ok())
        .collect();
    let all = texts.concat().repeat(8);
    let mut map = text::SourceMap::default();
    let id = map.add("all", all.as_str());
    let took = timed(runs, || {
        black_box(syntax::read(id, black_box(&all)));
    });
    let megabytes = all.len() as f64 / 1e6;
    println!(
        "reading rule files      {:8.1} MB/s   ({megabytes:.1} MB in {took:.1?})",
        megabytes / took.as_secs_f64()
    );
}

fn rule_files(folder: &Path, into: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for path in entries.filter_map(|entry| entry.ok().map(|entry| entry.path())) {
        if path.is_dir() {
            rule_files(&path, into);
        } else if path.extension().is_some_and(|ending| ending == "fid") {
            into.push(path);
        }
    }
}

/// The built-in rulebook, from its text to a plan, as it is opened for a file of a case: here one that says nothing.
fn loading(runs: usize) {
    let path = std::env::temp_dir().join(format!("fiducia-spine-{}.fid", std::process::id()));
    if std::fs::write(&path, "case \"nothing\"\n").is_err() {
        println!("standard rulebook       left out: no file can be written");
        return;
    }
    let opening = Opening {
        paths: vec![path.clone()],
        ..Opening::default()
    };
    // What was opened is given back when the clock has stopped.
    let once = |_| {
        let start = Instant::now();
        let session = Session::open(black_box(&opening));
        let took = start.elapsed();
        let judged: usize = black_box(session).cases().count();
        assert_eq!(judged, 1, "the rulebook is sound, and the case is there");
        took
    };
    let took = median((0..=runs).map(once).skip(1).collect());
    let _ = std::fs::remove_file(path);
    println!("standard rulebook       {took:8.1?}   (text to plan)");
}

/// A case of forty facts, judged with its whole journal.
fn one_case(times: u32) {
    let session = Session::open(&Opening {
        paths: vec![PathBuf::from("benches/forty.fid")],
        ..Opening::default()
    });
    let Some(open) = session.cases().next() else {
        return;
    };
    let record = open.case.record(&open.book.vocabulary, None, None);
    let mut memory = Memory::<Journal>::default();
    let start = Instant::now();
    for _ in 0..times {
        let judged = judge::judge(
            open.book,
            open.plan,
            black_box(&record),
            memory,
            Limits::default(),
        );
        black_box(judged.verdicts().len());
        memory = judged.recycle();
    }
    let took = start.elapsed() / times;
    println!(
        "one loaded case         {took:8.1?}   ({} stated sentences, {} rules)",
        record.stated.len(),
        open.book.rules.len()
    );
}

/// A cold process that judges and explains one case; clingo's command on one case of the peers' workload in turn with it: a
/// shared machine has quick moments and slow ones, and each has to meet both.
fn cold(runs: usize) {
    let binary = env!("CARGO_BIN_EXE_fiducia");
    let case = "knowledge/cases/information/waiting-room.fid";
    let (rules, facts) = ("benches/peers/one/clingo.lp", "benches/peers/one/c252.lp");
    let has_clingo = Command::new("clingo")
        .arg("--version")
        .stdout(Stdio::null())
        .status()
        .is_ok()
        && Path::new(rules).exists();
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..=4 * runs {
        ours.push(process(
            binary,
            &["judge", case, "--case", "The waiting room"],
        ));
        if has_clingo {
            theirs.push(process("clingo", &["-Wnone", rules, facts]));
        }
    }
    let ours = median(ours);
    println!("cold judge and explain  {ours:8.1?}   (a process)");
    if has_clingo {
        let theirs = median(theirs);
        println!(
            "clingo, one case        {theirs:8.1?}   ratio {:.2}",
            ours.as_secs_f64() / theirs.as_secs_f64()
        );
    }
}

fn process(program: &str, arguments: &[&str]) -> Duration {
    let start = Instant::now();
    // clingo's exit status says how many models there are; ours is zero.
    let _ = Command::new(program)
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    start.elapsed()
}
