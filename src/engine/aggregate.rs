//! Groups of lines: some, none, counts, every, folds, as truths and ranges. In: a group and the registers; out: its truth,
//! and for a fold its number in a register. Knows no stratum.

use super::fault::Fault;
use super::journal::Recorder;
use super::memory::{Cell, Run};
use super::solve::Sink;
use crate::plan::{Group, GroupKind, Program};
use crate::rulebook::{Count, Fold, VarId};
use crate::value::{Idx, Interval, Number, NumberError, Truth};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

/// Up to this many members are looked through.
const FEW: usize = 16;

/// The members of a count or fold, in order of their first solution. Reused from one count to the next.
#[derive(Clone, Debug, Default)]
pub(super) struct Members {
    /// What makes each a member, so many cells each.
    pub(super) of: Vec<Cell>,
    pub(super) counted: Vec<Counted>,
    /// The number of each that is sure.
    sure: Vec<Option<Cell>>,
    /// The places of all, where there are many.
    places: FxHashMap<SmallVec<[Cell; 4]>, usize>,
}

impl Members {
    fn clear(&mut self) {
        self.of.clear();
        self.counted.clear();
        self.sure.clear();
        self.places.clear();
    }

    /// The place of a member that is known.
    pub(super) fn find(&self, of: &[Cell]) -> Option<usize> {
        if self.counted.len() > FEW {
            return self.places.get(of).copied();
        }
        (0..self.counted.len()).find(|at| &self.of[at * of.len()..(at + 1) * of.len()] == of)
    }

    fn push(&mut self, of: &[Cell], counted: Counted, sure: Option<Cell>) {
        self.of.extend_from_slice(of);
        self.counted.push(counted);
        self.sure.push(sure);
        let len = self.counted.len();
        if len == FEW + 1 {
            let all = (0..len).map(|at| {
                (
                    SmallVec::from(&self.of[at * of.len()..(at + 1) * of.len()]),
                    at,
                )
            });
            self.places.extend(all);
        } else if len > FEW {
            self.places.insert(SmallVec::from(of), len - 1);
        }
    }
}

/// What counts of a member: whether it is one, and its number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Counted {
    pub(super) truth: Truth,
    pub(super) value: Interval,
}

impl<'a, R: Recorder> Run<'a, R> {
    #[inline(never)]
    pub(super) fn group(&mut self, group: &'a Group) -> Truth {
        match &group.kind {
            GroupKind::Any => self.any(&group.programs),
            GroupKind::None => self.any(&group.programs).negate(),
            GroupKind::Unknown => Truth::from(self.any(&group.programs) == Truth::Unknown),
            GroupKind::Count(count, var) => self.count_members(&group.programs, *count, *var),
            GroupKind::Every(holds) => {
                let mut all = Truth::True;
                for program in &group.programs {
                    let hear = &mut |run: &mut Self, where_: Truth| {
                        all = all.and(where_.negate().or(run.any(holds)));
                        all == Truth::False
                    };
                    self.solve(&program.steps, Truth::True, &mut Sink { cut: false, hear });
                }
                all
            }
            GroupKind::Fold {
                var,
                bound,
                fold,
                value,
                over,
            } => {
                let mark = self.memory.deferred.len();
                let members = self.members(&group.programs, over, *value);
                self.watch_members(*fold, &members.counted);
                let folded = fold_members(*fold, &members.counted);
                self.memory.members.push(members);
                if let Err(error) = folded {
                    let join = self.join;
                    self.memory.deferred.push(Fault::Arithmetic { join, error });
                }
                match folded {
                    // A fold with a fault has no number that another line could be false by.
                    _ if self.memory.deferred.len() > mark => {
                        self.give(var.index(), Interval::UNKNOWN, *bound)
                    }
                    Ok((_, Truth::False)) | Err(_) => Truth::False,
                    Ok((interval, truth)) => truth.and(self.give(var.index(), interval, *bound)),
                }
            }
        }
    }

    /// The best truth of any solution.
    fn any(&mut self, programs: &'a [Program]) -> Truth {
        let mut best = Truth::False;
        // Whoever looks for a fault looks at every solution.
        let cut = self.memory.lost.is_empty();
        for program in programs {
            let hear = &mut |_: &mut Self, truth| {
                best = best.or(truth);
                best == Truth::True
            };
            self.solve(&program.steps, Truth::True, &mut Sink { cut, hear });
            if best == Truth::True && cut && programs.iter().all(|program| !program.can_fail) {
                break;
            }
        }
        best
    }

    fn count_members(&mut self, programs: &'a [Program], count: Count, var: VarId) -> Truth {
        if count == Count::No {
            return self.any(programs).negate();
        }
        let members = self.members(programs, &[var], None);
        let surely = surely(&members.counted).count();
        let possibly = members.counted.len();
        self.memory.members.push(members);
        match count {
            Count::No => Truth::from(possibly == 0),
            Count::AtLeast(n) => Truth::of_sets(surely >= n as usize, possibly >= n as usize),
            Count::AtMost(n) => Truth::of_sets(possibly <= n as usize, surely <= n as usize),
        }
    }

