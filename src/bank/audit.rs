//! A stream of cases judged: one line in, a line a judgement out. In: lines of JSON; out: lines of JSON or of columns, and
//! a tally. The one evaluator, keeping only the first instance of each sentence. Knows no files and no words of its own.

use super::answer::{Format, Writing, write_refusal, write_world};
use super::names::slips;
use super::phrases::Phrases;
use super::shape::ShapeReader;
use super::stream::{Chunk, Worker};
use crate::engine::{Cell, Limits, Memory, Recorder, Witness};
use crate::judge::{self, Judgement, Verdict};
use crate::plan::Plan;
use crate::rulebook::{Case, Class, NormId, Outcome, Record, Rulebook, SentenceId};
use crate::value::{Idx, StatusSet};
use std::collections::BTreeMap;

/// What is said of a refused line where no word of a case may be shown.
pub const REDACTED: &str = "this line was refused; its words are kept out of the record";

/// Why a line was refused.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// A code of the catalogue.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// Where in the line, in characters from 1, where known.
    pub column: Option<usize>,
}

impl From<(&'static str, String, Option<usize>)> for Refusal {
    fn from((code, message, column): (&'static str, String, Option<usize>)) -> Self {
        Self {
            code,
            message,
            column,
        }
    }
}

/// What alone is shown, where not everything is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Only {
    /// Whether there is such a choice at all.
    pub chosen: bool,
    /// These duties, ideals and concerns.
    pub norms: Vec<NormId>,
    /// These findings.
    pub findings: Vec<SentenceId>,
}

impl Only {
    /// The duties, ideals and concerns of these names, and the findings of these sentences (`_` for a slot).
    ///
    /// # Errors
    /// The first name that none has.
    pub fn named<'n>(book: &Rulebook, names: &'n [String]) -> Result<Self, &'n str> {
        let mut only = Self {
            chosen: !names.is_empty(),
            ..Self::default()
        };
        for name in names {
            let before = only.norms.len();
            let norms = book.norms.ids();
            only.norms
                .extend(norms.filter(|id| book.norms[*id].name == *name));
            let finding = book.vocabulary.by_key.get(name.as_str());
            let finding = finding
                .map(|(sentence, _)| *sentence)
                .filter(|sentence| book.vocabulary.sentences[*sentence].class == Class::Finding);
            if only.norms.len() == before && finding.is_none() {
                return Err(name);
            }
            only.findings.extend(finding);
        }
        Ok(only)
    }

    /// Whether a norm is shown.
    #[must_use]
    pub fn norm(&self, norm: NormId) -> bool {
        !self.chosen || self.norms.contains(&norm)
    }

    /// Whether a finding is shown.
    #[must_use]
    pub fn finding(&self, sentence: SentenceId) -> bool {
        !self.chosen || self.findings.contains(&sentence)
    }
}

/// What is explained.
#[derive(Clone, Copy, Debug)]
pub enum Subject<'s> {
    /// A verdict.
    Verdict(&'s Verdict),
    /// A finding, with its values.
    Finding(SentenceId, &'s [Cell]),
}

/// A step of an explanation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// What it comes to.
    pub says: String,
    /// The block that says so.
    pub by: String,
    /// Its lines, with what their slots hold.
    pub from: Vec<String>,
}

/// Tells why, step by step.
pub type Tell<'a, R = Witness> =
    &'a (dyn Fn(&Judgement<'_, R>, Subject<'_>, &mut Vec<Told>) + Sync);

/// What is explained.
pub struct Explain<'a, R = Witness> {
    /// Every verdict and finding that is shown; else the duties that are or may be violated.
    pub all: bool,
    /// Who explains.
    pub tell: Tell<'a, R>,
}

impl<R> Clone for Explain<'_, R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R> Copy for Explain<'_, R> {}

/// Reads a line that is not of the plain shape, or says why it cannot be read.
pub type ReadLine<'a> = &'a (dyn Fn(&Rulebook, &str) -> Result<Case, Refusal> + Sync);

/// What an audit is to do, and what it keeps of the reasons: the first of everything, unless it is measured what that costs.
pub struct Audit<'a, R = Witness> {
    /// The rulebook.
    pub book: &'a Rulebook,
    /// Its plan.
    pub plan: &'a Plan,
    /// The general reader.
    pub read: ReadLine<'a>,
    /// How lines are written.
    pub format: Format,
    /// What alone is shown.
    pub only: &'a Only,
    /// What is explained, if anything.
    pub explain: Option<Explain<'a, R>>,
    /// Whether names that may be slips of each other are told.
    pub check_names: bool,
    /// Also what is silent.
    pub all: bool,
    /// Keeps case text out of refusals.
    pub redact: bool,
    /// Lines up to this number were done before.
    pub done: u64,
    /// How much may be derived in a case.
    pub limits: Limits<'a>,
}

