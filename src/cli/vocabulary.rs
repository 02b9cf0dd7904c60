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
    let found = search(rulebook, &args.words);
    let text = if args.output.is_json() {
        json::text(&json::vocabulary(rulebook, &found.sentences))?
    } else {
        vocabulary::list(rulebook, &found.sentences, args.output.style())
    };
    let (aside, exit) = match (found.sentences.is_empty(), found.all_words) {
        (false, true) => ("", Exit::AsExpected),
        (false, false) => (
            "fiducia: no sentence has all these words; these have most of them\n",
            Exit::AsExpected,
        ),
        (true, _) => (
            "fiducia: no sentence has any of these words\n",
            Exit::Finding,
        ),
    };
    Ok(Answer::of(text).aside(aside).ending(exit))
}
