//! `fiducia whatif`: what would differ.

use super::answer::Answer;
use super::args::{CaseArgs, Input, LimitArgs, Output};
use super::supposing;
use clap::Args;
use std::path::PathBuf;

/// `whatif`.
#[derive(Debug, Args)]
pub struct WhatifArgs {
    #[command(flatten)]
    /// Which files.
    pub input: Input,
    #[command(flatten)]
    /// Which cases.
    pub cases: CaseArgs,
    /// If this were so: a sentence with the people of the case in its slots; may be given several times
    #[arg(long, value_name = "SENTENCE")]
    pub given: Vec<String>,
    /// If this were not so
    #[arg(long, value_name = "SENTENCE")]
    pub not: Vec<String>,
    /// If this were not known
    #[arg(long, value_name = "SENTENCE")]
    pub unknown: Vec<String>,
    /// Without the rule, duty, exemption, excuse or priority of this name
    #[arg(long, value_name = "BLOCK")]
    pub without: Vec<String>,
    /// With the rules of this file too
    #[arg(long, value_name = "FILE")]
    pub with: Vec<PathBuf>,
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
/// When nothing is supposed, a block is not there, or the answer cannot be put into JSON.
pub fn run(args: &WhatifArgs) -> anyhow::Result<Answer> {
    supposing::run(args)
}
