//! Random cases over a random vocabulary.

use super::program::{Generator, Statements, Story};
use super::words::{Class, Kind, MODES, Sentence, chance, pick};

impl Generator {
    /// The names that a slot of this kind can have.
    fn names(&self, kind: Kind) -> Vec<String> {
        let fits = |cast: &&(String, Vec<Kind>)| {
            let narrow = |own: &Kind| *own == kind || (kind == Kind::Person && *own == Kind::Nurse);
            cast.1.iter().any(narrow)
        };
        match kind {
            Kind::Mode => MODES[..self.modes]
                .iter()
                .map(|m| (*m).to_owned())
                .collect(),
            _ => self.cast.iter().filter(fits).map(|c| c.0.clone()).collect(),
        }
    }

    fn people(&mut self) {
        let mut cast = vec![("Ann", Kind::Person), ("Bo", Kind::Nurse)];
        if chance(&mut self.rng, 35) {
            let kind = if self.rng.bool() {
                Kind::Person
            } else {
                Kind::Nurse
            };
            cast.push(("Cy", kind));
        }
        cast.push(("surgery", Kind::Act));
        if chance(&mut self.rng, 35) {
            cast.push(("rest", Kind::Act));
        }
        for (name, kind) in cast {
            let mut kinds = vec![kind];
            if kind == Kind::Person && chance(&mut self.rng, 6) {
                kinds.push(Kind::Act);
            }
            self.cast.push((name.to_owned(), kinds));
        }
    }

    /// A case with its cast, facts, options and suppositions.
    pub fn case(&mut self) -> Story {
        self.people();
        let mut cast = Vec::new();
        for (name, kinds) in &self.cast {
            let kinds: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
            cast.push(format!("cast [{name}] is a {}", kinds.join(" and a ")));
        }
        let mut given = Statements::new();
        for at in 0..self.sentences.len() {
            let sentence = self.sentences[at].clone();
            let often = match sentence.class {
                Class::Closed => 55,
                Class::Open => 65,
                Class::Setting => 25,
                Class::Concept => 7,
                Class::Finding => 2,
            };
            for key in self.keys(&sentence) {
                if chance(&mut self.rng, often) {
                    self.state(&sentence, at, &key, &mut given);
                }
            }
        }
        let mut branches = Vec::new();
        let options = match self.rng.u32(..100) {
            _ if self.deed.is_some() => 2,
            0..60 => 0,
            60..75 => 1,
            _ => 2,
        };
        for at in 0..options {
            let chosen = self.chosen(at);
            branches.push((format!("option \"option {at}\""), self.branch(chosen)));
        }
        if chance(&mut self.rng, 15) {
            branches.push((
                "suppose \"otherwise\"".to_owned(),
                self.branch(Statements::new()),
            ));
        }
        Story {
            name: "a story".to_owned(),
            cast,
            given,
            branches,
        }
    }

    /// Some statements more than those given.
    fn branch(&mut self, mut given: Statements) -> Statements {
        for _ in 0..1 + self.rng.usize(..4) {
            let at = self.rng.usize(..self.sentences.len());
            let sentence = self.sentences[at].clone();
            let derived = matches!(sentence.class, Class::Concept | Class::Finding);
            if derived && !chance(&mut self.rng, 20) {
                continue;
            }
            let keys = self.keys(&sentence);
            if let Some(key) = pick(&mut self.rng, &keys).cloned() {
                self.state(&sentence, at, &key, &mut given);
            }
        }
        given
    }

    /// Every choice of the slots that are no number and of which there is not only one.
    pub fn keys(&self, sentence: &Sentence) -> Vec<Vec<Option<String>>> {
        let mut all = vec![Vec::new()];
        for (at, kind) in sentence.slots.iter().enumerate() {
            let last = sentence.class == Class::Setting && at + 1 == sentence.slots.len();
            let values: Vec<Option<String>> =
                if kind.is_number() || last || sentence.only_one == Some(at) {
                    vec![None]
                } else {
                    self.names(*kind).into_iter().map(Some).collect()
                };
            let mut longer = Vec::new();
            for start in &all {
                for value in &values {
                    let mut next: Vec<Option<String>> = start.clone();
                    next.push(value.clone());
                    longer.push(next);
                }
            }
            all = longer;
        }
        all
    }

    /// States one sentence: true, false or unknown, as its class allows.
    fn state(
        &mut self,
        sentence: &Sentence,
        at: usize,
        key: &[Option<String>],
        given: &mut Statements,
    ) {
        let number = sentence.number();
        let derived = matches!(sentence.class, Class::Concept | Class::Finding);
        let roll = self.rng.u32(..100);
        let unknown = !derived && sentence.class != Class::Setting && roll < 12;
        let mut slots = Vec::new();
        for (slot, value) in sentence.slots.iter().zip(key) {
            slots.push(match value {
                Some(name) => format!("[{name}]"),
                None if slot.is_number() && unknown => "[any]".to_owned(),
                None => self.constant(*slot),
            });
        }
        let opposite = sentence.say_opposite(&slots);
        let refuted = match sentence.class {
            Class::Open => 35..80,
            Class::Closed => 85..95,
            _ => 70..100,
        };
        let line = match opposite {
            _ if unknown => format!("unknown {}", sentence.say(&slots)),
            Some(opposite) if refuted.contains(&roll) => format!("given {opposite}"),
            None if number.is_none()
                && sentence.class != Class::Setting
                && refuted.contains(&roll) =>
            {
                format!("given it is not the case that {}", sentence.say(&slots))
            }
            _ => format!("given {}", sentence.say(&slots)),
        };
        let same = (at, key.to_vec());
        if !given.iter().any(|(other, _)| *other == same) {
            given.push((same, line));
        }
    }
}
