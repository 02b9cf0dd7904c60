//! Whether the parties of norms and the slots of findings hang on something a record states. In: the rulebook; out: the
//! blocks that are possible for every combination of the cast, because only open sentences bind a slot of theirs.

use crate::rulebook::{
    Body, Class, Comparator, Condition, Expr, KindSort, Rulebook, SentenceId, Term, VarId,
    VerdictOf,
};
use crate::text::Diagnostic;
use crate::value::{IndexVec, Status};

/// Which slots of sentences, and which parties of norms, are anchored.
struct Anchors<'b> {
    book: &'b Rulebook,
    sentences: IndexVec<SentenceId, Vec<bool>>,
    norms: IndexVec<crate::rulebook::NormId, Vec<bool>>,
}

/// Tells every norm and every rule for a finding that has a slot without an anchor.
pub(super) fn lint(book: &Rulebook, faults: &mut Vec<Diagnostic>) {
    let anchors = Anchors::of(book);
    for norm in book.norms.iter() {
        let parties = norm.parties.iter().map(|party| party.var);
        let loose = anchors.loose(&norm.arises, parties, |var| norm.vars[var].kind);
        if !loose.is_empty() {
            let names = shown(loose.iter().map(|var| norm.vars[*var].name.as_str()));
            faults.push(fault(
                norm.span,
                &format!("{} \"{}\"", norm.sort.word(), norm.name),
                &names,
            ));
        }
    }
    for rule in book.rules.iter() {
        if book.vocabulary.sentences[rule.head.sentence].class != Class::Finding {
            continue;
        }
        let head = super::binding::vars_of(&rule.head.terms);
        let loose = anchors.loose(&rule.body, head, |var| rule.vars[var].kind);
        if !loose.is_empty() {
            let names = shown(loose.iter().map(|var| rule.vars[*var].name.as_str()));
            faults.push(fault(rule.span, &format!("rule \"{}\"", rule.name), &names));
        }
    }
}

fn shown<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let all: Vec<String> = names.map(|name| format!("[{name}]")).collect();
    all.join(" and ")
}

fn fault(span: crate::text::Span, block: &str, names: &str) -> Diagnostic {
    Diagnostic::new(
        "L002",
        span,
        format!("Nothing that a case states ties {names} to the {block}"),
    )
    .help(format!(
        "No line, or only lines that are unknown unless stated, speak of {names} here, so the {block} is possible for everybody in the cast. Add a line with a sentence that is false unless stated, such as who cares for whom."
    ))
}

impl<'b> Anchors<'b> {
    /// The greatest set that holds together: everything is anchored until a rule shows that it is not.
    fn of(book: &'b Rulebook) -> Self {
        let sentences = book
            .vocabulary
            .sentences
            .iter()
            .map(|sentence| vec![sentence.class != Class::OpenFact; sentence.slots.len()])
            .collect();
        let norms = book
            .norms
            .iter()
            .map(|norm| vec![true; norm.parties.len()])
            .collect();
        let mut anchors = Self {
            book,
            sentences,
            norms,
        };
        while anchors.round() {}
        anchors
    }

    /// Takes away what is not anchored; says whether anything was.
    fn round(&mut self) -> bool {
        let mut gone = Vec::new();
        for rule in self.book.rules.iter() {
            for (at, term) in rule.head.terms.iter().enumerate() {
                if let Term::Var(var) = term
                    && self.sentences[rule.head.sentence][at]
                    && !self.holds(&rule.body, *var, true)
                {
                    gone.push((rule.head.sentence, at));
                }
            }
        }
        let mut norms = Vec::new();
        for (id, norm) in self.book.norms.enumerated() {
            for (at, party) in norm.parties.iter().enumerate() {
                if self.norms[id][at] && !self.holds(&norm.arises, party.var, true) {
                    norms.push((id, at));
                }
            }
        }
        let changed = !gone.is_empty() || !norms.is_empty();
        for (sentence, at) in gone {
            self.sentences[sentence][at] = false;
        }
        for (norm, at) in norms {
            self.norms[norm][at] = false;
        }
        changed
    }

    /// The variables of people and things that a body does not anchor.
    fn loose(
        &self,
        body: &Body,
        vars: impl Iterator<Item = VarId>,
        kind: impl Fn(VarId) -> Option<crate::rulebook::KindId>,
    ) -> Vec<VarId> {
        let mut loose = Vec::new();
        for var in vars {
            let thing = kind(var).is_some_and(|kind| {
                matches!(
                    self.book.vocabulary.kinds[kind].sort,
                    KindSort::Thing { .. }
                )
            });
            if thing && !loose.contains(&var) && !self.holds(body, var, true) {
                loose.push(var);
            }
        }
        loose
    }

    /// Whether some line of a body anchors a variable; `equal` where it may do so through `[x] is [y]`.
    fn holds(&self, body: &Body, var: VarId, equal: bool) -> bool {
        body.iter()
            .filter(|line| !line.unless)
            .any(|line| self.line(body, &line.condition, var, equal))
    }

    fn line(&self, body: &Body, condition: &Condition, var: VarId, equal: bool) -> bool {
        match condition {
            Condition::Sentence {
                negated: false,
                atom,
                ..
            } => atom
                .terms
                .iter()
                .zip(&self.sentences[atom.sentence])
                .any(|(term, anchored)| *term == Term::Var(var) && *anchored),
            Condition::Verdict {
                negated: false,
                not_known: false,
                of,
                statuses,
            } => {
                !statuses.has(Status::NotEngaged)
                    && !statuses.has(Status::NotRaised)
                    && self.verdict(of, var)
            }
            Condition::AnyOf(bullets) => {
                !bullets.is_empty()
                    && bullets
                        .iter()
                        .all(|line| self.line(bullets, &line.condition, var, false))
            }
            Condition::Compare {
                negated: false,
                left: Expr::Term(Term::Var(a)),
                comparator: Comparator::Is,
                right: Expr::Term(Term::Var(b)),
            } if equal && (*a == var || *b == var) => {
                let other = if *a == var { *b } else { *a };
                self.holds(body, other, false)
            }
            _ => false,
        }
    }

    fn verdict(&self, of: &VerdictOf, var: VarId) -> bool {
        match of {
            VerdictOf::Norm { norm, terms, .. } => terms
                .iter()
                .zip(&self.norms[*norm])
                .any(|(term, anchored)| *term == Term::Var(var) && *anchored),
            VerdictOf::AnyDuty { parties, duties } => parties.iter().any(|(role, term)| {
                *term == Term::Var(var)
                    && duties.iter().all(|duty| {
                        let norm = &self.book.norms[*duty];
                        let at = norm.parties.iter().position(|party| party.role == *role);
                        at.is_some_and(|at| self.norms[*duty][at])
                    })
            }),
        }
    }
}
