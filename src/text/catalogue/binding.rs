//! Faults of slots that nothing binds. Family B.

use super::Entry;
use crate::text::Severity;

/// The family.
pub const ENTRIES: &[Entry] = &[
    Entry {
        code: "B001",
        severity: Severity::Error,
        title: "slot only in a denied line",
        cause: "A line that denies something cannot say of whom it speaks. If the slot stands nowhere else, nobody knows which person or thing is meant: all of them, or just one?",
        remedy: "If you mean that there is none, write `no [x] where` with the sentence as a bullet. Else add a line that states something about the slot.",
        example: r#"rule "alone"
  if [patient] is in danger
  and no [surrogate] where
    - [surrogate] speaks for [patient]
  then [patient] has nobody to speak for them"#,
    },
    Entry {
        code: "B002",
        severity: Severity::Error,
        title: "slot that nothing gives a value",
        cause: "A comparison or a computation needs a value, and no line states or computes this slot.",
        remedy: "Add a line with a sentence that has the slot, or compute it by `let`.",
        example: r#"rule "too long"
  if [surrogate] can be reached in [wait] minutes
  and [wait] is more than 30
  then [surrogate] cannot be waited for"#,
    },
    Entry {
        code: "B003",
        severity: Severity::Error,
        title: "number in a conclusion that nothing gives",
        cause: "People and things of a conclusion that no line binds range over the cast. A number cannot: there are too many.",
        remedy: "Take the number from a sentence of the rule, or compute it by `let`.",
        example: r#"rule "burden"
  if [study] asks for [visits] visits
  and let [burden] be [visits] * 2
  then [study] costs [burden] hours"#,
    },
    Entry {
        code: "B004",
        severity: Severity::Error,
        title: "counted slot used outside its group",
        cause: "`no`, `at least`, `every` and the folds go through all values of their slot. Outside the group the slot would be one certain value: it cannot be both. The parties of a duty are always outside.",
        remedy: "Give the slot in the group a name of its own, such as [other].",
        example: r#"rule "the best choice"
  if [choice] has utility [x]
  and no [other] where
    - [other] has utility [y]
    - [y] is more than [x]
  then [choice] is the best choice"#,
    },
    Entry {
        code: "B005",
        severity: Severity::Error,
        title: "group that does not say what it counts",
        cause: "The bullets under `where` say which people or things are counted. None of them states anything about the slot.",
        remedy: "Add a bullet with a sentence that has the slot and does not deny it.",
        example: r#"rule "witnessed"
  if [act] was done
  and at least 2 [witness] where
    - [witness] saw [act]
  then [act] was witnessed"#,
    },
    Entry {
        code: "B006",
        severity: Severity::Error,
        title: "fold that does not say what it adds up",
        cause: "The bullets under a sum, a least, a greatest or a number state its members. A slot that is added up or gone through is in none of them.",
        remedy: "Add a bullet with a sentence that has the slot.",
        example: r#"rule "burden"
  if [study] is running
  and let [burden] be the sum of [hours] over [visit] where
    - [visit] is required by [study]
    - [visit] takes [hours] hours
  then [study] costs [burden] hours"#,
    },
    Entry {
        code: "B007",
        severity: Severity::Error,
        title: "slot that only some alternatives bind",
        cause: "The slot is used outside `any of these` too, but not every bullet states it. If another bullet holds, nobody knows which person or thing is meant.",
        remedy: "State the slot in every bullet, or on a line of its own; or give it another name if it is meant inside one bullet only.",
        example: r#"rule "a breach of trust"
  if any of these
    - [holder] lied to [patient]
    - [holder] deserted [patient]
  then [holder] broke the trust of [patient]"#,
    },
    Entry {
        code: "B008",
        severity: Severity::Error,
        title: "slot computed twice",
        cause: "Two `let` lines of a block compute the same slot.",
        remedy: "Give each result a name of its own. To compare two results write `is`.",
        example: r#"rule "utility"
  if [choice] has benefit [b]
  and [choice] has harm [h]
  and let [u] be [b] - [h]
  then [choice] has utility [u]"#,
    },
    Entry {
        code: "B009",
        severity: Severity::Error,
        title: "slot computed from itself",
        cause: "The computations of the block go round in a circle, so there is nothing to begin with.",
        remedy: "Begin with slots that a sentence states.",
        example: r#"rule "utility"
  if [choice] has benefit [b]
  and let [u] be [b] * 2
  then [choice] has utility [u]"#,
    },
    Entry {
        code: "B010",
        severity: Severity::Error,
        title: "number of people or things that makes no sense",
        cause: "`at least` and `at most` count people and things: whole numbers, and at least one after `at least`.",
        remedy: "Write a whole number.",
        example: r#"rule "witnessed"
  if at least 2 [witness] where
    - [witness] saw [act]
  then [act] was witnessed"#,
    },
    Entry {
        code: "B011",
        severity: Severity::Error,
        title: "value where a slot belongs",
        cause: "What is counted, added up or computed has a name, not a value.",
        remedy: "Write the name of a slot.",
        example: r#"rule "utility"
  if [choice] has benefit [b]
  and let [u] be [b] * 2
  then [choice] has utility [u]"#,
    },
    Entry {
        code: "B012",
        severity: Severity::Error,
        title: "party that no line speaks of",
        cause: "A duty, an ideal or a concern names a party, and none of its lines says anything about it. Nobody knows who that could be.",
        remedy: "Add a line that speaks of the party, or leave the party out.",
        example: r#"duty "candor"
  owed by [clinician] to [patient]
  arises if [clinician] cares for [patient]
  broken if [clinician] deceived [patient]
  cites ama "2.1.3""#,
    },
];
