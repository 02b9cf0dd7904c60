//! The table of statuses: from whether a norm arises, is exempt, broken, overridden and excused to the statuses still
//! possible (docs/semantics.md, Verdicts). In: the tables of a norm; out: its verdicts, and a row each that conditions read.

use super::judgement::{Behind, By, Defeater, PartVerdict, Parties, Spare, Verdict};
use crate::engine::{Cell, Recorder, Run};
use crate::plan::{NormRelations, PartRelations, RelId};
use crate::rulebook::{DefeatId, NormId};
use crate::value::{NormSort, Status, StatusSet, Truth};
use smallvec::{SmallVec, smallvec};

/// For each part, for each instance: whether it is engaged, broken, and whether it can be kept.
type Tested = SmallVec<[(Truth, Truth, bool); 24]>;

/// What the table asks about one part of one instance.
#[derive(Clone, Copy, Debug)]
struct Asked {
    engaged: Truth,
    /// Whether the part has an `arises in` of its own.
    narrows: bool,
    broken: Truth,
    can_be_kept: bool,
    /// By exemptions of this part alone.
    exempt: Truth,
    /// By excuses of this part alone.
    excused: Truth,
}

/// Whether the whole duty is exempt, overridden and excused.
#[derive(Clone, Copy, Debug)]
struct Defeated {
    exempt: Truth,
    overridden: Truth,
    excused: Truth,
}

/// Empties verdicts; keeps what their parts allocated.
pub fn put_by(verdicts: &mut Vec<Verdict>, spare: &mut Spare) {
    for verdict in verdicts.drain(..) {
        let mut parts = verdict.parts;
        if parts.capacity() > 0 {
            parts.clear();
            spare.push(parts);
        }
    }
}

/// Settles every instance of a norm that may be engaged. This and what it calls are not written out at every place that calls
/// them: bodies are run between one norm and the next, and the code of both is to stay in the first cache.
#[inline(never)]
pub fn settle<R: Recorder>(
    run: &mut Run<'_, R>,
    id: NormId,
    verdicts: &mut Vec<Verdict>,
    spare: &mut Spare,
) {
    let plan = run.plan;
    let relations = &plan.norms[id];
    let instances = run.table(relations.engaged).len();
    match relations.plain {
        _ if instances == 0 => {}
        Some(part) => settle_plain(run, id, part, instances, verdicts),
        None => settle_parts(run, id, instances, verdicts, spare),
    }
}

