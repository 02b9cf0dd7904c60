//! What must be known before what: sentences and norms that depend on each other in a circle form one component, and
//! components come in an order in which each finds all it reads. Found by asking, of every two, whether one reaches the
//! other.

use super::outcome::Fault;
use fiducia::rulebook::{Body, Condition, NormId, Rulebook, SentenceId, VerdictOf};
use fiducia::value::Idx;

/// Something that is derived or settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Node {
    /// A sentence (facts too: nothing is above them).
    Sentence(SentenceId),
    /// A duty, ideal or concern with all that defeats it.
    Norm(NormId),
}

/// What one node reads, and whether absence or counting comes into it.
struct Edge {
    from: usize,
    to: usize,
    strict: bool,
}

/// The components in an order in which each reads only itself and earlier ones.
///
/// # Errors
/// A circle through absence.
pub fn components(book: &Rulebook) -> Result<Vec<Vec<Node>>, Fault> {
    let sentences = book.vocabulary.sentences.len();
    let mut nodes: Vec<Node> = book
        .vocabulary
        .sentences
        .ids()
        .map(Node::Sentence)
        .collect();
    nodes.extend(book.norms.ids().map(Node::Norm));
    let edges = edges(book, sentences);
    let mut reaches = vec![vec![false; nodes.len()]; nodes.len()];
    for edge in &edges {
        reaches[edge.from][edge.to] = true;
    }
    for through in 0..nodes.len() {
        for from in 0..nodes.len() {
            if reaches[from][through] {
                let row = reaches[through].clone();
                for (to, reached) in row.into_iter().enumerate() {
                    reaches[from][to] |= reached;
                }
            }
        }
    }
    if edges.iter().any(|e| e.strict && reaches[e.to][e.from]) {
        return Err(Fault::Circle);
    }
    let mut placed = vec![false; nodes.len()];
    let mut order = Vec::new();
    while let Some(next) = (0..nodes.len()).find(|at| {
        let ready = |to: usize| !reaches[*at][to] || placed[to] || reaches[to][*at];
        !placed[*at] && (0..nodes.len()).all(ready)
    }) {
        let with = |at: &usize| *at == next || (reaches[next][*at] && reaches[*at][next]);
        let component: Vec<usize> = (0..nodes.len()).filter(with).collect();
        for at in &component {
            placed[*at] = true;
        }
        order.push(component.into_iter().map(|at| nodes[at]).collect());
    }
    Ok(order)
}

/// Sentences that their rules use again, each group that uses each other together.
pub fn circles(book: &Rulebook) -> Vec<Vec<SentenceId>> {
    let edges = edges(book, book.vocabulary.sentences.len());
    let again = |id: SentenceId| {
        let at = id.index();
        edges.iter().any(|edge| edge.from == at && edge.to == at)
    };
    let all = components(book).unwrap_or_default().into_iter();
    let groups = all.map(|component| {
        let sentences = component.into_iter().filter_map(|node| match node {
            Node::Sentence(id) => Some(id),
            Node::Norm(_) => None,
        });
        sentences.collect::<Vec<SentenceId>>()
    });
    groups
        .filter(|group| group.len() > 1 || group.first().is_some_and(|id| again(*id)))
        .collect()
}

fn edges(book: &Rulebook, sentences: usize) -> Vec<Edge> {
    let mut edges = Vec::new();
    for rule in book.rules.iter() {
        let from = rule.head.sentence.index();
        read(&rule.body, from, sentences, false, &mut edges);
    }
    for (id, norm) in book.norms.enumerated() {
        let from = sentences + id.index();
        read(&norm.arises, from, sentences, true, &mut edges);
        for part in &norm.parts {
            read(&part.arises, from, sentences, true, &mut edges);
            read(part.test.body(), from, sentences, true, &mut edges);
        }
    }
    for defeat in book.defeats.iter() {
        let from = sentences + defeat.norm.index();
        read(&defeat.body, from, sentences, true, &mut edges);
    }
    for priority in book.priorities.iter() {
        let from = sentences + priority.lower.index();
        read(&priority.body, from, sentences, true, &mut edges);
        edges.push(Edge {
            from,
            to: sentences + priority.upper.index(),
            strict: true,
        });
    }
    edges
}

fn read(body: &Body, from: usize, sentences: usize, strict: bool, edges: &mut Vec<Edge>) {
    for line in body {
        let strict = strict || line.unless;
        let mut edge = |to: usize, strict: bool| edges.push(Edge { from, to, strict });
        match &line.condition {
            Condition::Sentence { negated, atom, .. } => {
                edge(atom.sentence.index(), strict || *negated);
            }
            Condition::NotKnown(atom) => edge(atom.sentence.index(), true),
            Condition::Verdict { of, .. } => match of {
                VerdictOf::Norm { norm, .. } => edge(sentences + norm.index(), true),
                VerdictOf::AnyDuty { duties, .. } => {
                    for norm in duties {
                        edge(sentences + norm.index(), true);
                    }
                }
            },
            Condition::Compare { .. } | Condition::Let { .. } => {}
            Condition::AnyOf(bullets) => read(bullets, from, sentences, strict, edges),
            Condition::Fold { body, .. } | Condition::Quantified { body, .. } => {
                read(body, from, sentences, true, edges);
            }
            Condition::Every { body, holds, .. } => {
                read(body, from, sentences, true, edges);
                read(holds, from, sentences, true, edges);
            }
        }
    }
}
