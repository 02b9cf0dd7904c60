//! `fiducia comply`: what would make it right.

use super::answer::Answer;
use super::question::{Asked, QuestionArgs, answer};
use crate::explain::{Complying, comply, wrong};
use crate::present::{json, questions};

/// Runs it.
///
/// # Errors
/// When the answer cannot be put into JSON.
pub fn run(args: &QuestionArgs) -> anyhow::Result<Answer> {
    let found = |asked: &Asked<'_>| -> (Vec<Complying>, usize) {
        let fitting = wrong(asked.world, asked.pattern, args.all);
        let comply = |at: &usize| comply(&asked.world.judged, *at);
        (
            fitting.verdicts.iter().map(comply).collect(),
            fitting.left_out,
        )
    };
    answer(
        args,
        |asked| {
            let (repairs, left_out) = found(asked);
            questions::complying(asked.case, asked.world, &repairs, left_out)
                .text(args.output.style())
        },
        |all, faults| {
            let worlds = all
                .iter()
                .map(|asked| json::complying_world(asked.case, asked.world, &found(asked).0))
                .collect();
            Ok(json::text(&json::complying(worlds, faults))?)
        },
    )
}
