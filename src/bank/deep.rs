//! Whether a rulebook is sound in itself, looked for in small cases: what can never arise, be broken or act, and which duties
//! fall out with each other though no priority relates them. In: a plan; out: [`Deep`], each finding with the case it rests on.
//! What was not found is not proved: how many cases were tried is part of the answer. Knows no words.

use super::draft::{Draft, Want};
use super::impact::{Blocks, Impact, Side};
use super::sample::{Sample, Sampler};
use crate::engine::{Journal, Limits, Memory, Recorder, Silent};
use crate::judge::{self, Judgement};
use crate::plan::{BlockId, Origin, Plan};
use crate::rulebook::{
    Body, Branch, Case, Class, Condition, DefeatId, DefeatSort, NormId, PriorityId, RuleId,
    Rulebook, SentenceId, Stated, Test,
};
use crate::value::{NormSort, Status, StatusSet, Truth};
use std::collections::{BTreeMap, BTreeSet};

/// What was found.
#[derive(Clone, Debug)]
pub enum Finding {
    /// A rule that applies in no case found.
    NeverFires(RuleId),
    /// A duty, ideal or concern that arises in no case found.
    NeverArises(NormId),
    /// A duty that is violated in no case found, or an ideal that is never short; with a case in which it arises.
    NeverBroken(NormId, Case),
    /// An exemption or excuse whose conditions hold, but never where its duty arises (or is broken); with a case in which they
    /// hold.
    ExcludesDuty(DefeatId, Case),
    /// An exemption or excuse whose conditions hold in no case found.
    NeverHolds(DefeatId),
    /// A priority that acts in no case found.
    NeverOutranks(PriorityId),
    /// Two duties, one of them violated whatever is done, and no priority between them; with the case.
    Conflict(NormId, NormId, Box<Case>),
    /// Two versions of the rulebook that agree on every case found.
    NeverDiffer {
        /// How many cases.
        cases: usize,
    },
}

/// The whole answer.
#[derive(Clone, Debug, Default)]
pub struct Deep {
    /// Findings, in the order of the rulebook.
    pub findings: Vec<Finding>,
    /// Blocks looked at.
    pub blocks: usize,
    /// Pairs of duties that want opposite things of one act.
    pub pairs: usize,
    /// Small cases judged.
    pub judged: usize,
    /// Whether the time was over before all was looked at.
    pub out_of_time: bool,
    /// The cases found, one for each block that acts.
    pub samples: Vec<Case>,
}

/// Looks a rulebook through.
#[must_use]
pub fn deep(book: &Rulebook, plan: &Plan, limits: Limits<'_>) -> Deep {
    let mut sampler = Sampler::new(book, plan);
    sampler.limits = limits;
    let mut search = Search {
        book,
        plan,
        sampler,
        found: Deep::default(),
        dead: BTreeSet::new(),
    };
    search.rules();
    for block in BlockId::all(book) {
        if search.sampler.is_stopped() {
            search.found.out_of_time = true;
            break;
        }
        search.found.blocks += 1;
        match block {
            // Rules were first: what they never conclude, no case may take as given.
            BlockId::Rule(_) => {}
            BlockId::Norm(id) => search.norm(id),
            BlockId::Defeat(id) => search.defeat(id),
            BlockId::Priority(id) => search.priority(id),
        }
    }
    search.conflicts();
    search.found.judged = search.sampler.all_judged;
    search.found
}

struct Search<'a> {
    book: &'a Rulebook,
    plan: &'a Plan,
    sampler: Sampler<'a>,
    found: Deep,
    /// Concepts that no rule concludes in any case found.
    dead: BTreeSet<SentenceId>,
}

type Judged<'j> = Judgement<'j, Journal>;

