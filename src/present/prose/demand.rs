//! A line as it is demanded, whatever came of it. In: evidence; out: words.

use super::teller::Teller;
use crate::engine::{Evidence, Found, Reading};
use crate::present::wording::{comparator, statuses};
use crate::rulebook::{Count, Var, VarId};
use crate::value::IndexVec;

impl Teller<'_> {
    /// A line as it is demanded, its slots filled, whatever came of it.
    #[must_use]
    pub fn demand(&self, line: &Evidence, vars: &IndexVec<VarId, Var>) -> String {
        let name = |var: &VarId| vars.get(*var).map_or("", |var| var.name.as_str());
        let many = |lines: &[Evidence]| -> String {
            let own: Vec<String> = lines.iter().map(|line| self.demand(line, vars)).collect();
            own.join(" and ")
        };
        let bare = match &line.found {
            Found::Sentence {
                negated, reading, ..
            } => {
                return self
                    .words
                    .says(reading.sentence, &reading.slots, *negated == line.unless);
            }
            Found::NotKnown(readings) => self.unknown_demand(readings),
            Found::Verdict {
                negated,
                statuses: named,
                read,
                ..
            } => {
                let whose: Vec<String> = read
                    .iter()
                    .map(|one| self.words.norm(one.norm, &one.parties))
                    .collect();
                let not = if *negated { "not " } else { "" };
                format!("{} is {not}{}", whose.join(" or "), statuses(*named))
            }
            Found::Compare {
                negated,
                left,
                comparator: how,
                right,
            } => format!(
                "{} {} {}",
                self.words.formula(left, vars),
                comparator(*how, !negated),
                self.words.formula(right, vars)
            ),
            Found::Let { .. } | Found::Fold { .. } => self.plainly(line, vars),
            Found::AnyOf(bullets) => {
                let own: Vec<String> = bullets.iter().map(|one| self.demand(one, vars)).collect();
                own.join(" or ")
            }
            Found::Quantified {
                count,
                var,
                members,
            } => {
                let what = members
                    .first()
                    .map_or_else(String::new, |one| many(&one.lines));
                let how = match count {
                    Count::No => "no".to_owned(),
                    Count::AtLeast(n) => format!("at least {n}"),
                    Count::AtMost(n) => format!("at most {n}"),
                };
                format!("{how} {} such that {what}", name(var))
            }
            Found::Every { var, members } => {
                let what = members
                    .first()
                    .map_or_else(String::new, |one| many(&one.lines));
                format!("every {} is such that {what}", name(var))
            }
            Found::NotReached => "a line that could not be asked".to_owned(),
        };
        if line.unless {
            format!("it is not the case that {bare}")
        } else {
            bare
        }
    }

    fn unknown_demand(&self, readings: &[Reading]) -> String {
        readings.first().map_or_else(String::new, |first| {
            format!("it is not known whether {}", self.which(first, readings))
        })
    }
}
