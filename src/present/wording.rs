//! Ground sentences, norms, statuses and sources said aloud. In: ids and what their slots hold; out: words: the sentence as
//! it was declared, its opposite where it is denied. Knows no explanation.

use crate::engine::{Formula, Reading, Standing, Thing};
use crate::judge::Defeater;
use crate::present::plural::{asking_of_several, is_plural, verb_of_several};
use crate::rulebook::{
    Case, Citation, Comparator, DefeatSort, NormId, Operator, Piece, Role, Rulebook, SentenceId,
    SourceId, Stated, Var, VarId, Wording,
};
use crate::value::{IndexVec, Interval, Status, StatusSet, Truth, Values};

/// Says what ids mean.
#[derive(Clone, Copy)]
pub struct Words<'w> {
    /// The rulebook.
    pub book: &'w Rulebook,
    /// The values of the case.
    pub values: &'w Values,
    /// Whether sentences keep every word as declared, also where a name speaks of several.
    exact: bool,
}

impl<'w> Words<'w> {
    /// For a case.
    #[must_use]
    pub fn of(book: &'w Rulebook, case: &'w Case) -> Self {
        Self {
            book,
            values: &case.values,
            exact: false,
        }
    }

    /// The same with every word as declared: what can be written into a case again.
    #[must_use]
    pub fn exact(self) -> Self {
        Self {
            exact: true,
            ..self
        }
    }

    /// A name or a number.
    #[must_use]
    pub fn thing(&self, thing: Thing) -> String {
        match thing {
            Thing::Value(value) => self.values.get(value).to_string(),
            Thing::Number(number) => number.to_string(),
        }
    }

    /// A sentence that holds, or its denial: the opposite where one was declared.
    #[must_use]
    pub fn says(&self, sentence: SentenceId, slots: &[Option<Thing>], holds: bool) -> String {
        let declared = &self.book.vocabulary.sentences[sentence];
        match (&declared.opposite, holds) {
            (Some(opposite), false) => self.fill(sentence, opposite, slots, "any"),
            (None, false) => format!(
                "it is not the case that {}",
                self.fill(sentence, &declared.wording, slots, "any")
            ),
            (_, true) => self.fill(sentence, &declared.wording, slots, "some"),
        }
    }

    /// The sentence itself, whatever its truth.
    #[must_use]
    pub fn sentence(&self, reading: &Reading) -> String {
        self.says(reading.sentence, &reading.slots, true)
    }

    /// The sentence that was looked for: what is free in it reads *any*.
    #[must_use]
    pub fn demanded(&self, reading: &Reading) -> String {
        self.with_free(reading.sentence, &reading.slots, "any")
    }

    /// The sentence with a word of one's own before what is free in it.
    #[must_use]
    pub fn with_free(&self, sentence: SentenceId, slots: &[Option<Thing>], free: &str) -> String {
        let declared = &self.book.vocabulary.sentences[sentence];
        self.fill(sentence, &declared.wording, slots, free)
    }

    /// A sentence as it is: itself, its denial, or that it is not known.
    #[must_use]
    pub fn reading(&self, reading: &Reading) -> String {
        match reading.truth {
            Truth::True => self.sentence(reading),
            Truth::False => self.says(reading.sentence, &reading.slots, false),
            Truth::Unknown => format!("not known whether {}", self.sentence(reading)),
        }
    }

