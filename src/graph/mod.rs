//! The fact graph of one judged case: the one thing an explanation reads.
//!
//! In: a judgement with its journal. Out: [`FactGraph`], a petgraph of sentences, rule instances and verdicts, and the least
//! [`Derivation`] of a sentence. This room does not know any question or word.

mod block;
mod derivation;
mod fact_graph;

pub use block::{Block, block, outer_vars};
pub use derivation::{Derivation, Derived, derivations, least};
pub use fact_graph::{Edge, Fact, FactGraph, Instance, Node, columns};