    /// Every member; whoever asked gives them back to the memory.
    fn members(
        &mut self,
        programs: &'a [Program],
        over: &[VarId],
        value: Option<VarId>,
    ) -> Members {
        let mut members = self.memory.members.pop().unwrap_or_default();
        members.clear();
        for program in programs {
            let hear = &mut |run: &mut Self, truth| {
                run.member(&mut members, over, value, truth);
                truth == Truth::True
            };
            let cut = value.is_none();
            self.solve(&program.steps, Truth::True, &mut Sink { cut, hear });
        }
        members
    }

    /// Adds a solution to its member.
    fn member(
        &mut self,
        members: &mut Members,
        over: &[VarId],
        value: Option<VarId>,
        truth: Truth,
    ) {
        if value.is_some_and(|var| self.meets(var)) {
            return;
        }
        let registers = &self.memory.registers;
        let of: SmallVec<[Cell; 4]> = over.iter().map(|var| registers[var.index()]).collect();
        let cell = value.map(|var| registers[var.index()]);
        let interval = cell.map_or(Interval::UNKNOWN, |cell| self.interval(cell));
        let sure = cell.filter(|cell| truth == Truth::True && self.number(*cell).is_some());
        self.watch_member(members, &of, interval);
        let Some(at) = members.find(&of) else {
            let value = interval;
            members.push(&of, Counted { truth, value }, sure);
            return;
        };
        let counted = &mut members.counted[at];
        counted.truth = counted.truth.or(truth);
        counted.value = counted.value.hull(interval);
        match (members.sure[at], sure) {
            (Some(a), Some(b)) if a != b => {
                let (join, values) = (self.join, (a, b));
                self.memory
                    .deferred
                    .push(Fault::TwoMembers { join, values });
            }
            (None, Some(_)) => members.sure[at] = sure,
            _ => {}
        }
    }
}

/// The members that surely are.
fn surely(members: &[Counted]) -> impl Iterator<Item = &Counted> {
    members.iter().filter(|member| member.truth == Truth::True)
}

/// The number a fold comes to, and whether it exists.
///
/// # Errors
/// A sum of more than 38 digits.
pub(super) fn fold_members(
    fold: Fold,
    members: &[Counted],
) -> Result<(Interval, Truth), NumberError> {
    let exists = members
        .iter()
        .fold(Truth::False, |best, member| best.or(member.truth));
    match fold {
        Fold::Number => {
            let whole = |n: usize| Number::whole(i64::try_from(n).unwrap_or(i64::MAX));
            Ok((
                Interval {
                    low: Some(whole(surely(members).count())),
                    high: Some(whole(members.len())),
                },
                Truth::True,
            ))
        }
        Fold::Sum => {
            let end = |side: fn(&Interval) -> Option<Number>,
                       pick: fn(Number, Number) -> Number| {
                let part = |member: &Counted| {
                    let end = side(&member.value);
                    if member.truth == Truth::True {
                        end
                    } else {
                        end.map(|end| pick(end, Number::zero()))
                    }
                };
                if members.iter().any(|member| part(member).is_none()) {
                    return Ok(None);
                }
                Number::sum(members.iter().filter_map(part)).map(Some)
            };
            Ok((
                Interval {
                    low: end(|v| v.low, Ord::min)?,
                    high: end(|v| v.high, Ord::max)?,
                },
                Truth::True,
            ))
        }
        Fold::Least => Ok((least(members), exists)),
        Fold::Greatest => Ok((greatest(members), exists)),
    }
}

/// From the least possible value to the least of the sure members' greatest.
fn least(members: &[Counted]) -> Interval {
    let low = members
        .iter()
        .map(|m| m.value.low)
        .reduce(|a, b| a.zip(b).map(|(a, b)| a.min(b)))
        .flatten();
    let bounded = surely(members).filter_map(|m| m.value.high).min();
    let high = if surely(members).next().is_none() {
        members
            .iter()
            .map(|m| m.value.high)
            .reduce(|a, b| a.zip(b).map(|(a, b)| a.max(b)))
            .flatten()
    } else {
        bounded
    };
    Interval { low, high }
}

/// From the greatest of the sure members' least to the greatest possible value.
fn greatest(members: &[Counted]) -> Interval {
    let high = members
        .iter()
        .map(|m| m.value.high)
        .reduce(|a, b| a.zip(b).map(|(a, b)| a.max(b)))
        .flatten();
    let bounded = surely(members).filter_map(|m| m.value.low).max();
    let low = if surely(members).next().is_none() {
        members
            .iter()
            .map(|m| m.value.low)
            .reduce(|a, b| a.zip(b).map(|(a, b)| a.min(b)))
            .flatten()
    } else {
        bounded
    };
    Interval { low, high }
}
