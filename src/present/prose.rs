//! Lines told aloud: what was found, how it stands on record, and under it what that rests on. In: evidence and steps; out:
//! items, or short phrases. Each sentence is told once. Knows no verdict's status.

use super::document::Item;
use super::wording::{Words, both, comparator, standing, statuses};
use crate::engine::{Evidence, Found, Member, Reading, Standing, Thing};
use crate::explain::{How, Steps, Try};
use crate::rulebook::{Count, Fold, Stated, Var, VarId};
use crate::value::{IndexVec, Truth};

/// Tells lines.
pub struct Teller<'t> {
    /// Says what ids mean.
    pub words: Words<'t>,
    /// How sentences came about.
    pub steps: &'t Steps,
    /// What the record states.
    pub stated: &'t [Stated],
    /// How many rules deep; the rest is folded.
    pub depth: usize,
    told: Vec<Reading>,
}

impl<'t> Teller<'t> {
    /// For one world.
    #[must_use]
    pub fn new(words: Words<'t>, steps: &'t Steps, stated: &'t [Stated], depth: usize) -> Self {
        Self {
            words,
            steps,
            stated,
            depth,
            told: Vec::new(),
        }
    }

    /// Tells lines of a block, each with what it rests on.
    pub fn tell(&mut self, lines: &[&Evidence], vars: &IndexVec<VarId, Var>) -> Vec<Item> {
        let mut items = Vec::new();
        for line in lines {
            self.line(line, vars, 0, &mut items);
        }
        items
    }

    fn line(
        &mut self,
        line: &Evidence,
        vars: &IndexVec<VarId, Var>,
        indent: usize,
        items: &mut Vec<Item>,
    ) {
        let mut say = |text: String, mark: &str| {
            items.push(Item {
                indent,
                text,
                mark: mark.to_owned(),
            });
        };
        match &line.found {
            Found::Sentence { reading, .. } => self.reading(reading, indent, items),
            Found::NotKnown(readings) => say(self.not_known(readings), ""),
            Found::Verdict { .. } | Found::Compare { .. } | Found::Let { .. } => {
                say(self.plainly(line, vars), "");
            }
            Found::Fold { members, .. } => {
                say(self.plainly(line, vars), "");
                for member in members {
                    self.member(member, vars, indent + 1, items);
                }
            }
            Found::AnyOf(bullets) => {
                let holds = line.truth;
                for bullet in bullets {
                    if holds != Some(Truth::True) || bullet.truth == Some(Truth::True) {
                        self.line(bullet, vars, indent, items);
                    }
                }
            }
            Found::Quantified { members, .. } => {
                say(self.plainly(line, vars), "");
                for member in members {
                    self.member(member, vars, indent + 1, items);
                }
            }
            Found::Every { members, .. } => {
                say(self.plainly(line, vars), "");
                let failing = members.iter().any(|one| one.truth == Truth::False);
                for member in members {
                    if !failing || member.truth == Truth::False {
                        self.member(member, vars, indent + 1, items);
                    }
                }
            }
            Found::NotReached => {}
        }
    }

    fn member(
        &mut self,
        member: &Member,
        vars: &IndexVec<VarId, Var>,
        indent: usize,
        items: &mut Vec<Item>,
    ) {
        for line in &member.lines {
            self.line(line, vars, indent, items);
        }
    }

    /// A sentence as it is, how it stands, and what it rests on.
    pub fn reading(&mut self, reading: &Reading, indent: usize, items: &mut Vec<Item>) {
        let (text, mark) = self.said(reading);
        if self.told.contains(reading) {
            let derived = matches!(
                self.steps.of(reading).map(|step| &step.how),
                Some(How::Rule { .. } | How::NoRule(_))
            );
            if indent == 0 || derived {
                items.push(Item {
                    indent,
                    text,
                    mark: if derived {
                        "see above".to_owned()
                    } else {
                        mark
                    },
                });
            }
            return;
        }
        self.told.push(reading.clone());
        items.push(Item { indent, text, mark });
        if indent >= self.depth {
            return;
        }
        match self.steps.of(reading).map(|step| &step.how) {
            Some(How::Rule { rule, lines, .. }) => {
                let vars = &self.words.book.rules[*rule].vars;
                for line in lines {
                    self.line(line, vars, indent + 1, items);
                }
            }
            Some(How::NoRule(tries)) => {
                for one in tries {
                    let text = self.attempt(one);
                    items.push(Item {
                        indent: indent + 1,
                        text,
                        mark: String::new(),
                    });
                }
            }
            _ => {}
        }
    }

