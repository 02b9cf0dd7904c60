//! A judgement as a line: JSON, or columns. In: a judgement; out: bytes. Names stand as in the case, sentences as declared.
//! Knows nothing of how it was found.

use super::audit::{Explain, Only, Refusal, Subject, Told};
use super::phrases::{OfNorm, Phrases};
use crate::engine::{Cell, Recorder, Run, Witness};
use crate::judge::{By, Defeater, Judgement, Verdict};
use crate::rulebook::Outcome;
use crate::value::{NormSort, Number, Status, StatusSet, Truth, Value};
use std::io::Write;

/// How lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One JSON object a judgement.
    Ndjson,
    /// Case, what, instance, status; one a line.
    Tsv,
    /// Nothing but the tally.
    Summary,
}

/// What a judgement is of, and how it is written.
pub struct Writing<'a, R = Witness> {
    /// The number of the input's line.
    pub line: u64,
    /// The case's name.
    pub case: &'a str,
    /// The option's name.
    pub option: Option<&'a str>,
    /// The supposition's name.
    pub suppose: Option<&'a str>,
    /// The option's outcome.
    pub outcome: Option<Outcome>,
    /// The format.
    pub format: Format,
    /// What stands between the values in JSON.
    pub phrases: &'a Phrases,
    /// What alone is shown.
    pub only: &'a Only,
    /// Also what is silent.
    pub all: bool,
    /// What is explained.
    pub explain: Option<Explain<'a, R>>,
    /// Names that may be slips of each other.
    pub slips: &'a [(String, String)],
}

impl<R: Recorder> Writing<'_, R> {
    fn shows(&self, verdict: &Verdict) -> bool {
        self.only.norm(verdict.norm) && (self.all || !verdict.silent)
    }

    /// Why, for a verdict or a finding that is explained.
    fn why(&self, judged: &Judgement<'_, R>, subject: Subject<'_>) -> Option<Vec<Told>> {
        let explain = self.explain?;
        let violated =
            matches!(subject, Subject::Verdict(verdict) if verdict.statuses.has(Status::Violated));
        if !explain.all && !violated {
            return None;
        }
        let mut told = Vec::new();
        (explain.tell)(judged, subject, &mut told);
        Some(told)
    }
}

/// Writes a judgement.
pub fn write_world<R: Recorder>(
    out: &mut Vec<u8>,
    writing: &Writing<'_, R>,
    judged: &Judgement<'_, R>,
) {
    match writing.format {
        Format::Summary => {}
        Format::Tsv => write_columns(out, writing, judged),
        Format::Ndjson => write_json(out, writing, judged),
    }
}

/// Writes what stands in place of a line that was refused.
pub fn write_refusal(
    out: &mut Vec<u8>,
    format: Format,
    line: u64,
    refusal: &Refusal,
    redact: bool,
) {
    let message = if redact {
        crate::bank::audit::REDACTED
    } else {
        &refusal.message
    };
    match format {
        Format::Summary => {}
        Format::Tsv => {
            let message = message.replace(['\t', '\n'], " ");
            let _ = writeln!(out, "line {line}\terror\t{}\t{message}", refusal.code);
        }
        Format::Ndjson => {
            let _ = write!(out, "{{\"line\":{line},\"error\":{{\"code\":");
            string(out, refusal.code);
            out.extend_from_slice(b",\"message\":");
            string(out, message);
            out.extend_from_slice(b",\"column\":");
            match refusal.column {
                Some(column) => drop(write!(out, "{column}")),
                None => out.extend_from_slice(b"null"),
            }
            out.extend_from_slice(b"}}\n");
        }
    }
}

fn write_columns<R: Recorder>(
    out: &mut Vec<u8>,
    writing: &Writing<'_, R>,
    judged: &Judgement<'_, R>,
) {
    let run = judged.run();
    // Every line begins alike.
    let mut began: Option<std::ops::Range<usize>> = None;
    let mut head = |out: &mut Vec<u8>| {
        if let Some(began) = &began {
            out.extend_from_within(began.clone());
            return;
        }
        let from = out.len();
        column(out, writing.case);
        for (word, name) in [
            (" | option ", writing.option),
            (" | suppose ", writing.suppose),
        ] {
            if let Some(name) = name {
                out.extend_from_slice(word.as_bytes());
                column(out, name);
            }
        }
        out.push(b'\t');
        began = Some(from..out.len());
    };
    for verdict in judged
        .verdicts()
        .iter()
        .filter(|verdict| writing.shows(verdict))
    {
        head(out);
        column(out, &judged.book().norms[verdict.norm].name);
        out.push(b'\t');
        cells(out, run, &verdict.parties);
        out.push(b'\t');
        for (at, status) in verdict.statuses.iter().enumerate() {
            out.extend_from_slice(if at == 0 { b"" } else { b" or " });
            out.extend_from_slice(status.word().as_bytes());
        }
        why_column(out, writing.why(judged, Subject::Verdict(verdict)));
        out.push(b'\n');
    }
    judged.each_finding(|sentence, row, truth, silent| {
        if writing.only.finding(sentence) && (writing.all || !silent) {
            head(out);
            column(out, judged.book().vocabulary.sentences[sentence].key());
            out.push(b'\t');
            cells(out, run, row);
            out.push(b'\t');
            out.extend_from_slice(truth.word().as_bytes());
            why_column(out, writing.why(judged, Subject::Finding(sentence, row)));
            out.push(b'\n');
        }
    });
    for (one, other) in writing.slips {
        head(out);
        out.extend_from_slice(b"names that differ by one letter\t");
        column(out, one);
        out.extend_from_slice(b", ");
        column(out, other);
        out.extend_from_slice(b"\tperhaps one\n");
    }
}

