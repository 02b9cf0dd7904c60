//! What depends on what: a petgraph of relations whose condensation gives the strata. In: joins; out: the phases in
//! order, or the cycle through absence told as a diagnostic. Knows no case.

use super::lower::Lowering;
use super::program::{GroupKind, Join, JoinId, Meaning, Origin, Phase, Program, RelId, Step};
use crate::rulebook::{NormId, Rulebook};
use crate::text::{Diagnostic, Span};
use crate::value::{Idx, IndexVec};
use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;
use std::collections::VecDeque;

/// How one relation uses another.
#[derive(Clone, Copy, Debug)]
struct Use {
    /// Through absence, counting, a number or a verdict: the other must be finished first.
    strict: bool,
    /// The body that uses it; `None` for the table of statuses.
    by: Option<JoinId>,
}

/// The graph: node = relation, edge = is used by.
pub struct Dependency {
    graph: DiGraph<RelId, Use>,
}

impl Dependency {
    /// The graph of all joins and tables of statuses.
    #[must_use]
    pub fn of(low: &Lowering<'_>, joins: &IndexVec<JoinId, Join>) -> Self {
        let mut graph = DiGraph::new();
        for rel in low.relations.ids() {
            graph.add_node(rel);
        }
        for (id, join) in joins.enumerated() {
            let mut reads = Vec::new();
            for program in &join.full {
                reads_of(low, program, false, &mut reads);
            }
            reads.sort();
            reads.dedup();
            for (rel, strict) in reads {
                graph.add_edge(
                    node(rel),
                    node(join.head),
                    Use {
                        strict,
                        by: Some(id),
                    },
                );
            }
        }
        for relations in low.norms.iter() {
            let mut from = vec![relations.arises, relations.engaged];
            from.extend(
                relations
                    .parts
                    .iter()
                    .flat_map(|part| [part.arises, part.test]),
            );
            from.extend(
                relations
                    .exemptions
                    .iter()
                    .chain(&relations.excuses)
                    .map(|(_, rel, _)| *rel),
            );
            from.extend(relations.priorities.iter().map(|(_, rel)| *rel));
            for rel in from {
                graph.add_edge(
                    node(rel),
                    node(relations.verdict),
                    Use {
                        strict: true,
                        by: None,
                    },
                );
            }
        }
        Self { graph }
    }

    /// The strata, each a list of relations, in the order in which they can be settled.
    ///
    /// # Errors
    /// A cycle through a strict edge, told in sentences.
    pub fn strata(
        &self,
        book: &Rulebook,
        low: &Lowering<'_>,
        joins: &IndexVec<JoinId, Join>,
    ) -> Result<Vec<Vec<RelId>>, Vec<Diagnostic>> {
        // Not `tarjan_scc`: it recurses and overflows the stack on deep graphs.
        let mut components: Vec<Vec<RelId>> = kosaraju_scc(&self.graph)
            .into_iter()
            .map(|component| {
                let mut rels: Vec<RelId> = component.into_iter().map(|n| self.graph[n]).collect();
                rels.sort();
                rels
            })
            .collect();
        components.reverse();
        let mut component_of = vec![0; self.graph.node_count()];
        for (at, component) in components.iter().enumerate() {
            component
                .iter()
                .for_each(|rel| component_of[rel.index()] = at);
        }
        let mut faults = Vec::new();
        let mut told = vec![false; components.len()];
        for edge in self.graph.edge_references() {
            let (from, to) = (self.graph[edge.source()], self.graph[edge.target()]);
            let at = component_of[from.index()];
            if edge.weight().strict && at == component_of[to.index()] && !told[at] {
                told[at] = true;
                faults.push(self.cycle(
                    book,
                    low,
                    joins,
                    edge.source(),
                    edge.target(),
                    *edge.weight(),
                ));
            }
        }
        if faults.is_empty() {
            Ok(components)
        } else {
            Err(faults)
        }
    }

    /// The shortest way back from the target of a strict edge to its source, in sentences.
    fn cycle(
        &self,
        book: &Rulebook,
        low: &Lowering<'_>,
        joins: &IndexVec<JoinId, Join>,
        source: NodeIndex,
        target: NodeIndex,
        strict: Use,
    ) -> Diagnostic {
        let mut came: Vec<Option<(NodeIndex, Use)>> = vec![None; self.graph.node_count()];
        let mut queue = VecDeque::from([target]);
        while let Some(at) = queue.pop_front() {
            if at == source {
                break;
            }
            for edge in self.graph.edges(at) {
                if came[edge.target().index()].is_none() && edge.target() != target {
                    came[edge.target().index()] = Some((at, *edge.weight()));
                    queue.push_back(edge.target());
                }
            }
        }
        let mut steps = vec![(source, target, strict)];
        let mut back = Vec::new();
        let mut at = source;
        while at != target {
            let Some((from, by)) = came[at.index()] else {
                break;
            };
            back.push((from, at, by));
            at = from;
        }
        back.reverse();
        steps.extend(back);
        let mut message = format!(
            "{} would depend on its own absence, number or count: ",
            name(book, low, self.graph[target])
        );
        let mut places: Vec<Span> = Vec::new();
        for (at, (from, to, by)) in steps.iter().enumerate() {
            let (from, to) = (
                name(book, low, self.graph[*from]),
                name(book, low, self.graph[*to]),
            );
            let how = if by.strict {
                "is settled only after"
            } else {
                "follows from"
            };
            message.push_str(&format!(
                "{}{to} {how} {from}",
                if at == 0 { "" } else { "; " }
            ));
            places.extend(by.by.map(|join| place(book, joins[join].origin)));
        }
        places.dedup();
        let first = places
            .first()
            .copied()
            .unwrap_or_else(|| norm_place(book, low, self.graph[target]));
        let mut diagnostic = Diagnostic::new("O001", first, message)
            .saying("this block closes the circle")
            .help("break the circle: one of these blocks must not ask about the other's absence, number, count or verdict");
        for place in places.into_iter().skip(1) {
            diagnostic = diagnostic.also(place, "and this one");
        }
        diagnostic
    }

