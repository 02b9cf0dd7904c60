//! Large single cases: what is derived of a graph with thousands of pairs, sure and possible, beside a walk from every node. The
//! generated programs of the other tests are too small for the indexes and bits that such a case is judged with.

use crate::loaded::{Loaded, load};
use fiducia::engine::{Cell, Journal, Limits, Memory, Recorder, Silent, Witness};
use fiducia::judge::judge;
use fiducia::plan::compile;
use fiducia::session::read_line;
use fiducia::value::Truth;
use serde_json::json;

const RULES: &str = r#"rulebook "graph" version "1"

kind Node

facts, false unless stated
  - [one: Node] leads to [other: Node]

concepts
  - [one: Node] reaches [other: Node]

findings
  - [one: Node] can come back to [other: Node]

rule "a step"
  if [one] leads to [other]
  then [one] reaches [other]

rule "a way and a step"
  if [one] reaches [way]
  and [way] leads to [other]
  then [one] reaches [other]

rule "there and back"
  if [one] reaches [other]
  and [other] reaches [one]
  then [one] can come back to [other]
"#;

/// Edges with how sure they are.
fn edges(nodes: usize, random: &mut fastrand::Rng) -> Vec<(usize, usize, Truth)> {
    let mut edges = Vec::new();
    for one in 0..nodes {
        for _ in 0..2 {
            let other = random.usize(..nodes);
            let truth = if random.u8(..4) == 0 {
                Truth::Unknown
            } else {
                Truth::True
            };
            if !edges.iter().any(|(a, b, _)| (*a, *b) == (one, other)) {
                edges.push((one, other, truth));
            }
        }
    }
    edges
}

/// The pairs that some walk over edges at least so sure joins, none of them blocked.
fn walked(
    nodes: usize,
    edges: &[(usize, usize, Truth)],
    sure: bool,
    blocked: &[(usize, usize)],
) -> Vec<bool> {
    let mut found = vec![false; nodes * nodes];
    for start in 0..nodes {
        let mut open = vec![start];
        while let Some(at) = open.pop() {
            for (from, to, truth) in edges {
                let there = start * nodes + to;
                let counts = *from == at && (!sure || *truth == Truth::True);
                if counts && !found[there] && !blocked.contains(&(start, *to)) {
                    found[there] = true;
                    open.push(*to);
                }
            }
        }
    }
    found
}

fn holds<R: Recorder>(seed: u64) -> usize {
    let mut random = fastrand::Rng::with_seed(seed);
    let nodes = 90 + random.usize(..10);
    let edges = edges(nodes, &mut random);
    // Stated before any rule is asked: these pairs fail whatever the rules say.
    let mut maybe = walked(nodes, &edges, false, &[]);
    maybe
        .iter_mut()
        .zip(walked(nodes, &edges, true, &[]))
        .for_each(|(maybe, surely)| *maybe &= !surely);
    let open: Vec<usize> = (0..maybe.len()).filter(|at| maybe[*at]).collect();
    let blocked: Vec<(usize, usize)> = open
        .iter()
        .step_by(200)
        .map(|at| (at / nodes, at % nodes))
        .collect();
    let name = |node: usize| format!("n{node}");
    let rows = |wanted: Truth| -> Vec<[String; 2]> {
        let own = edges.iter().filter(|(_, _, truth)| *truth == wanted);
        own.map(|(a, b, _)| [name(*a), name(*b)]).collect()
    };
    let fails: Vec<[String; 2]> = blocked.iter().map(|(a, b)| [name(*a), name(*b)]).collect();
    let line = json!({"case": "graph", "facts": {"_ leads to _": rows(Truth::True)},
        "unknown": {"_ leads to _": rows(Truth::Unknown)}, "false": {"_ reaches _": fails}});

    let Loaded { book, .. } = load(RULES).expect("it is fine");
    let plan = compile(&book).expect("a plan");
    let case = read_line(&book, &line.to_string()).expect("it is a case");
    let record = case.record(&book.vocabulary, None, None);
    let mut judged = judge(
        &book,
        &plan,
        &record,
        Memory::<R>::default(),
        Limits::default(),
    );
    assert!(judged.faults().is_empty(), "{:?}", judged.faults());
    let (reaches, _) = book.vocabulary.by_key["_ reaches _"];
    let (comes_back, _) = book.vocabulary.by_key["_ can come back to _"];
    let (sure, possible) = (
        walked(nodes, &edges, true, &blocked),
        walked(nodes, &edges, false, &blocked),
    );
    let cell = |node: usize| record.values.find_name(&name(node)).map(Cell::of);
    let mut pairs = 0;
    for one in 0..nodes {
        for other in 0..nodes {
            let (there, back) = (one * nodes + other, other * nodes + one);
            let truth = |at: usize| Truth::of_sets(sure[at], possible[at]);
            let expected = [truth(there), truth(there).and(truth(back))];
            let found = match (cell(one), cell(other)) {
                (Some(a), Some(b)) => [reaches, comes_back].map(|id| judged.truth(id, &[a, b])),
                _ => [Truth::False; 2],
            };
            assert_eq!(found, expected, "seed {seed}: {one} and {other}");
            pairs += usize::from(possible[there]);
        }
    }
    pairs
}

#[test]
fn a_graph_of_thousands_of_pairs_is_what_a_walk_finds() {
    for seed in 0..4 {
        let pairs = holds::<Silent>(seed);
        assert!(pairs > 5000, "seed {seed}: {pairs} pairs are too few");
        assert_eq!(holds::<Witness>(seed), pairs);
    }
    holds::<Journal>(0);
}
