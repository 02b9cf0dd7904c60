//! Explanations: what the probe sees is what the engine did; every construct shows; questions, changes and next steps are right.

use crate::run::{folder, judged, session_of};
use fiducia::engine::{Found, Journal, Limits, Memory, Reading};
use fiducia::explain::{CaseJudged, How, Why, why_sentence};
use fiducia::graph::FactGraph;
use fiducia::judge;
use fiducia::present::{Explaining, Report, Style, explanation, report};
use fiducia::session::{Opening, Session};
use fiducia::value::{Status, Truth};

/// The rulebook with the sample's cases, and that with the built-in ones.
fn sessions() -> Vec<Session> {
    vec![
        session_of("tests/fixtures/sample.fid"),
        Session::open(&Opening::default()),
    ]
}

#[test]
fn the_probe_agrees_with_every_firing() {
    let mut instances = 0;
    let mut unknown = 0;
    for session in sessions() {
        for opened in &session.books {
            let (Some(book), Some(plan)) = (&opened.rulebook, &opened.plan) else {
                continue;
            };
            for found in &opened.cases {
                for world in judge::worlds(&book.vocabulary, &found.case) {
                    let judged = judge::judge::<Journal>(
                        book,
                        plan,
                        &world.record,
                        Memory::default(),
                        Limits::default(),
                    );
                    let graph = FactGraph::of(&judged);
                    for instance in &graph.instances {
                        let each = instance
                            .lines
                            .iter()
                            .map(|line| line.truth.unwrap_or(Truth::False));
                        assert_eq!(
                            each.fold(Truth::True, Truth::and),
                            instance.truth,
                            "{:?} in {:?} under {:?}:\n{:#?}",
                            instance.origin,
                            found.case.name,
                            instance.binding,
                            instance.lines
                        );
                        instances += 1;
                        unknown += usize::from(instance.truth == Truth::Unknown);
                    }
                }
            }
        }
    }
    println!("{instances} instances, {unknown} of them unknown");
    assert!(
        instances > 100 && unknown > 10,
        "{instances} instances, {unknown} unknown"
    );
}

