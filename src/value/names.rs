//! Ground values and their interner: names and exact numbers become dense ids in order of first use, so that output
//! never depends on a hash. Knows no kind.

use super::Number;
use rustc_hash::FxHasher;
use std::hash::{Hash, Hasher};

crate::id! {
    /// A ground value: somebody's name, a listed value, or a number.
    pub struct ValueId;
}

/// A ground value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    /// A person, an act, a listed value: a name as compared (NFC, trimmed, single spaces).
    Name(String),
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

/// No entry.
const EMPTY: u32 = u32::MAX;

/// The interner. A rulebook's values come first; a case's copy adds its own and can be truncated back. What a truncated name
/// had allocated is used for the next, so that a stream of cases allocates nothing in the long run.
#[derive(Clone, Debug, Default)]
pub struct Values {
    items: Vec<Value>,
    /// Open addressing by hash; a power of two, at most half full.
    slots: Vec<u32>,
    spare: Vec<String>,
}

impl Values {
    /// The id of a value, new or known.
    pub fn intern(&mut self, value: Value) -> ValueId {
        match value {
            Value::Name(name) => self.name(&name),
            Value::Number(number) => self.number(number),
        }
    }

    /// The id of a name.
    pub fn name(&mut self, name: &str) -> ValueId {
        self.make_room();
        let at = self.slot(
            hash_name(name),
            |value| matches!(value, Value::Name(own) if own == name),
        );
        if self.slots[at] == EMPTY {
            let mut own = self.spare.pop().unwrap_or_default();
            own.clear();
            own.push_str(name);
            self.put(at, Value::Name(own))
        } else {
            ValueId(self.slots[at])
        }
    }

    /// The id of a number.
    pub fn number(&mut self, number: Number) -> ValueId {
        self.make_room();
        let at = self.slot(hash_number(number), |value| *value == Value::Number(number));
        if self.slots[at] == EMPTY {
            self.put(at, Value::Number(number))
        } else {
            ValueId(self.slots[at])
        }
    }

    /// The id, if the value was ever interned.
    #[must_use]
    pub fn find(&self, value: &Value) -> Option<ValueId> {
        if self.slots.is_empty() {
            return None;
        }
        let at = self.slot(hash(value), |own| own == value);
        (self.slots[at] != EMPTY).then(|| ValueId(self.slots[at]))
    }

    /// The id of a name, if it was ever interned.
    #[must_use]
    pub fn find_name(&self, name: &str) -> Option<ValueId> {
        if self.slots.is_empty() {
            return None;
        }
        let at = self.slot(
            hash_name(name),
            |value| matches!(value, Value::Name(own) if own == name),
        );
        (self.slots[at] != EMPTY).then(|| ValueId(self.slots[at]))
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
        // The newest first: an open slot then never cuts off an older value behind it.
        while self.items.len() > len {
            let Some(value) = self.items.pop() else {
                return;
            };
            let id = u32::try_from(self.items.len()).unwrap_or(EMPTY);
            let mask = self.slots.len() - 1;
            let mut at = first_slot(hash(&value), mask);
            while self.slots[at] != id {
                at = (at + 1) & mask;
            }
            self.slots[at] = EMPTY;
            if let Value::Name(name) = value {
                self.spare.push(name);
            }
        }
    }

    fn put(&mut self, at: usize, value: Value) -> ValueId {
        let id = u32::try_from(self.items.len()).unwrap_or(EMPTY);
        self.slots[at] = id;
        self.items.push(value);
        ValueId(id)
    }

    /// The slot that holds a value, or the free one where it belongs.
    fn slot(&self, hash: u64, same: impl Fn(&Value) -> bool) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = first_slot(hash, mask);
        loop {
            match self.slots[at] {
                EMPTY => return at,
                id if same(&self.items[id as usize]) => return at,
                _ => at = (at + 1) & mask,
            }
        }
    }

    fn make_room(&mut self) {
        if (self.items.len() + 1) * 2 <= self.slots.len() {
            return;
        }
        let size = (self.slots.len() * 2).max(64);
        self.slots.clear();
        self.slots.resize(size, EMPTY);
        for (id, value) in self.items.iter().enumerate() {
            let mut at = first_slot(hash(value), size - 1);
            while self.slots[at] != EMPTY {
                at = (at + 1) & (size - 1);
            }
            self.slots[at] = u32::try_from(id).unwrap_or(EMPTY);
        }
    }
}

fn first_slot(hash: u64, mask: usize) -> usize {
    (hash ^ (hash >> 32)) as usize & mask
}

fn hash(value: &Value) -> u64 {
    match value {
        Value::Name(name) => hash_name(name),
        Value::Number(number) => hash_number(*number),
    }
}

fn hash_name(name: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(name.as_bytes());
    hasher.finish()
}

fn hash_number(number: Number) -> u64 {
    let mut hasher = FxHasher::default();
    number.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::{Number, Value, Values};

    #[test]
    fn truncating_gives_back_what_was_before() {
        let mut values = Values::default();
        let base: Vec<_> = (0..40).map(|n| values.name(&format!("name {n}"))).collect();
        for round in 0..50 {
            for n in 0..100 {
                values.name(&format!("case {round} {n}"));
                values.number(Number::whole(n));
            }
            values.truncate(40);
        }
        assert_eq!(values.len(), 40);
        for (n, id) in base.iter().enumerate() {
            assert_eq!(values.find_name(&format!("name {n}")), Some(*id));
        }
        assert_eq!(values.find(&Value::Number(Number::whole(3))), None);
    }
}
