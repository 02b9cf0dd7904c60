//! What a bank of cases tests of a rulebook: each block, each of its conditions, and each defeat. In: a plan and cases; out:
//! [`Coverage`]. A condition is tried where it decides: under a binding in which every other line of its body holds. Knows no
//! words.

use super::openness::{Openness, computes};
use crate::engine::{Binding, Journal, Limits, Memory, Probe, Recorder, Run, Silent};
use crate::graph::{Block, block};
use crate::judge::{self, Judgement, World};
use crate::plan::{BlockId, Origin, Plan, RelId, vars_of};
use crate::rulebook::{Case, Condition, Line, Rulebook, VarId, VerdictOf};
use crate::text::Span;
use crate::value::{StatusSet, Truth};
use std::collections::BTreeSet;

/// Most bindings of a body's other lines under which one condition is looked at, in one world.
const MOST_BINDINGS: usize = 200;

/// What was tried, and whether it was met. `None`: it cannot be, so that nobody misses it.
pub type Tried = Option<bool>;

/// What a bank tests of one rulebook.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    /// Cases judged.
    pub cases: usize,
    /// Their worlds: the case itself, and each option and supposition.
    pub worlds: usize,
    /// Cases that could not be judged, by name.
    pub not_judged: Vec<String>,
    /// Blocks, in the order of the rulebook.
    pub blocks: Vec<BlockCovered>,
}

/// A rule, norm, exemption, excuse or priority.
#[derive(Clone, Debug)]
pub struct BlockCovered {
    /// Which.
    pub block: BlockId,
    /// Whether without it some verdict or finding of the bank would be another. Of a norm nobody asks.
    pub decisive: Tried,
    /// Its bodies: one, or for a norm when it arises and each part's.
    pub bodies: Vec<BodyCovered>,
}

/// A body.
#[derive(Clone, Debug)]
pub struct BodyCovered {
    /// Where it was written.
    pub origin: Origin,
    /// Whether it surely held.
    pub fired: Tried,
    /// Whether one line alone kept it from holding.
    pub blocked: Tried,
    /// Whether it was left open.
    pub unknown: Tried,
    /// Its lines.
    pub lines: Vec<LineCovered>,
}

/// A condition, tried where it decides.
#[derive(Clone, Debug)]
pub struct LineCovered {
    /// Where it was written.
    pub span: Span,
    /// Whether it was true there.
    pub holds: Tried,
    /// Whether it was false there.
    pub fails: Tried,
    /// Whether it was unknown there.
    pub unknown: Tried,
}

impl Coverage {
    /// What was met, and what there is to meet.
    #[must_use]
    pub fn met(&self) -> (usize, usize) {
        let goals = self.blocks.iter().flat_map(BlockCovered::goals);
        goals.fold((0, 0), |(met, all), goal| {
            (met + usize::from(goal), all + 1)
        })
    }

    /// The blocks that miss something: first those that never act, of which nobody knows anything.
    #[must_use]
    pub fn missing(&self) -> Vec<&BlockCovered> {
        let missing = self.blocks.iter().filter(|block| !block.is_whole());
        let (mut never, partly): (Vec<_>, Vec<_>) = missing.partition(|block| block.never_fired());
        never.extend(partly);
        never
    }

    /// What was met, in whole percent, rounded down. Of nothing to meet, all is met.
    #[must_use]
    pub fn percent(&self) -> usize {
        let (met, all) = self.met();
        (met * 100).checked_div(all).unwrap_or(100)
    }
}

impl BlockCovered {
    /// What there is to meet, and whether it was.
    pub fn goals(&self) -> impl Iterator<Item = bool> + '_ {
        let bodies = self.bodies.iter().flat_map(|body| {
            let lines = body.lines.iter();
            let lines = lines.flat_map(|line| [line.holds, line.fails, line.unknown]);
            [body.fired, body.blocked, body.unknown]
                .into_iter()
                .chain(lines)
        });
        std::iter::once(self.decisive).chain(bodies).flatten()
    }

    /// Whether some body of it never acts.
    #[must_use]
    pub fn never_fired(&self) -> bool {
        self.bodies.iter().any(|body| body.fired == Some(false))
    }

    /// Whether nothing is missed.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.goals().all(|goal| goal)
    }
}

