//! Random duties, ideals and concerns, and what defeats them.

use super::conditions::{Lines, Scope, Slot};
use super::program::{Generator, Norm, Sort};
use super::words::{Kind, chance, pick};

/// The slot that stands for a party, by role.
fn name_of(role: &str, kind: Kind) -> &'static str {
    match role {
        "owed by" | "for" => "p",
        "to" => "q",
        "toward" => "w",
        _ if kind == Kind::Mode => "m",
        _ => "a",
    }
}

impl Generator {
    fn parties(&mut self, sort: Sort) -> Vec<(&'static str, Kind)> {
        let mut parties = Vec::new();
        let nurse = chance(&mut self.rng, 15);
        let bearer = if nurse { Kind::Nurse } else { Kind::Person };
        let about = if chance(&mut self.rng, 12) {
            Kind::Mode
        } else {
            Kind::Act
        };
        match sort {
            Sort::Duty => {
                parties.push(("owed by", bearer));
                if chance(&mut self.rng, 55) {
                    parties.push(("to", Kind::Person));
                }
                if chance(&mut self.rng, 40) {
                    parties.push(("about", about));
                }
            }
            Sort::Ideal => {
                parties.push(("for", bearer));
                if chance(&mut self.rng, 30) {
                    parties.push(("about", about));
                }
            }
            Sort::Concern => {
                let kind = if chance(&mut self.rng, 70) {
                    bearer
                } else {
                    about
                };
                parties.push(("about", kind));
            }
        }
        if chance(&mut self.rng, 18) {
            parties.push(("toward", Kind::Person));
        }
        parties
    }

    /// A duty, ideal or concern at `level`, with its exemptions and the like.
    pub fn norm(&mut self, sort: Sort, level: usize) {
        self.level = level;
        self.may_ask = true;
        let duties: Vec<usize> = (0..self.norms.len())
            .filter(|at| self.norms[*at].sort == Sort::Duty && self.norms[*at].level < level)
            .collect();
        let upper = pick(&mut self.rng, &duties).copied();
        let after = upper.filter(|_| sort == Sort::Duty && chance(&mut self.rng, 25));
        let mut parties = match after {
            Some(upper) if chance(&mut self.rng, 70) => {
                let mut parties = self.norms[upper].parties.clone();
                parties.retain(|(role, _)| *role == "owed by" || self.rng.u32(..100) < 70);
                parties
            }
            _ => self.parties(sort),
        };
        let mut scope = Scope::default();
        for (role, kind) in &parties {
            let name = name_of(role, *kind).to_owned();
            scope.slots.push(Slot {
                name,
                kind: *kind,
                bound: false,
            });
        }
        let mut first = None;
        if let Some(upper) = after {
            let norm = self.norms[upper].clone();
            for slot in &mut scope.slots {
                let shared = |(role, kind): &(&'static str, Kind)| {
                    name_of(role, *kind) == slot.name && kind.meets(slot.kind)
                };
                if let Some((_, kind)) = norm.parties.iter().find(|party| shared(party)) {
                    slot.bound = true;
                    if slot.kind == Kind::Person {
                        slot.kind = *kind;
                    }
                }
            }
            let part = match pick(&mut self.rng, &norm.parts) {
                Some(part) if self.rng.bool() => format!(" in \"{part}\""),
                _ => String::new(),
            };
            let every = norm.parties.iter().all(|(role, kind)| {
                let name = name_of(role, *kind);
                scope.slots.iter().any(|slot| slot.name == name)
            });
            let mut statuses = self.statuses(Sort::Duty);
            if !every && statuses.contains("not engaged") {
                statuses = "violated or excused".to_owned();
            }
            let name = &norm.name;
            first = Some(format!("  after duty \"{name}\"{part} is {statuses}\n"));
        }
        let mut lines = Lines::default();
        let musts: Vec<usize> = (0..parties.len()).collect();
        self.anchor(&mut scope, &musts, &mut lines);
        let extras = usize::from(chance(&mut self.rng, 45))
            + usize::from(lines.plain.is_empty() && first.is_none());
        self.extras(&mut scope, extras, &mut lines);
        if scope.slots[..parties.len()].iter().any(|slot| !slot.bound)
            || (lines.plain.is_empty() && first.is_none())
        {
            return;
        }
        let lead = match (sort, &first) {
            (_, Some(_)) => "and",
            (Sort::Duty, None) => "arises if",
            (Sort::Ideal, None) => "applies if",
            (Sort::Concern, None) => "raised if",
        };
        let mut text = first.unwrap_or_default();
        if text.is_empty() || !lines.plain.is_empty() {
            text += &self.body(lead, lines, 2);
        }
        let mut parts = Vec::new();
        if sort != Sort::Concern {
            text += &self.tests(sort, &mut scope, &mut parts);
        }
        for (party, slot) in parties.iter_mut().zip(&scope.slots) {
            party.1 = slot.kind;
        }
        let said: Vec<String> = parties
            .iter()
            .map(|(role, kind)| format!("{role} [{}]", name_of(role, *kind)))
            .collect();
        let name = format!("{} {}", sort.word(), self.norms.len());
        let head = format!("{} \"{name}\"\n  {}\n", sort.word(), said.join(" "));
        self.blocks.push(head + &text + "  cites book\n");
        self.norms.push(Norm {
            sort,
            name,
            parties,
            parts,
            level,
        });
        if sort == Sort::Duty {
            self.defeats(self.norms.len() - 1);
            if let Some(upper) = upper.filter(|_| chance(&mut self.rng, 55)) {
                self.priority(upper, self.norms.len() - 1);
            }
        }
        self.may_ask = false;
    }

