//! Lines told one by one: what was found, how it stands on record, and under it what that rests on. Each sentence is told once.
//! In: evidence and steps; out: items. Knows no verdict's status.

use crate::engine::{Evidence, Found, Member, Reading, Standing};
use crate::explain::{How, Steps, Try};
use crate::present::document::Item;
use crate::present::wording::{Words, standing};
use crate::rulebook::{Stated, Var, VarId};
use crate::value::{IndexVec, Truth};

/// The sentences that were told, each with the number under which.
#[derive(Default)]
pub(super) struct Told(Vec<(Reading, usize)>);

impl Told {
    pub(super) fn has(&self, reading: &Reading) -> bool {
        self.under(reading).is_some()
    }

    pub(super) fn under(&self, reading: &Reading) -> Option<usize> {
        let mut own = self.0.iter().filter(|(told, _)| told == reading);
        own.next().map(|(_, number)| *number)
    }

    pub(super) fn add(&mut self, reading: &Reading, number: usize) {
        if !self.has(reading) {
            self.0.push((reading.clone(), number));
        }
    }
}

/// Tells lines.
pub struct Teller<'t> {
    /// Says what ids mean.
    pub words: Words<'t>,
    /// How sentences came about.
    pub steps: &'t Steps,
    /// What the record states.
    pub stated: &'t [Stated],
    /// How many rules deep; `None` in short.
    pub depth: Option<usize>,
    /// Under which number of the page it is telling.
    pub number: usize,
    pub(super) told: Told,
}

impl<'t> Teller<'t> {
    /// For one world.
    #[must_use]
    pub fn new(
        words: Words<'t>,
        steps: &'t Steps,
        stated: &'t [Stated],
        depth: Option<usize>,
    ) -> Self {
        Self {
            words,
            steps,
            stated,
            depth,
            number: 0,
            told: Told::default(),
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

    pub(super) fn line(
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

    pub(super) fn member(
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
        if self.told.has(reading) {
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
        self.told.add(reading, self.number);
        items.push(Item { indent, text, mark });
        if self.depth.is_none_or(|depth| indent >= depth) {
            return;
        }
        match self.steps.of(reading).map(|step| &step.how) {
            Some(How::Rule { rule, lines, .. }) => {
                let rule = &self.words.book.rules[*rule];
                for line in lines {
                    self.line(line, &rule.vars, indent + 1, items);
                }
                let mut whence: Vec<String> = rule.because.clone();
                if !rule.cites.is_empty() {
                    whence.push(self.words.citations(&rule.cites));
                }
                if !whence.is_empty() {
                    items.push(Item {
                        indent: indent + 1,
                        text: format!("by rule \"{}\": {}", rule.name, whence.join("; ")),
                        mark: String::new(),
                    });
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
                format!("nobody states that {}", self.words.demanded(reading)),
                // In short the assumptions say so once for all.
                self.depth
                    .map_or(String::new(), |_| "so taken as false".to_owned()),
            ),
            (Standing::Underivable | Standing::Nothing, _) => {
                let declared = &self.words.book.vocabulary.sentences[reading.sentence];
                match declared.opposite {
                    Some(_) => (
                        self.words.says(reading.sentence, &reading.slots, false),
                        "nothing shows otherwise".to_owned(),
                    ),
                    None => (
                        format!("nothing shows that {}", self.words.demanded(reading)),
                        String::new(),
                    ),
                }
            }
            (Standing::Open, _) if reading.truth == Truth::Unknown && self.depth.is_none() => {
                (self.words.reading(reading), String::new())
            }
            (_, Some(How::Rule { rule, .. })) => (
                self.words.reading(reading),
                format!("rule \"{}\"", self.words.book.rules[*rule].name),
            ),
            _ => (
                self.words.reading(reading),
                standing(&self.words, reading, self.stated, self.depth.is_some()),
            ),
        }
    }

    /// A rule that did not apply, and every line of it that fails or is open.
    #[must_use]
    pub fn attempt(&self, one: &Try) -> String {
        let rule = &self.words.book.rules[one.rule];
        let failing = self.open_lines(&one.lines, &rule.vars);
        format!("not by rule \"{}\": {}", rule.name, failing.join("; "))
    }

    /// Notes the sentences of some lines as told.
    pub fn note(&mut self, lines: &[Evidence]) {
        let mut readings = Vec::new();
        lines.iter().for_each(|line| line.readings(&mut readings));
        for (reading, _) in readings {
            self.told.add(reading, self.number);
        }
    }

    /// What is told so far.
    #[must_use]
    pub fn so_far(&self) -> usize {
        self.told.0.len()
    }

    /// Forgets what was told after some point.
    pub fn forget(&mut self, so_far: usize) {
        self.told.0.truncate(so_far);
    }

    /// What was told under a number is to be found under another.
    pub fn renumber(&mut self, from: usize, to: usize) {
        for (_, number) in self.told.0.iter_mut().filter(|(_, own)| *own == from) {
            *number = to;
        }
    }
}
