//! How each piece of a line is worded in canonical text. In: nodes of the tree; out: words. Knows no indentation.

use crate::syntax::tree::{
    Ask, At, Attribute, Body, CaseContent, Casting, Comparator, Condition, Count, Expected, Expr,
    FoldWord, NormRef, NormWord, Operator, OutcomeWord, Phrase, Prefix, Role, Simple, Slot, Target,
    Text, TruthWord,
};
use crate::text::blanks;

/// A sentence.
pub fn phrase(phrase: &Phrase) -> String {
    blanks::filled(&phrase.words, |at| slot(&phrase.slots[at].node))
}

/// What stands between brackets, with the brackets.
pub fn slot(slot: &Slot) -> String {
    match slot {
        Slot::Name(name) | Slot::Number(name) => format!("[{name}]"),
        Slot::Declared(slot) => format!("[{}: {}]", slot.name, slot.kind),
        Slot::Quoted(words) => format!("[\"{words}\"]"),
    }
}

/// Names in quotes; joined with commas, and `last` before the last (or a comma, where `last` is one).
pub fn quoted(names: &[Text], last: &str) -> String {
    let quoted: Vec<String> = names.iter().map(|n| format!("\"{}\"", n.node)).collect();
    match (quoted.as_slice(), last) {
        (_, ",") => quoted.join(", "),
        ([], _) => String::new(),
        ([one], _) => one.clone(),
        ([some @ .., end], _) => format!("{} {last} {end}", some.join(", ")),
    }
}

/// `a` or `an`, by the letters (and the commonest exceptions to them).
pub fn article(name: &str) -> &'static str {
    let lower = name.to_lowercase();
    let begins = |heads: &[&str]| heads.iter().any(|head| lower.starts_with(head));
    let vowel = begins(&["a", "e", "i", "o", "u"]);
    let like_you =
        begins(&["uni", "use", "usu", "uti", "eu", "one", "once"]) && !begins(&["unin", "unim"]);
    let silent = begins(&["hour", "honest", "honour", "honor", "heir"]);
    if (vowel && !like_you) || silent {
        "an"
    } else {
        "a"
    }
}

/// The word that a norm is called by.
pub fn norm_word(word: NormWord) -> &'static str {
    match word {
        NormWord::Duty => "duty",
        NormWord::Ideal => "ideal",
        NormWord::Concern => "concern",
        NormWord::AnyDuty => "any duty",
    }
}

/// Parties with the words before them.
pub fn parties(parties: &[(At<Role>, At<Slot>)]) -> String {
    let said: Vec<String> = parties
        .iter()
        .map(|(role, party)| {
            let word = match role.node {
                Role::OwedBy => "owed by",
                Role::To => "to",
                Role::About => "about",
                Role::Toward => "toward",
                Role::For => "for",
            };
            format!("{word} {}", slot(&party.node))
        })
        .collect();
    said.join(" ")
}

/// `duty "d" owed by [x] … in "part"`.
pub fn norm_ref(norm: &NormRef) -> String {
    let mut out = norm_word(norm.sort.node).to_owned();
    if let Some(name) = &norm.name {
        out.push_str(&format!(" \"{}\"", name.node));
    }
    if !norm.parties.is_empty() {
        out.push(' ');
        out.push_str(&parties(&norm.parties));
    }
    if let Some(part) = &norm.part {
        out.push_str(&format!(" in \"{}\"", part.node));
    }
    out
}

/// `exempt, excused or violated`.
pub fn statuses(statuses: &[Text]) -> String {
    let words: Vec<&str> = statuses.iter().map(|s| s.node.as_str()).collect();
    match words.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [some @ .., last] => format!("{} or {last}", some.join(", ")),
    }
}

/// The words before a sentence, with a space behind them.
fn prefix(prefix: Prefix) -> &'static str {
    match prefix {
        Prefix::None => "",
        Prefix::Not => "it is not the case that ",
        Prefix::NotKnown => "it is not known whether ",
    }
}

/// A stated sentence.
pub fn stated((before, said): &(Prefix, Phrase)) -> String {
    format!("{}{}", prefix(*before), phrase(said))
}

/// A condition of one line.
pub fn simple(simple: &Simple) -> String {
    let body = match &simple.body {
        Body::Sentence(said) => phrase(said),
        Body::Verdict(norm, words) => format!("{} is {}", norm_ref(norm), statuses(words)),
        Body::Comparison(compared) => {
            let (left, word, right) = &**compared;
            let word = match word.node {
                Comparator::Is => "is",
                Comparator::IsNot => "is not",
                Comparator::AtLeast => "is at least",
                Comparator::AtMost => "is at most",
                Comparator::MoreThan => "is more than",
                Comparator::LessThan => "is less than",
            };
            format!("{} {word} {}", expression(left), expression(right))
        }
    };
    format!("{}{body}", prefix(simple.prefix))
}

/// A calculation.
fn expression(expr: &Expr) -> String {
    match expr {
        Expr::Slot(inner) => slot(&inner.node),
        Expr::Number(number) => number.node.clone(),
        Expr::Group(inner, _) => format!("({})", expression(inner)),
        Expr::Binary(left, operator, right) => {
            let sign = match operator.node {
                Operator::Add => '+',
                Operator::Subtract => '-',
                Operator::Multiply => '*',
                Operator::Divide => '/',
            };
            format!("{} {sign} {}", expression(left), expression(right))
        }
    }
}

