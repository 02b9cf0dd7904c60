//! Which line first: the lines of a body, in an order in which each is asked once its slots are bound. In: lines of a
//! checked rulebook; out: [`Program`]s. Knows no case.
//!
//! Lines that only test come as early as their slots are bound; then stored sentences, most bound slots first; open
//! sentences are tested rather than enumerated wherever something else binds their slots.

use super::lower::Hand;
use super::program::{
    Col, Comparison, Expr, Group, GroupKind, Look, Program, ReadVerdict, Scan, Step, Wanted, World,
};
use crate::plan::RelId;
use crate::rulebook::{self, Condition, Line, Role, Term, VarId, VerdictOf};
use crate::value::{Idx, NormSort, Status, StatusSet};
use smallvec::SmallVec;

/// Some of the registers of a block, such as those that are bound.
#[derive(Clone, Debug, Default)]
pub struct Bound(SmallVec<[u64; 1]>);

impl Bound {
    /// Whether it is among them.
    #[must_use]
    pub fn has(&self, var: VarId) -> bool {
        let word = self.0.get(var.index() / 64).copied().unwrap_or(0);
        word >> (var.index() % 64) & 1 == 1
    }

    /// Adds it.
    pub fn add(&mut self, var: VarId) {
        let word = var.index() / 64;
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << (var.index() % 64);
    }

    fn with(mut self, vars: impl IntoIterator<Item = VarId>) -> Self {
        self.extend(vars);
        self
    }

    /// Those of a condition.
    fn of(condition: &Condition) -> Self {
        let mut bound = Self::default();
        vars_of(condition, &mut bound);
        bound
    }

    fn iter(&self) -> impl Iterator<Item = VarId> {
        self.0.iter().enumerate().flat_map(|(at, &word)| {
            let bits = (0..64).filter(move |bit| word >> bit & 1 == 1);
            bits.map(move |bit| VarId::new(at * 64 + bit))
        })
    }

    /// Whether it has every register of another.
    fn holds(&self, other: &Self) -> bool {
        let own = |at: usize| self.0.get(at).copied().unwrap_or(0);
        let mut words = other.0.iter().enumerate();
        words.all(|(at, &word)| word & !own(at) == 0)
    }

    /// Keeps only registers that one of the others has.
    fn keep(&mut self, others: &[&Self]) {
        for (at, word) in self.0.iter_mut().enumerate() {
            let among = |other: &&Self| other.0.get(at).copied().unwrap_or(0);
            *word &= others.iter().map(among).fold(0, |all, word| all | word);
        }
    }
}

impl Extend<VarId> for Bound {
    fn extend<T: IntoIterator<Item = VarId>>(&mut self, vars: T) {
        vars.into_iter().for_each(|var| self.add(var));
    }
}

/// What stands in the slots of a line; few have more than four.
type Terms = SmallVec<[Term; 4]>;

/// A sentence that binds, or a line that tests.
#[derive(Clone)]
enum Item<'b> {
    /// A relation read positively.
    Read {
        rel: RelId,
        terms: Terms,
        anchor: bool,
    },
    /// A verdict read positively.
    Verdict {
        rel: RelId,
        terms: Terms,
        column: usize,
        statuses: StatusSet,
        missing: StatusSet,
        /// Whether it was asked of any duty: then only of those whose party is of the duty's kind at all.
        any: bool,
    },
    /// Anything else: a line that binds at most what it computes.
    Line { line: &'b Line },
    /// Two registers that must hold the same number: a number slot has the value of the first line that gives it one.
    Equal { left: VarId, right: VarId },
}

/// The place a body is planned for.
pub struct Site<'a> {
    /// Registers bound before it starts.
    pub bound: Bound,
    /// Registers that occur outside the lines being planned (head, other bodies, enclosing lines).
    pub outside: Bound,
    /// Registers the head needs.
    pub head: &'a [VarId],
}

/// An anchor or a recursive line that must come first.
pub struct First {
    /// The relation.
    pub rel: RelId,
    /// Its columns.
    pub terms: Vec<Term>,
    /// Whether its truth does not count.
    pub anchor: bool,
}

