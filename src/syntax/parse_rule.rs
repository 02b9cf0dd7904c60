//! Reads rules, exemptions, excuses and priorities. In: lines; out: [`BlockKind`]s.

use crate::syntax::blocks::place;
use crate::syntax::faults;
use crate::syntax::grammar::Rule;
use crate::syntax::parse::Reader;
use crate::syntax::parse_attribute::GROUNDS;
use crate::syntax::tokens::{Sort, tokens};
use crate::syntax::tree::{
    At, Attribute, BlockKind, ConditionLine, Lead, Line, NormRef, Phrase, Text,
};
use crate::syntax::words::clean;
use crate::text::{Diagnostic, Span};

/// The lines that rules, defeats and priorities share.
#[derive(Default)]
struct Lines {
    conditions: Vec<ConditionLine>,
    /// The first `if` line, read or not.
    begun: Option<Span>,
    /// The first `unless` line.
    unless: Option<Span>,
    attributes: Vec<Line<Attribute>>,
}

impl<'a> Reader<'a> {
    /// A condition line of a body, checked for its place in it.
    pub fn body_line(
        &mut self,
        at: usize,
        begun: &mut Option<Span>,
        unless: &mut Option<Span>,
        into: &mut Vec<ConditionLine>,
    ) {
        let span = self.whole(at);
        let lead = match self.word(at) {
            "and" => Lead::And,
            "unless" => Lead::Unless,
            _ => Lead::If,
        };
        let word = self.lead(at);
        match lead {
            Lead::If => {
                if let Some(first) = *begun {
                    self.fault(faults::second_if(word, first, self.word(at)));
                }
                *begun = begun.or(Some(span));
            }
            _ if begun.is_none() => {
                self.fault(faults::if_first(word, self.word(at)));
                *begun = Some(span);
            }
            Lead::And => {
                if let Some(first) = *unless {
                    self.fault(faults::unless_first(word, first));
                }
            }
            Lead::Unless => *unless = unless.or(Some(span)),
        }
        self.at = at;
        into.extend(self.condition(lead).line);
    }

    /// Room for the lines that follow.
    fn shared_lines(&self) -> Lines {
        Lines {
            conditions: Vec::with_capacity(self.ahead(&["if", "and", "unless"])),
            attributes: Vec::with_capacity(self.ahead(GROUNDS)),
            ..Lines::default()
        }
    }

    /// One line of a rule, defeat or priority.
    fn shared_line(&mut self, at: usize, lines: &mut Lines, allowed: &[&str]) {
        match self.word(at) {
            "if" | "and" | "unless" => {
                let Lines {
                    conditions,
                    begun,
                    unless,
                    ..
                } = lines;
                self.body_line(at, begun, unless, conditions);
            }
            word if GROUNDS.contains(&word) => self.attribute(at, &mut lines.attributes),
            _ => self.unexpected(at, allowed),
        }
    }

    /// `rule "name"`.
    pub fn rule(&mut self) -> Option<BlockKind> {
        let head = self.whole(self.at);
        let name = self.named(Rule::rule_line);
        let mut lines = self.shared_lines();
        let mut conclusion: Option<Line<Phrase>> = None;
        let mut concluded: Option<Span> = None;
        while let Some(at) = self.inner() {
            if self.word(at) != "then" {
                let late = matches!(self.word(at), "if" | "and" | "unless");
                if let Some(then) = concluded.filter(|_| late) {
                    let word = self.lead(at);
                    self.fault(faults::after_then(word, then, self.word(at)));
                }
                self.shared_line(
                    at,
                    &mut lines,
                    &["if", "and", "unless", "then", "cites", "because"],
                );
                continue;
            }
            self.at = at + 1;
            let span = self.whole(at);
            let faults = self.faults.len();
            if let Some(first) = concluded {
                self.fault(faults::said_twice(span, first, "then"));
            }
            concluded = concluded.or(Some(span));
            let phrase = match self.sentence_at(at, 4, false) {
                Some(phrase) => Some(phrase),
                None => self
                    .parse(Rule::then_line, at)
                    .and_then(|piece| piece.into_inner().nth(1))
                    .map(|piece| self.phrase(&piece, false)),
            };
            if let Some(phrase) = phrase {
                if let Some(fault) = faults::comparison_stated(&phrase) {
                    self.fault(fault);
                }
                let line = self.line(at, phrase);
                if self.faults.len() == faults {
                    conclusion = Some(line);
                }
            }
        }
        if lines.begun.is_none() {
            self.missing(faults::if_missing(head, "rule"));
        }
        if concluded.is_none() {
            self.missing(faults::then_missing(head));
        }
        Some(BlockKind::Rule {
            name: name?,
            conditions: lines.conditions,
            conclusion,
            attributes: lines.attributes,
        })
    }

