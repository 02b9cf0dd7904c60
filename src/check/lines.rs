//! Condition lines to checked bodies: every sentence found, every slot a variable or a value. In: written lines and the
//! names they share; out: bodies, and faults. Kinds and binding are checked afterwards.

use super::formula::{self, Check, Placed};
use super::names::Names;
use super::resolve::{self, Meant};
use super::scope::{Scope, Want};
use super::{say, values};
use crate::rulebook::{
    Atom, Body, Condition, Count, Fold, KindSort, Line, Norm, NormId, Term, VarId, Vocabulary,
};
use crate::syntax::tree::{self, At, Lead, Phrase, Prefix, Simple, Slot};
use crate::text::{Diagnostic, Span};
use crate::value::{IndexVec, Values};

/// In what block lines stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Home {
    /// A rule.
    Rule,
    /// A duty.
    Duty,
    /// An ideal or a concern.
    Aim,
    /// An exemption, excuse or priority.
    Defeat,
    /// A query, which may name individuals in quotes.
    Query,
}

/// Reads lines of one block.
pub(super) struct Lines<'a> {
    /// Kinds and sentences.
    pub(super) vocabulary: &'a Vocabulary,
    /// Duties, ideals and concerns, with their parties and parts.
    pub(super) norms: &'a IndexVec<NormId, Norm>,
    /// Values.
    pub(super) values: &'a mut Values,
    /// What is wrong.
    pub(super) faults: &'a mut Vec<Diagnostic>,
    /// The variables of the block.
    pub(super) scope: Scope,
    /// The block.
    pub(super) home: Home,
}