/// Plans a body: one program for each way its binding alternatives can be chosen.
pub fn plan(
    low: &mut Hand<'_, '_>,
    lines: &[&Line],
    site: &Site<'_>,
    first: Option<First>,
    skip: Option<usize>,
) -> Vec<Program> {
    let mut choices: Vec<Vec<Item<'_>>> = vec![Vec::new()];
    let lines: Vec<&Line> = lines
        .iter()
        .enumerate()
        .filter(|(at, _)| Some(*at) != skip)
        .map(|(_, line)| *line)
        .collect();
    let bindable = bindable(low, &lines, site, first.as_ref());
    for (at, line) in lines.iter().enumerate() {
        let outer = outer_vars(line, &lines, site);
        let binds = !bindable.holds(&outer) || gives_number(low, line, &outer, &lines[..at], site);
        let alternatives = alternatives(low, line, binds);
        if let (1, Some(item)) = (alternatives.len(), alternatives.last()) {
            choices
                .iter_mut()
                .for_each(|chosen| chosen.push(item.clone()));
            continue;
        }
        choices = choices
            .into_iter()
            .flat_map(|chosen| {
                alternatives.iter().map(move |item| {
                    let mut chosen = chosen.clone();
                    chosen.push(item.clone());
                    chosen
                })
            })
            .collect();
    }
    choices
        .into_iter()
        .map(|items| order(low, items, &lines, site, first.as_ref()))
        .collect()
}

/// Whether a bullet of *any of* is the first line that gives a number to a slot used outside it.
fn gives_number(
    low: &Hand<'_, '_>,
    line: &Line,
    outer: &Bound,
    earlier: &[&Line],
    site: &Site<'_>,
) -> bool {
    let Condition::AnyOf(bullets) = &line.condition else {
        return false;
    };
    let given = |line: &Line| match &line.condition {
        Condition::Sentence {
            negated: false,
            atom,
            ..
        } if !line.unless => value_vars(low, RelId(atom.sentence.0), &atom.terms),
        condition => computed(condition).into_iter().collect(),
    };
    let before: Vec<VarId> = earlier.iter().flat_map(|line| given(line)).collect();
    bullets
        .iter()
        .flat_map(given)
        .any(|var| outer.has(var) && !before.contains(&var) && !site.bound.has(var))
}

/// The ways a line can be read: several where it is an *any of* that binds slots.
fn alternatives<'b>(low: &mut Hand<'_, '_>, line: &'b Line, binds: bool) -> Vec<Item<'b>> {
    if line.unless {
        return vec![Item::Line { line }];
    }
    match &line.condition {
        Condition::AnyOf(bullets) if binds => {
            bullets.iter().map(|bullet| item(low, bullet)).collect()
        }
        Condition::Verdict {
            negated: false,
            not_known: false,
            of: VerdictOf::AnyDuty { parties, duties },
            statuses,
        } if binds => duties
            .iter()
            .map(|duty| any_duty(low, *duty, parties, *statuses))
            .collect(),
        _ => vec![item(low, line)],
    }
}

fn item<'b>(low: &mut Hand<'_, '_>, line: &'b Line) -> Item<'b> {
    match &line.condition {
        _ if line.unless => Item::Line { line },
        Condition::Sentence {
            negated: false,
            atom,
            ..
        } => Item::Read {
            rel: RelId(atom.sentence.0),
            terms: atom.terms.as_slice().into(),
            anchor: false,
        },
        Condition::Verdict {
            negated: false,
            not_known: false,
            of: VerdictOf::Norm { norm, terms, part },
            statuses,
        } => {
            let (rel, column, missing) = low.plan.verdict(*norm, *part);
            Item::Verdict {
                rel,
                terms: terms.as_slice().into(),
                column,
                statuses: *statuses,
                missing,
                any: false,
            }
        }
        _ => Item::Line { line },
    }
}

fn any_duty<'b>(
    low: &mut Hand<'_, '_>,
    duty: rulebook::NormId,
    parties: &[(Role, Term)],
    statuses: StatusSet,
) -> Item<'b> {
    let (rel, column, missing) = low.plan.verdict(duty, None);
    let norm = &low.plan.book.norms[duty];
    let roles: Vec<(Role, Option<rulebook::KindId>)> = norm
        .parties
        .iter()
        .map(|party| (party.role, norm.vars[party.var].kind))
        .collect();
    let terms = roles
        .into_iter()
        .map(|(role, kind)| {
            let named = parties.iter().find(|(own, _)| *own == role);
            named.map_or_else(|| Term::Var(low.fresh(kind)), |(_, term)| *term)
        })
        .collect();
    Item::Verdict {
        rel,
        terms,
        column,
        statuses,
        missing,
        any: true,
    }
}

