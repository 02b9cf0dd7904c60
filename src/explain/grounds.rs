//! What a verdict rests on: why it arises, why it is kept or broken part by part, and every exemption, excuse and priority
//! with the lines that hold, fail or are unknown. In: a judgement and one of its verdicts; out: its [`Grounds`]. Decides
//! nothing: every truth is the judgement's. Knows no words.

use super::changes::Change;
use super::questions::Question;
use crate::engine::{Binding, Cell, Evidence, Journal, Probe, Run, Solution, Thing};
use crate::graph::{block, columns};
use crate::judge::{Defeater, Judgement, Verdict};
use crate::plan::{Origin, RelId};
use crate::rulebook::{NormId, Term};
use crate::value::{Idx, NormSort, StatusSet, Truth};

/// The lines of a body under a binding.
#[derive(Clone, Debug)]
pub struct Ground {
    /// Where they were written.
    pub origin: Origin,
    /// What they found.
    pub lines: Vec<Evidence>,
}

/// What the verdict on a part rests on.
#[derive(Clone, Debug)]
pub struct PartGrounds {
    /// Position among the norm's parts.
    pub part: usize,
    /// The statuses still possible.
    pub statuses: StatusSet,
    /// Whether it is broken (of an ideal: falls short), as far as it arises.
    pub broken: Truth,
    /// Why the part arises, where it narrows.
    pub arises: Option<Ground>,
    /// The test that decides, under the binding that decides.
    pub test: Option<Ground>,
    /// How many other bindings are broken alike.
    pub others: usize,
}

/// An exemption, excuse or priority that was considered.
#[derive(Clone, Debug)]
pub struct Exception {
    /// Which.
    pub defeater: Defeater,
    /// Whether it acts.
    pub truth: Truth,
    /// The parts it acts on; empty for all.
    pub parts: Vec<usize>,
    /// Its lines, under the binding that meets most.
    pub ground: Ground,
}

/// What a verdict rests on.
#[derive(Clone, Debug)]
pub struct Grounds {
    /// Why it arises.
    pub arises: Ground,
    /// Part by part; a norm without named parts has one, a concern none.
    pub parts: Vec<PartGrounds>,
    /// Every exemption, then every excuse, then every priority over it.
    pub exceptions: Vec<Exception>,
    /// The nearest changes that would have made it otherwise, each judged again.
    pub otherwise: Vec<Change>,
    /// What is not known and matters.
    pub questions: Vec<Question>,
    /// The duties that follow on it and may be engaged, by position among the verdicts.
    pub follow_ons: Vec<usize>,
}

impl Grounds {
    /// Every line, in the order of telling.
    pub fn lines(&self) -> impl Iterator<Item = &Evidence> {
        let parts = self.parts.iter().flat_map(|part| {
            let grounds = part.arises.iter().chain(&part.test);
            grounds.flat_map(|ground| &ground.lines)
        });
        let exceptions = self.exceptions.iter().flat_map(|one| &one.ground.lines);
        self.arises.lines.iter().chain(parts).chain(exceptions)
    }
}

/// The grounds of a verdict; what would be otherwise and what to ask are added by whoever may judge again.
#[must_use]
pub fn grounds(judged: &Judgement<'_, Journal>, at: usize) -> Grounds {
    let verdict = &judged.verdicts()[at];
    let run = judged.run();
    let norm = &run.book.norms[verdict.norm];
    let mut parts: Vec<(PartGrounds, Option<Binding>)> = Vec::new();
    if norm.sort != NormSort::Concern {
        for part in 0..norm.parts.len() {
            parts.push(part_grounds(judged, verdict, part));
        }
    }
    // The binding under which it arises is that of the part that decides.
    let decides = parts
        .iter()
        .max_by_key(|(part, _)| (worst(part.statuses), std::cmp::Reverse(part.part)));
    let binding = decides
        .and_then(|(_, binding)| binding.clone())
        .unwrap_or_else(|| parties_bound(judged, verdict));
    let arises = ground(run, Origin::Arises(verdict.norm), &binding);
    Grounds {
        arises,
        parts: parts.into_iter().map(|(part, _)| part).collect(),
        exceptions: exceptions(judged, verdict),
        otherwise: Vec::new(),
        questions: Vec::new(),
        follow_ons: follow_ons(judged, verdict),
    }
}

fn worst(statuses: StatusSet) -> usize {
    statuses
        .iter()
        .map(|status| status as usize)
        .max()
        .unwrap_or(0)
}

/// The norm's variables with only its parties bound.
fn parties_bound(judged: &Judgement<'_, Journal>, verdict: &Verdict) -> Binding {
    let run = judged.run();
    let norm = &run.book.norms[verdict.norm];
    let mut binding = vec![None; norm.vars.len()];
    for (party, cell) in norm.parties.iter().zip(&verdict.parties) {
        binding[party.var.index()] = run.thing(*cell);
    }
    binding
}

fn ground(run: &Run<'_, Journal>, origin: Origin, binding: &Binding) -> Ground {
    let block = block(run.book, origin);
    let Solution { lines, .. } = Probe::new(run, block.vars).nearest(&block.lines, &[], binding);
    Ground { origin, lines }
}

