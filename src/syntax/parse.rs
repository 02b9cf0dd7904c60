//! Reads a file: walks its lines, opens a block at each word that opens one, and hands the lines to the reader of that
//! block. In: text; out: the tree and every fault. A line that cannot be read is told and left out; the others stand.

use crate::syntax::blocks::{self, OPENERS, RawLine, Shape, first_word};
use crate::syntax::grammar::{Grammar, Rule};
use crate::syntax::{faults, hints};
use crate::syntax::tree::{Block, BlockKind, File, Line};
use crate::text::{Diagnostic, FileId, Span};
use pest::Parser;
use pest::iterators::Pair;

/// A piece of a line, as pest gives it.
pub type Piece<'a> = Pair<'a, Rule>;

/// Reads a file. Never fails: what could not be read is told, and missing from the tree.
#[must_use]
pub fn read(file: FileId, text: &str) -> (File, Vec<Diagnostic>) {
    let (lines, closing) = blocks::lines(text);
    let mut reader = Reader::new(file, lines);
    let blocks = reader.blocks();
    (File { blocks, closing }, reader.faults)
}

/// What a block is read with: the lines, the place among them, the faults so far.
pub struct Reader<'a> {
    file: FileId,
    /// The lines of the file.
    pub lines: Vec<RawLine<'a>>,
    /// The line to read next.
    pub at: usize,
    /// Where the pieces of the line being read start.
    base: usize,
    /// Whether some line of the block could not be read.
    pub broken: bool,
    /// The word that opened the block being read.
    pub block: &'a str,
    /// Every fault so far.
    pub faults: Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    /// A reader at the first line.
    pub fn new(file: FileId, lines: Vec<RawLine<'a>>) -> Self {
        Self {
            file,
            lines,
            at: 0,
            base: 0,
            broken: false,
            block: "",
            faults: Vec::new(),
        }
    }

    /// All blocks of the file.
    fn blocks(&mut self) -> Vec<Block> {
        let mut blocks = Vec::new();
        loop {
            self.block = "";
            let doc = self.doc();
            let Some(opener) = self.opener() else {
                if self.at < self.lines.len() {
                    let at = self.at;
                    self.unexpected(at, OPENERS);
                    continue;
                }
                if let Some(last) = doc.last() {
                    self.fault(faults::idle_doc(last.span));
                }
                return blocks;
            };
            self.broken = false;
            self.block = opener;
            let (before, faults) = (self.at, self.faults.len());
            let span = self.whole(before);
            if let Some(kind) = self.block(opener) {
                blocks.push(Block {
                    doc,
                    head: self.line_at(before, span, ()),
                    kind,
                    broken: self.broken || self.faults[faults..].iter().any(Diagnostic::is_error),
                });
            }
        }
    }

    /// The `##` lines here.
    pub fn doc(&mut self) -> Vec<Line<String>> {
        let mut doc = Vec::new();
        while let Some(line) = self.lines.get(self.at).filter(|l| l.shape == Shape::Doc) {
            let text = line.text[2..].trim().to_owned();
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

    /// The word by which the line here opens a block, if it does.
    fn opener(&self) -> Option<&'static str> {
        let line = self.lines.get(self.at)?;
        if line.shape != Shape::Plain {
            return None;
        }
        let word = first_word(line.text);
        OPENERS.iter().copied().find(|opener| *opener == word)
    }

    /// Whether the line opens a block when it stands inside the block being read.
    fn leaves(&self, at: usize) -> bool {
        let Some(line) = self.lines.get(at).filter(|l| l.shape == Shape::Plain) else {
            return false;
        };
        line.indent == 0 && OPENERS.contains(&first_word(line.text))
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
        match self.lines.get(at) {
            None => "",
            Some(line) => match line.shape {
                Shape::Bullet => "-",
                Shape::Doc => "#",
                Shape::Plain => first_word(line.text),
            },
        }
    }

    /// The place of a whole line.
    pub fn whole(&self, at: usize) -> Span {
        self.lines.get(at).map_or_else(
            || place(self.file, 0, 0),
            |line| place(self.file, line.start, line.start + line.text.len()),
        )
    }

    /// What a line says, with what stands around it.
    pub fn line<T>(&mut self, at: usize, node: T) -> Line<T> {
        let span = self.whole(at);
        self.line_at(at, span, node)
    }

    fn line_at<T>(&mut self, at: usize, span: Span, node: T) -> Line<T> {
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
        let (text, start) = (line.text, line.start);
        self.base = start;
        if let Some(fault) = hints::too_deep(self.file, start, text) {
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

/// A place in a file.
pub fn place(file: FileId, start: usize, end: usize) -> Span {
    let byte = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span {
        file,
        start: byte(start),
        end: byte(end),
    }
}
