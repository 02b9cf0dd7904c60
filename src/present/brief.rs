//! Why, in a few lines: what a verdict or a finding of an audit rests on, from the first instance that gave each sentence.
//! In: a judgement with its witness; out: steps, each with what it says, by which block, from which lines. Quick and without
//! a graph: it does not know what else would hold, nor which line of a condition that fails was the nearest.

use super::instance::lead;
use crate::bank::audit::{Subject, Told};
use crate::engine::{Cell, Firing, Recorder, Run, Witness};
use crate::judge::{Defeater, Judgement, Verdict};
use crate::plan::{Col, JoinId, Origin, RelId};
use crate::rulebook::{
    Atom, Body, Comparator, Condition, Count, DefeatSort, Expr, Fold, Line, Norm, NormId, Operator,
    SentenceId, Term, Test, Var, VarId, VerdictOf,
};
use crate::value::{Idx, IndexVec, Status, StatusSet, Truth, Value};

/// Most steps that are told of one verdict.
const MOST: usize = 200;

/// Tells why a verdict or a finding is as it is.
pub fn brief(judged: &Judgement<'_, Witness>, subject: Subject<'_>, told: &mut Vec<Told>) {
    let mut brief = Brief {
        run: judged.run(),
        told,
        done: Vec::new(),
    };
    match subject {
        Subject::Verdict(verdict) => brief.verdict(verdict),
        Subject::Finding(sentence, row) => brief.row(RelId(sentence.0), row),
    }
}

struct Brief<'r, 'a> {
    run: &'r Run<'a, Witness>,
    told: &'r mut Vec<Told>,
    /// The rows told.
    done: Vec<(RelId, u32)>,
}

/// A body under the binding of its firing.
struct Bound<'r> {
    vars: &'r IndexVec<VarId, Var>,
    registers: &'r [Cell],
    /// Variables whose register was not left behind by a line that failed.
    sure: Vec<bool>,
}

