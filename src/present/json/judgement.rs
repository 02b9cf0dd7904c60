//! Judged cases for programs. In: judged cases; out: a [`JudgementFile`]. Decides nothing.

use super::faults::FaultView;
use super::judgement_view::{
    CiteView, ConcernView, DilemmaView, DutyNamed, DutyView, ExceptionView, FindingView, IdealView,
    JudgementFile, JudgementView, PartView, QuestionView, RulebookView, SentenceTruth,
};
use super::schemas::of;
use crate::engine::Evidence;
use crate::explain::{CaseJudged, Exception, WorldJudged};
use crate::graph::block;
use crate::judge::{By, Instance};
use crate::present::report::assumptions;
use crate::present::telling::{Telling, deciding};
use crate::present::wording::standing;
use crate::rulebook::{Citation, Role, Rulebook};
use crate::value::{NormSort, Status, StatusSet, Truth};

/// Judged cases as one file; `all`: also what is not engaged.
#[must_use]
pub fn judgement(judged: &[&CaseJudged<'_>], faults: Vec<FaultView>, all: bool) -> JudgementFile {
    let mut file = JudgementFile {
        schema: "fiducia/judgement/1",
        judgements: Vec::new(),
        dilemmas: Vec::new(),
        faults,
    };
    for case in judged {
        for world in case.shown().filter(|world| world.is_judged()) {
            file.judgements.push(View { case, world, all }.judgement());
        }
        file.dilemmas.extend(dilemmas(case));
    }
    file
}

/// The schema of the file.
#[must_use]
pub fn judgement_schema() -> String {
    of::<JudgementFile>()
}

struct View<'v> {
    case: &'v CaseJudged<'v>,
    world: &'v WorldJudged<'v>,
    all: bool,
}

impl<'v> View<'v> {
    fn branch(&self, at: Option<usize>) -> Option<String> {
        at.and_then(|at| self.case.case.branches.get(at))
            .map(|branch| branch.name.clone())
    }

