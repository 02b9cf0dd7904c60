//! Lines told aloud: what was found, how it stands on record, and under it what that rests on. In: evidence and steps; out:
//! items, or short phrases. Each sentence is told once. Knows no verdict's status.

use super::document::Item;
use super::wording::{Words, both, comparator, either, standing, statuses};
use crate::engine::{Evidence, Formula, Found, Member, Reading, Standing, Thing};
use crate::explain::{How, Steps, Try};
use crate::rulebook::{Comparator, Count, Fold, Stated, Var, VarId};
use crate::value::{IndexVec, Truth};

/// The sentences that were told, each with the number under which.
#[derive(Default)]
struct Told(Vec<(Reading, usize)>);

impl Told {
    fn has(&self, reading: &Reading) -> bool {
        self.under(reading).is_some()
    }

    fn under(&self, reading: &Reading) -> Option<usize> {
        let mut own = self.0.iter().filter(|(told, _)| told == reading);
        own.next().map(|(_, number)| *number)
    }

    fn add(&mut self, reading: &Reading, number: usize) {
        if !self.has(reading) {
            self.0.push((reading.clone(), number));
        }
    }
}

/// Tells lines.
pub struct Teller<'t> {
    /// Says what ids mean.
    pub words: Words<'t>,
    /// How sentences came about.
    pub steps: &'t Steps,
    /// What the record states.
    pub stated: &'t [Stated],
    /// How many rules deep; `None` in short.
    pub depth: Option<usize>,
    /// Under which number of the page it is telling.
    pub number: usize,
    told: Told,
}

impl<'t> Teller<'t> {
    /// For one world.
    #[must_use]
    pub fn new(
        words: Words<'t>,
        steps: &'t Steps,
        stated: &'t [Stated],
        depth: Option<usize>,
    ) -> Self {
        Self {
            words,
            steps,
            stated,
            depth,
            number: 0,
            told: Told::default(),
        }
    }

    /// Tells lines of a block, each with what it rests on.
    pub fn tell(&mut self, lines: &[&Evidence], vars: &IndexVec<VarId, Var>) -> Vec<Item> {
        let mut items = Vec::new();
        for line in lines {
            self.line(line, vars, 0, &mut items);
        }
        items
    }

    fn line(
        &mut self,
        line: &Evidence,
        vars: &IndexVec<VarId, Var>,
        indent: usize,
        items: &mut Vec<Item>,
    ) {
        let mut say = |text: String, mark: &str| {
            items.push(Item {
                indent,
                text,
                mark: mark.to_owned(),
            });
        };
        match &line.found {
            Found::Sentence { reading, .. } => self.reading(reading, indent, items),
            Found::NotKnown(readings) => say(self.not_known(readings), ""),
            Found::Verdict { .. } | Found::Compare { .. } | Found::Let { .. } => {
                say(self.plainly(line, vars), "");
            }
            Found::Fold { members, .. } => {
                say(self.plainly(line, vars), "");
                for member in members {
                    self.member(member, vars, indent + 1, items);
                }
            }
            Found::AnyOf(bullets) => {
                let holds = line.truth;
                for bullet in bullets {
                    if holds != Some(Truth::True) || bullet.truth == Some(Truth::True) {
                        self.line(bullet, vars, indent, items);
                    }
                }
            }
            Found::Quantified { members, .. } => {
                say(self.plainly(line, vars), "");
                for member in members {
                    self.member(member, vars, indent + 1, items);
                }
            }
            Found::Every { members, .. } => {
                say(self.plainly(line, vars), "");
                let failing = members.iter().any(|one| one.truth == Truth::False);
                for member in members {
                    if !failing || member.truth == Truth::False {
                        self.member(member, vars, indent + 1, items);
                    }
                }
            }
            Found::NotReached => {}
        }
    }

    fn member(
        &mut self,
        member: &Member,
        vars: &IndexVec<VarId, Var>,
        indent: usize,
        items: &mut Vec<Item>,
    ) {
        for line in &member.lines {
            self.line(line, vars, indent, items);
        }
    }

