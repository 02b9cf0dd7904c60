//! Likely mistakes in a rulebook or a case that is sound. Family L.

use super::Entry;
use crate::text::Severity;

/// The family.
pub const ENTRIES: &[Entry] = &[
    Entry {
        code: "L001",
        severity: Severity::Warning,
        title: "block without a source",
        cause: "Every duty, ideal, concern, exemption, excuse and priority says where it comes from. Without a source a reader cannot look it up, and a committee cannot weigh it.",
        remedy: "Add `cites` with a declared source, and its place.",
        example: r#"duty "candor"
  owed by [clinician] to [patient]
  arises if [clinician] cares for [patient]
  broken if [clinician] deceived [patient]
  cites ama "2.1.3""#,
    },
    Entry {
        code: "L002",
        severity: Severity::Warning,
        title: "block without an anchor",
        cause: "A slot is spoken of only by sentences that are unknown unless stated. As nobody denies them, the block is possible for every combination of people and things in the cast, and a report fills with open questions about nobody in particular.",
        remedy: "Add a line with a sentence that is false unless stated, such as who cares for whom.",
        example: r#"duty "candor"
  owed by [clinician] to [patient]
  arises if [clinician] cares for [patient]
  broken if [clinician] deceived [patient]
  cites ama "2.1.3""#,
    },
    Entry {
        code: "L003",
        severity: Severity::Warning,
        title: "exemption that may always apply",
        cause: "Everything it asks is unknown unless stated. A case that says nothing about it leaves every breach undecided: exempt, or violated.",
        remedy: "Whoever claims an exception states it: declare what it asks as false unless stated, or add such a line.",
        example: r#"exemption "emergency" from duty "informed consent"
  if [patient]'s life is at risk without [act]
  and [patient] lacks capacity to decide on [act]
  cites pbe "ch. 4""#,
    },
    Entry {
        code: "L004",
        severity: Severity::Warning,
        title: "stranger in an exemption",
        cause: "An exemption or excuse shares the slot names of its duty's parties. This one names no party, or speaks of somebody of a party's kind under another name: the emergency of one patient would exempt what is owed to another.",
        remedy: "Use the slot names of the duty.",
        example: r#"exemption "emergency" from duty "informed consent"
  if [patient]'s life is at risk without [act]
  cites pbe "ch. 4""#,
    },
    Entry {
        code: "L005",
        severity: Severity::Warning,
        title: "unused sentence",
        cause: "No rule, duty or other block reads the sentence. Whatever a case says with it changes nothing, and nobody notices.",
        remedy: "Use it, take it away, or say why it must not matter: `decides nothing because \"…\"`.",
        example: r#"facts, false unless stated
  - [patient: Patient] signed the form for [act: Act]
    decides nothing because "a signature is not consent""#,
    },
    Entry {
        code: "L006",
        severity: Severity::Warning,
        title: "unused concept",
        cause: "Rules conclude it, and nothing asks for it.",
        remedy: "Use it, take it away, or declare it under `findings`, so that a report tells it.",
        example: r#"findings
  - [clinician: Clinician] fits the informative model"#,
    },
    Entry {
        code: "L007",
        severity: Severity::Warning,
        title: "unused source",
        cause: "Nothing cites the source.",
        remedy: "Cite it, or take it away.",
        example: r#"source pbe is "Beauchamp and Childress, Principles of Biomedical Ethics""#,
    },
    Entry {
        code: "L008",
        severity: Severity::Warning,
        title: "setting without a reason",
        cause: "A default is a choice that somebody made. Without a reason nobody can judge it, or change it with good conscience.",
        remedy: "Add `because` or `cites`.",
        example: r#"settings
  - a surrogate is waited for up to [wait: Minutes] minutes
    default [30]
    because "the article says promptly and gives no figure""#,
    },
    Entry {
        code: "L009",
        severity: Severity::Warning,
        title: "open fact without a question",
        cause: "The fact is unknown unless stated. A report that cannot decide because of it has no question to ask.",
        remedy: "Add `question` with the words in which somebody would be asked.",
        example: r#"facts, unknown unless stated
  - [patient: Patient] agreed to [act: Act]
    question "Did [patient] agree to [act]?""#,
    },
    Entry {
        code: "L010",
        severity: Severity::Hint,
        title: "exemption for a whole duty that can be broken several times",
        cause: "The duty can be broken toward several people or things, and the exemption does not mention them: if it applies to one, it covers all.",
        remedy: "Make the slot a party of the duty, or put the condition into its test.",
        example: r#"duty "confidentiality"
  owed by [holder] to [patient] about [info] toward [recipient]
  arises if [holder] learned [info] about [patient]
  and [holder] told [info] to [recipient]
  broken if [recipient] is not entitled to [info]
  cites article"#,
    },
    Entry {
        code: "L011",
        severity: Severity::Hint,
        title: "slot spelt nearly like another",
        cause: "The slot stands once in its block, and another one is spelt nearly the same. If they were meant to be one, the block now says something else.",
        remedy: "Write both the same way, or choose names that differ more.",
        example: r#"rule "a caring clinician serves"
  if [clinician] cares for [patient]
  then [clinician] serves in the care of [patient]"#,
    },
    Entry {
        code: "L012",
        severity: Severity::Hint,
        title: "exception inside a duty",
        cause: "An exception under `unless` has no name and no source of its own, and a report cannot say that the duty was owed and did not bind.",
        remedy: "Write an exemption or an excuse.",
        example: r#"exemption "emergency" from duty "informed consent"
  if [patient]'s life is at risk without [act]
  cites pbe "ch. 4""#,
    },
    Entry {
        code: "L013",
        severity: Severity::Hint,
        title: "option that nobody can choose",
        cause: "An option is a course of action. What this line says is declared as something that nobody can change, so it is rather another state of affairs, and options that differ by it are no dilemma.",
        remedy: "Add `can be changed by` to the declaration, or write `suppose`.",
        example: r#"facts, false unless stated
  - [clinician: Clinician] told [matter: Matter] to [other: Person]
    can be changed by [clinician]"#,
    },
    Entry {
        code: "L014",
        severity: Severity::Warning,
        title: "fact that decides nothing is used",
        cause: "The fact is declared with `decides nothing`, and a line reads it all the same.",
        remedy: "Take the line away, or `decides nothing`.",
        example: r#"facts, false unless stated
  - [patient: Patient] signed the form for [act: Act]
    decides nothing because "a signature is not consent""#,
    },
    Entry {
        code: "L015",
        severity: Severity::Hint,
        title: "concept without a rule",
        cause: "No rule concludes it and no table states it. It holds only where a case says so.",
        remedy: "Write a rule for it, or declare it as a fact.",
        example: r#"rule "valid consent"
  if [patient] agreed to [act]
  then [patient] validly consented to [act]"#,
    },
];
