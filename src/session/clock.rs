//! Who says when it is enough: limits on what is derived, and a clock. In: numbers; out: the engine's limits. Knows no case.

use crate::engine::Limits;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Limits for everything one command judges. The engine never looks at a clock: this one raises a flag.
#[derive(Debug)]
pub struct Clock {
    over: Arc<AtomicBool>,
    timed: bool,
    derived: Option<u64>,
    firings: Option<u64>,
}

impl Clock {
    /// Starts it; without seconds it never runs out.
    #[must_use]
    pub fn start(seconds: Option<u64>, derived: Option<u64>, firings: Option<u64>) -> Self {
        let over = Arc::new(AtomicBool::new(false));
        if let Some(seconds) = seconds {
            let flag = Arc::clone(&over);
            std::thread::spawn(move || {
                std::thread::sleep(Duration::from_secs(seconds));
                flag.store(true, Ordering::Relaxed);
            });
        }
        Self {
            over,
            timed: seconds.is_some(),
            derived,
            firings,
        }
    }

    /// What the engine is given.
    #[must_use]
    pub fn limits(&self) -> Limits<'_> {
        let usual = Limits::default();
        Limits {
            derived: self.derived.unwrap_or(usual.derived),
            firings: self.firings.unwrap_or(usual.firings),
            stop: self.timed.then_some(&*self.over),
        }
    }
}
