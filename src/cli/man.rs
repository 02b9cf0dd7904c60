//! `fiducia man`: the manual page, or one for every verb.

use super::answer::Answer;
use super::args::{Arguments, ManArgs};
use anyhow::Context;
use clap::CommandFactory;

/// Runs it.
///
/// # Errors
/// When a page cannot be written.
pub fn run(args: &ManArgs) -> anyhow::Result<Answer> {
    if let Some(folder) = &args.export {
        std::fs::create_dir_all(folder)
            .and_then(|()| clap_mangen::generate_to(Arguments::command(), folder))
            .with_context(|| format!("I cannot write into {}", folder.display()))?;
        return Ok(Answer::of(""));
    }
    let mut page = Vec::new();
    clap_mangen::Man::new(Arguments::command()).render(&mut page)?;
    Ok(Answer::of(String::from_utf8(page)?))
}
