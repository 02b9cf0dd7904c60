//! Where a number would have to lie for something to turn: its cut points. In: a fact with a number, and what else is stated;
//! out: points and open stretches in each of which every comparison comes out the same. The points are found by judging: a
//! comparison turns where its two sides meet, and where that is follows from the curve through a few values. Knows no words.

use super::again::{Again, Fact, Said, Saying};
use crate::value::{Curve, Interval, Number};

/// Most cut points that are looked for.
const MOST_CUTS: usize = 60;

/// How often a stretch is halved where no curve was found.
const MOST_HALVINGS: usize = 24;

/// By so many values a curve is told: by few where it is a straight line, as nearly always.
const SIZES: [usize; 3] = [4, 6, 10];

/// No curve is laid through more points than this.
const MOST_POINTS: usize = 12;

/// Cuts that are not exact are one where they lie nearer to each other than one in so many.
const NEAR: i128 = 1_000_000;

/// How often the pieces of several numbers are cut by each other.
const MOST_ROUNDS: usize = 4;

/// Most combinations of other numbers that one number is cut by.
const MOST_BESIDE: usize = 200;

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

    /// A value in it near either end; far out where it has none.
    #[must_use]
    pub fn near_ends(&self) -> Option<[Number; 2]> {
        let low = self.low.map(|(low, _)| low);
        let high = self.high.map(|(high, _)| high);
        let near = Number::whole(1000);
        let step = match (low, high) {
            (Some(low), Some(high)) => high.subtract(low).ok()?.divide(near).ok()?,
            _ => Number::fraction(1, 1000).ok()?,
        };
        let far = Number::whole(1_000_003);
        let first = match (self.low, high) {
            (Some((low, true)), _) => low,
            (Some((low, false)), _) => low.add(step).ok()?,
            (None, Some(high)) => high.subtract(far).ok()?,
            (None, None) => Number::zero().subtract(far).ok()?,
        };
        let last = match (self.high, low) {
            (Some((high, true)), _) => high,
            (Some((high, false)), _) => high.subtract(step).ok()?,
            (None, Some(low)) => low.add(far).ok()?,
            (None, None) => far,
        };
        Some([first, last])
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

/// What one value of the number came to: how far apart the sides of each comparison are, in the order in which they were made.
type Trace = Vec<Option<Number>>;

/// The pieces into which a fact's number falls, in order, with these sayings. Where no more may be judged, they are not all.
pub fn pieces(again: &mut Again<'_>, fact: &Fact, sayings: &[Saying]) -> Vec<Piece> {
    pieces_under(again, fact, &[sayings.to_vec()])
}

/// The same with any of several sayings: in each piece every comparison comes out the same, whichever of them are made.
pub fn pieces_under(again: &mut Again<'_>, fact: &Fact, all: &[Vec<Saying>]) -> Vec<Piece> {
    let domain = again.range(fact);
    let mut cuts: Vec<Cut> = domain.low.into_iter().map(|low| (low, true)).collect();
    if domain.high != domain.low {
        cuts.extend(domain.high.map(|high| (high, true)));
    }
    for sayings in all {
        if again.is_spent() {
            break;
        }
        let mut search = Search {
            again,
            fact,
            sayings,
            traces: Vec::new(),
        };
        search.all(&mut cuts, domain);
    }
    laid_out(&cuts, domain)
}

/// Values of several numbers that lie together in every direction; where they decide only by how they stand to each other, an
/// error with what they come to once each was cut by the others: every way to stand to each other is among these.
pub fn lattice(
    again: &mut Again<'_>,
    facts: &[&Fact],
    all: &[Vec<Saying>],
) -> Result<Vec<Vec<Piece>>, Vec<Vec<Piece>>> {
    let mut found: Vec<Vec<Piece>> = facts
        .iter()
        .map(|fact| pieces_under(again, fact, all))
        .collect();
    if facts.len() < 2 {
        return Ok(found);
    }
    let mut once: Option<Vec<Vec<Piece>>> = None;
    let mut grew_before = vec![false; facts.len()];
    for _ in 0..MOST_ROUNDS {
        let mut grew = vec![false; facts.len()];
        for at in 0..facts.len() {
            let mut beside: Vec<Vec<Saying>> = all.to_vec();
            for other in (0..facts.len()).filter(|other| *other != at) {
                let with = |sayings: &Vec<Saying>, piece: &Piece| {
                    let mut own = sayings.clone();
                    own.push((facts[other].clone(), Said::Number(piece.sample)));
                    own
                };
                beside = beside
                    .iter()
                    .flat_map(|sayings| found[other].iter().map(move |piece| with(sayings, piece)))
                    .collect();
            }
            if beside.len() > MOST_BESIDE || again.is_spent() {
                return Err(once.unwrap_or(found));
            }
            let own = pieces_under(again, facts[at], &beside);
            grew[at] = own.len() != found[at].len();
            found[at] = own;
        }
        if !grew.contains(&true) {
            return Ok(found);
        }
        // Where each has cut the other twice, there is no end to it: they are compared with each other.
        let twice = grew
            .iter()
            .zip(&grew_before)
            .filter(|(now, then)| **now && **then);
        if twice.count() > 1 {
            break;
        }
        grew_before = grew;
        once.get_or_insert_with(|| found.clone());
    }
    Err(once.unwrap_or(found))
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
        if let Some(sample) = sample(low, high, 0) {
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

/// A value within an open stretch: the first of them is told of, the others lie where no figure of a rulebook is likely to.
fn sample(low: Option<Number>, high: Option<Number>, which: usize) -> Option<Number> {
    const SHARES: [(i64, i64); 10] = [
        (1, 2),
        (1, 7),
        (9, 11),
        (3, 10),
        (12, 19),
        (1, 23),
        (28, 29),
        (5, 12),
        (7, 31),
        (37, 41),
    ];
    const STEPS: [i64; 10] = [3, 1, 1_000_003, 11, 101, 29, 1009, 5, 10_007, 61];
    const BOTH: [i64; 10] = [
        1, -1_000_003, 1_000_033, -7, 53, -101, 1013, -29, 5, -10_007,
    ];
    let whole = Number::whole;
    match (low, high) {
        (Some(low), Some(high)) => {
            let (above, below) = SHARES.get(which)?;
            let width = high.subtract(low).ok()?;
            let part = width.multiply(whole(*above)).ok()?.divide(whole(*below));
            low.add(part.ok()?).ok()
        }
        (Some(low), None) => low.add(whole(*STEPS.get(which)?)).ok(),
        (None, Some(high)) => high.subtract(whole(*STEPS.get(which)?)).ok(),
        (None, None) => BOTH.get(which).map(|value| whole(*value)),
    }
}

/// One number with its sayings beside.
struct Search<'s, 'a> {
    again: &'s mut Again<'a>,
    fact: &'s Fact,
    sayings: &'s [Saying],
    /// What was judged before.
    traces: Vec<(Number, Trace)>,
}

/// An open stretch.
type Stretch = (Option<Number>, Option<Number>);

impl Search<'_, '_> {
    /// Adds every cut within the domain.
    fn all(&mut self, cuts: &mut Vec<Cut>, domain: Interval) {
        let mut done: Vec<Stretch> = Vec::new();
        while let Some(next) = stretches(cuts, domain)
            .into_iter()
            .find(|stretch| !done.contains(stretch))
        {
            let mut news = self.roots(next);
            news.retain(|new| cuts.iter().all(|known| !is_same(*known, *new)));
            if self.again.is_spent() {
                return;
            }
            if news.is_empty() || cuts.len() >= MOST_CUTS {
                done.push(next);
                continue;
            }
            cuts.extend(news);
            cuts.sort_by_key(|(value, exact)| (*value, !exact));
            cuts.dedup_by_key(|(value, _)| *value);
        }
    }

    /// How far apart the sides of each comparison are where the number has this value.
    fn trace(&mut self, value: Number) -> Trace {
        if let Some((_, known)) = self.traces.iter().find(|(own, _)| *own == value) {
            return known.clone();
        }
        if self.again.is_spent() {
            return Trace::new();
        }
        let mut sayings = self.sayings.to_vec();
        sayings.push((self.fact.clone(), Said::Number(value)));
        let sides = self.again.comparisons(&sayings);
        let gap = |a: Option<Number>, b: Option<Number>| a?.subtract(b?).ok();
        let both = |(left, right): &(Interval, Interval)| {
            [gap(left.high, right.low), gap(left.low, right.high)]
        };
        let found: Trace = sides.iter().flat_map(both).collect();
        self.traces.push((value, found.clone()));
        found
    }

    /// Where sides of comparisons meet within a stretch. As far as all comparisons come out the same at a few values, what
    /// follows is the same there too: up to the first that does not, each is one curve, and known by a few of its points.
    fn roots(&mut self, (low, high): Stretch) -> Vec<Cut> {
        let within = |value: &Number| {
            low.is_none_or(|low| low < *value) && high.is_none_or(|high| *value < high)
        };
        let known = self.traces.iter().filter(|(value, _)| within(value));
        let mut at: Vec<Number> = known.map(|(value, _)| *value).collect();
        for size in SIZES {
            let mut which = 0;
            while at.len() < size
                && let Some(value) = sample(low, high, which)
            {
                if !at.contains(&value) {
                    at.push(value);
                }
                which += 1;
            }
            let traces: Vec<Trace> = at.iter().map(|value| self.trace(*value)).collect();
            let (found, is_all) = self.meeting(&at, &traces, (low, high));
            let found: Vec<Cut> = found
                .into_iter()
                .filter(|(value, _)| within(value))
                .collect();
            if !found.is_empty() || is_all && !shared(&traces).1 {
                return found;
            }
        }
        let found = self.turning(at);
        found
            .into_iter()
            .filter(|(value, _)| within(value))
            .collect()
    }

    /// Where the sides meet as far as the points tell, and whether they tell of every comparison that all of them share.
    fn meeting(&self, at: &[Number], traces: &[Trace], (low, high): Stretch) -> (Vec<Cut>, bool) {
        let mut found: Vec<Cut> = Vec::new();
        let (shared, _) = shared(traces);
        for which in 0..shared {
            let gaps: Option<Vec<Number>> = traces.iter().map(|trace| trace[which]).collect();
            let Some(gaps) = gaps else { continue };
            if gaps.iter().all(|gap| *gap == gaps[0]) {
                continue;
            }
            let points: Vec<(Number, Number)> = at.iter().copied().zip(gaps).collect();
            if is_straight(&points) {
                found.extend(meets(points[0], points[1]).map(|value| (value, true)));
                continue;
            }
            let most = points.len().min(MOST_POINTS);
            match Curve::through(&points[..most]) {
                Some(curve) => found.extend(curve.roots(low, high)),
                None => return (found, false),
            }
        }
        found.sort_by_key(|(value, exact)| (*value, !exact));
        found.dedup_by_key(|(value, _)| *value);
        (found, true)
    }

    /// Where no curve was found: a place where a comparison turns between two of the values, by halving.
    fn turning(&mut self, mut at: Vec<Number>) -> Option<Cut> {
        at.sort();
        for two in at.windows(2) {
            let (mut low, mut high) = (two[0], two[1]);
            let first = self.trace(low);
            let alike = |one: &Trace, other: &Trace| !shared(&[one.clone(), other.clone()]).1;
            let last = self.trace(high);
            if alike(&first, &last) {
                continue;
            }
            for _ in 0..MOST_HALVINGS {
                let middle = low.add(high).ok()?.divide(Number::whole(2)).ok()?;
                let own = self.trace(middle);
                if alike(&first, &own) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            return Some((simplest(low, high)?, false));
        }
        None
    }
}

/// Whether two cuts are one: where they are not exact, near enough.
fn is_same(one: Cut, other: Cut) -> bool {
    let apart = || {
        let apart = one.0.subtract(other.0).ok()?;
        let apart = if apart.is_negative() {
            Number::zero().subtract(apart).ok()?
        } else {
            apart
        };
        Some(apart < Number::fraction(1, NEAR).ok()?)
    };
    one.0 == other.0 || !(one.1 && other.1) && apart().unwrap_or(false)
}

/// How much of all traces can be laid side by side: up to the first comparison that comes out differently, that included; and
/// whether there is such a one.
fn shared(traces: &[Trace]) -> (usize, bool) {
    let side = |gap: Option<Number>| gap.map(|gap| (gap.is_negative(), gap.is_zero()));
    let shortest = traces.iter().map(Vec::len).min().unwrap_or(0);
    let differs = |which: &usize| {
        let first = side(traces[0][*which]);
        traces.iter().any(|trace| side(trace[*which]) != first)
    };
    match (0..shortest).find(differs) {
        // Both sides of one comparison belong together.
        Some(which) => ((which | 1).saturating_add(1).min(shortest), true),
        None => (shortest, traces.iter().any(|trace| trace.len() != shortest)),
    }
}

/// Whether points lie on a straight line.
fn is_straight(points: &[(Number, Number)]) -> bool {
    let [first, second, rest @ ..] = points else {
        return false;
    };
    rest.iter().all(|third| {
        let run = |to: &(Number, Number)| to.0.subtract(first.0).ok();
        let rise = |to: &(Number, Number)| to.1.subtract(first.1).ok();
        let product = |a: Option<Number>, b: Option<Number>| a?.multiply(b?).ok();
        let left = product(rise(second), run(third));
        left.is_some() && left == product(rise(third), run(second))
    })
}

/// Where the line through two points meets nothing.
fn meets(a: (Number, Number), b: (Number, Number)) -> Option<Number> {
    let rise = b.1.subtract(a.1).ok()?;
    if rise.is_zero() {
        return None;
    }
    let back = a.1.multiply(b.0.subtract(a.0).ok()?).ok()?;
    a.0.subtract(back.divide(rise).ok()?).ok()
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
