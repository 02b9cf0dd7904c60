//! `fiducia explain --why-not`: why something is not so.

use super::answer::{Answer, Exit};
use super::args::{ExplainArgs, ExplainFormat};
use super::cases::Cases;
use crate::explain::{self, CaseJudged, WorldJudged};
use crate::present::questions::{self, Asked};
use crate::present::{diagnostic, json};
use crate::rulebook::Target;
use crate::session::Session;
use crate::text::Diagnostic;
use crate::value::Status;

/// Why something is not so, in every world that is shown.
///
/// # Errors
/// When no such status is known, or a picture is asked for.
pub fn run(
    args: &ExplainArgs,
    wanted: &str,
    session: &Session,
    cases: &Cases<'_, Option<Target>>,
    judged: &[CaseJudged<'_>],
    faults: Vec<Diagnostic>,
) -> anyhow::Result<Answer> {
    let wanted = match wanted {
        "" => None,
        word => match Status::read(word) {
            Some(status) => Some(status),
            None => anyhow::bail!(
                "--why-not={word}: say not engaged, exempt, fulfilled, overridden, excused, violated, met, falls short, \
                 raised or not raised"
            ),
        },
    };
    if matches!(args.format, ExplainFormat::Dot | ExplainFormat::Svg) {
        anyhow::bail!("what is not so has no picture; leave --why-not or --format out");
    }
    let exit = if faults.is_empty() && cases.not_judged.is_empty() {
        Exit::AsExpected
    } else {
        Exit::Mistake
    };
    let mut asked = Vec::new();
    for (case, ready) in judged.iter().zip(&cases.ready) {
        for world in case.shown().filter(|world| world.is_judged()) {
            asked.push((case, world, not_so(world, ready.asked.as_ref(), wanted)));
        }
    }
    let output = args.output();
    if output.is_json() {
        let faults = json::faults(session.sources(), &faults);
        let worlds = asked
            .iter()
            .map(|(case, world, asked)| json::why_not_world(case, world, asked))
            .collect();
        return Ok(Answer::of(json::text(&json::why_not(worlds, faults))?).ending(exit));
    }
    let pages: Vec<String> = asked
        .iter()
        .map(|(case, world, asked)| questions::why_not(case, world, asked).text(output.style()))
        .collect();
    let aside = diagnostic::all(session.sources(), &faults, output.aside_style());
    Ok(Answer::of(pages.join("\n")).aside(aside).ending(exit))
}

fn not_so(world: &WorldJudged<'_>, target: Option<&Target>, wanted: Option<Status>) -> Asked {
    match target {
        Some(Target::Sentence { sentence, values }) => {
            let (reading, ways) = explain::why_not_values(world, *sentence, values);
            Asked::Sentence(reading, ways)
        }
        Some(Target::Norm(pattern)) => {
            Asked::Statuses(explain::why_not_norm(world, pattern, wanted))
        }
        None => Asked::Statuses(explain::why_not_any(world, wanted)),
    }
}
