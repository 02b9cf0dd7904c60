//! Faults that show only while a case is judged. Family J.

use super::Entry;
use crate::text::Severity;

/// The family.
pub const ENTRIES: &[Entry] = &[
    Entry {
        code: "J001",
        severity: Severity::Error,
        title: "two values follow for one number",
        cause: "A number has one value for the other slots of its sentence: a person has one age, an act one duration. Here \
                two rules, or one rule in two ways, surely give different values. Nothing says which is right, so the case \
                is not judged.",
        remedy: "Make the rules exclude each other, or let one of them take the least or the greatest of the values.",
        example: "rule \"the longest wait counts\"\n  if let [most] be the greatest [wait] over [act] where\n    - [act] keeps \
                  [patient] waiting for [wait] minutes\n  then [patient] waits for [most] minutes",
    },
    Entry {
        code: "J002",
        severity: Severity::Error,
        title: "a member has two values where one is added up",
        cause: "A sum, a least or a greatest takes one value of every member that is named after `over`. Here a member \
                surely has two, so that adding it up could mean either, or both.",
        remedy: "Name after `over` every slot that tells the values apart, for instance the visit beside the patient.",
        example: "let [total] be the sum of [hours] over [visit], [place] where\n  - [visit] takes [hours] hours at [place]",
    },
    Entry {
        code: "J003",
        severity: Severity::Error,
        title: "a computation has no result",
        cause: "Numbers are exact fractions of at most 38 digits. Here something was divided by zero, or a number grew \
                longer than that.",
        remedy: "Look at the numbers that the case states and at the formula. A line before the formula can keep it from \
                 being computed where it makes no sense.",
        example: "if [number] is more than 0\nand let [share] be [part] / [number]",
    },
    Entry {
        code: "J004",
        severity: Severity::Error,
        title: "what the case denies follows from its own facts",
        cause: "A case may state a derived sentence outright, so that it need not tell every detail. Here it denies one \
                that its other lines surely lead to. Both cannot be so.",
        remedy: "Take the denial out, or correct the facts from which the sentence follows. `fiducia explain` shows them \
                 once the denial is gone.",
        example: "given [Mr Lind] did not agree to [appendectomy]\ngiven [Mr Lind] did not validly consent to [appendectomy]",
    },
    Entry {
        code: "J005",
        severity: Severity::Error,
        title: "a limit was reached before the case was judged",
        cause: "Judging stops where more follows, or takes longer, than the limits allow. A shorter answer would be a wrong \
                one, so there is none.",
        remedy: "A case that people write comes nowhere near the limits; look for a rule that counts up without end. Or allow \
                 more with `--most-derived`, `--most-firings` or `--time`.",
        example: "fiducia judge large.fid --most-derived 200000000",
    },
    Entry {
        code: "J006",
        severity: Severity::Error,
        title: "a number follows outside the range of its kind",
        cause: "A kind such as `number from 0 to 1` says which numbers its slots can hold. Here a rule concludes one that lies \
                outside, so that either the formula or the range is wrong, and the case is not judged.",
        remedy: "Correct the formula, keep the rule from applying where its result makes no sense, or widen the range of the kind.",
        example: "kind Share is a number from 0 to 1\n\nrule \"the rest\"\n  if [patient] paid [part]\n  and let [rest] be 1 - \
                  [part]\n  then [patient] owes [rest]",
    },
];
