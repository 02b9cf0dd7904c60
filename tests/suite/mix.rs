//! What random programs exercise: how often each construct was true, false and unknown, and how often it decided a
//! verdict: turned round or left out, it changed one. In: programs as they are judged; out: a table, and the constructs
//! that never did, which is a defect of the generator.

use crate::reference::{Outcome, Watch, circles, judge_watched};
use fiducia::rulebook::{
    Body, Class, Condition, Count, Defeat, DefeatSort, Expr, Fold, Line, Norm, Record, Role,
    Rulebook, SentenceId, Term, Test, Var, VarId, VerdictOf,
};
use fiducia::text::Span;
use fiducia::value::{IndexVec, NormSort, Truth};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// Every construct that must come up, and the truths that it can have: `t`, `f`, `u`.
const CONSTRUCTS: &[(&str, &str)] = &[
    ("closed fact", "tfu"),
    ("open fact", "tfu"),
    ("setting: number", "tf"),
    ("setting: value", "tf"),
    ("concept", "tfu"),
    ("finding", "tfu"),
    ("table", "tf"),
    ("only one", "tfu"),
    ("number sentence", "tfu"),
    ("number written in a slot", "tfu"),
    ("number passed on", "tfu"),
    ("opposite", "tfu"),
    ("it is not the case that", "tfu"),
    ("recursion", "tfu"),
    ("recursion through another", "tfu"),
    ("it is not known whether", "tf"),
    ("it is not known whether: which", "tf"),
    ("verdict", "tfu"),
    ("verdict of a part", "tfu"),
    ("verdict denied", "tfu"),
    ("verdict not known", "tf"),
    ("verdict of an ideal", "tfu"),
    ("verdict of a concern", "tfu"),
    ("any duty", "tfu"),
    ("after", "tfu"),
    ("comparison of numbers", "tfu"),
    ("comparison of things", "tf"),
    ("let", "t"),
    ("sum", "t"),
    ("least", "tfu"),
    ("greatest", "tfu"),
    ("number of", "t"),
    ("over several", "t"),
    ("any of these", "tfu"),
    ("no", "tfu"),
    ("at least", "tfu"),
    ("at most", "tfu"),
    ("every", "tfu"),
    ("in a group", "tfu"),
    ("unless", "tfu"),
    ("rule", "tfu"),
    ("rule of a number", "tfu"),
    ("arises", "tfu"),
    ("arises in a part", "tfu"),
    ("met", "tfu"),
    ("broken", "tfu"),
    ("named part", "tfu"),
    ("toward", "tfu"),
    ("exemption", "tfu"),
    ("exemption of a part", "tfu"),
    ("excuse", "tfu"),
    ("excuse of a part", "tfu"),
    ("priority", "tfu"),
    ("ideal", "tfu"),
    ("concern", "tfu"),
    ("stated true", ""),
    ("stated false", ""),
    ("stated unknown", ""),
    ("number given", ""),
    ("number [any]", ""),
    ("setting given", ""),
    ("stipulated", ""),
    ("always", ""),
    ("only one line", ""),
    ("option", ""),
    ("supposition", ""),
];

/// How often, and whether it ever mattered.
#[derive(Clone, Copy, Debug, Default)]
struct Row {
    truths: [usize; 3],
    tried: usize,
    decided: usize,
}

/// The table.
#[derive(Debug, Default)]
pub struct Mix {
    rows: BTreeMap<&'static str, Row>,
}

