//! Faults of cases, in files and as JSON. Family C.

use super::Entry;
use crate::text::Severity;

/// The family.
pub const ENTRIES: &[Entry] = &[
    Entry {
        code: "C001",
        severity: Severity::Error,
        title: "case written twice",
        cause: "Two cases of a file have the same name. The second is left out.",
        remedy: "Give one of them another name.",
        example: r#"case "Night appendectomy"
  cast [Mr Lind] is a Patient"#,
    },
    Entry {
        code: "C002",
        severity: Severity::Error,
        title: "unknown case",
        cause: "`like case` names a case that is not among the files read.",
        remedy: "Use one of the suggested names, or read the file that holds the case too.",
        example: r#"case "The same, with consent"
  like case "Night appendectomy""#,
    },
    Entry {
        code: "C003",
        severity: Severity::Error,
        title: "cases like each other",
        cause: "A case that is like another takes its lines from it. Here they go round in a circle, so there is nothing to take.",
        remedy: "Write one of the cases out.",
        example: r#"case "The same, with consent"
  like case "Night appendectomy""#,
    },
    Entry {
        code: "C004",
        severity: Severity::Error,
        title: "name that nobody has",
        cause: "Everybody and everything in a case is cast first. A misspelt name would be another person, and every verdict about the right one would silently change.",
        remedy: "Use the name as it was cast, or cast this one.",
        example: r#"case "Night appendectomy"
  cast [Mr Lind] is a Patient
  given [Mr Lind] is in danger"#,
    },
    Entry {
        code: "C005",
        severity: Severity::Error,
        title: "cast twice",
        cause: "The same name is cast twice in a case.",
        remedy: "If it is one person or thing, name all kinds on one line. If there are two, give them two names.",
        example: r#"case "A doctor falls ill"
  cast [Dr Osei] is a Clinician and a Patient"#,
    },
    Entry {
        code: "C006",
        severity: Severity::Error,
        title: "sentence and opposite both stated",
        cause: "The case says that something is so and that it is not.",
        remedy: "Keep the line that is right. What is different under an option or a supposition is written there, and replaces the case's line.",
        example: r#"case "Night appendectomy"
  cast [Mr Lind] is a Patient
  given [Mr Lind] is in danger
  suppose "the danger has passed"
    given it is not the case that [Mr Lind] is in danger"#,
    },
    Entry {
        code: "C007",
        severity: Severity::Error,
        title: "two values for one number",
        cause: "A number has one value for the same people and things, and the case gives it two.",
        remedy: "Keep the value that is right. Under an option or a supposition another value replaces it.",
        example: r#"case "Ana on her way"
  cast [Ana] is a Person
  given [Ana] can be reached in [40] minutes
  suppose "she takes a taxi"
    given [Ana] can be reached in [15] minutes"#,
    },
    Entry {
        code: "C008",
        severity: Severity::Error,
        title: "two values where only one is possible",
        cause: "The sentence is declared with `only one`, and the case gives it two values.",
        remedy: "Keep the value that is right: the others are then false.",
        example: r#"case "Jo decides"
  cast [Jo] is a Patient
  given [Jo] wishes to decide ["with family"]"#,
    },
    Entry {
        code: "C009",
        severity: Severity::Error,
        title: "stated and unknown at once",
        cause: "One line states what another calls unknown. Once one value of an `only one` slot is given, no other can be unknown.",
        remedy: "Keep the line that is right.",
        example: r#"case "A refusal"
  cast [Mrs Vey] is a Patient
  given [Mrs Vey] refused [transfusion]
  unknown [Mrs Vey] has capacity to decide on [transfusion]"#,
    },
    Entry {
        code: "C010",
        severity: Severity::Error,
        title: "unknown concept",
        cause: "A concept follows from facts. What is not known are the facts behind it.",
        remedy: "Write `unknown` for these facts. A concept may be given: it then holds without its rules.",
        example: r#"case "A refusal"
  cast [Mrs Vey] is a Patient
  unknown [Mrs Vey] has capacity to decide on [transfusion]"#,
    },
    Entry {
        code: "C011",
        severity: Severity::Error,
        title: "unknown number that is written",
        cause: "A number that is not known has no figure.",
        remedy: "Write [any] in its place.",
        example: r#"case "Ana on her way"
  cast [Ana] is a Person
  unknown [Ana] can be reached in [any] minutes"#,
    },
    Entry {
        code: "C012",
        severity: Severity::Error,
        title: "[any] where a value is needed",
        cause: "[any] says that there is a number and that it is not known. It can stand in a number slot under `unknown`, or for a value of a list there, and nowhere else.",
        remedy: "Write a number or a name, or put the sentence under `unknown`.",
        example: r#"case "Ana on her way"
  cast [Ana] is a Person
  given [Ana] can be reached in [40] minutes"#,
    },
    Entry {
        code: "C013",
        severity: Severity::Error,
        title: "option or supposition named twice",
        cause: "Two options or suppositions of a case have the same name. A case that is like another adds lines to an inherited one by its name; it cannot turn an option into a supposition.",
        remedy: "Give one of them another name.",
        example: r#"case "Night appendectomy"
  cast [Mr Lind] is a Patient
  option "operate now"
  option "wait""#,
    },
    Entry {
        code: "C014",
        severity: Severity::Error,
        title: "unknown option",
        cause: "The case has no option of this name. Suppositions are not options.",
        remedy: "Use the name of one of its options.",
        example: r#"case "Night appendectomy"
  cast [Mr Lind] is a Patient
  option "operate now"
    expect open: option "operate now""#,
    },
    Entry {
        code: "C015",
        severity: Severity::Error,
        title: "expectations that contradict each other",
        cause: "No judgement could meet both.",
        remedy: "Correct one of them, or move it under the option or supposition that it is about.",
        example: r#"case "A stake that was told"
  expect fulfilled: duty "loyalty"
  expect raised: concern "conflict of interest""#,
    },
    Entry {
        code: "C016",
        severity: Severity::Error,
        title: "nothing of this name acts on the duty",
        cause: "After `by` stands the name of an exemption or excuse of this duty, or of a priority over it.",
        remedy: "Use one of the suggested names, or leave `by` out.",
        example: r#"case "Night appendectomy"
  expect exempt: duty "informed consent" by "emergency""#,
    },
    Entry {
        code: "C017",
        severity: Severity::Error,
        title: "`undetermined` beside a status",
        cause: "`undetermined` says that more than one status is possible, whichever they are.",
        remedy: "Write it alone, or write the possible statuses with `or`.",
        example: r#"case "A refusal"
  expect violated or not engaged: duty "respect a refusal""#,
    },
    Entry {
        code: "C018",
        severity: Severity::Warning,
        title: "dilemma without two options",
        cause: "A dilemma is between courses of action: whichever is chosen, a duty is violated. The case has fewer than two options, so there can be none.",
        remedy: "Write the courses of action as options.",
        example: r#"case "A threat told in confidence"
  cast [Sam] is a Patient
  option "disclose"
  option "stay silent"
  expect dilemma: duty "confidentiality" against duty "warn""#,
    },
    Entry {
        code: "C019",
        severity: Severity::Error,
        title: "case left out with the one it is like",
        cause: "The case takes its lines from another one that has errors, so it cannot be judged either.",
        remedy: "Correct the other case first.",
        example: r#"case "The same, with consent"
  like case "Night appendectomy""#,
    },
    Entry {
        code: "C020",
        severity: Severity::Hint,
        title: "stated twice",
        cause: "The same line stands twice.",
        remedy: "Once is enough.",
        example: r#"case "Night appendectomy"
  cast [Mr Lind] is a Patient
  given [Mr Lind] is in danger"#,
    },
    Entry {
        code: "C021",
        severity: Severity::Error,
        title: "cast inside an option or supposition",
        cause: "Who there is does not depend on what is chosen. The cast belongs to the case.",
        remedy: "Move the line above the first option or supposition.",
        example: r#"case "Night appendectomy"
  cast [Mr Lind] is a Patient
  option "wait""#,
    },
    Entry {
        code: "C022",
        severity: Severity::Error,
        title: "a number that is not something",
        cause: "To say what a number is not leaves open what it is, and a setting always has a value.",
        remedy: "Give the number, or say `unknown` with [any]. Where a number does not exist at all, and its sentence is false unless stated, write `given it is not the case that … [any] …`.",
        example: r#"case "Ana on her way"
  cast [Ana] is a Person
  unknown [Ana] can be reached in [any] minutes"#,
    },
    Entry {
        code: "C024",
        severity: Severity::Error,
        title: "cast as a list or a number",
        cause: "Only people and things are cast. Values of a list and numbers are written where they are used.",
        remedy: "Cast with a kind of people or things.",
        example: r#"case "Jo decides"
  cast [Jo] is a Patient
  given [Jo] wishes to decide ["alone"]"#,
    },
    Entry {
        code: "C025",
        severity: Severity::Error,
        title: "unknown choice",
        cause: "A setting is a choice of the rulebook or of the clinic. It has a default, so it is never unknown.",
        remedy: "Give one of its values, or leave the line out.",
        example: r#"case "Strictly read"
  given confidentiality is read in the way called ["strict"]"#,
    },
    Entry {
        code: "C030",
        severity: Severity::Error,
        title: "JSON of another shape",
        cause: "A case as JSON is one object; each of its parts has a fixed shape.",
        remedy: "Compare with the example.",
        example: r#"{"case": "c1",
 "cast": {"Clinician": ["Dr Osei"], "Patient": ["Mr Lind"]},
 "given": ["[Dr Osei] cares for [Mr Lind]"],
 "unknown": [],
 "expect": ["fulfilled: duty \"loyalty\""]}"#,
    },
    Entry {
        code: "C031",
        severity: Severity::Error,
        title: "JSON with an unknown part",
        cause: "A case as JSON has the parts case, story, cast, given, facts, false, unknown, options, suppositions, expect and ask. Nothing else is read, and nothing is skipped in silence.",
        remedy: "Correct the name of the part, or take it away.",
        example: r#"{"case": "c1", "given": ["[Dr Osei] cares for [Mr Lind]"]}"#,
    },
    Entry {
        code: "C032",
        severity: Severity::Error,
        title: "row that does not fit its sentence",
        cause: "In a table each row has one value for each slot of the sentence, in the order of the declaration.",
        remedy: "Give each row as many values as the sentence has slots.",
        example: r#"{"facts": {"_ performs _ on _": [["Dr Osei", "biopsy", "Mr Lind"]]}}"#,
    },
    Entry {
        code: "C033",
        severity: Severity::Error,
        title: "JSON with a part said twice",
        cause: "An object of JSON has the same part twice. Whoever reads it keeps one and drops the other without a word.",
        remedy: "Put everything into one part.",
        example: r#"{"case": "c1", "given": ["[Dr Osei] cares for [Mr Lind]", "[Mr Lind] is in danger"]}"#,
    },
];
