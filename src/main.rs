//! The binary: everything is in the library.

use std::process::ExitCode;

/// Half of a cold run is spent on small pieces of memory: trees, names, the rulebook.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    fiducia::cli::main()
}
