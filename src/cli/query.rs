//! `fiducia query`: for whom conditions hold.

use super::answer::{Answer, Exit};
use super::args::QueryArgs;
use super::cases::Cases;
use crate::explain;
use crate::present::judging::of_case;
use crate::present::{diagnostic, json, query};
use crate::session::{Opening, Session};
use std::borrow::Cow;

/// Runs it.
///
/// # Errors
/// When the answer cannot be put into JSON.
pub fn run(args: &QueryArgs) -> anyhow::Result<Answer> {
    let mut session = Session::open(&Opening {
        paths: args.paths.clone(),
        ..args.by.opening()
    });
    let conditions = match session.read_conditions(&args.conditions) {
        Ok(conditions) => conditions,
        Err(faults) => {
            let style = args.output.aside_style();
            let aside = diagnostic::all(session.sources(), &faults, style);
            return Ok(Answer::of("").aside(aside).ending(Exit::Mistake));
        }
    };
    let cases = Cases::gather(&session, &args.cases, args.limits, |open| {
        let query = conditions.in_case(open)?;
        Ok((Cow::Owned(query.case), (query.body, query.vars)))
    });
    let mut found: Vec<query::Answer> = Vec::new();
    let mut judging = Vec::new();
    let why = args.why.then_some(args.depth);
    for ready in &cases.ready {
        let (body, vars) = &ready.asked;
        let case = cases.judge_sentences(ready);
        judging.extend(of_case(&case));
        for world in case.shown().filter(|world| world.is_judged()) {
            let rows = explain::query(world, body, vars, args.why);
            found.extend(query::answers(&case, world, vars, &rows, why));
        }
    }
    let faults = cases.faults_with(judging);
    let exit = match (faults.is_empty(), found.is_empty()) {
        (false, _) => Exit::Mistake,
        (true, true) => Exit::Finding,
        (true, false) => Exit::AsExpected,
    };
    if args.output.is_json() {
        let faults = json::faults(session.sources(), &faults);
        let view = json::query(&found, cases.not_judged.clone(), faults);
        return Ok(Answer::of(json::text(&view)?).ending(exit));
    }
    let mut aside = diagnostic::all(session.sources(), &faults, args.output.aside_style());
    if exit == Exit::Finding {
        aside += "fiducia: for nobody\n";
    }
    let text = query::text(&found, args.output.style());
    Ok(Answer::of(text).aside(aside).ending(exit))
}
