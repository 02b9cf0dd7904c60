//! What a bank tests of a rulebook, in words: the whole in a few lines, then what is missed, and a case to write. In:
//! coverage; out: text, or the rulebook with marks in the margin. Knows no case.

use super::Style;
use super::sample;
use super::wrap;
use crate::bank::coverage::{BlockCovered, BodyCovered, Coverage, Tried};
use crate::bank::sample::Sample;
use crate::plan::{BlockId, Origin};
use crate::rulebook::{DefeatSort, Rulebook, Test};
use crate::text::{FileId, SourceMap, Span};
use std::collections::BTreeMap;

/// A block as people call it: `exemption "emergency" from "informed consent"`.
#[must_use]
pub fn block_words(book: &Rulebook, block: BlockId) -> String {
    match block {
        BlockId::Rule(id) => format!("rule \"{}\"", book.rules[id].name),
        BlockId::Norm(id) => {
            let norm = &book.norms[id];
            format!("{} \"{}\"", norm.sort.word(), norm.name)
        }
        BlockId::Defeat(id) => {
            let defeat = &book.defeats[id];
            let duty = &book.norms[defeat.norm].name;
            match defeat.sort {
                DefeatSort::Exemption => format!("exemption \"{}\" from \"{duty}\"", defeat.name),
                DefeatSort::Excuse => format!("excuse \"{}\" for \"{duty}\"", defeat.name),
            }
        }
        BlockId::Priority(id) => {
            let priority = &book.priorities[id];
            let (upper, lower) = (
                &book.norms[priority.upper].name,
                &book.norms[priority.lower].name,
            );
            format!(
                "priority \"{}\" of \"{upper}\" over \"{lower}\"",
                priority.name
            )
        }
    }
}

/// The head of a body within its block; empty where the block has only one.
#[must_use]
pub fn body_words(book: &Rulebook, origin: Origin) -> String {
    let named = |id: crate::rulebook::NormId, part: usize, word: &str| {
        let name = book.norms[id]
            .parts
            .get(part)
            .and_then(|part| part.name.as_ref());
        name.map_or_else(
            || format!("{word} if"),
            |name| format!("{word} in \"{name}\" if"),
        )
    };
    match origin {
        Origin::Arises(id) | Origin::Engaged(id) => match book.norms[id].sort {
            crate::value::NormSort::Duty => "arises if".to_owned(),
            crate::value::NormSort::Ideal => "applies if".to_owned(),
            crate::value::NormSort::Concern => "raised if".to_owned(),
        },
        Origin::PartArises(id, part) => named(id, part, "arises"),
        Origin::Test(id, part) => {
            let met = book.norms[id].parts.get(part).map(|part| &part.test);
            named(
                id,
                part,
                if matches!(met, Some(Test::Met(_))) {
                    "met"
                } else {
                    "broken"
                },
            )
        }
        Origin::Rule(_) | Origin::Defeat(_) | Origin::Priority(_) => String::new(),
    }
}

/// A line as it was written; of an unwritten line, what it stands for.
#[must_use]
pub fn line_words(
    book: &Rulebook,
    sources: &SourceMap,
    origin: Origin,
    at: usize,
    span: Span,
) -> String {
    if let (Origin::Priority(id), 0) = (origin, at) {
        let upper = &book.norms[book.priorities[id].upper].name;
        return format!("\"{upper}\" is fulfilled");
    }
    let text = sources
        .get(span.file)
        .text
        .get(span.start as usize..span.end as usize);
    let words: Vec<&str> = text.unwrap_or_default().split_whitespace().collect();
    words.join(" ")
}

