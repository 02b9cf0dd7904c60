//! Which sentences bear on a norm or a finding: the lines that decide it, directly or through concepts, as patterns over
//! its parties. In: a checked rulebook; out: patterns. Knows no case.

use crate::rulebook::{
    Body, Class, Condition, DefeatId, Line, NormId, PriorityId, RuleId, Rulebook, SentenceId, Term,
    VarId, VerdictOf,
};
use crate::value::{Idx, IndexVec, ValueId};
use rustc_hash::FxHashSet;
use smallvec::SmallVec;
use std::sync::OnceLock;

/// An argument of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Slot {
    /// Anything.
    Any,
    /// The party (or the finding's slot) of this position.
    Party(usize),
    /// This value.
    Value(ValueId),
}

/// The arguments of a pattern; few sentences have more than four.
pub type Slots = SmallVec<[Slot; 4]>;

/// A sentence that is read, with what is known of its arguments.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Bearing {
    /// Which sentence.
    pub sentence: SentenceId,
    /// One a slot.
    pub slots: Slots,
}

/// What bears on a norm or finding.
#[derive(Clone, Debug, Default)]
pub struct Bearings {
    /// Sentences read by lines that only found it (`arises if`, `applies if`; for concerns and findings, the lines that
    /// merely say who is who).
    pub founding: Vec<Bearing>,
    /// Sentences read by all other lines.
    pub deciding: Vec<Bearing>,
    /// Sentences that bear on the duties that outrank this one.
    pub outranking: Vec<Bearing>,
    /// Sentences behind rules that give a number another value than the one that is asked for: they decide nothing of what is
    /// read, but a change of them may (a sentence has one number).
    pub otherwise: Vec<Bearing>,
    /// Whether a line asks what is not known, so that completing the unknowns means nothing.
    pub asks_unknown: bool,
    /// Whether one behind such a rule does.
    pub asks_otherwise: bool,
}

impl Bearings {
    /// Every sentence on which it may hang.
    pub fn all(&self) -> impl Iterator<Item = &Bearing> {
        let other = self.founding.iter().chain(&self.outranking);
        self.deciding.iter().chain(other)
    }

    /// The same, and what may come to bear on it once something is changed.
    pub fn with_otherwise(&self) -> impl Iterator<Item = &Bearing> {
        self.all().chain(&self.otherwise)
    }
}

/// What bears on each norm and finding, worked out when it is first asked for: a case asks for few of them.
#[derive(Clone, Debug, Default)]
pub struct AllBearings {
    blocks: OnceLock<Blocks>,
    norms: IndexVec<NormId, OnceLock<Bearings>>,
    findings: IndexVec<SentenceId, OnceLock<Bearings>>,
}

impl AllBearings {
    /// Those of a rulebook, none worked out yet.
    #[must_use]
    pub fn of(book: &Rulebook) -> Self {
        Self {
            blocks: OnceLock::new(),
            norms: book.norms.ids().map(|_| OnceLock::new()).collect(),
            findings: book
                .vocabulary
                .sentences
                .ids()
                .map(|_| OnceLock::new())
                .collect(),
        }
    }

    /// What bears on a norm of the rulebook these were made for.
    pub fn norm(&self, book: &Rulebook, id: NormId) -> &Bearings {
        self.norms[id].get_or_init(|| of_norm(book, self.blocks(book), id))
    }

    /// What bears on a finding of the rulebook these were made for.
    pub fn finding(&self, book: &Rulebook, id: SentenceId) -> &Bearings {
        self.findings[id].get_or_init(|| of_finding(book, self.blocks(book), id))
    }

    fn blocks(&self, book: &Rulebook) -> &Blocks {
        self.blocks.get_or_init(|| Blocks::of(book))
    }
}

