//! What a rulebook is, for programs. In: a rulebook; out: view types.

use crate::present::rulebook::count;
use crate::rulebook::Rulebook;
use schemars::JsonSchema;
use serde::Serialize;

/// What `rulebook --format json` gives.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RulebookPage {
    /// `fiducia/rulebook/1`.
    pub schema: &'static str,
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// SHA-256 over the canonical text of all modules.
    pub sha256: String,
    /// Its modules.
    pub modules: Vec<ModuleView>,
    /// Its sources.
    pub sources: Vec<SourceView>,
}

/// One module.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ModuleView {
    /// Its name.
    pub name: String,
    /// Declared sentences.
    pub sentences: usize,
    /// Rules.
    pub rules: usize,
    /// Duties.
    pub duties: usize,
    /// Ideals.
    pub ideals: usize,
    /// Concerns.
    pub concerns: usize,
    /// Exemptions.
    pub exemptions: usize,
    /// Excuses.
    pub excuses: usize,
    /// Priorities.
    pub priorities: usize,
}

/// One source.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SourceView {
    /// Its short name.
    pub source: String,
    /// What it is.
    pub title: String,
    /// Where it is law.
    pub jurisdiction: Option<String>,
    /// Since when.
    pub since: Option<String>,
    /// `high`, `medium` or `low`.
    pub confidence: Option<String>,
}

/// The page of a rulebook.
#[must_use]
pub fn rulebook(rulebook: &Rulebook) -> RulebookPage {
    RulebookPage {
        schema: "fiducia/rulebook/1",
        name: rulebook.name.clone(),
        version: rulebook.version.clone(),
        sha256: rulebook.sha256().to_owned(),
        modules: rulebook
            .modules
            .iter()
            .zip(count(rulebook))
            .map(|(module, count)| ModuleView {
                name: module.name.clone(),
                sentences: count.sentences,
                rules: count.rules,
                duties: count.duties,
                ideals: count.ideals,
                concerns: count.concerns,
                exemptions: count.exemptions,
                excuses: count.excuses,
                priorities: count.priorities,
            })
            .collect(),
        sources: rulebook
            .sources
            .iter()
            .map(|source| SourceView {
                source: source.id.clone(),
                title: source.title.clone(),
                jurisdiction: source.jurisdiction.clone(),
                since: source.since.clone(),
                confidence: source.confidence.clone(),
            })
            .collect(),
    }
}