    /// Tells lines of a block in short: each conclusion with the facts it rests on, without the steps between. A conclusion
    /// that rests on nothing but what is told, or is `covered`, is left out. `opened`: of what no rule shows, the rules that
    /// came near are told too.
    pub fn short(
        &mut self,
        lines: &[&Evidence],
        vars: &IndexVec<VarId, Var>,
        covered: &[Reading],
        opened: bool,
    ) -> Vec<Item> {
        let mut items = Vec::new();
        let mut elsewhere: Vec<usize> = Vec::new();
        for line in lines.iter().flat_map(|line| bullets_of(line)) {
            let Found::Sentence { reading, .. } = &line.found else {
                if !is_trivial(line) {
                    let phrases = self.phrases(line, vars);
                    items.extend(phrases.into_iter().map(Item::of));
                }
                continue;
            };
            let derived = matches!(
                self.steps.of(reading).map(|step| &step.how),
                Some(How::Rule { .. } | How::NoRule(_))
            );
            let leaves = self.steps.leaves_of_line(line);
            let known = |leaf: &Reading| self.told.has(leaf) || covered.contains(leaf);
            let rests_on_told = derived
                && reading.truth == Truth::True
                && !leaves.is_empty()
                && leaves.iter().all(|leaf| known(leaf.reading));
            if self.told.has(reading) || rests_on_told {
                let under = self.told.under(reading).into_iter();
                let rests = leaves
                    .iter()
                    .filter_map(|leaf| self.told.under(leaf.reading));
                elsewhere.extend(under.chain(rests).filter(|number| *number != self.number));
                continue;
            }
            self.told.add(reading, self.number);
            let unshown = reading.truth == Truth::False && derived;
            if unshown && !opened {
                items.push(Item::of(self.phrase(reading)));
                continue;
            }
            let (text, mark) = self.said(reading);
            items.push(Item {
                indent: 0,
                text,
                mark,
            });
            match self.steps.of(reading).map(|step| &step.how) {
                Some(How::Rule { rule, lines, .. }) => {
                    let vars = &self.words.book.rules[*rule].vars;
                    self.facts(lines, vars, &mut items, 6);
                }
                Some(How::NoRule(tries)) => self.attempts(tries, &mut items),
                _ => {}
            }
        }
        elsewhere.sort_unstable();
        elsewhere.dedup();
        if !elsewhere.is_empty() {
            let numbers: Vec<String> = elsewhere.iter().map(ToString::to_string).collect();
            let and = if items.is_empty() { "" } else { "and " };
            items.push(Item::of(format!("{and}as told under {}", both(&numbers))));
        }
        items
    }

    /// The rules that came near: what keeps each from applying; those for which nothing is on record by name.
    fn attempts(&self, tries: &[Try], items: &mut Vec<Item>) {
        let mut push = |text: String| {
            items.push(Item {
                indent: 1,
                text,
                mark: String::new(),
            });
        };
        let mut quiet: Vec<String> = Vec::new();
        for (at, one) in tries.iter().enumerate() {
            let mut failing = one
                .lines
                .iter()
                .filter(|line| line.truth == Some(Truth::False));
            let spoken = failing.any(|line| {
                let leaves = self.steps.leaves_of_line(line);
                leaves.iter().any(|leaf| !is_silence(leaf.reading))
            });
            if at == 0 || spoken {
                push(self.attempt(one));
            } else {
                quiet.push(format!("\"{}\"", self.words.book.rules[one.rule].name));
            }
        }
        if !quiet.is_empty() {
            push(format!("nothing on record for rule {}", either(&quiet)));
        }
    }

