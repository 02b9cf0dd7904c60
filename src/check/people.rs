//! Who and what a case is about, while its lines are read. In: names and kinds; out: values of the cast, or the fault with
//! the nearest names. It does not know what is said of anybody.

use super::kinds;
use super::values::ANY;
use super::{say, values};
use crate::rulebook::{Cast, KindId, KindSort, Rulebook, Vocabulary};
use crate::syntax::tree::{Casting, Line, Slot};
use crate::text::{Diagnostic, Span, nearest};
use crate::value::{Value, ValueId, Values};
use rustc_hash::FxHashMap;

/// The cast with the place of each member.
#[derive(Clone, Debug, Default)]
pub(super) struct People {
    /// In order of casting.
    pub(super) cast: Cast,
    /// Position by value.
    by: FxHashMap<ValueId, usize>,
    /// Where each was cast in this case; not kept for inherited members.
    places: Vec<Option<Span>>,
    /// Whose kinds follow from where the name stands, because nobody cast them.
    implied: Vec<bool>,
}

impl People {
    /// The cast of another case, to be added to.
    pub(super) fn of(cast: &Cast) -> Self {
        let members = cast.members.iter().enumerate();
        Self {
            cast: cast.clone(),
            by: members.map(|(at, (value, _))| (*value, at)).collect(),
            places: vec![None; cast.members.len()],
            implied: vec![false; cast.members.len()],
        }
    }

    /// The kinds of a member.
    pub(super) fn kinds(&self, value: ValueId) -> Option<&[KindId]> {
        let at = self.by.get(&value)?;
        self.cast
            .members
            .get(*at)
            .map(|(_, kinds)| kinds.as_slice())
    }

    /// Takes somebody in, or adds kinds to somebody.
    pub(super) fn add(&mut self, value: ValueId, kinds: &[KindId], place: Option<Span>) {
        if let Some(at) = self.by.get(&value).copied() {
            for kind in kinds {
                if !self.cast.members[at].1.contains(kind) {
                    self.cast.members[at].1.push(*kind);
                }
            }
            self.places[at] = place;
        } else {
            self.by.insert(value, self.cast.members.len());
            self.cast.members.push((value, kinds.to_vec()));
            self.places.push(place);
            self.implied.push(false);
        }
    }

    /// Gives somebody whom nobody cast the kind of a place; the more specific kind of two stays.
    pub(super) fn imply(&mut self, vocabulary: &Vocabulary, value: ValueId, kind: KindId) {
        let Some(at) = self.by.get(&value).copied() else {
            self.add(value, &[kind], None);
            if let Some(implied) = self.implied.last_mut() {
                *implied = true;
            }
            return;
        };
        if !self.implied[at] {
            return;
        }
        let kinds = &mut self.cast.members[at].1;
        if kinds.iter().any(|own| vocabulary.is_within(*own, kind)) {
            return;
        }
        kinds.retain(|own| !vocabulary.is_within(kind, *own));
        kinds.push(kind);
    }

    /// Reads a `cast` line.
    pub(super) fn cast(
        &mut self,
        book: &Rulebook,
        values: &mut Values,
        line: &Line<Casting>,
        faults: &mut Vec<Diagnostic>,
    ) {
        let slot = &line.node.slot;
        let name = say::content(&slot.node);
        if name == ANY {
            faults.push(
                Diagnostic::new("C012", slot.span, "Nobody can be called [any]")
                    .help("[any] stands for a number that is not known. Choose another name."),
            );
            return;
        }
        let mut found = Vec::new();
        for kind in &line.node.kinds {
            match kinds::find(&book.vocabulary, &kind.node, kind.span) {
                Ok(id) => {
                    if matches!(book.vocabulary.kinds[id].sort, KindSort::Thing { .. }) {
                        found.push(id);
                    } else {
                        faults.push(
                            Diagnostic::new(
                                "C024",
                                kind.span,
                                format!("{} is not a kind of people or things", kind.node),
                            )
                            .also(book.vocabulary.kinds[id].span, "declared here")
                            .help("Listed values and numbers need no casting: write them where they are used."),
                        );
                    }
                }
                Err(fault) => faults.push(fault),
            }
        }
        let value = values.name(name);
        let before = self.by.get(&value).and_then(|at| self.places[*at]);
        if let Some(before) = before {
            faults.push(
                Diagnostic::new("C005", slot.span, format!("[{name}] is cast twice"))
                    .also(before, "cast here first")
                    .help(format!(
                        "If it is one person or thing, write all kinds on one line: [{name}] is a … and a …. If not, give the second another name."
                    )),
            );
            return;
        }
        // Taken in even where a kind is unknown, so that its lines are not faulted for it.
        self.add(value, &found, Some(line.span));
    }

