//! How long whoever asked waits. In: steps of joins and firings as they happen; out: why the run stops, if it does. Knows no
//! clock: somebody else raises a flag.

use super::fault::Stop;
use super::journal::Recorder;
use super::memory::Run;
use std::sync::atomic::Ordering;

/// So many steps of joins between two looks at the flag: a small part of a millisecond.
const STEPS: u32 = 4096;

impl<R: Recorder> Run<'_, R> {
    /// Counts a step of a join, whether or not anything comes of it; says whether the run is over. The flag is looked at in
    /// the first step of a run, then every so often: neither many small cases nor one long join outlast it.
    #[inline]
    pub(super) fn step(&mut self) -> bool {
        if self.memory.patience == 0 {
            return self.is_over();
        }
        self.memory.patience -= 1;
        false
    }

    /// Looks at the flag. Once the run is over, every further step asks here.
    #[cold]
    fn is_over(&mut self) -> bool {
        let raised = |flag: &std::sync::atomic::AtomicBool| flag.load(Ordering::Relaxed);
        if self.memory.stopped.is_none() && self.limits.stop.is_some_and(raised) {
            self.memory.stopped = Some(Stop::Time);
        }
        if self.memory.stopped.is_none() {
            self.memory.patience = STEPS;
        }
        self.memory.stopped.is_some()
    }

    /// Counts a firing against the limits.
    pub(super) fn count(&mut self) {
        let memory = &mut self.memory;
        memory.fired += 1;
        if memory.derived > self.limits.derived {
            memory.stopped = Some(Stop::Derived(self.limits.derived));
        } else if memory.fired > self.limits.firings {
            memory.stopped = Some(Stop::Firings(self.limits.firings));
        } else {
            return;
        }
        memory.patience = 0;
    }
}
