//! A case judged as it is and as it is supposed to be. In: what is supposed; out: what differs, printed. Knows no verdict.

use super::answer::{Answer, Exit};
use super::cases::Cases;
use super::whatif::WhatifArgs;
use crate::explain::{self, block_names, contrasts, inquire, restate, without};
use crate::present::questions::{self, Side};
use crate::present::{diagnostic, json};
use crate::rulebook::{Class, Rulebook};
use crate::session::{Opening, Session, Supposed};
use crate::text::{Diagnostic, nearest};
use crate::value::Truth;
use std::borrow::Cow;

impl WhatifArgs {
    /// The sentences that are supposed, each with its truth, as typed.
    fn typed(&self) -> Vec<(&'static str, &String, Truth)> {
        let given = self.given.iter().map(|text| ("--given", text, Truth::True));
        let not = self.not.iter().map(|text| ("--not", text, Truth::False));
        let unknown = self
            .unknown
            .iter()
            .map(|text| ("--unknown", text, Truth::Unknown));
        given.chain(not).chain(unknown).collect()
    }

    /// What is supposed, in words.
    fn words(&self) -> Vec<String> {
        let mut words: Vec<String> = Vec::new();
        for (_, text, truth) in self.typed() {
            let text = text.replace(['[', ']'], "");
            words.push(match truth {
                Truth::True => text,
                Truth::False => format!("it were not so that {text}"),
                Truth::Unknown => format!("it were not known whether {text}"),
            });
        }
        words.extend(
            self.without
                .iter()
                .map(|name| format!("\"{name}\" were not in the rulebook")),
        );
        let files = self.with.iter().map(|path| path.display());
        words.extend(files.map(|path| format!("the rules of {path} were added")));
        words
    }
}

/// Runs it.
///
/// # Errors
/// When nothing is supposed, a block is not there, or the answer cannot be put into JSON.
pub fn run(args: &WhatifArgs) -> anyhow::Result<Answer> {
    if args.words().is_empty() {
        anyhow::bail!("say what is supposed: --given, --not, --unknown, --without or --with");
    }
    let opening = args.input.opening();
    let mut session = Session::open(&opening);
    let mut supposed: Vec<(Supposed, Truth)> = Vec::new();
    for (of, text, truth) in args.typed() {
        match session.read_supposed(of, text) {
            Ok(one) => supposed.push((one, truth)),
            Err(fault) => return Ok(refused(args, &session, &[fault])),
        }
    }
    let other = (!args.with.is_empty()).then(|| {
        let mut profiles = opening.profiles.clone();
        profiles.extend(args.with.iter().cloned());
        Session::open(&Opening {
            profiles,
            ..opening.clone()
        })
    });
    let then = other.as_ref().unwrap_or(&session);
    if let Some(other) = other.as_ref().filter(|other| other.has_errors()) {
        let faults: Vec<Diagnostic> = other.errors().cloned().collect();
        return Ok(refused(args, other, &faults));
    }
    let which = args.cases.or_worked(&args.input);
    let gather = |session| {
        Cases::gather(
            session,
            &which,
            args.limits,
            |open: crate::session::OpenCase<'_>| Ok((Cow::Borrowed(open.case), ())),
        )
    };
    let (before, after) = (gather(&session), gather(then));
    let judged = before.judge();
    let mut faults = before.faults(&judged);
    let mut pages: Vec<String> = Vec::new();
    let mut views = Vec::new();
    for (case, ready) in judged.iter().zip(&before.ready) {
        let Some(ready_then) = after
            .ready
            .iter()
            .find(|one| one.case.name == ready.case.name)
        else {
            continue;
        };
        let book = changed(ready_then.open.book, &args.without)?;
        let plan = match explain::compiled(&book) {
            Ok(plan) => plan,
            Err(cycles) => {
                faults.extend(cycles);
                continue;
            }
        };
        let mut own = ready_then.case.clone().into_owned();
        let mut lines = Vec::new();
        for (one, truth) in &supposed {
            match one.in_case(&book, &mut own, *truth) {
                Ok(line) => lines.push(line),
                Err(fault) => return Ok(refused(args, &session, &[fault])),
            }
        }
        for line in lines.iter().filter(|line| line.truth == Truth::Unknown) {
            let class = book.vocabulary.sentences[line.sentence].class;
            if !matches!(class, Class::ClosedFact | Class::OpenFact) {
                anyhow::bail!(
                    "--unknown is for facts: what follows from rules is known as far as they are"
                );
            }
        }
        let mut worlds = ready_then.worlds().to_vec();
        for world in &mut worlds {
            world.record.values.clone_from(&own.values);
            restate(&book, world, &lines);
        }
        let limits = before.clock().limits();
        let again = inquire(&book, &plan, &own, &worlds, before.choice(), limits);
        faults.extend(crate::present::judging::of_case(&again));
        for (world, world_then) in case.worlds.iter().zip(&again.worlds) {
            if !world.shown || !world.is_judged() || !world_then.is_judged() {
                continue;
            }
            let (one, other) = (
                Side { case, world },
                Side {
                    case: &again,
                    world: world_then,
                },
            );
            let found = contrasts(world, world_then);
            if args.output.is_json() {
                views.push(json::what_if_world(one, other, &found, &args.words()));
            } else {
                pages.push(
                    questions::what_if(one, other, &found, &args.words()).text(args.output.style()),
                );
            }
        }
    }
    diagnostic::once(&mut faults);
    let exit = if faults.is_empty() && before.not_judged.is_empty() {
        Exit::AsExpected
    } else {
        Exit::Mistake
    };
    if args.output.is_json() {
        let faults = json::faults(session.sources(), &faults);
        return Ok(Answer::of(json::text(&json::what_if(views, faults))?).ending(exit));
    }
    let aside = diagnostic::all(session.sources(), &faults, args.output.aside_style());
    Ok(Answer::of(pages.join("\n")).aside(aside).ending(exit))
}

fn refused(args: &WhatifArgs, session: &Session, faults: &[Diagnostic]) -> Answer {
    let aside = diagnostic::all(session.sources(), faults, args.output.aside_style());
    Answer::of("").aside(aside).ending(Exit::Mistake)
}

/// The rulebook without the blocks named.
fn changed(book: &Rulebook, names: &[String]) -> anyhow::Result<Rulebook> {
    let mut book = book.clone();
    for name in names {
        let (next, count) = without(&book, name);
        if count == 0 {
            let near = nearest(name, block_names(&book), 3);
            let near: Vec<String> = near.iter().map(|name| format!("\"{name}\"")).collect();
            let hint = if near.is_empty() {
                String::new()
            } else {
                format!(". Did you mean {}?", near.join(", "))
            };
            anyhow::bail!("the rulebook has no block \"{name}\"{hint}");
        }
        book = next;
    }
    Ok(book)
}
