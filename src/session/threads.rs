//! The threads that share the work of opening. In: nothing; out: nothing. Knows no work: who has some offers it, and does it
//! alone where nobody is free.

/// More than these only cost their start: a rulebook is read before they have begun.
const MOST: usize = 4;

/// Makes the thread that calls one of those that share work, and starts the others, so that they are awake once there is
/// some. What comes out does not depend on how many there are. For the process's first thread, once; without it, the
/// others are started when first needed.
pub fn start() {
    let there = std::thread::available_parallelism().map_or(1, usize::from);
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(there.min(MOST))
        .use_current_thread();
    // Where no thread can be had, the work is done without.
    let _ = pool.build_global();
}
