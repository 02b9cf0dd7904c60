//! What turned between two worlds: the exemption, excuse or priority that acts in one and not in the other, the part that is kept in one
//! and broken in the other, the line that holds in one alone. In: a verdict in two worlds; out: [`Turned`]. Decides nothing. Knows
//! no words.

use super::decisive::{deciding, truth_of};
use super::grounds::Ground;
use super::inquiry::WorldJudged;
use super::steps::How;
use super::why::arising;
use crate::engine::{Evidence, Formula, Found, Thing};
use crate::judge::Defeater;
use crate::plan::Origin;
use crate::rulebook::NormPattern;
use crate::value::Truth;

/// What turned.
#[derive(Clone, Debug)]
pub struct Turned {
    /// What.
    pub what: What,
    /// Its truth in the first world.
    pub before: Truth,
    /// Its truth in the second.
    pub after: Truth,
    /// The lines that decide it, and whether they are those of the second world.
    pub lines: Vec<(Ground, bool)>,
}

/// What turned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Whether it arises.
    Arises,
    /// Whether a part is broken, by position.
    Broken(usize),
    /// Whether this acts, in the second world's rulebook (or the first's, where only that has it).
    Acts(Defeater),
}

/// What turned in a verdict between two worlds, by its position in each. `name` tells defeaters apart, so that the worlds may be
/// judged by two rulebooks.
#[must_use]
pub fn turned(
    (first, at_first): (&WorldJudged<'_>, Option<usize>),
    (second, at_second): (&WorldJudged<'_>, Option<usize>),
) -> Vec<Turned> {
    let engaged = |world: &WorldJudged<'_>, at: Option<usize>| {
        at.map_or(Truth::False, |at| world.judged.verdicts()[at].engaged)
    };
    let (before, after) = (engaged(first, at_first), engaged(second, at_second));
    let mut found = Vec::new();
    if before != after {
        let ground = |world: &WorldJudged<'_>, at: Option<usize>| {
            at.map(|at| only_deciding(&world.grounds[at].arises))
        };
        let lines = match (ground(second, at_second), at_first) {
            (Some(ground), _) => Some((ground, true)),
            // What keeps it from arising now says more than what made it arise.
            (None, Some(at)) => now(first, at, second)
                .map(|ground| (ground, true))
                .or_else(|| ground(first, at_first).map(|ground| (ground, false))),
            (None, None) => None,
        };
        found.push(Turned {
            what: What::Arises,
            before,
            after,
            lines: lines.into_iter().collect(),
        });
    }
    let (Some(at_first), Some(at_second)) = (at_first, at_second) else {
        // What never arose has no exception to turn.
        return found;
    };
    exceptions((first, at_first), (second, at_second), &mut found);
    for (one, other) in first.grounds[at_first]
        .parts
        .iter()
        .zip(&second.grounds[at_second].parts)
    {
        if one.broken != other.broken {
            let test = other.test.as_ref().map(|test| (only_deciding(test), true));
            found.push(Turned {
                what: What::Broken(other.part),
                before: one.broken,
                after: other.broken,
                lines: test.into_iter().collect(),
            });
        }
    }
    found
}

/// The lines by which a norm of the first world does not arise in the second, where both are judged by one rulebook.
fn now(first: &WorldJudged<'_>, at: usize, second: &WorldJudged<'_>) -> Option<Ground> {
    let norm = first.judged.verdicts()[at].norm;
    let other = second.judged.book().norms.get(norm)?;
    if other.name != first.judged.book().norms[norm].name {
        return None;
    }
    let parties = first.parties(at).into_iter().map(|thing| match thing {
        Some(Thing::Value(value)) => Some(value),
        _ => None,
    });
    let pattern = NormPattern {
        norm,
        parties: parties.collect(),
        part: None,
    };
    let (ground, _) = arising(second, &pattern);
    (!ground.lines.is_empty()).then(|| only_deciding(&ground))
}

