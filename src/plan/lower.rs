//! Rules, duties, exemptions, excuses and priorities to joins over relations. In: a checked rulebook; out: relations and
//! joins. The table of statuses itself is not lowered: it is one fixed step a norm (see `Phase::Settle`).

use super::join_order::{self, Bound, First, Site, vars_of};
use super::program::{
    Col, Join, Meaning, NormRelations, Origin, PartRelations, Program, RelId, Relation, World,
};
use crate::rulebook::{
    Atom, Body, Class, Condition, Defeat, DefeatId, DefeatSort, KindId, Line, Norm, NormId, Party,
    Rule, Rulebook, Term, Test, Var, VarId,
};
use crate::value::{Idx, IndexVec, NormSort, StatusSet};

/// What is being built.
pub struct Lowering<'a> {
    /// The rulebook.
    pub book: &'a Rulebook,
    /// Relations so far.
    pub relations: IndexVec<RelId, Relation>,
    /// Relations of each norm.
    pub norms: IndexVec<NormId, NormRelations>,
    /// Joins so far, with what is needed to plan their deltas.
    pub drafts: Vec<Draft<'a>>,
}

/// One block while the order of its lines is chosen.
pub struct Hand<'l, 'a> {
    /// What is being built; relations and drafts are complete.
    pub plan: &'l Lowering<'a>,
    /// Its variables.
    vars: &'a IndexVec<VarId, Var>,
    /// The kinds of registers that none of them uses.
    fresh_kinds: Vec<Option<KindId>>,
}

/// A join before its order is chosen.
pub struct Draft<'a> {
    origin: Origin,
    head: RelId,
    head_terms: Vec<Term>,
    body: Vec<&'a Line>,
    anchor: Option<(RelId, Vec<Term>)>,
    vars: &'a IndexVec<VarId, Var>,
    /// Slots bound by the anchor or needed by the head are *outside* the lines.
    bound: Vec<VarId>,
}

impl<'a> Lowering<'a> {
    /// Relations for every sentence and norm of a rulebook; no joins yet.
    #[must_use]
    pub fn new(book: &'a Rulebook) -> Self {
        let mut low = Self {
            book,
            relations: IndexVec::new(),
            norms: IndexVec::new(),
            drafts: Vec::new(),
        };
        for (id, sentence) in book.vocabulary.sentences.enumerated() {
            let kinds: Vec<Option<KindId>> =
                sentence.slots.iter().map(|slot| Some(slot.kind)).collect();
            let mut key = ones(kinds.len());
            book.vocabulary
                .number_slots(id)
                .for_each(|at| key &= !(1 << at));
            let setting = sentence.class == Class::Setting;
            if setting && !kinds.is_empty() {
                key &= !(1 << (kinds.len() - 1));
            }
            let world = match sentence.class {
                Class::OpenFact => World::Open,
                Class::Setting => World::Setting(sentence.default),
                Class::ClosedFact | Class::Concept | Class::Finding => World::Closed,
            };
            let derived = matches!(sentence.class, Class::Concept | Class::Finding);
            let meaning = Meaning::Sentence(id);
            low.relations.push(Relation {
                meaning,
                arity: kinds.len(),
                key,
                world,
                only_one: sentence.only_one,
                kinds,
                derived,
            });
        }
        for (id, norm) in book.norms.enumerated() {
            low.norm_relations(id, norm);
        }
        low
    }

    fn relation(&mut self, meaning: Meaning, kinds: Vec<Option<KindId>>, values: usize) -> RelId {
        let key = ones(kinds.len());
        let arity = kinds.len() + values;
        self.relations.push(Relation {
            meaning,
            arity,
            key,
            world: World::Closed,
            only_one: None,
            kinds,
            derived: true,
        })
    }

