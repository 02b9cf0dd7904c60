//! The report: what a person reads about a judged case. In: a [`CaseJudged`]; out: a page. The verdict first, then worst
//! first; each thing once.

use super::closing::Closing;
use super::options::outcome_words;
use super::sorted::{defeats_another, sort};
use crate::explain::{CaseJudged, WorldJudged};
use crate::plan::Origin;
use crate::present::Style;
use crate::present::asked::asked;
use crate::present::document::{Document, Entry, Section};
use crate::present::judging::{self, Judged};
use crate::present::telling::{Before, Telling};
use crate::present::wording::{Words, capital};
use crate::rulebook::{Ask, Outcome, Role};
use crate::text::Diagnostic;

/// How much of a case is told.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Also what is folded or not engaged.
    pub all: bool,
    /// The file's name as given, for the line that says how to see every step; none of what is built in.
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
    let mut text = super::table(all, style);
    for judged in all {
        if style != Style::Plain {
            text.push_str(&style.dim(&"-".repeat(100)));
        }
        text.push('\n');
        text.push_str(&report(judged, how, style));
    }
    text
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
        before: Before::default(),
        closing: Closing::default(),
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

/// A page being written.
pub(super) struct Page<'p> {
    pub(super) judged: &'p CaseJudged<'p>,
    pub(super) how: &'p Report,
    pub(super) words: Words<'p>,
    pub(super) document: Document,
    pub(super) number: usize,
    /// What was told before, so that the next world can refer to it.
    pub(super) entries: Vec<Entry>,
    /// What the tellings of the worlds before have told.
    before: Before,
    /// What is told once, after all worlds.
    pub(super) closing: Closing,
}

impl<'p> Page<'p> {
    fn build(&mut self) {
        let shown: Vec<&'p WorldJudged<'p>> = self.judged.shown().collect();
        let options = shown.iter().filter(|world| world.option.is_some()).count();
        match shown.as_slice() {
            [only] => {
                self.chosen(only);
                self.summary(only, "");
                self.world(only);
            }
            _ => {
                if options > 1 {
                    self.options();
                }
                self.compared();
                for world in &shown {
                    self.branch(world, options > 1);
                }
                self.unchanged();
            }
        }
        self.close();
        if let Some(world) = shown.first() {
            self.decides_nothing(world);
        }
        self.footer(&shown);
    }

    /// One world among several.
    fn branch(&mut self, world: &'p WorldJudged<'p>, compared: bool) {
        let base = self.judged.worlds.first();
        if let (Some(at), None, Some(base)) = (world.suppose, world.option, base) {
            self.suppose(at, base, world);
            return;
        }
        self.unchanged();
        let title = match world.option {
            Some(at) => format!("option \"{}\"", self.judged.case.branches[at].name),
            None => "the case itself".to_owned(),
        };
        let outcome = world.option.and_then(|at| self.outcome_of(at));
        self.document.sections.push(Section {
            title,
            note: outcome.map_or_else(String::new, |outcome| outcome_words(outcome).to_owned()),
            entries: Vec::new(),
        });
        if !compared || world.option.is_none() {
            self.summary(world, "");
        }
        self.world(world);
    }

    /// A supposition: what it changes; suppositions one after the other stand in one section.
    fn suppose(&mut self, at: usize, base: &'p WorldJudged<'p>, world: &'p WorldJudged<'p>) {
        let name = &self.judged.case.branches[at].name;
        let mut entries = self.supposition(base, world);
        let Some(first) = entries.first_mut() else {
            self.closing.unchanged.push(name.clone());
            return;
        };
        first.head = format!("{name}: {}", first.head);
        self.supposed(entries);
    }

    /// The suppositions so far that change no verdict.
    fn unchanged(&mut self) {
        let names = std::mem::take(&mut self.closing.unchanged);
        if !names.is_empty() {
            let words = format!("{}: no verdict changes", names.join("; "));
            self.supposed(vec![Entry::of(words)]);
        }
    }

    fn supposed(&mut self, entries: Vec<Entry>) {
        match self.document.sections.last_mut() {
            Some(last) if last.title == "suppose" => last.entries.extend(entries),
            _ => self.document.section("suppose", "", entries),
        }
    }

