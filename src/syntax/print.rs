//! The tree as canonical text: all of `fmt`. In: a tree; out: text that reads back as the same tree, comments kept. Two
//! spaces a level, one empty line between blocks, straight quotes; how a line is worded is `print_words`'s.

use crate::syntax::print_words as words;
use crate::syntax::tree::{
    Attribute, Block, BlockKind, CaseContent, CaseItem, Class, Condition, ConditionLine, File,
    KindSort, Lead, Line, Norm, NormWord, Simple, Test, TestSort, Trivia,
};

/// The canonical text of a file.
#[must_use]
pub fn print(file: &File) -> String {
    print_blocks(file, |_| true)
}

/// The canonical text of a file as if its cases were not there.
#[must_use]
pub fn print_rules(file: &File) -> String {
    print_blocks(file, |kind| !matches!(kind, BlockKind::Case { .. }))
}

fn print_blocks(file: &File, is_meant: impl Fn(&BlockKind) -> bool) -> String {
    let mut printer = Printer::default();
    let mut before: Option<&Block> = None;
    for block in file.blocks.iter().filter(|block| is_meant(&block.kind)) {
        if let Some(before) = before {
            let close = single(before) && single(block) && !first_trivia(block).gap;
            if !close {
                printer.out.push('\n');
            }
        }
        printer.block(block);
        before = Some(block);
    }
    if !file.closing.is_empty() {
        if before.is_some() {
            printer.out.push('\n');
        }
        for comment in &file.closing {
            printer.comment(0, comment);
        }
    }
    printer.out
}

/// Whether a block is one line: such blocks may stand directly below each other.
fn single(block: &Block) -> bool {
    match &block.kind {
        BlockKind::Rulebook { .. } | BlockKind::Use(_) | BlockKind::Kind { .. } => {
            block.doc.is_empty()
        }
        BlockKind::Source { attributes, .. } => block.doc.is_empty() && attributes.is_empty(),
        _ => false,
    }
}

/// What stands around the first line of a block.
fn first_trivia(block: &Block) -> &Trivia {
    block
        .doc
        .first()
        .map_or(&block.head.trivia, |line| &line.trivia)
}

/// The text so far.
#[derive(Default)]
pub struct Printer {
    out: String,
}

impl Printer {
    fn indent(&mut self, level: usize) {
        for _ in 0..level {
            self.out.push_str("  ");
        }
    }

    fn comment(&mut self, level: usize, text: &str) {
        self.indent(level);
        self.out.push('#');
        if !text.is_empty() {
            self.out.push(' ');
            self.out.push_str(text);
        }
        self.out.push('\n');
    }

    /// A line with its comments; `gap` says whether an empty line above it is kept.
    fn put(&mut self, level: usize, trivia: &Trivia, text: &str, gap: bool) {
        if gap && trivia.gap {
            self.out.push('\n');
        }
        let comments = trivia.comments.as_deref();
        let above = comments.map_or(&[][..], |comments| &comments.above);
        for comment in above {
            self.comment(level, comment);
        }
        if trivia.loose && !above.is_empty() {
            self.out.push('\n');
        }
        self.indent(level);
        self.out.push_str(text);
        if let Some(after) = comments.and_then(|comments| comments.after.as_deref()) {
            self.out.push_str("  #");
            if !after.is_empty() {
                self.out.push(' ');
                self.out.push_str(after);
            }
        }
        self.out.push('\n');
    }

    /// A line inside a block.
    pub fn line<T>(&mut self, level: usize, line: &Line<T>, text: &str) {
        self.put(level, &line.trivia, text, true);
    }

    /// `##` text.
    pub fn doc(&mut self, level: usize, doc: &[Line<String>], gap: bool) {
        for (at, line) in doc.iter().enumerate() {
            let text = if line.node.is_empty() {
                "##".to_owned()
            } else {
                format!("## {}", line.node)
            };
            self.put(level, &line.trivia, &text, gap && at == 0);
        }
    }

