//! The rulebook while it is being checked: what is known so far, and every fault found. Knows no order of work.

use crate::rulebook::{Norm, NormId, Rulebook, Source, SourceId, Vocabulary};
use crate::syntax::tree::{Block, Line, Text};
use crate::text::{Diagnostic, Span};
use crate::value::{IndexVec, NormSort, Values};
use rustc_hash::FxHashMap;

/// The rulebook so far.
#[derive(Default)]
pub(super) struct Draft {
    /// What is known.
    pub(super) book: Rulebook,
    /// What is wrong.
    pub(super) faults: Vec<Diagnostic>,
    /// Names in use, with their places.
    pub(super) names: FxHashMap<(Namespace, String), Span>,
}

/// What the lines of a block are read with once every head is known: blocks need not wait for each other.
pub(super) struct Desk<'a> {
    /// Kinds and sentences.
    pub(super) vocabulary: &'a Vocabulary,
    /// Duties, ideals and concerns, with their parties and parts.
    pub(super) norms: &'a IndexVec<NormId, Norm>,
    /// Sources.
    pub(super) sources: &'a IndexVec<SourceId, Source>,
    /// Values.
    pub(super) values: &'a mut Values,
    /// What is wrong.
    pub(super) faults: &'a mut Vec<Diagnostic>,
}

impl Desk<'_> {
    /// Tells a fault.
    pub(super) fn fault(&mut self, fault: Diagnostic) {
        self.faults.push(fault);
    }

    /// Reads each item, half of them on another thread where one is free, with the same outcome: a half that finds a value
    /// nobody named before is read again in its turn, because values are numbered in order.
    pub(super) fn each<T: Sync, R: Send>(
        &mut self,
        items: &[T],
        read: impl Fn(&mut Desk<'_>, &T) -> R + Sync,
    ) -> Vec<R> {
        if items.len() < FEW {
            return items.iter().map(|item| read(self, item)).collect();
        }
        let (first, second) = items.split_at(items.len() / 2);
        let (vocabulary, norms, sources) = (self.vocabulary, self.norms, self.sources);
        let (mut values, known) = (self.values.clone(), self.values.len());
        let (mut all, apart) = rayon::join(
            || {
                let mut all = Vec::with_capacity(items.len());
                all.extend(first.iter().map(|item| read(self, item)));
                all
            },
            || {
                let mut faults = Vec::new();
                let mut desk = Desk {
                    vocabulary,
                    norms,
                    sources,
                    values: &mut values,
                    faults: &mut faults,
                };
                let all: Vec<R> = second.iter().map(|item| read(&mut desk, item)).collect();
                (values.len() == known).then_some((all, faults))
            },
        );
        match apart {
            Some((more, faults)) => {
                all.extend(more);
                self.faults.extend(faults);
            }
            None => all.extend(second.iter().map(|item| read(self, item))),
        }
        all
    }
}

/// Blocks that are read before another thread has begun.
const FEW: usize = 60;

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
    /// For the lines of blocks.
    pub(super) fn desk(&mut self) -> Desk<'_> {
        Desk {
            vocabulary: &self.book.vocabulary,
            norms: &self.book.norms,
            sources: &self.book.sources,
            values: &mut self.book.values,
            faults: &mut self.faults,
        }
    }

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
