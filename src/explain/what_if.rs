//! What changes if: a world judged again with other facts, or under rules without some block. In: a world, lines, names of blocks;
//! out: the other world, and the verdicts that differ with what turned. Knows no words.

use super::inquiry::WorldJudged;
use super::likeness::{Names, matched, translated};
use super::turned::{Turned, turned};
use crate::engine::Thing;
use crate::judge::World;
use crate::plan::{Plan, compile};
use crate::rulebook::{
    Case, Comparator, Condition, Expr, Line, NormId, Rulebook, Stated, replaces,
};
use crate::text::Diagnostic;
use crate::value::{Number, StatusSet};

/// A verdict that differs between two worlds, which two rulebooks may have judged.
#[derive(Clone, Debug)]
pub struct Contrast {
    /// The norm, in the rulebook of the world that has it.
    pub norm: NormId,
    /// Its parties, in the values of that world.
    pub parties: Vec<Option<Thing>>,
    /// Whether norm and parties are those of the second world.
    pub of_second: bool,
    /// Its statuses in the first world.
    pub before: StatusSet,
    /// Its statuses in the second.
    pub after: StatusSet,
    /// Its position in the first world, if it is there.
    pub at_first: Option<usize>,
    /// Its position in the second.
    pub at_second: Option<usize>,
    /// What turned.
    pub turned: Vec<Turned>,
}

/// Puts lines into a world's record, in place of what it states of the same.
pub fn restate(book: &Rulebook, world: &mut World, lines: &[Stated]) {
    for line in lines {
        world
            .record
            .stated
            .retain(|old| !replaces(&book.vocabulary, line, old));
        world.record.stated.push(line.clone());
    }
}

/// Two cases in one set of names, ready to be judged side by side.
#[derive(Clone, Debug)]
pub struct Alongside {
    /// The first, with every name of both.
    pub first: Case,
    /// The world of it that is meant.
    pub first_world: World,
    /// The second, in the names of the first.
    pub second: Case,
    /// The world of it that is meant.
    pub second_world: World,
    /// Who of the second stands for whom of the first, where their names differ.
    pub pairs: Vec<(String, String)>,
}

/// Lays a case alongside another: whoever of it stands where somebody of the other stands takes that name.
#[must_use]
pub fn alongside(
    book: &Rulebook,
    (first, one): (&Case, &World),
    (second, other): (&Case, &World),
) -> Alongside {
    let pairs = matched(&one.record, &other.record, Names::First);
    let mut record = one.record.clone();
    let stated = translated(book, &mut record, &other.record, &pairs);
    let mut cast = crate::rulebook::Cast::default();
    for (theirs, kinds) in &other.record.cast.members {
        let ours = pairs
            .iter()
            .find(|(own, _)| own == theirs)
            .map(|(_, ours)| *ours);
        let ours = ours.unwrap_or_else(|| {
            record
                .values
                .intern(other.record.values.get(*theirs).clone())
        });
        cast.members.push((ours, kinds.clone()));
    }
    let world = |own: &World, stated: Vec<Stated>, cast| World {
        option: own.option,
        suppose: own.suppose,
        record: crate::rulebook::Record {
            values: record.values.clone(),
            cast,
            stated,
        },
    };
    let case = |own: &Case| Case {
        values: record.values.clone(),
        ..own.clone()
    };
    let named = pairs
        .iter()
        .map(|(theirs, ours)| {
            (
                other.record.values.get(*theirs).to_string(),
                one.record.values.get(*ours).to_string(),
            )
        })
        .filter(|(theirs, ours)| theirs != ours)
        .collect();
    Alongside {
        first_world: world(one, one.record.stated.clone(), one.record.cast.clone()),
        second_world: world(other, stated, cast),
        first: case(first),
        second: case(second),
        pairs: named,
    }
}

