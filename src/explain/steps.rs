//! How each sentence of a judged record came about: stated, assumed, by which rule, or why by none. In: lines; out: a
//! [`Step`] for every sentence they rest on, each once, however often it is used. Knows no words.

use super::decisive::{Decisive, Turning, deciding, decisive, truth_of};
use crate::engine::{Binding, Cell, Evidence, Found, Journal, Probe, Reading, Standing, Thing};
use crate::graph::{Derivation, FactGraph, least};
use crate::judge::Judgement;
use crate::plan::{Origin, RelId};
use crate::rulebook::{RuleId, SentenceId, Term};
use crate::value::{Idx, Truth};
use petgraph::graph::NodeIndex;
use rustc_hash::FxHashMap;

/// Most rules that are shown as not having applied.
const MOST_TRIES: usize = 3;

/// How a sentence came about.
#[derive(Clone, Debug)]
pub enum How {
    /// No rule is needed: its standing says it all.
    Given,
    /// A rule concludes it, surely or possibly.
    Rule {
        /// Which.
        rule: RuleId,
        /// Its lines.
        lines: Vec<Evidence>,
        /// How many other instances conclude it too.
        others: usize,
    },
    /// No rule does: those that came nearest.
    NoRule(Vec<Try>),
}

/// A rule that did not apply.
#[derive(Clone, Debug)]
pub struct Try {
    /// Which.
    pub rule: RuleId,
    /// Its lines, under the binding that meets most.
    pub lines: Vec<Evidence>,
}

/// A sentence and how it came about.
#[derive(Clone, Debug)]
pub struct Step {
    /// The sentence.
    pub reading: Reading,
    /// How.
    pub how: How,
}

/// The steps of one judged record.
#[derive(Clone, Debug, Default)]
pub struct Steps {
    steps: Vec<Step>,
    places: FxHashMap<(SentenceId, Vec<Option<Thing>>), usize>,
    /// For each derived sentence the instance of its least derivation.
    least: FxHashMap<NodeIndex, usize>,
}

impl Steps {
    /// No step yet.
    #[must_use]
    pub fn new(graph: &FactGraph) -> Self {
        Self {
            steps: Vec::new(),
            places: FxHashMap::default(),
            least: least(graph),
        }
    }

    /// How a sentence came about.
    #[must_use]
    pub fn of(&self, reading: &Reading) -> Option<&Step> {
        let at = self
            .places
            .get(&(reading.sentence, reading.slots.clone()))?;
        self.steps.get(*at)
    }

    /// Adds all that some lines rest on.
    pub fn take(&mut self, judged: &Judgement<'_, Journal>, graph: &FactGraph, lines: &[Evidence]) {
        let mut pending: Vec<Reading> = readings(lines);
        while let Some(reading) = pending.pop() {
            let key = (reading.sentence, reading.slots.clone());
            if self.places.contains_key(&key) {
                continue;
            }
            self.places.insert(key, self.steps.len());
            let how = self.how(judged, graph, &reading);
            match &how {
                How::Given => {}
                How::Rule { lines, .. } => pending.extend(readings(lines)),
                How::NoRule(tries) => {
                    pending.extend(tries.iter().flat_map(|one| readings(&one.lines)));
                }
            }
            self.steps.push(Step { reading, how });
        }
    }

    /// The same steps with one sentence derived in another way.
    #[must_use]
    pub fn with(&self, graph: &FactGraph, derivation: &Derivation) -> Self {
        let mut other = self.clone();
        for step in &derivation.steps {
            let Some(reading) = graph.reading(step.fact) else {
                continue;
            };
            let instance = &graph.instances[step.by];
            let key = (reading.sentence, reading.slots.clone());
            if let (Some(at), Origin::Rule(rule)) = (other.places.get(&key), instance.origin) {
                other.steps[*at].how = How::Rule {
                    rule,
                    lines: instance.lines.clone(),
                    others: others(graph, step.fact),
                };
            }
        }
        other
    }

    fn how(&self, judged: &Judgement<'_, Journal>, graph: &FactGraph, reading: &Reading) -> How {
        let run = judged.run();
        match reading.standing {
            Standing::Derived => {
                let node = graph.fact(judged, reading);
                let by = node.and_then(|node| self.least.get(&node)).copied();
                let instance = by.and_then(|by| graph.instances.get(by));
                match (node, instance.map(|one| (one.origin, &one.lines))) {
                    (Some(node), Some((Origin::Rule(rule), lines))) => How::Rule {
                        rule,
                        lines: lines.clone(),
                        others: others(graph, node),
                    },
                    _ => How::Given,
                }
            }
            Standing::Underivable => How::NoRule(tries(judged, reading)),
            Standing::Nothing if run.plan.relations[RelId(reading.sentence.0)].derived => {
                How::NoRule(tries(judged, reading))
            }
            _ => How::Given,
        }
    }

