//! A rulebook to a plan. In: a checked rulebook; out: a [`Plan`], or every cycle that makes one impossible.

use super::bearing::AllBearings;
use super::dependency::{Dependency, name, norm_place};
use super::lower::{Draft, Lowering};
use super::program::{GATES, Join, JoinId, Plan, Program, RelId, Step, WIDTH};
use crate::rulebook::{Class, Rulebook, SentenceId};
use crate::text::Diagnostic;
use crate::value::IndexVec;
use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};

/// Compiles a rulebook once; the plan is then shared by every case.
///
/// # Errors
/// Each group of sentences, duties, ideals or concerns that depend on each other through absence, counting, numbers or
/// verdicts, as a diagnostic that tells the cycle in sentences.
pub fn compile(book: &Rulebook) -> Result<Plan, Vec<Diagnostic>> {
    let mut low = Lowering::new(book);
    low.draft();
    let drafts = std::mem::take(&mut low.drafts);
    let mut joins = finished(&low, &drafts);
    let dependency = Dependency::of(&low, &joins);
    let strata = dependency.strata(book, &low, &joins)?;
    let recursive: Vec<bool> = strata
        .iter()
        .map(|stratum| dependency.is_recursive(stratum))
        .collect();
    let mut own: IndexVec<RelId, Option<usize>> = low.relations.ids().map(|_| None).collect();
    for (at, stratum) in strata.iter().enumerate().filter(|(at, _)| recursive[*at]) {
        stratum.iter().for_each(|rel| own[*rel] = Some(at));
    }
    for (join, draft) in joins.ids().zip(&drafts) {
        if let Some(at) = own[joins[join].head] {
            joins[join] = low.finish(draft, &strata[at]);
        }
    }
    let wide = low
        .relations
        .enumerated()
        .filter(|(_, relation)| relation.arity > WIDTH);
    let faults: Vec<Diagnostic> = wide
        .map(|(rel, relation)| too_wide(book, &low, rel, relation.arity))
        .collect();
    if !faults.is_empty() {
        return Err(faults);
    }
    let phases = Dependency::phases(&low, &joins, &strata, &recursive);
    let none = low.relations.next_id();
    let gate = |join: &Join| {
        let mut needed = needs(&join.full).into_iter();
        [(); GATES].map(|()| needed.next().unwrap_or(none))
    };
    Ok(Plan {
        gates: joins.iter().map(gate).collect(),
        relations: low.relations,
        joins,
        phases,
        norms: low.norms,
        listed: listed(book),
        after: book
            .norms
            .ids()
            .filter(|id| book.norms[*id].after)
            .collect(),
        bearing: AllBearings::of(book),
    })
}

/// The joins of all drafts, in order: no block needs to know another's.
fn finished(low: &Lowering<'_>, drafts: &[Draft<'_>]) -> IndexVec<JoinId, Join> {
    let joins: Vec<Join> = drafts
        .par_iter()
        .with_min_len(AT_ONCE)
        .map(|draft| low.finish(draft, &[]))
        .collect();
    joins.into_iter().collect()
}

/// Blocks that one thread takes at least.
const AT_ONCE: usize = 64;

/// A sentence with too many slots, or a duty whose tests share too many slots with `arises if`.
fn too_wide(book: &Rulebook, low: &Lowering<'_>, rel: RelId, arity: usize) -> Diagnostic {
    let message = format!(
        "{} needs {arity} slots at once; {WIDTH} are the most",
        name(book, low, rel)
    );
    Diagnostic::new("O002", norm_place(book, low, rel), message)
        .help("give some of them a name of their own: a concept that says in one sentence what several slots say together")
}

fn listed(book: &Rulebook) -> Vec<SentenceId> {
    let findings = book
        .vocabulary
        .sentences
        .enumerated()
        .filter(|(_, sentence)| sentence.class == Class::Finding);
    findings.map(|(id, _)| id).collect()
}

/// The relations that every way of running a body walks first of all.
fn needs(programs: &[Program]) -> Vec<RelId> {
    let reads = |program: &Program| -> Vec<RelId> {
        let of = |step: &Step| match step {
            Step::Scan(scan) => Some(scan.rel),
            _ => None,
        };
        program.steps.iter().filter_map(of).collect()
    };
    let mut common: Vec<RelId> = programs.first().map(reads).unwrap_or_default();
    for program in programs.iter().skip(1) {
        let other = reads(program);
        common.retain(|rel| other.contains(rel));
    }
    common.sort();
    common.dedup();
    common
}
