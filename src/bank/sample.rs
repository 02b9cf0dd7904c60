//! Small cases made from the rules themselves: what a body wants is stated, concept by concept, over as few people and things
//! as it takes, and the case is judged. In: a plan and what is wanted; out: a [`Sample`] that was judged and shows it, or
//! nothing within the steps allowed. Nothing is concluded here: a sample counts only by its judgement.

use super::draft::{Draft, Want, in_range, numbers_named};
use crate::engine::{Journal, Limits, Memory};
use crate::graph::block;
use crate::judge::{self, Judgement};
use crate::plan::{Origin, Plan};
use crate::rulebook::{
    Atom, Body, Case, Class, Comparator, Condition, Count, Defeat, DefeatSort, Expr, Fold, KindId,
    KindSort, Line, NormId, Operator, Priority, PriorityId, RuleId, Rulebook, SentenceId, Term,
    Test, VarId, VerdictOf,
};
use crate::value::{IndexVec, Interval, Number, Status, StatusSet, Truth, ValueId};

/// Most steps of one search.
const MOST_STEPS: usize = 4000;
/// Most finished drafts judged in one search.
const MOST_JUDGED: usize = 30;
/// Most open sentences that are filled in otherwise than the rest.
const MOST_SINGLES: usize = 6;
/// Most rules deep.
const MOST_DEEP: usize = 8;

/// A small case, and whether concepts were given in place of what they follow from.
#[derive(Clone, Debug)]
pub struct Sample {
    /// The case.
    pub case: Case,
    /// Whether it states concepts.
    pub stipulates: bool,
}

/// An open sentence that was asked: its things, and nothing where its numbers stand.
type Asked = (SentenceId, Vec<Option<ValueId>>);

/// Makes cases for one rulebook.
pub struct Sampler<'a> {
    /// The rulebook.
    pub book: &'a Rulebook,
    /// Its plan.
    pub plan: &'a Plan,
    rules_of: IndexVec<SentenceId, Vec<RuleId>>,
    /// Numbers that the rules name, and those just beside them.
    numbers: Vec<Number>,
    /// Whether concepts may be given.
    stipulate: bool,
    /// When it is enough.
    pub limits: Limits<'a>,
    /// Whether those of the draft are tried before somebody new.
    pub known_first: bool,
    /// Small cases judged so far.
    pub all_judged: usize,
    steps: usize,
    judged: usize,
}

/// Whether a judgement shows what is wanted.
pub type Shows<'s> = dyn FnMut(&Judgement<'_, Journal>) -> bool + 's;

impl<'a> Sampler<'a> {
    /// For a rulebook.
    #[must_use]
    pub fn new(book: &'a Rulebook, plan: &'a Plan) -> Self {
        let mut rules_of: IndexVec<SentenceId, Vec<RuleId>> = book
            .vocabulary
            .sentences
            .iter()
            .map(|_| Vec::new())
            .collect();
        for (id, rule) in book.rules.enumerated() {
            rules_of[rule.head.sentence].push(id);
        }
        Self {
            book,
            plan,
            rules_of,
            numbers: numbers_named(book),
            stipulate: false,
            limits: Limits::default(),
            known_first: false,
            all_judged: 0,
            steps: 0,
            judged: 0,
        }
    }