impl Search<'_> {
    fn keep(&mut self, sample: Option<Sample>) -> Option<Case> {
        let case = sample?.case;
        if !self.is_alive(&case) {
            return None;
        }
        self.found.samples.push(case.clone());
        Some(case)
    }

    /// Whether a case gives no concept that can never follow.
    fn is_alive(&self, case: &Case) -> bool {
        let mut given = case.stated.iter().filter(|line| line.truth == Truth::True);
        given.all(|line| !self.dead.contains(&line.sentence))
    }

    fn lines(&self, body: &Body, env: usize) -> Vec<Want> {
        body.iter().map(|line| Want::new(line, env, 0)).collect()
    }

    /// Every rule, and then the concepts that none concludes; a rule that only applies where such a concept is given never does.
    fn rules(&mut self) {
        let mut found: Vec<(RuleId, Option<Case>)> = Vec::new();
        for id in self.book.rules.ids() {
            let sample = self.rule(id);
            found.push((id, sample.map(|sample| sample.case)));
        }
        if self.sampler.is_stopped() {
            self.found.out_of_time = true;
        }
        loop {
            let alive = |case: &Option<Case>| case.as_ref().is_some_and(|case| self.is_alive(case));
            let concluded: BTreeSet<SentenceId> = found
                .iter()
                .filter(|(_, case)| alive(case))
                .map(|(id, _)| self.book.rules[*id].head.sentence)
                .collect();
            let heads = self.book.rules.iter().map(|rule| rule.head.sentence);
            let dead: BTreeSet<SentenceId> =
                heads.filter(|head| !concluded.contains(head)).collect();
            if dead == self.dead {
                break;
            }
            self.dead = dead;
        }
        for (id, case) in found {
            match case.filter(|case| self.is_alive(case)) {
                Some(case) => self.found.samples.push(case),
                None if self.found.out_of_time => {}
                None => self.found.findings.push(Finding::NeverFires(id)),
            }
        }
    }

    fn rule(&mut self, id: RuleId) -> Option<Sample> {
        let book = self.book;
        let rule = &book.rules[id];
        self.sampler.find(
            &|draft| {
                let env = draft.block(&rule.vars);
                draft.cast_for(book, env, &rule.head.terms);
                let lines = rule.body.iter();
                lines.map(|line| Want::new(line, env, 0)).collect()
            },
            &mut |judged| fired(judged, Origin::Rule(id)),
        )
    }

    /// A case in which an instance of a norm has one of these statuses.
    fn with_status(&mut self, id: NormId, wanted: Status, statuses: StatusSet) -> Option<Case> {
        let norm = &self.book.norms[id];
        for stipulate in [false, true] {
            let mut draft = Draft::new(self.book);
            let env = draft.block(&norm.vars);
            let ways = self
                .sampler
                .status_wants(&mut draft, id, env, None, wanted, 0);
            for mut agenda in ways {
                agenda.reverse();
                let mut shows = |judged: &Judged<'_>| has(judged, id, statuses);
                let grown = self
                    .sampler
                    .grow(stipulate, draft.clone(), agenda, &mut shows);
                let case = grown.map(|draft| draft.case(self.book));
                if let Some(case) = case.filter(|case| self.is_alive(case)) {
                    self.found.samples.push(case.clone());
                    return Some(case);
                }
            }
        }
        None
    }

    fn norm(&mut self, id: NormId) {
        let norm = &self.book.norms[id];
        let vars = &norm.vars;
        let arises = self.sampler.find(
            &|draft| {
                let env = draft.block(vars);
                norm.arises
                    .iter()
                    .map(|line| Want::new(line, env, 0))
                    .collect()
            },
            &mut |judged| {
                let mut own = judged
                    .verdicts()
                    .iter()
                    .filter(|verdict| verdict.norm == id);
                own.any(|verdict| verdict.engaged == Truth::True)
            },
        );
        let Some(case) = self.keep(arises) else {
            if !self.sampler.is_stopped() {
                self.found.findings.push(Finding::NeverArises(id));
            }
            return;
        };
        let worst = match norm.sort {
            NormSort::Duty => Status::Violated,
            NormSort::Ideal => Status::FallsShort,
            NormSort::Concern => return,
        };
        let broken = self.with_status(id, worst, StatusSet::only(worst));
        if broken.is_none() && !self.sampler.is_stopped() {
            self.found.findings.push(Finding::NeverBroken(id, case));
        }
    }

    fn defeat(&mut self, id: DefeatId) {
        let defeat = &self.book.defeats[id];
        let status = match defeat.sort {
            DefeatSort::Exemption => Status::Exempt,
            DefeatSort::Excuse => Status::Excused,
        };
        if self.acts(id, status) || self.sampler.is_stopped() {
            return;
        }
        let lines = self.lines(&defeat.body, 0);
        let alone = self.sampler.find(
            &|draft| {
                draft.block(&defeat.vars);
                lines.clone()
            },
            &mut |judged| {
                fired(judged, Origin::Defeat(id)) || holds(judged, &defeat.body, &defeat.vars)
            },
        );
        let finding = match alone {
            Some(sample) if self.is_alive(&sample.case) => Finding::ExcludesDuty(id, sample.case),
            _ => Finding::NeverHolds(id),
        };
        self.found.findings.push(finding);
    }

    /// Whether a case is found in which the defeat acts on its duty.
    fn acts(&mut self, id: DefeatId, status: Status) -> bool {
        let defeat = &self.book.defeats[id];
        let norm = &self.book.norms[defeat.norm];
        for stipulate in [false, true] {
            let mut draft = Draft::new(self.book);
            let env = draft.block(&norm.vars);
            let own = draft.block(&defeat.vars);
            for (var, party) in defeat.parties.iter().zip(&norm.parties) {
                draft.alias(own, *var, env, party.var);
            }
            let base = match status {
                Status::Excused => self.sampler.status_wants(
                    &mut draft,
                    defeat.norm,
                    env,
                    None,
                    Status::Violated,
                    0,
                ),
                _ => vec![self.lines(&norm.arises, env)],
            };
            for wants in base {
                let mut agenda = [wants, self.lines(&defeat.body, own)].concat();
                agenda.reverse();
                let mut shows = |judged: &Judged<'_>| {
                    judged.verdicts().iter().any(|verdict| {
                        let acts = |by: &judge::By| {
                            by.defeater == judge::Defeater::Defeat(id) && by.truth == Truth::True
                        };
                        verdict.norm == defeat.norm && verdict.by.iter().any(acts)
                    })
                };
                let grown = self
                    .sampler
                    .grow(stipulate, draft.clone(), agenda, &mut shows);
                let case = grown.map(|draft| draft.case(self.book));
                if let Some(case) = case.filter(|case| self.is_alive(case)) {
                    self.found.samples.push(case);
                    return true;
                }
            }
        }
        false
    }

    fn priority(&mut self, id: PriorityId) {
        let lower = self.book.priorities[id].lower;
        let overridden = StatusSet::only(Status::Overridden);
        let norm = &self.book.norms[lower];
        for stipulate in [false, true] {
            let mut draft = Draft::new(self.book);
            let env = draft.block(&norm.vars);
            let ways =
                self.sampler
                    .status_wants(&mut draft, lower, env, None, Status::Overridden, 0);
            for mut agenda in ways {
                agenda.reverse();
                let mut shows = |judged: &Judged<'_>| {
                    has(judged, lower, overridden) && fired(judged, Origin::Priority(id))
                };
                let grown = self
                    .sampler
                    .grow(stipulate, draft.clone(), agenda, &mut shows);
                let case = grown.map(|draft| draft.case(self.book));
                if let Some(case) = case.filter(|case| self.is_alive(case)) {
                    self.found.samples.push(case);
                    return;
                }
            }
        }
        if !self.sampler.is_stopped() {
            self.found.findings.push(Finding::NeverOutranks(id));
        }
    }

    /// Pairs of duties of which one is broken by doing something and the other by not doing it.
    fn conflicts(&mut self) {
        let mut breaks: BTreeMap<(SentenceId, bool), Vec<NormId>> = BTreeMap::new();
        for (id, norm) in self.book.norms.enumerated() {
            if norm.sort == NormSort::Duty {
                for fact in broken_by(self.book, id) {
                    breaks.entry(fact).or_default().push(id);
                }
            }
        }
        let related: BTreeSet<(NormId, NormId)> = self
            .book
            .priorities
            .iter()
            .flat_map(|one| [(one.upper, one.lower), (one.lower, one.upper)])
            .collect();
        let mut tried: BTreeSet<(NormId, NormId)> = BTreeSet::new();
        for ((sentence, truth), doing) in &breaks {
            let Some(leaving) = breaks.get(&(*sentence, false)).filter(|_| *truth) else {
                continue;
            };
            for one in doing {
                for other in leaving {
                    let pair = (*one.min(other), *one.max(other));
                    if one == other || related.contains(&pair) || tried.contains(&pair) {
                        continue;
                    }
                    if self.sampler.is_stopped() {
                        self.found.out_of_time = true;
                        return;
                    }
                    self.found.pairs += 1;
                    if let Some(case) = self.conflict(*one, *other, *sentence) {
                        tried.insert(pair);
                        let finding = Finding::Conflict(*one, *other, Box::new(case));
                        self.found.findings.push(finding);
                    }
                }
            }
        }
    }

    /// A case in which doing it violates `doing`, leaving it violates `leaving`, and neither both.
    fn conflict(&mut self, doing: NormId, leaving: NormId, sentence: SentenceId) -> Option<Case> {
        let (book, plan) = (self.book, self.plan);
        let violated = StatusSet::only(Status::Violated);
        let mut draft = Draft::new(book);
        let env = draft.block(&book.norms[doing].vars);
        let ways = self
            .sampler
            .status_wants(&mut draft, doing, env, None, Status::Violated, 0);
        for mut agenda in ways.into_iter().take(3) {
            agenda.reverse();
            let mut shows = |judged: &Judged<'_>| has(judged, doing, violated);
            let Some(first) = self.sampler.grow(false, draft.clone(), agenda, &mut shows) else {
                continue;
            };
            let acts = first.stated.iter();
            let acts = acts.filter(|line| line.sentence == sentence && line.truth == Truth::True);
            for act in acts.cloned().collect::<Vec<Stated>>() {
                let mut second = first.clone();
                second
                    .stated
                    .retain(|line| *line.values != *act.values || line.sentence != sentence);
                let undone = Stated {
                    truth: Truth::False,
                    ..act.clone()
                };
                second.stated.push(undone.clone());
                let env = second.block(&book.norms[leaving].vars);
                let ways =
                    self.sampler
                        .status_wants(&mut second, leaving, env, None, Status::Violated, 0);
                for mut agenda in ways.into_iter().take(3) {
                    agenda.reverse();
                    let mut shows = |judged: &Judged<'_>| {
                        has(judged, leaving, violated) && !may(judged, doing) && {
                            let mut record = judged.record().clone();
                            record.stated.retain(|line| {
                                line.values != act.values || line.sentence != sentence
                            });
                            record.stated.push(act.clone());
                            let memory = Memory::<Silent>::default();
                            let other =
                                judge::judge(book, plan, &record, memory, Limits::default());
                            has(&other, doing, violated) && !may(&other, leaving)
                        }
                    };
                    self.sampler.known_first = true;
                    let grown = self.sampler.grow(false, second.clone(), agenda, &mut shows);
                    self.sampler.known_first = false;
                    if let Some(grown) = grown {
                        return Some(with_options(grown.case(book), act, undone));
                    }
                }
            }
        }
        None
    }
}

