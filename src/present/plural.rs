//! Whether a name speaks of several, and the verb that goes with it: "the officers stand to learn", where the sentence was
//! declared of one who "stands". In: words; out: words. English, and no rule of any rulebook.

/// Determiners after which a name is a noun phrase.
const DETERMINERS: &[&str] = &[
    "the", "his", "her", "their", "its", "our", "my", "your", "all", "some", "many", "several",
    "other",
];
/// Determiners of several.
const OF_SEVERAL: &[&str] = &[
    "these", "those", "both", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    "ten",
];
/// Plurals without an s.
const IRREGULAR: &[&str] = &[
    "people", "children", "men", "women", "parents", "police", "data", "criteria",
];
/// Where the part of a name ends that has its number.
const STOPS: &[&str] = &[
    "of", "in", "on", "at", "for", "with", "from", "to", "about", "who", "that", "which", "by",
    "near", "under", "after", "before", "without", "or", "between", "against", "during", "behind",
    "around",
];
/// Words in s that are one.
const SINGULAR: &[&str] = &[
    "news",
    "diabetes",
    "rabies",
    "measles",
    "series",
    "species",
    "lens",
    "gas",
    "bias",
    "herpes",
    "mumps",
    "always",
    "shingles",
    "christmas",
    "atlas",
    "canvas",
];
/// Words in s after a name that are no verb.
const NO_VERB: &[&str] = &[
    "always",
    "perhaps",
    "across",
    "besides",
    "towards",
    "less",
    "as",
    "his",
    "its",
    "this",
    "us",
    "plus",
    "versus",
    "yes",
    "thus",
    "unless",
    "nevertheless",
    "sometimes",
    "afterwards",
    "hers",
    "theirs",
];

/// Whether a name speaks of several: a noun phrase whose noun is a plural. Names of people and places do not.
#[must_use]
pub fn is_plural(name: &str) -> bool {
    let words: Vec<&str> = name.split(' ').collect();
    let Some((first, rest)) = words.split_first() else {
        return false;
    };
    let first = first.to_lowercase();
    if OF_SEVERAL.contains(&first.as_str()) {
        return true;
    }
    // "Mr Lind's results": the noun comes after whose it is.
    let whose = words.iter().rposition(|word| word.ends_with("'s"));
    let rest = match whose {
        Some(at) => &words[at + 1..],
        None if DETERMINERS.contains(&first.as_str()) => rest,
        None => return false,
    };
    let stop = rest.iter().position(|word| STOPS.contains(word));
    let phrase = &rest[..stop.unwrap_or(rest.len())];
    let irregular = phrase.iter().position(|word| IRREGULAR.contains(word));
    if let Some(at) = irregular {
        // "the people waiting", and not "the children ward".
        return phrase[at + 1..].iter().all(|word| is_participle(word));
    }
    let noun = phrase.iter().rev().find(|word| !is_participle(word));
    noun.is_some_and(|noun| is_plural_noun(noun))
}

fn is_participle(word: &str) -> bool {
    word.ends_with("ing") || word.ends_with("ed")
}

fn is_plural_noun(noun: &str) -> bool {
    let small = noun
        .chars()
        .all(|letter| letter.is_lowercase() || letter == '-');
    small
        && noun.ends_with('s')
        && !["ss", "us", "is", "ics"]
            .iter()
            .any(|end| noun.ends_with(end))
        && !SINGULAR.contains(&noun)
}

/// The verb that follows a name of several; other words stay as they are.
#[must_use]
pub fn verb_of_several(word: &str) -> String {
    match word {
        "is" => "are".to_owned(),
        "was" => "were".to_owned(),
        "has" => "have".to_owned(),
        "does" => "do".to_owned(),
        "goes" => "go".to_owned(),
        _ if NO_VERB.contains(&word) || !word.ends_with('s') || word.ends_with("ss") => {
            word.to_owned()
        }
        _ => {
            let stem = &word[..word.len() - 1];
            let hissing = ["she", "che", "sse", "xe", "zze"];
            match stem.strip_suffix("ie") {
                Some(stem) if stem.chars().count() > 1 => format!("{stem}y"),
                _ if hissing.iter().any(|end| stem.ends_with(end)) => {
                    stem[..stem.len() - 1].to_owned()
                }
                _ => stem.to_owned(),
            }
        }
    }
}

/// A question's first word before a name of several.
#[must_use]
pub fn asking_of_several(word: &str) -> Option<&'static str> {
    match word {
        "Is" => Some("Are"),
        "Was" => Some("Were"),
        "Has" => Some("Have"),
        "Does" => Some("Do"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{is_plural, verb_of_several};

    #[test]
    fn names_of_several() {
        for name in [
            "the people waiting",
            "the officers",
            "his shares in the firm",
            "the wrist ties",
            "these notes",
            "the blood pressure tablets",
            "Mr Lind's results",
            "her parents",
            "the relatives asked",
        ] {
            assert!(is_plural(name), "{name}");
        }
        for name in [
            "Ms Rojas",
            "Mr Banks",
            "the clinic",
            "the choice of implants",
            "the diagnosis",
            "the illness",
            "the bus",
            "stopping the bleeding",
            "that it is an ulcer",
            "tablets or a stent",
            "the Meadows",
            "the goal of its records",
            "the biopsy",
            "the virus",
            "the ethics",
            "the news",
            "40",
            "",
            "the testing",
        ] {
            assert!(!is_plural(name), "{name}");
        }
    }

    #[test]
    fn verbs_of_several() {
        for (one, several) in [
            ("stands", "stand"),
            ("is", "are"),
            ("has", "have"),
            ("does", "do"),
            ("matters", "matter"),
            ("denies", "deny"),
            ("lies", "lie"),
            ("teaches", "teach"),
            ("passes", "pass"),
            ("uses", "use"),
            ("told", "told"),
            ("always", "always"),
            ("knows", "know"),
            ("goes", "go"),
        ] {
            assert_eq!(verb_of_several(one), several);
        }
    }
}
