//! What is not known, whom to ask, what each answer would leave. In: questions; out: items.

use super::world::Telling;
use crate::explain::{Question, Whom};
use crate::judge::Verdict;
use crate::present::document::Item;
use crate::present::questions::interviewing::to_judge;
use crate::present::wording::{Words, statuses};
use crate::value::StatusSet;

impl<'t> Telling<'t> {
    /// Questions with whom to ask, and what each answer would leave; those that lead to the same together.
    #[must_use]
    pub fn questions(&self, verdict: &Verdict, questions: &[Question]) -> Vec<Item> {
        let mut told: Vec<AskedTogether> = Vec::new();
        for question in questions {
            let words = self.words.question(&question.reading);
            let whom = self.asked_of(question);
            let leaves = self.leaves(verdict, question);
            let part = question
                .part
                .map_or("", |part| self.part_name(verdict, part));
            let same = told
                .iter_mut()
                .find(|own| own.whom == whom && own.leaves == leaves && !leaves.is_empty());
            match same {
                Some(own) => own.add(part, words),
                None => told.push(AskedTogether {
                    whom,
                    leaves,
                    parts: vec![(part, vec![words])],
                }),
            }
        }
        told.into_iter().map(AskedTogether::item).collect()
    }

    /// `Lee: `, `for the treating team to judge, with reasons: `.
    fn asked_of(&self, question: &Question) -> String {
        match (question.whom, self.whom(question)) {
            (Some(Whom::Judges), Some(whom)) => format!("{}: ", to_judge(&whom)),
            (_, Some(whom)) => format!("{whom}: "),
            (_, None) => String::new(),
        }
    }

    /// What each answer would leave.
    pub(super) fn leaves(&self, verdict: &Verdict, question: &Question) -> String {
        let now = verdict.statuses_of(question.part);
        let leaves = |answer: &str, set: Option<StatusSet>| {
            let words = match set? {
                set if set == now => "still open".to_owned(),
                set => statuses(set),
            };
            Some(format!("{words} if {answer}"))
        };
        let both: Vec<String> = [leaves("yes", question.if_so), leaves("no", question.if_not)]
            .into_iter()
            .flatten()
            .collect();
        let alike = question.if_so == question.if_not;
        if alike || Words::is_vague(&question.reading) {
            return String::new();
        }
        both.join(", ")
    }

    /// Whom to ask.
    #[must_use]
    pub fn whom(&self, question: &Question) -> Option<String> {
        match question.whom? {
            Whom::Judges => self.book.vocabulary.sentences[question.reading.sentence]
                .judged_by
                .clone(),
            Whom::Somebody(thing) => Some(self.words.thing(thing)),
        }
    }
}

/// Questions to the same people of which each answer leaves the same.
pub(super) struct AskedTogether<'t> {
    /// Whom, as a lead.
    pub(super) whom: String,
    /// What each answer leaves.
    pub(super) leaves: String,
    /// The questions by the part they are about; no name for the whole.
    pub(super) parts: Vec<(&'t str, Vec<String>)>,
}

impl<'t> AskedTogether<'t> {
    fn add(&mut self, part: &'t str, words: String) {
        match self.parts.iter_mut().find(|(own, _)| *own == part) {
            Some((_, all)) if all.contains(&words) => {}
            Some((_, all)) => all.push(words),
            None => self.parts.push((part, vec![words])),
        }
    }

    fn item(self) -> Item {
        let count: usize = self.parts.iter().map(|(_, all)| all.len()).sum();
        let texts: Vec<String> = self
            .parts
            .iter()
            .map(|(part, all)| match (self.parts.len(), *part) {
                (1, _) | (_, "") => all.join(" "),
                _ => format!("({part}) {}", all.join(" ")),
            })
            .collect();
        let mark = match (count, self.parts.as_slice()) {
            _ if self.leaves.is_empty() => String::new(),
            (1, [(part, _)]) if !part.is_empty() => format!("{part}: {}", self.leaves),
            (1, _) => self.leaves,
            (_, [(part, _)]) if !part.is_empty() => format!("{part}, each: {}", self.leaves),
            _ => format!("each {}", self.leaves),
        };
        Item {
            indent: 0,
            text: format!("{}{}", self.whom, texts.join(" ")),
            mark,
        }
    }
}
