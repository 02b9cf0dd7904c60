//! An interview in words: the question, what an answer settled, what is left; and the lines of the case that the answers make. In:
//! an interview; out: text. Knows no terminal.

use crate::engine::{Recorder, Run};
use crate::explain::{Asking, Fact, Learnt, Open, Said, Whom};
use crate::judge::Instance;
use crate::present::wording::{Words, capital, statuses};
use crate::rulebook::{KindSort, Record};
use crate::value::{StatusSet, Truth};

/// A question as it is asked: whom, and what.
#[must_use]
pub fn question(words: &Words<'_>, asking: &Asking) -> String {
    capital(&whom_and_what(words, &asking.open))
}

/// An open sentence as a question, with whom to ask: `for the treating team to judge, with reasons: …`.
#[must_use]
pub fn whom_and_what(words: &Words<'_>, open: &Open) -> String {
    let text = words.question(&open.reading);
    let judges = words.book.vocabulary.sentences[open.fact.sentence]
        .judged_by
        .as_ref();
    match (open.whom, judges) {
        (Some(Whom::Judges), Some(judges)) => format!("{}: {text}", to_judge(judges)),
        (Some(Whom::Somebody(thing)), _) => format!("{}: {text}", words.thing(thing)),
        _ => text,
    }
}

/// `for the treating team to judge, with reasons`.
#[must_use]
pub fn to_judge(judges: &str) -> String {
    match judges.split_once(',') {
        Some((who, how)) => format!("for {who} to judge,{how}"),
        None => format!("for {judges} to judge"),
    }
}

/// The answers that it takes.
#[must_use]
pub fn answers(words: &Words<'_>, fact: &Fact) -> String {
    match unit(words, fact) {
        Some(unit) if fact.is_number() => format!("a number of {unit}, or: don't know"),
        _ if fact.is_number() => "a number, or: don't know".to_owned(),
        _ => "yes, no, or: don't know".to_owned(),
    }
}

/// The unit of a fact's number.
#[must_use]
pub fn unit<'w>(words: &Words<'w>, fact: &Fact) -> Option<&'w str> {
    let vocabulary = &words.book.vocabulary;
    let at = vocabulary.number_slots(fact.sentence).next()?;
    let kind = vocabulary.sentences[fact.sentence].slots[at].kind;
    match &vocabulary.kinds[kind].sort {
        KindSort::Number { unit, .. } => unit.as_deref(),
        _ => None,
    }
}

/// An instance in words.
#[must_use]
pub fn instance<R: Recorder>(words: &Words<'_>, run: &Run<'_, R>, own: &Instance) -> String {
    let parties: Vec<_> = own.parties.iter().map(|cell| run.thing(*cell)).collect();
    words.norm(own.norm, &parties)
}

/// What an answer did, a line each: what it settled first.
#[must_use]
pub fn learnt<R: Recorder>(words: &Words<'_>, run: &Run<'_, R>, all: &[Learnt]) -> Vec<String> {
    let told = |one: &Learnt, lead: &str| {
        format!(
            "{lead}: {} is {}",
            instance(words, run, &one.instance),
            statuses(one.after)
        )
    };
    let settled = all
        .iter()
        .filter(|one| one.after.len() == 1)
        .map(|one| told(one, "settled"));
    let rest = all
        .iter()
        .filter(|one| one.after.len() > 1)
        .map(|one| told(one, "narrowed"));
    settled.chain(rest).collect()
}

/// How verdicts stand, a line each.
#[must_use]
pub fn stand<R: Recorder>(
    words: &Words<'_>,
    run: &Run<'_, R>,
    all: &[(Instance, StatusSet)],
) -> Vec<String> {
    all.iter()
        .map(|(own, set)| format!("{}: {}", instance(words, run, own), statuses(*set)))
        .collect()
}

/// The line of a case that says so: `given …` or `unknown …`.
#[must_use]
pub fn case_line(words: &Words<'_>, record: &Record, fact: &Fact, said: Said) -> String {
    let declared = &words.book.vocabulary.sentences[fact.sentence];
    let slot = |at: usize| match (fact.values.get(at).copied().flatten(), said) {
        (Some(value), _) => format!("[{}]", record.values.get(value)),
        (None, Said::Number(number)) => format!("[{number}]"),
        (None, Said::Truth(_)) => "[any]".to_owned(),
    };
    match (said, &declared.opposite) {
        (Said::Truth(Truth::Unknown), _) => format!("unknown {}", declared.wording.said(slot)),
        (Said::Truth(Truth::False), Some(opposite)) => format!("given {}", opposite.said(slot)),
        (Said::Truth(Truth::False), None) => {
            format!(
                "given it is not the case that {}",
                declared.wording.said(slot)
            )
        }
        _ => format!("given {}", declared.wording.said(slot)),
    }
}
