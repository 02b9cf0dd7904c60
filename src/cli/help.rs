//! `fiducia help`: the page of a code, the help of a verb, or the verbs.

use super::answer::Answer;
use super::args::{Arguments, HelpArgs};
use crate::present::page;
use clap::CommandFactory;

/// Runs it.
///
/// # Errors
/// When there is no such code and no such verb.
pub fn run(args: &HelpArgs) -> anyhow::Result<Answer> {
    let mut command = Arguments::command();
    command.build();
    let Some(topic) = &args.topic else {
        return Ok(Answer::of(command.render_long_help().to_string()));
    };
    if let Some(page) = page::of_code(topic) {
        return Ok(Answer::of(page));
    }
    if let Some(verb) = command.find_subcommand_mut(topic) {
        return Ok(Answer::of(verb.render_long_help().to_string()));
    }
    if topic == "codes" {
        return Ok(Answer::of(page::codes()));
    }
    anyhow::bail!("there is no code and no verb {topic}; `fiducia help codes` lists the codes")
}
