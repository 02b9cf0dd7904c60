//! What a verb gives back: what is printed, and how it ended. Knows no verb.

use std::process::ExitCode;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// 0: as expected.
    AsExpected,
    /// 1: a finding.
    Finding,
    /// 2: the user's mistake, or something could not be judged.
    Mistake,
    /// 3: a fault of fiducia.
    Ours,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// What a verb gives back.
#[derive(Clone, Debug)]
pub struct Answer {
    /// For standard output.
    pub text: String,
    /// For standard error.
    pub aside: String,
    /// How it ended.
    pub exit: Exit,
}

impl Answer {
    /// As expected, with this on standard output.
    #[must_use]
    pub fn of(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            aside: String::new(),
            exit: Exit::AsExpected,
        }
    }

    /// The same, ended so.
    #[must_use]
    pub fn ending(mut self, exit: Exit) -> Self {
        self.exit = exit;
        self
    }

    /// The same, with this on standard error.
    #[must_use]
    pub fn aside(mut self, aside: impl Into<String>) -> Self {
        self.aside = aside.into();
        self
    }
}
