//! What is told once at the end: findings, what to do next, what was assumed, what is owed without a word against it, what was
//! not assessed. In: judged worlds; out: sections.

use super::page::Page;
use super::sorted::Sorted;
use crate::engine::{Evidence, Found, Reading, Standing};
use crate::explain::{Grounds, Whom, WorldJudged};
use crate::present::Style;
use crate::present::document::Entry;
use crate::present::telling::{Telling, deciding};
use crate::value::{Status, StatusSet, Truth};

/// What is told once, after all worlds.
#[derive(Debug, Default)]
pub(super) struct Closing {
    /// Whether something is told as *nobody states*.
    above: bool,
    /// Closed sentences that nobody states.
    silent: Vec<String>,
    /// Defaults of the rulebook.
    defaults: Vec<String>,
    /// Duties owed, by bearer.
    owed: Vec<(String, Vec<String>)>,
    /// Ideals and concerns not assessed, by bearer.
    not_assessed: Vec<(String, Vec<String>)>,
    /// Findings not assessed.
    unfound: Vec<String>,
    /// Norms not engaged, by bearer.
    not_engaged: Vec<(String, Vec<String>)>,
    /// Suppositions that change no verdict, not told yet.
    pub(super) unchanged: Vec<String>,
}

impl<'p> Page<'p> {
    pub(super) fn findings(&mut self, world: &'p WorldJudged<'p>) {
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
    pub(super) fn next(
        &mut self,
        world: &'p WorldJudged<'p>,
        telling: &Telling<'p>,
        sorted: &Sorted,
        numbers: &[(usize, usize)],
    ) {
        let number = |at: usize| numbers.iter().find(|(own, _)| *own == at).map(|(_, n)| *n);
        let mut entries: Vec<String> = Vec::new();
        // Who has something to do there need not be told again that there is a question.
        let mut told: Vec<usize> = Vec::new();
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
            // What is open is a question first; what follows from a breach is to be done in any case.
            let open = verdict.statuses.len() > 1 && !follows;
            if open && !world.grounds[*at].questions.is_empty() {
                continue;
            }
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
                told.extend(number(*at));
                if !entries.contains(&line) {
                    entries.push(line);
                }
            }
        }
        let mut asked: Vec<(String, Vec<usize>)> = Vec::new();
        for at in sorted.violated.iter().chain(&sorted.open) {
            for question in &world.grounds[*at].questions {
                let whom = match question.whom {
                    Some(Whom::Somebody(thing)) => self.words.thing(thing),
                    Some(Whom::Judges) => {
                        let whom = telling.whom(question).unwrap_or_default();
                        let who = whom.split(',').next().unwrap_or_default();
                        who.to_owned()
                    }
                    None => "whoever knows".to_owned(),
                };
                let Some(number) = number(*at).filter(|number| !told.contains(number)) else {
                    continue;
                };
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
            entries.push(format!("ask {}", asked.join("; ")));
        }
        let entries = entries.into_iter().map(Entry::of).collect();
        self.document.section("next", "", entries);
    }

    /// Gathers what was taken as so because nobody said otherwise, as far as it decides something that is shown.
    pub(super) fn assume(&mut self, telling: &Telling<'p>, sorted: &Sorted) {
        let shown = sorted
            .violated
            .iter()
            .chain(&sorted.open)
            .chain(&sorted.overridden)
            .chain(&sorted.excused)
            .chain(&sorted.exempt)
            .chain(&sorted.kept);
        for at in shown {
            let verdict = telling.verdict(*at);
            if verdict.silent && verdict.statuses.len() > 1 && !self.how.all {
                continue;
            }
            self.closing.above |= telling.folds(*at);
            for assumption in assumed(telling, *at, self.how.all) {
                let (list, words) = match assumption.standing {
                    Standing::Default => (
                        &mut self.closing.defaults,
                        format!(
                            "{} (the rulebook's default)",
                            self.words.reading(&assumption)
                        ),
                    ),
                    _ => (&mut self.closing.silent, telling.teller.said(&assumption).0),
                };
                if !list.contains(&words) {
                    list.push(words);
                }
            }
        }
    }

