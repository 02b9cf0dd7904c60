//! Reads cases: cast, facts, options, suppositions, expectations, questions. In: lines; out: [`BlockKind::Case`].

use crate::syntax::blocks::Shape;
use crate::syntax::faults;
use crate::syntax::grammar::{Piece, Rule};
use crate::syntax::parse::Reader;
use crate::syntax::parse_attribute::{GROUNDS, OF_STATEMENT};
use crate::syntax::tree::{
    Ask, At, Attribute, BlockKind, Branch, CaseContent, CaseItem, Casting, Expectation, Expected,
    Line, NormRef, OutcomeWord, Phrase, Prefix, Statement, Target, Text, TruthWord,
};
use crate::text::Span;

/// The first words of the lines of a case.
const LINES: &[&str] = &[
    "cast",
    "given",
    "unknown",
    "option",
    "suppose",
    "expect",
    "ask",
    "like case",
    "cites",
    "because",
];

impl<'a> Reader<'a> {
    /// `case "name"`.
    pub fn case(&mut self) -> Option<BlockKind> {
        let name = self.named(Rule::case_line);
        let mut attributes = self.attributes(GROUNDS);
        let mut like: Option<Line<Text>> = None;
        let mut items = Vec::new();
        let mut branches: Vec<Branch> = Vec::new();
        let mut compares = Vec::new();
        loop {
            let doc = self.branch_doc();
            let Some(at) = self.inner() else { break };
            match self.word(at) {
                "like" => self.like(at, &mut like),
                word if like.is_some() && items.is_empty() && GROUNDS.contains(&word) => {
                    self.attribute(at, &mut attributes);
                }
                "option" | "suppose" => {
                    branches.extend(self.branch(at, doc, &mut compares));
                }
                _ => match self.item(at) {
                    Some(item) if item.compares_options() => compares.push(item),
                    item => items.extend(item),
                },
            }
        }
        items.append(&mut compares);
        Some(BlockKind::Case {
            name: name?,
            attributes,
            like: like.map(Box::new),
            items,
            branches,
        })
    }

    /// The `##` text here, where an option or supposition follows.
    fn branch_doc(&mut self) -> Vec<Line<String>> {
        match self.inner() {
            Some(at) if self.lines.get(at).is_some_and(|l| l.shape == Shape::Doc) => self.doc(),
            _ => Vec::new(),
        }
    }

    /// `like case "other"`.
    fn like(&mut self, at: usize, like: &mut Option<Line<Text>>) {
        self.at = at + 1;
        let span = self.whole(at);
        if let Some(first) = like {
            self.fault(faults::said_twice(span, first.span, "like case"));
            return;
        }
        let faults = self.faults.len();
        let Some(piece) = self.parse(Rule::like_line, at) else {
            return;
        };
        let Some(string) = piece.into_inner().nth(1) else {
            return;
        };
        let name = self.string(&string);
        if self.faults.len() == faults {
            *like = Some(self.line(at, name));
        }
    }

    /// `option "name"` or `suppose "name"` with everything after it, except comparisons of options: they are the case's.
    fn branch(
        &mut self,
        at: usize,
        doc: Vec<Line<String>>,
        compares: &mut Vec<CaseItem>,
    ) -> Option<Branch> {
        self.at = at + 1;
        let option = self.word(at) == "option";
        let head = self.whole(at);
        let indent = self.lines.get(at).map_or(0, |line| line.indent);
        let name = self.parse(Rule::branch_line, at).and_then(|piece| {
            let string = piece.into_inner().nth(1)?;
            Some(self.string(&string))
        });
        let line = name.map(|name| self.line(at, name));
        let mut items = Vec::new();
        while let Some(at) = self.inner() {
            if matches!(self.word(at), "option" | "suppose" | "#") {
                break;
            }
            if self.word(at) == "like" {
                self.unexpected(at, LINES);
                continue;
            }
            let outside = self.lines.get(at).is_some_and(|line| line.indent <= indent);
            let word = self.lead(at);
            match self.item(at) {
                Some(item) if item.compares_options() => compares.push(item),
                item => {
                    if outside {
                        self.fault(faults::belongs_to_branch(word, head, option));
                    }
                    items.extend(item);
                }
            }
        }
        line.map(|name| Branch {
            option,
            doc,
            name,
            items,
        })
    }