impl Lines<'_> {
    /// Tells a fault of a line that cannot be resolved: nothing missing is told of this block any more.
    pub(super) fn refuse(&mut self, fault: Diagnostic) {
        self.scope.broken = true;
        self.faults.push(fault);
    }

    /// Reads a body.
    pub(super) fn body(&mut self, lines: &[tree::ConditionLine], names: &Names<'_>) -> Body {
        let mut body = Vec::with_capacity(lines.len());
        for line in lines {
            let unless = line.lead == Lead::Unless;
            let own = unless || is_not_known(&line.line.node);
            if own {
                self.scope.enter();
            }
            let condition = self.condition(&line.line.node, names);
            if own {
                self.scope.leave();
            }
            match condition {
                Some(condition) => body.push(Line {
                    condition,
                    unless,
                    span: line.line.span,
                }),
                None => self.scope.broken = true,
            }
        }
        // `unless` lines come last, whatever the order in the file.
        body.sort_by_key(|line| line.unless);
        body
    }

    fn condition(&mut self, condition: &tree::Condition, names: &Names<'_>) -> Option<Condition> {
        match condition {
            tree::Condition::Simple(simple) => self.simple(simple, names),
            tree::Condition::Let { slot, value } => self.computed(slot, value, names),
            tree::Condition::Fold {
                slot,
                fold,
                value,
                over,
                bullets,
            } => self.fold(slot, fold, value, over, bullets, names),
            tree::Condition::AnyOf(bullets) => {
                self.scope.enter();
                let body = self.bullets(bullets, names);
                self.scope.leave();
                Some(Condition::AnyOf(body))
            }
            tree::Condition::Quantified {
                count,
                slot,
                bullets,
            } => {
                let count = self.count(count);
                self.scope.enter();
                let var = self.own(slot, names, "counts");
                let body = self.bullets(bullets, names);
                self.scope.leave();
                Some(Condition::Quantified {
                    count: count?,
                    var: var?,
                    body,
                })
            }
            tree::Condition::Every {
                slot,
                bullets,
                holds,
                ..
            } => {
                self.scope.enter();
                let var = self.own(slot, names, "ranges over");
                let body = self.bullets(bullets, names);
                let holds = self.bullets(holds, names);
                self.scope.leave();
                Some(Condition::Every {
                    var: var?,
                    body,
                    holds,
                })
            }
        }
    }

    /// Bullets of a group that was entered.
    fn bullets(&mut self, bullets: &[tree::Line<Simple>], names: &Names<'_>) -> Body {
        let mut body = Vec::with_capacity(bullets.len());
        for bullet in bullets {
            match self.simple(&bullet.node, names) {
                Some(condition) => body.push(Line {
                    condition,
                    unless: false,
                    span: bullet.span,
                }),
                None => self.scope.broken = true,
            }
        }
        body
    }

    /// A condition of one line.
    pub(super) fn simple(&mut self, simple: &Simple, names: &Names<'_>) -> Option<Condition> {
        if simple.prefix == Prefix::NotKnown
            && !matches!(self.home, Home::Duty | Home::Aim | Home::Query)
        {
            self.refuse(
                Diagnostic::new(
                    "N017",
                    simple.span,
                    "`it is not known whether` can stand only in a duty, an ideal or a concern",
                )
                .help("What is not known is a reason to ask, not a reason for a conclusion: write a duty to inquire."),
            );
            return None;
        }
        match &simple.body {
            tree::Body::Sentence(phrase) => {
                let (atom, opposite) = self.atom(phrase, names)?;
                Some(match simple.prefix {
                    Prefix::NotKnown => Condition::NotKnown(atom),
                    prefix => Condition::Sentence {
                        negated: opposite != (prefix == Prefix::Not),
                        opposite,
                        atom,
                    },
                })
            }
            tree::Body::Verdict(norm, statuses) => {
                self.verdict(norm, statuses, simple.prefix, names)
            }
            tree::Body::Comparison(compared) => {
                let (left, comparator, right) = &**compared;
                if simple.prefix == Prefix::NotKnown {
                    self.refuse(
                        Diagnostic::new(
                            "N017",
                            simple.span,
                            "`it is not known whether` asks about a sentence or a duty, not about a comparison",
                        )
                        .help("Give the comparison a name as a concept, and ask about that."),
                    );
                    return None;
                }
                let outer = |name: &str| names.is_outer(name);
                let left = formula::read(&mut self.scope, self.values, self.faults, left, &outer);
                let right = formula::read(&mut self.scope, self.values, self.faults, right, &outer);
                let (left, right) = (left?, right?);
                let how = formula::comparator(comparator);
                let condition = Condition::Compare {
                    negated: simple.prefix == Prefix::Not,
                    left: left.plain(),
                    comparator: how,
                    right: right.plain(),
                };
                self.scope
                    .checks
                    .push(Check::Compare(left, how, comparator.span, right));
                Some(condition)
            }
        }
    }

    /// A sentence with its terms; and whether the opposite's wording was used.
    pub(super) fn atom(&mut self, phrase: &Phrase, names: &Names<'_>) -> Option<(Atom, bool)> {
        let Meant {
            sentence,
            opposite,
            slots,
            hint,
        } = match resolve::meant(self.vocabulary, phrase) {
            Ok(meant) => meant,
            Err(fault) => {
                self.refuse(fault);
                return None;
            }
        };
        self.faults.extend(hint);
        let mut terms = Vec::with_capacity(slots.len());
        for (at, (slot, span)) in slots.into_iter().enumerate() {
            let kind = self.vocabulary.sentences[sentence].slots[at].kind;
            terms.push(self.term(slot, span, kind, names));
        }
        let terms: Option<Vec<Term>> = terms.into_iter().collect();
        Some((
            Atom {
                sentence,
                terms: terms?,
            },
            opposite,
        ))
    }

    /// What stands in a slot of a sentence.
    fn term(
        &mut self,
        slot: &Slot,
        span: Span,
        kind: crate::rulebook::KindId,
        names: &Names<'_>,
    ) -> Option<Term> {
        match slot {
            Slot::Name(name) if name == values::ANY => {
                self.refuse(
                    Diagnostic::new("S010", span, "[any] can stand only in a case")
                        .help("In a rule write the name of a slot; one that stands nowhere else reads *some*."),
                );
                None
            }
            Slot::Name(name) => {
                let var = self
                    .scope
                    .var(name, names.is_outer(name), span, Want::Kind(kind));
                Some(Term::Var(var))
            }
            Slot::Declared(slot) => {
                self.refuse(kind_in_rule(&slot.name, span));
                None
            }
            Slot::Quoted(text)
                if self.home == Home::Query
                    && matches!(self.vocabulary.kinds[kind].sort, KindSort::Thing { .. }) =>
            {
                Some(Term::Value(self.values.name(text)))
            }
            slot => match values::in_rules(self.vocabulary, self.values, kind, slot, span) {
                Ok(value) => Some(Term::Value(value)),
                Err(fault) => {
                    self.refuse(fault);
                    None
                }
            },
        }
    }

    /// The slot that a group counts, folds or ranges over: its own.
    fn own(&mut self, slot: &At<Slot>, names: &Names<'_>, doing: &str) -> Option<VarId> {
        let Slot::Name(name) = &slot.node else {
            self.refuse(not_a_name(&slot.node, slot.span));
            return None;
        };
        if names.is_outer(name) {
            let mut fault = Diagnostic::new(
                "B004",
                slot.span,
                format!("This group {doing} [{name}], which stands outside it as well"),
            )
            .help("Inside the group and outside it the slot would mean two things. Give the one in the group another name, such as [other].");
            let outside = self
                .scope
                .outer(name)
                .and_then(|var| self.scope.places[var].first().map(|place| place.span));
            if let Some(outside) = outside.filter(|outside| *outside != slot.span) {
                fault = fault.also(outside, "it stands here too");
            }
            self.refuse(fault);
            return None;
        }
        Some(self.scope.var(name, false, slot.span, Want::Any))
    }

    /// `let [u] be …`.
    fn computed(
        &mut self,
        slot: &At<Slot>,
        value: &tree::Expr,
        names: &Names<'_>,
    ) -> Option<Condition> {
        let outer = |name: &str| names.is_outer(name);
        let value = formula::read(&mut self.scope, self.values, self.faults, value, &outer);
        let var = self.computed_var(slot, names)?;
        let value: Placed = value?;
        let condition = Condition::Let {
            var,
            value: value.plain(),
        };
        self.scope.checks.push(Check::Let(var, value));
        Some(condition)
    }

    fn computed_var(&mut self, slot: &At<Slot>, names: &Names<'_>) -> Option<VarId> {
        let Slot::Name(name) = &slot.node else {
            self.refuse(not_a_name(&slot.node, slot.span));
            return None;
        };
        Some(
            self.scope
                .var(name, names.is_outer(name), slot.span, Want::Computed),
        )
    }

    /// `let [t] be the sum of [v] over [x] where`.
    fn fold(
        &mut self,
        slot: &At<Slot>,
        fold: &At<tree::FoldWord>,
        value: &At<Slot>,
        over: &[At<Slot>],
        bullets: &[tree::Line<Simple>],
        names: &Names<'_>,
    ) -> Option<Condition> {
        let which = match fold.node {
            tree::FoldWord::Sum => Fold::Sum,
            tree::FoldWord::Least => Fold::Least,
            tree::FoldWord::Greatest => Fold::Greatest,
            tree::FoldWord::Number => Fold::Number,
        };
        let var = self.computed_var(slot, names);
        self.scope.enter();
        let body = self.bullets(bullets, names);
        let folded = self.own(value, names, "folds");
        let over: Vec<Option<VarId>> = over
            .iter()
            .map(|slot| self.own(slot, names, "folds over"))
            .collect();
        self.scope.leave();
        let (var, folded) = (var?, folded?);
        let mut over: Vec<VarId> = over.into_iter().collect::<Option<_>>()?;
        let mut distinct = Vec::new();
        over.retain(|var| {
            let new = !distinct.contains(var);
            distinct.push(*var);
            new
        });
        if over.is_empty() {
            over.push(folded);
        }
        let counted = which == Fold::Number;
        self.scope
            .checks
            .push(Check::Fold(var, (!counted).then_some((folded, value.span))));
        Some(Condition::Fold {
            var,
            fold: which,
            value: (!counted).then_some(folded),
            over,
            body,
        })
    }

    /// `no`, `at least n`, `at most n`.
    fn count(&mut self, count: &At<tree::Count>) -> Option<Count> {
        let (text, least) = match &count.node {
            tree::Count::No => return Some(Count::No),
            tree::Count::AtLeast(text) => (text, true),
            tree::Count::AtMost(text) => (text, false),
        };
        match text.parse::<u32>() {
            Ok(0) if least => {
                self.refuse(
                    Diagnostic::new("B010", count.span, "`at least 0` is always true")
                        .help("Write `at least 1`, or leave the line out."),
                );
                None
            }
            Ok(number) => Some(if least {
                Count::AtLeast(number)
            } else {
                Count::AtMost(number)
            }),
            Err(_) => {
                self.refuse(
                    Diagnostic::new(
                        "B010",
                        count.span,
                        format!("People and things cannot be counted up to {text}"),
                    )
                    .help("Write a whole number, such as `at least 2`."),
                );
                None
            }
        }
    }
}

/// Whether a line asks whether something is not known: slots of its own then read *which*.
fn is_not_known(condition: &tree::Condition) -> bool {
    matches!(condition, tree::Condition::Simple(simple) if simple.prefix == Prefix::NotKnown)
}

/// The fault of a kind written outside a declaration.
pub(super) fn kind_in_rule(name: &str, span: Span) -> Diagnostic {
    Diagnostic::new(
        "R021",
        span,
        format!("The kind of [{name}] is written where it is not declared"),
    )
    .help(format!(
        "Write [{name}]. Kinds stand only in the declaration of a sentence."
    ))
}

/// The fault of a value where a slot name belongs.
fn not_a_name(slot: &Slot, span: Span) -> Diagnostic {
    Diagnostic::new(
        "B011",
        span,
        format!("{} is a value, not a slot", say::bracketed(slot)),
    )
    .help("Write the name of a slot here, such as [patient].")
}
