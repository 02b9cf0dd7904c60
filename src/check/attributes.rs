//! What is said under a declared sentence: question, judge, who can change it, default and the like. In: the lines; out: the
//! sentence with them. Its wordings are known before.

use super::citations;
use super::draft::Draft;
use super::{say, values};
use crate::rulebook::{Class, KindSort, SentenceId};
use crate::syntax::tree::{At, Attribute, Declaration, Line, Slot as WrittenSlot};
use crate::text::{Diagnostic, Span};

/// Reads the other lines under a sentence.
pub(super) fn read(draft: &mut Draft, id: SentenceId, declaration: &Declaration) {
    let cited = citations::read(
        &draft.book.sources,
        &declaration.attributes,
        &mut draft.faults,
    );
    let sentence = &mut draft.book.vocabulary.sentences[id];
    sentence.cites = cited.cites;
    sentence.because = cited.because;
    let mut seen: Vec<(&'static str, Span)> = Vec::new();
    for line in cited.others {
        let class = draft.book.vocabulary.sentences[id].class;
        let setting = class == Class::Setting;
        let fact = matches!(class, Class::ClosedFact | Class::OpenFact);
        let (word, fits) = match &line.node {
            // Read before; a second opposite was told there.
            Attribute::Opposite(_) if !setting => continue,
            Attribute::Formerly(_) => continue,
            Attribute::Question(_) => ("question", !setting),
            Attribute::JudgedBy(_) => ("judged by", !setting),
            Attribute::ChangedBy(_) => ("", !setting),
            Attribute::OnlyOne(_) => ("only one", !setting),
            Attribute::DecidesNothing(_) => ("decides nothing", fact),
            Attribute::Default(_) => ("default", setting),
            _ => ("", false),
        };
        if !fits {
            draft.fault(citations::misplaced(line));
            continue;
        }
        if let Some((_, first)) = seen
            .iter()
            .find(|(seen, _)| *seen == word && !word.is_empty())
        {
            draft.fault(citations::repeated(line, *first));
            continue;
        }
        seen.push((word, line.span));
        attribute(draft, id, line);
    }
    if draft.book.vocabulary.sentences[id].class == Class::Setting {
        setting(draft, id, seen.iter().any(|(word, _)| *word == "default"));
    }
}

/// Reads one line under a sentence.
fn attribute(draft: &mut Draft, id: SentenceId, line: &Line<Attribute>) {
    match &line.node {
        Attribute::Question(text) => {
            if let Some(fault) = template(draft, id, &text.node, text.span) {
                draft.fault(fault);
            }
            draft.book.vocabulary.sentences[id].question = Some(text.node.clone());
        }
        Attribute::JudgedBy(text) => {
            draft.book.vocabulary.sentences[id].judged_by = Some(text.node.clone());
        }
        Attribute::DecidesNothing(text) => {
            draft.book.vocabulary.sentences[id].decides_nothing = Some(text.node.clone());
        }
        Attribute::ChangedBy(slot) => {
            if let Some(at) = own_slot(draft, id, slot) {
                let sentence = &mut draft.book.vocabulary.sentences[id];
                if !sentence.changed_by.contains(&at) {
                    sentence.changed_by.push(at);
                }
            }
        }
        Attribute::OnlyOne(slot) => {
            if let Some(at) = own_slot(draft, id, slot) {
                only_one(draft, id, at, line.span);
            }
        }
        Attribute::Default(slot) => {
            let Some(last) = draft.book.vocabulary.sentences[id].slots.last() else {
                return;
            };
            let kind = last.kind;
            let vocabulary = &draft.book.vocabulary;
            if matches!(vocabulary.kinds[kind].sort, KindSort::Thing { .. }) {
                return; // told as a setting without a value
            }
            match values::in_rules(
                vocabulary,
                &mut draft.book.values,
                kind,
                &slot.node,
                slot.span,
            ) {
                Ok(value) => draft.book.vocabulary.sentences[id].default = Some(value),
                Err(fault) => draft.fault(fault),
            }
        }
        _ => {}
    }
}

/// `only one` of a slot: not of a number, which is single-valued anyway.
fn only_one(draft: &mut Draft, id: SentenceId, at: usize, span: Span) {
    let vocabulary = &draft.book.vocabulary;
    if vocabulary.is_number(vocabulary.sentences[id].slots[at].kind) {
        let name = vocabulary.sentences[id].slots[at].name.clone();
        draft.fault(
            Diagnostic::new(
                "S016",
                span,
                format!("[{name}] is a number, of which there is only one anyway"),
            )
            .help("Leave the line out: a number slot has one value for the other slots."),
        );
    } else {
        draft.book.vocabulary.sentences[id].only_one = Some(at);
    }
}

/// The position of the slot that a line names.
fn own_slot(draft: &mut Draft, id: SentenceId, slot: &At<WrittenSlot>) -> Option<usize> {
    let sentence = &draft.book.vocabulary.sentences[id];
    if let WrittenSlot::Name(name) = &slot.node
        && let Some(at) = sentence.slots.iter().position(|own| own.name == *name)
    {
        return Some(at);
    }
    let names: Vec<String> = sentence
        .slots
        .iter()
        .map(|slot| format!("[{}]", slot.name))
        .collect();
    let shown = say::bracketed(&slot.node);
    let place = sentence.span;
    draft.fault(
        Diagnostic::new(
            "S007",
            slot.span,
            format!("{shown} is not a slot of this sentence"),
        )
        .also(place, "the sentence")
        .help(format!("Write one of its slots: {}.", names.join(", "))),
    );
    None
}

/// A question names only slots of its sentence.
fn template(draft: &Draft, id: SentenceId, text: &str, span: Span) -> Option<Diagnostic> {
    let sentence = &draft.book.vocabulary.sentences[id];
    let unknown =
        bracketed_names(text).find(|name| !sentence.slots.iter().any(|slot| slot.name == *name))?;
    Some(
        Diagnostic::new(
            "S011",
            span,
            format!("The question names [{unknown}], which is not a slot of its sentence"),
        )
        .also(sentence.span, "the sentence")
        .help("Use the names of the sentence's own slots, so that the question can be asked about a case."),
    )
}

/// The names in brackets in a text.
pub(super) fn bracketed_names(text: &str) -> impl Iterator<Item = &str> {
    text.split('[')
        .skip(1)
        .filter_map(|rest| rest.split_once(']').map(|(name, _)| name.trim()))
}

/// A setting ends in a number or a listed value, and has a default.
fn setting(draft: &mut Draft, id: SentenceId, has_default: bool) {
    let vocabulary = &draft.book.vocabulary;
    let sentence = &vocabulary.sentences[id];
    let span = sentence.span;
    let last = sentence.slots.last().map(|slot| slot.kind);
    let valued =
        last.is_some_and(|kind| !matches!(vocabulary.kinds[kind].sort, KindSort::Thing { .. }));
    if !valued {
        draft.fault(
            Diagnostic::new("S013", span, "This setting has no value to set")
                .help("The last slot of a setting is a number or a value of a list: it is what a clinic can choose."),
        );
    } else if !has_default {
        draft.fault(
            Diagnostic::new("S012", span, "This setting has no default")
                .help("Add a line `default [value]` under it: what holds where nobody has chosen."),
        );
    }
}
