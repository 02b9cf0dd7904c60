//! One phase to its least fixpoint, both sets at once. In: joins; out: rows in the tables. Semi-naive: a recursive body is
//! run again only on rows that are new, or that have become sure. Knows no duty.

use super::journal::Recorder;
use super::memory::Run;
use super::table::Mark;
use crate::plan::{Join, JoinId, RelId};
use crate::value::{Idx, Truth};

/// What is new of a recursive relation in one round: rows and upgrades from one mark to the other.
#[derive(Clone, Copy, Debug)]
pub(super) struct Round {
    rel: RelId,
    from: Mark,
    to: Mark,
}

impl<'a, R: Recorder> Run<'a, R> {
    /// Runs bodies none of which reads what another of them concludes later.
    pub fn once(&mut self, joins: &'a [JoinId]) {
        for id in joins {
            if self.memory.stopped.is_none() {
                self.whole(*id);
            }
        }
    }

    /// Runs bodies that read what they conclude until nothing is new.
    pub fn fixpoint(&mut self, joins: &'a [JoinId]) {
        let plan = self.plan;
        self.once(joins);
        if joins
            .iter()
            .all(|id| !self.memory.present[plan.joins[*id].head.index()])
        {
            return;
        }
        let mut rounds = std::mem::take(&mut self.memory.rounds);
        rounds.clear();
        rounds.extend(joins.iter().map(|id| Round {
            rel: plan.joins[*id].head,
            from: Mark::default(),
            to: Mark::default(),
        }));
        rounds.sort_by_key(|round| round.rel);
        rounds.dedup_by_key(|round| round.rel);
        loop {
            for round in &mut rounds {
                let mark = self.table(round.rel).mark();
                (round.from, round.to) = (round.to, mark);
            }
            if self.memory.stopped.is_some() || rounds.iter().all(|round| round.from == round.to) {
                break;
            }
            for id in joins {
                self.again(*id, &rounds);
            }
        }
        self.memory.rounds = rounds;
    }

    /// Whether the relations that a body needs first have a row: nearly all bodies of a large rulebook have none in a case.
    #[inline]
    fn is_open(&self, id: JoinId) -> bool {
        let present = &self.memory.present;
        self.plan.gates[id].iter().all(|rel| present[rel.index()])
    }

    #[inline]
    fn whole(&mut self, id: JoinId) {
        if self.is_open(id) {
            self.run_whole(id);
        }
    }

    #[inline(never)]
    fn run_whole(&mut self, id: JoinId) {
        let join: &'a Join = &self.plan.joins[id];
        self.join = id;
        self.fire(join, |run, sink| {
            for program in &join.full {
                run.solve(&program.steps, Truth::True, sink);
            }
        });
    }

    fn again(&mut self, id: JoinId, rounds: &[Round]) {
        let join: &'a Join = &self.plan.joins[id];
        self.join = id;
        if join.rerun {
            self.whole(id);
            return;
        }
        for (rel, program) in &join.delta {
            let Some(round) = rounds.iter().find(|round| round.rel == *rel) else {
                continue;
            };
            if round.from == round.to {
                continue;
            }
            self.fire(join, |run, sink| {
                for at in round.from.upgrades..round.to.upgrades {
                    let row = run.table(*rel).upgraded(at);
                    if row < round.from.rows && !run.step() {
                        run.solve_on(program, row, sink);
                    }
                }
                for row in round.from.rows..round.to.rows {
                    if run.step() {
                        return;
                    }
                    run.solve_on(program, row, sink);
                }
            });
        }
    }
}
