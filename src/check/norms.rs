//! Duties, ideals and concerns. In: their blocks; out: checked norms. First every name, party and part, so that any block
//! can speak of any norm; then the lines; then the kinds, because a party's kind may come from another norm's.

use super::binding::Binding;
use super::citations;
use super::declare::bracketed_names;
use super::draft::{Draft, Namespace, doc};
use super::lines::{Home, Lines};
use super::names::Names;
use super::scope::{Scope, Want};
use super::typing;
use super::verdicts::{a, roles, sort_of};
use crate::rulebook::{Body, Line, Norm, NormId, Part, Party, Role, Test, Var, VarId};
use crate::syntax::tree::{
    self, At, Attribute, Block, BlockKind, Slot, Test as WrittenTest, TestSort, Text,
};
use crate::text::{Diagnostic, Span};
use crate::value::{Idx, IndexVec, NormSort};

/// A norm of which names, parties and parts are known.
pub(super) struct Known<'f> {
    id: NormId,
    block: &'f Block,
    written: &'f tree::Norm,
    /// Where each party stands, in the order of the norm's parties.
    parties: Vec<Span>,
    /// The tests that are parts, by position in the block.
    tests: Vec<usize>,
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
        parties.push((role, name.clone(), slot.span));
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

/// A norm whose lines are read.
pub(super) struct Read<'f> {
    known: Known<'f>,
    scope: Scope,
    arises: Body,
    parts: Vec<(Body, Test)>,
}

/// Reads every norm's lines.
pub(super) fn read<'f>(draft: &mut Draft, known: Vec<Known<'f>>) -> Vec<Read<'f>> {
    known.into_iter().map(|known| one(draft, known)).collect()
}

fn one<'f>(draft: &mut Draft, known: Known<'f>) -> Read<'f> {
    let norm = &draft.book.norms[known.id];
    let written = known.written;
    let mut lines = Lines {
        vocabulary: &draft.book.vocabulary,
        norms: &draft.book.norms,
        values: &mut draft.book.values,
        faults: &mut draft.faults,
        scope: Scope::default(),
        home: if norm.sort == NormSort::Duty {
            Home::Duty
        } else {
            Home::Aim
        },
    };
    for (party, span) in norm.parties.iter().zip(&known.parties) {
        let name = &norm.vars[party.var].name;
        lines.scope.var(name, true, *span, Want::Any);
    }
    let mut base = Names::default();
    for party in &norm.parties {
        base.add(&norm.vars[party.var].name);
    }
    let after = written.after.as_ref();
    if let Some((of, _)) = after.map(|line| &line.node) {
        after_names(&draft.book.norms, of, &mut base);
    }
    base.add_lines(&written.arises);
    let mut names = base.clone();
    for test in &written.tests {
        names.mention_lines(&test.conditions);
    }
    let mut arises = Vec::new();
    if let Some(line) = after {
        let (of, words) = &line.node;
        if let Some(condition) = lines.after(of, words, &names) {
            arises.push(Line {
                condition,
                unless: false,
                span: line.span,
            });
        }
    }
    arises.extend(lines.body(&written.arises, &names));
    let mut parts = Vec::new();
    for at in &known.tests {
        let test = &written.tests[*at];
        let narrowing = narrowing(written, test);
        let mut names = base.clone();
        names.add_lines(&test.conditions);
        for more in &narrowing {
            names.add_lines(&more.conditions);
        }
        let mut narrows = Vec::new();
        for more in narrowing {
            narrows.extend(lines.body(&more.conditions, &names));
        }
        narrows.sort_by_key(|line| line.unless);
        let body = lines.body(&test.conditions, &names);
        let test = match test.sort {
            TestSort::Met => Test::Met(body),
            _ => Test::Broken(body),
        };
        parts.push((narrows, test));
    }
    stray_narrowing(written, &known.tests, known.block, &mut lines);
    Read {
        scope: lines.scope,
        known,
        arises,
        parts,
    }
}

/// The names that an `after` line shares: the slots written there, or else the names of that duty's parties.
fn after_names<'t>(
    norms: &'t IndexVec<NormId, Norm>,
    of: &'t tree::NormRef,
    names: &mut Names<'t>,
) {
    super::names::of_norm(of, &mut |name| names.add(name));
    let sort = sort_of(of.sort.node);
    let Some(written) = &of.name else { return };
    let Some(norm) = norms
        .iter()
        .find(|norm| norm.sort == sort && norm.name == written.node)
    else {
        return;
    };
    let stated = roles(sort, &of.parties).unwrap_or_default();
    for party in &norm.parties {
        if !stated.iter().any(|(role, _)| *role == party.role) {
            names.add(&norm.vars[party.var].name);
        }
    }
}

