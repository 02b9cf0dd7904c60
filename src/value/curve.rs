//! A curve through points: the simplest quotient of two polynomials that goes through all of them, and where it is nothing.
//! In: exact points; out: exact roots, or a close fraction where a root is none. Knows no comparison.

use super::number::Number;
use num_bigint::{BigInt, Sign};
use num_rational::Ratio;
use num_traits::{One, Signed, ToPrimitive, Zero};

type Exact = Ratio<BigInt>;

/// A polynomial: its coefficients, that of the constant first, none of them nothing at the end.
type Polynomial = Vec<Exact>;

/// How often a stretch with one root is halved.
const MOST_HALVINGS: usize = 48;

/// A quotient of two polynomials, of which the roots are wanted.
#[derive(Clone, Debug)]
pub struct Curve {
    above: Polynomial,
}

/// A root, and whether it is exact.
pub type Root = (Number, bool);

impl Curve {
    /// The simplest curve through all these points; `None` where none is simple enough that one point fewer would have
    /// determined it.
    #[must_use]
    pub fn through(points: &[(Number, Number)]) -> Option<Self> {
        let points: Vec<(Exact, Exact)> = points
            .iter()
            .map(|(at, value)| (exact(*at), exact(*value)))
            .collect();
        let all = newton(&points);
        let last = all.iter().rposition(|part| !part.is_zero()).unwrap_or(0);
        if last + 2 <= points.len() {
            return Some(Self {
                above: expanded(&all[..=last], &points),
            });
        }
        let most = (points.len() / 2).checked_sub(1)?;
        (1..=most)
            .find_map(|degree| quotient(&points, degree))
            .map(|above| Self { above })
    }

    /// Where it is nothing within an open stretch, in order.
    #[must_use]
    pub fn roots(&self, low: Option<Number>, high: Option<Number>) -> Vec<Root> {
        let polynomial = simple(&self.above);
        if polynomial.len() < 2 {
            return Vec::new();
        }
        let chain = sturm(&polynomial);
        let bound = bound(&polynomial);
        let low = low.map_or_else(|| -bound.clone(), exact);
        let high = high.map_or(bound, exact);
        let mut found = Vec::new();
        isolate(&chain, low, high, &mut found);
        found.sort();
        found.dedup();
        found
    }
}

fn exact(number: Number) -> Exact {
    let (above, below) = number.parts();
    Ratio::new(BigInt::from(above), BigInt::from(below))
}

fn number(value: &Exact) -> Option<Number> {
    Number::fraction(value.numer().to_i128()?, value.denom().to_i128()?).ok()
}

/// The divided differences of points: the polynomial through them in Newton's form.
fn newton(points: &[(Exact, Exact)]) -> Vec<Exact> {
    let mut parts: Vec<Exact> = points.iter().map(|(_, value)| value.clone()).collect();
    for step in 1..points.len() {
        for at in (step..points.len()).rev() {
            let rise = &parts[at] - &parts[at - 1];
            parts[at] = rise / (&points[at].0 - &points[at - step].0);
        }
    }
    parts
}

/// Newton's form multiplied out.
fn expanded(parts: &[Exact], points: &[(Exact, Exact)]) -> Polynomial {
    let mut all: Polynomial = Vec::new();
    for (at, part) in parts.iter().enumerate().rev() {
        // all * (x - point) + part
        let mut next = vec![Exact::zero(); all.len() + 1];
        for (power, own) in all.iter().enumerate() {
            next[power + 1] += own;
            next[power] -= own * &points[at].0;
        }
        next[0] += part;
        all = next;
    }
    trimmed(all)
}

fn trimmed(mut polynomial: Polynomial) -> Polynomial {
    while polynomial.last().is_some_and(Zero::is_zero) {
        polynomial.pop();
    }
    polynomial
}

