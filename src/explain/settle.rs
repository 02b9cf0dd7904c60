//! What would settle an undecided verdict: the smallest sets of open sentences whose every answer leaves one status, with the
//! result of each answer; for a number the cut points. In: a judged world and a verdict; out: a [`Settling`]. Every answer is
//! judged. Knows no words.

use super::again::{Again, Fact, Said, Saying, is_fact};
use super::behind::Behind;
use super::cuts::{Piece, Range, lattice, pieces};
use super::hitting::{Bits, hitting, members};
use super::questions::{Whom, whom};
use crate::engine::{Cell, Journal, Limits, Probe, Reading};
use crate::judge::{Judgement, Verdict, either_way};
use crate::rulebook::{Given, NormId, SentenceId};
use crate::value::{IndexVec, Status, StatusSet, Truth};

/// Of more open sentences than this it is said how the search was limited, should it be.
pub const A_DOZEN: usize = 12;

/// Most open sentences that are looked at.
const MOST_OPEN: usize = 120;

/// Most judgings after which one more set is tried.
const MOST_JUDGED: usize = 1500;

/// Most judgings of one search, wherever it stands: several numbers that cut each other can take any number of them.
const MOST_IN_ALL: usize = 6_000;

/// Most judgings to tell what each way of answering one set leaves.
const MOST_TO_TELL: usize = 5_000;

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
    /// Open sentences with several unknown numbers, which nobody can be asked for as one: they are left as they are.
    pub pairs: Vec<Reading>,
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
    /// What each way of answering leaves; an answer that decides alone stands alone. Empty where several numbers decide only
    /// by how they stand to each other: then no answer can be told apart by itself; and where the search was limited.
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
        pairs: Vec::new(),
    };
    if verdict.statuses.len() < 2 {
        return found;
    }
    let behind = Behind::of(judged.book(), judged.run().plan, verdict.norm);
    (found.open, found.pairs) = open_and_pairs(judged, verdict, &behind);
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
    search.again.allow(MOST_IN_ALL);
    let (sets, limited) = search.smallest();
    found.limited = limited;
    let matter = facts.len();
    for set in sets {
        search.again.allow(MOST_TO_TELL);
        let mut told = search.told(&set);
        if search.again.is_spent() {
            told.outcomes.clear();
            let below = told.members.len();
            found.limited = found.limited.or(Some(Limited { matter, below }));
        }
        found.sets.push(told);
    }
    found
}

/// The open sentences that may bear on a verdict, in the order in which they were read.
#[must_use]
pub fn open(judged: &Judgement<'_, Journal>, verdict: &Verdict, behind: &Behind<'_>) -> Vec<Open> {
    open_and_pairs(judged, verdict, behind).0
}

