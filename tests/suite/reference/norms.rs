//! The verdicts of one norm: what may be engaged, broken, exempt, excused and overridden, and the statuses left.

use super::bindings::{Bound, Env, nothing};
use super::lines::among;
use super::outcome::{Fault, Judge};
use fiducia::rulebook::{DefeatSort, Norm, NormId, Part, Term, Test, Var, VarId};
use fiducia::value::{IndexVec, NormSort, Status, StatusSet, Truth, ValueId};

/// What decides the statuses of one part, by itself.
struct Parted {
    engaged: Truth,
    broken: Truth,
    /// Whether it can be kept.
    kept: bool,
    /// Exemptions and excuses of this part alone.
    exempt: Truth,
    excused: Truth,
}

/// What is one truth for all parts: exemptions and excuses of the whole duty, and the priorities over it.
#[derive(Clone, Copy)]
struct Shared {
    exempt: Truth,
    excused: Truth,
    overridden: Truth,
}

impl Shared {
    /// Every way in which what is unknown may turn out.
    fn ways(self) -> Vec<Self> {
        let mut all = Vec::new();
        for exempt in settled(self.exempt) {
            for excused in settled(self.excused) {
                for overridden in settled(self.overridden) {
                    all.push(Self {
                        exempt,
                        excused,
                        overridden,
                    });
                }
            }
        }
        all
    }
}

fn settled(truth: Truth) -> Vec<Truth> {
    match truth {
        Truth::Unknown => vec![Truth::True, Truth::False],
        known => vec![known],
    }
}

/// A duty's statuses from best to worst.
const DUTY: [Status; 6] = [
    Status::NotEngaged,
    Status::Exempt,
    Status::Fulfilled,
    Status::Overridden,
    Status::Excused,
    Status::Violated,
];

/// An ideal's statuses from best to worst.
const IDEAL: [Status; 3] = [Status::NotEngaged, Status::Met, Status::FallsShort];

impl Judge<'_> {
    /// Settles every instance of a norm.
    pub fn settle(&mut self, id: NormId) -> Result<(), Fault> {
        let book = self.book;
        let norm = &book.norms[id];
        let parties: Vec<VarId> = norm.parties.iter().map(|party| party.var).collect();
        let kinds: Option<Vec<_>> = parties.iter().map(|var| norm.vars[*var].kind).collect();
        let mut verdicts = Vec::new();
        for instance in self.combinations(&kinds.ok_or(Fault::Unbound)?) {
            let Some(env) = self.with(&norm.vars, &parties, &instance) else {
                continue;
            };
            let mut arising = Vec::new();
            self.solve(&norm.vars, &norm.arises, &[], &env, &mut |env, truth| {
                arising.push((env.clone(), truth));
                Ok(())
            })?;
            if !arising.is_empty() {
                verdicts.push((instance.clone(), self.instance(id, &instance, &arising)?));
            }
        }
        for (instance, verdict) in verdicts {
            self.verdicts.insert((id, instance), verdict);
        }
        Ok(())
    }

    /// The block's slots with these parties in them; none where a party is not of its slot's kind, or one slot would
    /// stand for two.
    fn with(
        &self,
        vars: &IndexVec<VarId, Var>,
        slots: &[VarId],
        parties: &[ValueId],
    ) -> Option<Env> {
        let mut env = nothing(vars);
        for (slot, value) in slots.iter().zip(parties) {
            let bound = Some(Bound::Thing(*value));
            let kind = vars[*slot].kind?;
            let taken = env[slot.0 as usize].is_some() && env[slot.0 as usize] != bound;
            if taken || !self.domain(kind).contains(value) {
                return None;
            }
            env[slot.0 as usize] = bound;
        }
        Some(env)
    }

    fn instance(
        &self,
        id: NormId,
        parties: &[ValueId],
        arising: &[(Env, Truth)],
    ) -> Result<(StatusSet, Vec<StatusSet>), Fault> {
        let norm = &self.book.norms[id];
        let engaged = best(arising.iter().map(|(_, truth)| *truth));
        if norm.sort == NormSort::Concern {
            let mut set = StatusSet::only(Status::Raised);
            if engaged != Truth::True {
                set.insert(Status::NotRaised);
            }
            return Ok((set, Vec::new()));
        }
        let shared = Shared {
            exempt: self.defeated(id, None, DefeatSort::Exemption, parties)?,
            excused: self.defeated(id, None, DefeatSort::Excuse, parties)?,
            overridden: self.overridden(id, parties)?,
        };
        let mut parts = Vec::new();
        for (at, part) in norm.parts.iter().enumerate() {
            let mut parted = self.part(norm, part, arising)?;
            parted.exempt = self.defeated(id, Some(at), DefeatSort::Exemption, parties)?;
            parted.excused = self.defeated(id, Some(at), DefeatSort::Excuse, parties)?;
            parts.push(parted);
        }
        let sets = parts.iter().map(|part| statuses(norm.sort, part, shared));
        let sets: Vec<StatusSet> = sets.collect();
        if let ([part], [of_part]) = (norm.parts.as_slice(), sets.as_slice())
            && part.name.is_none()
        {
            return Ok((*of_part, sets));
        }
        let mut whole = StatusSet::EMPTY;
        if engaged != Truth::True {
            whole.insert(Status::NotEngaged);
        }
        for way in shared.ways() {
            whole = whole.union(worst(norm, &parts, way));
        }
        Ok((whole, sets))
    }

    fn part(&self, norm: &Norm, part: &Part, arising: &[(Env, Truth)]) -> Result<Parted, Fault> {
        let mut parted = Parted {
            engaged: Truth::False,
            broken: Truth::False,
            kept: false,
            exempt: Truth::False,
            excused: Truth::False,
        };
        for (env, arises) in arising {
            self.solve(&norm.vars, &part.arises, &[], env, &mut |env, narrows| {
                let arises = arises.and(narrows);
                let breaks = match &part.test {
                    Test::Broken(body) => self.some(&norm.vars, body, env)?,
                    Test::Met(body) => self.some(&norm.vars, body, env)?.negate(),
                };
                parted.engaged = parted.engaged.or(arises);
                parted.broken = parted.broken.or(arises.and(breaks));
                parted.kept |= breaks != Truth::True;
                Ok(())
            })?;
        }
        Ok(parted)
    }

    /// The best truth of the exemptions or excuses of the whole duty, or of those of one part alone.
    fn defeated(
        &self,
        id: NormId,
        part: Option<usize>,
        sort: DefeatSort,
        parties: &[ValueId],
    ) -> Result<Truth, Fault> {
        let mut best = Truth::False;
        for defeat in self.book.defeats.iter() {
            let acts = match part {
                None => defeat.parts.is_empty(),
                Some(part) => defeat.parts.contains(&part),
            };
            if defeat.norm != id || defeat.sort != sort || !acts {
                continue;
            }
            if let Some(env) = self.with(&defeat.vars, &defeat.parties, parties) {
                let truth = self.some(&defeat.vars, &defeat.body, &env)?;
                best = best.or(self.watched(defeat.span, truth));
            }
        }
        Ok(best)
    }

    /// The best truth of the priorities over an instance: their conditions, and the upper duty fulfilled.
    fn overridden(&self, id: NormId, parties: &[ValueId]) -> Result<Truth, Fault> {
        let mut best = Truth::False;
        for priority in self.book.priorities.iter().filter(|p| p.lower == id) {
            let places = priority.lower_terms.iter().zip(parties);
            let fits = |(term, value): (&Term, &ValueId)| match term {
                Term::Value(own) => own == value,
                Term::Var(_) => true,
            };
            if !places.clone().all(fits) {
                continue;
            }
            let named = places.filter_map(|(term, value)| match term {
                Term::Var(var) => Some((*var, *value)),
                Term::Value(_) => None,
            });
            let (slots, values): (Vec<VarId>, Vec<ValueId>) = named.unzip();
            let Some(env) = self.with(&priority.vars, &slots, &values) else {
                continue;
            };
            let upper = priority.upper_terms.iter().filter_map(|term| match term {
                Term::Var(var) => Some(*var),
                Term::Value(_) => None,
            });
            let upper: Vec<VarId> = upper.collect();
            let mut of_one = Truth::False;
            let mut each = |env: &Env, truth: Truth| {
                let terms = priority.upper_terms.iter();
                let above: Option<Vec<ValueId>> =
                    terms.map(|term| super::lines::thing(*term, env)).collect();
                let set = self.statuses(priority.upper, &above.ok_or(Fault::Unbound)?, None);
                let fulfilled = among(set, StatusSet::only(Status::Fulfilled));
                of_one = of_one.or(truth.and(fulfilled));
                Ok(())
            };
            self.solve(&priority.vars, &priority.body, &upper, &env, &mut each)?;
            best = best.or(self.watched(priority.span, of_one));
        }
        Ok(best)
    }
}

