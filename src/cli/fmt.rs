//! `fiducia fmt`: files in canonical form.

use super::answer::{Answer, Exit};
use super::args::FmtArgs;
use crate::present::{diagnostic, diff, json};
use crate::session::{Formatting, Opening, format, write};
use std::path::PathBuf;

/// Runs it.
///
/// # Errors
/// When a file cannot be written.
pub fn run(args: &FmtArgs) -> anyhow::Result<Answer> {
    let mut paths = args.paths.clone();
    if paths.is_empty() {
        paths.push(PathBuf::from("."));
    }
    let to_print = paths.iter().any(|path| path.as_os_str() == "-");
    if to_print && paths.len() > 1 {
        anyhow::bail!("- stands alone: standard input is printed, files are rewritten");
    }
    let formatting = format(&Opening {
        paths,
        ..args.by.opening()
    });
    let changed = formatting.files.iter().filter(|file| !file.is_canonical());
    let mut text = String::new();
    let mut count = 0;
    for file in changed {
        count += 1;
        if args.check {
            let style = args.output.style();
            text += &diff::unified(&file.name, &file.before, &file.after, style);
        } else if !to_print {
            write(file)?;
            text += &format!("formatted {}\n", file.name);
        }
    }
    if to_print && !args.check {
        text = formatting
            .files
            .iter()
            .map(|file| file.after.as_str())
            .collect();
    }
    let exit = match (formatting.faults.is_empty(), args.check && count > 0) {
        (false, _) => Exit::Mistake,
        (true, true) => Exit::Finding,
        (true, false) => Exit::AsExpected,
    };
    if (args.check || !to_print) && args.output.is_json() {
        let faults = json::faults(&formatting.sources, &formatting.faults);
        let files = formatting.files.iter();
        let files = files.map(|file| (file.name.clone(), !file.is_canonical()));
        return Ok(Answer::of(json::text(&json::formatted(files, faults))?).ending(exit));
    }
    Ok(Answer::of(text)
        .aside(told(args, &formatting)?)
        .ending(exit))
}

fn told(args: &FmtArgs, formatting: &Formatting) -> anyhow::Result<String> {
    if formatting.faults.is_empty() {
        return Ok(String::new());
    }
    if args.output.is_json() {
        return Ok(json::text(&json::faults(
            &formatting.sources,
            &formatting.faults,
        ))?);
    }
    let style = args.output.aside_style();
    Ok(diagnostic::all(
        &formatting.sources,
        &formatting.faults,
        style,
    ))
}
