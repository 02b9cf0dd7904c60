//! Which stated sentences bear on an instance, by the section *Silence* of `docs/semantics.md`: every line that decides it is
//! read through, the rules behind its sentences and the duties behind its verdicts too, and each stated sentence is held
//! against what was read. In: an instance and stated sentences; out: yes or no.

use fiducia::rulebook::{
    Class, Condition, Line, Norm, NormId, Rulebook, SentenceId, Stated, Term, Test, VarId,
    VerdictOf,
};
use fiducia::value::ValueId;
use std::collections::{BTreeMap, BTreeSet};

/// What a slot of a sentence that is read stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Slot {
    /// Anything.
    Any,
    /// A party of the instance.
    Party(ValueId),
    /// A value that a block names.
    Named(ValueId),
}

/// A sentence that is read.
type Read = (SentenceId, Vec<Slot>);
/// What the slots of a block stand for.
type Known = BTreeMap<u32, Slot>;

/// What is read on behalf of one instance.
struct Reader<'b> {
    book: &'b Rulebook,
    read: BTreeSet<Read>,
    asked: BTreeSet<(NormId, Vec<Slot>)>,
    asks_unknown: bool,
    outranking: bool,
}

/// Which of an instance's lines are meant.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Lines {
    /// Those that decide it.
    Deciding,
    /// All of them.
    All,
    /// All of them, and those of the duties that outrank it, or a duty asked about.
    Outranking,
}

/// Whether some stated sentence bears on these lines of an instance.
pub fn bears(
    book: &Rulebook,
    norm: NormId,
    parties: &[ValueId],
    stated: &[Stated],
    lines: Lines,
) -> bool {
    let reader = read(book, norm, parties, lines);
    stated.iter().any(|line| {
        let sentence = reader.read.iter().filter(|(id, _)| *id == line.sentence);
        let mut slots = sentence.map(|(_, slots)| slots);
        slots.any(|slots| {
            slots.iter().zip(&line.values).all(|pair| match pair {
                (Slot::Any, _) | (_, None) => true,
                (Slot::Party(own) | Slot::Named(own), Some(value)) => own == value,
            })
        })
    })
}

/// Whether a line that bears on an instance asks what is not known.
pub fn asks_unknown(book: &Rulebook, norm: NormId, parties: &[ValueId]) -> bool {
    read(book, norm, parties, Lines::Outranking).asks_unknown
}

fn read<'b>(book: &'b Rulebook, id: NormId, parties: &[ValueId], which: Lines) -> Reader<'b> {
    let mut reader = Reader {
        book,
        read: BTreeSet::new(),
        asked: BTreeSet::new(),
        asks_unknown: false,
        outranking: which == Lines::Outranking,
    };
    let norm = &book.norms[id];
    let party = |at: usize| Slot::Party(parties[at]);
    let own: Known = (0..parties.len())
        .map(|at| (norm.parties[at].var.0, party(at)))
        .collect();
    for line in &norm.arises {
        // What founds a duty or an ideal does not decide it; of a concern, only who is who does not.
        let founds = !norm.parts.is_empty() || says_who(book, norm, line);
        if which != Lines::Deciding || !founds {
            reader.line(line, &own);
        }
    }
    reader.tests(norm, &own);
    for defeat in book.defeats.iter().filter(|defeat| defeat.norm == id) {
        let own = (0..parties.len())
            .map(|at| (defeat.parties[at].0, party(at)))
            .collect();
        reader.lines(&defeat.body, &own);
    }
    for priority in book.priorities.iter().filter(|one| one.lower == id) {
        let mut own = Known::new();
        for (at, term) in priority.lower_terms.iter().enumerate() {
            if let Term::Var(var) = term {
                own.insert(var.0, party(at));
            }
        }
        reader.lines(&priority.body, &own);
        if reader.outranking {
            let upper = priority.upper_terms.iter();
            let slots = upper.map(|term| stands_for(term, &own)).collect();
            reader.verdict(priority.upper, slots);
        }
    }
    reader
}

/// Whether a line of a concern says only who is who: a closed sentence about its parties alone, on which two norms or more
/// are founded.
fn says_who(book: &Rulebook, norm: &Norm, line: &Line) -> bool {
    let Some((sentence, terms)) = plain(line) else {
        return false;
    };
    let party = |term: &Term| match term {
        Term::Var(var) => norm.parties.iter().any(|party| party.var == *var),
        Term::Value(_) => false,
    };
    let founded = book.norms.iter().filter(|norm| {
        let own = norm.arises.iter().filter_map(plain);
        own.map(|(own, _)| own).any(|own| own == sentence)
    });
    book.vocabulary.sentences[sentence].class != Class::OpenFact
        && terms.iter().all(party)
        && founded.count() >= 2
}