/// The `arises in "part" if` bodies of a part.
fn narrowing<'t>(written: &'t tree::Norm, test: &WrittenTest) -> Vec<&'t WrittenTest> {
    let same = |part: &Option<Text>| match (part, &test.part) {
        (Some(a), Some(b)) => a.node == b.node,
        _ => false,
    };
    written
        .tests
        .iter()
        .filter(|other| other.sort == TestSort::Arises && same(&other.part))
        .collect()
}

/// Tells `arises in "part"` of a part that nothing tests.
fn stray_narrowing(written: &tree::Norm, tests: &[usize], block: &Block, lines: &mut Lines<'_>) {
    for test in &written.tests {
        if test.sort != TestSort::Arises || block.broken {
            continue;
        }
        let tested = tests.iter().any(|at| {
            let part = &written.tests[*at].part;
            part.as_ref().map(|part| &part.node) == test.part.as_ref().map(|part| &part.node)
        });
        if !tested {
            lines.faults.push(
                Diagnostic::new("N028", test.span, "No test has this part")
                    .help("Add `broken in` or `met in` with the same part, or correct its name."),
            );
        }
    }
}

/// Settles kinds across norms, checks every norm and puts it into the rulebook.
pub(super) fn settle(draft: &mut Draft, read: Vec<Read<'_>>) {
    party_kinds(draft, &read);
    for norm in read {
        finish(draft, norm);
    }
}

/// The kinds of parties to a fixpoint: a verdict's slots take them from the norm it is about.
fn party_kinds(draft: &mut Draft, read: &[Read<'_>]) {
    // Each round settles at least one party for good, and no kind is found twice.
    for _ in 0..=read.len() {
        let mut changed = false;
        for norm in read {
            let parties = draft.book.norms[norm.known.id].parties.len();
            for at in 0..parties {
                let var = VarId::new(at);
                let (vocabulary, norms) = (&draft.book.vocabulary, &draft.book.norms);
                let (kind, _) = typing::kind_of(vocabulary, norms, &norm.scope.places[var]);
                let known = &mut draft.book.norms[norm.known.id].vars[var].kind;
                if *known != kind {
                    *known = kind;
                    changed = true;
                }
            }
        }
        if !changed {
            return;
        }
    }
}

fn finish(draft: &mut Draft, read: Read<'_>) {
    let Read {
        known,
        mut scope,
        arises,
        parts,
    } = read;
    typing::settle(
        &draft.book.vocabulary,
        &draft.book.norms,
        &draft.book.values,
        &mut scope,
        Home::Duty,
        &mut draft.faults,
    );
    if !scope.broken && !known.block.broken {
        bind(draft, &known, &scope, &arises, &parts);
    }
    let cited = citations::read(
        &draft.book.sources,
        &known.written.attributes,
        &mut draft.faults,
    );
    let mut advice: Option<(String, Span)> = None;
    for line in cited.others {
        match &line.node {
            Attribute::Advice(text) => {
                if let Some((_, first)) = &advice {
                    draft.fault(citations::repeated(line, *first));
                    continue;
                }
                let unknown = bracketed_names(&text.node).find(|name| scope.outer(name).is_none());
                if let Some(name) = unknown
                    && !scope.broken
                    && !known.block.broken
                {
                    draft.fault(
                        Diagnostic::new(
                            "N027",
                            text.span,
                            format!("The advice names [{name}], which no line of this block has"),
                        )
                        .help("Use slots of the block, so that the advice can be read out for a case."),
                    );
                }
                advice = Some((text.node.clone(), line.span));
            }
            _ => draft.fault(citations::misplaced(line)),
        }
    }
    let norm = &mut draft.book.norms[known.id];
    norm.arises = arises;
    for (part, (arises, test)) in norm.parts.iter_mut().zip(parts) {
        part.arises = arises;
        part.test = test;
    }
    norm.vars = scope.vars;
    norm.advice = advice.map(|(text, _)| text);
    norm.cites = cited.cites;
    norm.because = cited.because;
}

/// Checks that every line's slots are bound.
fn bind(
    draft: &mut Draft,
    known: &Known<'_>,
    scope: &Scope,
    arises: &Body,
    parts: &[(Body, Test)],
) {
    let norm = &draft.book.norms[known.id];
    let mut parties = scope.none();
    for party in &norm.parties {
        parties.add(party.var);
    }
    let mut binding = Binding::new(scope, &mut draft.faults);
    let bound = binding.body(arises, &scope.none(), &parties);
    for (party, span) in norm.parties.iter().zip(&known.parties) {
        if bound.has(party.var) {
            continue;
        }
        match scope.vars[party.var].kind {
            None => binding.unmentioned(party.var, *span),
            Some(kind) if draft.book.vocabulary.is_number(kind) => {
                binding.number_unbound(party.var, *span);
            }
            Some(_) => {}
        }
    }
    let given = bound.with(&parties);
    for (narrows, test) in parts {
        let owed = binding.body(narrows, &given, &scope.none());
        binding.body(test.body(), &owed, &scope.none());
    }
}
