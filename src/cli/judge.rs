//! `fiducia judge`: the report of every case.

use super::answer::{Answer, Exit};
use super::args::JudgeArgs;
use super::cases::Cases;
use super::interview;
use crate::explain::CaseJudged;
use crate::present::{Report, diagnostic, json, reports, table};
use crate::session::Session;
use std::borrow::Cow;

/// Of more cases than this, the reports are printed on request.
const A_DOZEN: usize = 12;

/// How to ask for them.
const ON_REQUEST: &str = "\nThe report of one case: --case NAME. All of them: --reports.\n";

/// Runs it.
///
/// # Errors
/// When the answer cannot be put into JSON.
pub fn run(args: &JudgeArgs) -> anyhow::Result<Answer> {
    if args.ask {
        return interview::run(args);
    }
    let session = Session::open_for_good(&args.input.opening());
    let which = args.cases.or_worked(&args.input);
    let cases = Cases::gather(session, &which, args.limits, |open| {
        Ok((Cow::Borrowed(open.case), ()))
    });
    let judged = cases.judge();
    let faults = cases.faults(&judged);
    let breach = !args.deny.is_empty() && judged.iter().any(CaseJudged::has_violation);
    let exit = match (faults.is_empty() && cases.not_judged.is_empty(), breach) {
        (false, _) => Exit::Mistake,
        (true, true) => Exit::Finding,
        (true, false) => Exit::AsExpected,
    };
    let how = Report {
        all: args.all,
        file: args.input.named(session.only_file()),
    };
    let all: Vec<&CaseJudged<'_>> = judged.iter().collect();
    if args.output.is_json() {
        let faults = json::faults(session.sources(), &faults);
        let file = json::judgement(&all, faults, args.all);
        return Ok(Answer::of(json::text(&file)?).ending(exit));
    }
    let aside = diagnostic::all(session.sources(), &faults, args.output.aside_style());
    let text = if all.len() > A_DOZEN && !args.reports {
        table(&all, args.output.style()) + ON_REQUEST
    } else {
        reports(&all, &how, args.output.style())
    };
    Ok(Answer::of(text).aside(aside).ending(exit))
}
