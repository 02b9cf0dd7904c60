//! Random vocabularies, tables and rules, and the bodies of all blocks.

use super::conditions::{Lines, Scope};
use super::program::Generator;
use super::words::{Class, Kind, MODES, Sentence, chance, pick, word};

impl Generator {
    /// A sentence of a class.
    pub fn sentence(&mut self, class: Class, slots: &[Kind]) -> &mut Sentence {
        let word = word(&mut self.rng, self.sentences.len());
        let numbers = slots.iter().any(|kind| kind.is_number());
        let opposed = class != Class::Setting && chance(&mut self.rng, 45);
        self.sentences.push(Sentence {
            class,
            slots: slots.to_vec(),
            word,
            opposite: (opposed && !numbers).then(|| self.rng.bool()),
            only_one: None,
            default: None,
            level: 0,
            recursive: false,
        });
        let last = self.sentences.len() - 1;
        &mut self.sentences[last]
    }

    /// Facts and settings: some of every sort that conditions need, and a few more.
    pub fn vocabulary(&mut self) {
        use Kind::{Act, Hours, Mode, Nurse, Person, Score};
        let person = if chance(&mut self.rng, 25) {
            Nurse
        } else {
            Person
        };
        self.sentence(Class::Closed, &[person, Act]);
        self.sentence(Class::Closed, &[Person, Person]);
        self.sentence(Class::Open, &[Person]);
        if chance(&mut self.rng, 70) {
            self.sentence(Class::Open, &[Person, Act]);
        }
        let single = chance(&mut self.rng, 70);
        let moded = if self.rng.bool() {
            Class::Open
        } else {
            Class::Closed
        };
        let slots: &[Kind] = if chance(&mut self.rng, 20) {
            &[Person, Mode, Act]
        } else {
            &[Person, Mode]
        };
        self.sentence(moded, slots).only_one = single.then_some(1);
        if chance(&mut self.rng, 60) {
            self.sentence(Class::Closed, &[Person, Hours]);
        }
        if chance(&mut self.rng, 60) {
            self.sentence(Class::Open, &[Act, Hours]);
        }
        if chance(&mut self.rng, 40) {
            let class = if self.rng.bool() {
                Class::Open
            } else {
                Class::Closed
            };
            self.sentence(class, &[Person, Act, Score]);
        }
        if self.pairs {
            let class = if self.rng.bool() {
                Class::Open
            } else {
                Class::Closed
            };
            let shapes: [&[Kind]; 3] = [
                &[Person, Hours, Score],
                &[Act, Hours, Hours],
                &[Hours, Score],
            ];
            let shape = shapes[self.rng.usize(..shapes.len())];
            self.sentence(class, shape);
        }
        for _ in 0..self.rng.usize(..3) {
            let class = if self.rng.bool() {
                Class::Open
            } else {
                Class::Closed
            };
            let shapes: [&[Kind]; 6] = [
                &[],
                &[Act],
                &[Nurse],
                &[Nurse, Person],
                &[Person, Person, Act],
                &[Act, Mode],
            ];
            let shape = shapes[self.rng.usize(..shapes.len())];
            self.sentence(class, shape);
        }
        if chance(&mut self.rng, 45) {
            let shapes: [&[Kind]; 3] = [&[Hours], &[Act, Hours], &[Person, Score]];
            let shape = shapes[self.rng.usize(..shapes.len())];
            let default = self.constant(Hours);
            self.sentence(Class::Setting, shape).default = Some(default);
        }
        if chance(&mut self.rng, 35) {
            let shapes: [&[Kind]; 2] = [&[Mode], &[Act, Mode]];
            let shape = shapes[self.rng.usize(..shapes.len())];
            let default = self.constant(Mode);
            self.sentence(Class::Setting, shape).default = Some(default);
        }
    }

    /// A concept, with or without a number, that may be used at `level` and above.
    pub fn concept(&mut self, class: Class, level: usize) -> usize {
        use Kind::{Act, Hours, Mode, Person, Score};
        let shapes: [&[Kind]; 9] = [
            &[Person],
            &[Person, Act],
            &[Person, Person],
            &[Act],
            &[Person, Mode],
            &[],
            &[Person, Hours],
            &[Act, Score],
            &[Hours],
        ];
        let shape = shapes[self.rng.usize(..shapes.len())];
        let recursive = chance(&mut self.rng, 30);
        let sentence = self.sentence(class, shape);
        sentence.level = level;
        sentence.recursive = recursive;
        self.sentences.len() - 1
    }

