//! One command, timed from a process so small that it does not show in the command's peak of memory (a child's peak begins
//! with its parent's). usage: measure OUT COMMAND...   prints: wall seconds, CPU seconds, peak KiB, exit status
use std::fs::File;
use std::process::{Command, Stdio};
use std::time::Instant;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let out = File::create(&words[0]).expect("the output can be written");
    let start = Instant::now();
    let child = Command::new(&words[1]).args(&words[2..]).stdin(Stdio::null()).stdout(out).stderr(Stdio::null()).spawn();
    let child = child.expect("the command starts");
    let (mut status, mut usage) = (0, unsafe { std::mem::zeroed::<libc::rusage>() });
    let waited = unsafe { libc::wait4(child.id() as i32, &mut status, 0, &mut usage) };
    let wall = start.elapsed().as_secs_f64();
    assert!(waited > 0, "the command was waited for");
    let seconds = |time: libc::timeval| time.tv_sec as f64 + time.tv_usec as f64 / 1e6;
    let code = if libc::WIFEXITED(status) { libc::WEXITSTATUS(status) } else { 128 + libc::WTERMSIG(status) };
    println!("{wall:.6} {:.6} {} {code}", seconds(usage.ru_utime) + seconds(usage.ru_stime), usage.ru_maxrss);
}
