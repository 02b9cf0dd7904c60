//! For each block that misses something, a case that would test it. In: coverage; out: samples, each judged and found to meet
//! what is missed. Knows no words.

use super::coverage::{BlockCovered, Coverage, empty, look};
use super::draft::{Draft, Want};
use super::openness::Openness;
use super::sample::{Sample, Sampler};
use crate::graph::block;
use crate::plan::{BlockId, Origin, Plan};
use crate::rulebook::{Line, Rulebook, Term};
use std::collections::BTreeMap;

/// Most misses of one block for which a case is looked for.
const MOST_TRIES: usize = 4;

/// What is missed: of which body, and of which line which truth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Miss {
    body: usize,
    origin: Origin,
    line: Option<(usize, Lacks)>,
}

/// The truth that a line never had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lacks {
    True,
    False,
    Unknown,
}

/// A case for each of the first blocks that miss something.
#[must_use]
pub fn skeletons(
    book: &Rulebook,
    plan: &Plan,
    coverage: &Coverage,
    most: Option<usize>,
) -> BTreeMap<BlockId, Sample> {
    let mut sampler = Sampler::new(book, plan);
    let openness = Openness::of(book);
    let missing = coverage.missing();
    let wanted = missing.iter().take(most.unwrap_or(missing.len()));
    let found = wanted.filter_map(|covered| {
        let misses = misses(covered);
        let mut tries = misses.iter().take(MOST_TRIES);
        let sample = tries.find_map(|miss| {
            sampler.find(&|draft| wants(book, draft, *miss), &mut |judged| {
                let mut own = [empty(book, &openness, covered.block)];
                look(judged.run(), &mut own);
                is_met(&own[0], *miss)
            })
        })?;
        Some((covered.block, sample))
    });
    found.collect()
}

fn misses(covered: &BlockCovered) -> Vec<Miss> {
    let mut all = Vec::new();
    for (body, own) in covered.bodies.iter().enumerate() {
        let origin = own.origin;
        let miss = |line| Miss { body, origin, line };
        if own.fired == Some(false) {
            all.push(miss(None));
            continue;
        }
        for (at, line) in own.lines.iter().enumerate() {
            let lacks = [
                (line.holds, Lacks::True),
                (line.fails, Lacks::False),
                (line.unknown, Lacks::Unknown),
            ];
            let lacks = lacks.iter().filter(|(tried, _)| *tried == Some(false));
            all.extend(lacks.map(|(_, lacks)| miss(Some((at, *lacks)))));
        }
    }
    if covered.decisive == Some(false) && all.is_empty() {
        let origin = covered.bodies.first().map(|body| body.origin);
        all.extend(origin.map(|origin| Miss {
            body: 0,
            origin,
            line: None,
        }));
    }
    all
}

fn is_met(own: &BlockCovered, miss: Miss) -> bool {
    let Some(body) = own.bodies.get(miss.body) else {
        return false;
    };
    match miss.line {
        None => body.fired == Some(true),
        Some((at, lacks)) => body.lines.get(at).is_some_and(|line| {
            let tried = match lacks {
                Lacks::True => line.holds,
                Lacks::False => line.fails,
                Lacks::Unknown => line.unknown,
            };
            tried == Some(true)
        }),
    }
}

/// What a case must hold to meet a miss: every other line, and that line as it never was.
fn wants(book: &Rulebook, draft: &mut Draft, miss: Miss) -> Vec<Want> {
    let own = block(book, miss.origin);
    let env = draft.block(own.vars);
    let all = |lines: &[Line], env: usize| -> Vec<Want> {
        lines.iter().map(|line| Want::new(line, env, 0)).collect()
    };
    // A defeat is tried where its duty arises, a test where its part does.
    let mut wants = match miss.origin {
        Origin::Test(id, part) => {
            let norm = &book.norms[id];
            let arises = norm
                .parts
                .get(part)
                .map_or(&[][..], |part| &part.arises[..]);
            [all(&norm.arises, env), all(arises, env)].concat()
        }
        Origin::PartArises(id, _) => all(&book.norms[id].arises, env),
        Origin::Defeat(id) => {
            let defeat = &book.defeats[id];
            let norm = &book.norms[defeat.norm];
            let duty = draft.block(&norm.vars);
            for (own, party) in defeat.parties.iter().zip(&norm.parties) {
                draft.alias(env, *own, duty, party.var);
            }
            all(&norm.arises, duty)
        }
        Origin::Priority(id) => {
            let priority = &book.priorities[id];
            let norm = &book.norms[priority.lower];
            let duty = draft.block(&norm.vars);
            for (term, party) in priority.lower_terms.iter().zip(&norm.parties) {
                if let Term::Var(var) = term {
                    draft.alias(env, *var, duty, party.var);
                }
            }
            all(&norm.arises, duty)
        }
        Origin::Rule(id) => {
            draft.cast_for(book, env, &book.rules[id].head.terms);
            Vec::new()
        }
        Origin::Arises(_) | Origin::Engaged(_) => Vec::new(),
    };
    for (at, line) in own.lines.iter().enumerate() {
        let lacks = miss
            .line
            .filter(|(own, _)| *own == at)
            .map(|(_, lacks)| lacks);
        wants.push(Want {
            holds: lacks != Some(Lacks::False),
            open: lacks == Some(Lacks::Unknown),
            ..Want::new(line, env, 0)
        });
    }
    wants
}
