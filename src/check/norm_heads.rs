//! The heads of duties, ideals and concerns: names, parties and parts. In: their blocks; out: norms without lines, so that
//! any block can speak of any norm. It does not know the lines.

use super::draft::{Draft, Namespace, doc};
use super::norm_words::{a, roles, sort_of};
use crate::rulebook::{Norm, NormId, Part, Party, Role, Test, Var, VarId};
use crate::syntax::tree::{self, At, Block, BlockKind, Slot, TestSort};
use crate::text::{Diagnostic, Span};
use crate::value::{IndexVec, NormSort};

/// A norm of which names, parties and parts are known.
pub(super) struct Known<'f> {
    /// Which norm.
    pub(super) id: NormId,
    /// Its block.
    pub(super) block: &'f Block,
    /// What the block says.
    pub(super) written: &'f tree::Norm,
    /// Where each party stands, in the order of the norm's parties.
    pub(super) parties: Vec<Span>,
    /// The tests that are parts, by position in the block.
    pub(super) tests: Vec<usize>,
}

/// Takes in every norm's name, parties and parts.
pub(super) fn declare<'f>(
    draft: &mut Draft,
    blocks: impl Iterator<Item = (usize, &'f Block)>,
) -> Vec<Known<'f>> {
    let mut all = Vec::new();
    for (module, block) in blocks {
        let BlockKind::Norm(written) = &block.kind else {
            continue;
        };
        let sort = sort_of(written.sort);
        draft.claim(Namespace::Norms(sort), sort.word(), &written.name);
        let mut vars: IndexVec<VarId, Var> = IndexVec::new();
        let mut spans = Vec::new();
        let mut parties = Vec::new();
        for (role, name, span) in parties_of(draft, sort, written, block) {
            let var = vars.push(Var {
                name,
                kind: None,
                unit: None,
            });
            parties.push(Party { role, var });
            spans.push(span);
        }
        let (tests, parts) = parts_of(draft, sort, written, block);
        let id = draft.book.norms.push(Norm {
            sort,
            name: written.name.node.clone(),
            parties,
            never_outranked: written.never_outranked.is_some() && sort == NormSort::Duty,
            arises: Vec::new(),
            parts,
            advice: None,
            vars,
            cites: Vec::new(),
            because: Vec::new(),
            doc: doc(block),
            module,
            span: block.head.span,
            after: written.after.is_some(),
        });
        all.push(Known {
            id,
            block,
            written,
            parties: spans,
            tests,
        });
    }
    all
}

/// The parties in the order bearer, to, about, toward.
fn parties_of(
    draft: &mut Draft,
    sort: NormSort,
    written: &tree::Norm,
    block: &Block,
) -> Vec<(Role, String, Span)> {
    let flat: Vec<(At<tree::Role>, At<Slot>)> = written
        .parties
        .iter()
        .flat_map(|line| line.node.iter().cloned())
        .collect();
    let found = match roles(sort, &flat) {
        Ok(found) => found,
        Err(fault) => {
            draft.fault(fault);
            return Vec::new();
        }
    };
    let mut parties: Vec<(Role, String, Span)> = Vec::new();
    for (role, slot) in found {
        let Slot::Name(name) = &slot.node else {
            draft.fault(
                Diagnostic::new("N020", slot.span, "A party must be a plain slot, such as [patient]")
                    .help("Values and kinds do not stand here: who it is follows from the lines of the block."),
            );
            continue;
        };
        if let Some((_, _, first)) = parties.iter().find(|(_, other, _)| other == name) {
            draft.fault(
                Diagnostic::new("N020", slot.span, format!("Two parties are called [{name}]"))
                    .also(*first, "the first")
                    .help("Give each party a name of its own; a line `[x] is [y]` can say that they are the same."),
            );
            continue;
        }
        parties.push((role, name.to_string(), slot.span));
    }
    parties.sort_by_key(|(role, _, _)| *role);
    let bearer = parties.iter().any(|(role, _, _)| *role == Role::Bearer);
    if !bearer && flat.is_empty() && !block.broken {
        let words = match sort {
            NormSort::Duty => "`owed by [clinician]`",
            NormSort::Ideal => "`for [clinician]`",
            NormSort::Concern => "`about [clinician]`",
        };
        draft.fault(
            Diagnostic::new(
                "R045",
                block.head.span,
                format!("Nothing says whose {} this is", sort.word()),
            )
            .help(format!("Add a line such as {words}.")),
        );
    } else if !bearer && !flat.is_empty() && parties.len() == flat.len() {
        draft.fault(
            Diagnostic::new(
                "N013",
                flat[0].1.span,
                format!("Nothing says whose {} this is", sort.word()),
            )
            .help(match sort {
                NormSort::Duty => "Begin with `owed by` and a slot.",
                NormSort::Ideal => "Begin with `for` and a slot.",
                NormSort::Concern => "Begin with `about` and a slot.",
            }),
        );
    }
    parties
}