/// Where the blocks stand that conclude a sentence or bear on a norm, and which sentences say who is who.
#[derive(Clone, Debug)]
struct Blocks {
    rules: IndexVec<SentenceId, Vec<RuleId>>,
    defeats: IndexVec<NormId, Vec<DefeatId>>,
    priorities: IndexVec<NormId, Vec<PriorityId>>,
    roles: FxHashSet<SentenceId>,
}

impl Blocks {
    fn of(book: &Rulebook) -> Self {
        let mut blocks = Self {
            rules: book
                .vocabulary
                .sentences
                .ids()
                .map(|_| Vec::new())
                .collect(),
            defeats: book.norms.ids().map(|_| Vec::new()).collect(),
            priorities: book.norms.ids().map(|_| Vec::new()).collect(),
            roles: founding_sentences(book),
        };
        for (id, rule) in book.rules.enumerated() {
            blocks.rules[rule.head.sentence].push(id);
        }
        for (id, defeat) in book.defeats.enumerated() {
            blocks.defeats[defeat.norm].push(id);
        }
        for (id, priority) in book.priorities.enumerated() {
            blocks.priorities[priority.lower].push(id);
        }
        blocks
    }
}

fn of_finding(book: &Rulebook, blocks: &Blocks, id: SentenceId) -> Bearings {
    let mut walk = Walk::new(book, blocks);
    let sentence = &book.vocabulary.sentences[id];
    if sentence.class == Class::Finding {
        let slots = (0..sentence.slots.len()).map(Slot::Party).collect();
        for (body, args) in walk.rules_of(&Bearing {
            sentence: id,
            slots,
        }) {
            let (found, rest): (Vec<&Line>, Vec<&Line>) = body
                .iter()
                .partition(|line| is_role(book, line, &args, &blocks.roles));
            walk.lines(found.into_iter(), &args, Group::Founding);
            walk.lines(rest.into_iter(), &args, Group::Deciding);
        }
    }
    walk.done()
}

/// Closed facts that found two norms or more: they say who is who, not how well anything was done.
fn founding_sentences(book: &Rulebook) -> FxHashSet<SentenceId> {
    let mut counts = vec![0_u32; book.vocabulary.sentences.len()];
    for norm in book.norms.iter() {
        let mut own: Vec<SentenceId> = norm
            .arises
            .iter()
            .filter_map(|line| match &line.condition {
                Condition::Sentence {
                    negated: false,
                    atom,
                    ..
                } if !line.unless => Some(atom.sentence),
                _ => None,
            })
            .collect();
        own.sort();
        own.dedup();
        own.iter()
            .for_each(|sentence| counts[sentence.index()] += 1);
    }
    book.vocabulary
        .sentences
        .ids()
        .filter(|id| counts[id.index()] >= 2)
        .collect()
}

/// Whether a line only says who the parties are.
fn is_role(book: &Rulebook, line: &Line, args: &Args, roles: &FxHashSet<SentenceId>) -> bool {
    match &line.condition {
        Condition::Sentence {
            negated: false,
            atom,
            ..
        } if !line.unless => {
            let closed = book.vocabulary.sentences[atom.sentence].class != Class::OpenFact;
            let parties = atom
                .terms
                .iter()
                .all(|term| matches!(slot(term, args), Slot::Party(_)));
            closed && parties && roles.contains(&atom.sentence)
        }
        _ => false,
    }
}

