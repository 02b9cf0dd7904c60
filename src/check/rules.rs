//! Rules and the sentences of `always`. In: their blocks; out: checked rules and ground sentences. It does not know duties
//! beyond their names.

use super::binding::Binding;
use super::citations;
use super::defeats;
use super::draft::{Desk, Draft, Namespace, doc};
use super::lines::{Home, Lines};
use super::names::Names;
use super::resolve;
use super::scope::Scope;
use super::typing;
use super::{say, values};
use crate::rulebook::{Always, Atom, Class, KindSort, Rule, SentenceId, Term, Vocabulary};
use crate::syntax::tree::{Block, BlockKind, ConditionLine, Line, Phrase};
use crate::text::{Diagnostic, Span};
use crate::value::ValueId;
use rustc_hash::FxHashMap;

/// Takes in the name of every rule and defeat, then reads their lines.
pub(super) fn rules_and_defeats<'f>(
    draft: &mut Draft,
    blocks: impl Iterator<Item = (usize, &'f Block)> + Clone,
) {
    let is_rule = |block: &Block| matches!(block.kind, BlockKind::Rule { .. });
    let is_defeat = |block: &Block| matches!(block.kind, BlockKind::Defeat { .. });
    let rules = blocks.clone().filter(|(_, block)| is_rule(block));
    let defeats = blocks.filter(|(_, block)| is_defeat(block));
    let items: Vec<(usize, &Block)> = rules.chain(defeats).collect();
    for (_, block) in &items {
        match &block.kind {
            BlockKind::Rule { name, .. } => draft.claim(Namespace::Rules, "rule", name),
            BlockKind::Defeat { name, excuse, .. } => {
                draft.claim(Namespace::Defeats, defeats::word(*excuse), name)
            }
            _ => false,
        };
    }
    let read = draft.desk().each(&items, |desk, (module, block)| {
        (
            rule(desk, *module, block),
            defeats::defeat(desk, *module, block),
        )
    });
    for (rule, defeat) in read {
        if let Some(rule) = rule {
            draft.book.rules.push(rule);
        }
        if let Some(defeat) = defeat {
            draft.book.defeats.push(defeat);
        }
    }
}

/// A rule; `None` of any other block, and where its conclusion cannot be resolved.
fn rule(desk: &mut Desk<'_>, module: usize, block: &Block) -> Option<Rule> {
    let BlockKind::Rule {
        name,
        conditions,
        conclusion,
        attributes,
    } = &block.kind
    else {
        return None;
    };
    let (cites, because) = citations::only(desk, attributes);
    if !block.broken && (conditions.is_empty() || conclusion.is_none()) {
        let (code, what) = if conclusion.is_none() {
            ("R038", "then")
        } else {
            ("R037", "if")
        };
        desk.fault(
            Diagnostic::new(
                code,
                block.head.span,
                format!("The rule \"{}\" has no `{what}` line", name.node),
            )
            .help("A rule says `if` some lines hold `then` a concept or finding holds."),
        );
    }
    let conclusion = conclusion.as_ref()?;
    let mut names = Names::default();
    names.add_phrase(&conclusion.node);
    names.add_lines(conditions);
    let (scope, body, head) = read(desk, conditions, conclusion, &names, block.broken)?;
    Some(Rule {
        name: name.node.clone(),
        body,
        head,
        vars: scope.vars,
        cites,
        because,
        doc: doc(block),
        module,
        span: block.head.span,
        then: conclusion.span,
    })
}

/// One rule's lines; `None` where its conclusion cannot be resolved.
fn read(
    desk: &mut Desk<'_>,
    conditions: &[ConditionLine],
    conclusion: &Line<Phrase>,
    names: &Names<'_>,
    broken: bool,
) -> Option<(Scope, crate::rulebook::Body, Atom)> {
    let mut lines = Lines {
        vocabulary: desk.vocabulary,
        norms: desk.norms,
        values: desk.values,
        faults: desk.faults,
        scope: Scope::default(),
        home: Home::Rule,
    };
    let body = lines.body(conditions, names);
    let head = lines.atom(&conclusion.node, names);
    let mut scope = lines.scope;
    typing::settle(
        desk.vocabulary,
        desk.norms,
        desk.values,
        &mut scope,
        Home::Rule,
        desk.faults,
    );
    let (head, opposite) = head?;
    if let Some(fault) = unfit(
        desk.vocabulary,
        head.sentence,
        opposite,
        conclusion.node.span,
    ) {
        desk.fault(fault);
    }
    if !scope.broken && !broken {
        let vocabulary = desk.vocabulary;
        let mut ranging = scope.none();
        for term in &head.terms {
            if let Term::Var(var) = term {
                ranging.add(*var);
            }
        }
        let mut binding = Binding::new(&scope, desk.faults);
        let bound = binding.body(&body, &scope.none(), &ranging);
        for (at, term) in head.terms.iter().enumerate() {
            let kind = vocabulary.sentences[head.sentence].slots[at].kind;
            if let Term::Var(var) = term
                && vocabulary.is_number(kind)
                && !bound.has(*var)
            {
                let span = scope.place_in(*var, conclusion.span);
                binding.number_unbound(*var, span);
            }
        }
    }
    Some((scope, body, head))
}