    fn telling(&self) -> Telling<'v> {
        Telling::new(self.case.book, self.case.case, self.world, Some(0))
    }

    fn judgement(&self) -> JudgementView {
        let book = self.case.book;
        let outcome = self.world.option.filter(|_| self.world.suppose.is_none());
        let outcome = outcome.and_then(|at| {
            let outcomes = self.case.weighed.outcomes.iter();
            let mut own = outcomes.filter(|(option, _)| *option == at);
            own.next().map(|(_, outcome)| outcome.word())
        });
        let telling = self.telling();
        let mut view = JudgementView {
            case: self.case.case.name.clone(),
            option: self.branch(self.world.option),
            suppose: self.branch(self.world.suppose),
            rulebook: RulebookView {
                name: book.name.clone(),
                version: book.version.clone(),
                sha256: book.sha256().to_owned(),
            },
            outcome,
            duties: Vec::new(),
            ideals: Vec::new(),
            concerns: Vec::new(),
            findings: self.findings(&telling),
            decides_nothing: self.decides_nothing(&telling),
            assumes: Vec::new(),
        };
        for (at, verdict) in self.world.judged.verdicts().iter().enumerate() {
            let absent = StatusSet::only(Status::NotEngaged);
            let no_concern = StatusSet::only(Status::NotRaised);
            if !self.all && (verdict.statuses == absent || verdict.statuses == no_concern) {
                continue;
            }
            match book.norms[verdict.norm].sort {
                NormSort::Duty => {
                    view.duties.push(self.duty(at));
                    if !verdict.silent {
                        self.assume(&telling, at, &mut view.assumes);
                    }
                }
                NormSort::Ideal => view.ideals.push(self.ideal(at)),
                NormSort::Concern => view.concerns.push(self.concern(at)),
            }
        }
        view
    }

    fn party(&self, at: usize, role: Role) -> Option<String> {
        let verdict = &self.world.judged.verdicts()[at];
        let norm = &self.case.book.norms[verdict.norm];
        let place = norm.parties.iter().position(|party| party.role == role)?;
        let thing = self.world.parties(at).get(place).copied().flatten()?;
        Some(self.telling().words.thing(thing))
    }

    fn duty(&self, at: usize) -> DutyView {
        let verdict = &self.world.judged.verdicts()[at];
        let grounds = &self.world.grounds[at];
        let norm = &self.case.book.norms[verdict.norm];
        let mut telling = self.telling();
        let instance = Instance {
            norm: verdict.norm,
            parties: verdict.parties.to_vec(),
        };
        let option = self.world.option.is_some();
        DutyView {
            duty: norm.name.clone(),
            owed_by: self.party(at, Role::Bearer).unwrap_or_default(),
            owed_to: self.party(at, Role::To),
            about: self.party(at, Role::About),
            toward: self.party(at, Role::Toward),
            statuses: words(verdict.statuses),
            parts: self.parts(at),
            by: self.by(&telling, &verdict.by),
            silent: verdict.silent,
            repaired: verdict.repaired,
            either_way: self.world.either_way[at].is_some(),
            either_way_status: self.world.either_way[at].map(Status::word),
            standing: option && self.case.weighed.standing.contains(&instance),
            cites: cites(self.case.book, &norm.cites),
            because: telling.because(at),
            reasons: norm.because.clone(),
            turns_on: self.turns_on(&telling, at),
            exceptions: grounds
                .exceptions
                .iter()
                .map(|one| self.exception(&telling, one))
                .collect(),
            otherwise: grounds
                .otherwise
                .iter()
                .map(|change| telling.change(verdict, change))
                .collect(),
            questions: grounds
                .questions
                .iter()
                .map(|question| QuestionView {
                    sentence: telling.words.exact().sentence(&question.reading),
                    question: telling.words.question(&question.reading),
                    ask: telling.whom(question),
                    part: question
                        .part
                        .and_then(|part| norm.parts.get(part)?.name.clone()),
                    if_true: question.if_so.map(words),
                    if_false: question.if_not.map(words),
                })
                .collect(),
            advice: telling.advice(at),
        }
    }

    fn parts(&self, at: usize) -> Vec<PartView> {
        let verdict = &self.world.judged.verdicts()[at];
        let norm = &self.case.book.norms[verdict.norm];
        let telling = self.telling();
        verdict
            .parts
            .iter()
            .zip(&norm.parts)
            .map(|(own, part)| PartView {
                part: part.name.clone().unwrap_or_default(),
                statuses: words(own.statuses),
                by: self.by(&telling, &own.by),
            })
            .collect()
    }

    fn by(&self, telling: &Telling<'_>, by: &[By]) -> Vec<String> {
        by.iter()
            .map(|by| telling.words.defeater_parts(by.defeater).1.to_owned())
            .collect()
    }

    /// The facts at the ends of what makes it arise and of its tests.
    fn turns_on(&self, telling: &Telling<'_>, at: usize) -> Vec<SentenceTruth> {
        let grounds = &self.world.grounds[at];
        let mut lines: Vec<&Evidence> = grounds.arises.lines.iter().collect();
        for part in telling.telling_parts(at) {
            for ground in part.arises.iter().chain(&part.test) {
                lines.extend(deciding(&ground.lines));
            }
        }
        let stated = &self.world.judged.record().stated;
        let mut found: Vec<SentenceTruth> = Vec::new();
        for line in lines {
            for leaf in self.world.steps.leaves_of_line(line) {
                let sentence = telling.words.exact().sentence(leaf.reading);
                if found.iter().all(|known| known.sentence != sentence) {
                    found.push(SentenceTruth {
                        sentence,
                        truth: leaf.reading.truth.word(),
                        standing: standing(&telling.words, leaf.reading, stated, true),
                    });
                }
            }
        }
        found
    }

    fn exception(&self, telling: &Telling<'_>, one: &Exception) -> ExceptionView {
        let block = block(self.case.book, one.ground.origin);
        let (kind, name) = telling.words.defeater_parts(one.defeater);
        let demands = |truth: Truth| -> Vec<String> {
            let lines = one.ground.lines.iter();
            lines
                .filter(|line| line.truth == Some(truth))
                .map(|line| telling.teller.demand(line, block.vars))
                .collect()
        };
        ExceptionView {
            name: name.to_owned(),
            kind,
            applies: one.truth.word(),
            failed: demands(Truth::False),
            unknown: demands(Truth::Unknown),
        }
    }

    fn ideal(&self, at: usize) -> IdealView {
        let verdict = &self.world.judged.verdicts()[at];
        let norm = &self.case.book.norms[verdict.norm];
        IdealView {
            ideal: norm.name.clone(),
            whose: self.party(at, Role::Bearer).unwrap_or_default(),
            toward: self.party(at, Role::Toward),
            about: self.party(at, Role::About),
            statuses: words(verdict.statuses),
            parts: self.parts(at),
            silent: verdict.silent,
            cites: cites(self.case.book, &norm.cites),
        }
    }

    fn concern(&self, at: usize) -> ConcernView {
        let verdict = &self.world.judged.verdicts()[at];
        let norm = &self.case.book.norms[verdict.norm];
        ConcernView {
            concern: norm.name.clone(),
            about: self.party(at, Role::Bearer).unwrap_or_default(),
            toward: self.party(at, Role::Toward),
            statuses: words(verdict.statuses),
            silent: verdict.silent,
            cites: cites(self.case.book, &norm.cites),
        }
    }

    fn findings(&self, telling: &Telling<'_>) -> Vec<FindingView> {
        let mut found = Vec::new();
        for one in &self.world.findings {
            if let crate::engine::Found::Sentence { reading, .. } = &one.line.found {
                found.push(FindingView {
                    sentence: telling.words.exact().sentence(reading),
                    truth: one.finding.truth.word(),
                    silent: one.finding.silent,
                });
            }
        }
        found
    }

    fn decides_nothing(&self, telling: &Telling<'_>) -> Vec<String> {
        let vocabulary = &self.case.book.vocabulary;
        let stated = self.world.judged.record().stated.iter();
        stated
            .filter(|line| {
                let declared = &vocabulary.sentences[line.sentence];
                declared.decides_nothing.is_some()
            })
            .map(|line| telling.words.stated(line))
            .collect()
    }

    fn assume(&self, telling: &Telling<'_>, at: usize, into: &mut Vec<String>) {
        for reading in assumptions(telling, at) {
            let words = match reading.standing {
                crate::engine::Standing::Default => {
                    format!(
                        "{} (the rulebook's default)",
                        telling.words.reading(&reading)
                    )
                }
                _ => telling.teller.said(&reading).0,
            };
            if !into.contains(&words) {
                into.push(words);
            }
        }
    }
}

