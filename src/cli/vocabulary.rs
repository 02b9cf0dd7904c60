//! `fiducia vocabulary`: the sentences that can be said.

use super::answer::{Answer, Exit};
use super::args::VocabularyArgs;
use crate::present::{diagnostic, json, vocabulary};
use crate::session::{Opening, Session, search};

/// Runs it.
///
/// # Errors
/// When the answer cannot be put into JSON.
pub fn run(args: &VocabularyArgs) -> anyhow::Result<Answer> {
    let session = Session::open(&Opening {
        paths: args
            .file
            .as_ref()
            .or(args.by.rules.as_ref())
            .into_iter()
            .cloned()
            .collect(),
        ..args.by.opening()
    });
    let Some(rulebook) = session.first_rulebook() else {
        let style = args.output.aside_style();
        let faults = diagnostic::all(session.sources(), &session.faults, style);
        let why = "fiducia: the rulebook has faults, so its sentences cannot be listed\n";
        return Ok(Answer::of("").aside(faults + why).ending(Exit::Mistake));
    };
    let sentences = search(rulebook, &args.words);
    let text = if args.output.is_json() {
        json::text(&json::vocabulary(rulebook, &sentences))?
    } else {
        vocabulary::list(rulebook, &sentences, args.output.style())
    };
    if sentences.is_empty() {
        let aside = "fiducia: no sentence has all these words; try one of them, or fewer\n";
        return Ok(Answer::of(text).aside(aside).ending(Exit::Finding));
    }
    Ok(Answer::of(text))
}
