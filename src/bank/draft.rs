//! A case in the making: people, what is stated, and what the slots of blocks stand for. In: wants; out: a case. Knows no
//! rule's meaning.

use crate::rulebook::{
    Body, Case, Cast, Class, Condition, Expr, KindId, KindSort, Line, Record, Rulebook, SentenceId,
    Stated, Term, Var, VarId, replaces,
};
use crate::value::{Idx, IndexVec, Number, Truth, Value, ValueId, Values};
use std::rc::Rc;

/// A line that is to hold, or to fail, or to be open.
#[derive(Clone, Debug)]
pub struct Want {
    /// The line.
    pub line: Line,
    /// Whether it is to hold.
    pub holds: bool,
    /// Whether it is to be open.
    pub open: bool,
    /// Whose slots it mentions, by position in the draft.
    pub env: usize,
    /// How many rules deep.
    pub deep: usize,
}

impl Want {
    /// A line that is to hold.
    #[must_use]
    pub fn new(line: &Line, env: usize, deep: usize) -> Self {
        Self {
            line: line.clone(),
            holds: true,
            open: false,
            env,
            deep,
        }
    }

    /// A line inside this one.
    #[must_use]
    pub fn on(&self, line: &Line, holds: bool) -> Self {
        self.within(self.env, line, holds)
    }

    /// The same with slots of its own.
    #[must_use]
    pub fn within(&self, env: usize, line: &Line, holds: bool) -> Self {
        Self {
            line: line.clone(),
            holds,
            open: self.open && holds,
            env,
            deep: self.deep,
        }
    }
}

/// What the slots of one block stand for. A slot may be another block's.
#[derive(Clone, Debug)]
struct Slots {
    vars: IndexVec<VarId, Var>,
    bound: Vec<Option<ValueId>>,
    alias: Vec<Option<(usize, VarId)>>,
}

/// A case in the making.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The rulebook's values and its own.
    pub values: Values,
    cast: Vec<(ValueId, Vec<KindId>)>,
    /// Of each kind, whether it is of things, and the kind above it.
    kinds: Rc<Vec<(bool, Option<KindId>)>>,
    /// What is stated, false where a closed sentence must stay so.
    pub stated: Vec<Stated>,
    blocks: Vec<Slots>,
}

impl Draft {
    /// Nobody and nothing.
    #[must_use]
    pub fn new(book: &Rulebook) -> Self {
        let kinds = book.vocabulary.kinds.iter().map(|kind| match kind.sort {
            KindSort::Thing { above } => (true, above),
            KindSort::OneOf(_) | KindSort::Number { .. } => (false, None),
        });
        Self {
            values: book.values.clone(),
            cast: Vec::new(),
            kinds: Rc::new(kinds.collect()),
            stated: Vec::new(),
            blocks: Vec::new(),
        }
    }

    /// The slots of a block, none of them bound.
    pub fn block(&mut self, vars: &IndexVec<VarId, Var>) -> usize {
        self.blocks.push(Slots {
            vars: vars.clone(),
            bound: vec![None; vars.len()],
            alias: vec![None; vars.len()],
        });
        self.blocks.len() - 1
    }

    /// The same block once more for a group: what is bound stays, and what only the group mentions is free.
    pub fn local(&mut self, env: usize, body: &Body) -> usize {
        let vars = self.blocks[env].vars.clone();
        let at = self.block(&vars);
        let mut own = Vec::new();
        body.iter()
            .for_each(|line| crate::plan::vars_of(&line.condition, &mut own));
        for var in vars.ids() {
            match self.bound(env, var) {
                Some(value) => self.blocks[at].bound[var.index()] = Some(value),
                None if !own.contains(&var) => {
                    self.blocks[at].alias[var.index()] = Some((env, var));
                }
                None => {}
            }
        }
        at
    }

    fn root(&self, env: usize, var: VarId) -> (usize, VarId) {
        let mut at = (env, var);
        while let Some(next) = self.blocks[at.0].alias[at.1.index()] {
            at = next;
        }
        at
    }

    /// What a slot stands for.
    #[must_use]
    pub fn bound(&self, env: usize, var: VarId) -> Option<ValueId> {
        let (env, var) = self.root(env, var);
        self.blocks[env].bound[var.index()]
    }

    /// Binds a slot; false where it stands for something else.
    pub fn bind(&mut self, env: usize, var: VarId, value: ValueId) -> bool {
        let (env, var) = self.root(env, var);
        let slot = &mut self.blocks[env].bound[var.index()];
        match *slot {
            Some(own) => own == value,
            None => {
                *slot = Some(value);
                self.fit(env, var, value);
                true
            }
        }
    }

