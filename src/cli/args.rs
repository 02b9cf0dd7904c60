//! The command line as plain data. In: what was typed; out: [`Arguments`]. Knows no verb's work.

use super::compare::CompareArgs;
use super::convert::ConvertArgs;
use super::precedents::PrecedentsArgs;
use super::question::QuestionArgs;
use super::whatif::WhatifArgs;
use crate::explain::Choice;
use crate::present::Style;
use crate::session::{Clock, Opening, worked};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::io::IsTerminal;
use std::path::PathBuf;

/// Tells which duties a described case violates, and shows every step with its source.
///
/// Cases and rules are written in .fid files, in sentences that read aloud. A PATH is such a file, a folder of them, or
/// "-" for standard input; without one, the built-in rulebook and its worked cases are meant.
///
/// Exit status: 0 as expected; 1 a finding, such as a failed expectation or a fault found by check; 2 a mistake in what
/// was asked, or something could not be judged or written; 3 a fault of fiducia itself.
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
    /// Judge cases, and report which duties are violated, kept or open, and why
    Judge(JudgeArgs),
    /// Say why, step by step: of every violated or open duty, or of one duty or sentence
    Explain(ExplainArgs),
    /// Say what would decide what is open: whom to ask what, and what each answer leaves
    Settle(QuestionArgs),
    /// Say what the bearer of a duty could change to make it right, and what that does to other duties
    Comply(QuestionArgs),
    /// Say what would differ if other facts were given, or some rule were not there
    Whatif(WhatifArgs),
    /// Lay two options, two cases or two rulebooks side by side: what differs, and on which facts it turns
    Compare(CompareArgs),
    /// Find the cases of a bank that are most like one
    Precedents(PrecedentsArgs),
    /// Hold cases against their expectations
    Test(TestArgs),
    /// Write a judgement with its proof, for somebody else to check
    Certify(super::certify::CertifyArgs),
    /// Check a certificate by a second, independent reading of the rules
    Verify(super::verify::VerifyArgs),
    /// Tell what a change of the rules would change: verdicts of past cases, and by which block
    Impact(super::impact::ImpactArgs),
    /// Find what no case tests: rules, conditions, exemptions, and a case to write
    Coverage(super::coverage::CoverageArgs),
    /// Judge a stream of cases, one line of JSON each
    Audit(AuditArgs),
    /// Write cases as lines of JSON, or lines as cases
    Convert(ConvertArgs),
    /// List for whom conditions hold, in one case or many
    Query(QueryArgs),
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
    /// What a reader would type to mean the same: the only file by its name, of several that there are some.
    #[must_use]
    pub fn named(&self, only: Option<&str>) -> Option<String> {
        match (only, self.paths.is_empty()) {
            (Some(name), _) => Some(name.to_owned()),
            (None, true) => None,
            (None, false) => Some("PATH".to_owned()),
        }
    }

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
            instead: false,
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
    /// Look for small cases: what never arises, is never broken or never acts; duties that fall out with each other. Of two
    /// rulebooks of one name also whether they ever differ
    #[arg(long)]
    pub deep: bool,
    /// With --deep: stop after so many seconds (60 unless told)
    #[arg(long, value_name = "SECONDS", requires = "deep")]
    pub time: Option<u64>,
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
    /// Only the case of this name, or those with this in their names; may be given several times
    #[arg(long = "only", value_name = "NAME")]
    pub names: Vec<String>,
}

/// When it is enough.
#[derive(Clone, Copy, Debug, Default, Args)]
pub struct LimitArgs {
    /// Stop judging after so many seconds; without it, there is no clock
    #[arg(long, value_name = "SECONDS", value_parser = count)]
    pub time: Option<u64>,
    /// Do not judge a case of which more sentences than this follow
    #[arg(long, value_name = "N", hide_short_help = true, value_parser = count)]
    pub most_derived: Option<u64>,
    /// Do not judge a case in which rules apply more often than this
    #[arg(long, value_name = "N", hide_short_help = true, value_parser = count)]
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

/// How an audit's lines are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum LineFormat {
    /// One JSON object a judgement
    #[default]
    Ndjson,
    /// Case, what, instance and status in columns, one a line
    Tsv,
    /// Only the counts at the end
    Summary,
}

impl From<LineFormat> for crate::bank::Format {
    fn from(format: LineFormat) -> Self {
        match format {
            LineFormat::Ndjson => Self::Ndjson,
            LineFormat::Tsv => Self::Tsv,
            LineFormat::Summary => Self::Summary,
        }
    }
}

