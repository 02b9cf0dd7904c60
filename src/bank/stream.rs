//! Lines in, lines out: cut into chunks, worked on by threads that share nothing that changes, written in the order of the
//! input. In: any reader and any writer; out: the worker's lines, the same bytes for any number of threads. Memory is that
//! of the chunks in flight. Knows no case.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

/// Lines are handed over about this many bytes at a time.
const CHUNK: usize = 256 * 1024;

/// Whole lines, with the number of the first (from 1).
pub struct Chunk {
    /// The bytes; each line ends with `\n`, except perhaps the last of the input.
    pub bytes: Vec<u8>,
    /// The number of the first line.
    pub first_line: u64,
}

/// Works on chunks: lines in, lines out. One a thread.
pub trait Worker {
    /// Appends to `out` what the chunk's lines come to.
    fn work(&mut self, chunk: &Chunk, out: &mut Vec<u8>);
}

/// A chunk on its way.
struct Job {
    index: u64,
    chunk: Chunk,
    /// How many lines it ends.
    lines: u64,
    out: Vec<u8>,
}

/// A stream that came to its end, or was stopped.
pub struct Streamed<W> {
    /// Those who worked.
    pub workers: Vec<W>,
    /// The number of the last line whose answer was written.
    pub lines: u64,
    /// Whether it was stopped before the input's end.
    pub stopped: bool,
}

/// One thread a processor.
#[must_use]
pub fn all_processors() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// Sends every line through a worker. `make` makes one worker a thread; they are given back when all is done. Once `stop` is
/// raised, no more is read, and what was read is worked on and written.
///
/// # Errors
/// Reading or writing failed; what was written before is whole lines.
pub fn stream<W: Worker + Send>(
    mut input: impl Read + Send,
    mut output: impl Write,
    threads: usize,
    stop: &AtomicBool,
    make: impl Fn() -> W,
) -> io::Result<Streamed<W>> {
    if threads <= 1 {
        let mut worker = make();
        let mut cutter = Cutter::new(&mut input);
        let mut job = Job::empty();
        let mut lines = 0;
        while !stop.load(Ordering::Relaxed) && cutter.fill(&mut job)? {
            job.out.clear();
            worker.work(&job.chunk, &mut job.out);
            output.write_all(&job.out)?;
            lines = job.last_line();
        }
        output.flush()?;
        let stopped = !cutter.is_done();
        return Ok(Streamed {
            workers: vec![worker],
            lines,
            stopped,
        });
    }
    let workers: Vec<W> = (0..threads).map(|_| make()).collect();
    std::thread::scope(|scope| {
        let (give, take) = channel::<Job>();
        let (done, finished) = channel::<Job>();
        let (free, empties) = channel::<Job>();
        // The jobs made here are all there ever are: memory is bounded by them.
        for _ in 0..threads * 3 {
            let _ = free.send(Job::empty());
        }
        let take = Arc::new(Mutex::new(take));
        let handles: Vec<_> = workers
            .into_iter()
            .map(|worker| {
                let (take, done) = (Arc::clone(&take), done.clone());
                scope.spawn(move || work_on(worker, &take, &done))
            })
            .collect();
        drop(done);
        let reader = scope.spawn(move || read_all(&mut input, &empties, &give, stop));
        let written = write_in_order(&mut output, &finished, &free);
        drop((finished, free));
        let read = reader
            .join()
            .unwrap_or_else(|_| Err(io::Error::other("a reader stopped")));
        let workers: Option<Vec<W>> = handles
            .into_iter()
            .map(|handle| handle.join().ok())
            .collect();
        let lines = written?;
        let stopped = !read?;
        let workers = workers.ok_or_else(|| io::Error::other("a worker stopped"))?;
        Ok(Streamed {
            workers,
            lines,
            stopped,
        })
    })
}

fn work_on<W: Worker>(mut worker: W, take: &Mutex<Receiver<Job>>, done: &Sender<Job>) -> W {
    loop {
        let job = match take.lock() {
            Ok(take) => take.recv(),
            Err(_) => return worker,
        };
        let Ok(mut job) = job else { return worker };
        job.out.clear();
        worker.work(&job.chunk, &mut job.out);
        if done.send(job).is_err() {
            return worker;
        }
    }
}

