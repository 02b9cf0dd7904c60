//! What is stated, layer over layer: a case, the case it is like, an option or a supposition. In: stated sentences; out:
//! each sentence once, or what contradicts what. It does not know how anything was written.

use crate::rulebook::{Class, Sentence, SentenceId, Stated, Vocabulary, replaces};
use crate::text::{Diagnostic, Label, Span, catalogue};
use crate::value::{Truth, ValueId, Values};
use rustc_hash::FxHashMap;

/// A sentence with the values that say what it is about.
type Key = (SentenceId, Vec<Option<ValueId>>);

/// Stated sentences of one layer, each once.
#[derive(Default)]
pub(super) struct Layer {
    /// In the order stated.
    pub(super) stated: Vec<Stated>,
    /// By everything but the number.
    by: FxHashMap<Key, usize>,
    /// True and unknown values of `only one` slots, by the other slots.
    only: FxHashMap<Key, Vec<usize>>,
}

impl Layer {
    /// The layer of sentences that were stated, with everything in them that contradicts.
    pub(super) fn of(
        vocabulary: &Vocabulary,
        values: &Values,
        stated: impl IntoIterator<Item = Stated>,
    ) -> (Self, Vec<Diagnostic>) {
        let mut layer = Self::default();
        let mut faults = Vec::new();
        for line in stated {
            faults.extend(layer.add(vocabulary, values, line));
        }
        (layer, faults)
    }

    /// Adds a sentence, or tells what it contradicts.
    pub(super) fn add(
        &mut self,
        vocabulary: &Vocabulary,
        values: &Values,
        new: Stated,
    ) -> Option<Diagnostic> {
        let sentence = &vocabulary.sentences[new.sentence];
        let key = blanked(&new, |at| is_value(vocabulary, sentence, at));
        let only = sentence
            .only_one
            .filter(|_| new.truth != Truth::False)
            .map(|slot| blanked(&new, |at| at == slot));
        if let Some(before) = self.by.get(&key) {
            return Some(clash(sentence, values, &self.stated[*before], &new));
        }
        if let Some(only) = &only
            && let Some(before) = self.only.get(only)
        {
            for before in before {
                let before = &self.stated[*before];
                if before.truth == Truth::True || new.truth == Truth::True {
                    return Some(not_the_only(sentence, values, before, &new));
                }
            }
        }
        let at = self.stated.len();
        self.by.insert(key, at);
        if let Some(only) = only {
            self.only.entry(only).or_default().push(at);
        }
        self.stated.push(new);
        None
    }
}

/// Lines over others: what a new line speaks of is replaced.
pub(super) fn over(vocabulary: &Vocabulary, base: &[Stated], new: &[Stated]) -> Vec<Stated> {
    let mut by: FxHashMap<SentenceId, Vec<&Stated>> = FxHashMap::default();
    for line in new {
        by.entry(line.sentence).or_default().push(line);
    }
    let kept = base.iter().filter(|old| {
        by.get(&old.sentence)
            .is_none_or(|lines| !lines.iter().any(|new| replaces(vocabulary, new, old)))
    });
    kept.chain(new).cloned().collect()
}

/// Whether a slot is the value of its sentence, and not what the sentence is about.
pub(super) fn is_value(vocabulary: &Vocabulary, sentence: &Sentence, at: usize) -> bool {
    vocabulary.is_number(sentence.slots[at].kind)
        || (sentence.class == Class::Setting && at + 1 == sentence.slots.len())
}

fn blanked(stated: &Stated, blank: impl Fn(usize) -> bool) -> Key {
    let values = stated.values.iter().enumerate();
    (
        stated.sentence,
        values
            .map(|(at, value)| if blank(at) { None } else { *value })
            .collect(),
    )
}

/// A fault at two stated sentences, as far as they have places.
fn at_both(
    code: &'static str,
    before: &Stated,
    new: &Stated,
    message: String,
    help: &str,
) -> Diagnostic {
    let label = |span: Option<Span>, text: &str| {
        span.map(|span| Label {
            span,
            text: text.to_owned(),
        })
    };
    Diagnostic {
        code,
        severity: catalogue::severity(code),
        message,
        labels: label(new.span, "")
            .into_iter()
            .chain(label(before.span, "the other line"))
            .collect(),
        help: Some(help.to_owned()),
        suggestions: Vec::new(),
    }
}

/// What is wrong with two lines about the same thing.
fn clash(sentence: &Sentence, values: &Values, before: &Stated, new: &Stated) -> Diagnostic {
    let said = said(sentence, values, new, false);
    if before.truth == new.truth && before.values == new.values {
        return at_both(
            "C020",
            before,
            new,
            format!("\"{said}\" is stated twice"),
            "Once is enough.",
        );
    }
    if before.truth == Truth::Unknown || new.truth == Truth::Unknown {
        return at_both(
            "C009",
            before,
            new,
            format!("\"{said}\" is both stated and called unknown"),
            "Keep the line that is right. An option or a supposition can say otherwise than its case; two lines side by side cannot.",
        );
    }
    if before.truth != new.truth {
        return at_both(
            "C006",
            before,
            new,
            format!("\"{said}\" and its opposite are both stated"),
            "Keep the line that is right. What is different under an option or a supposition belongs to it.",
        );
    }
    at_both(
        "C007",
        before,
        new,
        format!("\"{said}\" gives a second value where there can be only one"),
        "Keep the value that is right. Another value under an option or a supposition replaces this one.",
    )
}

/// What is wrong with a second value of an `only one` slot.
fn not_the_only(sentence: &Sentence, values: &Values, before: &Stated, new: &Stated) -> Diagnostic {
    let said = said(sentence, values, new, false);
    if before.truth == new.truth {
        return at_both(
            "C008",
            before,
            new,
            format!("\"{said}\" cannot hold beside another value: only one is possible"),
            "Keep the value that is right. The others are then false by themselves.",
        );
    }
    at_both(
        "C009",
        before,
        new,
        format!("\"{said}\": one value is given, so no other can be unknown"),
        "Once one value is given, the others are false. Take one of the two lines away.",
    )
}

/// A sentence with its values.
pub(super) fn said(
    sentence: &Sentence,
    values: &Values,
    stated: &Stated,
    opposite: bool,
) -> String {
    sentence
        .worded(opposite)
        .said(|at| match stated.values[at] {
            Some(value) => format!("[{}]", values.get(value)),
            None => "[any]".to_owned(),
        })
}
