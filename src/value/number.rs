//! Exact numbers: fractions of integers of at most 38 digits. In: what an author wrote or two numbers; out: a number
//! or why there is none. Knows neither units nor kinds.

use num_bigint::BigInt;
use num_rational::Ratio;
use num_traits::{CheckedAdd, CheckedDiv, CheckedMul, CheckedSub, Signed, ToPrimitive, Zero};
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

/// 10 to the 38th: every numerator and denominator stays below it (ruling 19).
const BOUND: i128 = 100_000_000_000_000_000_000_000_000_000_000_000_000;

/// An exact fraction. 0.1 + 0.2 is 0.3, and 1/3 is kept. INVARIANT: it is reduced and its denominator is positive, so that
/// two numbers are equal exactly when their parts are.
#[derive(Clone, Copy, Debug)]
pub struct Number(Ratio<i128>);

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.0.numer() == other.0.numer() && self.0.denom() == other.0.denom()
    }
}

impl Eq for Number {}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        // Nearly all numbers of cases are whole, or have the same few places.
        if self.0.denom() == other.0.denom() {
            self.0.numer().cmp(other.0.numer())
        } else {
            self.0.cmp(&other.0)
        }
    }
}

impl Hash for Number {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.numer().hash(state);
        if *self.0.denom() != 1 {
            self.0.denom().hash(state);
        }
    }
}

/// Why a number cannot be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberError {
    /// A numerator or denominator of more than 38 digits.
    TooLong,
    /// Division by zero.
    ByZero,
    /// The text is not a number.
    NotANumber,
}

impl Number {
    /// Zero.
    #[must_use]
    pub fn zero() -> Self {
        Self(Ratio::zero())
    }

    /// A whole number.
    #[must_use]
    pub fn whole(value: i64) -> Self {
        Self(Ratio::from_integer(i128::from(value)))
    }

    /// A fraction, reduced.
    ///
    /// # Errors
    /// A zero denominator, or more than 38 digits.
    pub fn fraction(numerator: i128, denominator: i128) -> Result<Self, NumberError> {
        if denominator == 0 {
            return Err(NumberError::ByZero);
        }
        if numerator == i128::MIN || denominator == i128::MIN {
            return Err(NumberError::TooLong);
        }
        Self::kept(Some(Ratio::new(numerator, denominator)))
    }

    fn kept(ratio: Option<Ratio<i128>>) -> Result<Self, NumberError> {
        match ratio {
            Some(r) if r.numer().checked_abs().is_some_and(|n| n < BOUND) && *r.denom() < BOUND => {
                Ok(Self(r))
            }
            _ => Err(NumberError::TooLong),
        }
    }

    /// Reads `12`, `-0.5`, `8/11` or `20%`.
    ///
    /// # Errors
    /// Text that is none of these, a zero denominator, or more than 38 digits.
    pub fn parse(text: &str) -> Result<Self, NumberError> {
        if let Some(whole) = short(text) {
            return Ok(Self::whole(whole));
        }
        let (text, percent) = match text.strip_suffix('%') {
            Some(rest) => (rest, true),
            None => (text, false),
        };
        let number = if let Some((above, below)) = text.split_once('/') {
            Self::fraction(digits(above, true)?, digits(below, false)?)?
        } else if let Some((whole, decimals)) = text.split_once('.') {
            let negative = whole.starts_with('-');
            let trimmed = decimals.trim_end_matches('0');
            let fraction = if trimmed.is_empty() {
                digits(decimals, false).map(|_| 0)?
            } else {
                digits(trimmed, false)?
            };
            if trimmed.len() > 38 {
                return Err(NumberError::TooLong);
            }
            let scale =
                10_i128.pow(u32::try_from(trimmed.len()).map_err(|_| NumberError::TooLong)?);
            let whole = Self::fraction(digits(whole, true)?, 1)?;
            let part = Self::fraction(if negative { -fraction } else { fraction }, scale)?;
            whole.add(part)?
        } else {
            Self::fraction(digits(text, true)?, 1)?
        };
        if percent {
            number.divide(Self::whole(100))
        } else {
            Ok(number)
        }
    }

    /// A whole number of which products have no more than 38 digits.
    fn small(self) -> Option<i64> {
        let whole = *self.0.denom() == 1;
        i64::try_from(*self.0.numer()).ok().filter(|_| whole)
    }

    /// The sum.
    ///
    /// # Errors
    /// More than 38 digits.
    pub fn add(self, other: Self) -> Result<Self, NumberError> {
        Self::kept(self.0.checked_add(&other.0))
    }

    /// The difference.
    ///
    /// # Errors
    /// More than 38 digits.
    pub fn subtract(self, other: Self) -> Result<Self, NumberError> {
        Self::kept(self.0.checked_sub(&other.0))
    }

    /// The product.
    ///
    /// # Errors
    /// More than 38 digits.
    pub fn multiply(self, other: Self) -> Result<Self, NumberError> {
        match (self.small(), other.small()) {
            // Of whole numbers, as nearly all are, nothing is to be reduced.
            (Some(a), Some(b)) => Ok(Self(Ratio::from_integer(i128::from(a) * i128::from(b)))),
            _ => Self::kept(self.0.checked_mul(&other.0)),
        }
    }

    /// The quotient.
    ///
    /// # Errors
    /// Division by zero, or more than 38 digits.
    pub fn divide(self, other: Self) -> Result<Self, NumberError> {
        if other.0.is_zero() {
            return Err(NumberError::ByZero);
        }
        Self::kept(self.0.checked_div(&other.0))
    }

