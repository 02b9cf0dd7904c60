//! `fiducia audit`: a stream of cases, one line of JSON each.

use super::answer::{Answer, Exit};
use super::args::AuditArgs;
use crate::bank::audit::{Audit, Auditor, Refusal, Tally, norms_named};
use crate::bank::{all_processors, stream};
use crate::present::{Style, diagnostic, tally};
use crate::rulebook::Rulebook;
use crate::session::{Opening, Session, open_lines, read_line};
use anyhow::Context;

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
    let only = norms_named(book, &args.only)
        .map_err(|name| anyhow::anyhow!("the rulebook has no duty, ideal or concern \"{name}\""))?;
    let read = |book: &Rulebook, line: &str| read_line(book, line).map_err(Refusal::from);
    let clock = args.limits.start();
    let audit = Audit {
        book,
        plan,
        read: &read,
        format: args.format.into(),
        only: &only,
        all: args.all,
        redact: args.redact,
        done: args.resume,
        limits: clock.limits(),
    };
    let lines = open_lines(args.file.as_deref()).context("I cannot read the cases")?;
    let threads = args.threads.unwrap_or_else(all_processors);
    let workers = match stream(lines, std::io::stdout().lock(), threads, || {
        Auditor::new(audit)
    }) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => return Ok(Answer::of("")),
        workers => workers.context("the audit stopped before its end")?,
    };
    let all = Tally::of(workers);
    let text = tally::text(book, &all);
    let exit = if all.refused > 0 {
        Exit::Finding
    } else {
        Exit::AsExpected
    };
    if let Some(file) = &args.summary {
        std::fs::write(file, text).with_context(|| format!("I cannot write {}", file.display()))?;
        return Ok(Answer::of("").ending(exit));
    }
    Ok(Answer::of("").aside(text).ending(exit))
}
