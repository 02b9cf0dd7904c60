//! The engine against the slow evaluator, on random programs. `FIDUCIA_PROGRAMS` says how many (10,000 unless told);
//! `FIDUCIA_SEED` says where to begin. A program on which they differ is printed with its seed.

use crate::fast::judged;
use crate::generate::Program;
use crate::loaded::{Loaded, load, records};
use crate::mix::Mix;
use crate::reference::{self, Outcome, told};
use crate::shrink::shrink;
use fiducia::engine::{Journal, Recorder, Silent, Witness};
use fiducia::plan::{Plan, compile};
use fiducia::rulebook::{Case, Class, Record, Rulebook, SentenceId, Stated, replaces};
use fiducia::value::{NormSort, Status, StatusSet, Truth, ValueId};
use std::collections::BTreeMap;

/// A setting from the environment.
pub fn setting(name: &str, default: u64) -> u64 {
    let value = std::env::var(name).ok();
    value.and_then(|text| text.parse().ok()).unwrap_or(default)
}

#[test]
fn engine_agrees_with_reference() {
    let first = setting("FIDUCIA_SEED", 0);
    let mut different: Vec<(usize, u64, String)> = Vec::new();
    let mut refused = 0;
    let mut faulty = 0;
    let mut worlds = 0;
    let mut seen = BTreeMap::new();
    let mut mix = Mix::default();
    let count = setting("FIDUCIA_PROGRAMS", 10_000);
    for seed in first..first + count {
        let text = Program::new(seed).text();
        let Ok(Loaded { book, cases }) = load(&text) else {
            refused += 1;
            continue;
        };
        let plan = match compile(&book) {
            Ok(plan) => plan,
            Err(faults) => panic!("seed {seed} is refused by the plan: {faults:#?}\n{text}"),
        };
        for case in &cases {
            let differs = match seed % 3 {
                0 => weighed_otherwise(&book, &plan, case, &mut seen),
                _ => None,
            };
            if let Some(differs) = differs {
                println!("seed {seed}, weighed: {differs}");
                different.push((text.len(), seed, differs));
                continue;
            }
            let mut alone = None;
            for (at, record) in records(&book, case).iter().enumerate() {
                worlds += 1;
                let slow = reference::judge(&book, record);
                assert!(
                    slow != Err(reference::Fault::Unbound),
                    "seed {seed}: a slot without a value or a kind was accepted\n{text}"
                );
                if let Ok(outcome) = &slow
                    && seed % 2 == 0
                {
                    mix.count(&book, record, outcome);
                    match (at, &alone) {
                        (0, _) => alone = Some(outcome.verdicts.clone()),
                        (at, Some(alone)) => {
                            mix.world(case.branches[at - 1].option, outcome.verdicts != *alone);
                        }
                        _ => {}
                    }
                }
                faulty += usize::from(slow.is_err());
                if seed % 8 == 1
                    && let Some(differs) = otherwise_either_way(&book, &plan, record, &mut seen)
                {
                    println!("seed {seed}, world {at}: {differs}");
                    different.push((text.len(), seed, differs));
                    break;
                }
                let differs = match seed % 3 {
                    0 => difference::<Silent>(&book, &plan, record, &slow),
                    1 => difference::<Witness>(&book, &plan, record, &slow),
                    _ => difference::<Journal>(&book, &plan, record, &slow),
                };
                if let Some(differs) = differs {
                    println!("seed {seed}, world {at}: {differs}");
                    different.push((text.len(), seed, differs));
                    break;
                }
            }
        }
        if different.len() as u64 >= setting("FIDUCIA_MOST", 20) {
            break;
        }
    }
    let (table, missing) = mix.told();
    println!("{table}");
    if let Some((_, seed, differs)) = different.iter().min() {
        let text = shrink(&Program::new(*seed).text(), |text| {
            first_difference(text).is_some()
        });
        let smallest = first_difference(&text).unwrap_or_default();
        panic!("seed {seed}: {differs}\nMade small: {smallest}\n{text}");
    }
    println!(
        "{count} programs, {worlds} worlds; {refused} refused, {faulty} worlds with faults; compared: {seen:?}"
    );
    let sorts = [
        "silent",
        "borne on",
        "borne on, repaired",
        "standing",
        "dilemma",
        "permissible",
        "open",
        "impermissible",
        "either way",
        "not either way",
    ];
    let unseen: Vec<&str> = sorts
        .into_iter()
        .filter(|sort| !seen.contains_key(*sort))
        .collect();
    assert!(
        count < 10_000 || unseen.is_empty(),
        "never compared: {unseen:?}"
    );
    assert!(refused * 50 <= count, "{refused} of {count} refused");
    assert!(count < 10_000 || missing.is_empty(), "{missing:#?}");
}

