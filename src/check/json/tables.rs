//! Sentences of a case that came as data: written out, or as rows of a table. In: strings, rows and a truth; out: stated
//! sentences with their paths. It does not know which of them contradict.

use super::read::{Data, NOWHERE, at, fault};
use crate::check::resolve;
use crate::check::statements::{fits, stated};
use crate::rulebook::{KindId, KindSort, SentenceId, Stated};
use crate::syntax;
use crate::syntax::tree::{Phrase, Prefix, Slot};
use crate::text::Diagnostic;
use crate::value::{Number, NumberError, Truth, ValueId};
use serde_json::{Map, Value};

/// A sentence that can be told apart from others by what it says.
type Placed = (String, Stated);

impl Data<'_> {
    /// Sentences written out.
    pub(super) fn sentences(&mut self, path: &str, lines: &[Value], truth: Truth) -> Vec<Placed> {
        let mut all = Vec::new();
        for (row, line) in lines.iter().enumerate() {
            let path = at(path, &row.to_string());
            let Value::String(line) = line else {
                let message = "This should be a sentence, as text";
                self.tell(&path, fault("C030", message, "Write the sentence with its values in brackets: \"[Dr Osei] cares for [Mr Lind]\"."));
                continue;
            };
            let read = syntax::read_phrase(NOWHERE.file, line)
                .and_then(|(prefix, phrase)| self.sentence(prefix, &phrase, truth));
            match read {
                Ok(lines) => all.extend(lines.into_iter().map(|line| (path.clone(), line))),
                Err(told) => self.tell(&path, told),
            }
        }
        all
    }

    fn sentence(
        &mut self,
        prefix: Prefix,
        phrase: &Phrase,
        truth: Truth,
    ) -> Result<Vec<Stated>, Diagnostic> {
        let meant = resolve::meant(&self.book.vocabulary, phrase)?;
        for (place, (slot, _)) in meant.slots.iter().enumerate() {
            let kind = self.book.vocabulary.sentences[meant.sentence].slots[place].kind;
            if let Slot::Name(name) | Slot::Quoted(name) | Slot::Number(name) = slot {
                self.imply(kind, name);
            }
        }
        // Under `false` a sentence is denied, whatever its own wording says.
        let prefix = match (truth, prefix) {
            (Truth::False, Prefix::None) => Prefix::Not,
            (Truth::False, Prefix::Not) => Prefix::None,
            (_, prefix) => prefix,
        };
        let (lines, _) = stated(
            self.book,
            &mut self.values,
            &self.people,
            (prefix, phrase),
            truth == Truth::Unknown,
            NOWHERE,
        )?;
        Ok(lines
            .into_iter()
            .map(|line| Stated { span: None, ..line })
            .collect())
    }

    /// A name that nobody cast has the kind of the slot in which it stands.
    fn imply(&mut self, kind: KindId, name: &str) {
        if matches!(
            self.book.vocabulary.kinds[kind].sort,
            KindSort::Thing { .. }
        ) {
            let value = self.values.name(name);
            self.people.imply(&self.book.vocabulary, value, kind);
        }
    }

    /// Tables by sentence: each row has a value for each slot.
    pub(super) fn tables(
        &mut self,
        path: &str,
        tables: &Map<String, Value>,
        truth: Truth,
    ) -> Vec<Placed> {
        let mut all = Vec::new();
        for (key, rows) in tables {
            let path = at(path, key);
            let Some((sentence, order, opposite)) = self.table(&path, key) else {
                continue;
            };
            let Value::Array(rows) = rows else {
                self.tell(
                    &path,
                    fault(
                        "C030",
                        "This should be a list of rows",
                        "Each row is a list of values.",
                    ),
                );
                continue;
            };
            let truth = if opposite { truth.negate() } else { truth };
            for (at_row, row) in rows.iter().enumerate() {
                let path = at(&path, &at_row.to_string());
                if let Some(values) = self.row(&path, sentence, &order, row) {
                    let line = Stated {
                        sentence,
                        values: values.into(),
                        truth,
                        according_to: None,
                        span: None,
                        branch: None,
                    };
                    match fits(&self.book.vocabulary, &line, NOWHERE) {
                        Ok(()) => all.push((path, line)),
                        Err(told) => self.tell(&path, told),
                    }
                }
            }
        }
        all
    }

    /// The sentence of a table, and for each column its slot. The key may have blanks, `_ performs _ on _`, or names in
    /// brackets; columns stand in the order of the words.
    fn table(&mut self, path: &str, key: &str) -> Option<(SentenceId, Vec<usize>, bool)> {
        let written = key.replace('_', "[_]").replace("[[_]]", "[_]");
        let phrase = match syntax::read_phrase(NOWHERE.file, &written) {
            Ok((Prefix::None, phrase)) => phrase,
            Ok(_) => {
                self.tell(
                    path,
                    fault(
                        "C030",
                        "A table is called by a plain sentence",
                        "Denied sentences stand under \"false\".",
                    ),
                );
                return None;
            }
            Err(told) => {
                self.tell(path, told);
                return None;
            }
        };
        // Slots named by their column, so that the order of the sentence's slots shows which column each is.
        let mut numbered = phrase;
        for (column, slot) in numbered.slots.iter_mut().enumerate() {
            slot.node = Slot::Number(column.to_string().into());
        }
        let meant = match resolve::meant(&self.book.vocabulary, &numbered) {
            Ok(meant) => meant,
            Err(mut told) => {
                told.message = format!("I do not know the sentence \"{key}\"");
                self.tell(path, told);
                return None;
            }
        };
        let order = meant
            .slots
            .iter()
            .filter_map(|(slot, _)| match slot {
                Slot::Number(column) => column.parse().ok(),
                _ => None,
            })
            .collect();
        Some((meant.sentence, order, meant.opposite))
    }

    /// The values of a row in the order of the sentence's slots.
    fn row(
        &mut self,
        path: &str,
        sentence: SentenceId,
        order: &[usize],
        row: &Value,
    ) -> Option<Vec<Option<ValueId>>> {
        let cells = match row {
            Value::Array(cells) if cells.len() == order.len() => cells,
            Value::Array(cells) => {
                let message = format!(
                    "This row has {} values, and its sentence {} slots",
                    cells.len(),
                    order.len()
                );
                self.tell(
                    path,
                    fault(
                        "C032",
                        message,
                        "Give one value for each slot, in the order of the words.",
                    ),
                );
                return None;
            }
            _ => {
                self.tell(
                    path,
                    fault(
                        "C032",
                        "A row is a list of values",
                        "Give one value for each slot, in the order of the words.",
                    ),
                );
                return None;
            }
        };
        let mut values = Vec::with_capacity(order.len());
        for (slot, column) in order.iter().enumerate() {
            let kind = self.book.vocabulary.sentences[sentence].slots[slot].kind;
            let cell = &cells[*column];
            match self.cell(kind, cell) {
                Ok(value) => values.push(value),
                Err(told) => {
                    self.tell(&at(path, &column.to_string()), told);
                    return None;
                }
            }
        }
        Some(values)
    }

    /// One value; `null` is a number that is not known.
    fn cell(&mut self, kind: KindId, cell: &Value) -> Result<Option<ValueId>, Diagnostic> {
        let thing = matches!(
            self.book.vocabulary.kinds[kind].sort,
            KindSort::Thing { .. }
        );
        let slot = match cell {
            Value::Null => Slot::Name(crate::check::values::ANY.into()),
            Value::Number(number) => {
                let text = number.to_string();
                match exact(&text) {
                    Ok(number) if !thing => {
                        let (above, below) = number.parts();
                        Slot::Number(format!("{above}/{below}").into())
                    }
                    Ok(_) => Slot::Number(text.into()),
                    Err(_) => {
                        return Err(fault(
                            "K010",
                            format!("{text} has more than 38 digits"),
                            "Numbers are exact to 38 digits.",
                        ));
                    }
                }
            }
            Value::String(text) if thing => match plain(text) {
                Some(name) => Slot::Name(name.into()),
                None => return Err(unwritable(text)),
            },
            Value::String(text) if Number::parse(text).is_ok() => {
                Slot::Number(text.as_str().into())
            }
            Value::String(text) => Slot::Quoted(text.as_str().into()),
            _ => {
                return Err(fault(
                    "C032",
                    "A value is text, a number, or null for a number that is not known",
                    "Write a name, a listed value or a number.",
                ));
            }
        };
        if let (true, Slot::Name(name) | Slot::Number(name)) =
            (thing && *cell != Value::Null, &slot)
        {
            self.imply(kind, name);
        }
        self.people
            .value(self.book, &mut self.values, Some(kind), &slot, NOWHERE)
    }

    /// A name as it is compared, or the fault of one that no case could be written with.
    pub(super) fn name(&mut self, path: &str, text: &str) -> Option<String> {
        let name = plain(text);
        if name.is_none() {
            self.tell(path, unwritable(text));
        }
        name
    }
}

