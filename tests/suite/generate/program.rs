//! A whole random program, and the state of making one.

use super::words::{Class, Kind, Sentence, chance};
use fastrand::Rng;

/// Duty, ideal, concern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    Duty,
    Ideal,
    Concern,
}

impl Sort {
    pub fn word(self) -> &'static str {
        match self {
            Self::Duty => "duty",
            Self::Ideal => "ideal",
            Self::Concern => "concern",
        }
    }
}

/// A norm that later blocks may speak of.
#[derive(Clone, Debug)]
pub struct Norm {
    pub sort: Sort,
    pub name: String,
    /// Roles and kinds, in the order written.
    pub parties: Vec<(&'static str, Kind)>,
    pub parts: Vec<String>,
    pub level: usize,
}

/// Lines of a case, each with what it speaks of, so that nothing is stated twice.
pub type Statements = Vec<((usize, Vec<Option<String>>), String)>;

/// A case in pieces.
#[derive(Clone, Debug)]
pub struct Story {
    pub name: String,
    pub cast: Vec<String>,
    pub given: Statements,
    pub branches: Vec<(String, Statements)>,
}

impl Story {
    /// The case as text.
    pub fn text(&self) -> String {
        let mut text = format!("case \"{}\"\n", self.name);
        for line in &self.cast {
            text += &format!("  {line}\n");
        }
        for (_, line) in &self.given {
            text += &format!("  {line}\n");
        }
        for (head, lines) in &self.branches {
            text += &format!("  {head}\n");
            for (_, line) in lines {
                text += &format!("    {line}\n");
            }
        }
        text
    }
}

/// A rulebook in blocks, and a case.
#[derive(Clone, Debug)]
pub struct Program {
    /// The blocks of the rulebook, in an order that means nothing.
    pub blocks: Vec<String>,
    /// The case.
    pub story: Story,
}

impl Program {
    /// The program of a seed.
    pub fn new(seed: u64) -> Self {
        Self::made(seed, false)
    }

    /// The same with a sentence that has two numbers.
    pub fn with_pairs(seed: u64) -> Self {
        Self::made(seed, true)
    }

    fn made(seed: u64, pairs: bool) -> Self {
        let mut generator = Generator {
            rng: Rng::with_seed(seed),
            sentences: Vec::new(),
            norms: Vec::new(),
            blocks: Vec::new(),
            cast: Vec::new(),
            modes: 2,
            level: 0,
            recursive: false,
            plain: false,
            may_ask: false,
            last: false,
            pairs,
            deed: None,
        };
        generator.rulebook();
        let story = generator.case();
        Self {
            blocks: generator.blocks,
            story,
        }
    }

    /// Rulebook and case as one file.
    pub fn text(&self) -> String {
        let mut text = self.blocks.join("\n");
        text.push('\n');
        text += &self.story.text();
        text
    }
}

/// What is made so far.
pub struct Generator {
    pub rng: Rng,
    pub sentences: Vec<Sentence>,
    pub norms: Vec<Norm>,
    pub blocks: Vec<String>,
    /// Names with their kinds.
    pub cast: Vec<(String, Vec<Kind>)>,
    /// How many values `Mode` has.
    pub modes: usize,
    /// Where the present block stands in the order of what may depend on what.
    pub level: usize,
    /// Whether the present rule may use its own level again.
    pub recursive: bool,
    /// Whether the present concept may not compute.
    pub plain: bool,
    /// Whether the present block may ask what is not known.
    pub may_ask: bool,
    /// Whether nothing comes after, so that `any duty` may stand here.
    pub last: bool,
    /// Whether a sentence has two numbers.
    pub pairs: bool,
    /// The sentence that two duties want opposite things of.
    pub deed: Option<usize>,
}

impl Generator {
    fn rulebook(&mut self) {
        self.modes = 2 + usize::from(chance(&mut self.rng, 30));
        self.blocks
            .push("rulebook \"random\" version \"1\"\n".to_owned());
        self.blocks.push("source book is \"A book\"\n".to_owned());
        self.kinds();
        self.vocabulary();
        let steps = 2 + self.rng.usize(..4);
        let mut level = 0;
        for _ in 0..steps {
            level += 1;
            match self.rng.u32(..100) {
                0..45 => self.concepts(Class::Concept, level),
                45..85 => self.norm(Sort::Duty, level),
                85..93 => self.norm(Sort::Ideal, level),
                _ => self.norm(Sort::Concern, level),
            }
        }
        level += 1;
        self.norm(Sort::Duty, level);
        if chance(&mut self.rng, 12) {
            self.clash(level + 1);
            level += 2;
        }
        self.last = true;
        if chance(&mut self.rng, 25) {
            level += 1;
            self.concepts(Class::Finding, level);
        }
        for sort in [Sort::Ideal, Sort::Concern] {
            if chance(&mut self.rng, 25) {
                level += 1;
                self.norm(sort, level);
            }
        }
        self.declarations();
        self.tables();
    }

    /// A concept, or two that use each other.
    fn concepts(&mut self, class: Class, level: usize) {
        let first = self.concept(class, level);
        let second = (self.sentences[first].recursive && chance(&mut self.rng, 35))
            .then(|| self.concept(class, level));
        if let Some(second) = second {
            self.sentences[second].recursive = true;
            self.rules(second);
        }
        self.rules(first);
    }
}
