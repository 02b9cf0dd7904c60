//! An interview about what is open: one question at a time, only what can still change a verdict, the most deciding first. In: a
//! record and answers; out: the next question, and what each answer settled. Every answer is judged. Knows no words.

use super::again::{Again, Fact, Said, Saying, missing, state};
use super::behind::Behind;
use super::cuts::pieces;
use super::settle::{Open, open, settle_among};
use crate::engine::{Cell, Journal, Limits, Memory, Standing};
use crate::judge::{Instance, Judgement, Verdict, judge};
use crate::plan::Plan;
use crate::rulebook::{NormPattern, Record, Rulebook};
use crate::value::{StatusSet, Truth};

/// An interview in progress.
pub struct Interview<'a> {
    book: &'a Rulebook,
    plan: &'a Plan,
    record: Record,
    /// What was answered, in order.
    pub answers: Vec<Saying>,
    pattern: Option<NormPattern>,
    all: bool,
    /// Answers that were not taken, because under them the case contradicts itself: they are not asked for again.
    refused: Vec<Fact>,
    /// The verdicts asked about at first: one that is settled as not engaged is in no later list.
    first: Vec<Instance>,
}

/// A question.
#[derive(Clone, Debug)]
pub struct Asking {
    /// About what.
    pub open: Open,
    /// The verdicts that an answer may change.
    pub about: Vec<Instance>,
}

/// What an answer did to a verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Learnt {
    /// Whose.
    pub instance: Instance,
    /// The statuses before.
    pub before: StatusSet,
    /// The statuses after.
    pub after: StatusSet,
}

/// Under an answer the case contradicts itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contradicts;

impl<'a> Interview<'a> {
    /// About the verdicts that a pattern matches; without one about every open verdict to which something on record speaks;
    /// `all`: about every open verdict.
    #[must_use]
    pub fn new(
        book: &'a Rulebook,
        plan: &'a Plan,
        record: Record,
        pattern: Option<NormPattern>,
        all: bool,
    ) -> Self {
        let mut interview = Self {
            book,
            plan,
            record,
            answers: Vec::new(),
            pattern,
            all,
            refused: Vec::new(),
            first: Vec::new(),
        };
        interview.first = interview
            .verdicts()
            .into_iter()
            .map(|(own, _)| own)
            .collect();
        interview
    }

    /// The record as it stands, the answers included.
    #[must_use]
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// The verdicts asked about, as they stand.
    #[must_use]
    pub fn verdicts(&self) -> Vec<(Instance, StatusSet)> {
        let judged = judged(self.book, self.plan, &self.record);
        let mut found: Vec<(Instance, StatusSet)> = self
            .meant(&judged)
            .map(|verdict| (instance(verdict), verdict.statuses))
            .collect();
        for own in &self.first {
            if judged.verdict(own.norm, &own.parties).is_none() {
                found.push((own.clone(), missing(self.book, own.norm)));
            }
        }
        found.sort_by_key(|(own, _)| own.norm);
        found
    }

