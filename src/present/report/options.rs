//! Options side by side, dilemmas, standing breaches, and what a supposition changes. In: a judged case; out: sections.

use super::page::{Page, not_judged};
use crate::explain::{Difference, WorldJudged, compare};
use crate::judge::Instance;
use crate::present::document::Entry;
use crate::present::telling::Telling;
use crate::present::wording::{both, capital, statuses};
use crate::rulebook::Outcome;
use crate::value::{NormSort, Status, StatusSet, Truth};

impl<'p> Page<'p> {
    /// The options side by side.
    pub(super) fn options(&mut self) {
        let weighed = &self.judged.weighed;
        let name = |at: usize| &self.judged.case.branches[at].name;
        let mut entries = Vec::new();
        for (at, outcome) in &weighed.outcomes {
            let Some(world) = self.option_world(*at) else {
                continue;
            };
            let because = self.decides(world, *outcome);
            entries.push(Entry::of(format!(
                "{}: {}{because}",
                name(*at),
                outcome_words(*outcome)
            )));
        }
        for worse in weighed.outcomes.iter().map(|(at, _)| *at) {
            let better: Vec<usize> = weighed
                .better
                .iter()
                .filter(|(_, own)| *own == worse)
                .map(|(better, _)| *better)
                .collect();
            if let Some(words) = self.rather(&better, worse) {
                entries.push(Entry::of(words));
            }
        }
        self.document.section("options", "", entries);
        let line = self.options_summary();
        self.document.summary.push(line);
        let mut entries = Vec::new();
        for dilemma in &weighed.dilemmas {
            let names = |options: &[usize]| -> String {
                let names: Vec<String> = options
                    .iter()
                    .map(|at| format!("\"{}\"", name(*at)))
                    .collect();
                both(&names)
            };
            entries.push(Entry::of(format!(
                "{} is not met in {}; {} is not met in {}. No priority says which of them gives way.",
                capital(&self.instance(&dilemma.first)),
                names(&dilemma.first_violated),
                self.instance(&dilemma.second),
                names(&dilemma.second_violated),
            )));
        }
        self.document.section("dilemma", "", entries);
        let standing: Vec<Entry> = weighed
            .standing
            .iter()
            .map(|one| {
                Entry::of(format!(
                    "not met, whatever is chosen: {}",
                    self.instance(one)
                ))
            })
            .collect();
        self.document.section("standing", "", standing);
    }

    /// What the options come to, in one sentence.
    pub(super) fn options_summary(&self) -> String {
        let weighed = &self.judged.weighed;
        let named = |wanted: Outcome| -> Vec<String> {
            let own = weighed
                .outcomes
                .iter()
                .filter(|(_, outcome)| *outcome == wanted);
            own.map(|(at, _)| format!("\"{}\"", self.judged.case.branches[*at].name))
                .collect()
        };
        let (good, bad) = (named(Outcome::Permissible), named(Outcome::Impermissible));
        if !weighed.dilemmas.is_empty() {
            return "A dilemma: whatever is chosen, a duty is not met, and no priority says which gives way."
                .to_owned();
        }
        let open = named(Outcome::Open);
        if good.is_empty() && bad.is_empty() {
            return "The record does not decide between the options.".to_owned();
        }
        if good.is_empty() && open.is_empty() {
            return "No option is supportable on these facts.".to_owned();
        }
        let told: Vec<String> = [
            ("Supportable on these facts", &good),
            ("Not supportable", &bad),
            ("Open", &open),
        ]
        .into_iter()
        .filter(|(_, names)| !names.is_empty())
        .map(|(words, names)| format!("{words}: {}.", both(names)))
        .collect();
        told.join(" ")
    }

    pub(super) fn option_world(&self, option: usize) -> Option<&'p WorldJudged<'p>> {
        let worlds = self.judged.worlds.iter();
        let mut own = worlds.filter(|world| world.suppose.is_none());
        own.find(|world| world.option == Some(option))
    }

