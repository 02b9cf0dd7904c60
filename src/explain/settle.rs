//! What would settle an undecided verdict: the smallest sets of open sentences whose every answer leaves one status, with the
//! result of each answer; for a number the cut points. In: a judged world and a verdict; out: a [`Settling`]. Every answer is
//! judged. Knows no words.

use super::again::{Again, Fact, Said, Saying, is_fact};
use super::behind::Behind;
use super::cuts::{Range, pieces};
use super::questions::{Whom, whom};
use crate::engine::{Cell, Journal, Limits, Probe, Reading, Thing};
use crate::judge::{Judgement, Verdict, either_way};
use crate::rulebook::{Given, NormId, SentenceId};
use crate::value::{IndexVec, Status, StatusSet, Truth};

/// Of more open sentences than this it is said how the search was limited, should it be.
pub const A_DOZEN: usize = 12;

/// Most open sentences that are looked at.
const MOST_OPEN: usize = 120;

/// Most judgings of one search.
const MOST_JUDGED: usize = 1500;

/// Sets of so many sentences are put into the order that is told most shortly.
const MOST_ORDERED: usize = 3;

/// What would settle a verdict.
#[derive(Clone, Debug)]
pub struct Settling {
    /// The verdict, by position.
    pub at: usize,
    /// The open sentences that matter.
    pub open: Vec<Open>,
    /// The smallest sets that settle it, in the order of their sentences.
    pub sets: Vec<SettlingSet>,
    /// The status it has whichever way all of them turn out.
    pub either_way: Option<Status>,
    /// How the search was limited, if it was.
    pub limited: Option<Limited>,
}

/// An open sentence.
#[derive(Clone, Debug)]
pub struct Open {
    /// As a fact.
    pub fact: Fact,
    /// As it is.
    pub reading: Reading,
    /// Whom to ask.
    pub whom: Option<Whom>,
}

/// Open sentences whose every answer leaves one status.
#[derive(Clone, Debug, PartialEq)]
pub struct SettlingSet {
    /// Their positions among the open ones, in the order in which to ask.
    pub members: Vec<usize>,
    /// What each way of answering leaves; an answer that decides alone stands alone.
    pub outcomes: Vec<Outcome>,
}

/// What some answers leave.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The answers, by position among the open sentences.
    pub replies: Vec<(usize, Reply)>,
    /// What is then left.
    pub statuses: StatusSet,
}

/// An answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reply {
    /// It is so.
    Yes,
    /// It is not.
    No,
    /// A number within this range.
    Within(Range),
}

/// How a search was limited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limited {
    /// How many open sentences matter.
    pub matter: usize,
    /// Sets of fewer than so many were all ruled out.
    pub below: usize,
}

/// What would settle a verdict; nothing is searched where it is settled already.
#[must_use]
pub fn settle(judged: &Judgement<'_, Journal>, at: usize) -> Settling {
    settle_among(judged, at, &|_| true)
}

/// The same by those open sentences alone that may be asked.
#[must_use]
pub fn settle_among(
    judged: &Judgement<'_, Journal>,
    at: usize,
    may_be_asked: &dyn Fn(&Open) -> bool,
) -> Settling {
    let verdict = &judged.verdicts()[at];
    let mut found = Settling {
        at,
        open: Vec::new(),
        sets: Vec::new(),
        either_way: None,
        limited: None,
    };
    if verdict.statuses.len() < 2 {
        return found;
    }
    let behind = Behind::of(judged.book(), judged.run().plan, verdict.norm);
    found.open = open(judged, verdict, &behind);
    found.open.retain(may_be_asked);
    found.either_way = either_way(judged, verdict, A_DOZEN, Limits::default());
    let mut again = Again::of(judged);
    let facts: Vec<Fact> = found.open.iter().map(|open| open.fact.clone()).collect();
    let mut search = Search {
        again: &mut again,
        norm: verdict.norm,
        parties: &verdict.parties,
        facts: &facts,
        learns: !behind.asks_unknown,
    };
    let (sets, limited) = search.smallest();
    found.sets = sets.into_iter().map(|set| search.told(&set)).collect();
    found.limited = limited;
    found
}

