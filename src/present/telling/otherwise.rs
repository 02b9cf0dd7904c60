//! What would have had to be different, changes that come to the same together. In: changes; out: items.

use super::world::{Telling, status_words};
use crate::explain::Change;
use crate::graph::block;
use crate::judge::Verdict;
use crate::present::document::Item;
use crate::present::wording::{both, either};
use crate::value::{Status, StatusSet, Truth};

/// So many changes of one part are told.
pub(super) const MOST_CHANGES: usize = 2;

/// Changes that come to the same.
pub(super) struct Alike {
    /// What it would then be.
    pub(super) then: String,
    /// Of which parts, in quotes.
    pub(super) parts: Vec<String>,
    /// By what, if by an exception.
    pub(super) by: String,
    /// If what.
    pub(super) ifs: Vec<String>,
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

impl Telling<'_> {
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

    pub(super) fn alike(&self, verdict: &Verdict, change: &Change) -> Alike {
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
}
