//! When two trees are equal: they say the same with the same comments, wherever it stands on the page. In: nodes; out:
//! yes or no. Places, indentation and empty lines do not count; whether a block could be read whole does not either.

use crate::syntax::tree::{
    At, Block, Expr, File, Line, NormRef, Phrase, Simple, Slot, Test, Trivia,
};

/// Whether two files say the same.
#[must_use]
pub fn same(one: &File, other: &File) -> bool {
    one == other
}

impl<T: PartialEq> PartialEq for At<T> {
    fn eq(&self, other: &Self) -> bool {
        self.node == other.node
    }
}

impl<T: Eq> Eq for At<T> {}

impl PartialEq for Trivia {
    fn eq(&self, other: &Self) -> bool {
        self.comments == other.comments
    }
}

impl Eq for Trivia {}

impl<T: PartialEq> PartialEq for Line<T> {
    fn eq(&self, other: &Self) -> bool {
        self.node == other.node && self.trivia == other.trivia
    }
}

impl<T: Eq> Eq for Line<T> {}

impl PartialEq for Block {
    fn eq(&self, other: &Self) -> bool {
        self.doc == other.doc && self.head == other.head && self.kind == other.kind
    }
}

impl Eq for Block {}

impl PartialEq for Phrase {
    fn eq(&self, other: &Self) -> bool {
        self.words == other.words && self.slots == other.slots
    }
}

impl Eq for Phrase {}

impl PartialEq for Slot {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Name(a), Self::Name(b))
            | (Self::Quoted(a), Self::Quoted(b))
            | (Self::Number(a), Self::Number(b)) => a == b,
            (Self::Declared(own), Self::Declared(other)) => {
                own.name == other.name && own.kind == other.kind
            }
            _ => false,
        }
    }
}

impl Eq for Slot {}

impl PartialEq for NormRef {
    fn eq(&self, other: &Self) -> bool {
        self.sort == other.sort
            && self.name == other.name
            && self.parties == other.parties
            && self.part == other.part
    }
}

impl Eq for NormRef {}

impl PartialEq for Test {
    fn eq(&self, other: &Self) -> bool {
        self.sort == other.sort && self.part == other.part && self.conditions == other.conditions
    }
}

impl Eq for Test {}

impl PartialEq for Simple {
    fn eq(&self, other: &Self) -> bool {
        self.prefix == other.prefix && self.body == other.body
    }
}

impl Eq for Simple {}

impl PartialEq for Expr {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Slot(a), Self::Slot(b)) => a == b,
            (Self::Number(a), Self::Number(b)) => a == b,
            (Self::Binary(a, sign, b), Self::Binary(c, other_sign, d)) => {
                sign == other_sign && a == c && b == d
            }
            (Self::Group(a, _), Self::Group(b, _)) => a == b,
            _ => false,
        }
    }
}

impl Eq for Expr {}
