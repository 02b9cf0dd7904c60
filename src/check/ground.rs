//! Ground sentences and norms of a case: every slot a value. In: a phrase or a written norm, and a cast; out: ids and
//! values, or the fault. It does not know where the words came from: a case, JSON or the command line.

use super::norm_words::{find, no_such_party, part, roles, sort_of};
use super::people::People;
use super::resolve;
use crate::rulebook::{Cast, NormPattern, Rulebook, SentenceId};
use crate::syntax::tree::{NormRef, Phrase};
use crate::text::Diagnostic;
use crate::value::{NormSort, ValueId, Values};

/// A sentence of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ground {
    /// Which sentence.
    pub sentence: SentenceId,
    /// Its values, in the order of its slots; `None` for `[any]` in a number slot.
    pub values: Vec<Option<ValueId>>,
    /// Whether the opposite's wording was used.
    pub opposite: bool,
}

/// A sentence about a cast.
///
/// # Errors
/// The first fault: a sentence nobody declared, a name nobody cast, a value that does not fit its place.
pub fn ground(
    book: &Rulebook,
    values: &mut Values,
    cast: &Cast,
    phrase: &Phrase,
) -> Result<Ground, Diagnostic> {
    let (ground, _) = sentence(book, values, &People::of(cast), phrase)?;
    Ok(ground)
}

/// A duty, ideal or concern with the parties and the part that were written.
///
/// # Errors
/// The first fault: a name nobody declared or cast, a party or part that the norm does not have.
pub fn norm_pattern(
    book: &Rulebook,
    values: &mut Values,
    cast: &Cast,
    norm: &NormRef,
) -> Result<NormPattern, Diagnostic> {
    pattern(book, values, &People::of(cast), norm)
}

/// As [`ground`]; with the hint of an older wording.
pub(super) fn sentence(
    book: &Rulebook,
    values: &mut Values,
    people: &People,
    phrase: &Phrase,
) -> Result<(Ground, Option<Diagnostic>), Diagnostic> {
    let meant = resolve::meant(&book.vocabulary, phrase)?;
    let declared = &book.vocabulary.sentences[meant.sentence];
    let mut found = Vec::with_capacity(meant.slots.len());
    for ((slot, span), place) in meant.slots.iter().zip(&declared.slots) {
        found.push(people.value(book, values, Some(place.kind), slot, *span)?);
    }
    Ok((
        Ground {
            sentence: meant.sentence,
            values: found,
            opposite: meant.opposite,
        },
        meant.hint,
    ))
}

/// As [`norm_pattern`].
pub(super) fn pattern(
    book: &Rulebook,
    values: &mut Values,
    people: &People,
    written: &NormRef,
) -> Result<NormPattern, Diagnostic> {
    let Some(name) = &written.name else {
        return Err(
            Diagnostic::new("N018", written.span, "`any duty` says too little here")
                .help("Name one duty, such as duty \"informed consent\"."),
        );
    };
    let said = sort_of(written.sort.node);
    // A name without the word before it may be that of a duty, an ideal or a concern.
    let id = if written.sort.span.start == written.sort.span.end {
        let of_sort = |sort| find(&book.norms, sort, name).ok();
        [said, NormSort::Ideal, NormSort::Concern]
            .into_iter()
            .find_map(of_sort)
            .map_or_else(|| find(&book.norms, said, name), Ok)?
    } else {
        find(&book.norms, said, name)?
    };
    let norm = &book.norms[id];
    let sort = norm.sort;
    let mut parties = vec![None; norm.parties.len()];
    for (role, slot) in roles(sort, &written.parties)? {
        let Some(at) = norm.parties.iter().position(|party| party.role == role) else {
            return Err(no_such_party(norm, role, slot.span));
        };
        let kind = norm.vars[norm.parties[at].var].kind;
        let value = people.value(book, values, kind, &slot.node, slot.span)?;
        if value.is_none() {
            return Err(
                Diagnostic::new("C012", slot.span, "[any] cannot name a party")
                    .help("Leave the party out: then every instance is meant."),
            );
        }
        parties[at] = value;
    }
    let part = written
        .part
        .as_ref()
        .map(|name| part(norm, name))
        .transpose()?;
    Ok(NormPattern {
        norm: id,
        parties,
        part,
    })
}
