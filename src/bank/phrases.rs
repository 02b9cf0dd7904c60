//! What stands between the values of a verdict or a finding in JSON, which is the same in every line. In: a rulebook; out: the
//! pieces, escaped. Knows no case.

use crate::rulebook::{Norm, NormId, Role, Rulebook, SentenceId};
use crate::text::blanks::BLANK;
use crate::value::{Idx, NormSort};

/// The pieces for norms and findings.
#[derive(Default)]
pub struct Phrases {
    norms: Vec<OfNorm>,
    /// By sentence; nothing for those that are not listed.
    findings: Vec<Vec<Vec<u8>>>,
}

/// The pieces of a norm's verdicts.
pub struct OfNorm {
    /// The norm's sort.
    pub sort: NormSort,
    /// What stands before each party that is named, and which party it is.
    pub parties: Vec<(Vec<u8>, usize)>,
    /// What stands before the statuses.
    pub statuses: Vec<u8>,
    /// What stands before the statuses of each part.
    pub parts: Vec<Vec<u8>>,
}

impl Phrases {
    /// The pieces for a rulebook's norms and for the findings that are listed.
    pub fn of(book: &Rulebook, listed: &[SentenceId]) -> Self {
        let mut findings = vec![Vec::new(); book.vocabulary.sentences.len()];
        for id in listed {
            let words = book.vocabulary.sentences[*id].wording.words.split(BLANK);
            let mut pieces: Vec<Vec<u8>> = words.map(escape).collect();
            if let Some(first) = pieces.first_mut() {
                first.splice(..0, *b"{\"sentence\":\"");
            }
            if let Some(last) = pieces.last_mut() {
                last.extend_from_slice(b"\",\"truth\":\"");
            }
            findings[id.index()] = pieces;
        }
        Self {
            norms: book.norms.iter().map(OfNorm::new).collect(),
            findings,
        }
    }

    /// A norm's pieces.
    #[inline]
    pub fn norm(&self, id: NormId) -> &OfNorm {
        &self.norms[id.index()]
    }

    /// A finding's pieces: what stands before its first value, between its values, and before its truth.
    #[inline]
    pub fn finding(&self, id: SentenceId) -> &[Vec<u8>] {
        &self.findings[id.index()]
    }
}

impl OfNorm {
    fn new(norm: &Norm) -> Self {
        let keys: &[(Role, &str)] = match norm.sort {
            NormSort::Duty => &[
                (Role::Bearer, "owed_by"),
                (Role::To, "owed_to"),
                (Role::About, "about"),
                (Role::Toward, "toward"),
            ],
            NormSort::Ideal => &[
                (Role::Bearer, "for"),
                (Role::Toward, "toward"),
                (Role::About, "about"),
            ],
            NormSort::Concern => &[(Role::Bearer, "about"), (Role::Toward, "toward")],
        };
        let mut parties = Vec::new();
        let mut before = begun(norm.sort.word(), &norm.name);
        for (role, key) in keys {
            before.extend_from_slice(format!(",\"{key}\":").as_bytes());
            match norm.parties.iter().position(|party| party.role == *role) {
                Some(at) => {
                    before.push(b'"');
                    parties.push((std::mem::replace(&mut before, b"\"".to_vec()), at));
                }
                None => before.extend_from_slice(b"null"),
            }
        }
        before.extend_from_slice(b",\"statuses\":");
        let parts = norm.parts.iter().map(|part| {
            let mut before = begun("part", part.name.as_deref().unwrap_or_default());
            before.extend_from_slice(b",\"statuses\":");
            before
        });
        Self {
            sort: norm.sort,
            parties,
            statuses: before,
            parts: parts.collect(),
        }
    }
}

/// An object that begins with this.
fn begun(key: &str, text: &str) -> Vec<u8> {
    let mut begun = format!("{{\"{key}\":\"").into_bytes();
    begun.append(&mut escape(text));
    begun.push(b'"');
    begun
}

/// Text as it stands inside a JSON string.
fn escape(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    super::answer::escaped(&mut out, text);
    out
}