    /// The duties that decide an option's outcome.
    pub(super) fn decides(&self, world: &WorldJudged<'_>, outcome: Outcome) -> String {
        let standing = &self.judged.weighed.standing;
        let which = |set: StatusSet| match outcome {
            Outcome::Impermissible => set == StatusSet::only(Status::Violated),
            Outcome::Open => set.has(Status::Violated),
            Outcome::Permissible => false,
        };
        let telling = Telling::new(self.judged.book, self.judged.case, world, None);
        let mut names: Vec<String> = Vec::new();
        for (at, verdict) in world.judged.verdicts().iter().enumerate() {
            let own = Instance {
                norm: verdict.norm,
                parties: verdict.parties.to_vec(),
            };
            let duty = self.judged.book.norms[verdict.norm].sort == NormSort::Duty;
            if duty && which(verdict.statuses) && !standing.contains(&own) {
                names.push(telling.named(at));
            }
        }
        match (outcome, names.is_empty()) {
            (_, true) => String::new(),
            (Outcome::Impermissible, _) => format!(" (not met: {})", names.join("; ")),
            (Outcome::Open, _) => format!(" (hangs on {})", names.join("; ")),
            (Outcome::Permissible, _) => String::new(),
        }
    }

    /// Why some options rather than another: what only the other leaves unmet, and what becomes of it in theirs.
    fn rather(&self, better: &[usize], worse: usize) -> Option<String> {
        let branches = &self.judged.case.branches;
        let first = self.option_world(*better.first()?)?;
        let second = self.option_world(worse)?;
        let violated = StatusSet::only(Status::Violated);
        let told: Vec<String> = compare(first, second)
            .differences
            .iter()
            .filter(|one| one.second == violated && one.first != violated)
            .map(|one| {
                let name = &self.judged.book.norms[one.norm].name;
                match better {
                    [_] => format!("\"{name}\" is {}, not violated", self.differs(one, first)),
                    _ => format!("only the last leaves \"{name}\" unmet"),
                }
            })
            .collect();
        let names: Vec<String> = better
            .iter()
            .map(|at| format!("\"{}\"", branches[*at].name))
            .collect();
        (!told.is_empty()).then(|| {
            format!(
                "{} rather than \"{}\": {}",
                both(&names),
                branches[worse].name,
                told.join("; ")
            )
        })
    }

    /// The statuses in the first world, with what stands behind them.
    pub(super) fn differs(&self, one: &Difference, first: &WorldJudged<'_>) -> String {
        let by = one.at_first.map_or_else(Vec::new, |at| {
            let verdict = &first.judged.verdicts()[at];
            verdict
                .by
                .iter()
                .filter(|by| by.truth == Truth::True)
                .map(|by| self.words.defeater(by.defeater))
                .collect()
        });
        let words = statuses(one.first);
        if by.is_empty() {
            words
        } else {
            format!("{words} by {}", both(&by))
        }
    }

    pub(super) fn instance(&self, one: &Instance) -> String {
        let run = self.judged.worlds.first().map(|world| world.judged.run());
        let parties: Vec<_> = one
            .parties
            .iter()
            .map(|cell| run.and_then(|run| run.thing(*cell)))
            .collect();
        self.words.norm(one.norm, &parties)
    }

    /// What a supposition changes; nothing where no verdict does.
    pub(super) fn supposition(
        &self,
        base: &WorldJudged<'_>,
        world: &WorldJudged<'_>,
    ) -> Vec<Entry> {
        if !world.is_judged() {
            return not_judged(self.judged, world);
        }
        let comparison = compare(world, base);
        let mut entries = Vec::new();
        for one in &comparison.differences {
            entries.push(Entry::of(format!(
                "{} is then {} instead of {}",
                self.words.norm(one.norm, &one.parties),
                self.differs(one, world),
                statuses(one.second)
            )));
        }
        entries
    }
}

/// An outcome in the words of a committee.
#[must_use]
pub fn outcome_words(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Permissible => "supportable on these facts",
        Outcome::Impermissible => "not supportable on these facts",
        Outcome::Open => "open",
    }
}