/// A thing that can be turned round: its place and the constructs it is one of.
type Places = BTreeMap<(u32, u32), (Span, BTreeSet<&'static str>)>;

impl Mix {
    /// Counts what one judging meets, and tries what hangs on the rarest construct in it.
    pub fn count(&mut self, book: &Rulebook, record: &Record, outcome: &Outcome) {
        let watch = RefCell::new(Watch::default());
        if judge_watched(book, record, Some(&watch)).is_err() {
            return;
        }
        let places = places(book);
        let seen = watch.into_inner().seen;
        for (place, (_, names)) in &places {
            let counts = seen.get(place).copied().unwrap_or_default();
            for name in names {
                let row = self.rows.entry(name).or_default();
                for (sum, count) in row.truths.iter_mut().zip(counts) {
                    *sum += count;
                }
            }
        }
        let met = places.iter().filter(|(place, _)| seen.contains_key(place));
        let mut met: Vec<&(Span, BTreeSet<&str>)> = met.map(|(_, place)| place).collect();
        met.sort_by_key(|(_, names)| self.rarest(names));
        for (span, names) in met.into_iter().take(2) {
            let watch = RefCell::new(Watch {
                turned: Some(*span),
                ..Watch::default()
            });
            let turned = judge_watched(book, record, Some(&watch));
            self.tried(
                names,
                turned.is_ok_and(|turned| turned.verdicts != outcome.verdicts),
            );
        }
        self.leave_out(book, record, outcome);
    }

    fn rarest(&self, names: &BTreeSet<&'static str>) -> (usize, usize) {
        let rows = names.iter().map(|name| self.rows.get(name).copied());
        let rows = rows.map(Option::unwrap_or_default);
        rows.map(|row| (row.decided, row.tried))
            .min()
            .unwrap_or_default()
    }

    fn tried(&mut self, names: &BTreeSet<&'static str>, decided: bool) {
        for name in names {
            let row = self.rows.entry(name).or_default();
            row.tried += 1;
            row.decided += usize::from(decided);
        }
    }

    /// Whether one world of a case has other verdicts than the case itself.
    pub fn world(&mut self, option: bool, differs: bool) {
        let name = if option { "option" } else { "supposition" };
        self.tried(&BTreeSet::from([name]), differs);
    }

    /// Leaves out one stated sentence or table, of the rarest sort.
    fn leave_out(&mut self, book: &Rulebook, record: &Record, outcome: &Outcome) {
        let mut choices: Vec<(&'static str, Rulebook, Record)> = Vec::new();
        let mut best: Option<((usize, usize), &'static str, usize)> = None;
        let mut offer = |mix: &Self, name: &'static str, at: usize| {
            let rank = mix.rarest(&BTreeSet::from([name]));
            if best.is_none_or(|(rarest, _, _)| rank < rarest) {
                best = Some((rank, name, at));
            }
        };
        for (at, line) in record.stated.iter().enumerate() {
            let sentence = &book.vocabulary.sentences[line.sentence];
            let number = book.vocabulary.number_slots(line.sentence).next().is_some();
            let name = match (sentence.class, line.truth) {
                (Class::Concept | Class::Finding, _) => "stipulated",
                (Class::Setting, _) => "setting given",
                (_, Truth::Unknown) if number => "number [any]",
                _ if number => "number given",
                (_, Truth::True) => "stated true",
                (_, Truth::False) => "stated false",
                (_, Truth::Unknown) => "stated unknown",
            };
            offer(self, name, at);
        }
        for at in 0..book.always.len() {
            offer(self, "always", at);
        }
        for (at, sentence) in book.vocabulary.sentences.iter().enumerate() {
            if sentence.only_one.is_some() {
                offer(self, "only one line", at);
            }
        }
        if let Some((_, name, at)) = best {
            let (mut book, mut record) = (book.clone(), record.clone());
            match name {
                "always" => {
                    book.always.remove(at);
                }
                "only one line" => {
                    let sentence = SentenceId(u32::try_from(at).unwrap_or(0));
                    book.vocabulary.sentences[sentence].only_one = None;
                }
                _ => {
                    record.stated.remove(at);
                }
            }
            choices.push((name, book, record));
        }
        for (name, book, record) in choices {
            let without = judge_watched(&book, &record, None);
            let decided = without.is_ok_and(|without| without.verdicts != outcome.verdicts);
            self.tried(&BTreeSet::from([name]), decided);
        }
    }

    /// The table, and the constructs that never came up or never decided anything.
    pub fn told(&self) -> (String, Vec<String>) {
        let mut table = format!(
            "{:32} {:>9} {:>9} {:>9} {:>8} {:>8}\n",
            "construct", "true", "false", "unknown", "tried", "decided"
        );
        let mut missing = Vec::new();
        for (name, can) in CONSTRUCTS {
            let row = self.rows.get(name).copied().unwrap_or_default();
            let [t, f, u] = row.truths;
            table += &format!(
                "{name:32} {t:>9} {f:>9} {u:>9} {:>8} {:>8}\n",
                row.tried, row.decided
            );
            let never = |letter: char, count: usize| can.contains(letter) && count == 0;
            if row.decided == 0 {
                missing.push(format!("\"{name}\" never decided a verdict"));
            } else if never('t', t) || never('f', f) || never('u', u) {
                missing.push(format!("\"{name}\" was never true, false or unknown"));
            }
        }
        (table, missing)
    }
}

/// Every line, exemption, excuse and priority with the constructs it is one of.
fn places(book: &Rulebook) -> Places {
    let circles = circles(book);
    let mut all = Places::new();
    for rule in book.rules.iter() {
        let mut names = BTreeSet::from(["rule"]);
        if book
            .vocabulary
            .number_slots(rule.head.sentence)
            .next()
            .is_some()
        {
            names.insert("rule of a number");
        }
        let circle = circles.iter().find(|c| c.contains(&rule.head.sentence));
        let walk = Walk {
            head: Some(rule.head.sentence),
            circle: circle.map_or(&[], Vec::as_slice),
            ..plain(book, &rule.vars)
        };
        walk.body(&rule.body, &names, &mut all);
    }
    for norm in book.norms.iter() {
        of_norm(book, norm, &mut all);
    }
    for defeat in book.defeats.iter() {
        let names = BTreeSet::from([of_defeat(defeat)]);
        all.insert(
            (defeat.span.start, defeat.span.end),
            (defeat.span, names.clone()),
        );
        plain(book, &defeat.vars).body(&defeat.body, &names, &mut all);
    }
    for priority in book.priorities.iter() {
        let names = BTreeSet::from(["priority"]);
        all.insert(
            (priority.span.start, priority.span.end),
            (priority.span, names.clone()),
        );
        plain(book, &priority.vars).body(&priority.body, &names, &mut all);
    }
    all
}

fn of_defeat(defeat: &Defeat) -> &'static str {
    match (defeat.sort, defeat.parts.is_empty()) {
        (DefeatSort::Exemption, true) => "exemption",
        (DefeatSort::Exemption, false) => "exemption of a part",
        (DefeatSort::Excuse, true) => "excuse",
        (DefeatSort::Excuse, false) => "excuse of a part",
    }
}

fn of_norm(book: &Rulebook, norm: &Norm, all: &mut Places) {
    let mut names = BTreeSet::new();
    match norm.sort {
        NormSort::Duty => {}
        NormSort::Ideal => {
            names.insert("ideal");
        }
        NormSort::Concern => {
            names.insert("concern");
        }
    }
    if norm.parties.iter().any(|party| party.role == Role::Toward) {
        names.insert("toward");
    }
    let with = |more: &[&'static str]| -> BTreeSet<&'static str> {
        names.iter().chain(more).copied().collect()
    };
    let mut bodies: Vec<&Body> = vec![&norm.arises];
    for part in &norm.parts {
        bodies.extend([&part.arises, part.test.body()]);
    }
    let walk = Walk {
        elsewhere: &bodies,
        parties: norm.parties.iter().map(|party| party.var).collect(),
        ..plain(book, &norm.vars)
    };
    walk.body(&norm.arises, &with(&["arises"]), all);
    if let Some(first) = norm.arises.first().filter(|_| norm.after) {
        let place = all.entry((first.span.start, first.span.end));
        place.and_modify(|(_, names)| {
            names.insert("after");
        });
    }
    for part in &norm.parts {
        walk.body(&part.arises, &with(&["arises in a part"]), all);
        let test = match &part.test {
            Test::Broken(_) => "broken",
            Test::Met(_) => "met",
        };
        let mut names = with(&[test]);
        if part.name.is_some() {
            names.insert("named part");
        }
        walk.body(part.test.body(), &names, all);
    }
}

/// A walk over the lines of one block.
struct Walk<'a> {
    book: &'a Rulebook,
    vars: &'a IndexVec<VarId, Var>,
    parties: Vec<VarId>,
    head: Option<SentenceId>,
    circle: &'a [SentenceId],
    /// All bodies of the block, where it has several.
    elsewhere: &'a [&'a Body],
}