    fn tests(&mut self, sort: Sort, scope: &mut Scope, parts: &mut Vec<String>) -> String {
        let named = chance(&mut self.rng, 35);
        let mut text = String::new();
        let count = if named { 1 + self.rng.usize(..2) } else { 1 };
        let outer = scope.slots.len();
        for name in ["skill", "words"].into_iter().take(count) {
            let part = if named {
                parts.push(name.to_owned());
                format!(" in \"{name}\"")
            } else {
                String::new()
            };
            if named && chance(&mut self.rng, 45) {
                let word = if sort == Sort::Ideal {
                    "applies"
                } else {
                    "arises"
                };
                let lead = format!("{word}{part} if");
                text += &self.test(scope, &lead);
            }
            let word = if self.rng.bool() { "broken" } else { "met" };
            let lead = format!("{word}{part} if");
            text += &self.test(scope, &lead);
            // What only this part's lines bind is not bound in another part.
            scope.slots.truncate(outer);
        }
        text
    }

    fn test(&mut self, scope: &mut Scope, lead: &str) -> String {
        let mut lines = Lines::default();
        let bound: Vec<usize> = (0..scope.slots.len())
            .filter(|at| scope.slots[*at].bound && !scope.slots[*at].kind.is_number())
            .collect();
        let mut left = 5;
        while lines.plain.is_empty() && left > 0 {
            left -= 1;
            if chance(&mut self.rng, 55) {
                let must = pick(&mut self.rng, &bound).copied();
                lines.plain.extend(self.positive(scope, must));
            }
            if lines.plain.is_empty() || chance(&mut self.rng, 35) {
                self.extras(scope, 1, &mut lines);
            }
        }
        if lines.plain.is_empty() {
            lines.plain.extend(self.positive(scope, None));
        }
        self.body(lead, lines, 2)
    }

    /// The parties of a duty as slots of another block.
    fn slots_of(&self, norm: usize) -> Scope {
        let mut scope = Scope::default();
        for (role, kind) in &self.norms[norm].parties {
            scope.slots.push(Slot {
                name: name_of(role, *kind).to_owned(),
                kind: *kind,
                bound: true,
            });
        }
        scope
    }

    /// Perhaps an exemption from a duty, and an excuse for it.
    pub fn defeats(&mut self, norm: usize) {
        for (word, link) in [("exemption", "from"), ("excuse", "for")] {
            if !chance(&mut self.rng, 50) {
                continue;
            }
            self.may_ask = false;
            let mut scope = self.slots_of(norm);
            let body = self.test(&mut scope, "if");
            let Norm { name, parts, .. } = self.norms[norm].clone();
            let of = match pick(&mut self.rng, &parts) {
                Some(part) if chance(&mut self.rng, 50) => format!(" in \"{part}\""),
                _ => String::new(),
            };
            let at = self.blocks.len();
            self.blocks.push(format!(
                "{word} \"{word} {at}\" {link} duty \"{name}\"{of}\n{body}  cites book\n"
            ));
        }
    }

    /// One duty outranks another.
    pub fn priority(&mut self, upper: usize, lower: usize) {
        let at = self.blocks.len();
        let (above, below) = (self.norms[upper].clone(), self.norms[lower].clone());
        let mut scope = self.slots_of(lower);
        let mut text = format!("priority \"priority {at}\"\n");
        if chance(&mut self.rng, 70) {
            text += &format!(
                "  duty \"{}\" outranks duty \"{}\"\n",
                above.name, below.name
            );
        } else {
            // The other way round, as far as the kinds agree.
            let said: Vec<String> = below
                .parties
                .iter()
                .map(|(role, kind)| format!("{role} [{}]", name_of(role, *kind)))
                .collect();
            let mut turned = Vec::new();
            for (role, kind) in &above.parties {
                let there = scope.of(*kind);
                turned.push(match pick(&mut self.rng, &there) {
                    Some(slot) if chance(&mut self.rng, 80) => {
                        format!("{role} {}", scope.used(*slot, *kind))
                    }
                    _ => format!("{role} [other{}]", turned.len()),
                });
            }
            text += &format!(
                "  duty \"{}\" {} outranks duty \"{}\" {}\n",
                above.name,
                turned.join(" "),
                below.name,
                said.join(" ")
            );
        }
        if chance(&mut self.rng, 45) {
            self.may_ask = false;
            text += &self.test(&mut scope, "if");
        }
        self.blocks.push(text + "  cites book\n");
    }
}
