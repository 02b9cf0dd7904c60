//! One record judged: derive, settle, derive, settle, and the verdicts read off. In: a plan and a record; out: a
//! [`Judgement`]. Knows no graph and no words.

use super::{follow_on, settle, silence};
use crate::engine::{Cell, Fault, Limits, Memory, Recorder, Run, Stop};
use crate::plan::{Phase, Plan, RelId};
use crate::rulebook::{DefeatId, NormId, PriorityId, Record, Rulebook, SentenceId};
use crate::value::{Status, StatusSet, Truth};
use smallvec::SmallVec;

/// A judged record: both sets, the verdicts, and whatever the recorder kept.
pub struct Judgement<'a, R> {
    run: Run<'a, R>,
    verdicts: Vec<Verdict>,
    spare: Spare,
}

/// Lists of parts that are not used at the moment.
pub(super) type Spare = Vec<Vec<PartVerdict>>;

/// What one case leaves to the next.
#[derive(Default)]
pub struct Recycled<R> {
    memory: Memory<R>,
    verdicts: Vec<Verdict>,
    spare: Spare,
}

/// What fills the roles of an instance, in the order of the norm's parties; kept in place up to four.
pub type Parties = SmallVec<[Cell; 4]>;

/// What is behind a verdict.
pub type Behind = SmallVec<[By; 2]>;

/// The verdict on one instance of a norm.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// Which norm.
    pub norm: NormId,
    /// Its parties, in the order of the norm's.
    pub parties: Parties,
    /// Whether it arises.
    pub engaged: Truth,
    /// The statuses still possible.
    pub statuses: StatusSet,
    /// Its named parts, in order; empty where it has none.
    pub parts: Vec<PartVerdict>,
    /// The exemptions, excuses and priorities behind its possible statuses.
    pub by: Behind,
    /// Whether nothing the record states bears on it beyond the fact that it is owed.
    pub silent: bool,
    /// Whether it was violated or overridden and every follow-on duty is surely fulfilled.
    pub repaired: bool,
}

/// The verdict on a part.
#[derive(Clone, Debug)]
pub struct PartVerdict {
    /// The statuses still possible.
    pub statuses: StatusSet,
    /// The exemptions, excuses and priorities behind them.
    pub by: Behind,
}

/// What defeats a duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Defeater {
    /// An exemption or excuse.
    Defeat(DefeatId),
    /// A priority.
    Priority(PriorityId),
}

/// A defeater that may act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct By {
    /// Which.
    pub defeater: Defeater,
    /// Whether it does.
    pub truth: Truth,
}

/// A finding that holds or may hold.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Which sentence.
    pub sentence: SentenceId,
    /// Its values.
    pub cells: Vec<Cell>,
    /// True or unknown.
    pub truth: Truth,
    /// Whether it is unknown and nothing the record states bears on it.
    pub silent: bool,
}

/// Judges one record. The one evaluator, whatever is recorded: a stream gives the last case's memory back in, a single case
/// starts with `Memory::default()`.
#[must_use]
pub fn judge<'a, R: Recorder>(
    book: &'a Rulebook,
    plan: &'a Plan,
    record: &'a Record,
    memory: Memory<R>,
    limits: Limits<'a>,
) -> Judgement<'a, R> {
    let (verdicts, spare) = (Vec::new(), Vec::new());
    let recycled = Recycled {
        memory,
        verdicts,
        spare,
    };
    judge_again(book, plan, record, recycled, limits)
}

/// The same in the memory that [`Judgement::recycle_all`] gave back.
#[must_use]
pub fn judge_again<'a, R: Recorder>(
    book: &'a Rulebook,
    plan: &'a Plan,
    record: &'a Record,
    recycled: Recycled<R>,
    limits: Limits<'a>,
) -> Judgement<'a, R> {
    let Recycled {
        memory,
        mut verdicts,
        mut spare,
    } = recycled;
    let mut run = Run::start(book, plan, record, memory, limits);
    settle::put_by(&mut verdicts, &mut spare);
    for phase in &plan.phases {
        match phase {
            Phase::Once(joins) => run.once(joins),
            Phase::Fixpoint(joins) => run.fixpoint(joins),
            Phase::Settle(norm) => settle::settle(&mut run, *norm, &mut verdicts, &mut spare),
        }
        if run.stopped().is_some() {
            break;
        }
    }
    if run.stopped().is_some() || !run.faults().is_empty() {
        verdicts.clear();
    }
    // Instances in order of the rulebook, then of first appearance, whatever the order of the phases.
    verdicts.sort_by_key(|verdict: &Verdict| verdict.norm);
    for at in 0..verdicts.len() {
        verdicts[at].silent = silence::is_silent(&run, &verdicts[at]);
        verdicts[at].repaired = follow_on::is_repaired(&run, &verdicts[at], &verdicts);
    }
    Judgement {
        run,
        verdicts,
        spare,
    }
}

