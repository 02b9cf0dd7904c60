//! Why something is not so: of every rule, duty, exemption, excuse and priority that could have made it so the nearest instance,
//! with each line that is met, fails or is open, and what lies under the first that fails. In: a judged world and a target, no
//! rule and no binding; out: [`Way`]s, nearest first. Decides nothing: every truth is the judgement's. Knows no words.

use super::decisive::{Decisive, deciding, decisive};
use super::grounds::{Ground, PartGrounds};
use super::inquiry::WorldJudged;
use super::steps::attempts;
use super::why::{arising, matching};
use crate::engine::{Evidence, Probe, Reading, Thing, VerdictRead};
use crate::judge::Defeater;
use crate::plan::Origin;
use crate::rulebook::{DefeatSort, NormId, NormPattern, SentenceId};
use crate::value::{IndexVec, NormSort, Status, StatusSet, Truth, ValueId};

/// How many steps down it is asked again why the first line that fails does.
pub const DEPTH: usize = 3;

/// A way in which it could have been so.
#[derive(Clone, Debug)]
pub struct Way {
    /// What is needed, in order.
    pub steps: Vec<Need>,
    /// How many lines fail, or stand in the way.
    pub failed: usize,
    /// How many are open.
    pub open: usize,
    /// Why the first line that fails does (where none fails, why the first that is open is), where something decides it.
    pub below: Option<Below>,
}

/// Something that is needed.
#[derive(Clone, Debug)]
pub struct Need {
    /// What.
    pub role: NeedRole,
    /// Whether it is as needed.
    pub truth: Truth,
    /// Its lines, under the binding that meets most.
    pub ground: Ground,
}

/// What is needed of some lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NeedRole {
    /// That the lines of a rule hold.
    Rule,
    /// That a norm, or a part of it, arises.
    Arises,
    /// That a part is broken.
    Broken,
    /// That a part is kept.
    Kept,
    /// That this acts.
    Acts(Defeater),
    /// That this does not act.
    Silent(Defeater),
}

/// A line that fails or is open, and why.
#[derive(Clone, Debug)]
pub enum Below {
    /// A sentence, and the rules that could have concluded it (or, where it must not hold, what does).
    Sentence(Reading, Vec<Way>),
    /// A verdict, one of the statuses named, and the ways to it.
    Verdict(VerdictRead, Status, Vec<Way>),
}

/// Why an instance does not have a status.
#[derive(Clone, Debug)]
pub struct NotSo {
    /// Which norm.
    pub norm: NormId,
    /// Its parties; `None` where nobody was found for one.
    pub parties: Vec<Option<Thing>>,
    /// The statuses it may have.
    pub statuses: StatusSet,
    /// The status it does not have.
    pub wanted: Status,
    /// The ways to it, nearest first.
    pub ways: Vec<Way>,
}

/// The status of a norm that one asks for first: that it is broken, falls short, is raised.
#[must_use]
pub fn worst(sort: NormSort) -> Status {
    match sort {
        NormSort::Duty => Status::Violated,
        NormSort::Ideal => Status::FallsShort,
        NormSort::Concern => Status::Raised,
    }
}

/// Why a ground sentence is not true, its values given.
#[must_use]
pub fn why_not_values(
    world: &WorldJudged<'_>,
    sentence: SentenceId,
    values: &[ValueId],
) -> (Reading, Vec<Way>) {
    let slots: Vec<Option<Thing>> = values
        .iter()
        .map(|value| Some(Thing::Value(*value)))
        .collect();
    why_not_sentence(world, sentence, &slots)
}

