//! A plan with one block switched off. In: a plan and a block; out: the same plan, in which the block's bodies are never run
//! and, for a duty, ideal or concern, nothing is settled. Ids stay as they are. Knows no case.

use super::program::{JoinId, Origin, Phase, Plan};
use crate::rulebook::{DefeatId, NormId, PriorityId, RuleId, Rulebook};

/// A block that may be switched off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BlockId {
    /// A rule.
    Rule(RuleId),
    /// A duty, an ideal or a concern.
    Norm(NormId),
    /// An exemption or excuse.
    Defeat(DefeatId),
    /// A priority.
    Priority(PriorityId),
}

impl BlockId {
    /// The blocks of a rulebook: its rules, norms, exemptions and excuses, priorities.
    #[must_use]
    pub fn all(book: &Rulebook) -> Vec<Self> {
        let rules = book.rules.ids().map(Self::Rule);
        let norms = book.norms.ids().map(Self::Norm);
        let defeats = book.defeats.ids().map(Self::Defeat);
        let priorities = book.priorities.ids().map(Self::Priority);
        rules
            .chain(norms)
            .chain(defeats)
            .chain(priorities)
            .collect()
    }
}

impl Origin {
    /// The block that a body was written in.
    #[must_use]
    pub fn block(self) -> BlockId {
        match self {
            Self::Rule(id) => BlockId::Rule(id),
            Self::Arises(id) | Self::Engaged(id) | Self::PartArises(id, _) | Self::Test(id, _) => {
                BlockId::Norm(id)
            }
            Self::Defeat(id) => BlockId::Defeat(id),
            Self::Priority(id) => BlockId::Priority(id),
        }
    }
}

impl Plan {
    /// The plan in which a block concludes nothing: a rule never fires, a norm never arises, a defeater never acts.
    #[must_use]
    pub fn without(&self, block: BlockId) -> Self {
        let mut plan = self.clone();
        let joins = &self.joins;
        let stays = |id: &JoinId| joins[*id].origin.block() != block;
        for phase in &mut plan.phases {
            if let Phase::Once(joins) | Phase::Fixpoint(joins) = phase {
                joins.retain(stays);
            }
        }
        plan.phases.retain(|phase| match phase {
            Phase::Once(joins) | Phase::Fixpoint(joins) => !joins.is_empty(),
            Phase::Settle(norm) => block != BlockId::Norm(*norm),
        });
        plan
    }
}
