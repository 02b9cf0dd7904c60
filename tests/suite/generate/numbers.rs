//! Random figures, expressions, comparisons and computed values.

use super::conditions::Scope;
use super::program::Generator;
use super::words::{Kind, chance, pick};

impl Generator {
    /// A small number within the ranges of the kinds.
    pub fn figure(&mut self) -> String {
        match self.rng.u32(..100) {
            0..80 => self.rng.u32(..5).to_string(),
            80..90 => "1/2".to_owned(),
            90..95 => "2.5".to_owned(),
            _ => "50%".to_owned(),
        }
    }

    /// An expression in this unit, over the numbers bound so far.
    fn expression(&mut self, scope: &mut Scope, kind: Kind, depth: usize) -> String {
        let there = scope.of(kind);
        let slot = pick(&mut self.rng, &there).map(|at| format!("[{}]", scope.slots[*at].name));
        if depth == 0 || chance(&mut self.rng, 55) {
            return match slot {
                Some(slot) if chance(&mut self.rng, 70) => slot,
                _ => self.figure(),
            };
        }
        let left = self.expression(scope, kind, depth - 1);
        let operator = *pick(&mut self.rng, &["+", "-", "*", "/"]).unwrap_or(&"+");
        let right = match operator {
            "+" | "-" => self.expression(scope, kind, depth - 1),
            "/" if chance(&mut self.rng, 80) => (1 + self.rng.u32(..3)).to_string(),
            _ => self.expression(scope, Kind::Score, 0),
        };
        if chance(&mut self.rng, 70) && depth < 2 {
            format!("({left} {operator} {right})")
        } else {
            format!("{left} {operator} {right}")
        }
    }

    /// A comparison of numbers, or of two people, over what is bound.
    pub fn comparison(&mut self, scope: &mut Scope) -> Option<String> {
        let hours = !scope.of(Kind::Hours).is_empty();
        let scores = !scope.of(Kind::Score).is_empty();
        let kind = match (hours, scores) {
            (true, true) if self.rng.bool() => Kind::Score,
            (true, _) => Kind::Hours,
            (false, true) => Kind::Score,
            (false, false) => return self.same(scope),
        };
        if chance(&mut self.rng, 10) {
            return self.same(scope);
        }
        let there = scope.of(kind);
        let slot = *pick(&mut self.rng, &there)?;
        self.comparison_of(scope, slot)
    }

    /// A comparison of one number that is bound.
    pub fn comparison_of(&mut self, scope: &mut Scope, slot: usize) -> Option<String> {
        let kind = scope.slots[slot].kind;
        let left = if chance(&mut self.rng, 70) {
            format!("[{}]", scope.slots[slot].name)
        } else {
            let more = self.expression(scope, kind, 1);
            format!("[{}] + {more}", scope.slots[slot].name)
        };
        let right = self.expression(scope, kind, 1);
        let words = [
            "is at least",
            "is at most",
            "is more than",
            "is less than",
            "is",
            "is not",
        ];
        let how = pick(&mut self.rng, &words)?;
        let negated = if chance(&mut self.rng, 8) {
            "it is not the case that "
        } else {
            ""
        };
        Some(format!("{negated}{left} {how} {right}"))
    }

    fn same(&mut self, scope: &mut Scope) -> Option<String> {
        let kind = *pick(
            &mut self.rng,
            &[Kind::Person, Kind::Person, Kind::Act, Kind::Mode],
        )?;
        let there = scope.of(kind);
        let left = *pick(&mut self.rng, &there)?;
        let left_said = format!("[{}]", scope.slots[left].name);
        let right = *pick(&mut self.rng, &there)?;
        let how = if chance(&mut self.rng, 75) {
            "is not"
        } else {
            "is"
        };
        let right = if kind == Kind::Mode && chance(&mut self.rng, 50) {
            self.constant(kind)
        } else if left == right {
            return None;
        } else {
            format!("[{}]", scope.slots[right].name)
        };
        Some(format!("{left_said} {how} {right}"))
    }

    /// `let [u] be …`, which binds a new number (or compares with one that is there).
    pub fn computed(&mut self, scope: &mut Scope) -> Option<String> {
        let hours = !scope.of(Kind::Hours).is_empty();
        let scores = !scope.of(Kind::Score).is_empty();
        let kind = match (hours, scores) {
            (true, false) => Kind::Hours,
            (false, true) => Kind::Score,
            (true, true) if self.rng.bool() => Kind::Hours,
            (true, true) => Kind::Score,
            (false, false) => return None,
        };
        let value = match self.rng.u32(..100) {
            0..20 if kind == Kind::Hours => {
                let there = scope.of(kind);
                let (above, below) = (*pick(&mut self.rng, &there)?, *pick(&mut self.rng, &there)?);
                let said = |at: usize| format!("[{}]", scope.slots[at].name);
                let value = format!("{} / {}", said(above), said(below));
                let name = scope.fresh(Kind::Score, true);
                return Some(format!("let [{name}] be {value}"));
            }
            _ => self.expression(scope, kind, 2),
        };
        // A value without any slot has no unit.
        let kind = if value.contains('[') {
            kind
        } else {
            Kind::Score
        };
        let name = scope.fresh(kind, true);
        Some(format!("let [{name}] be {value}"))
    }
}
