//! `fiducia coverage`: which rules no case tests.

use super::answer::{Answer, Exit};
use super::args::{Input, LimitArgs, Output};
use crate::bank::coverage::by_rulebook;
use crate::bank::skeleton::skeletons;
use crate::present::{coverage, diagnostic, json};
use crate::session::Session;
use clap::Args;

/// Unless all are asked for, so many blocks are told one by one.
const A_DOZEN: usize = 12;

/// `coverage`.
#[derive(Debug, Args)]
pub struct CoverageArgs {
    #[command(flatten)]
    /// Which cases.
    pub input: Input,
    /// Exit with 1 if less than this many percent is met
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(0..=100))]
    pub fail_under: Option<u8>,
    /// Tell every block that misses something
    #[arg(long)]
    pub all: bool,
    /// Print the rulebook, with what was met in the margin
    #[arg(long)]
    pub annotated: bool,
    #[command(flatten)]
    /// When it is enough.
    pub limits: LimitArgs,
    #[command(flatten)]
    /// How the answer looks.
    pub output: Output,
}

/// Runs it.
///
/// # Errors
/// When the answer cannot be put into JSON.
pub fn run(args: &CoverageArgs) -> anyhow::Result<Answer> {
    let session = Session::open(&args.input.opening());
    let clock = args.limits.start();
    let cases = session
        .cases()
        .map(|open| (open.book, open.plan, open.case));
    let covered = by_rulebook(cases, clock.limits());
    let mut faults: Vec<_> = session.errors().cloned().collect();
    faults.extend(covered.is_empty().then(|| session.no_case(None)));
    let judged = covered.iter().all(|(_, _, own)| own.not_judged.is_empty());
    let least = covered.iter().map(|(_, _, own)| own.percent()).min();
    let under = least
        .zip(args.fail_under)
        .is_some_and(|(is, wanted)| is < usize::from(wanted));
    let exit = match (faults.is_empty() && judged, under) {
        (false, _) => Exit::Mistake,
        (true, true) => Exit::Finding,
        (true, false) => Exit::AsExpected,
    };
    let most = (!args.all && !args.output.is_json()).then_some(A_DOZEN);
    let with_cases = covered.into_iter().map(|(book, plan, own)| {
        let cases = skeletons(book, plan, &own, most);
        (book, own, cases)
    });
    let sources = session.sources();
    if args.output.is_json() {
        let all: Vec<_> = with_cases.collect();
        let view = json::coverage(sources, &all, json::faults(sources, &faults));
        return Ok(Answer::of(json::text(&view)?).ending(exit));
    }
    let style = args.output.style();
    let pages = with_cases.map(|(book, own, cases)| match args.annotated {
        true => coverage::annotated(book, sources, &own),
        false => coverage::text(book, sources, &own, &cases, most, style),
    });
    let pages: Vec<String> = pages.collect();
    let aside = diagnostic::all(sources, &faults, args.output.aside_style());
    Ok(Answer::of(pages.join("\n")).aside(aside).ending(exit))
}
