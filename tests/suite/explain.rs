//! Explanations: what the probe sees is what the engine did; every construct shows; questions, changes and next steps are right.

use crate::run::root;
use fiducia::engine::{Journal, Limits, Memory};
use fiducia::graph::FactGraph;
use fiducia::judge;
use fiducia::session::{Opening, Session};
use fiducia::value::Truth;

/// The rulebook with the sample's cases, and that with the built-in ones.
fn sessions() -> Vec<Session> {
    vec![
        Session::open(&Opening {
            paths: vec![root().join("tests/fixtures/sample.fid")],
            ..Opening::default()
        }),
        Session::open(&Opening::default()),
    ]
}

#[test]
fn the_probe_agrees_with_every_firing() {
    let mut instances = 0;
    let mut unknown = 0;
    for session in sessions() {
        for opened in &session.books {
            let (Some(book), Some(plan)) = (&opened.rulebook, &opened.plan) else {
                continue;
            };
            for found in &opened.cases {
                for world in judge::worlds(&book.vocabulary, &found.case) {
                    let judged = judge::judge::<Journal>(
                        book,
                        plan,
                        &world.record,
                        Memory::default(),
                        Limits::default(),
                    );
                    let graph = FactGraph::of(&judged);
                    for instance in &graph.instances {
                        let each = instance
                            .lines
                            .iter()
                            .map(|line| line.truth.unwrap_or(Truth::False));
                        assert_eq!(
                            each.fold(Truth::True, Truth::and),
                            instance.truth,
                            "{:?} in {:?} under {:?}:\n{:#?}",
                            instance.origin,
                            found.case.name,
                            instance.binding,
                            instance.lines
                        );
                        instances += 1;
                        unknown += usize::from(instance.truth == Truth::Unknown);
                    }
                }
            }
        }
    }
    println!("{instances} instances, {unknown} of them unknown");
    assert!(
        instances > 100 && unknown > 10,
        "{instances} instances, {unknown} unknown"
    );
}
