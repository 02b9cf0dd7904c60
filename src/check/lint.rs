//! Warnings and hints about a rulebook that is sound: likely mistakes that no evaluator would notice. In: the checked
//! rulebook and the cases at hand; out: faults in the order of modules and places. It searches no cases.

use super::walk::{self, Block};
use super::{acting, anchors, book::in_order, layers, say, unused};
use crate::rulebook::{Branch, Case, Class, Rulebook, VarId, Vocabulary};
use crate::text::{Diagnostic, FileId, Span, slips};
use crate::value::NormSort;
use rustc_hash::FxHashMap;

/// Tells what looks wrong.
#[must_use]
pub fn lint(book: &Rulebook, cases: &[Case]) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    sources(book, &mut faults);
    declarations(book, &mut faults);
    unused::lint(book, cases, &mut faults);
    anchors::lint(book, &mut faults);
    acting::lint(book, &mut faults);
    duties(book, &mut faults);
    for block in walk::blocks(book) {
        decides_nothing(book, &block, &mut faults);
        near_miss(book, &block, &mut faults);
    }
    unchangeable(book, cases, &mut faults);
    let order: Vec<FileId> = book.modules.iter().map(|module| module.file).collect();
    in_order(&mut faults, &order);
    faults
}

/// Norms, exemptions, excuses and priorities say where they come from.
fn sources(book: &Rulebook, faults: &mut Vec<Diagnostic>) {
    for block in walk::blocks(book) {
        if block.cites.is_empty() && !block.called.starts_with("rule ") {
            faults.push(
                Diagnostic::new("L001", block.span, format!("The {} cites no source", block.called))
                    .help("Add a line `cites` with a declared source, so that a reader can look up where it comes from."),
            );
        }
    }
}

/// Settings have a reason, open facts a question.
fn declarations(book: &Rulebook, faults: &mut Vec<Diagnostic>) {
    for sentence in book.vocabulary.sentences.iter() {
        let said = say::declared(sentence, false);
        match sentence.class {
            Class::Setting if sentence.cites.is_empty() && sentence.because.is_empty() => {
                faults.push(
                    Diagnostic::new(
                        "L008",
                        sentence.span,
                        format!("The setting \"{said}\" has no reason"),
                    )
                    .help("Add `because \"…\"` or `cites`: why this default and no other?"),
                );
            }
            Class::OpenFact if sentence.question.is_none() => {
                faults.push(
                    Diagnostic::new(
                        "L009",
                        sentence.span,
                        format!("Nobody is told how to find out whether \"{said}\""),
                    )
                    .help("Add a line `question \"…\"`: a report that cannot decide asks it."),
                );
            }
            _ => {}
        }
    }
}

/// An exception inside a duty cannot be cited, tested or explained by itself.
fn duties(book: &Rulebook, faults: &mut Vec<Diagnostic>) {
    for norm in book.norms.iter().filter(|norm| norm.sort == NormSort::Duty) {
        let parts = norm.parts.iter();
        let bodies = parts.flat_map(|part| [&part.arises, part.test.body()]);
        for line in [&norm.arises].into_iter().chain(bodies).flatten() {
            if line.unless {
                faults.push(
                    Diagnostic::new("L012", line.span, format!("Duty \"{}\" holds an exception inside", norm.name))
                        .help("Write it as an exemption or an excuse of its own: it then has a name and a source, and a report tells when it applied."),
                );
            }
        }
    }
}

/// A fact that decides nothing is not read.
fn decides_nothing(book: &Rulebook, block: &Block<'_>, faults: &mut Vec<Diagnostic>) {
    for body in &block.bodies {
        walk::lines(body, &mut |line| {
            let Some(atom) = walk::atom(line) else { return };
            let sentence = &book.vocabulary.sentences[atom.sentence];
            if sentence.decides_nothing.is_some() {
                faults.push(
                    Diagnostic::new(
                        "L014",
                        line.span,
                        format!(
                            "The {} reads a fact that is said to decide nothing",
                            block.called
                        ),
                    )
                    .also(sentence.span, "it says `decides nothing` here")
                    .help("One of the two is wrong: take the line away, or `decides nothing`."),
                );
            }
        });
    }
}

