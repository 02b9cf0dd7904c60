//! The table of statuses: from whether a norm arises, is exempt, broken, overridden and excused to the statuses still
//! possible (docs/semantics.md, Verdicts). In: the tables of a norm; out: its verdicts, and a row each that conditions read.

use super::judgement::{By, Defeater, PartVerdict, Verdict};
use crate::engine::{Cell, Recorder, Run};
use crate::plan::{NormRelations, RelId};
use crate::rulebook::NormId;
use crate::value::{NormSort, Status, StatusSet, Truth};

/// What the table asks about one part of one instance.
#[derive(Clone, Copy, Debug)]
struct Asked {
    engaged: Truth,
    broken: Truth,
    can_be_kept: bool,
    exempt: Truth,
    overridden: Truth,
    excused: Truth,
}

/// Settles every instance of a norm that may be engaged.
pub fn settle<R: Recorder>(run: &mut Run<'_, R>, id: NormId, verdicts: &mut Vec<Verdict>) {
    let plan = run.plan;
    let relations = &plan.norms[id];
    let norm = &run.book.norms[id];
    let width = norm.parties.len();
    let named = norm.parts.iter().any(|part| part.name.is_some());
    let instances = run.table(relations.engaged).len();
    let mut tests: Vec<Vec<(Truth, Truth, bool)>> = Vec::new();
    for part in 0..norm.parts.len() {
        tests.push(test_part(run, relations, part, width, instances));
    }
    for instance in 0..instances {
        let row = u32::try_from(instance).unwrap_or(u32::MAX);
        let engaged = run.table(relations.engaged).truth(row);
        let parties: Vec<Cell> = run.table(relations.engaged).row(row)[..width].to_vec();
        let mut parts = Vec::new();
        let mut given_sets = Vec::new();
        let mut by: Vec<By> = Vec::new();
        for (part, asked) in tests.iter().enumerate() {
            let (engaged_k, broken, can_be_kept) = asked[instance];
            let (exempt, exemptions) = defeats(run, &relations.exemptions, part, &parties);
            let (excused, excuses) = defeats(run, &relations.excuses, part, &parties);
            let (overridden, priorities) = priorities(run, relations, &parties);
            let asked = Asked {
                engaged: engaged_k,
                broken,
                can_be_kept,
                exempt,
                overridden,
                excused,
            };
            let statuses = statuses(norm.sort, asked);
            given_sets.push(given_it_arises(
                statuses,
                relations.parts[part].narrows,
                engaged_k,
            ));
            let mut own = Vec::new();
            let mut add = |status: Status, list: Vec<By>| {
                if statuses.has(status) {
                    own.extend(list);
                }
            };
            add(Status::Exempt, exemptions);
            add(Status::Overridden, priorities);
            add(Status::Excused, excuses);
            own.iter().for_each(|one| {
                if !by.contains(one) {
                    by.push(*one);
                }
            });
            parts.push(PartVerdict { statuses, by: own });
        }
        let statuses = match (norm.sort, &parts[..]) {
            (NormSort::Concern, _) => raised(engaged),
            (_, [only]) if !named => only.statuses,
            _ => whole(norm.sort, engaged, &given_sets),
        };
        let mut cells = parties.clone();
        cells.push(Cell(u32::from(statuses.0)));
        cells.extend(parts.iter().map(|part| Cell(u32::from(part.statuses.0))));
        run.assert_row(relations.verdict, &cells);
        let parts = if named { parts } else { Vec::new() };
        verdicts.push(Verdict {
            norm: id,
            parties,
            engaged,
            statuses,
            parts,
            by,
            silent: false,
            repaired: false,
        });
    }
}

/// For each instance: whether the part is engaged, broken, and whether it can be kept.
fn test_part<R: Recorder>(
    run: &mut Run<'_, R>,
    relations: &NormRelations,
    part: usize,
    width: usize,
    instances: usize,
) -> Vec<(Truth, Truth, bool)> {
    let part = relations.parts[part];
    let mut found = vec![(Truth::False, Truth::False, false); instances];
    let mask = (1_u32 << width) - 1;
    let bindings = u32::try_from(run.table(part.arises).len()).unwrap_or(u32::MAX);
    for binding in 0..bindings {
        let arises = run.table(part.arises).truth(binding);
        if arises == Truth::False {
            continue;
        }
        let cells = run.table(part.arises).row(binding).to_vec();
        let Some(instance) = run.find(relations.engaged, mask, &cells) else {
            continue;
        };
        let holds = truth_of(run, part.test, &cells);
        let broken = if part.met { holds.negate() } else { holds };
        let (engaged_k, broken_k, kept) = &mut found[instance as usize];
        *engaged_k = engaged_k.or(arises);
        *broken_k = broken_k.or(arises.and(broken));
        *kept |= broken != Truth::True;
    }
    found
}

/// The truth of a derived row whose every column is given.
fn truth_of<R: Recorder>(run: &mut Run<'_, R>, rel: RelId, cells: &[Cell]) -> Truth {
    let key = run.plan.relations[rel].key;
    match run.find(rel, key, cells) {
        Some(row) => run.table(rel).truth(row),
        None => Truth::False,
    }
}

fn defeats<R: Recorder>(
    run: &mut Run<'_, R>,
    list: &[(crate::rulebook::DefeatId, RelId, Vec<usize>)],
    part: usize,
    parties: &[Cell],
) -> (Truth, Vec<By>) {
    let mut best = Truth::False;
    let mut by = Vec::new();
    for (id, rel, parts) in list {
        if parts.is_empty() || parts.contains(&part) {
            let truth = truth_of(run, *rel, parties);
            if truth != Truth::False {
                by.push(By {
                    defeater: Defeater::Defeat(*id),
                    truth,
                });
            }
            best = best.or(truth);
        }
    }
    (best, by)
}