fn best(truths: impl Iterator<Item = Truth>) -> Truth {
    truths.fold(Truth::False, Truth::or)
}

/// The statuses that the whole may have where it arises, with what all parts share turned out one way: its worst part's.
fn worst(norm: &Norm, parts: &[Parted], shared: Shared) -> StatusSet {
    let order: &[Status] = match norm.sort {
        NormSort::Ideal => &IDEAL,
        NormSort::Duty | NormSort::Concern => &DUTY,
    };
    let given = norm.parts.iter().zip(parts).map(|(part, parted)| {
        let bare = statuses(norm.sort, parted, shared).without(Status::NotEngaged);
        if !part.arises.is_empty() && parted.engaged != Truth::True {
            bare.with(Status::NotEngaged)
        } else {
            bare
        }
    });
    let given: Vec<StatusSet> = given.collect();
    let mut whole = StatusSet::EMPTY;
    for (worst, status) in order.iter().enumerate() {
        let up_to: StatusSet = order[..=worst].iter().copied().collect();
        let holds = given.iter().any(|set| set.has(*status));
        if holds && given.iter().all(|set| set.meets(up_to)) {
            whole.insert(*status);
        }
    }
    whole
}

/// The table of the possible statuses of a part.
fn statuses(sort: NormSort, of: &Parted, shared: Shared) -> StatusSet {
    let exempt = of.exempt.or(shared.exempt);
    let excused = of.excused.or(shared.excused);
    let overridden = shared.overridden;
    let not_true = |truth: Truth| truth != Truth::True;
    let not_false = |truth: Truth| truth != Truth::False;
    let mut set = StatusSet::EMPTY;
    let mut may = |status: Status, possible: bool| {
        if possible {
            set.insert(status);
        }
    };
    may(Status::NotEngaged, not_true(of.engaged));
    if sort == NormSort::Ideal {
        let met = not_true(of.broken) && of.kept;
        may(Status::Met, not_false(of.engaged) && met);
        let short = not_false(of.broken);
        may(Status::FallsShort, not_false(of.engaged) && short);
        return set;
    }
    let owed = not_false(of.engaged);
    let binds = owed && not_true(exempt);
    let breached = binds && not_false(of.broken);
    let blamed = breached && not_true(overridden);
    may(Status::Exempt, owed && not_false(exempt));
    may(Status::Fulfilled, binds && not_true(of.broken) && of.kept);
    may(Status::Overridden, breached && not_false(overridden));
    may(Status::Excused, blamed && not_false(excused));
    may(Status::Violated, blamed && not_true(excused));
    set
}
