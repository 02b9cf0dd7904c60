//! Names that may be slips of each other. In: a record whose names nobody cast; out: pairs of names that differ by one
//! letter. It does not know which of the two was meant.

use crate::rulebook::Record;
use crate::value::Value;

/// A shorter name is no evidence of a slip.
const SHORT: usize = 4;

/// Pairs of names of a record that differ by one letter put in, left out, put for another or changed about with its
/// neighbour, in the order of the record. Digits tell things apart: `night 1` and `night 2` are two nights.
pub(super) fn slips(record: &Record) -> Vec<(String, String)> {
    let name = |at: usize| match record.values.get(record.cast.members[at].0) {
        Value::Name(name) => Some(name.as_str()),
        Value::Number(_) => None,
    };
    let mut found = Vec::new();
    for second in 0..record.cast.members.len() {
        for first in 0..second {
            if let (Some(one), Some(other)) = (name(first), name(second))
                && is_slip(one, other)
            {
                found.push((one.to_owned(), other.to_owned()));
            }
        }
    }
    found
}

/// Whether two names differ by one letter.
fn is_slip(one: &str, other: &str) -> bool {
    if one.len().abs_diff(other.len()) > 4 || one.len().min(other.len()) < SHORT {
        return false;
    }
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let same = |(a, b): &(&char, &char)| a == b;
    let from = one.iter().zip(&other).take_while(same).count();
    let (one, other) = (&one[from..], &other[from..]);
    let back = one
        .iter()
        .rev()
        .zip(other.iter().rev())
        .take_while(same)
        .count();
    match (&one[..one.len() - back], &other[..other.len() - back]) {
        ([a], []) | ([], [a]) => a.is_alphabetic(),
        ([a], [b]) => a.is_alphabetic() && b.is_alphabetic(),
        ([a, b], [c, d]) => (a, b) == (d, c) && a.is_alphabetic() && b.is_alphabetic(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_slip;

    #[test]
    fn one_letter() {
        for (one, other) in [
            ("Dr Osei", "Dr Ossei"),
            ("Mr Lind", "Mr Lint"),
            ("biopsy", "biospy"),
            ("Mrs Vey", "Mrs Vy"),
            ("biopsy", "Biopsy"),
        ] {
            assert!(is_slip(one, other) && is_slip(other, one), "{one}, {other}");
        }
        for (one, other) in [
            ("night 1", "night 2"),
            ("Ann", "Anna"),
            ("Dr Osei", "Dr Osei"),
            ("Mr Lind", "Ms Land"),
            ("Mrs Vey", "Mrs Vey 2"),
        ] {
            assert!(!is_slip(one, other), "{one}, {other}");
        }
    }
}
