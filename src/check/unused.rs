//! What nobody uses: sentences that no line reads, concepts that nothing concludes, sources that nothing cites. In: the
//! rulebook and the cases at hand; out: faults.

use super::say;
use super::walk;
use crate::rulebook::{
    Ask, Case, Citation, Class, Expectation, Expected, Rulebook, SentenceId, SourceId, Target,
};
use crate::text::Diagnostic;
use crate::value::IndexVec;

/// Tells what nobody uses.
pub(super) fn lint(book: &Rulebook, cases: &[Case], faults: &mut Vec<Diagnostic>) {
    let sentences = &book.vocabulary.sentences;
    let mut read: IndexVec<SentenceId, bool> = sentences.iter().map(|_| false).collect();
    let mut concluded: IndexVec<SentenceId, bool> = sentences.iter().map(|_| false).collect();
    let mut cited: IndexVec<SourceId, bool> = book.sources.iter().map(|_| false).collect();
    let mut cite = |cites: &[Citation]| {
        for citation in cites {
            cited[citation.source] = true;
        }
    };
    for block in walk::blocks(book) {
        cite(block.cites);
        for body in block.bodies {
            walk::lines(body, &mut |line| {
                if let Some(atom) = walk::atom(line) {
                    read[atom.sentence] = true;
                }
            });
        }
    }
    for rule in book.rules.iter() {
        concluded[rule.head.sentence] = true;
    }
    for always in &book.always {
        concluded[always.sentence] = true;
        cite(&always.cites);
    }
    for sentence in sentences.iter() {
        cite(&sentence.cites);
    }
    let mut asked = read.clone();
    for case in cases {
        cite(&case.cites);
        let branches = case.branches.iter();
        let expectations = case
            .expectations
            .iter()
            .chain(branches.clone().flat_map(|branch| &branch.expectations));
        for expectation in expectations {
            cite(&expectation.cites);
            expected(expectation, &mut asked);
        }
        for (ask, _) in case
            .asks
            .iter()
            .chain(branches.flat_map(|branch| &branch.asks))
        {
            questioned(ask, &mut asked);
        }
    }
    for (id, sentence) in sentences.enumerated() {
        let said = say::declared(sentence, false);
        match sentence.class {
            Class::ClosedFact | Class::OpenFact | Class::Setting => {
                if !read[id] && sentence.decides_nothing.is_none() {
                    faults.push(
                        Diagnostic::new("L005", sentence.span, format!("No rule or duty reads \"{said}\""))
                            .help("Whatever a case says here changes nothing. Use it in a rule or duty, take it away, or add `decides nothing because \"…\"` if people expect it to matter and it must not."),
                    );
                }
            }
            Class::Concept if !asked[id] => faults.push(
                Diagnostic::new("L006", sentence.span, format!("Nothing uses the concept \"{said}\""))
                    .help("Use it in a rule or duty, take it away, or declare it under `findings` if a report shall tell it."),
            ),
            Class::Concept | Class::Finding => {}
        }
        if matches!(sentence.class, Class::Concept | Class::Finding) && !concluded[id] {
            faults.push(
                Diagnostic::new("L015", sentence.span, format!("No rule concludes \"{said}\""))
                    .help("It holds only where a case states it. Write a rule for it, or declare it as a fact."),
            );
        }
    }
    for (id, source) in book.sources.enumerated() {
        if !cited[id] {
            faults.push(
                Diagnostic::new(
                    "L007",
                    source.span,
                    format!("Nothing cites the source {}", source.id),
                )
                .help("Cite it where it is the reason, or take it away."),
            );
        }
    }
}

fn expected(expectation: &Expectation, asked: &mut IndexVec<SentenceId, bool>) {
    if let Expected::Truth { sentence, .. } = &expectation.expected {
        asked[*sentence] = true;
    }
}

fn questioned(ask: &Ask, asked: &mut IndexVec<SentenceId, bool>) {
    if let Ask::Why(target) | Ask::WhyNot(target) | Ask::Settle(target) | Ask::Comply(target) = ask
        && let Target::Sentence { sentence, .. } = target
    {
        asked[*sentence] = true;
    }
}
