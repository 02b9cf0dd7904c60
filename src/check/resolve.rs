//! A phrase to its declared sentence, by key. In: a phrase and the vocabulary; out: the sentence and the phrase's slots
//! in the sentence's own order, or the fault with the nearest declared wordings. It does not know what fills a slot.

use super::say;
use crate::rulebook::{Piece, Sentence, SentenceId, Vocabulary, Wording};
use crate::syntax::tree::{Phrase, Slot};
use crate::text::blanks::{self, Worded};
use crate::text::{Diagnostic, Span, nearest_sentences};

/// A phrase whose sentence is known.
pub(super) struct Meant<'p> {
    /// Which sentence.
    pub(super) sentence: SentenceId,
    /// Whether the opposite's wording was used.
    pub(super) opposite: bool,
    /// What was written in each slot, in the order of the sentence's slots.
    pub(super) slots: Vec<(&'p Slot, Span)>,
    /// A hint to tell, where an older wording was used.
    pub(super) hint: Option<Diagnostic>,
}

/// So many sentences are suggested.
const MOST_SUGGESTED: usize = 3;

/// Of longer phrases the brackets are not guessed.
const MOST_WORDS: usize = 40;

/// Longer keys are not compared letter by letter when looking for the nearest.
const LONGEST_COMPARED: usize = 240;

/// Finds the sentence of a phrase.
pub(super) fn meant<'p>(
    vocabulary: &Vocabulary,
    phrase: &'p Phrase,
) -> Result<Meant<'p>, Diagnostic> {
    let key = &phrase.words;
    let written: Vec<(&Slot, Span)> = phrase
        .slots
        .iter()
        .map(|slot| (&slot.node, slot.span))
        .collect();
    if let Some((id, opposite)) = vocabulary.by_key.get(key).copied() {
        return Ok(Meant {
            sentence: id,
            opposite,
            slots: in_order(vocabulary.sentences[id].worded(opposite), written),
            hint: None,
        });
    }
    if let Some(id) = vocabulary.former.get(key).copied() {
        let sentence = &vocabulary.sentences[id];
        let wording = sentence
            .formerly
            .iter()
            .find(|wording| wording.words == *key)
            .unwrap_or(&sentence.wording);
        let slots = in_order(wording, written);
        let now = filled(sentence, false, &slots);
        let hint = Diagnostic::new(
            "S015",
            phrase.span,
            format!("\"{}\" is an older wording", say::written(phrase)),
        )
        .also(sentence.span, "declared here in its present wording")
        .help(format!("Write \"{now}\"."))
        .suggest(vec![now]);
        return Ok(Meant {
            sentence: id,
            opposite: false,
            slots,
            hint: Some(hint),
        });
    }
    Err(unknown(vocabulary, phrase, &written))
}

/// Slots in the order of a wording to slots in the order of the sentence.
fn in_order<'p>(wording: &Wording, written: Vec<(&'p Slot, Span)>) -> Vec<(&'p Slot, Span)> {
    if wording.slots().is_sorted() {
        return written;
    }
    let mut order: Vec<(usize, (&Slot, Span))> = wording.slots().zip(written).collect();
    order.sort_by_key(|(at, _)| *at);
    order.into_iter().map(|(_, slot)| slot).collect()
}

/// A declared wording with what was written in its slots.
fn filled(sentence: &Sentence, opposite: bool, slots: &[(&Slot, Span)]) -> String {
    sentence.worded(opposite).said(|at| {
        slots.get(at).map_or_else(
            || format!("[{}]", sentence.slots[at].name),
            |(slot, _)| say::bracketed(slot),
        )
    })
}