    fn norm_relations(&mut self, id: NormId, norm: &Norm) {
        let kinds = |vars: &[VarId]| -> Vec<Option<KindId>> {
            vars.iter().map(|var| norm.vars[*var].kind).collect()
        };
        let parties: Vec<VarId> = norm.parties.iter().map(|party| party.var).collect();
        let later: Vec<&Line> = norm
            .parts
            .iter()
            .flat_map(|part| part.arises.iter().chain(part.test.body()))
            .collect();
        let carried = with_shared(&parties, &norm.arises, later.iter().copied());
        let arises = self.relation(Meaning::Arises(id), kinds(&carried), 0);
        let engaged = if carried.len() == parties.len() {
            arises
        } else {
            self.relation(Meaning::Engaged(id), kinds(&parties), 0)
        };
        let mut parts = Vec::new();
        for (at, part) in norm.parts.iter().enumerate() {
            let narrows = !part.arises.is_empty();
            let own = if narrows {
                with_shared(&carried, &part.arises, part.test.body().iter())
            } else {
                carried.clone()
            };
            let own_arises = if narrows {
                self.relation(Meaning::PartArises(id, at), kinds(&own), 0)
            } else {
                arises
            };
            let test = self.relation(Meaning::Test(id, at), kinds(&own), 0);
            parts.push(PartRelations {
                arises: own_arises,
                narrows,
                test,
                met: matches!(part.test, Test::Met(_)),
            });
        }
        let verdict = self.relation(Meaning::Verdict(id), kinds(&parties), 1 + norm.parts.len());
        let plain = match (&parts[..], &norm.parts[..]) {
            ([part], [own]) if own.name.is_none() => Some(*part),
            _ => None,
        };
        let (exemptions, excuses, priorities) = (Vec::new(), Vec::new(), Vec::new());
        self.norms.push(NormRelations {
            sort: norm.sort,
            plain: plain.filter(|_| norm.sort != NormSort::Concern),
            arises,
            carried,
            engaged,
            parts,
            exemptions,
            excuses,
            priorities,
            verdict,
        });
    }

    /// The relation of a norm's verdicts, the column of the whole or a part, and what a missing row counts as.
    #[must_use]
    pub fn verdict(&self, norm: NormId, part: Option<usize>) -> (RelId, usize, StatusSet) {
        let book = &self.book.norms[norm];
        let named = book.parts.iter().any(|part| part.name.is_some());
        let column = book.parties.len() + part.filter(|_| named).map_or(0, |part| part + 1);
        (
            self.norms[norm].verdict,
            column,
            join_order::missing(book.sort),
        )
    }

    /// Whether a relation is walked (else it is asked).
    #[must_use]
    pub fn is_stored(&self, rel: RelId) -> bool {
        join_order::is_stored(self.relations[rel].world)
    }

    /// Drafts every body of the rulebook.
    pub fn draft(&mut self) {
        let book = self.book;
        for (id, rule) in book.rules.enumerated() {
            self.draft_rule(Origin::Rule(id), rule);
        }
        for (id, norm) in book.norms.enumerated() {
            self.draft_norm(id, norm);
        }
        for (id, defeat) in book.defeats.enumerated() {
            self.draft_defeat(id, defeat);
        }
        for (id, priority) in book.priorities.enumerated() {
            let lower = &book.norms[priority.lower];
            let kinds = lower
                .parties
                .iter()
                .map(|party| lower.vars[party.var].kind)
                .collect();
            let rel = self.relation(Meaning::Priority(id), kinds, 0);
            self.norms[priority.lower].priorities.push((id, rel));
            let anchor = Some((
                self.norms[priority.lower].engaged,
                priority.lower_terms.clone(),
            ));
            self.push(
                Origin::Priority(id),
                rel,
                priority.lower_terms.clone(),
                &priority.body,
                anchor,
                &priority.vars,
            );
        }
    }

    fn draft_rule(&mut self, origin: Origin, rule: &'a Rule) {
        let Atom { sentence, terms } = &rule.head;
        self.push(
            origin,
            RelId(sentence.0),
            terms.clone(),
            &rule.body,
            None,
            &rule.vars,
        );
    }