/// The case with doing and leaving as its two options.
fn with_options(mut case: Case, act: Stated, undone: Stated) -> Case {
    case.stated
        .retain(|line| line.values != act.values || line.sentence != act.sentence);
    let option = |at: usize, name: &str, line: Stated| Branch {
        option: true,
        name: name.to_owned(),
        story: String::new(),
        stated: vec![Stated {
            branch: Some(at),
            ..line
        }],
        expectations: Vec::new(),
        asks: Vec::new(),
        span: None,
    };
    case.branches = vec![option(0, "do it", act), option(1, "leave it", undone)];
    case
}

fn has<R: Recorder>(judged: &Judgement<'_, R>, norm: NormId, statuses: StatusSet) -> bool {
    let mut own = judged
        .verdicts()
        .iter()
        .filter(|verdict| verdict.norm == norm);
    own.any(|verdict| verdict.statuses == statuses)
}

/// Whether a duty may be violated.
fn may<R: Recorder>(judged: &Judgement<'_, R>, norm: NormId) -> bool {
    let mut own = judged
        .verdicts()
        .iter()
        .filter(|verdict| verdict.norm == norm);
    own.any(|verdict| verdict.statuses.has(Status::Violated))
}

fn fired(judged: &Judged<'_>, origin: Origin) -> bool {
    let run = judged.run();
    let mut firings = run.recorder().firings().iter();
    firings
        .any(|firing| firing.truth == Truth::True && run.plan.joins[firing.join].origin == origin)
}

