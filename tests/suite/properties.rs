//! What must hold of every program, whatever it says: filling in what is unknown never changes what is determined; the
//! order of blocks and lines means nothing; printing keeps the meaning; and no text, however broken, makes anything
//! panic.

use crate::differential::setting;
use crate::fast::judged;
use crate::generate::Program;
use crate::loaded::{Loaded, load, records};
use crate::reference::{Outcome, told};
use crate::shrink::shrink;
use fastrand::Rng;
use fiducia::engine::{Journal, Silent};
use fiducia::plan::compile;
use fiducia::rulebook::{Class, Record, Rulebook, SentenceId, Stated};
use fiducia::syntax::{print, read, same};
use fiducia::text::FileId;
use fiducia::value::{Interval, NormSort, Number, Status, StatusSet, Truth, ValueId};

/// How many programs a property is tried on.
fn programs() -> std::ops::Range<u64> {
    let first = setting("FIDUCIA_SEED", 0);
    first..first + setting("FIDUCIA_PROGRAMS", 10_000) / 5
}

/// What the engine makes of the first case of a text.
fn outcome(text: &str) -> Option<(Rulebook, Record, Outcome)> {
    let Loaded { book, cases } = load(text).ok()?;
    let plan = compile(&book).ok()?;
    let record = records(&book, cases.first()?).into_iter().next()?;
    let outcome = judged::<Silent>(&book, &plan, &record).ok()?;
    Some((book, record, outcome))
}

#[test]
fn verdicts_are_well_formed() {
    for seed in programs() {
        let text = Program::new(seed).text();
        let Some((book, _, outcome)) = outcome(&text) else {
            continue;
        };
        for ((norm, _), (whole, parts)) in &outcome.verdicts {
            let norm = &book.norms[*norm];
            let named = parts.len() == norm.parts.len();
            assert!(named, "seed {seed}: parts of {}\n{text}", norm.name);
            for set in parts.iter().chain([whole]) {
                let fits = set.iter().all(|status| status.fits(norm.sort));
                assert!(fits && !set.is_empty(), "seed {seed}: {set:?}\n{text}");
            }
            let none = StatusSet::only(Status::NotRaised);
            assert!(
                *whole != none,
                "seed {seed}: {} is listed\n{text}",
                norm.name
            );
        }
    }
}

/// Soundness and monotony: with all or with some of the unknowns filled in, in any way, what was true stays true, what
/// was false stays false, ranges only narrow, and no status becomes possible that was not. (`it is not known whether` is
/// about the record itself: programs with it are left out.)
#[test]
fn filling_in_unknowns_never_changes_what_is_determined() {
    let mut tried = 0;
    for seed in programs() {
        let text = Program::new(seed).text();
        if text.contains("it is not known whether") {
            continue;
        }
        for share in [100, 40] {
            tried += usize::from(outcome(&text).is_some());
            if let Some(broken) = unsound(&text, seed, share) {
                let text = shrink(&text, |text| unsound(text, seed, share).is_some());
                panic!("seed {seed}, {share} % filled in: {broken}\n{text}");
            }
        }
    }
    assert!(tried > 0 || programs().is_empty(), "no program was tried");
}