impl<'r, 'a: 'r> Brief<'r, 'a> {
    fn verdict(&mut self, verdict: &Verdict) {
        let (plan, norm) = (self.run.plan, &self.run.book.norms[verdict.norm]);
        let relations = &plan.norms[verdict.norm];
        let parties = &verdict.parties[..];
        self.rows(relations.arises, parties);
        if verdict.statuses.meets(broken()) {
            for part in &relations.parts {
                if part.narrows {
                    self.rows(part.arises, parties);
                }
                if !part.met {
                    self.rows(part.test, parties);
                }
            }
            self.not_met(verdict, norm);
        }
        for by in &verdict.by {
            let rel = match by.defeater {
                Defeater::Defeat(id) => relations
                    .exemptions
                    .iter()
                    .chain(&relations.excuses)
                    .find(|(own, ..)| *own == id)
                    .map(|(_, rel, _)| *rel),
                Defeater::Priority(id) => relations
                    .priorities
                    .iter()
                    .find(|(own, _)| *own == id)
                    .map(|(_, rel)| *rel),
            };
            if let Some(rel) = rel {
                self.rows(rel, parties);
            }
        }
    }

    /// What was to be met and is not, under the first binding under which the norm arises for these parties.
    fn not_met(&mut self, verdict: &Verdict, norm: &'a Norm) {
        let relations = &self.run.plan.norms[verdict.norm];
        let table = self.run.table(relations.arises);
        let Some(row) = rows(table.len()).find(|row| {
            table.row(*row).starts_with(&verdict.parties) && table.truth(*row) != Truth::False
        }) else {
            return;
        };
        let mut registers = vec![Cell::UNBOUND; norm.vars.len()];
        for (var, cell) in relations.carried.iter().zip(table.row(row)) {
            registers[var.index()] = *cell;
        }
        let sure = registers
            .iter()
            .map(|cell| *cell != Cell::UNBOUND)
            .collect();
        let bound = Bound {
            vars: &norm.vars,
            registers: &registers,
            sure,
        };
        for part in &norm.parts {
            let Test::Met(body) = &part.test else {
                continue;
            };
            let from = body.iter().map(|line| self.line(line, &bound)).collect();
            let of = part
                .name
                .as_ref()
                .map_or_else(String::new, |name| format!(" in \"{name}\""));
            self.told.push(Told {
                says: format!("not met{of}"),
                by: format!("{} \"{}\"", norm.sort.word(), norm.name),
                from,
            });
        }
    }

    /// The rows of a norm's relation for these parties that hold or may hold.
    fn rows(&mut self, rel: RelId, parties: &[Cell]) {
        let table = self.run.table(rel);
        for row in rows(table.len()) {
            if table.row(row).starts_with(parties) && table.truth(row) != Truth::False {
                self.told_of(rel, row);
            }
        }
    }

    /// The row of a sentence.
    fn row(&mut self, rel: RelId, cells: &[Cell]) {
        let (table, key) = (self.run.table(rel), self.run.plan.relations[rel].key);
        let agrees = |row: &u32| {
            let own = table.row(*row).iter().zip(cells).enumerate();
            own.filter(|(at, _)| key >> at & 1 == 1)
                .all(|(_, (own, wanted))| own == wanted)
        };
        if let Some(row) = rows(table.len()).find(agrees) {
            self.told_of(rel, row);
        }
    }

    fn told_of(&mut self, rel: RelId, row: u32) {
        if self.done.contains(&(rel, row)) || self.told.len() >= MOST {
            return;
        }
        self.done.push((rel, row));
        let run = self.run;
        let recorder = run.recorder();
        let fits = |firing: &&Firing| firing.rel == rel && firing.row == row;
        let Some(firing) = recorder.firings().iter().find(fits) else {
            return;
        };
        let Some((by, vars, body)) = self.block(firing.join) else {
            // The instances of a norm, from its bindings: those are told.
            return;
        };
        let join = &run.plan.joins[firing.join];
        let registers = recorder.registers(firing);
        let heads = join.head_cols.iter().filter_map(|col| match col {
            Col::Bind(var) | Col::Same(var) => Some(*var),
            Col::Const(_) => None,
        });
        let bound = Bound {
            vars,
            registers,
            sure: sure(body, heads, registers),
        };
        let says = self.conclusion(rel, row, join.origin);
        let mut from: Vec<String> = body.iter().map(|line| self.line(line, &bound)).collect();
        if firing.truth == Truth::Unknown {
            from.push("(as far as is known)".to_owned());
        }
        self.told.push(Told { says, by, from });
        for line in body.iter().filter(|line| !line.unless) {
            if let Condition::Sentence {
                negated: false,
                atom,
                ..
            } = &line.condition
            {
                let rel = RelId(atom.sentence.0);
                if run.plan.relations[rel].derived {
                    let cells: Vec<Cell> = atom.terms.iter().map(|t| bound.cell(*t)).collect();
                    self.row(rel, &cells);
                }
            }
        }
    }

    /// The block of a body: how it is called, its variables and its lines.
    fn block(&self, join: JoinId) -> Option<(String, &'a IndexVec<VarId, Var>, &'a Body)> {
        let book = self.run.book;
        let named =
            |id: NormId| format!("{} \"{}\"", book.norms[id].sort.word(), book.norms[id].name);
        match self.run.plan.joins[join].origin {
            Origin::Rule(id) => {
                let rule = &book.rules[id];
                Some((format!("rule \"{}\"", rule.name), &rule.vars, &rule.body))
            }
            Origin::Arises(id) => Some((named(id), &book.norms[id].vars, &book.norms[id].arises)),
            Origin::PartArises(id, part) => {
                let norm = &book.norms[id];
                Some((named(id), &norm.vars, &norm.parts[part].arises))
            }
            Origin::Test(id, part) => {
                let norm = &book.norms[id];
                Some((named(id), &norm.vars, norm.parts[part].test.body()))
            }
            Origin::Defeat(id) => {
                let defeat = &book.defeats[id];
                let sort = match defeat.sort {
                    DefeatSort::Exemption => "exemption",
                    DefeatSort::Excuse => "excuse",
                };
                let by = format!("{sort} \"{}\"", defeat.name);
                Some((by, &defeat.vars, &defeat.body))
            }
            Origin::Priority(id) => {
                let priority = &book.priorities[id];
                let by = format!("priority \"{}\"", priority.name);
                Some((by, &priority.vars, &priority.body))
            }
            Origin::Engaged(_) => None,
        }
    }

    fn conclusion(&self, rel: RelId, row: u32, origin: Origin) -> String {
        let part = |id: NormId, part: usize| {
            self.run.book.norms[id].parts[part]
                .name
                .as_ref()
                .map_or_else(String::new, |name| format!(" in \"{name}\""))
        };
        match origin {
            Origin::Rule(_) => {
                let cells = self.run.table(rel).row(row);
                let slot = |at: usize| self.shown(cells[at]);
                self.said(SentenceId(rel.0), true, slot)
            }
            Origin::Arises(_) | Origin::Engaged(_) => "it arises".to_owned(),
            Origin::PartArises(id, at) => format!("it arises{}", part(id, at)),
            Origin::Test(id, at) => {
                let met = matches!(self.run.book.norms[id].parts[at].test, Test::Met(_));
                format!("{}{}", if met { "met" } else { "broken" }, part(id, at))
            }
            Origin::Defeat(_) => "it is defeated".to_owned(),
            Origin::Priority(_) => "it is outranked".to_owned(),
        }
    }

    fn line(&self, line: &Line, bound: &Bound<'_>) -> String {
        let words = self.condition(&line.condition, bound);
        if line.unless {
            format!("unless {words}: it does not hold")
        } else {
            words
        }
    }

    fn condition(&self, condition: &Condition, bound: &Bound<'_>) -> String {
        let not = |negated: bool| {
            if negated {
                "it is not the case that "
            } else {
                ""
            }
        };
        match condition {
            Condition::Sentence { negated, atom, .. } => self.atom(atom, !negated, bound),
            Condition::NotKnown(atom) => {
                format!("it is not known whether {}", self.atom(atom, true, bound))
            }
            Condition::Verdict {
                negated,
                not_known,
                of,
                statuses,
            } => {
                let unknown = if *not_known {
                    "it is not known whether "
                } else {
                    ""
                };
                let whose = self.whose(of, bound);
                format!(
                    "{}{unknown}{whose} is {}",
                    not(*negated),
                    super::instance::statuses(*statuses)
                )
            }
            Condition::Compare {
                negated,
                left,
                comparator,
                right,
            } => {
                let (left, right) = (self.expr(left, bound), self.expr(right, bound));
                format!(
                    "{}{left} {} {right}",
                    not(*negated),
                    comparison(*comparator)
                )
            }
            Condition::Let { var, value } => {
                let value = self.expr(value, bound);
                format!("{} is {value}", self.named(*var, bound))
            }
            Condition::Fold {
                var, fold, body, ..
            } => {
                let fold = match fold {
                    Fold::Sum => "the sum",
                    Fold::Least => "the least",
                    Fold::Greatest => "the greatest",
                    Fold::Number => "the number",
                };
                let lines = self.lines(body, bound);
                format!("{}, {fold} where {lines}", self.named(*var, bound))
            }
            Condition::AnyOf(body) => format!("any of these: {}", self.lines(body, bound)),
            Condition::Quantified { count, var, body } => {
                let count = match count {
                    Count::No => "no".to_owned(),
                    Count::AtLeast(n) => format!("at least {n}"),
                    Count::AtMost(n) => format!("at most {n}"),
                };
                let lines = self.lines(body, bound);
                format!("{count} [{}] where {lines}", bound.vars[*var].name)
            }
            Condition::Every { var, body, holds } => format!(
                "every [{}] where {} is such that {}",
                bound.vars[*var].name,
                self.lines(body, bound),
                self.lines(holds, bound)
            ),
        }
    }

    fn lines(&self, body: &Body, bound: &Bound<'_>) -> String {
        let lines: Vec<String> = body.iter().map(|line| self.line(line, bound)).collect();
        lines.join(" and ")
    }

    fn whose(&self, of: &VerdictOf, bound: &Bound<'_>) -> String {
        let book = self.run.book;
        match of {
            VerdictOf::Norm { norm, terms, part } => {
                let norm = &book.norms[*norm];
                let mut words = format!("{} \"{}\"", norm.sort.word(), norm.name);
                for (party, term) in norm.parties.iter().zip(terms) {
                    let lead = lead(norm.sort, party.role);
                    words.push_str(&format!(" {lead} {}", self.term(*term, bound)));
                }
                let part = part.and_then(|at| norm.parts[at].name.as_ref());
                if let Some(part) = part {
                    words.push_str(&format!(" in \"{part}\""));
                }
                words
            }
            VerdictOf::AnyDuty { parties, .. } => {
                let mut words = "any duty".to_owned();
                for (role, term) in parties {
                    let lead = lead(crate::value::NormSort::Duty, *role);
                    words.push_str(&format!(" {lead} {}", self.term(*term, bound)));
                }
                words
            }
        }
    }

    fn atom(&self, atom: &Atom, holds: bool, bound: &Bound<'_>) -> String {
        self.said(atom.sentence, holds, |at| self.term(atom.terms[at], bound))
    }

    fn said(&self, sentence: SentenceId, holds: bool, slot: impl Fn(usize) -> String) -> String {
        let declared = &self.run.book.vocabulary.sentences[sentence];
        let words = declared.worded(!holds).said(slot);
        match holds || declared.opposite.is_some() {
            true => words,
            false => format!("it is not the case that {words}"),
        }
    }

    fn expr(&self, expr: &Expr, bound: &Bound<'_>) -> String {
        match expr {
            Expr::Term(Term::Var(var)) => self.named(*var, bound),
            Expr::Term(term) => self.term(*term, bound),
            Expr::Number(number) => number.to_string(),
            Expr::Binary(left, operator, right) => {
                let sign = match operator {
                    Operator::Add => "+",
                    Operator::Subtract => "-",
                    Operator::Multiply => "*",
                    Operator::Divide => "/",
                };
                let (left, right) = (self.expr(left, bound), self.expr(right, bound));
                format!("({left} {sign} {right})")
            }
        }
    }

    /// A variable by its name, with what it holds.
    fn named(&self, var: VarId, bound: &Bound<'_>) -> String {
        let name = &bound.vars[var].name;
        match bound.known(var) {
            Some(cell) => format!("[{name}] {}", self.shown(cell)),
            None => format!("[{name}]"),
        }
    }

    fn term(&self, term: Term, bound: &Bound<'_>) -> String {
        match term {
            Term::Value(value) => self.run.record.values.get(value).to_string(),
            Term::Var(var) => match bound.known(var) {
                Some(cell) => self.shown(cell),
                None => bound
                    .vars
                    .get(var)
                    .map_or_else(|| "some".to_owned(), |var| format!("[{}]", var.name)),
            },
        }
    }

    fn shown(&self, cell: Cell) -> String {
        match cell.value().map(|value| self.run.record.values.get(value)) {
            Some(Value::Name(name)) => name.clone(),
            _ => self.run.interval(cell).to_string(),
        }
    }
}

