//! Faults of order: what cannot be settled because it asks about itself. Family O.

use super::Entry;
use crate::text::Severity;

/// The family.
pub const ENTRIES: &[Entry] = &[
    Entry {
        code: "O001",
        severity: Severity::Error,
        title: "something depends on its own absence",
        cause: "Before a rule can ask whether something does not hold, how many there are, what number stands in it, or what \
                became of a duty, that must be settled. Here it comes back to the rule itself: it would hold because it does not \
                hold, or its number would be made from itself.",
        remedy: "Break the circle where it asks for an absence, a count, a number or a verdict. Often one of the sentences means two \
                 things, one before and one after the decision, and deserves two wordings.",
        example: "rule \"open question\"\n  if [matter] was raised\n  unless [matter] was answered\n  then [matter] is open",
    },
    Entry {
        code: "O002",
        severity: Severity::Error,
        title: "too many slots at once",
        cause: "A sentence, or the lines of a duty that share slots, speak of more things together than can be kept apart.",
        remedy: "Give some of them a name of their own: a concept that says in one sentence what several slots say together.",
        example: "concepts\n  - [visit: Visit] is a visit of [patient: Patient]",
    },
];