    /// Under which option and supposition the only world stands that is shown.
    fn chosen(&mut self, world: &WorldJudged<'_>) {
        let words: Vec<String> = [world.option, world.suppose]
            .into_iter()
            .flatten()
            .map(|at| {
                let branch = &self.judged.case.branches[at];
                let sort = if branch.option {
                    "option"
                } else {
                    "supposition"
                };
                format!("{sort} \"{}\"", branch.name)
            })
            .collect();
        if !words.is_empty() {
            let line = format!("{}.", capital(&words.join(" under ")));
            self.document.summary.push(line);
        }
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
        let telling = self.telling(world);
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
                let brief: Vec<String> = violated
                    .iter()
                    .map(|at| not_met(&telling, *at, false))
                    .collect();
                for at in violated.iter().take(3) {
                    let own = not_met(&telling, *at, false);
                    let alone = brief.iter().filter(|other| **other == own).count() == 1;
                    let own = if alone {
                        own
                    } else {
                        not_met(&telling, *at, true)
                    };
                    lines.push(format!("{lead}{own}"));
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
        let mut telling = self.telling(world);
        telling.before = std::mem::take(&mut self.before);
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
                // Told by itself, whatever was told before it in this world.
                let mut alone = self.telling(world);
                let alone = tell(&mut alone, *at, self.number + 1);
                let known = self.known(&alone);
                if let (None, "concern", Some(last)) = (known, title, entries.last_mut())
                    && let Some(number) = joined(last, &entry, &telling, *at)
                {
                    numbers.push((*at, number));
                    telling.teller.renumber(self.number + 1, number);
                    continue;
                }
                match known {
                    Some(number) => {
                        numbers.push((*at, number));
                        telling.teller.renumber(self.number + 1, number);
                        entry.fields = Vec::new();
                        entry.number = None;
                        entry.head.push_str(&format!(" (see {number})"));
                    }
                    None => {
                        self.number += 1;
                        numbers.push((*at, self.number));
                        self.entries.push(alone);
                    }
                }
                entries.push(entry);
            }
            self.document.section(title, note, entries);
        }
        self.findings(world);
        self.asks(world);
        self.next(world, &telling, &sorted, &numbers);
        self.assume(&telling, &sorted);
        self.fold(&telling, &sorted);
        self.before = telling.before;
    }

    fn telling(&self, world: &'p WorldJudged<'p>) -> Telling<'p> {
        Telling::new(self.judged.book, self.judged.case, world, None).every(self.how.all)
    }

    /// What is asked in a world, or for the case itself.
    fn asks(&mut self, world: &'p WorldJudged<'p>) {
        let branch = world.option.or(world.suppose);
        let asks = match branch {
            Some(at) => &self.judged.case.branches[at].asks,
            None => &self.judged.case.asks,
        };
        let asks: Vec<Ask> = asks
            .iter()
            .map(|(ask, _)| ask.clone())
            .filter(|ask| !matches!(ask, Ask::Compare(..)))
            .collect();
        let entries = asked(self.judged, world, &asks);
        self.document.section("asked", "", entries);
    }

    /// The comparisons that are asked for, wherever they were written.
    fn compared(&mut self) {
        let case = self.judged.case;
        let Some(world) = self.judged.worlds.first() else {
            return;
        };
        let of_branches = case.branches.iter().flat_map(|branch| &branch.asks);
        let asks: Vec<Ask> = case
            .asks
            .iter()
            .chain(of_branches)
            .map(|(ask, _)| ask.clone())
            .filter(|ask| matches!(ask, Ask::Compare(..)))
            .collect();
        let entries = asked(self.judged, world, &asks);
        self.document.section("compared", "", entries);
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
            let entry = Entry::of(said.join("; "));
            self.document
                .section("set aside", "stated, but decides nothing", vec![entry]);
        }
    }

    fn footer(&mut self, shown: &[&WorldJudged<'_>]) {
        if !shown.iter().any(|world| world.is_judged()) {
            return;
        }
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
        let file = self.how.file.as_deref();
        let file = file.map_or_else(String::new, |file| format!(" {file}"));
        self.document.footer.push(format!(
            "{} of {all} rules used. Every step: fiducia explain{file} --case \"{}\" --depth all",
            blocks.len(),
            self.judged.case.name
        ));
        self.document
            .footer
            .push("A committee decides; fiducia shows what its rules imply.".to_owned());
    }
}

/// Adds a concern to the one before it, where both are about the same people and it rests on nothing else; gives the number
/// of the whole.
fn joined(last: &mut Entry, entry: &Entry, telling: &Telling<'_>, at: usize) -> Option<usize> {
    let number = last.number?;
    let (before, parties) = last.head.split_once(", about ")?;
    let (_, own) = entry.head.split_once(", about ")?;
    let [field] = &entry.fields[..] else {
        return None;
    };
    let [item] = &field.items[..] else {
        return None;
    };
    let raised = item.text.strip_prefix('"');
    let raised = raised.and_then(|text| text.strip_suffix("\" is raised"));
    let heads = before.to_lowercase();
    let follows =
        raised.is_some_and(|name| heads.split("; ").any(|own| own == name.to_lowercase()));
    if own != parties || !(follows || item.text == format!("as told under {number}")) {
        return None;
    }
    let name = &telling.book.norms[telling.verdict(at).norm].name;
    last.head = format!("{before}; {name}, about {parties}");
    Some(number)
}

/// A body's block: all bodies of one norm are one.
fn block_of(origin: Origin) -> Origin {
    match origin {
        Origin::Engaged(id) | Origin::PartArises(id, _) | Origin::Test(id, _) => Origin::Arises(id),
        other => other,
    }
}

/// `Lee did not meet "confidentiality", owed to Ms Rojas.`; `whole`: with all its parties.
fn not_met(telling: &Telling<'_>, at: usize, whole: bool) -> String {
    let Some(bearer) = telling.bearer(at) else {
        return format!("{} was not met.", telling.named(at));
    };
    let norm = &telling.book.norms[telling.verdict(at).norm];
    let owed: Vec<String> = norm
        .parties
        .iter()
        .zip(telling.world.parties(at))
        .filter(|(party, _)| match party.role {
            Role::Bearer => false,
            Role::To => true,
            Role::About | Role::Toward => whole,
        })
        .filter_map(|(party, thing)| {
            let lead = crate::present::instance::lead(norm.sort, party.role);
            Some(format!(" {lead} {}", telling.words.thing(thing?)))
        })
        .collect();
    let owed = match owed.is_empty() {
        true => String::new(),
        false => format!(", owed{}", owed.concat()),
    };
    format!("{} did not meet \"{}\"{owed}.", capital(&bearer), norm.name)
}

/// Why a world was not judged.
pub(super) fn not_judged(judged: &CaseJudged<'_>, world: &WorldJudged<'_>) -> Vec<Entry> {
    faults_of(judged, world)
        .into_iter()
        .map(|fault| Entry::of(fault.message))
        .collect()
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