    /// The sum of many, added in unlimited integers so that their order does not matter (ruling 41).
    ///
    /// # Errors
    /// A result of more than 38 digits.
    pub fn sum(numbers: impl IntoIterator<Item = Self>) -> Result<Self, NumberError> {
        let mut numbers = numbers.into_iter();
        // Whole numbers are added as they are; from the first that is not, or that is too long, on as unlimited fractions.
        let mut whole = 0_i128;
        let rest = loop {
            match numbers.next() {
                None => return Self::fraction(whole, 1),
                Some(n) => match whole.checked_add(*n.0.numer()) {
                    Some(sum) if *n.0.denom() == 1 => whole = sum,
                    _ => break n,
                },
            }
        };
        let start = Ratio::from_integer(BigInt::from(whole));
        let total = std::iter::once(rest).chain(numbers).fold(start, |sum, n| {
            sum + Ratio::new(BigInt::from(*n.0.numer()), BigInt::from(*n.0.denom()))
        });
        match (total.numer().to_i128(), total.denom().to_i128()) {
            (Some(n), Some(d)) => Self::fraction(n, d),
            _ => Err(NumberError::TooLong),
        }
    }

    /// Whether it is below zero.
    #[must_use]
    pub fn is_negative(self) -> bool {
        self.0.is_negative()
    }

    /// Whether it is zero.
    #[must_use]
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// The reduced numerator and denominator (the denominator is positive).
    #[must_use]
    pub fn parts(self) -> (i128, i128) {
        (*self.0.numer(), *self.0.denom())
    }
}

/// A whole number of at most 18 digits, the way nearly all are written; none for any other text.
fn short(text: &str) -> Option<i64> {
    let bytes = text.as_bytes();
    let (negative, digits) = match bytes.split_first() {
        Some((b'-', rest)) => (true, rest),
        _ => (false, bytes),
    };
    if digits.is_empty() || digits.len() > 18 {
        return None;
    }
    let mut whole = 0_i64;
    for byte in digits {
        if !byte.is_ascii_digit() {
            return None;
        }
        whole = whole * 10 + i64::from(byte - b'0');
    }
    Some(if negative { -whole } else { whole })
}

/// A run of ASCII digits as an integer, with a sign where one may stand.
fn digits(text: &str, signed: bool) -> Result<i128, NumberError> {
    let bare = if signed {
        text.strip_prefix('-').unwrap_or(text)
    } else {
        text
    };
    if bare.is_empty() || !bare.bytes().all(|b| b.is_ascii_digit()) {
        return Err(NumberError::NotANumber);
    }
    if bare.trim_start_matches('0').len() > 38 {
        return Err(NumberError::TooLong);
    }
    text.parse().map_err(|_| NumberError::TooLong)
}

impl fmt::Display for Number {
    /// As a decimal where one of at most twelve places is exact, else as a fraction.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (numerator, denominator) = self.parts();
        if denominator == 1 {
            return write!(f, "{numerator}");
        }
        for places in 1..=12_u32 {
            let scale = 10_i128.pow(places);
            if scale % denominator == 0 {
                let Some(scaled) = numerator.checked_mul(scale / denominator) else {
                    break;
                };
                let sign = if scaled < 0 { "-" } else { "" };
                let (whole, rest) = (scaled.abs() / scale, scaled.abs() % scale);
                return write!(f, "{sign}{whole}.{rest:0width$}", width = places as usize);
            }
        }
        write!(f, "{numerator}/{denominator}")
    }
}

#[cfg(test)]
mod tests {
    use super::{Number, NumberError};

    fn n(text: &str) -> Number {
        Number::parse(text).expect("a number")
    }

    #[test]
    fn exact() {
        assert_eq!(n("0.1").add(n("0.2")), Ok(n("0.3")));
        assert_eq!(
            n("1").divide(n("3")).and_then(|t| t.multiply(n("3"))),
            Ok(n("1"))
        );
        assert_eq!(n("20%"), n("0.2"));
        assert_eq!(n("-0.5").to_string(), "-0.5");
        assert_eq!(n("8/11").to_string(), "8/11");
        assert_eq!(n("2.50").to_string(), "2.5");
    }

    #[test]
    fn products_of_whole_numbers() {
        let square = |text| n(text).multiply(n(text));
        let (least, beyond) = ("-9223372036854775808", "9223372036854775808");
        assert_eq!(
            square(least),
            Ok(n("85070591730234615865843651857942052864"))
        );
        assert_eq!(square(beyond), square(least));
        assert_eq!(
            square("9999999999999999999"),
            Ok(n("99999999999999999980000000000000000001"))
        );
        assert_eq!(square("10000000000000000000"), Err(NumberError::TooLong));
        assert_eq!(n("3").multiply(n("1/3")), Ok(n("1")));
    }

    #[test]
    fn refused() {
        assert_eq!(n("1").divide(n("0")), Err(NumberError::ByZero));
        assert_eq!(Number::parse("1/0"), Err(NumberError::ByZero));
        assert_eq!(Number::parse("NaN"), Err(NumberError::NotANumber));
        assert_eq!(Number::parse("1."), Err(NumberError::NotANumber));
        assert_eq!(Number::parse(&"9".repeat(39)), Err(NumberError::TooLong));
        let long = n(&"9".repeat(38));
        assert_eq!(long.add(n("1")), Err(NumberError::TooLong));
        assert_eq!(Number::sum([long, n("1"), n("-1")]), Ok(long));
    }
}