/// Settles every instance of a norm with named parts, or of a concern.
#[inline(never)]
fn settle_parts<R: Recorder>(
    run: &mut Run<'_, R>,
    id: NormId,
    instances: usize,
    verdicts: &mut Vec<Verdict>,
    spare: &mut Spare,
) {
    let plan = run.plan;
    let relations = &plan.norms[id];
    let norm = &run.book.norms[id];
    let width = norm.parties.len();
    let named = norm.parts.iter().any(|part| part.name.is_some());
    let mut tests: Tested =
        smallvec![(Truth::False, Truth::False, false); instances * norm.parts.len()];
    for part in 0..norm.parts.len() {
        let own = &mut tests[part * instances..(part + 1) * instances];
        test_part(run, relations, part, width, own);
    }
    for instance in 0..instances {
        let row = u32::try_from(instance).unwrap_or(u32::MAX);
        let engaged = run.table(relations.engaged).truth(row);
        let parties = Parties::from_slice(&run.table(relations.engaged).row(row)[..width]);
        // What defeats the whole duty is the same for all its parts.
        let mut behind = Defeaters::default();
        let defeated = behind.of_the_whole(run, relations, &parties);
        let before = (behind.exemptions.len(), behind.excuses.len());
        let mut parts = spare.pop().unwrap_or_default();
        let mut asked: SmallVec<[Asked; 8]> = SmallVec::new();
        let mut by = Behind::new();
        for part in 0..norm.parts.len() {
            let (engaged_k, broken, can_be_kept) = tests[part * instances + instance];
            behind.exemptions.truncate(before.0);
            behind.excuses.truncate(before.1);
            let (exempt, excused) = behind.of(run, relations, Some(part), &parties);
            let own = Asked {
                engaged: engaged_k,
                narrows: relations.parts[part].narrows,
                broken,
                can_be_kept,
                exempt,
                excused,
            };
            let statuses = own.statuses(norm.sort, defeated);
            let own_by = behind.acting(statuses);
            for one in &own_by {
                if !by.contains(one) {
                    by.push(*one);
                }
            }
            asked.push(own);
            parts.push(PartVerdict {
                statuses,
                by: own_by,
            });
        }
        let statuses = match norm.sort {
            NormSort::Concern => raised(engaged),
            sort => whole(sort, engaged, defeated, &asked),
        };
        let mut cells: SmallVec<[Cell; 16]> = SmallVec::from_slice(&parties);
        cells.push(Cell(u32::from(statuses.0)));
        cells.extend(parts.iter().map(|part| Cell(u32::from(part.statuses.0))));
        run.assert_row(relations.verdict, &cells);
        if !named {
            parts.clear();
            spare.push(std::mem::take(&mut parts));
        }
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

/// The same for a duty or ideal of one part without a name, as nearly all are.
#[inline(never)]
fn settle_plain<R: Recorder>(
    run: &mut Run<'_, R>,
    id: NormId,
    part: PartRelations,
    instances: usize,
    verdicts: &mut Vec<Verdict>,
) {
    let plan = run.plan;
    let relations = &plan.norms[id];
    let mut tests = Tested::new();
    if part.arises != relations.engaged {
        tests.resize(instances, (Truth::False, Truth::False, false));
        let width = run.book.norms[id].parties.len();
        test_part(run, relations, 0, width, &mut tests);
    }
    for row in 0..u32::try_from(instances).unwrap_or(u32::MAX) {
        let (arises, cells) = run.table(relations.engaged).entry(row);
        let parties = Parties::from_slice(cells);
        let (engaged, broken, can_be_kept) = match tests.get(row as usize) {
            Some(tested) => *tested,
            // It is tested once for each instance.
            None => {
                let broken = part.broken(truth_of(run, part.test, &parties));
                (arises, arises.and(broken), broken != Truth::True)
            }
        };
        // Nothing can be said of a part without a name alone.
        let mut behind = Defeaters::default();
        let defeated = behind.of_the_whole(run, relations, &parties);
        let asked = Asked {
            engaged,
            narrows: part.narrows,
            broken,
            can_be_kept,
            exempt: Truth::False,
            excused: Truth::False,
        };
        let statuses = asked.statuses(relations.sort, defeated);
        let by = behind.acting(statuses);
        let mut cells: SmallVec<[Cell; 6]> = SmallVec::from_slice(&parties);
        cells.extend([Cell(u32::from(statuses.0)); 2]);
        run.assert_row(relations.verdict, &cells);
        verdicts.push(Verdict {
            norm: id,
            parties,
            engaged: arises,
            statuses,
            parts: Vec::new(),
            by,
            silent: false,
            repaired: false,
        });
    }
}

/// What may defeat a duty, by the status that it leads to.
#[derive(Default)]
struct Defeaters {
    exemptions: Behind,
    higher: Behind,
    excuses: Behind,
}

impl Defeaters {
    /// Whether the whole duty is defeated.
    fn of_the_whole<R: Recorder>(
        &mut self,
        run: &mut Run<'_, R>,
        relations: &NormRelations,
        parties: &[Cell],
    ) -> Defeated {
        let overridden = priorities(run, relations, parties, &mut self.higher);
        let (exempt, excused) = self.of(run, relations, None, parties);
        Defeated {
            exempt,
            overridden,
            excused,
        }
    }

    /// Whether one part apart from the whole, or the whole, is exempt and excused.
    #[inline]
    fn of<R: Recorder>(
        &mut self,
        run: &mut Run<'_, R>,
        relations: &NormRelations,
        part: Option<usize>,
        parties: &[Cell],
    ) -> (Truth, Truth) {
        let (exemptions, excuses) = (&relations.exemptions, &relations.excuses);
        (
            defeats(run, exemptions, part, parties, &mut self.exemptions),
            defeats(run, excuses, part, parties, &mut self.excuses),
        )
    }

    /// Those behind the statuses that are still possible.
    fn acting(&self, statuses: StatusSet) -> Behind {
        let mut behind = Behind::new();
        for (status, list) in [
            (Status::Exempt, &self.exemptions),
            (Status::Overridden, &self.higher),
            (Status::Excused, &self.excuses),
        ] {
            if !list.is_empty() && statuses.has(status) {
                behind.extend_from_slice(list);
            }
        }
        behind
    }
}

/// Tests one part under every binding under which it arises.
fn test_part<R: Recorder>(
    run: &mut Run<'_, R>,
    relations: &NormRelations,
    part: usize,
    width: usize,
    found: &mut [(Truth, Truth, bool)],
) {
    let part = relations.parts[part];
    let mask = (1_u32 << width) - 1;
    let bindings = u32::try_from(run.table(part.arises).len()).unwrap_or(u32::MAX);
    for binding in 0..bindings {
        let arises = run.table(part.arises).truth(binding);
        if arises == Truth::False {
            continue;
        }
        let cells: SmallVec<[Cell; 8]> = SmallVec::from_slice(run.table(part.arises).row(binding));
        let Some(instance) = run.find(relations.engaged, mask, &cells) else {
            continue;
        };
        let holds = truth_of(run, part.test, &cells);
        let broken = part.broken(holds);
        let (engaged_k, broken_k, kept) = &mut found[instance as usize];
        *engaged_k = engaged_k.or(arises);
        *broken_k = broken_k.or(arises.and(broken));
        *kept |= broken != Truth::True;
    }
}

/// The truth of a row of a relation without values, whose every column is given.
#[inline(never)]
fn truth_of<R: Recorder>(run: &mut Run<'_, R>, rel: RelId, cells: &[Cell]) -> Truth {
    match run.find(rel, (1 << cells.len()) - 1, cells) {
        Some(row) => run.table(rel).truth(row),
        None => Truth::False,
    }
}

/// Whether exemptions or excuses act on the whole duty, or on a part of it alone; adds those that may.
#[inline(never)]
fn defeats<R: Recorder>(
    run: &mut Run<'_, R>,
    list: &[(DefeatId, RelId, Vec<usize>)],
    part: Option<usize>,
    parties: &[Cell],
    by: &mut Behind,
) -> Truth {
    let mut best = Truth::False;
    for (id, rel, parts) in list {
        if part.map_or(parts.is_empty(), |part| parts.contains(&part)) {
            best = best.or(defeat(run, Defeater::Defeat(*id), *rel, parties, by));
        }
    }
    best
}

/// The same for the priorities of other duties.
#[inline(never)]
fn priorities<R: Recorder>(
    run: &mut Run<'_, R>,
    relations: &NormRelations,
    parties: &[Cell],
    by: &mut Behind,
) -> Truth {
    let mut best = Truth::False;
    for (id, rel) in &relations.priorities {
        best = best.or(defeat(run, Defeater::Priority(*id), *rel, parties, by));
    }
    best
}

fn defeat<R: Recorder>(
    run: &mut Run<'_, R>,
    defeater: Defeater,
    rel: RelId,
    parties: &[Cell],
    by: &mut Behind,
) -> Truth {
    let truth = truth_of(run, rel, parties);
    if truth != Truth::False {
        by.push(By { defeater, truth });
    }
    truth
}

impl Asked {
    /// The table itself.
    #[inline(never)]
    fn statuses(&self, sort: NormSort, whole: Defeated) -> StatusSet {
        let may = |truth: Truth| truth != Truth::False;
        let may_not = |truth: Truth| truth != Truth::True;
        let exempt = whole.exempt.or(self.exempt);
        let excused = whole.excused.or(self.excused);
        let mut set = StatusSet::EMPTY;
        if may_not(self.engaged) {
            set.insert(Status::NotEngaged);
        }
        if !may(self.engaged) {
            return set;
        }
        let kept = may_not(self.broken) && self.can_be_kept;
        if sort == NormSort::Ideal {
            if kept {
                set.insert(Status::Met);
            }
            if may(self.broken) {
                set.insert(Status::FallsShort);
            }
            return set;
        }
        if may(exempt) {
            set.insert(Status::Exempt);
        }
        if exempt == Truth::True {
            return set;
        }
        if kept {
            set.insert(Status::Fulfilled);
        }
        if may(self.broken) {
            if may(whole.overridden) {
                set.insert(Status::Overridden);
            }
            if may_not(whole.overridden) && may(excused) {
                set.insert(Status::Excused);
            }
            if may_not(whole.overridden) && may_not(excused) {
                set.insert(Status::Violated);
            }
        }
        set
    }

    /// Its statuses given that the norm arises: *not engaged* only where the part narrows and may be out.
    fn given_it_arises(&self, sort: NormSort, whole: Defeated) -> StatusSet {
        let set = self.statuses(sort, whole).without(Status::NotEngaged);
        if self.narrows && self.engaged != Truth::True {
            set.with(Status::NotEngaged)
        } else {
            set
        }
    }
}

/// The ways an open truth may turn out.
fn ways(truth: Truth) -> &'static [Truth] {
    match truth {
        Truth::True => &[Truth::True],
        Truth::False => &[Truth::False],
        Truth::Unknown => &[Truth::True, Truth::False],
    }
}

/// The worst part's status, for every way in which what defeats the whole duty may turn out, and the parts with it.
fn whole(sort: NormSort, engaged: Truth, defeated: Defeated, parts: &[Asked]) -> StatusSet {
    let mut set = StatusSet::EMPTY;
    if engaged != Truth::True {
        set.insert(Status::NotEngaged);
    }
    if engaged == Truth::False {
        return set;
    }
    for exempt in ways(defeated.exempt) {
        for overridden in ways(defeated.overridden) {
            for excused in ways(defeated.excused) {
                let way = Defeated {
                    exempt: *exempt,
                    overridden: *overridden,
                    excused: *excused,
                };
                let given: SmallVec<[StatusSet; 8]> = parts
                    .iter()
                    .map(|part| part.given_it_arises(sort, way))
                    .collect();
                set = set.union(worst(sort, &given));
            }
        }
    }
    set
}

/// The statuses that the worst part can have when each part may have any of its own.
fn worst(sort: NormSort, parts: &[StatusSet]) -> StatusSet {
    let any = parts
        .iter()
        .fold(StatusSet::EMPTY, |any, part| any.union(*part));
    // The worst part is at least as bad as the best that each can be; none of a part, none of the whole.
    let least = parts.iter().try_fold(Status::NotEngaged, |least, part| {
        Some(least.max(part.iter().next()?))
    });
    let reaches = |status: &Status| least.is_some_and(|least| *status >= least);
    any.iter()
        .filter(|status| reaches(status) && status.fits(sort))
        .collect()
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
    use super::{Asked, Defeated, NormSort, Status, StatusSet, Truth, whole};

    const NOTHING: Defeated = Defeated {
        exempt: Truth::False,
        overridden: Truth::False,
        excused: Truth::False,
    };

    fn asked(engaged: Truth, broken: Truth) -> Asked {
        let (exempt, excused) = (Truth::False, Truth::False);
        Asked {
            engaged,
            narrows: false,
            broken,
            can_be_kept: broken != Truth::True,
            exempt,
            excused,
        }
    }

    #[test]
    fn the_six_rows() {
        let of = |asked: Asked, by| asked.statuses(NormSort::Duty, by).determined();
        let broken = asked(Truth::True, Truth::True);
        assert_eq!(
            of(asked(Truth::False, Truth::False), NOTHING),
            Some(Status::NotEngaged)
        );
        assert_eq!(
            of(asked(Truth::True, Truth::False), NOTHING),
            Some(Status::Fulfilled)
        );
        assert_eq!(of(broken, NOTHING), Some(Status::Violated));
        assert_eq!(
            of(
                broken,
                Defeated {
                    exempt: Truth::True,
                    ..NOTHING
                }
            ),
            Some(Status::Exempt)
        );
        assert_eq!(
            of(
                broken,
                Defeated {
                    overridden: Truth::True,
                    ..NOTHING
                }
            ),
            Some(Status::Overridden)
        );
        assert_eq!(
            of(
                broken,
                Defeated {
                    excused: Truth::True,
                    ..NOTHING
                }
            ),
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
        assert_eq!(asked.statuses(NormSort::Duty, NOTHING), expected);
    }

    #[test]
    fn the_whole_takes_the_worst_part() {
        let either = StatusSet::only(Status::Fulfilled).with(Status::Violated);
        let (kept, broken) = (
            asked(Truth::True, Truth::False),
            asked(Truth::True, Truth::True),
        );
        let open = asked(Truth::True, Truth::Unknown);
        let of = |parts: &[Asked], by| whole(NormSort::Duty, Truth::True, by, parts);
        assert_eq!(of(&[open, kept], NOTHING), either);
        assert_eq!(
            of(&[open, broken], NOTHING),
            StatusSet::only(Status::Violated)
        );
        let maybe = Defeated {
            exempt: Truth::Unknown,
            ..NOTHING
        };
        // An exemption of the whole duty acts on all its parts or on none.
        assert_eq!(
            of(&[kept, broken], maybe),
            StatusSet::only(Status::Exempt).with(Status::Violated)
        );
    }
}
