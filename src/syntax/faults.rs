//! The faults that appear when lines are put together to blocks: a line missing, twice, too early, in the wrong block. In:
//! places and words; out: faults with an example. Knows no grammar.

use crate::syntax::tree::{NormWord, Phrase, Role, Slot};
use crate::text::{Diagnostic, Span};

/// `""`.
pub fn empty_string(span: Span) -> Diagnostic {
    Diagnostic::new("R008", span, "There is nothing between these quotes")
        .saying("empty")
        .help("Write the name or the words between the quotes.")
}

/// `[patient: Patient]` outside a declaration.
pub fn kind_out_of_place(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(
        "R021",
        span,
        "A kind is written only where a sentence is declared",
    )
    .saying("no kind here")
    .help(format!("Write only the name: [{name}]."))
}

/// `[patient]` in a declaration.
pub fn kind_missing(span: Span, slot: &Slot) -> Diagnostic {
    let name = match slot {
        Slot::Name(name) => name.as_str(),
        _ => "patient",
    };
    let kind = capital(name);
    Diagnostic::new(
        "R020",
        span,
        "This slot of a declared sentence does not say its kind",
    )
    .saying("of which kind?")
    .help(format!(
        "Write the name and the kind with a colon between them: [{name}: {kind}]."
    ))
}

/// A sentence without words, if it is one.
pub fn no_sentence(phrase: &Phrase) -> Option<Diagnostic> {
    let empty = |letter: u8| matches!(letter, b' ' | b'_' | b'\'');
    if !phrase.words.bytes().all(empty) {
        return None;
    }
    Some(
        Diagnostic::new("R022", phrase.span, "A sentence needs at least one word")
            .saying("only brackets here")
            .help("Say something about what stands in the brackets: [patient] agreed to [act]."),
    )
}

/// `[wait] is at most [limit]` where a sentence is stated, declared or concluded; `None` for any other sentence.
pub fn comparison_stated(phrase: &Phrase) -> Option<Diagnostic> {
    let words = phrase.words.strip_prefix("_ ")?.strip_suffix(" _")?;
    let compares = matches!(
        words,
        "is" | "is not" | "is at least" | "is at most" | "is more than" | "is less than"
    );
    compares.then(|| {
        Diagnostic::new(
            "R016",
            phrase.span,
            format!("\"{words}\" between two slots compares them; it cannot be said of a case"),
        )
        .saying("a comparison")
        .help(
            "Use a comparison after `if` or `and`, or choose other words: [x] is the same as [y].",
        )
    })
}

/// `any of these` or `where` without bullets.
pub fn bullets_missing(head: Span, after: &str) -> Diagnostic {
    Diagnostic::new(
        "R035",
        head,
        format!("A list must follow `{after}`, and none does"),
    )
    .saying("no list under this line")
    .help("Write each entry on a line of its own that begins with a dash and a space: - [x] agreed to [act]")
}

/// `every [x] where` without its second half.
pub fn hinge_missing(head: Span) -> Diagnostic {
    Diagnostic::new(
        "R043",
        head,
        "`every … where` needs a second list, after a line `is such that`",
    )
    .saying("what holds of every one?")
    .help(
        "if every [risk] where\n  - [risk] is a risk of [act]\n  is such that\n  - [patient] was told about [risk]",
    )
}

/// A bullet under a line that already says something.
pub fn bullet_after_words(span: Span, head: Span, word: &str) -> Diagnostic {
    Diagnostic::new(
        "R054",
        span,
        format!("This list follows a `{word}` line that already says something"),
    )
    .saying("belongs to no list")
    .also(head, format!("`{word}` with words of its own"))
    .help(format!(
        "Either write `{word}` alone on its line and every entry below it, or begin this line with `{word}` instead of the dash."
    ))
}

/// `jurisdiction` with no `cites` before it.
pub fn no_citation(span: Span, word: &str) -> Diagnostic {
    Diagnostic::new(
        "R052",
        span,
        format!("`{word}` says something about a source, and no `cites` line stands before it"),
    )
    .saying("about which source?")
    .help("Write the `cites` line first, then this line under it.")
}

/// The same thing said a second time.
pub fn said_twice(span: Span, first: Span, word: &str) -> Diagnostic {
    Diagnostic::new("R034", span, format!("`{word}` is said twice here"))
        .saying("the second time")
        .also(first, "the first time")
        .help("Keep one of them.")
}

