//! The sentences that can be said, as a list by module. In: a rulebook and some of its sentences; out: text. Knows no
//! rule that uses them.

use super::{Style, wrap};
use crate::rulebook::{Class, KindSort, Rulebook, Sentence, SentenceId, Wording};
use std::fmt::Write;

const WIDTH: usize = 100;

/// The sentences, by module in the order in which they come, each with what its author said about it.
#[must_use]
pub fn list(rulebook: &Rulebook, sentences: &[SentenceId], style: Style) -> String {
    let mut modules: Vec<(usize, Vec<&Sentence>)> = Vec::new();
    for id in sentences {
        let sentence = &rulebook.vocabulary.sentences[*id];
        match modules
            .iter_mut()
            .find(|(module, _)| *module == sentence.module)
        {
            Some((_, found)) => found.push(sentence),
            None => modules.push((sentence.module, vec![sentence])),
        }
    }
    let mut text = String::new();
    for (at, (module, found)) in modules.into_iter().enumerate() {
        if at > 0 {
            text.push('\n');
        }
        let name = rulebook
            .modules
            .get(module)
            .map_or("", |module| module.name.as_str());
        let _ = writeln!(text, "{}", style.bold(name));
        let mut above = "";
        for sentence in found {
            // What is said of a whole list stands once above its sentences.
            if sentence.doc != above && !sentence.doc.is_empty() {
                above = &sentence.doc;
                let _ = writeln!(
                    text,
                    "  {}",
                    style.dim(&wrap(&format!("# {above}"), WIDTH - 2, 4))
                );
            }
            entry(&mut text, rulebook, sentence, style);
        }
    }
    text
}

fn entry(text: &mut String, rulebook: &Rulebook, sentence: &Sentence, style: Style) {
    let _ = writeln!(text, "  {}", declared(rulebook, sentence));
    let mut note = |words: String| {
        let _ = writeln!(text, "      {}", style.dim(&wrap(&words, WIDTH - 6, 8)));
    };
    note(class(sentence.class).to_owned());
    if let Some(opposite) = &sentence.opposite {
        note(format!("opposite: {}", wording(sentence, opposite)));
    }
    if let Some(at) = sentence.only_one {
        note(format!("only one [{}]", slot_name(sentence, at)));
    }
    if let Some(default) = sentence.default {
        note(format!("default: [{}]", rulebook.values.get(default)));
    }
    for slot in &sentence.slots {
        if let Some(values) = values_of(rulebook, &slot.kind) {
            note(format!("[{}] is {values}", slot.name));
        }
    }
    if let Some(question) = &sentence.question {
        note(format!("question: {question}"));
    }
    if let Some(judge) = &sentence.judged_by {
        note(format!("judged by {judge}"));
    }
    if !sentence.changed_by.is_empty() {
        let who: Vec<String> = sentence
            .changed_by
            .iter()
            .map(|at| format!("[{}]", slot_name(sentence, *at)))
            .collect();
        note(format!("can be changed by {}", who.join(", ")));
    }
    if let Some(why) = &sentence.decides_nothing {
        note(format!("decides nothing, because {why}"));
    }
}

/// What can be done with a sentence of this class, in words.
#[must_use]
pub fn class(class: Class) -> &'static str {
    match class {
        Class::ClosedFact => "fact, false unless stated",
        Class::OpenFact => "fact, unknown unless stated",
        Class::Setting => "setting",
        Class::Concept => "concept: follows from rules, or is stipulated",
        Class::Finding => "finding: follows from rules",
    }
}

/// The sentence with the kinds of its slots: `[act: Act] is invasive`.
#[must_use]
pub fn declared(rulebook: &Rulebook, sentence: &Sentence) -> String {
    sentence.wording.said(|at| {
        sentence.slots.get(at).map_or_else(String::new, |slot| {
            let kind = &rulebook.vocabulary.kinds[slot.kind].name;
            format!("[{}: {kind}]", slot.name)
        })
    })
}

/// One of its wordings, with the names of the slots.
#[must_use]
pub fn wording(sentence: &Sentence, wording: &Wording) -> String {
    wording.said(|at| format!("[{}]", slot_name(sentence, at)))
}

fn slot_name(sentence: &Sentence, at: usize) -> &str {
    sentence.slots.get(at).map_or("", |slot| slot.name.as_str())
}

/// What a slot can be where its kind says so: listed values, or numbers of a unit and range.
fn values_of(rulebook: &Rulebook, kind: &crate::rulebook::KindId) -> Option<String> {
    match &rulebook.vocabulary.kinds[*kind].sort {
        KindSort::Thing { .. } => None,
        KindSort::OneOf(values) => {
            let values: Vec<String> = values
                .iter()
                .map(|value| format!("[\"{}\"]", rulebook.values.get(*value)))
                .collect();
            Some(format!("one of {}", values.join(", ")))
        }
        KindSort::Number { unit, range } => {
            let mut words = String::from("a number");
            if let Some(unit) = unit {
                let _ = write!(words, " in {unit}");
            }
            if let Some((least, greatest)) = range {
                let _ = write!(words, " from {least} to {greatest}");
            }
            Some(words)
        }
    }
}