/// What the lines that are not alternatives can bind by themselves.
fn bindable(low: &Hand<'_, '_>, lines: &[&Line], site: &Site<'_>, first: Option<&First>) -> Bound {
    let mut bound = site.bound.clone();
    if let Some(first) = first {
        bound = bound.with(first.terms.iter().filter_map(var_of));
    }
    for line in lines.iter().filter(|line| !line.unless) {
        match &line.condition {
            Condition::Sentence {
                negated: false,
                atom,
                ..
            } if low.plan.is_stored(RelId(atom.sentence.0)) => {
                bound = bound.with(atom.terms.iter().filter_map(var_of));
            }
            Condition::Verdict {
                negated: false,
                not_known: false,
                of: VerdictOf::Norm { terms, .. },
                ..
            } => {
                bound = bound.with(terms.iter().filter_map(var_of));
            }
            Condition::Let { var, .. } | Condition::Fold { var, .. } => bound.add(*var),
            _ => {}
        }
    }
    bound
}

fn var_of(term: &Term) -> Option<VarId> {
    match term {
        Term::Var(var) => Some(*var),
        Term::Value(_) => None,
    }
}

/// The registers of a line that also occur outside it.
fn outer_vars(line: &Line, lines: &[&Line], site: &Site<'_>) -> Bound {
    let mut own = Bound::of(&line.condition);
    let mut others = Bound::default().with(site.head.iter().copied());
    for other in lines.iter().filter(|other| !std::ptr::eq(**other, line)) {
        vars_of(&other.condition, &mut others);
    }
    own.keep(&[&site.outside, &site.bound, &others]);
    own
}

/// Every register a condition mentions.
pub fn vars_of(condition: &Condition, into: &mut impl Extend<VarId>) {
    fn body(lines: &[Line], into: &mut impl Extend<VarId>) {
        lines.iter().for_each(|line| vars_of(&line.condition, into));
    }
    match condition {
        Condition::Sentence { atom, .. } | Condition::NotKnown(atom) => {
            into.extend(atom.terms.iter().filter_map(var_of))
        }
        Condition::Verdict {
            of: VerdictOf::Norm { terms, .. },
            ..
        } => into.extend(terms.iter().filter_map(var_of)),
        Condition::Verdict {
            of: VerdictOf::AnyDuty { parties, .. },
            ..
        } => {
            into.extend(parties.iter().filter_map(|(_, term)| var_of(term)));
        }
        Condition::Compare { left, right, .. } => {
            expr_vars(left, into);
            expr_vars(right, into);
        }
        Condition::Let { var, value } => {
            into.extend([*var]);
            expr_vars(value, into);
        }
        Condition::Fold {
            var,
            value,
            over,
            body: lines,
            ..
        } => {
            into.extend([*var]);
            into.extend(*value);
            into.extend(over.iter().copied());
            body(lines, into);
        }
        Condition::AnyOf(lines) => body(lines, into),
        Condition::Quantified {
            var, body: lines, ..
        } => {
            into.extend([*var]);
            body(lines, into);
        }
        Condition::Every {
            var,
            body: lines,
            holds,
        } => {
            into.extend([*var]);
            body(lines, into);
            body(holds, into);
        }
    }
}

fn expr_vars(expr: &rulebook::Expr, into: &mut impl Extend<VarId>) {
    match expr {
        rulebook::Expr::Term(term) => into.extend(var_of(term)),
        rulebook::Expr::Number(_) => {}
        rulebook::Expr::Binary(left, _, right) => {
            expr_vars(left, into);
            expr_vars(right, into);
        }
    }
}