/// Opens rules with one case, and hands on the case judged.
fn each(text: &str, then: impl Fn(&CaseJudged<'_>)) {
    let folder = folder(&[("rules.fid", text)]);
    let session = Session::open(&Opening {
        paths: vec![folder.path().join("rules.fid")],
        ..Opening::default()
    });
    let faults: Vec<&str> = session
        .faults
        .iter()
        .filter(|fault| fault.is_error())
        .map(|fault| fault.message.as_str())
        .collect();
    assert!(faults.is_empty(), "{faults:?}");
    let mut cases = 0;
    for open in session.cases() {
        judged(&open, |judged| {
            assert!(judged.is_judged());
            then(judged);
        });
        cases += 1;
    }
    assert!(cases > 0, "there is no case");
}

/// The report of one case, every run of blanks as one, so that a line can be looked for however it was broken.
fn told(rules: &str, case: &str) -> String {
    let text = std::cell::RefCell::new(String::new());
    each(&format!("{HEAD}{rules}\n{case}"), |judged| {
        *text.borrow_mut() = report(judged, &Report::default(), Style::Plain);
    });
    text.into_inner()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// The same with every step.
fn explained(rules: &str, case: &str) -> String {
    let text = std::cell::RefCell::new(String::new());
    each(&format!("{HEAD}{rules}\n{case}"), |judged| {
        *text.borrow_mut() = explanation(judged, None, Explaining::default(), Style::Plain);
    });
    text.into_inner()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

fn holds(text: &str, words: &[&str]) {
    for words in words {
        assert!(text.contains(words), "no \"{words}\" in:\n{text}");
    }
}

const HEAD: &str = "rulebook \"test\" version \"1\"

source s is \"A source\"

kind Person
kind Act
kind Risk
kind Hours is a number in \"hours\"
kind Mood is one of \"calm\", \"angry\"

facts, false unless stated
  - [person: Person] owes [act: Act]
  - [person: Person] does [act: Act]
    opposite [person] leaves [act] undone
    can be changed by [person]
  - [person: Person] was ordered to omit [act: Act]
  - [person: Person] is ill
  - [risk: Risk] belongs to [act: Act]
  - [person: Person] watched [act: Act]

facts, unknown unless stated
  - [person: Person] was told about [risk: Risk]
    question \"Was [person] told about [risk]?\"
  - [act: Act] takes [hours: Hours] hours
    question \"How long does [act] take?\"
  - [person: Person] feels [mood: Mood]
    only one [mood]

settings
  - an act may take at most [most: Hours] hours
    default [8]
    because \"a day's work\"

concepts
  - [person: Person] is excused from [act: Act]
  - [person: Person] knows all risks of [act: Act]
  - [person: Person] reaches [other: Person]

";

const CAST: &str = "case \"c\"
  cast [Ada] is a Person
  cast [Bo] is a Person
  cast [the call] is an Act
  cast [fire] is a Risk
";

const CALL: &str = "duty \"call\"
  owed by [person] about [act]
  arises if [person] owes [act]
  broken if [person] leaves [act] undone
  cites s
";

#[test]
fn a_breach_says_on_what_it_turns_and_how_it_would_have_been_kept() {
    let text = told(CALL, &format!("{CAST}  given [Ada] owes [the call]\n"));
    holds(
        &text,
        &[
            "Ada did not meet \"call\"",
            "Ada owes the call (stated)",
            "nobody states that Ada does the call",
            "what nobody states is taken as false",
            "kept if Ada does the call",
            "Exceptions: none in the rulebook",
            "Source: A source",
        ],
    );
}

#[test]
fn a_source_of_a_fact_is_quoted() {
    let case =
        format!("{CAST}  given [Ada] owes [the call]\n    according to \"the roster, 3 May\"\n");
    holds(
        &told(CALL, &case),
        &["Ada owes the call (stated, according to the roster, 3 May)"],
    );
}

#[test]
fn every_exception_says_why_it_does_not_act() {
    let rules = format!(
        "{CALL}
exemption \"ill\" from duty \"call\"
  if [person] is ill
  and [person] was ordered to omit [act]
  cites s

excuse \"watched by two\" for duty \"call\"
  if at least 2 [witness] where
    - [witness] watched [act]
  cites s
"
    );
    let text = told(
        &rules,
        &format!("{CAST}  given [Ada] owes [the call]\n  given [Bo] watched [the call]\n"),
    );
    holds(
        &text,
        &[
            "\"ill\", no: nobody states that Ada is ill, or that Ada was ordered to omit the call",
            "\"watched by two\", no: 2 needed as witness, on record Bo: Bo watched the call (stated)",
            "exempt by \"ill\" if Ada is ill and Ada was ordered to omit the call",
        ],
    );
}

#[test]
fn an_exemption_that_acts_says_so_and_what_would_be_without_it() {
    let rules = format!(
        "{CALL}
exemption \"ill\" from duty \"call\"
  if [person] is ill
  cites s \"p. 2\"
"
    );
    let text = told(
        &rules,
        &format!("{CAST}  given [Ada] owes [the call]\n  given [Ada] is ill\n"),
    );
    holds(
        &text,
        &[
            "Exempt, owed in general, not here:",
            "Exempt by: \"ill\"",
            "Ada is ill (stated)",
            "A source, p. 2",
            "Without it: not met",
        ],
    );
}

#[test]
fn an_excuse_and_a_priority_are_told_with_what_acts() {
    let rules = format!(
        "{CALL}
excuse \"ordered\" for duty \"call\"
  if [person] was ordered to omit [act]
  cites s
"
    );
    let text = told(
        &rules,
        &format!(
            "{CAST}  given [Ada] owes [the call]\n  given [Ada] was ordered to omit [the call]\n"
        ),
    );
    holds(&text, &["Excused", "Excused by: \"ordered\""]);
    let rules = format!(
        "{CALL}
duty \"rest\"
  owed by [person] about [act]
  arises if [person] is ill
  and [person] owes [act]
  broken if [person] does [act]
  cites s

priority \"rest first\"
  duty \"rest\" outranks duty \"call\"
  cites s
"
    );
    let text = told(
        &rules,
        &format!("{CAST}  given [Ada] owes [the call]\n  given [Ada] is ill\n"),
    );
    holds(
        &text,
        &[
            "Overridden",
            "Gave way by: \"rest first\"",
            "\"rest\" is fulfilled",
        ],
    );
}

#[test]
fn an_undecided_duty_asks_and_says_what_each_answer_leaves() {
    let rules = "duty \"tell\"
  owed by [person] about [act]
  arises if [person] owes [act]
  met if every [risk] where
    - [risk] belongs to [act]
    is such that
    - [person] was told about [risk]
  cites s
";
    let text = told(
        rules,
        &format!("{CAST}  given [Ada] owes [the call]\n  given [fire] belongs to [the call]\n"),
    );
    holds(
        &text,
        &[
            "Not decided by this record: \"tell\" (Ada)",
            "Ask: Ada: Was Ada told about fire? (fulfilled if yes, violated if no)",
        ],
    );
}

#[test]
fn numbers_show_their_formula_and_comparison() {
    let rules = "duty \"short days\"
  owed by [person] about [act]
  arises if [person] owes [act]
  broken if an act may take at most [most] hours
  and [act] takes [hours] hours
  and let [double] be 2 * [hours] + 1
  and [double] is more than [most]
  cites s
";
    let text = told(
        rules,
        &format!("{CAST}  given [Ada] owes [the call]\n  given [the call] takes [4.5] hours\n"),
    );
    holds(
        &text,
        &[
            "the double is 2 * 4.5 hours + 1 = 10 hours",
            "10 hours is more than 8 hours",
            "kept if what is now 10 hours were not more than 8 hours",
            "an act may take at most 8 hours (the rulebook's default)",
        ],
    );
    let text = told(rules, &format!("{CAST}  given [Ada] owes [the call]\n"));
    holds(
        &text,
        &["fulfilled or violated", "How long does the call take?"],
    );
}

#[test]
fn sums_list_their_members() {
    let rules = "duty \"short days\"
  owed by [person]
  arises if [person] owes [act]
  broken if let [total] be the sum of [hours] over [other] where
    - [person] does [other]
    - [other] takes [hours] hours
  and [total] is more than 8
  cites s
";
    let case = format!(
        "{CAST}  cast [the visit] is an Act
  given [Ada] owes [the call]
  given [Ada] does [the call]
  given [Ada] does [the visit]
  given [the call] takes [5] hours
  given [the visit] takes [4] hours
"
    );
    holds(
        &told(rules, &case),
        &["the total is the sum of 5 (the call) and 4 (the visit) = 9"],
    );
}

#[test]
fn a_conclusion_that_no_rule_shows_says_what_each_rule_lacks() {
    let rules = "rule \"ill people\"
  if [person] is ill
  and [person] owes [act]
  then [person] is excused from [act]
  cites s

duty \"call\"
  owed by [person] about [act]
  arises if [person] owes [act]
  broken if it is not the case that [person] is excused from [act]
  cites s
";
    let text = told(rules, &format!("{CAST}  given [Ada] owes [the call]\n"));
    holds(
        &text,
        &[
            "nothing shows that Ada is excused from the call",
            "not by rule \"ill people\": nobody states that Ada is ill",
            "kept if Ada is ill",
        ],
    );
}

#[test]
fn what_is_stipulated_and_what_follows_are_told_apart() {
    let rules = "rule \"ill people\"
  if [person] is ill
  and [person] owes [act]
  then [person] is excused from [act]
  because \"nobody owes what they cannot do\"
  cites s \"p. 7\"

duty \"stay\"
  owed by [person] about [act]
  arises if [person] owes [act]
  broken if [person] is excused from [act]
  cites s
";
    let derived = explained(
        rules,
        &format!("{CAST}  given [Ada] owes [the call]\n  given [Ada] is ill\n"),
    );
    holds(
        &derived,
        &[
            "Ada is excused from the call (rule \"ill people\")",
            "nobody owes what they cannot do; A source, p. 7",
        ],
    );
    let stipulated = explained(
        rules,
        &format!("{CAST}  given [Ada] owes [the call]\n  given [Ada] is excused from [the call]\n"),
    );
    holds(&stipulated, &["Ada is excused from the call (stipulated)"]);
}

#[test]
fn what_is_not_known_of_any_value_is_asked_as_which() {
    let rules = "duty \"ask\"
  owed by [person] about [act]
  arises if [person] owes [act]
  and it is not known whether [person] feels [mood]
  met if [person] does [act]
  cites s
";
    let text = told(rules, &format!("{CAST}  given [Ada] owes [the call]\n"));
    holds(&text, &["it is not known: Ada feels which mood"]);
}

#[test]
fn recursion_has_proofs_without_circles_least_first() {
    let rules = "rule \"step\"
  if [person] watched [act]
  and [other] does [act]
  then [person] reaches [other]
  cites s

rule \"far\"
  if [person] reaches [middle]
  and [middle] reaches [other]
  then [person] reaches [other]
  cites s
";
    let case = format!(
        "{CAST}  cast [Cy] is a Person
  cast [the walk] is an Act
  given [Ada] watched [the call]
  given [Bo] does [the call]
  given [Bo] watched [the walk]
  given [Cy] does [the walk]
  given [Ada] watched [the walk]
"
    );
    each(&format!("{HEAD}{rules}\n{case}"), |judged| {
        let world = &judged.worlds[0];
        let name = |name: &str| {
            let value = fiducia::value::Value::Name(name.into());
            judged.case.values.find(&value)
        };
        let reaches = judged
            .book
            .vocabulary
            .sentences
            .enumerated()
            .find(|(_, sentence)| sentence.key() == "_ reaches _")
            .map(|(id, _)| id)
            .expect("it is declared");
        let values = [name("Ada"), name("Cy")];
        let first = why_sentence(world, reaches, &values, 1);
        assert_eq!((first.proof, first.proofs, first.more), (1, 2, false));
        let rule_of = |why: &Why| match why.steps.of(reading(why)).map(|step| &step.how) {
            Some(How::Rule { rule, .. }) => judged.book.rules[*rule].name.clone(),
            other => panic!("{other:?}"),
        };
        assert_eq!(rule_of(&first), "step", "the least derivation comes first");
        let second = why_sentence(world, reaches, &values, 2);
        assert_eq!(rule_of(&second), "far");
    });
}

fn reading(why: &Why) -> &Reading {
    match &why.line.found {
        Found::Sentence { reading, .. } => reading,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_change_that_is_told_was_judged() {
    let mut changes = 0;
    for session in sessions() {
        for open in session.cases().take(40) {
            judged(&open, |judged| {
                for world in judged.shown() {
                    for (at, grounds) in world.grounds.iter().enumerate() {
                        for change in &grounds.otherwise {
                            let now = world.judged.verdicts()[at].statuses_of(change.part);
                            assert!(now.has(Status::Violated));
                            assert!(!change.statuses.has(Status::Violated));
                            changes += 1;
                        }
                    }
                }
            });
        }
    }
    assert!(changes > 10, "{changes} changes");
}
