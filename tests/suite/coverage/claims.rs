//! What a line of the table claims, and what a judged case shows of it. In: `duty "care" in "skill" is violated` and the
//! like, and the cases of the bank; out: whether it is so. Knows no line of the table.

use fiducia::bank::test::test_case;
use fiducia::engine::{Journal, Limits, Memory, Recorder, Silent};
use fiducia::judge::{self, Defeater, Judgement, Weighed};
use fiducia::plan::Origin;
use fiducia::rulebook::{DefeatId, DefeatSort, NormId, Outcome, PriorityId, RuleId, Rulebook};
use fiducia::session::{OpenCase, Session};
use fiducia::value::{Status, StatusSet, Truth};
use std::collections::{BTreeMap, BTreeSet};

/// A block, and for a duty, ideal or concern what is to become of it.
pub enum Claim {
    /// The rule applies.
    Rule(RuleId),
    /// The exemption or excuse acts.
    Defeat(DefeatId),
    /// The priority acts.
    Priority(PriorityId),
    /// An instance arises; with a status, surely has it, as a whole or in a part.
    Norm(NormId, Option<usize>, Option<Status>),
}

impl Claim {
    /// Reads a claim.
    pub fn read(book: &Rulebook, text: &str) -> Result<Self, String> {
        let unread = || format!("cannot read {text}");
        let missing = || format!("no such block: {text}");
        let (sort, rest) = text.split_once(" \"").ok_or_else(unread)?;
        let (name, rest) = rest.split_once('"').ok_or_else(unread)?;
        let found = match sort {
            "rule" => book
                .rules
                .ids()
                .find(|id| book.rules[*id].name == name)
                .map(Self::Rule),
            "priority" => {
                let mut ids = book.priorities.ids();
                ids.find(|id| book.priorities[*id].name == name)
                    .map(Self::Priority)
            }
            "exemption" | "excuse" => {
                let meant = if sort == "excuse" {
                    DefeatSort::Excuse
                } else {
                    DefeatSort::Exemption
                };
                let is = |id: &DefeatId| {
                    book.defeats[*id].name == name && book.defeats[*id].sort == meant
                };
                book.defeats.ids().find(is).map(Self::Defeat)
            }
            _ => {
                let is = |id: &NormId| {
                    book.norms[*id].name == name && book.norms[*id].sort.word() == sort
                };
                let norm = book.norms.ids().find(is).ok_or_else(missing)?;
                return Self::norm(book, norm, rest.trim()).ok_or_else(unread);
            }
        };
        if rest.is_empty() {
            found.ok_or_else(missing)
        } else {
            Err(unread())
        }
    }

    /// Reads what follows the name: `in "part"`, `is STATUS` or `falls short`.
    fn norm(book: &Rulebook, norm: NormId, rest: &str) -> Option<Self> {
        let (part, rest) = match rest.strip_prefix("in \"") {
            Some(named) => {
                let (part, rest) = named.split_once('"')?;
                let parts = &book.norms[norm].parts;
                let at = parts
                    .iter()
                    .position(|own| own.name.as_deref() == Some(part))?;
                (Some(at), rest.trim())
            }
            None => (None, rest),
        };
        let status = match rest.strip_prefix("is ").unwrap_or(rest) {
            "" => None,
            word => Some(Status::read(word)?),
        };
        Some(Self::Norm(norm, part, status))
    }

    /// The reasons that its block gives.
    pub fn reasons<'a>(&self, book: &'a Rulebook) -> &'a [String] {
        match self {
            Self::Rule(id) => &book.rules[*id].because,
            Self::Defeat(id) => &book.defeats[*id].because,
            Self::Priority(id) => &book.priorities[*id].because,
            Self::Norm(id, ..) => &book.norms[*id].because,
        }
    }
}

/// A verdict: the norm, whether it surely arises, the statuses of the whole and of each part.
type Shown = (NormId, bool, StatusSet, Vec<StatusSet>);

/// What a judged case shows: all that surely fired, and the verdicts.
#[derive(Clone, Default)]
pub struct Found {
    rules: BTreeSet<RuleId>,
    defeaters: BTreeSet<Defeater>,
    verdicts: Vec<Shown>,
}

impl Found {
    fn of(judged: &Judgement<'_, Journal>) -> Self {
        let run = judged.run();
        let mut found = Self::default();
        for firing in run.recorder().firings() {
            if let Origin::Rule(id) = run.plan.joins[firing.join].origin
                && firing.truth == Truth::True
            {
                found.rules.insert(id);
            }
        }
        for verdict in judged.verdicts() {
            let parts = verdict.parts.iter();
            let by = verdict
                .by
                .iter()
                .chain(parts.clone().flat_map(|part| &part.by));
            let sure = by
                .filter(|by| by.truth == Truth::True)
                .map(|by| by.defeater);
            found.defeaters.extend(sure);
            found.verdicts.push((
                verdict.norm,
                verdict.engaged == Truth::True,
                verdict.statuses,
                parts.map(|part| part.statuses).collect(),
            ));
        }
        found
    }

