//! The blocks of the rulebook that judges the first cases, each with its canonical text: how two versions are compared. In: a
//! session; out: texts by what each block is called. Knows no meaning.

use super::opened::Session;
use crate::syntax;
use crate::syntax::tree::{Block, BlockKind, File, NormWord};
use std::collections::BTreeMap;

/// How two rulebooks differ.
#[derive(Clone, Debug, Default)]
pub struct Differing {
    /// Blocks only the first has.
    pub removed: Vec<String>,
    /// Blocks only the second has.
    pub added: Vec<String>,
    /// Blocks of both that are written otherwise.
    pub changed: Vec<String>,
}

impl Session {
    /// How the rules of this session differ from those of another.
    #[must_use]
    pub fn differing_blocks(&self, other: &Self) -> Differing {
        let (old, new) = (self.block_texts(), other.block_texts());
        let only = |these: &BTreeMap<String, String>, others: &BTreeMap<String, String>| {
            let own = these.keys().filter(|name| !others.contains_key(*name));
            own.cloned().collect()
        };
        let changed = old.iter().filter(|(name, text)| {
            let other = new.get(*name);
            other.is_some_and(|other| other != *text)
        });
        Differing {
            removed: only(&old, &new),
            added: only(&new, &old),
            changed: changed.map(|(name, _)| name.clone()).collect(),
        }
    }

    fn block_texts(&self) -> BTreeMap<String, String> {
        let mut texts = BTreeMap::new();
        let modules = self.books.first().map_or(&[][..], |book| &book.modules);
        for file in modules {
            let tree = self.tree(*file);
            for block in &tree.blocks {
                for (name, part) in parts(block) {
                    let mut alone = File::default();
                    alone.blocks.push(part);
                    let text = syntax::print(&alone);
                    let name = name.unwrap_or_else(|| {
                        let words = text.lines().nth(1).unwrap_or_default().trim();
                        format!("sentence \"{}\"", words.trim_start_matches("- "))
                    });
                    // Lists without a name of their own are one text, whatever file they stand in.
                    texts
                        .entry(name)
                        .or_insert_with(String::new)
                        .push_str(&text);
                }
            }
        }
        texts
    }
}

/// What a block is called, and it; a list of sentences is taken apart, and they are called by their words.
fn parts(block: &Block) -> Vec<(Option<String>, Block)> {
    let named = |sort: &str, name: &str| vec![(Some(format!("{sort} \"{name}\"")), block.clone())];
    match &block.kind {
        BlockKind::Rule { name, .. } => named("rule", &name.node),
        BlockKind::Norm(norm) => {
            let sort = match norm.sort {
                NormWord::Duty | NormWord::AnyDuty => "duty",
                NormWord::Ideal => "ideal",
                NormWord::Concern => "concern",
            };
            named(sort, &norm.name.node)
        }
        BlockKind::Defeat { excuse, name, .. } => {
            named(if *excuse { "excuse" } else { "exemption" }, &name.node)
        }
        BlockKind::Priority { name, .. } => named("priority", &name.node),
        BlockKind::Kind { name, .. } => named("kind", &name.node),
        BlockKind::Always { .. } => vec![(Some("what always holds".to_owned()), block.clone())],
        BlockKind::Declarations { class, sentences } => sentences
            .iter()
            .map(|sentence| {
                let kind = BlockKind::Declarations {
                    class: *class,
                    sentences: vec![sentence.clone()],
                };
                let alone = Block {
                    kind,
                    doc: Vec::new(),
                    ..block.clone()
                };
                (None, alone)
            })
            .collect(),
        BlockKind::Rulebook { .. }
        | BlockKind::Use(_)
        | BlockKind::Source { .. }
        | BlockKind::Case { .. } => Vec::new(),
    }
}
