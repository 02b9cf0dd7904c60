//! The report: what a person reads about a judged case. In: a [`CaseJudged`]; out: a page. The verdict first, then worst
//! first; each thing once: violated, open, defeated, kept, risks, what to do next, what was assumed.

use super::Style;
use super::document::{Document, Entry, Section};
use super::judging::{self, Judged};
use super::telling::{Telling, deciding};
use super::wording::{Words, both, capital, statuses};
use crate::engine::{Evidence, Found, Reading, Standing};
use crate::explain::{CaseJudged, Difference, Grounds, Whom, WorldJudged, compare};
use crate::judge::Instance;
use crate::plan::Origin;
use crate::rulebook::Outcome;
use crate::text::Diagnostic;
use crate::value::{NormSort, Status, StatusSet, Truth};
use unicode_width::UnicodeWidthStr;

/// How much of a case is told.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Also what is folded or not engaged.
    pub all: bool,
    /// The file's name as given, for the line that says how to see every step.
    pub file: Option<String>,
}

/// The report of one case.
#[must_use]
pub fn report(judged: &CaseJudged<'_>, how: &Report, style: Style) -> String {
    document(judged, how).text(style)
}

/// The reports of several cases: first a table, one line a case.
#[must_use]
pub fn reports(all: &[&CaseJudged<'_>], how: &Report, style: Style) -> String {
    if let [only] = all {
        return report(only, how, style);
    }
    let mut text = table(all, style);
    for judged in all {
        if style != Style::Plain {
            text.push_str(&style.dim(&"-".repeat(100)));
        }
        text.push('\n');
        text.push_str(&report(judged, how, style));
    }
    text
}

/// One line a case: what came of it.
#[must_use]
pub fn table(all: &[&CaseJudged<'_>], style: Style) -> String {
    let width = all
        .iter()
        .map(|judged| judged.case.name.width())
        .max()
        .unwrap_or(0)
        .min(44);
    let mut text = String::new();
    for judged in all {
        let name = &judged.case.name;
        let line = outcome(judged);
        if style == Style::Plain {
            text.push_str(&format!("{name}: {line}\n"));
        } else {
            let room = (width + 2).saturating_sub(name.width()).max(2);
            let words = super::wrap(&line, 100 - width - 2, 0);
            let words = words.replace('\n', &format!("\n{}", " ".repeat(width + 2)));
            text.push_str(&format!("{name}{}{words}\n", " ".repeat(room)));
        }
    }
    text
}

/// What came of a case, in a few words.
fn outcome(judged: &CaseJudged<'_>) -> String {
    if !judged.is_judged() {
        return "not judged".to_owned();
    }
    if !judged.weighed.outcomes.is_empty() {
        let each: Vec<String> = judged
            .weighed
            .outcomes
            .iter()
            .map(|(at, outcome)| format!("{}: {}", judged.case.branches[*at].name, outcome.word()))
            .collect();
        let dilemma = if judged.weighed.dilemmas.is_empty() {
            ""
        } else {
            "; a dilemma"
        };
        return format!("{}{dilemma}", each.join("; "));
    }
    let Some(world) = judged.worlds.first() else {
        return String::new();
    };
    let named = |which: &dyn Fn(StatusSet) -> bool| -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for verdict in world.judged.verdicts() {
            let norm = &judged.book.norms[verdict.norm];
            if norm.sort == NormSort::Duty && which(verdict.statuses) {
                let name = format!("\"{}\"", norm.name);
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        names
    };
    let mut parts = Vec::new();
    let violated = named(&|set| set == StatusSet::only(Status::Violated));
    let open = named(&|set| set.len() > 1);
    if !violated.is_empty() {
        parts.push(format!("violated: {}", violated.join(", ")));
    }
    if !open.is_empty() {
        parts.push(format!("open: {}", open.join(", ")));
    }
    if parts.is_empty() {
        parts.push("nothing violated, nothing open".to_owned());
    }
    parts.join("; ")
}

/// The page of one case.
#[must_use]
pub fn document(judged: &CaseJudged<'_>, how: &Report) -> Document {
    let mut page = Page {
        judged,
        how,
        words: Words::of(judged.book, judged.case),
        document: Document {
            title: judged.case.name.clone(),
            aside: under(judged),
            ..Document::default()
        },
        number: 0,
        entries: Vec::new(),
    };
    page.build();
    page.document
}

fn under(judged: &CaseJudged<'_>) -> String {
    let mut words = format!("under \"{}\"", judged.book.name);
    if !judged.book.version.is_empty() {
        words.push_str(&format!(" {}", judged.book.version));
    }
    words
}

struct Page<'p> {
    judged: &'p CaseJudged<'p>,
    how: &'p Report,
    words: Words<'p>,
    document: Document,
    number: usize,
    /// What was told before, so that the next world can refer to it.
    entries: Vec<Entry>,
}

/// The verdicts of a world by where they are told.
#[derive(Default)]
struct Sorted {
    violated: Vec<usize>,
    open: Vec<usize>,
    overridden: Vec<usize>,
    excused: Vec<usize>,
    exempt: Vec<usize>,
    kept: Vec<usize>,
    concerns: Vec<usize>,
    ideals: Vec<usize>,
    owed: Vec<usize>,
    not_assessed: Vec<usize>,
    not_engaged: Vec<usize>,
}

impl<'p> Page<'p> {
    fn build(&mut self) {
        let shown: Vec<&'p WorldJudged<'p>> = self.judged.shown().collect();
        let options = shown.iter().filter(|world| world.option.is_some()).count();
        match shown.as_slice() {
            [only] => {
                self.summary(only, "");
                self.world(only);
            }
            _ => {
                if options > 1 {
                    self.options();
                }
                for world in &shown {
                    self.branch(world, options > 1);
                }
            }
        }
        if let Some(world) = shown.first() {
            self.decides_nothing(world);
        }
        self.footer(&shown);
    }

    /// One world among several.
    fn branch(&mut self, world: &'p WorldJudged<'p>, compared: bool) {
        let base = self.judged.worlds.first();
        if let (Some(at), None, Some(base)) = (world.suppose, world.option, base) {
            let mut entries = self.supposition(base, world);
            if let Some(first) = entries.first_mut() {
                let name = &self.judged.case.branches[at].name;
                first.head = format!("{name}: {}", first.head);
            }
            self.document.section("suppose", "", entries);
            return;
        }
        let title = match world.option {
            Some(at) => format!("option {}", self.judged.case.branches[at].name),
            None => "the case itself".to_owned(),
        };
        let outcome = world.option.and_then(|at| self.outcome_of(at));
        self.document.sections.push(Section {
            title,
            note: outcome.map_or_else(String::new, |outcome| {
                if compared {
                    String::new()
                } else {
                    outcome_words(outcome).to_owned()
                }
            }),
            entries: Vec::new(),
        });
        if !compared || world.option.is_none() {
            self.summary(world, "");
        }
        self.world(world);
    }

    fn outcome_of(&self, option: usize) -> Option<Outcome> {
        let outcomes = &self.judged.weighed.outcomes;
        outcomes
            .iter()
            .find(|(at, _)| *at == option)
            .map(|(_, outcome)| *outcome)
    }

    /// The verdict in one or two plain sentences.
    fn summary(&mut self, world: &'p WorldJudged<'p>, lead: &str) {
        if !world.is_judged() {
            return;
        }
        let sorted = sort(self.judged, world, self.how);
        let telling = Telling::new(self.judged.book, self.judged.case, world, None);
        let mut lines = Vec::new();
        match sorted.violated.as_slice() {
            [] => lines.push(format!(
                "{lead}{}",
                if sorted.open.is_empty() {
                    "On this record no duty is violated."
                } else {
                    "No duty is surely violated on this record."
                }
            )),
            violated => {
                for at in violated.iter().take(3) {
                    lines.push(format!("{lead}{}", not_met(&telling, *at)));
                }
                if violated.len() > 3 {
                    lines.push(format!(
                        "{} further duties were not met.",
                        violated.len() - 3
                    ));
                }
            }
        }
        if !sorted.open.is_empty() {
            let named: Vec<String> = sorted
                .open
                .iter()
                .take(3)
                .map(|at| {
                    let name = &self.judged.book.norms[telling.verdict(*at).norm].name;
                    match telling.bearer(*at) {
                        Some(bearer) => format!("\"{name}\" ({bearer})"),
                        None => format!("\"{name}\""),
                    }
                })
                .collect();
            let more = match sorted.open.len() {
                0..=3 => String::new(),
                n => format!(", and {} more", n - 3),
            };
            lines.push(format!(
                "Not decided by this record: {}{more}.",
                named.join("; ")
            ));
        }
        self.document.summary.extend(lines);
    }

    /// The sections of one world.
    fn world(&mut self, world: &'p WorldJudged<'p>) {
        if !world.is_judged() {
            let entries = not_judged(self.judged, world);
            self.document.section("not judged", "", entries);
            return;
        }
        let mut sorted = sort(self.judged, world, self.how);
        let mut telling = Telling::new(self.judged.book, self.judged.case, world, None);
        if !self.how.all {
            let folds =
                |at: &usize| telling.is_kept_by_silence(*at) && !defeats_another(world, *at);
            let (silent, kept) = sorted.kept.into_iter().partition(folds);
            sorted.kept = kept;
            let silent: Vec<usize> = silent;
            sorted.owed.extend(silent);
            sorted.owed.sort_unstable();
        }
        let mut numbers: Vec<(usize, usize)> = Vec::new();
        let full = |telling: &mut Telling<'_>, at, number| telling.entry(at, number);
        let defeated = |telling: &mut Telling<'_>, at, number| telling.defeated(at, number);
        let brief = |telling: &mut Telling<'_>, at, number| telling.brief(at, number);
        type Tell<'f> = &'f dyn Fn(&mut Telling<'_>, usize, usize) -> Entry;
        let groups: [(&str, &str, &[usize], Tell<'_>); 8] = [
            (
                "violated",
                "not met, and nothing on record justifies it",
                &sorted.violated,
                &full,
            ),
            ("open", "the record does not decide", &sorted.open, &full),
            (
                "overridden",
                "owed, and rightly gave way to another duty",
                &sorted.overridden,
                &defeated,
            ),
            (
                "excused",
                "not met, and nobody is to blame",
                &sorted.excused,
                &defeated,
            ),
            (
                "exempt",
                "owed in general, not here",
                &sorted.exempt,
                &defeated,
            ),
            ("kept", "", &sorted.kept, &brief),
            (
                "concern",
                "a risk, not a certainty",
                &sorted.concerns,
                &brief,
            ),
            ("ideals", "", &sorted.ideals, &brief),
        ];
        for (title, note, verdicts, tell) in groups {
            let mut entries = Vec::new();
            for at in verdicts {
                let mut entry = tell(&mut telling, *at, self.number + 1);
                let known = self.known(&entry);
                match known {
                    Some(number) => {
                        numbers.push((*at, number));
                        entry.fields = Vec::new();
                        entry.number = None;
                        entry.head.push_str(&format!(" (see {number})"));
                    }
                    None => {
                        self.number += 1;
                        numbers.push((*at, self.number));
                        self.entries.push(entry.clone());
                    }
                }
                entries.push(entry);
            }
            self.document.section(title, note, entries);
        }
        self.findings(world);
        self.next(world, &telling, &sorted, &numbers);
        self.assumed(&telling, &sorted);
        self.folded(&telling, &sorted);
    }

    /// The number under which the same was told before.
    fn known(&self, entry: &Entry) -> Option<usize> {
        let same = |known: &&Entry| {
            known.head == entry.head
                && known.fields.len() == entry.fields.len()
                && known
                    .fields
                    .iter()
                    .zip(&entry.fields)
                    .all(|(a, b)| a.label == b.label && a.items == b.items)
        };
        self.entries.iter().find(same)?.number
    }

    fn findings(&mut self, world: &'p WorldJudged<'p>) {
        let mut said: Vec<String> = Vec::new();
        for found in &world.findings {
            if found.finding.silent && !self.how.all {
                continue;
            }
            if let Found::Sentence { reading, .. } = &found.line.found {
                said.push(self.words.reading(reading));
            }
        }
        if !said.is_empty() {
            let entry = Entry::of(said.join("; "));
            self.document.section("findings", "", vec![entry]);
        }
    }

    /// Who must do what next: what follows from a breach, else what would keep the duty; and who is to be asked.
    fn next(
        &mut self,
        world: &'p WorldJudged<'p>,
        telling: &Telling<'p>,
        sorted: &Sorted,
        numbers: &[(usize, usize)],
    ) {
        let number = |at: usize| numbers.iter().find(|(own, _)| *own == at).map(|(_, n)| *n);
        let mut entries: Vec<String> = Vec::new();
        for at in sorted.violated.iter().chain(&sorted.open) {
            let verdict = telling.verdict(*at);
            let followed = world.grounds[*at].follow_ons.iter().any(|own| {
                world.judged.verdicts()[*own].statuses != StatusSet::only(Status::Fulfilled)
            });
            let mine = verdict.statuses.has(Status::Violated) && !verdict.repaired && !followed;
            let who = telling.bearer(*at).unwrap_or_default();
            let from = number(*at).map_or_else(String::new, |n| format!(" ({n})"));
            if !mine {
                continue;
            }
            let follows = self.judged.book.norms[verdict.norm].after;
            let words = match telling.advice(*at) {
                Some(advice) => Some(advice),
                None if follows => Some(format!(
                    "see to \"{}\"",
                    self.judged.book.norms[verdict.norm].name
                )),
                None => None,
            };
            if let Some(words) = words {
                let own = format!("{who}: ");
                let words = words.strip_prefix(&own).unwrap_or(&words);
                let unsure = verdict.statuses.has(Status::NotEngaged)
                    || verdict.statuses.has(Status::Exempt);
                let line = match number(*at) {
                    Some(number) if unsure => {
                        format!("{who}, should {number} prove to be owed: {words}")
                    }
                    _ => format!("{who}: {words}{from}"),
                };
                if !entries.contains(&line) {
                    entries.push(line);
                }
            }
        }
        let mut asked: Vec<(String, Vec<usize>)> = Vec::new();
        for at in &sorted.open {
            for question in &world.grounds[*at].questions {
                let whom = match question.whom {
                    Some(Whom::Somebody(thing)) => self.words.thing(thing),
                    Some(Whom::Judges) => "whoever is to judge it".to_owned(),
                    None => "whoever knows".to_owned(),
                };
                let Some(number) = number(*at) else { continue };
                match asked.iter_mut().find(|(own, _)| *own == whom) {
                    Some((_, numbers)) if numbers.contains(&number) => {}
                    Some((_, numbers)) => numbers.push(number),
                    None => asked.push((whom, vec![number])),
                }
            }
        }
        if !asked.is_empty() {
            let asked: Vec<String> = asked
                .into_iter()
                .map(|(whom, numbers)| {
                    let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
                    format!("{whom} ({})", numbers.join(", "))
                })
                .collect();
            entries.push(format!("to be asked: {}", asked.join("; ")));
        }
        let entries = entries.into_iter().map(Entry::of).collect();
        self.document.section("next", "", entries);
    }

    /// What was taken as so because nobody said otherwise, as far as it decides something that is shown.
    fn assumed(&mut self, telling: &Telling<'p>, sorted: &Sorted) {
        let told = self.document.text(Style::Plain);
        let shown = sorted
            .violated
            .iter()
            .chain(&sorted.open)
            .chain(&sorted.overridden)
            .chain(&sorted.excused)
            .chain(&sorted.exempt)
            .chain(&sorted.kept);
        let mut above = told.contains("nobody states that");
        let mut lines: Vec<String> = Vec::new();
        for at in shown {
            above |= telling.folds(*at);
            for assumption in assumptions(telling, *at) {
                let words = match assumption.standing {
                    Standing::Default => format!(
                        "{} (the rulebook's default)",
                        self.words.reading(&assumption)
                    ),
                    _ => telling.teller.said(&assumption).0,
                };
                if !told.contains(&words) && !lines.contains(&words) {
                    lines.push(words);
                }
            }
        }
        let mut entries: Vec<Entry> = Vec::new();
        let (silent, others): (Vec<String>, Vec<String>) = lines
            .into_iter()
            .partition(|line| line.starts_with("nobody states that "));
        if above {
            entries.push(Entry::of(
                "what \"nobody states\", or has \"nothing on record\", is taken as false because not stated",
            ));
        }
        if !silent.is_empty() {
            let silent: Vec<&str> = silent
                .iter()
                .map(|line| line.trim_start_matches("nobody states "))
                .collect();
            let lead = if above {
                "nor does anybody state"
            } else {
                "taken as false because not stated:"
            };
            entries.push(Entry::of(format!("{lead} {}", silent.join("; "))));
        }
        if !others.is_empty() {
            entries.push(Entry::of(others.join("; ")));
        }
        self.document.section("assumed", "", entries);
    }

    fn folded(&mut self, telling: &Telling<'p>, sorted: &Sorted) {
        let line = |verdicts: &[usize]| -> Vec<Entry> {
            let mut by_bearer: Vec<(String, Vec<String>)> = Vec::new();
            for at in verdicts {
                let name = self.judged.book.norms[telling.verdict(*at).norm]
                    .name
                    .clone();
                let bearer = telling.bearer(*at).unwrap_or_default();
                match by_bearer.iter_mut().find(|(own, _)| *own == bearer) {
                    Some((_, names)) if names.contains(&name) => {}
                    Some((_, names)) => names.push(name),
                    None => by_bearer.push((bearer, vec![name])),
                }
            }
            let words: Vec<String> = by_bearer
                .into_iter()
                .map(|(bearer, names)| format!("{} ({bearer})", names.join(", ")))
                .collect();
            if words.is_empty() {
                Vec::new()
            } else {
                vec![Entry::of(words.join("; "))]
            }
        };
        let owed = line(&sorted.owed);
        let mut not_assessed: Vec<String> = line(&sorted.not_assessed)
            .into_iter()
            .map(|entry| entry.head)
            .collect();
        let findings = telling.world.findings.iter();
        for found in findings.filter(|found| found.finding.silent && !self.how.all) {
            let Found::Sentence { reading, .. } = &found.line.found else {
                continue;
            };
            not_assessed.push(format!("whether {}", self.words.sentence(reading)));
        }
        let not_engaged = line(&sorted.not_engaged);
        self.document
            .section("owed", "and nothing recorded against it", owed);
        let not_assessed = if not_assessed.is_empty() {
            Vec::new()
        } else {
            vec![Entry::of(not_assessed.join("; "))]
        };
        self.document.section("not assessed", "", not_assessed);
        self.document.section("not engaged", "", not_engaged);
    }

    /// The options side by side.
    fn options(&mut self) {
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
        for (better, worse) in &weighed.better {
            let Some(words) = self.rather(*better, *worse) else {
                continue;
            };
            entries.push(Entry::of(words));
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
    fn options_summary(&self) -> String {
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
        match (good.is_empty(), bad.is_empty()) {
            (false, true) => format!("Supportable on these facts: {}.", both(&good)),
            (false, false) => format!(
                "Supportable on these facts: {}. Not supportable: {}.",
                both(&good),
                both(&bad)
            ),
            (true, false) => {
                let open = named(Outcome::Open);
                if open.is_empty() {
                    "No option is supportable on these facts.".to_owned()
                } else {
                    format!(
                        "Not supportable on these facts: {}. Open: {}.",
                        both(&bad),
                        both(&open)
                    )
                }
            }
            (true, true) => "The record does not decide between the options.".to_owned(),
        }
    }

    fn option_world(&self, option: usize) -> Option<&'p WorldJudged<'p>> {
        let worlds = self.judged.worlds.iter();
        let mut own = worlds.filter(|world| world.suppose.is_none());
        own.find(|world| world.option == Some(option))
    }

    /// The duties that decide an option's outcome.
    fn decides(&self, world: &WorldJudged<'_>, outcome: Outcome) -> String {
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
                parties: verdict.parties.clone(),
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

    /// Why one option rather than another.
    fn rather(&self, better: usize, worse: usize) -> Option<String> {
        let (first, second) = (self.option_world(better)?, self.option_world(worse)?);
        let branches = &self.judged.case.branches;
        let comparison = compare(first, second);
        let violated = StatusSet::only(Status::Violated);
        let told: Vec<String> = comparison
            .differences
            .iter()
            .filter(|one| one.second == violated && one.first != violated)
            .map(|one| {
                format!(
                    "{} is violated there, {} here",
                    self.words.norm(one.norm, &one.parties),
                    self.differs(one, first)
                )
            })
            .collect();
        if told.is_empty() {
            return None;
        }
        Some(format!(
            "{} rather than {}: {}",
            branches[better].name,
            branches[worse].name,
            told.join("; ")
        ))
    }

    /// The statuses in the first world, with what stands behind them.
    fn differs(&self, one: &Difference, first: &WorldJudged<'_>) -> String {
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

    fn instance(&self, one: &Instance) -> String {
        let run = self.judged.worlds.first().map(|world| world.judged.run());
        let parties: Vec<_> = one
            .parties
            .iter()
            .map(|cell| run.and_then(|run| run.thing(*cell)))
            .collect();
        self.words.norm(one.norm, &parties)
    }

    /// What a supposition changes.
    fn supposition(&self, base: &WorldJudged<'_>, world: &WorldJudged<'_>) -> Vec<Entry> {
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
        if entries.is_empty() {
            entries.push(Entry::of("no verdict changes"));
        }
        entries
    }

    /// Stated sentences that people expect to matter and that do not.
    fn decides_nothing(&mut self, world: &WorldJudged<'_>) {
        let said: Vec<String> = world
            .judged
            .record()
            .stated
            .iter()
            .filter(|line| {
                let declared = &self.judged.book.vocabulary.sentences[line.sentence];
                declared.decides_nothing.is_some()
            })
            .map(|line| self.words.stated(line))
            .collect();
        if !said.is_empty() {
            let entry = Entry::of(format!("stated, but decides nothing: {}", said.join("; ")));
            self.document.section("set aside", "", vec![entry]);
        }
    }

    fn footer(&mut self, shown: &[&WorldJudged<'_>]) {
        let mut used = Vec::new();
        for world in shown {
            used.extend(world.graph.instances.iter().map(|one| one.origin));
        }
        used.sort();
        used.dedup();
        let book = self.judged.book;
        // A duty counts once, whichever of its lines held.
        let mut blocks: Vec<_> = used.into_iter().map(block_of).collect();
        blocks.sort();
        blocks.dedup();
        let all = book.rules.len() + book.norms.len() + book.defeats.len() + book.priorities.len();
        let file = self.how.file.as_deref().unwrap_or("FILE");
        self.document.footer.push(format!(
            "{} of {all} rules, duties and exceptions used. Every step: fiducia explain {file} --case \"{}\" --depth all",
            blocks.len(),
            self.judged.case.name
        ));
        self.document
            .footer
            .push("A committee decides; fiducia shows what its rules imply.".to_owned());
    }
}

/// A body's block: all bodies of one norm are one.
fn block_of(origin: Origin) -> Origin {
    match origin {
        Origin::Engaged(id) | Origin::PartArises(id, _) | Origin::Test(id, _) => Origin::Arises(id),
        other => other,
    }
}

/// Sorts the verdicts of a world by where they are told.
fn sort(judged: &CaseJudged<'_>, world: &WorldJudged<'_>, how: &Report) -> Sorted {
    let mut sorted = Sorted::default();
    let verdicts = world.judged.verdicts();
    for (at, verdict) in verdicts.iter().enumerate() {
        let only = |status: Status| verdict.statuses == StatusSet::only(status);
        let folds = verdict.silent && !how.all;
        let list = match judged.book.norms[verdict.norm].sort {
            NormSort::Duty if verdict.statuses.len() > 1 => &mut sorted.open,
            NormSort::Duty if only(Status::Violated) => &mut sorted.violated,
            NormSort::Duty if only(Status::Overridden) => &mut sorted.overridden,
            NormSort::Duty if only(Status::Excused) => &mut sorted.excused,
            NormSort::Duty if only(Status::Exempt) => &mut sorted.exempt,
            NormSort::Duty if only(Status::Fulfilled) => {
                if folds && !defeats_another(world, at) {
                    &mut sorted.owed
                } else {
                    &mut sorted.kept
                }
            }
            NormSort::Ideal | NormSort::Concern if verdict.statuses.len() > 1 && folds => {
                &mut sorted.not_assessed
            }
            NormSort::Ideal if !only(Status::NotEngaged) => &mut sorted.ideals,
            NormSort::Concern if !only(Status::NotRaised) => &mut sorted.concerns,
            _ if how.all => &mut sorted.not_engaged,
            _ => continue,
        };
        list.push(at);
    }
    sorted
}

/// Whether a duty, by being kept, overrides another.
fn defeats_another(world: &WorldJudged<'_>, at: usize) -> bool {
    use crate::graph::Edge;
    use petgraph::visit::EdgeRef;
    let Some(node) = world.graph.verdict(at) else {
        return false;
    };
    world
        .graph
        .graph
        .edges(node)
        .any(|edge| *edge.weight() == Edge::Outranks && edge.source() == node)
}

/// The assumptions on which a verdict rests: closed sentences that nobody states, and defaults. Of an exception that fails,
/// only those that make it fail, and none of one that is told by its name alone.
fn assumptions(telling: &Telling<'_>, at: usize) -> Vec<Reading> {
    let world = telling.world;
    let grounds: &Grounds = &world.grounds[at];
    let mut lines: Vec<&Evidence> = grounds.arises.lines.iter().collect();
    for part in telling.telling_parts(at) {
        for ground in part.arises.iter().chain(&part.test) {
            lines.extend(deciding(&ground.lines));
        }
    }
    let verdict = telling.verdict(at);
    if verdict.statuses != StatusSet::only(Status::Fulfilled) {
        for one in telling.told_exceptions(at) {
            let own = one.ground.lines.iter();
            lines.extend(own.filter(|line| match one.truth {
                Truth::False => line.truth == Some(Truth::False),
                _ => line.truth != Some(Truth::False),
            }));
        }
    }
    let mut found: Vec<Reading> = Vec::new();
    for line in lines {
        for leaf in world.steps.leaves_of_line(line) {
            let assumed = matches!(
                leaf.reading.standing,
                Standing::Closed | Standing::Nothing | Standing::Default
            );
            if assumed && !found.contains(leaf.reading) {
                found.push(leaf.reading.clone());
            }
        }
    }
    found
}

/// `Lee did not meet "confidentiality", owed to Ms Rojas …, and nothing on record justifies it.`
fn not_met(telling: &Telling<'_>, at: usize) -> String {
    let named = telling.named(at);
    match telling.bearer(at) {
        Some(bearer) => {
            let rest = named.replacen(&format!("owed by {bearer}"), "owed", 1);
            let rest = rest.trim_end().trim_end_matches(", owed").to_owned();
            format!(
                "{} did not meet {rest}, and nothing on record justifies it.",
                capital(&bearer)
            )
        }
        None => format!("{named} was not met, and nothing on record justifies it."),
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

/// Why a world was not judged.
fn not_judged(judged: &CaseJudged<'_>, world: &WorldJudged<'_>) -> Vec<Entry> {
    faults_of(judged, world)
        .into_iter()
        .map(|fault| Entry::of(fault.message))
        .collect()
}

/// What kept the worlds of a case from being judged.
#[must_use]
pub fn faults(judged: &CaseJudged<'_>) -> Vec<Diagnostic> {
    let worlds = judged.worlds.iter();
    worlds.flat_map(|world| faults_of(judged, world)).collect()
}

fn faults_of(judged: &CaseJudged<'_>, world: &WorldJudged<'_>) -> Vec<Diagnostic> {
    let of = Judged {
        book: judged.book,
        plan: judged.plan,
        case: judged.case,
        branch: world.option.or(world.suppose),
    };
    let faults = world.judged.faults().iter();
    faults
        .map(|fault| judging::fault(of, fault))
        .chain(world.judged.stopped().map(|stop| judging::stop(of, stop)))
        .collect()
}
