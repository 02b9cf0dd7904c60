//! `fiducia explain`: why, step by step, or as a picture.

use super::answer::{Answer, Exit};
use super::args::{ExplainArgs, ExplainFormat};
use super::cases::Cases;
use super::why_not;
use crate::present::{Explaining, diagnostic, explanation, json, picture};
use crate::session::{Named, Session};
use crate::text::Diagnostic;

/// Runs it.
///
/// # Errors
/// When the answer cannot be put into JSON.
pub fn run(args: &ExplainArgs) -> anyhow::Result<Answer> {
    let session = Session::open_for_good(&args.input.opening());
    let target = match target(session, args) {
        Ok(target) => target,
        Err(fault) => {
            let style = args.output().aside_style();
            let aside = diagnostic::all(session.sources(), &[*fault], style);
            return Ok(Answer::of("").aside(aside).ending(Exit::Mistake));
        }
    };
    let which = args.cases.or_worked(&args.input);
    let cases = Cases::about(session, &which, args.limits, target.as_ref());
    let judged = cases.judge();
    let faults = cases.faults(&judged);
    let pictured = matches!(args.format, ExplainFormat::Dot | ExplainFormat::Svg);
    if pictured && judged.len() > 1 {
        let aside = "fiducia: a picture is of one case; name it with --case\n";
        return Ok(Answer::of("").aside(aside).ending(Exit::Mistake));
    }
    if let Some(wanted) = &args.why_not {
        return why_not::run(args, wanted, session, &cases, &judged, faults);
    }
    let how = Explaining {
        depth: args.depth,
        proof: args.proof,
    };
    let exit = if faults.is_empty() && cases.not_judged.is_empty() {
        Exit::AsExpected
    } else {
        Exit::Mistake
    };
    let targets = cases.ready.iter().map(|ready| ready.asked.as_ref());
    let asked: Vec<_> = judged.iter().zip(targets).collect();
    let output = args.output();
    if output.is_json() {
        let faults = json::faults(session.sources(), &faults);
        let file = json::explanation(&asked, how, faults);
        return Ok(Answer::of(json::text(&file)?).ending(exit));
    }
    let pages: Vec<String> = asked
        .into_iter()
        .map(|(case, target)| match args.format {
            ExplainFormat::Dot => picture::dot(case),
            ExplainFormat::Svg => picture::svg(case),
            _ => explanation(case, target, how, output.style()),
        })
        .collect();
    let aside = diagnostic::all(session.sources(), &faults, output.aside_style());
    Ok(Answer::of(pages.join("\n")).aside(aside).ending(exit))
}

fn target(session: &mut Session, args: &ExplainArgs) -> Result<Option<Named>, Box<Diagnostic>> {
    match (&args.duty, &args.sentence) {
        (Some(duty), _) => session.read_norm(duty).map(Some).map_err(Box::new),
        (None, Some(sentence)) => session.read_sentence(sentence).map(Some).map_err(Box::new),
        (None, None) => Ok(None),
    }
}