/// What filling in unknowns changed that was determined.
fn unsound(text: &str, seed: u64, share: u32) -> Option<String> {
    let (book, record, before) = outcome(text)?;
    let plan = compile(&book).ok()?;
    let mut rng = Rng::with_seed(seed);
    let filled = fill(&book, &record, &before, &mut rng, share);
    let after = judged::<Silent>(&book, &plan, &filled).ok()?;
    let names = |values: &[ValueId]| -> Vec<String> {
        let names = values.iter().map(|value| record.values.get(*value));
        names.map(ToString::to_string).collect()
    };
    for (about @ (sentence, key), truth) in &before.truths {
        let now = after.truths.get(about);
        let key_said = book.vocabulary.sentences[*sentence].key();
        if *truth != Truth::Unknown && now != Some(truth) {
            return Some(format!(
                "{key_said} {:?} was {truth:?}, is {now:?}",
                names(key)
            ));
        }
        let ranges = before.numbers.get(about).into_iter().flatten();
        for (was, is) in ranges.zip(after.numbers.get(about).into_iter().flatten()) {
            if was.hull(*is) != *was {
                return Some(format!("{key_said} {:?} was {was}, is {is}", names(key)));
            }
        }
    }
    for about @ (norm, parties) in before.verdicts.keys().chain(after.verdicts.keys()) {
        let norm = &book.norms[*norm];
        let (was, were) = verdict(&before, about, norm.sort, norm.parts.len());
        let (is, are) = verdict(&after, about, norm.sort, norm.parts.len());
        let parts = were.iter().zip(&are).all(|(was, is)| is.within(*was));
        if !is.within(was) || !parts {
            let name = &norm.name;
            return Some(format!(
                "{name} {:?} was {was:?} {were:?}, is {is:?} {are:?}",
                names(parties)
            ));
        }
    }
    None
}

/// A verdict; of what is surely not engaged, that.
fn verdict(
    outcome: &Outcome,
    about: &(fiducia::rulebook::NormId, Vec<ValueId>),
    sort: NormSort,
    parts: usize,
) -> (StatusSet, Vec<StatusSet>) {
    let none = StatusSet::only(match sort {
        NormSort::Concern => Status::NotRaised,
        NormSort::Duty | NormSort::Ideal => Status::NotEngaged,
    });
    let found = outcome.verdicts.get(about).cloned();
    found.unwrap_or_else(|| (none, vec![none; parts]))
}

/// The record with a share of its unknown facts stated, one way or the other.
fn fill(book: &Rulebook, record: &Record, outcome: &Outcome, rng: &mut Rng, share: u32) -> Record {
    let mut filled = record.clone();
    for ((sentence, key), truth) in &outcome.truths {
        let declared = &book.vocabulary.sentences[*sentence];
        let numbers = outcome.numbers.get(&(*sentence, key.clone()));
        let vague = numbers.is_some_and(|n| n.iter().any(|n| n.exact().is_none()));
        let fact = matches!(declared.class, Class::ClosedFact | Class::OpenFact);
        if !fact || !(vague || *truth == Truth::Unknown) || rng.u32(..100) >= share {
            continue;
        }
        let mut truth = Truth::from(rng.bool());
        if numbers.is_some() {
            truth = Truth::True;
        } else if let Some(at) = declared.only_one
            && truth == Truth::True
            && taken(&filled, outcome, *sentence, key, at)
        {
            truth = Truth::False;
        }
        let mut key = key.iter();
        let mut numbers = numbers.into_iter().flatten();
        let mut values = Vec::new();
        for slot in &declared.slots {
            values.push(if book.vocabulary.is_number(slot.kind) {
                let range = numbers.next().copied().unwrap_or(Interval::UNKNOWN);
                Some(filled.values.number(within(range, rng)))
            } else {
                key.next().copied()
            });
        }
        let line = Stated {
            sentence: *sentence,
            values: values.into(),
            truth,
            according_to: None,
            span: None,
            branch: None,
        };
        filled
            .stated
            .retain(|old| !fiducia::rulebook::replaces(&book.vocabulary, &line, old));
        filled.stated.push(line);
    }
    filled
}

/// Whether another value of an `only one` slot holds already.
fn taken(
    filled: &Record,
    outcome: &Outcome,
    sentence: SentenceId,
    key: &[ValueId],
    only: usize,
) -> bool {
    let others = |values: &[Option<ValueId>]| {
        let mut places = values.iter().zip(key).enumerate();
        places.all(|(at, (value, own))| at == only || *value == Some(*own))
    };
    let said = |line: &Stated| {
        line.sentence == sentence && line.truth == Truth::True && others(&line.values)
    };
    let sure = |((of, values), truth): (&(SentenceId, Vec<ValueId>), &Truth)| {
        let values: Vec<Option<ValueId>> = values.iter().copied().map(Some).collect();
        *of == sentence && *truth == Truth::True && others(&values)
    };
    filled.stated.iter().any(said) || outcome.truths.iter().any(sure)
}

