//! `fiducia verify`: whether a certificate holds, by a reading of the rules that shares nothing with the judging.

use super::answer::{Answer, Exit};
use super::args::{By, Output};
use crate::explain;
use crate::present::{certificate, diagnostic, json};
use crate::session::{Opening, Session};
use crate::verify;
use anyhow::Context;
use clap::Args;
use std::path::{Path, PathBuf};

/// `verify`.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// The file or folder of the case
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The certificate; - for standard input
    #[arg(value_name = "CERTIFICATE")]
    pub certificate: PathBuf,
    #[command(flatten)]
    /// By which rules.
    pub by: By,
    #[command(flatten)]
    /// How the answer looks.
    pub output: Output,
}

/// Runs it.
///
/// # Errors
/// When the certificate cannot be read, or no such case can be judged.
pub fn run(args: &VerifyArgs) -> anyhow::Result<Answer> {
    let text = read(&args.certificate)
        .with_context(|| format!("I cannot read {}", args.certificate.display()))?;
    let paper = verify::read(&text).context("this is no certificate")?;
    let session = Session::open(&Opening {
        paths: vec![args.file.clone()],
        ..args.by.opening()
    });
    let mut cases = session.cases();
    let found = cases.find_map(|open| {
        let record = explain::certified(open.book, open.case, &paper)?;
        Some((open.book, record))
    });
    let Some((book, record)) = found else {
        let mut faults: Vec<_> = session.errors().cloned().collect();
        faults.push(session.no_case(None));
        let aside = diagnostic::all(session.sources(), &faults, args.output.aside_style());
        return Ok(Answer::of("").aside(aside).ending(Exit::Mistake));
    };
    let held = verify::verify(book, &record, &paper);
    let exit = match held {
        Ok(_) => Exit::AsExpected,
        Err(_) => Exit::Finding,
    };
    let text = if args.output.is_json() {
        json::text(&json::verified(&paper, &held))?
    } else {
        certificate::text(&paper, &held)
    };
    Ok(Answer::of(text).ending(exit))
}

fn read(path: &Path) -> std::io::Result<String> {
    match path.to_str() {
        Some("-") => std::io::read_to_string(std::io::stdin()),
        _ => std::fs::read_to_string(path),
    }
}