    /// The facts at the ends of what decides some lines.
    fn facts(
        &mut self,
        lines: &[Evidence],
        vars: &IndexVec<VarId, Var>,
        items: &mut Vec<Item>,
        level: usize,
    ) {
        let truth = lines
            .iter()
            .map(|line| line.truth.unwrap_or(Truth::False))
            .fold(Truth::True, Truth::and);
        for line in lines
            .iter()
            .filter(|line| truth == Truth::True || line.truth == Some(truth))
        {
            let mut push = |text: String, mark: String| {
                items.push(Item {
                    indent: 1,
                    text,
                    mark,
                });
            };
            let Found::Sentence { reading, .. } = &line.found else {
                let quiet = self.is_nobody(line) || self.is_silent(line);
                if !is_trivial(line) && !quiet {
                    for phrase in self.phrases(line, vars) {
                        push(phrase, String::new());
                    }
                }
                continue;
            };
            if self.told.has(reading) {
                continue;
            }
            self.told.add(reading, self.number);
            match self.steps.of(reading).map(|step| &step.how) {
                Some(How::Rule { rule, lines, .. }) if level > 0 => {
                    let vars = &self.words.book.rules[*rule].vars;
                    self.facts(lines, vars, items, level - 1);
                }
                _ => {
                    // That nothing stands in the way is an assumption, told with the others.
                    let unspoken = matches!(reading.standing, Standing::Closed | Standing::Nothing)
                        || is_silence(reading)
                            && !self.has_opposite(reading)
                            && self.rests_on_told(line);
                    if reading.truth != Truth::False || !unspoken {
                        let (text, mark) = self.said(reading);
                        push(text, mark);
                    }
                }
            }
        }
    }

    /// A sentence as it is, how it stands, and what it rests on.
    pub fn reading(&mut self, reading: &Reading, indent: usize, items: &mut Vec<Item>) {
        let (text, mark) = self.said(reading);
        if self.told.has(reading) {
            let derived = matches!(
                self.steps.of(reading).map(|step| &step.how),
                Some(How::Rule { .. } | How::NoRule(_))
            );
            if indent == 0 || derived {
                items.push(Item {
                    indent,
                    text,
                    mark: if derived {
                        "see above".to_owned()
                    } else {
                        mark
                    },
                });
            }
            return;
        }
        self.told.add(reading, self.number);
        items.push(Item { indent, text, mark });
        if self.depth.is_none_or(|depth| indent >= depth) {
            return;
        }
        match self.steps.of(reading).map(|step| &step.how) {
            Some(How::Rule { rule, lines, .. }) => {
                let rule = &self.words.book.rules[*rule];
                for line in lines {
                    self.line(line, &rule.vars, indent + 1, items);
                }
                let mut whence: Vec<String> = rule.because.clone();
                if !rule.cites.is_empty() {
                    whence.push(self.words.citations(&rule.cites));
                }
                if !whence.is_empty() {
                    items.push(Item {
                        indent: indent + 1,
                        text: format!("by rule \"{}\": {}", rule.name, whence.join("; ")),
                        mark: String::new(),
                    });
                }
            }
            Some(How::NoRule(tries)) => {
                for one in tries {
                    let text = self.attempt(one);
                    items.push(Item {
                        indent: indent + 1,
                        text,
                        mark: String::new(),
                    });
                }
            }
            _ => {}
        }
    }

    /// A sentence as it is and how it stands on record.
    #[must_use]
    pub fn said(&self, reading: &Reading) -> (String, String) {
        match (
            reading.standing,
            self.steps.of(reading).map(|step| &step.how),
        ) {
            (Standing::Closed | Standing::Nothing, None | Some(How::Given)) => (
                format!("nobody states that {}", self.words.demanded(reading)),
                // In short the assumptions say so once for all.
                self.depth
                    .map_or(String::new(), |_| "so taken as false".to_owned()),
            ),
            (Standing::Underivable | Standing::Nothing, _) => {
                let declared = &self.words.book.vocabulary.sentences[reading.sentence];
                match declared.opposite {
                    Some(_) => (
                        self.words.says(reading.sentence, &reading.slots, false),
                        "nothing shows otherwise".to_owned(),
                    ),
                    None => (
                        format!("nothing shows that {}", self.words.demanded(reading)),
                        String::new(),
                    ),
                }
            }
            (Standing::Open, _) if reading.truth == Truth::Unknown && self.depth.is_none() => {
                (self.words.reading(reading), String::new())
            }
            (_, Some(How::Rule { rule, .. })) => (
                self.words.reading(reading),
                format!("rule \"{}\"", self.words.book.rules[*rule].name),
            ),
            _ => (
                self.words.reading(reading),
                standing(&self.words, reading, self.stated, self.depth.is_some()),
            ),
        }
    }

