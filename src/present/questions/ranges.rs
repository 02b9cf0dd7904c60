//! Ranges of numbers said aloud: up to 3, more than 3, 3 to 5. In: a range and what is possible at all; out: words.

use crate::explain::Range;
use crate::present::wording::Words;
use crate::rulebook::{KindSort, SentenceId};
use crate::value::Interval;

/// A range in words; an end that is the kind's own is not said.
#[must_use]
pub fn range(range: Range, domain: Interval) -> String {
    let low = range
        .low
        .filter(|(value, is_in)| !is_in || Some(*value) != domain.low);
    let high = range
        .high
        .filter(|(value, is_in)| !is_in || Some(*value) != domain.high);
    let words = match (low, high) {
        (None, None) => match (range.low, range.high) {
            (Some((low, true)), Some((high, true))) if low == high => format!("exactly {low}"),
            _ => "whatever it is".to_owned(),
        },
        (Some((low, true)), Some((high, true))) if low == high => format!("exactly {low}"),
        (None, Some((high, true))) if range.low.is_some_and(|(low, _)| low == high) => {
            format!("exactly {high}")
        }
        (Some((low, true)), None) if range.high.is_some_and(|(high, _)| low == high) => {
            format!("exactly {low}")
        }
        (None, Some((high, true))) => format!("up to {high}"),
        (None, Some((high, false))) => format!("less than {high}"),
        (Some((low, true)), None) => format!("at least {low}"),
        (Some((low, false)), None) => format!("more than {low}"),
        (Some((low, true)), Some((high, true))) => format!("{low} to {high}"),
        (Some((low, false)), Some((high, true))) => format!("more than {low}, up to {high}"),
        (Some((low, true)), Some((high, false))) => format!("{low} to less than {high}"),
        (Some((low, false)), Some((high, false))) => {
            format!("more than {low} and less than {high}")
        }
    };
    if range.exact {
        words
    } else {
        format!("about {words}")
    }
}

/// What a sentence's number can be at all.
#[must_use]
pub fn domain(words: &Words<'_>, sentence: SentenceId) -> Interval {
    let vocabulary = &words.book.vocabulary;
    let at = vocabulary.number_slots(sentence).next();
    let slots = &vocabulary.sentences[sentence].slots;
    match at.map(|at| &vocabulary.kinds[slots[at].kind].sort) {
        Some(KindSort::Number {
            range: Some((low, high)),
            ..
        }) => Interval {
            low: Some(*low),
            high: Some(*high),
        },
        _ => Interval::UNKNOWN,
    }
}

/// A range with the unit of a sentence's number: `up to 3 hours`.
#[must_use]
pub fn with_unit(words: &Words<'_>, sentence: SentenceId, own: Range) -> String {
    let vocabulary = &words.book.vocabulary;
    let said = range(own, domain(words, sentence));
    let at = vocabulary.number_slots(sentence).next();
    let slots = &vocabulary.sentences[sentence].slots;
    match at.map(|at| &vocabulary.kinds[slots[at].kind].sort) {
        Some(KindSort::Number {
            unit: Some(unit), ..
        }) if said != "whatever it is" => format!("{said} {unit}"),
        _ => said,
    }
}

#[cfg(test)]
mod tests {
    use super::range;
    use crate::explain::Range;
    use crate::value::{Interval, Number};

    #[test]
    fn ranges_are_said() {
        let end = |value: i64, is_in: bool| Some((Number::whole(value), is_in));
        let say = |low, high| {
            let exact = true;
            range(Range { low, high, exact }, Interval::UNKNOWN)
        };
        assert_eq!(say(None, end(3, true)), "up to 3");
        assert_eq!(say(end(3, false), None), "more than 3");
        assert_eq!(say(end(3, true), end(3, true)), "exactly 3");
        assert_eq!(say(end(3, false), end(5, true)), "more than 3, up to 5");
        assert_eq!(say(None, None), "whatever it is");
    }
}
