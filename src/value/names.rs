//! Ground values and their interner: names and exact numbers become dense ids in order of first use, so that output
//! never depends on a hash. Knows no kind.

use super::Number;
use rustc_hash::FxHashMap;

crate::id! {
    /// A ground value: somebody's name, a listed value, or a number.
    pub struct ValueId;
}

/// A ground value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    /// A person, an act, a listed value: a name as compared (NFC, trimmed, single spaces).
    Name(Box<str>),
    /// An exact number.
    Number(Number),
}

impl std::fmt::Display for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Name(name) => f.write_str(name),
            Self::Number(number) => number.fmt(f),
        }
    }
}

/// The interner. A rulebook's values come first; a case's copy adds its own and can be truncated back.
#[derive(Clone, Debug, Default)]
pub struct Values {
    items: Vec<Value>,
    ids: FxHashMap<Value, ValueId>,
}

impl Values {
    /// The id of a value, new or known.
    pub fn intern(&mut self, value: Value) -> ValueId {
        if let Some(id) = self.ids.get(&value) {
            return *id;
        }
        let id = ValueId(u32::try_from(self.items.len()).unwrap_or(u32::MAX));
        self.ids.insert(value.clone(), id);
        self.items.push(value);
        id
    }

    /// The id of a name.
    pub fn name(&mut self, name: &str) -> ValueId {
        self.intern(Value::Name(name.into()))
    }

    /// The id of a number.
    pub fn number(&mut self, number: Number) -> ValueId {
        self.intern(Value::Number(number))
    }

    /// The id, if the value was ever interned.
    #[must_use]
    pub fn find(&self, value: &Value) -> Option<ValueId> {
        self.ids.get(value).copied()
    }

    /// The value of an id made here.
    #[must_use]
    pub fn get(&self, id: ValueId) -> &Value {
        &self.items[id.0 as usize]
    }

    /// The number, where the id is one.
    #[must_use]
    pub fn as_number(&self, id: ValueId) -> Option<Number> {
        match self.items.get(id.0 as usize) {
            Some(Value::Number(number)) => Some(*number),
            _ => None,
        }
    }

    /// How many values.
    #[must_use]
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Forgets everything after the first `len` values.
    pub fn truncate(&mut self, len: usize) {
        for value in self.items.drain(len.min(self.items.len())..) {
            self.ids.remove(&value);
        }
    }
}
