//! COMPILED: what will be run, in what order.
//!
//! In: a checked [`Rulebook`](crate::rulebook::Rulebook). Out: a [`Plan`], or the cycle that makes one impossible as a
//! diagnostic. This room does not know any case.

pub mod bearing;
mod compile;
mod dependency;
mod join_order;
mod lower;
mod program;
mod without;

pub use compile::compile;
pub use join_order::vars_of;
pub use program::{
    Col, Expr, Group, GroupKind, Join, JoinId, Meaning, NormRelations, Origin, Phase, Plan,
    Program, RelId, Relation, Step, WIDTH, World,
};
pub use without::BlockId;
