//! The fact graph: sentences, rule instances and verdicts, and how they bear on each other. In: a judgement with its journal;
//! out: a [`FactGraph`]. The premises of an instance are its block's lines under its binding. Knows no question.

use super::block::{block, given_numbers, head_vars, join_of, outer_vars};
use crate::engine::{Binding, Evidence, Found, Journal, Probe, Reading, Recorder, Standing, Thing};
use crate::judge::Judgement;
use crate::plan::{JoinId, Meaning, Origin, RelId};
use crate::rulebook::{DefeatSort, NormId, SentenceId, VarId};
use crate::value::{Idx, Truth};
use petgraph::graph::{DiGraph, NodeIndex};
use rustc_hash::FxHashMap;

/// A node.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// A ground sentence.
    Sentence(Fact),
    /// A body that fired, by position in [`FactGraph::instances`].
    Instance(usize),
    /// A verdict, by position in the judgement's.
    Verdict(usize),
}

/// A ground sentence with its truth.
pub type Fact = Reading;

/// How one node bears on another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// A sentence or verdict holds up a line of an instance, or an instance what it concludes (then the line is 0).
    Supports {
        /// The line, from 0.
        line: usize,
    },
    /// A sentence would stop an instance if it held: a line demands that it fails.
    Blocks {
        /// The line, from 0.
        line: usize,
    },
    /// An exemption acts on a duty.
    Exempts,
    /// An excuse acts on a duty.
    Excuses,
    /// A duty outranks through a priority, and a priority acts on a duty.
    Outranks,
    /// A duty follows on the verdict of another.
    Follows,
}

/// A body that fired under one binding.
#[derive(Clone, Debug)]
pub struct Instance {
    /// Which body.
    pub join: JoinId,
    /// Where it was written.
    pub origin: Origin,
    /// Its variables; those local to a group are unbound.
    pub binding: Binding,
    /// True or unknown.
    pub truth: Truth,
    /// Position of its first firing in the journal.
    pub rank: usize,
    /// Its lines.
    pub lines: Vec<Evidence>,
    /// What it concludes, where that is a sentence.
    pub head: Option<NodeIndex>,
    /// The sentences and verdicts it rests on.
    pub premises: Vec<NodeIndex>,
}

/// The fact graph of one judged record.
#[derive(Clone, Debug, Default)]
pub struct FactGraph {
    /// The graph.
    pub graph: DiGraph<Node, Edge>,
    /// Bodies that fired, by order of first firing.
    pub instances: Vec<Instance>,
    facts: FxHashMap<FactKey, NodeIndex>,
    verdicts: Vec<NodeIndex>,
}

/// What makes a sentence one node: its slots, numbers apart.
type FactKey = (SentenceId, Vec<Option<Thing>>);

impl FactGraph {
    /// The graph of a judgement.
    #[must_use]
    pub fn of(judged: &Judgement<'_, Journal>) -> Self {
        let mut build = Build {
            judged,
            graph: Self::default(),
        };
        for at in 0..judged.verdicts().len() {
            let node = build.graph.graph.add_node(Node::Verdict(at));
            build.graph.verdicts.push(node);
        }
        build.instances();
        for at in 0..build.graph.instances.len() {
            build.connect(at);
        }
        build.graph
    }

    /// The node of a sentence, if it bears on anything.
    #[must_use]
    pub fn fact(&self, judged: &Judgement<'_, Journal>, reading: &Reading) -> Option<NodeIndex> {
        self.facts.get(&key_of(judged, reading)).copied()
    }

    /// The node of a verdict.
    #[must_use]
    pub fn verdict(&self, at: usize) -> Option<NodeIndex> {
        self.verdicts.get(at).copied()
    }

    /// The instances that conclude a sentence, in order of rank.
    pub fn concluding(&self, fact: NodeIndex) -> impl Iterator<Item = usize> + '_ {
        let concludes =
            move |(at, instance): (usize, &Instance)| (instance.head == Some(fact)).then_some(at);
        self.instances.iter().enumerate().filter_map(concludes)
    }

    /// The sentence of a node.
    #[must_use]
    pub fn reading(&self, node: NodeIndex) -> Option<&Reading> {
        match self.graph.node_weight(node) {
            Some(Node::Sentence(reading)) => Some(reading),
            _ => None,
        }
    }
}

