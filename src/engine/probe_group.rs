//! Counts, *every* and folds asked by a probe: their members, and what makes each one. In: a condition and a binding; out: evidence.

use super::aggregate::{Counted, fold_members};
use super::evidence::{Binding, Found, Member, Thing};
use super::journal::Recorder;
use super::probe::Probe;
use crate::rulebook::{Condition, Count, Line, VarId};
use crate::value::{Idx, Interval, Truth};

impl<R: Recorder> Probe<'_, '_, R> {
    pub(super) fn quantified(
        &self,
        count: Count,
        var: VarId,
        body: &[Line],
        binding: &Binding,
    ) -> (Truth, Found) {
        let mut members = self.members(body, &[var], None, binding);
        let surely = members
            .iter()
            .filter(|member| member.truth == Truth::True)
            .count();
        let possibly = members.len();
        let truth = match count {
            Count::No => Truth::of_sets(surely > 0, possibly > 0).negate(),
            Count::AtLeast(n) => Truth::of_sets(surely >= n as usize, possibly >= n as usize),
            Count::AtMost(n) => Truth::of_sets(possibly <= n as usize, surely <= n as usize),
        };
        if members.is_empty() {
            members.push(self.nearest_member(body, &[var], binding));
        }
        let found = Found::Quantified {
            count,
            var,
            members,
        };
        (truth, found)
    }

    /// What came nearest to being a member, where none is.
    fn nearest_member(&self, body: &[Line], over: &[VarId], binding: &Binding) -> Member {
        let nearest = self.nearest(body, over, binding);
        Member {
            of: over
                .iter()
                .map(|var| nearest.binding[var.index()])
                .collect(),
            value: None,
            truth: Truth::False,
            lines: nearest.lines,
        }
    }

    /// The distinct values of `over` for which the lines hold or may hold, each with the best truth of its bindings.
    fn members(
        &self,
        body: &[Line],
        over: &[VarId],
        value: Option<VarId>,
        binding: &Binding,
    ) -> Vec<Member> {
        let mut members: Vec<Member> = Vec::new();
        let wanted: Vec<VarId> = over.iter().copied().chain(value).collect();
        for solution in self.solutions(body, &wanted, binding) {
            let of: Vec<Option<Thing>> = over
                .iter()
                .map(|var| solution.binding[var.index()])
                .collect();
            let number = value
                .and_then(|var| solution.binding[var.index()])
                .map(|thing| self.run.interval_of(thing));
            match members.iter_mut().find(|member| member.of == of) {
                None => members.push(Member {
                    of,
                    value: number,
                    truth: solution.truth,
                    lines: solution.lines,
                }),
                Some(member) => {
                    if member.truth != Truth::True && solution.truth == Truth::True {
                        member.truth = Truth::True;
                        member.lines = solution.lines;
                    }
                    member.value = member.value.zip(number).map(|(a, b)| a.hull(b));
                }
            }
        }
        members
    }

    pub(super) fn every(
        &self,
        var: VarId,
        body: &[Line],
        holds: &[Line],
        binding: &Binding,
    ) -> (Truth, Found) {
        let mut all = Truth::True;
        let mut members = Vec::new();
        for whom in self.solutions(body, &[var], binding) {
            let demanded = self.best(holds, &whom.binding);
            let truth = whom.truth.negate().or(demanded.truth);
            all = all.and(truth);
            let mut lines = whom.lines;
            lines.extend(demanded.lines);
            members.push(Member {
                of: vec![whom.binding[var.index()]],
                value: None,
                truth,
                lines,
            });
        }
        (all, Found::Every { var, members })
    }

    pub(super) fn fold(&self, condition: &Condition, binding: &mut Binding) -> (Truth, Found) {
        let Condition::Fold {
            var,
            fold,
            value,
            over,
            body,
        } = condition
        else {
            return (Truth::False, Found::NotReached);
        };
        let members = self.members(body, over, *value, binding);
        let counted: Vec<Counted> = members
            .iter()
            .map(|member| Counted {
                truth: member.truth,
                value: member.value.unwrap_or(Interval::UNKNOWN),
            })
            .collect();
        let (truth, result) = match fold_members(*fold, &counted) {
            Ok((_, Truth::False)) | Err(_) => (Truth::False, None),
            Ok((number, exists)) => (exists.and(self.give(*var, number, binding)), Some(number)),
        };
        let found = Found::Fold {
            var: *var,
            fold: *fold,
            result,
            members,
        };
        (truth, found)
    }

    /// Gives a variable a number, or compares it with what it holds.
    pub(super) fn give(&self, var: VarId, number: Interval, binding: &mut Binding) -> Truth {
        match binding[var.index()] {
            Some(held) => self.run.interval_of(held).equal(number),
            None => {
                binding[var.index()] = Some(self.run.thing_of(number));
                Truth::True
            }
        }
    }
}
