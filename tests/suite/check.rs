//! What the door between written and meant lets through, and how: scopes, kinds, cases like others, JSON, queries, and
//! that no input makes it fall over.

use fiducia::check;
use fiducia::rulebook::{Body, Case, Condition, Rulebook, Term, VarId, VerdictOf};
use fiducia::syntax;
use fiducia::text::{Diagnostic, FileId, SourceMap};
use fiducia::value::{Truth, Values};

/// A rulebook and the cases of the same text; every fault by code and place.
struct Checked {
    book: Option<Rulebook>,
    cases: Vec<Case>,
    faults: Vec<String>,
}

fn told(map: &SourceMap, fault: &Diagnostic) -> String {
    let place = fault
        .labels
        .first()
        .map_or(0, |label| map.line_column(label.span).0);
    format!("{} line {place}: {}", fault.code, fault.message)
}

fn checked(text: &str) -> Checked {
    let mut map = SourceMap::default();
    let id = map.add("test.fid", text);
    let (file, mut all) = syntax::read(id, text);
    let (book, more) = check::rulebook(&[("test".to_owned(), id, &file)]);
    all.extend(more);
    let mut cases = Vec::new();
    if let Some(book) = &book {
        let (found, more) = check::cases(book, &file);
        cases = found;
        all.extend(more);
    }
    Checked {
        book,
        cases,
        faults: all.iter().map(|fault| told(&map, fault)).collect(),
    }
}

/// A rulebook that must be sound.
fn sound(text: &str) -> (Rulebook, Vec<Case>) {
    let checked = checked(text);
    assert_eq!(checked.faults, Vec::<String>::new());
    (checked.book.expect("a sound rulebook"), checked.cases)
}

fn sample() -> String {
    std::fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/fixtures/sample.fid"
    ))
    .expect("the sample is there")
}

const PEOPLE: &str = "rulebook \"test\"
kind Person
kind Clinician is a Person
kind Patient is a Person
kind Act
kind Minutes is a number in \"minutes\"
kind Custom is one of \"alone\", \"with family\"
source s is \"a source\"
facts, false unless stated
  - [clinician: Clinician] cares for [patient: Patient]
    opposite [patient] is not cared for by [clinician]
  - [clinician: Clinician] did [act: Act] to [patient: Patient]
    can be changed by [clinician]
  - [one: Person] harmed [other: Person]
  - [one: Person] helped [other: Person]
  - [act: Act] took [time: Minutes] minutes
facts, unknown unless stated
  - [patient: Patient] wanted [act: Act]
    question \"Did [patient] want [act]?\"
    opposite [patient] did not want [act]
  - [patient: Patient] decides [custom: Custom]
    question \"How does [patient] decide?\"
    only one [custom]
  - [act: Act] lasts [time: Minutes] minutes
    question \"How long does [act] last?\"
concepts
  - [person: Person] is alone
";

#[test]
fn the_sample_is_sound() {
    let (book, cases) = sound(&sample());
    assert_eq!(book.name, "Consent and rescue at the bedside");
    assert_eq!(
        (book.norms.len(), book.defeats.len(), cases.len()),
        (8, 2, 4)
    );
    let expectations: usize = cases
        .iter()
        .map(|case| {
            let inner: usize = case.branches.iter().map(|b| b.expectations.len()).sum();
            case.expectations.len() + inner
        })
        .sum();
    assert_eq!(expectations, 17);
}

fn vars(body: &Body) -> Vec<VarId> {
    let mut found = Vec::new();
    for line in body {
        match &line.condition {
            Condition::Sentence { atom, .. } | Condition::NotKnown(atom) => {
                found.extend(atom.terms.iter().filter_map(|term| match term {
                    Term::Var(var) => Some(*var),
                    Term::Value(_) => None,
                }));
            }
            Condition::Quantified { var, body, .. } => {
                found.push(*var);
                found.extend(vars(body));
            }
            Condition::AnyOf(body) => found.extend(vars(body)),
            _ => {}
        }
    }
    found
}

