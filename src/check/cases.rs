//! Case blocks to checked cases. In: a written file and the rulebook it is judged by; out: its cases with inherited lines
//! in them, and every fault. A case with an error is left out, and those like it; the others are kept.

use super::citations;
use super::draft::{doc, lines};
use super::expectations::{Reader, contradictions};
use super::layers::{Layer, over};
use super::people::People;
use super::say;
use super::statements;
use crate::rulebook::{Branch, Case, Rulebook, Stated};
use crate::syntax::tree::{
    Attribute, Block, BlockKind, Branch as WrittenBranch, CaseContent, CaseItem, File, Line, Text,
};
use crate::text::{Diagnostic, nearest};
use rustc_hash::FxHashMap;

/// Checks the cases of a file.
#[must_use]
pub fn cases(book: &Rulebook, file: &File) -> (Vec<Case>, Vec<Diagnostic>) {
    cases_among(book, file, &[])
}

/// As [`cases`], where a case may be like one of another file. The others' faults are not told here.
#[must_use]
pub fn cases_among(book: &Rulebook, file: &File, others: &[&File]) -> (Vec<Case>, Vec<Diagnostic>) {
    let mut all = All {
        book,
        entries: Vec::new(),
        by: FxHashMap::default(),
        faults: Vec::new(),
    };
    all.collect(file, true);
    for other in others {
        all.collect(other, false);
    }
    for at in 0..all.entries.len() {
        if all.entries[at].own {
            all.check(at);
        }
    }
    let mut faults = all.faults;
    faults.sort_by_key(|fault| fault.labels.first().map(|label| label.span));
    let cases = all
        .entries
        .into_iter()
        .filter(|entry| entry.own)
        .filter_map(|entry| match entry.state {
            State::Done(case) => Some(*case),
            _ => None,
        })
        .collect();
    (cases, faults)
}

/// Every case in sight.
struct All<'a> {
    book: &'a Rulebook,
    entries: Vec<Entry<'a>>,
    by: FxHashMap<&'a str, usize>,
    faults: Vec<Diagnostic>,
}

/// A case block.
struct Entry<'a> {
    block: &'a Block,
    written: Written<'a>,
    own: bool,
    state: State,
}

/// What a case block says.
#[derive(Clone, Copy)]
struct Written<'a> {
    name: &'a Text,
    attributes: &'a [Line<Attribute>],
    like: Option<&'a Line<Text>>,
    items: &'a [CaseItem],
    branches: &'a [WrittenBranch],
}

/// How far a case is.
enum State {
    /// Not looked at.
    New,
    /// Checked.
    Done(Box<Case>),
    /// Left out.
    Refused,
}

impl<'a> All<'a> {
    fn collect(&mut self, file: &'a File, own: bool) {
        for block in &file.blocks {
            let BlockKind::Case {
                name,
                attributes,
                like,
                items,
                branches,
            } = &block.kind
            else {
                continue;
            };
            if let Some(first) = self.by.get(name.node.as_str()) {
                let first = &self.entries[*first];
                if own {
                    self.faults.push(
                        Diagnostic::new(
                            "C001",
                            name.span,
                            format!("The case \"{}\" is written twice", name.node),
                        )
                        .also(first.written.name.span, "written here first")
                        .help("Give the second one another name. It is left out until then."),
                    );
                }
                continue;
            }
            self.by.insert(&name.node, self.entries.len());
            self.entries.push(Entry {
                block,
                written: Written {
                    name,
                    attributes,
                    like: like.as_deref(),
                    items,
                    branches,
                },
                own,
                state: State::New,
            });
        }
    }

    /// Checks a case after those it is like.
    fn check(&mut self, at: usize) {
        let mut chain = vec![at];
        let mut next = at;
        while let Some(like) = self.entries[next].written.like {
            let Some(parent) = self.by.get(like.node.node.as_str()).copied() else {
                break;
            };
            if !matches!(self.entries[parent].state, State::New) {
                break;
            }
            if chain.contains(&parent) {
                self.circle(&chain, parent);
                break;
            }
            chain.push(parent);
            next = parent;
        }
        for at in chain.into_iter().rev() {
            if matches!(self.entries[at].state, State::New) {
                self.one(at);
            }
        }
    }

