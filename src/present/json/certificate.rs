//! A certificate, and what became of it, as JSON. In: a certificate or a refusal; out: the views of the published schemas.

use crate::verify::{Certificate, Derived, Known, Proof, Proved, Refusal, Settled};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// A judgement with its proof, for somebody else to check.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CertificateFile {
    /// `fiducia/certificate/1`.
    pub schema: String,
    /// By which rules.
    pub rulebook: KnownView,
    /// Of which world of which case.
    pub case: KnownView,
    /// Every derived sentence that is possible, and how it is proved where it is sure. What is not here is false.
    pub derived: Vec<DerivedView>,
    /// Every instance of a duty, ideal or concern that may arise.
    pub verdicts: Vec<SettledView>,
}

/// A text known by its hash; the name is for people.
#[derive(Debug, Serialize, JsonSchema)]
pub struct KnownView {
    /// Its name.
    pub name: String,
    /// SHA-256 over its canonical form, in hexadecimal.
    pub sha256: String,
}

/// A sentence that rules conclude.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DerivedView {
    /// The sentence, its slots blanked.
    pub sentence: String,
    /// Who and what stands in its slots, numbers left out.
    pub of: Vec<String>,
    /// The least and the greatest each of its numbers may be; null where there is no bound.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub between: Vec<[Option<String>; 2]>,
    /// Its proof, where it is sure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub surely: Option<ProofView>,
}

/// A rule under a binding. What it rests on is proved by lower ranks.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ProofView {
    /// Its place in the order of proving.
    pub rank: u64,
    /// The rule's name.
    pub rule: String,
    /// Who and what stands in the rule's slots.
    pub with: BTreeMap<String, String>,
}

/// A verdict.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SettledView {
    /// The duty, ideal or concern by name.
    pub norm: String,
    /// Its parties in order.
    pub of: Vec<String>,
    /// The statuses still possible.
    pub statuses: Vec<String>,
    /// The same of each named part.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub parts: Vec<Vec<String>>,
}

/// What became of a certificate.
#[derive(Debug, Serialize, JsonSchema)]
pub struct VerifiedFile {
    /// `fiducia/verified/1`.
    pub schema: &'static str,
    /// Of which case.
    pub case: KnownView,
    /// By which rules.
    pub rulebook: KnownView,
    /// Whether it holds.
    pub accepted: bool,
    /// What it proves, where it holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proves: Option<ProvedView>,
    /// The first line that does not hold.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<RefusalView>,
}

/// What an accepted certificate proves.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ProvedView {
    /// Derived sentences that are sure.
    pub surely: usize,
    /// Derived sentences that are possible and no more.
    pub possibly: usize,
    /// Verdicts.
    pub verdicts: usize,
}

/// Why a certificate is refused.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RefusalView {
    /// The line of the certificate, as a JSON pointer; of what is missing, the list where it should stand.
    pub at: String,
    /// What does not hold.
    pub why: String,
}

/// The view of a certificate.
#[must_use]
pub fn certificate(paper: &Certificate) -> CertificateFile {
    CertificateFile {
        schema: paper.schema.clone(),
        rulebook: known(&paper.rulebook),
        case: known(&paper.case),
        derived: paper.derived.iter().map(derived).collect(),
        verdicts: paper.verdicts.iter().map(settled).collect(),
    }
}

/// The view of what became of a certificate.
#[must_use]
pub fn verified(paper: &Certificate, held: &Result<Proved, Refusal>) -> VerifiedFile {
    VerifiedFile {
        schema: "fiducia/verified/1",
        case: known(&paper.case),
        rulebook: known(&paper.rulebook),
        accepted: held.is_ok(),
        proves: held.as_ref().ok().map(|proved| ProvedView {
            surely: proved.surely,
            possibly: proved.possibly,
            verdicts: proved.verdicts,
        }),
        refused: held.as_ref().err().map(|refusal| RefusalView {
            at: refusal.at.clone(),
            why: refusal.why.clone(),
        }),
    }
}

fn known(text: &Known) -> KnownView {
    KnownView {
        name: text.name.clone(),
        sha256: text.sha256.clone(),
    }
}

fn derived(line: &Derived) -> DerivedView {
    let proof = |proof: &Proof| ProofView {
        rank: proof.rank,
        rule: proof.rule.clone(),
        with: proof.with.clone(),
    };
    DerivedView {
        sentence: line.sentence.clone(),
        of: line.of.clone(),
        between: line.between.clone(),
        surely: line.surely.as_ref().map(proof),
    }
}

fn settled(line: &Settled) -> SettledView {
    SettledView {
        norm: line.norm.clone(),
        of: line.of.clone(),
        statuses: line.statuses.clone(),
        parts: line.parts.clone(),
    }
}
