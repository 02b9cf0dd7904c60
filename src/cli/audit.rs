//! `fiducia audit`: a stream of cases, one line of JSON each.

use super::answer::{Answer, Exit};
use super::args::{AuditArgs, LineFormat};
use crate::bank::audit::{Audit, Auditor, Refusal, Tally};
use crate::bank::{Format, all_processors, stream};
use crate::present::{Style, diagnostic, tally};
use crate::rulebook::Rulebook;
use crate::session::{Opening, Session, read_line};
use anyhow::Context;
use std::fs::File;
use std::io::{Read, Write};

/// Runs it.
///
/// # Errors
/// When the cases cannot be read, or the lines or the counts cannot be written.
pub fn run(args: &AuditArgs) -> anyhow::Result<Answer> {
    let session = Session::open(&Opening {
        paths: args.by.rules.iter().cloned().collect(),
        ..args.by.opening()
    });
    let Some((book, plan)) = session.first_plan() else {
        let faults = diagnostic::all(session.sources(), &session.faults, Style::Text);
        return Ok(Answer::of("").aside(faults).ending(Exit::Mistake));
    };
    let mut only = Vec::new();
    for name in &args.only {
        let found = book
            .norms
            .enumerated()
            .filter(|(_, norm)| norm.name == *name)
            .map(|(id, _)| id);
        let before = only.len();
        only.extend(found);
        anyhow::ensure!(
            only.len() > before,
            "the rulebook has no duty, ideal or concern \"{name}\""
        );
    }
    let read = |book: &Rulebook, line: &str| {
        read_line(book, line).map_err(|(code, message, column)| Refusal {
            code,
            message,
            column,
        })
    };
    let clock = args.limits.start();
    let audit = Audit {
        book,
        plan,
        read: &read,
        format: match args.format {
            LineFormat::Ndjson => Format::Ndjson,
            LineFormat::Tsv => Format::Tsv,
            LineFormat::Summary => Format::Summary,
        },
        only: &only,
        all: args.all,
        redact: args.redact,
        done: args.resume,
        limits: clock.limits(),
    };
    let threads = args.threads.unwrap_or_else(all_processors);
    let workers = match stream(input(args)?, std::io::stdout().lock(), threads, || {
        Auditor::new(audit)
    }) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => return Ok(Answer::of("")),
        workers => workers.context("the audit stopped before its end")?,
    };
    let mut all = Tally::default();
    workers
        .into_iter()
        .for_each(|worker| all.add(&worker.finish()));
    let text = tally::text(book, &all);
    let exit = if all.refused > 0 {
        Exit::Finding
    } else {
        Exit::AsExpected
    };
    match &args.summary {
        None => Ok(Answer::of("").aside(text).ending(exit)),
        Some(file) => {
            let mut out =
                File::create(file).with_context(|| format!("I cannot write {}", file.display()))?;
            out.write_all(text.as_bytes())?;
            Ok(Answer::of("").ending(exit))
        }
    }
}

fn input(args: &AuditArgs) -> anyhow::Result<Box<dyn Read + Send>> {
    match &args.file {
        Some(file) if file.as_os_str() != "-" => {
            Ok(Box::new(File::open(file).with_context(|| {
                format!("I cannot read {}", file.display())
            })?))
        }
        _ => Ok(Box::new(std::io::stdin())),
    }
}