    fn fill(
        &self,
        sentence: SentenceId,
        wording: &Wording,
        slots: &[Option<Thing>],
        free: &str,
    ) -> String {
        let declared = &self.book.vocabulary.sentences[sentence];
        let mut words: Vec<String> = Vec::new();
        // Whether the last word is a name of several that opens the sentence: its verb follows.
        let mut several = false;
        let pieces: Vec<Piece<'_>> = wording.pieces().collect();
        for (at, piece) in pieces.iter().enumerate() {
            match piece {
                Piece::Word(word) => {
                    let word = match std::mem::take(&mut several) {
                        true => verb_of_several(word),
                        false => (*word).to_owned(),
                    };
                    // The possessive stands against its slot: Ann's arm.
                    let follows = at > 0 && matches!(pieces[at - 1], Piece::Slot(_));
                    match words.last_mut() {
                        Some(owner) if follows && word.starts_with('\'') => owner.push_str(&word),
                        _ => words.push(word),
                    }
                }
                Piece::Slot(slot) => {
                    let next = match pieces.get(at + 1) {
                        Some(Piece::Word(word)) => word,
                        _ => "",
                    };
                    let declared = declared.slots.get(*slot);
                    let name = declared.map_or("", |slot| &slot.name);
                    let counted = declared.and_then(|slot| self.unit(slot.kind)) == Some(next);
                    match slots.get(*slot).copied().flatten() {
                        Some(Thing::Number(number)) if number == Interval::UNKNOWN && counted => {
                            words.push("an unknown number of".to_owned());
                        }
                        Some(Thing::Number(number)) if number == Interval::UNKNOWN => {
                            words.push(format!("an unknown {name}"));
                        }
                        Some(thing) => {
                            let name = self.thing(thing);
                            several = at == 0 && !self.exact && is_plural(&name);
                            words.push(name);
                        }
                        None if counted => words.push(format!("{free} number of")),
                        // The next word says what it is.
                        None if next == name => {}
                        None => {
                            let last = words.last().map(String::as_str);
                            let noun = match declared.filter(|_| last == Some(name)) {
                                Some(slot) => self.kind_noun(slot.kind),
                                None if name == "other" => {
                                    let kind = declared.map(|slot| self.kind_noun(slot.kind));
                                    format!("other {}", kind.unwrap_or_default())
                                }
                                None => name.to_owned(),
                            };
                            words.push(match last {
                                Some(last) if is_article(last) => noun,
                                _ => format!("{free} {noun}"),
                            });
                        }
                    }
                }
            }
        }
        if !self.exact {
            unstutter(&mut words);
        }
        join(&words)
    }

    /// The name of a kind as a noun within a sentence.
    fn kind_noun(&self, kind: crate::rulebook::KindId) -> String {
        self.book.vocabulary.kinds[kind].name.to_lowercase()
    }

    /// A sentence with these words in place of its number.
    #[must_use]
    pub fn numbered(&self, sentence: SentenceId, slots: &[Option<Thing>], said: &str) -> String {
        let vocabulary = &self.book.vocabulary;
        let numbers: Vec<usize> = vocabulary.number_slots(sentence).collect();
        let declared = &vocabulary.sentences[sentence];
        declared.wording.said(|at| {
            if numbers.contains(&at) {
                return said.to_owned();
            }
            match slots.get(at).copied().flatten() {
                Some(thing) => self.thing(thing),
                None => format!("some {}", declared.slots[at].name),
            }
        })
    }

