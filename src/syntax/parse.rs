//! Reads a file: walks its lines, opens a block at each word that opens one, and hands the lines to the reader of that
//! block. In: text; out: the tree and every fault. A line that cannot be read is told and left out; the others stand.

use crate::syntax::blocks::{self, OPENERS, RawLine, Shape, place};
use crate::syntax::grammar::{Grammar, Piece, Rule};
use crate::syntax::tree::{At, Block, BlockKind, File, Line, Slot};
use crate::syntax::words::clean;
use crate::syntax::{faults, hints, leads};
use crate::text::{Diagnostic, FileId, Span};
use pest::Parser;

/// Reads a file. Never fails: what could not be read is told, and missing from the tree.
#[must_use]
pub fn read(file: FileId, text: &str) -> (File, Vec<Diagnostic>) {
    read_with(file, text, true)
}

/// The same with every line read by the grammar: what a test holds the short cuts of [`read`] against.
#[must_use]
pub fn read_by_grammar(file: FileId, text: &str) -> (File, Vec<Diagnostic>) {
    read_with(file, text, false)
}

fn read_with(file: FileId, text: &str, short_cuts: bool) -> (File, Vec<Diagnostic>) {
    let (lines, closing) = blocks::lines(text);
    let mut reader = Reader::new(file, lines);
    reader.short_cuts = short_cuts;
    let blocks = reader.blocks();
    (File { blocks, closing }, reader.faults)
}

/// What a block is read with: the lines, the place among them, the faults so far.
pub struct Reader<'a> {
    /// The file.
    pub file: FileId,
    /// The lines of the file.
    pub lines: Vec<RawLine<'a>>,
    /// The line to read next.
    pub at: usize,
    /// The line being read.
    pub text: &'a str,
    /// Where its pieces start in the file.
    pub base: usize,
    /// Whether some line of the block could not be read.
    pub broken: bool,
    /// Whether the word that opens the block is misspelt (told already), so that its first line is not read.
    pub misspelt: bool,
    /// The word that opened the block being read; empty between blocks.
    pub block: &'static str,
    /// Every fault so far.
    pub faults: Vec<Diagnostic>,
    /// Whether lines that can be only one thing are read without the grammar.
    pub short_cuts: bool,
    /// Where the words and the slots of a sentence are gathered before they are counted.
    pub scratch: (String, Vec<At<Slot>>),
}

impl<'a> Reader<'a> {
    /// A reader at the first line.
    pub fn new(file: FileId, lines: Vec<RawLine<'a>>) -> Self {
        Self {
            file,
            lines,
            at: 0,
            text: "",
            base: 0,
            broken: false,
            misspelt: false,
            block: "",
            faults: Vec::new(),
            short_cuts: true,
            scratch: (String::new(), Vec::new()),
        }
    }

    /// All blocks of the file.
    fn blocks(&mut self) -> Vec<Block> {
        let openers = self.lines.iter().filter(|line| line.opener.is_some());
        let mut blocks = Vec::with_capacity(openers.count());
        loop {
            self.block = "";
            let doc = self.doc();
            let at = self.at;
            let Some(line) = self.lines.get(at) else {
                if let Some(last) = doc.last() {
                    self.fault(faults::idle_doc(last.span));
                }
                return blocks;
            };
            let (text, span) = (line.text, self.whole(at));
            let faults = self.faults.len();
            let Some(opener) = self.opener(at) else {
                if self.is_unknown_block(at) {
                    self.unknown_block(span, text);
                } else {
                    self.unexpected(at, OPENERS);
                    self.skip_homeless();
                }
                continue;
            };
            self.broken = false;
            self.misspelt = self.word(at) != opener;
            if self.misspelt {
                self.fault(leads::unknown_block(span, text, Some(opener)));
            } else if self.lines.get(at).is_some_and(|line| line.indent > 0) {
                self.fault(leads::indented_block(span, text));
            }
            self.block = opener;
            if let Some(kind) = self.block(opener) {
                blocks.push(Block {
                    doc,
                    head: self.line(at, ()),
                    kind,
                    broken: self.faults[faults..].iter().any(Diagnostic::is_error),
                });
            }
        }
    }

    /// Moves past the lines that belong to no block either: the first of them was told.
    fn skip_homeless(&mut self) {
        while self
            .lines
            .get(self.at)
            .is_some_and(|l| l.shape != Shape::Doc)
            && !self.leaves(self.at)
        {
            self.at += 1;
        }
    }

    /// The `##` lines here.
    pub fn doc(&mut self) -> Vec<Line<String>> {
        let mut doc = Vec::new();
        while let Some(line) = self.lines.get(self.at).filter(|l| l.shape == Shape::Doc) {
            let text = clean(&line.text[2..]);
            doc.push(self.line(self.at, text));
            self.at += 1;
        }
        doc
    }

    /// The block that the line opens here, by its first word.
    fn block(&mut self, opener: &str) -> Option<BlockKind> {
        match opener {
            "rulebook" => self.rulebook(),
            "use" => self.use_module(),
            "source" => self.source(),
            "kind" => self.kind(),
            "facts" | "settings" | "concepts" | "findings" => self.declarations(),
            "always" => self.always(),
            "rule" => self.rule(),
            "duty" | "ideal" | "concern" => self.norm(),
            "exemption" | "excuse" => self.defeat(),
            "priority" => self.priority(),
            _ => self.case(),
        }
    }