#[test]
fn two_groups_never_share_a_slot_by_accident() {
    let (book, _) = sound(&format!(
        "{PEOPLE}rule \"r\"
  if [clinician] cares for [person]
  and no [x] where
    - [x] harmed [person]
  and no [x] where
    - [x] helped [person]
  unless [x] harmed [clinician]
  then [person] is alone
"
    ));
    let rule = book.rules.iter().next().expect("a rule");
    let named: Vec<VarId> = rule
        .body
        .iter()
        .flat_map(|line| vars(&vec![line.clone()]))
        .filter(|var| rule.vars[*var].name == "x")
        .collect();
    let distinct: std::collections::BTreeSet<_> = named.iter().collect();
    assert_eq!((named.len(), distinct.len()), (5, 3));
    let person = rule
        .vars
        .enumerated()
        .filter(|(_, var)| var.name == "person")
        .count();
    assert_eq!(person, 1);
    assert_eq!(
        book.vocabulary.kinds[rule.vars[vars(&rule.body)[1]].kind.expect("a kind")].name,
        "Patient",
        "the more specific of its places"
    );
}

#[test]
fn alternatives_share_the_slots_that_stand_elsewhere_too() {
    let (book, _) = sound(&format!(
        "{PEOPLE}rule \"r\"
  if any of these
    - [x] harmed [person]
    - [x] helped [person]
  and any of these
    - [x] harmed [y]
    - [y] harmed [x]
  then [person] is alone
"
    ));
    let rule = book.rules.iter().next().expect("a rule");
    let x = rule.vars.iter().filter(|var| var.name == "x").count();
    assert_eq!(x, 1, "one [x] in both groups");
}

#[test]
fn an_opposite_in_another_order_keeps_the_order_of_the_sentence() {
    let (book, cases) = sound(&format!(
        "{PEOPLE}rule \"r\"
  if [p] wanted [act]
  and [p] is not cared for by [c]
  and [c] did [act] to [p]
  then [p] is alone
case \"c\"
  cast [Dr Osei] is a Clinician
  cast [Jo] is a Patient
  given [Jo] is not cared for by [Dr Osei]
"
    ));
    let rule = book.rules.iter().next().expect("a rule");
    let Condition::Sentence {
        negated,
        opposite,
        atom,
    } = &rule.body[1].condition
    else {
        panic!("a sentence");
    };
    let names: Vec<&str> = atom
        .terms
        .iter()
        .map(|term| match term {
            Term::Var(var) => rule.vars[*var].name.as_str(),
            Term::Value(_) => "",
        })
        .collect();
    assert_eq!((names, *negated, *opposite), (vec!["c", "p"], true, true));
    let stated = &cases[0].stated[0];
    let said: Vec<String> = stated
        .values
        .iter()
        .flatten()
        .map(|value| cases[0].values.get(*value).to_string())
        .collect();
    assert_eq!(
        (said, stated.truth),
        (vec!["Dr Osei".to_owned(), "Jo".to_owned()], Truth::False)
    );
}

#[test]
fn an_after_line_shares_slots_by_name() {
    let (book, _) = sound(&sample());
    let norm = book
        .norms
        .iter()
        .find(|norm| norm.name == "explain afterwards")
        .expect("the follow-on duty");
    assert!(norm.after);
    let Condition::Verdict {
        of: VerdictOf::Norm { terms, .. },
        ..
    } = &norm.arises[0].condition
    else {
        panic!("a verdict");
    };
    let parties: Vec<Term> = norm
        .parties
        .iter()
        .map(|party| Term::Var(party.var))
        .collect();
    assert_eq!(*terms, parties);
}

const DUTIES: &str = "duty \"one\"
  owed by [clinician] to [patient] about [act]
  arises if [clinician] did [act] to [patient]
  broken if [patient] did not want [act]
  cites s
duty \"two\"
  owed by [clinician] to [patient]
  arises if [clinician] cares for [patient]
  broken if [clinician] harmed [patient]
  cites s
";

#[test]
fn a_priority_shares_names_or_states_its_slots() {
    let (book, _) = sound(&format!(
        "{PEOPLE}{DUTIES}priority \"by name\"
  duty \"one\" outranks duty \"two\"
  cites s
priority \"stated\"
  duty \"one\" owed by [x] to [y] outranks duty \"two\" owed by [x] to [z]
  if [act] took [t] minutes
  and [y] is not [z]
  cites s
"
    ));
    let by_name = &book.priorities.as_slice()[0];
    assert_eq!(by_name.upper_terms[..2], by_name.lower_terms[..]);
    let stated = &book.priorities.as_slice()[1];
    assert_eq!(stated.upper_terms[0], stated.lower_terms[0]);
    assert_ne!(stated.upper_terms[1], stated.lower_terms[1]);
    let Condition::Sentence { atom, .. } = &stated.body[0].condition else {
        panic!("a sentence");
    };
    assert_eq!(
        stated.upper_terms[2], atom.terms[0],
        "a party that the lines mention and one duty has is that party"
    );
}

