//! Random and mutated input, at length. `cargo run --release --manifest-path fuzz/Cargo.toml -- TARGET COUNT [SEED]` with a
//! target of `parse` (bytes and mutated rule files to a tree and back), `check` (the same, on to a rulebook, its cases and
//! judged records) or `json` (mutated cases as JSON). A panic ends the run with the seed of the input that provoked it,
//! and the input is written beside the corpus.

use fiducia::engine::{Limits, Memory, Silent};
use fiducia::{check, judge, plan, syntax, text};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let target = arguments.first().map_or("check", String::as_str);
    let count: u64 = arguments
        .get(1)
        .and_then(|n| n.parse().ok())
        .unwrap_or(10_000);
    let first: u64 = arguments.get(2).and_then(|n| n.parse().ok()).unwrap_or(1);
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut seeds = Vec::new();
    for folder in [
        here.join("corpus"),
        here.join("../tests/fixtures"),
        here.join("../tests/errors"),
        here.join("../knowledge"),
    ] {
        texts(&folder, &mut seeds);
    }
    seeds.sort();
    assert!(!seeds.is_empty(), "there is nothing to mutate");
    std::panic::set_hook(Box::new(|_| {}));
    let (mut read, mut whole, mut judged) = (0_u64, 0_u64, 0_u64);
    for seed in first..first + count {
        let input = mutated(seed, &seeds);
        let run = catch_unwind(AssertUnwindSafe(|| match target {
            "parse" => parse(&input),
            "json" => json(&input),
            _ => whole_way(&input),
        }));
        match run {
            Ok(stage) => {
                read += 1;
                whole += u64::from(stage >= 1);
                judged += u64::from(stage >= 2);
            }
            Err(_) => {
                let place = here.join("corpus").join(format!("{target}-{seed}.fid"));
                let _ = std::fs::write(&place, &input);
                eprintln!(
                    "{target}: seed {seed} panics; the input is in {}",
                    place.display()
                );
                std::process::exit(1);
            }
        }
    }
    println!(
        "{target}: {read} inputs from seed {first}, no panic; {whole} without a fault of reading or checking, {judged} judged"
    );
}

fn texts(folder: &Path, into: &mut Vec<String>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    let mut paths: Vec<PathBuf> = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            texts(&path, into);
        } else if let Ok(bytes) = std::fs::read(&path)
            && bytes.len() < 20_000
        {
            into.push(String::from_utf8_lossy(&bytes).into_owned());
        }
    }
}

/// An input: a window of a seed text with some changes, or sheer noise.
fn mutated(seed: u64, seeds: &[String]) -> String {
    let mut rng = fastrand::Rng::with_seed(seed);
    if rng.u8(..) < 16 {
        let noise: Vec<u8> = (0..rng.usize(..400)).map(|_| rng.u8(..)).collect();
        return String::from_utf8_lossy(&noise).into_owned();
    }
    let text = &seeds[rng.usize(..seeds.len())];
    let lines: Vec<&str> = text.lines().collect();
    let from = rng.usize(..lines.len().max(1));
    let len = 1 + rng.usize(..40);
    let mut chars: Vec<char> = lines
        .iter()
        .skip(from)
        .take(len)
        .flat_map(|line| line.chars().chain(['\n']))
        .collect();
    for _ in 0..rng.usize(..8) {
        let at = rng.usize(..chars.len().max(1));
        match rng.u8(..7) {
            0 if at < chars.len() => drop(chars.remove(at)),
            1 => chars.insert(
                at.min(chars.len()),
                *rng.choice(&[
                    '[', ']', '"', '(', ')', '#', '\n', ' ', '-', ':', '%', '/', '9',
                ])
                .unwrap_or(&' '),
            ),
            2 if at < chars.len() => chars[at] = rng.char(..),
            3 => {
                let other = &seeds[rng.usize(..seeds.len())];
                let line = rng.usize(..other.lines().count().max(1));
                let line: Vec<char> = other
                    .lines()
                    .nth(line)
                    .unwrap_or("")
                    .chars()
                    .chain(['\n'])
                    .collect();
                let at = at.min(chars.len());
                chars.splice(at..at, line);
            }
            4 => {
                let end = (at + rng.usize(..30)).min(chars.len());
                let piece: Vec<char> = chars.get(at..end).unwrap_or(&[]).to_vec();
                chars.extend(piece);
            }
            5 => chars.truncate(at),
            _ if at < chars.len() => chars.swap(at, rng.usize(..1)),
            _ => {}
        }
    }
    chars.into_iter().collect()
}

fn parse(input: &str) -> u8 {
    let mut map = text::SourceMap::default();
    let id = map.add("input", input);
    let (tree, faults) = syntax::read(id, input);
    let printed = syntax::print(&tree);
    if faults.is_empty() {
        let again = map.add("printed", printed.as_str());
        let (twice, faults) = syntax::read(again, &printed);
        assert!(
            faults.is_empty() && syntax::print(&twice) == printed,
            "printing is not steady"
        );
    }
    u8::from(faults.is_empty())
}

fn whole_way(input: &str) -> u8 {
    let mut map = text::SourceMap::default();
    let id = map.add("input", input);
    let (tree, faults) = syntax::read(id, input);
    let (book, more) = check::rulebook(&[("input".into(), id, &tree)]);
    let Some(book) = book else { return 0 };
    let (cases, _) = check::cases(&book, &tree);
    drop(check::lint(&book, &cases));
    let Ok(plan) = plan::compile(&book) else {
        return 0;
    };
    let limits = Limits {
        derived: 20_000,
        firings: 200_000,
        stop: None,
    };
    for case in &cases {
        for world in judge::worlds(&book.vocabulary, case) {
            let judged = judge::judge(
                &book,
                &plan,
                &world.record,
                Memory::<Silent>::default(),
                limits,
            );
            assert!(
                judged
                    .verdicts()
                    .iter()
                    .all(|verdict| !verdict.statuses.is_empty()),
                "a verdict without a status"
            );
        }
    }
    u8::from(faults.is_empty() && more.iter().all(|fault| !fault.is_error()))
        + u8::from(!cases.is_empty())
}

fn json(input: &str) -> u8 {
    let rules = "kind Person\nfacts, false unless stated\n  - [a: Person] helps [b: Person]\n";
    let mut map = text::SourceMap::default();
    let id = map.add("rules", rules);
    let (tree, _) = syntax::read(id, rules);
    let (Some(book), _) = check::rulebook(&[("rules".into(), id, &tree)]) else {
        return 0;
    };
    let quoted: String = input
        .chars()
        .filter(|c| *c != '"' && *c != '\\' && !c.is_control())
        .collect();
    let line =
        format!("{{\"case\":\"c\",\"given\":[\"[{quoted}] helps [Bo]\",\"{quoted}\"],{input}}}");
    u8::from(check::case_from_line(&book, &line).is_ok())
        + u8::from(check::case_from_line(&book, input).is_ok())
}