/// A slot that stands once in its block and is spelt nearly like another one.
fn near_miss(book: &Rulebook, block: &Block<'_>, faults: &mut Vec<Diagnostic>) {
    let mut seen: FxHashMap<&str, (usize, Span, VarId)> = FxHashMap::default();
    let mut order: Vec<&str> = Vec::new();
    let mut count = |var: VarId, span: Span| {
        let name = block.vars[var].name.as_str();
        seen.entry(name)
            .or_insert_with(|| {
                order.push(name);
                (0, span, var)
            })
            .0 += 1;
    };
    for (var, span) in &block.others {
        count(*var, *span);
    }
    for body in &block.bodies {
        walk::lines(body, &mut |line| {
            for var in walk::own_vars(line) {
                count(var, line.span);
            }
        });
    }
    let parties = |name: &str| {
        block
            .others
            .iter()
            .any(|(var, _)| block.vars[*var].name == name)
    };
    for name in &order {
        let (times, span, var) = seen[name];
        if times != 1 || parties(name) {
            continue;
        }
        let twin = order.iter().find(|other| {
            *other != name
                && alike(name, other)
                && related(&book.vocabulary, block, var, seen[*other].2)
        });
        if let Some(twin) = twin {
            faults.push(
                Diagnostic::new("L011", span, format!("[{name}] stands only here, and [{twin}] is spelt nearly the same"))
                    .help(format!("If they are the same, write [{twin}]. If not, ignore this hint or choose names that differ more.")),
            );
        }
    }
}

/// Whether a slip of the pen makes one name of the other. Names that differ in a number are meant to differ.
fn alike(a: &str, b: &str) -> bool {
    let bare = |name: &str| {
        name.trim_end_matches(|c: char| c.is_numeric())
            .to_lowercase()
    };
    let (a, b) = (bare(a), bare(b));
    let shorter = a.chars().count().min(b.chars().count());
    if a == b || shorter < 4 {
        return false;
    }
    let allowed = if shorter < 7 { 1 } else { 2 };
    slips(&a, &b) <= allowed
}

/// Whether two slots could stand for the same.
fn related(vocabulary: &Vocabulary, block: &Block<'_>, a: VarId, b: VarId) -> bool {
    match (block.vars[a].kind, block.vars[b].kind) {
        (Some(a), Some(b)) => vocabulary.is_within(a, b) || vocabulary.is_within(b, a),
        _ => true,
    }
}

/// An option is something that somebody does.
fn unchangeable(book: &Rulebook, cases: &[Case], faults: &mut Vec<Diagnostic>) {
    let mut told: Vec<Span> = Vec::new();
    for case in cases {
        for branch in case.branches.iter().filter(|branch| branch.option) {
            for (span, said) in fixed(book, case, branch) {
                if told.contains(&span) {
                    continue; // inherited by another case
                }
                told.push(span);
                faults.push(
                    Diagnostic::new("L013", span, format!("Nobody can change \"{said}\" by choosing option \"{}\"", branch.name))
                        .help("If it is a course of action, add `can be changed by` under the sentence's declaration. If it is another state of affairs, write `suppose` instead of `option`."),
                );
            }
        }
    }
}

/// The lines of an option that nobody can change.
fn fixed(book: &Rulebook, case: &Case, branch: &Branch) -> Vec<(Span, String)> {
    let mut found = Vec::new();
    for line in &branch.stated {
        let sentence = &book.vocabulary.sentences[line.sentence];
        let fact = matches!(sentence.class, Class::ClosedFact | Class::OpenFact);
        if let Some(span) = line.span
            && fact
            && sentence.changed_by.is_empty()
        {
            found.push((span, layers::said(sentence, &case.values, line, false)));
        }
    }
    found
}
