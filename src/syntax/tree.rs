//! What was written: a file as blocks, a block as lines, every line with its place and its comments. In: nothing (data);
//! out: the tree that `check` reads and `fmt` prints. It does not know what a sentence means: no name is resolved here.
//! Two trees are equal where they say the same with the same comments, wherever it stands on the page.
//! Words are in normal form (NFC, straight quotes, single spaces); places are those of the original bytes.

use crate::text::SmolStr;
use crate::text::Span;

/// Something with its place.
#[derive(Clone, Debug)]
pub struct At<T> {
    /// What stands there.
    pub node: T,
    /// Where.
    pub span: Span,
}

/// A name, title or reason with its place.
pub type Text = At<String>;

/// What stands around a line and means nothing: kept for `fmt`.
#[derive(Clone, Debug, Default)]
pub struct Trivia {
    /// Comments; most lines have none.
    pub comments: Option<Box<Comments>>,
    /// Whether an empty line stands above it (and its comments).
    pub gap: bool,
    /// Whether an empty line stands between the comments above and the line.
    pub loose: bool,
}

/// The comments around a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comments {
    /// Whole lines directly above (without `#`, trimmed), in order.
    pub above: Vec<String>,
    /// At the end of the line.
    pub after: Option<String>,
}

/// A written line (or the first line of something longer).
#[derive(Clone, Debug)]
pub struct Line<T> {
    /// What it says.
    pub node: T,
    /// The whole line without indentation, comment and line end.
    pub span: Span,
    /// Columns of indentation (a tab counts 4).
    pub indent: u32,
    /// Comments around it.
    pub trivia: Trivia,
}

/// One file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct File {
    /// Its blocks, in order.
    pub blocks: Vec<Block>,
    /// Comments after the last line.
    pub closing: Vec<String>,
}

/// A block with the `##` text above it.
#[derive(Clone, Debug)]
pub struct Block {
    /// The `##` lines above, in order (for a case: its story).
    pub doc: Vec<Line<String>>,
    /// Its first line.
    pub head: Line<()>,
    /// What it is.
    pub kind: BlockKind,
    /// Whether some line of it could not be read (told already): check it, but do not call anything missing from it a fault.
    pub broken: bool,
}

/// The blocks of the language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// `rulebook "name" version "…"`.
    Rulebook {
        /// The name.
        name: Text,
        /// The version.
        version: Option<Text>,
    },
    /// `use "module"`.
    Use(Text),
    /// `source id is "title"`.
    Source {
        /// Short name used by `cites`.
        id: Text,
        /// What it is.
        title: Text,
        /// Lines under it: `jurisdiction`, `since`, `confidence`.
        attributes: Vec<Line<Attribute>>,
    },
    /// `kind …`.
    Kind {
        /// Its name.
        name: Text,
        /// What it is.
        sort: KindSort,
    },
    /// `facts, false unless stated` and its like, with a bulleted list.
    Declarations {
        /// What kind of sentences.
        class: Class,
        /// Each declared sentence.
        sentences: Vec<Declaration>,
    },
    /// `always`, with a bulleted list.
    Always {
        /// Sentences that hold in every case.
        sentences: Vec<Line<Phrase>>,
        /// `cites` and `because` under the list.
        attributes: Vec<Line<Attribute>>,
    },
    /// `rule "name"`.
    Rule {
        /// Its name.
        name: Text,
        /// `if`, `and`, `unless` lines.
        conditions: Vec<ConditionLine>,
        /// `then` line.
        conclusion: Option<Line<Phrase>>,
        /// `cites`, `because`.
        attributes: Vec<Line<Attribute>>,
    },
    /// `duty`, `ideal` or `concern`.
    Norm(Box<Norm>),
    /// `exemption` or `excuse`.
    Defeat {
        /// Whether it is an excuse.
        excuse: bool,
        /// Its name.
        name: Text,
        /// The duty it acts on.
        duty: Text,
        /// Only these parts, where named.
        parts: Vec<Text>,
        /// `if`, `and`, `unless` lines.
        conditions: Vec<ConditionLine>,
        /// `cites`, `because`.
        attributes: Vec<Line<Attribute>>,
    },
    /// `priority`.
    Priority {
        /// Its name.
        name: Text,
        /// `duty "a" outranks duty "b"`.
        order: Option<Box<Line<(NormRef, NormRef)>>>,
        /// `if`, `and`, `unless` lines.
        conditions: Vec<ConditionLine>,
        /// `cites`, `because`.
        attributes: Vec<Line<Attribute>>,
    },
    /// `case "name"`.
    Case {
        /// Its name.
        name: Text,
        /// `cites`, `because` directly under the head.
        attributes: Vec<Line<Attribute>>,
        /// `like case "other"`.
        like: Option<Box<Line<Text>>>,
        /// The case's own lines.
        items: Vec<CaseItem>,
        /// `option` and `suppose`, in order.
        branches: Vec<Branch>,
    },
}