/// The first line of a condition, after its lead.
pub fn condition(condition: &Condition) -> String {
    match condition {
        Condition::Simple(one) => simple(one),
        Condition::Let { slot: name, value } => {
            format!("let {} be {}", slot(&name.node), expression(value))
        }
        Condition::Fold {
            slot: name,
            fold,
            value,
            over,
            ..
        } => {
            let word = match fold.node {
                FoldWord::Number => "number of",
                FoldWord::Sum => "sum of",
                FoldWord::Least => "least",
                FoldWord::Greatest => "greatest",
            };
            let mut out = format!(
                "let {} be the {word} {}",
                slot(&name.node),
                slot(&value.node)
            );
            for (at, over) in over.iter().enumerate() {
                out.push_str(if at == 0 { " over " } else { ", " });
                out.push_str(&slot(&over.node));
            }
            out.push_str(" where");
            out
        }
        Condition::AnyOf(_) => "any of these".to_owned(),
        Condition::Quantified {
            count, slot: name, ..
        } => {
            let name = slot(&name.node);
            match &count.node {
                Count::No => format!("no {name} where"),
                Count::AtLeast(n) => format!("at least {n} {name} where"),
                Count::AtMost(n) => format!("at most {n} {name} where"),
            }
        }
        Condition::Every { slot: name, .. } => format!("every {} where", slot(&name.node)),
    }
}

/// A line under something.
pub fn attribute(attribute: &Attribute) -> String {
    let text = |word: &str, text: &Text| format!("{word} \"{}\"", text.node);
    match attribute {
        Attribute::Opposite(said) => format!("opposite {}", phrase(said)),
        Attribute::Formerly(said) => format!("formerly {}", phrase(said)),
        Attribute::ChangedBy(who) => format!("can be changed by {}", slot(&who.node)),
        Attribute::Default(value) => format!("default {}", slot(&value.node)),
        Attribute::OnlyOne(name) => format!("only one {}", slot(&name.node)),
        Attribute::Cites { source, place } => match place {
            Some(place) => format!("cites {} \"{}\"", source.node, place.node),
            None => format!("cites {}", source.node),
        },
        Attribute::Confidence(level) => format!("confidence {}", level.node),
        Attribute::Question(words) => text("question", words),
        Attribute::JudgedBy(words) => text("judged by", words),
        Attribute::DecidesNothing(words) => text("decides nothing because", words),
        Attribute::Because(words) => text("because", words),
        Attribute::Jurisdiction(words) => text("jurisdiction", words),
        Attribute::Since(words) => text("since", words),
        Attribute::Advice(words) => text("advice", words),
        Attribute::AccordingTo(words) => text("according to", words),
    }
}

/// The word that a line of a case opens with.
pub fn item_word(content: &CaseContent) -> &'static str {
    match content {
        CaseContent::Cast(_) => "cast",
        CaseContent::Given(_) => "given",
        CaseContent::Unknown(_) => "unknown",
        CaseContent::Expect(_) => "expect",
        CaseContent::Ask(_) => "ask",
    }
}

/// `[Dr Osei] is a Clinician and a Patient`.
pub fn casting(casting: &Casting) -> String {
    let kinds: Vec<String> = casting
        .kinds
        .iter()
        .map(|kind| format!("{} {}", article(&kind.node), kind.node))
        .collect();
    format!("{} is {}", slot(&casting.slot.node), kinds.join(" and "))
}

/// An expectation, after `expect`.
pub fn expected(expected: &Expected) -> String {
    match expected {
        Expected::Truth(word, before, said) => {
            let word = match word.node {
                TruthWord::True => "true",
                TruthWord::False => "false",
                TruthWord::Unknown => "unknown",
            };
            format!("{word}: {}{}", prefix(*before), phrase(said))
        }
        Expected::Statuses(words, norm, by) => {
            let mut out = format!("{}: {}", statuses(words), norm_ref(norm));
            if let Some(by) = by {
                out.push_str(&format!(" by \"{}\"", by.node));
            }
            out
        }
        Expected::Outcome(word, option) => {
            let word = match word.node {
                OutcomeWord::Permissible => "permissible",
                OutcomeWord::Impermissible => "impermissible",
                OutcomeWord::Open => "open",
            };
            format!("{word}: option \"{}\"", option.node)
        }
        Expected::Dilemma(one, other) => {
            format!("dilemma: {} against {}", norm_ref(one), norm_ref(other))
        }
    }
}

/// A question, after `ask`.
pub fn ask(ask: &Ask) -> String {
    let (word, about) = match ask {
        Ask::Why(about) => ("why", about),
        Ask::WhyNot(about) => ("why not", about),
        Ask::Settle(about) => ("what would settle", about),
        Ask::Comply(about) => ("what would comply with", about),
        Ask::Compare(one, other) => {
            return format!(
                "compare option \"{}\" with option \"{}\"",
                one.node, other.node
            );
        }
    };
    match about {
        Target::Norm(norm) => format!("{word} {}", norm_ref(norm)),
        Target::Sentence(said) => format!("{word} {}", phrase(said)),
    }
}
