//! Where a number would have to lie for something to turn: its cut points. In: a fact with a number, and what else is stated;
//! out: points and open stretches in each of which every comparison comes out the same. The points are found by judging: a
//! comparison turns where its two sides meet, and where that is follows from a few values of the number. Knows no words.

use super::again::{Again, Fact, Said, Saying};
use crate::value::{Interval, Number};

/// Most cut points that are looked for.
const MOST_CUTS: usize = 60;

/// How often a stretch is halved where a side is no straight line.
const MOST_HALVINGS: usize = 24;

/// Values of a number that lie together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Range {
    /// Where they begin, and whether that value is among them; `None` without bound.
    pub low: Option<(Number, bool)>,
    /// Where they end, and whether that value is among them; `None` without bound.
    pub high: Option<(Number, bool)>,
    /// Whether both ends are exact.
    pub exact: bool,
}

/// A point or an open stretch, and a value in it.
#[derive(Clone, Copy, Debug)]
pub struct Piece {
    /// Its values.
    pub range: Range,
    /// One of them.
    pub sample: Number,
}

impl Range {
    /// Whether a value is in it.
    #[must_use]
    pub fn has(&self, value: Number) -> bool {
        let low = self
            .low
            .is_none_or(|(low, is_in)| low < value || is_in && low == value);
        let high = self
            .high
            .is_none_or(|(high, is_in)| value < high || is_in && high == value);
        low && high
    }

    /// Both, where the other follows on it.
    #[must_use]
    pub fn with(self, next: Self) -> Self {
        Self {
            low: self.low,
            high: next.high,
            exact: self.exact && next.exact,
        }
    }
}

/// A cut point, and whether it is exact.
type Cut = (Number, bool);

/// The pieces into which a fact's number falls, in order, with these sayings.
pub fn pieces(again: &mut Again<'_>, fact: &Fact, sayings: &[Saying]) -> Vec<Piece> {
    let domain = again.range(fact);
    let mut cuts: Vec<Cut> = domain.low.into_iter().map(|low| (low, true)).collect();
    if domain.high != domain.low {
        cuts.extend(domain.high.map(|high| (high, true)));
    }
    let mut search = Search {
        again,
        fact,
        sayings,
    };
    // Where it cannot be judged at all, as by a division, it is a place of its own.
    let zero = Number::zero();
    let inside =
        domain.low.is_none_or(|low| low < zero) && domain.high.is_none_or(|high| zero < high);
    if inside && search.gaps(zero).is_none() {
        cuts.push((zero, true));
        cuts.sort_by_key(|(value, _)| *value);
    }
    let mut done: Vec<(Option<Number>, Option<Number>)> = Vec::new();
    loop {
        let stretches = stretches(&cuts, domain);
        let Some(next) = stretches
            .into_iter()
            .find(|stretch| !done.contains(stretch))
        else {
            break;
        };
        let mut news = search.roots(next);
        news.retain(|(value, _)| cuts.iter().all(|(known, _)| known != value));
        if news.is_empty() || cuts.len() >= MOST_CUTS {
            done.push(next);
            continue;
        }
        cuts.extend(news);
        cuts.sort_by_key(|(value, _)| *value);
        cuts.dedup_by_key(|(value, _)| *value);
    }
    laid_out(&cuts, domain)
}

/// The open stretches between cuts, within the domain.
fn stretches(cuts: &[Cut], domain: Interval) -> Vec<(Option<Number>, Option<Number>)> {
    let mut found = Vec::new();
    let mut before: Option<Number> = None;
    for (value, _) in cuts {
        if before.is_some() || domain.low.is_none() {
            found.push((before, Some(*value)));
        }
        before = Some(*value);
    }
    if domain.high.is_none() {
        found.push((before, None));
    }
    found
}

fn laid_out(cuts: &[Cut], domain: Interval) -> Vec<Piece> {
    let exact = |value: Option<Number>| {
        value.is_none_or(|value| cuts.iter().any(|(own, exact)| *own == value && *exact))
    };
    let mut found: Vec<Piece> = Vec::new();
    let point = |value: Number| Piece {
        range: Range {
            low: Some((value, true)),
            high: Some((value, true)),
            exact: exact(Some(value)),
        },
        sample: value,
    };
    for (low, high) in stretches(cuts, domain) {
        if let Some(low) = low
            && found.is_empty()
        {
            found.push(point(low));
        }
        if let Some([_, sample, _]) = samples(low, high) {
            found.push(Piece {
                range: Range {
                    low: low.map(|low| (low, false)),
                    high: high.map(|high| (high, false)),
                    exact: exact(low) && exact(high),
                },
                sample,
            });
        }
        found.extend(high.map(point));
    }
    if found.is_empty() {
        found.extend(cuts.first().map(|(value, _)| point(*value)));
    }
    found
}

/// Three values within an open stretch, in order.
fn samples(low: Option<Number>, high: Option<Number>) -> Option<[Number; 3]> {
    let whole = Number::whole;
    let found = match (low, high) {
        (Some(low), Some(high)) => {
            let width = high.subtract(low);
            let at = |share: i64| low.add(width?.multiply(whole(share))?.divide(whole(4))?);
            [at(1), at(2), at(3)]
        }
        (Some(low), None) => [1, 3, 1000].map(|more| low.add(whole(more))),
        (None, Some(high)) => [1000, 3, 1].map(|less| high.subtract(whole(less))),
        (None, None) => [-1000, 1, 1007].map(|value| Ok(whole(value))),
    };
    let [a, b, c] = found;
    Some([a.ok()?, b.ok()?, c.ok()?])
}