/// The open sentences that may bear on a verdict, in the order in which they were read.
#[must_use]
pub fn open(judged: &Judgement<'_, Journal>, verdict: &Verdict, behind: &Behind<'_>) -> Vec<Open> {
    let run = judged.run();
    let none = IndexVec::new();
    let probe = Probe::new(run, &none);
    let mut found: Vec<Open> = Vec::new();
    for (rel, cells) in run.asked() {
        let sentence = SentenceId(rel.0);
        let key = run.plan.relations[*rel].key;
        let values: Given = cells
            .iter()
            .enumerate()
            .map(|(at, cell)| cell.value().filter(|_| key >> at & 1 == 1))
            .collect();
        let ground = (0..values.len()).all(|at| key >> at & 1 == 0 || values[at].is_some());
        // Of two numbers in one sentence nobody can be asked as of one.
        let numbers = values.iter().filter(|value| value.is_none()).count();
        if !ground
            || numbers > 1
            || !is_fact(&judged.book().vocabulary, sentence)
            || !behind.bears(sentence, &values, &verdict.parties)
        {
            continue;
        }
        let fact = Fact { sentence, values };
        if found.len() < MOST_OPEN && found.iter().all(|open| open.fact != fact) {
            let slots: Vec<Option<Thing>> = fact
                .values
                .iter()
                .map(|value| value.map(Thing::Value))
                .collect();
            let reading = probe.read(sentence, &slots);
            found.push(Open {
                whom: whom(judged, verdict, &reading),
                reading,
                fact,
            });
        }
    }
    found
}

/// A set of open sentences, one bit each.
type Bits = u128;

struct Search<'s, 'a> {
    again: &'s mut Again<'a>,
    norm: NormId,
    parties: &'s [Cell],
    facts: &'s [Fact],
    /// Whether learning a fact never changes what is determined.
    learns: bool,
}

impl Search<'_, '_> {
    /// Every settling set of the smallest size.
    fn smallest(&mut self) -> (Vec<Bits>, Option<Limited>) {
        let matter = self.facts.len();
        let mut clauses: Vec<Bits> = Vec::new();
        let mut settling: Vec<Bits> = Vec::new();
        let mut size = 1;
        while size <= matter {
            let Some(next) = hitting(&clauses, size, matter, &settling) else {
                if settling.is_empty() {
                    size += 1;
                    continue;
                }
                settling.sort_by_key(|set| members(*set));
                return (settling, None);
            };
            if self.again.count > MOST_JUDGED {
                let below = size;
                return (settling, Some(Limited { matter, below }));
            }
            match self.refuted(&members(next), &mut Vec::new()) {
                None => settling.push(next),
                Some(sayings) => {
                    let clause = self.clause(next, sayings);
                    if clause == 0 {
                        // Everything answered, and still not decided.
                        return (Vec::new(), None);
                    }
                    clauses.push(clause);
                }
            }
        }
        (Vec::new(), None)
    }

    fn statuses(&mut self, sayings: &[Saying]) -> Option<StatusSet> {
        self.again.statuses(sayings, self.norm, self.parties)
    }

