//! What would settle verdicts, what would make them right, and why something is not so, for programs. In: judged worlds and
//! answers; out: view types.

use super::faults::FaultView;
use crate::engine::Thing;
use crate::explain::{Below, CaseJudged, Complying, Need, NeedRole, Settling, Way, WorldJudged};
use crate::judge::Instance;
use crate::plan::Origin;
use crate::present::questions::{Asked, becomes, lines, replies};
use crate::present::telling::Telling;
use crate::present::wording::Words;
use crate::rulebook::{NormId, Role};
use crate::value::{Status, StatusSet};
use schemars::JsonSchema;
use serde::Serialize;

/// What `settle --format json` gives.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SettlingFile {
    /// `fiducia/settle/1`.
    pub schema: &'static str,
    /// One for each case, option and supposition.
    pub worlds: Vec<SettlingWorld>,
    /// What stopped a rulebook or a case.
    pub faults: Vec<FaultView>,
}

/// One world of a case.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SettlingWorld {
    /// The case.
    pub case: String,
    /// The option taken.
    pub option: Option<String>,
    /// The supposition made.
    pub suppose: Option<String>,
    /// The verdicts asked about.
    pub verdicts: Vec<SettlingView>,
}

/// Whose verdict.
#[derive(Debug, Serialize, JsonSchema)]
pub struct InstanceView {
    /// `duty`, `ideal` or `concern`.
    pub sort: &'static str,
    /// Its name.
    pub name: String,
    /// Who owes it, or whom it is about.
    pub by: Option<String>,
    /// To whom.
    pub to: Option<String>,
    /// About what.
    pub about: Option<String>,
    /// Toward whom.
    pub toward: Option<String>,
}

/// What would settle a verdict.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SettlingView {
    /// Whose.
    pub verdict: InstanceView,
    /// The statuses still possible.
    pub statuses: Vec<&'static str>,
    /// The open sentences that matter.
    pub open: Vec<String>,
    /// The smallest sets of questions that settle it.
    pub sets: Vec<SetView>,
    /// The status it has whichever way all that is open turns out.
    pub either_way: Option<&'static str>,
    /// How the search was limited, if it was.
    pub limited: Option<LimitView>,
    /// Open sentences with several unknown numbers, which are not asked for.
    pub left_as_is: Vec<String>,
}

/// Questions that settle a verdict together.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SetView {
    /// The sentences to ask about, in the order in which to ask.
    pub ask: Vec<QuestionAsked>,
    /// What each way of answering leaves.
    pub answers: Vec<AnswersView>,
}

/// A question.
#[derive(Debug, Serialize, JsonSchema)]
pub struct QuestionAsked {
    /// The sentence.
    pub sentence: String,
    /// As a question.
    pub question: String,
}

/// Some answers and what they leave.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AnswersView {
    /// The answers; a question that is not in it need not be asked then.
    pub given: Vec<GivenAnswer>,
    /// The statuses left.
    pub statuses: Vec<&'static str>,
}

/// An answer.
#[derive(Debug, Serialize, JsonSchema)]
pub struct GivenAnswer {
    /// The sentence.
    pub sentence: String,
    /// `yes`, `no`, or where its number lies.
    pub answer: String,
}

/// How a search was limited.
#[derive(Debug, Serialize, JsonSchema)]
pub struct LimitView {
    /// How many open sentences matter.
    pub matter: usize,
    /// Sets of fewer than so many were all ruled out.
    pub below: usize,
}

/// What `comply --format json` gives.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ComplyingFile {
    /// `fiducia/comply/1`.
    pub schema: &'static str,
    /// One for each case, option and supposition.
    pub worlds: Vec<ComplyingWorld>,
    /// What stopped a rulebook or a case.
    pub faults: Vec<FaultView>,
}

/// One world of a case.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ComplyingWorld {
    /// The case.
    pub case: String,
    /// The option taken.
    pub option: Option<String>,
    /// The supposition made.
    pub suppose: Option<String>,
    /// The verdicts asked about.
    pub verdicts: Vec<ComplyingView>,
}

