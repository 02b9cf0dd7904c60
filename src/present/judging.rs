//! What stopped a case while it was judged, as a fault with its place. In: the engine's faults and limits; out:
//! diagnostics. It does not know how they came about.

use super::instance;
use crate::engine::{Cell, Fault, Stop};
use crate::explain::CaseJudged;
use crate::plan::{JoinId, Meaning, Origin, Plan, RelId};
use crate::rulebook::{Case, Rulebook};
use crate::text::{Diagnostic, Span};
use crate::value::NumberError;

/// One case that was being judged.
#[derive(Clone, Copy, Debug)]
pub struct Judged<'a> {
    /// The rulebook.
    pub book: &'a Rulebook,
    /// Its plan.
    pub plan: &'a Plan,
    /// The case.
    pub case: &'a Case,
    /// The option or supposition, by position.
    pub branch: Option<usize>,
}

/// Why worlds of a case could not be judged.
#[must_use]
pub fn not_judged(
    book: &Rulebook,
    plan: &Plan,
    case: &Case,
    worlds: &[(Option<usize>, Vec<Fault>, Option<Stop>)],
) -> Vec<Diagnostic> {
    let mut all = Vec::new();
    for (branch, faults, stopped) in worlds {
        let of = Judged {
            book,
            plan,
            case,
            branch: *branch,
        };
        all.extend(faults.iter().map(|found| fault(of, found)));
        all.extend(stopped.map(|reason| stop(of, reason)));
    }
    all
}

/// Why worlds of a judged case could not be.
#[must_use]
pub fn of_case(judged: &CaseJudged<'_>) -> Vec<Diagnostic> {
    let worlds: Vec<(Option<usize>, Vec<Fault>, Option<Stop>)> = judged
        .worlds
        .iter()
        .map(|world| {
            let branch = world.option.or(world.suppose);
            let faults = world.judged.faults().to_vec();
            (branch, faults, world.judged.stopped())
        })
        .collect();
    not_judged(judged.book, judged.plan, judged.case, &worlds)
}

/// A fault of judging.
#[must_use]
pub fn fault(of: Judged<'_>, fault: &Fault) -> Diagnostic {
    let say = |cell: Cell| instance::value(&of.case.values, cell);
    let diagnostic = match fault {
        Fault::TwoValues {
            rel,
            row,
            other,
            join,
        } => Diagnostic::new(
            "J001",
            place(of, *join),
            format!(
                "in {}, two values are derived for one number: \"{}\", and also {}",
                world(of),
                row_words(of, *rel, row),
                say(*other)
            ),
        ),
        Fault::TwoMembers { join, values } => Diagnostic::new(
            "J002",
            place(of, *join),
            format!(
                "in {}, one member that is added up or compared has two values: {} and {}",
                world(of),
                say(values.0),
                say(values.1)
            ),
        ),
        Fault::OutOfRange { rel, row, join } => Diagnostic::new(
            "J006",
            place(of, *join),
            format!(
                "in {}, a number follows that its kind does not hold: \"{}\"",
                world(of),
                row_words(of, *rel, row)
            ),
        ),
        Fault::Arithmetic { join, error } => {
            let why = match error {
                NumberError::ByZero => "something is divided by zero",
                NumberError::TooLong | NumberError::NotANumber => "a number grows beyond 38 digits",
            };
            Diagnostic::new("J003", place(of, *join), format!("in {}, {why}", world(of)))
        }
        Fault::Stipulated { rel, row, join } => Diagnostic::new(
            "J004",
            place(of, *join),
            format!(
                "{} states that this does not hold, but it follows: \"{}\"",
                world(of),
                row_words(of, *rel, row)
            ),
        ),
    };
    match of.case.span {
        Some(span) => diagnostic.also(span, "while this case was judged"),
        None => diagnostic,
    }
}

/// A limit that was reached.
#[must_use]
pub fn stop(of: Judged<'_>, stop: Stop) -> Diagnostic {
    let why = match stop {
        Stop::Derived(1) => "more than one sentence follows".to_owned(),
        Stop::Derived(most) => format!("more than {most} sentences follow"),
        Stop::Firings(1) => "rules apply more than once".to_owned(),
        Stop::Firings(most) => format!("rules apply more than {most} times"),
        Stop::Time => "the time allowed is over".to_owned(),
    };
    let message = format!("{} was not judged: {why}", world(of));
    match of.case.span {
        Some(span) => Diagnostic::new("J005", span, message),
        None => {
            let nowhere = place(of, JoinId(0));
            let mut diagnostic = Diagnostic::new("J005", nowhere, message);
            diagnostic.labels.clear();
            diagnostic
        }
    }
}

/// `case "Night appendectomy", option "operate now"`.
fn world(of: Judged<'_>) -> String {
    let mut words = format!("case \"{}\"", of.case.name);
    if let Some(branch) = of.branch.and_then(|at| of.case.branches.get(at)) {
        let lead = if branch.option {
            "option"
        } else {
            "supposition"
        };
        words.push_str(&format!(", {lead} \"{}\"", branch.name));
    }
    words
}

fn row_words(of: Judged<'_>, rel: RelId, row: &[Cell]) -> String {
    let say = |at: usize| {
        row.get(at).map_or_else(String::new, |cell| {
            format!("[{}]", instance::value(&of.case.values, *cell))
        })
    };
    match of.plan.relations[rel].meaning {
        Meaning::Sentence(id) => instance::sentence(of.book, id, say),
        _ => (0..row.len()).map(say).collect::<Vec<_>>().join(" "),
    }
}

/// Where the block stands that a join was made of.
fn place(of: Judged<'_>, join: JoinId) -> Span {
    let book = of.book;
    match of.plan.joins.get(join).map(|join| join.origin) {
        Some(Origin::Rule(id)) => book.rules[id].span,
        Some(Origin::Arises(id) | Origin::Engaged(id) | Origin::PartArises(id, _)) => {
            book.norms[id].span
        }
        Some(Origin::Test(id, part)) => book.norms[id]
            .parts
            .get(part)
            .map_or(book.norms[id].span, |part| part.span),
        Some(Origin::Defeat(id)) => book.defeats[id].span,
        Some(Origin::Priority(id)) => book.priorities[id].span,
        None => of.case.span.unwrap_or(Span {
            file: crate::text::FileId(0),
            start: 0,
            end: 0,
        }),
    }
}
