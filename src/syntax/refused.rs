//! A line that the grammar refused, looked at for the commonest slips, each told in its own words; the rest is told from
//! the list of what was expected. In: how far the grammar came; out: one fault.

use crate::syntax::blocks::place;
use crate::syntax::expected;
use crate::syntax::faults::slot;
use crate::syntax::grammar::Rule;
use crate::syntax::tokens::{Sort, Token, operator};
use crate::syntax::words::unseen;
use crate::text::{Diagnostic, FileId, Span, nearest};

/// The words of the statuses.
const STATUSES: &[&str] = &[
    "not engaged",
    "exempt",
    "fulfilled",
    "overridden",
    "excused",
    "violated",
    "undetermined",
    "met",
    "falls short",
    "raised",
    "not raised",
];

/// The words that may follow `expect` besides the statuses.
const EXPECTED: &[&str] = &[
    "true",
    "false",
    "unknown",
    "permissible",
    "impermissible",
    "open",
    "dilemma",
];

/// A refused line.
pub struct Refused<'a> {
    /// The file.
    pub file: FileId,
    /// Where the line starts in it.
    pub start: usize,
    /// The line.
    pub text: &'a str,
    /// What it was read by.
    pub rule: Rule,
    /// How far the grammar came, in bytes of the line.
    pub at: usize,
    /// What it would have read there.
    pub positives: &'a [Rule],
    /// The line, roughly read.
    pub tokens: Vec<Token<'a>>,
}

impl<'a> Refused<'a> {
    fn span(&self, start: usize, end: usize) -> Span {
        place(self.file, self.start + start, self.start + end)
    }

    fn of(&self, token: &Token<'_>) -> Span {
        self.span(token.start, token.end())
    }

    fn expects(&self, rule: Rule) -> bool {
        self.positives.contains(&rule)
    }