/// What would make a verdict right.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ComplyingView {
    /// Whose.
    pub verdict: InstanceView,
    /// The statuses still possible.
    pub statuses: Vec<&'static str>,
    /// The sets of changes that make it right, best first.
    pub repairs: Vec<RepairView>,
    /// Whether nothing that the bearer can change would do it.
    pub out_of_reach: bool,
    /// Whether the search stopped at its limit.
    pub limited: bool,
    /// Whether sets with several numbers were left out that make it right only as these stand to each other.
    pub only_together: bool,
    /// Facts with several numbers, which are not changed.
    pub left_as_is: Vec<String>,
}

/// A set of changes.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RepairView {
    /// The facts as they would be.
    pub changes: Vec<String>,
    /// The statuses then possible.
    pub statuses: Vec<&'static str>,
    /// Whether no other duty may be violated that could not be before.
    pub harmless: bool,
    /// What else then differs.
    pub effects: Vec<EffectView>,
}

/// Another verdict that differs.
#[derive(Debug, Serialize, JsonSchema)]
pub struct EffectView {
    /// Whose.
    pub verdict: InstanceView,
    /// The statuses before.
    pub before: Vec<&'static str>,
    /// The statuses after.
    pub after: Vec<&'static str>,
}

/// What `explain --why-not --format json` gives.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WhyNotFile {
    /// `fiducia/why-not/1`.
    pub schema: &'static str,
    /// One for each case, option and supposition.
    pub worlds: Vec<WhyNotWorld>,
    /// What stopped a rulebook or a case.
    pub faults: Vec<FaultView>,
}

/// One world of a case.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WhyNotWorld {
    /// The case.
    pub case: String,
    /// The option taken.
    pub option: Option<String>,
    /// The supposition made.
    pub suppose: Option<String>,
    /// What is not so.
    pub not_so: Vec<NotSoView>,
}

/// Something that is not so.
#[derive(Debug, Serialize, JsonSchema)]
pub struct NotSoView {
    /// The sentence, where one was asked about.
    pub sentence: Option<String>,
    /// Whose verdict, where one was.
    pub verdict: Option<InstanceView>,
    /// The statuses it may have, or the sentence's truth.
    pub is: Vec<&'static str>,
    /// What was asked for: a status, or `true`.
    pub wanted: &'static str,
    /// The ways to it, nearest first.
    pub ways: Vec<WayView>,
}

/// A way in which it could have been so.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WayView {
    /// How many lines fail, or stand in the way.
    pub failed: usize,
    /// How many are open.
    pub open: usize,
    /// What is needed.
    pub needs: Vec<NeedView>,
    /// Why the first line that fails does: what it says, and the ways to that.
    pub below: Option<Box<NotSoView>>,
}

/// Something that is needed.
#[derive(Debug, Serialize, JsonSchema)]
pub struct NeedView {
    /// `rule`, `arises`, `broken`, `kept`, `acts`, or `does not act`.
    pub what: &'static str,
    /// The name of the rule, exemption, excuse or priority.
    pub name: Option<String>,
    /// Whether it is as needed: `true`, `false` or `unknown`.
    pub is: &'static str,
    /// Its lines.
    pub lines: Vec<NeedLine>,
}

/// A line.
#[derive(Debug, Serialize, JsonSchema)]
pub struct NeedLine {
    /// As it is.
    pub text: String,
    /// `met`, `fails`, `open` or `not asked`.
    pub state: &'static str,
}

pub(super) fn words(statuses: StatusSet) -> Vec<&'static str> {
    statuses.iter().map(Status::word).collect()
}

