//! `fiducia rulebook`: what the built-in rulebook is.

use super::answer::{Answer, Exit};
use super::args::RulebookArgs;
use crate::present::{diagnostic, json, rulebook};
use crate::session::{Opening, Session, export};

/// Runs it.
///
/// # Errors
/// When a file cannot be written, or stands in the way.
pub fn run(args: &RulebookArgs) -> anyhow::Result<Answer> {
    if let Some(folder) = &args.export {
        let files = export(folder)?;
        return Ok(Answer::of(format!(
            "wrote {} files into {}\n",
            files.len(),
            folder.display()
        )));
    }
    let session = Session::open(&Opening::default());
    let Some(book) = session.first_rulebook() else {
        let style = args.output.aside_style();
        let faults = diagnostic::all(session.sources(), &session.faults, style);
        return Ok(Answer::of("").aside(faults).ending(Exit::Ours));
    };
    let text = if args.output.is_json() {
        json::text(&json::rulebook(book))?
    } else {
        rulebook::page(book, args.output.style())
    };
    Ok(Answer::of(text))
}