struct Search<'s, 'a> {
    again: &'s mut Again<'a>,
    fact: &'s Fact,
    sayings: &'s [Saying],
}

impl Search<'_, '_> {
    /// How far apart the sides of each comparison are where the number has this value.
    fn gaps(&mut self, value: Number) -> Option<Vec<Option<Number>>> {
        let mut sayings = self.sayings.to_vec();
        sayings.push((self.fact.clone(), Said::Number(value)));
        let sides = self.again.comparisons(&sayings)?;
        let gap = |a: Option<Number>, b: Option<Number>| a?.subtract(b?).ok();
        let both = |(left, right): &(Interval, Interval)| {
            [gap(left.high, right.low), gap(left.low, right.high)]
        };
        Some(sides.iter().flat_map(both).collect())
    }

    /// Where sides of comparisons meet within a stretch.
    fn roots(&mut self, (low, high): (Option<Number>, Option<Number>)) -> Vec<Cut> {
        let Some(at) = samples(low, high) else {
            return Vec::new();
        };
        let each = at.map(|value| self.gaps(value));
        let judged = each.iter().filter(|gaps| gaps.is_some()).count();
        if judged > 0 && judged < each.len() {
            let odd = at.iter().zip(&each).filter(|(_, gaps)| gaps.is_none());
            return odd.map(|(value, _)| (*value, true)).collect();
        }
        let [first, second, third] = each.map(Option::unwrap_or_default);
        let within = |value: &Number| {
            low.is_none_or(|low| low < *value) && high.is_none_or(|high| *value < high)
        };
        let mut found: Vec<Cut> = Vec::new();
        for (which, ((a, b), c)) in first.iter().zip(&second).zip(&third).enumerate() {
            let (Some(a), Some(b), Some(c)) = (*a, *b, *c) else {
                continue;
            };
            let root = match is_straight(at, [a, b, c]) {
                Some(true) => meets(at[0], a, at[2], c).map(|value| (value, true)),
                _ => self.halved(which, at, [a, b, c]),
            };
            found.extend(root.filter(|(value, _)| within(value)));
        }
        found.sort_by_key(|(value, exact)| (*value, !exact));
        found.dedup_by_key(|(value, _)| *value);
        found
    }

    /// Where a gap that is no straight line is nothing, between two values at which its sign differs: found by halving, and
    /// exact where the simplest number left is such a place.
    fn halved(&mut self, which: usize, at: [Number; 3], gap: [Number; 3]) -> Option<Cut> {
        let pairs = [(0, 1), (1, 2)];
        let turns = |(a, b): &(usize, usize)| {
            gap[*a].is_negative() != gap[*b].is_negative() && !gap[*a].is_zero()
        };
        let (a, b) = pairs.into_iter().find(turns)?;
        let (mut low, mut high, below) = (at[a], at[b], gap[a].is_negative());
        for _ in 0..MOST_HALVINGS {
            let middle = low.add(high).ok()?.divide(Number::whole(2)).ok()?;
            let own = self
                .gaps(middle)
                .and_then(|gaps| gaps.get(which).copied().flatten());
            let Some(own) = own else {
                // The comparison is not made there: that itself is a place where something turns.
                return Some((simplest(low, high)?, false));
            };
            if own.is_zero() {
                return Some((middle, true));
            }
            if own.is_negative() == below {
                low = middle;
            } else {
                high = middle;
            }
        }
        let value = simplest(low, high)?;
        let exact = self
            .gaps(value)
            .and_then(|gaps| gaps.get(which).copied().flatten());
        Some((value, exact.is_some_and(Number::is_zero)))
    }
}

/// Whether three points lie on a straight line; `None` beyond 38 digits.
fn is_straight(at: [Number; 3], gap: [Number; 3]) -> Option<bool> {
    let run = |from: usize, to: usize| at[to].subtract(at[from]).ok();
    let rise = |from: usize, to: usize| gap[to].subtract(gap[from]).ok();
    let left = rise(0, 1)?.multiply(run(0, 2)?).ok()?;
    Some(left == rise(0, 2)?.multiply(run(0, 1)?).ok()?)
}

/// Where the line through two points meets nothing.
fn meets(a: Number, gap_a: Number, b: Number, gap_b: Number) -> Option<Number> {
    let rise = gap_b.subtract(gap_a).ok()?;
    if rise.is_zero() {
        return None;
    }
    let back = gap_a
        .multiply(b.subtract(a).ok()?)
        .ok()?
        .divide(rise)
        .ok()?;
    a.subtract(back).ok()
}

/// The simplest fraction between two numbers, ends included.
fn simplest(low: Number, high: Number) -> Option<Number> {
    let (n, d) = low.parts();
    let whole = n.div_euclid(d);
    let floor = Number::fraction(whole, 1).ok()?;
    if floor == low {
        return Some(floor);
    }
    let next = Number::fraction(whole + 1, 1).ok()?;
    if next <= high {
        return Some(next);
    }
    let one = Number::whole(1);
    let turned = |value: Number| one.divide(value.subtract(floor).ok()?).ok();
    let rest = simplest(turned(high)?, turned(low)?)?;
    floor.add(one.divide(rest).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::simplest;
    use crate::value::Number;

    #[test]
    fn the_simplest_between() {
        let number = |text: &str| Number::parse(text).expect("a number");
        let between = |a: &str, b: &str| simplest(number(a), number(b)).map(|n| n.to_string());
        assert_eq!(between("0.3", "0.35").as_deref(), Some("1/3"));
        assert_eq!(between("2.4", "3.1").as_deref(), Some("3"));
        assert_eq!(between("-2.6", "-2.4").as_deref(), Some("-2.5"));
    }
}
