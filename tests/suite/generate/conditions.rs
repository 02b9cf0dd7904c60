//! Random condition lines: sentences, comparisons, verdicts, and what binds the slots they use.

use super::program::{Generator, Sort};
use super::words::{Class, Kind, MODES, chance, pick};

/// A slot of a block.
#[derive(Clone, Debug)]
pub struct Slot {
    pub name: String,
    pub kind: Kind,
    /// Whether a line outside groups binds it (or it is a slot of the conclusion).
    pub bound: bool,
}

/// The slots of a block so far.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    pub slots: Vec<Slot>,
    /// How many names were given out.
    pub names: usize,
    /// Inside a group names begin with this: `z` where two groups may share them.
    pub group: Option<char>,
}

impl Scope {
    /// A new slot.
    pub fn fresh(&mut self, kind: Kind, bound: bool) -> String {
        self.names += 1;
        let group = self.group.map(String::from).unwrap_or_default();
        let name = format!("{group}{}{}", kind.letter(), self.names);
        self.slots.push(Slot {
            name: name.clone(),
            kind,
            bound,
        });
        name
    }

    pub fn of(&self, kind: Kind) -> Vec<usize> {
        let fits = |at: &usize| self.slots[*at].bound && self.slots[*at].kind.meets(kind);
        (0..self.slots.len()).filter(fits).collect()
    }

    /// Uses a slot in a place of this kind: the more specific kind stays.
    pub fn used(&mut self, at: usize, kind: Kind) -> String {
        if self.slots[at].kind == Kind::Person {
            self.slots[at].kind = kind;
        }
        format!("[{}]", self.slots[at].name)
    }

    pub fn things(&self) -> usize {
        let thing = |slot: &&Slot| !slot.kind.is_number();
        self.slots.iter().filter(thing).count()
    }
}

/// Lines of a body: those before the `unless` lines, and those.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    pub plain: Vec<String>,
    pub unless: Vec<String>,
}

impl Generator {
    /// Sentences that a line may use: positively, those of the same level too where they are meant to recur.
    pub fn usable(&self, positive: bool) -> Vec<usize> {
        let level = self.level;
        let fits = |at: &usize| {
            let sentence = &self.sentences[*at];
            // A number is read only once no rule can widen it: it does not recur.
            let recurs = positive && self.recursive && sentence.number().is_none();
            sentence.level < level || (recurs && sentence.level == level)
        };
        (0..self.sentences.len()).filter(fits).collect()
    }

    /// A value of a list or a number, in brackets.
    pub fn constant(&mut self, kind: Kind) -> String {
        match kind {
            Kind::Mode => format!("[\"{}\"]", MODES[self.rng.usize(..self.modes)]),
            _ => format!("[{}]", self.figure()),
        }
    }

    /// A sentence in which the slot at `must` stands (or any), binding new slots as it likes.
    pub fn positive(&mut self, scope: &mut Scope, must: Option<usize>) -> Option<String> {
        let wanted = must.map(|at| scope.slots[at].kind);
        let in_group = scope.group.is_some();
        let fits = |at: &usize| {
            let slots = &self.sentences[*at].slots;
            wanted.is_none_or(|wanted| slots.iter().any(|kind| kind.meets(wanted)))
        };
        let usable: Vec<usize> = self.usable(!in_group).into_iter().filter(fits).collect();
        // What recurs is wanted often.
        let again = |at: &&usize| self.sentences[**at].level == self.level;
        let recurring: Vec<usize> = usable.iter().filter(again).copied().collect();
        let chosen = if !recurring.is_empty() && chance(&mut self.rng, 50) {
            *pick(&mut self.rng, &recurring)?
        } else {
            *pick(&mut self.rng, &usable)?
        };
        let sentence = self.sentences[chosen].clone();
        let places: Vec<usize> = (0..sentence.slots.len())
            .filter(|at| wanted.is_some_and(|wanted| sentence.slots[*at].meets(wanted)))
            .collect();
        let place = pick(&mut self.rng, &places).copied();
        let mut slots = Vec::new();
        let mut binds = Vec::new();
        for (at, kind) in sentence.slots.iter().enumerate() {
            if let Some(slot) = must.filter(|_| place == Some(at)) {
                binds.push(slot);
                slots.push(scope.used(slot, *kind));
            } else {
                let (text, new) = self.fill(scope, *kind);
                binds.extend(new);
                slots.push(text);
            }
        }
        for slot in binds {
            scope.slots[slot].bound = true;
        }
        Some(sentence.say(&slots))
    }

