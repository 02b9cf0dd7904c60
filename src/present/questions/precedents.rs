//! The cases of a bank that are most like one, as a page. In: precedents, each with its case laid alongside; out: a document.

use crate::explain::{Comparison, DecidingStep, Precedent};
use crate::present::document::{Document, Entry, Item};
use crate::present::wording::{Words, statuses};
use crate::rulebook::Stated;
use crate::value::NormSort;

/// So many facts are listed.
const MOST_FACTS: usize = 4;

/// A precedent, told.
pub struct Told<'t> {
    /// The case, with its option.
    pub name: String,
    /// How it is alike.
    pub precedent: &'t Precedent,
    /// Who of it stands for whom, where names differ.
    pub pairs: Vec<(String, String)>,
    /// What differs between the two, the one asked about first.
    pub comparison: &'t Comparison,
    /// Says the names of both.
    pub words: Words<'t>,
}

/// The steps that decided both, in words.
#[must_use]
pub fn steps(words: &Words<'_>, precedent: &Precedent) -> Vec<String> {
    precedent
        .steps
        .iter()
        .map(|step| match step {
            DecidingStep::Rule(rule) => format!("rule \"{}\"", words.book.rules[*rule].name),
            DecidingStep::Acted(defeater) => words.defeater(*defeater),
            DecidingStep::Came(norm, set) => {
                format!("\"{}\" {}", words.book.norms[*norm].name, statuses(*set))
            }
        })
        .collect()
}

/// The verdicts that differ, in words.
#[must_use]
pub fn verdicts(words: &Words<'_>, comparison: &Comparison) -> Vec<String> {
    let each = comparison.differences.iter().map(|one| {
        let name = &words.book.norms[one.norm].name;
        format!(
            "\"{name}\" is {} here, {} there",
            statuses(one.first),
            statuses(one.second)
        )
    });
    each.collect()
}

/// The page.
#[must_use]
pub fn precedents(title: &str, all: &[Told<'_>], of: usize) -> Document {
    let mut page = Document {
        title: title.to_owned(),
        aside: format!("among {of} of the bank"),
        ..Document::default()
    };
    if all.is_empty() {
        page.summary
            .push("No case of the bank shares a fact or a step with it.".to_owned());
    }
    let entries = all
        .iter()
        .enumerate()
        .map(|(at, told)| entry(told, at + 1))
        .collect();
    page.section("most alike", "", entries);
    page
}

fn entry(told: &Told<'_>, number: usize) -> Entry {
    let (precedent, words) = (told.precedent, &told.words);
    let mut entry = Entry::of(format!("\"{}\"", told.name));
    entry.number = Some(number);
    let who: Vec<String> = told
        .pairs
        .iter()
        .map(|(theirs, ours)| format!("{theirs} stands where {ours} stands"))
        .collect();
    entry.field("who", who.into_iter().map(Item::of).collect());
    let all = precedent.facts.len() + precedent.only_here;
    let mut alike = vec![Item::of(format!(
        "{} of the {all} facts stated here, {} of {} deciding steps",
        precedent.facts.len(),
        precedent.steps.len(),
        precedent.all_steps
    ))];
    alike.extend(few(
        &precedent
            .facts
            .iter()
            .map(|line| words.stated(line))
            .collect::<Vec<String>>(),
        "; ",
    ));
    alike.extend(few(&steps(words, precedent), ", "));
    entry.field("alike", alike);
    let stated = |lines: &[Stated], lead: &str| {
        let told: Vec<String> = lines.iter().map(|line| words.stated(line)).collect();
        few(&told, "; ").map(|item| Item::of(format!("{lead}: {}", item.text)))
    };
    let mut differs: Vec<Item> = Vec::new();
    differs.extend(stated(&told.comparison.only_first, "only here"));
    differs.extend(stated(&told.comparison.only_second, "only there"));
    entry.field("differs", differs);
    entry.field("verdict", few_verdicts(words, told.comparison));
    entry
}

/// The first few verdicts that differ, duties before ideals and concerns, and how many more.
fn few_verdicts(words: &Words<'_>, comparison: &Comparison) -> Vec<Item> {
    let (duties, others): (Vec<_>, Vec<_>) = comparison
        .differences
        .iter()
        .zip(verdicts(words, comparison))
        .partition(|(one, _)| words.book.norms[one.norm].sort == NormSort::Duty);
    let all = duties.into_iter().chain(others).map(|(_, told)| told);
    let mut items: Vec<Item> = all.map(Item::of).collect();
    if items.is_empty() {
        return vec![Item::of("the same")];
    }
    let more = items.len().saturating_sub(MOST_FACTS);
    // One more is as short as the line that would say so.
    if more > 1 {
        items.truncate(MOST_FACTS);
        items.push(Item::of(format!("and {more} more differ")));
    }
    items
}

/// The first few, and how many more.
fn few(all: &[String], between: &str) -> Option<Item> {
    let (first, rest) = all.split_at(all.len().min(MOST_FACTS));
    if first.is_empty() {
        return None;
    }
    let mut text = first.join(between);
    if !rest.is_empty() {
        text.push_str(&format!("{between}and {} more", rest.len()));
    }
    Some(Item::of(text))
}
