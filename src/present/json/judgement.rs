//! Judged cases for programs. In: judged cases; out: view types with the same parts as the report, under the same names.
//! Keys may be added, none renamed; `docs/schema/judgement.schema.json` is made from these types.

use super::faults::FaultView;
use crate::engine::Evidence;
use crate::explain::{CaseJudged, Exception, WorldJudged};
use crate::graph::block;
use crate::judge::{By, Instance};
use crate::present::report::assumptions;
use crate::present::telling::{Telling, deciding};
use crate::present::wording::standing;
use crate::rulebook::{Citation, Role, Rulebook};
use crate::value::{NormSort, Status, StatusSet, Truth};
use schemars::JsonSchema;
use serde::Serialize;

/// What `judge --format json` gives.
#[derive(Debug, Serialize, JsonSchema)]
pub struct JudgementFile {
    /// `fiducia/judgement/1`.
    pub schema: &'static str,
    /// One for each case, option and supposition that was judged and is shown.
    pub judgements: Vec<JudgementView>,
    /// Pairs of duties that cannot both be kept, with no priority between them.
    pub dilemmas: Vec<DilemmaView>,
    /// What stopped a rulebook or a case.
    pub faults: Vec<FaultView>,
}

/// One judged world of a case.
#[derive(Debug, Serialize, JsonSchema)]
pub struct JudgementView {
    /// The case.
    pub case: String,
    /// The option taken.
    pub option: Option<String>,
    /// The supposition made.
    pub suppose: Option<String>,
    /// By which rulebook.
    pub rulebook: RulebookView,
    /// `permissible`, `impermissible` or `open`; of an option only.
    pub outcome: Option<&'static str>,
    /// Duties that are or may be engaged.
    pub duties: Vec<DutyView>,
    /// Ideals that apply or may apply.
    pub ideals: Vec<IdealView>,
    /// Concerns that are or may be raised.
    pub concerns: Vec<ConcernView>,
    /// Findings that hold or may hold.
    pub findings: Vec<FindingView>,
    /// Stated sentences that decide nothing.
    pub decides_nothing: Vec<String>,
    /// What was taken as so because nobody said otherwise.
    pub assumes: Vec<String>,
}

/// A rulebook.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RulebookView {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// SHA-256 over the canonical text of all modules.
    pub sha256: String,
}

/// A duty of somebody.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DutyView {
    /// Its name.
    pub duty: String,
    /// Who owes it.
    pub owed_by: String,
    /// To whom.
    pub owed_to: Option<String>,
    /// About what.
    pub about: Option<String>,
    /// Toward whom.
    pub toward: Option<String>,
    /// The statuses still possible; one where the verdict is determined.
    pub statuses: Vec<&'static str>,
    /// Its named parts.
    pub parts: Vec<PartView>,
    /// The exemptions, excuses and priorities behind its statuses.
    pub by: Vec<String>,
    /// Whether nothing the record states bears on it beyond that it is owed.
    pub silent: bool,
    /// Whether all that followed from its breach was done.
    pub repaired: bool,
    /// Whether it has one status whichever way the unknowns turn out.
    pub either_way: bool,
    /// That status.
    pub either_way_status: Option<&'static str>,
    /// Whether it is violated whatever is chosen, so that it does not count for the outcome.
    pub standing: bool,
    /// Its sources.
    pub cites: Vec<CiteView>,
    /// Why it is owed and on what it turns, in sentences.
    pub because: Vec<String>,
    /// The author's reasons for the duty.
    pub reasons: Vec<String>,
    /// The sentences on which it turns.
    pub turns_on: Vec<SentenceTruth>,
    /// Every exemption, excuse and priority that was considered.
    pub exceptions: Vec<ExceptionView>,
    /// The nearest changes that would have made it otherwise.
    pub otherwise: Vec<String>,
    /// What is not known and matters.
    pub questions: Vec<QuestionView>,
    /// What to do.
    pub advice: Option<String>,
}