pub(super) fn instance(words: &Words<'_>, norm: NormId, parties: &[Option<Thing>]) -> InstanceView {
    let declared = &words.book.norms[norm];
    let party = |role: Role| {
        let at = declared
            .parties
            .iter()
            .position(|party| party.role == role)?;
        parties
            .get(at)
            .copied()
            .flatten()
            .map(|thing| words.thing(thing))
    };
    InstanceView {
        sort: declared.sort.word(),
        name: declared.name.clone(),
        by: party(Role::Bearer),
        to: party(Role::To),
        about: party(Role::About),
        toward: party(Role::Toward),
    }
}

pub(super) fn branches(case: &CaseJudged<'_>, world: &WorldJudged<'_>) -> [Option<String>; 2] {
    [world.option, world.suppose].map(|at| at.map(|at| case.case.branches[at].name.clone()))
}

/// What would settle the verdicts of one world.
#[must_use]
pub fn settling_world(
    case: &CaseJudged<'_>,
    world: &WorldJudged<'_>,
    found: &[Settling],
) -> SettlingWorld {
    let telling = Telling::new(case.book, case.case, world, None);
    let [option, suppose] = branches(case, world);
    let view = |one: &Settling| SettlingView {
        verdict: instance(
            &telling.words,
            telling.verdict(one.at).norm,
            &world.parties(one.at),
        ),
        statuses: words(telling.verdict(one.at).statuses),
        open: one
            .open
            .iter()
            .map(|open| telling.words.sentence(&open.reading))
            .collect(),
        sets: one
            .sets
            .iter()
            .map(|set| SetView {
                ask: set
                    .members
                    .iter()
                    .map(|which| QuestionAsked {
                        sentence: telling.words.sentence(&one.open[*which].reading),
                        question: telling.words.question(&one.open[*which].reading),
                    })
                    .collect(),
                answers: set
                    .outcomes
                    .iter()
                    .map(|outcome| AnswersView {
                        given: replies(&telling, one, outcome)
                            .into_iter()
                            .map(|(sentence, answer)| GivenAnswer { sentence, answer })
                            .collect(),
                        statuses: words(outcome.statuses),
                    })
                    .collect(),
            })
            .collect(),
        either_way: one.either_way.map(Status::word),
        limited: one.limited.map(|limited| LimitView {
            matter: limited.matter,
            below: limited.below,
        }),
        left_as_is: one
            .pairs
            .iter()
            .map(|own| telling.words.sentence(own))
            .collect(),
    };
    SettlingWorld {
        case: case.case.name.clone(),
        option,
        suppose,
        verdicts: found.iter().map(view).collect(),
    }
}

/// What `settle` found.
#[must_use]
pub fn settling(worlds: Vec<SettlingWorld>, faults: Vec<FaultView>) -> SettlingFile {
    SettlingFile {
        schema: "fiducia/settle/1",
        worlds,
        faults,
    }
}

/// What would make the verdicts of one world right.
#[must_use]
pub fn complying_world(
    case: &CaseJudged<'_>,
    world: &WorldJudged<'_>,
    found: &[Complying],
) -> ComplyingWorld {
    let telling = Telling::new(case.book, case.case, world, None);
    let [option, suppose] = branches(case, world);
    let run = world.judged.run();
    let of = |own: &Instance| {
        let parties: Vec<Option<Thing>> = own.parties.iter().map(|cell| run.thing(*cell)).collect();
        instance(&telling.words, own.norm, &parties)
    };
    let view = |one: &Complying| ComplyingView {
        verdict: instance(
            &telling.words,
            telling.verdict(one.at).norm,
            &world.parties(one.at),
        ),
        statuses: words(telling.verdict(one.at).statuses),
        repairs: one
            .repairs
            .iter()
            .map(|repair| RepairView {
                changes: repair
                    .changes
                    .iter()
                    .map(|turn| becomes(&telling.words, turn))
                    .collect(),
                statuses: words(repair.statuses),
                harmless: repair.is_harmless(),
                effects: repair
                    .effects
                    .iter()
                    .map(|effect| EffectView {
                        verdict: of(&effect.instance),
                        before: words(effect.before),
                        after: words(effect.after),
                    })
                    .collect(),
            })
            .collect(),
        out_of_reach: one.out_of_reach,
        limited: one.limited,
        only_together: one.together,
        left_as_is: one
            .pairs
            .iter()
            .map(|own| telling.words.sentence(own))
            .collect(),
    };
    ComplyingWorld {
        case: case.case.name.clone(),
        option,
        suppose,
        verdicts: found.iter().map(view).collect(),
    }
}

