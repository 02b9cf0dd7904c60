//! Lines that are no sentence, in words: comparisons, sums, counts, verdicts, what is not known. In: evidence; out: words.

use super::phrases::nobody_else;
use super::teller::Teller;
use crate::engine::{Evidence, Found, Member, Reading, Thing};
use crate::present::plural::is_plural;
use crate::present::wording::{Words, both, comparator, statuses};
use crate::rulebook::{Comparator, Count, Fold, Var, VarId};
use crate::value::{IndexVec, Truth};

impl Teller<'_> {
    /// A line that is no sentence, in words.
    #[must_use]
    pub fn plainly(&self, line: &Evidence, vars: &IndexVec<VarId, Var>) -> String {
        let name = |var: &VarId| vars.get(*var).map_or("", |var| var.name.as_str());
        match &line.found {
            Found::Compare { .. } => self.compared(line, vars),
            Found::Let { var, value, result } => {
                let formula = self.words.formula(value, vars);
                let unit = unit(vars, *var);
                match result {
                    Some(result) if result.to_string() != formula => {
                        format!("the {} is {formula} = {result}{unit}", name(var))
                    }
                    Some(result) => format!("the {} is {result}{unit}", name(var)),
                    None => format!("the {} is {formula}, which cannot be computed", name(var)),
                }
            }
            Found::Fold { .. } => self.folded(line, vars),
            Found::Verdict { .. } => self.verdict(line),
            Found::Quantified {
                count,
                var,
                members,
            } => self.counted(*count, name(var), members),
            Found::Every { var, members } => {
                let names = |truth: Truth| -> Vec<String> {
                    members
                        .iter()
                        .filter(|member| member.truth == truth)
                        .map(|member| self.of(member))
                        .collect()
                };
                let (bad, open) = (names(Truth::False), names(Truth::Unknown));
                if members.is_empty() {
                    format!(
                        "there is no {} on record of whom or which it must be so",
                        name(var)
                    )
                } else if !bad.is_empty() {
                    format!("not so of every {}: not of {}", name(var), both(&bad))
                } else if !open.is_empty() {
                    format!("not known of every {}: not of {}", name(var), both(&open))
                } else {
                    format!("so of every {}, {}", name(var), both(&names(Truth::True)))
                }
            }
            Found::NotKnown(readings) => self.not_known(readings),
            Found::Sentence { reading, .. } => self.phrase(reading),
            Found::AnyOf(_) => self.phrases(line, vars).join("; "),
            Found::NotReached => String::new(),
        }
    }

    fn compared(&self, line: &Evidence, vars: &IndexVec<VarId, Var>) -> String {
        let Some((left, how, right, turned)) = self.sides(line, vars) else {
            return String::new();
        };
        if let Some(only) = nobody_else(line) {
            return format!("it takes another than {}", self.words.thing(only));
        }
        let own = line
            .truth
            .map(|truth| if turned { truth.negate() } else { truth });
        match own {
            Some(Truth::Unknown) | None => format!(
                "not known whether {left} {} {}",
                comparator(how, true),
                right.trim_end_matches(',')
            ),
            Some(truth) => {
                let mut verb = comparator(how, truth == Truth::True).to_owned();
                if is_plural(&left) {
                    verb = verb.replacen("is", "are", 1);
                }
                format!("{left} {verb} {}", right.trim_end_matches(','))
            }
        }
    }

    /// A comparison as it would have to be for its line to turn.
    #[must_use]
    pub fn contrary(&self, line: &Evidence, vars: &IndexVec<VarId, Var>) -> String {
        let Some((left, how, right, turned)) = self.sides(line, vars) else {
            return String::new();
        };
        let holds = line.truth == Some(Truth::True);
        format!(
            "what is now {left} {} {right}",
            comparator(how, turned == holds).replacen("is", "were", 1)
        )
    }

    /// A comparison taken apart: its sides in words, how they are compared, and whether its line holds where it fails.
    fn sides(
        &self,
        line: &Evidence,
        vars: &IndexVec<VarId, Var>,
    ) -> Option<(String, Comparator, String, bool)> {
        let Found::Compare {
            negated,
            left,
            comparator,
            right,
        } = &line.found
        else {
            return None;
        };
        Some((
            self.words.formula(left, vars),
            *comparator,
            self.words.formula(right, vars),
            line.unless != *negated,
        ))
    }

    fn folded(&self, line: &Evidence, vars: &IndexVec<VarId, Var>) -> String {
        let Found::Fold {
            var,
            fold,
            result,
            members,
        } = &line.found
        else {
            return String::new();
        };
        let name = vars.get(*var).map_or("", |var| var.name.as_str());
        let which = match fold {
            Fold::Sum => "the sum of",
            Fold::Least => "the least of",
            Fold::Greatest => "the greatest of",
            Fold::Number => "the number of",
        };
        let each: Vec<String> = members
            .iter()
            .map(|member| {
                let maybe = if member.truth == Truth::Unknown {
                    ", perhaps"
                } else {
                    ""
                };
                match member.value {
                    Some(value) => format!("{value} ({}{maybe})", self.of(member)),
                    None => format!("{}{maybe}", self.of(member)),
                }
            })
            .collect();
        let each = if each.is_empty() {
            "nothing".to_owned()
        } else {
            both(&each)
        };
        match result {
            Some(result) => format!(
                "the {name} is {which} {each} = {result}{}",
                unit(vars, *var)
            ),
            None => format!("there is no {name}: {which} {each}"),
        }
    }

    fn counted(&self, count: Count, name: &str, members: &[Member]) -> String {
        let of = |truth: Truth| -> Vec<String> {
            members
                .iter()
                .filter(|member| member.truth == truth)
                .map(|member| self.of(member))
                .collect()
        };
        let (sure, maybe, nearest) = (of(Truth::True), of(Truth::Unknown), of(Truth::False));
        let so_far = match (sure.is_empty(), maybe.is_empty()) {
            (false, true) => both(&sure),
            (true, false) => format!("perhaps {}", both(&maybe)),
            (false, false) => format!("{}, perhaps {}", both(&sure), both(&maybe)),
            (true, true) => String::new(),
        };
        match count {
            Count::No if so_far.is_empty() => match nearest.first() {
                Some(nearest) if nearest != "some" => {
                    format!("no such {name}; the nearest is {nearest}")
                }
                _ => format!("no such {name}"),
            },
            Count::No if sure.is_empty() => {
                format!("perhaps there is such a {name}: {}", both(&maybe))
            }
            Count::No => format!("there is such a {name}: {so_far}"),
            Count::AtLeast(n) | Count::AtMost(n) => {
                let needed = match count {
                    Count::AtLeast(_) => format!("{n} needed"),
                    _ => format!("{n} allowed at most"),
                };
                let found = if so_far.is_empty() {
                    "none".to_owned()
                } else {
                    so_far
                };
                format!("{needed} as {name}, on record {found}")
            }
        }
    }

    /// What a member is.
    pub(super) fn of(&self, member: &Member) -> String {
        let words: Vec<String> = member
            .of
            .iter()
            .map(|thing| thing.map_or_else(|| "some".to_owned(), |thing| self.words.thing(thing)))
            .collect();
        words.join(", ")
    }

    pub(super) fn verdict(&self, line: &Evidence) -> String {
        let Found::Verdict {
            read,
            statuses: named,
            ..
        } = &line.found
        else {
            return String::new();
        };
        if read.is_empty() {
            return format!("no such duty is {}", statuses(*named));
        }
        let decisive: Vec<_> = if read.iter().any(|one| one.statuses.meets(*named)) {
            read.iter()
                .filter(|one| one.statuses.meets(*named))
                .collect()
        } else {
            read.iter().collect()
        };
        let each: Vec<String> = decisive
            .iter()
            .map(|one| {
                let part = one
                    .part
                    .and_then(|part| self.words.book.norms[one.norm].parts.get(part))
                    .and_then(|part| part.name.as_ref())
                    .map_or_else(String::new, |name| format!(", in \"{name}\""));
                let named = match self.depth {
                    Some(_) => format!("{}{part},", self.words.norm(one.norm, &one.parties)),
                    None => format!("\"{}\"{part}", self.words.book.norms[one.norm].name),
                };
                format!("{named} is {}", statuses(one.statuses))
            })
            .collect();
        each.join("; ")
    }

    pub(super) fn not_known(&self, readings: &[Reading]) -> String {
        match readings {
            [one] => match one.truth {
                Truth::Unknown => format!("it is not known whether {}", self.words.sentence(one)),
                _ if Words::is_vague(one) => {
                    format!("it is not known: {}", self.words.sentence(one))
                }
                _ => self.phrase(one),
            },
            several => match several.iter().find(|one| one.truth == Truth::True) {
                Some(known) => self.phrase(known),
                None => several.first().map_or_else(String::new, |first| {
                    format!("it is not known: {}", self.which(first, several))
                }),
            },
        }
    }

    /// Several instances of a sentence as one: what differs is named by its slot.
    pub(super) fn which(&self, first: &Reading, all: &[Reading]) -> String {
        let slots: Vec<Option<Thing>> = (0..first.slots.len())
            .map(|at| {
                first.slots[at].filter(|own| all.iter().all(|one| one.slots[at] == Some(*own)))
            })
            .collect();
        self.words.with_free(first.sentence, &slots, "which")
    }
}

fn unit(vars: &IndexVec<VarId, Var>, var: VarId) -> String {
    vars.get(var)
        .and_then(|var| var.unit.as_deref())
        .map_or_else(String::new, |unit| format!(" {unit}"))
}