impl<'a, R: Recorder> Judgement<'a, R> {
    /// The run: tables, journal, questions.
    #[must_use]
    pub fn run(&self) -> &Run<'a, R> {
        &self.run
    }

    /// The run, for look-ups that build an index or a number.
    pub fn run_mut(&mut self) -> &mut Run<'a, R> {
        &mut self.run
    }

    /// The rulebook.
    #[must_use]
    pub fn book(&self) -> &'a Rulebook {
        self.run.book
    }

    /// The record.
    #[must_use]
    pub fn record(&self) -> &'a Record {
        self.run.record
    }

    /// Verdicts on every instance that may be engaged, in the order of the rulebook's norms.
    #[must_use]
    pub fn verdicts(&self) -> &[Verdict] {
        &self.verdicts
    }

    /// What went wrong; then there is no verdict.
    #[must_use]
    pub fn faults(&self) -> &[Fault] {
        self.run.faults()
    }

    /// Why judging was stopped, if it was; then there is no verdict.
    #[must_use]
    pub fn stopped(&self) -> Option<Stop> {
        self.run.stopped()
    }

    /// The truth of a ground sentence; for a number, whether it exists.
    pub fn truth(&mut self, sentence: SentenceId, cells: &[Cell]) -> Truth {
        let mut own = [Cell::UNBOUND; crate::plan::WIDTH];
        own[..cells.len()].copy_from_slice(cells);
        self.run.truth_at(RelId(sentence.0), &mut own)
    }

    /// The truth of a ground sentence; its number slots receive the values on record.
    pub fn truth_into(&mut self, sentence: SentenceId, cells: &mut [Cell]) -> Truth {
        let mut own = [Cell::UNBOUND; crate::plan::WIDTH];
        own[..cells.len()].copy_from_slice(cells);
        let truth = self.run.truth_at(RelId(sentence.0), &mut own);
        cells.copy_from_slice(&own[..cells.len()]);
        truth
    }

    /// The truth of a ground sentence whose number slots have these values too (`UNBOUND`: any).
    pub fn truth_of_value(&mut self, sentence: SentenceId, cells: &[Cell]) -> Truth {
        let mut own = [Cell::UNBOUND; crate::plan::WIDTH];
        own[..cells.len()].copy_from_slice(cells);
        let rel = RelId(sentence.0);
        let mut truth = self.run.truth_at(rel, &mut own);
        let key = self.run.plan.relations[rel].key;
        for (at, cell) in cells.iter().enumerate() {
            if key >> at & 1 == 0 && *cell != Cell::UNBOUND && truth != Truth::False {
                truth = truth.and(self.run.equal(own[at], *cell));
            }
        }
        truth
    }

    /// Findings that hold or may hold, in order of declaration and derivation.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        let mut found = Vec::new();
        self.each_finding(|sentence, cells, truth, silent| {
            found.push(Finding {
                sentence,
                cells: cells.to_vec(),
                truth,
                silent,
            });
        });
        found
    }

    /// Shows each finding that holds or may hold: its sentence, values, truth, and whether it is silent.
    pub fn each_finding(&self, mut show: impl FnMut(SentenceId, &[Cell], Truth, bool)) {
        for id in &self.run.plan.listed {
            let table = self.run.table(RelId(id.0));
            for row in 0..u32::try_from(table.len()).unwrap_or(u32::MAX) {
                let (cells, truth) = (table.row(row), table.truth(row));
                if truth != Truth::False {
                    let silent = truth == Truth::Unknown
                        && silence::is_finding_silent(&self.run, *id, cells);
                    show(*id, cells, truth, silent);
                }
            }
        }
    }

    /// The verdict on an instance, if it may be engaged.
    #[must_use]
    pub fn verdict(&self, norm: NormId, parties: &[Cell]) -> Option<&Verdict> {
        self.verdicts
            .iter()
            .find(|verdict| verdict.norm == norm && verdict.parties[..] == *parties)
    }

    /// Gives the memory back for the next case.
    #[must_use]
    pub fn recycle(self) -> Memory<R> {
        self.run.recycle()
    }

    /// The same with the memory of the verdicts, for [`judge_again`].
    #[must_use]
    pub fn recycle_all(self) -> Recycled<R> {
        Recycled {
            memory: self.run.recycle(),
            verdicts: self.verdicts,
            spare: self.spare,
        }
    }
}

impl Verdict {
    /// The statuses of a part, or of the whole.
    #[must_use]
    pub fn statuses_of(&self, part: Option<usize>) -> StatusSet {
        part.and_then(|part| self.parts.get(part))
            .map_or(self.statuses, |part| part.statuses)
    }

    /// Whether it is surely violated.
    #[must_use]
    pub fn is_violated(&self) -> bool {
        self.statuses == StatusSet::only(Status::Violated)
    }
}