/// What `comply` found.
#[must_use]
pub fn complying(worlds: Vec<ComplyingWorld>, faults: Vec<FaultView>) -> ComplyingFile {
    ComplyingFile {
        schema: "fiducia/comply/1",
        worlds,
        faults,
    }
}

/// Why something is not so in one world.
#[must_use]
pub fn why_not_world(case: &CaseJudged<'_>, world: &WorldJudged<'_>, asked: &Asked) -> WhyNotWorld {
    let words_of = Words::of(case.book, case.case);
    let [option, suppose] = branches(case, world);
    let ways = |all: &[Way]| all.iter().map(|one| way(case, world, one)).collect();
    let not_so = match asked {
        Asked::Sentence(reading, all) => vec![NotSoView {
            sentence: Some(words_of.sentence(reading)),
            verdict: None,
            is: vec![reading.truth.word()],
            wanted: "true",
            ways: ways(all),
        }],
        Asked::Statuses(all) => all
            .iter()
            .map(|one| NotSoView {
                sentence: None,
                verdict: Some(instance(&words_of, one.norm, &one.parties)),
                is: words(one.statuses),
                wanted: one.wanted.word(),
                ways: ways(&one.ways),
            })
            .collect(),
    };
    WhyNotWorld {
        case: case.case.name.clone(),
        option,
        suppose,
        not_so,
    }
}

fn way(case: &CaseJudged<'_>, world: &WorldJudged<'_>, one: &Way) -> WayView {
    let words_of = Words::of(case.book, case.case);
    let ways = |all: &[Way]| all.iter().map(|own| way(case, world, own)).collect();
    let below = one.below.as_ref().map(|below| match below {
        Below::Sentence(reading, all) => NotSoView {
            sentence: Some(words_of.sentence(reading)),
            verdict: None,
            is: vec![reading.truth.word()],
            wanted: "true",
            ways: ways(all),
        },
        Below::Verdict(read, wanted, all) => NotSoView {
            sentence: None,
            verdict: Some(instance(&words_of, read.norm, &read.parties)),
            is: words(read.statuses),
            wanted: wanted.word(),
            ways: ways(all),
        },
    });
    WayView {
        failed: one.failed,
        open: one.open,
        needs: one
            .steps
            .iter()
            .map(|step| need(case, world, step))
            .collect(),
        below: below.map(Box::new),
    }
}

fn need(case: &CaseJudged<'_>, world: &WorldJudged<'_>, one: &Need) -> NeedView {
    let words_of = Words::of(case.book, case.case);
    let (what, name) = match one.role {
        NeedRole::Rule => (
            "rule",
            match one.ground.origin {
                Origin::Rule(rule) => Some(case.book.rules[rule].name.clone()),
                _ => None,
            },
        ),
        NeedRole::Arises => ("arises", None),
        NeedRole::Broken => ("broken", None),
        NeedRole::Kept => ("kept", None),
        NeedRole::Acts(defeater) => ("acts", Some(words_of.defeater(defeater))),
        NeedRole::Silent(defeater) => ("does not act", Some(words_of.defeater(defeater))),
    };
    NeedView {
        what,
        name,
        is: one.truth.word(),
        lines: lines(case, world, one)
            .into_iter()
            .map(|(text, state)| NeedLine { text, state })
            .collect(),
    }
}

/// What `explain --why-not` found.
#[must_use]
pub fn why_not(worlds: Vec<WhyNotWorld>, faults: Vec<FaultView>) -> WhyNotFile {
    WhyNotFile {
        schema: "fiducia/why-not/1",
        worlds,
        faults,
    }
}