    /// The token where the grammar stopped.
    fn stopped(&self) -> Option<&Token<'a>> {
        self.tokens.iter().find(|token| token.end() > self.at)
    }

    /// An example of a right line.
    fn example(&self) -> String {
        format!(
            "A line of this kind looks like this: {}",
            expected::example(self.rule)
        )
    }

    /// Quotes, brackets and marks that no line can hold.
    pub fn marks(&self) -> Option<Diagnostic> {
        let first = self.tokens.first()?;
        if let Sort::Sign(sign @ ('–' | '—' | '−' | '•' | '*' | '·' | '‣')) = first.sort
            && self.rule_is_bullet()
        {
            return Some(
                Diagnostic::new(
                    "R027",
                    self.of(first),
                    format!("A list does not begin with {sign}"),
                )
                .saying("a dash is needed here")
                .help(format!(
                    "Begin each entry of a list with a plain dash (the minus key) and a space: {}",
                    expected::example(self.rule)
                )),
            );
        }
        for (index, token) in self.tokens.iter().enumerate() {
            let next = self.tokens.get(index + 1);
            if let Some(fault) = self.mark(token, next) {
                return Some(fault);
            }
        }
        let last = self.tokens.last()?;
        match last.sort {
            Sort::Sign(sign @ (':' | '.' | ',' | ';' | '!' | '?')) => Some(
                Diagnostic::new(
                    "R010",
                    self.of(last),
                    format!("A line does not end with {sign}"),
                )
                .saying("leave this out")
                .help(format!(
                    "The end of the line is the end of the sentence: {}",
                    self.text[..last.start].trim_end()
                )),
            ),
            _ => None,
        }
    }

    fn rule_is_bullet(&self) -> bool {
        matches!(
            self.rule,
            Rule::condition_bullet
                | Rule::sentence_bullet
                | Rule::cast_bullet
                | Rule::given_bullet
                | Rule::expect_bullet
        )
    }

    /// What is wrong with one quote, bracket or other mark.
    fn mark(&self, token: &Token<'_>, next: Option<&Token<'_>>) -> Option<Diagnostic> {
        let span = self.of(token);
        Some(match token.sort {
            Sort::OpenString => Diagnostic::new("R003", span, "This quote is never closed")
                .saying("opened here")
                .help(format!("Close the quote on the same line: {}", expected::example(self.rule))),
            Sort::OpenSlot => Diagnostic::new("R004", span, "This square bracket is not closed")
                .saying("opened here")
                .help("Close it behind the name, on the same line: [patient]. Brackets do not stand inside brackets."),
            Sort::Sign(']') => {
                Diagnostic::new("R005", span, "This square bracket closes nothing")
                    .saying("no bracket is open here")
                    .help("Open it in front of the name: [patient].")
            }
            Sort::Slot => {
                let inside = token.text.trim_start_matches('[').trim_end_matches(']').trim();
                return inside.is_empty().then(|| slot(span, inside));
            }
            Sort::Sign(open @ ('(' | '{' | '<')) if next.is_some_and(|n| n.sort == Sort::Word) => {
                let close = match open {
                    '(' => ')',
                    '{' => '}',
                    _ => '>',
                };
                let rest = &self.text[token.start..];
                let end = rest.find(close).map_or(token.end(), |at| token.start + at + 1);
                let name = self.text[token.end()..end].trim_end_matches(close);
                Diagnostic::new("R006", self.span(token.start, end), format!("Names stand in square brackets, not in {open}{close}"))
                    .saying("the wrong brackets")
                    .help(format!("Write [{name}]. Words in brackets that are no name belong into a comment: # {name}"))
            }
            Sort::Sign('_') => {
                let before = self.tokens.iter().find(|t| t.end() == token.start);
                let start = before.map_or(token.start, |t| t.start);
                let end = next.filter(|n| n.start == token.end()).map_or(token.end(), |n| n.end());
                let right = self.text[start..end].replace('_', "-");
                Diagnostic::new("R011", self.span(start, end), "A word cannot hold `_`")
                    .saying("this word")
                    .help(format!("Words are made of letters, digits, hyphens and apostrophes. Write {right}."))
            }
            Sort::Sign(sign) if unseen(sign) || sign.is_control() => {
                Diagnostic::new("R028", span, format!("An invisible character stands here (U+{:04X})", u32::from(sign)))
                    .saying("cannot be seen")
                    .help("It was probably copied from a web page or a document. Delete this line and type it again.")
            }
            _ => return None,
        })
    }

    /// Sentences that open like another construct.
    pub fn reserved(&self) -> Option<Diagnostic> {
        if !self.positives.iter().all(|rule| begins_sentence(*rule)) {
            return None;
        }
        let (start, lead) = self.tokens.iter().find_map(|token| {
            let lead = reserved_lead(&self.text[token.start..])?;
            let stopped_in_it = token.start <= self.at && self.at <= token.start + lead.len();
            stopped_in_it.then_some((token.start, lead))
        })?;
        let span = self.span(start, start + lead.len());
        if lead.starts_with("it is not known whether") {
            return Some(
                Diagnostic::new(
                    "R055",
                    span,
                    "Here a sentence is stated, so it cannot be about what is not known",
                )
                .saying("not here")
                .help("Write: unknown [patient] has capacity to decide on [act]"),
            );
        }
        if self.rule == Rule::condition_bullet {
            return Some(
                Diagnostic::new("R023", span, format!("`{lead}` opens a list of its own, and a list cannot stand inside a list"))
                    .saying("a list inside a list")
                    .help("Give this part a name: declare a concept, conclude it in a rule of its own, and write its sentence here."),
            );
        }
        Some(
            Diagnostic::new("R015", span, format!("A sentence cannot begin with `{lead}`"))
                .saying("these words open something else")
                .help(match lead {
                    _ if lead.starts_with("it is not") => "Only `it is not the case that` and, in a duty, `it is not known whether` can stand before a sentence. Or use its declared opposite.",
                    _ if lead.starts_with("at ") => "Write the number in digits, as a condition of its own with a list: if at least 2 [witness] where",
                    _ => "These words open a condition: no [x] where, every [x] where, let [x] be, any of these, duty \"name\" … is violated. Choose other words for the sentence.",
                }),
        )
    }

    /// Words that were expected and not found, each with its own message.
    pub fn word(&self) -> Option<Diagnostic> {
        let end = self.text.len();
        let (span, read) = match self.stopped() {
            Some(token) => (self.of(token), format!("I read `{}`", token.text)),
            None => (self.span(end, end), "the line ends here".to_owned()),
        };
        if self.expects(Rule::k_where) {
            let fault = Diagnostic::new("R013", span, "`where` is missing").saying(read);
            return Some(fault.help(
                "Write `where` after the brackets, and a list below: if no [surrogate] where",
            ));
        }
        if self.expects(Rule::status) {
            return Some(self.status(span, &read));
        }
        if self.expects(Rule::colon) {
            let fault = Diagnostic::new("R026", span, "A colon is missing after what is expected")
                .saying(read);
            return Some(fault.help(self.example()));
        }
        if self.expects(Rule::level) {
            let fault = Diagnostic::new("R024", span, "Confidence is `high`, `medium` or `low`")
                .saying(read);
            return Some(fault.help("confidence medium"));
        }
        if self.expects(Rule::q_compare) {
            let fault = Diagnostic::new(
                "R025",
                span,
                "This is not one of the questions that a case can ask",
            )
            .saying(read);
            return Some(fault.help("Write one of: ask why …, ask why not …, ask what would settle …, ask what would comply with …, ask compare option \"a\" with option \"b\"."));
        }
        None
    }

    /// A word where a status was expected.
    fn status(&self, span: Span, read: &str) -> Diagnostic {
        let any = self.expects(Rule::k_dilemma);
        let rest = self.text[self.at..].trim_end();
        let end = rest.find([',', ':']).unwrap_or(rest.len());
        let written = rest[..end].split(" or ").next().unwrap_or("").trim();
        let words = STATUSES
            .iter()
            .chain(EXPECTED.iter().filter(|_| any))
            .copied();
        let near: Vec<String> = nearest(written, words, 2)
            .into_iter()
            .map(str::to_owned)
            .collect();
        let span = if written.is_empty() {
            span
        } else {
            self.span(self.at, self.at + written.len())
        };
        let what = if any {
            "This is nothing that can be expected"
        } else {
            "This is not a status"
        };
        let mut list: Vec<&str> = STATUSES.to_vec();
        if any {
            list.extend(EXPECTED);
        }
        Diagnostic::new("R014", span, what)
            .saying(read)
            .suggest(near)
            .help(format!("Write one of: {}.", expected::list(&list)))
    }

    /// Signs and numbers that a sentence cannot hold, names without quotes, signs of calculation without spaces.
    pub fn sign(&self) -> Option<Diagnostic> {
        let token = self.stopped()?;
        let span = self.of(token);
        let sentence = self.expects(Rule::phrase) || self.in_sentence(token);
        let calculates =
            self.expects(Rule::number) || self.expects(Rule::close) || self.expects(Rule::o_add);
        match token.sort {
            Sort::Sign(sign) if operator(sign) && self.between_numbers(token) => Some(
                Diagnostic::new("R017", span, format!("`{sign}` needs a space on both sides"))
                    .saying("here")
                    .help("Write: let [total] be [price] * [count] + 5"),
            ),
            _ if self.expects(Rule::string) && !matches!(token.sort, Sort::String) => Some(self.name(token)),
            Sort::Number if self.expects(Rule::number) || token.text.contains(',') => Some(
                Diagnostic::new("R019", span, format!("`{}` is not a number that I can read", token.text))
                    .saying("this number")
                    .help("Write digits with a point, a fraction or a per cent sign: 12, 0.5, 8/11, 20%."),
            ),
            Sort::Number if sentence => Some(
                Diagnostic::new("R012", span, "A number in a sentence stands in brackets")
                    .saying("a number without brackets")
                    .help(format!("Write [{}].", token.text)),
            ),
            _ if calculates && !sentence => Some(
                Diagnostic::new("R017", span, format!("This calculation cannot be read at `{}`", token.text))
                    .saying(format!("expected {}", expected::said(self.positives)))
                    .help("Write numbers and slots with + - * / between them, a space on both sides, and close every parenthesis: ([a] + [b]) * 2"),
            ),
            Sort::String if sentence => Some(
                Diagnostic::new("R011", span, "A sentence cannot hold words in quotes")
                    .saying("not in a sentence")
                    .help(format!("Put them into square brackets: [{}].", token.text)),
            ),
            Sort::Sign(sign) if sentence => Some(
                Diagnostic::new("R011", span, format!("A sentence cannot hold `{sign}`"))
                    .saying("not in a sentence")
                    .help("A sentence is made of words and slots in square brackets. Leave the sign out, or put it inside a slot: [rheumatic fever, mild]."),
            ),
            _ => None,
        }
    }

    /// Whether the grammar stopped inside a sentence: the token before is one of its words or slots.
    fn in_sentence(&self, token: &Token<'_>) -> bool {
        let sentences = matches!(
            self.rule,
            Rule::condition_line
                | Rule::query_line
                | Rule::condition_bullet
                | Rule::sentence_bullet
                | Rule::given_bullet
                | Rule::expect_bullet
                | Rule::wording_line
                | Rule::then_line
                | Rule::given_line
                | Rule::unknown_line
                | Rule::expect_line
                | Rule::ask_line
                | Rule::phrase_alone
        );
        let before = self.tokens.iter().rev().find(|t| t.end() <= token.start);
        sentences
            && self.expects(Rule::EOI)
            && before.is_some_and(|t| matches!(t.sort, Sort::Word | Sort::Slot))
    }

    /// Whether a slot or number stands on both sides of a sign.
    fn between_numbers(&self, token: &Token<'_>) -> bool {
        let numeric =
            |t: &Token<'_>| matches!(t.sort, Sort::Slot | Sort::Number | Sort::Sign('(' | ')'));
        let before = self.tokens.iter().rev().find(|t| t.end() <= token.start);
        let after = self.tokens.iter().find(|t| t.start >= token.end());
        before.is_some_and(numeric) && after.is_some_and(numeric)
    }

    /// A name without double quotes.
    fn name(&self, token: &Token<'_>) -> Diagnostic {
        let single = token.text.starts_with(['\'', '‘', '`', '’']);
        let words: Vec<&Token<'_>> = self
            .tokens
            .iter()
            .skip_while(|t| t.start < token.start)
            .take_while(|t| matches!(t.sort, Sort::Word | Sort::Number) && !ends_name(t.text))
            .collect();
        let end = words.last().map_or(token.end(), |t| t.end());
        let name = self.text[token.start..end].trim_matches(['\'', '‘', '’', '`']);
        let span = self.span(token.start, end);
        if words.is_empty() {
            return Diagnostic::new(
                "R009",
                span,
                format!("Expected a name in double quotes, not `{}`", token.text),
            )
            .saying("a name in quotes belongs here")
            .help(self.example());
        }
        let message = if single {
            "A name stands in double quotes, not in single ones"
        } else {
            "A name stands in double quotes"
        };
        Diagnostic::new("R009", span, message)
            .saying("no quotes around this")
            .help(format!("Write \"{name}\"."))
    }

    /// Any other fault, from the list of what was expected.
    pub fn plain(&self) -> Diagnostic {
        let wanted = expected::said(self.positives);
        let only_end = self.positives.iter().all(|rule| *rule == Rule::EOI);
        let end = self.text.len();
        match self.stopped() {
            Some(token) if only_end && !self.positives.is_empty() => Diagnostic::new(
                "R001",
                self.span(token.start, end),
                format!("The line should end before `{}`", token.text),
            )
            .saying("not expected here")
            .help(self.example()),
            Some(token) => Diagnostic::new(
                "R001",
                self.of(token),
                format!("I cannot read `{}` here", token.text),
            )
            .saying(format!("expected {wanted}"))
            .help(self.example()),
            None => Diagnostic::new("R001", self.span(end, end), "This line ends too early")
                .saying(format!("expected {wanted}"))
                .help(self.example()),
        }
    }
}

