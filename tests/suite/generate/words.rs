//! Kinds and sentences of a random vocabulary, and how they are written.

use fastrand::Rng;

/// The kinds of every program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Person,
    Nurse,
    Act,
    Mode,
    Hours,
    Score,
}

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "Person",
            Self::Nurse => "Nurse",
            Self::Act => "Act",
            Self::Mode => "Mode",
            Self::Hours => "Hours",
            Self::Score => "Score",
        }
    }

    /// The letter that names of slots of this kind begin with.
    pub fn letter(self) -> char {
        match self {
            Self::Person | Self::Nurse => 'p',
            Self::Act => 'a',
            Self::Mode => 'm',
            Self::Hours => 'h',
            Self::Score => 's',
        }
    }

    pub fn is_number(self) -> bool {
        matches!(self, Self::Hours | Self::Score)
    }

    /// Whether one slot may stand in places of both kinds.
    pub fn meets(self, other: Self) -> bool {
        self == other || (self.is_person() && other.is_person())
    }

    fn is_person(self) -> bool {
        matches!(self, Self::Person | Self::Nurse)
    }
}

/// The values of `Mode`.
pub const MODES: [&str; 3] = ["alone", "with family", "by letter"];

/// Which list a sentence is declared in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    Closed,
    Open,
    Setting,
    Concept,
    Finding,
}

/// A sentence.
#[derive(Clone, Debug)]
pub struct Sentence {
    pub class: Class,
    pub slots: Vec<Kind>,
    pub word: String,
    /// Whether it has an opposite, and whether that has its slots the other way round.
    pub opposite: Option<bool>,
    pub only_one: Option<usize>,
    /// A setting's default, in brackets.
    pub default: Option<String>,
    /// Its place in the order of what may depend on what.
    pub level: usize,
    /// Whether its rules may use it (or one of the same level) again.
    pub recursive: bool,
}

impl Sentence {
    /// The sentence with these slots (brackets included).
    pub fn say(&self, slots: &[String]) -> String {
        worded(&self.word, slots)
    }

    /// Its opposite with these slots, in the order of the sentence.
    pub fn say_opposite(&self, slots: &[String]) -> Option<String> {
        let turned = self.opposite?;
        let mut slots = slots.to_vec();
        if turned {
            slots.reverse();
        }
        Some(worded(&format!("un{}", self.word), &slots))
    }

    /// The declaration with the lines under it.
    pub fn declare(&self) -> String {
        let names = ["one", "two", "three"];
        let slots = self.slots.iter().zip(names);
        let slots: Vec<String> = slots
            .map(|(kind, name)| format!("[{name}: {}]", kind.name()))
            .collect();
        let bare: Vec<String> = names[..self.slots.len()]
            .iter()
            .map(|name| format!("[{name}]"))
            .collect();
        let mut text = format!("  - {}\n", self.say(&slots));
        if let Some(opposite) = self.say_opposite(&bare) {
            text += &format!("    opposite {opposite}\n");
        }
        if let Some(at) = self.only_one {
            text += &format!("    only one [{}]\n", names[at]);
        }
        if let Some(default) = &self.default {
            text += &format!("    default {default}\n    because \"of old\"\n");
        }
        // Somebody can change what is said of them; no choice is made here, so that the rest of a program stays as it was.
        let facts = matches!(self.class, Class::Closed | Class::Open);
        if facts && self.slots.first().is_some_and(|kind| kind.is_person()) {
            text += "    can be changed by [one]\n";
        }
        if self.class == Class::Open {
            text += "    question \"Is it so?\"\n";
        }
        text
    }

    /// The position of its number slot.
    pub fn number(&self) -> Option<usize> {
        self.slots.iter().position(|kind| kind.is_number())
    }
}

fn worded(word: &str, slots: &[String]) -> String {
    match slots {
        [] => format!("the ward {word}"),
        [one] => format!("{one} {word}"),
        [one, two] => format!("{one} {word} {two}"),
        [one, two, rest @ ..] => format!("{one} {word} {two} by {}", rest.join(" and ")),
    }
}

/// A word that no other sentence has.
pub fn word(rng: &mut Rng, at: usize) -> String {
    let ends = ["ka", "lo", "mi", "ru", "te", "vo"];
    let starts = ["ba", "de", "fi", "go", "hu", "ja", "ke", "li", "mo", "nu"];
    format!(
        "{}{}{}s",
        starts[at / 10 % 10],
        starts[at % 10],
        ends[rng.usize(..ends.len())]
    )
}

/// Whether something of this many per cent happens.
pub fn chance(rng: &mut Rng, percent: u32) -> bool {
    rng.u32(..100) < percent
}

/// One of several.
pub fn pick<'a, T>(rng: &mut Rng, of: &'a [T]) -> Option<&'a T> {
    (!of.is_empty()).then(|| &of[rng.usize(..of.len())])
}