fn plain<'a>(book: &'a Rulebook, vars: &'a IndexVec<VarId, Var>) -> Walk<'a> {
    Walk {
        book,
        vars,
        parties: Vec::new(),
        head: None,
        circle: &[],
        elsewhere: &[],
    }
}

impl Walk<'_> {
    fn body(&self, body: &Body, names: &BTreeSet<&'static str>, all: &mut Places) {
        for line in body {
            let mut own = names.clone();
            if line.unless {
                own.insert("unless");
            }
            own.extend(self.condition(line, body));
            let inner: BTreeSet<&'static str> = names
                .iter()
                .copied()
                .filter(|name| *name != "any of these")
                .chain(["in a group"])
                .collect();
            match &line.condition {
                Condition::AnyOf(bullets) => {
                    own.insert("any of these");
                    self.body(bullets, &own, all);
                    continue;
                }
                Condition::Fold { body, .. } | Condition::Quantified { body, .. } => {
                    self.body(body, &inner, all);
                }
                Condition::Every { body, holds, .. } => {
                    self.body(body, &inner, all);
                    self.body(holds, &inner, all);
                }
                _ => {}
            }
            all.insert((line.span.start, line.span.end), (line.span, own));
        }
    }

    fn condition(&self, line: &Line, body: &Body) -> Vec<&'static str> {
        match &line.condition {
            Condition::Sentence {
                negated,
                opposite,
                atom,
            } => {
                let mut names = self.sentence(atom.sentence);
                if *opposite {
                    names.push("opposite");
                }
                if *negated != *opposite {
                    names.push("it is not the case that");
                }
                for at in self.book.vocabulary.number_slots(atom.sentence) {
                    match atom.terms[at] {
                        Term::Value(_) => names.push("number written in a slot"),
                        term if shared(term, line, body) => names.push("number passed on"),
                        Term::Var(_) => {}
                    }
                }
                names
            }
            Condition::NotKnown(atom) => {
                let alone = |term: &Term| {
                    let mut bodies = self.elsewhere.iter().flat_map(|body| body.iter());
                    matches!(term, Term::Var(var) if !self.parties.contains(var))
                        && bodies.all(|other| {
                            other.span == line.span || !mentions(&other.condition, *term)
                        })
                };
                let mut names = vec!["it is not known whether"];
                if atom.terms.iter().any(alone) {
                    names.push("it is not known whether: which");
                }
                names
            }
            Condition::Verdict {
                negated,
                not_known,
                of,
                ..
            } => self.verdict(*negated, *not_known, of),
            Condition::Compare { left, .. } => vec![match left {
                Expr::Term(Term::Var(var)) if self.is_thing(*var) => "comparison of things",
                _ => "comparison of numbers",
            }],
            Condition::Let { .. } => vec!["let"],
            Condition::Fold { fold, over, .. } => {
                let mut names = vec![match fold {
                    Fold::Sum => "sum",
                    Fold::Least => "least",
                    Fold::Greatest => "greatest",
                    Fold::Number => "number of",
                }];
                if over.len() > 1 {
                    names.push("over several");
                }
                names
            }
            Condition::AnyOf(_) => vec!["any of these"],
            Condition::Quantified { count, .. } => vec![match count {
                Count::No => "no",
                Count::AtLeast(_) => "at least",
                Count::AtMost(_) => "at most",
            }],
            Condition::Every { .. } => vec!["every"],
        }
    }

    fn is_thing(&self, var: VarId) -> bool {
        let kind = self.vars[var].kind;
        kind.is_some_and(|kind| !self.book.vocabulary.is_number(kind))
    }

    fn verdict(&self, negated: bool, not_known: bool, of: &VerdictOf) -> Vec<&'static str> {
        let mut names = vec!["verdict"];
        if negated {
            names.push("verdict denied");
        }
        if not_known {
            names.push("verdict not known");
        }
        match of {
            VerdictOf::AnyDuty { .. } => names.push("any duty"),
            VerdictOf::Norm { norm, part, .. } => {
                if part.is_some() {
                    names.push("verdict of a part");
                }
                match self.book.norms[*norm].sort {
                    NormSort::Duty => {}
                    NormSort::Ideal => names.push("verdict of an ideal"),
                    NormSort::Concern => names.push("verdict of a concern"),
                }
            }
        }
        names
    }

    fn sentence(&self, id: SentenceId) -> Vec<&'static str> {
        let sentence = &self.book.vocabulary.sentences[id];
        let number = self.book.vocabulary.number_slots(id).next().is_some();
        let mut names = vec![match sentence.class {
            Class::ClosedFact => "closed fact",
            Class::OpenFact => "open fact",
            Class::Setting if number => "setting: number",
            Class::Setting => "setting: value",
            Class::Concept => "concept",
            Class::Finding => "finding",
        }];
        if number {
            names.push("number sentence");
        }
        if self.book.always.iter().any(|line| line.sentence == id) {
            names.push("table");
        }
        if sentence.only_one.is_some() {
            names.push("only one");
        }
        if self.circle.contains(&id) {
            names.push(if self.head == Some(id) {
                "recursion"
            } else {
                "recursion through another"
            });
        }
        names
    }
}

/// Whether another line of the body has the slot too, as a line that gives or takes its number.
fn shared(term: Term, line: &Line, body: &Body) -> bool {
    let mut others = body.iter().filter(|other| other.span != line.span);
    let takes = |condition: &Condition| match condition {
        Condition::Sentence { .. } => mentions(condition, term),
        Condition::Let { var, .. } | Condition::Fold { var, .. } => term == Term::Var(*var),
        _ => false,
    };
    matches!(term, Term::Var(_)) && others.any(|other| takes(&other.condition))
}

/// Whether a sentence or verdict has the term.
fn mentions(condition: &Condition, term: Term) -> bool {
    match condition {
        Condition::Sentence { atom, .. } => atom.terms.contains(&term),
        Condition::Verdict { of, .. } => match of {
            VerdictOf::Norm { terms, .. } => terms.contains(&term),
            VerdictOf::AnyDuty { parties, .. } => parties.iter().any(|(_, own)| *own == term),
        },
        _ => false,
    }
}