    /// The sentences no rule concludes on which lines of this truth turn, each with what would turn it.
    #[must_use]
    pub fn leaves<'s>(&'s self, lines: &'s [Evidence]) -> Vec<Turning<'s>> {
        let mut found = Vec::new();
        let mut seen = Vec::new();
        for line in deciding(lines, truth_of(lines)) {
            self.leaves_of(line, false, &mut seen, &mut found);
        }
        found
    }

    /// The same for one line, whatever its truth.
    #[must_use]
    pub fn leaves_of_line<'s>(&'s self, line: &'s Evidence) -> Vec<Turning<'s>> {
        let mut found = Vec::new();
        self.leaves_of(line, false, &mut Vec::new(), &mut found);
        found
    }

    /// The sentences on which a line rests that are as they are only because nobody says otherwise. What fails anyway, for a
    /// reason on record, assumes nothing; where several silences keep a rule from applying, the first stands for them.
    #[must_use]
    pub fn assumed<'s>(&'s self, line: &'s Evidence) -> Vec<&'s Reading> {
        let (mut seen, mut found) = (Vec::new(), Vec::new());
        self.assumed_by_line(line, &mut seen, &mut found);
        found
    }

    /// What lines assume that keep something from holding.
    #[must_use]
    pub fn assumed_against<'s>(&'s self, lines: &'s [Evidence]) -> Vec<&'s Reading> {
        let (mut seen, mut found) = (Vec::new(), Vec::new());
        self.assumed_by_failing(lines, &mut seen, &mut found);
        found
    }

    fn assumed_by_line<'s>(
        &'s self,
        line: &'s Evidence,
        seen: &mut Vec<&'s Reading>,
        found: &mut Vec<&'s Reading>,
    ) {
        match &line.found {
            Found::Sentence { reading, .. } => {
                if seen.contains(&reading) {
                    return;
                }
                seen.push(reading);
                match self.of(reading).map(|step| &step.how) {
                    Some(How::Rule { lines, .. }) => {
                        for line in deciding(lines, truth_of(lines)) {
                            self.assumed_by_line(line, seen, found);
                        }
                    }
                    Some(How::NoRule(tries)) if !tries.is_empty() => {
                        for one in tries.iter().take(1) {
                            self.assumed_by_failing(&one.lines, seen, found);
                        }
                    }
                    _ => {
                        let assumed = matches!(
                            reading.standing,
                            Standing::Closed | Standing::Nothing | Standing::Default
                        );
                        if assumed && !found.contains(&reading) {
                            found.push(reading);
                        }
                    }
                }
            }
            Found::AnyOf(bullets) => {
                let some = bullets
                    .iter()
                    .any(|bullet| bullet.truth == Some(Truth::True));
                let counts = |bullet: &&Evidence| !some || bullet.truth == Some(Truth::True);
                for bullet in bullets.iter().filter(counts) {
                    self.assumed_by_line(bullet, seen, found);
                }
            }
            Found::Quantified { members, .. }
            | Found::Fold { members, .. }
            | Found::Every { members, .. } => {
                for member in members {
                    match member.truth {
                        Truth::False => self.assumed_by_failing(&member.lines, seen, found),
                        truth => {
                            for line in deciding(&member.lines, truth) {
                                self.assumed_by_line(line, seen, found);
                            }
                        }
                    }
                }
            }
            Found::NotKnown(_)
            | Found::Verdict { .. }
            | Found::Compare { .. }
            | Found::Let { .. }
            | Found::NotReached => {}
        }
    }

    fn assumed_by_failing<'s>(
        &'s self,
        lines: &'s [Evidence],
        seen: &mut Vec<&'s Reading>,
        found: &mut Vec<&'s Reading>,
    ) {
        let failing: Vec<&Evidence> = lines
            .iter()
            .filter(|line| line.truth == Some(Truth::False))
            .collect();
        if let Some(first) = failing.first()
            && failing.iter().all(|line| self.is_unspoken(line))
        {
            self.assumed_by_line(first, seen, found);
        }
    }

    /// Whether a line is as it is only because nobody says otherwise.
    fn is_unspoken(&self, line: &Evidence) -> bool {
        let leaves = self.leaves_of_line(line);
        let unspoken = |leaf: &Turning<'_>| match leaf.reading.standing {
            Standing::Closed | Standing::Nothing | Standing::Default => true,
            Standing::Underivable => leaf.reading.truth == Truth::False,
            _ => false,
        };
        !leaves.is_empty() && leaves.iter().all(unspoken)
    }

    fn leaves_of<'s>(
        &'s self,
        line: &'s Evidence,
        turned: bool,
        seen: &mut Vec<(&'s Reading, bool)>,
        found: &mut Vec<Turning<'s>>,
    ) {
        for part in decisive(line) {
            let Decisive::Sentence(turning) = part else {
                continue;
            };
            let must_fail = turning.must_fail != turned;
            if seen.contains(&(turning.reading, must_fail)) {
                continue;
            }
            seen.push((turning.reading, must_fail));
            match self.of(turning.reading).map(|step| &step.how) {
                Some(How::Rule { lines, .. }) => {
                    for line in deciding(lines, truth_of(lines)) {
                        self.leaves_of(line, must_fail, seen, found);
                    }
                }
                Some(How::NoRule(tries)) if !tries.is_empty() => {
                    for line in tries.iter().take(1).flat_map(|one| &one.lines) {
                        if line.truth == Some(Truth::False) {
                            self.leaves_of(line, must_fail, seen, found);
                        }
                    }
                }
                _ => found.push(Turning {
                    must_fail,
                    ..turning
                }),
            }
        }
    }
}

