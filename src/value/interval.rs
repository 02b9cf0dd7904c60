//! What is known of a number: one value, or a closed range with ends that may be missing. In: numbers; out: three-valued
//! comparisons and the arithmetic of ranges. Knows no kind and no sentence.

use super::{Number, NumberError, Truth};
use std::fmt;

/// All values a number may still have. `None` is an end without bound. INVARIANT: `low` is not above `high`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Interval {
    /// The least possible value.
    pub low: Option<Number>,
    /// The greatest possible value.
    pub high: Option<Number>,
}

impl Interval {
    /// Nothing is known.
    pub const UNKNOWN: Self = Self {
        low: None,
        high: None,
    };

    /// One known value.
    #[must_use]
    pub fn exactly(value: Number) -> Self {
        Self {
            low: Some(value),
            high: Some(value),
        }
    }

    /// The value, where only one is left.
    #[must_use]
    pub fn exact(self) -> Option<Number> {
        if self.low == self.high {
            self.low
        } else {
            None
        }
    }

    /// The smallest range that holds both.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        let low = self.low.zip(other.low).map(|(a, b)| a.min(b));
        let high = self.high.zip(other.high).map(|(a, b)| a.max(b));
        Self { low, high }
    }

    /// `self < other`, in three values.
    #[must_use]
    pub fn less(self, other: Self) -> Truth {
        if self.high.zip(other.low).is_some_and(|(a, b)| a < b) {
            Truth::True
        } else if self.low.zip(other.high).is_some_and(|(a, b)| a >= b) {
            Truth::False
        } else {
            Truth::Unknown
        }
    }

    /// `self = other`: true only when both are the same single value, false only when they cannot meet.
    #[must_use]
    pub fn equal(self, other: Self) -> Truth {
        if self.exact().is_some() && self.exact() == other.exact() {
            Truth::True
        } else if self.less(other) == Truth::True || other.less(self) == Truth::True {
            Truth::False
        } else {
            Truth::Unknown
        }
    }

    /// The range of sums.
    ///
    /// # Errors
    /// An end of more than 38 digits.
    pub fn add(self, other: Self) -> Result<Self, NumberError> {
        Ok(Self {
            low: ends(self.low, other.low, Number::add)?,
            high: ends(self.high, other.high, Number::add)?,
        })
    }

    /// The range of differences.
    ///
    /// # Errors
    /// An end of more than 38 digits.
    pub fn subtract(self, other: Self) -> Result<Self, NumberError> {
        Ok(Self {
            low: ends(self.low, other.high, Number::subtract)?,
            high: ends(self.high, other.low, Number::subtract)?,
        })
    }

    /// The range of products.
    ///
    /// # Errors
    /// An end of more than 38 digits.
    pub fn multiply(self, other: Self) -> Result<Self, NumberError> {
        if let (Some(a), Some(b)) = (self.exact(), other.exact()) {
            return Ok(Self::exactly(a.multiply(b)?));
        }
        let zero = Some(Number::zero());
        if self.exact() == zero || other.exact() == zero {
            return Ok(Self::exactly(Number::zero()));
        }
        let corners = [
            corner(self.low, -1, other.low, -1)?,
            corner(self.low, -1, other.high, 1)?,
            corner(self.high, 1, other.low, -1)?,
            corner(self.high, 1, other.high, 1)?,
        ];
        Ok(Self {
            low: extreme(&corners, -1),
            high: extreme(&corners, 1),
        })
    }

    /// The range of quotients.
    ///
    /// # Errors
    /// Division by a range that holds zero only; an end of more than 38 digits. A divisor that may be zero among other
    /// values leaves the quotient unknown.
    pub fn divide(self, other: Self) -> Result<Self, NumberError> {
        let zero = Number::zero();
        if other.exact() == Some(zero) {
            return Err(NumberError::ByZero);
        }
        let positive = other.low.is_some_and(|low| low > zero);
        let negative = other.high.is_some_and(|high| high < zero);
        if !positive && !negative {
            return Ok(Self::UNKNOWN);
        }
        let one = Number::whole(1);
        let turn = |end: Option<Number>| match end {
            Some(value) => one.divide(value).map(Some),
            None => Ok(Some(zero)),
        };
        self.multiply(Self {
            low: turn(other.high)?,
            high: turn(other.low)?,
        })
    }
}

/// Folds of members known in part: each with whether it is one, and what its number may be.
impl Interval {
    /// The range of a sum: a member that is only possible may count or not. A sum too long to be exact has no bound.
    #[must_use]
    pub fn of_sum(members: &[(Truth, Self)]) -> Self {
        let zero = Self::exactly(Number::zero());
        let parts = members.iter().map(|(truth, number)| match truth {
            Truth::True => *number,
            _ => number.hull(zero),
        });
        let (lows, highs): (Vec<_>, Vec<_>) = parts.map(|part| (part.low, part.high)).unzip();
        let sum = |ends: Vec<Option<Number>>| {
            let ends: Option<Vec<Number>> = ends.into_iter().collect();
            ends.and_then(|ends| Number::sum(ends).ok())
        };
        Self {
            low: sum(lows),
            high: sum(highs),
        }
    }