/// What stands above in a quotient of two polynomials of this degree through all points.
fn quotient(points: &[(Exact, Exact)], degree: usize) -> Option<Polynomial> {
    let width = 2 * (degree + 1);
    let mut rows: Vec<Vec<Exact>> = points
        .iter()
        .map(|(at, value)| {
            let mut power = Exact::one();
            let mut row = vec![Exact::zero(); width];
            for column in 0..=degree {
                row[column] = power.clone();
                row[column + degree + 1] = -(&power * value);
                power *= at;
            }
            row
        })
        .collect();
    let free = eliminated(&mut rows, width)?;
    // The free column is one, the columns after it nothing.
    let mut found = vec![Exact::zero(); width];
    found[free] = Exact::one();
    for row in &rows {
        if let Some(lead) = row.iter().position(|cell| !cell.is_zero())
            && lead < free
        {
            found[lead] = -row[free].clone();
        }
    }
    let (above, below) = found.split_at(degree + 1);
    let meets = |(at, _): &(Exact, Exact)| !value(below, at).is_zero();
    points.iter().all(meets).then(|| trimmed(above.to_vec()))
}

/// Solves rows in place; the first column that none leads.
fn eliminated(rows: &mut [Vec<Exact>], width: usize) -> Option<usize> {
    // Every column before this one leads a row: the first that does not ends it.
    for column in 0..width {
        let Some(lead) = (column..rows.len()).find(|at| !rows[*at][column].is_zero()) else {
            return Some(column);
        };
        rows.swap(column, lead);
        let scale = rows[column][column].clone();
        rows[column].iter_mut().for_each(|cell| *cell /= &scale);
        let own = rows[column].clone();
        for (at, row) in rows.iter_mut().enumerate() {
            if at != column && !row[column].is_zero() {
                let times = row[column].clone();
                for (cell, lead) in row.iter_mut().zip(&own) {
                    *cell -= &times * lead;
                }
            }
        }
    }
    None
}

fn value(polynomial: &[Exact], at: &Exact) -> Exact {
    polynomial
        .iter()
        .rev()
        .fold(Exact::zero(), |sum, own| sum * at + own)
}

fn derivative(polynomial: &[Exact]) -> Polynomial {
    let own = polynomial.iter().enumerate().skip(1);
    own.map(|(power, part)| part * Exact::from_integer(BigInt::from(power)))
        .collect()
}

/// The rest of a division.
fn rest(of: &[Exact], by: &[Exact]) -> Polynomial {
    divided(of, by).1
}

/// Quotient and rest of a division; the divisor is not nothing.
fn divided(of: &[Exact], by: &[Exact]) -> (Polynomial, Polynomial) {
    let mut left = trimmed(of.to_vec());
    let Some(lead) = by.last() else {
        return (Vec::new(), left);
    };
    let mut times = vec![Exact::zero(); (left.len() + 1).saturating_sub(by.len())];
    while left.len() >= by.len() {
        let Some(top) = left.last() else { break };
        let (own, shift) = (top / lead, left.len() - by.len());
        for (power, part) in by.iter().enumerate() {
            left[power + shift] -= &own * part;
        }
        times[shift] = own;
        left.pop();
        left = trimmed(left);
    }
    (times, left)
}

/// The polynomial with the same roots, each once.
fn simple(polynomial: &[Exact]) -> Polynomial {
    let own = trimmed(polynomial.to_vec());
    let (mut a, mut b) = (own.clone(), trimmed(derivative(&own)));
    while !b.is_empty() {
        (a, b) = (b.clone(), rest(&a, &b));
    }
    if a.len() < 2 {
        own
    } else {
        divided(&own, &a).0
    }
}

/// Sturm's chain, by which roots are counted.
fn sturm(polynomial: &[Exact]) -> Vec<Polynomial> {
    let mut chain = vec![polynomial.to_vec(), trimmed(derivative(polynomial))];
    while let [.., a, b] = &chain[..] {
        let next: Polynomial = rest(a, b).into_iter().map(|own| -own).collect();
        if next.is_empty() {
            break;
        }
        chain.push(next);
    }
    chain
}

fn changes(chain: &[Polynomial], at: &Exact) -> usize {
    let mut before = Sign::NoSign;
    let mut count = 0;
    for own in chain {
        let sign = value(own, at).numer().sign();
        if sign != Sign::NoSign {
            count += usize::from(before != Sign::NoSign && before != sign);
            before = sign;
        }
    }
    count
}

/// More than the distance of any root from nothing.
fn bound(polynomial: &[Exact]) -> Exact {
    let Some(lead) = polynomial.last() else {
        return Exact::one();
    };
    let most = polynomial.iter().map(|own| (own / lead).abs()).max();
    most.unwrap_or_else(Exact::zero) + Exact::one()
}