    /// A slot of a positive line: one that is bound already, a value, or a new one.
    fn fill(&mut self, scope: &mut Scope, kind: Kind) -> (String, Option<usize>) {
        let (known, value) = match kind {
            Kind::Hours | Kind::Score => (25, 15),
            Kind::Mode => (30, 60),
            _ if scope.things() >= 4 => (100, 0),
            _ => (65, 0),
        };
        let there = scope.of(kind);
        if chance(&mut self.rng, known)
            && let Some(at) = pick(&mut self.rng, &there)
        {
            return (scope.used(*at, kind), None);
        }
        if chance(&mut self.rng, value) {
            return (self.constant(kind), None);
        }
        let name = scope.fresh(kind, false);
        (format!("[{name}]"), Some(scope.slots.len() - 1))
    }

    /// The slots of a sentence filled with what is bound already; none where something is missing.
    pub fn filled(&mut self, scope: &mut Scope, at: usize) -> Option<Vec<String>> {
        let mut slots = Vec::new();
        for kind in self.sentences[at].slots.clone() {
            let there = scope.of(kind);
            let value = match kind {
                Kind::Mode => 50,
                Kind::Hours | Kind::Score => 40,
                _ => 0,
            };
            slots.push(match pick(&mut self.rng, &there) {
                _ if chance(&mut self.rng, value) => self.constant(kind),
                Some(slot) => scope.used(*slot, kind),
                None if kind == Kind::Mode || kind.is_number() => self.constant(kind),
                None => return None,
            });
        }
        Some(slots)
    }

    /// A sentence that must fail.
    pub fn negative(&mut self, scope: &mut Scope) -> Option<String> {
        let usable = self.usable(false);
        let at = *pick(&mut self.rng, &usable)?;
        let slots = self.filled(scope, at)?;
        let sentence = &self.sentences[at];
        match sentence.say_opposite(&slots) {
            Some(opposite) if chance(&mut self.rng, 60) => Some(opposite),
            Some(opposite) if chance(&mut self.rng, 10) => {
                Some(format!("it is not the case that {opposite}"))
            }
            _ => Some(format!("it is not the case that {}", sentence.say(&slots))),
        }
    }

    /// `it is not known whether`, of a sentence whose slots are bound or of some *which*.
    pub fn not_known(&mut self, scope: &mut Scope) -> Option<String> {
        let open = |at: &usize| {
            let class = self.sentences[*at].class;
            !matches!(class, Class::Setting)
        };
        let usable: Vec<usize> = self.usable(false).into_iter().filter(open).collect();
        let at = *pick(&mut self.rng, &usable)?;
        let mut slots = self.filled(scope, at)?;
        if chance(&mut self.rng, 50) && !slots.is_empty() {
            let which = self.rng.usize(..slots.len());
            let name = scope.fresh(self.sentences[at].slots[which], false);
            slots[which] = format!("[{name}]");
        }
        let said = self.sentences[at].say(&slots);
        Some(format!("it is not known whether {said}"))
    }

    /// A verdict of an earlier norm.
    pub fn verdict(&mut self, scope: &mut Scope) -> Option<String> {
        let before = scope.clone();
        let said = self.verdict_of(scope);
        if said.is_none() {
            *scope = before;
        }
        said
    }

    fn verdict_of(&mut self, scope: &mut Scope) -> Option<String> {
        let earlier: Vec<usize> = (0..self.norms.len())
            .filter(|at| self.norms[*at].level < self.level)
            .collect();
        let norm = self.norms[*pick(&mut self.rng, &earlier)?].clone();
        let mut text = format!("{} \"{}\"", norm.sort.word(), norm.name);
        let statuses = self.statuses(norm.sort);
        let lead = match self.rng.u32(..100) {
            0..15 => "it is not the case that ",
            15..25 if self.may_ask => "it is not known whether ",
            _ => "",
        };
        // Nobody in particular is not engaged.
        let binds = lead.is_empty() && !statuses.contains("not ");
        for (role, kind) in &norm.parties {
            let there = scope.of(*kind);
            let at = match pick(&mut self.rng, &there) {
                Some(at) if !binds || chance(&mut self.rng, 90) => *at,
                _ if !binds || scope.group.is_some() || scope.things() >= 4 => return None,
                _ => {
                    scope.fresh(*kind, true);
                    scope.slots.len() - 1
                }
            };
            text += &format!(" {role} {}", scope.used(at, *kind));
        }
        if let Some(part) = pick(&mut self.rng, &norm.parts).cloned()
            && chance(&mut self.rng, 50)
        {
            text += &format!(" in \"{part}\"");
        }
        Some(format!("{lead}{text} is {statuses}"))
    }

