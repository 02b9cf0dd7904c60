//! `fiducia certify`: a judgement with its proof, for somebody else to check.

use super::answer::{Answer, Exit};
use super::args::{CaseArgs, Input, LimitArgs};
use super::cases::Cases;
use crate::explain;
use crate::present::{Style, diagnostic, json};
use crate::session::Session;
use clap::Args;
use std::borrow::Cow;

/// `certify`.
#[derive(Debug, Args)]
pub struct CertifyArgs {
    #[command(flatten)]
    /// Which files.
    pub input: Input,
    #[command(flatten)]
    /// Which case.
    pub cases: CaseArgs,
    #[command(flatten)]
    /// When it is enough.
    pub limits: LimitArgs,
}

/// Runs it.
///
/// # Errors
/// When more than one case, or more than one option, could be meant.
pub fn run(args: &CertifyArgs) -> anyhow::Result<Answer> {
    let session = Session::open(&args.input.opening());
    let cases = Cases::gather(&session, &args.cases, args.limits, |open| {
        Ok((Cow::Borrowed(open.case), ()))
    });
    if cases.ready.len() > 1 {
        anyhow::bail!("a certificate is of one case; name it with --case");
    }
    let judged = cases.judge();
    let faults = cases.faults(&judged);
    if !faults.is_empty() || !cases.not_judged.is_empty() {
        let faults = diagnostic::all(session.sources(), &faults, Style::Text);
        return Ok(Answer::of("").aside(faults).ending(Exit::Mistake));
    }
    let mut papers = judged.iter().flat_map(explain::certify_shown);
    match (papers.next(), papers.next()) {
        (Some(paper), None) => Ok(Answer::of(json::text(&json::certificate(&paper))?)),
        _ => anyhow::bail!(
            "a certificate is of one option or supposition; name it with --option or --suppose"
        ),
    }
}