#[test]
fn an_exemption_has_every_party_of_its_duty() {
    let (book, _) = sound(&format!(
        "{PEOPLE}{DUTIES}exemption \"e\" from duty \"one\"
  if [helper] helped [patient]
  cites s
"
    ));
    let defeat = book.defeats.iter().next().expect("an exemption");
    let names: Vec<&str> = defeat
        .parties
        .iter()
        .map(|var| defeat.vars[*var].name.as_str())
        .collect();
    assert_eq!(names, ["clinician", "patient", "act"]);
}

#[test]
fn a_verdict_gives_kinds_to_its_slots() {
    let (book, _) = sound(&format!(
        "{PEOPLE}{DUTIES}concern \"trust\"
  about [who] toward [whom]
  raised if duty \"two\" owed by [who] to [whom] is violated
  cites s
"
    ));
    let concern = book.norms.iter().last().expect("a concern");
    let kinds: Vec<&str> = concern
        .parties
        .iter()
        .map(|party| {
            let kind = concern.vars[party.var].kind.expect("a kind");
            book.vocabulary.kinds[kind].name.as_str()
        })
        .collect();
    assert_eq!(kinds, ["Clinician", "Patient"]);
}

#[test]
fn a_fault_in_a_case_leaves_the_others() {
    let checked = checked(&format!(
        "{PEOPLE}case \"good\"
  cast [Jo] is a Patient
case \"bad\"
  cast [Jo] is a Patient
  given [Joe] helped [Jo]
case \"like the bad\"
  like case \"bad\"
case \"like the good\"
  like case \"good\"
"
    ));
    let names: Vec<&str> = checked
        .cases
        .iter()
        .map(|case| case.name.as_str())
        .collect();
    assert_eq!(names, ["good", "like the good"]);
    let codes: Vec<&str> = checked.faults.iter().map(|fault| &fault[..4]).collect();
    assert_eq!(codes, ["C004", "C019"]);
}

#[test]
fn faults_come_in_the_order_of_the_file() {
    let checked = checked(&format!(
        "{PEOPLE}rule \"z\"
  if [person] hurt [other]
  then [person] is alone
duty \"a\"
  owed by [clinician] to [patient]
  arises if [clinician] cared for [patient]
  broken if [clinician] harmed [patient]
"
    ));
    assert!(checked.book.is_none());
    let lines: Vec<&str> = checked.faults.iter().map(|fault| &fault[..12]).collect();
    assert_eq!(lines, ["S014 line 29", "S014 line 33"]);
}

#[test]
fn a_case_like_another_takes_its_lines_and_replaces_some() {
    let (book, cases) = sound(&format!(
        "{PEOPLE}case \"a\"
  cast [Jo] is a Patient
  cast [walk] is an Act
  given [walk] lasts [10] minutes
  given [Jo] decides [alone]
  given [Jo] wanted [walk]
  option \"go\"
    given [walk] took [5] minutes
  suppose \"rain\"
    unknown [walk] lasts [any] minutes
case \"b\"
  like case \"a\"
  given [walk] lasts [20] minutes
  given [Jo] decides [with family]
  given [Jo] did not want [walk]
  option \"go\"
    given [Jo] helped [Jo]
  option \"stay\"
"
    ));
    let (a, b) = (&cases[0], &cases[1]);
    let said = |case: &Case, suppose, option| -> Vec<String> {
        case.record(&book.vocabulary, suppose, option)
            .stated
            .iter()
            .map(|line| {
                let key = book.vocabulary.sentences[line.sentence].key();
                let values: Vec<String> = line
                    .values
                    .iter()
                    .map(|v| v.map_or("any".to_owned(), |v| case.values.get(v).to_string()))
                    .collect();
                format!("{} {key} {}", line.truth.word(), values.join(","))
            })
            .collect()
    };
    assert_eq!(
        said(a, None, None),
        [
            "true _ lasts _ minutes walk,10",
            "true _ decides _ Jo,alone",
            "true _ wanted _ Jo,walk"
        ]
    );
    assert_eq!(
        said(b, Some(1), Some(0)),
        [
            "true _ decides _ Jo,with family",
            "false _ wanted _ Jo,walk",
            "unknown _ lasts _ minutes walk,any",
            "true _ took _ minutes walk,5",
            "true _ helped _ Jo,Jo",
        ]
    );
    let names: Vec<&str> = b
        .branches
        .iter()
        .map(|branch| branch.name.as_str())
        .collect();
    assert_eq!(names, ["go", "rain", "stay"]);
}

