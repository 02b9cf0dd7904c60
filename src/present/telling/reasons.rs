//! Why a norm arises and on what each part of it turns. In: the grounds of a verdict; out: items.

use super::world::{Telling, deciding};
use crate::engine::{Evidence, Found, Reading};
use crate::explain::{Ground, Grounds, PartGrounds};
use crate::graph::block;
use crate::judge::Verdict;
use crate::present::document::{Entry, Item};
use crate::present::wording::{both, statuses};
use crate::value::Truth;

impl<'t> Telling<'t> {
    /// The lines of a ground that decide, told.
    pub(super) fn ground(&mut self, ground: &Ground) -> Vec<Item> {
        let block = block(self.book, ground.origin);
        self.teller.tell(&deciding(&ground.lines), block.vars)
    }

    /// All lines of a ground, told.
    pub(super) fn whole(&mut self, ground: &Ground) -> Vec<Item> {
        let block = block(self.book, ground.origin);
        let lines: Vec<&Evidence> = ground.lines.iter().collect();
        self.teller.tell(&lines, block.vars)
    }

    /// Why it is owed, and on what each part turns that has the status of the whole, or is open.
    pub(super) fn why(&mut self, at: usize, entry: &mut Entry) {
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
        // Of what stands quietly, the parts that are not open say nothing.
        let quiet = verdict.silent && verdict.statuses.len() > 1 && !self.full;
        if !rest.is_empty() && !quiet {
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
    pub(super) fn arises(&mut self, at: usize, telling: &[&PartGrounds]) -> Vec<Item> {
        let grounds = self.grounds(at);
        let tests = telling.iter().filter_map(|part| part.test.as_ref());
        let covered: Vec<Reading> = tests
            .flat_map(|test| self.world.steps.leaves(&test.lines))
            .map(|leaf| leaf.reading.clone())
            .collect();
        self.owed(&grounds.arises, grounds, &covered)
    }

    pub(super) fn owed(
        &mut self,
        ground: &Ground,
        grounds: &Grounds,
        covered: &[Reading],
    ) -> Vec<Item> {
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
    pub(super) fn is_absence(&self, line: &Evidence) -> bool {
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
    pub(super) fn part_labels(&self, verdict: &Verdict, parts: &[&PartGrounds]) -> String {
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

    pub(super) fn part_name(&self, verdict: &Verdict, part: usize) -> &'t str {
        self.book.norms[verdict.norm]
            .parts
            .get(part)
            .and_then(|part| part.name.as_deref())
            .unwrap_or("")
    }

    /// The test of a part, told by the lines that decide.
    pub(super) fn test(&mut self, part: &PartGrounds, grounds: &Grounds) -> Vec<Item> {
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
}