    /// A rule that did not apply, and every line of it that fails or is open.
    #[must_use]
    pub fn attempt(&self, one: &Try) -> String {
        let rule = &self.words.book.rules[one.rule];
        let failing = self.open_lines(&one.lines, &rule.vars);
        format!("not by rule \"{}\": {}", rule.name, failing.join("; "))
    }

    /// Phrases for every line that fails, or else is unknown.
    #[must_use]
    pub fn open_lines(&self, lines: &[Evidence], vars: &IndexVec<VarId, Var>) -> Vec<String> {
        self.open_at(lines, vars, 1)
    }

    /// `level`: how many rules that did not apply may still be opened on the way down.
    fn open_at(
        &self,
        lines: &[Evidence],
        vars: &IndexVec<VarId, Var>,
        level: usize,
    ) -> Vec<String> {
        let mut phrases: Vec<String> = Vec::new();
        for truth in [Truth::False, Truth::Unknown] {
            if !phrases.is_empty() {
                break;
            }
            for line in lines.iter().filter(|line| line.truth == Some(truth)) {
                for phrase in self.phrases_at(line, vars, level) {
                    if !phrases.contains(&phrase) {
                        phrases.push(phrase);
                    }
                }
            }
        }
        phrases
    }

    /// A line in short phrases: each decisive fact as it is, with how it stands where that is not plain from the words.
    #[must_use]
    pub fn phrases(&self, line: &Evidence, vars: &IndexVec<VarId, Var>) -> Vec<String> {
        self.phrases_at(line, vars, 1)
    }

    fn phrases_at(
        &self,
        line: &Evidence,
        vars: &IndexVec<VarId, Var>,
        level: usize,
    ) -> Vec<String> {
        match &line.found {
            Found::Sentence { reading, .. } => vec![self.phrase_at(reading, level)],
            Found::AnyOf(bullets) => {
                let holds = line.truth == Some(Truth::True);
                bullets
                    .iter()
                    .filter(|bullet| !holds || bullet.truth == Some(Truth::True))
                    .flat_map(|bullet| self.phrases_at(bullet, vars, level))
                    .collect()
            }
            Found::Quantified { members, .. } | Found::Every { members, .. } => {
                if let [nearest] = &members[..]
                    && nearest.truth == Truth::False
                    && nearest.of.iter().all(Option::is_none)
                {
                    // Nothing came near: what was looked for says more than that there is none.
                    let failing = nearest.lines.iter();
                    return failing
                        .filter(|line| line.truth == Some(Truth::False))
                        .flat_map(|line| self.phrases_at(line, vars, level))
                        .collect();
                }
                let mut own: Vec<String> = Vec::new();
                for member in members {
                    let lines = member.lines.iter();
                    let telling = |line: &&Evidence| {
                        member.truth == Truth::True || line.truth == Some(member.truth)
                    };
                    for line in lines.filter(telling).filter(|line| !self.is_silent(line)) {
                        for phrase in self.phrases_at(line, vars, level) {
                            if !own.contains(&phrase) {
                                own.push(phrase);
                            }
                        }
                    }
                }
                let against = matches!(
                    line.found,
                    Found::Quantified {
                        count: Count::No,
                        ..
                    }
                );
                let sure = members.iter().any(|member| member.truth == Truth::True);
                match (against && sure, own.is_empty()) {
                    // What there is says that there is one.
                    (true, false) => own,
                    (_, true) => vec![self.plainly(line, vars)],
                    (false, false) => {
                        vec![format!("{}: {}", self.plainly(line, vars), both(&own))]
                    }
                }
            }
            Found::NotReached => Vec::new(),
            _ => vec![self.plainly(line, vars)],
        }
    }

