//! `fiducia coverage`: which rules no case tests.

use super::answer::{Answer, Exit};
use super::args::{Format, Input, LimitArgs, Output};
use crate::bank::coverage::{Coverage, by_rulebook};
use crate::bank::skeleton::skeletons;
use crate::present::{coverage, diagnostic, json};
use crate::session::Session;
use clap::{Args, ValueEnum};

/// Unless all are asked for, so many blocks are told one by one.
const A_DOZEN: usize = 12;

/// How coverage looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum CoverageFormat {
    /// For people; colours only on a terminal and without NO_COLOR
    #[default]
    Text,
    /// For people; no colour, no drawing, good for a screen reader
    Plain,
    /// For programs
    Json,
    /// The rulebook, with what was met in the margin
    Annotated,
}

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
    #[command(flatten)]
    /// When it is enough.
    pub limits: LimitArgs,
    /// How the answer looks
    #[arg(long, value_enum, default_value_t)]
    pub format: CoverageFormat,
}

/// Runs it.
///
/// # Errors
/// When the answer cannot be put into JSON.
pub fn run(args: &CoverageArgs) -> anyhow::Result<Answer> {
    let session = Session::open(&args.input.opening());
    let most = (!args.all && args.format != CoverageFormat::Json).then_some(A_DOZEN);
    let clock = args.limits.start();
    let cases = session
        .cases()
        .map(|open| (open.book, open.plan, open.case));
    let found: Vec<_> = by_rulebook(cases, clock.limits())
        .into_iter()
        .map(|(book, plan, coverage)| {
            let cases = skeletons(book, plan, &coverage, most);
            (book, coverage, cases)
        })
        .collect();
    let mut faults: Vec<_> = session.errors().cloned().collect();
    faults.extend(found.is_empty().then(Session::no_case));
    let least = found
        .iter()
        .map(|(_, coverage, _)| coverage.percent())
        .min();
    let under = least
        .zip(args.fail_under)
        .is_some_and(|(is, wanted)| is < usize::from(wanted));
    let sound = |coverage: &Coverage| coverage.not_judged.is_empty();
    let exit = match (
        faults.is_empty() && found.iter().all(|found| sound(&found.1)),
        under,
    ) {
        (false, _) => Exit::Mistake,
        (true, true) => Exit::Finding,
        (true, false) => Exit::AsExpected,
    };
    let output = Output {
        format: match args.format {
            CoverageFormat::Plain => Format::Plain,
            CoverageFormat::Json => Format::Json,
            CoverageFormat::Text | CoverageFormat::Annotated => Format::Text,
        },
    };
    let sources = session.sources();
    if output.is_json() {
        let view = json::coverage(sources, &found, json::faults(sources, &faults));
        return Ok(Answer::of(json::text(&view)?).ending(exit));
    }
    let pages = found.iter().map(|(book, own, cases)| match args.format {
        CoverageFormat::Annotated => coverage::annotated(book, sources, own),
        _ => coverage::text(book, sources, own, cases, most, output.style()),
    });
    let pages: Vec<String> = pages.collect();
    let aside = diagnostic::all(sources, &faults, output.aside_style());
    Ok(Answer::of(pages.join("\n")).aside(aside).ending(exit))
}