    /// One or two rules of a concept.
    pub fn rules(&mut self, concept: usize) {
        let recursive = self.sentences[concept].recursive;
        let count = if recursive {
            2
        } else {
            1 + self.rng.usize(..2)
        };
        for at in 0..count {
            self.level = self.sentences[concept].level;
            self.recursive = recursive && at > 0;
            self.plain = recursive;
            if let Some(rule) = self.rule(concept) {
                self.blocks.push(rule);
            }
        }
        self.recursive = false;
        self.plain = false;
    }

    fn rule(&mut self, concept: usize) -> Option<String> {
        let mut scope = Scope::default();
        let sentence = self.sentences[concept].clone();
        let mut slots = Vec::new();
        let mut musts = Vec::new();
        for kind in &sentence.slots {
            if *kind == Kind::Mode && chance(&mut self.rng, 60) {
                slots.push(self.constant(*kind));
            } else if kind.is_number() {
                slots.push(String::new());
            } else {
                let name = scope.fresh(*kind, false);
                slots.push(format!("[{name}]"));
                if chance(&mut self.rng, 85) {
                    musts.push(scope.slots.len() - 1);
                }
            }
        }
        let mut lines = Lines::default();
        let number = sentence.number();
        if number.is_some() {
            lines.plain.extend(self.measure(&mut scope));
        }
        self.anchor(&mut scope, &musts, &mut lines);
        for slot in &mut scope.slots {
            // A slot of the conclusion that no line binds ranges over the cast.
            slot.bound |= !slot.kind.is_number();
        }
        let extras = usize::from(chance(&mut self.rng, 70)) + usize::from(lines.plain.is_empty());
        self.extras(&mut scope, extras, &mut lines);
        if let Some(at) = number {
            let there = scope.of(sentence.slots[at]);
            slots[at] = match pick(&mut self.rng, &there) {
                Some(slot) if chance(&mut self.rng, 90) => scope.used(*slot, sentence.slots[at]),
                _ => self.constant(sentence.slots[at]),
            };
        }
        if lines.plain.is_empty() {
            return None;
        }
        let name = self.blocks.len();
        let body = self.body("if", lines, 2);
        let mut text = format!("rule \"rule {name}\"\n{body}");
        text += &format!("  then {}\n", sentence.say(&slots));
        Some(text)
    }

    /// `always`, with what a case may replace.
    pub fn tables(&mut self) {
        let mut bullets = Vec::new();
        for at in 0..self.sentences.len() {
            let sentence = self.sentences[at].clone();
            let valued = |kind: &Kind| *kind == Kind::Mode || kind.is_number();
            if !sentence.slots.iter().all(valued) || !chance(&mut self.rng, 60) {
                continue;
            }
            let concept = sentence.class == Class::Concept;
            if sentence.class == Class::Finding || (concept && self.concluded(at)) {
                continue;
            }
            let slots: Vec<String> = sentence
                .slots
                .iter()
                .map(|kind| self.constant(*kind))
                .collect();
            let opposite = sentence.say_opposite(&slots);
            bullets.push(match opposite {
                Some(opposite) if chance(&mut self.rng, 25) => opposite,
                _ => sentence.say(&slots),
            });
        }
        if !bullets.is_empty() {
            let bullets: String = bullets.iter().map(|b| format!("  - {b}\n")).collect();
            self.blocks.push(format!("always\n{bullets}"));
        }
    }

    fn concluded(&self, concept: usize) -> bool {
        let word = format!(" {}", self.sentences[concept].word);
        let then = |block: &String| {
            let last = block.lines().rfind(|line| line.starts_with("  then "));
            last.is_some_and(|line| line.contains(&word))
        };
        self.blocks.iter().any(then)
    }

    /// A positive line with a number in it.
    fn measure(&mut self, scope: &mut Scope) -> Option<String> {
        let usable = self.usable(true);
        let measured: Vec<usize> = usable
            .into_iter()
            .filter(|at| self.sentences[*at].number().is_some())
            .collect();
        let sentence = self.sentences[*pick(&mut self.rng, &measured)?].clone();
        let mut slots = Vec::new();
        for kind in &sentence.slots {
            let there = scope.of(*kind);
            let known = pick(&mut self.rng, &there).copied();
            let old = if kind.is_number() { 15 } else { 75 };
            let full = !kind.is_number() && scope.things() >= 4;
            match known {
                Some(slot) if full || chance(&mut self.rng, old) => {
                    slots.push(scope.used(slot, *kind));
                }
                _ => {
                    let unbound = (0..scope.slots.len()).find(|at| {
                        let slot = &scope.slots[*at];
                        !slot.bound && !kind.is_number() && slot.kind.meets(*kind)
                    });
                    if let Some(slot) = unbound {
                        scope.slots[slot].bound = true;
                        slots.push(scope.used(slot, *kind));
                    } else {
                        let name = scope.fresh(*kind, true);
                        slots.push(format!("[{name}]"));
                    }
                }
            }
        }
        Some(sentence.say(&slots))
    }

