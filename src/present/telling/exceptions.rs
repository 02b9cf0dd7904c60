//! Which exemptions, excuses and priorities were considered, and why each acts or does not. In: the grounds of a verdict; out:
//! items, every condition that fails among them.

use super::world::Telling;
use crate::engine::Evidence;
use crate::explain::{Exception, Grounds};
use crate::graph::block;
use crate::judge::{Defeater, Verdict};
use crate::present::document::Item;
use crate::present::wording::either;
use crate::rulebook::DefeatSort;
use crate::value::{Status, StatusSet, Truth};

/// Up to so many exceptions for which nothing is on record are told one by one.
pub(super) const MOST_QUIET: usize = 2;

/// Whether an exception lacks one thing only.
fn is_near(one: &Exception) -> bool {
    let failing = |line: &&Evidence| line.truth == Some(Truth::False);
    one.ground.lines.iter().filter(failing).count() < 2
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

impl<'t> Telling<'t> {
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
            let quiet: Vec<&Exception> = considered
                .into_iter()
                .filter(|one| self.is_quiet(one))
                .collect();
            items.push(Item::of(self.quiet(&quiet)));
        }
        items
    }

    /// Exceptions for which nothing is on record: by name those that a single statement would make act, or all where there
    /// is no such; of the others, how many.
    fn quiet(&mut self, quiet: &[&Exception]) -> String {
        let name = |one: &&Exception| format!("\"{}\"", self.words.defeater_parts(one.defeater).1);
        let names: Vec<String> = quiet.iter().map(name).collect();
        let known = self.before.quiet.iter().find(|(own, _)| *own == names);
        if let Some((_, number)) = known {
            return format!(
                "nothing on record for the {} others told under {number}",
                names.len()
            );
        }
        let near = quiet.iter().filter(|one| is_near(one));
        let mut told: Vec<String> = near.map(name).collect();
        if told.is_empty() || quiet.len() - told.len() < 2 {
            told.clone_from(&names);
        }
        let further = quiet.len() - told.len();
        self.before.quiet.push((names, self.teller.number));
        let named = either(&told);
        match further {
            0 => format!("nothing on record for {named}"),
            _ => format!(
                "nothing on record for {named}, nor for {further} others that would each take more than one thing"
            ),
        }
    }

    /// The exceptions that matter: a part that is kept needs none.
    pub(super) fn considered(&self, verdict: &Verdict, grounds: &'t Grounds) -> Vec<&'t Exception> {
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

    pub(super) fn exception(&self, one: &Exception) -> Item {
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
}
