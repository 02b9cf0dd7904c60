//! Faults of rules, duties, ideals, concerns, exemptions, excuses, priorities and sources. Family N.

use super::Entry;
use crate::text::Severity;

/// The family.
pub const ENTRIES: &[Entry] = &[
    Entry {
        code: "N001",
        severity: Severity::Error,
        title: "name used twice",
        cause: "Rules, duties, ideals and concerns have names of their own; so have exemptions, excuses and priorities together. A report or a test could not say which of the two it means.",
        remedy: "Give one of the two another name.",
        example: r#"duty "candor"
  owed by [clinician] to [patient]
  arises if [clinician] cares for [patient]
  broken if [clinician] deceived [patient]
  cites ama "2.1.3""#,
    },
    Entry {
        code: "N002",
        severity: Severity::Error,
        title: "rulebook named twice in a file",
        cause: "A file belongs to one rulebook.",
        remedy: "Keep one of the two lines.",
        example: r#"rulebook "Consent at the bedside" version "1.0""#,
    },
    Entry {
        code: "N003",
        severity: Severity::Error,
        title: "source declared twice",
        cause: "A source is declared once, and every module can cite it.",
        remedy: "Take one of the two away, or give it another short name.",
        example: r#"source pbe is "Beauchamp and Childress, Principles of Biomedical Ethics""#,
    },
    Entry {
        code: "N004",
        severity: Severity::Error,
        title: "unknown source",
        cause: "`cites` names the short name of a declared source.",
        remedy: "Use one of the suggested names, or declare the source.",
        example: r#"source belmont is "The Belmont Report, 1979"
rule "valid consent"
  if [patient] agreed to [act]
  then [patient] consented to [act]
  cites belmont "C.1""#,
    },
    Entry {
        code: "N006",
        severity: Severity::Error,
        title: "unknown duty, ideal or concern",
        cause: "No module in use has one of this name.",
        remedy: "Use one of the suggested names, or see that its module is used.",
        example: r#"exemption "emergency" from duty "informed consent"
  if [patient]'s life is at risk without [act]
  cites pbe "ch. 4""#,
    },
    Entry {
        code: "N007",
        severity: Severity::Error,
        title: "duty, ideal or concern taken for another",
        cause: "There is one of this name, but of another sort. Only duties can be violated, excused, exempted or outranked.",
        remedy: "Write the word that fits, or the name of a duty.",
        example: r#"case "A stake that was told"
  expect raised: concern "conflict of interest""#,
    },
    Entry {
        code: "N008",
        severity: Severity::Error,
        title: "words before a party that do not fit",
        cause: "A duty is owed by somebody to somebody about something toward somebody; an ideal is for somebody, toward somebody, about something; a concern is about somebody and toward somebody. Each of these words stands once.",
        remedy: "Use the words of this sort, each once.",
        example: r#"ideal "cultural humility"
  for [clinician] toward [patient]
  applies if [clinician] cares for [patient]
  met if [clinician] asks [patient] what matters
  cites tervalon"#,
    },
    Entry {
        code: "N009",
        severity: Severity::Error,
        title: "unknown part",
        cause: "The duty has no part of this name. Its parts are those named by `broken in` and `met in`.",
        remedy: "Use one of its parts, or leave `in` out to mean the whole.",
        example: r#"case "A careless operation"
  expect violated: duty "care" in "diligence""#,
    },
    Entry {
        code: "N010",
        severity: Severity::Error,
        title: "status that does not fit",
        cause: "Duties are not engaged, exempt, fulfilled, overridden, excused or violated; ideals are not engaged, met or fall short; concerns are raised or not raised.",
        remedy: "Write a status of this sort.",
        example: r#"case "A stake that was told"
  expect raised: concern "conflict of interest"
  expect fulfilled: duty "loyalty""#,
    },
    Entry {
        code: "N011",
        severity: Severity::Error,
        title: "verdict without all parties",
        cause: "A condition on a verdict must say whose duty it is about. With a party missing it would hold for anybody's duty, for example because of a breach toward another patient.",
        remedy: "Name every party of the duty.",
        example: r#"concern "trust may suffer"
  about [clinician]
  toward [patient]
  raised if duty "candor" owed by [clinician] to [patient] is violated
  cites article"#,
    },
    Entry {
        code: "N012",
        severity: Severity::Error,
        title: "party that the duty does not have",
        cause: "The duty, ideal or concern has no such party.",
        remedy: "Leave it out, or add the party where the duty is declared.",
        example: r#"duty "loyalty"
  owed by [clinician] to [patient]
  arises if [clinician] cares for [patient]
  broken if [clinician] deserted [patient]
  cites article"#,
    },
    Entry {
        code: "N013",
        severity: Severity::Error,
        title: "nobody bears it",
        cause: "A duty is owed by somebody, an ideal is for somebody, a concern is about somebody.",
        remedy: "Add the line that names the bearer.",
        example: r#"duty "loyalty"
  owed by [clinician] to [patient]
  arises if [clinician] cares for [patient]
  broken if [clinician] deserted [patient]
  cites article"#,
    },
    Entry {
        code: "N014",
        severity: Severity::Error,
        title: "tests that do not go together",
        cause: "A duty or an ideal either has one test, or several with a part each. Two tests of the same part could disagree.",
        remedy: "Write alternatives under `any of these`, or give each test a part of its own.",
        example: r#"duty "care"
  owed by [clinician] to [patient]
  arises if [clinician] cares for [patient]
  broken in "skill" if [clinician] was unskilled
  broken in "diligence" if [clinician] was careless
  cites article"#,
    },
    Entry {
        code: "N015",
        severity: Severity::Error,
        title: "line that does not belong to this sort",
        cause: "Only duties can be `never outranked`. A concern is raised or not raised, so nothing is broken or met in it.",
        remedy: "Take the line away, or write a duty or an ideal.",
        example: r#"concern "conflict of interest"
  about [clinician] toward [patient]
  raised if [clinician] has a stake in the care of [patient]
  cites ama "11.2.2""#,
    },
    Entry {
        code: "N017",
        severity: Severity::Error,
        title: "`it is not known whether` in the wrong place",
        cause: "That something is not known is a reason to ask. It can stand in a duty, an ideal or a concern, and speaks of a sentence or a verdict; a conclusion that hung on it would change as soon as somebody looked.",
        remedy: "Write a duty to inquire, or ask about a concept.",
        example: r#"duty "ask, do not assume"
  owed by [clinician] to [patient]
  arises if [clinician] cares for [patient]
  and it is not known whether [patient] wishes to decide [custom]
  met if [clinician] asked [patient] how decisions are made
  cites tervalon"#,
    },
    Entry {
        code: "N018",
        severity: Severity::Error,
        title: "`any duty` or `after` in the wrong place",
        cause: "`any duty` asks about all duties with certain parties: it can stand in concerns, ideals and findings, and at least one duty must have these parties. `after`, an expectation and a question speak of one duty by name.",
        remedy: "Name the duty.",
        example: r#"duty "explain afterwards"
  owed by [clinician] to [patient]
  after duty "informed consent" is exempt or violated
  met if [clinician] explained everything to [patient]
  cites pbe"#,
    },
    Entry {
        code: "N020",
        severity: Severity::Error,
        title: "party that is no plain slot",
        cause: "A party has the name of a slot, each party another. Who it is follows from the lines of the block.",
        remedy: "Write a slot, and say what is true of it in the lines.",
        example: r#"duty "loyalty"
  owed by [clinician] to [patient]
  arises if [clinician] cares for [patient]
  broken if [clinician] deserted [patient]
  cites article"#,
    },
    Entry {
        code: "N021",
        severity: Severity::Error,
        title: "rule that concludes a fact",
        cause: "Facts are stated in cases, settings are chosen, concepts are derived. If a rule concluded a fact, *not stated* would no longer mean *not stated*.",
        remedy: "Declare a concept for what the rule concludes, and use it where the fact was used.",
        example: r#"concepts
  - [clinician: Clinician] serves in the care of [patient: Patient]
rule "a caring clinician serves"
  if [clinician] cares for [patient]
  then [clinician] serves in the care of [patient]"#,
    },
    Entry {
        code: "N022",
        severity: Severity::Error,
        title: "rule that concludes an opposite",
        cause: "A concept holds where a rule concludes it, and else it does not. A rule for the opposite could contradict the others.",
        remedy: "Write the rule for the concept, or put the exception under `unless`.",
        example: r#"rule "valid consent"
  if [patient] agreed to [act]
  unless [patient] was pressured into [act]
  then [patient] validly consented to [act]"#,
    },
    Entry {
        code: "N024",
        severity: Severity::Error,
        title: "duty that is never outranked",
        cause: "The duty says that it is `never outranked`, and a priority ranks another one above it.",
        remedy: "Take the priority away, or the line `never outranked`.",
        example: r#"priority "a capable no outranks rescue"
  duty "respect a refusal" outranks duty "rescue"
  cites pbe "ch. 4""#,
    },
    Entry {
        code: "N025",
        severity: Severity::Error,
        title: "one duty of a priority states its parties",
        cause: "Where no party is stated, parties of the same name are the same. Where one duty states its parties and the other does not, nobody can say which are the same.",
        remedy: "State the parties of both duties, or of neither.",
        example: r#"priority "protection outranks confidence"
  duty "protect" owed by [holder] about [info] outranks duty "confidentiality" owed by [holder] about [info]
  cites ama "3.2.1""#,
    },
    Entry {
        code: "N026",
        severity: Severity::Error,
        title: "party that both duties have and neither states",
        cause: "The `if` lines speak of a party that both duties have. Since other parties are stated, it need not be the same in both.",
        remedy: "State the party in both duties: under one name if it is the same, else under two.",
        example: r#"priority "protection outranks confidence"
  duty "protect" owed by [holder] to [other] about [info] outranks duty "confidentiality" owed by [holder] to [patient] about [info]
  if [other] is in danger
  cites ama "3.2.1""#,
    },
    Entry {
        code: "N027",
        severity: Severity::Warning,
        title: "advice about a slot that the block does not have",
        cause: "Advice is read out for a case, with names in its slots. No line of the block has this slot.",
        remedy: "Use slots of the block, or advise without a slot.",
        example: r#"duty "candor"
  owed by [clinician] to [patient]
  arises if [clinician] cares for [patient]
  broken if [clinician] deceived [patient]
  advice "tell [patient] the truth, and say that it comes late"
  cites article"#,
    },
    Entry {
        code: "N028",
        severity: Severity::Error,
        title: "part that arises and is never tested",
        cause: "`arises in` narrows when a part is owed. No `broken in` or `met in` has this part.",
        remedy: "Correct the name of the part, or add its test.",
        example: r#"duty "care"
  owed by [clinician] to [patient]
  arises if [clinician] cares for [patient]
  arises in "follow-up" if [patient] went home
  met in "follow-up" if [clinician] called [patient]
  met in "skill" if [clinician] was skilled
  cites article"#,
    },
];
