//! `fiducia completions`: a shell's completions.

use super::answer::Answer;
use super::args::{Arguments, CompletionsArgs};
use clap::CommandFactory;

/// Runs it.
///
/// # Errors
/// Never.
pub fn run(args: &CompletionsArgs) -> anyhow::Result<Answer> {
    let mut script = Vec::new();
    clap_complete::generate(
        args.shell,
        &mut Arguments::command(),
        "fiducia",
        &mut script,
    );
    Ok(Answer::of(String::from_utf8(script)?))
}
