//! Who in one case stands where who stands in another: persons and things matched by what is stated of them, not by name. In: two
//! records under one rulebook; out: pairs, and the second record in the first's names. Knows no words.

use crate::rulebook::{Record, Rulebook, Stated};
use crate::value::{Value, ValueId};
use std::collections::BTreeMap;

/// Who stands for whom: members of the second cast, each with the member of the first it stands for.
pub type Pairs = Vec<(ValueId, ValueId)>;

/// What is said of a member: the sentence, the place in it, and its truth, with how often.
type Role = BTreeMap<(u32, usize, u8), usize>;

fn roles(record: &Record, member: ValueId) -> Role {
    let mut found = Role::new();
    for line in &record.stated {
        for (at, value) in line.values.iter().enumerate() {
            if *value == Some(member) {
                *found
                    .entry((line.sentence.0, at, line.truth as u8))
                    .or_default() += 1;
            }
        }
    }
    found
}

/// Whether names count in matching.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    /// A name that both have stands for itself: two tellings of one case.
    First,
    /// By what is said of them; a name decides only between equals: two cases of different people.
    Last,
}

/// Matches the cast of a second record to that of a first, by kind and by how much alike is said of them, most alike first.
#[must_use]
pub fn matched(first: &Record, second: &Record, names: Names) -> Pairs {
    let mut pairs: Pairs = Vec::new();
    let name = |record: &Record, value: ValueId| match record.values.get(value) {
        Value::Name(name) => name.clone(),
        Value::Number(number) => number.to_string(),
    };
    let same_kinds = |one: usize, other: usize| {
        let mut kinds = [
            first.cast.members[one].1.clone(),
            second.cast.members[other].1.clone(),
        ];
        kinds.iter_mut().for_each(|kinds| kinds.sort_unstable());
        kinds[0] == kinds[1]
    };
    for (other, (theirs, _)) in second.cast.members.iter().enumerate() {
        let own = name(second, *theirs);
        let found = (0..first.cast.members.len())
            .find(|one| name(first, first.cast.members[*one].0) == own && same_kinds(*one, other));
        if let (Some(one), Names::First) = (found, names) {
            pairs.push((*theirs, first.cast.members[one].0));
        }
    }
    let mut alike: Vec<(usize, bool, usize, usize)> = Vec::new();
    let ours: Vec<Role> = first
        .cast
        .members
        .iter()
        .map(|(own, _)| roles(first, *own))
        .collect();
    for (other, (theirs, _)) in second.cast.members.iter().enumerate() {
        let role = roles(second, *theirs);
        for (one, own) in ours.iter().enumerate() {
            if same_kinds(one, other) {
                let shared = role
                    .iter()
                    .map(|(what, count)| own.get(what).copied().unwrap_or(0).min(*count))
                    .sum();
                let other_name = name(first, first.cast.members[one].0) != name(second, *theirs);
                alike.push((shared, other_name, one, other));
            }
        }
    }
    alike.sort_by_key(|(shared, other_name, one, other)| {
        (std::cmp::Reverse(*shared), *other_name, *one, *other)
    });
    for (_, _, one, other) in alike {
        let (ours, theirs) = (first.cast.members[one].0, second.cast.members[other].0);
        if pairs
            .iter()
            .all(|(known, taken)| *known != theirs && *taken != ours)
        {
            pairs.push((theirs, ours));
        }
    }
    pairs
}

/// A second record's lines in the names of a first, which takes in whatever it did not know.
#[must_use]
pub fn translated(
    book: &Rulebook,
    first: &mut Record,
    second: &Record,
    pairs: &Pairs,
) -> Vec<Stated> {
    let known = book.values.len();
    second
        .stated
        .iter()
        .map(|line| {
            let mut own = line.clone();
            for value in own.values.iter_mut().flatten() {
                *value = match pairs.iter().find(|(theirs, _)| theirs == value) {
                    Some((_, ours)) => *ours,
                    None if (value.0 as usize) < known => *value,
                    None => first.values.intern(second.values.get(*value).clone()),
                };
            }
            own
        })
        .collect()
}

/// How many lines two lists state alike.
#[must_use]
pub fn shared(ones: &[Stated], others: &[Stated]) -> usize {
    ones.iter()
        .filter(|line| others.iter().any(|other| is_same(line, other)))
        .count()
}

/// Whether two lines say the same.
#[must_use]
pub fn is_same(a: &Stated, b: &Stated) -> bool {
    a.sentence == b.sentence && a.values == b.values && a.truth == b.truth
}
