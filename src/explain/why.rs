//! Why a sentence holds, fails or is open, and which verdicts a question is about. In: a judged world and a target; out: the
//! evidence with the steps that lead to it, the least derivation or another one. Knows no words.

use super::grounds::Ground;
use super::inquiry::WorldJudged;
use super::steps::Steps;
use crate::engine::{Binding, Evidence, Found, Probe, Standing, Thing};
use crate::graph::{Derivation, derivations};
use crate::plan::Origin;
use crate::rulebook::{NormPattern, SentenceId, VarId};
use crate::value::{Idx, IndexVec, Status, ValueId};

/// Most derivations that are looked for.
const MOST: usize = 50;

/// Why a sentence has the truth it has.
#[derive(Clone, Debug)]
pub struct Why {
    /// The sentence.
    pub line: Evidence,
    /// How it and all it rests on came about.
    pub steps: Steps,
    /// Which derivation this is, from 1.
    pub proof: usize,
    /// How many derivations there are.
    pub proofs: usize,
    /// Whether there may be more.
    pub more: bool,
}

/// The verdicts that a pattern matches.
#[derive(Clone, Debug, Default)]
pub struct Matched {
    /// Their positions.
    pub verdicts: Vec<usize>,
}

/// The verdicts of a world that match a pattern; without one, every violated or undecided duty.
#[must_use]
pub fn matching(world: &WorldJudged<'_>, pattern: Option<&NormPattern>) -> Matched {
    let verdicts = world.judged.verdicts();
    let fits = |at: &usize| {
        let verdict = &verdicts[*at];
        match pattern {
            Some(pattern) => {
                let parties = world.parties(*at);
                let agrees = |(wanted, own): (&Option<ValueId>, &Option<Thing>)| {
                    wanted.is_none_or(|wanted| *own == Some(Thing::Value(wanted)))
                };
                verdict.norm == pattern.norm && pattern.parties.iter().zip(&parties).all(agrees)
            }
            None => verdict.statuses.has(Status::Violated),
        }
    };
    Matched {
        verdicts: (0..verdicts.len()).filter(fits).collect(),
    }
}

/// Why a ground sentence has its truth: by its `proof`-th derivation, from 1.
#[must_use]
pub fn why_sentence(
    world: &WorldJudged<'_>,
    sentence: SentenceId,
    values: &[Option<ValueId>],
    proof: usize,
) -> Why {
    let run = world.judged.run();
    let none = IndexVec::new();
    let slots: Vec<Option<Thing>> = values.iter().map(|value| value.map(Thing::Value)).collect();
    let reading = Probe::new(run, &none).read(sentence, &slots);
    let derived = reading.standing == Standing::Derived;
    let all: Vec<Derivation> = world
        .graph
        .fact(&world.judged, &reading)
        .filter(|_| derived)
        .map(|fact| derivations(&world.graph, fact, MOST.max(proof)))
        .unwrap_or_default();
    let line = Evidence {
        line: 0,
        unless: false,
        truth: Some(reading.truth),
        found: Found::Sentence {
            negated: false,
            opposite: false,
            reading,
        },
    };
    let mut steps = world.steps.clone();
    steps.take(&world.judged, &world.graph, std::slice::from_ref(&line));
    let proof = proof.clamp(1, all.len().max(1));
    if let Some(derivation) = all.get(proof - 1) {
        for step in &derivation.steps {
            let lines = &world.graph.instances[step.by].lines;
            steps.take(&world.judged, &world.graph, lines);
        }
        steps = steps.with(&world.graph, derivation);
    }
    Why {
        line,
        steps,
        proof,
        proofs: all.len(),
        more: all.len() >= MOST.max(proof),
    }
}

/// Why a norm does not arise for some parties: its lines under the binding that meets most, and that binding.
#[must_use]
pub fn arising(world: &WorldJudged<'_>, pattern: &NormPattern) -> (Ground, Binding) {
    let run = world.judged.run();
    let norm = &run.book.norms[pattern.norm];
    let mut binding: Vec<Option<Thing>> = vec![None; norm.vars.len()];
    for (party, value) in norm.parties.iter().zip(&pattern.parties) {
        binding[party.var.index()] = value.map(Thing::Value);
    }
    let parties: Vec<VarId> = norm.parties.iter().map(|party| party.var).collect();
    let nearest = Probe::new(run, &norm.vars).nearest(&norm.arises, &parties, &binding);
    let ground = Ground {
        origin: Origin::Arises(pattern.norm),
        lines: nearest.lines,
    };
    (ground, nearest.binding)
}
