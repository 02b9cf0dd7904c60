//! Sets that meet every one of some clauses: the next that a search for smallest sets has to try. In: clauses, each a set of
//! which something must be chosen; out: sets. Knows neither facts nor judging.

/// A set, one bit a member.
pub type Bits = u128;

/// The members of a set, in order.
#[must_use]
pub fn members(set: Bits) -> Vec<usize> {
    (0..Bits::BITS as usize)
        .filter(|at| set >> at & 1 == 1)
        .collect()
}

/// A set of this size, out of so many, that shares a member with each clause and is not known yet.
#[must_use]
pub fn hitting(clauses: &[Bits], size: usize, of: usize, known: &[Bits]) -> Option<Bits> {
    fn go(
        (clauses, of, known): (&[Bits], usize, &[Bits]),
        left: usize,
        from: usize,
        set: Bits,
    ) -> Option<Bits> {
        let all = (clauses, of, known);
        match clauses.iter().find(|clause| *clause & set == 0) {
            None if left == 0 => (!known.contains(&set)).then_some(set),
            // Nothing says yet which one more: any will do, in order.
            None => (from..of)
                .filter(|which| set >> which & 1 == 0)
                .find_map(|which| go(all, left - 1, which + 1, set | 1 << which)),
            Some(_) if left == 0 => None,
            Some(clause) => members(*clause)
                .into_iter()
                .find_map(|which| go(all, left - 1, 0, set | 1 << which)),
        }
    }
    go((clauses, of, known), size, 0, 0)
}