    /// `exemption "n" from duty "d" in "part"`, `excuse "n" for duty "d"`.
    pub fn defeat(&mut self) -> Option<BlockKind> {
        let first = self.at;
        let head = self.whole(first);
        let excuse = self.block == "excuse";
        let rule = if excuse {
            Rule::excuse_line
        } else {
            Rule::exemption_line
        };
        let mut names: Vec<Text> = Vec::new();
        let mut parts: Vec<Text> = Vec::new();
        let plain = match self.misspelt {
            true => None,
            false => self.plain_defeat(first, excuse),
        };
        if let Some((name, duty, part)) = plain {
            self.at += 1;
            names.extend([name, duty]);
            parts.extend(part);
        } else if let Some(line) = self.head(rule) {
            for piece in line.into_inner() {
                match piece.as_rule() {
                    Rule::string => names.push(self.string(&piece)),
                    Rule::parts => {
                        for part in piece.into_inner().filter(|p| p.as_rule() == Rule::string) {
                            parts.push(self.string(&part));
                        }
                    }
                    _ => {}
                }
            }
        } else {
            names = self.salvaged(first);
        }
        let mut lines = self.shared_lines();
        while let Some(at) = self.inner() {
            self.shared_line(at, &mut lines, &["if", "and", "unless", "cites", "because"]);
        }
        if lines.begun.is_none() {
            self.missing(faults::if_missing(head, self.block));
        }
        let mut names = names.into_iter();
        Some(BlockKind::Defeat {
            excuse,
            name: names.next()?,
            duty: names.next()?,
            parts,
            conditions: lines.conditions,
            attributes: lines.attributes,
        })
    }

    /// `priority "n"`.
    pub fn priority(&mut self) -> Option<BlockKind> {
        let head = self.whole(self.at);
        let name = self.named(Rule::priority_line);
        let mut lines = self.shared_lines();
        let mut order: Option<Box<Line<(NormRef, NormRef)>>> = None;
        let mut ordered: Option<Span> = None;
        while let Some(at) = self.inner() {
            if self.word(at) != "duty" {
                self.shared_line(
                    at,
                    &mut lines,
                    &["duty", "if", "and", "unless", "cites", "because"],
                );
                continue;
            }
            self.at = at + 1;
            let span = self.whole(at);
            let faults = self.faults.len();
            if let Some(first) = ordered {
                self.fault(faults::said_twice(span, first, "outranks"));
            }
            ordered = ordered.or(Some(span));
            if let Some(piece) = self.parse(Rule::outranks_line, at) {
                let mut refs = Vec::new();
                for part in piece.into_inner() {
                    if part.as_rule() == Rule::duty_ref {
                        refs.push(self.norm_ref(part));
                    }
                }
                let mut refs = refs.into_iter();
                if let Some(pair) = refs.next().zip(refs.next()) {
                    let line = self.line(at, pair);
                    if self.faults.len() == faults {
                        order = Some(Box::new(line));
                    }
                }
            }
        }
        if ordered.is_none() {
            self.missing(faults::order_missing(head));
        }
        Some(BlockKind::Priority {
            name: name?,
            order,
            conditions: lines.conditions,
            attributes: lines.attributes,
        })
    }

    /// The head of a block that is a word and a name. The name is taken from a head that cannot be read as well, so that
    /// the fault of this line does not become one of every line that speaks of the block.
    pub fn named(&mut self, rule: Rule) -> Option<Text> {
        let at = self.at;
        if !self.misspelt
            && let Some(name) = self.lone_string(at, self.word(at))
        {
            self.at += 1;
            return Some(name);
        }
        match self.head(rule) {
            Some(head) => {
                let string = head.into_inner().find(|p| p.as_rule() == Rule::string)?;
                Some(self.string(&string))
            }
            None => self.salvaged(at).into_iter().next(),
        }
    }

    /// The names in quotes of a line that could not be read.
    fn salvaged(&self, at: usize) -> Vec<Text> {
        let Some(line) = self.lines.get(at) else {
            return Vec::new();
        };
        tokens(line.text)
            .into_iter()
            .filter(|token| token.sort == Sort::String)
            .map(|token| At {
                node: clean(token.text.trim_matches(['"', '“', '”', '„'])),
                span: place(
                    self.file,
                    line.start() + token.start,
                    line.start() + token.end(),
                ),
            })
            .filter(|name| !name.node.is_empty())
            .collect()
    }

    /// Tells that a line is missing, unless a line that could not be read may have been it.
    pub fn missing(&mut self, fault: Diagnostic) {
        if !self.broken {
            self.fault(fault);
        }
    }
}