    /// The word by which a line opens a block, if it does, or was meant to.
    fn opener(&self, at: usize) -> Option<&'static str> {
        let line = self.lines.get(at)?;
        let Some(opener) = line.opener() else {
            let meant = line.indent == 0 && line.shape == Shape::Plain;
            return meant.then(|| leads::meant_opener(line.text)).flatten();
        };
        let of_priority = self.block == "priority"
            && opener == "duty"
            && (line.indent > 0 || line.text.contains(" outranks "));
        let opens = line.indent == 0 || leads::opens_well(opener, line.rest());
        (opens && !of_priority).then_some(opener)
    }

    /// Whether a line at the margin looks like the head of a block that does not exist.
    fn is_unknown_block(&self, at: usize) -> bool {
        self.lines.get(at).is_some_and(|line| {
            line.indent == 0
                && line.shape == Shape::Plain
                && line.opener.is_none()
                && !line.word().is_empty()
                && !leads::is_lead(line.word())
                && line.rest().trim_start().starts_with(['"', '“', '„'])
        })
    }

    /// Whether the block being read ends before a line.
    fn leaves(&self, at: usize) -> bool {
        self.opener(at).is_some() || self.is_unknown_block(at)
    }

    /// How many lines from here to the next block begin with one of these words: a list of so many needs no room for more,
    /// which would be a fifth of a rulebook.
    pub fn ahead(&self, words: &[&str]) -> usize {
        let lines = self.lines.get(self.at..).unwrap_or_default().iter();
        lines
            .take_while(|line| line.opener.is_none())
            .filter(|line| words.contains(&line.word()))
            .count()
    }

    /// The next line of the block being read; `None` where the block ends.
    pub fn inner(&mut self) -> Option<usize> {
        let mut ahead = self.at;
        while self.lines.get(ahead).is_some_and(|l| l.shape == Shape::Doc) {
            ahead += 1;
        }
        if ahead >= self.lines.len() || self.leaves(ahead) {
            return None;
        }
        if ahead > self.at && !self.documents(ahead) {
            let span = self.whole(self.at);
            self.fault(faults::idle_doc(span));
            self.at = ahead;
        }
        Some(self.at)
    }

    /// Whether a line inside a block may have `##` text above it.
    fn documents(&self, at: usize) -> bool {
        self.block == "case" && matches!(self.word(at), "option" | "suppose")
    }

    /// The first word of a line; `-` for a bullet, `#` for a `##` line.
    pub fn word(&self, at: usize) -> &'a str {
        self.lines.get(at).map_or("", RawLine::word)
    }

    /// The place of the first word of a line, or of the sign of a bullet.
    pub fn lead(&self, at: usize) -> Span {
        let mut span = self.whole(at);
        if let Some(line) = self.lines.get(at) {
            let length = match line.shape {
                Shape::Bullet => line.text.chars().next().map_or(0, char::len_utf8),
                Shape::Doc => 2,
                Shape::Plain => line.word().len(),
            };
            span = place(self.file, line.start(), line.start() + length);
        }
        span
    }

    /// The place of a whole line.
    pub fn whole(&self, at: usize) -> Span {
        self.lines.get(at).map_or_else(
            || place(self.file, 0, 0),
            |line| place(self.file, line.start(), line.start() + line.text.len()),
        )
    }

    /// What a line says, with what stands around it.
    pub fn line<T>(&mut self, at: usize, node: T) -> Line<T> {
        let span = self.whole(at);
        let (indent, trivia) = self
            .lines
            .get_mut(at)
            .map(|line| (line.indent, std::mem::take(&mut line.trivia)))
            .unwrap_or_default();
        Line {
            node,
            span,
            indent,
            trivia,
        }
    }

    /// Reads a line by a rule of the grammar; tells what is wrong with it where it cannot be read.
    pub fn parse(&mut self, rule: Rule, at: usize) -> Option<Piece<'a>> {
        let line = self.lines.get(at)?;
        let (text, start) = (line.text, line.start());
        (self.text, self.base) = (text, start);
        let calculates = matches!(
            rule,
            Rule::condition_line | Rule::condition_bullet | Rule::query_line
        );
        if calculates && let Some(fault) = hints::too_deep(self.file, start, text) {
            self.fault(fault);
            return None;
        }
        match Grammar::parse(rule, text) {
            Ok(mut pairs) => pairs.next(),
            Err(error) => {
                let fault = hints::explain(self.file, start, text, rule, &error);
                self.fault(fault);
                None
            }
        }
    }

    /// Where a piece of the line being read stands.
    pub fn span(&self, piece: &Piece<'a>) -> Span {
        let span = piece.as_span();
        self.within(span.start(), span.end())
    }

    /// The place of some bytes of the line being read.
    pub fn within(&self, start: usize, end: usize) -> Span {
        place(self.file, self.base + start, self.base + end)
    }

    /// Tells a fault of the block being read.
    pub fn fault(&mut self, fault: Diagnostic) {
        self.broken |= fault.is_error();
        self.faults.push(fault);
    }
}
