//! The whole rulebook, pass after pass. In: the written files of all modules; out: the checked rulebook, and every fault
//! in the order of files and places. It does not know cases.

use super::draft::Draft;
use super::{citations, declare, defeats, kinds, norm_heads, norms, rules};
use crate::rulebook::{Module, Rulebook};
use crate::syntax::tree::{Block, BlockKind, File};
use crate::text::{Diagnostic, FileId};
use rustc_hash::FxHashMap;

/// Checks a rulebook. The order of the files is that in which they were read: the first `rulebook` line names it, and a
/// later module's `always` replaces an earlier one's settings. There is none where anything outside cases is an error
/// or could not be read; the faults are complete either way.
#[must_use]
pub fn rulebook(files: &[(String, FileId, &File)]) -> (Option<Rulebook>, Vec<Diagnostic>) {
    let mut draft = Draft::default();
    for (name, file, _) in files {
        draft.book.modules.push(Module {
            name: name.clone(),
            file: *file,
        });
    }
    let blocks = || {
        files
            .iter()
            .enumerate()
            .flat_map(|(module, (_, _, file))| file.blocks.iter().map(move |block| (module, block)))
    };
    make_room(&mut draft, blocks());
    title(&mut draft, blocks());
    citations::declare(&mut draft, blocks());
    kinds::declare(&mut draft, blocks());
    declare::declare(&mut draft, blocks());
    let known = norm_heads::declare(&mut draft, blocks());
    let read = norms::read(&mut draft, known);
    norms::settle(&mut draft, read);
    rules::rules_and_defeats(&mut draft, blocks());
    defeats::priorities(&mut draft, blocks());
    rules::always(&mut draft, blocks());
    let unread =
        blocks().any(|(_, block)| block.broken && !matches!(block.kind, BlockKind::Case { .. }));
    let order: Vec<FileId> = files.iter().map(|(_, file, _)| *file).collect();
    in_order(&mut draft.faults, &order);
    let sound = !unread && !draft.faults.iter().any(Diagnostic::is_error);
    (sound.then_some(draft.book), draft.faults)
}

/// Room for what the blocks will become: tables that grow are copied, and touch twice the memory.
fn make_room<'f>(draft: &mut Draft, blocks: impl Iterator<Item = (usize, &'f Block)>) {
    let (mut rules, mut norms, mut defeats, mut sources) = (0, 0, 0, 0);
    for (_, block) in blocks {
        match block.kind {
            BlockKind::Rule { .. } => rules += 1,
            BlockKind::Norm(_) => norms += 1,
            BlockKind::Defeat { .. } => defeats += 1,
            BlockKind::Source { .. } => sources += 1,
            _ => {}
        }
    }
    draft.book.rules.reserve(rules);
    draft.book.norms.reserve(norms);
    draft.book.defeats.reserve(defeats);
    draft.book.sources.reserve(sources);
    draft.names.reserve(rules + norms + defeats);
}

/// Name and version: those of the first `rulebook` line.
fn title<'f>(draft: &mut Draft, blocks: impl Iterator<Item = (usize, &'f Block)>) {
    let mut first: Option<(usize, crate::text::Span)> = None;
    let mut named = false;
    for (module, block) in blocks {
        let BlockKind::Rulebook { name, version } = &block.kind else {
            continue;
        };
        if let Some((before, span)) = first
            && before == module
        {
            draft.fault(
                Diagnostic::new(
                    "N002",
                    block.head.span,
                    "This file names its rulebook twice",
                )
                .also(span, "named here first")
                .help("Keep one of the two lines."),
            );
        }
        first = Some((module, block.head.span));
        if !named {
            named = true;
            draft.book.name.clone_from(&name.node);
            draft.book.version = version
                .as_ref()
                .map(|version| version.node.clone())
                .unwrap_or_default();
        }
    }
}

/// Puts faults into the order of the files and of the places in them.
pub(super) fn in_order(faults: &mut [Diagnostic], files: &[FileId]) {
    let rank: FxHashMap<FileId, usize> = files
        .iter()
        .enumerate()
        .map(|(at, file)| (*file, at))
        .collect();
    faults.sort_by_key(|fault| {
        fault.labels.first().map(|label| {
            let file = rank.get(&label.span.file).copied().unwrap_or(usize::MAX);
            (file, label.span.start, label.span.end)
        })
    });
}
