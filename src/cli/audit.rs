//! `fiducia audit`: a stream of cases, one line of JSON each, or a folder of tables.

use super::answer::{Answer, Exit};
use super::args::{AuditArgs, ExplainWhat};
use super::progress::Progress;
use crate::bank::audit::{Audit, Auditor, Explain, Only, Refusal, Tally};
use crate::bank::{all_processors, stream};
use crate::present::{Style, brief, diagnostic, tally};
use crate::rulebook::Rulebook;
use crate::session::{Opening, Session, open_lines, read_line};
use anyhow::Context;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

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
    let only = Only::named(book, &args.only).map_err(|name| {
        anyhow::anyhow!("the rulebook has no duty, ideal, concern or finding \"{name}\"")
    })?;
    let read = |book: &Rulebook, line: &str| read_line(book, line).map_err(Refusal::from);
    let clock = args.limits.start();
    let explain = args.explain.map(|what| Explain {
        all: what == ExplainWhat::All,
        tell: &brief,
    });
    let audit = Audit {
        book,
        plan,
        read: &read,
        format: args.format.into(),
        only: &only,
        explain,
        check_names: args.check_names,
        all: args.all,
        redact: args.redact,
        done: args.resume,
        limits: clock.limits(),
    };
    let input = open_lines(args.file.as_deref()).context("I cannot read the cases")?;
    let threads = args.threads.unwrap_or_else(all_processors);
    let output = Progress::new(std::io::stdout().lock(), input.size, input.read);
    let stop = stop_on_interrupt();
    let streamed = match stream(input.lines, output, threads, &stop, || Auditor::new(audit)) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => return Ok(Answer::of("")),
        streamed => streamed.context("the audit stopped before its end")?,
    };
    let all = Tally::of(streamed.workers);
    let mut text = tally::text(book, &all);
    let mut exit = if all.refused > 0 {
        Exit::Finding
    } else {
        Exit::AsExpected
    };
    if streamed.stopped {
        text.push_str(&tally::stopped(streamed.lines));
        exit = Exit::Mistake;
    }
    match &args.summary {
        None => Ok(Answer::of("").aside(text).ending(exit)),
        Some(file) => {
            std::fs::write(file, text)
                .with_context(|| format!("I cannot write {}", file.display()))?;
            Ok(Answer::of("").ending(exit))
        }
    }
}

/// A flag that the first interruption raises; the second ends the process at once.
fn stop_on_interrupt() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&stop);
    // Without a handler an interruption ends the process at once, as it does everywhere.
    let _ = ctrlc::set_handler(move || {
        if flag.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
    });
    stop
}
