//! Faults of declared sentences and of phrases that should be one. Family S.

use super::Entry;
use crate::text::Severity;

/// The family.
pub const ENTRIES: &[Entry] = &[
    Entry {
        code: "S002",
        severity: Severity::Error,
        title: "sentence declared twice",
        cause: "Two declarations, opposites or older wordings have the same words once their slots are blanked. Nobody could tell which of them a rule or a case means; the names in the slots do not matter for that.",
        remedy: "Keep one of the two. If they mean different things, change the words of one.",
        example: r#"facts, false unless stated
  - [clinician: Clinician] examined [patient: Patient]
  - [clinician: Clinician] asked [patient: Patient] about pain"#,
    },
    Entry {
        code: "S004",
        severity: Severity::Error,
        title: "two slots of one name in a sentence",
        cause: "Both slots are called the same, so a rule could not tell them apart.",
        remedy: "Give each slot of a sentence a name of its own.",
        example: r#"facts, false unless stated
  - [person: Person] speaks for [patient: Person]"#,
    },
    Entry {
        code: "S006",
        severity: Severity::Error,
        title: "another wording with other slots",
        cause: "An opposite or an older wording says the same sentence in other words, so it has exactly the same slots. Here one is missing, is new, or stands twice.",
        remedy: "Use every slot of the sentence once, by its name and without its kind. The order may differ.",
        example: r#"facts, unknown unless stated
  - [patient: Patient] agreed to [act: Act]
    opposite [patient] did not agree to [act]"#,
    },
    Entry {
        code: "S007",
        severity: Severity::Error,
        title: "line about a slot that the sentence does not have",
        cause: "`can be changed by` and `only one` speak of a slot of the sentence above them. This one is not among its slots.",
        remedy: "Write the name of one of the sentence's slots, in brackets.",
        example: r#"facts, false unless stated
  - [clinician: Clinician] told [matter: Matter] to [patient: Patient]
    can be changed by [clinician]"#,
    },
    Entry {
        code: "S008",
        severity: Severity::Error,
        title: "said twice",
        cause: "This line can stand once only, and it stands twice.",
        remedy: "Keep the line that is right.",
        example: r#"facts, unknown unless stated
  - [patient: Patient] is in pain
    question "Is [patient] in pain?""#,
    },
    Entry {
        code: "S009",
        severity: Severity::Error,
        title: "line in the wrong place",
        cause: "The line is known, but it says nothing about what it stands under: a `default` belongs to a setting, an `advice` to a duty, and so on.",
        remedy: "Move the line under what it speaks of, or take it away.",
        example: r#"settings
  - consent may be withdrawn for [days: Days] days
    default [14]
    because "the clinic's own choice""#,
    },
    Entry {
        code: "S010",
        severity: Severity::Error,
        title: "reserved words",
        cause: "Some words are read as something else: `is`, `is at least` and their like between two slots are comparisons, a few openings belong to other lines, and [any] stands for a number that is not known.",
        remedy: "Choose other words.",
        example: r#"facts, false unless stated
  - [one: Person] is the same person as [other: Person]"#,
    },
    Entry {
        code: "S011",
        severity: Severity::Warning,
        title: "question about a slot that the sentence does not have",
        cause: "A question is asked about a case with the names of the case in its slots. This slot is not one of the sentence, so nothing could be put there.",
        remedy: "Use the names of the sentence's own slots, or ask without a slot.",
        example: r#"facts, unknown unless stated
  - [patient: Patient] understood [act: Act]
    question "Can [patient] say in their own words what [act] is?""#,
    },
    Entry {
        code: "S012",
        severity: Severity::Error,
        title: "setting without a default",
        cause: "A setting is a choice that a clinic can make. Where nobody has chosen, its default holds; this one has none.",
        remedy: "Add `default` with a value, and the reason for it.",
        example: r#"settings
  - a surrogate is waited for up to [wait: Minutes] minutes
    default [30]
    because "the article says promptly and gives no figure""#,
    },
    Entry {
        code: "S013",
        severity: Severity::Error,
        title: "setting without a value to set",
        cause: "The last slot of a setting is what can be chosen: a number, or a value of a list. This setting ends in a person or a thing, or has no slot.",
        remedy: "Put the number or the listed value into the last slot.",
        example: r#"kind Reading is one of "strict", "lenient"
settings
  - confidentiality is read in the way called [reading: Reading]
    default ["strict"]
    because "the clinic's own choice""#,
    },
    Entry {
        code: "S014",
        severity: Severity::Error,
        title: "unknown sentence",
        cause: "Every sentence of a rule or a case must be declared, word for word. A sentence that was guessed at would be silently false, and a duty would silently not be seen.",
        remedy: "Use one of the suggested sentences. If you mean something new, declare it under `facts`, `concepts` or `findings`. `fiducia vocabulary` lists what can be said.",
        example: r#"facts, false unless stated
  - [patient: Patient] lacks capacity to decide on [act: Act]
    opposite [patient] has capacity to decide on [act]"#,
    },
    Entry {
        code: "S015",
        severity: Severity::Hint,
        title: "older wording",
        cause: "The sentence has been reworded. The older wording still means the same.",
        remedy: "Write the present wording; `fiducia fmt` does it for cases.",
        example: r#"facts, false unless stated
  - [patient: Patient] is an adult
    formerly [patient] is of age"#,
    },
    Entry {
        code: "S016",
        severity: Severity::Error,
        title: "`only one` of a number",
        cause: "A number slot has one value anyway, so the line says nothing.",
        remedy: "Leave the line out.",
        example: r#"kind Custom is one of "alone", "with family"
facts, unknown unless stated
  - [patient: Patient] wishes to decide [custom: Custom]
    only one [custom]"#,
    },
    Entry {
        code: "S018",
        severity: Severity::Error,
        title: "a slot where a value belongs",
        cause: "What holds always, and a default, are about values: a quoted value of a list, or a number. A bare name would be a slot, and nothing fills it.",
        remedy: "Put a value of a list into quotes, or write a number. Sentences about persons belong into a case.",
        example: r#"kind Model is one of "informative", "paternalistic"
kind Decider is one of "the patient", "the clinician"
concepts
  - the [model: Model] model leaves the decision to [decider: Decider]
always
  - the ["informative"] model leaves the decision to ["the patient"]"#,
    },
    Entry {
        code: "S020",
        severity: Severity::Error,
        title: "derived concept said to hold always",
        cause: "A concept that rules conclude follows from them alone. Were it also stated for every case, nobody could see why it holds.",
        remedy: "Give the table a concept of its own, and write a rule that leads from it.",
        example: r#"concepts
  - the ["informative"] model is listed"#,
    },
    Entry {
        code: "S021",
        severity: Severity::Error,
        title: "contradiction in `always`",
        cause: "Two lines say of the same thing that it holds and does not hold, or give it two values where there can be one.",
        remedy: "Take one of the two lines away. A clinic's profile may replace the value of a setting: it is then a module of its own.",
        example: r#"always
  - a surrogate is waited for up to [45] minutes"#,
    },
];
