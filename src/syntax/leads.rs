//! The first words of lines: which there are, where they belong, and what is told of a line that begins with something
//! else. In: lines; out: faults. Knows no grammar beyond first words.

use crate::syntax::blocks::{OPENERS, first_word};
use crate::syntax::expected;
use crate::syntax::faults::lead_span;
use crate::text::{Diagnostic, Span};

/// The first words of lines inside blocks: the words in full, and where they belong.
const LEADS: &[(&str, &str)] = &[
    (
        "if",
        "a rule, an exemption, an excuse or a priority (in a duty: `arises if`, `broken if`, `met if`)",
    ),
    (
        "and",
        "a rule, a duty or another block with conditions, after the first of them",
    ),
    (
        "unless",
        "a rule or another block with conditions, after all others",
    ),
    ("then", "a rule"),
    (
        "is such that",
        "a condition `every [x] where`, between its two lists",
    ),
    ("owed by", "a duty"),
    ("to", "a duty, in the line `owed by [x] to [y]`"),
    ("for", "an ideal"),
    ("about", "a duty, an ideal or a concern"),
    ("toward", "a duty, an ideal or a concern"),
    ("never outranked", "a duty"),
    ("after", "a duty"),
    ("arises if", "a duty"),
    ("applies if", "an ideal"),
    ("raised if", "a concern"),
    ("broken if", "a duty or an ideal"),
    ("met if", "a duty or an ideal"),
    ("advice", "a duty, an ideal or a concern"),
    ("cites", "a rule, a duty or another block that has a source"),
    (
        "because",
        "a rule, a duty, or another block that has a reason",
    ),
    ("jurisdiction", "a source, or stands under a `cites` line"),
    ("since", "a source, or stands under a `cites` line"),
    ("confidence", "a source, or stands under a `cites` line"),
    ("opposite", "a declared sentence, on the line under it"),
    ("formerly", "a declared sentence, on the line under it"),
    ("question", "a declared sentence, on the line under it"),
    ("judged by", "a declared sentence, on the line under it"),
    (
        "can be changed by",
        "a declared sentence, on the line under it",
    ),
    ("default", "a declared setting, on the line under it"),
    ("only one", "a declared sentence, on the line under it"),
    (
        "decides nothing because",
        "a declared sentence, on the line under it",
    ),
    (
        "according to",
        "a `given` or `unknown` line, on the line under it",
    ),
    ("cast", "a case"),
    ("given", "a case"),
    ("unknown", "a case"),
    ("expect", "a case"),
    ("ask", "a case"),
    ("option", "a case"),
    ("suppose", "a case"),
    ("like case", "a case, before its options"),
];

/// What people write from habit, and what the language says for it.
const HABITS: &[(&str, &str)] = &[
    (
        "or",
        "Alternatives are a list: `any of these` with one bullet for each, or two rules.",
    ),
    (
        "either",
        "Alternatives are a list: `any of these` with one bullet for each, or two rules.",
    ),
    ("when", "A condition begins with `if` or `and`."),
    (
        "where",
        "`where` ends the line before, behind the brackets: if no [x] where",
    ),
    (
        "not",
        "Say `it is not the case that` after `if` or `and`, or use the declared opposite of the sentence.",
    ),
    (
        "but",
        "A further condition begins with `and`, an exception with `unless`.",
    ),
    ("except", "An exception begins with `unless`."),
    (
        "else",
        "There is no `else`: write a second rule with its own conditions.",
    ),
    (
        "otherwise",
        "There is no `otherwise`: write a second rule with its own conditions.",
    ),
    ("therefore", "The conclusion of a rule begins with `then`."),
    ("so", "The conclusion of a rule begins with `then`."),
    ("fact", "A fact of a case begins with `given`."),
    (
        "assume",
        "A fact of a case begins with `given`; a what-if is `suppose \"name\"` with lines of its own.",
    ),
    ("note", "A remark begins with #."),
    (
        "source",
        "Say where a block comes from with `cites`; a `source` is declared in a block of its own.",
    ),
];