/// A number within a range.
fn within(range: Interval, rng: &mut Rng) -> Number {
    let low = range.low.unwrap_or(Number::whole(-3));
    let high = range.high.unwrap_or(Number::whole(7));
    let whole = Number::whole(rng.i64(-1..6));
    let inside = low <= whole && whole <= high;
    match rng.u32(..10) {
        0 => low,
        1 => high,
        2..8 if inside => whole,
        _ => {
            let middle = low.add(high).and_then(|sum| sum.divide(Number::whole(2)));
            middle.unwrap_or(low)
        }
    }
}

#[test]
fn order_means_nothing() {
    for seed in programs() {
        let text = Program::new(seed).text();
        if let Some(differs) = disordered(&text, seed) {
            let text = shrink(&text, |text| disordered(text, seed).is_some());
            let smallest = disordered(&text, seed);
            panic!("seed {seed}: {differs}\nMade small: {smallest:?}\n{text}");
        }
    }
}

/// What changes with the order of the blocks, and of the lines of the case.
fn disordered(text: &str, seed: u64) -> Option<String> {
    let (book, record, first) = outcome(text)?;
    let first = told(&book, &record, &first);
    let mut rng = Rng::with_seed(seed);
    let other = shuffled(text, &mut rng);
    let Some((book, record, second)) = outcome(&other) else {
        return Some(format!("refused in this order:\n{other}"));
    };
    let second = told(&book, &record, &second);
    let about = first
        .keys()
        .chain(second.keys())
        .find(|about| first.get(*about) != second.get(*about))?;
    let (was, is) = (first.get(about), second.get(about));
    Some(format!(
        "{about} was {was:?}, is {is:?} in this order:\n{other}"
    ))
}

/// The text with its blocks, and the first lines of its case, in another order.
fn shuffled(text: &str, rng: &mut Rng) -> String {
    let mut blocks: Vec<Vec<&str>> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        match blocks.last_mut() {
            Some(block) if line.starts_with(' ') => block.push(line),
            _ => blocks.push(vec![line]),
        }
    }
    for block in blocks
        .iter_mut()
        .filter(|block| block[0].starts_with("case"))
    {
        let own = |line: &&str| line.starts_with("  ") && !line.starts_with("   ");
        let stated = |line: &&str| !line.contains("option") && !line.contains("suppose");
        let end = block[1..]
            .iter()
            .take_while(|line| own(line) && stated(line));
        let end = 1 + end.count();
        rng.shuffle(&mut block[1..end]);
    }
    rng.shuffle(&mut blocks);
    let blocks: Vec<String> = blocks.iter().map(|block| block.join("\n")).collect();
    blocks.join("\n\n") + "\n"
}

/// What is kept of the firings changes no answer.
#[test]
fn recording_changes_nothing() {
    for seed in programs() {
        let text = Program::new(seed).text();
        if let Some(differs) = recorded(&text) {
            let text = shrink(&text, |text| recorded(text).is_some());
            let smallest = recorded(&text);
            panic!("seed {seed}: {differs}\nMade small: {smallest:?}\n{text}");
        }
    }
}

