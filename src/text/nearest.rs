//! "Did you mean": the known wordings closest to what was written. Knows no grammar.

/// The closest of `known` to `written`, best first, at most `most`; only those that a slip could explain.
#[must_use]
pub fn nearest<'a>(
    written: &str,
    known: impl IntoIterator<Item = &'a str>,
    most: usize,
) -> Vec<&'a str> {
    let written_lower = written.to_lowercase();
    let mut scored: Vec<(usize, &str)> = known
        .into_iter()
        .filter_map(|candidate| {
            let distance = strsim::damerau_levenshtein(&written_lower, &candidate.to_lowercase());
            let allowed = 2 + written.chars().count().max(candidate.chars().count()) / 3;
            (distance <= allowed).then_some((distance, candidate))
        })
        .collect();
    scored.sort();
    scored.truncate(most);
    scored.into_iter().map(|(_, candidate)| candidate).collect()
}

/// How many slips of the pen make one word of the other: letters missing, added, changed or swapped.
#[must_use]
pub fn slips(one: &str, other: &str) -> usize {
    strsim::damerau_levenshtein(one, other)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_the_slip() {
        let known = [
            "_ lacks capacity to decide on _",
            "_ has capacity to decide on _",
            "_ performs _ on _",
        ];
        assert_eq!(
            nearest("_ lack capacity to decide on _", known, 1),
            ["_ lacks capacity to decide on _"]
        );
        assert!(nearest("utterly different words", known, 3).is_empty());
    }
}