    /// The range of the least member: from the least possible value to the least of the sure members' greatest, or without a
    /// sure member to the greatest possible value.
    #[must_use]
    pub fn of_least(members: &[(Truth, Self)]) -> Self {
        let all = Self::of_all(members);
        let sure = members.iter().filter(|(truth, _)| *truth == Truth::True);
        let mut sure = sure.peekable();
        Self {
            low: all.low,
            high: match sure.peek() {
                None => all.high,
                Some(_) => sure.filter_map(|(_, number)| number.high).min(),
            },
        }
    }

    /// The range of the greatest member, likewise.
    #[must_use]
    pub fn of_greatest(members: &[(Truth, Self)]) -> Self {
        let all = Self::of_all(members);
        let sure = members.iter().filter(|(truth, _)| *truth == Truth::True);
        let mut sure = sure.peekable();
        Self {
            low: match sure.peek() {
                None => all.low,
                Some(_) => sure.filter_map(|(_, number)| number.low).max(),
            },
            high: all.high,
        }
    }

    /// The smallest range that holds every member; of no member, any number.
    fn of_all(members: &[(Truth, Self)]) -> Self {
        let all = members.iter().map(|(_, number)| *number);
        all.reduce(Self::hull).unwrap_or(Self::UNKNOWN)
    }
}

/// An end made of two ends, without bound where either is.
fn ends(
    a: Option<Number>,
    b: Option<Number>,
    with: fn(Number, Number) -> Result<Number, NumberError>,
) -> Result<Option<Number>, NumberError> {
    a.zip(b).map(|(a, b)| with(a, b)).transpose()
}

/// A corner of a product: a number, or an infinity with its sign; zero times infinity is zero.
#[derive(Clone, Copy)]
enum Corner {
    At(Number),
    Infinite(i8),
}

fn corner(
    a: Option<Number>,
    a_side: i8,
    b: Option<Number>,
    b_side: i8,
) -> Result<Corner, NumberError> {
    let sign = |end: Option<Number>, side: i8| match end {
        None => side,
        Some(n) if n.is_zero() => 0,
        Some(n) => {
            if n.is_negative() {
                -1
            } else {
                1
            }
        }
    };
    match (a, b) {
        (Some(a), Some(b)) => Ok(Corner::At(a.multiply(b)?)),
        _ => match sign(a, a_side) * sign(b, b_side) {
            0 => Ok(Corner::At(Number::zero())),
            s => Ok(Corner::Infinite(s)),
        },
    }
}

/// The least (`side` -1) or greatest (`side` 1) corner; `None` where it is infinite.
fn extreme(corners: &[Corner], side: i8) -> Option<Number> {
    let mut best: Option<Number> = None;
    for corner in corners {
        match corner {
            Corner::Infinite(s) if *s == side => return None,
            Corner::Infinite(_) => {}
            Corner::At(n) => {
                best = Some(match best {
                    None => *n,
                    Some(b) if side < 0 => b.min(*n),
                    Some(b) => b.max(*n),
                });
            }
        }
    }
    best
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.low, self.high) {
            (Some(low), Some(high)) if low == high => write!(f, "{low}"),
            (Some(low), Some(high)) => write!(f, "between {low} and {high}"),
            (Some(low), None) => write!(f, "at least {low}"),
            (None, Some(high)) => write!(f, "at most {high}"),
            (None, None) => f.write_str("not known"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Interval, Number, Truth};

    fn between(low: i64, high: i64) -> Interval {
        Interval {
            low: Some(Number::whole(low)),
            high: Some(Number::whole(high)),
        }
    }

    #[test]
    fn comparisons_are_three_valued() {
        assert_eq!(between(1, 2).less(between(3, 4)), Truth::True);
        assert_eq!(between(1, 3).less(between(3, 4)), Truth::Unknown);
        assert_eq!(between(4, 5).less(between(3, 4)), Truth::False);
        assert_eq!(between(2, 2).equal(between(2, 2)), Truth::True);
        assert_eq!(between(2, 3).equal(between(2, 3)), Truth::Unknown);
        assert_eq!(Interval::UNKNOWN.equal(between(2, 2)), Truth::Unknown);
    }

    #[test]
    fn products_and_quotients() {
        assert_eq!(between(-1, 2).multiply(between(3, 4)), Ok(between(-4, 8)));
        let half_line = Interval {
            low: Some(Number::zero()),
            high: None,
        };
        assert_eq!(half_line.multiply(between(2, 3)), Ok(half_line));
        assert_eq!(between(6, 8).divide(between(2, 2)), Ok(between(3, 4)));
        assert_eq!(between(6, 8).divide(between(-1, 1)), Ok(Interval::UNKNOWN));
    }
}
