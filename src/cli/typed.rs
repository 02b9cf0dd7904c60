//! What was typed, read for one verb alone where that is enough. In: the process's arguments; out: [`Arguments`], or what is to
//! be said instead. Knows no verb's work.

use super::args::{Arguments, Verb};
use clap::{Args, Command, Parser};
use std::ffi::OsString;

/// Reads what was typed. Describing every verb takes longer than reading what most people type: where the first word is a
/// verb that judges a case and the rest is right for it, no other verb is described. Whatever there is to say of it, help
/// included, is said by all verbs together.
///
/// # Errors
/// What is wrong with it, or the help that was asked for.
pub fn typed() -> Result<Arguments, clap::Error> {
    let typed: Vec<OsString> = std::env::args_os().collect();
    match of_one_verb(&typed) {
        Some(verb) => Ok(Arguments { verb }),
        None => Arguments::try_parse_from(typed),
    }
}

/// What was typed, the name of the command first, as far as it can be read without describing every verb.
#[must_use]
pub fn of_one_verb(typed: &[OsString]) -> Option<Verb> {
    let own = typed.get(1..)?;
    match own.first()?.to_str()? {
        "judge" => alone(own).map(Verb::Judge),
        "explain" => alone(own).map(Verb::Explain),
        "settle" => alone(own).map(Verb::Settle),
        "comply" => alone(own).map(Verb::Comply),
        "whatif" => alone(own).map(Verb::Whatif),
        "query" => alone(own).map(Verb::Query),
        _ => None,
    }
}

/// What follows a verb, the verb itself first; `None` where there is anything to say of it.
fn alone<A: Args>(own: &[OsString]) -> Option<A> {
    let matches = A::augment_args(Command::new("fiducia")).try_get_matches_from(own);
    A::from_arg_matches(&matches.ok()?).ok()
}
