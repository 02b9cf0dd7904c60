//! Duties, ideals and concerns (norms), what defeats them, and where they come from. In: nothing (data). Knows no
//! evaluation.

use super::{Body, Term, Var, VarId};
use crate::text::Span;
use crate::value::{IndexVec, NormSort};

crate::id! {
    /// A duty, ideal or concern.
    pub struct NormId;
    /// An exemption or excuse.
    pub struct DefeatId;
    /// A priority.
    pub struct PriorityId;
    /// A source.
    pub struct SourceId;
}

/// A source.
#[derive(Clone, Debug)]
pub struct Source {
    /// Short name used by `cites`.
    pub id: String,
    /// What it is.
    pub title: String,
    /// Where it is law.
    pub jurisdiction: Option<String>,
    /// Since when.
    pub since: Option<String>,
    /// `high`, `medium` or `low`.
    pub confidence: Option<String>,
    /// Where it was declared.
    pub span: Span,
}

/// A citation.
#[derive(Clone, Debug)]
pub struct Citation {
    /// Of what.
    pub source: SourceId,
    /// Where in it.
    pub place: Option<String>,
    /// Overrides the source's.
    pub jurisdiction: Option<String>,
    /// Overrides the source's.
    pub since: Option<String>,
    /// Overrides the source's.
    pub confidence: Option<String>,
    /// Where it was written.
    pub span: Span,
}

/// The words before a party.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// `owed by` of a duty, `for` of an ideal, the first `about` of a concern: who bears it.
    Bearer,
    /// `to` of a duty.
    To,
    /// `about` of a duty or ideal.
    About,
    /// `toward`.
    Toward,
}

/// A party of a norm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Party {
    /// As what.
    pub role: Role,
    /// The variable.
    pub var: VarId,
}

/// A duty, ideal or concern. Its instance is the values of its parties.
#[derive(Clone, Debug)]
pub struct Norm {
    /// Which sort.
    pub sort: NormSort,
    /// Its name.
    pub name: String,
    /// Its parties, bearer first, in the order To, About, Toward.
    pub parties: Vec<Party>,
    /// `never outranked`.
    pub never_outranked: bool,
    /// `arises if` / `applies if` / `raised if`; an `after` line is its first condition, a verdict.
    pub arises: Body,
    /// Named parts in order, or a single part without a name. A concern has none.
    pub parts: Vec<Part>,
    /// What to do; slots by name in brackets.
    pub advice: Option<String>,
    /// Variables of the block (one scope: `arises`, parts and tests share them).
    pub vars: IndexVec<VarId, Var>,
    /// Sources.
    pub cites: Vec<Citation>,
    /// Reasons.
    pub because: Vec<String>,
    /// Documentation.
    pub doc: String,
    /// The module.
    pub module: usize,
    /// Where its head stands.
    pub span: Span,
    /// Whether `arises` began with an `after` line.
    pub after: bool,
}

/// A part of a duty or ideal.
#[derive(Clone, Debug)]
pub struct Part {
    /// Its name; `None` for the only part of a norm without named parts.
    pub name: Option<String>,
    /// `arises in "part" if`: narrows when this part is owed; empty where it does not.
    pub arises: Body,
    /// What decides whether it is kept.
    pub test: Test,
    /// Where its test stands.
    pub span: Span,
}

/// What decides whether a part is kept.
#[derive(Clone, Debug)]
pub enum Test {
    /// `broken if`.
    Broken(Body),
    /// `met if`.
    Met(Body),
}

impl Test {
    /// The lines.
    #[must_use]
    pub fn body(&self) -> &Body {
        match self {
            Self::Broken(body) | Self::Met(body) => body,
        }
    }
}

/// Exemption or excuse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DefeatSort {
    /// It does not bind here.
    Exemption,
    /// The breach stands, blame does not.
    Excuse,
}

/// An exemption or excuse.
#[derive(Clone, Debug)]
pub struct Defeat {
    /// Which.
    pub sort: DefeatSort,
    /// Its name.
    pub name: String,
    /// The duty it acts on.
    pub norm: NormId,
    /// Positions of the parts it acts on; empty for the whole duty.
    pub parts: Vec<usize>,
    /// For each party of the duty, in order, the variable of this block that stands for it (made even where unused).
    pub parties: Vec<VarId>,
    /// `if …`.
    pub body: Body,
    /// Variables of the block.
    pub vars: IndexVec<VarId, Var>,
    /// Sources.
    pub cites: Vec<Citation>,
    /// Reasons.
    pub because: Vec<String>,
    /// Documentation.
    pub doc: String,
    /// The module.
    pub module: usize,
    /// Where its head stands.
    pub span: Span,
}

/// A priority of one duty over another.
#[derive(Clone, Debug)]
pub struct Priority {
    /// Its name.
    pub name: String,
    /// The duty that outranks.
    pub upper: NormId,
    /// A term for each party of the upper duty; a variable that occurs nowhere else reads *some*.
    pub upper_terms: Vec<Term>,
    /// The duty that gives way.
    pub lower: NormId,
    /// A term for each party of the lower duty.
    pub lower_terms: Vec<Term>,
    /// `if …`; may be empty.
    pub body: Body,
    /// Variables of the block.
    pub vars: IndexVec<VarId, Var>,
    /// Sources.
    pub cites: Vec<Citation>,
    /// Reasons.
    pub because: Vec<String>,
    /// Documentation.
    pub doc: String,
    /// The module.
    pub module: usize,
    /// Where its head stands.
    pub span: Span,
}