#[test]
fn a_case_may_be_like_one_of_another_file() {
    let (one, _) = syntax::read(
        FileId(0),
        &format!("{PEOPLE}case \"a\"\n  cast [Jo] is a Patient\n"),
    );
    let (two, _) = syntax::read(
        FileId(1),
        "case \"b\"\n  like case \"a\"\n  given [Jo] helped [Jo]\n",
    );
    let (book, _) = check::rulebook(&[("one".to_owned(), FileId(0), &one)]);
    let book = book.expect("sound");
    assert_eq!(check::cases(&book, &two).0.len(), 0);
    let (cases, faults) = check::cases_among(&book, &two, &[&one]);
    assert_eq!((cases.len(), faults.len()), (1, 0));
    assert_eq!(cases[0].cast.members.len(), 1);
}

#[test]
fn a_long_chain_of_cases_is_no_deep_recursion() {
    let mut text = format!("{PEOPLE}case \"0\"\n  cast [Jo] is a Patient\n");
    // The last comes first, so that the whole chain is followed at once.
    for n in (1..2000).rev() {
        text.push_str(&format!("case \"{n}\"\n  like case \"{}\"\n", n - 1));
    }
    let (_, cases) = sound(&text);
    assert_eq!(cases.len(), 2000);
}

#[test]
fn a_clinics_profile_replaces_a_setting() {
    let settings = "rulebook \"test\"
kind Minutes is a number in \"minutes\"
settings
  - somebody waits up to [wait: Minutes] minutes
    default [30]
    because \"a choice\"
always
  - somebody waits up to [20] minutes
";
    let (one, _) = syntax::read(FileId(0), settings);
    let (two, _) = syntax::read(FileId(1), "always\n  - somebody waits up to [45] minutes\n");
    let (book, faults) = check::rulebook(&[
        ("rules".to_owned(), FileId(0), &one),
        ("profile".to_owned(), FileId(1), &two),
    ]);
    let book = book.unwrap_or_else(|| panic!("{faults:?}"));
    let values: Vec<String> = book
        .always
        .iter()
        .map(|always| book.values.get(always.values[0]).to_string())
        .collect();
    assert_eq!(values, ["45"]);
}

/// A case as JSON, there and back.
fn there_and_back(book: &Rulebook, case: &Case) -> serde_json::Value {
    let data = check::case_to_json(book, case);
    let again =
        check::case_from_json(book, &data).unwrap_or_else(|faults| panic!("{faults:?}\n{data}"));
    let written = check::case_to_json(book, &again);
    assert_eq!(data, written);
    data
}

#[test]
fn cases_survive_as_json() {
    let (book, cases) = sound(&sample());
    for case in &cases {
        let data = there_and_back(&book, case);
        let again = check::case_from_json(&book, &data).expect("read before");
        assert_eq!(again.cast.members.len(), case.cast.members.len());
        assert_eq!(again.branches.len(), case.branches.len());
        assert_eq!(
            format!("{:?}", again.expectations.len()),
            format!("{:?}", case.expectations.len())
        );
        for (one, other) in again.stated.iter().zip(&case.stated) {
            assert_eq!((one.sentence, one.truth), (other.sentence, other.truth));
        }
    }
}

