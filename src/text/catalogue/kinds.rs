//! Faults of kinds, values, numbers and units. Family K.

use super::Entry;
use crate::text::Severity;

/// The family.
pub const ENTRIES: &[Entry] = &[
    Entry {
        code: "K001",
        severity: Severity::Error,
        title: "unknown kind",
        cause: "No module in use declares a kind of this name. Upper and lower case differ.",
        remedy: "Use one of the suggested kinds, or declare the kind.",
        example: r#"kind Nurse is a Person"#,
    },
    Entry {
        code: "K002",
        severity: Severity::Error,
        title: "kind declared twice",
        cause: "A kind has one declaration for all modules.",
        remedy: "Take one of the two away, or give it another name.",
        example: r#"kind Person
kind Patient is a Person"#,
    },
    Entry {
        code: "K003",
        severity: Severity::Error,
        title: "kind within itself",
        cause: "Each kind may be a narrower kind of another one. Here they go round in a circle.",
        remedy: "Take one of the `is a` away.",
        example: r#"kind Person
kind Clinician is a Person
kind Surgeon is a Clinician"#,
    },
    Entry {
        code: "K004",
        severity: Severity::Error,
        title: "narrower kind of a list or a number",
        cause: "Only kinds of people and things can have narrower kinds. A list and a number have none.",
        remedy: "Declare a list or a number of its own.",
        example: r#"kind Minutes is a number in "minutes"
kind Hours is a number in "hours""#,
    },
    Entry {
        code: "K005",
        severity: Severity::Error,
        title: "value listed twice",
        cause: "A list names each of its values once.",
        remedy: "Take one of the two away.",
        example: r#"kind Custom is one of "alone", "with family""#,
    },
    Entry {
        code: "K006",
        severity: Severity::Error,
        title: "range that ends before it begins",
        cause: "The first number of a range is its least, the second its greatest.",
        remedy: "Write the smaller number first.",
        example: r#"kind Share is a number from 0 to 1"#,
    },
    Entry {
        code: "K007",
        severity: Severity::Error,
        title: "value that is not in the list",
        cause: "The place takes one of the values that its kind lists, and this is none of them. A misspelt value would silently match nothing.",
        remedy: "Write a listed value, or add this one to the list.",
        example: r#"kind Custom is one of "alone", "with family"
case "Jo"
  cast [Jo] is a Patient
  given [Jo] wishes to decide ["with family"]"#,
    },
    Entry {
        code: "K008",
        severity: Severity::Error,
        title: "number outside its range",
        cause: "The kind of the place has a least and a greatest value, and this number is not between them.",
        remedy: "Correct the number, or widen the range where the kind is declared.",
        example: r#"kind Share is a number from 0 to 1
settings
  - the weight of wishes is [weight: Share]
    default [0.5]
    because "the clinic's own choice""#,
    },
    Entry {
        code: "K009",
        severity: Severity::Error,
        title: "words where a number belongs",
        cause: "The place takes a number.",
        remedy: "Write the number without quotes. In a case, [any] under `unknown` says that it is not known.",
        example: r#"case "Ana on her way"
  cast [Ana] is a Person
  given [Ana] can be reached in [40] minutes"#,
    },
    Entry {
        code: "K010",
        severity: Severity::Error,
        title: "number that cannot be read",
        cause: "Numbers are whole numbers, decimals, fractions or percentages, exact to 38 digits. Nothing can be divided by zero.",
        remedy: "Write the number in one of these forms.",
        example: r#"kind Share is a number from 0 to 1
kind Chance is a number from 0 to 8/11"#,
    },
    Entry {
        code: "K011",
        severity: Severity::Error,
        title: "individual in a rulebook",
        cause: "Rules hold for anybody. A rule, a default or a sentence of `always` cannot name one person or thing: that is what cases do.",
        remedy: "Write a slot, such as [patient], and let the lines of the block say who is meant.",
        example: r#"rule "a caring clinician serves"
  if [clinician] cares for [patient]
  then [clinician] serves in the care of [patient]"#,
    },
    Entry {
        code: "K012",
        severity: Severity::Error,
        title: "units that do not agree",
        cause: "Numbers in two units, such as minutes and hours, are compared, added or subtracted, or one slot would have both.",
        remedy: "Bring them to one unit first: a number without a unit may be multiplied with.",
        example: r#"rule "long wait"
  if [visit] takes [wait] minutes
  and [wait] is more than 90
  then [visit] is a long visit"#,
    },
    Entry {
        code: "K013",
        severity: Severity::Error,
        title: "units multiplied or divided",
        cause: "A product or a quotient keeps a unit only when the other side has none; equal units cancel in a quotient. Everything else would be a unit that nobody declared.",
        remedy: "Multiply or divide by a number without a unit, or divide by one of the same unit.",
        example: r#"rule "share of the time"
  if [visit] takes [spent] minutes
  and [visit] was planned for [planned] minutes
  and let [share] be [spent] / [planned]
  then [visit] took a share of [share]"#,
    },
    Entry {
        code: "K014",
        severity: Severity::Error,
        title: "calculation with something that is no number",
        cause: "People, things and listed values cannot be added, multiplied or computed with.",
        remedy: "Use number slots. To count people or things, write `the number of`.",
        example: r#"rule "how many risks"
  if [act] is planned
  and let [count] be the number of [risk] where
    - [risk] is a material risk of [act]
  then [act] has [count] risks"#,
    },
    Entry {
        code: "K015",
        severity: Severity::Error,
        title: "more or less of something that is no number",
        cause: "Only numbers are more or less than each other. Whatever else can be the same or not.",
        remedy: "Compare with `is` or `is not`, or compare a number of each.",
        example: r#"rule "somebody else"
  if [holder] told [recipient]
  and [recipient] is not [patient]
  then [holder] told somebody else than [patient]"#,
    },
    Entry {
        code: "K016",
        severity: Severity::Error,
        title: "comparison that can never hold",
        cause: "The two sides can never be the same: a person and a study, a number and a name, or two fixed values.",
        remedy: "Compare slots whose kinds have a more general kind in common, or a slot with a value of its kind.",
        example: r#"rule "somebody else"
  if [holder] told [recipient]
  and [recipient] is not [patient]
  then [holder] told somebody else than [patient]"#,
    },
    Entry {
        code: "K017",
        severity: Severity::Error,
        title: "slot in places of two kinds",
        cause: "A slot name means the same person or thing on every line of its block. Here it stands in two places whose kinds have nothing in common, so no line could ever hold.",
        remedy: "If two are meant, give one of them another name. If one is meant, correct the sentence, or give the two kinds a more general kind.",
        example: r#"rule "a caring clinician serves"
  if [clinician] cares for [patient]
  then [clinician] serves in the care of [patient]"#,
    },
    Entry {
        code: "K018",
        severity: Severity::Error,
        title: "somebody of another kind",
        cause: "The person or thing was cast as one kind, and this place of the sentence takes another.",
        remedy: "Look whether the slots are in the right order. If somebody is both, say so: `cast [Dr Osei] is a Clinician and a Patient`.",
        example: r#"case "A doctor falls ill"
  cast [Dr Osei] is a Clinician and a Patient
  given [Dr Osei] refused [the operation]"#,
    },
];
