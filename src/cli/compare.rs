//! `fiducia compare`: this option or that, this case or that, these rules or those.

use super::answer::Answer;
use super::args::{By, LimitArgs, Output};
use super::side_by_side::{cases, options, rules};
use crate::session::{Opening, Session};
use clap::Args;
use std::path::PathBuf;

/// `compare`.
#[derive(Debug, Args)]
pub struct CompareArgs {
    /// Files, folders, or - for standard input; none: what is built in
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    /// By which rules.
    pub by: By,
    /// The case
    #[arg(long = "case", value_name = "NAME")]
    pub case: Option<String>,
    /// This option of it
    #[arg(long, value_name = "NAME")]
    pub option: Option<String>,
    /// … with that option of it
    #[arg(long, value_name = "OPTION", conflicts_with_all = ["with_case", "with_rules"])]
    pub with: Option<String>,
    /// The case with that other case
    #[arg(long, value_name = "CASE", conflicts_with = "with_rules")]
    pub with_case: Option<String>,
    /// The case under its rulebook with the case under this one
    #[arg(long, value_name = "PATH")]
    pub with_rules: Option<PathBuf>,
    #[command(flatten)]
    /// When it is enough.
    pub limits: LimitArgs,
    #[command(flatten)]
    /// How the answer looks.
    pub output: Output,
}

impl CompareArgs {
    /// What is to be opened.
    #[must_use]
    pub fn opening(&self) -> Opening {
        Opening {
            paths: self.paths.clone(),
            ..self.by.opening()
        }
    }
}

/// Runs it.
///
/// # Errors
/// When not one case is meant, or nothing to compare it with.
pub fn run(args: &CompareArgs) -> anyhow::Result<Answer> {
    let session = Session::open(&args.opening());
    match (&args.with, &args.with_case, &args.with_rules) {
        (Some(with), None, None) => options(args, &session, with),
        (None, Some(case), None) => cases(args, &session, case),
        (None, None, Some(path)) => rules(args, &session, path),
        _ => anyhow::bail!(
            "say with what: --option A --with B, --with-case CASE or --with-rules PATH"
        ),
    }
}
