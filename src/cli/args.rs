//! The command line as plain data. In: what was typed; out: [`Arguments`]. Knows no verb's work.

use crate::present::Style;
use crate::session::{Clock, Opening};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::io::IsTerminal;
use std::path::PathBuf;

/// Tells which duties a described case violates, and shows every step with its source.
///
/// Cases and rules are written in .fid files, in sentences that read aloud. A PATH is such a file, a folder of them, or
/// "-" for standard input; without one, the built-in rulebook and its worked cases are meant.
///
/// Exit status: 0 as expected; 1 a finding, such as a failed expectation or a fault found by check; 2 a mistake in what
/// was asked, or something could not be judged; 3 a fault of fiducia itself.
#[derive(Debug, Parser)]
#[command(
    name = "fiducia",
    version,
    disable_help_subcommand = true,
    arg_required_else_help = true,
    max_term_width = 100
)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub verb: Verb,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Hold cases against their expectations
    Test(TestArgs),
    /// Find the faults in rules and cases
    Check(CheckArgs),
    /// Put files into canonical form
    Fmt(FmtArgs),
    /// List the sentences that can be said
    Vocabulary(VocabularyArgs),
    /// Say what the built-in rulebook is, or write it out
    Rulebook(RulebookArgs),
    /// Print the page of a fault's code, or the help of a verb
    Help(HelpArgs),
    /// Print completions for a shell
    Completions(CompletionsArgs),
    /// Print the manual page
    Man(ManArgs),
}

/// Which files, and by which rules.
#[derive(Clone, Debug, Default, Args)]
pub struct Input {
    /// Files, folders, or - for standard input; none: what is built in
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    /// By which rules.
    pub by: By,
}

/// By which rules.
#[derive(Clone, Debug, Default, Args)]
pub struct By {
    /// Judge files that have no rulebook of their own by this one instead of the standard rulebook
    #[arg(long, value_name = "PATH")]
    pub rules: Option<PathBuf>,
    /// Add these modules and settings to the rulebook (a clinic's policy)
    #[arg(long, value_name = "PATH")]
    pub profile: Vec<PathBuf>,
    /// Also look for modules in this folder
    #[arg(long, value_name = "DIR")]
    pub search: Vec<PathBuf>,
}

impl Input {
    /// What is to be opened.
    #[must_use]
    pub fn opening(&self) -> Opening {
        Opening {
            paths: self.paths.clone(),
            ..self.by.opening()
        }
    }
}

impl By {
    /// The same without a path.
    #[must_use]
    pub fn opening(&self) -> Opening {
        Opening {
            paths: Vec::new(),
            rules: self.rules.clone(),
            profiles: self.profile.clone(),
            search: self.search.clone(),
            lint: false,
        }
    }
}

/// How the answer looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people; colours only on a terminal and without NO_COLOR
    #[default]
    Text,
    /// For people; no colour, no drawing, good for a screen reader
    Plain,
    /// For programs
    Json,
}

/// How the answer looks.
#[derive(Clone, Copy, Debug, Default, Args)]
pub struct Output {
    /// How the answer looks
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

impl Output {
    /// Whether programs read it.
    #[must_use]
    pub fn is_json(self) -> bool {
        self.format == Format::Json
    }

    /// How text on standard output is to look.
    #[must_use]
    pub fn style(self) -> Style {
        style(self.format, std::io::stdout().is_terminal())
    }

    /// How text on standard error is to look.
    #[must_use]
    pub fn aside_style(self) -> Style {
        style(self.format, std::io::stderr().is_terminal())
    }
}

fn style(format: Format, terminal: bool) -> Style {
    let colour = terminal
        && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
        && std::env::var_os("TERM").is_none_or(|term| term != "dumb");
    match format {
        Format::Plain => Style::Plain,
        _ if colour => Style::Colour,
        _ => Style::Text,
    }
}

/// What `check` can be strict about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DenyWarnings {
    /// Warnings count as errors
    Warnings,
}