    fn unit(&self, kind: crate::rulebook::KindId) -> Option<&'w str> {
        match &self.book.vocabulary.kinds[kind].sort {
            crate::rulebook::KindSort::Number { unit, .. } => unit.as_deref(),
            _ => None,
        }
    }

    /// A stated line of a case.
    #[must_use]
    pub fn stated(&self, line: &Stated) -> String {
        let slots: Vec<Option<Thing>> = line
            .values
            .iter()
            .map(|value| Some(value.map_or(Thing::Number(Interval::UNKNOWN), Thing::Value)))
            .collect();
        match line.truth {
            Truth::Unknown => format!(
                "it is not known whether {}",
                self.says(line.sentence, &slots, true)
            ),
            truth => self.says(line.sentence, &slots, truth == Truth::True),
        }
    }

    /// `owed by Lee to Ms Rojas about the test result toward the people waiting`.
    #[must_use]
    pub fn parties(&self, norm: NormId, parties: &[Option<Thing>]) -> String {
        let norm = &self.book.norms[norm];
        let sort = norm.sort;
        let words: Vec<String> = norm
            .parties
            .iter()
            .zip(parties)
            .map(|(party, thing)| {
                let who = thing.map_or_else(
                    || format!("some {}", norm.vars[party.var].name),
                    |thing| self.thing(thing),
                );
                format!("{} {who}", role(sort, party.role))
            })
            .collect();
        words.join(" ")
    }

    /// A norm with its parties, as one writes it in a sentence.
    #[must_use]
    pub fn norm(&self, norm: NormId, parties: &[Option<Thing>]) -> String {
        let words = self.parties(norm, parties);
        let name = &self.book.norms[norm].name;
        if words.is_empty() {
            format!("\"{name}\"")
        } else {
            format!("\"{name}\", {words}")
        }
    }

    /// The same as a heading: without quotes, the first letter large.
    #[must_use]
    pub fn heading(&self, norm: NormId, parties: &[Option<Thing>]) -> String {
        let words = self.parties(norm, parties);
        let name = capital(&self.book.norms[norm].name);
        if words.is_empty() {
            name
        } else {
            format!("{name}, {words}")
        }
    }

    /// The name of a defeater with its sort: `exemption "emergency"`.
    #[must_use]
    pub fn defeater(&self, defeater: Defeater) -> String {
        let (sort, name) = self.defeater_parts(defeater);
        format!("{sort} \"{name}\"")
    }

    /// The sort and the name of a defeater.
    #[must_use]
    pub fn defeater_parts(&self, defeater: Defeater) -> (&'static str, &'w str) {
        match defeater {
            Defeater::Defeat(id) => {
                let defeat = &self.book.defeats[id];
                let sort = match defeat.sort {
                    DefeatSort::Exemption => "exemption",
                    DefeatSort::Excuse => "excuse",
                };
                (sort, &defeat.name)
            }
            Defeater::Priority(id) => ("priority", &self.book.priorities[id].name),
        }
    }

    /// Citations: title, places, where it is law, how far to trust it; places of one source together.
    #[must_use]
    pub fn citations(&self, cites: &[Citation]) -> String {
        self.citations_after(cites, &[])
    }

    /// The same; where a source is law is not said of those told before.
    #[must_use]
    pub fn citations_after(&self, cites: &[Citation], told: &[SourceId]) -> String {
        let mut sources: Vec<(SourceId, Vec<&str>, String)> = Vec::new();
        for cite in cites {
            let source = &self.book.sources[cite.source];
            let law = cite.jurisdiction.as_ref().or(source
                .jurisdiction
                .as_ref()
                .filter(|_| !told.contains(&cite.source)));
            let mut notes: Vec<String> = law.cloned().into_iter().collect();
            let confidence = cite.confidence.as_ref().or(source.confidence.as_ref());
            if let Some(confidence) = confidence.filter(|confidence| *confidence != "high") {
                notes.push(format!("confidence {confidence}"));
            }
            let notes = notes.join(", ").replace(" (", ", ").replace(')', "");
            let place = cite.place.as_deref();
            match sources
                .iter_mut()
                .find(|(own, _, own_notes)| *own == cite.source && *own_notes == notes)
            {
                Some((_, places, _)) => places.extend(place),
                None => sources.push((cite.source, place.into_iter().collect(), notes)),
            }
        }
        let words: Vec<String> = sources
            .into_iter()
            .map(|(source, places, notes)| {
                let mut words = self.book.sources[source].title.clone();
                if !places.is_empty() {
                    words.push_str(&format!(", {}", places.join(", ")));
                }
                if !notes.is_empty() {
                    words.push_str(&format!(" ({notes})"));
                }
                words
            })
            .collect();
        words.join("; ")
    }

    /// A text with slots in brackets, filled by name.
    #[must_use]
    pub fn filled(&self, text: &str, name_of: impl Fn(&str) -> Option<Option<Thing>>) -> String {
        let mut words = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('[') {
            words.push_str(before);
            let Some((slot, after)) = after.split_once(']') else {
                words.push('[');
                rest = after;
                continue;
            };
            let slot = slot.trim().trim_matches('"');
            match name_of(slot) {
                Some(Some(Thing::Number(number))) if number == Interval::UNKNOWN => {
                    words.push_str(slot);
                }
                Some(Some(thing)) => {
                    let name = self.thing(thing);
                    if is_plural(&name)
                        && let Some(several) = asking_of_several(words.trim_end())
                    {
                        words = format!("{several} ");
                    }
                    words.push_str(&name);
                }
                Some(None) | None => words.push_str(slot),
            }
            rest = after;
        }
        words.push_str(rest);
        words
    }

    /// The question of a sentence, its slots filled; where it has none, the sentence as one.
    #[must_use]
    pub fn question(&self, reading: &Reading) -> String {
        let declared = &self.book.vocabulary.sentences[reading.sentence];
        match &declared.question {
            Some(question) => self.filled(question, |name| {
                let at = declared.slots.iter().position(|slot| slot.name == name)?;
                Some(reading.slots.get(at).copied().flatten())
            }),
            None => match self.book.vocabulary.number_slots(reading.sentence).next() {
                Some(at) => {
                    let unit = self.unit(declared.slots[at].kind);
                    let what = if unit.is_some() { "how many" } else { "what" };
                    format!(
                        "{}?",
                        capital(&self.numbered(reading.sentence, &reading.slots, what))
                    )
                }
                None => format!("Is it so that {}?", self.sentence(reading)),
            },
        }
    }

    /// A formula with its numbers, and what it comes to where it is more than one number.
    #[must_use]
    pub fn formula(&self, formula: &Formula, vars: &IndexVec<VarId, Var>) -> String {
        let unit = |var: VarId| {
            vars.get(var)
                .and_then(|var| var.unit.as_deref())
                .map_or_else(String::new, |unit| format!(" {unit}"))
        };
        match formula {
            Formula::Slot(var, Some(Thing::Number(number))) if number.exact().is_none() => {
                let name = vars.get(*var).map_or("", |var| var.name.as_str());
                if *number == Interval::UNKNOWN {
                    format!("the {name}, which is not known,")
                } else {
                    format!("the {name}, {number}{},", unit(*var))
                }
            }
            Formula::Slot(var, Some(thing)) => format!("{}{}", self.thing(*thing), unit(*var)),
            Formula::Slot(var, None) => vars
                .get(*var)
                .map_or_else(String::new, |var| format!("the {}", var.name)),
            Formula::Value(value) => self.values.get(*value).to_string(),
            Formula::Number(number) => number.to_string(),
            Formula::Binary(left, operator, right) => {
                let tight = matches!(operator, Operator::Multiply | Operator::Divide);
                let side = |side: &Formula| match side {
                    Formula::Binary(_, inner, _)
                        if tight || matches!(inner, Operator::Add | Operator::Subtract) =>
                    {
                        format!("({})", self.formula(side, vars))
                    }
                    _ => self.formula(side, vars),
                };
                format!("{} {} {}", side(left), sign(*operator), side(right))
            }
        }
    }

    /// Whether a sentence's numbers leave something open.
    #[must_use]
    pub fn is_vague(reading: &Reading) -> bool {
        let vague = |slot: &Option<Thing>| matches!(slot, Some(Thing::Number(number)) if number.exact().is_none());
        reading.slots.iter().any(vague)
    }
}