/// `audit`.
#[derive(Debug, Args)]
pub struct AuditArgs {
    /// The cases: lines of JSON, packed by gzip or zstd or not, or a folder of tables; - or none: standard input
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    #[command(flatten)]
    /// By which rules.
    pub by: By,
    /// How many threads; none: one a processor
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
    /// Only these duties, ideals or concerns, by name, or findings, as "_ is at risk"; may be given several times
    #[arg(long, value_name = "NAME")]
    pub only: Vec<String>,
    /// Say why: of duties that are or may be violated, or of all that is shown
    #[arg(long, value_enum, value_name = "WHAT")]
    pub explain: Option<ExplainWhat>,
    /// Tell names within a line that differ by one letter, where nobody wrote a cast
    #[arg(long)]
    pub check_names: bool,
    /// Also what nothing in the case bears on
    #[arg(long)]
    pub all: bool,
    /// How the lines are written
    #[arg(long, value_enum, default_value_t)]
    pub format: LineFormat,
    /// Keep words of cases out of what is said of refused lines
    #[arg(long)]
    pub redact: bool,
    /// Go on after this line: the lines up to it were done before
    #[arg(long, value_name = "LINE", default_value_t = 0)]
    pub resume: u64,
    /// Write the counts into this file instead of standard error
    #[arg(long, value_name = "FILE")]
    pub summary: Option<PathBuf>,
    #[command(flatten)]
    /// When it is enough.
    pub limits: LimitArgs,
}

/// What an audit explains.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExplainWhat {
    /// Duties that are or may be violated
    Violated,
    /// Everything that is shown
    All,
}

/// Which cases, and which of their options and suppositions.
#[derive(Clone, Debug, Default, Args)]
pub struct CaseArgs {
    #[command(flatten)]
    /// Which cases.
    pub only: CaseNames,
    #[command(flatten)]
    /// Which worlds.
    pub choice: ChoiceArgs,
}

/// Which cases.
#[derive(Clone, Debug, Default, Args)]
pub struct CaseNames {
    /// Only the case of this name, or those with this in their names; may be given several times
    #[arg(long = "case", value_name = "NAME")]
    pub names: Vec<String>,
}

/// The cases meant by some names.
#[derive(Clone, Debug)]
pub struct CasesMeant {
    /// Each name in small letters, and whether it is the whole name of a case.
    names: Vec<(String, bool)>,
}

impl CasesMeant {
    /// Among the cases there are: a name that one has whole means that one alone, else every case whose name it is part of.
    pub fn among<'n>(names: &[String], all: impl Iterator<Item = &'n str> + Clone) -> Self {
        let names = names
            .iter()
            .map(|name| {
                let name = name.trim().to_lowercase();
                let whole = all.clone().any(|other| other.to_lowercase() == name);
                (name, whole)
            })
            .collect();
        Self { names }
    }

    /// The names that mean none of these cases.
    pub fn unknown<'m, 'n>(
        &'m self,
        all: impl Iterator<Item = &'n str> + Clone + 'm,
    ) -> impl Iterator<Item = &'m str> {
        self.names
            .iter()
            .map(|(name, _)| name.as_str())
            .filter(move |name| !all.clone().any(|case| case.to_lowercase().contains(name)))
    }

    /// Whether this case is meant.
    #[must_use]
    pub fn is_meant(&self, case: &str) -> bool {
        self.names.is_empty() || self.position(case).is_some()
    }

    /// The position of the name that means this case.
    #[must_use]
    pub fn position(&self, case: &str) -> Option<usize> {
        let case = case.to_lowercase();
        self.names.iter().position(|(name, whole)| {
            if *whole {
                case == *name
            } else {
                case.contains(name)
            }
        })
    }
}

/// Which option or supposition.
#[derive(Clone, Debug, Default, Args)]
pub struct ChoiceArgs {
    /// Only this option
    #[arg(long, value_name = "NAME")]
    pub option: Option<String>,
    /// Only this supposition; with an option, the option under it
    #[arg(long, value_name = "NAME")]
    pub suppose: Option<String>,
}

impl CaseArgs {
    /// The same, or the worked cases where neither a path nor a name was given.
    #[must_use]
    pub fn or_worked(&self, input: &Input) -> Self {
        let mut args = self.clone();
        if input.paths.is_empty() && args.only.names.is_empty() {
            args.only.names = worked().map(str::to_owned).collect();
        }
        args
    }
}

impl ChoiceArgs {
    /// The same for whoever explains.
    #[must_use]
    pub fn choice(&self) -> Choice {
        Choice {
            option: self.option.clone(),
            suppose: self.suppose.clone(),
            bare: false,
        }
    }
}