fn exceptions(
    (first, at_first): (&WorldJudged<'_>, usize),
    (second, at_second): (&WorldJudged<'_>, usize),
    found: &mut Vec<Turned>,
) {
    let (ones, others) = (
        &first.grounds[at_first].exceptions,
        &second.grounds[at_second].exceptions,
    );
    for other in others {
        let name = name(second, other.defeater);
        let one = ones
            .iter()
            .find(|one| self::name(first, one.defeater) == name);
        let before = one.map_or(Truth::False, |one| one.truth);
        if before != other.truth {
            found.push(Turned {
                what: What::Acts(other.defeater),
                before,
                after: other.truth,
                lines: vec![(only_deciding(&other.ground), true)],
            });
        }
    }
    for one in ones {
        let own = name(first, one.defeater);
        let gone = others
            .iter()
            .all(|other| name(second, other.defeater) != own);
        if gone && one.truth != Truth::False {
            found.push(Turned {
                what: What::Acts(one.defeater),
                before: one.truth,
                after: Truth::False,
                lines: vec![(only_deciding(&one.ground), false)],
            });
        }
    }
}

/// The name of a defeater.
#[must_use]
pub fn name<'w>(world: &WorldJudged<'w>, defeater: Defeater) -> &'w str {
    let book = world.judged.book();
    match defeater {
        Defeater::Defeat(id) => &book.defeats[id].name,
        Defeater::Priority(id) => &book.priorities[id].name,
    }
}

fn only_deciding(ground: &Ground) -> Ground {
    let lines = deciding(&ground.lines, truth_of(&ground.lines));
    // Of a block that was left out, the line that keeps it from applying is nobody's.
    let own = |line: &&&Evidence| {
        let sides = match &line.found {
            Found::Compare { left, right, .. } => Some((left, right)),
            _ => None,
        };
        !matches!(sides, Some((Formula::Number(_), Formula::Number(_))))
    };
    Ground {
        origin: ground.origin,
        lines: lines
            .iter()
            .filter(own)
            .map(|line| (*line).clone())
            .collect(),
    }
}

/// The comparisons of numbers on which some lines rest, however many rules down, with where each was written.
#[must_use]
pub fn comparisons(world: &WorldJudged<'_>, ground: &Ground) -> Vec<(Origin, Evidence)> {
    let mut found = Vec::new();
    let mut seen = Vec::new();
    walk(world, ground.origin, &ground.lines, &mut seen, &mut found);
    found
}

fn walk(
    world: &WorldJudged<'_>,
    origin: Origin,
    lines: &[Evidence],
    seen: &mut Vec<crate::engine::Reading>,
    found: &mut Vec<(Origin, Evidence)>,
) {
    for line in lines {
        match &line.found {
            Found::Compare { left, right, .. } => {
                let numbers = [left, right].into_iter().any(|side| is_number(world, side));
                let known = found.iter().any(|(_, other)| other.found == line.found);
                if numbers && !known {
                    found.push((origin, line.clone()));
                }
            }
            Found::Sentence { reading, .. } => {
                if seen.contains(reading) {
                    continue;
                }
                seen.push(reading.clone());
                match world.steps.of(reading).map(|step| &step.how) {
                    Some(How::Rule { rule, lines, .. }) => {
                        walk(world, Origin::Rule(*rule), lines, seen, found);
                    }
                    Some(How::NoRule(tries)) => {
                        for one in tries.iter().take(1) {
                            walk(world, Origin::Rule(one.rule), &one.lines, seen, found);
                        }
                    }
                    _ => {}
                }
            }
            Found::AnyOf(bullets) => walk(world, origin, bullets, seen, found),
            Found::Quantified { members, .. }
            | Found::Every { members, .. }
            | Found::Fold { members, .. } => {
                for member in members {
                    walk(world, origin, &member.lines, seen, found);
                }
            }
            Found::NotKnown(_) | Found::Verdict { .. } | Found::Let { .. } | Found::NotReached => {}
        }
    }
}

/// Whether a side of a comparison is a number, not a name; two numbers that the rule itself names tell nothing.
fn is_number(world: &WorldJudged<'_>, formula: &Formula) -> bool {
    match formula {
        Formula::Slot(_, Some(Thing::Number(_))) | Formula::Binary(..) => true,
        Formula::Slot(_, Some(Thing::Value(value))) => {
            world.judged.record().values.as_number(*value).is_some()
        }
        Formula::Slot(_, None) | Formula::Number(_) | Formula::Value(_) => false,
    }
}