    /// Whether the time is over.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        let stop = self.limits.stop;
        stop.is_some_and(|stop| stop.load(std::sync::atomic::Ordering::Relaxed))
    }

    /// A case that shows what is wanted, made from these wants; then, if need be, one in which concepts are given.
    pub fn find(
        &mut self,
        wants: &dyn Fn(&mut Draft) -> Vec<Want>,
        shows: &mut Shows<'_>,
    ) -> Option<Sample> {
        for stipulate in [false, true] {
            let found = self.find_as(stipulate, wants, shows);
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// The same with or without given concepts.
    pub fn find_as(
        &mut self,
        stipulate: bool,
        wants: &dyn Fn(&mut Draft) -> Vec<Want>,
        shows: &mut Shows<'_>,
    ) -> Option<Sample> {
        let mut draft = Draft::new(self.book);
        let mut agenda = wants(&mut draft);
        agenda.reverse();
        self.grow(stipulate, draft, agenda, shows)
            .map(|draft| Sample {
                case: draft.case(self.book),
                stipulates: stipulate,
            })
    }

    /// Grows a draft until it shows what is wanted.
    pub fn grow(
        &mut self,
        stipulate: bool,
        draft: Draft,
        agenda: Vec<Want>,
        shows: &mut Shows<'_>,
    ) -> Option<Draft> {
        (self.stipulate, self.steps, self.judged) = (stipulate, 0, 0);
        self.go(draft, agenda, 0, shows)
    }

    /// Takes the last want of the agenda; of several ways the first that leads to the end.
    fn go(
        &mut self,
        draft: Draft,
        mut agenda: Vec<Want>,
        put_off: usize,
        shows: &mut Shows<'_>,
    ) -> Option<Draft> {
        self.steps += 1;
        if self.steps > MOST_STEPS || self.judged > MOST_JUDGED || self.is_stopped() {
            return None;
        }
        let Some(want) = agenda.pop() else {
            return self.judge(draft, shows);
        };
        let ways = self.ways(&draft, &want);
        let Some(ways) = ways else {
            // It waits for numbers that other wants give.
            if put_off > agenda.len() {
                return None;
            }
            agenda.insert(0, want);
            return self.go(draft, agenda, put_off + 1, shows);
        };
        for (next, more) in ways {
            let mut agenda = agenda.clone();
            agenda.extend(more.into_iter().rev());
            let found = self.go(next, agenda, 0, shows);
            if found.is_some() || self.steps > MOST_STEPS || self.judged > MOST_JUDGED {
                return found;
            }
        }
        None
    }

    /// Judges a finished draft; where it does not show what is wanted, what was asked and is open is filled in: all of it false,
    /// all of it true, or one otherwise than the rest.
    fn judge(&mut self, draft: Draft, shows: &mut Shows<'_>) -> Option<Draft> {
        self.judged += 1;
        let (shown, asked) = self.try_out(&draft, shows)?;
        if shown {
            return Some(draft);
        }
        let singles = (0..asked.len().min(MOST_SINGLES)).map(Some);
        for single in std::iter::once(None).chain(singles) {
            for rest in [Truth::False, Truth::True] {
                let mut filled = draft.clone();
                for (at, (sentence, values)) in asked.iter().enumerate() {
                    let truth = if single == Some(at) {
                        rest.negate()
                    } else {
                        rest
                    };
                    self.fill(&mut filled, *sentence, values, truth);
                }
                // What is filled in may bring up other questions.
                for _ in 0..2 {
                    let (shown, more) = self.try_out(&filled, shows)?;
                    if shown {
                        return Some(filled);
                    }
                    for (sentence, values) in more {
                        self.fill(&mut filled, sentence, &values, rest);
                    }
                }
            }
        }
        None
    }

    /// States an open sentence; of a number, the greatest that decides anything where false is wanted, else the least.
    fn fill(&self, draft: &mut Draft, id: SentenceId, values: &[Option<ValueId>], truth: Truth) {
        let slots = &self.book.vocabulary.sentences[id].slots;
        let mut numbers = false;
        let all = slots.iter().zip(values).map(|(slot, value)| {
            if value.is_some() || !self.book.vocabulary.is_number(slot.kind) {
                return *value;
            }
            numbers = true;
            let mut fits = self
                .numbers
                .iter()
                .filter(|n| in_range(self.book, slot.kind, **n));
            let number = if truth == Truth::True {
                fits.next()
            } else {
                fits.next_back()
            };
            number.map(|number| draft.values.number(*number))
        });
        if let Some(values) = all.collect::<Option<Vec<ValueId>>>() {
            let truth = if numbers { Truth::True } else { truth };
            draft.state(self.book, id, &values, truth);
        }
    }

    /// Whether a draft shows what is wanted, and what was asked and is open; `None` where it cannot be judged.
    fn try_out(&mut self, draft: &Draft, shows: &mut Shows<'_>) -> Option<(bool, Vec<Asked>)> {
        self.all_judged += 1;
        let record = draft.record(self.book);
        let memory = Memory::<Journal>::default();
        let judged = judge::judge(self.book, self.plan, &record, memory, Limits::default());
        if !judged.faults().is_empty() || judged.stopped().is_some() || self.is_stopped() {
            return None;
        }
        let asked = judged.run().asked().iter().filter_map(|(rel, cells)| {
            let key = self.plan.relations[*rel].key;
            let cells = cells.iter().enumerate();
            let things = cells.clone().filter(|(at, _)| key >> at & 1 == 1);
            let named = things.clone().all(|(_, cell)| cell.value().is_some());
            let values = cells.map(|(at, cell)| cell.value().filter(|_| key >> at & 1 == 1));
            named.then(|| (SentenceId(rel.0), values.collect()))
        });
        let asked = asked.collect();
        Some((shows(&judged), asked))
    }

    /// The ways to meet a want: drafts, each with what is wanted next; `None` where it has to wait.
    fn ways(&self, draft: &Draft, want: &Want) -> Option<Vec<(Draft, Vec<Want>)>> {
        let line = &want.line;
        let holds = want.holds != line.unless;
        let nothing = || vec![(draft.clone(), Vec::new())];
        match &line.condition {
            Condition::Sentence { negated, atom, .. } => {
                if want.open {
                    return Some(self.open(draft, want, atom));
                }
                let truth = holds != *negated;
                Some(self.sentence(draft, want, atom, truth))
            }
            Condition::NotKnown(atom) if holds => Some(self.open(draft, want, atom)),
            Condition::NotKnown(atom) => Some(self.sentence(draft, want, atom, true)),
            Condition::Verdict {
                negated,
                not_known,
                of,
                statuses,
            } => {
                if *not_known || (holds == *negated) {
                    return Some(nothing());
                }
                Some(self.verdict(draft, want, of, *statuses))
            }
            Condition::Compare {
                negated,
                left,
                comparator,
                right,
            } => self.compare(draft, want, (left, *comparator, right), holds != *negated),
            Condition::Let { var, value } => {
                let number = self.number(draft, want.env, value)?;
                Some(Vec::from_iter(number.and_then(|number| {
                    let mut next = draft.clone();
                    let value = next.values.number(number);
                    next.bind(want.env, *var, value)
                        .then_some((next, Vec::new()))
                })))
            }
            Condition::Fold {
                var,
                fold,
                value,
                body,
                ..
            } => Some(self.fold(draft, want, *var, *fold, *value, body)),
            Condition::AnyOf(bullets) => {
                if !holds {
                    let all = bullets.iter().map(|line| want.on(line, false)).collect();
                    return Some(vec![(draft.clone(), all)]);
                }
                let one = |line: &Line| (draft.clone(), vec![want.on(line, true)]);
                Some(bullets.iter().map(one).collect())
            }
            Condition::Quantified { count, var, body } => {
                let (least, most) = match count {
                    Count::No => (0, Some(0)),
                    Count::AtLeast(n) => (*n, None),
                    Count::AtMost(n) => (0, Some(*n)),
                };
                let wanted = match (holds, most) {
                    (true, _) => least,
                    (false, Some(most)) => most + 1,
                    (false, None) => 0,
                };
                Some(vec![self.members(draft, want, *var, body, wanted as usize)])
            }
            Condition::Every {
                var,
                body,
                holds: demanded,
            } => Some(self.every(draft, want, *var, (body, demanded), holds)),
        }
    }

    /// Of nobody everything holds; else of one, or of each that a table or a list of values names.
    fn every(
        &self,
        draft: &Draft,
        want: &Want,
        var: VarId,
        (body, demanded): (&Body, &Body),
        holds: bool,
    ) -> Vec<(Draft, Vec<Want>)> {
        let mut one = draft.clone();
        let env = one.local(want.env, body);
        let of_one = |env: usize| -> Vec<Want> {
            let first = body.iter().map(|line| want.within(env, line, true));
            let count = if holds { demanded.len() } else { 1 };
            let then = demanded.iter().take(count);
            first
                .chain(then.map(|line| want.within(env, line, holds)))
                .collect()
        };
        let wants = of_one(env);
        let with = (one, wants);
        if !holds {
            return vec![with];
        }
        let mut all = draft.clone();
        let mut wants = Vec::new();
        for value in self.named_for(&all, want.env, var, body) {
            let env = all.local(want.env, body);
            if all.bind(env, var, value) {
                wants.extend(demanded.iter().map(|line| want.within(env, line, true)));
            }
        }
        vec![(draft.clone(), Vec::new()), with, (all, wants)]
    }

    /// The values that a table names where a body mentions a slot; else those that its kind lists.
    fn named_for(&self, draft: &Draft, env: usize, var: VarId, body: &Body) -> Vec<ValueId> {
        for line in body {
            let Condition::Sentence {
                negated: false,
                atom,
                ..
            } = &line.condition
            else {
                continue;
            };
            let rows = self
                .book
                .always
                .iter()
                .filter(|row| row.sentence == atom.sentence && row.holds);
            let place = atom.terms.iter().position(|term| *term == Term::Var(var));
            let mut named: Vec<ValueId> = rows
                .filter_map(|row| row.values.get(place?).copied())
                .collect();
            named.sort();
            named.dedup();
            if !named.is_empty() {
                return named;
            }
        }
        let kind = draft
            .kind_of(env, var)
            .map(|kind| &self.book.vocabulary.kinds[kind].sort);
        match kind {
            Some(KindSort::OneOf(values)) => values.clone(),
            _ => Vec::new(),
        }
    }

    /// Several members of a group, each somebody else.
    fn members(
        &self,
        draft: &Draft,
        want: &Want,
        var: VarId,
        body: &Body,
        count: usize,
    ) -> (Draft, Vec<Want>) {
        let mut next = draft.clone();
        let mut wants = Vec::new();
        for member in 0..count.min(4) {
            let env = next.local(want.env, body);
            let listed = self.named_for(&next, want.env, var, body);
            if let Some(value) = listed.get(member) {
                next.bind(env, var, *value);
            }
            if listed.is_empty()
                && let Some(kind) = next.kind_of(env, var)
                && !self.book.vocabulary.is_number(kind)
                && let Some(fresh) = next.fresh(self.book, kind, "")
            {
                next.bind(env, var, fresh);
            }
            wants.extend(body.iter().map(|line| want.within(env, line, true)));
        }
        (next, wants)
    }

    /// A sentence that is to be unknown.
    fn open(&self, draft: &Draft, want: &Want, atom: &Atom) -> Vec<(Draft, Vec<Want>)> {
        let class = self.book.vocabulary.sentences[atom.sentence].class;
        if matches!(class, Class::Concept | Class::Finding) {
            let rules = self.rules_of[atom.sentence].iter().take(3);
            return rules
                .flat_map(|id| {
                    let rule = &self.book.rules[*id];
                    let heads = self.grounded(draft, want, atom);
                    heads.into_iter().take(1).flat_map(move |(next, values)| {
                        (0..rule.body.len()).filter_map(move |at| {
                            let mut next = next.clone();
                            let env = next.block(&rule.vars);
                            if !next.unify(env, &rule.head.terms, &values) || want.deep >= MOST_DEEP
                            {
                                return None;
                            }
                            let lines = rule.body.iter().enumerate();
                            let wants = lines.map(|(line, own)| Want {
                                line: own.clone(),
                                holds: true,
                                open: line == at,
                                env,
                                deep: want.deep + 1,
                            });
                            Some((next, wants.collect()))
                        })
                    })
                })
                .collect();
        }
        let state = |(mut next, values): (Draft, Vec<ValueId>)| {
            let stated = next.state(self.book, atom.sentence, &values, Truth::Unknown);
            stated.then_some((next, Vec::new()))
        };
        self.grounded(draft, want, atom)
            .into_iter()
            .filter_map(state)
            .collect()
    }

    /// A sentence that is to be true, or false.
    fn sentence(
        &self,
        draft: &Draft,
        want: &Want,
        atom: &Atom,
        truth: bool,
    ) -> Vec<(Draft, Vec<Want>)> {
        let sentence = &self.book.vocabulary.sentences[atom.sentence];
        let derived = matches!(sentence.class, Class::Concept | Class::Finding);
        if derived && !truth {
            // Nothing is said that it would follow from; what is open is filled in when the case is judged.
            return vec![(draft.clone(), Vec::new())];
        }
        let mut ways = Vec::new();
        if derived {
            ways.extend(self.tables(draft, want, atom));
        }
        let said = self.rules_of[atom.sentence].is_empty();
        for (next, values) in self.grounded(draft, want, atom) {
            if !derived || (self.stipulate && !said) {
                let mut next = next.clone();
                if next.state(self.book, atom.sentence, &values, Truth::from(truth)) {
                    ways.push((next, Vec::new()));
                }
            }
            if !derived || self.stipulate || want.deep >= MOST_DEEP {
                continue;
            }
            for id in &self.rules_of[atom.sentence] {
                let rule = &self.book.rules[*id];
                let mut next = next.clone();
                let env = next.block(&rule.vars);
                if next.unify(env, &rule.head.terms, &values) {
                    let wants = rule.body.iter().map(|line| Want {
                        line: line.clone(),
                        holds: true,
                        open: false,
                        env,
                        deep: want.deep + 1,
                    });
                    ways.push((next, wants.collect()));
                }
            }
        }
        ways
    }

    /// What `always` says of a sentence.
    fn tables(&self, draft: &Draft, want: &Want, atom: &Atom) -> Vec<(Draft, Vec<Want>)> {
        let rows = self.book.always.iter();
        let rows = rows.filter(|row| row.sentence == atom.sentence && row.holds);
        rows.filter_map(|row| {
            let mut next = draft.clone();
            let values: Vec<Option<ValueId>> = row.values.iter().copied().map(Some).collect();
            next.unify(want.env, &atom.terms, &values_of(&values)?)
                .then_some((next, Vec::new()))
        })
        .collect()
    }

    /// The ways to fill the slots of a sentence: somebody of the draft, or somebody new; a number that decides something.
    fn grounded(&self, draft: &Draft, want: &Want, atom: &Atom) -> Vec<(Draft, Vec<ValueId>)> {
        let mut all = vec![(draft.clone(), Vec::new())];
        for (at, term) in atom.terms.iter().enumerate() {
            let slot = &self.book.vocabulary.sentences[atom.sentence].slots[at];
            let mut longer = Vec::new();
            for (draft, values) in all {
                for (mut next, value) in self.fillings(&draft, want, *term, slot.kind) {
                    let mut values: Vec<ValueId> = values.clone();
                    if let Term::Var(var) = term
                        && !next.bind(want.env, *var, value)
                    {
                        continue;
                    }
                    values.push(value);
                    longer.push((next, values));
                }
            }
            all = longer;
            all.truncate(24);
        }
        all
    }

    fn fillings(
        &self,
        draft: &Draft,
        want: &Want,
        term: Term,
        kind: KindId,
    ) -> Vec<(Draft, ValueId)> {
        let var = match term {
            Term::Value(value) => return vec![(draft.clone(), value)],
            Term::Var(var) => var,
        };
        if let Some(value) = draft.bound(want.env, var) {
            return vec![(draft.clone(), value)];
        }
        let kind = draft.kind_of(want.env, var).unwrap_or(kind);
        if self.book.vocabulary.is_number(kind) {
            let number = |number: &Number| {
                let mut next = draft.clone();
                let value = next.values.number(*number);
                (next, value)
            };
            let fits = |number: &&Number| in_range(self.book, kind, **number);
            return self
                .numbers
                .iter()
                .filter(fits)
                .take(24)
                .map(number)
                .collect();
        }
        let name = draft.name_of(want.env, var);
        let mut next = draft.clone();
        let fresh = next.fresh(self.book, kind, &name);
        let fresh = fresh.map(|value| (next, value));
        let known = draft.members(self.book, kind).into_iter().take(3);
        let known = known.map(|value| (draft.clone(), value));
        if self.known_first {
            known.chain(fresh).collect()
        } else {
            fresh.into_iter().chain(known).collect()
        }
    }

    fn fold(
        &self,
        draft: &Draft,
        want: &Want,
        var: VarId,
        fold: Fold,
        value: Option<VarId>,
        body: &Body,
    ) -> Vec<(Draft, Vec<Want>)> {
        let mut ways = Vec::new();
        // One member: what it comes to is that member's number. The fold's own slot is bound once it has one.
        let mut one = draft.clone();
        let env = one.local(want.env, body);
        let wants: Vec<Want> = body
            .iter()
            .map(|line| want.within(env, line, true))
            .collect();
        match (fold, value) {
            (Fold::Number, _) | (_, None) => {
                let number = one.values.number(Number::whole(1));
                if one.bind(want.env, var, number) {
                    ways.push((one, wants));
                }
            }
            (_, Some(value)) => {
                one.alias(env, value, want.env, var);
                ways.push((one, wants));
            }
        }
        if matches!(fold, Fold::Sum | Fold::Number) {
            let mut none = draft.clone();
            let zero = none.values.number(Number::zero());
            if none.bind(want.env, var, zero) {
                ways.push((none, Vec::new()));
            }
        }
        ways
    }

    /// `None` where a number is not there yet.
    fn compare(
        &self,
        draft: &Draft,
        want: &Want,
        (left, comparator, right): (&Expr, Comparator, &Expr),
        holds: bool,
    ) -> Option<Vec<(Draft, Vec<Want>)>> {
        let thing = |expr: &Expr| match expr {
            Expr::Term(Term::Value(value)) => Some(*value),
            Expr::Term(Term::Var(var)) => draft.bound(want.env, *var),
            _ => None,
        };
        let is_name = |value: &ValueId| draft.values.as_number(*value).is_none();
        if let (Some(left), Some(right)) =
            (thing(left).filter(is_name), thing(right).filter(is_name))
        {
            let same = (left == right) == (comparator == Comparator::Is);
            return Some(Vec::from_iter(
                (same == holds).then(|| (draft.clone(), Vec::new())),
            ));
        }
        let left = self.number(draft, want.env, left)?;
        let right = self.number(draft, want.env, right)?;
        let exact = Interval::exactly;
        let met = left.zip(right).is_some_and(|(left, right)| {
            comparator.holds(exact(left), exact(right)) == Truth::from(holds)
        });
        Some(Vec::from_iter(met.then(|| (draft.clone(), Vec::new()))))
    }

    /// A number, once all its slots have one; within, `None` where it cannot be computed.
    fn number(&self, draft: &Draft, env: usize, expr: &Expr) -> Option<Option<Number>> {
        match expr {
            Expr::Number(number) => Some(Some(*number)),
            Expr::Term(Term::Value(value)) => Some(draft.values.as_number(*value)),
            Expr::Term(Term::Var(var)) => Some(draft.values.as_number(draft.bound(env, *var)?)),
            Expr::Binary(left, operator, right) => {
                let (left, right) = (
                    self.number(draft, env, left)?,
                    self.number(draft, env, right)?,
                );
                let both = left.zip(right);
                Some(both.and_then(|(left, right)| {
                    match operator {
                        Operator::Add => left.add(right),
                        Operator::Subtract => left.subtract(right),
                        Operator::Multiply => left.multiply(right),
                        Operator::Divide => left.divide(right),
                    }
                    .ok()
                }))
            }
        }
    }

    fn verdict(
        &self,
        draft: &Draft,
        want: &Want,
        of: &VerdictOf,
        statuses: StatusSet,
    ) -> Vec<(Draft, Vec<Want>)> {
        let (norms, part): (Vec<NormId>, Option<usize>) = match of {
            VerdictOf::Norm { norm, part, .. } => (vec![*norm], *part),
            VerdictOf::AnyDuty { duties, .. } => (duties.clone(), None),
        };
        let mut ways = Vec::new();
        for id in norms {
            let norm = &self.book.norms[id];
            let mut next = draft.clone();
            let env = next.block(&norm.vars);
            let mut bound = true;
            for (at, party) in norm.parties.iter().enumerate() {
                let term = match of {
                    VerdictOf::Norm { terms, .. } => terms.get(at).copied(),
                    VerdictOf::AnyDuty { parties, .. } => parties
                        .iter()
                        .find(|(role, _)| *role == party.role)
                        .map(|(_, term)| *term),
                };
                match term {
                    Some(Term::Value(value)) => bound &= next.bind(env, party.var, value),
                    Some(Term::Var(var)) => match next.bound(want.env, var) {
                        Some(value) => bound &= next.bind(env, party.var, value),
                        None => next.alias(env, party.var, want.env, var),
                    },
                    None => {}
                }
            }
            if !bound || want.deep >= MOST_DEEP {
                continue;
            }
            for status in statuses.iter() {
                for wants in self.status_wants(&mut next, id, env, part, status, want.deep + 1) {
                    ways.push((next.clone(), wants));
                }
            }
        }
        ways
    }

    /// What makes an instance have a status: lists of wants, each a way.
    pub fn status_wants(
        &self,
        draft: &mut Draft,
        id: NormId,
        env: usize,
        part: Option<usize>,
        status: Status,
        deep: usize,
    ) -> Vec<Vec<Want>> {
        let norm = &self.book.norms[id];
        let all = |body: &Body, env: usize| -> Vec<Want> {
            body.iter().map(|line| Want::new(line, env, deep)).collect()
        };
        let arises = || all(&norm.arises, env);
        let parts: Vec<usize> =
            part.map_or_else(|| (0..norm.parts.len()).collect(), |part| vec![part]);
        let tested = |kept: bool| -> Vec<Vec<Want>> {
            let one = |at: &usize| {
                let part = &norm.parts[*at];
                let first = [arises(), all(&part.arises, env)].concat();
                tests(&part.test, kept, env, deep)
                    .into_iter()
                    .map(move |wants| [first.clone(), wants].concat())
                    .collect::<Vec<_>>()
            };
            if kept && parts.len() > 1 {
                // The whole is kept where each part is.
                let each = parts.iter().filter_map(|at| one(at).into_iter().next());
                return vec![each.flatten().collect()];
            }
            parts.iter().flat_map(one).collect()
        };
        let mut defeated = |sort: DefeatSort, base: Vec<Vec<Want>>| -> Vec<Vec<Want>> {
            let own = self
                .book
                .defeats
                .iter()
                .filter(|one| one.norm == id && one.sort == sort);
            let own: Vec<&Defeat> = own.collect();
            let mut ways = Vec::new();
            for defeat in own {
                let body = draft.block(&defeat.vars);
                for (own, party) in defeat.parties.iter().zip(&norm.parties) {
                    draft.alias(body, *own, env, party.var);
                }
                for base in &base {
                    ways.push([base.clone(), all(&defeat.body, body)].concat());
                }
            }
            ways
        };
        match status {
            Status::NotEngaged | Status::NotRaised => vec![Vec::new()],
            Status::Raised => vec![arises()],
            Status::Fulfilled | Status::Met => tested(true),
            Status::Violated | Status::FallsShort => tested(false),
            Status::Exempt => defeated(DefeatSort::Exemption, vec![arises()]),
            Status::Excused => defeated(DefeatSort::Excuse, tested(false)),
            Status::Overridden => {
                let mut ways = Vec::new();
                for priority in self.book.priorities.iter().filter(|one| one.lower == id) {
                    let body = draft.block(&priority.vars);
                    for (term, party) in priority.lower_terms.iter().zip(&norm.parties) {
                        if let Term::Var(var) = term {
                            draft.alias(body, *var, env, party.var);
                        }
                    }
                    let upper = block(self.book, Origin::Priority(self.priority_id(priority)));
                    let above: Vec<Want> = upper
                        .lines
                        .iter()
                        .map(|line| Want::new(line, body, deep))
                        .collect();
                    for base in tested(false) {
                        ways.push([base, above.clone()].concat());
                    }
                }
                ways
            }
        }
    }

    fn priority_id(&self, priority: &Priority) -> PriorityId {
        let found = self
            .book
            .priorities
            .enumerated()
            .find(|(_, one)| std::ptr::eq(*one, priority));
        found.map_or(PriorityId(0), |(id, _)| id)
    }
}

/// What makes a test keep (or break) its part.
fn tests(test: &Test, kept: bool, env: usize, deep: usize) -> Vec<Vec<Want>> {
    let holds = match test {
        Test::Broken(_) => !kept,
        Test::Met(_) => kept,
    };
    let body = test.body();
    if holds {
        return vec![body.iter().map(|line| Want::new(line, env, deep)).collect()];
    }
    // Any one line may fail, the others standing.
    let fails = |at: usize| {
        let lines = body.iter().enumerate();
        let wants = lines.map(|(other, line)| Want {
            holds: other != at,
            ..Want::new(line, env, deep)
        });
        wants.collect()
    };
    (0..body.len()).rev().map(fails).collect()
}

fn values_of(values: &[Option<ValueId>]) -> Option<Vec<ValueId>> {
    values.iter().copied().collect()
}
