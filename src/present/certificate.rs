//! What became of a certificate, in words. In: the certificate and whether it holds; out: a page. Knows no rule.

use crate::verify::{Certificate, Proved, Refusal, Settled};

/// The page.
#[must_use]
pub fn text(paper: &Certificate, held: &Result<Proved, Refusal>) -> String {
    let of = format!("The certificate of {}", paper.case.name);
    match held {
        Ok(proved) => {
            let mut page = format!("{of} holds, by {}.\n\n", paper.rulebook.name);
            page += &format!(
                "  {} proved, each by a rule from what is stated or proved before it\n",
                counted(proved.surely, "sentence")
            );
            page += &format!(
                "  {} possible and no more; whatever else rules could conclude is false\n",
                counted(proved.possibly, "sentence")
            );
            let same = if proved.verdicts == 1 {
                "worked out again, and the same"
            } else {
                "worked out again, and all the same"
            };
            page += &format!("  {} {same}:\n\n", counted(proved.verdicts, "verdict"));
            for line in &paper.verdicts {
                page += &verdict(line);
            }
            page
        }
        Err(refusal) => format!(
            "{of} is refused. The first line that does not hold:\n\n  {}  {}\n",
            refusal.at, refusal.why
        ),
    }
}

fn verdict(line: &Settled) -> String {
    let of = if line.of.is_empty() {
        String::new()
    } else {
        format!(" ({})", line.of.join(", "))
    };
    format!(
        "    \"{}\"{of}: {}\n",
        line.norm,
        line.statuses.join(" or ")
    )
}

fn counted(count: usize, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        0 => format!("no {what}"),
        _ => format!("{count} {what}s"),
    }
}
