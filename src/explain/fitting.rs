//! Which verdicts of a world a question fits. In: a judged world, a pattern or none; out: positions, and how many were left out
//! because nothing on record speaks to them. Knows no words.

use super::comply::right;
use super::inquiry::WorldJudged;
use super::why::matching;
use crate::rulebook::NormPattern;
use crate::value::NormSort;

/// The verdicts that a question is about.
#[derive(Clone, Debug, Default)]
pub struct Fitting {
    /// Their positions.
    pub verdicts: Vec<usize>,
    /// How many more would fit to which nothing on record speaks.
    pub left_out: usize,
}

/// Those a pattern matches; without one every undecided verdict, `all`: also those to which nothing on record speaks.
#[must_use]
pub fn undecided(world: &WorldJudged<'_>, pattern: Option<&NormPattern>, all: bool) -> Fitting {
    fitting(world, pattern, all, |at| {
        world.judged.verdicts()[at].statuses.len() > 1
    })
}

/// Those a pattern matches; without one every duty that is or may be violated, and every ideal that may fall short. (A concern
/// warns of what somebody else may do: it is answered where it is asked about.)
#[must_use]
pub fn wrong(world: &WorldJudged<'_>, pattern: Option<&NormPattern>, all: bool) -> Fitting {
    fitting(world, pattern, all, |at| {
        let verdict = &world.judged.verdicts()[at];
        let sort = world.judged.book().norms[verdict.norm].sort;
        sort != NormSort::Concern && !verdict.statuses.within(right(sort))
    })
}

fn fitting(
    world: &WorldJudged<'_>,
    pattern: Option<&NormPattern>,
    all: bool,
    fits: impl Fn(usize) -> bool,
) -> Fitting {
    if pattern.is_some() {
        return Fitting {
            verdicts: matching(world, pattern).verdicts,
            left_out: 0,
        };
    }
    let (told, quiet): (Vec<usize>, Vec<usize>) = (0..world.judged.verdicts().len())
        .filter(|at| fits(*at))
        .partition(|at| {
            let verdict = &world.judged.verdicts()[*at];
            all || !verdict.silent || verdict.statuses.len() == 1
        });
    Fitting {
        verdicts: told,
        left_out: quiet.len(),
    }
}
