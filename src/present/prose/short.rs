//! Lines told in short: each conclusion with the facts it rests on, without the steps between. In: lines; out: items.

use super::phrases::is_silence;
use super::teller::Teller;
use crate::engine::{Evidence, Formula, Found, Reading, Standing, Thing};
use crate::explain::{How, Try};
use crate::present::document::Item;
use crate::present::wording::{both, either};
use crate::rulebook::{Comparator, Var, VarId};
use crate::value::{IndexVec, Truth};

impl Teller<'_> {
    /// Tells lines of a block in short: each conclusion with the facts it rests on, without the steps between. A conclusion
    /// that rests on nothing but what is told, or is `covered`, is left out. `opened`: of what no rule shows, the rules that
    /// came near are told too.
    pub fn short(
        &mut self,
        lines: &[&Evidence],
        vars: &IndexVec<VarId, Var>,
        covered: &[Reading],
        opened: bool,
    ) -> Vec<Item> {
        let mut items = Vec::new();
        let mut elsewhere: Vec<usize> = Vec::new();
        for line in lines.iter().flat_map(|line| bullets_of(line)) {
            let Found::Sentence { reading, .. } = &line.found else {
                if !is_trivial(line) {
                    let phrases = self.phrases(line, vars);
                    items.extend(phrases.into_iter().map(Item::of));
                }
                continue;
            };
            let derived = matches!(
                self.steps.of(reading).map(|step| &step.how),
                Some(How::Rule { .. } | How::NoRule(_))
            );
            let leaves = self.steps.leaves_of_line(line);
            let known = |leaf: &Reading| self.told.has(leaf) || covered.contains(leaf);
            let rests_on_told = derived
                && reading.truth == Truth::True
                && !leaves.is_empty()
                && leaves.iter().all(|leaf| known(leaf.reading));
            if self.told.has(reading) || rests_on_told {
                let under = self.told.under(reading).into_iter();
                let rests = leaves
                    .iter()
                    .filter_map(|leaf| self.told.under(leaf.reading));
                elsewhere.extend(under.chain(rests).filter(|number| *number != self.number));
                continue;
            }
            self.told.add(reading, self.number);
            let unshown = reading.truth == Truth::False && derived;
            if unshown && !opened {
                items.push(Item::of(self.phrase(reading)));
                continue;
            }
            let (text, mark) = self.said(reading);
            items.push(Item {
                indent: 0,
                text,
                mark,
            });
            match self.steps.of(reading).map(|step| &step.how) {
                Some(How::Rule { rule, lines, .. }) => {
                    let vars = &self.words.book.rules[*rule].vars;
                    self.facts(lines, vars, &mut items, 6);
                }
                Some(How::NoRule(tries)) => self.attempts(tries, &mut items),
                _ => {}
            }
        }
        elsewhere.sort_unstable();
        elsewhere.dedup();
        if !elsewhere.is_empty() {
            let numbers: Vec<String> = elsewhere.iter().map(ToString::to_string).collect();
            let and = if items.is_empty() { "" } else { "and " };
            items.push(Item::of(format!("{and}as told under {}", both(&numbers))));
        }
        items
    }

    /// The rules that came near: what keeps each from applying; those for which nothing is on record by name.
    fn attempts(&self, tries: &[Try], items: &mut Vec<Item>) {
        let mut push = |text: String| {
            items.push(Item {
                indent: 1,
                text,
                mark: String::new(),
            });
        };
        let mut quiet: Vec<String> = Vec::new();
        for (at, one) in tries.iter().enumerate() {
            let mut failing = one
                .lines
                .iter()
                .filter(|line| line.truth == Some(Truth::False));
            let spoken = failing.any(|line| {
                let leaves = self.steps.leaves_of_line(line);
                leaves.iter().any(|leaf| !is_silence(leaf.reading))
            });
            if at == 0 || spoken {
                push(self.attempt(one));
            } else {
                quiet.push(format!("\"{}\"", self.words.book.rules[one.rule].name));
            }
        }
        if !quiet.is_empty() {
            push(format!("nothing on record for rule {}", either(&quiet)));
        }
    }

    /// The facts at the ends of what decides some lines.
    fn facts(
        &mut self,
        lines: &[Evidence],
        vars: &IndexVec<VarId, Var>,
        items: &mut Vec<Item>,
        level: usize,
    ) {
        let truth = lines
            .iter()
            .map(|line| line.truth.unwrap_or(Truth::False))
            .fold(Truth::True, Truth::and);
        for line in lines
            .iter()
            .filter(|line| truth == Truth::True || line.truth == Some(truth))
        {
            let mut push = |text: String, mark: String| {
                items.push(Item {
                    indent: 1,
                    text,
                    mark,
                });
            };
            let Found::Sentence { reading, .. } = &line.found else {
                let quiet = self.is_nobody(line) || self.is_silent(line);
                if !is_trivial(line) && !quiet {
                    for phrase in self.phrases(line, vars) {
                        push(phrase, String::new());
                    }
                }
                continue;
            };
            if self.told.has(reading) {
                continue;
            }
            self.told.add(reading, self.number);
            match self.steps.of(reading).map(|step| &step.how) {
                Some(How::Rule { rule, lines, .. }) if level > 0 => {
                    let vars = &self.words.book.rules[*rule].vars;
                    self.facts(lines, vars, items, level - 1);
                }
                _ => {
                    // That nothing stands in the way is an assumption, told with the others.
                    let unspoken = matches!(reading.standing, Standing::Closed | Standing::Nothing)
                        || is_silence(reading)
                            && !self.has_opposite(reading)
                            && self.rests_on_told(line);
                    if reading.truth != Truth::False || !unspoken {
                        let (text, mark) = self.said(reading);
                        push(text, mark);
                    }
                }
            }
        }
    }

    /// Whether a line rests on nothing but silence and what is told.
    fn rests_on_told(&self, line: &Evidence) -> bool {
        let leaves = self.steps.leaves_of_line(line);
        leaves
            .iter()
            .all(|leaf| is_silence(leaf.reading) || self.told.has(leaf.reading))
    }

    /// Whether a sentence's denial has words of its own.
    fn has_opposite(&self, reading: &Reading) -> bool {
        let declared = &self.words.book.vocabulary.sentences[reading.sentence];
        declared.opposite.is_some()
    }

    /// Whether a line holds because nobody at all is said to be of some sort.
    fn is_nobody(&self, line: &Evidence) -> bool {
        let Found::Quantified { members, .. } = &line.found else {
            return false;
        };
        let failing = |line: &&Evidence| line.truth == Some(Truth::False);
        line.truth == Some(Truth::True)
            && members.iter().all(|member| {
                member.truth == Truth::False
                    && member
                        .lines
                        .iter()
                        .filter(failing)
                        .all(|line| self.is_silent(line))
            })
    }
}

/// The bullets that tell of an `any of these`: those that hold, else all; of any other line itself.
fn bullets_of(line: &Evidence) -> Vec<&Evidence> {
    match &line.found {
        Found::AnyOf(bullets) if !line.unless => {
            let holds = line.truth == Some(Truth::True);
            bullets
                .iter()
                .filter(|bullet| !holds || bullet.truth == Some(Truth::True))
                .flat_map(bullets_of)
                .collect()
        }
        _ => vec![line],
    }
}

/// Whether a line only says that somebody is not somebody else.
fn is_trivial(line: &Evidence) -> bool {
    matches!(
        &line.found,
        Found::Compare {
            left: Formula::Slot(_, Some(Thing::Value(_))),
            comparator: Comparator::IsNot,
            right: Formula::Slot(_, Some(Thing::Value(_))),
            ..
        }
    ) && line.truth == Some(Truth::True)
}
