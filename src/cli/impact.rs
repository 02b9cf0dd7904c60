//! `fiducia impact`: what a change of the rules would change in past cases.

use super::answer::{Answer, Exit};
use super::args::{LimitArgs, Output};
use super::revision::{Place, compared, faults, place};
use crate::present::{diagnostic, impact, json};
use crate::session::{Opening, Session};
use clap::Args;
use std::path::PathBuf;

/// `impact`.
#[derive(Debug, Args)]
pub struct ImpactArgs {
    /// The rules as they were: a file, a folder, a revision, or REVISION:PATH
    #[arg(value_name = "OLD")]
    pub old: String,
    /// The rules as they would be, likewise
    #[arg(value_name = "NEW")]
    pub new: String,
    /// The past cases, as files and folders; none: those that stand beside the new rules
    #[arg(long, value_name = "PATH")]
    pub cases: Vec<PathBuf>,
    /// Also look for modules in this folder
    #[arg(long, value_name = "DIR")]
    pub search: Vec<PathBuf>,
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
/// When the rules cannot be found, or the answer cannot be put into JSON.
pub fn run(args: &ImpactArgs) -> anyhow::Result<Answer> {
    let (old, new) = (place(&args.old, &args.new)?, place(&args.new, &args.old)?);
    let open = |rules: &Place| {
        let beside = vec![new.path.clone()];
        Session::open(&Opening {
            paths: if args.cases.is_empty() {
                beside
            } else {
                args.cases.clone()
            },
            rules: Some(rules.path.clone()),
            instead: true,
            search: args.search.clone(),
            ..Opening::default()
        })
    };
    let (before, after) = (open(&old), open(&new));
    let found = compared(&before, &after, args.limits);
    let faults = faults(&before, &after, found.cases == 0);
    let exit = match (
        faults.is_empty() && found.not_judged.is_empty(),
        found.is_grave(),
    ) {
        (false, _) => Exit::Mistake,
        (true, true) => Exit::Finding,
        (true, false) => Exit::AsExpected,
    };
    let names = [&old.shown[..], &new.shown[..]];
    if args.output.is_json() {
        let faults = json::faults(after.sources(), &faults);
        let view = json::impact(&found, names, faults);
        return Ok(Answer::of(json::text(&view)?).ending(exit));
    }
    let aside = diagnostic::all(after.sources(), &faults, args.output.aside_style());
    let text = impact::text(&found, names, args.output.style());
    Ok(Answer::of(text).aside(aside).ending(exit))
}