/// Puts the items of one choice in order.
fn order(
    low: &mut Hand<'_, '_>,
    items: Vec<Item<'_>>,
    lines: &[&Line],
    site: &Site<'_>,
    first: Option<&First>,
) -> Program {
    let mut bound = site.bound.clone();
    let mut steps = Vec::new();
    if let Some(first) = first {
        let item = Item::Read {
            rel: first.rel,
            terms: first.terms.as_slice().into(),
            anchor: first.anchor,
        };
        place(low, &item, &mut bound, &mut steps, lines, site);
    }
    let givers = givers(low, &items);
    let mut pending: Vec<(usize, Item<'_>, Bound)> = items
        .into_iter()
        .enumerate()
        .map(|(at, item)| {
            let outer = match &item {
                Item::Line { line } => outer_vars(line, lines, site),
                _ => Bound::default(),
            };
            (at, item, outer)
        })
        .collect();
    while !pending.is_empty() {
        let costs = (0..pending.len()).map(|at| {
            let cost = cost_of(low, &pending[at], &bound, &givers);
            (cost, at)
        });
        let (cost, best) = costs.min().unwrap_or_default();
        if cost >= STUCK {
            // Only a slot of the conclusion can be without a binder: it ranges over the cast of its kind.
            let things = pending
                .iter()
                .map(|(_, item, outer)| unbound_things(low, item, outer, &bound))
                .find(|vars| !vars.is_empty());
            let missing =
                things.unwrap_or_else(|| unbound_of(&pending[best].1, &pending[best].2, &bound));
            if missing.is_empty() {
                // INVARIANT: check lets no number stay unbound; should one slip through, nothing loops.
                let (_, item, _) = pending.remove(best);
                place(low, &item, &mut bound, &mut steps, lines, site);
            }
            for var in missing {
                steps.push(Step::Domain {
                    kind: low.kind_of(var),
                    var,
                    suffices: false,
                });
                bound.add(var);
            }
            continue;
        }
        let (at, mut item, _) = pending.remove(best);
        for equal in own_numbers(low, &mut item, at, &bound, &givers) {
            pending.push((usize::MAX, equal, Bound::default()));
        }
        place(low, &item, &mut bound, &mut steps, lines, site);
    }
    for var in site.head {
        if !bound.has(*var) {
            steps.push(Step::Domain {
                kind: low.kind_of(*var),
                var: *var,
                suffices: false,
            });
            bound.add(*var);
        }
    }
    // Where a computation can fail, every binding is looked at: a fault does not hide behind a solution found before.
    let can_fail = steps.iter().any(can_fail);
    if !can_fail {
        let from = head_bound_at(&steps, site);
        for step in &mut steps[from..] {
            match step {
                Step::Scan(Scan { suffices, .. }) | Step::Domain { suffices, .. } => {
                    *suffices = true
                }
                Step::Status(read) => read.scan.suffices = true,
                _ => {}
            }
        }
    }
    Program {
        steps: steps.into(),
        can_fail,
    }
}

/// For each number slot, the first line in the order written that gives it a value; every other line compares.
fn givers(low: &Hand<'_, '_>, items: &[Item<'_>]) -> Vec<(VarId, usize)> {
    let mut found: Vec<(VarId, usize)> = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let given = match item {
            Item::Read { rel, terms, .. } => value_vars(low, *rel, terms),
            Item::Line { line } if !line.unless => computed(&line.condition).into_iter().collect(),
            _ => Vec::new(),
        };
        for var in given {
            if !found.iter().any(|(own, _)| *own == var) {
                found.push((var, at));
            }
        }
    }
    found
}

/// The registers in the value columns of a sentence.
fn value_vars(low: &Hand<'_, '_>, rel: RelId, terms: &[Term]) -> Vec<VarId> {
    let key = low.plan.relations[rel].key;
    let values = terms
        .iter()
        .enumerate()
        .filter(|(at, _)| key >> at & 1 == 0);
    values.filter_map(|(_, term)| var_of(term)).collect()
}

/// Gives a line that is not the first to give a number a register of its own for it, to be compared.
fn own_numbers<'b>(
    low: &mut Hand<'_, '_>,
    item: &mut Item<'b>,
    at: usize,
    bound: &Bound,
    givers: &[(VarId, usize)],
) -> Vec<Item<'b>> {
    let Item::Read { rel, terms, .. } = item else {
        return Vec::new();
    };
    let key = low.plan.relations[*rel].key;
    let mut equals = Vec::new();
    for column in (0..terms.len()).filter(|column| key >> column & 1 == 0) {
        let Some(var) = var_of(&terms[column]) else {
            continue;
        };
        let gives = givers
            .iter()
            .any(|(own, giver)| *own == var && *giver == at);
        if !gives && !bound.has(var) {
            let own = low.fresh(None);
            terms[column] = Term::Var(own);
            equals.push(Item::Equal {
                left: own,
                right: var,
            });
        }
    }
    equals
}

