//! How long the questions take as library calls: each on a case of forty facts and on the cases of the built-in bank that state
//! most. Prints the mean and the longest of a verdict; times are this machine's and this hour's.

use fiducia::engine::Limits;
use fiducia::explain::{
    CaseJudged, Choice, Interview, certify_shown, compare, comply, inquire, precedents, settle,
    undecided, why_not_any, worlds, wrong,
};
use fiducia::session::{Opening, Session};
use std::hint::black_box;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// So many cases are asked.
const CASES: usize = 25;

/// The command's own.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    fiducia::session::threads::start();
    let smoke = std::env::args().any(|arg| arg == "--test");
    let session = Session::open(&Opening {
        paths: vec![
            PathBuf::from("knowledge"),
            PathBuf::from("benches/forty.fid"),
        ],
        ..Opening::default()
    });
    let mut cases: Vec<_> = session.cases().collect();
    cases.sort_by_key(|open| open.case.stated.len().abs_diff(40));
    cases.truncate(if smoke { 2 } else { CASES });
    let bank = session.cases().take(100);
    let bank: Vec<_> = bank
        .map(|one| one.case.record(&one.book.vocabulary, None, None))
        .collect();
    let bank: Vec<_> = bank.iter().collect();
    let mut times: Vec<(&str, Vec<(Duration, String)>)> = Vec::new();
    for open in &cases {
        let choice = Choice::default();
        let Ok(all) = worlds(open.book, open.case, &choice) else {
            continue;
        };
        let start = Instant::now();
        let judged = inquire(
            open.book,
            open.plan,
            open.case,
            &all,
            &choice,
            Limits::default(),
        );
        note(
            &mut times,
            "judged with its grounds",
            start,
            &open.case.name,
        );
        one_case(&judged, &mut times);
        let shown: Vec<_> = judged.shown().filter(|world| world.is_judged()).collect();
        if let [first, second, ..] = shown[..] {
            let start = Instant::now();
            black_box(compare(first, second));
            note(&mut times, "compare, two options", start, &open.case.name);
        }
        let start = Instant::now();
        black_box(certify_shown(&judged).count());
        note(&mut times, "certify", start, &open.case.name);
        let record = open.case.record(&open.book.vocabulary, None, None);
        let start = Instant::now();
        black_box(precedents(open.book, open.plan, &record, &bank));
        note(
            &mut times,
            "precedents, a bank of a hundred",
            start,
            &open.case.name,
        );
    }
    let facts = || cases.iter().map(|open| open.case.stated.len());
    let (least, most) = (facts().min().unwrap_or(0), facts().max().unwrap_or(0));
    println!("{} cases, {least} to {most} facts\n", cases.len());
    println!("| question | asked | mean | longest | of |\n|---|---|---|---|---|");
    for (what, mut own) in times {
        own.sort();
        let total: Duration = own.iter().map(|(took, _)| *took).sum();
        let count = u32::try_from(own.len()).unwrap_or(1).max(1);
        if let Some((longest, of)) = own.last() {
            println!(
                "| {what} | {count} | {:.2?} | {longest:.2?} | {of} |",
                total / count
            );
        }
    }
}

fn one_case(judged: &CaseJudged<'_>, times: &mut Vec<(&'static str, Vec<(Duration, String)>)>) {
    for world in judged.shown().filter(|world| world.is_judged()) {
        let name = &judged.case.name;
        for at in undecided(world, None, false).verdicts {
            let start = Instant::now();
            black_box(settle(&world.judged, at));
            note(times, "settle, a verdict", start, name);
        }
        for at in wrong(world, None, false).verdicts {
            let start = Instant::now();
            black_box(comply(&world.judged, at));
            note(times, "comply, a verdict", start, name);
        }
        let start = Instant::now();
        black_box(why_not_any(world, None));
        note(times, "why not, all duties", start, name);
        let record = world.judged.record().clone();
        let start = Instant::now();
        black_box(Interview::new(judged.book, judged.plan, record, None, false).next());
        note(times, "interview, next question", start, name);
    }
}

fn note(
    times: &mut Vec<(&'static str, Vec<(Duration, String)>)>,
    what: &'static str,
    start: Instant,
    of: &str,
) {
    let took = (start.elapsed(), of.to_owned());
    match times.iter_mut().find(|(own, _)| *own == what) {
        Some((_, own)) => own.push(took),
        None => times.push((what, vec![took])),
    }
}
