//! What a change of the rules changes, in words. In: the impact; out: text, and the faults that stood in the way. Knows no
//! rule.

use super::{Style, instance, wrap};
use crate::bank::impact::{Decided, Impact, Turned};
use crate::value::{Status, StatusSet};

/// The report. `names`: what was typed for the old and the new rules.
#[must_use]
pub fn text(impact: &Impact, names: [&str; 2], style: Style) -> String {
    let [old, new] = names;
    let changed = impact.cases - impact.same;
    let mut page = style.bold(&match (impact.cases, changed) {
        (0, _) => "No case could be judged under both.".to_owned(),
        (1, 0) => "The one case comes to the same.".to_owned(),
        (all, 0) => format!("All {all} cases come to the same."),
        (1, _) => "The one case comes to something else.".to_owned(),
        (all, 1) => format!("1 of {all} cases comes to something else."),
        (all, some) => format!("{some} of {all} cases come to something else."),
    });
    page += &format!("\n\n  old  {old}\n  new  {new}\n");
    let blocks = &impact.blocks;
    for (what, list) in [
        ("taken out", &blocks.removed),
        ("put in", &blocks.added),
        ("written otherwise", &blocks.changed),
    ] {
        if !list.is_empty() {
            let words = format!("  {what}: {}", list.join("; "));
            page += &format!(
                "{}\n",
                wrap(&words, 100, 4).replacen(what, &format!("  {what}"), 1)
            );
        }
    }
    let mut last = None;
    for turned in &impact.verdicts {
        page += &head(&mut last, &turned.case, turned.branch.as_deref(), style);
        page += &of_verdict(turned);
    }
    for decided in &impact.outcomes {
        page += &head(&mut last, &decided.case, None, style);
        page += &of_outcome(decided);
    }
    if !impact.not_judged.is_empty() {
        page += "\nNot compared:\n";
    }
    for (case, new) in &impact.not_judged {
        let which = if *new { "the new" } else { "the old" };
        page += &format!("  {case} (cannot be judged by {which} rules)\n");
    }
    page
}

type Heading<'i> = Option<(&'i str, Option<&'i str>)>;

fn head<'i>(
    last: &mut Heading<'i>,
    case: &'i str,
    branch: Option<&'i str>,
    style: Style,
) -> String {
    if *last == Some((case, branch)) {
        return String::new();
    }
    *last = Some((case, branch));
    let branch = branch.map_or_else(String::new, |branch| format!(", {branch}"));
    format!("\n{}\n", style.bold(&format!("{case}{branch}")))
}

fn of_verdict(turned: &Turned) -> String {
    let of = if turned.of.is_empty() {
        String::new()
    } else {
        format!(" ({})", turned.of.join(", "))
    };
    let line = format!(
        "{}{of}: {} before, {} now",
        turned.norm,
        words(turned.before),
        words(turned.after)
    );
    let mut page = format!("  {}\n", wrap(&line, 96, 4));
    let both = |block: &&String| turned.gone.contains(block) && turned.come.contains(block);
    let (same, come): (Vec<&String>, Vec<&String>) = turned.come.iter().partition(|one| both(one));
    let gone: Vec<&String> = turned.gone.iter().filter(|one| !both(one)).collect();
    let leads = ["by what changed in", "no longer by", "now by"];
    for (lead, list) in leads.iter().zip([same, gone, come]) {
        if !list.is_empty() {
            let list: Vec<&str> = list.iter().map(|one| one.as_str()).collect();
            let line = format!("{lead} {}", list.join("; "));
            page += &format!("    {}\n", wrap(&line, 94, 6));
        }
    }
    page
}

fn of_outcome(decided: &Decided) -> String {
    format!(
        "  option \"{}\": {} before, {} now\n",
        decided.option,
        decided.before.word(),
        decided.after.word()
    )
}

fn words(set: StatusSet) -> String {
    instance::either(set.iter().map(Status::word).map(str::to_owned).collect())
}