/// What these cases test of a rulebook.
#[must_use]
pub fn cover<'c>(
    book: &Rulebook,
    plan: &Plan,
    cases: impl Iterator<Item = &'c Case>,
    limits: Limits<'_>,
) -> Coverage {
    let openness = Openness::of(book);
    let mut coverage = Coverage {
        blocks: BlockId::all(book)
            .into_iter()
            .map(|id| empty(book, &openness, id))
            .collect(),
        ..Coverage::default()
    };
    let mut fires: Vec<Vec<(usize, usize)>> = vec![Vec::new(); coverage.blocks.len()];
    let mut worlds: Vec<Vec<World>> = Vec::new();
    for case in cases {
        let own = judge::worlds(&book.vocabulary, case);
        let mut sound = true;
        for (at, world) in own.iter().enumerate() {
            let memory = Memory::<Journal>::default();
            let judged = judge::judge(book, plan, &world.record, memory, limits);
            sound &= judged.faults().is_empty() && judged.stopped().is_none();
            if sound {
                let fired = look(judged.run(), &mut coverage.blocks);
                for block in fired {
                    fires[block].push((worlds.len(), at));
                }
                coverage.worlds += 1;
            }
        }
        if sound {
            coverage.cases += 1;
        } else {
            coverage.not_judged.push(case.name.clone());
        }
        worlds.push(own);
    }
    for (block, fired) in coverage.blocks.iter_mut().zip(&fires) {
        if block.decisive.is_some() && !fired.is_empty() {
            let without = plan.without(block.block);
            let decides = |(case, world): &(usize, usize)| {
                let record = &worlds[*case][*world].record;
                let of = |plan| {
                    let memory = Memory::<Silent>::default();
                    comes_to(&judge::judge(book, plan, record, memory, limits))
                };
                of(plan) != of(&without)
            };
            block.decisive = Some(fired.iter().any(decides));
        }
    }
    coverage
}

/// The verdicts and findings of a judgement, to be compared with those of another.
fn comes_to<R: Recorder>(judged: &Judgement<'_, R>) -> BTreeSet<(u32, bool, Vec<u32>, u16)> {
    let verdicts = judged.verdicts().iter().map(|verdict| {
        let mut of: Vec<u32> = verdict.parties.iter().map(|cell| cell.0).collect();
        of.extend(verdict.parts.iter().map(|part| u32::from(part.statuses.0)));
        (verdict.norm.0, false, of, verdict.statuses.0)
    });
    let findings = judged.findings();
    let findings = findings.iter().map(|finding| {
        let of = finding.cells.iter().map(|cell| cell.0).collect();
        (finding.sentence.0, true, of, finding.truth as u16)
    });
    verdicts.chain(findings).collect()
}

/// A block of which nothing was tried yet.
pub(super) fn empty(book: &Rulebook, openness: &Openness, id: BlockId) -> BlockCovered {
    let origins = match id {
        BlockId::Rule(id) => vec![Origin::Rule(id)],
        BlockId::Defeat(id) => vec![Origin::Defeat(id)],
        BlockId::Priority(id) => vec![Origin::Priority(id)],
        BlockId::Norm(id) => {
            let parts = book.norms[id].parts.iter().enumerate();
            let parts = parts.flat_map(|(at, part)| {
                let narrows = !part.arises.is_empty();
                let narrows = narrows.then_some(Origin::PartArises(id, at));
                narrows.into_iter().chain([Origin::Test(id, at)])
            });
            [Origin::Arises(id)].into_iter().chain(parts).collect()
        }
    };
    let decides = !matches!(id, BlockId::Norm(_));
    BlockCovered {
        block: id,
        decisive: decides.then_some(false),
        bodies: origins
            .into_iter()
            .map(|origin| empty_body(book, openness, origin))
            .collect(),
    }
}