    /// A line as it is demanded, its slots filled, whatever came of it.
    #[must_use]
    pub fn demand(&self, line: &Evidence, vars: &IndexVec<VarId, Var>) -> String {
        let name = |var: &VarId| vars.get(*var).map_or("", |var| var.name.as_str());
        let many = |lines: &[Evidence]| -> String {
            let own: Vec<String> = lines.iter().map(|line| self.demand(line, vars)).collect();
            own.join(" and ")
        };
        let bare = match &line.found {
            Found::Sentence {
                negated, reading, ..
            } => {
                return self
                    .words
                    .says(reading.sentence, &reading.slots, *negated == line.unless);
            }
            Found::NotKnown(readings) => self.unknown_demand(readings),
            Found::Verdict {
                negated,
                statuses: named,
                read,
                ..
            } => {
                let whose: Vec<String> = read
                    .iter()
                    .map(|one| self.words.norm(one.norm, &one.parties))
                    .collect();
                let not = if *negated { "not " } else { "" };
                format!("{} is {not}{}", whose.join(" or "), statuses(*named))
            }
            Found::Compare {
                negated,
                left,
                comparator: how,
                right,
            } => format!(
                "{} {} {}",
                self.words.formula(left, vars),
                comparator(*how, !negated),
                self.words.formula(right, vars)
            ),
            Found::Let { .. } | Found::Fold { .. } => self.plainly(line, vars),
            Found::AnyOf(bullets) => {
                let own: Vec<String> = bullets.iter().map(|one| self.demand(one, vars)).collect();
                own.join(" or ")
            }
            Found::Quantified {
                count,
                var,
                members,
            } => {
                let what = members
                    .first()
                    .map_or_else(String::new, |one| many(&one.lines));
                let how = match count {
                    Count::No => "no".to_owned(),
                    Count::AtLeast(n) => format!("at least {n}"),
                    Count::AtMost(n) => format!("at most {n}"),
                };
                format!("{how} {} such that {what}", name(var))
            }
            Found::Every { var, members } => {
                let what = members
                    .first()
                    .map_or_else(String::new, |one| many(&one.lines));
                format!("every {} is such that {what}", name(var))
            }
            Found::NotReached => "a line that could not be asked".to_owned(),
        };
        if line.unless {
            format!("it is not the case that {bare}")
        } else {
            bare
        }
    }

    /// Notes the sentences of some lines as told.
    pub fn note(&mut self, lines: &[Evidence]) {
        let mut readings = Vec::new();
        lines.iter().for_each(|line| line.readings(&mut readings));
        for (reading, _) in readings {
            self.told.add(reading, self.number);
        }
    }

    /// What is told so far.
    #[must_use]
    pub fn so_far(&self) -> usize {
        self.told.0.len()
    }

    /// Forgets what was told after some point.
    pub fn forget(&mut self, so_far: usize) {
        self.told.0.truncate(so_far);
    }

    /// What was told under a number is to be found under another.
    pub fn renumber(&mut self, from: usize, to: usize) {
        for (_, number) in self.told.0.iter_mut().filter(|(_, own)| *own == from) {
            *number = to;
        }
    }

    /// Whether a line rests on nothing but silence and what is told.
    fn rests_on_told(&self, line: &Evidence) -> bool {
        let leaves = self.steps.leaves_of_line(line);
        leaves
            .iter()
            .all(|leaf| is_silence(leaf.reading) || self.told.has(leaf.reading))
    }

    /// Whether a sentence's denial has words of its own.
    fn has_opposite(&self, reading: &Reading) -> bool {
        let declared = &self.words.book.vocabulary.sentences[reading.sentence];
        declared.opposite.is_some()
    }

    fn unknown_demand(&self, readings: &[Reading]) -> String {
        readings.first().map_or_else(String::new, |first| {
            format!("it is not known whether {}", self.which(first, readings))
        })
    }

    /// Whether a line fails only because nobody states what it needs.
    #[must_use]
    pub fn is_silent(&self, line: &Evidence) -> bool {
        let sentence = matches!(line.found, Found::Sentence { .. } | Found::AnyOf(_));
        let leaves = self.steps.leaves_of_line(line);
        sentence && !leaves.is_empty() && leaves.iter().all(|leaf| is_silence(leaf.reading))
    }

    /// Whether a line holds because nobody at all is said to be of some sort.
    fn is_nobody(&self, line: &Evidence) -> bool {
        let Found::Quantified { members, .. } = &line.found else {
            return false;
        };
        let failing = |line: &&Evidence| line.truth == Some(Truth::False);
        line.truth == Some(Truth::True)
            && members.iter().all(|member| {
                member.truth == Truth::False
                    && member
                        .lines
                        .iter()
                        .filter(failing)
                        .all(|line| self.is_silent(line))
            })
    }