/// A part, under the binding on which its status turns: surely owed and broken, else possibly, else any.
fn part_grounds(
    judged: &Judgement<'_, Journal>,
    verdict: &Verdict,
    part: usize,
) -> (PartGrounds, Option<Binding>) {
    let run = judged.run();
    let norm = &run.book.norms[verdict.norm];
    let relations = run.plan.norms[verdict.norm].parts[part];
    let origin = Origin::Test(verdict.norm, part);
    let vars = columns(judged, origin);
    let mut found: Vec<(Truth, Binding)> = Vec::new();
    for row in 0..u32::try_from(run.table(relations.arises).len()).unwrap_or(u32::MAX) {
        let cells = run.table(relations.arises).row(row);
        let arises = run.table(relations.arises).truth(row);
        if arises == Truth::False || cells[..verdict.parties.len()] != verdict.parties[..] {
            continue;
        }
        let holds = row_truth(run, relations.test, cells);
        let broken = if relations.met { holds.negate() } else { holds };
        let mut binding: Binding = vec![None; norm.vars.len()];
        for (var, cell) in vars.iter().zip(cells) {
            if let Some(var) = var {
                binding[var.index()] = run.thing(*cell);
            }
        }
        found.push((arises.and(broken), binding));
    }
    let rank = |truth: Truth| match truth {
        Truth::True => 0,
        Truth::Unknown => 1,
        Truth::False => 2,
    };
    let best = found.iter().map(|(truth, _)| rank(*truth)).min();
    let alike = found
        .iter()
        .filter(|(truth, _)| Some(rank(*truth)) == best)
        .count();
    let chosen = found
        .iter()
        .find(|(truth, _)| Some(rank(*truth)) == best)
        .cloned();
    let (broken, binding) = match chosen {
        Some((broken, binding)) => (broken, Some(binding)),
        None => (Truth::False, None),
    };
    let test = binding.as_ref().map(|binding| ground(run, origin, binding));
    let arises = binding
        .as_ref()
        .filter(|_| relations.narrows)
        .map(|binding| ground(run, Origin::PartArises(verdict.norm, part), binding));
    let named = verdict.parts.get(part);
    let grounds = PartGrounds {
        part,
        statuses: named.map_or(verdict.statuses, |part| part.statuses),
        broken,
        arises,
        test,
        others: alike.saturating_sub(1),
    };
    (grounds, binding)
}

fn row_truth(run: &Run<'_, Journal>, rel: RelId, cells: &[Cell]) -> Truth {
    let table = run.table(rel);
    (0..u32::try_from(table.len()).unwrap_or(u32::MAX))
        .find(|row| table.row(*row) == cells)
        .map_or(Truth::False, |row| table.truth(row))
}

fn exceptions(judged: &Judgement<'_, Journal>, verdict: &Verdict) -> Vec<Exception> {
    let run = judged.run();
    let relations = &run.plan.norms[verdict.norm];
    let mut found = Vec::new();
    for (id, rel, parts) in relations.exemptions.iter().chain(&relations.excuses) {
        let defeat = &run.book.defeats[*id];
        let mut binding: Binding = vec![None; defeat.vars.len()];
        for (var, cell) in defeat.parties.iter().zip(&verdict.parties) {
            binding[var.index()] = run.thing(*cell);
        }
        found.push(Exception {
            defeater: Defeater::Defeat(*id),
            truth: row_truth(run, *rel, &verdict.parties),
            parts: parts.clone(),
            ground: ground(run, Origin::Defeat(*id), &binding),
        });
    }
    for (id, rel) in &relations.priorities {
        let priority = &run.book.priorities[*id];
        let mut binding: Binding = vec![None; priority.vars.len()];
        let mut speaks = true;
        for (term, cell) in priority.lower_terms.iter().zip(&verdict.parties) {
            match term {
                Term::Var(var) => binding[var.index()] = run.thing(*cell),
                Term::Value(value) => speaks &= run.thing(*cell) == Some(Thing::Value(*value)),
            }
        }
        if speaks {
            found.push(Exception {
                defeater: Defeater::Priority(*id),
                truth: row_truth(run, *rel, &verdict.parties),
                parts: Vec::new(),
                ground: ground(run, Origin::Priority(*id), &binding),
            });
        }
    }
    found
}

/// Engaged duties whose first condition is a verdict on this one.
fn follow_ons(judged: &Judgement<'_, Journal>, verdict: &Verdict) -> Vec<usize> {
    let run = judged.run();
    let mut found = Vec::new();
    for (norm, terms) in crate::judge::follow_ons(run, verdict.norm) {
        for (at, own) in judged.verdicts().iter().enumerate() {
            if own.norm == norm && agrees(run, norm, terms, own, verdict) {
                found.push(at);
            }
        }
    }
    found
}

fn agrees(
    run: &Run<'_, Journal>,
    norm: NormId,
    terms: &[Term],
    own: &Verdict,
    wanted: &Verdict,
) -> bool {
    let parties = &run.book.norms[norm].parties;
    terms
        .iter()
        .zip(&wanted.parties)
        .all(|(term, wanted)| match term {
            Term::Var(var) => parties
                .iter()
                .position(|party| party.var == *var)
                .is_none_or(|at| own.parties[at] == *wanted),
            Term::Value(value) => wanted.value() == Some(*value),
        })
}
