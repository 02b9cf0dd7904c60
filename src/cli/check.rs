//! `fiducia check`: every fault of rules and cases.

use super::answer::{Answer, Exit};
use super::args::CheckArgs;
use super::deep;
use crate::present::summary::{Counted, Found};
use crate::present::{diagnostic, json, summary};
use crate::session::{Count, Opening, Session, Tally};

/// Runs it.
///
/// # Errors
/// When the answer cannot be put into JSON.
pub fn run(args: &CheckArgs) -> anyhow::Result<Answer> {
    if args.deep {
        return deep::run(args);
    }
    let session = Session::open(&Opening {
        lint: true,
        ..args.input.opening()
    });
    let tally = session.tally();
    let text = if args.output.is_json() {
        json::text(&json::Checked {
            schema: "fiducia/check/1",
            files: counts(tally.files),
            sentences: counts(tally.sentences),
            rules: counts(tally.rules),
            cases: counts(tally.cases),
            faults: json::faults(session.sources(), &session.faults),
        })?
    } else {
        let style = args.output.style();
        let drawn = diagnostic::all(session.sources(), &session.faults, style);
        drawn + &summary::check(&counted(tally), found(tally), style)
    };
    let strict = !args.deny.is_empty() && tally.warnings > 0;
    let exit = if session.is_unreadable() {
        Exit::Mistake
    } else if tally.errors > 0 || strict {
        Exit::Finding
    } else {
        Exit::AsExpected
    };
    Ok(Answer::of(text).ending(exit))
}

fn counts(count: Count) -> json::Counts {
    json::Counts {
        all: count.all,
        fine: count.fine,
    }
}

fn counted(tally: Tally) -> Vec<Counted> {
    [
        ("file", "files", tally.files),
        ("sentence", "sentences", tally.sentences),
        ("rule", "rules", tally.rules),
        ("case", "cases", tally.cases),
    ]
    .into_iter()
    .map(|(one, many, count)| Counted {
        one,
        many,
        all: count.all,
        fine: count.fine,
    })
    .collect()
}

fn found(tally: Tally) -> Found {
    Found {
        errors: tally.errors,
        warnings: tally.warnings,
        hints: tally.hints,
    }
}
