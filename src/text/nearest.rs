//! "Did you mean": the known wordings closest to what was written. Knows no grammar.

/// The closest of `known` to `written`, best first, at most `most`; only those that a slip could explain.
#[must_use]
pub fn nearest<'a>(
    written: &str,
    known: impl IntoIterator<Item = &'a str>,
    most: usize,
) -> Vec<&'a str> {
    let written: Vec<char> = written.to_lowercase().chars().collect();
    let mut best: Vec<(usize, &str)> = Vec::new();
    let mut rows = Rows::default();
    let mut letters: Vec<char> = Vec::new();
    for candidate in known {
        letters.clear();
        letters.extend(candidate.chars().flat_map(char::to_lowercase));
        let mut allowed = 2 + written.len().max(letters.len()) / 3;
        if best.len() == most
            && let Some((worst, _)) = best.last()
        {
            allowed = allowed.min(*worst);
        }
        if let Some(distance) = rows.distance(&written, &letters, allowed) {
            let at = best.partition_point(|known| *known < (distance, candidate));
            best.insert(at, (distance, candidate));
            best.truncate(most);
        }
    }
    best.into_iter().map(|(_, candidate)| candidate).collect()
}

/// How many slips of the pen make one word of the other: letters missing, added, changed or swapped.
#[must_use]
pub fn slips(one: &str, other: &str) -> usize {
    strsim::osa_distance(one, other)
}

/// Three rows of the table of distances, kept between comparisons.
#[derive(Default)]
struct Rows {
    before: Vec<usize>,
    last: Vec<usize>,
    this: Vec<usize>,
}

impl Rows {
    /// The number of slips between two words, where it is at most `allowed`. Only the band of the table that such a
    /// number can cross is filled: of a thousand sentences nearly all are given up after a few letters.
    fn distance(&mut self, a: &[char], b: &[char], allowed: usize) -> Option<usize> {
        if a.len().abs_diff(b.len()) > allowed {
            return None;
        }
        let beyond = allowed + 1;
        self.last.clear();
        self.last.extend((0..=b.len()).map(|at| at.min(beyond)));
        self.before.clear();
        self.before.resize(b.len() + 1, beyond);
        self.this.clear();
        self.this.resize(b.len() + 1, beyond);
        for (i, letter) in a.iter().enumerate() {
            let low = (i + 1).saturating_sub(allowed).max(1);
            let high = (i + 1 + allowed).min(b.len());
            self.this.fill(beyond);
            self.this[0] = (i + 1).min(beyond);
            let mut least = self.this[0];
            for j in low..=high {
                let same = usize::from(*letter != b[j - 1]);
                let mut cost = (self.last[j - 1] + same)
                    .min(self.last[j] + 1)
                    .min(self.this[j - 1] + 1);
                if i > 0 && j > 1 && *letter == b[j - 2] && a[i - 1] == b[j - 1] {
                    cost = cost.min(self.before[j - 2] + 1);
                }
                self.this[j] = cost.min(beyond);
                least = least.min(self.this[j]);
            }
            if least > allowed {
                return None;
            }
            std::mem::swap(&mut self.before, &mut self.last);
            std::mem::swap(&mut self.last, &mut self.this);
        }
        self.last
            .last()
            .copied()
            .filter(|distance| *distance <= allowed)
    }
}

#[cfg(test)]
mod tests {
    use super::{Rows, nearest, slips};

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

    #[test]
    fn the_band_counts_as_the_whole_table_does() {
        let words = [
            "", "a", "ab", "ba", "abc", "acb", "xabc", "abcdef", "abdcef", "fedcba",
        ];
        for a in words {
            for b in words {
                let (x, y): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
                for allowed in 0..8 {
                    let whole = Some(slips(a, b)).filter(|slips| *slips <= allowed);
                    assert_eq!(Rows::default().distance(&x, &y, allowed), whole, "{a} {b}");
                }
            }
        }
    }
}
