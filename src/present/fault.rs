//! Why a world could not be judged, said aloud. In: the faults of a run; out: sentences. Knows no page.

use super::wording::Words;
use crate::engine::{Fault, Stop};
use crate::explain::WorldJudged;
use crate::plan::{JoinId, Meaning, Origin, RelId};
use crate::value::NumberError;

/// Every fault of a world, and the limit that stopped it, in sentences.
#[must_use]
pub fn told(words: &Words<'_>, world: &WorldJudged<'_>) -> Vec<String> {
    let mut told: Vec<String> = world
        .judged
        .faults()
        .iter()
        .map(|fault| of(words, world, fault))
        .collect();
    if let Some(stop) = world.judged.stopped() {
        told.push(match stop {
            Stop::Derived(most) => {
                format!("stopped: more than {most} sentences follow; nothing is concluded")
            }
            Stop::Firings(most) => {
                format!("stopped: more than {most} rule instances fire; nothing is concluded")
            }
            Stop::Time => "stopped: it took longer than allowed; nothing is concluded".to_owned(),
        });
    }
    told
}

fn of(words: &Words<'_>, world: &WorldJudged<'_>, fault: &Fault) -> String {
    let run = world.judged.run();
    let sentence = |rel: RelId, row: &[crate::engine::Cell]| match run.plan.relations[rel].meaning {
        Meaning::Sentence(sentence) => {
            let slots: Vec<_> = row.iter().map(|cell| run.thing(*cell)).collect();
            words.says(sentence, &slots, true)
        }
        _ => "a computed line".to_owned(),
    };
    let number = |cell| run.interval(cell).to_string();
    match fault {
        Fault::TwoValues {
            rel,
            row,
            other,
            join,
        } => format!(
            "two values for one number: \"{}\" follows, and {} gives {} as well",
            sentence(*rel, row),
            block_name(words, world, *join),
            number(*other)
        ),
        Fault::TwoMembers { join, values } => format!(
            "{} adds up a member with two values, {} and {}",
            block_name(words, world, *join),
            number(values.0),
            number(values.1)
        ),
        Fault::Arithmetic { join, error } => format!(
            "{} cannot be computed: {}",
            block_name(words, world, *join),
            match error {
                NumberError::ByZero => "it divides by zero",
                NumberError::TooLong => "a number of it has more than 38 digits",
                NumberError::NotANumber => "something in it is not a number",
            }
        ),
        Fault::Stipulated { rel, row, join } => format!(
            "the case says that \"{}\" is false, and {} shows that it is true",
            sentence(*rel, row),
            block_name(words, world, *join)
        ),
    }
}

/// The name of the block a body belongs to.
fn block_name(words: &Words<'_>, world: &WorldJudged<'_>, join: JoinId) -> String {
    origin(words, world.judged.run().plan.joins[join].origin)
}

/// The name of a block, with its sort.
#[must_use]
pub fn origin(words: &Words<'_>, origin: Origin) -> String {
    let book = words.book;
    match origin {
        Origin::Rule(id) => format!("rule \"{}\"", book.rules[id].name),
        Origin::Arises(id)
        | Origin::Engaged(id)
        | Origin::PartArises(id, _)
        | Origin::Test(id, _) => {
            format!("{} \"{}\"", book.norms[id].sort.word(), book.norms[id].name)
        }
        Origin::Defeat(id) => words.defeater(crate::judge::Defeater::Defeat(id)),
        Origin::Priority(id) => words.defeater(crate::judge::Defeater::Priority(id)),
    }
}