/// Where a name begins with the word before it, that word is said once: "told Ann that [that it is an ulcer]".
fn unstutter(words: &mut [String]) {
    for at in 1..words.len() {
        let last = words[at - 1].as_str();
        let again = words[at]
            .strip_prefix(last)
            .and_then(|rest| rest.strip_prefix(' '));
        if let Some(rest) = again.filter(|_| !last.is_empty()) {
            words[at] = rest.to_owned();
        }
    }
}

/// How a sentence stands on record, in a few words; `full`: also whose judgement it is. `stated` are the record's lines.
#[must_use]
pub fn standing(words: &Words<'_>, reading: &Reading, stated: &[Stated], full: bool) -> String {
    let according = |at: usize| {
        stated
            .get(at)
            .and_then(|line| line.according_to.as_ref())
            .map_or_else(String::new, |whom| format!(", according to {whom}"))
    };
    let judged = words.book.vocabulary.sentences[reading.sentence]
        .judged_by
        .as_ref()
        .filter(|_| full)
        .map_or_else(String::new, |who| format!(", judged by {who}"));
    match reading.standing {
        Standing::Stated(at) if reading.truth == Truth::Unknown => {
            format!("stated as not known{}", according(at))
        }
        Standing::Stated(at) => format!("stated{}{judged}", according(at)),
        Standing::Stipulated(at) => format!("stipulated{}", according(at)),
        Standing::Always(_) => "holds in every case".to_owned(),
        Standing::Default => "default, not stated otherwise".to_owned(),
        Standing::Derived => "by rule".to_owned(),
        Standing::Underivable => "no rule shows it".to_owned(),
        Standing::Closed => "taken as false because not stated".to_owned(),
        Standing::Open => "not on record".to_owned(),
        Standing::OtherValue => "another is stated".to_owned(),
        Standing::Nothing => "none is stated".to_owned(),
    }
}