/// Whether a word opens a line inside some block.
pub fn is_lead(word: &str) -> bool {
    LEADS.iter().any(|(lead, _)| first_word(lead) == word)
}

/// The word that a misspelt one was meant to be: one slip in a short word, two in a longer one, or capital letters.
fn meant<'w>(word: &str, known: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let lower = word.to_lowercase();
    let allowed = if lower.chars().count() < 5 { 1 } else { 2 };
    known
        .into_iter()
        .map(|candidate| {
            let distance = strsim::damerau_levenshtein(&lower, first_word(candidate));
            (distance, candidate)
        })
        .filter(|(distance, _)| *distance <= allowed && lower.chars().count() > 1)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// The opener that a line at the margin was meant to begin with: `dutty "rescue"`, `Rule "valid consent"`.
pub fn meant_opener(text: &str) -> Option<&'static str> {
    let word = first_word(text);
    if word.is_empty() || is_lead(word) || OPENERS.contains(&word) {
        return None;
    }
    meant(word, OPENERS.iter().copied()).filter(|opener| opens_well(opener, &text[word.len()..]))
}

/// Whether the rest of a line goes on like the head of a block.
pub fn opens_well(opener: &str, rest: &str) -> bool {
    let rest = rest.trim();
    let quoted = rest.starts_with(['"', '“', '„']);
    match opener {
        "facts" => rest.starts_with(','),
        "settings" | "concepts" | "findings" | "always" => rest.is_empty(),
        "kind" => rest.starts_with(char::is_uppercase),
        "source" => rest.contains(" is "),
        "duty" | "ideal" | "concern" => {
            let closes = rest
                .char_indices()
                .skip(1)
                .find(|(_, c)| matches!(c, '"' | '”'));
            quoted && closes.is_none_or(|(at, c)| rest[at + c.len_utf8()..].is_empty())
        }
        _ => quoted,
    }
}

/// A misspelt or unknown word at the margin, before something that looks like the name of a block.
pub fn unknown_block(line: Span, text: &str, meant: Option<&str>) -> Diagnostic {
    let word = first_word(text);
    let fault = Diagnostic::new(
        "R031",
        lead_span(line, word),
        format!("No block begins with `{word}`"),
    )
    .suggest(meant.map(str::to_owned).into_iter().collect());
    match meant {
        Some(meant) => fault
            .saying(format!("did you mean `{meant}`?"))
            .help("Keywords are written in small letters."),
        None => fault
            .saying("an unknown word")
            .help(format!("A block begins with {}.", expected::list(OPENERS))),
    }
}

/// A block that does not begin at the margin.
pub fn indented_block(line: Span, text: &str) -> Diagnostic {
    let word = first_word(text);
    Diagnostic::new(
        "R032",
        lead_span(line, word),
        format!("`{word}` opens a block, so it must stand at the left margin"),
    )
    .saying("indented")
    .help("Remove the spaces in front of it.")
}

