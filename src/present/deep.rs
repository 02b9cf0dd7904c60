//! What was found in a rulebook by looking for small cases, in words. In: findings; out: text. Knows no rule's meaning.

use super::coverage::block_words;
use super::{Style, sample, wrap};
use crate::bank::deep::{Deep, Finding};
use crate::plan::BlockId;
use crate::rulebook::{Case, DefeatSort, NormId, Rulebook};
use crate::value::NormSort;

/// What a finding is about, what it says, and the case it rests on.
#[must_use]
pub fn told<'f>(book: &Rulebook, finding: &'f Finding) -> (String, String, Option<&'f Case>) {
    let norm = |id: &NormId| block_words(book, BlockId::Norm(*id));
    match finding {
        Finding::NeverFires(id) => (
            block_words(book, BlockId::Rule(*id)),
            "no case was found in which it applies".to_owned(),
            None,
        ),
        Finding::NeverArises(id) => {
            let how = match book.norms[*id].sort {
                NormSort::Duty => "arises",
                NormSort::Ideal => "applies",
                NormSort::Concern => "is raised",
            };
            (
                norm(id),
                format!("no case was found in which it {how}"),
                None,
            )
        }
        Finding::NeverBroken(id, case) => {
            let words = match book.norms[*id].sort {
                NormSort::Ideal => {
                    "it applies, but no case was found in which it falls short; it applies in"
                }
                _ => "it arises, but no case was found in which it is violated; it arises in",
            };
            (norm(id), words.to_owned(), Some(case))
        }
        Finding::ExcludesDuty(id, case) => {
            let defeat = &book.defeats[*id];
            let duty = &book.norms[defeat.norm].name;
            let when = match defeat.sort {
                DefeatSort::Exemption => "arises",
                DefeatSort::Excuse => "is broken",
            };
            let words = format!(
                "its conditions can hold, but no case was found in which they hold and \"{duty}\" {when}; they hold in"
            );
            (block_words(book, BlockId::Defeat(*id)), words, Some(case))
        }
        Finding::NeverHolds(id) => (
            block_words(book, BlockId::Defeat(*id)),
            "no case was found in which its conditions hold".to_owned(),
            None,
        ),
        Finding::NeverOutranks(id) => (
            block_words(book, BlockId::Priority(*id)),
            "no case was found in which it acts".to_owned(),
            None,
        ),
        Finding::Conflict(one, other, case) => (
            format!("{} against {}", norm(one), norm(other)),
            "whatever is done one of them is violated, and no priority relates them; so in"
                .to_owned(),
            Some(case),
        ),
        Finding::NeverDiffer { cases } => (
            "the two rulebooks".to_owned(),
            format!("they give the same verdicts in all {cases} cases that were found for either"),
            None,
        ),
    }
}

/// The report of one rulebook.
#[must_use]
pub fn text(book: &Rulebook, deep: &Deep, style: Style) -> String {
    let name = format!("\"{}\" {}", book.name, book.version);
    let mut page = style.bold(&match deep.findings.len() {
        0 => format!("Nothing was found amiss in {}.", name.trim()),
        1 => format!("1 finding in {}.", name.trim()),
        some => format!("{some} findings in {}.", name.trim()),
    });
    page += &format!(
        "\nLooked at: {} blocks and {} pairs of duties that want opposite things, by {} small cases.\n",
        deep.blocks, deep.pairs, deep.judged
    );
    if deep.out_of_time {
        page += "The time was over before all was looked at: --time gives more.\n";
    }
    for finding in &deep.findings {
        let (about, words, case) = told(book, finding);
        page += &format!("\n  {}\n", style.bold(&wrap(&about, 96, 4)));
        let end = if case.is_some() { ":" } else { "." };
        page += &format!("    {}\n", wrap(&format!("{words}{end}"), 96, 6));
        if let Some(case) = case {
            for line in sample::text(book, case, &about).lines() {
                page += &format!("      {line}\n");
            }
        }
    }
    if !deep.findings.is_empty() {
        page += "\nWhat was not found is not proved not to be: look at the block before you change it.\n";
    }
    page
}