fn key_of(judged: &Judgement<'_, Journal>, reading: &Reading) -> FactKey {
    let key = judged.run().plan.relations[RelId(reading.sentence.0)].key;
    let mut slots = reading.slots.clone();
    for (at, slot) in slots.iter_mut().enumerate() {
        if key >> at & 1 == 0 {
            *slot = None;
        }
    }
    (reading.sentence, slots)
}

struct Build<'j, 'a> {
    judged: &'j Judgement<'a, Journal>,
    graph: FactGraph,
}

impl Build<'_, '_> {
    /// One instance for each body and binding, whatever order its lines were tried in.
    fn instances(&mut self) {
        let run = self.judged.run();
        let mut places: FxHashMap<(JoinId, Binding), usize> = FxHashMap::default();
        // Of the few blocks that fire.
        let mut outer: FxHashMap<JoinId, Vec<VarId>> = FxHashMap::default();
        for (rank, firing) in run.recorder().firings().iter().enumerate() {
            let origin = run.plan.joins[firing.join].origin;
            if matches!(origin, Origin::Engaged(_)) {
                continue;
            }
            let block = block(run.book, origin);
            let mut binding: Binding = vec![None; block.vars.len()];
            let registers = run.recorder().registers(firing);
            let outer = outer
                .entry(firing.join)
                .or_insert_with(|| outer_vars(&block, &run.plan.joins[firing.join]));
            for var in outer.iter() {
                if let (Some(slot), Some(cell)) =
                    (binding.get_mut(var.index()), registers.get(var.index()))
                {
                    *slot = run.thing(*cell);
                }
            }
            match places.get(&(firing.join, binding.clone())) {
                Some(at) => {
                    let instance = &mut self.graph.instances[*at];
                    instance.truth = instance.truth.or(firing.truth);
                }
                None => {
                    places.insert((firing.join, binding.clone()), self.graph.instances.len());
                    let mut asked = binding.clone();
                    for var in given_numbers(&block, run.plan, &run.plan.joins[firing.join]) {
                        asked[var.index()] = None;
                    }
                    let lines = Probe::new(run, block.vars)
                        .nearest(&block.lines, &[], &asked)
                        .lines;
                    self.graph.instances.push(Instance {
                        join: firing.join,
                        origin,
                        binding,
                        truth: firing.truth,
                        rank,
                        lines,
                        head: None,
                        premises: Vec::new(),
                    });
                }
            }
        }
    }

    /// The node of a sentence, made where there is none.
    fn fact(&mut self, reading: &Reading) -> NodeIndex {
        let key = key_of(self.judged, reading);
        if let Some(node) = self.graph.facts.get(&key) {
            return *node;
        }
        let node = self.graph.graph.add_node(Node::Sentence(reading.clone()));
        self.graph.facts.insert(key, node);
        node
    }

    fn connect(&mut self, at: usize) {
        let node = self.graph.graph.add_node(Node::Instance(at));
        let instance = self.graph.instances[at].clone();
        let mut premises = Vec::new();
        for evidence in &instance.lines {
            let mut readings = Vec::new();
            evidence.readings(&mut readings);
            for (reading, must_fail) in readings {
                if reading.standing == Standing::Nothing {
                    continue;
                }
                let fact = self.fact(reading);
                let line = evidence.line;
                let edge = if must_fail {
                    Edge::Blocks { line }
                } else {
                    Edge::Supports { line }
                };
                if !premises.contains(&fact) {
                    premises.push(fact);
                    self.graph.graph.add_edge(fact, node, edge);
                }
            }
            self.verdict_premises(evidence, &instance, node, &mut premises);
        }
        let head = self.conclude(&instance, node);
        let own = &mut self.graph.instances[at];
        own.head = head;
        own.premises = premises;
    }