/// What changes with what is kept of the firings.
fn recorded(text: &str) -> Option<String> {
    let Loaded { book, cases } = load(text).ok()?;
    let plan = compile(&book).ok()?;
    for record in cases.iter().flat_map(|case| records(&book, case)) {
        let silent = judged::<Silent>(&book, &plan, &record);
        let journal = judged::<Journal>(&book, &plan, &record);
        match (silent, journal) {
            (Ok(silent), Ok(journal)) if silent != journal => {
                let (silent, journal) = (
                    told(&book, &record, &silent),
                    told(&book, &record, &journal),
                );
                let other = |about: &&String| silent.get(*about) != journal.get(*about);
                let about = silent.keys().chain(journal.keys()).find(other)?;
                let (silent, journal) = (silent.get(about), journal.get(about));
                return Some(format!("{about}: {silent:?}, with a journal {journal:?}"));
            }
            (Ok(_), Err(faults)) => return Some(format!("only with a journal: {faults}")),
            (Err(faults), Ok(_)) => return Some(format!("only without a journal: {faults}")),
            _ => {}
        }
    }
    None
}

#[test]
fn printing_keeps_the_text() {
    for seed in programs() {
        let text = Program::new(seed).text();
        let (file, faults) = read(FileId(0), &text);
        assert!(faults.is_empty(), "seed {seed}: {faults:#?}\n{text}");
        let printed = print(&file);
        let (again, faults) = read(FileId(0), &printed);
        assert!(faults.is_empty(), "seed {seed}: {faults:#?}\n{printed}");
        assert!(same(&file, &again), "seed {seed}\n{text}\n-----\n{printed}");
        assert_eq!(print(&again), printed, "seed {seed}: not idempotent");
    }
}

/// Every step from text to judgement on texts that were broken at random: a fault may be told, nothing may panic.
#[test]
fn broken_texts_are_told() {
    for seed in programs() {
        let mut rng = Rng::with_seed(seed);
        let mut text = Program::new(seed % 500).text();
        for _ in 0..1 + rng.usize(..6) {
            text = broken(&text, &mut rng);
        }
        let tried = std::panic::catch_unwind(|| {
            let (file, _) = read(FileId(0), &text);
            let printed = print(&file);
            let _ = read(FileId(0), &printed);
            outcome(&text).map(|(_, _, outcome)| outcome.verdicts.len())
        });
        assert!(tried.is_ok(), "seed {seed} panics:\n{text}");
    }
}

/// The text with one thing broken.
fn broken(text: &str, rng: &mut Rng) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    if lines.is_empty() {
        return String::new();
    }
    let at = rng.usize(..lines.len());
    let other = rng.usize(..lines.len());
    let mut letters: Vec<char> = lines[at].chars().collect();
    let place = rng.usize(..=letters.len());
    match rng.u32(..9) {
        0 => {
            lines.remove(at);
        }
        1 => lines.insert(other, lines[at].clone()),
        2 => lines.swap(at, other),
        3 => {
            letters.truncate(place);
            lines[at] = letters.into_iter().collect();
        }
        4 => {
            let odd = [
                '[',
                ']',
                '"',
                '\'',
                '#',
                '-',
                ':',
                ',',
                '“',
                'é',
                '\u{301}',
                '\t',
                '\u{a0}',
                '0',
                '/',
                '(',
                ')',
                '%',
                '*',
                '\u{feff}',
                '\r',
                '\0',
                '\u{1f600}',
            ];
            letters.insert(place, odd[rng.usize(..odd.len())]);
            lines[at] = letters.into_iter().collect();
        }
        5 if !letters.is_empty() => {
            letters.remove(place.min(letters.len() - 1));
            lines[at] = letters.into_iter().collect();
        }
        6 => {
            // A word of one line in the place of one of another.
            let words: Vec<&str> = lines[other].split(' ').collect();
            let word = words[rng.usize(..words.len())].to_owned();
            let mut own: Vec<String> = lines[at].split(' ').map(str::to_owned).collect();
            let place = rng.usize(..own.len());
            own[place] = word;
            lines[at] = own.join(" ");
        }
        7 => lines[at] = lines[at].trim_start().to_owned(),
        _ => lines[at] = format!("  {}", lines[at]),
    }
    lines.join("\n")
}