    /// Whoever stands in a slot is of its kind, and of that of every slot that is the same.
    fn fit(&mut self, env: usize, var: VarId, value: ValueId) {
        let mut kinds = Vec::new();
        for (at, block) in self.blocks.iter().enumerate() {
            let same = block
                .vars
                .ids()
                .filter(|own| self.root(at, *own) == (env, var));
            kinds.extend(same.filter_map(|own| block.vars[own].kind));
        }
        for kind in kinds {
            self.is_also(value, kind);
        }
    }

    /// Makes somebody of the draft one of a kind too.
    fn is_also(&mut self, value: ValueId, kind: KindId) {
        if !self.kinds[kind.index()].0 {
            return;
        }
        let within = |narrow: KindId, wide: KindId| {
            let mut at = Some(narrow);
            while let Some(kind) = at.filter(|kind| *kind != wide) {
                at = self.kinds[kind.index()].1;
            }
            at.is_some()
        };
        let Some(place) = self.cast.iter().position(|(own, _)| *own == value) else {
            return;
        };
        let mut own = self.cast[place].1.clone();
        if !own.iter().any(|has| within(*has, kind)) {
            own.retain(|has| !within(kind, *has));
            own.push(kind);
        }
        self.cast[place].1 = own;
    }

    /// Makes a free slot stand for whatever another will stand for.
    pub fn alias(&mut self, env: usize, var: VarId, other: usize, theirs: VarId) {
        let (from, to) = (self.root(env, var), self.root(other, theirs));
        if from == to {
            return;
        }
        match self.blocks[from.0].bound[from.1.index()] {
            Some(value) => {
                self.bind(to.0, to.1, value);
            }
            None => {
                self.blocks[from.0].alias[from.1.index()] = Some(to);
                if let Some(value) = self.blocks[to.0].bound[to.1.index()] {
                    self.fit(to.0, to.1, value);
                }
            }
        }
    }

    /// Binds the terms of a block to values; false where one cannot be.
    pub fn unify(&mut self, env: usize, terms: &[Term], values: &[ValueId]) -> bool {
        terms.iter().zip(values).all(|(term, value)| match term {
            Term::Value(own) => own == value,
            Term::Var(var) => self.bind(env, *var, *value),
        })
    }

    /// Binds the slots of a conclusion to somebody new: those that no line speaks of are said of everybody, so somebody must be
    /// there.
    pub fn cast_for(&mut self, book: &Rulebook, env: usize, terms: &[Term]) {
        for term in terms {
            if let Term::Var(var) = term
                && let Some(kind) = self.kind_of(env, *var)
                && matches!(book.vocabulary.kinds[kind].sort, KindSort::Thing { .. })
                && self.bound(env, *var).is_none()
            {
                let name = self.name_of(env, *var);
                if let Some(fresh) = self.fresh(book, kind, &name) {
                    self.bind(env, *var, fresh);
                }
            }
        }
    }

    /// The kind of a slot.
    #[must_use]
    pub fn kind_of(&self, env: usize, var: VarId) -> Option<KindId> {
        self.blocks[env].vars[var].kind
    }

    /// The name of a slot.
    #[must_use]
    pub fn name_of(&self, env: usize, var: VarId) -> String {
        self.blocks[env].vars[var].name.clone()
    }

    /// Somebody new of a kind, or a listed value; `None` of numbers.
    pub fn fresh(&mut self, book: &Rulebook, kind: KindId, name: &str) -> Option<ValueId> {
        match &book.vocabulary.kinds[kind].sort {
            KindSort::Number { .. } => None,
            KindSort::OneOf(values) => values.first().copied(),
            KindSort::Thing { .. } => {
                let name = if name.is_empty() {
                    &book.vocabulary.kinds[kind].name
                } else {
                    name
                };
                let name = name.to_lowercase();
                let leads = ["the", "this", "another", "a third"];
                let mut leads = leads.iter().map(|lead| format!("{lead} {name}"));
                let open = |own: &String| self.values.find_name(own).is_none();
                let own = leads.find(open).unwrap_or_else(|| {
                    let numbered = (4..).map(|at| format!("{name} {at}"));
                    numbered.into_iter().find(open).unwrap_or_default()
                });
                let value = self.values.name(&own);
                self.cast.push((value, vec![kind]));
                Some(value)
            }
        }
    }

    /// Those of a kind, the newest first.
    #[must_use]
    pub fn members(&self, book: &Rulebook, kind: KindId) -> Vec<ValueId> {
        if let KindSort::OneOf(values) = &book.vocabulary.kinds[kind].sort {
            return values.iter().skip(1).copied().collect();
        }
        let own = self.cast.iter().rev();
        let fits = |is: &KindId| book.vocabulary.is_within(*is, kind);
        let own = own.filter(|(_, is)| is.iter().any(fits));
        own.map(|(value, _)| *value).collect()
    }