    fn meant<'j>(
        &'j self,
        judged: &'j Judgement<'_, Journal>,
    ) -> impl Iterator<Item = &'j Verdict> {
        judged
            .verdicts()
            .iter()
            .filter(move |verdict| match &self.pattern {
                Some(pattern) => {
                    let mut parties = pattern.parties.iter().zip(&verdict.parties);
                    pattern.norm == verdict.norm
                        && parties
                            .all(|(wanted, own)| wanted.is_none_or(|one| Cell::of(one) == *own))
                }
                None => self.all || !verdict.silent,
            })
    }

    /// The next question, unless nothing that may be asked can change a verdict.
    #[must_use]
    pub fn next(&self) -> Option<Asking> {
        let judged = judged(self.book, self.plan, &self.record);
        let undecided: Vec<&Verdict> = self
            .meant(&judged)
            .filter(|verdict| verdict.statuses.len() > 1)
            .collect();
        let mut asked: Vec<Open> = Vec::new();
        for verdict in &undecided {
            let behind = Behind::of(self.book, self.plan, verdict.norm);
            for one in open(&judged, verdict, &behind) {
                if self.may_be_asked(&one) && asked.iter().all(|known| known.fact != one.fact) {
                    asked.push(one);
                }
            }
        }
        let mut again = Again::new(self.book, self.plan, &self.record);
        let mut best: Option<((bool, usize, usize), Asking)> = None;
        for one in asked {
            let ((least, mean), about) = weight(&mut again, &one.fact, &undecided);
            // What the case itself calls not known may be known by now, but nobody has looked into the rest yet.
            let score = (!one.is_on_record(), least, mean);
            if about.is_empty() || best.as_ref().is_some_and(|(known, _)| *known >= score) {
                continue;
            }
            best = Some((score, Asking { open: one, about }));
        }
        best.map(|(_, asking)| asking)
            .or_else(|| self.together(&judged))
    }

    /// Where no answer changes anything alone: the first of those that do together.
    fn together(&self, judged: &Judgement<'_, Journal>) -> Option<Asking> {
        let verdicts = judged.verdicts().iter().enumerate();
        let meant: Vec<Instance> = self.meant(judged).map(instance).collect();
        verdicts
            .filter(|(_, verdict)| meant.contains(&instance(verdict)))
            .find_map(|(at, verdict)| {
                let found = settle_among(judged, at, &|open| self.may_be_asked(open));
                let members = &found.sets.first()?.members;
                let asked = || members.iter().filter_map(|at| found.open.get(*at));
                let first = asked()
                    .find(|open| !open.is_on_record())
                    .or_else(|| asked().next())?;
                Some(Asking {
                    open: first.clone(),
                    about: vec![instance(verdict)],
                })
            })
    }

    /// Whether it was not asked before. What the case calls not known is asked, after all else; what was answered with *don't
    /// know* is not asked again.
    fn may_be_asked(&self, open: &Open) -> bool {
        let mut asked = self.answers.iter().map(|(fact, _)| fact);
        !asked.any(|fact| *fact == open.fact) && !self.refused.contains(&open.fact)
    }

    /// Takes an answer, and tells which verdicts it changed.
    ///
    /// # Errors
    /// Under this answer the case contradicts itself; then it is not taken, nor asked for again.
    pub fn answer(&mut self, fact: &Fact, said: Said) -> Result<Vec<Learnt>, Contradicts> {
        let before = judged(self.book, self.plan, &self.record);
        let was: Vec<(Instance, StatusSet)> = self
            .meant(&before)
            .map(|verdict| (instance(verdict), verdict.statuses))
            .collect();
        drop(before);
        let mut record = self.record.clone();
        state(&self.book.vocabulary, &mut record, fact, said);
        let after = judged(self.book, self.plan, &record);
        if !after.faults().is_empty() || after.stopped().is_some() {
            self.refused.push(fact.clone());
            return Err(Contradicts);
        }
        let mut learnt = Vec::new();
        for (instance, before) in was {
            let now = after
                .verdict(instance.norm, &instance.parties)
                .map_or(missing(self.book, instance.norm), |own| own.statuses);
            if now != before {
                learnt.push(Learnt {
                    instance,
                    before,
                    after: now,
                });
            }
        }
        drop(after);
        self.record = record;
        self.answers.push((fact.clone(), said));
        Ok(learnt)
    }
}

fn judged<'r>(book: &'r Rulebook, plan: &'r Plan, record: &'r Record) -> Judgement<'r, Journal> {
    judge(book, plan, record, Memory::default(), Limits::default())
}

fn instance(verdict: &Verdict) -> Instance {
    Instance {
        norm: verdict.norm,
        parties: verdict.parties.to_vec(),
    }
}

impl Open {
    /// Whether the case itself says that it is not known.
    #[must_use]
    pub fn is_on_record(&self) -> bool {
        matches!(self.reading.standing, Standing::Stated(_))
    }
}

/// How many verdicts the least telling answer decides, and how many all answers do; and which verdicts any answer changes.
fn weight(
    again: &mut Again<'_>,
    fact: &Fact,
    undecided: &[&Verdict],
) -> ((usize, usize), Vec<Instance>) {
    let answers: Vec<Said> = if fact.is_number() {
        let pieces = pieces(again, fact, &[]);
        pieces
            .iter()
            .map(|piece| Said::Number(piece.sample))
            .collect()
    } else {
        [Truth::True, Truth::False].map(Said::Truth).to_vec()
    };
    let mut changed: Vec<bool> = vec![false; undecided.len()];
    let mut decided: Vec<usize> = Vec::new();
    for said in &answers {
        let book = again.book;
        let found = again.under(&[(fact.clone(), *said)], |after| {
            let own = |verdict: &&Verdict| {
                after
                    .verdict(verdict.norm, &verdict.parties)
                    .map_or(missing(book, verdict.norm), |own| own.statuses)
            };
            undecided.iter().map(own).collect::<Vec<StatusSet>>()
        });
        let Some(found) = found else { continue };
        for (at, set) in found.iter().enumerate() {
            changed[at] |= *set != undecided[at].statuses;
        }
        decided.push(found.iter().filter(|set| set.len() == 1).count());
    }
    let least = decided.iter().min().copied().unwrap_or(0);
    // Of answers of which there are many, what one decides on average, in hundredths.
    let mean = 100 * decided.iter().sum::<usize>() / decided.len().max(1);
    let about = undecided
        .iter()
        .zip(&changed)
        .filter(|(_, changed)| **changed)
        .map(|(verdict, _)| instance(verdict))
        .collect();
    ((least, mean), about)
}
