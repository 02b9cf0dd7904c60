//! How text is to look. Knows no contents.

/// How text is to look. The words are the same in each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// For a terminal with colours.
    Colour,
    /// For a terminal without, or a file.
    Text,
    /// Without colour and without drawing, one thing a line: good for a screen reader.
    Plain,
}

impl Style {
    /// The words in bold where there are colours.
    #[must_use]
    pub fn bold(self, words: &str) -> String {
        self.with("1", words)
    }

    /// The words dimmed where there are colours.
    #[must_use]
    pub fn dim(self, words: &str) -> String {
        self.with("2", words)
    }

    /// The words in red where there are colours.
    #[must_use]
    pub fn red(self, words: &str) -> String {
        self.with("31", words)
    }

    /// The words in green where there are colours.
    #[must_use]
    pub fn green(self, words: &str) -> String {
        self.with("32", words)
    }

    fn with(self, code: &str, words: &str) -> String {
        if self == Self::Colour && !words.is_empty() {
            format!("\u{1b}[{code}m{words}\u{1b}[0m")
        } else {
            words.to_owned()
        }
    }
}