/// Reads until the end or until it is stopped; says whether it came to the end.
fn read_all(
    input: &mut impl Read,
    empties: &Receiver<Job>,
    give: &Sender<Job>,
    stop: &AtomicBool,
) -> io::Result<bool> {
    let mut cutter = Cutter::new(input);
    let mut index = 0;
    while let Ok(mut job) = empties.recv() {
        if stop.load(Ordering::Relaxed) || !cutter.fill(&mut job)? {
            break;
        }
        job.index = index;
        index += 1;
        if give.send(job).is_err() {
            break;
        }
    }
    Ok(cutter.is_done())
}

/// Writes what is finished; gives the number of the last line.
fn write_in_order(
    output: &mut impl Write,
    finished: &Receiver<Job>,
    free: &Sender<Job>,
) -> io::Result<u64> {
    let (mut next, mut lines) = (0, 0);
    let mut early: BTreeMap<u64, Job> = BTreeMap::new();
    while let Ok(job) = finished.recv() {
        early.insert(job.index, job);
        while let Some(job) = early.remove(&next) {
            output.write_all(&job.out)?;
            next += 1;
            lines = job.last_line();
            let _ = free.send(job);
        }
    }
    output.flush()?;
    Ok(lines)
}

impl Job {
    fn empty() -> Self {
        Self {
            index: 0,
            chunk: Chunk {
                bytes: Vec::new(),
                first_line: 1,
            },
            lines: 0,
            out: Vec::new(),
        }
    }

    fn last_line(&self) -> u64 {
        let open = !self.chunk.bytes.ends_with(b"\n");
        self.chunk.first_line + self.lines + u64::from(open) - 1
    }
}

/// Cuts the input at line ends.
struct Cutter<'r, R> {
    input: &'r mut R,
    rest: Vec<u8>,
    line: u64,
    ended: bool,
}

impl<'r, R: Read> Cutter<'r, R> {
    fn new(input: &'r mut R) -> Self {
        Self {
            input,
            rest: Vec::new(),
            line: 1,
            ended: false,
        }
    }

    /// Whether everything was handed on.
    fn is_done(&self) -> bool {
        self.ended && self.rest.is_empty()
    }

    /// Fills a job with whole lines. Says whether there were any.
    fn fill(&mut self, job: &mut Job) -> io::Result<bool> {
        let bytes = &mut job.chunk.bytes;
        bytes.clear();
        bytes.append(&mut self.rest);
        let mut wanted = CHUNK;
        while !self.ended {
            let from = bytes.len();
            let room = wanted.saturating_sub(from).max(CHUNK / 4);
            let read = self.input.by_ref().take(room as u64).read_to_end(bytes)?;
            self.ended = read < room;
            if self.ended {
                break;
            }
            if let Some(end) = memchr::memrchr(b'\n', &bytes[from..]) {
                self.rest.extend_from_slice(&bytes[from + end + 1..]);
                bytes.truncate(from + end + 1);
                break;
            }
            // One line longer than the chunk: read on until it ends.
            wanted = bytes.len() + CHUNK;
        }
        job.chunk.first_line = self.line;
        job.lines = memchr::memchr_iter(b'\n', bytes).count() as u64;
        self.line += job.lines;
        Ok(!bytes.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::{AtomicBool, Chunk, Worker, stream};

    struct Shout(u64);

    impl Worker for Shout {
        fn work(&mut self, chunk: &Chunk, out: &mut Vec<u8>) {
            for (at, line) in chunk
                .bytes
                .split_inclusive(|byte| *byte == b'\n')
                .enumerate()
            {
                self.0 += 1;
                out.extend_from_slice(format!("{} ", chunk.first_line + at as u64).as_bytes());
                out.extend_from_slice(line);
            }
        }
    }

    #[test]
    fn the_same_bytes_for_any_number_of_threads() {
        let mut text: String = (0..60_000)
            .map(|n| format!("line {n} {}\n", "x".repeat(n % 50)))
            .collect();
        text.push_str(&"long ".repeat(200_000));
        text.push_str("\nlast without end");
        let run = |threads| {
            let mut out = Vec::new();
            let stop = AtomicBool::new(false);
            let streamed = stream(text.as_bytes(), &mut out, threads, &stop, || Shout(0));
            let streamed = streamed.expect("no fault");
            assert!(!streamed.stopped && streamed.lines == 60_002);
            let lines = streamed.workers.iter().map(|worker| worker.0).sum::<u64>();
            (out, lines)
        };
        let (one, lines) = run(1);
        assert_eq!(lines, 60_002);
        assert!(String::from_utf8_lossy(&one).ends_with("60002 last without end"));
        assert!(run(2).0 == one && run(7).0 == one);
    }
}