/// A part of a duty or ideal.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PartView {
    /// Its name.
    pub part: String,
    /// The statuses still possible.
    pub statuses: Vec<&'static str>,
    /// The exemptions, excuses and priorities behind them.
    pub by: Vec<String>,
}

/// A citation.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CiteView {
    /// The source's short name.
    pub source: String,
    /// What it is.
    pub title: String,
    /// Where in it; empty where the whole is meant.
    pub place: String,
    /// Where it is law.
    pub jurisdiction: Option<String>,
    /// How far to trust it.
    pub confidence: Option<String>,
}

/// A sentence with its truth.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SentenceTruth {
    /// The sentence as declared.
    pub sentence: String,
    /// `true`, `false` or `unknown`.
    pub truth: &'static str,
    /// How it stands: `stated`, `stipulated`, `not stated, taken as false`, …
    pub standing: String,
}

/// An exemption, excuse or priority that was considered.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ExceptionView {
    /// Its name.
    pub name: String,
    /// `exemption`, `excuse` or `priority`.
    pub kind: &'static str,
    /// `true`, `false` or `unknown`.
    pub applies: &'static str,
    /// Every condition that fails.
    pub failed: Vec<String>,
    /// Every condition that is not known.
    pub unknown: Vec<String>,
}

/// A question.
#[derive(Debug, Serialize, JsonSchema)]
pub struct QuestionView {
    /// The sentence that is not known.
    pub sentence: String,
    /// The question.
    pub question: String,
    /// Whom to ask, or whose judgement it is.
    pub ask: Option<String>,
    /// The part it is about.
    pub part: Option<String>,
    /// The statuses left if it is so.
    pub if_true: Option<Vec<&'static str>>,
    /// The statuses left if it is not.
    pub if_false: Option<Vec<&'static str>>,
}

/// An ideal.
#[derive(Debug, Serialize, JsonSchema)]
pub struct IdealView {
    /// Its name.
    pub ideal: String,
    /// Whose.
    #[serde(rename = "for")]
    pub whose: String,
    /// Toward whom.
    pub toward: Option<String>,
    /// About what.
    pub about: Option<String>,
    /// The statuses still possible.
    pub statuses: Vec<&'static str>,
    /// Its named parts.
    pub parts: Vec<PartView>,
    /// Whether nothing the record states bears on it.
    pub silent: bool,
    /// Its sources.
    pub cites: Vec<CiteView>,
}

/// A concern.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ConcernView {
    /// Its name.
    pub concern: String,
    /// About whom.
    pub about: String,
    /// Toward whom.
    pub toward: Option<String>,
    /// The statuses still possible.
    pub statuses: Vec<&'static str>,
    /// Whether nothing the record states bears on it.
    pub silent: bool,
    /// Its sources.
    pub cites: Vec<CiteView>,
}

/// A finding.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FindingView {
    /// The sentence.
    pub sentence: String,
    /// `true` or `unknown`.
    pub truth: &'static str,
    /// Whether it is unknown and nothing the record states bears on it.
    pub silent: bool,
}

/// Two duties that cannot both be kept.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DilemmaView {
    /// The case.
    pub case: String,
    /// The two.
    pub duties: Vec<DutyNamed>,
    /// The options in which one of them is violated and the other not.
    pub options: Vec<String>,
}

/// A duty by its parties.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DutyNamed {
    /// Its name.
    pub duty: String,
    /// Who owes it.
    pub owed_by: String,
    /// To whom.
    pub owed_to: Option<String>,
    /// About what.
    pub about: Option<String>,
    /// Toward whom.
    pub toward: Option<String>,
}

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
    let schema = schemars::schema_for!(JudgementFile);
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
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
                sha256: book.sha256.clone(),
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
            parties: verdict.parties.clone(),
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
                    sentence: telling.words.sentence(&question.reading),
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
                let sentence = telling.words.sentence(leaf.reading);
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
                    sentence: telling.words.sentence(reading),
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
