//! Two sides of a comparison, found and laid side by side: options, cases, rulebooks. In: what was asked; out: what is printed. Knows
//! no verdict.

use super::answer::{Answer, Exit};
use super::args::{CaseArgs, CaseNames, ChoiceArgs};
use super::cases::{Cases, Ready};
use super::compare::CompareArgs;
use crate::explain::{
    Alongside, CaseJudged, Choice, alongside, compare, contrasts, differing, flipping, inquire,
};
use crate::judge::World;
use crate::present::questions::{self, Compared, Side};
use crate::present::{diagnostic, json};
use crate::session::{OpenCase, Opening, Session};
use crate::text::Diagnostic;
use anyhow::Context;
use std::borrow::Cow;

type Gathered<'s> = Cases<'s, ()>;

/// The case of a name, with this option.
fn gather<'s>(
    of: &CompareArgs,
    session: &'s Session,
    case: Option<&String>,
    option: Option<&String>,
) -> Gathered<'s> {
    let args = CaseArgs {
        only: CaseNames {
            names: case.into_iter().cloned().collect(),
        },
        choice: ChoiceArgs {
            option: option.cloned(),
            suppose: None,
        },
    };
    Cases::gather(session, &args, of.limits, |open: OpenCase<'s>| {
        Ok((Cow::Borrowed(open.case), ()))
    })
}

/// The one case that was gathered; the faults that stop it.
fn one<'c, 's>(
    gathered: &'c Gathered<'s>,
) -> anyhow::Result<Result<&'c Ready<'s, ()>, Vec<Diagnostic>>> {
    match &gathered.ready[..] {
        [only] => Ok(Ok(only)),
        [] => Ok(Err(gathered.faults.clone())),
        several => {
            let names: Vec<String> = several
                .iter()
                .map(|one| format!("\"{}\"", one.case.name))
                .collect();
            anyhow::bail!(
                "one case is compared; name it with --case: {}",
                names.join(", ")
            )
        }
    }
}

/// Two options of one case.
///
/// # Errors
/// When not one case is meant, or the answer cannot be put into JSON.
pub fn options(args: &CompareArgs, session: &Session, with: &str) -> anyhow::Result<Answer> {
    let Some(option) = &args.option else {
        anyhow::bail!("name the first option with --option");
    };
    let gathered = gather(args, session, args.case.as_ref(), Some(option));
    let ready = match one(&gathered)? {
        Ok(ready) => ready,
        Err(faults) => return Ok(refused(args, session, &faults)),
    };
    let judged = gathered.judge();
    let Some(case) = judged.first() else {
        anyhow::bail!("the case could not be judged");
    };
    let faults = gathered.faults(&judged);
    if !faults.is_empty() {
        return Ok(refused(args, session, &faults));
    }
    let world = |name: &str| {
        case.worlds.iter().find(|world| {
            let own = world.option.and_then(|at| ready.case.branches.get(at));
            world.suppose.is_none() && own.is_some_and(|branch| branch.name == name)
        })
    };
    let names: Vec<String> = ready
        .case
        .branches
        .iter()
        .filter(|one| one.option)
        .map(|one| one.name.clone())
        .collect();
    let Some(second) = world(with) else {
        let missing = Session::no_branch(&ready.case.name, true, with, &names);
        return Ok(refused(args, session, &[missing]));
    };
    let first = world(option).context("the option could not be judged")?;
    told(
        args,
        (case, first, format!("\"{option}\"")),
        (case, second, format!("\"{with}\"")),
        Vec::new(),
    )
}

/// Two cases under one rulebook.
///
/// # Errors
/// When not one case is meant, or the answer cannot be put into JSON.
pub fn cases(args: &CompareArgs, session: &Session, with: &str) -> anyhow::Result<Answer> {
    let (ones, others) = (
        gather(args, session, args.case.as_ref(), args.option.as_ref()),
        gather(args, session, Some(&with.to_owned()), args.option.as_ref()),
    );
    let (first, second) = match (one(&ones)?, one(&others)?) {
        (Ok(first), Ok(second)) => (first, second),
        (Err(faults), _) | (_, Err(faults)) => return Ok(refused(args, session, &faults)),
    };
    if !std::ptr::eq(first.open.book, second.open.book) {
        anyhow::bail!(
            "these cases are judged by different rulebooks; compare them under one, with --rules"
        );
    }
    let both: Alongside = alongside(
        first.open.book,
        (&first.case, meant(first, args)?),
        (&second.case, meant(second, args)?),
    );
    let (book, plan) = (first.open.book, first.open.plan);
    let shown = Choice::default();
    let worlds = [
        vec![both.first_world.clone()],
        vec![both.second_world.clone()],
    ];
    let limits = ones.clock().limits();
    let ones = inquire(book, plan, &both.first, &worlds[0], &shown, limits);
    let others = inquire(book, plan, &both.second, &worlds[1], &shown, limits);
    let mut faults: Vec<Diagnostic> = crate::present::judging::of_case(&ones);
    faults.extend(crate::present::judging::of_case(&others));
    if !faults.is_empty() {
        return Ok(refused(args, session, &faults));
    }
    let (Some(first), Some(second)) = (ones.worlds.first(), others.worlds.first()) else {
        anyhow::bail!("the cases could not be judged");
    };
    told(
        args,
        (&ones, first, format!("\"{}\"", both.first.name)),
        (&others, second, format!("\"{}\"", both.second.name)),
        both.pairs.clone(),
    )
}