/// Whether a body holds under some binding, whatever it belongs to.
fn holds(
    judged: &Judged<'_>,
    body: &Body,
    vars: &crate::value::IndexVec<crate::rulebook::VarId, crate::rulebook::Var>,
) -> bool {
    let probe = crate::engine::Probe::new(judged.run(), vars);
    let mut found = false;
    probe.each_solution(body, &[], &probe.unbound(), &mut |solution| {
        found |= solution.truth == Truth::True;
        found
    });
    found
}

/// The facts that somebody can change and that, true or false, break a duty: those of its test, and those that the concepts in
/// it follow from.
fn broken_by(book: &Rulebook, id: NormId) -> BTreeSet<(SentenceId, bool)> {
    let mut facts = BTreeSet::new();
    let mut seen = BTreeSet::new();
    for part in &book.norms[id].parts {
        let breaks = matches!(part.test, Test::Broken(_));
        reach(book, part.test.body(), breaks, &mut facts, &mut seen);
    }
    facts
}

fn reach(
    book: &Rulebook,
    body: &Body,
    truth: bool,
    facts: &mut BTreeSet<(SentenceId, bool)>,
    seen: &mut BTreeSet<(SentenceId, bool)>,
) {
    for line in body {
        let Condition::Sentence { negated, atom, .. } = &line.condition else {
            continue;
        };
        let truth = truth != (*negated != line.unless);
        let sentence = &book.vocabulary.sentences[atom.sentence];
        if !seen.insert((atom.sentence, truth)) {
            continue;
        }
        match sentence.class {
            Class::ClosedFact | Class::OpenFact if !sentence.changed_by.is_empty() => {
                facts.insert((atom.sentence, truth));
            }
            Class::Concept | Class::Finding => {
                let rules = book
                    .rules
                    .iter()
                    .filter(|rule| rule.head.sentence == atom.sentence);
                rules.for_each(|rule| reach(book, &rule.body, truth, facts, seen));
            }
            _ => {}
        }
    }
}