    /// A sentence as it is, in one phrase.
    #[must_use]
    pub fn phrase(&self, reading: &Reading) -> String {
        self.phrase_at(reading, 1)
    }

    fn phrase_at(&self, reading: &Reading, level: usize) -> String {
        let how = self.steps.of(reading).map(|step| &step.how);
        let derived = matches!(how, Some(How::Rule { .. }));
        if self.depth.is_none() && derived && self.told.has(reading) {
            return self.words.reading(reading);
        }
        match (reading.standing, how) {
            (Standing::Closed | Standing::Nothing, None | Some(How::Given)) => {
                format!("nobody states that {}", self.words.demanded(reading))
            }
            (Standing::Underivable | Standing::Nothing, how) => {
                let denied = format!("nothing shows that {}", self.words.demanded(reading));
                let nearest = match how {
                    Some(How::NoRule(tries)) if level > 0 => tries.first(),
                    _ => None,
                };
                match nearest {
                    Some(one) => {
                        let vars = &self.words.book.rules[one.rule].vars;
                        let open = self.open_at(&one.lines, vars, level - 1);
                        let failing = one
                            .lines
                            .iter()
                            .filter(|line| line.truth == Some(Truth::False));
                        let silent = failing.clone().all(|line| self.is_silent(line));
                        if open.is_empty()
                            || silent
                            || failing.clone().any(|line| nobody_else(line).is_some())
                        {
                            denied
                        } else {
                            format!("{denied}, since {}", both(&open))
                        }
                    }
                    None => denied,
                }
            }
            (Standing::Derived, Some(How::Rule { rule, .. })) => format!(
                "{} (rule \"{}\")",
                self.words.reading(reading),
                self.words.book.rules[*rule].name
            ),
            (Standing::Open, _) if reading.truth == Truth::Unknown => self.words.reading(reading),
            _ => format!(
                "{} ({})",
                self.words.reading(reading),
                standing(&self.words, reading, self.stated, self.depth.is_some())
            ),
        }
    }

    /// A line that is no sentence, in words.
    #[must_use]
    pub fn plainly(&self, line: &Evidence, vars: &IndexVec<VarId, Var>) -> String {
        let name = |var: &VarId| vars.get(*var).map_or("", |var| var.name.as_str());
        match &line.found {
            Found::Compare { .. } => self.compared(line, vars),
            Found::Let { var, value, result } => {
                let formula = self.words.formula(value, vars);
                let unit = unit(vars, *var);
                match result {
                    Some(result) if result.to_string() != formula => {
                        format!("the {} is {formula} = {result}{unit}", name(var))
                    }
                    Some(result) => format!("the {} is {result}{unit}", name(var)),
                    None => format!("the {} is {formula}, which cannot be computed", name(var)),
                }
            }
            Found::Fold { .. } => self.folded(line, vars),
            Found::Verdict { .. } => self.verdict(line),
            Found::Quantified {
                count,
                var,
                members,
            } => self.counted(*count, name(var), members),
            Found::Every { var, members } => {
                let names = |truth: Truth| -> Vec<String> {
                    members
                        .iter()
                        .filter(|member| member.truth == truth)
                        .map(|member| self.of(member))
                        .collect()
                };
                let (bad, open) = (names(Truth::False), names(Truth::Unknown));
                if members.is_empty() {
                    format!(
                        "there is no {} on record of whom or which it must be so",
                        name(var)
                    )
                } else if !bad.is_empty() {
                    format!("not so of every {}: not of {}", name(var), both(&bad))
                } else if !open.is_empty() {
                    format!("not known of every {}: not of {}", name(var), both(&open))
                } else {
                    format!("so of every {}, {}", name(var), both(&names(Truth::True)))
                }
            }
            Found::NotKnown(readings) => self.not_known(readings),
            Found::Sentence { reading, .. } => self.phrase(reading),
            Found::AnyOf(_) => self.phrases(line, vars).join("; "),
            Found::NotReached => String::new(),
        }
    }