/// The parts in order, and which of the written tests each is.
fn parts_of(
    draft: &mut Draft,
    sort: NormSort,
    written: &tree::Norm,
    block: &Block,
) -> (Vec<usize>, Vec<Part>) {
    let misplaced = |span: Span, what: &str| {
        Diagnostic::new(
            "N015",
            span,
            format!("{what} does not belong to {}", a(sort)),
        )
    };
    if let Some(line) = &written.never_outranked
        && sort != NormSort::Duty
    {
        draft.fault(
            misplaced(line.span, "`never outranked`").help("Only duties outrank each other."),
        );
    }
    let mut tests = Vec::new();
    let mut parts: Vec<Part> = Vec::new();
    for (at, test) in written.tests.iter().enumerate() {
        if sort == NormSort::Concern {
            draft.fault(
                misplaced(test.span, "A test")
                    .help("A concern is raised or not: write everything under `raised if`."),
            );
            continue;
        }
        if test.sort == TestSort::Arises {
            continue;
        }
        let name = test.part.as_ref().map(|part| part.node.clone());
        let clash = parts
            .iter()
            .find(|part| part.name == name || part.name.is_none() || name.is_none());
        if let Some(first) = clash {
            let help = if first.name == name {
                "Write the alternatives under `any of these`, or give each a part of its own: `broken in \"name\" if`."
            } else {
                "Either the whole duty has one test, or every test has a part: `broken in \"name\" if`."
            };
            draft.fault(
                Diagnostic::new(
                    "N014",
                    test.span,
                    "This test and another one do not go together",
                )
                .also(first.span, "the other test")
                .help(help),
            );
            continue;
        }
        tests.push(at);
        parts.push(Part {
            name,
            arises: Vec::new(),
            test: Test::Broken(Vec::new()),
            span: test.span,
        });
    }
    complete(draft, sort, written, block, parts.is_empty());
    (tests, parts)
}

/// Tells what is missing from a norm.
fn complete(
    draft: &mut Draft,
    sort: NormSort,
    written: &tree::Norm,
    block: &Block,
    untested: bool,
) {
    if block.broken {
        return;
    }
    if written.arises.is_empty() && written.after.is_none() {
        let words = match sort {
            NormSort::Duty => "arises if",
            NormSort::Ideal => "applies if",
            NormSort::Concern => "raised if",
        };
        draft.fault(
            Diagnostic::new(
                "R046",
                block.head.span,
                format!(
                    "Nothing says when this {} holds: `{words}` is missing",
                    sort.word()
                ),
            )
            .help(format!("Add `{words}` and the lines on which it hangs.")),
        );
    }
    if untested && sort != NormSort::Concern && written.tests.is_empty() {
        draft.fault(
            Diagnostic::new(
                "R047",
                block.head.span,
                format!(
                    "Nothing says when this {} is kept: `broken if` or `met if` is missing",
                    sort.word()
                ),
            )
            .help("Add `broken if`, or `met if`, and the lines that decide."),
        );
    }
}