#[test]
fn sentences_and_tables_say_the_same() {
    let (book, _) = sound(PEOPLE);
    let sentences = serde_json::json!({
        "case": "c",
        "given": ["[Dr Osei] cares for [Jo]", "[walk] took [2.5] minutes", "[Jo] did not want [walk]", "[Jo] decides [with family]"],
        "unknown": ["[walk] lasts [any] minutes"],
    });
    let tables = serde_json::json!({
        "case": "c",
        "facts": {
            "_ cares for _": [["Dr Osei", "Jo"]],
            "[act] took [time] minutes": [["walk", 25e-1]],
            "_ did not want _": [["Jo", "walk"]],
            "_ decides _": [["Jo", "with family"]],
        },
        "unknown": {"_ lasts _ minutes": [["walk", null]]},
    });
    let one = check::case_from_json(&book, &sentences).expect("sentences");
    let other = check::case_from_json(&book, &tables).expect("tables");
    assert_eq!(
        check::case_to_json(&book, &one),
        check::case_to_json(&book, &other)
    );
    let cast = &check::case_to_json(&book, &one)["cast"];
    assert_eq!(
        *cast,
        serde_json::json!({"Clinician": ["Dr Osei"], "Patient": ["Jo"], "Act": ["walk"]})
    );
}

#[test]
fn faults_of_data_have_paths() {
    let (book, _) = sound(&format!("{PEOPLE}{DUTIES}"));
    let data = serde_json::json!({
        "case": 7,
        "cats": {},
        "cast": {"Patient": ["Jo"], "Custom": ["x"], "Nobody": []},
        "given": ["[Jo] harms [Jo]", 3, "[Jo] did [walk] to [Jo]", "[walk] took [many] minutes"],
        "facts": {"_ took _ minutes": [["walk"], ["walk", [1]]], "_ helped _": [["a]b", "Jo"]]},
        "options": {"go": {"given": ["[Jo] helped [Jo]", "it is not the case that [Jo] helped [Jo]"]}},
        "expect": ["violated: duty \"three\"", "fulfilled\nviolated"],
    });
    let faults = check::case_from_json(&book, &data).expect_err("full of faults");
    let told: Vec<String> = faults
        .iter()
        .map(|misread| format!("{} {}", misread.fault.code, misread.path))
        .collect();
    assert_eq!(
        told,
        [
            "C031 /cats",
            "C030 /case",
            "C024 /cast/Custom",
            "K001 /cast/Nobody",
            "S014 /given/0",
            "C030 /given/1",
            "K018 /given/2",
            "K009 /given/3",
            "C032 /facts/_ took _ minutes/0",
            "C032 /facts/_ took _ minutes/1/1",
            "C030 /facts/_ helped _/0/0",
            "C006 /options/go/given/1",
            "N006 /expect/0",
            "C030 /expect/1",
        ]
    );
}

#[test]
fn a_line_without_a_name_is_refused() {
    let (book, _) = sound(PEOPLE);
    let of = |line: &str| check::case_from_line(&book, line).map(|case| case.name);
    let Err(check::Unread::NotACase(faults)) = of(r#"{"given":["[Jo] helped [Jo]"]}"#) else {
        panic!("its answer could not be told apart");
    };
    assert_eq!(faults.len(), 1);
    assert_eq!(faults[0].fault.code, "C030");
    let named = of(r#"{"case":"c","given":["[Jo] helped [Jo]"]}"#);
    assert_eq!(named.unwrap_or_default(), "c");
}

#[test]
fn a_line_that_says_a_part_twice_is_refused() {
    let (book, _) = sound(PEOPLE);
    let line = r#"{"case":"c","given":["[Jo] helped [Jo]"],"given":[]}"#;
    let Err(check::Unread::NotACase(faults)) = check::case_from_line(&book, line) else {
        panic!("one of the two would be dropped");
    };
    assert_eq!(
        (faults[0].fault.code, faults[0].path.as_str()),
        ("C033", "/given")
    );
}

#[test]
fn a_wording_belongs_to_one_sentence() {
    let told = checked(
        "rulebook \"test\"
kind Person
facts, false unless stated
  - [a: Person] is well
    formerly [a] is fine
  - [a: Person] is ill
    opposite [a] is fine
",
    );
    assert_eq!(
        told.faults,
        ["S002 line 7: The sentence \"_ is fine\" is declared twice"]
    );
}

#[test]
fn any_is_no_slot_of_a_rule() {
    let told = checked(&format!(
        "{PEOPLE}rule \"r\"
  if [any] harmed [person]
  then [person] is alone
"
    ));
    assert_eq!(
        told.faults,
        ["S010 line 29: [any] can stand only in a case"]
    );
}

#[test]
fn a_query_has_free_slots_and_names() {
    let (book, cases) = sound(&format!(
        "{PEOPLE}{DUTIES}case \"c\"\n  cast [Dr Osei] is a Clinician\n  cast [Jo] is a Patient\n"
    ));
    let mut values: Values = cases[0].values.clone();
    let read = |text: &str| syntax::read_condition(FileId(0), text).expect("a condition");
    let conditions = [
        read("[Dr Osei] did [act] to [p]"),
        read("duty \"one\" owed by [Dr Osei] to [p] about [act] is violated"),
    ];
    let (body, vars) =
        check::query(&book, &mut values, &cases[0].cast, &conditions).expect("sound");
    let names: Vec<&str> = vars.iter().map(|var| var.name.as_str()).collect();
    assert_eq!((names, body.len()), (vec!["act", "p"], 2));
    let faults = check::query(
        &book,
        &mut values,
        &cases[0].cast,
        &[read("it is not the case that [x] helped [y]")],
    )
    .expect_err("nobody is bound");
    let codes: Vec<&str> = faults.iter().map(|fault| fault.code).collect();
    assert_eq!(codes, ["B001", "B001"]);
}

#[test]
fn the_sample_draws_only_these_warnings() {
    let (book, cases) = sound(&sample());
    let mut codes: Vec<&str> = check::lint(&book, &cases)
        .iter()
        .map(|fault| fault.code)
        .collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes, ["L001", "L009", "L013"]);
}

