//! What became of files put into canonical form, for programs. In: names; out: view types.

use super::FaultView;
use schemars::JsonSchema;
use serde::Serialize;

/// What `fmt --format json` gives.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FormattedView {
    /// `fiducia/fmt/1`.
    pub schema: &'static str,
    /// The files, in order.
    pub files: Vec<FormattedFile>,
    /// What could not be read.
    pub faults: Vec<FaultView>,
}

/// A file.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FormattedFile {
    /// Its name.
    pub file: String,
    /// Whether it was not in canonical form: it was rewritten, or with `--check` would be.
    pub changed: bool,
}

/// The files, each with whether it was not in canonical form.
#[must_use]
pub fn formatted(
    files: impl Iterator<Item = (String, bool)>,
    faults: Vec<FaultView>,
) -> FormattedView {
    FormattedView {
        schema: "fiducia/fmt/1",
        files: files
            .map(|(file, changed)| FormattedFile { file, changed })
            .collect(),
        faults,
    }
}