/// Why no duty has a status: each engaged instance to which something on record speaks, nearest first.
#[must_use]
pub fn why_not_any(world: &WorldJudged<'_>, wanted: Option<Status>) -> Vec<NotSo> {
    let verdicts = world.judged.verdicts().iter().enumerate();
    let mut found: Vec<NotSo> = verdicts
        .filter(|(_, verdict)| {
            let sort = world.judged.book().norms[verdict.norm].sort;
            sort == NormSort::Duty && !verdict.silent
        })
        .map(|(at, verdict)| {
            let wanted = wanted.unwrap_or(Status::Violated);
            NotSo {
                norm: verdict.norm,
                parties: world.parties(at),
                statuses: verdict.statuses,
                wanted,
                ways: of_instance(world, at, None, wanted, DEPTH),
            }
        })
        .filter(|one| one.statuses != StatusSet::only(one.wanted))
        .collect();
    found.sort_by_key(|one| one.ways.first().map(|way| (way.failed, way.open)));
    found
}

/// Why a ground sentence is not true: by each rule that could have concluded it.
#[must_use]
pub fn why_not_sentence(
    world: &WorldJudged<'_>,
    sentence: SentenceId,
    slots: &[Option<Thing>],
) -> (Reading, Vec<Way>) {
    let none = IndexVec::new();
    let reading = Probe::new(world.judged.run(), &none).read(sentence, slots);
    let ways = of_sentence(world, &reading, DEPTH);
    (reading, ways)
}

/// Why the instances that a pattern matches do not have a status, nearest first; where none is engaged, the one that comes
/// nearest to it.
#[must_use]
pub fn why_not_norm(
    world: &WorldJudged<'_>,
    pattern: &NormPattern,
    wanted: Option<Status>,
) -> Vec<NotSo> {
    let norm = &world.judged.book().norms[pattern.norm];
    let mut found: Vec<NotSo> = Vec::new();
    for at in matching(world, Some(pattern)).verdicts {
        let statuses = world.judged.verdicts()[at].statuses_of(pattern.part);
        for wanted in wanted.map_or_else(|| otherwise(norm.sort, statuses), |one| vec![one]) {
            let ways = of_instance(world, at, pattern.part, wanted, DEPTH);
            if ways.is_empty() && found.iter().any(|one| one.wanted != wanted) {
                continue;
            }
            found.push(NotSo {
                norm: pattern.norm,
                parties: world.parties(at),
                statuses,
                wanted,
                ways,
            });
        }
    }
    if found.is_empty() {
        found.push(unengaged(
            world,
            pattern,
            wanted.unwrap_or(worst(norm.sort)),
        ));
    }
    found.sort_by_key(|one| one.ways.first().map(|way| (way.failed, way.open)));
    found
}

/// What one asks for where nothing is said: the worst status; of what surely has it, what would have answered for it.
fn otherwise(sort: NormSort, statuses: StatusSet) -> Vec<Status> {
    match (sort, statuses.determined()) {
        (NormSort::Duty, Some(Status::Violated)) => vec![
            Status::Fulfilled,
            Status::Exempt,
            Status::Overridden,
            Status::Excused,
        ],
        (NormSort::Ideal, Some(Status::FallsShort)) => vec![Status::Met],
        (NormSort::Concern, Some(Status::Raised)) => vec![Status::NotRaised],
        _ => vec![worst(sort)],
    }
}

fn unengaged(world: &WorldJudged<'_>, pattern: &NormPattern, wanted: Status) -> NotSo {
    let run = world.judged.run();
    let norm = &run.book.norms[pattern.norm];
    let (ground, binding) = arising(world, pattern);
    let parties = norm
        .parties
        .iter()
        .map(|party| {
            binding
                .get(crate::value::Idx::index(party.var))
                .copied()
                .flatten()
        })
        .collect();
    let steps = vec![need(NeedRole::Arises, ground)];
    NotSo {
        norm: pattern.norm,
        parties,
        statuses: super::again::missing(run.book, pattern.norm),
        wanted,
        ways: vec![way(world, steps, DEPTH)],
    }
}