impl Bound<'_> {
    fn known(&self, var: VarId) -> Option<Cell> {
        let cell = *self.registers.get(var.index())?;
        let sure = self.sure.get(var.index()).copied().unwrap_or(false);
        (sure && cell != Cell::UNBOUND).then_some(cell)
    }

    fn cell(&self, term: Term) -> Cell {
        match term {
            Term::Value(value) => Cell::of(value),
            Term::Var(var) => self.known(var).unwrap_or(Cell::UNBOUND),
        }
    }
}

/// The variables that the solution itself bound: those of the head, of lines that hold, and those that two lines share.
/// What only a group or a line that fails mentions may hold what was tried last.
fn sure(body: &Body, heads: impl Iterator<Item = VarId>, registers: &[Cell]) -> Vec<bool> {
    let mut seen = vec![0_u8; registers.len()];
    let mut add = |var: VarId, weight: u8| {
        if let Some(count) = seen.get_mut(var.index()) {
            *count = count.saturating_add(weight);
        }
    };
    heads.for_each(|var| add(var, 2));
    for line in body {
        let mut vars = Vec::new();
        crate::plan::vars_of(&line.condition, &mut vars);
        vars.sort();
        vars.dedup();
        let holds = !line.unless
            && match &line.condition {
                Condition::Sentence { negated, .. } | Condition::Verdict { negated, .. } => {
                    !negated
                }
                Condition::Let { .. } | Condition::Compare { .. } => true,
                Condition::Fold { var, .. } => {
                    add(*var, 2);
                    false
                }
                _ => false,
            };
        vars.into_iter()
            .for_each(|var| add(var, 1 + u8::from(holds)));
    }
    seen.into_iter().map(|count| count > 1).collect()
}

fn rows(len: usize) -> std::ops::Range<u32> {
    0..u32::try_from(len).unwrap_or(u32::MAX)
}

/// The statuses of a duty or ideal that was not kept.
fn broken() -> StatusSet {
    StatusSet::only(Status::Violated)
        .with(Status::Excused)
        .with(Status::Overridden)
        .with(Status::FallsShort)
}

fn comparison(comparator: Comparator) -> &'static str {
    match comparator {
        Comparator::Is => "is",
        Comparator::IsNot => "is not",
        Comparator::AtLeast => "is at least",
        Comparator::AtMost => "is at most",
        Comparator::MoreThan => "is more than",
        Comparator::LessThan => "is less than",
    }
}