    /// Answers to these sentences that leave more than one status, if there are.
    fn refuted(&mut self, rest: &[usize], sayings: &mut Vec<Saying>) -> Option<Vec<Saying>> {
        if rest.is_empty() || self.learns {
            // What cannot be judged is no way in which it may turn out.
            let statuses = self.statuses(sayings)?;
            if statuses.len() < 2 && self.learns {
                return None;
            }
            if rest.is_empty() {
                return (statuses.len() > 1).then(|| sayings.clone());
            }
        }
        let (first, rest) = rest.split_first()?;
        for (_, said) in self.answers(*first, sayings) {
            sayings.push((self.facts[*first].clone(), said));
            let found = self.refuted(rest, sayings);
            sayings.pop();
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// The answers that a sentence can have beside others.
    fn answers(&mut self, which: usize, sayings: &[Saying]) -> Vec<(Reply, Said)> {
        let fact = &self.facts[which];
        if fact.is_number() {
            let pieces = pieces(self.again, fact, sayings);
            return pieces
                .into_iter()
                .map(|piece| (Reply::Within(piece.range), Said::Number(piece.sample)))
                .collect();
        }
        let vocabulary = &self.again.book.vocabulary;
        let taken = sayings.iter().any(|(other, said)| {
            *said == Said::Truth(Truth::True) && other.excludes(vocabulary, fact)
        });
        let no = (Reply::No, Said::Truth(Truth::False));
        if taken {
            vec![no]
        } else {
            vec![(Reply::Yes, Said::Truth(Truth::True)), no]
        }
    }

    /// Of answers that leave it open: the sentences of which at least one must be asked beside them. Where learning changes
    /// nothing determined, as many answers as possible are added that still leave it open.
    fn clause(&mut self, asked: Bits, mut sayings: Vec<Saying>) -> Bits {
        let all = if self.facts.len() == Bits::BITS as usize {
            Bits::MAX
        } else {
            (1 << self.facts.len()) - 1
        };
        let mut answered = asked;
        if !self.learns {
            // It rules out no set but itself: smaller ones were looked at before.
            return all & !answered;
        }
        for which in 0..self.facts.len() {
            if answered >> which & 1 == 1 {
                continue;
            }
            for (_, said) in self.answers(which, &sayings) {
                sayings.push((self.facts[which].clone(), said));
                if self.statuses(&sayings).is_some_and(|set| set.len() > 1) {
                    answered |= 1 << which;
                    break;
                }
                sayings.pop();
            }
        }
        all & !answered
    }

    /// A settling set with what each way of answering leaves, in the order that is told most shortly.
    fn told(&mut self, set: &Bits) -> SettlingSet {
        let given = members(*set);
        let mut best: Option<SettlingSet> = None;
        let orders = if given.len() <= MOST_ORDERED {
            permutations(&given)
        } else {
            vec![given]
        };
        for members in orders {
            let outcomes = self.outcomes(&members, &mut Vec::new(), &[]);
            if best
                .as_ref()
                .is_none_or(|best| outcomes.len() < best.outcomes.len())
            {
                best = Some(SettlingSet { members, outcomes });
            }
        }
        best.unwrap_or(SettlingSet {
            members: Vec::new(),
            outcomes: Vec::new(),
        })
    }

    fn outcomes(
        &mut self,
        rest: &[usize],
        sayings: &mut Vec<Saying>,
        replies: &[(usize, Reply)],
    ) -> Vec<Outcome> {
        let Some(statuses) = self.statuses(sayings) else {
            return Vec::new();
        };
        let decided = statuses.len() == 1 && self.learns;
        let (false, Some((first, rest))) = (decided, rest.split_first()) else {
            return vec![Outcome {
                replies: replies.to_vec(),
                statuses,
            }];
        };
        let mut groups: Vec<(Reply, Vec<Outcome>)> = Vec::new();
        for (reply, said) in self.answers(*first, sayings) {
            sayings.push((self.facts[*first].clone(), said));
            let own = self.outcomes(rest, sayings, &[]);
            sayings.pop();
            match (groups.last_mut(), reply) {
                // Stretches of a number with the same results are one.
                (Some((Reply::Within(before), outcomes)), Reply::Within(range))
                    if *outcomes == own =>
                {
                    *before = before.with(range);
                }
                _ => groups.push((reply, own)),
            }
        }
        let mut found = Vec::new();
        for (reply, outcomes) in groups {
            for outcome in outcomes {
                let mut all = replies.to_vec();
                all.push((*first, reply));
                all.extend(outcome.replies);
                found.push(Outcome {
                    replies: all,
                    statuses: outcome.statuses,
                });
            }
        }
        found
    }
}

fn members(set: Bits) -> Vec<usize> {
    (0..Bits::BITS as usize)
        .filter(|at| set >> at & 1 == 1)
        .collect()
}

/// A set of this size, out of so many sentences, that shares a sentence with each clause and is not known yet.
fn hitting(clauses: &[Bits], size: usize, of: usize, known: &[Bits]) -> Option<Bits> {
    fn go(
        (clauses, of, known): (&[Bits], usize, &[Bits]),
        left: usize,
        from: usize,
        set: Bits,
    ) -> Option<Bits> {
        let all = (clauses, of, known);
        match clauses.iter().find(|clause| *clause & set == 0) {
            None if left == 0 => (!known.contains(&set)).then_some(set),
            // Nothing says yet which one more: any will do, in order.
            None => (from..of)
                .filter(|which| set >> which & 1 == 0)
                .find_map(|which| go(all, left - 1, which + 1, set | 1 << which)),
            Some(_) if left == 0 => None,
            Some(clause) => members(*clause)
                .into_iter()
                .find_map(|which| go(all, left - 1, 0, set | 1 << which)),
        }
    }
    go((clauses, of, known), size, 0, 0)
}

fn permutations(of: &[usize]) -> Vec<Vec<usize>> {
    if of.is_empty() {
        return vec![Vec::new()];
    }
    let mut found = Vec::new();
    for at in 0..of.len() {
        let mut rest = of.to_vec();
        let first = rest.remove(at);
        for mut more in permutations(&rest) {
            more.insert(0, first);
            found.push(more);
        }
    }
    found
}
