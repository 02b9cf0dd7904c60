//! A case and a bank, and what they share. In: what was asked; out: what is printed. Knows no verdict.

use super::answer::{Answer, Exit};
use super::args::{CaseArgs, CaseNames, ChoiceArgs};
use super::cases::{Cases, Ready};
use super::precedents::PrecedentsArgs;
use crate::explain::{Choice, alongside, compare, inquire, precedents};
use crate::judge::World;
use crate::present::questions::precedents::{self as told, Told};
use crate::present::{diagnostic, json, questions};
use crate::session::{OpenCase, Opening, Session};
use anyhow::Context;
use std::borrow::Cow;
use std::path::PathBuf;

/// Runs it.
///
/// # Errors
/// When not one case is meant, or the answer cannot be put into JSON.
pub fn run(args: &PrecedentsArgs) -> anyhow::Result<Answer> {
    let open = |paths: &[PathBuf]| {
        Session::open(&Opening {
            paths: paths.to_vec(),
            ..args.by.opening()
        })
    };
    let bank = open(&args.bank);
    let own = args
        .file
        .as_ref()
        .map(|file| open(std::slice::from_ref(file)));
    let session = own.as_ref().unwrap_or(&bank);
    let gather = |session, names: Vec<String>, option: Option<String>| {
        let args_of = CaseArgs {
            only: CaseNames { names },
            choice: ChoiceArgs {
                option,
                suppose: None,
            },
        };
        Cases::gather(session, &args_of, args.limits, |open: OpenCase<'_>| {
            Ok((Cow::Borrowed(open.case), ()))
        })
    };
    let asked = gather(session, vec![args.case.clone()], args.option.clone());
    let ready = match &asked.ready[..] {
        [only] => only,
        [] => {
            let aside =
                diagnostic::all(session.sources(), &asked.faults, args.output.aside_style());
            return Ok(Answer::of("").aside(aside).ending(Exit::Mistake));
        }
        several => anyhow::bail!(
            "one case is asked about; {} have that in their names",
            several.len()
        ),
    };
    let world = meant(ready, args.option.as_deref()).context("the case has no such option")?;
    let others = gather(&bank, Vec::new(), None);
    let mut candidates: Vec<(&Ready<'_, ()>, &World)> = Vec::new();
    for other in &others.ready {
        let same_rules = other.open.book.sha256() == ready.open.book.sha256();
        if same_rules && other.case.name != ready.case.name {
            candidates.extend(courses(other).map(|world| (other, world)));
        }
    }
    let (book, plan) = (ready.open.book, ready.open.plan);
    let records: Vec<_> = candidates.iter().map(|(_, world)| &world.record).collect();
    let mut found = precedents(book, plan, &world.record, &records);
    // Of one case the most alike course of action.
    let mut seen: Vec<&str> = Vec::new();
    found.retain(|one| {
        let name = candidates[one.which].0.case.name.as_str();
        let new = !seen.contains(&name);
        seen.push(name);
        new
    });
    found.truncate(args.most);
    let shown = Choice::default();
    let limits = asked.clock().limits();
    let laid: Vec<_> = found
        .iter()
        .map(|one| {
            let (other, course) = candidates[one.which];
            alongside(book, (&ready.case, world), (&other.case, course))
        })
        .collect();
    let mut comparisons = Vec::new();
    for both in &laid {
        let (ours, theirs) = ([both.first_world.clone()], [both.second_world.clone()]);
        let ones = inquire(book, plan, &both.first, &ours, &shown, limits);
        let others = inquire(book, plan, &both.second, &theirs, &shown, limits);
        let both = ones.worlds.first().zip(others.worlds.first());
        comparisons.push(
            both.map(|(one, other)| compare(one, other))
                .unwrap_or_default(),
        );
    }
    let told: Vec<Told<'_>> = found
        .iter()
        .zip(&laid)
        .zip(&comparisons)
        .map(|((one, both), comparison)| Told {
            name: named(candidates[one.which].0, candidates[one.which].1),
            precedent: one,
            pairs: both.pairs.clone(),
            comparison,
            words: questions::words_of(book, &both.first),
        })
        .collect();
    let title = named(ready, world);
    if args.output.is_json() {
        let file = json::precedents(&title, candidates.len(), &told);
        return Ok(Answer::of(json::text(&file)?));
    }
    let page = told::precedents(&title, &told, candidates.len());
    Ok(Answer::of(page.text(args.output.style())))
}

/// The world that is meant: the option, or the case itself.
fn meant<'r>(ready: &'r Ready<'_, ()>, option: Option<&str>) -> Option<&'r World> {
    ready.worlds().iter().find(|world| match option {
        None => world.option.is_none() && world.suppose.is_none(),
        Some(name) => {
            let branch = world.option.and_then(|at| ready.case.branches.get(at));
            world.suppose.is_none() && branch.is_some_and(|branch| branch.name == name)
        }
    })
}

/// The courses of action of a case: its options, or where it has none itself.
fn courses<'r>(ready: &'r Ready<'_, ()>) -> impl Iterator<Item = &'r World> {
    let options = ready.case.branches.iter().any(|branch| branch.option);
    let worlds = ready.worlds().iter();
    worlds.filter(move |world| world.suppose.is_none() && world.option.is_some() == options)
}

/// `The night appendectomy, option operate now`.
fn named(ready: &Ready<'_, ()>, world: &World) -> String {
    match world.option.and_then(|at| ready.case.branches.get(at)) {
        Some(option) => format!("{}, option {}", ready.case.name, option.name),
        None => ready.case.name.clone(),
    }
}