fn of_norm(book: &Rulebook, blocks: &Blocks, id: NormId) -> Bearings {
    let norm = &book.norms[id];
    let mut walk = Walk::new(book, blocks);
    let args: Args = norm
        .parties
        .iter()
        .enumerate()
        .map(|(at, party)| (party.var, Slot::Party(at)))
        .collect();
    if norm.parts.is_empty() {
        let (found, rest): (Vec<&Line>, Vec<&Line>) = norm
            .arises
            .iter()
            .partition(|line| is_role(book, line, &args, &blocks.roles));
        walk.lines(found.into_iter(), &args, Group::Founding);
        walk.lines(rest.into_iter(), &args, Group::Deciding);
    } else {
        walk.lines(norm.arises.iter(), &args, Group::Founding);
    }
    for part in &norm.parts {
        walk.lines(
            part.arises.iter().chain(part.test.body()),
            &args,
            Group::Deciding,
        );
    }
    for defeat in blocks.defeats[id].iter().map(|id| &book.defeats[*id]) {
        let args = defeat
            .parties
            .iter()
            .enumerate()
            .map(|(at, var)| (*var, Slot::Party(at)))
            .collect();
        walk.lines(defeat.body.iter(), &args, Group::Deciding);
    }
    for priority in blocks.priorities[id].iter().map(|id| &book.priorities[*id]) {
        let party = |(at, term): (usize, &Term)| match term {
            Term::Var(var) => Some((*var, Slot::Party(at))),
            Term::Value(_) => None,
        };
        let args = priority
            .lower_terms
            .iter()
            .enumerate()
            .filter_map(party)
            .collect();
        walk.lines(priority.body.iter(), &args, Group::Deciding);
        let upper = priority.upper_terms.iter().map(|term| slot(term, &args));
        walk.norm(priority.upper, upper.collect(), Group::Outranking);
    }
    walk.done()
}

/// What is known of a block's variables.
type Args = SmallVec<[(VarId, Slot); 4]>;

fn slot(term: &Term, args: &Args) -> Slot {
    match term {
        Term::Value(value) => Slot::Value(*value),
        Term::Var(var) => args
            .iter()
            .find(|(own, _)| own == var)
            .map_or(Slot::Any, |(_, slot)| *slot),
    }
}

/// For what a sentence is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Group {
    /// To decide.
    Deciding,
    /// To found.
    Founding,
    /// To tell whether another duty outranks.
    Outranking,
    /// To give a number another value.
    Otherwise,
}

struct Walk<'a> {
    book: &'a Rulebook,
    blocks: &'a Blocks,
    seen: [FxHashSet<Bearing>; 4],
    order: [Vec<Bearing>; 4],
    norms: FxHashSet<(Group, NormId, Slots)>,
    asks_unknown: [bool; 4],
}

impl<'a> Walk<'a> {
    fn new(book: &'a Rulebook, blocks: &'a Blocks) -> Self {
        Self {
            book,
            blocks,
            seen: Default::default(),
            order: Default::default(),
            norms: FxHashSet::default(),
            asks_unknown: [false; 4],
        }
    }

    fn done(self) -> Bearings {
        let [deciding, founding, outranking, otherwise] = self.order;
        let [own @ .., asks_otherwise] = self.asks_unknown;
        Bearings {
            founding,
            deciding,
            outranking,
            otherwise,
            asks_unknown: own.contains(&true),
            asks_otherwise,
        }
    }

