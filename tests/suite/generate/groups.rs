//! Random quantifiers and folds.

use super::conditions::Scope;
use super::program::Generator;
use super::words::{Kind, chance, pick};

impl Generator {
    /// The bullets of a group about a new slot: the first binds it. Gives the slot's name, the bullets and the scope.
    fn group(&mut self, scope: &Scope, kind: Option<Kind>) -> Option<(String, Vec<String>, Scope)> {
        let mut inner = scope.clone();
        inner.group = Some('z');
        let kinds = [Kind::Person, Kind::Person, Kind::Act, Kind::Mode];
        let kind = kind.or_else(|| pick(&mut self.rng, &kinds).copied())?;
        let name = inner.fresh(kind, false);
        let slot = inner.slots.len() - 1;
        let mut bullets = vec![self.positive(&mut inner, Some(slot))?];
        if !inner.slots[slot].bound {
            return None;
        }
        if chance(&mut self.rng, 55) {
            bullets.extend(self.bullet(&mut inner, slot));
        }
        Some((name, bullets, inner))
    }

    fn bullet(&mut self, inner: &mut Scope, slot: usize) -> Option<String> {
        match self.rng.u32(..100) {
            0..30 => self.positive(inner, Some(slot)),
            30..60 => self.comparison(inner).or_else(|| self.negative(inner)),
            60..90 => self.negative(inner),
            _ => self.verdict(inner),
        }
    }

    fn listed(bullets: &[String], indent: usize) -> String {
        let gap = " ".repeat(indent);
        let bullets = bullets.iter().map(|bullet| format!("\n{gap}- {bullet}"));
        bullets.collect()
    }

    /// `no`, `at least n`, `at most n`.
    pub fn quantified(&mut self, scope: &mut Scope) -> Option<String> {
        let (name, bullets, inner) = self.group(scope, None)?;
        self.narrow(scope, &inner);
        let how = match self.rng.u32(..100) {
            0..40 => "no".to_owned(),
            40..70 => format!("at least {}", 1 + self.rng.u32(..2)),
            _ => format!("at most {}", self.rng.u32(..2)),
        };
        Some(format!("{how} [{name}] where{}", Self::listed(&bullets, 4)))
    }

    /// `every … is such that`.
    pub fn every(&mut self, scope: &mut Scope) -> Option<String> {
        let (name, bullets, mut inner) = self.group(scope, None)?;
        let slot = scope.slots.len();
        let mut holds = Vec::new();
        for _ in 0..1 + self.rng.usize(..2) {
            let bullet = match self.rng.u32(..100) {
                0..60 => self.positive(&mut inner, Some(slot)),
                60..80 => self.comparison(&mut inner),
                _ => self.negative(&mut inner),
            };
            holds.extend(bullet);
        }
        if holds.is_empty() {
            holds.push(self.positive(&mut inner, Some(slot))?);
        }
        self.narrow(scope, &inner);
        Some(format!(
            "every [{name}] where{}\n    is such that{}",
            Self::listed(&bullets, 4),
            Self::listed(&holds, 4)
        ))
    }

    /// `let [t] be the sum of …`, which binds a new number.
    pub fn fold(&mut self, scope: &mut Scope) -> Option<String> {
        if chance(&mut self.rng, 25) {
            let (name, bullets, inner) = self.group(scope, None)?;
            self.narrow(scope, &inner);
            let total = scope.fresh(Kind::Score, true);
            let bullets = Self::listed(&bullets, 4);
            return Some(format!(
                "let [{total}] be the number of [{name}] where{bullets}"
            ));
        }
        let mut inner = scope.clone();
        inner.group = Some('z');
        let usable = self.usable(false);
        let measured = |at: &usize| {
            let sentence = &self.sentences[*at];
            sentence.number().is_some() && sentence.slots.iter().any(|kind| !kind.is_number())
        };
        let usable: Vec<usize> = usable.into_iter().filter(measured).collect();
        let sentence = self.sentences[*pick(&mut self.rng, &usable)?].clone();
        let number = sentence.number()?;
        let (mut slots, mut over) = (Vec::new(), Vec::new());
        let value = inner.fresh(sentence.slots[number], true);
        for (at, kind) in sentence.slots.iter().enumerate() {
            if at == number {
                slots.push(format!("[{value}]"));
                continue;
            }
            let there = scope.of(*kind);
            match pick(&mut self.rng, &there) {
                Some(slot) if chance(&mut self.rng, 30) && !over.is_empty() => {
                    slots.push(inner.used(*slot, *kind));
                }
                _ => {
                    let name = inner.fresh(*kind, true);
                    slots.push(format!("[{name}]"));
                    over.push(format!("[{name}]"));
                }
            }
        }
        let mut bullets = vec![sentence.say(&slots)];
        if chance(&mut self.rng, 60) {
            let slot = inner.slots.len() - 1;
            bullets.extend(self.bullet(&mut inner, slot));
        }
        if over.len() > 1 && chance(&mut self.rng, 20) {
            over.pop();
        }
        self.narrow(scope, &inner);
        let how = *pick(&mut self.rng, &["sum of", "sum of", "least", "greatest"])?;
        let total = scope.fresh(sentence.slots[number], true);
        Some(format!(
            "let [{total}] be the {how} [{value}] over {} where{}",
            over.join(", "),
            Self::listed(&bullets, 4)
        ))
    }
}
