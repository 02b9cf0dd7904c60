//! `fiducia query`: for whom conditions hold.

use super::answer::{Answer, Exit};
use super::args::{Only, QueryArgs};
use crate::explain;
use crate::present::{diagnostic, json, judging, query};
use crate::session::{Opening, Session};
use crate::text::Diagnostic;

/// Runs it.
///
/// # Errors
/// When the answer cannot be put into JSON.
pub fn run(args: &QueryArgs) -> anyhow::Result<Answer> {
    let mut session = Session::open(&Opening {
        paths: args.paths.clone(),
        ..args.by.opening()
    });
    let only = Only {
        names: args.cases.clone(),
    };
    let clock = args.limits.start();
    let choice = args.choice.choice();
    let mut faults: Vec<Diagnostic> = session.errors().cloned().collect();
    let mut found: Vec<query::Answer> = Vec::new();
    let mut not_judged = session.stopped_among(|name| only.is_meant(name));
    let mut asked = 0;
    match session.read_conditions(&args.conditions) {
        Err(wrong) => faults.extend(wrong),
        Ok(conditions) => {
            for open in session
                .cases()
                .filter(|open| only.is_meant(&open.case.name))
            {
                asked += 1;
                let meant = match conditions.in_case(open) {
                    Ok(meant) => meant,
                    Err(wrong) => {
                        faults.extend(wrong);
                        continue;
                    }
                };
                let Ok(worlds) = explain::worlds(open.book, &meant.case, &choice) else {
                    continue;
                };
                let (book, plan, case) = (open.book, open.plan, &meant.case);
                let judged = explain::inquire(book, plan, case, &worlds, &choice, clock.limits());
                for world in judged.shown() {
                    let rows = explain::query(world, &meant.body, &meant.vars);
                    found.extend(query::answers(case, world, &meant.vars, &rows));
                }
                let why = judging::of_case(&judged);
                not_judged.extend((!why.is_empty()).then(|| case.name.clone()));
                faults.extend(why);
            }
            faults.extend((asked == 0 && not_judged.is_empty()).then(Session::no_case));
        }
    }
    diagnostic::once(&mut faults);
    let exit = match (faults.is_empty(), found.is_empty()) {
        (false, _) => Exit::Mistake,
        (true, true) => Exit::Finding,
        (true, false) => Exit::AsExpected,
    };
    if args.output.is_json() {
        let faults = json::faults(session.sources(), &faults);
        let view = json::query(&found, not_judged, faults);
        return Ok(Answer::of(json::text(&view)?).ending(exit));
    }
    let mut aside = diagnostic::all(session.sources(), &faults, args.output.aside_style());
    if exit == Exit::Finding {
        aside += "fiducia: for nobody\n";
    }
    let text = query::text(&found, args.output.style());
    Ok(Answer::of(text).aside(aside).ending(exit))
}