/// Whether a step computes something that may have no result.
fn can_fail(step: &Step) -> bool {
    fn fails(expr: &Expr) -> bool {
        matches!(expr, Expr::Binary(..))
    }
    match step {
        Step::Let { value, .. } => fails(value),
        Step::Compare(compare) => fails(&compare.left) || fails(&compare.right),
        Step::Group(group) => {
            let inner = |program: &Program| program.can_fail;
            group.programs.iter().any(inner)
                || match &group.kind {
                    GroupKind::Every(holds) => holds.iter().any(inner),
                    GroupKind::Fold { .. } => true,
                    _ => false,
                }
        }
        _ => false,
    }
}

/// The first step after which every register of the head is bound.
fn head_bound_at(steps: &[Step], site: &Site<'_>) -> usize {
    let mut last = 0;
    for (at, step) in steps.iter().enumerate() {
        if site.head.iter().any(|var| step.binds(*var)) {
            last = at + 1;
        }
    }
    last
}

const STUCK: usize = 1000;

fn unbound_keys(low: &Hand<'_, '_>, rel: RelId, terms: &[Term], bound: &Bound) -> usize {
    let key = low.plan.relations[rel].key;
    terms
        .iter()
        .enumerate()
        .filter(|(at, term)| key >> at & 1 == 1 && var_of(term).is_some_and(|v| !bound.has(v)))
        .count()
}