/// A fifth column: what it comes to, by which block, from which lines; steps apart by bars.
fn why_column(out: &mut Vec<u8>, why: Option<Vec<Told>>) {
    let Some(why) = why else { return };
    out.push(b'\t');
    for (at, step) in why.iter().enumerate() {
        if at > 0 {
            out.extend_from_slice(b" | ");
        }
        column(out, &step.says);
        out.extend_from_slice(b" by ");
        column(out, &step.by);
        for (at, line) in step.from.iter().enumerate() {
            out.extend_from_slice(if at == 0 { b": " } else { b"; " });
            column(out, line);
        }
    }
}

fn cells<R: Recorder>(out: &mut Vec<u8>, run: &Run<'_, R>, cells: &[Cell]) {
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            out.extend_from_slice(b", ");
        }
        match thing(run, *cell) {
            Thing::Name(name) => column(out, name),
            Thing::Number(text) => out.extend_from_slice(text.as_bytes()),
            Thing::Whole(number) => whole(out, number),
        }
    }
}

/// What a cell shows.
enum Thing<'r> {
    Name(&'r str),
    Whole(u64),
    Number(String),
}

fn thing<'r, R: Recorder>(run: &'r Run<'_, R>, cell: Cell) -> Thing<'r> {
    if let Some(Value::Name(name)) = cell.value().map(|value| run.record.values.get(value)) {
        return Thing::Name(name);
    }
    match run.number(cell).map(Number::parts) {
        Some((above, 1)) if above >= 0 && above <= i128::from(u64::MAX) => {
            Thing::Whole(u64::try_from(above).unwrap_or(u64::MAX))
        }
        _ => Thing::Number(run.interval(cell).to_string()),
    }
}

/// A whole number in digits.
fn whole(out: &mut Vec<u8>, mut number: u64) {
    let mut digits = [0_u8; 20];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[at..]);
}

/// Text in a column: what would end it becomes a space.
fn column(out: &mut Vec<u8>, text: &str) {
    if !text.bytes().fold(false, |low, byte| low | (byte < b' ')) {
        out.extend_from_slice(text.as_bytes());
        return;
    }
    out.extend(text.bytes().map(|byte| {
        if matches!(byte, b'\t' | b'\n' | b'\r') {
            b' '
        } else {
            byte
        }
    }));
}

fn write_json<R: Recorder>(out: &mut Vec<u8>, writing: &Writing<'_, R>, judged: &Judgement<'_, R>) {
    out.extend_from_slice(b"{\"line\":");
    whole(out, writing.line);
    out.extend_from_slice(b",\"case\":");
    string(out, writing.case);
    for (key, name) in [
        (",\"option\":", writing.option),
        (",\"suppose\":", writing.suppose),
    ] {
        out.extend_from_slice(key.as_bytes());
        optional(out, name);
    }
    out.extend_from_slice(b",\"outcome\":");
    optional(out, writing.outcome.map(Outcome::word));
    for (sort, key) in [
        (NormSort::Duty, ",\"duties\":["),
        (NormSort::Ideal, ",\"ideals\":["),
        (NormSort::Concern, ",\"concerns\":["),
    ] {
        out.extend_from_slice(key.as_bytes());
        let own = judged
            .verdicts()
            .iter()
            .filter(|v| writing.phrases.norm(v.norm).sort == sort && writing.shows(v));
        for (at, verdict) in own.enumerate() {
            if at > 0 {
                out.push(b',');
            }
            write_verdict(out, judged, verdict, writing.phrases.norm(verdict.norm));
            why_part(out, writing.why(judged, Subject::Verdict(verdict)));
            out.push(b'}');
        }
        out.push(b']');
    }
    out.extend_from_slice(b",\"findings\":[");
    let mut first = true;
    judged.each_finding(|sentence, row, truth, silent| {
        if writing.only.finding(sentence) && (writing.all || !silent) {
            if !std::mem::take(&mut first) {
                out.push(b',');
            }
            write_finding(
                out,
                judged.run(),
                writing.phrases.finding(sentence),
                row,
                truth,
            );
            why_part(out, writing.why(judged, Subject::Finding(sentence, row)));
            out.push(b'}');
        }
    });
    out.push(b']');
    if !writing.slips.is_empty() {
        out.extend_from_slice(b",\"names\":[");
        for (at, (one, other)) in writing.slips.iter().enumerate() {
            if at > 0 {
                out.push(b',');
            }
            list(out, [one.as_str(), other.as_str()].into_iter());
        }
        out.push(b']');
    }
    out.extend_from_slice(b"}\n");
}

