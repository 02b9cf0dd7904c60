//! The engine against the slow evaluator, on random programs. `FIDUCIA_PROGRAMS` says how many (10,000 unless told);
//! `FIDUCIA_SEED` says where to begin. A program on which they differ is printed with its seed.

use crate::generate::Program;
use crate::loaded::{Loaded, load, records};
use crate::mix::Mix;
use crate::reference::{self, Outcome};
use crate::shrink::shrink;
use fiducia::engine::{Cell, Journal, Limits, Memory, Recorder, Silent, Witness};
use fiducia::judge::judge;
use fiducia::plan::{Plan, RelId, compile};
use fiducia::rulebook::{Record, Rulebook, SentenceId};
use fiducia::value::{Interval, Truth, ValueId};

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
            let mut alone = None;
            for (at, record) in records(&book, case).iter().enumerate() {
                worlds += 1;
                let slow = reference::judge(&book, record);
                if let Ok(outcome) = &slow {
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
    println!("{count} programs, {worlds} worlds; {refused} refused, {faulty} worlds with faults");
    assert!(refused * 50 <= count, "{refused} of {count} refused");
    assert!(count < 10_000 || missing.is_empty(), "{missing:#?}");
}

/// What the engine and the slow evaluator differ on in a text; nothing where it cannot be judged.
fn first_difference(text: &str) -> Option<String> {
    let Loaded { book, cases } = load(text).ok()?;
    let plan = compile(&book).ok()?;
    for case in &cases {
        for record in records(&book, case) {
            let slow = reference::judge(&book, &record);
            let differs = difference::<Journal>(&book, &plan, &record, &slow);
            if differs.is_some() {
                return differs;
            }
        }
    }
    None
}

fn s_is_fault(said: &Option<String>) -> bool {
    said.as_ref().is_some_and(|said| said.starts_with("only"))
}

#[test]
fn shrink_seeds() {
    for seed in std::env::var("SEEDS")
        .unwrap_or_default()
        .split_whitespace()
    {
        let seed = seed.parse().unwrap_or(0);
        let sort = |text: &str| {
            first_difference(text)
                .map(|said| said.split(['[', '_']).next().unwrap_or("").to_owned())
        };
        let text = Program::new(seed).text();
        let first = sort(&text);
        let text = shrink(&text, |text| {
            sort(text).is_some_and(|s| Some(s) == first || !s_is_fault(&sort(text)))
        });
        println!("==== {seed}: {:?}\n{text}", first_difference(&text));
    }
}

/// The first thing on which the engine and the slow evaluator differ.
fn difference<R: Recorder>(
    book: &Rulebook,
    plan: &Plan,
    record: &Record,
    slow: &Result<Outcome, reference::Fault>,
) -> Option<String> {
    let mut fast = judge(
        book,
        plan,
        record,
        Memory::<R>::default(),
        Limits::default(),
    );
    if let Some(stop) = fast.stopped() {
        return Some(format!("the engine stopped: {stop:?}"));
    }
    let slow = match slow {
        Ok(_) if !fast.faults().is_empty() => {
            return Some(format!("only the engine finds {:?}", fast.faults()));
        }
        Err(fault) if fast.faults().is_empty() => {
            return Some(format!("only the reference finds {fault:?}"));
        }
        Err(_) => return None,
        Ok(slow) => slow,
    };
    for ((sentence, key), truth) in &slow.truths {
        let mut cells = cells(book, *sentence, key);
        let asked = cells.clone();
        let mut found = fast.run_mut().truth_at(RelId(sentence.0), &mut cells);
        // The engine keeps a setting's value as it keeps a number: it answers with the value that holds.
        let other = |(asked, got): (&Cell, &Cell)| *asked != Cell::UNBOUND && asked != got;
        if asked.iter().zip(&cells).any(other) {
            found = Truth::False;
        }
        let said = || {
            let names: Vec<String> = key
                .iter()
                .map(|v| record.values.get(*v).to_string())
                .collect();
            format!("{} {names:?}", book.vocabulary.sentences[*sentence].key)
        };
        if found != *truth {
            return Some(format!(
                "{}: {found:?}, and {truth:?} by the reference",
                said()
            ));
        }
        let numbers = slow.numbers.get(&(*sentence, key.clone()));
        for (at, number) in book
            .vocabulary
            .number_slots(*sentence)
            .zip(numbers.into_iter().flatten())
        {
            let found: Interval = fast.run().interval(cells[at]);
            if found != *number {
                return Some(format!(
                    "{}: {found}, and {number} by the reference",
                    said()
                ));
            }
        }
    }
    let mut verdicts = slow.verdicts.clone();
    for verdict in fast.verdicts() {
        let norm = &book.norms[verdict.norm];
        let parties: Option<Vec<ValueId>> =
            verdict.parties.iter().map(|cell| cell.value()).collect();
        let parties = parties.unwrap_or_default();
        let names: Vec<String> = parties
            .iter()
            .map(|v| record.values.get(*v).to_string())
            .collect();
        let said = format!("{} {names:?}", norm.name);
        let words = |set: fiducia::value::StatusSet| -> Vec<&str> {
            set.iter().map(|s| s.word()).collect()
        };
        let Some((whole, parts)) = verdicts.remove(&(verdict.norm, parties)) else {
            return Some(format!(
                "{said}: only the engine has a verdict, {:?}",
                words(verdict.statuses)
            ));
        };
        if verdict.statuses != whole {
            return Some(format!(
                "{said}: {:?}, and {:?} by the reference",
                words(verdict.statuses),
                words(whole)
            ));
        }
        let named = norm.parts.iter().any(|part| part.name.is_some());
        let parts = if named { parts } else { Vec::new() };
        let found: Vec<_> = verdict.parts.iter().map(|part| part.statuses).collect();
        if found != parts {
            let found: Vec<_> = found.into_iter().map(words).collect();
            let parts: Vec<_> = parts.into_iter().map(words).collect();
            return Some(format!(
                "{said}, parts: {found:?}, and {parts:?} by the reference"
            ));
        }
    }
    verdicts
        .into_iter()
        .next()
        .map(|((norm, parties), (whole, _))| {
            let names: Vec<String> = parties
                .iter()
                .map(|v| record.values.get(*v).to_string())
                .collect();
            format!(
                "{} {names:?}: only the reference has a verdict, {whole:?}",
                book.norms[norm].name
            )
        })
}

/// The columns of a ground sentence, its numbers unbound.
fn cells(book: &Rulebook, sentence: SentenceId, key: &[ValueId]) -> Vec<Cell> {
    let mut key = key.iter();
    let slots = book.vocabulary.sentences[sentence].slots.iter();
    let mut cells: Vec<Cell> = slots
        .map(|slot| {
            if book.vocabulary.is_number(slot.kind) {
                Cell::UNBOUND
            } else {
                key.next().map_or(Cell::UNBOUND, |value| Cell::of(*value))
            }
        })
        .collect();
    cells.resize(fiducia::plan::WIDTH, Cell::UNBOUND);
    cells
}