    /// Gathers what is only named.
    pub(super) fn fold(&mut self, telling: &Telling<'p>, sorted: &Sorted) {
        let book = self.judged.book;
        let add = |verdicts: &[usize], into: &mut Vec<(String, Vec<String>)>| {
            for at in verdicts {
                let name = book.norms[telling.verdict(*at).norm].name.clone();
                let bearer = telling.bearer(*at).unwrap_or_default();
                match into.iter_mut().find(|(own, _)| *own == bearer) {
                    Some((_, names)) if names.contains(&name) => {}
                    Some((_, names)) => names.push(name),
                    None => into.push((bearer, vec![name])),
                }
            }
        };
        add(&sorted.owed, &mut self.closing.owed);
        add(&sorted.not_assessed, &mut self.closing.not_assessed);
        add(&sorted.not_engaged, &mut self.closing.not_engaged);
        let findings = telling.world.findings.iter();
        for found in findings.filter(|found| found.finding.silent && !self.how.all) {
            if let Found::Sentence { reading, .. } = &found.line.found {
                let words = format!("whether {}", self.words.sentence(reading));
                if !self.closing.unfound.contains(&words) {
                    self.closing.unfound.push(words);
                }
            }
        }
    }

    /// The sections that are told once.
    pub(super) fn close(&mut self) {
        let told = self.document.text(Style::Plain);
        let closing = std::mem::take(&mut self.closing);
        self.assumed(&closing, &told);
        let named = |list: &[(String, Vec<String>)]| -> Vec<String> {
            let mut alike: Vec<(&[String], Vec<&str>)> = Vec::new();
            for (bearer, names) in list {
                match alike.iter_mut().find(|(own, _)| own == names) {
                    Some((_, bearers)) => bearers.push(bearer),
                    None => alike.push((names, vec![bearer])),
                }
            }
            alike
                .iter()
                .map(|(names, bearers)| format!("{} ({})", names.join(", "), bearers.join(", ")))
                .collect()
        };
        let entry = |words: Vec<String>| match words.as_slice() {
            [] => Vec::new(),
            words => vec![Entry::of(words.join("; "))],
        };
        let mut not_assessed = named(&closing.not_assessed);
        not_assessed.extend(closing.unfound);
        self.document.section(
            "owed",
            "and nothing recorded against it",
            entry(named(&closing.owed)),
        );
        self.document
            .section("not assessed", "", entry(not_assessed));
        self.document
            .section("not engaged", "", entry(named(&closing.not_engaged)));
    }

    fn assumed(&mut self, closing: &Closing, told: &str) {
        let above = closing.above || told.contains("nobody states that");
        let mut entries: Vec<Entry> = Vec::new();
        if above {
            let words = "what nobody states is taken as false";
            entries.push(Entry::of(words));
        }
        let silent: Vec<&str> = closing
            .silent
            .iter()
            .map(|line| line.trim_start_matches("nobody states "))
            .filter(|line| !told.contains(line))
            .collect();
        if !silent.is_empty() {
            let lead = if above {
                "nor does anybody state"
            } else {
                "taken as false, because nobody states it:"
            };
            entries.push(Entry::of(format!("{lead} {}", silent.join("; "))));
        }
        if !closing.defaults.is_empty() {
            entries.push(Entry::of(closing.defaults.join("; ")));
        }
        self.document.section("assumed", "", entries);
    }
}

/// The assumptions on which a verdict rests: closed sentences that nobody states, and defaults; none of an exception that
/// is told by its name alone.
#[must_use]
pub fn assumptions(telling: &Telling<'_>, at: usize) -> Vec<Reading> {
    assumed(telling, at, true)
}

/// The same; `open`: also those of parts that are open, of which the questions tell.
fn assumed(telling: &Telling<'_>, at: usize, open: bool) -> Vec<Reading> {
    let world = telling.world;
    let grounds: &Grounds = &world.grounds[at];
    let mut lines: Vec<&Evidence> = grounds.arises.lines.iter().collect();
    for part in telling.telling_parts(at) {
        if part.statuses.len() > 1 && !open {
            continue;
        }
        for ground in part.arises.iter().chain(&part.test) {
            lines.extend(deciding(&ground.lines));
        }
    }
    let mut all: Vec<&Reading> = Vec::new();
    let steps = &world.steps;
    all.extend(lines.into_iter().flat_map(|line| steps.assumed(line)));
    if telling.verdict(at).statuses != StatusSet::only(Status::Fulfilled) {
        for one in telling.told_exceptions(at) {
            let own = &one.ground.lines;
            match one.truth {
                Truth::False => all.extend(steps.assumed_against(own)),
                _ => all.extend(
                    own.iter()
                        .filter(|line| line.truth != Some(Truth::False))
                        .flat_map(|line| steps.assumed(line)),
                ),
            }
        }
    }
    let mut found: Vec<Reading> = Vec::new();
    for reading in all {
        if !found.contains(reading) {
            found.push(reading.clone());
        }
    }
    found
}
