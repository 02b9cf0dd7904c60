//! The lines of duties, ideals and concerns. In: their heads and blocks; out: checked norms. First every norm's lines, then
//! the kinds, because a party's kind may come from another norm's.

use super::attributes::bracketed_names;
use super::binding::Binding;
use super::citations;
use super::draft::{Desk, Draft};
use super::lines::{Home, Lines};
use super::names::Names;
use super::norm_heads::Known;
use super::norm_words::{roles, sort_of};
use super::scope::{Scope, Want};
use super::typing;
use crate::rulebook::{Body, Line, Norm, NormId, Test, VarId};
use crate::syntax::tree::{self, Attribute, Block, Test as WrittenTest, TestSort, Text};
use crate::text::{Diagnostic, Span};
use crate::value::{Idx, IndexVec, NormSort};

/// A norm whose lines are read.
pub(super) struct Read<'f> {
    known: Known<'f>,
    scope: Scope,
    arises: Body,
    parts: Vec<(Body, Test)>,
}

/// Reads every norm's lines.
pub(super) fn read<'f>(draft: &mut Draft, known: Vec<Known<'f>>) -> Vec<Read<'f>> {
    let read = draft.desk().each(&known, one);
    let read = known.into_iter().zip(read);
    read.map(|(known, (scope, arises, parts))| Read {
        known,
        scope,
        arises,
        parts,
    })
    .collect()
}

/// The variables of a norm's block, its `arises if`, and its parts.
fn one(desk: &mut Desk<'_>, known: &Known<'_>) -> (Scope, Body, Vec<(Body, Test)>) {
    let norm = &desk.norms[known.id];
    let written = known.written;
    let mut lines = Lines {
        vocabulary: desk.vocabulary,
        norms: desk.norms,
        values: desk.values,
        faults: desk.faults,
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
        after_names(desk.norms, of, &mut base);
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
    (lines.scope, arises, parts)
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
