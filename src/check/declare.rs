//! Declared sentences. In: the lists of facts, settings, concepts and findings; out: the sentences of the vocabulary with
//! everything said under them. Kinds and sources are known before. It does not know any rule.

use super::attributes;
use super::citations;
use super::draft::{Draft, doc};
use super::{kinds, say, values};
use crate::rulebook::{Class, Sentence, SentenceId, Slot, Wording};
use crate::syntax::tree::{
    At, Attribute, Block, BlockKind, Class as Written, Declaration, Line, Phrase,
    Slot as WrittenSlot,
};
use crate::text::SmolStr;
use crate::text::{Diagnostic, Span};
use smallvec::SmallVec;

/// Declares every sentence by its key, then reads what is said under each.
pub(super) fn declare<'f>(draft: &mut Draft, blocks: impl Iterator<Item = (usize, &'f Block)>) {
    let blocks: Vec<(usize, &Block)> = blocks
        .filter(|(_, block)| matches!(block.kind, BlockKind::Declarations { .. }))
        .collect();
    let count = blocks.iter().map(|(_, block)| match &block.kind {
        BlockKind::Declarations { sentences, .. } => sentences.len(),
        _ => 0,
    });
    let count = count.sum();
    let mut declared: Vec<(SentenceId, &Declaration)> = Vec::with_capacity(count);
    draft.book.vocabulary.sentences.reserve(count);
    draft.book.vocabulary.by_key.reserve(2 * count);
    for (module, block) in blocks {
        let BlockKind::Declarations { class, sentences } = &block.kind else {
            continue;
        };
        let doc = SmolStr::from(doc(block));
        for declaration in sentences {
            if let Some(id) = sentence(draft, *class, declaration, module, &doc) {
                declared.push((id, declaration));
            }
        }
    }
    // Opposites and older wordings after all keys, so that a clash is told at them and not at a declaration.
    for (id, declaration) in &declared {
        for line in &declaration.attributes {
            match &line.node {
                Attribute::Opposite(phrase) => opposite(draft, *id, line, phrase),
                Attribute::Formerly(phrase) => formerly(draft, *id, phrase),
                _ => {}
            }
        }
    }
    for (id, declaration) in declared {
        attributes::read(draft, id, declaration);
    }
}

/// Takes the sentence itself in.
fn sentence(
    draft: &mut Draft,
    class: Written,
    declaration: &Declaration,
    module: usize,
    doc: &SmolStr,
) -> Option<SentenceId> {
    let phrase = &declaration.sentence.node;
    let key = phrase.words.clone();
    let clear = unreserved(draft, phrase, &key);
    let slots = slots(draft, phrase)?;
    if !clear || taken(draft, phrase, &key) {
        return None;
    }
    let id = draft.book.vocabulary.sentences.push(Sentence {
        wording: Wording {
            words: key.clone(),
            order: (0..).take(slots.len()).collect(),
        },
        slots,
        class: match class {
            Written::ClosedFacts => Class::ClosedFact,
            Written::OpenFacts => Class::OpenFact,
            Written::Settings => Class::Setting,
            Written::Concepts => Class::Concept,
            Written::Findings => Class::Finding,
        },
        opposite: None,
        question: None,
        judged_by: None,
        changed_by: Vec::new(),
        only_one: None,
        default: None,
        decides_nothing: None,
        formerly: Vec::new(),
        cites: Vec::new(),
        because: Vec::new(),
        doc: doc.clone(),
        module,
        span: phrase.span,
        opposite_span: None,
    });
    draft.book.vocabulary.by_key.insert(key, (id, false));
    Some(id)
}

/// The slots of a declared sentence; `None` where one cannot be used.
fn slots(draft: &mut Draft, phrase: &Phrase) -> Option<Vec<Slot>> {
    let mut slots: Vec<Slot> = Vec::with_capacity(phrase.slots.len());
    let mut sound = true;
    for (at, slot) in phrase.slots.iter().enumerate() {
        let WrittenSlot::Declared(own) = &slot.node else {
            let shown = say::bracketed(&slot.node);
            draft.fault(
                Diagnostic::new("R020", slot.span, format!("The slot {shown} has no kind")).help(
                    "Write a name and a kind in each slot of a declaration: [patient: Patient].",
                ),
            );
            sound = false;
            continue;
        };
        let name = &own.name;
        let same = |first: &&At<WrittenSlot>| matches!(&first.node, WrittenSlot::Declared(first) if first.name == *name);
        if let Some(first) = phrase.slots[..at].iter().find(same) {
            draft.fault(
                Diagnostic::new(
                    "S004",
                    slot.span,
                    format!("Two slots of this sentence are called [{name}]"),
                )
                .also(first.span, "the first")
                .help("Give each slot a name of its own, such as [patient] and [other]."),
            );
            sound = false;
        } else if name == values::ANY {
            draft.fault(reserved_any(slot.span));
            sound = false;
        }
        match kinds::find(&draft.book.vocabulary, &own.kind, own.kind_span) {
            Ok(kind) => slots.push(Slot {
                name: name.clone(),
                kind,
            }),
            Err(fault) => {
                draft.fault(fault);
                sound = false;
            }
        }
    }
    sound.then_some(slots)
}