/// The ways of one engaged instance to a status, nearest first.
fn of_instance(
    world: &WorldJudged<'_>,
    at: usize,
    part: Option<usize>,
    wanted: Status,
    depth: usize,
) -> Vec<Way> {
    let grounds = &world.grounds[at];
    let verdict = &world.judged.verdicts()[at];
    let book = world.judged.book();
    let acts = |at: usize| {
        let one = &grounds.exceptions[at];
        Need {
            role: NeedRole::Acts(one.defeater),
            truth: one.truth,
            ground: one.ground.clone(),
        }
    };
    let silent = |at: usize| {
        let one = &grounds.exceptions[at];
        Need {
            role: NeedRole::Silent(one.defeater),
            truth: one.truth.negate(),
            ground: one.ground.clone(),
        }
    };
    let sort_of = |at: usize| match grounds.exceptions[at].defeater {
        Defeater::Defeat(id) => match book.defeats[id].sort {
            DefeatSort::Exemption => Status::Exempt,
            DefeatSort::Excuse => Status::Excused,
        },
        Defeater::Priority(_) => Status::Overridden,
    };
    let on = |at: usize, part: usize| {
        let own = &grounds.exceptions[at].parts;
        own.is_empty() || own.contains(&part)
    };
    let arises = Need {
        role: NeedRole::Arises,
        truth: verdict.engaged,
        ground: grounds.arises.clone(),
    };
    let parts = || {
        grounds
            .parts
            .iter()
            .filter(|own| part.is_none_or(|part| part == own.part))
    };
    let all = 0..grounds.exceptions.len();
    let mut ways: Vec<Vec<Need>> = Vec::new();
    match wanted {
        Status::Raised | Status::NotRaised | Status::NotEngaged => ways.push(vec![arises]),
        Status::Violated | Status::FallsShort => {
            for own in parts() {
                let mut needs = vec![arises.clone()];
                needs.extend(narrowed(own));
                needs.extend(
                    all.clone()
                        .filter(|at| on(*at, own.part) && sort_of(*at) == Status::Exempt)
                        .map(silent),
                );
                needs.extend(tested(own, NeedRole::Broken));
                needs.extend(
                    all.clone()
                        .filter(|at| on(*at, own.part) && sort_of(*at) != Status::Exempt)
                        .map(silent),
                );
                ways.push(needs);
            }
        }
        Status::Fulfilled | Status::Met => {
            let mut needs = vec![arises];
            for own in parts() {
                needs.extend(tested(own, NeedRole::Kept));
            }
            ways.push(needs);
        }
        Status::Exempt | Status::Overridden | Status::Excused => {
            for at in all.filter(|at| sort_of(*at) == wanted) {
                ways.push(vec![arises.clone(), acts(at)]);
            }
        }
    }
    let mut found: Vec<Way> = ways
        .into_iter()
        .map(|steps| way(world, steps, depth))
        .collect();
    found.sort_by_key(|way| (way.failed, way.open));
    found
}

fn narrowed(part: &PartGrounds) -> Option<Need> {
    part.arises
        .clone()
        .map(|ground| need(NeedRole::Arises, ground))
}

/// The test of a part: `broken` is what the judgement says of it, whatever the sort of the test.
fn tested(part: &PartGrounds, role: NeedRole) -> Option<Need> {
    let ground = part.test.clone()?;
    let truth = if role == NeedRole::Kept {
        part.broken.negate()
    } else {
        part.broken
    };
    Some(Need {
        role,
        truth,
        ground,
    })
}

fn need(role: NeedRole, ground: Ground) -> Need {
    let truth = super::decisive::truth_of(&ground.lines);
    Need {
        role,
        truth,
        ground,
    }
}

