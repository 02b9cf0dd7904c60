//! One judged world, to be told: its verdicts by position, their names, what was told before. In: a judged world; out: words.

use crate::engine::{Evidence, Thing};
use crate::explain::{Grounds, WorldJudged};
use crate::judge::Verdict;
use crate::present::document::Item;
use crate::present::prose::Teller;
use crate::present::wording::Words;
use crate::rulebook::{Case, Citation, Rulebook, SourceId};
use crate::value::{Status, Truth};

/// Tells the verdicts of one world.
pub struct Telling<'t> {
    /// The rulebook.
    pub book: &'t Rulebook,
    /// The world.
    pub world: &'t WorldJudged<'t>,
    /// Says what ids mean.
    pub words: Words<'t>,
    /// Tells lines.
    pub teller: Teller<'t>,
    /// Whether every step is told, or only what decides and the facts it rests on.
    pub full: bool,
    /// Whether every exception is told with all its conditions, though nothing is on record for it.
    pub every: bool,
    /// What was told before, in this world or another of the case.
    pub before: Before,
}

/// What need not be told twice on a page.
#[derive(Default)]
pub struct Before {
    /// The sources: where they are law.
    pub(super) cited: Vec<SourceId>,
    /// The exceptions for which nothing is on record, by the number of the entry that names them.
    pub(super) quiet: Vec<(Vec<String>, usize)>,
}

/// So many sources of a verdict are told; of one that stands quietly, the first.
const MOST_SOURCES: usize = 2;

/// The lines that decide a ground: all where it holds, those that fail, or those that are unknown.
#[must_use]
pub fn deciding(lines: &[Evidence]) -> Vec<&Evidence> {
    let truth = lines
        .iter()
        .map(|line| line.truth.unwrap_or(Truth::False))
        .fold(Truth::True, Truth::and);
    lines
        .iter()
        .filter(|line| truth == Truth::True || line.truth == Some(truth))
        .collect()
}

/// A status in a sentence about what would be.
#[must_use]
pub fn status_words(status: Status) -> &'static str {
    match status {
        Status::Fulfilled => "kept",
        Status::NotEngaged => "not owed",
        other => other.word(),
    }
}

impl<'t> Telling<'t> {
    /// For one world of a case; with a depth every step is told, so many rules deep.
    #[must_use]
    pub fn new(
        book: &'t Rulebook,
        case: &'t Case,
        world: &'t WorldJudged<'t>,
        depth: Option<usize>,
    ) -> Self {
        let words = Words::of(book, case);
        let stated = &world.judged.record().stated;
        Self {
            book,
            world,
            words,
            teller: Teller::new(words, &world.steps, stated, depth),
            full: depth.is_some(),
            every: depth.is_some(),
            before: Before::default(),
        }
    }

    /// The same, with every exception told whole, or not.
    #[must_use]
    pub fn every(self, every: bool) -> Self {
        Self {
            every: every || self.full,
            ..self
        }
    }

    /// The verdict.
    #[must_use]
    pub fn verdict(&self, at: usize) -> &'t Verdict {
        &self.world.judged.verdicts()[at]
    }

    /// What it rests on.
    #[must_use]
    pub fn grounds(&self, at: usize) -> &'t Grounds {
        &self.world.grounds[at]
    }

    /// The norm with its parties, as a heading.
    #[must_use]
    pub fn heading(&self, at: usize) -> String {
        self.words
            .heading(self.verdict(at).norm, &self.world.parties(at))
    }

    /// The norm with its parties, within a sentence.
    #[must_use]
    pub fn named(&self, at: usize) -> String {
        self.words
            .norm(self.verdict(at).norm, &self.world.parties(at))
    }

    /// Who bears it.
    #[must_use]
    pub fn bearer(&self, at: usize) -> Option<String> {
        let first = self.world.parties(at).first().copied().flatten();
        first.map(|thing| self.words.thing(thing))
    }

    /// The sources of a norm.
    #[must_use]
    pub fn sources(&mut self, at: usize) -> Vec<Item> {
        let verdict = self.verdict(at);
        let cites: &[Citation] = &self.book.norms[verdict.norm].cites;
        if cites.is_empty() {
            return Vec::new();
        }
        let quiet = verdict.silent && verdict.statuses.len() > 1;
        let most = match (self.full || self.every, quiet) {
            (true, _) => usize::MAX,
            (false, true) => 1,
            (false, false) => MOST_SOURCES,
        };
        let mut sources: Vec<SourceId> = cites.iter().map(|cite| cite.source).collect();
        let mut seen = Vec::new();
        sources.retain(|source| {
            let new = !seen.contains(source);
            seen.push(*source);
            new
        });
        let told: Vec<Citation> = cites
            .iter()
            .filter(|cite| sources.iter().take(most).any(|own| *own == cite.source))
            .cloned()
            .collect();
        let mut words = self.cite(&told);
        if let Some(more) = sources.len().checked_sub(most).filter(|more| *more > 0) {
            words.push_str(&format!("; and {more} more"));
        }
        vec![Item::of(words)]
    }

    /// Sources; where each is law only the first time.
    pub(super) fn cite(&mut self, cites: &[Citation]) -> String {
        let words = self.words.citations_after(cites, &self.before.cited);
        if !self.full {
            self.before
                .cited
                .extend(cites.iter().map(|cite| cite.source));
        }
        words
    }

    /// What the norm advises, its slots filled.
    #[must_use]
    pub fn advice(&self, at: usize) -> Option<String> {
        let verdict = self.verdict(at);
        let norm = &self.book.norms[verdict.norm];
        let parties = self.world.parties(at);
        let fill = |name: &str| -> Option<Option<Thing>> {
            let at = norm
                .parties
                .iter()
                .position(|party| norm.vars[party.var].name == name)?;
            Some(parties[at])
        };
        norm.advice
            .as_ref()
            .map(|advice| self.words.filled(advice, fill))
    }
}