/// Tells a key that belongs to another sentence.
fn taken(draft: &mut Draft, phrase: &Phrase, key: &str) -> bool {
    let vocabulary = &draft.book.vocabulary;
    let (place, what) = if let Some((first, opposite)) = vocabulary.by_key.get(key).copied() {
        let sentence = &vocabulary.sentences[first];
        match sentence.opposite_span {
            Some(span) if opposite => (span, "this opposite has the same words"),
            _ => (sentence.span, "declared here first"),
        }
    } else if let Some(first) = vocabulary.former.get(key).copied() {
        let place = vocabulary.sentences[first].span;
        (
            place,
            "an older wording of this sentence has the same words",
        )
    } else {
        return false;
    };
    draft.fault(
        Diagnostic::new(
            "S002",
            phrase.span,
            format!("The sentence \"{key}\" is declared twice"),
        )
        .also(place, what)
        .help("Declare a sentence once for all modules, or change the words of one of the two; the names in the slots do not tell them apart."),
    );
    true
}

/// Keys that mean comparisons cannot be declared.
fn unreserved(draft: &mut Draft, phrase: &Phrase, key: &str) -> bool {
    let comparison = matches!(
        key,
        "_ is _"
            | "_ is not _"
            | "_ is at least _"
            | "_ is at most _"
            | "_ is more than _"
            | "_ is less than _"
    );
    let lead = key.starts_with("it is not the case that")
        || key.starts_with("it is not known whether")
        || key.starts_with("any of these")
        || key.starts_with("any duty ");
    if comparison || lead {
        draft.fault(
            Diagnostic::new(
                "S010",
                phrase.span,
                format!("The words \"{key}\" are reserved"),
            )
            .help("They are read as a comparison or as the opening of another kind of line. Choose other words."),
        );
        return false;
    }
    true
}

/// The fault of a slot that is called `any`.
fn reserved_any(span: Span) -> Diagnostic {
    Diagnostic::new("S010", span, "The slot name [any] is reserved")
        .help("In a case [any] stands for a number that is not known. Choose another name.")
}

/// Reads an opposite.
fn opposite(draft: &mut Draft, id: SentenceId, line: &Line<Attribute>, phrase: &Phrase) {
    let sentence = &draft.book.vocabulary.sentences[id];
    if sentence.class == Class::Setting {
        return; // told as misplaced with the other lines
    }
    if let Some(first) = sentence.opposite_span {
        draft.fault(citations::repeated(line, first));
        return;
    }
    let key = phrase.words.clone();
    let Some(wording) = rewording(draft, id, phrase) else {
        return;
    };
    if !unreserved(draft, phrase, &key) || taken(draft, phrase, &key) {
        return;
    }
    let sentence = &mut draft.book.vocabulary.sentences[id];
    sentence.opposite = Some(wording);
    sentence.opposite_span = Some(phrase.span);
    draft.book.vocabulary.by_key.insert(key, (id, true));
}

/// Reads an older wording.
fn formerly(draft: &mut Draft, id: SentenceId, phrase: &Phrase) {
    let key = phrase.words.clone();
    let Some(wording) = rewording(draft, id, phrase) else {
        return;
    };
    if taken(draft, phrase, &key) {
        return;
    }
    draft.book.vocabulary.former.insert(key, id);
    draft.book.vocabulary.sentences[id].formerly.push(wording);
}

/// Another wording of a sentence: the same slots, each once, in any order.
fn rewording(draft: &mut Draft, id: SentenceId, phrase: &Phrase) -> Option<Wording> {
    let sentence = &draft.book.vocabulary.sentences[id];
    let mut used = vec![false; sentence.slots.len()];
    let mut order = SmallVec::with_capacity(phrase.slots.len());
    let mut wrong = None;
    for slot in &phrase.slots {
        let name = match &slot.node {
            WrittenSlot::Name(name) => Some(name),
            WrittenSlot::Declared(own) => Some(&own.name),
            WrittenSlot::Quoted(_) | WrittenSlot::Number(_) => None,
        };
        let at = name.and_then(|name| sentence.slots.iter().position(|slot| slot.name == *name));
        match at {
            Some(at) if !used[at] => {
                used[at] = true;
                order.push(u32::try_from(at).unwrap_or(u32::MAX));
            }
            _ => wrong = wrong.or(Some((say::bracketed(&slot.node), slot.span))),
        }
    }
    let wording = Wording {
        words: phrase.words.clone(),
        order,
    };
    let message = if let Some((shown, span)) = wrong {
        Some((
            format!("{shown} is not a slot of the sentence, or stands here twice"),
            span,
        ))
    } else {
        used.iter().position(|used| !used).map(|at| {
            let missing = &sentence.slots[at].name;
            (format!("The slot [{missing}] is missing here"), phrase.span)
        })
    };
    let Some((message, span)) = message else {
        return Some(wording);
    };
    let place = sentence.span;
    let names: Vec<String> = sentence
        .slots
        .iter()
        .map(|slot| format!("[{}]", slot.name))
        .collect();
    let help = format!(
        "Another wording has the slots of its sentence, each once: {}.",
        names.join(", ")
    );
    draft.fault(
        Diagnostic::new("S006", span, message)
            .also(place, "the sentence")
            .help(help),
    );
    None
}