impl<R> Clone for Audit<'_, R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R> Copy for Audit<'_, R> {}

/// What a stream came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Cases judged.
    pub cases: u64,
    /// Judgements: a case with options has several.
    pub judgements: u64,
    /// Lines refused.
    pub refused: u64,
    /// Pairs of names that may be slips of each other.
    pub slips: u64,
    /// By norm and possible statuses: how many instances.
    pub statuses: BTreeMap<(NormId, StatusSet), u64>,
}

impl Tally {
    /// What all workers counted.
    #[must_use]
    pub fn of<R: Recorder>(workers: Vec<Auditor<'_, R>>) -> Self {
        let mut all = Self::default();
        for worker in workers {
            all.add(&worker.finish());
        }
        all
    }

    /// Adds another's counts.
    pub fn add(&mut self, other: &Self) {
        self.cases += other.cases;
        self.judgements += other.judgements;
        self.refused += other.refused;
        self.slips += other.slips;
        for (key, count) in &other.statuses {
            *self.statuses.entry(*key).or_default() += count;
        }
    }
}

/// Judges the lines of chunks, in memory that is used over and over.
pub struct Auditor<'a, R = Witness> {
    audit: Audit<'a, R>,
    reader: ShapeReader<'a>,
    phrases: Phrases,
    /// What the last case left; lent out while one is judged.
    memory: Option<judge::Recycled<R>>,
    counts: Vec<Vec<(StatusSet, u64)>>,
    /// What this worker counted.
    pub tally: Tally,
}

impl<'a, R: Recorder> Auditor<'a, R> {
    /// A worker.
    #[must_use]
    pub fn new(audit: Audit<'a, R>) -> Self {
        Self {
            audit,
            reader: ShapeReader::new(audit.book),
            phrases: match audit.format {
                Format::Ndjson => Phrases::of(audit.book, &audit.plan.listed),
                Format::Tsv | Format::Summary => Phrases::default(),
            },
            memory: None,
            counts: vec![Vec::new(); audit.book.norms.len()],
            tally: Tally::default(),
        }
    }

    fn line(&mut self, number: u64, line: &str, out: &mut Vec<u8>) {
        if let Ok(name) = self.reader.read(line) {
            let memory = self.memory.take().unwrap_or_default();
            let judged = judge::judge_again(
                self.audit.book,
                self.audit.plan,
                self.reader.record(),
                memory,
                self.audit.limits,
            );
            if !judged.run().contradicts() && is_sound(&judged) {
                let slips = names_of(self.audit.check_names, judged.record());
                self.tally.slips += slips.len() as u64;
                let writing = self.writing(number, name, (None, None), None, &slips);
                write_world(out, &writing, &judged);
                count(&mut self.counts, &judged, self.audit.only);
                self.tally.cases += 1;
                self.tally.judgements += 1;
                self.memory = Some(judged.recycle_all());
                return;
            }
            self.memory = Some(judged.recycle_all());
        }
        self.general(number, line, out);
    }

    /// A line that is not plain, or that contradicts itself: read in general, with every option and supposition.
    fn general(&mut self, number: u64, line: &str, out: &mut Vec<u8>) {
        match (self.audit.read)(self.audit.book, line) {
            Ok(case) => self.case(number, &case, out),
            Err(refusal) => self.refuse(number, &refusal, out),
        }
    }

    fn refuse(&mut self, number: u64, refusal: &Refusal, out: &mut Vec<u8>) {
        self.tally.refused += 1;
        write_refusal(out, self.audit.format, number, refusal, self.audit.redact);
    }