/// What a rule may not conclude.
fn unfit(
    vocabulary: &Vocabulary,
    sentence: SentenceId,
    opposite: bool,
    span: Span,
) -> Option<Diagnostic> {
    let declared = &vocabulary.sentences[sentence];
    let what = match declared.class {
        Class::ClosedFact | Class::OpenFact => "a fact",
        Class::Setting => "a setting",
        Class::Concept | Class::Finding if opposite => {
            return Some(
                Diagnostic::new("N022", span, "A rule cannot conclude an opposite")
                    .also(declared.span, "the sentence is declared here")
                    .help(format!(
                        "State the rule for \"{}\", or put the exception under `unless` in the rules that conclude it.",
                        say::declared(declared, false)
                    )),
            );
        }
        Class::Concept | Class::Finding => return None,
    };
    Some(
        Diagnostic::new("N021", span, format!("A rule cannot conclude {what}"))
            .also(declared.span, format!("declared here as {what}"))
            .help(
                "What is stated and what is derived stay apart. Declare a concept of its own for what the rule concludes.",
            ),
    )
}

/// Checks every list of `always`, after the rules.
pub(super) fn always<'f>(draft: &mut Draft, blocks: impl Iterator<Item = (usize, &'f Block)>) {
    let concluded: FxHashMap<SentenceId, Span> = draft
        .book
        .rules
        .iter()
        .map(|rule| (rule.head.sentence, rule.then))
        .collect();
    let mut seen = Seen::default();
    for (module, block) in blocks {
        let BlockKind::Always {
            sentences,
            attributes,
        } = &block.kind
        else {
            continue;
        };
        let (cites, because) = citations::only(&mut draft.desk(), attributes);
        for line in sentences {
            let Some((sentence, opposite, values)) = ground(draft, &line.node) else {
                continue;
            };
            if let Some(rule) = concluded.get(&sentence) {
                draft.fault(
                    Diagnostic::new(
                        "S020",
                        line.span,
                        "A concept that a rule concludes cannot be said to hold always",
                    )
                    .also(*rule, "a rule concludes it here")
                    .help("Give the table a concept of its own, and let a rule lead from it to this one."),
                );
                continue;
            }
            let always = Always {
                sentence,
                values,
                holds: !opposite,
                cites: cites.clone(),
                because: because.clone(),
                span: line.span,
            };
            seen.take(draft, always, module);
        }
    }
    draft.book.always = seen.kept.into_iter().flatten().collect();
}

/// A sentence whose slots are all values.
fn ground(draft: &mut Draft, phrase: &Phrase) -> Option<(SentenceId, bool, Vec<ValueId>)> {
    let vocabulary = &draft.book.vocabulary;
    let meant = match resolve::meant(vocabulary, phrase) {
        Ok(meant) => meant,
        Err(fault) => {
            draft.fault(fault);
            return None;
        }
    };
    let mut found = Vec::new();
    let mut faults: Vec<Diagnostic> = meant.hint.into_iter().collect();
    for (at, (slot, span)) in meant.slots.iter().enumerate() {
        let kind = vocabulary.sentences[meant.sentence].slots[at].kind;
        match values::in_rules(vocabulary, &mut draft.book.values, kind, slot, *span) {
            Ok(value) => found.push(value),
            Err(fault) => faults.push(fault),
        }
    }
    let complete = found.len() == meant.slots.len();
    draft.faults.extend(faults);
    complete.then_some((meant.sentence, meant.opposite, found))
}

/// What `always` said so far. A later module replaces the settings of an earlier one: that is how a clinic's profile
/// chooses.
#[derive(Default)]
struct Seen {
    kept: Vec<Option<Always>>,
    modules: Vec<usize>,
    by: FxHashMap<(SentenceId, Vec<Option<ValueId>>), usize>,
    only: FxHashMap<(SentenceId, Vec<Option<ValueId>>), usize>,
}

impl Seen {
    fn take(&mut self, draft: &mut Draft, always: Always, module: usize) {
        let vocabulary = &draft.book.vocabulary;
        let sentence = &vocabulary.sentences[always.sentence];
        let setting = sentence.class == Class::Setting;
        let last = sentence.slots.len().saturating_sub(1);
        let single = |at: usize| {
            matches!(
                vocabulary.kinds[sentence.slots[at].kind].sort,
                KindSort::Number { .. }
            ) || (setting && at == last)
        };
        let blanked = |blank: &dyn Fn(usize) -> bool| -> Vec<Option<ValueId>> {
            let values = always.values.iter().enumerate();
            values.map(|(at, v)| (!blank(at)).then_some(*v)).collect()
        };
        let key = (always.sentence, blanked(&single));
        let only = sentence
            .only_one
            .filter(|_| always.holds)
            .map(|slot| (always.sentence, blanked(&|at| at == slot)));
        let before = self
            .by
            .get(&key)
            .or_else(|| only.as_ref().and_then(|key| self.only.get(key)))
            .copied();
        let mut replace = None;
        if let Some(before) = before
            && let Some(Some(first)) = self.kept.get(before)
        {
            if setting && self.modules[before] != module {
                replace = Some(before);
            } else if first.values == always.values && first.holds == always.holds {
                return; // said twice, harmlessly
            } else {
                let fault = Diagnostic::new(
                    "S021",
                    always.span,
                    "Two lines of `always` contradict each other",
                )
                .also(first.span, "the other line")
                .help("Both cannot hold in every case. Take one of them away.");
                draft.fault(fault);
                return;
            }
        }
        let at = self.kept.len();
        self.kept.push(Some(always));
        self.modules.push(module);
        if let Some(old) = replace {
            self.kept[old] = None;
        }
        self.by.insert(key, at);
        if let Some(key) = only {
            self.only.insert(key, at);
        }
    }
}
