//! Cases as they come to a committee. In: the bank; out: ten kinds of consultation told on a page each, in which no duty is
//! left open without a reason; how many verdicts the median case leaves open; and how many cases are questions, dilemmas, or
//! in order although they do not look so.

use crate::run::{read, root};
use fiducia::bank::test::test_case;
use fiducia::engine::{Limits, Memory, Silent};
use fiducia::judge::{self, Verdict};
use fiducia::rulebook::{Ask, Expected, NormPattern};
use fiducia::session::{OpenCase, Opening, Session};
use fiducia::value::{NormSort, Status};
use std::collections::BTreeMap;

/// The kinds, each a file of `knowledge/cases/consultations/`.
const KINDS: [&str; 10] = [
    "capacity",
    "confidentiality",
    "end-of-life",
    "leaving",
    "refusal",
    "requests",
    "resources",
    "staff",
    "surrogates",
    "telling-the-family",
];

/// How many facts a page holds.
const A_PAGE: usize = 20;

fn bank() -> Session {
    Session::open(&Opening {
        paths: vec![root().join("knowledge")],
        ..Opening::default()
    })
}

/// The verdicts that are told as open: not determined, and, but for duties, with something on record that bears on them.
fn open_verdicts(open: &OpenCase<'_>) -> Vec<(Option<usize>, Vec<Verdict>)> {
    let worlds = judge::worlds(&open.book.vocabulary, open.case);
    let has_options = worlds.iter().any(|world| world.option.is_some());
    let told = worlds
        .iter()
        .filter(|world| !has_options || world.option.is_some() || world.suppose.is_some());
    told.map(|world| {
        let (memory, limits) = (Memory::<Silent>::default(), Limits::default());
        let judged = judge::judge(open.book, open.plan, &world.record, memory, limits);
        assert!(judged.faults().is_empty(), "{:?}", open.case.name);
        let is_duty = |one: &Verdict| open.book.norms[one.norm].sort == NormSort::Duty;
        let shown = judged.verdicts().iter();
        let shown = shown
            .filter(|one| one.statuses.determined().is_none() && (is_duty(one) || !one.silent));
        (world.option.or(world.suppose), shown.cloned().collect())
    })
    .collect()
}

/// Whether an expectation names this verdict and says that it is open.
fn is_expected(open: &OpenCase<'_>, branch: Option<usize>, verdict: &Verdict) -> bool {
    let own = &open.case.expectations;
    let written = branch.map_or(own, |at| &open.case.branches[at].expectations);
    written.iter().any(|one| match &one.expected {
        Expected::Statuses {
            pattern, statuses, ..
        } => {
            let is_open = statuses.is_none_or(|set| set.determined().is_none());
            is_open && pattern.part.is_none() && names(pattern, verdict)
        }
        _ => false,
    })
}

/// Whether a pattern names every party of a verdict.
fn names(pattern: &NormPattern, verdict: &Verdict) -> bool {
    let parties = pattern.parties.iter().zip(&verdict.parties);
    pattern.norm == verdict.norm
        && parties
            .into_iter()
            .all(|(named, cell)| named.is_some_and(|named| cell.value() == Some(named)))
}

#[test]
fn ten_kinds_of_consultation_are_told_on_a_page_each() {
    let session = bank();
    let mut counted: BTreeMap<String, usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    for open in session.cases() {
        let file = session.sources().get(open.file).name.replace('\\', "/");
        let Some((_, kind)) = file.rsplit_once("cases/consultations/") else {
            continue;
        };
        let kind = kind.trim_end_matches(".fid").to_owned();
        *counted.entry(kind).or_default() += 1;
        let name = &open.case.name;
        if open.case.stated.len() < A_PAGE {
            wrong.push(format!("{name:?} states {} facts", open.case.stated.len()));
        }
        let test = test_case(open.book, open.plan, open.case, Limits::default());
        if !test.passed() || test.results.is_empty() {
            wrong.push(format!("{name:?} does not come out as expected"));
        }
        for (branch, verdicts) in open_verdicts(&open) {
            for verdict in verdicts {
                let norm = &open.book.norms[verdict.norm];
                if norm.sort == NormSort::Duty && !is_expected(&open, branch, &verdict) {
                    wrong.push(format!("{name:?} leaves {:?} open", norm.name));
                }
            }
        }
    }
    for kind in KINDS {
        let own = counted.get(kind).copied().unwrap_or_default();
        if own < 3 {
            wrong.push(format!("{kind} is told {own} times"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_median_case_leaves_three_verdicts_open_at_most() {
    let session = bank();
    let mut counts: Vec<usize> = session
        .cases()
        .map(|open| {
            let worlds = open_verdicts(&open);
            let most = worlds.iter().map(|(_, verdicts)| verdicts.len()).max();
            most.unwrap_or_default()
        })
        .collect();
    counts.sort_unstable();
    let (median, most) = (counts[counts.len() / 2], counts.last().copied());
    println!("median {median}, most {most:?}, of {} cases", counts.len());
    assert!(median <= 3, "{median}");
}

#[test]
fn the_bank_asks_despairs_and_clears() {
    let session = bank();
    let (mut asking, mut dilemmas) = (0, 0);
    for open in session.cases() {
        let branches = || open.case.branches.iter();
        let expectations = open
            .case
            .expectations
            .iter()
            .chain(branches().flat_map(|branch| &branch.expectations));
        let asks = open
            .case
            .asks
            .iter()
            .chain(branches().flat_map(|branch| &branch.asks));
        let mut is_open = false;
        let mut is_dilemma = false;
        for one in expectations {
            match &one.expected {
                Expected::Statuses { statuses, .. } => {
                    is_open |= statuses.is_none_or(|set| set.determined().is_none());
                }
                Expected::Dilemma(..) => is_dilemma = true,
                Expected::Truth { .. } | Expected::Outcome { .. } => {}
            }
        }
        let mut asks = asks.map(|(ask, _)| ask);
        asking += usize::from(is_open && asks.any(|ask| matches!(ask, Ask::Settle(_))));
        dilemmas += usize::from(is_dilemma);
    }
    assert!(asking >= 12, "{asking} cases ask the question that settles");
    assert!(dilemmas >= 8, "{dilemmas} dilemmas");
}

/// The cases named in the list look wrong and are not: some duty is kept, exempt or overridden, and none can be violated.
#[test]
fn what_only_looks_wrong_is_cleared() {
    let session = bank();
    let list = read("knowledge/cases/in-order-after-all.txt");
    let names: Vec<&str> = list
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect();
    assert!(names.len() >= 8, "{} cases", names.len());
    for name in names {
        let open = session.cases().find(|open| open.case.name == name);
        let open = open.unwrap_or_else(|| panic!("no case is called {name:?}"));
        let record = open.case.record(&open.book.vocabulary, None, None);
        let (memory, limits) = (Memory::<Silent>::default(), Limits::default());
        let judged = judge::judge(open.book, open.plan, &record, memory, limits);
        let duties = judged.verdicts().iter();
        let duties: Vec<&Verdict> = duties
            .filter(|one| open.book.norms[one.norm].sort == NormSort::Duty)
            .collect();
        let blamed = duties.iter().find(|one| one.statuses.has(Status::Violated));
        let blamed = blamed.map(|one| &open.book.norms[one.norm].name);
        assert!(blamed.is_none(), "{name:?}: {blamed:?}");
        assert!(
            duties.iter().any(|one| !one.silent),
            "{name:?} has nothing on record that could look wrong"
        );
    }
}