    fn case(&mut self, number: u64, case: &Case, out: &mut Vec<u8>) {
        let (book, plan) = (self.audit.book, self.audit.plan);
        let worlds = judge::worlds(&book.vocabulary, case);
        let has_options = case.branches.iter().any(|branch| branch.option);
        let judged: Vec<Judgement<'_, R>> = worlds
            .iter()
            .map(|world| {
                judge::judge(
                    book,
                    plan,
                    &world.record,
                    Memory::default(),
                    self.audit.limits,
                )
            })
            .collect();
        if let Some(bad) = judged.iter().find(|judged| !is_sound(judged)) {
            let code = if bad.stopped().is_some() {
                "J001"
            } else {
                "J002"
            };
            let message = "this case could not be judged: a limit was reached, or its numbers contradict each other".to_owned();
            self.refuse(
                number,
                &Refusal {
                    code,
                    message,
                    column: None,
                },
                out,
            );
            return;
        }
        let options: Vec<(usize, &Judgement<'_, R>)> = worlds
            .iter()
            .zip(&judged)
            .filter_map(|(world, judged)| world.option.map(|at| (at, judged)))
            .collect();
        let weighed = judge::weigh(case, &options);
        self.tally.cases += 1;
        for (world, judged) in worlds.iter().zip(&judged) {
            // The case without its options is shown where it has none.
            if has_options && world.option.is_none() && world.suppose.is_none() {
                continue;
            }
            let outcome = world
                .option
                .filter(|_| !self.audit.only.chosen)
                .and_then(|at| weighed.outcomes.iter().find(|(own, _)| *own == at))
                .map(|(_, outcome)| *outcome);
            let name = |at: Option<usize>| at.map(|at| case.branches[at].name.as_str());
            let branch = (name(world.option), name(world.suppose));
            // A cast that was written down was meant.
            let slips = names_of(self.audit.check_names && !case.is_cast, &world.record);
            self.tally.slips += slips.len() as u64;
            let writing = self.writing(number, &case.name, branch, outcome, &slips);
            write_world(out, &writing, judged);
            count(&mut self.counts, judged, self.audit.only);
            self.tally.judgements += 1;
        }
    }

    fn writing<'w>(
        &'w self,
        line: u64,
        case: &'w str,
        (option, suppose): (Option<&'w str>, Option<&'w str>),
        outcome: Option<Outcome>,
        slips: &'w [(String, String)],
    ) -> Writing<'w, R>
    where
        'a: 'w,
    {
        let Audit {
            format,
            only,
            all,
            explain,
            ..
        } = self.audit;
        Writing {
            line,
            case,
            option,
            suppose,
            outcome,
            format,
            phrases: &self.phrases,
            only,
            all,
            explain,
            slips,
        }
    }

    /// Brings the counts into the tally.
    #[must_use]
    pub fn finish(mut self) -> Tally {
        for (norm, counts) in self.counts.iter().enumerate() {
            for (set, count) in counts {
                *self
                    .tally
                    .statuses
                    .entry((NormId::new(norm), *set))
                    .or_default() += count;
            }
        }
        self.tally
    }
}

impl<R: Recorder> Worker for Auditor<'_, R> {
    fn work(&mut self, chunk: &Chunk, out: &mut Vec<u8>) {
        let numbers = chunk.first_line..;
        if let Ok(text) = std::str::from_utf8(&chunk.bytes) {
            let ends = memchr::memchr_iter(b'\n', &chunk.bytes).chain([text.len()]);
            let mut from = 0;
            for (number, end) in numbers.zip(ends) {
                let line = &text[from..end];
                from = end + 1;
                if number > self.audit.done && !is_blank(line.as_bytes()) {
                    self.line(number, line, out);
                }
            }
            return;
        }
        for (number, bytes) in numbers.zip(chunk.bytes.split(|byte| *byte == b'\n')) {
            if number > self.audit.done && !is_blank(bytes) {
                match std::str::from_utf8(bytes) {
                    Ok(line) => self.line(number, line, out),
                    Err(error) => self.refuse(
                        number,
                        &Refusal {
                            code: "F003",
                            message: "this line is not UTF-8 text".to_owned(),
                            column: Some(error.valid_up_to() + 1),
                        },
                        out,
                    ),
                }
            }
        }
    }
}

/// Names that may be slips of each other, where that is asked.
fn names_of(asked: bool, record: &Record) -> Vec<(String, String)> {
    if asked { slips(record) } else { Vec::new() }
}

fn is_blank(line: &[u8]) -> bool {
    line.iter().all(u8::is_ascii_whitespace)
}

fn is_sound<R: Recorder>(judged: &Judgement<'_, R>) -> bool {
    judged.faults().is_empty() && judged.stopped().is_none()
}

/// Few sets of statuses occur for one norm: a walk over those seen so far.
fn count<R: Recorder>(
    counts: &mut [Vec<(StatusSet, u64)>],
    judged: &Judgement<'_, R>,
    only: &Only,
) {
    for verdict in judged.verdicts() {
        if only.norm(verdict.norm) {
            let own = &mut counts[verdict.norm.index()];
            match own.iter_mut().find(|(set, _)| *set == verdict.statuses) {
                Some((_, count)) => *count += 1,
                None => own.push((verdict.statuses, 1)),
            }
        }
    }
}
