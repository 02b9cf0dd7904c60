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

/// Words that say little of what a sentence is about.
const FRAME: &[&str] = &[
    "a", "about", "an", "and", "are", "as", "at", "be", "been", "by", "can", "cannot", "did", "do",
    "does", "for", "from", "had", "has", "have", "in", "is", "it", "its", "may", "not", "of", "on",
    "or", "that", "the", "them", "to", "was", "were", "what", "which", "who", "will", "with",
    "would",
];

/// The closest of the declared keys to a key that nobody declared, best first, at most `most`: those that a few slips of the
/// pen explain, and those that speak of the same things in other words. Two sentences that share only their frame, `_ is kind
/// to _` and `_ is close to _`, are not near.
#[must_use]
pub fn nearest_sentences<'a>(
    written: &str,
    known: impl IntoIterator<Item = &'a str>,
    most: usize,
) -> Vec<&'a str> {
    let content = |text: &str| -> Vec<String> {
        let words = text.split(' ').map(str::to_lowercase);
        words
            .filter(|word| word != "_" && !FRAME.contains(&word.as_str()))
            .collect()
    };
    let own = content(written);
    let is_near = |candidate: &&str| {
        let other = content(candidate);
        let shared = |these: &[String], those: &[String]| {
            let near = |word: &&String| those.iter().any(|that| is_like(word, that));
            these.iter().filter(near).count()
        };
        let both = shared(&own, &other).min(shared(&other, &own));
        let all = own.len().max(other.len());
        2 * both >= all.max(1) || slips(written, candidate) <= 1 + written.len() / 12
    };
    let mut near = nearest(written, known, 4 * most);
    near.retain(is_near);
    near.truncate(most);
    near
}

/// Whether two words are one with a slip of the pen, or differ in their endings only.
fn is_like(one: &str, other: &str) -> bool {
    let (a, b) = (one.chars().count(), other.chars().count());
    let common = one.chars().zip(other.chars());
    let common = common.take_while(|(a, b)| a == b).count();
    one == other || common >= 4 && common + 3 >= a.max(b) || slips(one, other) <= a.min(b) / 4
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
    use super::{Rows, nearest, nearest_sentences, slips};

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
    fn a_frame_alone_is_not_near() {
        let known = [
            "_ is close to _",
            "_ is kind to _",
            "_ disclosed _ to _",
            "_ performs _ on _",
            "_ told _ the risks of _",
        ];
        let near = |written| nearest_sentences(written, known, 3);
        assert!(near("_ is related to _").is_empty());
        assert_eq!(near("_ is knd to _"), ["_ is kind to _"]);
        assert_eq!(near("_ disclosed to _"), ["_ disclosed _ to _"]);
        assert_eq!(near("_ performed _ on _"), ["_ performs _ on _"]);
        assert_eq!(
            near("_ told _ of the risk of _"),
            ["_ told _ the risks of _"]
        );
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
