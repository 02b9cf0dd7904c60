//! How far a stream has come, on a terminal. In: what is written, and how much was read; out: the same, and now and then a
//! line on standard error that replaces itself. Knows no case.

use std::io::{self, IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// How long a line stands at least.
const STANDS: Duration = Duration::from_millis(200);

/// A writer that tells how far it has come, where somebody watches and the answer itself goes elsewhere.
pub struct Progress<W> {
    inner: W,
    shown: Option<Instant>,
    watched: bool,
    size: Option<u64>,
    read: Arc<AtomicU64>,
}

impl<W: Write> Progress<W> {
    /// Around a writer, for a source of this size of which so much was read.
    pub fn new(inner: W, size: Option<u64>, read: Arc<AtomicU64>) -> Self {
        Self {
            inner,
            shown: None,
            watched: io::stderr().is_terminal() && !io::stdout().is_terminal(),
            size,
            read,
        }
    }

    fn show(&mut self) {
        if !self.watched || self.shown.is_some_and(|at| at.elapsed() < STANDS) {
            return;
        }
        self.shown = Some(Instant::now());
        let read = self.read.load(Ordering::Relaxed);
        let told = match self.size {
            Some(size) if size > 0 => {
                let percent = (read.saturating_mul(100) / size).min(100);
                let full = usize::try_from(percent / 5).unwrap_or(0);
                format!("{:<20} {percent:>3} %", "#".repeat(full))
            }
            _ => format!("{} MB read", read / 1_000_000),
        };
        // Nobody watches a terminal that cannot be written to.
        let _ = write!(io::stderr(), "\r{told}\x1b[K");
    }
}

impl<W> Drop for Progress<W> {
    fn drop(&mut self) {
        if self.shown.is_some() {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}

impl<W: Write> Write for Progress<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.inner.write(bytes)
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.inner.write_all(bytes)?;
        self.show();
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}