    fn draft_norm(&mut self, id: NormId, norm: &'a Norm) {
        let relations = self.norms[id].clone();
        let carried = vars(&relations.carried);
        self.push(
            Origin::Arises(id),
            relations.arises,
            carried.clone(),
            &norm.arises,
            None,
            &norm.vars,
        );
        if relations.engaged != relations.arises {
            let parties = norm
                .parties
                .iter()
                .map(|Party { var, .. }| Term::Var(*var))
                .collect();
            let read = Some((relations.arises, carried.clone()));
            self.push(
                Origin::Engaged(id),
                relations.engaged,
                parties,
                EMPTY,
                read,
                &norm.vars,
            );
        }
        for (at, (part, rels)) in norm.parts.iter().zip(&relations.parts).enumerate() {
            let mut own = carried.clone();
            if rels.narrows {
                own = vars(&with_shared(
                    &relations.carried,
                    &part.arises,
                    part.test.body().iter(),
                ));
                let read = Some((relations.arises, carried.clone()));
                self.push(
                    Origin::PartArises(id, at),
                    rels.arises,
                    own.clone(),
                    &part.arises,
                    read,
                    &norm.vars,
                );
            }
            let anchor = Some((rels.arises, own.clone()));
            self.push(
                Origin::Test(id, at),
                rels.test,
                own,
                part.test.body(),
                anchor,
                &norm.vars,
            );
        }
    }

    fn draft_defeat(&mut self, id: DefeatId, defeat: &'a Defeat) {
        let kinds = defeat
            .parties
            .iter()
            .map(|var| defeat.vars[*var].kind)
            .collect();
        let rel = self.relation(Meaning::Defeat(id), kinds, 0);
        let relations = &mut self.norms[defeat.norm];
        let list = match defeat.sort {
            DefeatSort::Exemption => &mut relations.exemptions,
            DefeatSort::Excuse => &mut relations.excuses,
        };
        list.push((id, rel, defeat.parts.clone()));
        let parties = vars(&defeat.parties);
        let anchor = Some((self.norms[defeat.norm].engaged, parties.clone()));
        self.push(
            Origin::Defeat(id),
            rel,
            parties,
            &defeat.body,
            anchor,
            &defeat.vars,
        );
    }

    fn push(
        &mut self,
        origin: Origin,
        head: RelId,
        head_terms: Vec<Term>,
        body: &'a Body,
        anchor: Option<(RelId, Vec<Term>)>,
        vars: &'a IndexVec<VarId, Var>,
    ) {
        let bound = head_terms.iter().filter_map(term_var).collect();
        self.drafts.push(Draft {
            origin,
            head,
            head_terms,
            body: body.iter().collect(),
            anchor,
            vars,
            bound,
        });
    }

    /// Chooses the order of a draft, and of its deltas on the relations of its own stratum.
    #[must_use]
    pub fn finish(&self, draft: &Draft<'a>, recursive: &[RelId]) -> Join {
        let mut hand = Hand {
            plan: self,
            vars: draft.vars,
            fresh_kinds: Vec::new(),
        };
        let mut body = draft.body.clone();
        let upper = self.upper_line(draft.origin);
        if let Some(line) = &upper {
            body.push(line);
        }
        let mut outside = Bound::default();
        draft.bound.iter().for_each(|var| outside.add(*var));
        let site = Site {
            bound: Bound::default(),
            outside,
            head: &draft.bound,
        };
        let counts = matches!(draft.origin, Origin::Engaged(_) | Origin::PartArises(..));
        let first = draft.anchor.as_ref().map(|(rel, terms)| First {
            rel: *rel,
            terms: terms.clone(),
            anchor: !counts,
        });
        let full = join_order::plan(&mut hand, &body, &site, first, None);
        let mut delta = Vec::new();
        for (at, line) in body.iter().enumerate() {
            if let Condition::Sentence {
                negated: false,
                atom,
                ..
            } = &line.condition
                && !line.unless
                && recursive.contains(&RelId(atom.sentence.0))
            {
                let rel = RelId(atom.sentence.0);
                let first = First {
                    rel,
                    terms: atom.terms.clone(),
                    anchor: false,
                };
                let programs = join_order::plan(&mut hand, &body, &site, Some(first), Some(at));
                delta.extend(programs.into_iter().map(|program| (rel, program)));
            }
        }
        let bullet = |line: &Line| matches!(&line.condition, Condition::Sentence { atom, .. } if recursive.contains(&RelId(atom.sentence.0)));
        let rerun = body.iter().any(|line| matches!(&line.condition, Condition::AnyOf(bullets) if bullets.iter().any(bullet)));
        let head_cols = draft
            .head_terms
            .iter()
            .map(|term| head_col(*term))
            .collect();
        let registers = draft.vars.len() + hand.fresh_kinds.len();
        let leaves_unbound = |program: &Program| {
            let binds = |var| program.steps.iter().any(|step| step.binds(var));
            !(0..registers).map(VarId::new).all(binds)
        };
        let programs = || full.iter().chain(delta.iter().map(|(_, program)| program));
        Join {
            leaves_unbound: programs().any(leaves_unbound),
            origin: draft.origin,
            head: draft.head,
            head_cols,
            gives_values: self.relations[draft.head].has_values(),
            registers,
            full: full.into(),
            delta,
            rerun,
        }
    }