/// What a body misses, in words.
#[must_use]
pub fn missed_of_body(book: &Rulebook, body: &BodyCovered) -> Vec<&'static str> {
    let is_test = matches!(body.origin, Origin::Test(..));
    let arises = matches!(body.origin, Origin::Arises(_) | Origin::PartArises(..));
    let defeats = matches!(body.origin, Origin::Defeat(_) | Origin::Priority(_));
    let met = match body.origin {
        Origin::Test(id, part) => {
            let test = book.norms[id].parts.get(part).map(|part| &part.test);
            matches!(test, Some(Test::Met(_)))
        }
        _ => false,
    };
    let mut missed = Vec::new();
    if body.fired == Some(false) {
        missed.push(match () {
            () if is_test && met => "in no case is it met",
            () if is_test => "in no case is it broken",
            () if arises => "in no case does it arise",
            () if defeats => "in no case does it act",
            () => "in no case does it apply",
        });
    }
    if body.blocked == Some(false) {
        missed.push("in no case does it fail by a single line");
    }
    if body.unknown == Some(false) {
        missed.push("in no case is it left open");
    }
    missed
}

/// What a line misses where it decides.
#[must_use]
pub fn missed_of_line(holds: Tried, fails: Tried, unknown: Tried) -> Vec<&'static str> {
    let one = |tried: Tried, word| (tried == Some(false)).then_some(word);
    [
        one(holds, "true"),
        one(fails, "false"),
        one(unknown, "unknown"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The report. `skeletons`: for each block that misses something, a case to write.
#[must_use]
pub fn text(
    book: &Rulebook,
    sources: &SourceMap,
    coverage: &Coverage,
    skeletons: &BTreeMap<BlockId, Sample>,
    most: Option<usize>,
    style: Style,
) -> String {
    let name = format!("\"{}\" {}", book.name, book.version);
    let mut page = format!(
        "{}\n\n",
        style.bold(&format!(
            "{} {} test {} % of {}.",
            coverage.cases,
            if coverage.cases == 1 { "case" } else { "cases" },
            coverage.percent(),
            name.trim()
        ))
    );
    page += &sums(coverage);
    let missing = coverage.missing();
    if missing.is_empty() {
        return page + "\nNothing is missed.\n";
    }
    page += &format!("\n{}\n", style.bold("NOT TESTED"));
    let shown = most.unwrap_or(missing.len());
    for block in missing.iter().take(shown) {
        page += &told(book, sources, block, style);
        if let Some(skeleton) = skeletons.get(&block.block) {
            page += "    a case to write:\n";
            for line in sample::text(book, &skeleton.case, &block_words(book, block.block)).lines()
            {
                page += &format!("      {line}\n");
            }
        }
    }
    if missing.len() > shown {
        page += &format!(
            "\n{} more blocks miss something: --all.\n",
            missing.len() - shown
        );
    }
    page
}

fn sums(coverage: &Coverage) -> String {
    let mut page = String::new();
    let mut row = |what: &str, goals: Vec<bool>| {
        let met = goals.iter().filter(|met| **met).count();
        if !goals.is_empty() {
            page += &format!("  {what:<58}{met:>6} of {}\n", goals.len());
        }
    };
    let bodies = || coverage.blocks.iter().flat_map(|block| &block.bodies);
    let lines = || bodies().flat_map(|body| &body.lines);
    let decisive = coverage.blocks.iter().filter_map(|block| block.decisive);
    row(
        "rules, duties and defeats that act in some case",
        bodies().filter_map(|body| body.fired).collect(),
    );
    row(
        "that one line alone blocks in some case",
        bodies().filter_map(|body| body.blocked).collect(),
    );
    row(
        "that are left open in some case",
        bodies().filter_map(|body| body.unknown).collect(),
    );
    row(
        "without which some verdict would be another",
        decisive.collect(),
    );
    row(
        "conditions that are true where they decide",
        lines().filter_map(|line| line.holds).collect(),
    );
    row(
        "conditions that are false where they decide",
        lines().filter_map(|line| line.fails).collect(),
    );
    row(
        "conditions that are unknown where they decide",
        lines().filter_map(|line| line.unknown).collect(),
    );
    page
}

fn told(book: &Rulebook, sources: &SourceMap, block: &BlockCovered, style: Style) -> String {
    let mut page = format!("\n  {}\n", style.bold(&block_words(book, block.block)));
    let mut say = |indent: usize, words: &str| {
        let space = " ".repeat(indent);
        page += &format!("{space}{}\n", wrap(words, 100, indent + 2));
    };
    if block.decisive == Some(false) && !block.never_fired() {
        say(4, "no verdict of any case would be another without it");
    }
    for body in &block.bodies {
        let head = body_words(book, body.origin);
        let missed = missed_of_body(book, body);
        let lines = body.lines.iter().enumerate().filter_map(|(at, line)| {
            let missed = missed_of_line(line.holds, line.fails, line.unknown);
            let words = line_words(book, sources, body.origin, at, line.span);
            // Where the whole never acts, that no line was true says nothing more.
            let whole = body.fired == Some(false);
            (!missed.is_empty() && !whole).then(|| {
                format!(
                    "{words}: never {} where it decides",
                    missed.join(", never ")
                )
            })
        });
        let lines: Vec<String> = lines.collect();
        if missed.is_empty() && lines.is_empty() {
            continue;
        }
        let lead = if head.is_empty() {
            String::new()
        } else {
            format!("{head}: ")
        };
        if missed.is_empty() {
            if !lead.is_empty() {
                say(4, lead.trim_end());
            }
        } else {
            say(4, &format!("{lead}{}", missed.join("; ")));
        }
        for line in lines {
            say(6, &line);
        }
    }
    page
}

/// The files of the rulebook, each line with what was met of it: of a condition the truths it had where it decides, of a block
/// how it acted.
#[must_use]
pub fn annotated(book: &Rulebook, sources: &SourceMap, coverage: &Coverage) -> String {
    let mut marks: BTreeMap<(FileId, usize), String> = BTreeMap::new();
    let letter = |tried: Tried, letter: char| match tried {
        None => ' ',
        Some(true) => letter,
        Some(false) => '.',
    };
    for block in &coverage.blocks {
        if let Some(span) = place(book, block.block) {
            let fired = block.bodies.first().and_then(|body| body.fired);
            let mark: String = [letter(fired, 'A'), letter(block.decisive, 'D')]
                .iter()
                .collect();
            marks.insert((span.file, line_of(sources, span)), format!("{mark} "));
        }
        for body in &block.bodies {
            for (at, line) in body.lines.iter().enumerate() {
                if matches!((body.origin, at), (Origin::Priority(_), 0)) {
                    continue;
                }
                let own = [(line.holds, 'T'), (line.fails, 'F'), (line.unknown, 'U')];
                let mark = own
                    .iter()
                    .map(|(tried, mark)| letter(*tried, *mark))
                    .collect();
                marks.insert((line.span.file, line_of(sources, line.span)), mark);
            }
        }
    }
    let mut page = String::from(
        "In the margin of a condition: T, F, U where it was true, false, unknown and decided; a dot where it never was.\n\
         In the margin of a block: A where it acted, D where a verdict hung on it.\n",
    );
    for module in &book.modules {
        let source = sources.get(module.file);
        page += &format!("\n{}\n", source.name);
        for (at, line) in source.text.lines().enumerate() {
            let mark = marks.get(&(module.file, at)).map_or("   ", String::as_str);
            page += format!("{mark} | {line}").trim_end();
            page.push('\n');
        }
    }
    page
}

/// Where the head of a block stands.
fn place(book: &Rulebook, block: BlockId) -> Option<Span> {
    Some(match block {
        BlockId::Rule(id) => book.rules.get(id)?.span,
        BlockId::Norm(id) => book.norms.get(id)?.span,
        BlockId::Defeat(id) => book.defeats.get(id)?.span,
        BlockId::Priority(id) => book.priorities.get(id)?.span,
    })
}

/// The line in which a place begins, from 0.
fn line_of(sources: &SourceMap, span: Span) -> usize {
    let text = sources.get(span.file).text.get(..span.start as usize);
    text.map_or(0, |before| before.matches('\n').count())
}
