//! Verdicts as entries of a page: on what each turns, which exceptions were considered, what would be otherwise, what to ask,
//! which source. In: a judged world; out: entries. The same words serve the report, the explanation and JSON.

use super::document::{Entry, Item};
use super::prose::Teller;
use super::wording::{Words, capital, either, statuses};
use crate::engine::{Evidence, Standing, Thing};
use crate::explain::{
    Change, Exception, Ground, Grounds, PartGrounds, Question, Whom, WorldJudged,
};
use crate::graph::block;
use crate::judge::{Defeater, Verdict};
use crate::rulebook::{Case, Citation, DefeatSort, Rulebook, Test};
use crate::value::{NormSort, Status, StatusSet, Truth};

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
}

impl<'t> Telling<'t> {
    /// For one world of a case.
    #[must_use]
    pub fn new(
        book: &'t Rulebook,
        case: &'t Case,
        world: &'t WorldJudged<'t>,
        depth: usize,
    ) -> Self {
        let words = Words::of(book, case);
        let stated = &world.judged.record().stated;
        Self {
            book,
            world,
            words,
            teller: Teller::new(words, &world.steps, stated, depth),
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
        if verdict.statuses.len() > 1 {
            head.push_str(": ");
            head.push_str(&statuses(verdict.statuses));
            let open: Vec<String> = self
                .part_names(verdict, &|set| set.len() > 1)
                .into_iter()
                .map(|name| format!("\"{name}\""))
                .collect();
            if !open.is_empty() {
                head.push_str(&format!(", open in {}", super::wording::both(&open)));
            }
        }
        if verdict.repaired {
            head.push_str(" (repaired: all that followed from it was done)");
        }
        head
    }

    fn part_names(&self, verdict: &Verdict, which: &dyn Fn(StatusSet) -> bool) -> Vec<&'t str> {
        let norm = &self.book.norms[verdict.norm];
        verdict
            .parts
            .iter()
            .zip(&norm.parts)
            .filter(|(own, _)| which(own.statuses))
            .filter_map(|(_, part)| part.name.as_deref())
            .collect()
    }

    /// Why it is owed, and on what each part turns that has the status of the whole, or is open.
    fn why(&mut self, at: usize, entry: &mut Entry) {
        let (verdict, grounds) = (self.verdict(at), self.grounds(at));
        let mut items = self.whole(&grounds.arises);
        let named = !verdict.parts.is_empty();
        let mut rest: Vec<String> = Vec::new();
        let mut parts: Vec<(String, Vec<Item>)> = Vec::new();
        for part in &grounds.parts {
            let tells = part.statuses.len() > 1 || part.statuses == verdict.statuses;
            if !named {
                items.extend(self.test(verdict, part));
            } else if tells {
                let mut own = Vec::new();
                if let Some(arises) = &part.arises {
                    own.extend(self.whole(arises));
                }
                own.extend(self.test(verdict, part));
                parts.push((self.part_label(verdict, part), own));
            } else {
                rest.push(self.part_label(verdict, part));
            }
        }
        entry.field("because", items);
        for (label, mut own) in parts {
            match own.first_mut() {
                Some(first) => first.text = format!("in {label}: {}", first.text),
                None => own.push(Item::of(format!("in {label}"))),
            }
            entry.field("", own);
        }
        if !rest.is_empty() {
            let words = format!("other parts: {}", rest.join("; "));
            entry.field("", vec![Item::of(words)]);
        }
    }

    fn part_label(&self, verdict: &Verdict, part: &PartGrounds) -> String {
        let name = self.book.norms[verdict.norm]
            .parts
            .get(part.part)
            .and_then(|part| part.name.as_deref())
            .unwrap_or("");
        format!("\"{name}\", {}", statuses(part.statuses))
    }

    /// The test of a part, told by the lines that decide.
    fn test(&mut self, verdict: &Verdict, part: &PartGrounds) -> Vec<Item> {
        let Some(test) = &part.test else {
            return Vec::new();
        };
        let mut items = self.ground(test);
        if part.others > 0 && part.broken != Truth::False {
            items.push(Item::of(format!(
                "and {} more in the same way",
                part.others
            )));
        }
        let _ = verdict;
        items
    }

    /// Every exception with whether it acts, and each line that keeps it from acting.
    #[must_use]
    pub fn exceptions(&self, verdict: &Verdict, grounds: &Grounds) -> Vec<Item> {
        if grounds.exceptions.is_empty() {
            return vec![Item::of("the rulebook has none for this duty")];
        }
        let decided = |one: &&Exception| {
            // A part that is kept needs no exception.
            one.parts.is_empty()
                || one.parts.iter().any(|part| {
                    verdict
                        .parts
                        .get(*part)
                        .is_none_or(|part| part.statuses != StatusSet::only(Status::Fulfilled))
                })
        };
        grounds
            .exceptions
            .iter()
            .filter(decided)
            .map(|one| self.exception(one))
            .collect()
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
        Item::of(format!("\"{name}\", {answer}: {}", phrases.join("; ")))
    }

