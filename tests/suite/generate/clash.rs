//! Two duties that want opposite things of one deed, and a case in which it is done or left: how dilemmas come about, and
//! priorities that keep them from coming about.

use super::conditions::{Lines, Scope, Slot};
use super::program::{Generator, Norm, Sort, Statements};
use super::words::{Class, Kind, chance};

impl Generator {
    /// The two duties, at `level` and the next. What they are about is kept for the case.
    pub fn clash(&mut self, level: usize) {
        let deed = self.sentences.len();
        self.sentence(Class::Closed, &[Kind::Person, Kind::Act]);
        self.deed = Some(deed);
        let ranked = chance(&mut self.rng, 20);
        let before = self.norms.len();
        self.torn(level, "met", deed);
        self.torn(level + 1, "broken", deed);
        if ranked && self.norms.len() == before + 2 {
            self.priority(before, before + 1);
        }
    }

    fn torn(&mut self, level: usize, test: &str, deed: usize) {
        self.level = level;
        self.may_ask = true;
        let slot = |name: &str, kind| Slot {
            name: name.to_owned(),
            kind,
            bound: false,
        };
        let mut scope = Scope {
            slots: vec![slot("p", Kind::Person), slot("a", Kind::Act)],
            ..Scope::default()
        };
        let mut lines = Lines::default();
        self.anchor(&mut scope, &[0, 1], &mut lines);
        let extras = usize::from(chance(&mut self.rng, 15));
        self.extras(&mut scope, extras, &mut lines);
        if scope.slots[..2].iter().any(|slot| !slot.bound) {
            self.may_ask = false;
            return;
        }
        let mut text = self.body("arises if", lines, 2);
        let done = ["[p]".to_owned(), "[a]".to_owned()];
        let mut lines = Lines {
            plain: vec![self.sentences[deed].say(&done)],
            ..Lines::default()
        };
        let extras = usize::from(chance(&mut self.rng, 15));
        self.extras(&mut scope, extras, &mut lines);
        text += &self.body(&format!("{test} if"), lines, 2);
        let name = format!("duty {}", self.norms.len());
        let head = format!("duty \"{name}\"\n  owed by [p] about [a]\n");
        self.blocks.push(head + &text + "  cites book\n");
        self.norms.push(Norm {
            sort: Sort::Duty,
            name,
            parties: vec![
                ("owed by", scope.slots[0].kind),
                ("about", scope.slots[1].kind),
            ],
            parts: Vec::new(),
            level,
        });
        if chance(&mut self.rng, 35) {
            self.defeats(self.norms.len() - 1);
        }
        self.may_ask = false;
    }

    /// What an option says of the deed: most of it done in the first, most of it left in the others.
    pub fn chosen(&mut self, option: usize) -> Statements {
        let mut given = Statements::new();
        let Some(deed) = self.deed else {
            return given;
        };
        let sentence = self.sentences[deed].clone();
        for key in self.keys(&sentence) {
            if !chance(&mut self.rng, 85) {
                continue;
            }
            let slots: Vec<String> = key
                .iter()
                .flatten()
                .map(|name| format!("[{name}]"))
                .collect();
            let said = sentence.say(&slots);
            let line = match sentence.say_opposite(&slots) {
                _ if option == 0 => format!("given {said}"),
                Some(opposite) => format!("given {opposite}"),
                None => format!("given it is not the case that {said}"),
            };
            given.push(((deed, key), line));
        }
        given
    }
}