    /// Refuses cases that are like each other.
    fn circle(&mut self, chain: &[usize], parent: usize) {
        let start = chain.iter().position(|at| *at == parent).unwrap_or(0);
        for at in &chain[start..] {
            let entry = &mut self.entries[*at];
            entry.state = State::Refused;
            let Some(like) = entry.written.like.filter(|_| entry.own) else {
                continue;
            };
            self.faults.push(
                Diagnostic::new(
                    "C003",
                    like.span,
                    format!(
                        "The case \"{}\" would be like itself",
                        entry.written.name.node
                    ),
                )
                .help("Cases cannot be like each other in a circle. Write one of them out."),
            );
        }
    }

    fn one(&mut self, at: usize) {
        let entry = &self.entries[at];
        let (block, written, own) = (entry.block, entry.written, entry.own);
        let mut faults = Vec::new();
        let mut inherits = Ok(None);
        if let Some(like) = written.like {
            inherits = self.parent(like);
        }
        let case = match &inherits {
            Ok(parent) => build(self.book, block, written, *parent, &mut faults),
            Err(fault) => {
                faults.push(fault.clone());
                // Its lines are checked all the same, as far as they stand by themselves.
                let mut more = Vec::new();
                build(self.book, block, written, None, &mut more);
                more.retain(|fault| fault.code != "C004" && fault.code != "C014");
                faults.extend(more);
                Case::default()
            }
        };
        let refused = block.broken || faults.iter().any(Diagnostic::is_error);
        if own {
            self.faults.extend(faults);
        }
        self.entries[at].state = if refused {
            State::Refused
        } else {
            State::Done(Box::new(case))
        };
    }

    /// The case that another one is like.
    fn parent(&self, like: &Line<Text>) -> Result<Option<&Case>, Diagnostic> {
        let name = &like.node;
        let Some(parent) = self.by.get(name.node.as_str()) else {
            let close: Vec<String> = nearest(
                &name.node,
                self.entries.iter().map(|e| e.written.name.node.as_str()),
                3,
            )
            .into_iter()
            .map(|name| format!("case \"{name}\""))
            .collect();
            let fault = Diagnostic::new(
                "C002",
                name.span,
                format!("There is no case \"{}\"", name.node),
            );
            return Err(say::near(fault, close, || {
                "Look whether the file that holds it is read too.".to_owned()
            }));
        };
        match &self.entries[*parent].state {
            State::Done(case) => Ok(Some(case)),
            _ => Err(Diagnostic::new(
                "C019",
                like.span,
                format!(
                    "This case is left out, because the case \"{}\" has errors",
                    name.node
                ),
            )
            .also(
                self.entries[*parent].written.name.span,
                "the case it is like",
            )
            .help("Correct that case first.")),
        }
    }
}

/// One case over the case it is like.
fn build(
    book: &Rulebook,
    block: &Block,
    written: Written<'_>,
    parent: Option<&Case>,
    faults: &mut Vec<Diagnostic>,
) -> Case {
    let mut case = Case {
        name: written.name.node.clone(),
        story: doc(block),
        values: parent.map_or_else(|| book.values.clone(), |parent| parent.values.clone()),
        span: Some(block.head.span),
        ..Case::default()
    };
    let cited = citations::read(&book.sources, written.attributes, faults);
    for line in cited.others {
        faults.push(citations::misplaced(line));
    }
    (case.cites, case.because) = (cited.cites, cited.because);
    let mut people = parent.map_or_else(People::default, |parent| People::of(&parent.cast));
    for item in written.items {
        if let CaseContent::Cast(lines) = &item.content {
            for line in lines {
                people.cast(book, &mut case.values, line, faults);
            }
        }
    }
    let own = stated(book, &mut case, &people, written.items, None, faults);
    case.stated = match parent {
        None => own,
        Some(parent) => settled(
            book,
            &case,
            over(&book.vocabulary, &parent.stated, &own),
            faults,
        ),
    };
    branches(book, &mut case, &people, written.branches, parent, faults);
    questions(book, &mut case, &people, &written, faults);
    case.cast = people.cast;
    case
}

/// The sentences of one layer, each once.
fn stated(
    book: &Rulebook,
    case: &mut Case,
    people: &People,
    items: &[CaseItem],
    branch: Option<usize>,
    faults: &mut Vec<Diagnostic>,
) -> Vec<Stated> {
    let mut all = Vec::new();
    for item in items {
        let (statements, unknown) = match &item.content {
            CaseContent::Given(statements) => (statements, false),
            CaseContent::Unknown(statements) => (statements, true),
            _ => continue,
        };
        let read = statements::read(book, &mut case.values, people, statements, unknown, faults);
        all.extend(read.into_iter().map(|line| Stated { branch, ..line }));
    }
    let (layer, found) = Layer::of(&book.vocabulary, &case.values, all);
    faults.extend(found);
    layer.stated
}