/// The fault of a sentence that nobody declared, with the nearest ones.
fn unknown(vocabulary: &Vocabulary, phrase: &Phrase, written: &[(&Slot, Span)]) -> Diagnostic {
    let key = phrase.words.as_str();
    let close = if key.len() > LONGEST_COMPARED {
        Vec::new()
    } else {
        let bound = key.len() / 2 + 6;
        let known = vocabulary
            .by_key
            .keys()
            .map(|known| known.as_str())
            .filter(|known| known.len().abs_diff(key.len()) <= bound);
        nearest_sentences(key, known, 3)
    };
    let mut fault = Diagnostic::new(
        "S014",
        phrase.span,
        format!("I do not know the sentence \"{}\"", say::written(phrase)),
    );
    let mut suggestions = unbracketed(vocabulary, phrase);
    for (rank, near) in close.iter().enumerate() {
        let Some((id, opposite)) = vocabulary.by_key.get(*near).copied() else {
            continue;
        };
        let sentence = &vocabulary.sentences[id];
        let count = sentence.slots.len();
        let said = if count == written.len() {
            // Slots are asked for in the order of the wording, which is that of what was written.
            let mut next = written.iter();
            sentence.worded(opposite).said(|_| {
                next.next()
                    .map_or_else(String::new, |(slot, _)| say::bracketed(slot))
            })
        } else {
            say::declared(sentence, opposite)
        };
        if rank == 0 {
            let place = match sentence.opposite_span {
                Some(span) if opposite => span,
                _ => sentence.span,
            };
            let what = if opposite {
                "the nearest sentence, an opposite, is declared here"
            } else {
                "the nearest sentence is declared here"
            };
            fault = fault.also(place, what);
        }
        if !suggestions.contains(&said) {
            suggestions.push(said);
        }
    }
    suggestions.truncate(MOST_SUGGESTED);
    say::near(fault, suggestions, || {
        "Use a declared sentence word for word (`fiducia vocabulary WORD` finds those with a word), or declare this one \
         under `facts` or `concepts`."
            .to_owned()
    })
}

/// The declared sentences that this is with brackets where they were forgotten, those with most words of their own first.
fn unbracketed(vocabulary: &Vocabulary, phrase: &Phrase) -> Vec<String> {
    let written: Vec<Written<'_>> = pieces_of(phrase).collect();
    let mut found: Vec<(usize, String)> = Vec::new();
    if written.len() > MOST_WORDS {
        return Vec::new();
    }
    for sentence in vocabulary.sentences.iter() {
        for wording in std::iter::once(&sentence.wording).chain(&sentence.opposite) {
            let pieces: Vec<Piece<'_>> = wording.pieces().collect();
            let mut held = Vec::new();
            if holds(&pieces, &written, &mut held) {
                let mut next = held.iter();
                let said = wording.said(|_| next.next().cloned().unwrap_or_default());
                let is_word = |piece: &&Piece<'_>| matches!(piece, Piece::Word(_));
                found.push((pieces.iter().filter(is_word).count(), said));
            }
        }
    }
    found.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
    found.truncate(MOST_SUGGESTED);
    found.into_iter().map(|(_, said)| said).collect()
}

/// A piece of what was written.
#[derive(Clone, Copy)]
enum Written<'p> {
    Word(&'p str),
    Slot(&'p Slot),
}

fn pieces_of(phrase: &Phrase) -> impl Iterator<Item = Written<'_>> {
    let mut slots = phrase.slots.iter();
    blanks::pieces(&phrase.words).filter_map(move |piece| match piece {
        Worded::Word(word) => Some(Written::Word(word)),
        Worded::Blank => slots.next().map(|slot| Written::Slot(&slot.node)),
    })
}

/// Whether a wording is what was written, if each of its slots may hold a slot or a run of words. `held`: what they hold.
fn holds(pieces: &[Piece<'_>], written: &[Written<'_>], held: &mut Vec<String>) -> bool {
    match pieces.split_first() {
        None => written.is_empty(),
        Some((Piece::Word(word), pieces)) => match written.split_first() {
            Some((Written::Word(own), written)) if own == word => holds(pieces, written, held),
            _ => false,
        },
        Some((Piece::Slot(_), pieces)) => {
            if let Some((Written::Slot(slot), written)) = written.split_first() {
                held.push(say::bracketed(slot));
                if holds(pieces, written, held) {
                    return true;
                }
                held.pop();
                return false;
            }
            let mut words: Vec<&str> = Vec::new();
            for (at, part) in written.iter().enumerate() {
                let Written::Word(word) = part else { break };
                words.push(word);
                held.push(format!("[{}]", words.join(" ")));
                if holds(pieces, &written[at + 1..], held) {
                    return true;
                }
                held.pop();
            }
            false
        }
    }
}