    /// A line of a case, or a bulleted list.
    fn item(&mut self, at: usize) -> Option<CaseItem> {
        let word = self.word(at);
        match word {
            "ask" => {
                self.at = at + 1;
                let faults = self.faults.len();
                let piece = self.parse(Rule::ask_line, at)?;
                let ask = self.ask(piece)?;
                let line = self.line(at, ask);
                (self.faults.len() == faults).then_some(CaseItem {
                    list: None,
                    content: CaseContent::Ask(line),
                })
            }
            "cast" | "given" | "unknown" | "expect" => {
                let alone = self.lines.get(at).is_some_and(|line| line.text == word);
                if alone {
                    return self.list(at, word);
                }
                let rule = match word {
                    "cast" => Rule::cast_line,
                    "given" => Rule::given_line,
                    "unknown" => Rule::unknown_line,
                    _ => Rule::expect_line,
                };
                let mut content = empty(word);
                let read = self.entry(at, rule, &mut content);
                if self.bullet().is_some() {
                    let span = self.whole(at);
                    self.list_after_words(word, span);
                }
                read.then_some(CaseItem {
                    list: None,
                    content,
                })
            }
            _ => {
                // The line that these words belong to was told already.
                if self.broken && OF_STATEMENT.contains(&word) {
                    self.attribute(at, &mut Vec::new());
                } else {
                    self.unexpected(at, LINES);
                }
                None
            }
        }
    }

    /// Bullets under a line that already says something: told once, then read over.
    fn list_after_words(&mut self, word: &str, head: Span) {
        let mut first = true;
        let mut content = empty(word);
        while let Some(at) = self.bullet() {
            if first {
                let span = self.whole(at);
                self.fault(faults::bullet_after_words(span, head, word));
                first = false;
            }
            self.entry(at, bullet_rule(word), &mut content);
        }
    }

    /// A keyword alone, and the bullets under it.
    fn list(&mut self, at: usize, word: &str) -> Option<CaseItem> {
        self.at = at + 1;
        let head = self.line(at, ());
        let mut content = empty(word);
        let mut any = false;
        while let Some(at) = self.bullet() {
            any = true;
            self.entry(at, bullet_rule(word), &mut content);
        }
        if !any {
            self.list_missing(at);
        }
        any.then_some(CaseItem {
            list: Some(head),
            content,
        })
    }

    /// One entry of a line or list, with the lines under it; says whether it could be read.
    fn entry(&mut self, at: usize, rule: Rule, into: &mut CaseContent) -> bool {
        self.at = at + 1;
        let faults = self.faults.len();
        let states = matches!(into, CaseContent::Given(_) | CaseContent::Unknown(_));
        let plain = match rule {
            Rule::given_line => self.sentence_at(at, 5, false),
            Rule::unknown_line => self.sentence_at(at, 7, false),
            _ if states => self.bullet_sentence(at),
            _ => None,
        };
        let piece = match plain {
            Some(_) => None,
            None => self.parse(rule, at).and_then(|line| {
                line.into_inner().find(|p| {
                    !matches!(
                        p.as_rule(),
                        Rule::k_cast | Rule::k_given | Rule::k_unknown | Rule::k_expect
                    )
                })
            }),
        };
        let line = self.line(at, ());
        match into {
            CaseContent::Cast(castings) => {
                let casting = piece.and_then(|p| self.casting(p));
                if let Some(casting) = casting.filter(|_| self.faults.len() == faults) {
                    castings.push(with(line, casting));
                }
            }
            CaseContent::Given(statements) | CaseContent::Unknown(statements) => {
                let said = match plain {
                    Some(phrase) => Some(self.stated_plainly(phrase)),
                    None => piece.and_then(|p| self.statement(p)),
                };
                let good = self.faults.len() == faults;
                let attributes = self.attributes(OF_STATEMENT);
                if let Some(said) = said.filter(|_| good) {
                    statements.push(Statement {
                        line: with(line, said),
                        attributes,
                    });
                }
                return good;
            }
            CaseContent::Expect(expectations) => {
                let expected = piece.and_then(|p| self.expected(p));
                let good = self.faults.len() == faults;
                let attributes: Vec<Line<Attribute>> = self.attributes(GROUNDS);
                if let Some(expected) = expected.filter(|_| good) {
                    expectations.push(Expectation {
                        line: with(line, expected),
                        attributes,
                    });
                }
                return good;
            }
            CaseContent::Ask(_) => {}
        }
        self.faults.len() == faults
    }

    /// The sentence of a bullet that can be nothing else.
    fn bullet_sentence(&mut self, at: usize) -> Option<Phrase> {
        let dash = self.lines.get(at)?.text.starts_with('-');
        dash.then(|| self.sentence_at(at, 1, false)).flatten()
    }

    /// A sentence without a prefix, and not a comparison.
    fn stated_plainly(&mut self, phrase: Phrase) -> (Prefix, Phrase) {
        if let Some(fault) = faults::comparison_stated(&phrase) {
            self.fault(fault);
        }
        (Prefix::None, phrase)
    }

