//! A fault as people read it: drawn under its source line, or as one plain line. In: a [`Diagnostic`] and the files;
//! out: text. It does not know why anything is a fault.

use super::{Style, wrap};
use crate::text::{Diagnostic, FileId, Label, Severity, Source, SourceMap};
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet, normalize_untrusted_str};
use std::ops::Range;

/// Columns of a drawn message.
const WIDTH: usize = 100;

/// All faults, one after the other, with an empty line between drawn ones.
#[must_use]
pub fn all(sources: &SourceMap, faults: &[Diagnostic], style: Style) -> String {
    let mut text = String::new();
    for fault in faults {
        text.push_str(&one(sources, fault, style));
        text.push('\n');
        if style != Style::Plain {
            text.push('\n');
        }
    }
    text
}

/// Each fault once, in the order of their first.
pub fn once(faults: &mut Vec<Diagnostic>) {
    let mut seen: Vec<Diagnostic> = Vec::new();
    faults.retain(|fault| {
        let new = !seen.contains(fault);
        if new {
            seen.push(fault.clone());
        }
        new
    });
}

/// One fault, without a line end.
#[must_use]
pub fn one(sources: &SourceMap, fault: &Diagnostic, style: Style) -> String {
    match style {
        Style::Plain => plain(sources, fault),
        Style::Text => draw(sources, fault, &Renderer::plain()),
        Style::Colour => draw(sources, fault, &Renderer::styled()),
    }
}

fn plain(sources: &SourceMap, fault: &Diagnostic) -> String {
    let mut line = String::new();
    if let Some(first) = fault.labels.first() {
        line.push_str(&format!("{}: ", place(sources, first)));
    }
    line.push_str(&format!(
        "{} {}: {}",
        fault.severity.word(),
        fault.code,
        one_line(&fault.message)
    ));
    for (at, label) in fault.labels.iter().enumerate() {
        if label.text.is_empty() {
            continue;
        }
        let there = if at == 0 {
            "here".to_owned()
        } else {
            place(sources, label)
        };
        line.push_str(&format!("; {there}: {}", one_line(&label.text)));
    }
    if let Some(meant) = did_you_mean(fault) {
        line.push_str(&format!(". {}", one_line(&meant)));
    }
    if let Some(help) = help(fault) {
        line.push_str(&format!(". Help: {}", one_line(help)));
    }
    line
}

/// `file:line:column`, the column in characters.
fn place(sources: &SourceMap, label: &Label) -> String {
    let (line, column) = sources.line_column(label.span);
    let name = &sources.get(label.span.file).name;
    format!("{}:{line}:{column}", one_line(name))
}

/// On one line, with what could steer a terminal made visible.
fn one_line(text: &str) -> String {
    normalize_untrusted_str(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The help, unless it only repeats what is suggested anyway.
fn help(fault: &Diagnostic) -> Option<&str> {
    let help = fault.help.as_deref()?;
    let first = fault.suggestions.first();
    let repeats =
        |meant: &String| help.starts_with("Did you mean") || help == format!("Write \"{meant}\".");
    (!first.is_some_and(repeats)).then_some(help)
}

fn did_you_mean(fault: &Diagnostic) -> Option<String> {
    let mut suggestions = fault.suggestions.iter();
    let first = suggestions.next()?;
    let more = suggestions.fold(String::new(), |more, next| format!("{more}\n  or {next}"));
    Some(format!("Did you mean {first}{more}?"))
}

fn draw(sources: &SourceMap, fault: &Diagnostic, renderer: &Renderer) -> String {
    let level = match fault.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Hint => Level::NOTE.with_name("hint"),
    };
    let message = normalize_untrusted_str(&wrap(&fault.message, WIDTH, 0));
    let title = level.primary_title(message).id(fault.code);
    let mut group = Group::with_title(title);
    for (at, file) in files_of(fault).into_iter().enumerate() {
        let labels: Vec<&Label> = fault
            .labels
            .iter()
            .filter(|label| label.span.file == file)
            .collect();
        group = group.element(snippet(sources.get(file), &labels, at == 0));
    }
    if let Some(meant) = did_you_mean(fault) {
        group = group.element(Level::HELP.message(normalize_untrusted_str(&meant)));
    }
    if let Some(help) = help(fault) {
        let help = wrap(help, WIDTH, 0);
        group = group.element(Level::HELP.message(normalize_untrusted_str(&help)));
    }
    renderer
        .clone()
        .decor_style(DecorStyle::Unicode)
        .term_width(WIDTH)
        .render(&[group])
}

/// The files of a fault's places, in order, each once.
fn files_of(fault: &Diagnostic) -> Vec<FileId> {
    let mut files: Vec<FileId> = Vec::new();
    for label in &fault.labels {
        if !files.contains(&label.span.file) {
            files.push(label.span.file);
        }
    }
    files
}

/// The lines of a file between its first and its last label, with the labels on them. Only these lines are handed on, so
/// that a fault at the end of a long file costs no more than one at its head.
fn snippet<'a>(
    source: &'a Source,
    labels: &[&'a Label],
    first_file: bool,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let text = &source.text;
    let ranges: Vec<Range<usize>> = labels.iter().map(|label| range(text, label)).collect();
    let least = ranges.iter().map(|range| range.start).min().unwrap_or(0);
    let greatest = ranges.iter().map(|range| range.end).max().unwrap_or(0);
    let mut from = text[..least].rfind('\n').map_or(0, |at| at + 1);
    if from == 0 && text.starts_with('\u{feff}') {
        from = '\u{feff}'.len_utf8().min(least);
    }
    let to = text[greatest..]
        .find('\n')
        .map_or(text.len(), |at| greatest + at);
    let line = text[..from].matches('\n').count() + 1;
    let mut snippet = Snippet::source(&text[from..to])
        .line_start(line)
        .path(normalize_untrusted_str(&source.name));
    for (at, (label, range)) in labels.iter().zip(ranges).enumerate() {
        let kind = if first_file && at == 0 {
            AnnotationKind::Primary
        } else {
            AnnotationKind::Context
        };
        let mut annotation = kind.span(range.start - from..range.end - from);
        if !label.text.is_empty() {
            annotation = annotation.label(normalize_untrusted_str(&label.text));
        }
        snippet = snippet.annotation(annotation);
    }
    snippet
}

/// The bytes of a label, inside the text and between characters whatever was asked.
fn range(text: &str, label: &Label) -> Range<usize> {
    let start = text.floor_char_boundary(label.span.start as usize);
    let end = text.ceil_char_boundary(label.span.end as usize);
    start..end.max(start)
}
