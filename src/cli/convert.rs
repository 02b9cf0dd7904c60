//! `fiducia convert`: cases of files as lines of JSON, and back.

use super::answer::{Answer, Exit};
use super::args::By;
use crate::present::{Style, diagnostic, tally};
use crate::session::{Opening, Session, open_lines, to_blocks, to_line};
use anyhow::Context;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Cases as lines of JSON, as an audit reads them, and back.
#[derive(Clone, Debug, Args)]
pub struct ConvertArgs {
    /// Files with cases or folders of them; with --to fid, the lines; - or none: standard input
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// What is written
    #[arg(long, value_enum, default_value_t)]
    pub to: To,
    #[command(flatten)]
    /// By which rules.
    pub by: By,
}

/// What is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum To {
    /// A line of JSON a case
    #[default]
    Line,
    /// A block of a .fid file a line
    Fid,
}

/// Runs it.
///
/// # Errors
/// When the cases cannot be read or written.
pub fn run(args: &ConvertArgs) -> anyhow::Result<Answer> {
    match args.to {
        To::Line => to_lines(args),
        To::Fid => from_lines(args),
    }
}

fn to_lines(args: &ConvertArgs) -> anyhow::Result<Answer> {
    let mut paths = args.paths.clone();
    if paths.is_empty() {
        paths.push(PathBuf::from("-"));
    }
    let by = args.by.opening();
    let session = Session::open(&Opening { paths, ..by });
    let text: String = session.cases().map(|open| to_line(&open)).collect();
    let faults = diagnostic::all(session.sources(), &session.faults, Style::Text);
    let sound = session.errors().next().is_none() && !text.is_empty();
    let exit = [Exit::Mistake, Exit::AsExpected][usize::from(sound)];
    Ok(Answer::of(text).aside(faults).ending(exit))
}

fn from_lines(args: &ConvertArgs) -> anyhow::Result<Answer> {
    let paths = args.by.rules.iter().cloned().collect();
    let by = args.by.opening();
    let session = Session::open(&Opening { paths, ..by });
    let Some((book, _)) = session.first_plan() else {
        let faults = diagnostic::all(session.sources(), &session.faults, Style::Text);
        return Ok(Answer::of("").aside(faults).ending(Exit::Mistake));
    };
    anyhow::ensure!(args.paths.len() < 2, "lines are read from one place");
    let path = args.paths.first().map(PathBuf::as_path);
    let lines = open_lines(path).context("I cannot read the lines")?;
    let mut text = Vec::new();
    let refused = to_blocks(book, lines, &mut text).context("I cannot read the lines")?;
    let exit = [Exit::Finding, Exit::AsExpected][usize::from(refused.is_empty())];
    let text = String::from_utf8_lossy(&text).into_owned();
    Ok(Answer::of(text)
        .aside(tally::refused(&refused))
        .ending(exit))
}