/// The rulebook without the blocks of this name: each stays in its place, and never applies. How many there were.
#[must_use]
pub fn without(book: &Rulebook, name: &str) -> (Rulebook, usize) {
    let mut book = book.clone();
    let mut count = 0;
    let never = |span| Line {
        condition: Condition::Compare {
            negated: false,
            left: Expr::Number(Number::zero()),
            comparator: Comparator::MoreThan,
            right: Expr::Number(Number::zero()),
        },
        unless: false,
        span,
    };
    for rule in book.rules.iter_mut().filter(|rule| rule.name == name) {
        rule.body.insert(0, never(rule.span));
        count += 1;
    }
    for norm in book.norms.iter_mut().filter(|norm| norm.name == name) {
        let at = usize::from(norm.after);
        norm.arises.insert(at, never(norm.span));
        count += 1;
    }
    for defeat in book.defeats.iter_mut().filter(|defeat| defeat.name == name) {
        defeat.body.insert(0, never(defeat.span));
        count += 1;
    }
    for priority in book.priorities.iter_mut().filter(|one| one.name == name) {
        priority.body.insert(0, never(priority.span));
        count += 1;
    }
    (book, count)
}

/// The plan of a rulebook that was changed.
///
/// # Errors
/// The circles that keep it from being run.
pub fn compiled(book: &Rulebook) -> Result<Plan, Vec<Diagnostic>> {
    compile(book)
}

/// The names of all blocks that can be left out, each once.
#[must_use]
pub fn block_names(book: &Rulebook) -> Vec<&str> {
    let rules = book.rules.iter().map(|rule| rule.name.as_str());
    let norms = book.norms.iter().map(|norm| norm.name.as_str());
    let defeats = book.defeats.iter().map(|defeat| defeat.name.as_str());
    let priorities = book.priorities.iter().map(|one| one.name.as_str());
    let mut names: Vec<&str> = rules
        .chain(norms)
        .chain(defeats)
        .chain(priorities)
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// The verdicts that differ between two worlds, told apart by names, in the order of the second world's rulebook, then of the first.
#[must_use]
pub fn contrasts(first: &WorldJudged<'_>, second: &WorldJudged<'_>) -> Vec<Contrast> {
    let mut found = Vec::new();
    let ones: Vec<Key> = keys(first);
    let others: Vec<Key> = keys(second);
    for (at, key) in others.iter().enumerate() {
        let at_first = ones.iter().position(|own| own == key);
        let after = second.judged.verdicts()[at].statuses;
        let norm = second.judged.verdicts()[at].norm;
        let none = super::again::missing(second.judged.book(), norm);
        let before = at_first.map_or(none, |at| first.judged.verdicts()[at].statuses);
        if before != after {
            found.push(Contrast {
                norm,
                parties: second.parties(at),
                of_second: true,
                before,
                after,
                at_first,
                at_second: Some(at),
                turned: turned((first, at_first), (second, Some(at))),
            });
        }
    }
    for (at, key) in ones.iter().enumerate() {
        let norm = first.judged.verdicts()[at].norm;
        let none = super::again::missing(first.judged.book(), norm);
        let before = first.judged.verdicts()[at].statuses;
        if !others.contains(key) && before != none {
            found.push(Contrast {
                norm,
                parties: first.parties(at),
                of_second: false,
                before,
                after: none,
                at_first: Some(at),
                at_second: None,
                turned: turned((first, Some(at)), (second, None)),
            });
        }
    }
    found
}

/// A norm with its parties by name.
type Key = (crate::value::NormSort, String, Vec<String>);

fn keys(world: &WorldJudged<'_>) -> Vec<Key> {
    let values = &world.judged.record().values;
    (0..world.judged.verdicts().len())
        .map(|at| {
            let norm = &world.judged.book().norms[world.judged.verdicts()[at].norm];
            let parties = world.parties(at);
            let names = parties.iter().map(|thing| match thing {
                Some(Thing::Value(value)) => values.get(*value).to_string(),
                Some(Thing::Number(number)) => number.to_string(),
                None => String::new(),
            });
            (norm.sort, norm.name.clone(), names.collect())
        })
        .collect()
}