    /// The phases: relations of a stratum are filled together.
    #[must_use]
    pub fn phases(
        low: &Lowering<'_>,
        joins: &IndexVec<JoinId, Join>,
        strata: &[Vec<RelId>],
        recursive: &[bool],
    ) -> Vec<Phase> {
        let mut into: IndexVec<RelId, Vec<JoinId>> =
            low.relations.ids().map(|_| Vec::new()).collect();
        for (id, join) in joins.enumerated() {
            into[join.head].push(id);
        }
        let mut phases: Vec<Phase> = Vec::new();
        for (at, stratum) in strata.iter().enumerate() {
            if let [rel] = stratum[..]
                && let Meaning::Verdict(norm) = low.relations[rel].meaning
            {
                phases.push(Phase::Settle(norm));
                continue;
            }
            let mut of: Vec<JoinId> = stratum
                .iter()
                .flat_map(|rel| &into[*rel])
                .copied()
                .collect();
            of.sort();
            if of.is_empty() {
                continue;
            }
            match phases.last_mut() {
                Some(Phase::Once(before)) if !recursive[at] => before.extend(of),
                _ if recursive[at] => phases.push(Phase::Fixpoint(of)),
                _ => phases.push(Phase::Once(of)),
            }
        }
        phases
    }

    /// Whether a stratum's relations read each other.
    #[must_use]
    pub fn is_recursive(&self, stratum: &[RelId]) -> bool {
        stratum.len() > 1
            || stratum
                .first()
                .is_some_and(|rel| self.graph.find_edge(node(*rel), node(*rel)).is_some())
    }
}

fn node(rel: RelId) -> NodeIndex {
    NodeIndex::new(rel.index())
}

/// The relations a program reads, and whether strictly.
fn reads_of(low: &Lowering<'_>, program: &Program, strict: bool, into: &mut Vec<(RelId, bool)>) {
    for step in &program.steps {
        match step {
            Step::Scan(scan) => {
                into.push((scan.rel, strict || scan.anchor || has_value(low, scan.rel)))
            }
            Step::Look(look) => {
                into.push((look.rel, strict || look.negated || has_value(low, look.rel)))
            }
            Step::NotKnown { rel, .. } => into.push((*rel, true)),
            Step::Status(read) => into.push((read.scan.rel, true)),
            Step::Group(group) => {
                let any = matches!(group.kind, GroupKind::Any);
                group
                    .programs
                    .iter()
                    .for_each(|program| reads_of(low, program, strict || !any, into));
                if let GroupKind::Every(holds) = &group.kind {
                    holds
                        .iter()
                        .for_each(|program| reads_of(low, program, true, into));
                }
            }
            Step::Domain { .. } | Step::Compare(_) | Step::Let { .. } | Step::IsA { .. } => {}
        }
    }
}

/// A number is read only when no rule can widen it any more.
fn has_value(low: &Lowering<'_>, rel: RelId) -> bool {
    let relation = &low.relations[rel];
    relation.derived && relation.key.count_ones() as usize != relation.arity
}

/// How a relation is spoken of.
pub fn name(book: &Rulebook, low: &Lowering<'_>, rel: RelId) -> String {
    let norm = |id: NormId| format!("{} \"{}\"", book.norms[id].sort.word(), book.norms[id].name);
    match low.relations[rel].meaning {
        Meaning::Sentence(id) => format!("\"{}\"", book.vocabulary.sentences[id].key()),
        Meaning::Arises(id)
        | Meaning::Engaged(id)
        | Meaning::PartArises(id, _)
        | Meaning::Test(id, _)
        | Meaning::Verdict(id) => norm(id),
        Meaning::Defeat(id) => format!("\"{}\"", book.defeats[id].name),
        Meaning::Priority(id) => format!("priority \"{}\"", book.priorities[id].name),
    }
}

fn place(book: &Rulebook, origin: Origin) -> Span {
    match origin {
        Origin::Rule(id) => book.rules[id].span,
        Origin::Arises(id)
        | Origin::Engaged(id)
        | Origin::PartArises(id, _)
        | Origin::Test(id, _) => book.norms[id].span,
        Origin::Defeat(id) => book.defeats[id].span,
        Origin::Priority(id) => book.priorities[id].span,
    }
}

/// Where what a relation stands for was declared.
pub fn norm_place(book: &Rulebook, low: &Lowering<'_>, rel: RelId) -> Span {
    match low.relations[rel].meaning {
        Meaning::Sentence(id) => book.vocabulary.sentences[id].span,
        Meaning::Arises(id)
        | Meaning::Engaged(id)
        | Meaning::PartArises(id, _)
        | Meaning::Test(id, _)
        | Meaning::Verdict(id) => book.norms[id].span,
        Meaning::Defeat(id) => book.defeats[id].span,
        Meaning::Priority(id) => book.priorities[id].span,
    }
}