    fn verdict_premises(
        &mut self,
        evidence: &Evidence,
        instance: &Instance,
        node: NodeIndex,
        premises: &mut Vec<NodeIndex>,
    ) {
        let mut found = Vec::new();
        verdicts_in(&evidence.found, &mut found);
        for (norm, parties) in found {
            let Some(at) = self.verdict_at(norm, &parties) else {
                continue;
            };
            let verdict = self.graph.verdicts[at];
            let follows = match instance.origin {
                Origin::Arises(id) => self.judged.book().norms[id].after && evidence.line == 0,
                _ => false,
            };
            let edge = match instance.origin {
                Origin::Priority(_) if evidence.line == 0 => Edge::Outranks,
                _ if follows => Edge::Follows,
                _ => Edge::Supports {
                    line: evidence.line,
                },
            };
            if !premises.contains(&verdict) {
                premises.push(verdict);
                self.graph.graph.add_edge(verdict, node, edge);
            }
        }
    }

    fn verdict_at(&self, norm: NormId, parties: &[Option<Thing>]) -> Option<usize> {
        let run = self.judged.run();
        self.judged.verdicts().iter().position(|verdict| {
            verdict.norm == norm
                && verdict
                    .parties
                    .iter()
                    .zip(parties)
                    .all(|(cell, thing)| run.thing(*cell) == *thing)
        })
    }

    /// Ties an instance to what it concludes: a sentence, or the verdicts it bears on.
    fn conclude(&mut self, instance: &Instance, node: NodeIndex) -> Option<NodeIndex> {
        let run = self.judged.run();
        let join = &run.plan.joins[instance.join];
        let things: Vec<Option<Thing>> = head_vars(join)
            .iter()
            .zip(&join.head_cols)
            .map(|(var, col)| match (var, col) {
                (Some(var), _) => instance.binding.get(var.index()).copied().flatten(),
                (None, crate::plan::Col::Const(value)) => Some(Thing::Value(*value)),
                (None, _) => None,
            })
            .collect();
        let (norm, edge) = match run.plan.relations[join.head].meaning {
            Meaning::Sentence(sentence) => {
                let key = run.plan.relations[join.head].key;
                let slots: Vec<Option<Thing>> = things
                    .iter()
                    .enumerate()
                    .map(|(at, thing)| thing.filter(|_| key >> at & 1 == 1))
                    .collect();
                let block = block(run.book, instance.origin);
                let reading = Probe::new(run, block.vars).read(sentence, &slots);
                let fact = self.fact(&reading);
                self.graph
                    .graph
                    .add_edge(node, fact, Edge::Supports { line: 0 });
                return Some(fact);
            }
            Meaning::Arises(norm)
            | Meaning::Engaged(norm)
            | Meaning::PartArises(norm, _)
            | Meaning::Test(norm, _)
            | Meaning::Verdict(norm) => (norm, Edge::Supports { line: 0 }),
            Meaning::Defeat(id) => {
                let defeat = &run.book.defeats[id];
                let edge = match defeat.sort {
                    DefeatSort::Exemption => Edge::Exempts,
                    DefeatSort::Excuse => Edge::Excuses,
                };
                (defeat.norm, edge)
            }
            Meaning::Priority(id) => (run.book.priorities[id].lower, Edge::Outranks),
        };
        let width = run.book.norms[norm].parties.len();
        if let Some(at) = self.verdict_at(norm, &things[..width.min(things.len())]) {
            let verdict = self.graph.verdicts[at];
            self.graph.graph.add_edge(node, verdict, edge);
        }
        None
    }
}

/// The instances of norms whose verdicts a condition read.
fn verdicts_in(found: &Found, into: &mut Vec<(NormId, Vec<Option<Thing>>)>) {
    let each = |lines: &[Evidence], into: &mut Vec<(NormId, Vec<Option<Thing>>)>| {
        lines.iter().for_each(|line| verdicts_in(&line.found, into));
    };
    match found {
        Found::Verdict { read, .. } => {
            into.extend(read.iter().map(|one| (one.norm, one.parties.clone())));
        }
        Found::AnyOf(bullets) => each(bullets, into),
        Found::Quantified { members, .. }
        | Found::Fold { members, .. }
        | Found::Every { members, .. } => {
            members.iter().for_each(|member| each(&member.lines, into));
        }
        _ => {}
    }
}

/// The columns of a part's bindings, as variables of the norm's block.
#[must_use]
pub fn columns(
    judged: &Judgement<'_, Journal>,
    origin: Origin,
) -> Vec<Option<crate::rulebook::VarId>> {
    join_of(judged.run().plan, origin).map_or_else(Vec::new, head_vars)
}
