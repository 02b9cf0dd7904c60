//! How much was read, and how much of it is without a fault. In: a session; out: numbers. Knows no rule.

use super::opened::Session;
use crate::syntax::tree::{Block, BlockKind, Declaration};
use crate::text::{FileId, Severity, Span};

/// How many, and how many of them without an error.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// All.
    pub all: usize,
    /// Those without an error.
    pub fine: usize,
}

/// What `check` counts in the files that were named.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Files.
    pub files: Count,
    /// Declared sentences.
    pub sentences: Count,
    /// Rules, duties, ideals, concerns, exemptions, excuses, priorities.
    pub rules: Count,
    /// Cases.
    pub cases: Count,
    /// Faults that stop judging.
    pub errors: usize,
    /// Likely mistakes.
    pub warnings: usize,
    /// Things worth a look.
    pub hints: usize,
}

impl Session {
    /// Counts.
    #[must_use]
    pub fn tally(&self) -> Tally {
        let of = |severity| {
            self.faults
                .iter()
                .filter(|fault| fault.severity == severity)
                .count()
        };
        let mut tally = Tally {
            errors: of(Severity::Error),
            warnings: of(Severity::Warning),
            hints: of(Severity::Hint),
            ..Tally::default()
        };
        for &file in &self.named {
            self.count_file(file, &mut tally);
        }
        tally
    }

    fn count_file(&self, file: FileId, tally: &mut Tally) {
        let bad: Vec<u32> = self
            .faults
            .iter()
            .filter(|fault| fault.is_error())
            .filter_map(|fault| fault.labels.first())
            .filter(|label| label.span.file == file)
            .map(|label| label.span.start)
            .collect();
        let fine = |from: u32, to: u32| !bad.iter().any(|at| (from..to).contains(at));
        tally.files.add(bad.is_empty());
        let blocks = &self.tree(file).blocks;
        for (at, block) in blocks.iter().enumerate() {
            let end = blocks
                .get(at + 1)
                .map_or(u32::MAX, |next| next.head.span.start);
            let whole = fine(block.head.span.start, end) && !block.broken;
            count_block(block, end, whole, &fine, tally);
        }
    }
}

fn count_block(
    block: &Block,
    end: u32,
    whole: bool,
    fine: &impl Fn(u32, u32) -> bool,
    tally: &mut Tally,
) {
    match &block.kind {
        BlockKind::Declarations { sentences, .. } => {
            for (at, sentence) in sentences.iter().enumerate() {
                let next = sentences.get(at + 1).map_or(end, start);
                tally.sentences.add(fine(start(sentence), next));
            }
        }
        BlockKind::Rule { .. }
        | BlockKind::Norm(_)
        | BlockKind::Defeat { .. }
        | BlockKind::Priority { .. } => tally.rules.add(whole),
        BlockKind::Case { .. } => tally.cases.add(whole),
        _ => {}
    }
}

fn start(declaration: &Declaration) -> u32 {
    let Span { start, .. } = declaration.sentence.span;
    start
}

impl Count {
    fn add(&mut self, fine: bool) {
        self.all += 1;
        self.fine += usize::from(fine);
    }
}