/// What the engine and the slow evaluator differ on in a text; nothing where it cannot be judged.
fn first_difference(text: &str) -> Option<String> {
    let Loaded { book, cases } = load(text).ok()?;
    let plan = compile(&book).ok()?;
    let mut seen = BTreeMap::new();
    for case in &cases {
        for record in records(&book, case) {
            let slow = reference::judge(&book, &record);
            if slow == Err(reference::Fault::Unbound) {
                // Not a difference: something passed that `check` must refuse.
                return None;
            }
            let differs = difference::<Journal>(&book, &plan, &record, &slow)
                .or_else(|| difference::<Witness>(&book, &plan, &record, &slow))
                .or_else(|| difference::<Silent>(&book, &plan, &record, &slow))
                .or_else(|| otherwise_either_way(&book, &plan, &record, &mut seen));
            if differs.is_some() {
                return differs;
            }
        }
        let differs = weighed_otherwise(&book, &plan, case, &mut seen);
        if differs.is_some() {
            return differs;
        }
    }
    None
}

/// Small programs on which the two once differed, each in a file that says what it is about.
#[test]
fn what_once_differed() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/differed");
    let files = std::fs::read_dir(folder).expect("the folder of small programs");
    let mut files: Vec<_> = files.flatten().map(|file| file.path()).collect();
    files.sort();
    assert!(!files.is_empty());
    let mut wrong = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).expect("a text");
        let said = match load(&text) {
            Err(faults) => Some(format!("refused: {faults:?}")),
            Ok(_) => first_difference(&text),
        };
        let name = file.file_stem().unwrap_or_default().to_string_lossy();
        wrong.extend(said.map(|said| format!("{name}: {said}")));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Makes the programs of `FIDUCIA_SEEDS` small and prints them: to look closer at what the test above found.
#[test]
fn differing_programs_made_small() {
    let sort = |text: &str| first_difference(text).map(|said| said.starts_with("only"));
    let seeds = std::env::var("FIDUCIA_SEEDS").unwrap_or_default();
    for seed in seeds.split_whitespace().flat_map(str::parse) {
        let text = Program::new(seed).text();
        let first = sort(&text);
        let text = shrink(&text, |text| {
            sort(text).is_some_and(|sort| Some(sort) == first)
        });
        println!("seed {seed}: {:?}\n{text}", first_difference(&text));
    }
}

/// The first thing on which the two differ in what options come to, what stands, and the notes beside verdicts; nothing
/// where some world cannot be judged.
fn weighed_otherwise(
    book: &Rulebook,
    plan: &Plan,
    case: &Case,
    seen: &mut BTreeMap<String, usize>,
) -> Option<String> {
    let fast = crate::fast::weighed(book, plan, case)?;
    let worlds: Option<Vec<(Record, Outcome)>> = records(book, case)
        .into_iter()
        .map(|record| {
            let outcome = reference::judge(book, &record).ok()?;
            Some((record, outcome))
        })
        .collect();
    let slow = reference::weighed(book, case, &worlds?);
    for (what, said) in &slow {
        let sort = match what.split(' ').next() {
            Some("world") | Some("option") => said.as_str(),
            Some(sort) => sort,
            None => "",
        };
        *seen.entry(sort.to_owned()).or_default() += 1;
    }
    first_other(&fast, &slow)
}

/// So many unknown sentences are filled in every way.
const FILLED: usize = 5;

