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
    Col, Comparison, Expr, Group, GroupKind, Join, JoinId, Look, Meaning, NormRelations, Origin,
    PartRelations, Phase, Plan, Program, ReadVerdict, RelId, Relation, Scan, Step, WIDTH, Wanted,
    World,
};
pub use without::BlockId;
