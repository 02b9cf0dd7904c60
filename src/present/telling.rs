//! Verdicts as entries of a page: on what each turns, which exceptions were considered, what would be otherwise, what to ask,
//! which source. In: a judged world; out: entries. The same words serve the report, the explanation and JSON.

use super::document::{Entry, Item};
use super::prose::Teller;
use super::wording::{Words, both, either, statuses};
use crate::engine::{Evidence, Found, Reading, Thing};
use crate::explain::{
    Change, Exception, Ground, Grounds, PartGrounds, Question, Whom, WorldJudged,
};
use crate::graph::block;
use crate::judge::{Defeater, Verdict};
use crate::rulebook::{Case, Citation, DefeatSort, Rulebook, SourceId};
use crate::value::{NormSort, Status, StatusSet, Truth};

/// Up to so many exceptions for which nothing is on record are told one by one.
const MOST_QUIET: usize = 2;

/// So many changes of one part are told.
const MOST_CHANGES: usize = 2;

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
    cited: Vec<SourceId>,
    /// The exceptions for which nothing is on record, by the number of the entry that names them.
    quiet: Vec<(Vec<String>, usize)>,
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

    /// The lines of a ground that decide, told.
    fn ground(&mut self, ground: &Ground) -> Vec<Item> {
        let block = block(self.book, ground.origin);
        self.teller.tell(&deciding(&ground.lines), block.vars)
    }

    /// All lines of a ground, told.
    fn whole(&mut self, ground: &Ground) -> Vec<Item> {
        let block = block(self.book, ground.origin);
        let lines: Vec<&Evidence> = ground.lines.iter().collect();
        self.teller.tell(&lines, block.vars)
    }

    /// An entry in full: why it is owed, on what it turns, exceptions, what would be otherwise, questions, sources.
    #[must_use]
    pub fn entry(&mut self, at: usize, number: usize) -> Entry {
        let mut entry = Entry::of(self.head(at));
        entry.number = Some(number);
        self.teller.number = number;
        let verdict = self.verdict(at);
        let grounds = self.grounds(at);
        let sort = self.book.norms[verdict.norm].sort;
        self.why(at, &mut entry);
        if sort == NormSort::Duty && verdict.statuses != StatusSet::only(Status::Fulfilled) {
            entry.field("exceptions", self.exceptions(verdict, grounds));
        }
        entry.field("otherwise", self.otherwise(verdict, &grounds.otherwise));
        entry.field("ask", self.questions(verdict, &grounds.questions));
        if let Some(status) = self.world.either_way[at] {
            let words = format!("{}, whichever way that turns out", status_words(status));
            entry.field("either way", vec![Item::of(words)]);
        }
        entry.field("source", self.sources(at));
        entry
    }

    /// The heading; with the statuses where more than one is possible.
    fn head(&self, at: usize) -> String {
        let verdict = self.verdict(at);
        let mut head = self.heading(at);
        let ideal = self.book.norms[verdict.norm].sort == NormSort::Ideal;
        let open = verdict.statuses.len() > 1;
        if open || ideal {
            head.push_str(": ");
            head.push_str(&statuses(verdict.statuses));
            let named: Vec<String> = self
                .telling_parts(at)
                .into_iter()
                .filter_map(|part| {
                    let norm = &self.book.norms[verdict.norm];
                    norm.parts.get(part.part)?.name.as_ref()
                })
                .map(|name| format!("\"{name}\""))
                .collect();
            let all = named.len() == verdict.parts.len();
            match (open, named.is_empty()) {
                (_, true) => {}
                (true, false) => head.push_str(&format!(", open in {}", both(&named))),
                (false, false) if all => {}
                (false, false) => head.push_str(&format!(" in {}", both(&named))),
            }
        }
        if verdict.repaired {
            head.push_str(" (repaired: all that followed from it was done)");
        }
        head
    }

    /// Why it is owed, and on what each part turns that has the status of the whole, or is open.
    fn why(&mut self, at: usize, entry: &mut Entry) {
        let (verdict, grounds) = (self.verdict(at), self.grounds(at));
        let named = !verdict.parts.is_empty();
        let telling = self.telling_parts(at);
        let mut items = self.arises(at, &telling);
        let mut parts: Vec<(String, Vec<Item>)> = Vec::new();
        for part in &telling {
            let mut own = Vec::new();
            if let Some(arises) = &part.arises {
                own.extend(self.owed(arises, grounds, &[]));
            }
            own.extend(self.test(part, grounds));
            if named {
                parts.push((self.part_label(verdict, part), own));
            } else {
                items.extend(own);
            }
        }
        entry.field("because", items);
        for (label, own) in parts {
            if own.is_empty() {
                // Its questions say it.
                continue;
            }
            let mut all = vec![Item::of(format!("in {label}:"))];
            all.extend(own.into_iter().map(|item| Item {
                indent: item.indent + 1,
                ..item
            }));
            entry.field("", all);
        }
        let rest: Vec<&PartGrounds> = grounds
            .parts
            .iter()
            .filter(|part| named && !telling.iter().any(|told| told.part == part.part))
            .filter(|part| part.statuses.len() == 1 || verdict.statuses.len() == 1 || self.full)
            .collect();
        if !rest.is_empty() {
            entry.field("also", vec![Item::of(self.part_labels(verdict, &rest))]);
        }
    }

    /// Why it is owed and on what it turns, as lines of one sentence each.
    #[must_use]
    pub fn because(&mut self, at: usize) -> Vec<String> {
        let mut entry = Entry::default();
        self.why(at, &mut entry);
        let fields = entry.fields.into_iter();
        let items = fields
            .filter(|field| field.label != "also")
            .flat_map(|field| field.items);
        items
            .map(|item| {
                if item.mark.is_empty() {
                    item.text
                } else {
                    format!("{} ({})", item.text, item.mark)
                }
            })
            .collect()
    }

    /// The parts on which the verdict turns: those that have its status, or, where it is open, may be broken.
    #[must_use]
    pub fn telling_parts(&self, at: usize) -> Vec<&'t PartGrounds> {
        let (verdict, grounds) = (self.verdict(at), self.grounds(at));
        let named = !verdict.parts.is_empty();
        let open = verdict.statuses.len() > 1;
        let turns = |part: &&PartGrounds| match (named, open) {
            (false, _) => true,
            (true, true) => part.broken != Truth::False || self.full,
            (true, false) => {
                part.statuses == verdict.statuses || self.full && part.statuses.len() > 1
            }
        };
        grounds.parts.iter().filter(turns).collect()
    }

    /// Why it arises; in short without what the tests rest on too.
    fn arises(&mut self, at: usize, telling: &[&PartGrounds]) -> Vec<Item> {
        let grounds = self.grounds(at);
        let tests = telling.iter().filter_map(|part| part.test.as_ref());
        let covered: Vec<Reading> = tests
            .flat_map(|test| self.world.steps.leaves(&test.lines))
            .map(|leaf| leaf.reading.clone())
            .collect();
        self.owed(&grounds.arises, grounds, &covered)
    }

    fn owed(&mut self, ground: &Ground, grounds: &Grounds, covered: &[Reading]) -> Vec<Item> {
        if self.full {
            return self.whole(ground);
        }
        let lines: Vec<&Evidence> = ground
            .lines
            .iter()
            .filter(|line| !self.is_asked(line, grounds) && !self.is_absence(line))
            .collect();
        let block = block(self.book, ground.origin);
        self.teller.short(&lines, block.vars, covered, false)
    }

    /// Whether an unknown line is what the questions ask.
    fn is_asked(&self, line: &Evidence, grounds: &Grounds) -> bool {
        let leaves = self.world.steps.leaves_of_line(line);
        line.truth == Some(Truth::Unknown)
            && matches!(line.found, Found::Sentence { .. } | Found::AnyOf(_))
            && !leaves.is_empty()
            && leaves.iter().any(|leaf| {
                grounds
                    .questions
                    .iter()
                    .any(|question| question.reading == *leaf.reading)
            })
    }

    /// Whether a line holds because nobody states what would stand in its way: told with the assumptions.
    fn is_absence(&self, line: &Evidence) -> bool {
        let against = match &line.found {
            Found::Sentence { reading, .. } => reading.truth == Truth::False,
            _ => false,
        };
        line.truth == Some(Truth::True) && against && self.teller.is_silent(line)
    }

    /// Whether a line comes out as it does only because nobody states what it asks for.
    fn is_unsaid(&self, line: &Evidence) -> bool {
        let silent = line.truth == Some(Truth::False) && self.teller.is_silent(line);
        silent || self.is_absence(line)
    }

    /// Whether a duty is kept only because nobody states what would break it.
    #[must_use]
    pub fn is_kept_by_silence(&self, at: usize) -> bool {
        let grounds = self.grounds(at);
        let tests = grounds.parts.iter().filter_map(|part| part.test.as_ref());
        tests
            .flat_map(|test| deciding(&test.lines))
            .all(|line| self.is_unsaid(line))
    }

    /// A part; with its statuses where the heading does not say them.
    fn part_label(&self, verdict: &Verdict, part: &PartGrounds) -> String {
        let name = self.part_name(verdict, part.part);
        if part.statuses == verdict.statuses && !self.full {
            format!("\"{name}\"")
        } else {
            format!("\"{name}\", {}", statuses(part.statuses))
        }
    }

    /// Parts by their statuses: `"capacity" and "disclosure", fulfilled; …`.
    fn part_labels(&self, verdict: &Verdict, parts: &[&PartGrounds]) -> String {
        let mut alike: Vec<(String, Vec<String>)> = Vec::new();
        for part in parts {
            let name = format!("\"{}\"", self.part_name(verdict, part.part));
            let by: Vec<String> = verdict
                .parts
                .get(part.part)
                .map_or(&[][..], |own| &own.by)
                .iter()
                .filter(|by| by.truth == Truth::True && part.statuses.len() == 1)
                .map(|by| format!("\"{}\"", self.words.defeater_parts(by.defeater).1))
                .collect();
            let status = match by.is_empty() {
                true => statuses(part.statuses),
                false => format!("{} by {}", statuses(part.statuses), both(&by)),
            };
            match alike.iter_mut().find(|(own, _)| *own == status) {
                Some((_, names)) => names.push(name),
                None => alike.push((status, vec![name])),
            }
        }
        let told: Vec<String> = alike
            .iter()
            .map(|(status, names)| format!("{}, {status}", both(names)))
            .collect();
        told.join("; ")
    }

    fn part_name(&self, verdict: &Verdict, part: usize) -> &'t str {
        self.book.norms[verdict.norm]
            .parts
            .get(part)
            .and_then(|part| part.name.as_deref())
            .unwrap_or("")
    }

    /// The test of a part, told by the lines that decide.
    fn test(&mut self, part: &PartGrounds, grounds: &Grounds) -> Vec<Item> {
        let Some(test) = &part.test else {
            return Vec::new();
        };
        let mut items = if self.full {
            self.ground(test)
        } else {
            // That nobody states what would break it is told with the assumptions.
            let kept = part.broken == Truth::False;
            let lines: Vec<&Evidence> = deciding(&test.lines)
                .into_iter()
                .filter(|line| !self.is_asked(line, grounds))
                .filter(|line| !kept || !self.is_unsaid(line))
                .collect();
            let block = block(self.book, test.origin);
            let opened = part.broken != Truth::False;
            self.teller.short(&lines, block.vars, &[], opened)
        };
        if part.others > 0 && part.broken != Truth::False {
            items.push(Item::of(format!(
                "and {} more in the same way",
                part.others
            )));
        }
        items
    }

    /// Every exception with whether it acts, and each line that keeps it from acting.
    #[must_use]
    pub fn exceptions(&mut self, verdict: &Verdict, grounds: &'t Grounds) -> Vec<Item> {
        if grounds.exceptions.is_empty() {
            return if verdict.is_violated() {
                vec![Item::of("none in the rulebook")]
            } else {
                Vec::new()
            };
        }
        let considered = self.considered(verdict, grounds);
        let folds = self.folds_quiet(&considered);
        let mut items: Vec<Item> = Vec::new();
        // What an exception turns on is told for it alone.
        let so_far = self.teller.so_far();
        for one in considered
            .iter()
            .filter(|one| !folds || !self.is_quiet(one))
            .copied()
            .collect::<Vec<_>>()
        {
            items.push(self.exception(one));
            self.teller.note(&one.ground.lines);
        }
        self.teller.forget(so_far);
        if folds {
            let names: Vec<String> = considered
                .iter()
                .filter(|one| self.is_quiet(one))
                .map(|one| format!("\"{}\"", self.words.defeater_parts(one.defeater).1))
                .collect();
            let known = self.before.quiet.iter().find(|(own, _)| *own == names);
            items.push(Item::of(match known {
                Some((_, number)) => {
                    format!(
                        "nothing on record for the {} others named under {number}",
                        names.len()
                    )
                }
                None => format!("nothing on record for {}", either(&names)),
            }));
            if known.is_none() {
                self.before.quiet.push((names, self.teller.number));
            }
        }
        items
    }

    /// The exceptions that matter: a part that is kept needs none.
    fn considered(&self, verdict: &Verdict, grounds: &'t Grounds) -> Vec<&'t Exception> {
        let kept = |part: &usize| {
            verdict
                .parts
                .get(*part)
                .is_some_and(|part| part.statuses == StatusSet::only(Status::Fulfilled))
        };
        grounds
            .exceptions
            .iter()
            .filter(|one| one.parts.is_empty() || !one.parts.iter().all(kept))
            .collect()
    }

    fn folds_quiet(&self, considered: &[&Exception]) -> bool {
        !self.every && considered.iter().filter(|one| self.is_quiet(one)).count() > MOST_QUIET
    }

    /// Whether some exceptions to a verdict are told by their names alone.
    #[must_use]
    pub fn folds(&self, at: usize) -> bool {
        let verdict = self.verdict(at);
        verdict.statuses != StatusSet::only(Status::Fulfilled)
            && self.folds_quiet(&self.considered(verdict, self.grounds(at)))
    }

    /// The exceptions to a verdict that are told one by one.
    #[must_use]
    pub fn told_exceptions(&self, at: usize) -> Vec<&'t Exception> {
        let considered = self.considered(self.verdict(at), self.grounds(at));
        let folds = self.folds_quiet(&considered);
        considered
            .into_iter()
            .filter(|one| !folds || !self.is_quiet(one))
            .collect()
    }

    /// Whether an exception fails only because nobody states what it needs.
    fn is_quiet(&self, one: &Exception) -> bool {
        let failing = |line: &&Evidence| line.truth == Some(Truth::False);
        let quiet = one
            .ground
            .lines
            .iter()
            .filter(failing)
            .all(|line| self.teller.is_silent(line));
        quiet && one.truth == Truth::False
    }

    fn exception(&self, one: &Exception) -> Item {
        let (_, name) = self.words.defeater_parts(one.defeater);
        let block = block(self.book, one.ground.origin);
        let phrases = match one.truth {
            Truth::True => one
                .ground
                .lines
                .iter()
                .flat_map(|line| self.teller.phrases(line, block.vars))
                .collect(),
            _ => self.teller.open_lines(&one.ground.lines, block.vars),
        };
        let answer = match one.truth {
            Truth::True => "yes",
            Truth::False => "no",
            Truth::Unknown => "perhaps",
        };
        Item::of(format!("\"{name}\", {answer}: {}", grouped(&phrases)))
    }

    /// What acts: the exemption, excuse or priority with all its lines and sources.
    #[must_use]
    pub fn acting(&mut self, at: usize) -> Vec<(String, Vec<Item>)> {
        let (verdict, grounds) = (self.verdict(at), self.grounds(at));
        let mut found = Vec::new();
        let sure = verdict.by.iter().any(|by| by.truth == Truth::True);
        for one in &grounds.exceptions {
            let acts = verdict.by.iter().any(|by| {
                by.defeater == one.defeater
                    && (by.truth == Truth::True || !sure && by.truth == Truth::Unknown)
            });
            if acts {
                let label = match one.defeater {
                    Defeater::Defeat(id) => match self.book.defeats[id].sort {
                        DefeatSort::Exemption => "exempt by",
                        DefeatSort::Excuse => "excused by",
                    },
                    Defeater::Priority(_) => "gave way by",
                };
                let (_, name) = self.words.defeater_parts(one.defeater);
                let own = block(self.book, one.ground.origin).cites;
                let norm = &self.book.norms[verdict.norm];
                let mut head = format!("\"{name}\"");
                if !own.is_empty() && self.words.citations(own) != self.words.citations(&norm.cites)
                {
                    head.push_str(&format!(" ({})", self.cite(own)));
                }
                let mut items = vec![Item::of(head)];
                let told = if self.full {
                    self.whole(&one.ground)
                } else {
                    let block = block(self.book, one.ground.origin);
                    let lines: Vec<&Evidence> = one
                        .ground
                        .lines
                        .iter()
                        .filter(|line| !self.is_absence(line))
                        .collect();
                    self.teller.short(&lines, block.vars, &[], false)
                };
                for mut item in told {
                    item.indent += 1;
                    items.push(item);
                }
                found.push((label.to_owned(), items));
            }
        }
        found
    }

    /// An entry with everything, whatever the status.
    #[must_use]
    pub fn explained(&mut self, at: usize, number: usize) -> Entry {
        let mut entry = Entry::of(self.head(at));
        entry.number = Some(number);
        self.teller.number = number;
        let (verdict, grounds) = (self.verdict(at), self.grounds(at));
        self.why(at, &mut entry);
        for (label, items) in self.acting(at) {
            entry.field(&label, items);
        }
        if self.book.norms[verdict.norm].sort == NormSort::Duty {
            entry.field("exceptions", self.exceptions(verdict, grounds));
        }
        entry.field("otherwise", self.otherwise(verdict, &grounds.otherwise));
        entry.field("ask", self.questions(verdict, &grounds.questions));
        let reasons = &self.book.norms[verdict.norm].because;
        entry.field("reason", reasons.iter().map(Item::of).collect());
        entry.field("source", self.sources(at));
        entry
    }

    /// An entry for a duty that was exempt, excused or overridden: what was owed, what came of it, and what acted.
    #[must_use]
    pub fn defeated(&mut self, at: usize, number: usize) -> Entry {
        let mut entry = Entry::of(self.head(at));
        entry.number = Some(number);
        self.teller.number = number;
        let verdict = self.verdict(at);
        let exempt = verdict.statuses == StatusSet::only(Status::Exempt);
        if exempt && !self.full {
            let items = self.arises(at, &[]);
            entry.field("because", items);
        } else {
            self.why(at, &mut entry);
        }
        for (label, items) in self.acting(at) {
            entry.field(&label, items);
        }
        if exempt {
            entry.field("without it", vec![Item::of(self.but_for_that(at))]);
        }
        entry.field("source", self.sources(at));
        entry
    }

    /// What an exempt duty would be without its exemption, as far as its tests tell.
    fn but_for_that(&self, at: usize) -> String {
        let grounds = self.grounds(at);
        let norm = &self.book.norms[self.verdict(at).norm];
        let named = |truth: Truth| -> Vec<String> {
            let parts = grounds.parts.iter().filter(|part| part.broken == truth);
            parts
                .filter_map(|part| norm.parts.get(part.part)?.name.as_ref())
                .map(|name| format!("\"{name}\""))
                .collect()
        };
        let worst = grounds
            .parts
            .iter()
            .map(|part| part.broken)
            .fold(Truth::False, Truth::or);
        let words = match worst {
            Truth::True => "not met",
            Truth::Unknown => "not known whether it was met",
            Truth::False => "kept",
        };
        let names = if worst == Truth::False {
            Vec::new()
        } else {
            named(worst)
        };
        if names.is_empty() {
            words.to_owned()
        } else {
            format!("{words} in {}", both(&names))
        }
    }

    /// An entry of a kept duty, a met ideal, a raised concern: on what it turns, and its source.
    #[must_use]
    pub fn brief(&mut self, at: usize, number: usize) -> Entry {
        let (verdict, grounds) = (self.verdict(at), self.grounds(at));
        let mut entry = Entry::of(self.head(at));
        entry.number = Some(number);
        self.teller.number = number;
        let mut items = Vec::new();
        let decided = self.full || verdict.statuses.len() == 1;
        if grounds.parts.is_empty() && decided {
            items.extend(self.owed(&grounds.arises, grounds, &[]));
        }
        for part in self.telling_parts(at) {
            if part.statuses != StatusSet::only(Status::NotEngaged) {
                items.extend(self.test(part, grounds));
            }
        }
        entry.field("because", items);
        let telling = self.telling_parts(at);
        let others: Vec<&PartGrounds> = grounds
            .parts
            .iter()
            .filter(|part| !telling.iter().any(|told| told.part == part.part))
            .filter(|part| part.statuses.len() == 1)
            .filter(|part| !part.statuses.has(Status::NotEngaged))
            .collect();
        if decided && !others.is_empty() && !verdict.parts.is_empty() {
            entry.field("also", vec![Item::of(self.part_labels(verdict, &others))]);
        }
        entry.field("ask", self.questions(verdict, &grounds.questions));
        if self.full {
            entry.field("source", self.sources(at));
        }
        entry
    }

    /// The sources of a norm.
    #[must_use]
    pub fn sources(&mut self, at: usize) -> Vec<Item> {
        let cites: &[Citation] = &self.book.norms[self.verdict(at).norm].cites;
        if cites.is_empty() {
            Vec::new()
        } else {
            vec![Item::of(self.cite(cites))]
        }
    }

    /// Sources; where each is law only the first time.
    fn cite(&mut self, cites: &[Citation]) -> String {
        let words = self.words.citations_after(cites, &self.before.cited);
        if !self.full {
            self.before
                .cited
                .extend(cites.iter().map(|cite| cite.source));
        }
        words
    }

    /// What would have had to be different: the nearest changes of each part, those that come to the same together.
    #[must_use]
    pub fn otherwise(&self, verdict: &Verdict, changes: &[Change]) -> Vec<Item> {
        let mut told: Vec<Alike> = Vec::new();
        let mut parts_told: Vec<(Option<usize>, usize)> = Vec::new();
        for change in changes {
            if !self.full && self.is_idle(change, changes) {
                continue;
            }
            let so_far = match parts_told.iter_mut().find(|(part, _)| *part == change.part) {
                Some((_, so_far)) => so_far,
                None => {
                    parts_told.push((change.part, 0));
                    let last = parts_told.len() - 1;
                    &mut parts_told[last].1
                }
            };
            *so_far += 1;
            if *so_far > MOST_CHANGES && !self.full {
                continue;
            }
            let own = self.alike(verdict, change);
            let same = told.iter_mut().find(|known| {
                (&known.then, &known.by, &known.ifs) == (&own.then, &own.by, &own.ifs)
            });
            match same {
                Some(known) => known.parts.extend(own.parts),
                None => told.push(own),
            }
        }
        let mut joined: Vec<Alike> = Vec::new();
        for own in told {
            let same = joined.iter_mut().find(|known| {
                (&known.then, &known.by, &known.parts) == (&own.then, &own.by, &own.parts)
            });
            match same {
                Some(known) => known.ifs.extend(own.ifs),
                None => joined.push(own),
            }
        }
        joined.iter().map(|own| Item::of(own.words())).collect()
    }

    /// Whether a change is one that nobody could make, beside one that somebody could.
    fn is_idle(&self, change: &Change, all: &[Change]) -> bool {
        let can = |change: &Change| {
            change.by.is_none()
                && change.compare.is_none()
                && change.flips.iter().all(|flip| {
                    let sentence = &self.book.vocabulary.sentences[flip.reading.sentence];
                    !sentence.changed_by.is_empty()
                })
        };
        let not_owed = |change: &Change| change.statuses == StatusSet::only(Status::NotEngaged);
        let beside = |other: &&Change| other.part == change.part && can(other);
        change.by.is_none()
            && change.compare.is_none()
            && all
                .iter()
                .filter(beside)
                .any(|other| !can(change) || not_owed(change) && !not_owed(other))
    }

    /// One change: `fulfilled if …`.
    #[must_use]
    pub fn change(&self, verdict: &Verdict, change: &Change) -> String {
        self.alike(verdict, change).words()
    }

    fn alike(&self, verdict: &Verdict, change: &Change) -> Alike {
        let mut flips: Vec<String> = change
            .flips
            .iter()
            .map(|flip| {
                self.words.says(
                    flip.reading.sentence,
                    &flip.reading.slots,
                    flip.to == Truth::True,
                )
            })
            .collect();
        if let Some((origin, line)) = &change.compare {
            flips.push(self.teller.contrary(line, block(self.book, *origin).vars));
        }
        let then: Vec<&str> = change.statuses.iter().map(status_words).collect();
        let named = |part: &usize| format!("\"{}\"", self.part_name(verdict, *part));
        Alike {
            then: either(&then),
            parts: change.part.iter().map(named).collect(),
            by: change.by.map_or_else(String::new, |by| {
                format!(" by \"{}\"", self.words.defeater_parts(by).1)
            }),
            ifs: vec![both(&flips)],
        }
    }

    /// Questions with whom to ask, and what each answer would leave; those that lead to the same together.
    #[must_use]
    pub fn questions(&self, verdict: &Verdict, questions: &[Question]) -> Vec<Item> {
        let mut told: Vec<AskedTogether> = Vec::new();
        for question in questions {
            let words = self.words.question(&question.reading);
            let whom = self.asked_of(question);
            let leaves = self.leaves(verdict, question);
            let part = question
                .part
                .map_or("", |part| self.part_name(verdict, part));
            let same = told
                .iter_mut()
                .find(|own| own.whom == whom && own.leaves == leaves && !leaves.is_empty());
            match same {
                Some(own) => own.add(part, words),
                None => told.push(AskedTogether {
                    whom,
                    leaves,
                    parts: vec![(part, vec![words])],
                }),
            }
        }
        told.into_iter().map(AskedTogether::item).collect()
    }

    /// `Lee: `, `for the treating team to judge, with reasons: `.
    fn asked_of(&self, question: &Question) -> String {
        match (question.whom, self.whom(question)) {
            (Some(Whom::Judges), Some(whom)) => match whom.split_once(',') {
                Some((who, how)) => format!("for {who} to judge,{how}: "),
                None => format!("for {whom} to judge: "),
            },
            (_, Some(whom)) => format!("{whom}: "),
            (_, None) => String::new(),
        }
    }

    /// What each answer would leave.
    fn leaves(&self, verdict: &Verdict, question: &Question) -> String {
        let now = verdict.statuses_of(question.part);
        let leaves = |answer: &str, set: Option<StatusSet>| {
            let words = match set? {
                set if set == now => "still open".to_owned(),
                set => statuses(set),
            };
            Some(format!("{words} if {answer}"))
        };
        let both: Vec<String> = [leaves("yes", question.if_so), leaves("no", question.if_not)]
            .into_iter()
            .flatten()
            .collect();
        let alike = question.if_so == question.if_not;
        if alike || Words::is_vague(&question.reading) {
            return String::new();
        }
        both.join(", ")
    }

    /// Whom to ask.
    #[must_use]
    pub fn whom(&self, question: &Question) -> Option<String> {
        match question.whom? {
            Whom::Judges => self.book.vocabulary.sentences[question.reading.sentence]
                .judged_by
                .clone(),
            Whom::Somebody(thing) => Some(self.words.thing(thing)),
        }
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

/// Questions to the same people of which each answer leaves the same.
struct AskedTogether<'t> {
    /// Whom, as a lead.
    whom: String,
    /// What each answer leaves.
    leaves: String,
    /// The questions by the part they are about; no name for the whole.
    parts: Vec<(&'t str, Vec<String>)>,
}

impl<'t> AskedTogether<'t> {
    fn add(&mut self, part: &'t str, words: String) {
        match self.parts.iter_mut().find(|(own, _)| *own == part) {
            Some((_, all)) if all.contains(&words) => {}
            Some((_, all)) => all.push(words),
            None => self.parts.push((part, vec![words])),
        }
    }

    fn item(self) -> Item {
        let count: usize = self.parts.iter().map(|(_, all)| all.len()).sum();
        let texts: Vec<String> = self
            .parts
            .iter()
            .map(|(part, all)| match (self.parts.len(), *part) {
                (1, _) | (_, "") => all.join(" "),
                _ => format!("({part}) {}", all.join(" ")),
            })
            .collect();
        let mark = match (count, self.parts.as_slice()) {
            _ if self.leaves.is_empty() => String::new(),
            (1, [(part, _)]) if !part.is_empty() => format!("{part}: {}", self.leaves),
            (1, _) => self.leaves,
            (_, [(part, _)]) if !part.is_empty() => format!("{part}, each: {}", self.leaves),
            _ => format!("each {}", self.leaves),
        };
        Item {
            indent: 0,
            text: format!("{}{}", self.whom, texts.join(" ")),
            mark,
        }
    }
}

/// Changes that come to the same.
struct Alike {
    /// What it would then be.
    then: String,
    /// Of which parts, in quotes.
    parts: Vec<String>,
    /// By what, if by an exception.
    by: String,
    /// If what.
    ifs: Vec<String>,
}

impl Alike {
    fn words(&self) -> String {
        let parts = match self.parts.as_slice() {
            [] => String::new(),
            parts => format!(", in {},", both(parts)),
        };
        format!(
            "{}{parts}{} if {}",
            self.then,
            self.by,
            self.ifs.join("; or if ")
        )
    }
}

/// Phrases one after the other; what nobody states, or nothing shows, is said once for all of them.
fn grouped(phrases: &[String]) -> String {
    let mut told: Vec<String> = Vec::new();
    for lead in ["", "nobody states that ", "nothing shows that "] {
        let own: Vec<&str> = phrases
            .iter()
            .filter(|phrase| {
                let unsaid = phrase.starts_with("nobody states that ")
                    || phrase.starts_with("nothing shows that ") && !phrase.contains(", since ");
                if lead.is_empty() {
                    !unsaid
                } else {
                    unsaid && phrase.starts_with(lead)
                }
            })
            .map(|phrase| &phrase[lead.len()..])
            .collect();
        if lead.is_empty() {
            told.extend(own.iter().map(|phrase| (*phrase).to_owned()));
        } else if !own.is_empty() {
            told.push(format!("{lead}{}", own.join(", or that ")));
        }
    }
    told.join("; ")
}

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
