//! A judgement with its proof, for somebody else to check. In: a judged world; out: a [`Certificate`]. Whether it holds is for
//! `verify` to say.

use super::CaseJudged;
use crate::engine::{Cell, Journal, Recorder, Run};
use crate::graph::{block, outer_vars};
use crate::judge::{Judgement, Verdict};
use crate::plan::{Origin, RelId};
use crate::rulebook::{Case, Record, Rulebook, SentenceId};
use crate::value::{Idx, Status, StatusSet, Truth};
use crate::verify::{Certificate, Derived, Known, Proof, SCHEMA, Settled, case_hash, exactly};
use rustc_hash::FxHashMap;

/// The certificate of one world of a case: itself, one option, one supposition, or one under the other (positions among its
/// branches).
#[must_use]
pub fn certify(
    case: &Case,
    option: Option<usize>,
    suppose: Option<usize>,
    judged: &Judgement<'_, Journal>,
) -> Certificate {
    let run = judged.run();
    let mut name = case.name.clone();
    for branch in [suppose, option].into_iter().flatten() {
        if let Some(branch) = case.branches.get(branch) {
            let sort = if branch.option {
                "option"
            } else {
                "supposition"
            };
            name += &format!(", {sort} \"{}\"", branch.name);
        }
    }
    Certificate {
        schema: SCHEMA.to_owned(),
        rulebook: Known {
            name: format!("{} {}", run.book.name, run.book.version)
                .trim()
                .to_owned(),
            sha256: run.book.sha256().to_owned(),
        },
        case: Known {
            name,
            sha256: case_hash(run.book, run.record),
        },
        derived: derived(run),
        verdicts: verdicts(judged),
    }
}

/// Every derived sentence that is possible: those that are sure in the order of proving, then the others.
fn derived(run: &Run<'_, Journal>) -> Vec<Derived> {
    let mut first: FxHashMap<(RelId, u32), usize> = FxHashMap::default();
    for (at, firing) in run.recorder().firings().iter().enumerate() {
        if firing.truth == Truth::True {
            first.entry((firing.rel, firing.row)).or_insert(at);
        }
    }
    let (mut sure, mut open) = (Vec::new(), Vec::new());
    for id in run.book.vocabulary.sentences.ids() {
        let rel = RelId(id.0);
        if !run.plan.relations[rel].derived {
            continue;
        }
        let table = run.table(rel);
        for row in 0..u32::try_from(table.len()).unwrap_or(u32::MAX) {
            let line = || of_row(run, id, table.row(row));
            match (table.truth(row), first.get(&(rel, row))) {
                _ if table.is_stipulated(row) => {}
                (Truth::True, Some(at)) => sure.push((*at, line())),
                (Truth::Unknown, _) => open.push(line()),
                // What no rule gave is stated, or holds in every case.
                (Truth::True | Truth::False, _) => {}
            }
        }
    }
    sure.sort_by_key(|(at, _)| *at);
    let mut lines = Vec::new();
    for (rank, (at, line)) in (1..).zip(sure) {
        let surely = proof(run, at, rank);
        lines.push(Derived { surely, ..line });
    }
    lines.extend(open);
    lines
}

fn of_row(run: &Run<'_, Journal>, id: SentenceId, cells: &[Cell]) -> Derived {
    let sentence = &run.book.vocabulary.sentences[id];
    let (mut of, mut between) = (Vec::new(), Vec::new());
    for (slot, cell) in sentence.slots.iter().zip(cells) {
        if run.book.vocabulary.is_number(slot.kind) {
            let interval = run.interval(*cell);
            between.push([interval.low.map(exactly), interval.high.map(exactly)]);
        } else {
            of.push(name(run, *cell));
        }
    }
    Derived {
        sentence: sentence.key().to_string(),
        of,
        between,
        surely: None,
    }
}

/// The rule that first gave a row surely, and what its slots held then.
fn proof(run: &Run<'_, Journal>, at: usize, rank: u64) -> Option<Proof> {
    let firing = run.recorder().firings().get(at)?;
    let join = &run.plan.joins[firing.join];
    let Origin::Rule(id) = join.origin else {
        return None;
    };
    let rule = &run.book.rules[id];
    let registers = run.recorder().registers(firing);
    let outer = outer_vars(&block(run.book, join.origin), join);
    let held = outer.into_iter().filter_map(|var| {
        let number = rule.vars[var]
            .kind
            .is_none_or(|kind| run.book.vocabulary.is_number(kind));
        let cell = registers.get(var.index()).filter(|_| !number)?;
        cell.value()?;
        Some((rule.vars[var].name.clone(), name(run, *cell)))
    });
    Some(Proof {
        rank,
        rule: rule.name.clone(),
        with: held.collect(),
    })
}

fn verdicts(judged: &Judgement<'_, Journal>) -> Vec<Settled> {
    let run = judged.run();
    let words = |set: StatusSet| set.iter().map(Status::word).map(str::to_owned).collect();
    let one = |verdict: &Verdict| Settled {
        norm: run.book.norms[verdict.norm].name.clone(),
        of: verdict
            .parties
            .iter()
            .map(|cell| name(run, *cell))
            .collect(),
        statuses: words(verdict.statuses),
        parts: verdict
            .parts
            .iter()
            .map(|part| words(part.statuses))
            .collect(),
    };
    judged.verdicts().iter().map(one).collect()
}

fn name(run: &Run<'_, Journal>, cell: Cell) -> String {
    cell.value().map_or_else(String::new, |value| {
        run.record.values.get(value).to_string()
    })
}

/// The certificates of the worlds of a case that are shown.
pub fn certify_shown<'j>(judged: &'j CaseJudged<'_>) -> impl Iterator<Item = Certificate> + 'j {
    judged
        .shown()
        .map(|world| certify(judged.case, world.option, world.suppose, &world.judged))
}

/// The record that a certificate speaks of, if it may be one of this case: the world with its hash; where none has it, the
/// case itself if it has the name.
#[must_use]
pub fn certified(book: &Rulebook, case: &Case, paper: &Certificate) -> Option<Record> {
    let branches = |option: bool| {
        let of_sort = case.branches.iter().enumerate();
        let of_sort = of_sort.filter(move |(_, branch)| branch.option == option);
        std::iter::once(None).chain(of_sort.map(|(at, _)| Some(at)))
    };
    let worlds =
        branches(false).flat_map(|suppose| branches(true).map(move |option| (suppose, option)));
    let mut records =
        worlds.map(|(suppose, option)| case.record(&book.vocabulary, suppose, option));
    let named = || {
        let rest = paper.case.name.strip_prefix(&case.name)?;
        let own = rest.is_empty() || rest.starts_with(", ");
        own.then(|| case.record(&book.vocabulary, None, None))
    };
    records
        .find(|record| case_hash(book, record) == paper.case.sha256)
        .or_else(named)
}