    fn compared(&self, line: &Evidence, vars: &IndexVec<VarId, Var>) -> String {
        let Found::Compare {
            negated,
            left,
            comparator: how,
            right,
        } = &line.found
        else {
            return String::new();
        };
        let own = line.truth.map(|truth| {
            if line.unless != *negated {
                truth.negate()
            } else {
                truth
            }
        });
        if let Some(only) = nobody_else(line) {
            return format!("it takes another than {}", self.words.thing(only));
        }
        let (left, right) = (
            self.words.formula(left, vars),
            self.words.formula(right, vars),
        );
        match own {
            Some(Truth::Unknown) | None => format!(
                "not known whether {left} {} {}",
                comparator(*how, true),
                right.trim_end_matches(',')
            ),
            Some(truth) => format!(
                "{left} {} {}",
                comparator(*how, truth == Truth::True),
                right.trim_end_matches(',')
            ),
        }
    }

    /// A comparison as it would have to be for its line to turn.
    #[must_use]
    pub fn contrary(&self, line: &Evidence, vars: &IndexVec<VarId, Var>) -> String {
        let Found::Compare {
            negated,
            left,
            comparator: how,
            right,
        } = &line.found
        else {
            return String::new();
        };
        let holds = line.truth == Some(Truth::True);
        let wanted = (line.unless != *negated) == holds;
        let (left, right) = (
            self.words.formula(left, vars),
            self.words.formula(right, vars),
        );
        format!(
            "what is now {left} {} {right}",
            comparator(*how, wanted).replacen("is", "were", 1)
        )
    }

    fn folded(&self, line: &Evidence, vars: &IndexVec<VarId, Var>) -> String {
        let Found::Fold {
            var,
            fold,
            result,
            members,
        } = &line.found
        else {
            return String::new();
        };
        let name = vars.get(*var).map_or("", |var| var.name.as_str());
        let which = match fold {
            Fold::Sum => "the sum of",
            Fold::Least => "the least of",
            Fold::Greatest => "the greatest of",
            Fold::Number => "the number of",
        };
        let each: Vec<String> = members
            .iter()
            .map(|member| {
                let maybe = if member.truth == Truth::Unknown {
                    ", perhaps"
                } else {
                    ""
                };
                match member.value {
                    Some(value) => format!("{value} ({}{maybe})", self.of(member)),
                    None => format!("{}{maybe}", self.of(member)),
                }
            })
            .collect();
        let each = if each.is_empty() {
            "nothing".to_owned()
        } else {
            both(&each)
        };
        match result {
            Some(result) => format!(
                "the {name} is {which} {each} = {result}{}",
                unit(vars, *var)
            ),
            None => format!("there is no {name}: {which} {each}"),
        }
    }

    fn counted(&self, count: Count, name: &str, members: &[Member]) -> String {
        let of = |truth: Truth| -> Vec<String> {
            members
                .iter()
                .filter(|member| member.truth == truth)
                .map(|member| self.of(member))
                .collect()
        };
        let (sure, maybe, nearest) = (of(Truth::True), of(Truth::Unknown), of(Truth::False));
        let so_far = match (sure.is_empty(), maybe.is_empty()) {
            (false, true) => both(&sure),
            (true, false) => format!("perhaps {}", both(&maybe)),
            (false, false) => format!("{}, perhaps {}", both(&sure), both(&maybe)),
            (true, true) => String::new(),
        };
        match count {
            Count::No if so_far.is_empty() => match nearest.first() {
                Some(nearest) if nearest != "some" => {
                    format!("no such {name}; the nearest is {nearest}")
                }
                _ => format!("no such {name}"),
            },
            Count::No => format!("there is such a {name}: {so_far}"),
            Count::AtLeast(n) | Count::AtMost(n) => {
                let needed = match count {
                    Count::AtLeast(_) => format!("{n} needed"),
                    _ => format!("{n} allowed at most"),
                };
                let found = if so_far.is_empty() {
                    "none".to_owned()
                } else {
                    so_far
                };
                format!("{needed} as {name}, on record {found}")
            }
        }
    }

