//! Whether a breach was repaired: every follow-on duty that it engaged is surely fulfilled (ruling 7). In: all verdicts of a
//! record; out: yes or no.

use super::judgement::Verdict;
use crate::engine::{Recorder, Run};
use crate::rulebook::{Condition, NormId, Term, VerdictOf};
use crate::value::{Status, StatusSet};

/// Whether a violated or overridden duty has an engaged follow-on duty, and every one is surely fulfilled.
pub fn is_repaired<R: Recorder>(run: &Run<'_, R>, verdict: &Verdict, all: &[Verdict]) -> bool {
    let broken = StatusSet::only(Status::Violated).with(Status::Overridden);
    if !verdict.statuses.within(broken) {
        return false;
    }
    let mut engaged = false;
    for (norm, terms) in follow_ons(run, verdict.norm) {
        let parties = &run.book.norms[norm].parties;
        for own in all.iter().filter(|own| own.norm == norm) {
            let agrees = terms
                .iter()
                .zip(&verdict.parties)
                .all(|(term, wanted)| match term {
                    Term::Var(var) => parties
                        .iter()
                        .position(|party| party.var == *var)
                        .is_none_or(|at| own.parties[at] == *wanted),
                    Term::Value(value) => wanted.value() == Some(*value),
                });
            if agrees {
                if own.statuses != StatusSet::only(Status::Fulfilled) {
                    return false;
                }
                engaged = true;
            }
        }
    }
    engaged
}

/// The duties that follow on a duty, with the terms by which they name its parties.
pub fn follow_ons<'a, R: Recorder>(run: &Run<'a, R>, of: NormId) -> Vec<(NormId, &'a [Term])> {
    let book = run.book;
    let mut found = Vec::new();
    for id in run.plan.after.iter().copied() {
        let norm = &book.norms[id];
        if let Some(Condition::Verdict {
            of: VerdictOf::Norm { norm, terms, .. },
            ..
        }) = norm.arises.first().map(|line| &line.condition)
            && *norm == of
        {
            found.push((id, &terms[..]));
        }
    }
    found
}