/// `check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    #[command(flatten)]
    /// Which files.
    pub input: Input,
    /// Count these as errors
    #[arg(long, value_enum, value_name = "WHAT")]
    pub deny: Vec<DenyWarnings>,
    #[command(flatten)]
    /// How the answer looks.
    pub output: Output,
}

/// Which cases.
#[derive(Clone, Debug, Default, Args)]
pub struct Only {
    /// Only cases with this in their names; may be given several times
    #[arg(long = "only", value_name = "NAME")]
    pub names: Vec<String>,
}

impl Only {
    /// Whether a case of this name is meant.
    #[must_use]
    pub fn is_meant(&self, name: &str) -> bool {
        let name = name.to_lowercase();
        self.names.is_empty()
            || self
                .names
                .iter()
                .any(|only| name.contains(&only.to_lowercase()))
    }
}

/// When it is enough.
#[derive(Clone, Copy, Debug, Default, Args)]
pub struct LimitArgs {
    /// Stop judging after so many seconds; without it, there is no clock
    #[arg(long, value_name = "SECONDS")]
    pub time: Option<u64>,
    /// Do not judge a case of which more sentences than this follow
    #[arg(long, value_name = "N", hide_short_help = true)]
    pub most_derived: Option<u64>,
    /// Do not judge a case in which rules apply more often than this
    #[arg(long, value_name = "N", hide_short_help = true)]
    pub most_firings: Option<u64>,
}

impl LimitArgs {
    /// Starts the clock.
    #[must_use]
    pub fn start(self) -> Clock {
        Clock::start(self.time, self.most_derived, self.most_firings)
    }
}

/// `test`.
#[derive(Debug, Args)]
pub struct TestArgs {
    #[command(flatten)]
    /// Which files.
    pub input: Input,
    #[command(flatten)]
    /// Which cases.
    pub only: Only,
    /// Also write the results into this file, as JUnit XML
    #[arg(long, value_name = "FILE")]
    pub junit: Option<PathBuf>,
    #[command(flatten)]
    /// When it is enough.
    pub limits: LimitArgs,
    #[command(flatten)]
    /// How the answer looks.
    pub output: Output,
}

/// `fmt`.
#[derive(Debug, Args)]
pub struct FmtArgs {
    /// Files, folders, or - to read standard input and print; none: the current folder
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Write nothing; show what would change, and exit with 1 if anything would
    #[arg(long)]
    pub check: bool,
    #[command(flatten)]
    /// Whose older wordings are replaced in cases.
    pub by: By,
    #[command(flatten)]
    /// How the answer looks.
    pub output: Output,
}

/// `vocabulary`.
#[derive(Debug, Args)]
pub struct VocabularyArgs {
    /// Only sentences with these words, or words spelt nearly so
    pub words: Vec<String>,
    /// The sentences of the rulebook that judges this file
    #[arg(long = "for", value_name = "PATH")]
    pub file: Option<PathBuf>,
    #[command(flatten)]
    /// By which rules.
    pub by: By,
    #[command(flatten)]
    /// How the answer looks.
    pub output: Output,
}

/// `rulebook`.
#[derive(Debug, Args)]
pub struct RulebookArgs {
    /// Write the built-in files into this folder
    #[arg(long, value_name = "DIR")]
    pub export: Option<PathBuf>,
    #[command(flatten)]
    /// How the answer looks.
    pub output: Output,
}

/// `help`.
#[derive(Debug, Args)]
pub struct HelpArgs {
    /// The code of a fault, such as R001, or a verb; none: the verbs
    #[arg(value_name = "CODE")]
    pub topic: Option<String>,
}

/// `completions`.
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// The shell
    pub shell: clap_complete::Shell,
}

/// `man`.
#[derive(Debug, Args)]
pub struct ManArgs {
    /// Write one page for every verb into this folder
    #[arg(long, value_name = "DIR")]
    pub export: Option<PathBuf>,
}
