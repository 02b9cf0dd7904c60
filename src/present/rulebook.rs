//! What a rulebook is: name, version, hash, modules, sources. In: a rulebook; out: text. Knows no rule.

use super::{Style, wrap};
use crate::rulebook::{DefeatSort, Rulebook};
use crate::value::NormSort;
use std::fmt::Write;

/// What stands in one module, by number.
#[derive(Clone, Copy, Debug, Default)]
pub struct ModuleCount {
    /// Declared sentences.
    pub sentences: usize,
    /// Rules.
    pub rules: usize,
    /// Duties.
    pub duties: usize,
    /// Ideals.
    pub ideals: usize,
    /// Concerns.
    pub concerns: usize,
    /// Exemptions.
    pub exemptions: usize,
    /// Excuses.
    pub excuses: usize,
    /// Priorities.
    pub priorities: usize,
}

/// Counts by module, in the order of the modules.
#[must_use]
pub fn count(rulebook: &Rulebook) -> Vec<ModuleCount> {
    let mut counts = vec![ModuleCount::default(); rulebook.modules.len()];
    let mut add = |module: usize, what: fn(&mut ModuleCount) -> &mut usize| {
        if let Some(count) = counts.get_mut(module) {
            *what(count) += 1;
        }
    };
    for sentence in rulebook.vocabulary.sentences.iter() {
        add(sentence.module, |count| &mut count.sentences);
    }
    for rule in rulebook.rules.iter() {
        add(rule.module, |count| &mut count.rules);
    }
    for norm in rulebook.norms.iter() {
        add(
            norm.module,
            match norm.sort {
                NormSort::Duty => |count| &mut count.duties,
                NormSort::Ideal => |count| &mut count.ideals,
                NormSort::Concern => |count| &mut count.concerns,
            },
        );
    }
    for defeat in rulebook.defeats.iter() {
        add(
            defeat.module,
            match defeat.sort {
                DefeatSort::Exemption => |count| &mut count.exemptions,
                DefeatSort::Excuse => |count| &mut count.excuses,
            },
        );
    }
    for priority in rulebook.priorities.iter() {
        add(priority.module, |count| &mut count.priorities);
    }
    counts
}

/// The page of a rulebook.
#[must_use]
pub fn page(rulebook: &Rulebook, style: Style) -> String {
    let mut text = style.bold(&rulebook.name);
    if !rulebook.version.is_empty() {
        let _ = write!(text, " {}", rulebook.version);
    }
    let _ = writeln!(text, "\nsha256 {}\n", rulebook.sha256());
    let _ = writeln!(text, "{}", style.bold("Modules"));
    for (module, count) in rulebook.modules.iter().zip(count(rulebook)) {
        let _ = writeln!(text, "  {}: {}", module.name, holds(count));
    }
    let _ = writeln!(text, "\n{}", style.bold("Sources"));
    for source in rulebook.sources.iter() {
        let mut words = format!("{}: {}", source.id, source.title);
        for (lead, more) in [
            ("", &source.jurisdiction),
            ("since ", &source.since),
            ("confidence ", &source.confidence),
        ] {
            if let Some(more) = more {
                let _ = write!(words, "; {lead}{more}");
            }
        }
        let _ = writeln!(text, "  {}", wrap(&words, 98, 4));
    }
    text
}

fn holds(count: ModuleCount) -> String {
    let parts: Vec<String> = [
        (count.sentences, "sentence", "sentences"),
        (count.rules, "rule", "rules"),
        (count.duties, "duty", "duties"),
        (count.ideals, "ideal", "ideals"),
        (count.concerns, "concern", "concerns"),
        (count.exemptions, "exemption", "exemptions"),
        (count.excuses, "excuse", "excuses"),
        (count.priorities, "priority", "priorities"),
    ]
    .into_iter()
    .filter(|(number, ..)| *number > 0)
    .map(|(number, one, many)| format!("{number} {}", if number == 1 { one } else { many }))
    .collect();
    if parts.is_empty() {
        "kinds and sources".to_owned()
    } else {
        parts.join(", ")
    }
}
