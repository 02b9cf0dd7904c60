//! An interview for programs: one JSON object a line. In: an interview's steps; out: view types.

use super::questions::{InstanceView, instance, words as status_words};
use crate::engine::{Recorder, Run, Thing};
use crate::explain::{Asking, Learnt};
use crate::judge::Instance;
use crate::present::questions::interviewing::question;
use crate::present::wording::Words;
use crate::value::StatusSet;
use schemars::JsonSchema;
use serde::Serialize;

/// One line of `judge --ask --format json`.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum InterviewEvent {
    /// A question; the answer is read from a line of standard input.
    Question {
        /// `fiducia/interview/1`.
        schema: &'static str,
        /// Its number, from 1.
        number: usize,
        /// Whom to ask, and what.
        question: String,
        /// The sentence it is about.
        sentence: String,
        /// Whether the case itself says so far that it is not known.
        said_not_known: bool,
        /// Whether the answer is a number.
        number_wanted: bool,
        /// The verdicts that hang on it.
        about: Vec<InstanceView>,
    },
    /// What an answer did.
    Answered {
        /// The line of the case that it makes.
        line: String,
        /// The verdicts that it changed.
        changed: Vec<LearntView>,
    },
    /// Something to be said.
    Note {
        /// What.
        text: String,
    },
    /// The end.
    End {
        /// Whether it was stopped before everything was asked.
        stopped: bool,
        /// The verdicts asked about.
        verdicts: Vec<StandView>,
        /// The lines of the case that the answers make.
        lines: Vec<String>,
    },
}

/// What an answer did to a verdict.
#[derive(Debug, Serialize, JsonSchema)]
pub struct LearntView {
    /// Whose.
    pub verdict: InstanceView,
    /// The statuses before.
    pub before: Vec<&'static str>,
    /// The statuses after.
    pub after: Vec<&'static str>,
}

/// How a verdict stands.
#[derive(Debug, Serialize, JsonSchema)]
pub struct StandView {
    /// Whose.
    pub verdict: InstanceView,
    /// Its statuses.
    pub statuses: Vec<&'static str>,
}

fn of<R: Recorder>(words: &Words<'_>, run: &Run<'_, R>, own: &Instance) -> InstanceView {
    let parties: Vec<Option<Thing>> = own.parties.iter().map(|cell| run.thing(*cell)).collect();
    instance(words, own.norm, &parties)
}

/// A question.
#[must_use]
pub fn interview_question<R: Recorder>(
    words: &Words<'_>,
    run: &Run<'_, R>,
    asking: &Asking,
    number: usize,
) -> InterviewEvent {
    InterviewEvent::Question {
        schema: "fiducia/interview/1",
        number,
        question: question(words, asking),
        sentence: words.sentence(&asking.open.reading),
        said_not_known: asking.open.is_on_record(),
        number_wanted: asking.open.fact.is_number(),
        about: asking.about.iter().map(|own| of(words, run, own)).collect(),
    }
}

/// What an answer did.
#[must_use]
pub fn interview_answer<R: Recorder>(
    words: &Words<'_>,
    run: &Run<'_, R>,
    line: &str,
    learnt: &[Learnt],
) -> InterviewEvent {
    let changed = learnt
        .iter()
        .map(|one| LearntView {
            verdict: of(words, run, &one.instance),
            before: status_words(one.before),
            after: status_words(one.after),
        })
        .collect();
    InterviewEvent::Answered {
        line: line.to_owned(),
        changed,
    }
}

/// Something to be said.
#[must_use]
pub fn interview_note(text: &str) -> InterviewEvent {
    InterviewEvent::Note {
        text: text.to_owned(),
    }
}

/// The end.
#[must_use]
pub fn interview_end<R: Recorder>(
    words: &Words<'_>,
    run: &Run<'_, R>,
    verdicts: &[(Instance, StatusSet)],
    lines: Vec<String>,
    stopped: bool,
) -> InterviewEvent {
    let verdicts = verdicts
        .iter()
        .map(|(own, set)| StandView {
            verdict: of(words, run, own),
            statuses: status_words(*set),
        })
        .collect();
    InterviewEvent::End {
        stopped,
        verdicts,
        lines,
    }
}