/// A line that is a sentence and nothing more.
fn plain(line: &Line) -> Option<(SentenceId, &[Term])> {
    match &line.condition {
        Condition::Sentence {
            negated: false,
            atom,
            ..
        } if !line.unless => Some((atom.sentence, &atom.terms)),
        _ => None,
    }
}

impl Reader<'_> {
    fn lines(&mut self, lines: &[Line], known: &Known) {
        for line in lines {
            self.line(line, known);
        }
    }

    fn tests(&mut self, norm: &Norm, known: &Known) {
        for part in &norm.parts {
            self.lines(&part.arises, known);
            match &part.test {
                Test::Broken(body) | Test::Met(body) => self.lines(body, known),
            }
        }
    }

    fn line(&mut self, line: &Line, known: &Known) {
        match &line.condition {
            Condition::Sentence { atom, .. } => self.sentence(atom.sentence, &atom.terms, known),
            Condition::NotKnown(atom) => {
                self.asks_unknown = true;
                self.sentence(atom.sentence, &atom.terms, known);
            }
            Condition::Compare { .. } | Condition::Let { .. } => {}
            Condition::AnyOf(body)
            | Condition::Quantified { body, .. }
            | Condition::Fold { body, .. } => self.lines(body, known),
            Condition::Every { body, holds, .. } => {
                self.lines(body, known);
                self.lines(holds, known);
            }
            Condition::Verdict { of, not_known, .. } => {
                self.asks_unknown |= *not_known;
                match of {
                    VerdictOf::Norm { norm, terms, .. } => {
                        let slots = terms.iter().map(|term| stands_for(term, known)).collect();
                        self.verdict(*norm, slots);
                    }
                    VerdictOf::AnyDuty { duties, .. } => {
                        for norm in duties {
                            let parties = self.book.norms[*norm].parties.len();
                            self.verdict(*norm, vec![Slot::Any; parties]);
                        }
                    }
                }
            }
        }
    }

    fn sentence(&mut self, sentence: SentenceId, terms: &[Term], known: &Known) {
        let slots: Vec<Slot> = terms.iter().map(|term| stands_for(term, known)).collect();
        if !self.read.insert((sentence, slots.clone())) {
            return;
        }
        let book = self.book;
        for rule in book
            .rules
            .iter()
            .filter(|one| one.head.sentence == sentence)
        {
            let mut inside = Known::new();
            let mut may_be = true;
            for (term, slot) in rule.head.terms.iter().zip(&slots) {
                match (term, slot) {
                    (_, Slot::Any) | (Term::Value(_), Slot::Party(_)) => {}
                    (Term::Value(own), Slot::Named(value)) => may_be &= own == value,
                    (Term::Var(var), slot) => {
                        inside.entry(var.0).or_insert(*slot);
                    }
                }
            }
            if may_be {
                self.lines(&rule.body, &inside);
            }
        }
    }

    fn verdict(&mut self, id: NormId, slots: Vec<Slot>) {
        if !self.asked.insert((id, slots.clone())) {
            return;
        }
        let book = self.book;
        let norm = &book.norms[id];
        let known: Known = norm
            .parties
            .iter()
            .zip(&slots)
            .map(|(party, slot)| (party.var.0, *slot))
            .collect();
        self.lines(&norm.arises, &known);
        self.tests(norm, &known);
        for defeat in book.defeats.iter().filter(|defeat| defeat.norm == id) {
            let known = defeat
                .parties
                .iter()
                .zip(&slots)
                .map(|(var, slot): (&VarId, &Slot)| (var.0, *slot))
                .collect();
            self.lines(&defeat.body, &known);
        }
        let over = book.priorities.iter().filter(|one| one.lower == id);
        for priority in over.filter(|_| self.outranking).collect::<Vec<_>>() {
            let mut known = Known::new();
            for (term, slot) in priority.lower_terms.iter().zip(&slots) {
                if let Term::Var(var) = term {
                    known.insert(var.0, *slot);
                }
            }
            self.lines(&priority.body, &known);
            let upper = priority.upper_terms.iter();
            let upper = upper.map(|term| stands_for(term, &known)).collect();
            self.verdict(priority.upper, upper);
        }
    }
}

fn stands_for(term: &Term, known: &Known) -> Slot {
    match term {
        Term::Value(value) => Slot::Named(*value),
        Term::Var(var) => known.get(&var.0).copied().unwrap_or(Slot::Any),
    }
}