/// The word before a party.
fn role(sort: crate::value::NormSort, role: Role) -> &'static str {
    use crate::value::NormSort;
    match (sort, role) {
        (NormSort::Duty, Role::Bearer) => "owed by",
        (NormSort::Ideal, Role::Bearer) => "for",
        (NormSort::Concern, Role::Bearer) | (_, Role::About) => "about",
        (_, Role::To) => "to",
        (_, Role::Toward) => "toward",
    }
}

/// The comparison, or what is so where it fails.
#[must_use]
pub fn comparator(comparator: Comparator, holds: bool) -> &'static str {
    match (comparator, holds) {
        (Comparator::Is, true) | (Comparator::IsNot, false) => "is",
        (Comparator::IsNot, true) | (Comparator::Is, false) => "is not",
        (Comparator::AtLeast, true) => "is at least",
        (Comparator::AtLeast, false) => "is not at least",
        (Comparator::AtMost, true) => "is at most",
        (Comparator::AtMost, false) => "is not at most",
        (Comparator::MoreThan, true) => "is more than",
        (Comparator::MoreThan, false) => "is not more than",
        (Comparator::LessThan, true) => "is less than",
        (Comparator::LessThan, false) => "is not less than",
    }
}

fn sign(operator: Operator) -> &'static str {
    match operator {
        Operator::Add => "+",
        Operator::Subtract => "-",
        Operator::Multiply => "*",
        Operator::Divide => "/",
    }
}

/// Statuses as a set of alternatives: `fulfilled or violated`.
#[must_use]
pub fn statuses(set: StatusSet) -> String {
    either(&set.iter().map(Status::word).collect::<Vec<_>>())
}

/// `a, b or c`.
#[must_use]
pub fn either<S: AsRef<str>>(words: &[S]) -> String {
    listed(words, "or")
}

/// `a, b and c`.
#[must_use]
pub fn both<S: AsRef<str>>(words: &[S]) -> String {
    listed(words, "and")
}

fn listed<S: AsRef<str>>(words: &[S], last: &str) -> String {
    match words {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [all @ .., end] => {
            let all: Vec<&str> = all.iter().map(AsRef::as_ref).collect();
            format!("{} {last} {}", all.join(", "), end.as_ref())
        }
    }
}

/// The first letter large.
#[must_use]
pub fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

fn is_article(word: &str) -> bool {
    matches!(word, "a" | "an" | "the" | "any" | "some" | "no")
}

/// Words with single spaces; what begins with a comma follows without one.
fn join(words: &[String]) -> String {
    let mut text = String::new();
    for word in words {
        let close = word.starts_with([',', '.', ':', ';', ')', '?']);
        if !text.is_empty() && !close {
            text.push(' ');
        }
        text.push_str(word);
    }
    text
}