    /// What a member is.
    fn of(&self, member: &Member) -> String {
        let words: Vec<String> = member
            .of
            .iter()
            .map(|thing| thing.map_or_else(|| "some".to_owned(), |thing| self.words.thing(thing)))
            .collect();
        words.join(", ")
    }

    fn verdict(&self, line: &Evidence) -> String {
        let Found::Verdict {
            read,
            statuses: named,
            ..
        } = &line.found
        else {
            return String::new();
        };
        if read.is_empty() {
            return format!("no such duty is {}", statuses(*named));
        }
        let decisive: Vec<_> = if read.iter().any(|one| one.statuses.meets(*named)) {
            read.iter()
                .filter(|one| one.statuses.meets(*named))
                .collect()
        } else {
            read.iter().collect()
        };
        let each: Vec<String> = decisive
            .iter()
            .map(|one| {
                let part = one
                    .part
                    .and_then(|part| self.words.book.norms[one.norm].parts.get(part))
                    .and_then(|part| part.name.as_ref())
                    .map_or_else(String::new, |name| format!(", in \"{name}\""));
                let named = match self.depth {
                    Some(_) => format!("{}{part},", self.words.norm(one.norm, &one.parties)),
                    None => format!("\"{}\"{part}", self.words.book.norms[one.norm].name),
                };
                format!("{named} is {}", statuses(one.statuses))
            })
            .collect();
        each.join("; ")
    }

    fn not_known(&self, readings: &[Reading]) -> String {
        match readings {
            [one] => match one.truth {
                Truth::Unknown => format!("it is not known whether {}", self.words.sentence(one)),
                _ if Words::is_vague(one) => {
                    format!("it is not known: {}", self.words.sentence(one))
                }
                _ => self.phrase(one),
            },
            several => match several.iter().find(|one| one.truth == Truth::True) {
                Some(known) => self.phrase(known),
                None => several.first().map_or_else(String::new, |first| {
                    format!("it is not known: {}", self.which(first, several))
                }),
            },
        }
    }

    /// Several instances of a sentence as one: what differs is named by its slot.
    fn which(&self, first: &Reading, all: &[Reading]) -> String {
        let slots: Vec<Option<Thing>> = (0..first.slots.len())
            .map(|at| {
                first.slots[at].filter(|own| all.iter().all(|one| one.slots[at] == Some(*own)))
            })
            .collect();
        self.words.with_free(first.sentence, &slots, "which")
    }
}

/// Whether a sentence is false only because nobody states it.
#[must_use]
pub fn is_silence(reading: &Reading) -> bool {
    matches!(reading.standing, Standing::Closed | Standing::Nothing)
        || (reading.standing == Standing::Underivable && reading.truth == Truth::False)
}

/// The bullets that tell of an `any of these`: those that hold, else all; of any other line itself.
fn bullets_of(line: &Evidence) -> Vec<&Evidence> {
    match &line.found {
        Found::AnyOf(bullets) if !line.unless => {
            let holds = line.truth == Some(Truth::True);
            bullets
                .iter()
                .filter(|bullet| !holds || bullet.truth == Some(Truth::True))
                .flat_map(bullets_of)
                .collect()
        }
        _ => vec![line],
    }
}

/// Who alone is on record where a line asks for somebody else.
fn nobody_else(line: &Evidence) -> Option<Thing> {
    match &line.found {
        Found::Compare {
            negated: false,
            left: Formula::Slot(_, Some(left)),
            comparator: Comparator::IsNot,
            right: Formula::Slot(_, Some(right)),
        } if left == right && matches!(left, Thing::Value(_)) && !line.unless => Some(*left),
        _ => None,
    }
}

/// Whether a line only says that somebody is not somebody else.
fn is_trivial(line: &Evidence) -> bool {
    matches!(
        &line.found,
        Found::Compare {
            left: Formula::Slot(_, Some(Thing::Value(_))),
            comparator: Comparator::IsNot,
            right: Formula::Slot(_, Some(Thing::Value(_))),
            ..
        }
    ) && line.truth == Some(Truth::True)
}

fn unit(vars: &IndexVec<VarId, Var>, var: VarId) -> String {
    vars.get(var)
        .and_then(|var| var.unit.as_deref())
        .map_or_else(String::new, |unit| format!(" {unit}"))
}