/// Lines of the sample taken out, doubled, moved and cut, words swapped: whatever comes, there is an answer.
#[test]
fn no_slip_makes_it_fall_over() {
    let text = sample();
    let lines: Vec<&str> = text.lines().collect();
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut told = std::collections::BTreeSet::new();
    for seed in 0..150 {
        let mut random = fastrand::Rng::with_seed(seed);
        let mut mutated: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        for _ in 0..random.usize(1..6) {
            let at = random.usize(..mutated.len());
            match random.u8(..6) {
                0 => {
                    mutated.remove(at);
                }
                1 => {
                    let line = mutated[at].clone();
                    mutated.insert(random.usize(..mutated.len()), line);
                }
                2 => {
                    let other = random.usize(..mutated.len());
                    mutated.swap(at, other);
                }
                3 => {
                    let indent = mutated[at].len() - mutated[at].trim_start().len();
                    let mut own: Vec<&str> = mutated[at].split_whitespace().collect();
                    if !own.is_empty() {
                        let word = random.usize(..own.len());
                        own[word] = words[random.usize(..words.len())];
                    }
                    let line = format!("{}{}", " ".repeat(indent), own.join(" "));
                    mutated[at] = line;
                }
                4 => {
                    let slots = [
                        "[patient]",
                        "[act]",
                        "[any]",
                        "[12]",
                        "[\"alone\"]",
                        "[Dr Osei]",
                        "[x]",
                    ];
                    let from = slots[random.usize(..2)];
                    mutated[at] = mutated[at].replace(from, slots[random.usize(..slots.len())]);
                }
                _ => {
                    let line = &mutated[at];
                    let cut = line
                        .char_indices()
                        .map(|(at, _)| at)
                        .nth(random.usize(..line.len() + 1));
                    mutated[at] = line[..cut.unwrap_or(line.len())].to_owned();
                }
            }
        }
        let text = mutated.join("\n");
        let (file, _) = syntax::read(FileId(0), &text);
        let (book, faults) = check::rulebook(&[("sample".to_owned(), FileId(0), &file)]);
        assert!(
            book.is_some() || !faults.is_empty() || file.blocks.iter().any(|block| block.broken),
            "{text}"
        );
        told.extend(faults.iter().map(|fault| fault.code));
        if let Some(book) = book {
            let (cases, faults) = check::cases(&book, &file);
            told.extend(faults.iter().map(|fault| fault.code));
            let _ = check::lint(&book, &cases);
            for case in &cases {
                there_and_back(&book, case);
            }
        }
    }
    assert!(told.len() > 15, "the slips are too tame: {told:?}");
}