/// What a kind is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KindSort {
    /// `kind Matter`.
    Plain,
    /// `kind Clinician is a Person`.
    IsA(Text),
    /// `kind Custom is one of "alone", "with family"`.
    OneOf(Vec<Text>),
    /// `kind Minutes is a number in "minutes" from 0 to 60`.
    Number {
        /// Unit.
        unit: Option<Text>,
        /// Least and greatest.
        range: Option<(At<String>, At<String>)>,
    },
}

/// The lists of declared sentences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// `facts, false unless stated`.
    ClosedFacts,
    /// `facts, unknown unless stated`.
    OpenFacts,
    /// `settings`.
    Settings,
    /// `concepts`.
    Concepts,
    /// `findings`.
    Findings,
}

/// One declared sentence with the lines under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declaration {
    /// The sentence; its slots are [`Slot::Declared`].
    pub sentence: Line<Phrase>,
    /// `opposite`, `question`, ….
    pub attributes: Vec<Line<Attribute>>,
}

/// Lines that say something about what they stand under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attribute {
    /// `opposite …`.
    Opposite(Phrase),
    /// `question "…"`.
    Question(Text),
    /// `judged by "…"`.
    JudgedBy(Text),
    /// `can be changed by [slot]`.
    ChangedBy(At<Slot>),
    /// `default [v]`.
    Default(At<Slot>),
    /// `only one [slot]`.
    OnlyOne(At<Slot>),
    /// `decides nothing because "…"`.
    DecidesNothing(Text),
    /// `formerly …`.
    Formerly(Phrase),
    /// `cites id "place"`.
    Cites {
        /// Source id.
        source: Text,
        /// Place in it.
        place: Option<Text>,
    },
    /// `because "…"`.
    Because(Text),
    /// `jurisdiction "…"`.
    Jurisdiction(Text),
    /// `since "…"`.
    Since(Text),
    /// `confidence high | medium | low`.
    Confidence(Text),
    /// `advice "…"`.
    Advice(Text),
    /// `according to "chart, 3 May"`.
    AccordingTo(Text),
}

/// A sentence as written: words and slots.
#[derive(Clone, Debug)]
pub struct Phrase {
    /// Its words, each slot as a blank ([`crate::text::blanks`]): what the sentence is found by.
    pub words: SmolStr,
    /// The slots, in order.
    pub slots: Box<[At<Slot>]>,
    /// From the first to the last.
    pub span: Span,
}

/// What stands between brackets.
#[derive(Clone, Debug)]
pub enum Slot {
    /// `[clinician]`; in a case, a value.
    Name(SmolStr),
    /// `[clinician: Clinician]`.
    Declared(Box<Declared>),
    /// `["with family"]`.
    Quoted(SmolStr),
    /// `[12]`, `[8/11]`, `[20%]`, as written.
    Number(SmolStr),
}

/// A slot with its kind.
#[derive(Clone, Debug)]
pub struct Declared {
    /// The slot's name.
    pub name: SmolStr,
    /// The kind's name.
    pub kind: SmolStr,
    /// Where the kind stands.
    pub kind_span: Span,
}

/// `duty "name" owed by [x] to [y] … in "part"`.
#[derive(Clone, Debug)]
pub struct NormRef {
    /// `duty`, `ideal`, `concern`; `None` for `any duty`.
    pub sort: At<NormWord>,
    /// Its name; `None` for `any duty`.
    pub name: Option<Text>,
    /// Parties as far as written.
    pub parties: Parties,
    /// Part.
    pub part: Option<Text>,
    /// All of it.
    pub span: Span,
}

/// Which word a norm was called by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NormWord {
    /// `duty`.
    Duty,
    /// `ideal`.
    Ideal,
    /// `concern`.
    Concern,
    /// `any duty`.
    AnyDuty,
}