/// The same, and those with several unknown numbers.
fn open_and_pairs(
    judged: &Judgement<'_, Journal>,
    verdict: &Verdict,
    behind: &Behind<'_>,
) -> (Vec<Open>, Vec<Reading>) {
    let mut pairs: Vec<Reading> = Vec::new();
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
        let numbers = values.iter().filter(|value| value.is_none()).count();
        if !ground
            || !is_fact(&judged.book().vocabulary, sentence)
            || !behind.bears(sentence, &values, &verdict.parties)
        {
            continue;
        }
        let fact = Fact { sentence, values };
        if numbers > 1 {
            let reading = probe.read(sentence, &fact.slots());
            if !pairs.contains(&reading) {
                pairs.push(reading);
            }
            continue;
        }
        if found.len() < MOST_OPEN && found.iter().all(|open| open.fact != fact) {
            let reading = probe.read(sentence, &fact.slots());
            found.push(Open {
                whom: whom(judged, verdict, &reading),
                reading,
                fact,
            });
        }
    }
    (found, pairs)
}

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
            match self.refuted(&self.numbers_last(next), &mut Vec::new()) {
                // That none was found says nothing where the search was cut off.
                None if self.again.is_spent() => {
                    let below = size;
                    return (settling, Some(Limited { matter, below }));
                }
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
        if self.again.is_spent() {
            return None;
        }
        if rest.is_empty() || self.learns {
            // What cannot be judged is no way in which it may turn out; with more answers it may be judged.
            let statuses = self.statuses(sayings);
            if rest.is_empty() {
                return statuses
                    .filter(|own| own.len() > 1)
                    .map(|_| sayings.clone());
            }
            if statuses.is_some_and(|own| own.len() < 2) {
                return None;
            }
        }
        let (first, rest) = rest.split_first()?;
        if self.facts[*first].is_number() && !rest.is_empty() {
            let mut numbers = vec![*first];
            numbers.extend(rest);
            return self.refuted_by_numbers(&numbers, sayings);
        }
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

    /// The same by several numbers, all else answered: in every piece into which they cut each other.
    fn refuted_by_numbers(
        &mut self,
        numbers: &[usize],
        sayings: &mut Vec<Saying>,
    ) -> Option<Vec<Saying>> {
        let facts: Vec<&Fact> = numbers.iter().map(|at| &self.facts[*at]).collect();
        let all = [sayings.clone()];
        let cells = lattice(self.again, &facts, &all).unwrap_or_else(|once| once);
        self.refuted_in(numbers, &cells, sayings)
    }

    fn refuted_in(
        &mut self,
        numbers: &[usize],
        cells: &[Vec<Piece>],
        sayings: &mut Vec<Saying>,
    ) -> Option<Vec<Saying>> {
        if self.again.is_spent() {
            return None;
        }
        let (Some((first, numbers)), Some((own, cells))) =
            (numbers.split_first(), cells.split_first())
        else {
            let statuses = self.statuses(sayings)?;
            return (statuses.len() > 1).then(|| sayings.clone());
        };
        for piece in own {
            sayings.push((self.facts[*first].clone(), Said::Number(piece.sample)));
            let found = self.refuted_in(numbers, cells, sayings);
            sayings.pop();
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// The members of a set, numbers after all else: where they turn hangs on what else is answered.
    fn numbers_last(&self, set: Bits) -> Vec<usize> {
        let mut all = members(set);
        all.sort_by_key(|at| self.facts[*at].is_number());
        all
    }

    /// The answers that a sentence can have beside others.
    fn answers(&mut self, which: usize, sayings: &[Saying]) -> Vec<(Reply, Said)> {
        let fact = &self.facts[which];
        if fact.is_number() {
            return within(&pieces(self.again, fact, sayings));
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
                if self.again.is_spent() {
                    break;
                }
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
        let Some(cells) = self.cells(&given) else {
            return SettlingSet {
                members: given,
                outcomes: Vec::new(),
            };
        };
        let orders = if given.len() <= MOST_ORDERED {
            permutations(&given)
        } else {
            vec![given]
        };
        for members in orders {
            if self.again.is_spent() {
                break;
            }
            let outcomes = self.outcomes(&members, &mut Vec::new(), &[], &cells);
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

    /// The pieces of each number of a set, cut wherever it turns whatever the other answers are; `None` where numbers cannot be
    /// told apart.
    fn cells(&mut self, set: &[usize]) -> Option<Vec<(usize, Vec<Piece>)>> {
        let (numbers, others): (Vec<usize>, Vec<usize>) =
            set.iter().partition(|at| self.facts[**at].is_number());
        if numbers.is_empty() {
            return Some(Vec::new());
        }
        let mut all: Vec<Vec<Saying>> = vec![Vec::new()];
        for which in others {
            let mut longer = Vec::new();
            for sayings in all {
                for (_, said) in self.answers(which, &sayings) {
                    let mut own = sayings.clone();
                    own.push((self.facts[which].clone(), said));
                    longer.push(own);
                }
            }
            all = longer;
        }
        let facts: Vec<&Fact> = numbers.iter().map(|at| &self.facts[*at]).collect();
        let found = lattice(self.again, &facts, &all).ok()?;
        Some(numbers.into_iter().zip(found).collect())
    }

    fn outcomes(
        &mut self,
        rest: &[usize],
        sayings: &mut Vec<Saying>,
        replies: &[(usize, Reply)],
        cells: &[(usize, Vec<Piece>)],
    ) -> Vec<Outcome> {
        if self.again.is_spent() {
            return Vec::new();
        }
        let statuses = self.statuses(sayings);
        let decided = statuses.is_some_and(|own| own.len() == 1) && self.learns;
        let (false, Some((first, rest))) = (decided, rest.split_first()) else {
            let of = |statuses| Outcome {
                replies: replies.to_vec(),
                statuses,
            };
            return statuses.map(of).into_iter().collect();
        };
        let mut groups: Vec<(Reply, Vec<Outcome>)> = Vec::new();
        let answers = match cells.iter().find(|(which, _)| which == first) {
            Some((_, pieces)) => within(pieces),
            None => self.answers(*first, sayings),
        };
        for (reply, said) in answers {
            sayings.push((self.facts[*first].clone(), said));
            let own = self.outcomes(rest, sayings, &[], cells);
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

/// The answers that pieces of a number are.
fn within(pieces: &[Piece]) -> Vec<(Reply, Said)> {
    pieces
        .iter()
        .map(|piece| (Reply::Within(piece.range), Said::Number(piece.sample)))
        .collect()
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