    fn block(&mut self, block: &Block) {
        self.doc(0, &block.doc, false);
        let head = head(&block.kind);
        self.put(0, &block.head.trivia, &head, false);
        match &block.kind {
            BlockKind::Rulebook { .. } | BlockKind::Use(_) | BlockKind::Kind { .. } => {}
            BlockKind::Source { attributes, .. } => self.attributes(1, attributes),
            BlockKind::Declarations { sentences, .. } => {
                for declaration in sentences {
                    let text = format!("- {}", words::phrase(&declaration.sentence.node));
                    self.line(1, &declaration.sentence, &text);
                    self.attributes(2, &declaration.attributes);
                }
            }
            BlockKind::Always {
                sentences,
                attributes,
            } => {
                for sentence in sentences {
                    self.line(1, sentence, &format!("- {}", words::phrase(&sentence.node)));
                }
                self.attributes(1, attributes);
            }
            BlockKind::Rule {
                conditions,
                conclusion,
                attributes,
                ..
            } => {
                self.conditions("if", conditions);
                if let Some(then) = conclusion {
                    self.line(1, then, &format!("then {}", words::phrase(&then.node)));
                }
                self.attributes(1, attributes);
            }
            BlockKind::Norm(norm) => self.norm(norm),
            BlockKind::Defeat {
                conditions,
                attributes,
                ..
            } => {
                self.conditions("if", conditions);
                self.attributes(1, attributes);
            }
            BlockKind::Priority {
                order,
                conditions,
                attributes,
                ..
            } => {
                if let Some(line) = order {
                    let (upper, lower) = &line.node;
                    let text = format!(
                        "{} outranks {}",
                        words::norm_ref(upper),
                        words::norm_ref(lower)
                    );
                    self.line(1, line, &text);
                }
                self.conditions("if", conditions);
                self.attributes(1, attributes);
            }
            BlockKind::Case {
                attributes,
                like,
                items,
                branches,
                ..
            } => {
                self.attributes(1, attributes);
                if let Some(like) = like {
                    self.line(1, like, &format!("like case \"{}\"", like.node.node));
                }
                let last = items.iter().filter(|item| item.compares_options());
                for item in items.iter().filter(|item| !item.compares_options()) {
                    self.item(1, item);
                }
                for branch in branches {
                    self.doc(1, &branch.doc, true);
                    let word = if branch.option { "option" } else { "suppose" };
                    let text = format!("{word} \"{}\"", branch.name.node.node);
                    self.put(1, &branch.name.trivia, &text, branch.doc.is_empty());
                    for item in &branch.items {
                        self.item(2, item);
                    }
                }
                for item in last {
                    self.item(1, item);
                }
            }
        }
    }

    pub(super) fn attributes(&mut self, level: usize, attributes: &[Line<Attribute>]) {
        for line in attributes {
            self.line(level, line, &words::attribute(&line.node));
        }
    }

    /// The conditions of a body; the first opens with `lead`.
    fn conditions(&mut self, lead: &str, conditions: &[ConditionLine]) {
        for condition in conditions {
            let lead = match condition.lead {
                Lead::If => lead,
                Lead::And => "and",
                Lead::Unless => "unless",
            };
            let line = &condition.line;
            self.line(1, line, &format!("{lead} {}", words::condition(&line.node)));
            match &line.node {
                Condition::Simple(_) | Condition::Let { .. } => {}
                Condition::Fold { bullets, .. }
                | Condition::AnyOf(bullets)
                | Condition::Quantified { bullets, .. } => self.bullets(bullets),
                Condition::Every {
                    bullets,
                    hinge,
                    holds,
                    ..
                } => {
                    self.bullets(bullets);
                    if let Some(hinge) = hinge {
                        self.line(2, hinge, "is such that");
                    }
                    self.bullets(holds);
                }
            }
        }
    }

    fn bullets(&mut self, bullets: &[Line<Simple>]) {
        for bullet in bullets {
            self.line(2, bullet, &format!("- {}", words::simple(&bullet.node)));
        }
    }

    fn norm(&mut self, norm: &Norm) {
        for line in &norm.parties {
            self.line(1, line, &words::parties(&line.node));
        }
        if let Some(line) = &norm.never_outranked {
            self.line(1, line, "never outranked");
        }
        if let Some(line) = &norm.after {
            let (duty, statuses) = &line.node;
            let text = format!(
                "after {} is {}",
                words::norm_ref(duty),
                words::statuses(statuses)
            );
            self.line(1, line, &text);
        }
        let arises = match norm.sort {
            NormWord::Ideal => "applies",
            NormWord::Concern => "raised",
            NormWord::Duty | NormWord::AnyDuty => "arises",
        };
        self.conditions(&format!("{arises} if"), &norm.arises);
        for test in &norm.tests {
            self.test(test, arises);
        }
        self.attributes(1, &norm.attributes);
    }