/// What one layer over another comes to: a new line may not go together with an old one that it does not replace.
fn settled(
    book: &Rulebook,
    case: &Case,
    lines: Vec<Stated>,
    faults: &mut Vec<Diagnostic>,
) -> Vec<Stated> {
    let (layer, found) = Layer::of(&book.vocabulary, &case.values, lines);
    faults.extend(found);
    layer.stated
}

/// Options and suppositions: the inherited ones, each with the lines of a block of the same name, then the new ones.
fn branches(
    book: &Rulebook,
    case: &mut Case,
    people: &People,
    written: &[WrittenBranch],
    parent: Option<&Case>,
    faults: &mut Vec<Diagnostic>,
) {
    if let Some(parent) = parent {
        case.branches = parent
            .branches
            .iter()
            .map(|branch| Branch {
                expectations: Vec::new(),
                asks: Vec::new(),
                ..branch.clone()
            })
            .collect();
    }
    let inherited = case.branches.len();
    for block in written {
        let name = &block.name.node;
        for item in &block.items {
            if let CaseContent::Cast(lines) = &item.content {
                faults.extend(lines.iter().map(|line| {
                    Diagnostic::new(
                        "C021",
                        line.span,
                        "The cast belongs to the case, not to an option or a supposition",
                    )
                    .help("Move this line above the first option or supposition.")
                }));
            }
        }
        let known = case.branches.iter().position(|old| old.name == name.node);
        let at = known.unwrap_or(case.branches.len());
        let own = stated(book, case, people, &block.items, Some(at), faults);
        match known {
            Some(at) if at >= inherited || case.branches[at].option != block.option => {
                let word = if block.option {
                    "option"
                } else {
                    "supposition"
                };
                let mut fault = Diagnostic::new(
                    "C013",
                    name.span,
                    format!("The name \"{}\" is taken in this case", name.node),
                )
                .help(format!("Give this {word} another name."));
                if let Some(first) = case.branches[at].span {
                    fault = fault.also(first, "taken here");
                }
                faults.push(fault);
            }
            Some(at) => {
                let lines = over(&book.vocabulary, &case.branches[at].stated, &own);
                let lines = settled(book, case, lines, faults);
                let branch = &mut case.branches[at];
                branch.stated = lines;
                branch.span = Some(block.name.span);
                if !block.doc.is_empty() {
                    branch.story = self::lines(&block.doc);
                }
            }
            None => case.branches.push(Branch {
                option: block.option,
                name: name.node.clone(),
                story: self::lines(&block.doc),
                stated: own,
                expectations: Vec::new(),
                asks: Vec::new(),
                span: Some(block.name.span),
            }),
        }
    }
    for branch in &case.branches {
        let lines = over(&book.vocabulary, &case.stated, &branch.stated);
        settled(book, case, lines, faults);
    }
}

/// Expectations and questions of the case and of its branches, once all options are known.
fn questions(
    book: &Rulebook,
    case: &mut Case,
    people: &People,
    written: &Written<'_>,
    faults: &mut Vec<Diagnostic>,
) {
    let options: Vec<String> = case
        .branches
        .iter()
        .filter(|branch| branch.option)
        .map(|branch| branch.name.clone())
        .collect();
    let branches = written.branches.iter().map(|block| {
        let at = case
            .branches
            .iter()
            .position(|branch| branch.name == block.name.node.node);
        (at, block.items.as_slice())
    });
    let all: Vec<(Option<usize>, &[CaseItem])> = [(None, written.items)]
        .into_iter()
        .chain(branches)
        .collect();
    for (at, items) in all {
        let mut expectations = Vec::new();
        let mut asks = Vec::new();
        let mut reader = Reader {
            book,
            values: &mut case.values,
            people,
            options: &options,
            faults,
        };
        for item in items {
            match &item.content {
                CaseContent::Expect(lines) => {
                    expectations.extend(lines.iter().filter_map(|line| reader.expectation(line)));
                }
                CaseContent::Ask(line) => asks.extend(reader.ask(&line.node, line.span)),
                _ => {}
            }
        }
        contradictions(&expectations, faults);
        match at.and_then(|at| case.branches.get_mut(at)) {
            Some(branch) => {
                branch.expectations.extend(expectations);
                branch.asks.extend(asks);
            }
            None => {
                case.expectations = expectations;
                case.asks = asks;
            }
        }
    }
}
