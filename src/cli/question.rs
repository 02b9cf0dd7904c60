//! What the questions share: which files and cases, about which verdict, how it looks. In: arguments and a way to answer; out: what is
//! printed. Knows no answer.

use super::answer::{Answer, Exit};
use super::args::{CaseArgs, Input, LimitArgs, Output};
use super::cases::Cases;
use crate::explain::{CaseJudged, WorldJudged};
use crate::present::{diagnostic, json};
use crate::rulebook::{NormPattern, Target};
use crate::session::{Named, Session};
use clap::Args;

/// What `settle` and `comply` take.
#[derive(Debug, Args)]
pub struct QuestionArgs {
    #[command(flatten)]
    /// Which files.
    pub input: Input,
    #[command(flatten)]
    /// Which cases.
    pub cases: CaseArgs,
    /// Only this duty, ideal or concern: its name, or the words of an expectation: '"rescue" owed by [Dr Osei] to [Mr Lind]'
    #[arg(long, value_name = "DUTY")]
    pub duty: Option<String>,
    /// Also verdicts to which nothing on record speaks
    #[arg(long)]
    pub all: bool,
    #[command(flatten)]
    /// When it is enough.
    pub limits: LimitArgs,
    #[command(flatten)]
    /// How the answer looks.
    pub output: Output,
}

/// One world of a case, with what is asked of it.
pub struct Asked<'w> {
    /// The case.
    pub case: &'w CaseJudged<'w>,
    /// The world.
    pub world: &'w WorldJudged<'w>,
    /// The duty that is meant, if one is.
    pub pattern: Option<&'w NormPattern>,
}

/// The duty that is named, if one is.
///
/// # Errors
/// What is told where it cannot be read.
pub fn named_duty(
    session: &mut Session,
    duty: Option<&str>,
    output: &Output,
) -> Result<Option<Named>, Box<Answer>> {
    duty.map(|duty| session.read_norm(duty))
        .transpose()
        .map_err(|fault| {
            let aside = diagnostic::all(session.sources(), &[fault], output.aside_style());
            Box::new(Answer::of("").aside(aside).ending(Exit::Mistake))
        })
}

/// Answers a question in every world that is shown: `answer` makes the page, or what programs get.
///
/// # Errors
/// When the answer cannot be put into JSON.
pub fn answer(
    args: &QuestionArgs,
    page: impl Fn(&Asked<'_>) -> String,
    view: impl Fn(&[Asked<'_>], Vec<json::FaultView>) -> anyhow::Result<String>,
) -> anyhow::Result<Answer> {
    let mut session = Session::open(&args.input.opening());
    let named = match named_duty(&mut session, args.duty.as_deref(), &args.output) {
        Ok(named) => named,
        Err(refused) => return Ok(*refused),
    };
    let which = args.cases.or_worked(&args.input);
    let cases = Cases::about(&session, &which, args.limits, named.as_ref());
    let judged = cases.judge();
    let faults = cases.faults(&judged);
    let exit = if faults.is_empty() && cases.not_judged.is_empty() {
        Exit::AsExpected
    } else {
        Exit::Mistake
    };
    let mut asked = Vec::new();
    for (case, ready) in judged.iter().zip(&cases.ready) {
        let pattern = match &ready.asked {
            Some(Target::Norm(pattern)) => Some(pattern),
            _ => None,
        };
        for world in case.shown().filter(|world| world.is_judged()) {
            asked.push(Asked {
                case,
                world,
                pattern,
            });
        }
    }
    if args.output.is_json() {
        let faults = json::faults(session.sources(), &faults);
        return Ok(Answer::of(view(&asked, faults)?).ending(exit));
    }
    let pages: Vec<String> = asked.iter().map(page).collect();
    let aside = diagnostic::all(session.sources(), &faults, args.output.aside_style());
    Ok(Answer::of(pages.join("\n")).aside(aside).ending(exit))
}
