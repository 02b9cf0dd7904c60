//! One phase to its least fixpoint, both sets at once. In: joins; out: rows in the tables. Semi-naive: a recursive body is
//! run again only on rows that are new, or that have become sure. Knows no duty.

use super::journal::Recorder;
use super::memory::Run;
use crate::plan::{Join, JoinId, RelId};
use crate::value::{Idx, Truth};

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
        let mut heads: Vec<RelId> = joins.iter().map(|id| plan.joins[*id].head).collect();
        heads.sort();
        heads.dedup();
        let mut marks = vec![(0, 0); heads.len()];
        joins.iter().for_each(|id| {
            self.whole(*id);
        });
        loop {
            let news: Vec<(RelId, Vec<u32>)> = heads
                .iter()
                .zip(&mut marks)
                .map(|(head, mark)| (*head, self.table(*head).news(mark)))
                .collect();
            if self.memory.stopped.is_some() || news.iter().all(|(_, rows)| rows.is_empty()) {
                return;
            }
            for id in joins {
                self.again(*id, &news);
            }
        }
    }

    fn whole(&mut self, id: JoinId) -> bool {
        let join: &'a Join = &self.plan.joins[id];
        self.join = id;
        if join
            .needs
            .iter()
            .any(|rel| self.memory.tables[rel.index()].is_empty())
        {
            return false;
        }
        self.fire(join, |run, sink| {
            for program in &join.full {
                run.solve(program, 0, Truth::True, !R::EVERY, sink);
            }
        })
    }

    fn again(&mut self, id: JoinId, news: &[(RelId, Vec<u32>)]) {
        let join: &'a Join = &self.plan.joins[id];
        self.join = id;
        if join.rerun {
            self.whole(id);
            return;
        }
        for (rel, program) in &join.delta {
            let Some((_, rows)) = news.iter().find(|(head, _)| head == rel) else {
                continue;
            };
            self.fire(join, |run, sink| {
                for row in rows {
                    if run.memory.stopped.is_some() {
                        return;
                    }
                    run.solve_on(program, *row, sink);
                }
            });
        }
    }
}
