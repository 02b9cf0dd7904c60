//! `fiducia precedents`: which cases of a bank are most like one.

use super::answer::Answer;
use super::args::{By, LimitArgs, Output};
use super::likened;
use clap::Args;
use std::path::PathBuf;

/// So many are told.
const MOST_TOLD: usize = 3;

/// `precedents`.
#[derive(Debug, Args)]
pub struct PrecedentsArgs {
    /// The bank: files or folders of cases; none: what is built in
    #[arg(value_name = "BANK")]
    pub bank: Vec<PathBuf>,
    #[command(flatten)]
    /// By which rules.
    pub by: By,
    /// The case asked about
    #[arg(long = "case", value_name = "NAME")]
    pub case: String,
    /// The file of that case, where it is not in the bank
    #[arg(long = "in", value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// This option of it
    #[arg(long, value_name = "NAME")]
    pub option: Option<String>,
    /// How many are told
    #[arg(long, value_name = "N", default_value_t = MOST_TOLD)]
    pub most: usize,
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
/// When not one case is meant, or the answer cannot be put into JSON.
pub fn run(args: &PrecedentsArgs) -> anyhow::Result<Answer> {
    likened::run(args)
}