fn empty_body(book: &Rulebook, openness: &Openness, origin: Origin) -> BodyCovered {
    let block = block(book, origin);
    let lines: Vec<LineCovered> = block
        .lines
        .iter()
        .enumerate()
        .map(|(at, line)| {
            let can_fail = !gives_numbers(book, &block, at) && !computes(&line.condition);
            let can_be_open = can_fail && openness.of_line_in(line, &block.lines);
            LineCovered {
                span: line.span,
                holds: Some(false),
                fails: can_fail.then_some(false),
                unknown: can_be_open.then_some(false),
            }
        })
        .collect();
    let any = |what: fn(&LineCovered) -> Tried| lines.iter().any(|line| what(line).is_some());
    BodyCovered {
        origin,
        fired: Some(false),
        blocked: any(|line| line.fails).then_some(false),
        unknown: any(|line| line.unknown).then_some(false),
        lines,
    }
}

/// Whether a line gives a number that another line reads: without it the other cannot be asked.
fn gives_numbers(book: &Rulebook, block: &Block<'_>, at: usize) -> bool {
    let number = |var: &VarId| {
        let kind = block.vars[*var].kind;
        kind.is_none_or(|kind| book.vocabulary.is_number(kind))
    };
    let vars = |line: &Line| {
        let mut vars = Vec::new();
        vars_of(&line.condition, &mut vars);
        vars.retain(number);
        vars
    };
    let own = vars(&block.lines[at]);
    let others = block.lines.iter().enumerate();
    let mut others = others.filter(|(other, _)| *other != at);
    let sentence = matches!(block.lines[at].condition, Condition::Sentence { .. });
    sentence && others.any(|(_, line)| vars(line).iter().any(|var| own.contains(var)))
}

/// Marks what one judgement shows. Says which blocks held or may have held.
pub(super) fn look(run: &Run<'_, Journal>, blocks: &mut [BlockCovered]) -> Vec<usize> {
    let mut fired: BTreeSet<(Origin, bool)> = BTreeSet::new();
    for firing in run.recorder().firings() {
        let origin = run.plan.joins[firing.join].origin;
        fired.insert((origin, firing.truth == Truth::True));
    }
    let mut found = Vec::new();
    for (at, own) in blocks.iter_mut().enumerate() {
        let mut any = false;
        for body in &mut own.bodies {
            // A test fires whether or not the duty arises; what counts is what decides a verdict.
            let is_test = matches!(body.origin, Origin::Test(..));
            let held = fired.contains(&(body.origin, true));
            any |= held || fired.contains(&(body.origin, false));
            if !is_test {
                meet(&mut body.fired, held);
                meet(&mut body.unknown, fired.contains(&(body.origin, false)));
                body.lines
                    .iter_mut()
                    .for_each(|line| meet(&mut line.holds, held));
            }
            try_lines(run, body);
        }
        if any {
            found.push(at);
        }
    }
    found
}

fn meet(goal: &mut Tried, met: bool) {
    if let Some(before) = goal {
        *before |= met;
    }
}

/// Tries each line of a body where every other line holds.
fn try_lines(run: &Run<'_, Journal>, body: &mut BodyCovered) {
    let block = block(run.book, body.origin);
    // A test is read where its part arises.
    let mut first: Vec<Line> = Vec::new();
    if let Origin::Test(id, part) | Origin::PartArises(id, part) = body.origin {
        first.extend(run.book.norms[id].arises.iter().cloned());
        if matches!(body.origin, Origin::Test(..)) {
            first.extend(run.book.norms[id].parts[part].arises.iter().cloned());
        }
    }
    let is_test = matches!(body.origin, Origin::Test(..));
    if is_test && body.fired == Some(false) {
        let all: Vec<Line> = first.iter().chain(block.lines.iter()).cloned().collect();
        if all.iter().all(|line| may_hold(run, line)) {
            let probe = Probe::new(run, block.vars);
            probe.each_solution(&all, &[], &probe.unbound(), &mut |solution| {
                let held = solution.truth == Truth::True;
                meet(&mut body.fired, held);
                meet(&mut body.unknown, !held);
                body.lines
                    .iter_mut()
                    .for_each(|line| meet(&mut line.holds, held));
                held
            });
        }
    }
    for at in 0..body.lines.len() {
        let line = &mut body.lines[at];
        if line.fails != Some(false) && line.unknown != Some(false) {
            continue;
        }
        let own = &block.lines[at];
        let others = block
            .lines
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != at);
        let others: Vec<Line> = first
            .iter()
            .chain(others.map(|(_, line)| line))
            .cloned()
            .collect();
        if !others.iter().all(|line| may_hold(run, line)) {
            continue;
        }
        let wanted = slots_of(run.book, &block, &others, own);
        let probe = Probe::new(run, block.vars);
        let mut seen = 0;
        probe.each_solution(&others, &wanted, &probe.unbound(), &mut |solution| {
            seen += 1;
            if solution.truth == Truth::True {
                let mut binding: Binding = solution.binding.clone();
                let truth = probe.line(at, own, &mut binding).truth;
                meet(&mut line.fails, truth == Some(Truth::False));
                meet(&mut line.unknown, truth == Some(Truth::Unknown));
            }
            seen >= MOST_BINDINGS || (line.fails != Some(false) && line.unknown != Some(false))
        });
        let (fails, unknown) = (line.fails, line.unknown);
        meet(&mut body.blocked, fails == Some(true));
        meet(&mut body.unknown, unknown == Some(true));
    }
}

