//! The least derivation of a sentence, and the next ones. In: a fact graph; out: [`Derivation`]s in order of cost. A stated
//! sentence costs one, a step one more than its premises together; equals by rank of first firing. Safe on recursion: no
//! sentence stands above itself. Knows no words.

use super::fact_graph::{FactGraph, Node};
use crate::engine::Standing;
use crate::value::Truth;
use petgraph::graph::NodeIndex;
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A derivation: for each derived sentence in it, the instance that concludes it; premises first, the sentence asked about
/// last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Derivation {
    /// Facts and steps together.
    pub cost: u32,
    /// Its steps.
    pub steps: Vec<Derived>,
}

/// A step of a derivation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Derived {
    /// The sentence concluded.
    pub fact: NodeIndex,
    /// By which instance.
    pub by: usize,
}

/// One way to have a sentence.
#[derive(Clone, Debug)]
struct Way {
    cost: u32,
    /// The instance, and which way of each premise.
    by: (usize, Vec<usize>),
    /// Every sentence in it.
    uses: Vec<NodeIndex>,
}

/// A way that may come next: its cost, the instance's rank, the instance, which way of each premise.
type Next = Reverse<(u32, usize, usize, Vec<usize>)>;

struct Search<'g> {
    graph: &'g FactGraph,
    most: usize,
    ways: FxHashMap<NodeIndex, Vec<Way>>,
    /// For each instance the premises that themselves need a derivation.
    needs: Vec<Vec<NodeIndex>>,
    /// What an instance costs besides those.
    own: Vec<u32>,
    heap: BinaryHeap<Next>,
    seen: FxHashSet<(usize, Vec<usize>)>,
    waiting: FxHashMap<(NodeIndex, usize), Vec<(usize, Vec<usize>)>>,
}

/// The derivations of a sentence, least first, at most `most`. None for what needs no rule, or is false.
#[must_use]
pub fn derivations(graph: &FactGraph, fact: NodeIndex, most: usize) -> Vec<Derivation> {
    let mut search = Search::new(graph, most.max(1));
    search.run(Some(fact));
    let ways = search.ways.get(&fact).map_or(0, Vec::len);
    (0..ways)
        .map(|rank| {
            let mut steps = Vec::new();
            search.unfold(fact, rank, &mut steps);
            let cost = search.ways[&fact][rank].cost;
            Derivation { cost, steps }
        })
        .filter(|derivation| !derivation.steps.is_empty())
        .collect()
}

/// For each sentence that rules conclude, the instance of its least derivation.
#[must_use]
pub fn least(graph: &FactGraph) -> FxHashMap<NodeIndex, usize> {
    let mut search = Search::new(graph, 1);
    search.run(None);
    let first = |(fact, ways): (&NodeIndex, &Vec<Way>)| Some((*fact, ways.first()?.by.0));
    search.ways.iter().filter_map(first).collect()
}

impl<'g> Search<'g> {
    fn new(graph: &'g FactGraph, most: usize) -> Self {
        let mut search = Self {
            graph,
            most,
            ways: FxHashMap::default(),
            needs: Vec::new(),
            own: Vec::new(),
            heap: BinaryHeap::new(),
            seen: FxHashSet::default(),
            waiting: FxHashMap::default(),
        };
        for instance in &graph.instances {
            let needs: Vec<NodeIndex> = instance
                .premises
                .iter()
                .copied()
                .filter(|node| is_derived(graph, *node))
                .collect();
            let others = instance.premises.len() - needs.len();
            search
                .own
                .push(1 + u32::try_from(others).unwrap_or(u32::MAX - 1));
            search.needs.push(needs);
        }
        search
    }

    fn run(&mut self, target: Option<NodeIndex>) {
        for at in 0..self.needs.len() {
            self.offer(at, vec![0; self.needs[at].len()]);
        }
        while let Some(Reverse((cost, _, at, ranks))) = self.heap.pop() {
            let Some(head) = self.graph.instances[at].head else {
                continue;
            };
            if self.ways.get(&head).map_or(0, Vec::len) >= self.most {
                continue;
            }
            for position in 0..ranks.len() {
                let mut next = ranks.clone();
                next[position] += 1;
                self.offer(at, next);
            }
            let mut uses = vec![head];
            for (need, rank) in self.needs[at].iter().zip(&ranks) {
                uses.extend(&self.ways[need][*rank].uses);
            }
            if uses[1..].contains(&head) {
                continue;
            }
            uses.sort();
            uses.dedup();
            let ways = self.ways.entry(head).or_default();
            ways.push(Way {
                cost,
                by: (at, ranks),
                uses,
            });
            let place = ways.len() - 1;
            if Some(head) == target && place + 1 == self.most {
                return;
            }
            self.arrived(head, place);
        }
    }

    /// Puts a way into the heap as soon as all its premises have theirs.
    fn offer(&mut self, at: usize, ranks: Vec<usize>) {
        if !self.counts(at) {
            return;
        }
        let missing = self.needs[at]
            .iter()
            .zip(&ranks)
            .find(|(need, rank)| self.ways.get(need).map_or(0, Vec::len) <= **rank);
        if let Some((need, rank)) = missing {
            let waiting = self.waiting.entry((*need, *rank)).or_default();
            waiting.push((at, ranks));
            return;
        }
        if !self.seen.insert((at, ranks.clone())) {
            return;
        }
        let cost = self.needs[at]
            .iter()
            .zip(&ranks)
            .map(|(need, rank)| self.ways[need][*rank].cost)
            .fold(self.own[at], u32::saturating_add);
        self.heap
            .push(Reverse((cost, self.graph.instances[at].rank, at, ranks)));
    }

    /// Whether an instance concludes a sentence as surely as it is known.
    fn counts(&self, at: usize) -> bool {
        let instance = &self.graph.instances[at];
        let reading = instance.head.and_then(|head| self.graph.reading(head));
        reading.is_some_and(|reading| {
            reading.standing == Standing::Derived
                && (reading.truth != Truth::True || instance.truth == Truth::True)
        })
    }

    fn arrived(&mut self, fact: NodeIndex, place: usize) {
        for (at, ranks) in self.waiting.remove(&(fact, place)).unwrap_or_default() {
            self.offer(at, ranks);
        }
    }

    fn unfold(&self, fact: NodeIndex, rank: usize, steps: &mut Vec<Derived>) {
        if steps.iter().any(|step| step.fact == fact) {
            return;
        }
        if let Some((by, ranks)) = self
            .ways
            .get(&fact)
            .and_then(|ways| ways.get(rank))
            .map(|way| &way.by)
        {
            for (need, rank) in self.needs[*by].iter().zip(ranks) {
                self.unfold(*need, *rank, steps);
            }
            if !steps.iter().any(|step| step.fact == fact) {
                steps.push(Derived { fact, by: *by });
            }
        }
    }
}

/// Whether a premise holds, or may hold, only because some rule concludes it.
fn is_derived(graph: &FactGraph, node: NodeIndex) -> bool {
    match &graph.graph[node] {
        Node::Sentence(reading) => {
            reading.standing == Standing::Derived && reading.truth != Truth::False
        }
        Node::Instance(_) | Node::Verdict(_) => false,
    }
}
