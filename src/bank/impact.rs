//! What a change of the rules changes in past cases: verdicts, findings and outcomes of options, each with the blocks that
//! turned. In: one case checked and planned under two rulebooks; out: [`Impact`]. Two rulebooks share no id, so everything is
//! matched by its words. Knows no file.

use crate::engine::{Cell, Journal, Limits, Memory, Recorder};
use crate::judge::{self, Defeater, Judgement};
use crate::plan::{BlockId, Plan};
use crate::rulebook::{Case, DefeatSort, Outcome, Rulebook};
use crate::value::{Status, StatusSet};
use std::collections::{BTreeMap, BTreeSet};

/// A case under one rulebook.
#[derive(Clone, Copy, Debug)]
pub struct Side<'s> {
    /// The rulebook.
    pub book: &'s Rulebook,
    /// Its plan.
    pub plan: &'s Plan,
    /// The case, checked by it.
    pub case: &'s Case,
}

/// What one world of a case comes to, in words that mean the same under both rulebooks.
#[derive(Clone, Debug, Default)]
struct Told {
    /// Statuses by norm and parties, and the defeaters behind them.
    verdicts: BTreeMap<(String, Vec<String>), (StatusSet, Vec<String>)>,
    /// The blocks that fired for each instance of a norm, and all that fired, by name.
    fired: BTreeSet<String>,
}

/// A verdict that is another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turned {
    /// The case.
    pub case: String,
    /// Its option or supposition.
    pub branch: Option<String>,
    /// The duty, ideal or concern.
    pub norm: String,
    /// Its parties.
    pub of: Vec<String>,
    /// The statuses possible under the old rules; empty where it did not arise.
    pub before: StatusSet,
    /// Those under the new.
    pub after: StatusSet,
    /// Blocks that acted in this world under the old rules only, and that bear on it.
    pub gone: Vec<String>,
    /// Blocks that act under the new rules only.
    pub come: Vec<String>,
}

/// An option whose outcome is another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// The case.
    pub case: String,
    /// The option.
    pub option: String,
    /// Under the old rules.
    pub before: Outcome,
    /// Under the new.
    pub after: Outcome,
}

/// What a change of the rules changes.
#[derive(Clone, Debug, Default)]
pub struct Impact {
    /// Cases judged under both.
    pub cases: usize,
    /// Cases of which nothing changes.
    pub same: usize,
    /// Cases that one of the two cannot judge, with which: true is the new.
    pub not_judged: Vec<(String, bool)>,
    /// Verdicts that are others.
    pub verdicts: Vec<Turned>,
    /// Options whose outcomes are others.
    pub outcomes: Vec<Decided>,
    /// Blocks of the old rules that the new do not have, and that are written otherwise there.
    pub blocks: Blocks,
}

/// How the rules differ, block by block.
#[derive(Clone, Debug, Default)]
pub struct Blocks {
    /// Only in the old.
    pub removed: Vec<String>,
    /// Only in the new.
    pub added: Vec<String>,
    /// In both, and written otherwise.
    pub changed: Vec<String>,
}

impl Turned {
    /// Whether the verdict was determined and is another now.
    #[must_use]
    pub fn was_determined(&self) -> bool {
        self.before.determined().is_some()
    }
}

impl Impact {
    /// Of rules that differ so; no case is judged yet.
    #[must_use]
    pub fn of(blocks: Blocks) -> Self {
        Self {
            blocks,
            ..Self::default()
        }
    }

    /// Whether a determined verdict changed.
    #[must_use]
    pub fn is_grave(&self) -> bool {
        self.verdicts.iter().any(Turned::was_determined)
    }

    /// Judges a case under both rulebooks and adds what differs.
    pub fn add(&mut self, old: Side<'_>, new: Side<'_>, limits: Limits<'_>) {
        let name = old.case.name.clone();
        let (before, after) = match (told(old, limits), told(new, limits)) {
            (Some(before), Some(after)) => (before, after),
            (before, _) => {
                self.not_judged.push((name, before.is_some()));
                return;
            }
        };
        self.cases += 1;
        let so_far = self.verdicts.len() + self.outcomes.len();
        for (branch, was) in &before.worlds {
            let none = Told::default();
            let is = after.worlds.get(branch).unwrap_or(&none);
            self.compare(&name, branch.as_ref(), was, is, old.book, new.book);
        }
        for (option, was) in &before.outcomes {
            if let Some(is) = after.outcomes.get(option)
                && is != was
            {
                self.outcomes.push(Decided {
                    case: name.clone(),
                    option: option.clone(),
                    before: *was,
                    after: *is,
                });
            }
        }
        self.same += usize::from(self.verdicts.len() + self.outcomes.len() == so_far);
    }

    fn compare(
        &mut self,
        case: &str,
        branch: Option<&String>,
        was: &Told,
        is: &Told,
        old: &Rulebook,
        new: &Rulebook,
    ) {
        let all: BTreeSet<_> = was.verdicts.keys().chain(is.verdicts.keys()).collect();
        for key in all {
            let (before, before_by) = was.verdicts.get(key).cloned().unwrap_or_default();
            let (after, after_by) = is.verdicts.get(key).cloned().unwrap_or_default();
            let absent = |set: StatusSet| if set.is_empty() { nothing(&key.0) } else { set };
            if absent(before) == absent(after) {
                continue;
            }
            // What acted on one side only, or was changed and acts; where that is nothing, whatever changed of this norm.
            let touched = |blocks: &BTreeSet<String>, others: &BTreeSet<String>| -> Vec<String> {
                let own = blocks.iter().filter(|block| {
                    !others.contains(*block) || self.blocks.changed.contains(block)
                });
                own.filter(|block| self.blocks.names(block))
                    .cloned()
                    .collect()
            };
            let mut gone = touched(&was.fired, &is.fired);
            let mut come = touched(&is.fired, &was.fired);
            // Defeaters behind the verdict itself say most; they come first.
            put_first(&mut gone, &before_by, &after_by);
            put_first(&mut come, &after_by, &before_by);
            if gone.is_empty() && come.is_empty() {
                come = self.blocks.about(&key.0, old, new);
            }
            self.verdicts.push(Turned {
                case: case.to_owned(),
                branch: branch.cloned(),
                norm: key.0.clone(),
                of: key.1.clone(),
                before: absent(before),
                after: absent(after),
                gone,
                come,
            });
        }
    }
}