/// The cost of a line in its place: a computed number that another line gives is compared once that line was asked.
fn cost_of(
    low: &Hand<'_, '_>,
    (at, item, outer): &(usize, Item<'_>, Bound),
    bound: &Bound,
    givers: &[(VarId, usize)],
) -> usize {
    if let Item::Line { line } = item
        && let Some(var) = computed(&line.condition)
        && !bound.has(var)
        && givers.iter().any(|(own, giver)| *own == var && giver != at)
    {
        return STUCK + 3;
    }
    cost(low, item, outer, bound)
}

fn cost(low: &Hand<'_, '_>, item: &Item<'_>, outer: &Bound, bound: &Bound) -> usize {
    match item {
        Item::Read { rel, terms, .. } => {
            let unbound = unbound_keys(low, *rel, terms, bound);
            match (unbound, low.plan.is_stored(*rel)) {
                (0, true) => 1,
                (0, false) => 3,
                (_, true) => {
                    let bound_cols = terms.len() - unbound;
                    20 + 8 * unbound + if bound_cols == 0 { 40 } else { 0 }
                }
                (_, false) => 200 + 8 * unbound,
            }
        }
        Item::Verdict {
            rel,
            terms,
            statuses,
            missing,
            ..
        } => match unbound_keys(low, *rel, terms, bound) {
            0 => 4,
            unbound if !statuses.meets(*missing) => 60 + 8 * unbound,
            _ => STUCK,
        },
        Item::Equal { left, right } => {
            if bound.has(*left) && bound.has(*right) {
                0
            } else {
                STUCK + 2
            }
        }
        Item::Line { line } => {
            let computed = computed(&line.condition);
            if !bound.clone().with(computed).holds(outer) {
                return STUCK + 1;
            }
            match &line.condition {
                Condition::Compare { .. } | Condition::Let { .. } => 0,
                Condition::Sentence { .. } if !line.unless => 2,
                Condition::NotKnown(_) => 5,
                _ => 10,
            }
        }
    }
}

/// The register a line computes.
fn computed(condition: &Condition) -> Option<VarId> {
    match condition {
        Condition::Let { var, .. } | Condition::Fold { var, .. } => Some(*var),
        _ => None,
    }
}

/// The things that keep an item from being placed; numbers are given by lines.
fn unbound_things(low: &Hand<'_, '_>, item: &Item<'_>, outer: &Bound, bound: &Bound) -> Vec<VarId> {
    let mut vars = unbound_of(item, outer, bound);
    let vocabulary = &low.plan.book.vocabulary;
    vars.retain(|var| {
        low.kind_of(*var)
            .is_some_and(|kind| !vocabulary.is_number(kind))
    });
    vars
}

/// The registers that keep an item from being placed.
fn unbound_of(item: &Item<'_>, outer: &Bound, bound: &Bound) -> Vec<VarId> {
    let mut vars: Vec<VarId> = match item {
        Item::Read { terms, .. } | Item::Verdict { terms, .. } => {
            terms.iter().filter_map(var_of).collect()
        }
        Item::Equal { left, right } => vec![*left, *right],
        Item::Line { line } => {
            let computed = computed(&line.condition);
            outer.iter().filter(|var| Some(*var) != computed).collect()
        }
    };
    vars.retain(|var| !bound.has(*var));
    vars
}

fn cols(terms: &[Term], bound: &mut Bound) -> Vec<Col> {
    terms
        .iter()
        .map(|term| match term {
            Term::Value(value) => Col::Const(*value),
            Term::Var(var) if bound.has(*var) => Col::Same(*var),
            Term::Var(var) => {
                bound.add(*var);
                Col::Bind(*var)
            }
        })
        .collect()
}

fn place(
    low: &mut Hand<'_, '_>,
    item: &Item<'_>,
    bound: &mut Bound,
    steps: &mut Vec<Step>,
    lines: &[&Line],
    site: &Site<'_>,
) {
    match item {
        Item::Read { rel, terms, anchor } => {
            let narrow = narrow(low, *rel, terms, bound);
            place_read(low, *rel, terms, *anchor, bound, steps);
            steps.extend(narrow);
        }
        Item::Verdict {
            rel,
            terms,
            column,
            statuses,
            missing,
            any,
        } => {
            let narrow = narrow(low, *rel, terms, bound);
            let cols = cols(terms, bound);
            steps.push(Step::Status(Box::new(ReadVerdict {
                scan: scan_verdicts(*rel, cols),
                column: *column,
                statuses: *statuses,
                negated: false,
                not_known: false,
                missing: *missing,
            })));
            steps.extend(narrow);
            if *any && statuses.meets(*missing) {
                let kinds = terms.iter().zip(&low.plan.relations[*rel].kinds);
                let named = kinds.filter_map(|(term, kind)| Some((var_of(term)?, (*kind)?)));
                steps.extend(named.map(|(var, kind)| Step::IsA { kind, var }));
            }
        }
        Item::Equal { left, right } => steps.push(Step::Compare(Box::new(Comparison {
            left: Expr::Register(*left),
            comparator: rulebook::Comparator::Is,
            right: Expr::Register(*right),
            negated: false,
        }))),
        Item::Line { line } => place_line(low, line, bound, steps, lines, site),
    }
}

/// The slots a line is about to bind from a column of a wider kind: each stands only for values of its own.
fn narrow(low: &Hand<'_, '_>, rel: RelId, terms: &[Term], bound: &Bound) -> Vec<Step> {
    let vocabulary = &low.plan.book.vocabulary;
    let mut steps: Vec<Step> = Vec::new();
    for (term, wide) in terms.iter().zip(&low.plan.relations[rel].kinds) {
        if let (Some(var), Some(wide)) = (var_of(term), wide)
            && !bound.has(var)
            && let Some(kind) = low.kind_of(var)
            && !vocabulary.is_number(kind)
            && !vocabulary.is_within(*wide, kind)
        {
            steps.push(Step::IsA { kind, var });
        }
    }
    steps
}

fn place_read(
    low: &mut Hand<'_, '_>,
    rel: RelId,
    terms: &[Term],
    anchor: bool,
    bound: &mut Bound,
    steps: &mut Vec<Step>,
) {
    let key = low.plan.relations[rel].key;
    if !low.plan.is_stored(rel) {
        for (at, term) in terms.iter().enumerate() {
            if let (1, Some(var)) = (key >> at & 1, var_of(term))
                && !bound.has(var)
            {
                let kind = low.plan.relations[rel].kinds.get(at).copied().flatten();
                steps.push(Step::Domain {
                    kind: low.kind_of(var).or(kind),
                    var,
                    suffices: false,
                });
                bound.add(var);
            }
        }
    }
    let before = bound.clone();
    let is_bound = |term: &Term| var_of(term).is_none_or(|var| before.has(var));
    let mask = terms
        .iter()
        .enumerate()
        .filter(|(at, term)| key >> at & 1 == 1 && is_bound(term))
        .fold(0, |m, (at, _)| m | 1 << at);
    let cols = cols(terms, bound);
    if mask == key && !anchor {
        steps.push(Step::Look(Look {
            rel,
            negated: false,
            cols: cols.into(),
        }));
    } else {
        steps.push(Step::Scan(scan(rel, cols, key, mask, anchor)));
    }
}

/// A walk over the verdicts of some parties.
fn scan_verdicts(rel: RelId, cols: Vec<Col>) -> Scan {
    let is_bound = |(at, col): &(usize, &Col)| match col {
        Col::Bind(_) => false,
        Col::Same(var) => !cols[..*at].contains(&Col::Bind(*var)),
        Col::Const(_) => true,
    };
    let bound = cols.iter().enumerate().filter(is_bound);
    let mask = bound.fold(0, |mask, (at, _)| mask | 1 << at);
    let key = (1 << cols.len()) - 1;
    scan(rel, cols, key, mask, true)
}

/// A walk over rows whose columns of `mask` are bound.
fn scan(rel: RelId, cols: Vec<Col>, key: u32, mask: u32, anchor: bool) -> Scan {
    let (mut first, mut binds, mut others) = (None, SmallVec::new(), SmallVec::new());
    let mut compares_values = false;
    for (at, col) in (0..).zip(&cols) {
        match col {
            Col::Bind(var) => binds.push((at, *var)),
            _ if key >> at & 1 == 0 => compares_values = true,
            _ if mask >> at & 1 == 1 && first.is_none() => first = Some((at, *col)),
            _ => others.push((at, *col)),
        }
    }
    Scan {
        rel,
        first,
        binds,
        asks_more: !others.is_empty(),
        wanted: Box::new(Wanted {
            mask,
            others,
            cols: cols.into(),
        }),
        compares_values,
        anchor,
        suffices: false,
    }
}

fn place_line(
    low: &mut Hand<'_, '_>,
    line: &Line,
    bound: &mut Bound,
    steps: &mut Vec<Step>,
    lines: &[&Line],
    site: &Site<'_>,
) {
    let simple = matches!(
        &line.condition,
        Condition::Sentence { .. }
            | Condition::Compare { .. }
            | Condition::Verdict {
                of: VerdictOf::Norm { .. },
                ..
            }
    );
    let has_locals = || !outer_vars(line, lines, site).holds(&Bound::of(&line.condition));
    if line.unless && (!simple || has_locals()) {
        let bare = Line {
            condition: line.condition.clone(),
            unless: false,
            span: line.span,
        };
        let programs = sub_plan(low, &[&bare], bound, site, lines, line);
        steps.push(Step::Group(Box::new(Group {
            kind: GroupKind::None,
            programs,
        })));
        return;
    }
    match &line.condition {
        Condition::Sentence { negated, atom, .. } => {
            steps.push(Step::Look(Look {
                rel: RelId(atom.sentence.0),
                negated: *negated != line.unless,
                cols: cols(&atom.terms, bound).into(),
            }));
        }
        Condition::Compare {
            negated,
            left,
            comparator,
            right,
        } => steps.push(Step::Compare(Box::new(Comparison {
            left: expr(left),
            comparator: *comparator,
            right: expr(right),
            negated: *negated != line.unless,
        }))),
        Condition::Let { var, value } => {
            let was = bound.has(*var);
            bound.add(*var);
            steps.push(Step::Let {
                var: *var,
                value: Box::new(expr(value)),
                bound: was,
            });
        }
        Condition::NotKnown(atom) => {
            let mut local = bound.clone();
            let rel = RelId(atom.sentence.0);
            let wide = low.plan.relations[rel].kinds.clone();
            let own = |term: &Term| var_of(term).and_then(|var| low.kind_of(var));
            let kinds = atom
                .terms
                .iter()
                .zip(wide)
                .map(|(term, wide)| own(term).or(wide))
                .collect();
            let cols = cols(&atom.terms, &mut local).into();
            steps.push(Step::NotKnown { rel, cols, kinds });
        }
        Condition::Verdict {
            negated,
            not_known,
            of: VerdictOf::Norm { norm, terms, part },
            statuses,
        } => {
            let (rel, column, missing) = low.plan.verdict(*norm, *part);
            let cols = cols(terms, bound);
            steps.push(Step::Status(Box::new(ReadVerdict {
                scan: scan_verdicts(rel, cols),
                column,
                statuses: *statuses,
                negated: *negated != line.unless,
                not_known: *not_known,
                missing,
            })));
        }
        _ => place_group(low, line, bound, steps, lines, site),
    }
}

fn place_group(
    low: &mut Hand<'_, '_>,
    line: &Line,
    bound: &mut Bound,
    steps: &mut Vec<Step>,
    lines: &[&Line],
    site: &Site<'_>,
) {
    let (kind, programs) = match &line.condition {
        Condition::AnyOf(bullets) => {
            let programs = bullets
                .iter()
                .flat_map(|bullet| sub_plan(low, &[bullet], bound, site, lines, line))
                .collect();
            (GroupKind::Any, programs)
        }
        Condition::Verdict {
            negated,
            not_known,
            of: VerdictOf::AnyDuty { parties, duties },
            statuses,
        } => {
            let items: Vec<Item<'_>> = duties
                .iter()
                .map(|duty| any_duty(low, *duty, parties, *statuses))
                .collect();
            let programs = items
                .into_iter()
                .map(|item| {
                    let inside = Site {
                        bound: bound.clone(),
                        outside: site.outside.clone(),
                        head: &[],
                    };
                    order(low, vec![item], lines, &inside, None)
                })
                .collect();
            let kind = match (negated, not_known) {
                (_, true) => GroupKind::Unknown,
                (true, _) => GroupKind::None,
                _ => GroupKind::Any,
            };
            (kind, programs)
        }
        Condition::Quantified { count, var, body } => {
            let programs = sub_plan(
                low,
                &body.iter().collect::<Vec<_>>(),
                bound,
                site,
                lines,
                line,
            );
            (GroupKind::Count(*count, *var), programs)
        }
        Condition::Every { var, body, holds } => {
            let programs = sub_plan(
                low,
                &body.iter().collect::<Vec<_>>(),
                bound,
                site,
                lines,
                line,
            );
            let mut inner = bound.clone().with([*var]);
            body.iter()
                .for_each(|line| vars_of(&line.condition, &mut inner));
            let holds = sub_plan(
                low,
                &holds.iter().collect::<Vec<_>>(),
                &inner,
                site,
                lines,
                line,
            );
            (GroupKind::Every(holds), programs)
        }
        Condition::Fold {
            var,
            fold,
            value,
            over,
            body,
        } => {
            let was = bound.has(*var);
            let programs = sub_plan(
                low,
                &body.iter().collect::<Vec<_>>(),
                bound,
                site,
                lines,
                line,
            );
            bound.add(*var);
            (
                GroupKind::Fold {
                    var: *var,
                    bound: was,
                    fold: *fold,
                    value: *value,
                    over: over.clone(),
                },
                programs,
            )
        }
        // INVARIANT: every other condition is placed by `place_line`.
        _ => return,
    };
    steps.push(Step::Group(Box::new(Group { kind, programs })));
}

/// Plans lines inside a group: what is bound around it is bound, the rest is its own.
fn sub_plan(
    low: &mut Hand<'_, '_>,
    body: &[&Line],
    bound: &Bound,
    site: &Site<'_>,
    lines: &[&Line],
    group: &Line,
) -> Vec<Program> {
    let mut members = Vec::new();
    match &group.condition {
        // What stands under `unless` is asked as a whole: its members are its own group's.
        _ if group.unless => {}
        Condition::Quantified { var, .. } | Condition::Every { var, .. } => members.push(*var),
        Condition::Fold { value, over, .. } => {
            members.extend(*value);
            members.extend(over);
        }
        _ => {}
    }
    // The members must be bound when the group's solutions are read.
    let mut outside = site.outside.clone().with(members.iter().copied());
    for line in lines.iter().filter(|line| !std::ptr::eq(**line, group)) {
        vars_of(&line.condition, &mut outside);
    }
    members.retain(|var| !bound.has(*var));
    let site = Site {
        bound: bound.clone(),
        outside,
        head: &members,
    };
    plan(low, body, &site, None, None)
}

fn expr(written: &rulebook::Expr) -> Expr {
    match written {
        rulebook::Expr::Term(Term::Var(var)) => Expr::Register(*var),
        rulebook::Expr::Term(Term::Value(value)) => Expr::Const(*value),
        rulebook::Expr::Number(number) => Expr::Number(*number),
        rulebook::Expr::Binary(left, operator, right) => {
            Expr::Binary(Box::new(expr(left)), *operator, Box::new(expr(right)))
        }
    }
}

/// What a verdict that is not stored counts as.
pub fn missing(sort: NormSort) -> StatusSet {
    match sort {
        NormSort::Duty | NormSort::Ideal => StatusSet::only(Status::NotEngaged),
        NormSort::Concern => StatusSet::only(Status::NotRaised),
    }
}

/// Whether a relation is stored whole (else it is asked, not walked).
pub fn is_stored(world: World) -> bool {
    matches!(world, World::Closed)
}
