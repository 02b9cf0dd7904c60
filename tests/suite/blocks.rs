//! Every block earns its place. In: the bank; out: each block switched off in the plan, one at a time, and an expectation
//! that fails without it. A case on which a block never fires cannot depend on it, so only those where it fires are judged.

use crate::run::root;
use fiducia::bank::test::{Instead, test_case};
use fiducia::engine::{Journal, Limits, Memory, Recorder};
use fiducia::judge;
use fiducia::plan::BlockId;
use fiducia::rulebook::{DefeatSort, Rulebook};
use fiducia::session::{OpenCase, Opening, Session};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The sort of a block and its name, as written.
fn said(book: &Rulebook, block: BlockId) -> (&'static str, &str) {
    match block {
        BlockId::Rule(id) => ("rule", &book.rules[id].name),
        BlockId::Norm(id) => (book.norms[id].sort.word(), &book.norms[id].name),
        BlockId::Defeat(id) => match book.defeats[id].sort {
            DefeatSort::Exemption => ("exemption", &book.defeats[id].name),
            DefeatSort::Excuse => ("excuse", &book.defeats[id].name),
        },
        BlockId::Priority(id) => ("priority", &book.priorities[id].name),
    }
}

/// The blocks that fire, surely or possibly, in some world of a case.
fn firing(open: &OpenCase<'_>, memory: &mut Memory<Journal>) -> BTreeSet<BlockId> {
    let mut found = BTreeSet::new();
    for world in judge::worlds(&open.book.vocabulary, open.case) {
        let limits = Limits::default();
        let own = std::mem::take(memory);
        let judged = judge::judge(open.book, open.plan, &world.record, own, limits);
        let run = judged.run();
        for firing in run.recorder().firings() {
            found.insert(run.plan.joins[firing.join].origin.block());
        }
        *memory = judged.recycle();
    }
    found
}

/// Does the work of each index on as many threads as there are processors.
fn on_all_processors<T: Send>(count: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(BTreeMap::new());
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    if at >= count {
                        return;
                    }
                    let result = work(at);
                    done.lock().expect("no thread fails").insert(at, result);
                }
            });
        }
    });
    let done = done.into_inner().expect("no thread fails");
    done.into_values().collect()
}

/// Whether an expectation of the case fails without the block. A case that cannot be judged shows nothing.
fn depends(open: &OpenCase<'_>, plan: &fiducia::plan::Plan) -> bool {
    let test = test_case(open.book, plan, open.case, Limits::default());
    let failed = |instead: &Instead| !matches!(instead, Instead::NotJudged);
    test.not_judged.is_empty()
        && test
            .results
            .iter()
            .any(|held| held.instead.as_ref().is_some_and(failed))
}

#[test]
fn every_block_is_missed_when_it_is_switched_off() {
    let session = Session::open(&Opening {
        paths: vec![root().join("knowledge")],
        ..Opening::default()
    });
    let cases: Vec<OpenCase<'_>> = session.cases().collect();
    let first = cases.first().expect("the bank has cases");
    let fires = on_all_processors(cases.len(), |at| firing(&cases[at], &mut Memory::default()));
    let mut where_it_fires: BTreeMap<BlockId, Vec<usize>> = BTreeMap::new();
    for (at, blocks) in fires.iter().enumerate() {
        for block in blocks {
            where_it_fires.entry(*block).or_default().push(at);
        }
    }
    let blocks = BlockId::all(first.book);
    let missed = on_all_processors(blocks.len(), |at| {
        let plan = first.plan.without(blocks[at]);
        let own = where_it_fires.get(&blocks[at]);
        own.is_some_and(|own| own.iter().any(|case| depends(&cases[*case], &plan)))
    });
    let mut counted: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut idle = Vec::new();
    for (block, missed) in blocks.iter().zip(&missed) {
        let (sort, name) = said(first.book, *block);
        let (own, all) = counted.entry(sort).or_default();
        *own += usize::from(*missed);
        *all += 1;
        if !missed {
            let fired = where_it_fires.get(block).map_or(0, Vec::len);
            idle.push(format!("{sort} \"{name}\" (fires in {fired} cases)"));
        }
    }
    println!("missed, of all: {counted:?}\n{}", idle.join("\n"));
    for (sort, (own, all)) in &counted {
        let least = if *sort == "rule" { 95 } else { 100 };
        assert!(
            own * 100 >= all * least,
            "of each sort, those missed and all: {counted:?}\nnot missed:\n{}",
            idle.join("\n")
        );
    }
}
