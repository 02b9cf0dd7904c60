//! `fiducia test`: expectations against verdicts.

use super::answer::{Answer, Exit};
use super::args::{CasesMeant, TestArgs};
use crate::bank::test::test_case;
use crate::explain::{Choice, inquire};
use crate::judge;
use crate::present::expectations::{Row, Totals, rows, text};
use crate::present::{diagnostic, json, judging, junit};
use crate::session::Session;
use crate::text::Diagnostic;
use anyhow::Context;

/// Runs it.
///
/// # Errors
/// When the file for build servers cannot be written.
pub fn run(args: &TestArgs) -> anyhow::Result<Answer> {
    let session = Session::open(&args.input.opening());
    let clock = args.limits.start();
    let mut faults: Vec<Diagnostic> = session.errors().cloned().collect();
    let mut found: Vec<Row> = Vec::new();
    let meant = CasesMeant::among(&args.only.names, session.case_names());
    let mut not_judged = session.stopped_among(|name| meant.is_meant(name));
    let mut cases = 0;
    for open in session.cases() {
        if !meant.is_meant(&open.case.name) {
            continue;
        }
        let test = test_case(open.book, open.plan, open.case, clock.limits());
        let worlds = judge::worlds(&open.book.vocabulary, open.case);
        let judged = test.results.iter().any(|held| held.instead.is_some());
        let judged = judged.then(|| {
            let (choice, limits) = (Choice::default(), clock.limits());
            inquire(open.book, open.plan, open.case, &worlds, &choice, limits)
        });
        let judged = judged.as_ref();
        found.extend(rows(open.book, open.case, &test, judged, session.sources()));
        let why = judging::not_judged(open.book, open.plan, open.case, &test.not_judged);
        if why.is_empty() {
            cases += 1;
        } else {
            not_judged.push(open.case.name.clone());
        }
        faults.extend(why);
    }
    let unknown: Vec<&str> = meant.unknown(session.case_names()).collect();
    let nothing = cases == 0 && not_judged.is_empty() && unknown.is_empty();
    faults.extend(nothing.then(|| session.no_case(None)));
    faults.extend(unknown.into_iter().map(|name| session.no_case(Some(name))));
    let totals = Totals {
        cases,
        not_judged: not_judged.len(),
        expectations: found.len(),
        failed: found.iter().filter(|row| !row.holds()).count(),
    };
    if let Some(file) = &args.junit {
        std::fs::write(file, junit::xml(&found, &not_judged)?)
            .with_context(|| format!("I cannot write {}", file.display()))?;
    }
    let exit = match (faults.is_empty() && not_judged.is_empty(), totals.failed) {
        (false, _) => Exit::Mistake,
        (true, 0) => Exit::AsExpected,
        (true, _) => Exit::Finding,
    };
    if args.output.is_json() {
        let faults = json::faults(session.sources(), &faults);
        let view = json::test(&found, totals, &not_judged, faults);
        return Ok(Answer::of(json::text(&view)?).ending(exit));
    }
    let aside = diagnostic::all(session.sources(), &faults, args.output.aside_style());
    let text = text(&found, totals, args.output.style());
    Ok(Answer::of(text).aside(aside).ending(exit))
}