/// A line that does not belong where it stands; `block` is empty outside blocks, `allowed` are the words that may open a
/// line there.
pub fn out_of_place(line: Span, text: &str, block: &str, allowed: &[&str]) -> Diagnostic {
    let word = first_word(text);
    if text.starts_with(['-', '–', '—', '•', '*', '·', '‣', '−']) {
        return stray_bullet(line, block);
    }
    if block.is_empty() {
        return homeless(line, word);
    }
    let lead = lead_span(line, word);
    if let Some((full, home)) = LEADS.iter().find(|(full, _)| first_word(full) == word) {
        let message = if allowed.iter().any(|allowed| first_word(allowed) == word) {
            format!("`{full}` stands under nothing that it could say something about")
        } else {
            format!("`{full}` does not belong in {}", a(block))
        };
        return Diagnostic::new("R033", lead, message)
            .saying("not here")
            .help(format!(
                "It belongs to {home}. {}",
                may_begin(block, allowed)
            ));
    }
    if let Some((_, habit)) = HABITS
        .iter()
        .find(|(habit, _)| *habit == word.to_lowercase())
    {
        return Diagnostic::new("R002", lead, format!("No line begins with `{word}`"))
            .saying("an unknown first word")
            .help(*habit);
    }
    let all = allowed
        .iter()
        .copied()
        .chain(LEADS.iter().map(|(lead, _)| *lead));
    if let Some(meant) = meant(word, all) {
        return Diagnostic::new("R002", lead, format!("No line begins with `{word}`"))
            .saying(format!("did you mean `{meant}`?"))
            .suggest(vec![meant.to_owned()])
            .help("Keywords are written in small letters.");
    }
    if text.contains('[') || text.starts_with(['"', '“']) {
        return leadless(line, block);
    }
    Diagnostic::new("R002", lead, format!("No line begins with `{word}`"))
        .saying("an unknown first word")
        .help(format!(
            "{} A sentence must stay on one line, however long.",
            may_begin(block, allowed)
        ))
}

/// A bullet that continues no list.
fn stray_bullet(line: Span, block: &str) -> Diagnostic {
    let help = match block {
        "case" => "A list follows a line that says only `cast`, `given`, `unknown` or `expect`.",
        "" => {
            "A list follows `facts, false unless stated`, `facts, unknown unless stated`, `settings`, `always`, `concepts` or `findings`."
        }
        _ => {
            "A list follows a line that ends with `where`, or says `any of these` or `is such that`."
        }
    };
    Diagnostic::new("R036", line, "This entry of a list stands under no list")
        .saying("no list above it")
        .help(help)
}

/// A line before the first block.
fn homeless(line: Span, word: &str) -> Diagnostic {
    let help = if is_lead(word) {
        "A block must begin before it, at the left margin: rule \"valid consent\"".to_owned()
    } else {
        format!(
            "A block begins with {}. For a remark write # in front of the line.",
            expected::list(OPENERS)
        )
    };
    Diagnostic::new("R030", line, "This line belongs to no block")
        .saying("no block is open here")
        .help(help)
}

/// A sentence without a keyword before it.
fn leadless(line: Span, block: &str) -> Diagnostic {
    let help = match block {
        "case" => {
            "A fact begins with `given` or `unknown`: given [Mr Lind] agreed to [appendectomy]"
        }
        "rule" => {
            "A condition begins with `if`, `and` or `unless`, the conclusion with `then`. A sentence must stay on one line, however long."
        }
        "facts" | "settings" | "concepts" | "findings" | "always" => {
            "Each entry of the list begins with a dash and a space: - [patient: Patient] agreed to [act: Intervention]"
        }
        _ => {
            "A condition begins with `if`, `and` or `unless` (in a duty: `arises if`, `broken if`, `met if`). A sentence must stay on one line, however long."
        }
    };
    Diagnostic::new("R029", line, "This sentence has no keyword in front of it")
        .saying("what is it for?")
        .help(help)
}

/// What may begin a line of a block.
fn may_begin(block: &str, allowed: &[&str]) -> String {
    if allowed.is_empty() {
        return format!("{} has no lines under it.", capital(&a(block)));
    }
    let quoted: Vec<String> = allowed.iter().map(|word| format!("`{word}`")).collect();
    let words: Vec<&str> = quoted.iter().map(String::as_str).collect();
    format!(
        "A line of {} begins with {}.",
        a(block),
        expected::list(&words)
    )
}

/// The block with its article.
fn a(block: &str) -> String {
    match block {
        "facts" | "settings" | "concepts" | "findings" | "always" => {
            format!("a list of `{block}`")
        }
        "use" => "a `use` line".to_owned(),
        "exemption" | "excuse" | "ideal" => format!("an {block}"),
        other => format!("a {other}"),
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}
