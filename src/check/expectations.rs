//! `expect` and `ask` lines. In: the written lines, the cast and the names of the options; out: what is expected and asked,
//! or what is wrong with it. It does not know any verdict.

use super::citations;
use super::ground::{pattern, sentence};
use super::norm_words::statuses;
use super::people::People;
use super::say;
use crate::rulebook::{Ask, Expectation, Expected, NormPattern, Outcome, Rulebook, Target};
use crate::syntax::tree::{
    Ask as WrittenAsk, At, Expectation as WrittenExpectation, Expected as Written, OutcomeWord,
    Phrase, Prefix, Target as WrittenTarget, Text, TruthWord,
};
use crate::text::{Diagnostic, Span, nearest};
use crate::value::{StatusSet, Truth, Values};

/// Reads the lines of one case.
pub(super) struct Reader<'a> {
    /// The rulebook.
    pub(super) book: &'a Rulebook,
    /// The case's values.
    pub(super) values: &'a mut Values,
    /// The case's cast.
    pub(super) people: &'a People,
    /// The names of its options.
    pub(super) options: &'a [String],
    /// What is wrong.
    pub(super) faults: &'a mut Vec<Diagnostic>,
}

impl Reader<'_> {
    /// An expectation.
    pub(super) fn expectation(&mut self, written: &WrittenExpectation) -> Option<Expectation> {
        let cited = citations::read(&self.book.sources, &written.attributes, self.faults);
        for line in cited.others {
            self.faults.push(citations::misplaced(line));
        }
        match self.expected(&written.line.node) {
            Ok(expected) => Some(Expectation {
                expected,
                cites: cited.cites,
                because: cited.because,
                span: Some(written.line.span),
            }),
            Err(fault) => {
                self.faults.push(fault);
                None
            }
        }
    }

    fn expected(&mut self, written: &Written) -> Result<Expected, Diagnostic> {
        match written {
            Written::Truth(word, prefix, phrase) => self.truth(word, *prefix, phrase),
            Written::Statuses(words, norm, by) => {
                let pattern = pattern(self.book, self.values, self.people, norm)?;
                let statuses = self.statuses(words, &pattern)?;
                if let Some(by) = by {
                    self.acts_on(by, &pattern)?;
                }
                Ok(Expected::Statuses {
                    pattern,
                    statuses,
                    by: by.as_ref().map(|by| by.node.clone()),
                })
            }
            Written::Outcome(word, option) => {
                self.option(option)?;
                Ok(Expected::Outcome {
                    option: option.node.clone(),
                    outcome: match word.node {
                        OutcomeWord::Permissible => Outcome::Permissible,
                        OutcomeWord::Impermissible => Outcome::Impermissible,
                        OutcomeWord::Open => Outcome::Open,
                    },
                })
            }
            Written::Dilemma(one, other) => {
                if self.options.len() < 2 {
                    self.faults.push(
                        Diagnostic::new(
                            "C018",
                            one.span.to(other.span),
                            "A dilemma needs at least two options",
                        )
                        .help(
                            "Write the courses of action as `option`; suppositions do not count.",
                        ),
                    );
                }
                Ok(Expected::Dilemma(
                    pattern(self.book, self.values, self.people, one)?,
                    pattern(self.book, self.values, self.people, other)?,
                ))
            }
        }
    }

    fn truth(
        &mut self,
        word: &At<TruthWord>,
        prefix: Prefix,
        phrase: &Phrase,
    ) -> Result<Expected, Diagnostic> {
        if prefix == Prefix::NotKnown {
            return Err(Diagnostic::new(
                "R055",
                word.span.to(phrase.span),
                "What is expected not to be known is written with `unknown`",
            )
            .help("Write `expect unknown:` and the sentence."));
        }
        let (ground, hint) = sentence(self.book, self.values, self.people, phrase)?;
        self.faults.extend(hint);
        let truth = match word.node {
            TruthWord::True => Truth::True,
            TruthWord::False => Truth::False,
            TruthWord::Unknown => Truth::Unknown,
        };
        let turned = ground.opposite != (prefix == Prefix::Not);
        Ok(Expected::Truth {
            sentence: ground.sentence,
            values: ground.values,
            truth: if turned { truth.negate() } else { truth },
        })
    }

    /// The statuses expected; `None` for `undetermined`.
    fn statuses(
        &self,
        words: &[Text],
        pattern: &NormPattern,
    ) -> Result<Option<StatusSet>, Diagnostic> {
        let undetermined = words.iter().find(|word| word.node == "undetermined");
        match undetermined {
            Some(_) if words.len() == 1 => Ok(None),
            Some(word) => {
                Err(
                    Diagnostic::new("C017", word.span, "`undetermined` stands by itself")
                        .help("Write `undetermined` alone, or the possible statuses with `or`."),
                )
            }
            None => statuses(self.book.norms[pattern.norm].sort, words).map(Some),
        }
    }

    /// The name after `by` is that of something that acts on the duty.
    fn acts_on(&self, by: &Text, pattern: &NormPattern) -> Result<(), Diagnostic> {
        let defeats = self
            .book
            .defeats
            .iter()
            .filter(|defeat| defeat.norm == pattern.norm)
            .map(|defeat| defeat.name.as_str());
        let priorities = self
            .book
            .priorities
            .iter()
            .filter(|priority| priority.lower == pattern.norm)
            .map(|priority| priority.name.as_str());
        let known: Vec<&str> = defeats.chain(priorities).collect();
        if known.contains(&by.node.as_str()) {
            return Ok(());
        }
        let norm = &self.book.norms[pattern.norm];
        let close: Vec<String> = nearest(&by.node, known.iter().copied(), 3)
            .into_iter()
            .map(|name| format!("\"{name}\""))
            .collect();
        let fault = Diagnostic::new(
            "C016",
            by.span,
            format!(
                "\"{}\" is no exemption, excuse or priority that acts on {} \"{}\"",
                by.node,
                norm.sort.word(),
                norm.name
            ),
        )
        .also(norm.span, "declared here");
        Err(say::near(fault, close, || {
            if known.is_empty() {
                "Nothing acts on it: leave `by` out.".to_owned()
            } else {
                let quoted: Vec<String> = known.iter().map(|name| format!("\"{name}\"")).collect();
                format!("It can be one of: {}.", quoted.join(", "))
            }
        }))
    }

    /// The name of an option of this case.
    fn option(&self, name: &Text) -> Result<(), Diagnostic> {
        if self.options.contains(&name.node) {
            return Ok(());
        }
        let close: Vec<String> = nearest(&name.node, self.options.iter().map(String::as_str), 3)
            .into_iter()
            .map(|name| format!("option \"{name}\""))
            .collect();
        let fault = Diagnostic::new(
            "C014",
            name.span,
            format!("This case has no option \"{}\"", name.node),
        );
        Err(say::near(fault, close, || {
            if self.options.is_empty() {
                return "The case has no options.".to_owned();
            }
            let quoted: Vec<String> = self
                .options
                .iter()
                .map(|name| format!("\"{name}\""))
                .collect();
            format!("Its options are {}.", quoted.join(", "))
        }))
    }

    /// A question.
    pub(super) fn ask(&mut self, written: &WrittenAsk, span: Span) -> Option<(Ask, Span)> {
        match self.asked(written, span) {
            Ok(ask) => Some((ask, span)),
            Err(fault) => {
                self.faults.push(fault);
                None
            }
        }
    }

    fn asked(&mut self, written: &WrittenAsk, span: Span) -> Result<Ask, Diagnostic> {
        Ok(match written {
            // Why an opposite holds is why its sentence does not.
            WrittenAsk::Why(target) => match self.target(target, span)? {
                (target, false) => Ask::Why(target),
                (target, true) => Ask::WhyNot(target),
            },
            WrittenAsk::WhyNot(target) => match self.target(target, span)? {
                (target, false) => Ask::WhyNot(target),
                (target, true) => Ask::Why(target),
            },
            WrittenAsk::Settle(target) => Ask::Settle(self.target(target, span)?.0),
            WrittenAsk::Comply(target) => Ask::Comply(self.target(target, span)?.0),
            WrittenAsk::Compare(one, other) => {
                self.option(one)?;
                self.option(other)?;
                Ask::Compare(one.node.clone(), other.node.clone())
            }
        })
    }

    /// What a question is about, and whether an opposite's wording was used.
    fn target(
        &mut self,
        written: &WrittenTarget,
        span: Span,
    ) -> Result<(Target, bool), Diagnostic> {
        match written {
            WrittenTarget::Norm(norm) => {
                let pattern = pattern(self.book, self.values, self.people, norm)?;
                Ok((Target::Norm(pattern), false))
            }
            WrittenTarget::Sentence(phrase) => {
                let (ground, hint) = sentence(self.book, self.values, self.people, phrase)?;
                self.faults.extend(hint);
                let values: Option<Vec<_>> = ground.values.into_iter().collect();
                let Some(values) = values else {
                    return Err(Diagnostic::new(
                        "C012",
                        span,
                        "A question needs a number, not [any]",
                    )
                    .help("Write the number you ask about."));
                };
                let target = Target::Sentence {
                    sentence: ground.sentence,
                    values,
                };
                Ok((target, ground.opposite))
            }
        }
    }
}