    /// `any duty` of the parties at hand.
    pub fn any_duty(&mut self, scope: &mut Scope) -> Option<String> {
        let people = scope.of(Kind::Person);
        let bearer = *pick(&mut self.rng, &people)?;
        let mut text = format!("any duty owed by {}", scope.used(bearer, Kind::Person));
        let any_to = self.norms.iter().any(|norm| {
            let to = |(role, _): &(&str, Kind)| *role == "to";
            norm.sort == Sort::Duty && norm.parties.iter().any(to)
        });
        if any_to && chance(&mut self.rng, 40) {
            let to = *pick(&mut self.rng, &people)?;
            text += &format!(" to {}", scope.used(to, Kind::Person));
        }
        Some(format!("{text} is {}", self.statuses(Sort::Duty)))
    }

    /// One status or several.
    pub fn statuses(&mut self, sort: Sort) -> String {
        let all: &[&str] = match sort {
            Sort::Duty => &[
                "violated",
                "excused",
                "overridden",
                "fulfilled",
                "exempt",
                "not engaged",
            ],
            Sort::Ideal => &["falls short", "met", "not engaged"],
            Sort::Concern => &["raised", "not raised"],
        };
        let first = if chance(&mut self.rng, 50) {
            0
        } else {
            self.rng.usize(..all.len())
        };
        let mut named = vec![all[first]];
        let more = if sort == Sort::Duty { 45 } else { 15 };
        while chance(&mut self.rng, more) && named.len() + 1 < all.len() {
            let next = all[self.rng.usize(..all.len())];
            if !named.contains(&next) {
                named.push(next);
            }
        }
        named.join(" or ")
    }

    /// `any of these`, over what is bound, or binding one slot in every bullet.
    pub fn any_of(&mut self, scope: &mut Scope) -> Option<String> {
        let before = scope.clone();
        let said = self.bullets(scope);
        if said.is_none() {
            *scope = before;
        }
        said
    }

    fn bullets(&mut self, scope: &mut Scope) -> Option<String> {
        let mut text = "any of these".to_owned();
        if chance(&mut self.rng, 25) && scope.things() < 4 {
            let kind = *pick(&mut self.rng, &[Kind::Person, Kind::Act, Kind::Hours])?;
            scope.fresh(kind, false);
            let slot = scope.slots.len() - 1;
            let mut bullets = Vec::new();
            for _ in 0..2 {
                let mut inner = scope.clone();
                inner.group = Some('y');
                bullets.push(self.positive(&mut inner, Some(slot))?);
                self.narrow(scope, &inner);
                scope.names = inner.names;
            }
            scope.slots[slot].bound = true;
            for bullet in bullets {
                text += &format!("\n    - {bullet}");
            }
            return Some(text);
        }
        for _ in 0..2 + self.rng.usize(..2) {
            let mut inner = scope.clone();
            inner.group = Some('y');
            let there: Vec<usize> = (0..scope.slots.len())
                .filter(|at| scope.slots[*at].bound)
                .collect();
            let bullet = match self.rng.u32(..100) {
                0..45 => {
                    let must = pick(&mut self.rng, &there).copied();
                    self.positive(&mut inner, must)
                }
                45..70 => self.negative(&mut inner),
                70..85 => self.comparison(&mut inner),
                _ => self.verdict(&mut inner),
            };
            let bullet = match bullet {
                Some(bullet) => bullet,
                None => self.negative(&mut inner)?,
            };
            self.narrow(scope, &inner);
            // Bullets are one scope with the block: two groups do not share a name by accident.
            scope.names = inner.names;
            text += &format!("\n    - {bullet}");
        }
        Some(text)
    }

    /// Takes over how a group narrowed the kinds of the block's slots.
    pub fn narrow(&self, scope: &mut Scope, inner: &Scope) {
        for (outer, inner) in scope.slots.iter_mut().zip(&inner.slots) {
            outer.kind = inner.kind;
        }
    }
}
