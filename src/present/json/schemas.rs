//! The published schemas of what the questions answer. In: view types; out: JSON schemas by name.

use super::certificate::{CertificateFile, VerifiedFile};
use super::contrast::{ComparedFile, WhatIfFile};
use super::coverage::CoverageFile;
use super::deep::DeepFile;
use super::impact::ImpactFile;
use super::interview::InterviewEvent;
use super::precedents::PrecedentsFile;
use super::questions::{ComplyingFile, SettlingFile, WhyNotFile};
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;

/// The schemas of the questions, by the names of their pages.
#[must_use]
pub fn question_schemas() -> Vec<(&'static str, String)> {
    vec![
        ("settle", of::<SettlingFile>()),
        ("comply", of::<ComplyingFile>()),
        ("why-not", of::<WhyNotFile>()),
        ("whatif", of::<WhatIfFile>()),
        ("compare", of::<ComparedFile>()),
        ("precedents", of::<PrecedentsFile>()),
        ("interview", of::<InterviewEvent>()),
    ]
}

/// The schemas of certificates and of what is asked of a rulebook, by the names of their pages.
#[must_use]
pub fn rulework_schemas() -> Vec<(&'static str, String)> {
    vec![
        ("certificate", of::<CertificateFile>()),
        ("verified", of::<VerifiedFile>()),
        ("coverage", of::<CoverageFile>()),
        ("impact", of::<ImpactFile>()),
        ("deep", of::<DeepFile>()),
    ]
}

/// The schema of a type as it is written: a key that can be null is there all the same.
pub(super) fn of<T: JsonSchema>() -> String {
    let generator = SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator();
    let schema = generator.into_root_schema_for::<T>();
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}