    /// Lines that bind these slots.
    pub fn anchor(&mut self, scope: &mut Scope, musts: &[usize], lines: &mut Lines) {
        for must in musts {
            if !scope.slots[*must].bound {
                lines.plain.extend(self.positive(scope, Some(*must)));
            }
        }
    }

    /// More lines of any sort.
    pub fn extras(&mut self, scope: &mut Scope, count: usize, lines: &mut Lines) {
        for _ in 0..count {
            let line = match self.rng.u32(..100) {
                0..14 => self.positive(scope, None),
                14..28 => self.negative(scope),
                28..40 => {
                    if scope.of(Kind::Hours).is_empty() && scope.of(Kind::Score).is_empty() {
                        lines.plain.extend(self.measure(scope));
                    }
                    self.comparison(scope)
                }
                40..48 => self.any_of(scope),
                48..57 => self.quantified(scope),
                57..63 => self.every(scope),
                63..70 => {
                    let unless = self.defeater(scope);
                    lines.unless.extend(unless);
                    None
                }
                70..84 if !self.plain => {
                    let folds = chance(&mut self.rng, 60);
                    if !folds && scope.of(Kind::Hours).is_empty() {
                        lines.plain.extend(self.measure(scope));
                    }
                    let line = if folds {
                        self.fold(scope)
                    } else {
                        self.computed(scope)
                    };
                    if line.is_some() && chance(&mut self.rng, 80) {
                        let slot = scope.slots.len() - 1;
                        let compared = self.comparison_of(scope, slot);
                        lines.plain.extend(compared);
                    }
                    line
                }
                84..90 if self.may_ask => self.not_known(scope),
                90..94 if self.last => self.any_duty(scope),
                _ => self.verdict(scope),
            };
            lines.plain.extend(line);
        }
    }

    /// An `unless` line, which may have slots of its own.
    fn defeater(&mut self, scope: &mut Scope) -> Option<String> {
        let mut inner = scope.clone();
        inner.group = Some('z');
        let there: Vec<usize> = (0..scope.slots.len())
            .filter(|at| scope.slots[*at].bound && !scope.slots[*at].kind.is_number())
            .collect();
        let level = (self.recursive, false);
        self.recursive = level.1;
        let line = match self.rng.u32(..100) {
            0..60 => {
                let must = pick(&mut self.rng, &there).copied();
                self.positive(&mut inner, must)
            }
            60..72 => self.negative(&mut inner),
            72..84 => self.comparison(&mut inner),
            84..92 => self.quantified(&mut inner),
            _ => self.verdict(&mut inner),
        };
        self.recursive = level.0;
        self.narrow(scope, &inner);
        line
    }

    /// The lines in a random order, `unless` last, with their leads.
    pub fn body(&mut self, lead: &str, mut lines: Lines, indent: usize) -> String {
        self.rng.shuffle(&mut lines.plain);
        let gap = " ".repeat(indent);
        let mut text = String::new();
        for (at, line) in lines.plain.iter().enumerate() {
            let lead = if at == 0 { lead } else { "and" };
            text += &format!("{gap}{lead} {line}\n");
        }
        for line in &lines.unless {
            text += &format!("{gap}unless {line}\n");
        }
        text
    }

    /// The kinds.
    pub fn kinds(&mut self) {
        let modes: Vec<String> = MODES[..self.modes]
            .iter()
            .map(|mode| format!("\"{mode}\""))
            .collect();
        self.blocks.push("kind Person\n".to_owned());
        self.blocks.push("kind Nurse is a Person\n".to_owned());
        self.blocks.push("kind Act\n".to_owned());
        self.blocks
            .push(format!("kind Mode is one of {}\n", modes.join(", ")));
        let range = if self.rng.bool() { " from 0 to 4" } else { "" };
        self.blocks
            .push(format!("kind Hours is a number in \"hours\"{range}\n"));
        let range = if self.rng.bool() { " from 0 to 4" } else { "" };
        self.blocks.push(format!("kind Score is a number{range}\n"));
    }

    /// The declarations.
    pub fn declarations(&mut self) {
        let lists = [
            (Class::Closed, "facts, false unless stated"),
            (Class::Open, "facts, unknown unless stated"),
            (Class::Setting, "settings"),
            (Class::Concept, "concepts"),
            (Class::Finding, "findings"),
        ];
        for (class, lead) in lists {
            let of_class = self.sentences.iter().filter(|s| s.class == class);
            let declared: String = of_class.map(Sentence::declare).collect();
            if !declared.is_empty() {
                self.blocks.push(format!("{lead}\n{declared}"));
            }
        }
    }
}
