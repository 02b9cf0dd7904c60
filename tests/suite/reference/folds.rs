//! Counting, adding up, least and greatest: the members of a group, each with its truth and its value.

use super::bindings::{Bound, Env, Vars};
use super::outcome::{Fault, Judge};
use fiducia::rulebook::{Condition, Fold, Line, VarId};
use fiducia::value::{Interval, Number, Truth};

/// A distinct value of the slots counted, with the best truth of its bindings.
struct Member {
    of: Vec<Option<Bound>>,
    truth: Truth,
    /// The smallest range that holds the value under each binding.
    value: Interval,
    /// The one value that some sure binding gives.
    sure: Option<Number>,
}

impl Judge<'_> {
    fn members(
        &self,
        vars: &Vars,
        over: &[VarId],
        value: Option<VarId>,
        body: &[Line],
        env: &Env,
    ) -> Result<Vec<Member>, Fault> {
        let mut members: Vec<Member> = Vec::new();
        self.solve(vars, body, &[], env, &mut |env, truth| {
            let of: Vec<Option<Bound>> = over.iter().map(|var| env[var.0 as usize]).collect();
            let number = match value.map(|var| env[var.0 as usize]) {
                None => Interval::exactly(Number::zero()),
                Some(Some(Bound::Number(number))) => number,
                Some(Some(Bound::Fault(fault))) => return Err(fault),
                Some(_) => return Err(Fault::Unbound),
            };
            let sure = number.exact().filter(|_| truth == Truth::True);
            let Some(member) = members.iter_mut().find(|member| member.of == of) else {
                members.push(Member {
                    of,
                    truth,
                    value: number,
                    sure,
                });
                return Ok(());
            };
            if member.sure.is_some() && sure.is_some() && member.sure != sure {
                return Err(Fault::TwoValues);
            }
            member.truth = member.truth.or(truth);
            member.value = member.value.hull(number);
            member.sure = member.sure.or(sure);
            Ok(())
        })?;
        Ok(members)
    }

    /// The least and the greatest possible count.
    pub fn count(
        &self,
        vars: &Vars,
        over: &[VarId],
        body: &[Line],
        env: &Env,
    ) -> Result<(usize, usize), Fault> {
        let members = self.members(vars, over, None, body, env)?;
        let sure = members.iter().filter(|m| m.truth == Truth::True).count();
        Ok((sure, members.len()))
    }

    /// Whether a fold has a value at all.
    pub fn exists(
        &self,
        vars: &Vars,
        fold: Fold,
        over: &[VarId],
        body: &[Line],
        env: &Env,
    ) -> Result<Truth, Fault> {
        let members = match fold {
            Fold::Sum | Fold::Number => return Ok(Truth::True),
            Fold::Least | Fold::Greatest => self.members(vars, over, None, body, env)?,
        };
        let truths = members.iter().map(|member| member.truth);
        Ok(truths.fold(Truth::False, Truth::or))
    }

    /// What a `let` line comes to; nothing where a fold has no member.
    pub fn number_of_line(
        &self,
        vars: &Vars,
        line: &Line,
        env: &Env,
    ) -> Result<Option<Interval>, Fault> {
        match &line.condition {
            Condition::Let { value, .. } => self.number(value, env).map(Some),
            Condition::Fold {
                fold,
                value,
                over,
                body,
                ..
            } => {
                let members = self.members(vars, over, *value, body, env)?;
                Ok(match fold {
                    Fold::Number => Some(counted(&members)?),
                    Fold::Sum => Some(added(&members)?),
                    Fold::Least => least(&members),
                    Fold::Greatest => greatest(&members),
                })
            }
            _ => Err(Fault::Unbound),
        }
    }
}

fn counted(members: &[Member]) -> Result<Interval, Fault> {
    let sure = members.iter().filter(|m| m.truth == Truth::True).count();
    let number = |count: usize| i64::try_from(count).map(Number::whole);
    Ok(Interval {
        low: Some(number(sure).map_err(|_| Fault::TooLong)?),
        high: Some(number(members.len()).map_err(|_| Fault::TooLong)?),
    })
}

fn added(members: &[Member]) -> Result<Interval, Fault> {
    let parts: Vec<Interval> = members
        .iter()
        .map(|member| match member.truth {
            Truth::True => member.value,
            // It may count or not.
            _ => member.value.hull(Interval::exactly(Number::zero())),
        })
        .collect();
    let lows: Option<Vec<Number>> = parts.iter().map(|part| part.low).collect();
    let highs: Option<Vec<Number>> = parts.iter().map(|part| part.high).collect();
    Ok(Interval {
        low: lows.map(Number::sum).transpose()?,
        high: highs.map(Number::sum).transpose()?,
    })
}

fn least(members: &[Member]) -> Option<Interval> {
    let lows: Option<Vec<Number>> = members.iter().map(|member| member.value.low).collect();
    let sure = members.iter().filter(|member| member.truth == Truth::True);
    let sure: Vec<Option<Number>> = sure.map(|member| member.value.high).collect();
    let high = if sure.is_empty() {
        let highs: Option<Vec<Number>> = members.iter().map(|member| member.value.high).collect();
        highs.and_then(|highs| highs.into_iter().max())
    } else {
        sure.into_iter().flatten().min()
    };
    let low = lows.and_then(|lows| lows.into_iter().min());
    (!members.is_empty()).then_some(Interval { low, high })
}

fn greatest(members: &[Member]) -> Option<Interval> {
    let highs: Option<Vec<Number>> = members.iter().map(|member| member.value.high).collect();
    let sure = members.iter().filter(|member| member.truth == Truth::True);
    let sure: Vec<Option<Number>> = sure.map(|member| member.value.low).collect();
    let low = if sure.is_empty() {
        let lows: Option<Vec<Number>> = members.iter().map(|member| member.value.low).collect();
        lows.and_then(|lows| lows.into_iter().min())
    } else {
        sure.into_iter().flatten().max()
    };
    let high = highs.and_then(|highs| highs.into_iter().max());
    (!members.is_empty()).then_some(Interval { low, high })
}
