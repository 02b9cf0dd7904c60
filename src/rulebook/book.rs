//! The whole rulebook, by id, with the place each thing was said. In: nothing (data). Knows no case.

use super::{
    Atom, Body, Citation, Defeat, DefeatId, Norm, NormId, Priority, PriorityId, SentenceId, Source,
    SourceId, Var, VarId, Vocabulary,
};
use crate::text::Span;
use crate::value::{IndexVec, ValueId, Values};
use std::fmt;
use std::sync::{Arc, LazyLock};

crate::id! {
    /// A rule.
    pub struct RuleId;
}

/// A checked rulebook.
#[derive(Clone, Debug, Default)]
pub struct Rulebook {
    /// Its name.
    pub name: String,
    /// Its version; empty where none was said.
    pub version: String,
    /// Modules in order of reading.
    pub modules: Vec<Module>,
    /// Kinds and sentences.
    pub vocabulary: Vocabulary,
    /// Values that rules and declarations name.
    pub values: Values,
    /// Sources.
    pub sources: IndexVec<SourceId, Source>,
    /// Sentences that hold in every case.
    pub always: Vec<Always>,
    /// Rules.
    pub rules: IndexVec<RuleId, Rule>,
    /// Duties, ideals and concerns.
    pub norms: IndexVec<NormId, Norm>,
    /// Exemptions and excuses.
    pub defeats: IndexVec<DefeatId, Defeat>,
    /// Priorities.
    pub priorities: IndexVec<PriorityId, Priority>,
    /// What tells it from every other; set by whoever read the files.
    pub hash: Hash,
}

/// SHA-256 over the canonical text of all modules. Most answers do not name it, so it is taken when somebody asks: printing
/// every module again takes as long as checking it.
#[derive(Clone)]
pub struct Hash(Arc<LazyLock<String, Taken>>);

type Taken = Box<dyn FnOnce() -> String + Send>;

impl Hash {
    /// Taken by this, once.
    pub fn new(taken: impl FnOnce() -> String + Send + 'static) -> Self {
        Self(Arc::new(LazyLock::new(Box::new(taken))))
    }
}

/// That of no text: a rulebook that was read from nowhere.
impl Default for Hash {
    fn default() -> Self {
        Self::new(String::new)
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hash")
    }
}

impl Rulebook {
    /// SHA-256 over the canonical text of all modules, in hexadecimal.
    #[must_use]
    pub fn sha256(&self) -> &str {
        &self.hash.0
    }
}

/// A module: one file that was read.
#[derive(Clone, Debug)]
pub struct Module {
    /// Its name: the folder and stem, such as `consent/duties`.
    pub name: String,
    /// The file.
    pub file: crate::text::FileId,
}

/// A sentence that holds in every case, unless a case states otherwise.
#[derive(Clone, Debug)]
pub struct Always {
    /// Which sentence.
    pub sentence: SentenceId,
    /// Its values, in the order of its slots.
    pub values: Vec<ValueId>,
    /// `false` where the opposite was written.
    pub holds: bool,
    /// Sources.
    pub cites: Vec<Citation>,
    /// Reasons.
    pub because: Vec<String>,
    /// Where it was written.
    pub span: Span,
}

/// A rule.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its name.
    pub name: String,
    /// Its lines.
    pub body: Body,
    /// What follows.
    pub head: Atom,
    /// Variables of the block.
    pub vars: IndexVec<VarId, Var>,
    /// Sources.
    pub cites: Vec<Citation>,
    /// Reasons.
    pub because: Vec<String>,
    /// Documentation.
    pub doc: String,
    /// The module.
    pub module: usize,
    /// Where its head stands.
    pub span: Span,
    /// Where its conclusion stands.
    pub then: Span,
}
