//! `fiducia convert`: cases of files as lines of JSON, and back.

use super::answer::{Answer, Exit};
use super::args::By;
use crate::present::{Style, diagnostic, tally};
use crate::session::{Opening, Session, open_lines, to_blocks, to_line};
use anyhow::Context;
use clap::{Args, ValueEnum};
use std::io::Write;
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
    let standard = vec![PathBuf::from("-")];
    let paths = if args.paths.is_empty() {
        &standard
    } else {
        &args.paths
    };
    let session = Session::open(&Opening {
        paths: paths.clone(),
        ..args.by.opening()
    });
    let text: String = session.cases().map(|open| to_line(&open)).collect();
    let faults = diagnostic::all(session.sources(), &session.faults, Style::Text);
    let sound = faults.is_empty() && !text.is_empty();
    let exit = if sound {
        Exit::AsExpected
    } else {
        Exit::Mistake
    };
    Ok(Answer::of(text).aside(faults).ending(exit))
}

fn from_lines(args: &ConvertArgs) -> anyhow::Result<Answer> {
    let session = Session::open(&Opening {
        paths: args.by.rules.iter().cloned().collect(),
        ..args.by.opening()
    });
    let Some((book, _)) = session.first_plan() else {
        let faults = diagnostic::all(session.sources(), &session.faults, Style::Text);
        return Ok(Answer::of("").aside(faults).ending(Exit::Mistake));
    };
    anyhow::ensure!(args.paths.len() < 2, "lines are read from one place");
    let lines =
        open_lines(args.paths.first().map(PathBuf::as_path)).context("I cannot read the lines")?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let refused = match to_blocks(book, lines, &mut out)
        .and_then(|refused| out.flush().map(|()| refused))
    {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => return Ok(Answer::of("")),
        refused => refused.context("the lines could not be converted")?,
    };
    let exit = if refused.is_empty() {
        Exit::AsExpected
    } else {
        Exit::Finding
    };
    Ok(Answer::of("").aside(tally::refused(&refused)).ending(exit))
}