/// Expectations of one world that cannot all be met.
pub(super) fn contradictions(expectations: &[Expectation], faults: &mut Vec<Diagnostic>) {
    for (at, new) in expectations.iter().enumerate() {
        let Some(span) = new.span else { continue };
        let other = expectations[..at]
            .iter()
            .find(|old| contradict(&old.expected, &new.expected));
        if let Some(other) = other {
            let mut fault = Diagnostic::new("C015", span, "This expectation contradicts another one")
                .help("Both cannot be met by one judgement. Correct one of them, or move it under the option or supposition that it is about.");
            if let Some(first) = other.span {
                fault = fault.also(first, "the other one");
            }
            faults.push(fault);
        }
    }
}

/// Whether no judgement meets both.
fn contradict(a: &Expected, b: &Expected) -> bool {
    match (a, b) {
        (
            Expected::Truth {
                sentence: a,
                values: av,
                truth: at,
            },
            Expected::Truth {
                sentence: b,
                values: bv,
                truth: bt,
            },
        ) => a == b && av == bv && at != bt,
        (
            Expected::Outcome {
                option: a,
                outcome: ao,
            },
            Expected::Outcome {
                option: b,
                outcome: bo,
            },
        ) => a == b && ao != bo,
        (
            Expected::Statuses {
                pattern: a,
                statuses: at,
                ..
            },
            Expected::Statuses {
                pattern: b,
                statuses: bt,
                ..
            },
        ) => statuses_contradict(a, *at, b, *bt),
        _ => false,
    }
}

/// One pattern covers the other, so its every engaged instance would need two different sets.
fn statuses_contradict(
    a: &NormPattern,
    a_set: Option<StatusSet>,
    b: &NormPattern,
    b_set: Option<StatusSet>,
) -> bool {
    let covers = |wide: &NormPattern, narrow: &NormPattern| {
        wide.parties
            .iter()
            .zip(&narrow.parties)
            .all(|(wide, narrow)| wide.is_none() || wide == narrow)
    };
    if a.norm != b.norm || a.part != b.part {
        return false;
    }
    let none = Some(StatusSet::only(crate::value::Status::NotEngaged));
    let differ = match (a_set, b_set) {
        (Some(a), Some(b)) => a != b,
        (Some(set), None) | (None, Some(set)) => set.len() < 2,
        (None, None) => false,
    };
    // A narrow pattern of which no instance is engaged leaves the wide one free; not the other way round.
    differ
        && ((covers(a, b) && (b_set != none || a.parties == b.parties))
            || (covers(b, a) && (a_set != none || a.parties == b.parties)))
}