    /// A sentence as it is and how it stands on record.
    #[must_use]
    pub fn said(&self, reading: &Reading) -> (String, String) {
        match (
            reading.standing,
            self.steps.of(reading).map(|step| &step.how),
        ) {
            (Standing::Closed | Standing::Nothing, None | Some(How::Given)) => (
                format!("nobody states that {}", self.demanded(reading)),
                "so taken as false".to_owned(),
            ),
            (Standing::Underivable | Standing::Nothing, _) => (
                self.words.says(reading.sentence, &reading.slots, false),
                "no rule shows otherwise".to_owned(),
            ),
            (_, Some(How::Rule { rule, .. })) => (
                self.words.reading(reading),
                format!("rule \"{}\"", self.words.book.rules[*rule].name),
            ),
            _ => (
                self.words.reading(reading),
                standing(&self.words, reading, self.stated),
            ),
        }
    }

    /// The sentence that was looked for; what is free in it reads *any*.
    fn demanded(&self, reading: &Reading) -> String {
        let text = self.words.sentence(reading);
        if reading.slots.iter().all(Option::is_some) {
            return text;
        }
        let declared = &self.words.book.vocabulary.sentences[reading.sentence];
        let mut text = text;
        for (slot, thing) in declared.slots.iter().zip(&reading.slots) {
            if thing.is_none() {
                text = text.replace(
                    &format!("some {}", slot.name),
                    &format!("any {}", slot.name),
                );
            }
        }
        text
    }

    /// A rule that did not apply, and every line of it that fails or is open.
    #[must_use]
    pub fn attempt(&self, one: &Try) -> String {
        let rule = &self.words.book.rules[one.rule];
        let failing = self.open_lines(&one.lines, &rule.vars);
        format!("not by rule \"{}\": {}", rule.name, failing.join("; "))
    }

    /// Phrases for every line that fails, or else is unknown.
    #[must_use]
    pub fn open_lines(&self, lines: &[Evidence], vars: &IndexVec<VarId, Var>) -> Vec<String> {
        let mut phrases: Vec<String> = Vec::new();
        for truth in [Truth::False, Truth::Unknown] {
            for line in lines.iter().filter(|line| line.truth == Some(truth)) {
                for phrase in self.phrases(line, vars) {
                    if !phrases.contains(&phrase) {
                        phrases.push(phrase);
                    }
                }
            }
        }
        phrases
    }

    /// A line in short phrases: each decisive fact as it is, with how it stands where that is not plain from the words.
    #[must_use]
    pub fn phrases(&self, line: &Evidence, vars: &IndexVec<VarId, Var>) -> Vec<String> {
        match &line.found {
            Found::Sentence { reading, .. } => vec![self.phrase(reading)],
            Found::AnyOf(bullets) => {
                let holds = line.truth == Some(Truth::True);
                bullets
                    .iter()
                    .filter(|bullet| !holds || bullet.truth == Some(Truth::True))
                    .flat_map(|bullet| self.phrases(bullet, vars))
                    .collect()
            }
            Found::Quantified { members, .. } | Found::Every { members, .. } => {
                let mut own = vec![self.plainly(line, vars)];
                for member in members {
                    let lines = member.lines.iter();
                    let telling = |line: &&Evidence| {
                        member.truth == Truth::True || line.truth == Some(member.truth)
                    };
                    for line in lines.filter(telling) {
                        own.extend(self.phrases(line, vars));
                    }
                }
                vec![own.join(", ")]
            }
            Found::NotReached => Vec::new(),
            _ => vec![self.plainly(line, vars)],
        }
    }

