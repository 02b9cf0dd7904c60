//! A text read and checked. In: a rulebook and its cases as text; out: the checked rulebook and cases, or the faults.

use fiducia::rulebook::{Case, Record, Rulebook, Stated};
use fiducia::syntax::tree::{BlockKind, CaseContent, Part, Prefix, Slot};
use fiducia::text::{FileId, Severity};
use fiducia::value::{Number, Truth, ValueId};

/// What a text holds.
pub struct Loaded {
    pub book: Rulebook,
    pub cases: Vec<Case>,
}

/// Reads and checks a text.
pub fn load(text: &str) -> Result<Loaded, Vec<String>> {
    let (file, mut faults) = fiducia::syntax::read(FileId(0), text);
    let (book, more) = fiducia::check::rulebook(&[("random".to_owned(), FileId(0), &file)]);
    faults.extend(more);
    faults.retain(|fault| fault.severity == Severity::Error);
    let told = faults.iter().map(|fault| {
        let place = fault.labels.first().map(|label| label.span);
        let words = place.and_then(|span| text.get(span.start as usize..span.end as usize));
        format!(
            "{}: {} ({:?})",
            fault.code,
            fault.message,
            words.unwrap_or("")
        )
    });
    let told: Vec<String> = told.collect();
    let Some(mut book) = book.filter(|_| told.is_empty()) else {
        return Err(told);
    };
    // SHIM until `check` reads cases.
    let mut cases = Vec::new();
    let bad = std::cell::Cell::new(false);
    for block in &file.blocks {
        let BlockKind::Case {
            items, branches, ..
        } = &block.kind
        else {
            continue;
        };
        let mut case = Case {
            values: book.values.clone(),
            ..Case::default()
        };
        let mut stated = Vec::new();
        for item in items {
            if let CaseContent::Cast(list) = &item.content {
                for cast in list {
                    let Slot::Name(name) = &cast.node.slot.node else {
                        panic!()
                    };
                    let id = case.values.name(name);
                    let kinds: Option<Vec<_>> = cast
                        .node
                        .kinds
                        .iter()
                        .map(|k| book.vocabulary.kind_by_name.get(&k.node).copied())
                        .collect();
                    let Some(kinds) = kinds else {
                        return Err(vec!["kind".into()]);
                    };
                    case.cast.members.push((id, kinds));
                }
            }
        }
        let read = |items: &[fiducia::syntax::tree::CaseItem],
                    case: &mut Case,
                    stated: &mut Vec<Stated>| {
            for item in items {
                let (list, truth) = match &item.content {
                    CaseContent::Given(list) => (list, Truth::True),
                    CaseContent::Unknown(list) => (list, Truth::Unknown),
                    _ => continue,
                };
                for st in list {
                    let (prefix, phrase) = &st.line.node;
                    let mut key = Vec::new();
                    let mut slots: Vec<Option<ValueId>> = Vec::new();
                    for part in &phrase.parts {
                        match &part.node {
                            Part::Word(w) => key.push(w.clone()),
                            Part::Slot(slot) => {
                                key.push("_".to_owned());
                                slots.push(match slot {
                                    Slot::Name(n) if n == "any" => None,
                                    Slot::Name(n) | Slot::Quoted(n) => Some(case.values.name(n)),
                                    Slot::Number(n) => {
                                        Some(case.values.number(Number::parse(n).unwrap()))
                                    }
                                    _ => panic!(),
                                });
                            }
                        }
                    }
                    let Some((id, opposite)) = book.vocabulary.by_key.get(&key.join(" ")).copied()
                    else {
                        bad.set(true);
                        continue;
                    };
                    if opposite {
                        let order: Vec<usize> = book.vocabulary.sentences[id]
                            .opposite
                            .as_ref()
                            .unwrap()
                            .iter()
                            .filter_map(|p| match p {
                                fiducia::rulebook::Piece::Slot(at) => Some(*at),
                                _ => None,
                            })
                            .collect();
                        let old = slots.clone();
                        for (i, at) in order.iter().enumerate() {
                            slots[*at] = old[i];
                        }
                    }
                    let negated = opposite != (*prefix == Prefix::Not);
                    stated.push(Stated {
                        sentence: id,
                        values: slots.into(),
                        truth: if negated { truth.negate() } else { truth },
                        according_to: None,
                        span: None,
                        branch: None,
                    });
                }
            }
        };
        read(items, &mut case, &mut stated);
        case.stated = stated;
        for branch in branches {
            let mut stated = Vec::new();
            read(&branch.items, &mut case, &mut stated);
            case.branches.push(fiducia::rulebook::Branch {
                option: branch.option,
                name: branch.name.node.node.clone(),
                story: String::new(),
                stated,
                expectations: vec![],
                asks: vec![],
                span: None,
            });
        }
        book.values = book.values.clone();
        cases.push(case);
    }
    if bad.get() {
        return Err(vec!["key".into()]);
    }
    for case in &cases {
        for st in case
            .stated
            .iter()
            .chain(case.branches.iter().flat_map(|b| &b.stated))
        {
            for (v, slot) in st
                .values
                .iter()
                .zip(&book.vocabulary.sentences[st.sentence].slots)
            {
                if let Some(v) = v {
                    if !book.vocabulary.is_number(slot.kind)
                        && !matches!(
                            book.vocabulary.kinds[slot.kind].sort,
                            fiducia::rulebook::KindSort::OneOf(_)
                        )
                        && !case.cast.members.iter().any(|(m, k)| {
                            m == v && k.iter().any(|k| book.vocabulary.is_within(*k, slot.kind))
                        })
                    {
                        return Err(vec!["uncast".into()]);
                    }
                }
            }
        }
    }
    Ok(Loaded { book, cases })
}

/// The records of a case: itself, and under each option or supposition.
pub fn records(book: &Rulebook, case: &Case) -> Vec<Record> {
    let alone = case.record(&book.vocabulary, None, None);
    let under = case.branches.iter().enumerate().map(|(at, branch)| {
        let (suppose, option) = if branch.option {
            (None, Some(at))
        } else {
            (Some(at), None)
        };
        case.record(&book.vocabulary, suppose, option)
    });
    [alone].into_iter().chain(under).collect()
}
