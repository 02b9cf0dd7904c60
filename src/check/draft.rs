//! The rulebook while it is being checked: what is known so far, and every fault found. Knows no order of work.

use crate::rulebook::Rulebook;
use crate::syntax::tree::{Block, Line, Text};
use crate::text::{Diagnostic, Span};
use crate::value::NormSort;
use rustc_hash::FxHashMap;

/// The rulebook so far.
#[derive(Default)]
pub(super) struct Draft {
    /// What is known.
    pub(super) book: Rulebook,
    /// What is wrong.
    pub(super) faults: Vec<Diagnostic>,
    /// Names in use, with their places.
    names: FxHashMap<(Namespace, String), Span>,
}

/// What must not share a name.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Namespace {
    /// Rules.
    Rules,
    /// Duties, or ideals, or concerns.
    Norms(NormSort),
    /// Exemptions, excuses and priorities: an expectation names them by `by`.
    Defeats,
}

impl Draft {
    /// Tells a fault.
    pub(super) fn fault(&mut self, fault: Diagnostic) {
        self.faults.push(fault);
    }

    /// Takes a name, or tells that it is taken.
    pub(super) fn claim(&mut self, space: Namespace, word: &str, name: &Text) -> bool {
        let key = (space, name.node.clone());
        if let Some(first) = self.names.get(&key).copied() {
            let fault = Diagnostic::new(
                "N001",
                name.span,
                format!("The name \"{}\" is taken", name.node),
            )
            .also(first, "taken here")
            .help(format!(
                "Give this {word} another name: a report and a test must be able to tell the two apart."
            ));
            self.fault(fault);
            return false;
        }
        self.names.insert(key, name.span);
        true
    }
}

/// The documentation above a block.
pub(super) fn doc(block: &Block) -> String {
    lines(&block.doc)
}

/// Lines of `##` text as one text.
pub(super) fn lines(doc: &[Line<String>]) -> String {
    let lines: Vec<&str> = doc.iter().map(|line| line.node.as_str()).collect();
    lines.join("\n")
}
