//! `fiducia check --deep`: what small cases show of a rulebook.

use super::answer::{Answer, Exit};
use super::args::CheckArgs;
use crate::bank::deep::{Deep, deep, never_differ};
use crate::present::{self, diagnostic, json};
use crate::rulebook::Rulebook;
use crate::session::{Clock, Session};

/// Without being told, it is enough after so many seconds.
const SECONDS: u64 = 60;

/// Runs it.
///
/// # Errors
/// When the answer cannot be put into JSON.
pub fn run(args: &CheckArgs) -> anyhow::Result<Answer> {
    let session = Session::open(&args.input.opening());
    let clock = Clock::start(Some(args.time.unwrap_or(SECONDS)), None, None);
    let limits = clock.limits();
    let named = |root| session.named.contains(root);
    // A module that was named beside its rulebook is looked through with it.
    let books = session
        .books
        .iter()
        .filter(|book| book.modules.first().is_some_and(named));
    let books: Vec<_> = books
        .filter_map(|book| book.rulebook.as_ref().zip(book.plan.as_ref()))
        .collect();
    let mut found: Vec<(&Rulebook, Deep)> = books
        .iter()
        .map(|(book, plan)| (*book, deep(book, plan, limits)))
        .collect();
    if let ([(_, old_plan), (_, new_plan)], [(old, one), (new, two)]) = (&books[..], &found[..])
        && old.name == new.name
    {
        let same = never_differ((old, old_plan, one), (new, new_plan, two), limits);
        found[1].1.findings.extend(same);
    }
    let mut faults: Vec<_> = session.errors().cloned().collect();
    faults.extend((found.is_empty() && faults.is_empty()).then(|| session.no_case(None)));
    let any = found.iter().any(|(_, deep)| !deep.findings.is_empty());
    let exit = match (faults.is_empty(), any) {
        (false, _) => Exit::Mistake,
        (true, true) => Exit::Finding,
        (true, false) => Exit::AsExpected,
    };
    if args.output.is_json() {
        let faults = json::faults(session.sources(), &faults);
        let view = json::deep_search(&found, faults);
        return Ok(Answer::of(json::text(&view)?).ending(exit));
    }
    let style = args.output.style();
    let pages: Vec<String> = found
        .iter()
        .map(|(book, own)| present::deep::text(book, own, style))
        .collect();
    let aside = diagnostic::all(session.sources(), &faults, args.output.aside_style());
    Ok(Answer::of(pages.join("\n")).aside(aside).ending(exit))
}