    /// `[Dr Osei] is a Clinician and a Patient`.
    fn casting(&mut self, piece: Piece<'a>) -> Option<Casting> {
        let (mut slot, mut kinds) = (None, Vec::new());
        for part in piece.into_inner() {
            match part.as_rule() {
                Rule::slot => slot = Some(self.plain_slot(&part)),
                Rule::ident => kinds.push(self.text(&part)),
                _ => {}
            }
        }
        Some(Casting { slot: slot?, kinds })
    }

    /// A stated sentence, with or without a prefix.
    fn statement(&mut self, piece: Piece<'a>) -> Option<(Prefix, Phrase)> {
        let (prefix, phrase) = match piece.as_rule() {
            Rule::phrase => (Prefix::None, self.phrase(&piece, false)),
            _ => self.stated(piece)?,
        };
        let (_, phrase) = self.stated_plainly(phrase);
        Some((prefix, phrase))
    }

    /// What is expected.
    fn expected(&mut self, piece: Piece<'a>) -> Option<Expected> {
        let rule = piece.as_rule();
        let mut inner = piece.into_inner();
        Some(match rule {
            Rule::expect_truth => {
                let word = inner.next()?;
                let node = match word.as_rule() {
                    Rule::t_true => TruthWord::True,
                    Rule::t_false => TruthWord::False,
                    _ => TruthWord::Unknown,
                };
                let span = self.span(&word);
                let (prefix, phrase) = self.statement(inner.nth(1)?)?;
                Expected::Truth(At { node, span }, prefix, phrase)
            }
            Rule::expect_outcome => {
                let word = inner.next()?;
                let node = match word.as_rule() {
                    Rule::v_permissible => OutcomeWord::Permissible,
                    Rule::v_impermissible => OutcomeWord::Impermissible,
                    _ => OutcomeWord::Open,
                };
                let span = self.span(&word);
                let name = inner.find(|p| p.as_rule() == Rule::string)?;
                Expected::Outcome(At { node, span }, self.string(&name))
            }
            Rule::expect_dilemma => {
                let mut refs: Vec<NormRef> = Vec::new();
                for part in inner.filter(|p| p.as_rule() == Rule::duty_ref) {
                    refs.push(self.norm_ref(part));
                }
                let mut refs = refs.into_iter();
                Expected::Dilemma(refs.next()?, refs.next()?)
            }
            _ => {
                let (mut statuses, mut norm, mut by) = (Vec::new(), None, None);
                for part in inner {
                    match part.as_rule() {
                        Rule::statuses => statuses = self.statuses(part),
                        Rule::norm_ref => norm = Some(self.norm_ref(part)),
                        Rule::by => by = self.part(part),
                        _ => {}
                    }
                }
                Expected::Statuses(statuses, norm?, by)
            }
        })
    }

    /// `ask …`.
    fn ask(&mut self, line: Piece<'a>) -> Option<Ask> {
        let mut inner = line.into_inner().skip(1);
        let asked = inner.next()?.as_rule();
        if asked == Rule::q_compare {
            let mut names: Vec<Text> = Vec::new();
            for part in inner.filter(|p| p.as_rule() == Rule::string) {
                names.push(self.string(&part));
            }
            let mut names = names.into_iter();
            return Some(Ask::Compare(names.next()?, names.next()?));
        }
        let piece = inner.next()?.into_inner().next()?;
        let target = match piece.as_rule() {
            Rule::norm_ref => Target::Norm(self.norm_ref(piece)),
            _ => Target::Sentence(self.sentence(&piece)),
        };
        Some(match asked {
            Rule::q_why_not => Ask::WhyNot(target),
            Rule::q_settle => Ask::Settle(target),
            Rule::q_comply => Ask::Comply(target),
            _ => Ask::Why(target),
        })
    }
}

/// The content of a line, still without entries.
fn empty(word: &str) -> CaseContent {
    match word {
        "cast" => CaseContent::Cast(Vec::new()),
        "given" => CaseContent::Given(Vec::new()),
        "unknown" => CaseContent::Unknown(Vec::new()),
        _ => CaseContent::Expect(Vec::new()),
    }
}

/// The rule of a bullet under a keyword.
fn bullet_rule(word: &str) -> Rule {
    match word {
        "cast" => Rule::cast_bullet,
        "given" => Rule::given_bullet,
        "unknown" => Rule::sentence_bullet,
        _ => Rule::expect_bullet,
    }
}

/// A line with something said on it.
fn with<T>(line: Line<()>, node: T) -> Line<T> {
    Line {
        node,
        span: line.span,
        indent: line.indent,
        trivia: line.trivia,
    }
}