impl Need {
    /// Whether its lines must hold for it to be as needed.
    #[must_use]
    pub fn wants_lines(&self, world: &WorldJudged<'_>) -> bool {
        let met = |origin: Origin| match origin {
            Origin::Test(norm, part) => matches!(
                world.judged.book().norms[norm].parts[part].test,
                crate::rulebook::Test::Met(_)
            ),
            _ => false,
        };
        match self.role {
            NeedRole::Rule | NeedRole::Arises | NeedRole::Acts(_) => true,
            NeedRole::Silent(_) => false,
            NeedRole::Broken => !met(self.ground.origin),
            NeedRole::Kept => met(self.ground.origin),
        }
    }

    /// The lines that keep it from being as needed: that fail where they must hold; where they must not, all that hold.
    #[must_use]
    pub fn against(&self, world: &WorldJudged<'_>) -> Vec<&Evidence> {
        if self.wants_lines(world) {
            let fails = |line: &&Evidence| matches!(line.truth, Some(Truth::False) | None);
            self.ground.lines.iter().filter(fails).collect()
        } else if self.truth == Truth::False {
            deciding(&self.ground.lines, Truth::True)
        } else {
            Vec::new()
        }
    }

    fn cost(&self, world: &WorldJudged<'_>) -> (usize, usize) {
        if self.wants_lines(world) {
            let lines = self.ground.lines.iter();
            let open = lines
                .filter(|line| line.truth == Some(Truth::Unknown))
                .count();
            (self.against(world).len(), open)
        } else {
            (
                usize::from(self.truth == Truth::False),
                usize::from(self.truth == Truth::Unknown),
            )
        }
    }
}

fn way(world: &WorldJudged<'_>, steps: Vec<Need>, depth: usize) -> Way {
    let mut cost = (0, 0);
    for step in &steps {
        let own = step.cost(world);
        cost = (cost.0 + own.0, cost.1 + own.1);
    }
    let failing = |step: &&Need| step.truth == Truth::False && step.wants_lines(world);
    let is_open = |step: &&Need| step.truth == Truth::Unknown;
    let failed = steps.iter().any(|step| step.truth == Truth::False);
    let first = match failed {
        true => steps.iter().find(failing),
        false => steps.iter().find(is_open),
    };
    let wanted = if failed { Truth::False } else { Truth::Unknown };
    let below = first.filter(|_| depth > 0).and_then(|step| {
        let mut lines = step.ground.lines.iter();
        let first = lines.find(|line| line.truth == Some(wanted))?;
        below(world, first, depth - 1)
    });
    Way {
        steps,
        failed: cost.0,
        open: cost.1,
        below,
    }
}

/// Why a line fails or is open: the first thing in it that rules or norms decide.
fn below(world: &WorldJudged<'_>, line: &Evidence, depth: usize) -> Option<Below> {
    for part in decisive(line) {
        match part {
            Decisive::Sentence(turning)
                if turning.reading.truth == Truth::Unknown
                    || !turning.must_fail && turning.reading.truth == Truth::False =>
            {
                let ways = of_sentence(world, turning.reading, depth);
                if !ways.is_empty() {
                    return Some(Below::Sentence(turning.reading.clone(), ways));
                }
            }
            Decisive::Verdict(read, statuses, false) => {
                let at = (0..world.judged.verdicts().len()).find(|at| {
                    world.judged.verdicts()[*at].norm == read.norm
                        && world.parties(*at) == read.parties
                })?;
                let wanted = statuses.iter().last()?;
                let ways = of_instance(world, at, read.part, wanted, depth);
                return Some(Below::Verdict(read.clone(), wanted, ways));
            }
            _ => {}
        }
    }
    None
}

/// The ways in which rules could have concluded a sentence, nearest first.
fn of_sentence(world: &WorldJudged<'_>, reading: &Reading, depth: usize) -> Vec<Way> {
    attempts(&world.judged, reading)
        .into_iter()
        .map(|one| {
            let ground = Ground {
                origin: Origin::Rule(one.rule),
                lines: one.lines,
            };
            way(world, vec![need(NeedRole::Rule, ground)], depth)
        })
        .collect()
}