/// The place of the first word of a line.
pub fn lead_span(line: Span, word: &str) -> Span {
    let length = u32::try_from(word.len()).unwrap_or(u32::MAX);
    Span {
        end: line.start.saturating_add(length).min(line.end),
        ..line
    }
}

/// A second `if` in a block.
pub fn second_if(span: Span, first: Span, word: &str) -> Diagnostic {
    Diagnostic::new("R040", span, format!("This block already has an `{word}` line"))
        .saying("a second one")
        .also(first, "the first one")
        .help("Begin this line with `and`, if both must hold; write a second rule, or `any of these` with a list, if one suffices.")
}

/// `and` or `unless` before any `if`.
pub fn if_first(span: Span, word: &str) -> Diagnostic {
    Diagnostic::new("R039", span, format!("`{word}` comes before any `if`"))
        .saying("nothing before it to join")
        .help(
            "Begin the first condition with `if` (in a duty: `arises if`, `broken if`, `met if`).",
        )
}

/// `and` after `unless`.
pub fn unless_first(span: Span, first: Span) -> Diagnostic {
    Diagnostic::new("R041", span, "`and` comes after `unless`")
        .saying("an `and` line")
        .also(first, "`unless` stands here")
        .help("Put all `and` lines first and `unless` lines last; each `unless` line is an exception of its own.")
}

/// A condition after `then`.
pub fn after_then(span: Span, then: Span, word: &str) -> Diagnostic {
    Diagnostic::new("R042", span, format!("`{word}` comes after `then`"))
        .saying("a condition")
        .also(then, "`then` stands here")
        .help("Put all conditions before the `then` line.")
}

/// A block without conditions.
pub fn if_missing(head: Span, block: &str) -> Diagnostic {
    Diagnostic::new("R037", head, format!("This {block} has no `if` line"))
        .saying("when does it apply?")
        .help("Add a line under it: if [patient] agreed to [act]")
}

/// A rule without conclusion.
pub fn then_missing(head: Span) -> Diagnostic {
    Diagnostic::new("R038", head, "This rule has no `then` line")
        .saying("what follows from it?")
        .help("Add a line at its end: then [patient] validly consented to [act]")
}

/// A priority without its order.
pub fn order_missing(head: Span) -> Diagnostic {
    Diagnostic::new(
        "R044",
        head,
        "This priority does not say which duty outranks which",
    )
    .saying("which duty gives way?")
    .help("Add a line under it: duty \"rescue\" outranks duty \"punctuality\"")
}

/// Whether a norm of this sort names its parties so.
pub fn role_fits(sort: NormWord, role: Role) -> bool {
    match sort {
        NormWord::Ideal => matches!(role, Role::For | Role::Toward | Role::About),
        NormWord::Concern => matches!(role, Role::About | Role::Toward),
        _ => role != Role::For,
    }
}

/// A party named with another norm's words.
pub fn wrong_role(span: Span, sort: NormWord) -> Diagnostic {
    let (norm, right) = match sort {
        NormWord::Ideal => (
            "an ideal",
            "for [clinician] toward [patient] about [matter]",
        ),
        NormWord::Concern => ("A concern", "about [patient] toward [clinician]"),
        _ => ("A duty", "owed by [clinician] to [patient] about [matter]"),
    };
    Diagnostic::new(
        "R048",
        span,
        format!("{norm} does not name a party with these words"),
    )
    .saying("not here")
    .help(format!("Write: {right}"))
}

/// `after` something that is no duty.
pub fn after_duty_only(span: Span) -> Diagnostic {
    Diagnostic::new("R050", span, "A duty can follow only on another duty")
        .saying("not a duty")
        .help("Write: after duty \"informed consent\" is violated. For an ideal or concern write an `arises if` line.")
}

/// Whether a norm of this sort has lines that open with this word.
pub fn lead_fits(sort: NormWord, word: &str) -> bool {
    match sort {
        NormWord::Ideal => matches!(word, "applies" | "broken" | "met"),
        NormWord::Concern => word == "raised",
        _ => matches!(word, "arises" | "broken" | "met"),
    }
}