/// Whether two versions of a rulebook ever differ, on the cases found for either. `None` where they do, or where no case
/// could be put to both.
#[must_use]
pub fn never_differ(
    old: (&Rulebook, &Plan, &Deep),
    new: (&Rulebook, &Plan, &Deep),
    limits: Limits<'_>,
) -> Option<Finding> {
    let mut impact = Impact::of(Blocks::default());
    for ((book, plan, own), (other, other_plan, _)) in [(old, new), (new, old)] {
        for case in &own.samples {
            let theirs = translated(case, book, other)?;
            let one = Side { book, plan, case };
            let two = Side {
                book: other,
                plan: other_plan,
                case: &theirs,
            };
            impact.add(one, two, limits);
            if impact.same != impact.cases || !impact.not_judged.is_empty() {
                return None;
            }
        }
    }
    (impact.cases > 0).then_some(Finding::NeverDiffer {
        cases: impact.cases,
    })
}

/// A case in the words of another rulebook; `None` where it lacks one.
fn translated(case: &Case, from: &Rulebook, to: &Rulebook) -> Option<Case> {
    let mut values = to.values.clone();
    let mut cast = crate::rulebook::Cast::default();
    for (member, kinds) in &case.cast.members {
        let kinds = kinds.iter().map(|kind| {
            let name = &from.vocabulary.kinds[*kind].name;
            to.vocabulary.kind_by_name.get(name).copied()
        });
        let member = values.intern(case.values.get(*member).clone());
        cast.members
            .push((member, kinds.collect::<Option<Vec<_>>>()?));
    }
    let mut stated = Vec::new();
    for line in &case.stated {
        let key = from.vocabulary.sentences[line.sentence].key();
        let (sentence, opposite) = *to.vocabulary.by_key.get(key)?;
        let own = line
            .values
            .iter()
            .map(|value| value.map(|value| values.intern(case.values.get(value).clone())));
        let own = own.collect();
        stated.push(Stated {
            sentence: (!opposite).then_some(sentence)?,
            values: own,
            ..line.clone()
        });
    }
    Some(Case {
        name: case.name.clone(),
        values,
        cast,
        stated,
        ..Case::default()
    })
}