/// The world of a case that is meant: its option, or itself.
fn meant<'r>(ready: &'r Ready<'_, ()>, args: &CompareArgs) -> anyhow::Result<&'r World> {
    let own = |world: &&World| match &args.option {
        None => world.option.is_none() && world.suppose.is_none(),
        Some(name) => {
            let branch = world.option.and_then(|at| ready.case.branches.get(at));
            branch.is_some_and(|branch| branch.name == *name)
        }
    };
    ready
        .worlds()
        .iter()
        .find(own)
        .with_context(|| format!("case \"{}\" has no such option", ready.case.name))
}

type Judged<'j> = (
    &'j CaseJudged<'j>,
    &'j crate::explain::WorldJudged<'j>,
    String,
);

fn told(
    args: &CompareArgs,
    first: Judged<'_>,
    second: Judged<'_>,
    pairs: Vec<(String, String)>,
) -> anyhow::Result<Answer> {
    let found = compare(first.1, second.1);
    let facts = differing(first.0.book, &found);
    let flipping = flipping(first.1, &found, &facts);
    let all = Compared {
        first: Side {
            case: first.0,
            world: first.1,
        },
        second: Side {
            case: second.0,
            world: second.1,
        },
        first_name: first.2,
        second_name: second.2,
        found: &found,
        facts: &facts,
        flipping: &flipping,
        pairs,
    };
    if args.output.is_json() {
        return Ok(Answer::of(json::text(&json::compared(&all))?));
    }
    Ok(Answer::of(
        questions::compared(&all).text(args.output.style()),
    ))
}

/// One case under two rulebooks.
///
/// # Errors
/// When not one case is meant, or the answer cannot be put into JSON.
pub fn rules(
    args: &CompareArgs,
    session: &Session,
    path: &std::path::Path,
) -> anyhow::Result<Answer> {
    let other = Session::open(&Opening {
        rules: Some(path.to_owned()),
        ..args.opening()
    });
    let (ones, others) = (
        gather(args, session, args.case.as_ref(), args.option.as_ref()),
        gather(args, &other, args.case.as_ref(), args.option.as_ref()),
    );
    match (one(&ones)?, one(&others)?) {
        (Err(faults), _) => return Ok(refused(args, session, &faults)),
        (_, Err(faults)) => return Ok(refused(args, &other, &faults)),
        _ => {}
    }
    let (first, second) = (ones.judge(), others.judge());
    let faults = others.faults(&second);
    if !faults.is_empty() {
        return Ok(refused(args, &other, &faults));
    }
    let mut pages = Vec::new();
    let mut views = Vec::new();
    for (one, other) in first.iter().zip(&second) {
        let supposed = vec![format!(
            "it is judged under \"{}\" {}",
            other.book.name, other.book.version
        )];
        for (world, then) in one
            .worlds
            .iter()
            .zip(&other.worlds)
            .filter(|(world, _)| world.shown)
        {
            let found = contrasts(world, then);
            let sides = (
                Side { case: one, world },
                Side {
                    case: other,
                    world: then,
                },
            );
            if args.output.is_json() {
                views.push(json::what_if_world(sides.0, sides.1, &found, &supposed));
            } else {
                pages.push(
                    questions::what_if(sides.0, sides.1, &found, &supposed)
                        .text(args.output.style()),
                );
            }
        }
    }
    if args.output.is_json() {
        return Ok(Answer::of(json::text(&json::what_if(views, Vec::new()))?));
    }
    Ok(Answer::of(pages.join("\n")))
}

fn refused(args: &CompareArgs, session: &Session, faults: &[Diagnostic]) -> Answer {
    let aside = diagnostic::all(session.sources(), faults, args.output.aside_style());
    Answer::of("").aside(aside).ending(Exit::Mistake)
}