/// The words before a party.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// `owed by` (duties).
    OwedBy,
    /// `to` (duties).
    To,
    /// `about`.
    About,
    /// `toward`.
    Toward,
    /// `for` (ideals).
    For,
}

/// The words before each party, and its slot.
pub type Parties = Vec<(At<Role>, At<Slot>)>;

/// A duty, ideal or concern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Norm {
    /// Which.
    pub sort: NormWord,
    /// Its name.
    pub name: Text,
    /// Lines that name the parties (a duty has one, ideals and concerns may have several).
    pub parties: Vec<Line<Parties>>,
    /// `never outranked`.
    pub never_outranked: Option<Line<()>>,
    /// `after duty "d" is …`.
    pub after: Option<Line<(NormRef, Vec<Text>)>>,
    /// `arises if`, `applies if`, `raised if`, or `and` lines under `after`. The lead of the first line says which.
    pub arises: Vec<ConditionLine>,
    /// `broken if`, `met if`, `broken in "part" if`, `met in "part" if`, `arises in "part" if`.
    pub tests: Vec<Test>,
    /// `advice`, `cites`, `because`.
    pub attributes: Vec<Line<Attribute>>,
}

/// `broken in "part" if …` and its like.
#[derive(Clone, Debug)]
pub struct Test {
    /// What the lines decide.
    pub sort: TestSort,
    /// The part.
    pub part: Option<Text>,
    /// Its lines; the first carries the lead.
    pub conditions: Vec<ConditionLine>,
    /// The place of the lead.
    pub span: Span,
}

/// What a test decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TestSort {
    /// `broken … if`.
    Broken,
    /// `met … if`.
    Met,
    /// `arises in "part" if`.
    Arises,
}

/// A condition with its lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConditionLine {
    /// First of its body, `and`, or `unless`.
    pub lead: Lead,
    /// The condition, and the place and comments of its first line.
    pub line: Line<Condition>,
}

/// What opens a condition line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lead {
    /// `if`, `arises if`, `broken if`, …: the first line of a body.
    If,
    /// `and`.
    And,
    /// `unless`.
    Unless,
}

/// One condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// A sentence, verdict or comparison.
    Simple(Simple),
    /// `let [u] be …`.
    Let {
        /// The computed slot.
        slot: Box<At<Slot>>,
        /// Of what.
        value: Box<Expr>,
    },
    /// `let [t] be the sum of [v] over [x], [y] where`.
    Fold {
        /// The computed slot.
        slot: Box<At<Slot>>,
        /// Sum, least, greatest, number.
        fold: At<FoldWord>,
        /// The value summed; for `number of`, the slot counted.
        value: Box<At<Slot>>,
        /// `over` slots.
        over: Vec<At<Slot>>,
        /// Bullets.
        bullets: Vec<Line<Simple>>,
    },
    /// `any of these`.
    AnyOf(Vec<Line<Simple>>),
    /// `no [x] where`, `at least 2 [x] where`, `at most 2 [x] where`.
    Quantified {
        /// How many.
        count: At<Count>,
        /// The slot.
        slot: Box<At<Slot>>,
        /// Bullets.
        bullets: Vec<Line<Simple>>,
    },
    /// `every [x] where … is such that …`.
    Every {
        /// The slot.
        slot: Box<At<Slot>>,
        /// Bullets of `where`.
        bullets: Vec<Line<Simple>>,
        /// The `is such that` line.
        hinge: Option<Box<Line<()>>>,
        /// Bullets of `is such that`.
        holds: Vec<Line<Simple>>,
    },
}

/// The folds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoldWord {
    /// `the sum of`.
    Sum,
    /// `the least`.
    Least,
    /// `the greatest`.
    Greatest,
    /// `the number of`.
    Number,
}

/// How many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Count {
    /// `no`.
    No,
    /// `at least n`, the number as written.
    AtLeast(String),
    /// `at most n`, the number as written.
    AtMost(String),
}

/// A condition of one line.
#[derive(Clone, Debug)]
pub struct Simple {
    /// `it is not the case that`, `it is not known whether`.
    pub prefix: Prefix,
    /// What it is about.
    pub body: Body,
    /// From the prefix to the end.
    pub span: Span,
}

/// What may stand before a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prefix {
    /// Nothing.
    None,
    /// `it is not the case that`.
    Not,
    /// `it is not known whether`.
    NotKnown,
}

