//! Lines as short phrases, for use within a sentence: each decisive fact as it is, and how it stands on record. In: evidence;
//! out: words.

use super::teller::Teller;
use crate::engine::{Evidence, Formula, Found, Reading, Standing, Thing};
use crate::explain::How;
use crate::present::wording::{both, standing};
use crate::rulebook::{Comparator, Count, Var, VarId};
use crate::value::{IndexVec, Truth};

impl Teller<'_> {
    /// Phrases for every line that fails, or else is unknown.
    #[must_use]
    pub fn open_lines(&self, lines: &[Evidence], vars: &IndexVec<VarId, Var>) -> Vec<String> {
        self.open_at(lines, vars, 1)
    }

    /// `level`: how many rules that did not apply may still be opened on the way down.
    fn open_at(
        &self,
        lines: &[Evidence],
        vars: &IndexVec<VarId, Var>,
        level: usize,
    ) -> Vec<String> {
        let mut phrases: Vec<String> = Vec::new();
        for truth in [Truth::False, Truth::Unknown] {
            if !phrases.is_empty() {
                break;
            }
            for line in lines.iter().filter(|line| line.truth == Some(truth)) {
                for phrase in self.phrases_at(line, vars, level) {
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
        self.phrases_at(line, vars, 1)
    }

    fn phrases_at(
        &self,
        line: &Evidence,
        vars: &IndexVec<VarId, Var>,
        level: usize,
    ) -> Vec<String> {
        match &line.found {
            Found::Sentence { reading, .. } => vec![self.phrase_at(reading, level)],
            Found::AnyOf(bullets) => {
                let holds = line.truth == Some(Truth::True);
                bullets
                    .iter()
                    .filter(|bullet| !holds || bullet.truth == Some(Truth::True))
                    .flat_map(|bullet| self.phrases_at(bullet, vars, level))
                    .collect()
            }
            Found::Quantified { members, .. } | Found::Every { members, .. } => {
                if let [nearest] = &members[..]
                    && nearest.truth == Truth::False
                    && nearest.of.iter().all(Option::is_none)
                {
                    // Nothing came near: what was looked for says more than that there is none.
                    let failing = nearest.lines.iter();
                    return failing
                        .filter(|line| line.truth == Some(Truth::False))
                        .flat_map(|line| self.phrases_at(line, vars, level))
                        .collect();
                }
                let mut own: Vec<String> = Vec::new();
                for member in members {
                    let lines = member.lines.iter();
                    let telling = |line: &&Evidence| {
                        member.truth == Truth::True || line.truth == Some(member.truth)
                    };
                    for line in lines.filter(telling).filter(|line| !self.is_silent(line)) {
                        for phrase in self.phrases_at(line, vars, level) {
                            if !own.contains(&phrase) {
                                own.push(phrase);
                            }
                        }
                    }
                }
                let against = matches!(
                    line.found,
                    Found::Quantified {
                        count: Count::No,
                        ..
                    }
                );
                let sure = members.iter().any(|member| member.truth == Truth::True);
                match (against && sure, own.is_empty()) {
                    // What there is says that there is one.
                    (true, false) => own,
                    (_, true) if against && !members.is_empty() => {
                        // Nobody states of the nearest what is missing.
                        let lines = members[0].lines.iter();
                        let failing = lines.filter(|line| line.truth == Some(Truth::False));
                        let unsaid: Vec<String> = failing
                            .flat_map(|line| self.phrases_at(line, vars, level))
                            .collect();
                        let plainly = self.plainly(line, vars);
                        match unsaid.is_empty() {
                            true => vec![plainly],
                            false => vec![format!("{plainly}: {}", both(&unsaid))],
                        }
                    }
                    (_, true) => vec![self.plainly(line, vars)],
                    (false, false) => {
                        vec![format!("{}: {}", self.plainly(line, vars), both(&own))]
                    }
                }
            }
            Found::NotReached => Vec::new(),
            _ => vec![self.plainly(line, vars)],
        }
    }

    /// Whether a line fails only because nobody states what it needs.
    #[must_use]
    pub fn is_silent(&self, line: &Evidence) -> bool {
        let sentence = matches!(line.found, Found::Sentence { .. } | Found::AnyOf(_));
        let leaves = self.steps.leaves_of_line(line);
        sentence && !leaves.is_empty() && leaves.iter().all(|leaf| is_silence(leaf.reading))
    }

    /// A sentence as it is, in one phrase.
    #[must_use]
    pub fn phrase(&self, reading: &Reading) -> String {
        self.phrase_at(reading, 1)
    }

    fn phrase_at(&self, reading: &Reading, level: usize) -> String {
        let how = self.steps.of(reading).map(|step| &step.how);
        let derived = matches!(how, Some(How::Rule { .. }));
        if self.depth.is_none() && derived && self.told.has(reading) {
            return self.words.reading(reading);
        }
        match (reading.standing, how) {
            (Standing::Closed | Standing::Nothing, None | Some(How::Given)) => {
                format!("nobody states that {}", self.words.demanded(reading))
            }
            (Standing::Underivable | Standing::Nothing, how) => {
                let denied = format!("nothing shows that {}", self.words.demanded(reading));
                let nearest = match how {
                    Some(How::NoRule(tries)) if level > 0 => tries.first(),
                    _ => None,
                };
                match nearest {
                    Some(one) => {
                        let vars = &self.words.book.rules[one.rule].vars;
                        let open = self.open_at(&one.lines, vars, level - 1);
                        let failing = one
                            .lines
                            .iter()
                            .filter(|line| line.truth == Some(Truth::False));
                        let silent = failing.clone().all(|line| self.is_silent(line));
                        if open.is_empty()
                            || silent
                            || failing.clone().any(|line| nobody_else(line).is_some())
                        {
                            denied
                        } else {
                            format!("{denied}, since {}", both(&open))
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
                standing(&self.words, reading, self.stated, self.depth.is_some())
            ),
        }
    }
}

/// Whether a sentence is false only because nobody states it.
#[must_use]
pub fn is_silence(reading: &Reading) -> bool {
    matches!(reading.standing, Standing::Closed | Standing::Nothing)
        || (reading.standing == Standing::Underivable && reading.truth == Truth::False)
}

/// Who alone is on record where a line asks for somebody else.
pub(super) fn nobody_else(line: &Evidence) -> Option<Thing> {
    match &line.found {
        Found::Compare {
            negated: false,
            left: Formula::Slot(_, Some(left)),
            comparator: Comparator::IsNot,
            right: Formula::Slot(_, Some(right)),
        } if left == right && matches!(left, Thing::Value(_)) && !line.unless => Some(*left),
        _ => None,
    }
}
