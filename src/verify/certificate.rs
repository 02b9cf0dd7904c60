//! What a certificate says. In: JSON; out: [`Certificate`], and the hash by which the record of a case is known. Knows no rule.

use crate::rulebook::{Record, Rulebook};
use crate::value::{Number, ValueId};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// What the field `schema` says.
pub const SCHEMA: &str = "fiducia/certificate/1";

/// A judgement with its proof, for somebody else to check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// [`SCHEMA`].
    pub schema: String,
    /// By which rules.
    pub rulebook: Known,
    /// Of which world of which case.
    pub case: Known,
    /// Every derived sentence that is possible, and how it is proved where it is sure. What is not here is false.
    pub derived: Vec<Derived>,
    /// Every instance of a duty, ideal or concern that may arise.
    pub verdicts: Vec<Settled>,
}

/// A text known by its hash; the name is for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Known {
    /// Its name.
    pub name: String,
    /// SHA-256 over its canonical form.
    pub sha256: String,
}

/// A sentence that rules conclude.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Derived {
    /// The sentence, its slots blanked.
    pub sentence: String,
    /// Who and what stands in its slots, numbers left out.
    pub of: Vec<String>,
    /// The least and the greatest each of its numbers may be, where there is such a bound.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub between: Vec<[Option<String>; 2]>,
    /// Its proof, where it is sure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub surely: Option<Proof>,
}

/// A rule under a binding. What it rests on is proved by lower ranks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proof {
    /// Its place in the order of proving.
    pub rank: u64,
    /// The rule's name.
    pub rule: String,
    /// Who and what stands in the rule's slots.
    pub with: BTreeMap<String, String>,
}

/// A verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settled {
    /// The duty, ideal or concern by name.
    pub norm: String,
    /// Its parties in order.
    pub of: Vec<String>,
    /// The statuses still possible.
    pub statuses: Vec<String>,
    /// The same of each named part.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Vec<String>>,
}

/// Reads a certificate.
///
/// # Errors
/// What is not one.
pub fn read(text: &str) -> serde_json::Result<Certificate> {
    serde_json::from_str(text)
}

/// SHA-256 over who and what is in a record and what it states: a line of JSON each, in order of the lines.
#[must_use]
pub fn case_hash(book: &Rulebook, record: &Record) -> String {
    let word = |value: &ValueId| match record.values.as_number(*value) {
        Some(number) => exactly(number),
        None => record.values.get(*value).to_string(),
    };
    let mut lines: Vec<String> = Vec::new();
    for (member, kinds) in &record.cast.members {
        let kinds = kinds.iter().map(|kind| &book.vocabulary.kinds[*kind].name);
        lines.extend(kinds.map(|kind| serde_json::json!([kind, word(member)]).to_string()));
    }
    for line in &record.stated {
        let words: Vec<_> = line.values.iter().map(|v| v.as_ref().map(word)).collect();
        let key = book.vocabulary.sentences[line.sentence].key().as_str();
        lines.push(serde_json::json!([line.truth.word(), key, words]).to_string());
    }
    lines.sort();
    let hash = Sha256::digest(lines.join("\n"));
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A number as certificates write it: `3`, or `1/3`.
#[must_use]
pub fn exactly(number: Number) -> String {
    match number.parts() {
        (whole, 1) => whole.to_string(),
        (above, below) => format!("{above}/{below}"),
    }
}
