//! `fiducia settle`: what would decide what is open.

use super::answer::Answer;
use super::question::{Asked, QuestionArgs, answer};
use crate::explain::{Settling, settle, undecided};
use crate::present::{json, questions};

/// Runs it.
///
/// # Errors
/// When the answer cannot be put into JSON.
pub fn run(args: &QuestionArgs) -> anyhow::Result<Answer> {
    let found = |asked: &Asked<'_>| -> (Vec<Settling>, usize) {
        let fitting = undecided(asked.world, asked.pattern, args.all);
        let settle = |at: &usize| settle(&asked.world.judged, *at);
        (
            fitting.verdicts.iter().map(settle).collect(),
            fitting.left_out,
        )
    };
    answer(
        args,
        |asked| {
            let (settlings, left_out) = found(asked);
            questions::settling(asked.case, asked.world, &settlings, left_out)
                .text(args.output.style())
        },
        |all, faults| {
            let worlds = all
                .iter()
                .map(|asked| json::settling_world(asked.case, asked.world, &found(asked).0))
                .collect();
            Ok(json::text(&json::settling(worlds, faults))?)
        },
    )
}
