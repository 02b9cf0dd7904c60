//! Verdicts as entries of a page, by what became of them: in full, defeated, in brief. In: a verdict by position; out: an entry.

use super::world::{Telling, status_words};
use crate::explain::PartGrounds;
use crate::present::document::{Entry, Item};
use crate::present::wording::{both, statuses};
use crate::value::{NormSort, Status, StatusSet, Truth};

impl Telling<'_> {
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
    pub(super) fn head(&self, at: usize) -> String {
        let verdict = self.verdict(at);
        let mut head = self.heading(at);
        let ideal = self.book.norms[verdict.norm].sort == NormSort::Ideal;
        let open = verdict.statuses.len() > 1;
        if open || ideal {
            head.push_str(": ");
            head.push_str(&statuses(verdict.statuses));
            let asked = open && !self.full && self.asks_of_every_part(at);
            let named: Vec<String> = self
                .telling_parts(at)
                .into_iter()
                .filter(|_| !asked)
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

    /// Whether the questions name every part that is open: then the heading need not.
    fn asks_of_every_part(&self, at: usize) -> bool {
        let verdict = self.verdict(at);
        let questions = &self.grounds(at).questions;
        self.telling_parts(at).iter().all(|part| {
            let mut own = questions
                .iter()
                .filter(|question| question.part == Some(part.part));
            own.any(|question| !self.leaves(verdict, question).is_empty())
        })
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
}