fn words(statuses: StatusSet) -> Vec<&'static str> {
    statuses.iter().map(Status::word).collect()
}

fn cites(book: &Rulebook, cites: &[Citation]) -> Vec<CiteView> {
    cites
        .iter()
        .map(|cite| {
            let source = &book.sources[cite.source];
            let jurisdiction = cite.jurisdiction.as_ref();
            let confidence = cite.confidence.as_ref();
            CiteView {
                source: source.id.clone(),
                title: source.title.clone(),
                place: cite.place.clone().unwrap_or_default(),
                jurisdiction: jurisdiction.or(source.jurisdiction.as_ref()).cloned(),
                confidence: confidence.or(source.confidence.as_ref()).cloned(),
            }
        })
        .collect()
}

fn dilemmas(case: &CaseJudged<'_>) -> Vec<DilemmaView> {
    let Some(world) = case.worlds.first() else {
        return Vec::new();
    };
    let named = |instance: &Instance| {
        let norm = &case.book.norms[instance.norm];
        let party = |role: Role| {
            let at = norm.parties.iter().position(|party| party.role == role)?;
            let value = instance.parties.get(at)?.value()?;
            Some(world.judged.record().values.get(value).to_string())
        };
        DutyNamed {
            duty: norm.name.clone(),
            owed_by: party(Role::Bearer).unwrap_or_default(),
            owed_to: party(Role::To),
            about: party(Role::About),
            toward: party(Role::Toward),
        }
    };
    case.weighed
        .dilemmas
        .iter()
        .map(|dilemma| {
            let options = dilemma
                .first_violated
                .iter()
                .chain(&dilemma.second_violated);
            DilemmaView {
                case: case.case.name.clone(),
                duties: vec![named(&dilemma.first), named(&dilemma.second)],
                options: options
                    .map(|at| case.case.branches[*at].name.clone())
                    .collect(),
            }
        })
        .collect()
}