    /// Whether some instance of the norm, or of the part, may have more than one status.
    pub fn leaves_open(&self, claim: &Claim) -> bool {
        let Claim::Norm(id, part, _) = claim else {
            return false;
        };
        self.verdicts.iter().any(|(norm, _, whole, parts)| {
            let statuses = part.map_or(Some(whole), |part| parts.get(part));
            norm == id && statuses.is_some_and(|set| set.determined().is_none())
        })
    }

    /// Whether the case shows it, surely.
    pub fn bears_out(&self, claim: &Claim) -> bool {
        match claim {
            Claim::Rule(id) => self.rules.contains(id),
            Claim::Defeat(id) => self.defeaters.contains(&Defeater::Defeat(*id)),
            Claim::Priority(id) => self.defeaters.contains(&Defeater::Priority(*id)),
            Claim::Norm(id, part, status) => {
                self.verdicts.iter().any(|(norm, engaged, whole, parts)| {
                    let statuses = part.map_or(Some(whole), |part| parts.get(part));
                    norm == id
                        && match status {
                            None => *engaged,
                            Some(status) => statuses == Some(&StatusSet::only(*status)),
                        }
                })
            }
        }
    }
}

/// The cases of the rulebook by name, judged when asked for.
pub struct Bank<'a> {
    cases: BTreeMap<&'a str, OpenCase<'a>>,
    found: BTreeMap<String, Found>,
    book: &'a Rulebook,
}

impl<'a> Bank<'a> {
    /// The bank of a session.
    pub fn of(session: &'a Session) -> Self {
        let cases = session.cases().map(|open| (open.case.name.as_str(), open));
        Self {
            cases: cases.collect(),
            found: BTreeMap::new(),
            book: session.first_rulebook().expect("the rulebook stands"),
        }
    }

    /// The rulebook.
    pub fn book(&self) -> &'a Rulebook {
        self.book
    }

    fn case(&self, name: &str) -> Result<&OpenCase<'a>, String> {
        self.cases
            .get(name)
            .ok_or_else(|| format!("no case is called {name:?}"))
    }

    /// What a case shows, by its name and that of its option or supposition.
    pub fn found(&mut self, name: &str) -> Result<Found, String> {
        if let Some(found) = self.found.get(name) {
            return Ok(found.clone());
        }
        let (case, branch) = match name.split_once(" | ") {
            Some((case, branch)) => (case, Some(branch)),
            None => (name, None),
        };
        let open = self.case(case)?;
        let at = match branch {
            None => None,
            Some(branch) => {
                let is = |own: &fiducia::rulebook::Branch| {
                    let word = if own.option { "option" } else { "suppose" };
                    format!("{word} {}", own.name) == branch
                };
                let at = open.case.branches.iter().position(is);
                Some(at.ok_or_else(|| format!("{case:?} has no {branch:?}"))?)
            }
        };
        let worlds = judge::worlds(&open.book.vocabulary, open.case);
        let world = worlds
            .iter()
            .find(|world| world.option.or(world.suppose) == at);
        let world = world.ok_or_else(|| format!("nothing is judged as {name:?}"))?;
        let judged = judge::judge::<Journal>(
            open.book,
            open.plan,
            &world.record,
            Memory::default(),
            Limits::default(),
        );
        if !judged.faults().is_empty() || judged.stopped().is_some() {
            return Err(format!("{name:?} cannot be judged"));
        }
        let found = Found::of(&judged);
        self.found.insert(name.to_owned(), found.clone());
        Ok(found)
    }

    /// What the options of a case come to.
    pub fn weighed(&self, name: &str) -> Result<Weighed, String> {
        let open = self.case(name)?;
        let mut judged = Vec::new();
        let worlds = judge::worlds(&open.book.vocabulary, open.case);
        for world in &worlds {
            if let Some(option) = world.option {
                let (memory, limits) = (Memory::<Silent>::default(), Limits::default());
                let one = judge::judge(open.book, open.plan, &world.record, memory, limits);
                judged.push((option, one));
            }
        }
        let options: Vec<_> = judged.iter().map(|(at, one)| (*at, one)).collect();
        Ok(judge::weigh(open.case, &options))
    }

    /// The options of a case by name, each with its outcome.
    pub fn outcomes(&self, name: &str) -> Result<Vec<(String, Outcome)>, String> {
        let open = self.case(name)?;
        let weighed = self.weighed(name)?;
        let named = weighed.outcomes.iter();
        Ok(named
            .map(|(at, outcome)| (open.case.branches[*at].name.clone(), *outcome))
            .collect())
    }

    /// Whether a case expects something, and all it expects is so.
    pub fn expectations_hold(&self, name: &str) -> Result<(), String> {
        let case = name.split_once(" | ").map_or(name, |(case, _)| case);
        let open = self.case(case)?;
        let test = test_case(open.book, open.plan, open.case, Limits::default());
        if test.results.is_empty() {
            Err(format!("{case:?} expects nothing"))
        } else if test.passed() {
            Ok(())
        } else {
            Err(format!("what {case:?} expects is not so"))
        }
    }
}
