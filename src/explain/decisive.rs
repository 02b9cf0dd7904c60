//! What a line turns on: the sentences, comparisons and verdicts that make it hold, fail or stay open. In: evidence; out: its
//! decisive parts, those of groups included. Knows no words.

use crate::engine::{Evidence, Found, Member, Reading, Thing, VerdictRead};
use crate::rulebook::Count;
use crate::value::{StatusSet, Truth};

/// A part of a line that decides.
#[derive(Clone, Copy, Debug)]
pub enum Decisive<'e> {
    /// A sentence.
    Sentence(Turning<'e>),
    /// A comparison, as its line.
    Compare(&'e Evidence),
    /// A verdict, the statuses named, and whether it must be none of them.
    Verdict(&'e VerdictRead, StatusSet, bool),
}

/// A sentence on which a line turns.
#[derive(Clone, Copy, Debug)]
pub struct Turning<'e> {
    /// What was read.
    pub reading: &'e Reading,
    /// Whether the line holds where the sentence fails.
    pub must_fail: bool,
    /// Whether the line asks what is not known.
    pub asks_unknown: bool,
}

/// The decisive parts of a line, in order.
#[must_use]
pub fn decisive(line: &Evidence) -> Vec<Decisive<'_>> {
    let mut parts = Vec::new();
    of(line, line.unless, line.truth, &mut parts);
    parts
}

/// `turned`: the condition must fail; `truth`: what it contributes.
fn of<'e>(line: &'e Evidence, turned: bool, truth: Option<Truth>, into: &mut Vec<Decisive<'e>>) {
    match &line.found {
        Found::Sentence {
            negated, reading, ..
        } => into.push(Decisive::Sentence(Turning {
            reading,
            must_fail: *negated != turned,
            asks_unknown: false,
        })),
        Found::NotKnown(readings) => into.extend(readings.iter().map(|reading| {
            Decisive::Sentence(Turning {
                reading,
                must_fail: turned,
                asks_unknown: true,
            })
        })),
        Found::Verdict {
            negated,
            statuses,
            read,
            ..
        } => into.extend(
            read.iter()
                .map(|one| Decisive::Verdict(one, *statuses, *negated != turned)),
        ),
        Found::Compare { .. } => into.push(Decisive::Compare(line)),
        Found::Let { .. } | Found::NotReached => {}
        Found::AnyOf(bullets) => {
            // What holds is held up by what holds; what fails, by all of it failing.
            let holds = own_truth(turned, truth);
            for bullet in bullets {
                let counts = match holds {
                    Some(Truth::True) => bullet.truth == Some(Truth::True),
                    Some(Truth::Unknown) => bullet.truth == Some(Truth::Unknown),
                    _ => true,
                };
                if counts {
                    of(bullet, turned != bullet.unless, bullet.truth, into);
                }
            }
        }
        Found::Quantified { count, members, .. } => {
            let against = !matches!(count, Count::AtLeast(_));
            let picked = pick(members);
            for member in picked {
                lines(&member.lines, turned != against, member.truth, into);
            }
        }
        Found::Fold { members, .. } => {
            for member in members {
                lines(&member.lines, turned, member.truth, into);
            }
        }
        Found::Every { members, .. } => {
            let holds = own_truth(turned, truth);
            for member in members {
                let counts = match holds {
                    Some(Truth::False) => member.truth == Truth::False,
                    Some(Truth::Unknown) => member.truth == Truth::Unknown,
                    _ => true,
                };
                if counts {
                    lines(&member.lines, turned, member.truth, into);
                }
            }
        }
    }
}

/// What the condition itself came to.
fn own_truth(turned: bool, contributes: Option<Truth>) -> Option<Truth> {
    contributes.map(|truth| if turned { truth.negate() } else { truth })
}

/// Sure members if there are any, else possible ones, else the nearest.
fn pick(members: &[Member]) -> Vec<&Member> {
    for truth in [Truth::True, Truth::Unknown, Truth::False] {
        let picked: Vec<&Member> = members.iter().filter(|one| one.truth == truth).collect();
        if !picked.is_empty() {
            return picked;
        }
    }
    Vec::new()
}

/// The lines of a body that decide its truth.
fn lines<'e>(body: &'e [Evidence], turned: bool, truth: Truth, into: &mut Vec<Decisive<'e>>) {
    for line in deciding(body, truth) {
        of(line, turned != line.unless, line.truth, into);
    }
}

/// Of a body that holds all lines, of one that fails those that fail, else those that are unknown; where what is unknown is a
/// comparison, also the lines that give numbers of which only a range is known.
#[must_use]
pub fn deciding(body: &[Evidence], truth: Truth) -> Vec<&Evidence> {
    let unknown = |line: &&Evidence| line.truth == Some(Truth::Unknown);
    let compares = body
        .iter()
        .filter(unknown)
        .any(|line| matches!(line.found, Found::Compare { .. }));
    body.iter()
        .filter(|line| match truth {
            Truth::True => true,
            Truth::False => line.truth == Some(Truth::False),
            Truth::Unknown => unknown(line) || compares && is_vague(line),
        })
        .collect()
}

/// Whether a line reads a number of which only a range is known.
fn is_vague(line: &Evidence) -> bool {
    let mut readings = Vec::new();
    line.readings(&mut readings);
    readings.iter().any(|(reading, _)| {
        reading.truth == Truth::True
            && reading
                .slots
                .iter()
                .any(|slot| matches!(slot, Some(Thing::Number(number)) if number.exact().is_none()))
    })
}

/// The least truth of some lines; a line that could not be asked counts as failing.
#[must_use]
pub fn truth_of(body: &[Evidence]) -> Truth {
    body.iter()
        .map(|line| line.truth.unwrap_or(Truth::False))
        .fold(Truth::True, Truth::and)
}