/// The roots between two ends, the ends left out.
fn isolate(chain: &[Polynomial], low: Exact, high: Exact, found: &mut Vec<Root>) {
    if low >= high {
        return;
    }
    // Counted are those above `low`, `high` among them.
    let at_end = usize::from(value(&chain[0], &high).is_zero());
    let count = changes(chain, &low).saturating_sub(changes(chain, &high));
    match count.saturating_sub(at_end) {
        0 => {}
        1 => found.extend(narrowed(chain, low, high)),
        _ => {
            let middle = (&low + &high) / Exact::from_integer(BigInt::from(2));
            if value(&chain[0], &middle).is_zero() {
                found.extend(number(&middle).map(|own| (own, true)));
            }
            isolate(chain, low, middle.clone(), found);
            isolate(chain, middle, high, found);
        }
    }
}

/// The one root between two ends.
fn narrowed(chain: &[Polynomial], mut low: Exact, mut high: Exact) -> Option<Root> {
    let own = &chain[0];
    if let [constant, slope] = &own[..] {
        return number(&(-constant / slope)).map(|root| (root, true));
    }
    for _ in 0..MOST_HALVINGS {
        let guess = simplest(&low, &high);
        if guess != low && guess != high && value(own, &guess).is_zero() {
            return number(&guess).map(|root| (root, true));
        }
        let middle = (&low + &high) / Exact::from_integer(BigInt::from(2));
        if value(own, &middle).is_zero() {
            return number(&middle).map(|root| (root, true));
        }
        let below = changes(chain, &low).saturating_sub(changes(chain, &middle));
        if below > 0 {
            high = middle;
        } else {
            low = middle;
        }
    }
    number(&simplest(&low, &high)).map(|root| (root, false))
}

/// The simplest fraction between two, ends included.
fn simplest(low: &Exact, high: &Exact) -> Exact {
    let floor = low.floor();
    if floor == *low {
        return floor;
    }
    let next = &floor + Exact::one();
    if next <= *high {
        return next;
    }
    let turned = |value: &Exact| (value - &floor).recip();
    &floor + simplest(&turned(high), &turned(low)).recip()
}

#[cfg(test)]
mod tests {
    use super::Curve;
    use crate::value::Number;

    fn roots(of: impl Fn(Number) -> Number, points: &[i64]) -> Vec<(String, bool)> {
        let points: Vec<(Number, Number)> = points
            .iter()
            .map(|at| (Number::whole(*at), of(Number::whole(*at))))
            .collect();
        let curve = Curve::through(&points).expect("a curve");
        let found = curve.roots(None, None).into_iter();
        found
            .map(|(root, exact)| (root.to_string(), exact))
            .collect()
    }

    fn plus(a: Number, b: i64) -> Number {
        a.add(Number::whole(b)).expect("a number")
    }

    fn times(a: Number, b: Number) -> Number {
        a.multiply(b).expect("a number")
    }

    #[test]
    fn roots_of_polynomials() {
        let both = |a: &str, b: &str| vec![(a.to_owned(), true), (b.to_owned(), true)];
        let own = roots(
            |x| plus(plus(times(x, x), -2).add(x).unwrap(), 0),
            &[-9, 1, 3, 4],
        );
        assert_eq!(own, both("-2", "1"));
        // Of a root that stands twice there is one.
        let own = roots(|x| times(plus(x, -3), plus(x, -3)), &[0, 1, 5, 7]);
        assert_eq!(own, vec![("3".to_owned(), true)]);
        let own = roots(|x| plus(times(x, x), -2), &[0, 1, 5, 7]);
        assert_eq!(own.len(), 2);
        assert!(own.iter().all(|(_, exact)| !exact));
        assert!(roots(|x| plus(times(x, x), 2), &[0, 1, 5, 7]).is_empty());
    }

    #[test]
    fn roots_of_quotients() {
        // 6 / (x + 1) - x
        let own = roots(
            |x| {
                let part = Number::whole(6).divide(plus(x, 1)).expect("a number");
                part.subtract(x).expect("a number")
            },
            &[0, 1, 3, 4, 7, 9],
        );
        assert_eq!(own, vec![("-3".to_owned(), true), ("2".to_owned(), true)]);
        let wild: Vec<(Number, Number)> = [(0, 0), (1, 5), (2, -3), (3, 19)]
            .map(|(x, y)| (Number::whole(x), Number::whole(y)))
            .to_vec();
        assert!(Curve::through(&wild).is_none());
    }
}