/// `arises if` in an ideal, and the like.
pub fn wrong_lead(span: Span, word: &str, sort: NormWord) -> Diagnostic {
    let (norm, right) = match sort {
        NormWord::Ideal => ("An ideal", "`applies if`, `met if` or `broken if`"),
        NormWord::Concern => ("A concern", "`raised if`"),
        _ => ("A duty", "`arises if`, `broken if` or `met if`"),
    };
    Diagnostic::new("R049", span, format!("{norm} has no `{word}` line"))
        .saying("not here")
        .help(format!("Write {right}."))
}

/// A duty without `owed by`.
pub fn parties_missing(head: Span) -> Diagnostic {
    Diagnostic::new("R045", head, "This duty does not say who owes it")
        .saying("owed by whom?")
        .help("Add a line under it: owed by [clinician] to [patient] about [act]")
}

/// A norm that does not say when it arises.
pub fn arises_missing(head: Span, sort: NormWord) -> Diagnostic {
    let (norm, line) = match sort {
        NormWord::Ideal => ("ideal", "applies if [clinician] cares for [patient]"),
        NormWord::Concern => ("concern", "raised if [patient] reported [matter]"),
        _ => ("duty", "arises if [clinician] performs [act] on [patient]"),
    };
    Diagnostic::new(
        "R046",
        head,
        format!("This {norm} does not say when it arises"),
    )
    .saying("in which cases?")
    .help(format!("Add a line under it: {line}"))
}

/// A norm that does not say when it is broken or met.
pub fn test_missing(head: Span, sort: NormWord) -> Diagnostic {
    let (norm, line) = match sort {
        NormWord::Ideal => ("ideal", "met if [clinician] asked [patient] about [matter]"),
        _ => ("duty", "broken if [patient] did not agree to [act]"),
    };
    Diagnostic::new(
        "R047",
        head,
        format!("This {norm} has neither a `broken if` nor a `met if` line"),
    )
    .saying("what keeps or breaks it?")
    .help(format!("Add a line under it: {line}"))
}

/// A line of a case whose indentation says that it does not belong to the option above it.
pub fn belongs_to_branch(span: Span, head: Span, option: bool) -> Diagnostic {
    let word = if option { "option" } else { "supposition" };
    Diagnostic::new(
        "R053",
        span,
        format!("This line belongs to the {word} above it, though its indentation says otherwise"),
    )
    .saying(format!("read as part of the {word}"))
    .also(head, format!("the {word}"))
    .help(format!(
        "Everything after an `option` or `suppose` line belongs to it. Move this line above the first of them, or indent it further than the {word}."
    ))
}

/// `##` text above nothing that it could document.
pub fn idle_doc(span: Span) -> Diagnostic {
    Diagnostic::new("R051", span, "This `##` text stands above nothing that it could explain")
        .saying("explains nothing")
        .help("Put it directly above a block, or above an `option` or `suppose` line of a case. For a remark write one #.")
}

/// What is wrong between a pair of brackets.
pub fn slot(span: Span, inside: &str) -> Diagnostic {
    let quotes = |c: char| matches!(c, '"' | '“' | '”' | '„');
    if inside.is_empty() {
        return Diagnostic::new("R007", span, "There is nothing between these brackets")
            .saying("empty")
            .help("Write who or what is meant: [patient].");
    }
    let bare: String = inside.chars().filter(|c| !quotes(*c)).collect();
    if inside.contains(':') && !inside.contains(quotes) {
        return Diagnostic::new("R021", span, "A colon between brackets stands only before a kind, where a sentence is declared")
            .saying("this colon cannot be read")
            .help(format!("Declared sentences say [patient: Patient], the kind in one word. If the colon is part of a name or a time, write quotes inside the brackets: [\"{bare}\"]."));
    }
    Diagnostic::new(
        "R009",
        span,
        "Quotes inside brackets must enclose all of it",
    )
    .saying("quotes in the middle")
    .help(format!("Write [{bare}] or [\"{bare}\"]."))
}

/// A capital first letter.
fn capital(name: &str) -> String {
    let mut letters = name.chars();
    match letters.next() {
        Some(first) => first
            .to_uppercase()
            .chain(letters)
            .filter(|c| *c != ' ')
            .collect(),
        None => String::new(),
    }
}

/// A condition with a list where only one line can be said.
pub fn no_list_here(span: Span) -> Diagnostic {
    Diagnostic::new("R035", span, "A condition with a list does not fit on one line")
        .saying("needs a list")
        .help("Ask with sentences, comparisons or verdicts alone: [clinician] performs [act] on [patient]")
}
