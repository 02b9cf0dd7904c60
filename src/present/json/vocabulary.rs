//! Sentences for programs. In: a rulebook and some of its sentences; out: view types.

use crate::present::vocabulary::{declared, wording};
use crate::rulebook::{Class, Rulebook, SentenceId};
use schemars::JsonSchema;
use serde::Serialize;

/// What `vocabulary --format json` gives.
#[derive(Debug, Serialize, JsonSchema)]
pub struct VocabularyView {
    /// `fiducia/vocabulary/1`.
    pub schema: &'static str,
    /// The sentences, best first.
    pub sentences: Vec<SentenceView>,
}

/// One sentence.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SentenceView {
    /// The sentence as declared.
    pub sentence: String,
    /// Words with slots blanked.
    pub key: String,
    /// The module.
    pub module: String,
    /// `closed fact`, `open fact`, `setting`, `concept` or `finding`.
    pub class: &'static str,
    /// Its slots, in order.
    pub slots: Vec<SlotView>,
    /// The opposite wording.
    pub opposite: Option<String>,
    /// How silence is asked about.
    pub question: Option<String>,
    /// Who must judge it.
    pub judged_by: Option<String>,
    /// Slots whose holder can change it.
    pub can_be_changed_by: Vec<String>,
    /// The slot of which only one value can be true.
    pub only_one: Option<String>,
    /// A setting's value unless stated.
    pub default: Option<String>,
    /// Why it decides nothing, where it does not.
    pub decides_nothing: Option<String>,
    /// Documentation.
    pub documentation: String,
}

/// One slot.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SlotView {
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: String,
}

/// The sentences, in the order given.
#[must_use]
pub fn vocabulary(rulebook: &Rulebook, sentences: &[SentenceId]) -> VocabularyView {
    VocabularyView {
        schema: "fiducia/vocabulary/1",
        sentences: sentences.iter().map(|id| view(rulebook, *id)).collect(),
    }
}

fn view(rulebook: &Rulebook, id: SentenceId) -> SentenceView {
    let sentence = &rulebook.vocabulary.sentences[id];
    let name = |at: &usize| sentence.slots.get(*at).map(|slot| slot.name.to_string());
    SentenceView {
        sentence: declared(rulebook, sentence),
        key: sentence.key().to_string(),
        module: rulebook
            .modules
            .get(sentence.module)
            .map(|module| module.name.clone())
            .unwrap_or_default(),
        class: match sentence.class {
            Class::ClosedFact => "closed fact",
            Class::OpenFact => "open fact",
            Class::Setting => "setting",
            Class::Concept => "concept",
            Class::Finding => "finding",
        },
        slots: sentence
            .slots
            .iter()
            .map(|slot| SlotView {
                name: slot.name.to_string(),
                kind: rulebook.vocabulary.kinds[slot.kind].name.clone(),
            })
            .collect(),
        opposite: sentence
            .opposite
            .as_ref()
            .map(|opposite| wording(sentence, opposite)),
        question: sentence.question.clone(),
        judged_by: sentence.judged_by.clone(),
        can_be_changed_by: sentence.changed_by.iter().filter_map(name).collect(),
        only_one: sentence.only_one.as_ref().and_then(name),
        default: sentence
            .default
            .map(|value| rulebook.values.get(value).to_string()),
        decides_nothing: sentence.decides_nothing.clone(),
        documentation: sentence.doc.to_string(),
    }
}