    fn lines<'l>(&mut self, lines: impl Iterator<Item = &'l Line>, args: &Args, group: Group) {
        for line in lines {
            self.condition(&line.condition, args, group);
        }
    }

    fn condition(&mut self, condition: &Condition, args: &Args, group: Group) {
        match condition {
            Condition::NotKnown(atom) => {
                self.asks_unknown[group as usize] = true;
                self.sentence(atom.sentence, &atom.terms, args, group);
            }
            Condition::Sentence { atom, .. } => {
                self.sentence(atom.sentence, &atom.terms, args, group)
            }
            Condition::Verdict { of, not_known, .. } => {
                self.asks_unknown[group as usize] |= not_known;
                self.verdict(of, args, group);
            }
            Condition::Compare { .. } | Condition::Let { .. } => {}
            Condition::Fold { body, .. }
            | Condition::AnyOf(body)
            | Condition::Quantified { body, .. } => {
                self.lines(body.iter(), args, group);
            }
            Condition::Every { body, holds, .. } => {
                self.lines(body.iter().chain(holds), args, group)
            }
        }
    }

    fn sentence(&mut self, sentence: SentenceId, terms: &[Term], args: &Args, group: Group) {
        let bearing = Bearing {
            sentence,
            slots: terms.iter().map(|term| slot(term, args)).collect(),
        };
        let at = group as usize;
        if !self.seen[at].insert(bearing.clone()) {
            return;
        }
        self.order[at].push(bearing.clone());
        for (body, args) in self.rules_of(&bearing) {
            self.lines(body.iter(), &args, group);
        }
        for (body, args) in self.rules_of_another_number(&bearing) {
            self.lines(body.iter(), &args, Group::Otherwise);
        }
    }

    /// A verdict in a condition: everything that bears on it bears on what asks.
    fn verdict(&mut self, of: &VerdictOf, args: &Args, group: Group) {
        let (norms, own): (Vec<NormId>, Slots) = match of {
            VerdictOf::Norm { norm, terms, .. } => (
                vec![*norm],
                terms.iter().map(|term| slot(term, args)).collect(),
            ),
            VerdictOf::AnyDuty { duties, .. } => (duties.clone(), Slots::new()),
        };
        for id in norms {
            self.norm(id, own.clone(), group);
        }
    }

    /// Everything that bears on a norm of these parties.
    fn norm(&mut self, id: NormId, own: Slots, group: Group) {
        if !self.norms.insert((group, id, own.clone())) {
            return;
        }
        let norm = &self.book.norms[id];
        let given = |at: usize| own.get(at).copied().unwrap_or(Slot::Any);
        let args: Args = norm
            .parties
            .iter()
            .enumerate()
            .map(|(at, party)| (party.var, given(at)))
            .collect();
        self.lines(norm.arises.iter(), &args, group);
        for part in &norm.parts {
            self.lines(part.arises.iter().chain(part.test.body()), &args, group);
        }
        for defeat in &self.blocks.defeats[id] {
            let defeat = &self.book.defeats[*defeat];
            let args = defeat
                .parties
                .iter()
                .enumerate()
                .map(|(at, var)| (*var, given(at)))
                .collect();
            self.lines(defeat.body.iter(), &args, group);
        }
        for priority in &self.blocks.priorities[id] {
            let priority = &self.book.priorities[*priority];
            let args: Args = priority
                .lower_terms
                .iter()
                .enumerate()
                .filter_map(|(at, term)| match term {
                    Term::Var(var) => Some((*var, given(at))),
                    Term::Value(_) => None,
                })
                .collect();
            let above = match group {
                Group::Otherwise => group,
                _ => Group::Outranking,
            };
            self.lines(priority.body.iter(), &args, above);
            let upper = priority.upper_terms.iter().map(|term| slot(term, &args));
            self.norm(priority.upper, upper.collect(), above);
        }
    }

    /// The bodies that conclude a sentence of this pattern, with what is known of their variables.
    fn rules_of(&self, bearing: &Bearing) -> Vec<(&'a Body, Args)> {
        let mut found = Vec::new();
        for rule in &self.blocks.rules[bearing.sentence] {
            let rule = &self.book.rules[*rule];
            let mut args = Args::new();
            let mut fits = true;
            for (term, slot) in rule.head.terms.iter().zip(&bearing.slots) {
                match (term, slot) {
                    (Term::Var(var), slot) if *slot != Slot::Any => args.push((*var, *slot)),
                    (Term::Value(own), Slot::Value(value)) if own != value => fits = false,
                    _ => {}
                }
            }
            if fits {
                found.push((&rule.body, args));
            }
        }
        found
    }

    /// The bodies that give its number whatever value, where one value is asked for.
    fn rules_of_another_number(&self, bearing: &Bearing) -> Vec<(&'a Body, Args)> {
        let mut asked = bearing.clone();
        for number in self.book.vocabulary.number_slots(bearing.sentence) {
            if matches!(asked.slots[number], Slot::Value(_)) {
                asked.slots[number] = Slot::Any;
            }
        }
        if asked == *bearing {
            return Vec::new();
        }
        self.rules_of(&asked)
    }
}