fn put_first(list: &mut Vec<String>, own: &[String], others: &[String]) {
    for block in own.iter().rev().filter(|block| !others.contains(block)) {
        list.retain(|other| other != block);
        list.insert(0, block.clone());
    }
}

/// What a norm that does not arise counts as.
fn nothing(norm: &str) -> StatusSet {
    StatusSet::only(if norm.starts_with("concern ") {
        Status::NotRaised
    } else {
        Status::NotEngaged
    })
}

/// A case under one rulebook.
struct CaseTold {
    worlds: BTreeMap<Option<String>, Told>,
    outcomes: BTreeMap<String, Outcome>,
}

/// `None` where some world cannot be judged.
fn told(side: Side<'_>, limits: Limits<'_>) -> Option<CaseTold> {
    let worlds = judge::worlds(&side.book.vocabulary, side.case);
    let mut judged: Vec<(usize, Judgement<'_, Journal>)> = Vec::new();
    let mut all = CaseTold {
        worlds: BTreeMap::new(),
        outcomes: BTreeMap::new(),
    };
    for world in &worlds {
        let memory = Memory::default();
        let one = judge::judge(side.book, side.plan, &world.record, memory, limits);
        if !one.faults().is_empty() || one.stopped().is_some() {
            return None;
        }
        let branch = world.option.or(world.suppose);
        let branch = branch.and_then(|at| side.case.branches.get(at));
        all.worlds.insert(
            branch.map(|branch| branch.name.clone()),
            of_world(side.book, &one),
        );
        if let Some(option) = world.option {
            judged.push((option, one));
        }
    }
    let options: Vec<(usize, &Judgement<'_, Journal>)> =
        judged.iter().map(|(at, one)| (*at, one)).collect();
    for (at, outcome) in judge::weigh(side.case, &options).outcomes {
        if let Some(branch) = side.case.branches.get(at) {
            all.outcomes.insert(branch.name.clone(), outcome);
        }
    }
    Some(all)
}

fn of_world(book: &Rulebook, judged: &Judgement<'_, Journal>) -> Told {
    let run = judged.run();
    let name = |cell: &Cell| {
        let value = cell
            .value()
            .map(|value| run.record.values.get(value).to_string());
        value.unwrap_or_default()
    };
    let mut told = Told::default();
    for verdict in judged.verdicts() {
        let by = verdict.by.iter().map(|by| match by.defeater {
            Defeater::Defeat(id) => block_name(book, BlockId::Defeat(id)),
            Defeater::Priority(id) => block_name(book, BlockId::Priority(id)),
        });
        let key = (
            block_name(book, BlockId::Norm(verdict.norm)),
            verdict.parties.iter().map(name).collect(),
        );
        told.verdicts.insert(key, (verdict.statuses, by.collect()));
    }
    for firing in run.recorder().firings() {
        let block = run.plan.joins[firing.join].origin.block();
        told.fired.insert(block_name(book, block));
    }
    told
}

/// The sort and the name of a block: the same under both rulebooks.
#[must_use]
pub fn block_name(book: &Rulebook, block: BlockId) -> String {
    match block {
        BlockId::Rule(id) => format!("rule \"{}\"", book.rules[id].name),
        BlockId::Norm(id) => format!("{} \"{}\"", book.norms[id].sort.word(), book.norms[id].name),
        BlockId::Defeat(id) => {
            let sort = match book.defeats[id].sort {
                DefeatSort::Exemption => "exemption",
                DefeatSort::Excuse => "excuse",
            };
            format!("{sort} \"{}\"", book.defeats[id].name)
        }
        BlockId::Priority(id) => format!("priority \"{}\"", book.priorities[id].name),
    }
}

impl Blocks {
    /// Whether a block differs.
    fn names(&self, block: &str) -> bool {
        let mut all = self.removed.iter().chain(&self.added).chain(&self.changed);
        all.any(|name| name == block)
    }

    /// What differs and belongs to a norm: itself, and what defeats it.
    fn about(&self, norm: &str, old: &Rulebook, new: &Rulebook) -> Vec<String> {
        let mut found = Vec::new();
        for book in [old, new] {
            let own = BlockId::all(book).into_iter().filter(|block| match block {
                BlockId::Norm(id) => block_name(book, BlockId::Norm(*id)) == norm,
                BlockId::Defeat(id) => {
                    block_name(book, BlockId::Norm(book.defeats[*id].norm)) == norm
                }
                BlockId::Priority(id) => {
                    block_name(book, BlockId::Norm(book.priorities[*id].lower)) == norm
                }
                BlockId::Rule(_) => false,
            });
            for block in own {
                let name = block_name(book, block);
                if self.names(&name) && !found.contains(&name) {
                    found.push(name);
                }
            }
        }
        found
    }
}