/// `"why":[{"says":…,"by":…,"from":[…]}]`, after a comma.
fn why_part(out: &mut Vec<u8>, why: Option<Vec<Told>>) {
    let Some(why) = why else { return };
    out.extend_from_slice(b",\"why\":[");
    for (at, step) in why.iter().enumerate() {
        out.extend_from_slice(if at > 0 {
            b",{\"says\":"
        } else {
            b"{\"says\":"
        });
        string(out, &step.says);
        out.extend_from_slice(b",\"by\":");
        string(out, &step.by);
        out.extend_from_slice(b",\"from\":");
        list(out, step.from.iter().map(String::as_str));
        out.push(b'}');
    }
    out.push(b']');
}

/// All of it but the closing brace.
fn write_verdict<R: Recorder>(
    out: &mut Vec<u8>,
    judged: &Judgement<'_, R>,
    verdict: &Verdict,
    phrases: &OfNorm,
) {
    for (before, party) in &phrases.parties {
        out.extend_from_slice(before);
        inside(out, judged.run(), verdict.parties[*party]);
    }
    out.extend_from_slice(&phrases.statuses);
    statuses(out, verdict.statuses);
    if phrases.sort != NormSort::Concern {
        out.extend_from_slice(b",\"parts\":[");
        for (at, (part, before)) in verdict.parts.iter().zip(&phrases.parts).enumerate() {
            if at > 0 {
                out.push(b',');
            }
            out.extend_from_slice(before);
            statuses(out, part.statuses);
            out.extend_from_slice(b",\"by\":");
            names(out, judged, &part.by);
            out.push(b'}');
        }
        out.push(b']');
    }
    if phrases.sort == NormSort::Duty {
        out.extend_from_slice(b",\"by\":");
        names(out, judged, &verdict.by);
    }
}

/// All of it but the closing brace.
fn write_finding<R: Recorder>(
    out: &mut Vec<u8>,
    run: &Run<'_, R>,
    phrases: &[Vec<u8>],
    row: &[Cell],
    truth: Truth,
) {
    for (at, words) in phrases.iter().enumerate() {
        if at > 0 {
            inside(out, run, row[at - 1]);
        }
        out.extend_from_slice(words);
    }
    out.extend_from_slice(truth.word().as_bytes());
    out.push(b'"');
}

/// What a cell shows, inside a JSON string.
fn inside<R: Recorder>(out: &mut Vec<u8>, run: &Run<'_, R>, cell: Cell) {
    match thing(run, cell) {
        Thing::Name(name) => escaped(out, name),
        Thing::Number(text) => out.extend_from_slice(text.as_bytes()),
        Thing::Whole(number) => whole(out, number),
    }
}

/// The words of statuses, none of which needs an escape.
fn statuses(out: &mut Vec<u8>, set: StatusSet) {
    out.push(b'[');
    for (at, status) in set.iter().enumerate() {
        out.extend_from_slice(if at == 0 { b"\"" } else { b",\"" });
        out.extend_from_slice(status.word().as_bytes());
        out.push(b'"');
    }
    out.push(b']');
}

fn names<R: Recorder>(out: &mut Vec<u8>, judged: &Judgement<'_, R>, by: &[By]) {
    let book = judged.book();
    list(
        out,
        by.iter().map(|by| match by.defeater {
            Defeater::Defeat(id) => book.defeats[id].name.as_str(),
            Defeater::Priority(id) => book.priorities[id].name.as_str(),
        }),
    );
}

fn list<'n>(out: &mut Vec<u8>, names: impl Iterator<Item = &'n str>) {
    out.push(b'[');
    for (at, name) in names.enumerate() {
        if at > 0 {
            out.push(b',');
        }
        string(out, name);
    }
    out.push(b']');
}

fn optional(out: &mut Vec<u8>, text: Option<&str>) {
    match text {
        Some(text) => string(out, text),
        None => out.extend_from_slice(b"null"),
    }
}

/// Text as a JSON string.
fn string(out: &mut Vec<u8>, text: &str) {
    out.push(b'"');
    escaped(out, text);
    out.push(b'"');
}

/// Text inside a JSON string.
pub fn escaped(out: &mut Vec<u8>, text: &str) {
    // All of it is looked at, which a processor does many bytes at a time.
    let needs = |byte| byte < b' ' || byte == b'"' || byte == b'\\';
    if !text
        .bytes()
        .fold(false, |so_far, byte| so_far | needs(byte))
    {
        out.extend_from_slice(text.as_bytes());
        return;
    }
    let from = out.len();
    // Writing to memory cannot fail.
    let _ = serde_json::to_writer(&mut *out, text);
    // The quotes are the caller's.
    out.pop();
    out.remove(from);
}