    /// A sentence as it is, in one phrase.
    #[must_use]
    pub fn phrase(&self, reading: &Reading) -> String {
        match (
            reading.standing,
            self.steps.of(reading).map(|step| &step.how),
        ) {
            (Standing::Closed | Standing::Nothing, None | Some(How::Given)) => {
                format!("nobody states that {}", self.demanded(reading))
            }
            (Standing::Underivable | Standing::Nothing, how) => {
                let denied = self.words.says(reading.sentence, &reading.slots, false);
                let nearest = match how {
                    Some(How::NoRule(tries)) => tries.first(),
                    _ => None,
                };
                match nearest {
                    Some(one) => {
                        let vars = &self.words.book.rules[one.rule].vars;
                        let open = self.open_lines(&one.lines, vars);
                        if open.is_empty() {
                            denied
                        } else {
                            format!("{denied} ({})", open.join("; "))
                        }
                    }
                    None => denied,
                }
            }
            (Standing::Derived, Some(How::Rule { rule, .. })) => format!(
                "{} (rule \"{}\")",
                self.words.reading(reading),
                self.words.book.rules[*rule].name
            ),
            (Standing::Open, _) if reading.truth == Truth::Unknown => self.words.reading(reading),
            _ => format!(
                "{} ({})",
                self.words.reading(reading),
                standing(&self.words, reading, self.stated)
            ),
        }
    }

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
                        "there is no {} on record for whom or which it must hold",
                        name(var)
                    )
                } else if !bad.is_empty() {
                    format!("not every {}: not {}", name(var), both(&bad))
                } else if !open.is_empty() {
                    format!("not known of every {}: {}", name(var), both(&open))
                } else {
                    format!("every {}: {}", name(var), both(&names(Truth::True)))
                }
            }
            Found::NotKnown(readings) => self.not_known(readings),
            Found::Sentence { reading, .. } => self.phrase(reading),
            Found::AnyOf(_) => self.phrases(line, vars).join("; "),
            Found::NotReached => String::new(),
        }
    }

    fn compared(&self, line: &Evidence, vars: &IndexVec<VarId, Var>) -> String {
        let Found::Compare {
            negated,
            left,
            comparator: how,
            right,
        } = &line.found
        else {
            return String::new();
        };
        let own = line.truth.map(|truth| {
            if line.unless != *negated {
                truth.negate()
            } else {
                truth
            }
        });
        let (left, right) = (
            self.words.formula(left, vars),
            self.words.formula(right, vars),
        );
        match own {
            Some(Truth::Unknown) | None => format!(
                "not known whether {left} {} {}",
                comparator(*how, true),
                right.trim_end_matches(',')
            ),
            Some(truth) => format!(
                "{left} {} {}",
                comparator(*how, truth == Truth::True),
                right.trim_end_matches(',')
            ),
        }
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
                Some(nearest) if !nearest.starts_with("some ") => {
                    format!("no {name}; the nearest is {nearest}")
                }
                _ => format!("no {name}"),
            },
            Count::No => format!("there is such a {name}: {so_far}"),
            Count::AtLeast(n) | Count::AtMost(n) => {
                let bound = if matches!(count, Count::AtLeast(_)) {
                    "at least"
                } else {
                    "at most"
                };
                let found = if so_far.is_empty() {
                    "none".to_owned()
                } else {
                    format!("{} ({so_far})", sure.len())
                };
                format!("{found} of {bound} {n} {name}")
            }
        }
    }

    /// What a member is.
    fn of(&self, member: &Member) -> String {
        let words: Vec<String> = member
            .of
            .iter()
            .map(|thing| thing.map_or_else(|| "some".to_owned(), |thing| self.words.thing(thing)))
            .collect();
        words.join(", ")
    }

    fn verdict(&self, line: &Evidence) -> String {
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
                format!(
                    "{}{part}, is {}",
                    self.words.norm(one.norm, &one.parties),
                    statuses(one.statuses)
                )
            })
            .collect();
        each.join("; ")
    }

    fn not_known(&self, readings: &[Reading]) -> String {
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
    fn which(&self, first: &Reading, all: &[Reading]) -> String {
        let declared = &self.words.book.vocabulary.sentences[first.sentence];
        let slots: Vec<Option<Thing>> = (0..first.slots.len())
            .map(|at| {
                first.slots[at].filter(|own| all.iter().all(|one| one.slots[at] == Some(*own)))
            })
            .collect();
        let text = self.words.says(first.sentence, &slots, true);
        declared
            .slots
            .iter()
            .zip(&slots)
            .filter(|(_, thing)| thing.is_none())
            .fold(text, |text, (slot, _)| {
                text.replace(
                    &format!("some {}", slot.name),
                    &format!("which {}", slot.name),
                )
            })
    }
}

fn unit(vars: &IndexVec<VarId, Var>, var: VarId) -> String {
    vars.get(var)
        .and_then(|var| var.unit.as_deref())
        .map_or_else(String::new, |unit| format!(" {unit}"))
}