    /// What stands in a slot of a case: `None` for `[any]`.
    pub(super) fn value(
        &self,
        book: &Rulebook,
        values: &mut Values,
        kind: Option<KindId>,
        slot: &Slot,
        span: Span,
    ) -> Result<Option<ValueId>, Diagnostic> {
        let vocabulary = &book.vocabulary;
        if let Slot::Declared(slot) = slot {
            return Err(super::lines::kind_in_rule(&slot.name, span));
        }
        let Some(kind) = kind else {
            return self.member(book, values, None, slot, span).map(Some);
        };
        match &vocabulary.kinds[kind].sort {
            KindSort::Number { .. } => match slot {
                Slot::Number(text) => {
                    values::number(vocabulary, values, kind, text, span).map(Some)
                }
                Slot::Name(name) if name == ANY => Ok(None),
                _ => Err(values::not_a_number(vocabulary, kind, slot, span)),
            },
            KindSort::OneOf(_) => {
                values::listed(vocabulary, values, kind, say::content(slot), span).map(Some)
            }
            KindSort::Thing { .. } => self.member(book, values, Some(kind), slot, span).map(Some),
        }
    }

    /// A member of the cast, of a kind that fits.
    fn member(
        &self,
        book: &Rulebook,
        values: &Values,
        kind: Option<KindId>,
        slot: &Slot,
        span: Span,
    ) -> Result<ValueId, Diagnostic> {
        let name = say::content(slot);
        let found = values.find(&Value::Name(name.into()));
        let Some((value, kinds)) = found.and_then(|value| Some((value, self.kinds(value)?))) else {
            return Err(self.stranger(book, values, kind, name, span));
        };
        let Some(kind) = kind else {
            return Ok(value);
        };
        let vocabulary = &book.vocabulary;
        if kinds.is_empty() || kinds.iter().any(|own| vocabulary.is_within(*own, kind)) {
            return Ok(value);
        }
        let own: Vec<String> = kinds
            .iter()
            .map(|kind| say::a(&vocabulary.kinds[*kind].name))
            .collect();
        let wanted = &vocabulary.kinds[kind].name;
        let mut fault = Diagnostic::new(
            "K018",
            span,
            format!(
                "[{name}] is cast as {}, and this place takes {}",
                own.join(" and "),
                say::a(wanted)
            ),
        )
        .help(format!(
            "If [{name}] is both, say so where it is cast: [{name}] is {} and {}. Else look whether the slots are in the right order.",
            own.join(" and "),
            say::a(wanted)
        ));
        if let Some(place) = self.by.get(&value).and_then(|at| self.places[*at]) {
            fault = fault.also(place, "cast here");
        }
        Err(fault)
    }

    /// The fault of a name that nobody cast.
    fn stranger(
        &self,
        book: &Rulebook,
        values: &Values,
        kind: Option<KindId>,
        name: &str,
        span: Span,
    ) -> Diagnostic {
        let members: Vec<String> = self
            .cast
            .members
            .iter()
            .map(|(value, _)| values.get(*value).to_string())
            .collect();
        let close: Vec<String> = nearest(name, members.iter().map(String::as_str), 3)
            .into_iter()
            .map(|name| format!("[{name}]"))
            .collect();
        let help = match (close.first(), kind) {
            _ if name == ANY => "[any] can stand only for a number. Write a name.".to_owned(),
            (Some(_), _) => format!("If somebody or something else is meant, cast [{name}] first."),
            (None, Some(kind)) => format!(
                "Add a line to the case: cast [{name}] is {}",
                say::a(&book.vocabulary.kinds[kind].name)
            ),
            (None, None) => format!("Add a line to the case: cast [{name}] is a …"),
        };
        Diagnostic::new(
            "C004",
            span,
            format!("[{name}] is not in the cast of this case"),
        )
        .help(help)
        .suggest(close)
    }
}
