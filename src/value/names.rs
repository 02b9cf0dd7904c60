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
    /// The values; those from `len` on were forgotten, and new ones are put into their memory.
    items: Vec<Value>,
    len: usize,
    /// Open addressing by hash; a power of two, at most half full. Each slot holds the upper half of its value's hash and
    /// the id.
    slots: Vec<(u32, u32)>,
    /// The slot of each value.
    places: Vec<u32>,
    /// Names whose place a number took.
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
        let hash = hash_name(name);
        let at = self.slot(
            hash,
            |value| matches!(value, Value::Name(own) if own == name),
        );
        if self.slots[at].1 == EMPTY {
            self.put_name(name);
            self.placed(at, hash)
        } else {
            ValueId(self.slots[at].1)
        }
    }

    /// The id of a number.
    pub fn number(&mut self, number: Number) -> ValueId {
        self.make_room();
        let hash = hash_number(number);
        let at = self.slot(hash, |value| *value == Value::Number(number));
        if self.slots[at].1 == EMPTY {
            self.put_number(number);
            self.placed(at, hash)
        } else {
            ValueId(self.slots[at].1)
        }
    }

    /// The id, if the value was ever interned.
    #[must_use]
    pub fn find(&self, value: &Value) -> Option<ValueId> {
        match value {
            Value::Name(name) => self.find_name(name),
            Value::Number(number) => self.find_number(*number),
        }
    }

    /// The id of a name, if it was ever interned.
    #[must_use]
    pub fn find_name(&self, name: &str) -> Option<ValueId> {
        self.found(
            hash_name(name),
            |value| matches!(value, Value::Name(own) if own == name),
        )
    }

    /// The id of a number, if it was ever interned.
    #[must_use]
    pub fn find_number(&self, number: Number) -> Option<ValueId> {
        self.found(hash_number(number), |value| *value == Value::Number(number))
    }

    fn found(&self, hash: u64, same: impl Fn(&Value) -> bool) -> Option<ValueId> {
        if self.slots.is_empty() {
            return None;
        }
        let (_, id) = self.slots[self.slot(hash, same)];
        (id != EMPTY).then_some(ValueId(id))
    }

    /// The value of an id made here.
    #[must_use]
    pub fn get(&self, id: ValueId) -> &Value {
        &self.items[id.0 as usize]
    }

    /// The number, where the id is one.
    #[must_use]
    pub fn as_number(&self, id: ValueId) -> Option<Number> {
        match self.items[..self.len].get(id.0 as usize) {
            Some(Value::Number(number)) => Some(*number),
            _ => None,
        }
    }

    /// How many values.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Forgets everything after the first `len` values.
    pub fn truncate(&mut self, len: usize) {
        // All go that came after some value: no open slot then cuts off an older value behind it.
        for place in self.places.drain(len.min(self.len)..) {
            self.slots[place as usize].1 = EMPTY;
        }
        self.len = self.places.len();
    }

    fn put_name(&mut self, name: &str) {
        if let Some(Value::Name(own)) = self.items.get_mut(self.len) {
            own.clear();
            own.push_str(name);
            return;
        }
        // Most names fit wherever another stood.
        let spare = self.spare.pop();
        let mut own = spare.unwrap_or_else(|| String::with_capacity(name.len().max(32)));
        own.clear();
        own.push_str(name);
        match self.items.get_mut(self.len) {
            Some(number) => *number = Value::Name(own),
            None => self.items.push(Value::Name(own)),
        }
    }

    fn put_number(&mut self, number: Number) {
        let number = Value::Number(number);
        match self.items.get_mut(self.len) {
            Some(own) => {
                if let Value::Name(name) = std::mem::replace(own, number) {
                    self.spare.push(name);
                }
            }
            None => self.items.push(number),
        }
    }

    /// The id of the value that was put last, which belongs into a slot.
    fn placed(&mut self, at: usize, hash: u64) -> ValueId {
        let id = u32::try_from(self.len).unwrap_or(EMPTY);
        self.slots[at] = (tag(hash), id);
        self.places.push(u32::try_from(at).unwrap_or(EMPTY));
        self.len += 1;
        ValueId(id)
    }

    /// The slot that holds a value, or the free one where it belongs.
    fn slot(&self, hash: u64, same: impl Fn(&Value) -> bool) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = first_slot(hash, mask);
        loop {
            match self.slots[at] {
                (_, EMPTY) => return at,
                (own, id) if own == tag(hash) && same(&self.items[id as usize]) => return at,
                _ => at = (at + 1) & mask,
            }
        }
    }

    #[inline]
    fn make_room(&mut self) {
        if (self.len + 1) * 2 > self.slots.len() {
            self.grow();
        }
    }

    #[cold]
    fn grow(&mut self) {
        let size = (self.slots.len() * 2).max(64);
        self.slots.clear();
        self.slots.resize(size, (0, EMPTY));
        self.places.clear();
        for (id, value) in self.items[..self.len].iter().enumerate() {
            let hash = hash(value);
            let mut at = first_slot(hash, size - 1);
            while self.slots[at].1 != EMPTY {
                at = (at + 1) & (size - 1);
            }
            self.slots[at] = (tag(hash), u32::try_from(id).unwrap_or(EMPTY));
            self.places.push(u32::try_from(at).unwrap_or(EMPTY));
        }
    }
}

/// The half of a hash that does not choose the slot.
fn tag(hash: u64) -> u32 {
    (hash >> 32) as u32
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
