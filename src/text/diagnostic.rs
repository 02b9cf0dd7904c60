//! A fault as data: code, severity, places, what was read and what was expected. How it looks is `present`'s.

use super::Span;

/// How grave a fault is (ruling 31).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Stops judging what it touches.
    Error,
    /// Likely a mistake; an error under `--deny warnings`.
    Warning,
    /// Worth a look.
    Hint,
}

impl Severity {
    /// The word shown.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Hint => "hint",
        }
    }
}

/// A place with what is to be said about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is said there; may be empty for the primary place.
    pub text: String,
}

/// One fault found in what somebody wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// A code of the catalogue, such as `S014`.
    pub code: &'static str,
    /// How grave.
    pub severity: Severity,
    /// One sentence: what was read and what is wrong with it.
    pub message: String,
    /// Where it stands; the first is the place of the fault. Empty only for faults of a whole file.
    pub labels: Vec<Label>,
    /// What to do, in plain words.
    pub help: Option<String>,
    /// The nearest declared wordings, best first.
    pub suggestions: Vec<String>,
}

impl Diagnostic {
    /// A fault of the catalogue's severity at a place.
    #[must_use]
    pub fn new(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: super::catalogue::severity(code),
            message: message.into(),
            labels: vec![Label {
                span,
                text: String::new(),
            }],
            help: None,
            suggestions: Vec::new(),
        }
    }

    /// Says something at the first place.
    #[must_use]
    pub fn saying(mut self, text: impl Into<String>) -> Self {
        if let Some(first) = self.labels.first_mut() {
            first.text = text.into();
        }
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label {
            span,
            text: text.into(),
        });
        self
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds the nearest declared wordings.
    #[must_use]
    pub fn suggest(mut self, suggestions: Vec<String>) -> Self {
        self.suggestions = suggestions;
        self
    }

    /// Whether it stops judging.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}
