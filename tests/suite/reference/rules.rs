//! The rules of one component, again and again until nothing changes: first what is possible, with the ranges of its
//! numbers, then what is sure under the final ranges.

use super::bindings::{Bound, Env, nothing};
use super::lines::thing;
use super::outcome::{Fault, Judge};
use fiducia::rulebook::{KindSort, Rule, SentenceId, Term, VarId};
use fiducia::value::{Interval, Truth, ValueId};

/// What one binding of one rule concludes.
struct Conclusion {
    sentence: SentenceId,
    key: Vec<ValueId>,
    numbers: Vec<Interval>,
    truth: Truth,
}

impl Judge<'_> {
    /// Derives the sentences of one component.
    pub fn derive(&mut self, sentences: &[SentenceId]) -> Result<(), Fault> {
        let book = self.book;
        let concludes = |rule: &&Rule| sentences.contains(&rule.head.sentence);
        let rules: Vec<&Rule> = book.rules.iter().filter(concludes).collect();
        self.lenient = true;
        while self.step(&rules, Truth::Unknown)? {}
        while self.step(&rules, Truth::True)? {}
        self.lenient = false;
        self.agree(&rules)
    }

    /// Raises what the rules conclude to `level`: possible, or sure. Whether anything changed.
    fn step(&mut self, rules: &[&Rule], level: Truth) -> Result<bool, Fault> {
        let mut changed = false;
        for rule in rules {
            for conclusion in self.conclusions(rule)? {
                if level == Truth::True && conclusion.truth != Truth::True {
                    continue;
                }
                let table = &mut self.cells[conclusion.sentence.0 as usize];
                let cell = table.get_mut(&conclusion.key).ok_or(Fault::Unbound)?;
                if cell.stated {
                    continue;
                }
                let before = cell.clone();
                if level == Truth::True {
                    cell.truth = Truth::True;
                } else if cell.truth == Truth::False {
                    cell.truth = Truth::Unknown;
                    cell.numbers = conclusion.numbers;
                } else {
                    let both = cell.numbers.iter().zip(&conclusion.numbers);
                    cell.numbers = both.map(|(a, b)| a.hull(*b)).collect();
                }
                changed |= *cell != before;
            }
        }
        Ok(changed)
    }

    /// With everything final: no number has two sure values, and nothing stipulated false is sure.
    fn agree(&self, rules: &[&Rule]) -> Result<(), Fault> {
        let mut sure: Vec<Conclusion> = Vec::new();
        for rule in rules {
            for conclusion in self.conclusions(rule)? {
                let cell = self.cell(conclusion.sentence, &conclusion.key);
                if conclusion.truth != Truth::True {
                    continue;
                }
                if cell.stated && cell.truth == Truth::False {
                    return Err(Fault::Stipulated);
                }
                if cell.stated {
                    continue;
                }
                if self.is_outside(&conclusion) {
                    return Err(Fault::OutOfRange);
                }
                for other in &sure {
                    let same = other.sentence == conclusion.sentence && other.key == conclusion.key;
                    let mut pairs = other.numbers.iter().zip(&conclusion.numbers);
                    let differ = |(a, b): (&Interval, &Interval)| {
                        a.exact().is_some() && b.exact().is_some() && a != b
                    };
                    if same && pairs.any(differ) {
                        return Err(Fault::TwoValues);
                    }
                }
                sure.push(conclusion);
            }
        }
        Ok(())
    }

    /// Whether a number cannot lie in the range of its slot's kind.
    fn is_outside(&self, conclusion: &Conclusion) -> bool {
        let vocabulary = &self.book.vocabulary;
        let slots = vocabulary.sentences[conclusion.sentence].slots.iter();
        let ranges = slots.filter_map(|slot| match &vocabulary.kinds[slot.kind].sort {
            KindSort::Number { range, .. } => Some(*range),
            _ => None,
        });
        ranges.zip(&conclusion.numbers).any(|(range, number)| {
            range.is_some_and(|(least, most)| {
                number.high.is_some_and(|high| high < least)
                    || number.low.is_some_and(|low| low > most)
            })
        })
    }

    fn conclusions(&self, rule: &Rule) -> Result<Vec<Conclusion>, Fault> {
        let mut all = Vec::new();
        let slots = rule.head.terms.iter().filter_map(|term| match term {
            Term::Var(var) => Some(*var),
            Term::Value(_) => None,
        });
        let slots: Vec<VarId> = slots.collect();
        let env = nothing(&rule.vars);
        self.solve(&rule.vars, &rule.body, &slots, &env, &mut |env, truth| {
            all.push(self.conclusion(rule, env, truth)?);
            Ok(())
        })?;
        Ok(all)
    }

    fn conclusion(&self, rule: &Rule, env: &Env, truth: Truth) -> Result<Conclusion, Fault> {
        let mut key = Vec::new();
        let mut numbers = Vec::new();
        let slots = &self.book.vocabulary.sentences[rule.head.sentence].slots;
        for (term, slot) in rule.head.terms.iter().zip(slots) {
            if !self.book.vocabulary.is_number(slot.kind) {
                key.push(thing(*term, env).ok_or(Fault::Unbound)?);
                continue;
            }
            numbers.push(match term {
                Term::Value(value) => {
                    let number = self.record.values.as_number(*value);
                    Interval::exactly(number.ok_or(Fault::Unbound)?)
                }
                Term::Var(var) => match env[var.0 as usize] {
                    Some(Bound::Number(number)) => number,
                    Some(Bound::Fault(fault)) => return Err(fault),
                    _ => return Err(Fault::Unbound),
                },
            });
        }
        Ok(Conclusion {
            sentence: rule.head.sentence,
            key,
            numbers,
            truth,
        })
    }
}