/// A name trimmed, with single spaces; none where it cannot stand between brackets.
fn plain(text: &str) -> Option<String> {
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let written = format!("[{name}] x");
    let read = syntax::read_phrase(NOWHERE.file, &written).ok()?;
    match &read.1.slots.first()?.node {
        Slot::Name(read) | Slot::Number(read) if read != crate::check::values::ANY => {
            Some(read.to_string())
        }
        _ => None,
    }
}

fn unwritable(text: &str) -> Diagnostic {
    fault(
        "C030",
        format!("\"{text}\" cannot be a name"),
        "A name is not empty, not \"any\", and holds no brackets, quotes or colons.",
    )
}

/// A JSON number exactly, its exponent included.
fn exact(text: &str) -> Result<Number, NumberError> {
    let (digits, exponent) = match text.split_once(['e', 'E']) {
        Some((digits, exponent)) => (digits, exponent.trim_start_matches('+')),
        None => (text, "0"),
    };
    let mut number = Number::parse(digits)?;
    let exponent: i32 = exponent.parse().map_err(|_| NumberError::TooLong)?;
    if number.is_zero() {
        return Ok(number);
    }
    if exponent.abs() > 80 {
        return Err(NumberError::TooLong);
    }
    for _ in 0..exponent.abs() {
        number = if exponent > 0 {
            number.multiply(Number::whole(10))?
        } else {
            number.divide(Number::whole(10))?
        };
    }
    Ok(number)
}

#[cfg(test)]
mod tests {
    use super::exact;
    use crate::value::Number;

    #[test]
    fn json_numbers_are_exact() {
        assert_eq!(exact("0.1"), Number::parse("0.1"));
        assert_eq!(exact("1e3"), Number::parse("1000"));
        assert_eq!(exact("25E-1"), Number::parse("2.5"));
        assert!(exact("1e99").is_err());
    }
}