/// Whether a sentence may begin where the grammar would have read this.
fn begins_sentence(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::phrase
            | Rule::stated
            | Rule::simple
            | Rule::fold
            | Rule::k_let
            | Rule::k_every
            | Rule::k_any_of_these
            | Rule::let_value
            | Rule::any_of
            | Rule::quantified
            | Rule::every
            | Rule::verdict
            | Rule::comparison
            | Rule::target
            | Rule::condition_line
            | Rule::query_line
            | Rule::condition_bullet
            | Rule::sentence_bullet
            | Rule::given_bullet
            | Rule::wording_line
            | Rule::then_line
            | Rule::given_line
            | Rule::unknown_line
            | Rule::phrase_alone
    )
}

/// The words at the start of a text that open something other than a sentence.
fn reserved_lead(text: &str) -> Option<&str> {
    let mut words = text.split_whitespace();
    let first = words.next()?;
    let head: Vec<&str> = std::iter::once(first).chain(words.take(3)).collect();
    let bracket = |word: Option<&&str>| word.is_some_and(|word| word.starts_with('['));
    let quote = |word: Option<&&str>| word.is_some_and(|word| word.starts_with(['"', '“', '„']));
    let count = match head.as_slice() {
        ["it", "is", "not", "known", ..] => 5,
        ["it", "is", "not", ..] => 3,
        ["any", "of", "these", ..] => 3,
        ["any", "duty", "owed", "by", ..] => 2,
        ["at", "least" | "most", _, ..] if bracket(head.get(3)) => 3,
        ["no" | "every" | "let", ..] if bracket(head.get(1)) => 1,
        ["duty" | "ideal" | "concern", ..] if quote(head.get(1)) => 1,
        _ => return None,
    };
    let length: usize = text
        .split_inclusive(char::is_whitespace)
        .scan(0, |seen, piece| {
            *seen += usize::from(!piece.trim().is_empty());
            Some((*seen, piece.len()))
        })
        .take_while(|(seen, _)| *seen <= count)
        .map(|(_, length)| length)
        .sum();
    Some(text[..length].trim_end())
}

/// Words that follow a name, so are not part of it.
fn ends_name(word: &str) -> bool {
    matches!(
        word,
        "version" | "from" | "for" | "is" | "owed" | "in" | "by" | "outranks" | "against" | "with"
    )
}