    fn test(&mut self, test: &Test, arises: &str) {
        let word = match test.sort {
            TestSort::Broken => "broken",
            TestSort::Met => "met",
            TestSort::Arises => arises,
        };
        let lead = match &test.part {
            Some(part) => format!("{word} in \"{}\" if", part.node),
            None => format!("{word} if"),
        };
        self.conditions(&lead, &test.conditions);
    }

    /// A line of a case, or a list.
    fn item(&mut self, level: usize, item: &CaseItem) {
        let word = words::item_word(&item.content);
        if let Some(head) = &item.list {
            self.line(level, head, word);
        }
        let (inner, lead) = match item.list {
            Some(_) => (level + 1, "-"),
            None => (level, word),
        };
        match &item.content {
            CaseContent::Cast(castings) => {
                for line in castings {
                    self.line(
                        inner,
                        line,
                        &format!("{lead} {}", words::casting(&line.node)),
                    );
                }
            }
            CaseContent::Given(statements) | CaseContent::Unknown(statements) => {
                for statement in statements {
                    let text = format!("{lead} {}", words::stated(&statement.line.node));
                    self.line(inner, &statement.line, &text);
                    self.attributes(inner + 1, &statement.attributes);
                }
            }
            CaseContent::Expect(expectations) => {
                for expectation in expectations {
                    let text = format!("{lead} {}", words::expected(&expectation.line.node));
                    self.line(inner, &expectation.line, &text);
                    self.attributes(inner + 1, &expectation.attributes);
                }
            }
            CaseContent::Ask(line) => {
                self.line(inner, line, &format!("{lead} {}", words::ask(&line.node)));
            }
        }
    }
}

/// The first line of a block.
fn head(kind: &BlockKind) -> String {
    match kind {
        BlockKind::Rulebook { name, version } => match version {
            Some(version) => format!("rulebook \"{}\" version \"{}\"", name.node, version.node),
            None => format!("rulebook \"{}\"", name.node),
        },
        BlockKind::Use(name) => format!("use \"{}\"", name.node),
        BlockKind::Source { id, title, .. } => format!("source {} is \"{}\"", id.node, title.node),
        BlockKind::Kind { name, sort } => format!("kind {}{}", name.node, kind_sort(sort)),
        BlockKind::Declarations { class, .. } => match class {
            Class::ClosedFacts => "facts, false unless stated",
            Class::OpenFacts => "facts, unknown unless stated",
            Class::Settings => "settings",
            Class::Concepts => "concepts",
            Class::Findings => "findings",
        }
        .to_owned(),
        BlockKind::Always { .. } => "always".to_owned(),
        BlockKind::Rule { name, .. } => format!("rule \"{}\"", name.node),
        BlockKind::Norm(norm) => {
            format!("{} \"{}\"", words::norm_word(norm.sort), norm.name.node)
        }
        BlockKind::Defeat {
            excuse,
            name,
            duty,
            parts,
            ..
        } => {
            let (word, before) = if *excuse {
                ("excuse", "for")
            } else {
                ("exemption", "from")
            };
            let mut text = format!("{word} \"{}\" {before} duty \"{}\"", name.node, duty.node);
            if !parts.is_empty() {
                text.push_str(" in ");
                text.push_str(&words::quoted(parts, "and"));
            }
            text
        }
        BlockKind::Priority { name, .. } => format!("priority \"{}\"", name.node),
        BlockKind::Case { name, .. } => format!("case \"{}\"", name.node),
    }
}

/// What a kind is, after its name.
fn kind_sort(sort: &KindSort) -> String {
    match sort {
        KindSort::Plain => String::new(),
        KindSort::IsA(above) => format!(" is {} {}", words::article(&above.node), above.node),
        KindSort::OneOf(names) => format!(" is one of {}", words::quoted(names, ",")),
        KindSort::Number { unit, range } => {
            let mut text = " is a number".to_owned();
            if let Some(unit) = unit {
                text.push_str(&format!(" in \"{}\"", unit.node));
            }
            if let Some((low, high)) = range {
                text.push_str(&format!(" from {} to {}", low.node, high.node));
            }
            text
        }
    }
}