fn priorities<R: Recorder>(
    run: &mut Run<'_, R>,
    relations: &NormRelations,
    parties: &[Cell],
) -> (Truth, Vec<By>) {
    let mut best = Truth::False;
    let mut by = Vec::new();
    for (id, rel) in &relations.priorities {
        let truth = truth_of(run, *rel, parties);
        if truth != Truth::False {
            by.push(By {
                defeater: Defeater::Priority(*id),
                truth,
            });
        }
        best = best.or(truth);
    }
    (best, by)
}

/// The table itself.
fn statuses(sort: NormSort, asked: Asked) -> StatusSet {
    let may = |truth: Truth| truth != Truth::False;
    let may_not = |truth: Truth| truth != Truth::True;
    let mut set = StatusSet::EMPTY;
    if may_not(asked.engaged) {
        set.insert(Status::NotEngaged);
    }
    if !may(asked.engaged) {
        return set;
    }
    let kept = may_not(asked.broken) && asked.can_be_kept;
    if sort == NormSort::Ideal {
        if kept {
            set.insert(Status::Met);
        }
        if may(asked.broken) {
            set.insert(Status::FallsShort);
        }
        return set;
    }
    if may(asked.exempt) {
        set.insert(Status::Exempt);
    }
    if asked.exempt == Truth::True {
        return set;
    }
    if kept {
        set.insert(Status::Fulfilled);
    }
    if may(asked.broken) {
        if may(asked.overridden) {
            set.insert(Status::Overridden);
        }
        if may_not(asked.overridden) && may(asked.excused) {
            set.insert(Status::Excused);
        }
        if may_not(asked.overridden) && may_not(asked.excused) {
            set.insert(Status::Violated);
        }
    }
    set
}

/// A part's statuses given that the norm arises: *not engaged* only where the part narrows and may be out.
fn given_it_arises(statuses: StatusSet, narrows: bool, engaged: Truth) -> StatusSet {
    let out = narrows && engaged != Truth::True;
    let set = statuses.without(Status::NotEngaged);
    if out {
        set.with(Status::NotEngaged)
    } else {
        set
    }
}

/// The worst part's status, for every way the parts may turn out together.
fn whole(sort: NormSort, engaged: Truth, parts: &[StatusSet]) -> StatusSet {
    let mut set = StatusSet::EMPTY;
    let all_out = parts.iter().all(|part| part.has(Status::NotEngaged));
    if engaged != Truth::True || all_out {
        set.insert(Status::NotEngaged);
    }
    if engaged == Truth::False {
        return set;
    }
    for status in Status::ALL
        .into_iter()
        .filter(|status| status.fits(sort) && *status != Status::NotEngaged)
    {
        let reaches = parts.iter().any(|part| part.has(status));
        let others = parts
            .iter()
            .all(|part| part.iter().any(|other| other <= status));
        if reaches && others {
            set.insert(status);
        }
    }
    set
}

fn raised(engaged: Truth) -> StatusSet {
    match engaged {
        Truth::True => StatusSet::only(Status::Raised),
        Truth::Unknown => StatusSet::only(Status::Raised).with(Status::NotRaised),
        Truth::False => StatusSet::only(Status::NotRaised),
    }
}

#[cfg(test)]
mod tests {
    use super::{Asked, NormSort, Status, StatusSet, Truth, statuses, whole};

    fn asked(engaged: Truth, broken: Truth) -> Asked {
        Asked {
            engaged,
            broken,
            can_be_kept: true,
            exempt: Truth::False,
            overridden: Truth::False,
            excused: Truth::False,
        }
    }

    #[test]
    fn the_six_rows() {
        let of = |asked| statuses(NormSort::Duty, asked).determined();
        assert_eq!(
            of(asked(Truth::False, Truth::False)),
            Some(Status::NotEngaged)
        );
        assert_eq!(
            of(asked(Truth::True, Truth::False)),
            Some(Status::Fulfilled)
        );
        assert_eq!(of(asked(Truth::True, Truth::True)), Some(Status::Violated));
        assert_eq!(
            of(Asked {
                exempt: Truth::True,
                ..asked(Truth::True, Truth::True)
            }),
            Some(Status::Exempt)
        );
        assert_eq!(
            of(Asked {
                overridden: Truth::True,
                ..asked(Truth::True, Truth::True)
            }),
            Some(Status::Overridden)
        );
        assert_eq!(
            of(Asked {
                excused: Truth::True,
                ..asked(Truth::True, Truth::True)
            }),
            Some(Status::Excused)
        );
    }

    #[test]
    fn broken_if_it_arises() {
        let asked = Asked {
            can_be_kept: false,
            ..asked(Truth::Unknown, Truth::Unknown)
        };
        let expected = StatusSet::only(Status::NotEngaged).with(Status::Violated);
        assert_eq!(statuses(NormSort::Duty, asked), expected);
    }

    #[test]
    fn the_whole_takes_the_worst_part() {
        let either = StatusSet::only(Status::Fulfilled).with(Status::Violated);
        let kept = StatusSet::only(Status::Fulfilled);
        let broken = StatusSet::only(Status::Violated);
        assert_eq!(whole(NormSort::Duty, Truth::True, &[either, kept]), either);
        assert_eq!(
            whole(NormSort::Duty, Truth::True, &[either, broken]),
            broken
        );
        assert_eq!(
            whole(NormSort::Duty, Truth::Unknown, &[broken, kept]),
            broken.with(Status::NotEngaged)
        );
    }
}