    /// A priority's unwritten first line: the upper duty is engaged and fulfilled.
    fn upper_line(&self, origin: Origin) -> Option<Line> {
        let Origin::Priority(id) = origin else {
            return None;
        };
        let priority = &self.book.priorities[id];
        let condition = Condition::Verdict {
            negated: false,
            not_known: false,
            of: crate::rulebook::VerdictOf::Norm {
                norm: priority.upper,
                terms: priority.upper_terms.clone(),
                part: None,
            },
            statuses: StatusSet::only(crate::value::Status::Fulfilled),
        };
        Some(Line {
            condition,
            unless: false,
            span: priority.span,
        })
    }
}

impl Hand<'_, '_> {
    /// The kind of a register.
    #[must_use]
    pub fn kind_of(&self, var: VarId) -> Option<KindId> {
        match self.vars.get(var) {
            Some(var) => var.kind,
            None => {
                let at = var.index() - self.vars.len();
                self.fresh_kinds.get(at).copied().flatten()
            }
        }
    }

    /// A register that no slot of the block uses.
    pub fn fresh(&mut self, kind: Option<KindId>) -> VarId {
        let var = VarId::new(self.vars.len() + self.fresh_kinds.len());
        self.fresh_kinds.push(kind);
        var
    }
}

static EMPTY: &Body = &Vec::new();

fn ones(columns: usize) -> u32 {
    if columns >= 32 {
        u32::MAX
    } else {
        (1 << columns) - 1
    }
}

fn vars(vars: &[VarId]) -> Vec<Term> {
    vars.iter().map(|var| Term::Var(*var)).collect()
}

fn term_var(term: &Term) -> Option<VarId> {
    match term {
        Term::Var(var) => Some(*var),
        Term::Value(_) => None,
    }
}

fn head_col(term: Term) -> Col {
    match term {
        Term::Var(var) => Col::Same(var),
        Term::Value(value) => Col::Const(value),
    }
}

/// `known`, and the other slots of `body`'s top-level lines that occur in `later` lines, in order of first use.
fn with_shared<'l>(
    known: &[VarId],
    body: &[Line],
    later: impl Iterator<Item = &'l Line>,
) -> Vec<VarId> {
    let mut used = Vec::new();
    later.for_each(|line| vars_of(&line.condition, &mut used));
    let mut all = known.to_vec();
    for line in body.iter().filter(|line| !line.unless) {
        let mut own = Vec::new();
        binders(&line.condition, &mut own);
        for var in own {
            if used.contains(&var) && !all.contains(&var) {
                all.push(var);
            }
        }
    }
    all
}

/// The slots a line binds for the rest of its body.
fn binders(condition: &Condition, into: &mut Vec<VarId>) {
    match condition {
        Condition::Let { var, .. } | Condition::Fold { var, .. } => into.push(*var),
        Condition::Quantified { .. } | Condition::Every { .. } | Condition::NotKnown(_) => {}
        other => vars_of(other, into),
    }
}