fn others(graph: &FactGraph, fact: NodeIndex) -> usize {
    let sure = graph
        .reading(fact)
        .is_some_and(|reading| reading.truth == Truth::True);
    let counts = |at: &usize| !sure || graph.instances[*at].truth == Truth::True;
    graph
        .concluding(fact)
        .filter(counts)
        .count()
        .saturating_sub(1)
}

fn readings(lines: &[Evidence]) -> Vec<Reading> {
    let mut found = Vec::new();
    lines.iter().for_each(|line| line.readings(&mut found));
    found
        .into_iter()
        .map(|(reading, _)| reading.clone())
        .collect()
}

/// The nearest of the rules that could conclude a sentence.
fn tries(judged: &Judgement<'_, Journal>, reading: &Reading) -> Vec<Try> {
    let mut found = attempts(judged, reading);
    found.truncate(MOST_TRIES);
    found
}

/// The rules that could conclude a sentence, each under the binding that meets most of its lines, nearest first.
#[must_use]
pub fn attempts(judged: &Judgement<'_, Journal>, reading: &Reading) -> Vec<Try> {
    let run = judged.run();
    let key = run.plan.relations[RelId(reading.sentence.0)].key;
    let mut found: Vec<(usize, usize, Try)> = Vec::new();
    for (id, rule) in judged.book().rules.enumerated() {
        if rule.head.sentence != reading.sentence {
            continue;
        }
        let mut binding: Binding = vec![None; rule.vars.len()];
        let mut fits = true;
        for (at, (term, slot)) in rule.head.terms.iter().zip(&reading.slots).enumerate() {
            if key >> at & 1 == 0 {
                continue;
            }
            match (term, slot) {
                (Term::Var(var), Some(thing)) => {
                    // Somebody of another kind is nobody whom the rule speaks of.
                    let of_kind = match thing {
                        Thing::Value(value) => {
                            run.domain(rule.vars[*var].kind).contains(&Cell::of(*value))
                        }
                        Thing::Number(_) => true,
                    };
                    fits &= of_kind && binding[var.index()].is_none_or(|held| held == *thing);
                    binding[var.index()] = Some(*thing);
                }
                (Term::Value(value), Some(thing)) => fits &= Thing::Value(*value) == *thing,
                (_, None) => {}
            }
        }
        if fits {
            let nearest = Probe::new(run, &rule.vars).nearest(&rule.body, &[], &binding);
            let cost = (nearest.failed().count(), nearest.unknown().count());
            let one = Try {
                rule: id,
                lines: nearest.lines,
            };
            found.push((cost.0, cost.1, one));
        }
    }
    found.sort_by_key(|(failed, unknown, _)| (*failed, *unknown));
    found.into_iter().map(|(_, _, one)| one).collect()
}
