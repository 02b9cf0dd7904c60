//! Verb to file, answer to exit status. In: the process's arguments; out: what is printed, and its exit status. A broken
//! pipe ends quietly here, and a panic says nothing of any case.

use super::answer::{Answer, Exit};
use super::args::Verb;
use super::typed::typed;
use super::{
    audit, certify, check, compare, completions, comply, convert, coverage, explain, fmt, help,
    impact, judge, man, precedents, query, rulebook, settle, test, verify, vocabulary, whatif,
};
use std::io::Write;
use std::panic::UnwindSafe;
use std::process::ExitCode;

/// Runs the command line.
#[must_use]
pub fn main() -> ExitCode {
    guarded(|| {
        crate::session::threads::start();
        run()
    })
    .into()
}

/// Runs something to its end. Where it panics the end is [`Exit::Ours`], and what is told of it holds no word of any case.
pub fn guarded(run: impl FnOnce() -> Exit + UnwindSafe) -> Exit {
    std::panic::set_hook(Box::new(|panic| {
        // The message of a panic may hold words of a case: only its place is told.
        let place = panic.location().map_or_else(String::new, |location| {
            format!(" at {}:{}", location.file(), location.line())
        });
        let _ = writeln!(
            std::io::stderr(),
            "fiducia {} met a fault of its own{place}. Nothing was judged. Please report it with this line; no word of \
             your case is in it.",
            env!("CARGO_PKG_VERSION")
        );
    }));
    std::panic::catch_unwind(run).unwrap_or(Exit::Ours)
}

fn run() -> Exit {
    let arguments = match typed() {
        Ok(arguments) => arguments,
        Err(error) => {
            let exit = if error.use_stderr() {
                Exit::Mistake
            } else {
                Exit::AsExpected
            };
            // Nowhere to complain to where standard error is closed.
            let _ = error.print();
            return exit;
        }
    };
    let answer = answer(&arguments.verb).unwrap_or_else(|error| {
        Answer::of("")
            .aside(format!("fiducia: {error:#}\n"))
            .ending(Exit::Mistake)
    });
    print(&answer)
}

fn answer(verb: &Verb) -> anyhow::Result<Answer> {
    match verb {
        Verb::Judge(args) => judge::run(args),
        Verb::Explain(args) => explain::run(args),
        Verb::Settle(args) => settle::run(args),
        Verb::Comply(args) => comply::run(args),
        Verb::Whatif(args) => whatif::run(args),
        Verb::Compare(args) => compare::run(args),
        Verb::Precedents(args) => precedents::run(args),
        Verb::Test(args) => test::run(args),
        Verb::Certify(args) => certify::run(args),
        Verb::Verify(args) => verify::run(args),
        Verb::Coverage(args) => coverage::run(args),
        Verb::Impact(args) => impact::run(args),
        Verb::Audit(args) => audit::run(args),
        Verb::Convert(args) => convert::run(args),
        Verb::Query(args) => query::run(args),
        Verb::Check(args) => check::run(args),
        Verb::Fmt(args) => fmt::run(args),
        Verb::Vocabulary(args) => vocabulary::run(args),
        Verb::Rulebook(args) => rulebook::run(args),
        Verb::Help(args) => help::run(args),
        Verb::Completions(args) => completions::run(args),
        Verb::Man(args) => man::run(args),
    }
}

/// Prints the answer. Whoever closes the pipe has read enough; any other failure to write is told.
fn print(answer: &Answer) -> Exit {
    let mut out = std::io::stdout().lock();
    let written = out
        .write_all(answer.text.as_bytes())
        .and_then(|()| out.flush());
    let _ = std::io::stderr().write_all(answer.aside.as_bytes());
    match written {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            let _ = writeln!(
                std::io::stderr(),
                "fiducia: I cannot write the answer: {error}"
            );
            Exit::Mistake
        }
        _ => answer.exit,
    }
}