/// Holds what is said to be so whichever way the unknowns turn out against every way of filling them in: where few are
/// unknown all ways, else all alike.
fn otherwise_either_way(
    book: &Rulebook,
    plan: &Plan,
    record: &Record,
    seen: &mut BTreeMap<String, usize>,
) -> Option<String> {
    let slow = reference::judge(book, record).ok()?;
    let vocabulary = &book.vocabulary;
    let plain = |id: SentenceId| {
        let sentence = &vocabulary.sentences[id];
        let stated = matches!(sentence.class, Class::OpenFact | Class::ClosedFact);
        stated && sentence.only_one.is_none() && vocabulary.number_slots(id).next().is_none()
    };
    let unknown: Vec<&(SentenceId, Vec<ValueId>)> = slow
        .truths
        .iter()
        .filter(|((id, _), truth)| **truth == Truth::Unknown && plain(*id))
        .map(|(key, _)| key)
        .collect();
    let few = unknown.len() <= FILLED;
    let ways: Vec<u64> = if few {
        (0..1 << unknown.len()).collect()
    } else {
        vec![0, u64::MAX, 0x5555_5555_5555_5555, 0x3333_3333_3333_3333]
    };
    let mut filled: Vec<Option<Outcome>> = Vec::new();
    for way in ways {
        let mut record = record.clone();
        for (at, (sentence, key)) in unknown.iter().enumerate() {
            let line = Stated {
                sentence: *sentence,
                values: key.iter().map(|value| Some(*value)).collect(),
                truth: Truth::from(way >> (at % 64) & 1 == 1),
                according_to: None,
                span: None,
                branch: None,
            };
            record
                .stated
                .retain(|old| !replaces(vocabulary, &line, old));
            record.stated.push(line);
        }
        filled.push(reference::judge(book, &record).ok());
    }
    let sound: Vec<&Outcome> = filled.iter().flatten().collect();
    for (instance, either) in crate::fast::either_way(book, plan, record) {
        let (norm, parties) = &instance;
        let none = match book.norms[*norm].sort {
            NormSort::Concern => Status::NotRaised,
            _ => Status::NotEngaged,
        };
        let of = |outcome: &Outcome| {
            let found = outcome.verdicts.get(&instance);
            found.map_or(StatusSet::only(none), |(set, _)| *set)
        };
        let name = reference::named(book, record, &instance);
        let open = slow
            .truths
            .iter()
            .filter(|(_, truth)| **truth == Truth::Unknown);
        // What is one of several values, or a number, is not filled in: there something may stay open.
        let all_filled = open.map(|((id, _), _)| *id).all(|id| {
            let class = vocabulary.sentences[id].class;
            plain(id) || matches!(class, Class::Concept | Class::Finding)
        });
        let all_filled = all_filled
            && slow
                .numbers
                .values()
                .flatten()
                .all(|number| number.exact().is_some());
        if let Some(status) = either {
            *seen.entry("either way".to_owned()).or_default() += 1;
            let wrong = sound
                .iter()
                .map(|outcome| of(outcome))
                .find(|set| !set.has(status) || all_filled && *set != StatusSet::only(status));
            if let Some(set) = wrong {
                let set: Vec<&str> = set.iter().map(|status| status.word()).collect();
                return Some(format!(
                    "{name}: said to be {} either way, and may be {}",
                    status.word(),
                    set.join(" or ")
                ));
            }
            continue;
        }
        let complete = few
            && all_filled
            && sound.len() == filled.len()
            && !reference::asks_unknown(book, *norm, parties);
        let sets: Vec<StatusSet> = sound.iter().map(|outcome| of(outcome)).collect();
        *seen.entry("not either way".to_owned()).or_default() += usize::from(complete);
        if let (true, Some(first)) = (complete, sets.first())
            && first.len() == 1
            && sets.iter().all(|set| set == first)
        {
            return Some(format!(
                "{name}: is {first:?} either way, and it is not said"
            ));
        }
    }
    None
}

/// The first thing that two lists tell differently.
fn first_other(fast: &BTreeMap<String, String>, slow: &BTreeMap<String, String>) -> Option<String> {
    let other = |what: &&String| fast.get(*what) != slow.get(*what);
    let what = fast.keys().chain(slow.keys()).find(other)?;
    let nothing = "nothing".to_owned();
    let (fast, slow) = (fast.get(what), slow.get(what));
    Some(format!(
        "{what}: {}, and {} by the reference",
        fast.unwrap_or(&nothing),
        slow.unwrap_or(&nothing)
    ))
}

/// The first thing on which the engine and the slow evaluator differ.
fn difference<R: Recorder>(
    book: &Rulebook,
    plan: &Plan,
    record: &Record,
    slow: &Result<Outcome, reference::Fault>,
) -> Option<String> {
    let (fast, slow) = match (judged::<R>(book, plan, record), slow) {
        (Err(_), Err(_)) => return None,
        (Err(faults), Ok(_)) => return Some(format!("only the engine finds {faults}")),
        (Ok(_), Err(fault)) => return Some(format!("only the reference finds {fault:?}")),
        (Ok(fast), Ok(slow)) => (fast, slow),
    };
    let fast = told(book, record, &fast);
    let slow = told(book, record, slow);
    first_other(&fast, &slow)
}
