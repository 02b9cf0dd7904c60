//! `given` and `unknown` lines. In: statements of a case, an option or a supposition; out: stated sentences, or what is
//! wrong with each. It does not know which of them contradict.

use super::citations;
use super::ground;
use super::layers::is_value;
use super::people::People;
use super::values::ANY;
use crate::rulebook::{Class, KindSort, Rulebook, Stated, Vocabulary};
use crate::syntax::tree::{Attribute, Phrase, Prefix, Slot, Statement};
use crate::text::{Diagnostic, Span};
use crate::value::{Truth, ValueId, Values};

/// Reads statements; `unknown` where they stand under `unknown`.
pub(super) fn read(
    book: &Rulebook,
    values: &mut Values,
    people: &People,
    statements: &[Statement],
    unknown: bool,
    faults: &mut Vec<Diagnostic>,
) -> Vec<Stated> {
    let mut all = Vec::new();
    for statement in statements {
        let according_to = attributes(statement, faults);
        let (prefix, phrase) = &statement.line.node;
        let span = statement.line.span;
        match stated(book, values, people, (*prefix, phrase), unknown, span) {
            Ok((lines, hint)) => {
                faults.extend(hint);
                all.extend(lines.into_iter().map(|line| Stated {
                    according_to: according_to.clone(),
                    span: Some(span),
                    ..line
                }));
            }
            Err(fault) => faults.push(fault),
        }
    }
    all
}

/// `according to`.
fn attributes(statement: &Statement, faults: &mut Vec<Diagnostic>) -> Option<String> {
    let mut found: Option<(String, Span)> = None;
    for line in &statement.attributes {
        match &line.node {
            Attribute::AccordingTo(text) => match &found {
                Some((_, first)) => faults.push(citations::repeated(line, *first)),
                None => found = Some((text.node.clone(), line.span)),
            },
            _ => faults.push(citations::misplaced(line)),
        }
    }
    found.map(|(text, _)| text)
}

/// One sentence; several where `[any]` of a list is unknown.
pub(super) fn stated(
    book: &Rulebook,
    values: &mut Values,
    people: &People,
    (prefix, phrase): (Prefix, &Phrase),
    unknown: bool,
    span: Span,
) -> Result<(Vec<Stated>, Option<Diagnostic>), Diagnostic> {
    if prefix == Prefix::NotKnown {
        return Err(
            Diagnostic::new("R055", span, "A case states what is not known by `unknown`")
                .help("Write `unknown` and the sentence."),
        );
    }
    if unknown && let Some(lines) = any_of_list(book, values, people, phrase, span)? {
        return Ok((lines, None));
    }
    let (ground, hint) = ground::sentence(book, values, people, phrase)?;
    let truth = if unknown {
        Truth::Unknown
    } else {
        Truth::from(ground.opposite == (prefix == Prefix::Not))
    };
    let line = Stated {
        sentence: ground.sentence,
        values: ground.values.into(),
        truth,
        according_to: None,
        span: Some(span),
        branch: None,
    };
    fits(&book.vocabulary, &line, span)?;
    Ok((vec![line], hint))
}

/// Whether a sentence can be stated so.
pub(super) fn fits(vocabulary: &Vocabulary, line: &Stated, span: Span) -> Result<(), Diagnostic> {
    let sentence = &vocabulary.sentences[line.sentence];
    let number =
        (0..sentence.slots.len()).find(|at| vocabulary.is_number(sentence.slots[*at].kind));
    let any = line.values.iter().any(Option::is_none);
    match line.truth {
        Truth::Unknown => {
            if matches!(sentence.class, Class::Concept | Class::Finding) {
                return Err(Diagnostic::new(
                    "C010",
                    span,
                    "A concept cannot be called unknown: it follows from other sentences",
                )
                .also(sentence.span, "declared here as a concept")
                .help("Say which of the facts behind it are unknown. A concept can be given, and then holds without its rules."));
            }
            let listed = sentence.class == Class::Setting && number.is_none();
            if listed {
                return Err(Diagnostic::new(
                    "C025",
                    span,
                    "A choice of the rulebook cannot be unknown",
                )
                .also(sentence.span, "declared here as a setting")
                .help("Give one of its values, or leave the line out: then its default holds."));
            }
            if number.is_some() && !any {
                return Err(Diagnostic::new(
                    "C011",
                    span,
                    "A number that is not known cannot be written",
                )
                .help("Write [any] in the place of the number."));
            }
        }
        Truth::True if any => {
            return Err(
                Diagnostic::new("C012", span, "[any] does not give a number")
                    .help("Write the number, or `unknown` instead of `given`."),
            );
        }
        Truth::False if sentence.class == Class::Setting => {
            return Err(
                Diagnostic::new("C022", span, "A setting always has a value")
                    .also(sentence.span, "declared here as a setting")
                    .help("Give the value that it has."),
            );
        }
        Truth::False if number.is_some() && (!any || sentence.class == Class::OpenFact) => {
            return Err(Diagnostic::new(
                "C022",
                span,
                "What a number is not does not say what it is",
            )
            .help("Give the number that it is, or say that it is unknown with [any]. That a number of a sentence which is false unless stated does not exist can be said with [any]."));
        }
        Truth::True | Truth::False => {}
    }
    Ok(())
}

/// `unknown … [any] …` in a slot of a list: each value is unknown.
fn any_of_list(
    book: &Rulebook,
    values: &mut Values,
    people: &People,
    phrase: &Phrase,
    span: Span,
) -> Result<Option<Vec<Stated>>, Diagnostic> {
    let vocabulary = &book.vocabulary;
    let Ok(meant) = super::resolve::meant(vocabulary, phrase) else {
        return Ok(None); // told where the sentence is read
    };
    let sentence = &vocabulary.sentences[meant.sentence];
    let mut listed: Option<(usize, &[ValueId])> = None;
    for (at, (slot, _)) in meant.slots.iter().enumerate() {
        if matches!(slot, Slot::Name(name) if name == ANY)
            && let KindSort::OneOf(ids) = &vocabulary.kinds[sentence.slots[at].kind].sort
            && !is_value(vocabulary, sentence, at)
        {
            listed = Some((at, ids));
        }
    }
    let Some((at, ids)) = listed else {
        return Ok(None);
    };
    let Some(first) = ids.first() else {
        return Ok(None);
    };
    // Read once with a value of the list in its place, so that every other fault is told.
    let stand_in = with_slot(phrase, meant.slots[at].1, &values.get(*first).to_string());
    let (ground, _) = ground::sentence(book, values, people, &stand_in)?;
    let mut lines = Vec::new();
    for id in ids {
        let mut found = ground.values.clone();
        found[at] = Some(*id);
        let line = Stated {
            sentence: ground.sentence,
            values: found.into(),
            truth: Truth::Unknown,
            according_to: None,
            span: Some(span),
            branch: None,
        };
        fits(vocabulary, &line, span)?;
        lines.push(line);
    }
    Ok(Some(lines))
}

/// The phrase with a listed value in the slot at a place.
fn with_slot(phrase: &Phrase, span: Span, value: &str) -> Phrase {
    let mut copy = phrase.clone();
    for slot in copy.slots.iter_mut().filter(|slot| slot.span == span) {
        slot.node = Slot::Quoted(value.into());
    }
    copy
}
