//! Finding the sentence for a thought: which declared sentences have these words, or words spelt nearly so. In: words;
//! out: sentences, best first. Knows no case.

use crate::rulebook::{Rulebook, Sentence, SentenceId};

/// Sentences found, best first.
#[derive(Clone, Debug)]
pub struct Found {
    /// The sentences.
    pub sentences: Vec<SentenceId>,
    /// Whether all words were found in each; else as many as were found together anywhere.
    pub all_words: bool,
}

/// The sentences in which every one of `words` is found, best first; where there is none, those with most of them. All of
/// them, in order, where there are no words.
#[must_use]
pub fn search(rulebook: &Rulebook, words: &[String]) -> Found {
    let wanted: Vec<String> = words.iter().flat_map(|word| split(word)).collect();
    let scored: Vec<(usize, usize, SentenceId)> = rulebook
        .vocabulary
        .sentences
        .enumerated()
        .map(|(id, sentence)| {
            let said = said_by(rulebook, sentence);
            let near: Vec<usize> = wanted
                .iter()
                .filter_map(|word| nearest_word(word, &said))
                .collect();
            (wanted.len() - near.len(), near.iter().sum(), id)
        })
        .collect();
    let missing = scored.iter().map(|(missing, ..)| *missing).min();
    let missing = missing.unwrap_or(0);
    let mut best: Vec<(usize, usize, SentenceId)> = scored
        .into_iter()
        .filter(|found| found.0 == missing && (missing == 0 || missing < wanted.len()))
        .collect();
    best.sort_unstable();
    Found {
        sentences: best.into_iter().map(|(.., id)| id).collect(),
        all_words: missing == 0,
    }
}

/// How far the nearest word is; `None` where none is near. Words with a common stem are near.
fn nearest_word(word: &str, said: &[String]) -> Option<usize> {
    said.iter()
        .filter_map(|other| {
            if other == word {
                return Some(0);
            }
            let letters = word.chars().count();
            if letters >= 3 && (other.starts_with(word) || same_stem(word, other)) {
                return Some(1);
            }
            let allowed = if letters >= 8 {
                2
            } else {
                usize::from(letters >= 4)
            };
            let distance = strsim::damerau_levenshtein(word, other);
            (distance <= allowed).then_some(1 + distance)
        })
        .min()
}

/// Whether two words of five letters or more differ in their endings only: consent, consented; decide, deciding.
fn same_stem(a: &str, b: &str) -> bool {
    let common = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let (a, b) = (a.chars().count(), b.chars().count());
    common >= 5 && common + 3 >= a.max(b)
}

/// Every word of its wordings, question and documentation, in small letters.
fn said_by(rulebook: &Rulebook, sentence: &Sentence) -> Vec<String> {
    let mut said = Vec::new();
    let wordings = std::iter::once(&sentence.wording)
        .chain(&sentence.opposite)
        .chain(&sentence.formerly);
    for wording in wordings {
        said.extend(split(&wording.words));
    }
    for slot in &sentence.slots {
        said.extend(split(&slot.name));
        said.extend(split(&rulebook.vocabulary.kinds[slot.kind].name));
    }
    if let Some(question) = &sentence.question {
        said.extend(split(question));
    }
    said.extend(split(&sentence.doc));
    said
}

fn split(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{nearest_word, split};

    #[test]
    fn near_words() {
        let said = split("The [patient] validly consented to the operation");
        assert_eq!(nearest_word("consented", &said), Some(0));
        assert_eq!(nearest_word("consent", &said), Some(1));
        assert_eq!(nearest_word("opperation", &said), Some(2));
        assert_eq!(nearest_word("surgeon", &said), None);
    }
}