/// What `judge` can be strict about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DenyViolated {
    /// A violated duty is a finding: exit status 1
    Violated,
}

/// `judge`.
#[derive(Debug, Args)]
pub struct JudgeArgs {
    #[command(flatten)]
    /// Which files.
    pub input: Input,
    #[command(flatten)]
    /// Which cases.
    pub cases: CaseArgs,
    /// Also tell what is folded away or does not arise
    #[arg(long)]
    pub all: bool,
    /// Ask for what is open, one question at a time, and show what each answer settles
    #[arg(long)]
    pub ask: bool,
    /// With --ask: only what this duty, ideal or concern hangs on
    #[arg(long, value_name = "DUTY", requires = "ask")]
    pub duty: Option<String>,
    /// With --ask: write the file of the case with the answers added into this file, after each answer
    #[arg(long, value_name = "FILE", requires = "ask")]
    pub write: Option<PathBuf>,
    /// Print every report, also where more than a dozen cases are judged
    #[arg(long)]
    pub reports: bool,
    /// Count this as a finding
    #[arg(long, value_enum, value_name = "WHAT")]
    pub deny: Vec<DenyViolated>,
    #[command(flatten)]
    /// When it is enough.
    pub limits: LimitArgs,
    #[command(flatten)]
    /// How the answer looks.
    pub output: Output,
}

/// How an explanation looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ExplainFormat {
    /// For people; colours only on a terminal and without NO_COLOR
    #[default]
    Text,
    /// For people; no colour, no drawing, good for a screen reader
    Plain,
    /// For programs
    Json,
    /// The fact graph, for Graphviz
    Dot,
    /// The fact graph, drawn
    Svg,
}

/// `explain`.
#[derive(Debug, Args)]
pub struct ExplainArgs {
    #[command(flatten)]
    /// Which files.
    pub input: Input,
    #[command(flatten)]
    /// Which cases.
    pub cases: CaseArgs,
    /// Of this duty, ideal or concern: its name, or the words of an expectation: '"rescue" owed by [Dr Osei] to [Mr Lind]'
    #[arg(long, value_name = "DUTY")]
    pub duty: Option<String>,
    /// Of this sentence, with the people of the case in its slots
    #[arg(long, value_name = "SENTENCE", conflicts_with = "duty")]
    pub sentence: Option<String>,
    /// Why it is not so: without more, why the duty is not violated or the sentence not true; or why it does not have this
    /// status, such as --why-not=exempt
    #[arg(long, value_name = "STATUS", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    pub why_not: Option<String>,
    /// How many rules deep; a number, or all
    #[arg(long, value_name = "N", default_value = "3", value_parser = depth)]
    pub depth: usize,
    /// Which of several derivations of a sentence
    #[arg(long, value_name = "N", default_value = "1", value_parser = ordinal)]
    pub proof: usize,
    #[command(flatten)]
    /// When it is enough.
    pub limits: LimitArgs,
    /// How the answer looks
    #[arg(long, value_enum, default_value_t)]
    pub format: ExplainFormat,
}

fn count(text: &str) -> Result<u64, String> {
    text.parse()
        .map_err(|_| format!("{text} is not a whole number"))
}

fn ordinal(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(number) if number > 0 => Ok(number),
        _ => Err(format!("{text} is not one of 1, 2, 3, ...")),
    }
}

fn depth(text: &str) -> Result<usize, String> {
    if text == "all" {
        return Ok(usize::MAX);
    }
    text.parse()
        .map_err(|_| format!("{text} is neither a number nor the word all"))
}

impl ExplainArgs {
    /// How text looks.
    #[must_use]
    pub fn output(&self) -> Output {
        Output {
            format: match self.format {
                ExplainFormat::Plain => Format::Plain,
                ExplainFormat::Json => Format::Json,
                ExplainFormat::Text | ExplainFormat::Dot | ExplainFormat::Svg => Format::Text,
            },
        }
    }
}

/// `query`.
#[derive(Debug, Args)]
pub struct QueryArgs {
    /// Conditions as in a rule, all of which are to hold; a slot that names nobody of the case is asked for
    #[arg(value_name = "CONDITION", required = true)]
    pub conditions: Vec<String>,
    /// Files, folders, or - for standard input; none: the built-in cases
    #[arg(long = "in", value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    /// By which rules.
    pub by: By,
    #[command(flatten)]
    /// Which cases.
    pub cases: CaseArgs,
    /// Also say of each answer why it holds
    #[arg(long)]
    pub why: bool,
    /// How many rules deep that goes; a number, or all
    #[arg(long, value_name = "N", default_value = "1", value_parser = depth)]
    pub depth: usize,
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