/// A sentence, a verdict or a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// A sentence.
    Sentence(Phrase),
    /// `duty "d" owed by … is violated or excused`.
    Verdict(Box<NormRef>, Vec<Text>),
    /// `[wait] is at most [limit]`.
    Comparison(Box<(Expr, At<Comparator>, Expr)>),
}

/// The comparisons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparator {
    /// `is`.
    Is,
    /// `is not`.
    IsNot,
    /// `is at least`.
    AtLeast,
    /// `is at most`.
    AtMost,
    /// `is more than`.
    MoreThan,
    /// `is less than`.
    LessThan,
}

/// An expression of slots and numbers.
#[derive(Clone, Debug)]
pub enum Expr {
    /// A slot.
    Slot(At<Slot>),
    /// A number as written.
    Number(Text),
    /// Two expressions and `+ - * /`; products bind tighter.
    Binary(Box<Expr>, At<Operator>, Box<Expr>),
    /// Parentheses as written.
    Group(Box<Expr>, Span),
}

/// The operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `+`.
    Add,
    /// `-`.
    Subtract,
    /// `*`.
    Multiply,
    /// `/`.
    Divide,
}

/// A line of a case, an option or a supposition (a bulleted list is one item with several lines).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseItem {
    /// The keyword's line, where a bulleted list follows; `None` where keyword and content share a line.
    pub list: Option<Line<()>>,
    /// The content.
    pub content: CaseContent,
}

/// What a case line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CaseContent {
    /// `cast [x] is a Kind and a Kind`.
    Cast(Vec<Line<Casting>>),
    /// `given …`.
    Given(Vec<Statement>),
    /// `unknown …`.
    Unknown(Vec<Statement>),
    /// `expect …`.
    Expect(Vec<Expectation>),
    /// `ask …`.
    Ask(Line<Ask>),
}

/// `[Dr Osei] is a Clinician and a Patient`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Casting {
    /// Who.
    pub slot: At<Slot>,
    /// Kinds.
    pub kinds: Vec<Text>,
}

/// A stated sentence with the lines under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// `it is not the case that`, and the sentence.
    pub line: Line<(Prefix, Phrase)>,
    /// `according to`, `cites`, `because`.
    pub attributes: Vec<Line<Attribute>>,
}

/// An expectation with the lines under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expectation {
    /// What is expected.
    pub line: Line<Expected>,
    /// `cites`, `because`.
    pub attributes: Vec<Line<Attribute>>,
}

/// What is expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// `true: sentence`.
    Truth(At<TruthWord>, Prefix, Phrase),
    /// `violated or excused: duty "d" … by "exemption"`; `undetermined` is written as such.
    Statuses(Vec<Text>, NormRef, Option<Text>),
    /// `permissible: option "o"`.
    Outcome(At<OutcomeWord>, Text),
    /// `dilemma: duty "a" against duty "b"`.
    Dilemma(NormRef, NormRef),
}

/// The truths that can be expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TruthWord {
    /// `true`.
    True,
    /// `false`.
    False,
    /// `unknown`.
    Unknown,
}

/// The outcomes that can be expected of an option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutcomeWord {
    /// `permissible`.
    Permissible,
    /// `impermissible`.
    Impermissible,
    /// `open`.
    Open,
}

/// `ask …`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// `why duty …` or `why sentence`.
    Why(Target),
    /// `why not duty …`.
    WhyNot(Target),
    /// `what would settle duty …`.
    Settle(Target),
    /// `what would comply with duty …`.
    Comply(Target),
    /// `compare option "a" with option "b"`.
    Compare(Text, Text),
}

/// What a question is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A duty, ideal or concern.
    Norm(NormRef),
    /// A sentence.
    Sentence(Phrase),
}

/// `option "name"` or `suppose "name"` with everything after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    /// Whether it is an option (else a supposition).
    pub option: bool,
    /// Its `##` text.
    pub doc: Vec<Line<String>>,
    /// Its name, on its line.
    pub name: Line<Text>,
    /// Its lines.
    pub items: Vec<CaseItem>,
}

impl CaseItem {
    /// `ask compare …`: it names its options itself, so it belongs to the case wherever it stands, and is kept last.
    #[must_use]
    pub fn compares_options(&self) -> bool {
        matches!(&self.content, CaseContent::Ask(line) if matches!(line.node, Ask::Compare(..)))
    }
}