/// The things a line must be given before it can be asked: its own where it stands by itself, those it shares where it opens
/// a group.
fn slots_of(book: &Rulebook, block: &Block<'_>, others: &[Line], line: &Line) -> Vec<VarId> {
    let mut own = Vec::new();
    vars_of(&line.condition, &mut own);
    let mut shared = Vec::new();
    others
        .iter()
        .for_each(|line| vars_of(&line.condition, &mut shared));
    let simple = !line.unless
        && matches!(
            line.condition,
            Condition::Sentence { .. } | Condition::Compare { .. } | Condition::Verdict { .. }
        );
    own.retain(|var| {
        let kind = block.vars[*var].kind;
        let number = kind.is_none_or(|kind| book.vocabulary.is_number(kind));
        !number && (simple || shared.contains(var))
    });
    own.sort();
    own.dedup();
    own
}

/// Whether a line may hold at all, by what is stored: a quick look before a search.
fn may_hold(run: &Run<'_, Journal>, line: &Line) -> bool {
    match &line.condition {
        _ if line.unless => true,
        Condition::Sentence {
            negated: false,
            atom,
            ..
        } => {
            let rel = RelId(atom.sentence.0);
            let closed = run.plan.relations[rel].world == crate::plan::World::Closed;
            let table = run.table(rel);
            let rows = u32::try_from(table.len()).unwrap_or(u32::MAX);
            !closed || (0..rows).any(|row| table.truth(row) != Truth::False)
        }
        Condition::Verdict {
            negated: false,
            of: VerdictOf::Norm { norm, .. },
            statuses,
            ..
        } => {
            let missing = match run.book.norms[*norm].sort {
                crate::value::NormSort::Concern => crate::value::Status::NotRaised,
                _ => crate::value::Status::NotEngaged,
            };
            let rel = run.plan.norms[*norm].verdict;
            StatusSet::only(missing).meets(*statuses) || !run.table(rel).is_empty()
        }
        _ => true,
    }
}

/// The same of every rulebook that judges some of these cases, in order.
#[must_use]
pub fn by_rulebook<'s>(
    cases: impl Iterator<Item = (&'s Rulebook, &'s Plan, &'s Case)>,
    limits: Limits<'_>,
) -> Vec<(&'s Rulebook, &'s Plan, Coverage)> {
    let mut groups: Vec<(&Rulebook, &Plan, Vec<&Case>)> = Vec::new();
    for (book, plan, case) in cases {
        match groups
            .iter_mut()
            .find(|(known, _, _)| std::ptr::eq(*known, book))
        {
            Some((_, _, own)) => own.push(case),
            None => groups.push((book, plan, vec![case])),
        }
    }
    let covered = groups.into_iter().map(|(book, plan, own)| {
        let coverage = cover(book, plan, own.into_iter(), limits);
        (book, plan, coverage)
    });
    covered.collect()
}