    /// What acts: the exemption, excuse or priority with all its lines and sources.
    #[must_use]
    pub fn acting(&mut self, at: usize) -> Vec<(String, Vec<Item>)> {
        let (verdict, grounds) = (self.verdict(at), self.grounds(at));
        let mut found = Vec::new();
        for one in &grounds.exceptions {
            let acts = verdict
                .by
                .iter()
                .any(|by| by.defeater == one.defeater && by.truth != Truth::False);
            if acts {
                let label = match one.defeater {
                    Defeater::Defeat(id) => match self.book.defeats[id].sort {
                        DefeatSort::Exemption => "exempt by",
                        DefeatSort::Excuse => "excused by",
                    },
                    Defeater::Priority(_) => "gave way by",
                };
                let (_, name) = self.words.defeater_parts(one.defeater);
                let mut items = vec![Item::of(format!("\"{name}\""))];
                for mut item in self.whole(&one.ground) {
                    item.indent += 1;
                    items.push(item);
                }
                let cites = block(self.book, one.ground.origin).cites;
                if !cites.is_empty() {
                    items.push(Item {
                        indent: 1,
                        text: self.words.citations(cites),
                        mark: String::new(),
                    });
                }
                found.push((label.to_owned(), items));
            }
        }
        found
    }

    /// An entry for a duty that was exempt, excused or overridden: what was owed, what came of it, and what acted.
    #[must_use]
    pub fn defeated(&mut self, at: usize, number: usize) -> Entry {
        let mut entry = Entry::of(self.head(at));
        entry.number = Some(number);
        self.why(at, &mut entry);
        for (label, items) in self.acting(at) {
            entry.field(&label, items);
        }
        entry.field("source", self.sources(at));
        entry
    }

    /// An entry of a kept duty, a met ideal, a raised concern: on what it turns, and its source.
    #[must_use]
    pub fn brief(&mut self, at: usize, number: Option<usize>) -> Entry {
        let (verdict, grounds) = (self.verdict(at), self.grounds(at));
        let mut entry = Entry::of(self.head(at));
        entry.number = number;
        let mut items = Vec::new();
        if grounds.parts.is_empty() {
            items.extend(self.whole(&grounds.arises));
        }
        for part in &grounds.parts {
            if part.statuses != StatusSet::only(Status::NotEngaged) {
                items.extend(self.test(verdict, part));
            }
        }
        if items.is_empty() {
            items.extend(self.whole(&grounds.arises));
        }
        entry.field("because", items);
        entry.field("ask", self.questions(verdict, &grounds.questions));
        entry.field("source", self.sources(at));
        entry
    }

    /// The sources of a norm.
    #[must_use]
    pub fn sources(&self, at: usize) -> Vec<Item> {
        let cites: &[Citation] = &self.book.norms[self.verdict(at).norm].cites;
        if cites.is_empty() {
            Vec::new()
        } else {
            vec![Item::of(self.words.citations(cites))]
        }
    }

    /// What would have had to be different.
    #[must_use]
    pub fn otherwise(&self, verdict: &Verdict, changes: &[Change]) -> Vec<Item> {
        let mut words: Vec<String> = Vec::new();
        let mut parts_told: Vec<(Option<usize>, usize)> = Vec::new();
        for change in changes {
            let told = match parts_told.iter_mut().find(|(part, _)| *part == change.part) {
                Some((_, told)) => told,
                None => {
                    parts_told.push((change.part, 0));
                    let last = parts_told.len() - 1;
                    &mut parts_told[last].1
                }
            };
            *told += 1;
            if *told <= 3 {
                words.push(self.change(verdict, change));
            }
        }
        words.into_iter().map(Item::of).collect()
    }

    /// One change: `fulfilled if …`.
    #[must_use]
    pub fn change(&self, verdict: &Verdict, change: &Change) -> String {
        let flips: Vec<String> = change
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
        let part = change
            .part
            .and_then(|part| self.book.norms[verdict.norm].parts.get(part))
            .and_then(|part| part.name.as_ref())
            .map_or_else(String::new, |name| format!(", in \"{name}\","));
        let by = change.by.map_or_else(String::new, |by| {
            format!(" by \"{}\"", self.words.defeater_parts(by).1)
        });
        let then: Vec<&str> = change.statuses.iter().map(status_words).collect();
        format!(
            "{}{part}{by} if {}",
            either(&then),
            super::wording::both(&flips)
        )
    }

    /// Questions with whom to ask, and what each answer would leave.
    #[must_use]
    pub fn questions(&self, verdict: &Verdict, questions: &[Question]) -> Vec<Item> {
        questions
            .iter()
            .map(|question| self.question(verdict, question))
            .collect()
    }

    fn question(&self, verdict: &Verdict, question: &Question) -> Item {
        let whom = self
            .whom(question)
            .map_or_else(String::new, |whom| format!("{whom}: "));
        let words = self.words.question(&question.reading);
        let leaves = |answer: &str, set: Option<StatusSet>| {
            let set = set?;
            let words = if set == verdict.statuses {
                "still open".to_owned()
            } else {
                statuses(set)
            };
            Some(format!("{answer}: {words}"))
        };
        let both: Vec<String> = [leaves("yes", question.if_so), leaves("no", question.if_not)]
            .into_iter()
            .flatten()
            .collect();
        let alike = question.if_so == question.if_not;
        let mark = if alike || Words::is_vague(&question.reading) {
            String::new()
        } else {
            both.join("   ")
        };
        let because = if question.reading.standing == Standing::Open {
            ""
        } else {
            " (stated as not known)"
        };
        Item {
            indent: 0,
            text: format!("{whom}{words}{because}"),
            mark,
        }
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
        other => other.word(),
    }
}

/// Whether a test says *met*.
#[must_use]
pub fn is_met_test(test: &Test) -> bool {
    matches!(test, Test::Met(_))
}

/// `Lee did not meet "confidentiality", owed to …`.
#[must_use]
pub fn capital_sentence(words: &str) -> String {
    capital(words)
}