    /// States a sentence; false where the opposite, or another number, is stated.
    pub fn state(
        &mut self,
        book: &Rulebook,
        sentence: SentenceId,
        values: &[ValueId],
        truth: Truth,
    ) -> bool {
        let declared = &book.vocabulary.sentences[sentence];
        let number = |at: usize| book.vocabulary.is_number(declared.slots[at].kind);
        let line = Stated {
            sentence,
            values: (0..values.len())
                .map(|at| (truth != Truth::Unknown || !number(at)).then_some(values[at]))
                .collect(),
            truth,
            according_to: None,
            span: None,
            branch: None,
        };
        for old in &self.stated {
            if old.sentence == sentence && replaces(&book.vocabulary, &line, old) {
                return old.truth == truth && old.values == line.values;
            }
        }
        let setting = declared.class == Class::Setting;
        if setting && truth == Truth::True && declared.default == values.last().copied() {
            return true;
        }
        if setting && truth != Truth::True {
            return false;
        }
        self.stated.push(line);
        true
    }

    /// As a record.
    #[must_use]
    pub fn record(&self, book: &Rulebook) -> Record {
        self.case(book).record(&book.vocabulary, None, None)
    }

    /// As a case; what is false unless stated is not stated false.
    #[must_use]
    pub fn case(&self, book: &Rulebook) -> Case {
        let said = |line: &&Stated| {
            let closed = book.vocabulary.sentences[line.sentence].class == Class::ClosedFact;
            !(closed && line.truth == Truth::False)
        };
        let mut used: Vec<ValueId> = Vec::new();
        let stated: Vec<Stated> = self.stated.iter().filter(said).cloned().collect();
        for line in &stated {
            used.extend(line.values.iter().flatten());
        }
        let everybody = self
            .blocks
            .iter()
            .flat_map(|slots| slots.bound.iter().flatten());
        used.extend(everybody);
        let cast = self.cast.iter().filter(|(value, _)| used.contains(value));
        Case {
            name: "a small case".to_owned(),
            values: self.values.clone(),
            cast: Cast {
                members: cast.cloned().collect(),
            },
            stated,
            ..Case::default()
        }
    }
}

/// Whether a number can be one of a kind.
#[must_use]
pub fn in_range(book: &Rulebook, kind: KindId, number: Number) -> bool {
    match &book.vocabulary.kinds[kind].sort {
        KindSort::Number {
            range: Some((low, high)),
            ..
        } => *low <= number && number <= *high,
        _ => true,
    }
}

/// The numbers that a rulebook names, and one less and one more; 0 and 1 besides.
#[must_use]
pub fn numbers_named(book: &Rulebook) -> Vec<Number> {
    let mut named: Vec<Number> = vec![Number::zero(), Number::whole(1)];
    for at in 0..book.values.len() {
        if let Value::Number(number) = book.values.get(ValueId::new(at)) {
            named.push(*number);
        }
    }
    let bodies = book.rules.iter().map(|rule| &rule.body);
    let norms = book.norms.iter();
    let norms = norms.flat_map(|norm| {
        let tests = norm
            .parts
            .iter()
            .flat_map(|part| [&part.arises, part.test.body()]);
        tests.chain([&norm.arises])
    });
    let defeats = book.defeats.iter().map(|defeat| &defeat.body);
    let priorities = book.priorities.iter().map(|priority| &priority.body);
    for body in bodies.chain(norms).chain(defeats).chain(priorities) {
        body.iter()
            .for_each(|line| constants(&line.condition, &mut named));
    }
    let one = Number::whole(1);
    let beside: Vec<Number> = named
        .iter()
        .flat_map(|number| [number.subtract(one), number.add(one)])
        .flatten()
        .filter(|number| !number.is_negative())
        .collect();
    named.extend(beside);
    named.sort();
    named.dedup();
    named
}

fn constants(condition: &Condition, into: &mut Vec<Number>) {
    let mut of = |expr: &Expr| in_expr(expr, into);
    match condition {
        Condition::Compare { left, right, .. } => {
            of(left);
            of(right);
        }
        Condition::Let { value, .. } => of(value),
        _ => {}
    }
    for line in condition.bullets() {
        constants(&line.condition, into);
    }
}

fn in_expr(expr: &Expr, into: &mut Vec<Number>) {
    match expr {
        Expr::Number(number) => into.push(*number),
        Expr::Term(_) => {}
        Expr::Binary(left, _, right) => {
            in_expr(left, into);
            in_expr(right, into);
        }
    }
}
