//! Groups of lines: some, none, counts, every, folds, as truths and ranges. In: a group and the registers; out: its truth,
//! and for a fold its number in a register. Knows no stratum.

use super::fault::Fault;
use super::journal::Recorder;
use super::memory::{Cell, Run};
use crate::plan::{Group, GroupKind, Program};
use crate::rulebook::{Count, Fold, VarId};
use crate::value::{Idx, Interval, Number, NumberError, Truth};

/// A member of a count or fold.
struct Member {
    of: Vec<Cell>,
    counted: Counted,
    sure: Option<Cell>,
}

/// What counts of a member: whether it is one, and its number.
#[derive(Clone, Copy)]
pub(super) struct Counted {
    pub(super) truth: Truth,
    pub(super) value: Interval,
}

impl<'a, R: Recorder> Run<'a, R> {
    pub(super) fn group(&mut self, group: &'a Group) -> Truth {
        match &group.kind {
            GroupKind::Any => self.any(&group.programs),
            GroupKind::None => self.any(&group.programs).negate(),
            GroupKind::Unknown => Truth::from(self.any(&group.programs) == Truth::Unknown),
            GroupKind::Count(count, var) => self.count_members(&group.programs, *count, *var),
            GroupKind::Every(holds) => {
                let mut all = Truth::True;
                for program in &group.programs {
                    self.solve(program, 0, Truth::True, false, &mut |run, where_| {
                        all = all.and(where_.negate().or(run.any(holds)));
                        all == Truth::False
                    });
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
                let members = self.members(&group.programs, over, *value);
                let counted: Vec<Counted> = members.iter().map(|member| member.counted).collect();
                match fold_members(*fold, &counted) {
                    Ok((_, Truth::False)) => Truth::False,
                    Ok((interval, truth)) => truth.and(self.give(var.index(), interval, *bound)),
                    Err(error) => {
                        let join = self.join;
                        self.memory.deferred.push(Fault::Arithmetic { join, error });
                        Truth::Unknown
                    }
                }
            }
        }
    }

    /// The best truth of any solution.
    fn any(&mut self, programs: &'a [Program]) -> Truth {
        let mut best = Truth::False;
        for program in programs {
            self.solve(program, 0, Truth::True, true, &mut |_, truth| {
                best = best.or(truth);
                best == Truth::True
            });
            if best == Truth::True
                && programs
                    .iter()
                    .all(|program| program.head_bound_at != usize::MAX)
            {
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
        let surely = members
            .iter()
            .filter(|member| member.counted.truth == Truth::True)
            .count();
        let possibly = members.len();
        match count {
            Count::No => Truth::from(possibly == 0),
            Count::AtLeast(n) => Truth::of_sets(surely >= n as usize, possibly >= n as usize),
            Count::AtMost(n) => Truth::of_sets(possibly <= n as usize, surely <= n as usize),
        }
    }

    fn members(
        &mut self,
        programs: &'a [Program],
        over: &[VarId],
        value: Option<VarId>,
    ) -> Vec<Member> {
        let mut members: Vec<Member> = Vec::new();
        let mut places: rustc_hash::FxHashMap<Vec<Cell>, usize> = rustc_hash::FxHashMap::default();
        for program in programs {
            self.solve(
                program,
                0,
                Truth::True,
                value.is_none(),
                &mut |run, truth| {
                    let of: Vec<Cell> = over
                        .iter()
                        .map(|var| run.memory.registers[var.index()])
                        .collect();
                    let cell = value.map(|var| run.memory.registers[var.index()]);
                    let interval = cell.map_or(Interval::UNKNOWN, |cell| run.interval(cell));
                    let sure =
                        cell.filter(|cell| truth == Truth::True && run.number(*cell).is_some());
                    match places.get(&of) {
                        None => {
                            places.insert(of.clone(), members.len());
                            members.push(Member {
                                of,
                                counted: Counted {
                                    truth,
                                    value: interval,
                                },
                                sure,
                            });
                        }
                        Some(at) => {
                            let member = &mut members[*at];
                            let counted = &mut member.counted;
                            counted.truth = counted.truth.or(truth);
                            counted.value = counted.value.hull(interval);
                            match (member.sure, sure) {
                                (Some(a), Some(b)) if a != b => {
                                    let (join, values) = (run.join, (a, b));
                                    run.memory.deferred.push(Fault::TwoMembers { join, values });
                                }
                                (None, Some(_)) => member.sure = sure,
                                _ => {}
                            }
                        }
                    }
                    truth == Truth::True
                },
            );
        }
        // Sums are the same in any order; the order of members is that of their cells, so that nothing hangs on a hash.
        members.sort_by(|a, b| a.of.cmp(&b.of));
        members
    }
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
    let sure: Vec<&Counted> = members
        .iter()
        .filter(|member| member.truth == Truth::True)
        .collect();
    match fold {
        Fold::Number => {
            let whole = |n: usize| Number::whole(i64::try_from(n).unwrap_or(i64::MAX));
            Ok((
                Interval {
                    low: Some(whole(sure.len())),
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
                members
                    .iter()
                    .map(part)
                    .collect::<Option<Vec<Number>>>()
                    .map(Number::sum)
                    .transpose()
            };
            Ok((
                Interval {
                    low: end(|v| v.low, Ord::min)?,
                    high: end(|v| v.high, Ord::max)?,
                },
                Truth::True,
            ))
        }
        Fold::Least => Ok((least(members, &sure), exists)),
        Fold::Greatest => Ok((greatest(members, &sure), exists)),
    }
}

/// From the least possible value to the least of the sure members' greatest.
fn least(members: &[Counted], sure: &[&Counted]) -> Interval {
    let low = members
        .iter()
        .map(|m| m.value.low)
        .reduce(|a, b| a.zip(b).map(|(a, b)| a.min(b)))
        .flatten();
    let bounded = sure.iter().filter_map(|m| m.value.high).min();
    let high = if sure.is_empty() {
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
fn greatest(members: &[Counted], sure: &[&Counted]) -> Interval {
    let high = members
        .iter()
        .map(|m| m.value.high)
        .reduce(|a, b| a.zip(b).map(|(a, b)| a.max(b)))
        .flatten();
    let bounded = sure.iter().filter_map(|m| m.value.low).max();
    let low = if sure.is_empty() {
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
