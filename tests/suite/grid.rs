//! Every construct of the language in every question: no cell is empty. Each construct has a few rules and one sentence on which a verdict
//! turns; the questions are asked of the case in which it is open, and of two options in which it is so and is not. What is
//! answered is kept in one snapshot a construct, to be read aloud; here it is held that each answer speaks of that sentence.

use crate::run::{fiducia, fiducia_reading, folder};

const HEAD: &str = "rulebook \"grid\" version \"1\"

source s is \"A source\"

kind Person
kind Act
kind Risk
kind Hours is a number in \"hours\"

facts, false unless stated
  - [person: Person] owes [act: Act]
  - [risk: Risk] belongs to [act: Act]
  - [person: Person] needs rest
    can be changed by [person]

facts, unknown unless stated
  - [person: Person] does [act: Act]
    opposite [person] leaves [act] undone
    question \"Did [person] do [act]?\"
    can be changed by [person]
  - [person: Person] asks about [act: Act]
    question \"Did [person] ask about [act]?\"
    can be changed by [person]
  - [act: Act] is safe
    question \"Is [act] safe?\"
  - [person: Person] is ill
    question \"Is [person] ill?\"
  - [person: Person] was told about [risk: Risk]
    question \"Was [person] told about [risk]?\"
    can be changed by [person]
  - [person: Person] watched [act: Act]
    question \"Did [person] watch [act]?\"
    can be changed by [person]
  - [person: Person] spends [hours: Hours] hours on [act: Act]
    question \"How many hours does [person] spend on [act]?\"
    can be changed by [person]

settings
  - an act may take at most [most: Hours] hours
    default [8]
    because \"a day's work\"

concepts
  - [act: Act] is done by [person: Person]

";

const CALL: &str = "duty \"call\"
  owed by [person] about [act]
  arises if [person] owes [act]
";

/// A construct.
struct Row {
    name: &'static str,
    rules: String,
    /// What is asked about.
    about: &'static str,
    /// Facts of the case beside the cast.
    facts: &'static str,
    /// The sentence on which it turns, as it is so and as it is not.
    turns: [&'static str; 2],
    /// Words that every answer must hold, one of them.
    says: &'static [&'static str],
}

fn row(
    name: &'static str,
    rules: impl Into<String>,
    facts: &'static str,
    turns: [&'static str; 2],
    says: &'static [&'static str],
) -> Row {
    Row {
        name,
        rules: rules.into(),
        about: "\"call\"",
        facts,
        turns,
        says,
    }
}

const DOES: [&str; 2] = ["[Ada] does [the call]", "[Ada] leaves [the call] undone"];
const SAYS_DOES: &[&str] = &[
    "Ada does the call",
    "Ada leaves the call undone",
    "Did Ada do the call",
];
const ILL: [&str; 2] = ["[Ada] is ill", "it is not the case that [Ada] is ill"];
const SAYS_ILL: &[&str] = &[
    "Ada is ill",
    "Is Ada ill",
    "exempt or fulfilled",
    "Ada does the call",
];
const HOURS: [&str; 2] = [
    "[Ada] spends [2] hours on [the call]",
    "[Ada] spends [9] hours on [the call]",
];
const SAYS_HOURS: &[&str] = &[
    "hours on the call",
    "hours does Ada spend",
    "hours: fulfilled",
];

fn rows() -> Vec<Row> {
    let owes = "  given [Ada] owes [the call]\n";
    let broken = "  broken if [person] leaves [act] undone\n  cites s\n";
    let mut all = vec![
        row(
            "sentence",
            format!("{CALL}  met if [person] does [act]\n  cites s\n"),
            owes,
            DOES,
            SAYS_DOES,
        ),
        row("opposite", format!("{CALL}{broken}"), owes, DOES, SAYS_DOES),
        row(
            "rule",
            format!(
                "rule \"doing\"\n  if [person] does [act]\n  then [act] is done by [person]\n\n{CALL}  met if [act] is done by [person]\n  cites s\n"
            ),
            owes,
            DOES,
            SAYS_DOES,
        ),
        row(
            "unknown",
            format!(
                "{CALL}  and it is not known whether [act] is safe\n  met if [person] asks about [act]\n  cites s\n"
            ),
            owes,
            [
                "[Ada] asks about [the call]",
                "it is not the case that [Ada] asks about [the call]",
            ],
            &[
                "Ada asks about the call",
                "Did Ada ask about the call",
                "Is the call safe",
            ],
        ),
        row(
            "comparison",
            format!(
                "{CALL}  met if [person] spends [h] hours on [act]\n  and [h] is at most 3\n  cites s\n"
            ),
            owes,
            HOURS,
            SAYS_HOURS,
        ),
        row(
            "count",
            format!(
                "{CALL}  met if at least 2 [witness] where\n    - [witness] watched [act]\n  cites s\n"
            ),
            "  given [Ada] owes [the call]\n  given [Bo] watched [the call]\n",
            [
                "[Ada] watched [the call]",
                "it is not the case that [Ada] watched [the call]",
            ],
            &[
                "Ada watched the call",
                "Did Ada watch the call",
                "perhaps Ada",
                "Ada and Bo",
            ],
        ),
        row(
            "every",
            format!(
                "{CALL}  met if every [risk] where\n    - [risk] belongs to [act]\n    is such that\n    - [person] was told about [risk]\n  cites s\n"
            ),
            "  given [Ada] owes [the call]\n  given [fire] belongs to [the call]\n",
            [
                "[Ada] was told about [fire]",
                "it is not the case that [Ada] was told about [fire]",
            ],
            &["Ada was told about fire", "Was Ada told about fire", "fire"],
        ),
        row(
            "any of these",
            format!(
                "{CALL}  met if any of these\n    - [person] does [act]\n    - [person] asks about [act]\n  cites s\n"
            ),
            "  given [Ada] owes [the call]\n  given it is not the case that [Ada] asks about [the call]\n",
            DOES,
            SAYS_DOES,
        ),
        row(
            "fold",
            format!(
                "{CALL}  met if let [t] be the sum of [h] over [who] where\n    - [who] spends [h] hours on [act]\n  and [t] is at most 8\n  cites s\n"
            ),
            "  given [Ada] owes [the call]\n  given [Bo] spends [5] hours on [the call]\n",
            HOURS,
            &[
                "hours on the call",
                "hours does Ada spend",
                "(Ada)",
                "hours: fulfilled",
            ],
        ),
        row(
            "let",
            format!(
                "{CALL}  met if [person] spends [h] hours on [act]\n  and let [d] be 2 * [h]\n  and [d] is at most 8\n  cites s\n"
            ),
            owes,
            HOURS,
            SAYS_HOURS,
        ),
        row(
            "setting",
            format!(
                "{CALL}  met if [person] spends [h] hours on [act]\n  and an act may take at most [most] hours\n  and [h] is at most [most]\n  cites s\n"
            ),
            owes,
            HOURS,
            SAYS_HOURS,
        ),
        row(
            "exemption",
            format!(
                "{CALL}{broken}\nexemption \"ill\" from duty \"call\"\n  if [person] is ill\n  cites s\n"
            ),
            "  given [Ada] owes [the call]\n  given [Ada] leaves [the call] undone\n",
            ILL,
            SAYS_ILL,
        ),
        row(
            "excuse",
            format!(
                "{CALL}{broken}\nexcuse \"ill\" for duty \"call\"\n  if [person] is ill\n  cites s\n"
            ),
            "  given [Ada] owes [the call]\n  given [Ada] leaves [the call] undone\n",
            ILL,
            SAYS_ILL,
        ),
        row(
            "priority",
            format!(
                "{CALL}{broken}\nduty \"rest\"\n  owed by [person] about [act]\n  arises if [person] needs rest\n  and [person] owes [act]\n  broken if [person] watched [act]\n  cites s\n\npriority \"rest first\"\n  duty \"rest\" outranks duty \"call\"\n  cites s\n"
            ),
            "  given [Ada] owes [the call]\n  given [Ada] leaves [the call] undone\n  given [Ada] needs rest\n",
            [
                "[Ada] watched [the call]",
                "it is not the case that [Ada] watched [the call]",
            ],
            &[
                "Ada watched the call",
                "Did Ada watch the call",
                "rest first",
            ],
        ),
    ];
    let mut verdict = row(
        "verdict condition",
        format!(
            "{CALL}{broken}\nduty \"own up\"\n  owed by [person] about [act]\n  arises if [person] owes [act]\n  broken if duty \"call\" owed by [person] about [act] is violated\n  cites s\n"
        ),
        owes,
        DOES,
        &[
            "Ada does the call",
            "Ada leaves the call undone",
            "Did Ada do the call",
            "call",
        ],
    );
    verdict.about = "\"own up\"";
    let mut follow = row(
        "follow-on",
        format!(
            "{CALL}{broken}\nduty \"own up\"\n  owed by [person] about [act]\n  after duty \"call\" is violated\n  met if [person] asks about [act]\n  cites s\n"
        ),
        "  given [Ada] owes [the call]\n  given [Ada] leaves [the call] undone\n",
        [
            "[Ada] asks about [the call]",
            "it is not the case that [Ada] asks about [the call]",
        ],
        &["Ada asks about the call", "Did Ada ask about the call"],
    );
    follow.about = "\"own up\"";
    let mut ideal = row(
        "ideal",
        "ideal \"care\"\n  for [person] about [act]\n  applies if [person] owes [act]\n  met if [person] does [act]\n  cites s\n",
        owes,
        DOES,
        SAYS_DOES,
    );
    ideal.about = "ideal \"care\"";
    let mut concern = row(
        "concern",
        "concern \"neglect\"\n  about [person]\n  raised if [person] owes [act]\n  and [person] leaves [act] undone\n  cites s\n",
        owes,
        DOES,
        SAYS_DOES,
    );
    concern.about = "concern \"neglect\"";
    all.extend([verdict, follow, ideal, concern]);
    all
}

/// The cases of a construct: open, and with two options.
fn text(row: &Row) -> String {
    let cast = "  cast [Ada] is a Person\n  cast [Bo] is a Person\n  cast [the call] is an Act\n  cast [fire] is a Risk\n";
    let [so, not] = row.turns;
    format!(
        "{HEAD}{}\ncase \"open\"\n{cast}{}\ncase \"two\"\n  like case \"open\"\n  option \"so\"\n    given {so}\n  option \"otherwise\"\n    given {not}\n",
        row.rules, row.facts
    )
}

/// Every question with its answer.
fn cells(row: &Row) -> Vec<(&'static str, String)> {
    let folder = folder(&[("grid.fid", &text(row))]);
    let file = folder.path().join("grid.fid");
    let file = file.to_str().expect("a path in words");
    let ask = |arguments: &[&str], input: &str| {
        let mut all = vec![arguments[0], file];
        all.extend(&arguments[1..]);
        let ran = fiducia_reading(&all, input);
        assert_eq!(
            ran.code,
            Some(0),
            "{}: {arguments:?}\n{}{}",
            row.name,
            ran.out,
            ran.err
        );
        ran.out
    };
    let open = ["--case", "open"];
    let of = |verb: &[&'static str]| -> Vec<&str> {
        let mut all = vec![verb[0]];
        all.extend(open);
        all.extend(["--duty", row.about]);
        all.extend(&verb[1..]);
        all
    };
    // An option is asked as the case is: what it states is so.
    let option = |verb: &'static str| {
        vec![
            verb,
            "--case",
            "two",
            "--option",
            "otherwise",
            "--duty",
            row.about,
        ]
    };
    let answer = if row.turns[0].contains("spends") {
        "2\n"
    } else {
        "yes\n"
    };
    vec![
        ("settle", ask(&of(&["settle"]), "")),
        ("comply", ask(&of(&["comply"]), "")),
        ("explain --why-not", ask(&of(&["explain", "--why-not"]), "")),
        ("judge --ask", ask(&of(&["judge", "--ask"]), answer)),
        (
            "whatif",
            ask(&["whatif", "--case", "open", "--given", row.turns[1]], ""),
        ),
        (
            "compare",
            ask(
                &[
                    "compare",
                    "--case",
                    "two",
                    "--option",
                    "so",
                    "--with",
                    "otherwise",
                ],
                "",
            ),
        ),
        (
            "precedents",
            likened(file, &["precedents", file, "--case", "open"]),
        ),
        ("certify and verify", certified(row, file, folder.path())),
        ("impact", impact(row, file, folder.path())),
        ("settle, of an option", ask(&option("settle"), "")),
        ("comply, of an option", ask(&option("comply"), "")),
    ]
}

/// What `precedents` answers of the open case: its bank is the file itself, the two options among it.
fn likened(file: &str, arguments: &[&str]) -> String {
    let ran = fiducia(arguments);
    assert_eq!(ran.code, Some(0), "{file}: {}{}", ran.out, ran.err);
    ran.out
}

/// What `verify` says of the certificate of the option in which it is not so.
fn certified(row: &Row, file: &str, folder: &std::path::Path) -> String {
    let of = ["certify", file, "--case", "two", "--option", "otherwise"];
    let made = fiducia(&of);
    assert_eq!(made.code, Some(0), "{}: {}", row.name, made.err);
    let paper = folder.join("paper.json");
    std::fs::write(&paper, &made.out).expect("it can be written");
    let held = fiducia(&["verify", file, paper.to_str().expect("a path in words")]);
    assert_eq!(held.code, Some(0), "{}: {}{}", row.name, held.out, held.err);
    held.out
}

/// What it would change if the norms arose only where the act is safe, which nobody says.
fn impact(row: &Row, file: &str, folder: &std::path::Path) -> String {
    let text = text(row);
    let wanted = "[person] owes [act]\n";
    let other = text.replacen(wanted, &format!("{wanted}  and [act] is safe\n"), 2);
    assert_ne!(text, other, "{}", row.name);
    let new = folder.join("new.fid");
    std::fs::write(&new, other).expect("it can be written");
    let new = new.to_str().expect("a path in words");
    let ran = fiducia(&["impact", file, new, "--cases", file]);
    assert_eq!(ran.code, Some(1), "{}: {}{}", row.name, ran.out, ran.err);
    // The folder has another name in every run.
    let folder = folder.to_str().expect("a path in words");
    ran.out.replace(folder, "FOLDER")
}

#[test]
fn no_cell_is_empty() {
    for row in rows() {
        let cells = cells(&row);
        let mut page = String::new();
        for (question, answer) in &cells {
            page += &format!("== {question}\n{answer}\n");
            let spoken = row.says.iter().any(|words| answer.contains(words));
            // Of an option that decides it, only the verdict is left to be said.
            let named = answer
                .to_lowercase()
                .contains(&row.about.rsplit('"').nth(1).unwrap_or("").to_lowercase());
            // So in what a changed rule would do, and in what a certificate proves.
            let of_option = named
                && ["of an option", "impact", "verify"]
                    .iter()
                    .any(|end| question.ends_with(end));
            assert!(
                spoken || of_option,
                "{}, {question}: none of {:?} in\n{answer}",
                row.name,
                row.says
            );
        }
        insta::assert_snapshot!(format!("grid@{}", row.name.replace(' ', "-")), page);
    }
}

#[test]
fn a_mistake_in_what_is_asked_is_told() {
    let sample = "tests/fixtures/sample.fid";
    let refused = |arguments: &[&str], words: &str| {
        let ran = fiducia(arguments);
        assert_eq!(ran.code, Some(2), "{arguments:?}: {}{}", ran.out, ran.err);
        assert!(
            ran.err.contains(words),
            "{arguments:?}: no {words:?} in {}",
            ran.err
        );
    };
    refused(&["settle", sample, "--duty", "\"resceu\""], "rescue");
    refused(
        &["comply", sample, "--case", "No such case"],
        "no such case",
    );
    refused(&["explain", sample, "--why-not=broken"], "violated");
    refused(&["whatif", sample], "--given");
    refused(
        &["whatif", sample, "--without", "emergency, no voice"],
        "emergency, no voice available",
    );
    refused(
        &[
            "whatif",
            sample,
            "--case",
            "Night",
            "--given",
            "[Ana] can be reached",
        ],
        "Ana",
    );
    refused(
        &["compare", sample, "--case", "Night"],
        "--option A --with B",
    );
    refused(
        &[
            "compare",
            sample,
            "--case",
            "Night",
            "--option",
            "operate now",
            "--with",
            "pray",
        ],
        "wait for Ana",
    );
    refused(&["judge", sample, "--ask"], "--case");
    refused(
        &["judge", sample, "--ask", "--case", "Night appendectomy"],
        "--option",
    );
}

#[test]
fn an_interview_can_be_left_and_gone_on_with() {
    let folder = folder(&[("kept.fid", "")]);
    let kept = folder.path().join("kept.fid");
    let kept = kept.to_str().expect("a path in words");
    let case = ["--case", "The waiting room", "--ask"];
    let mut first = vec!["judge", "knowledge/cases/information/waiting-room.fid"];
    first.extend(case);
    first.extend(["--write", kept]);
    let ran = fiducia_reading(&first, "perhaps\nyes\nstop\n");
    assert!(ran.out.contains("I did not understand that"), "{}", ran.out);
    assert!(ran.out.contains("Stopped here"), "{}", ran.out);
    let text = std::fs::read_to_string(kept).expect("it was written");
    assert!(
        text.contains("given [the clinic] trains its staff in keeping confidences"),
        "{text}"
    );
    let mut second = vec!["judge", kept];
    second.extend(case);
    second.extend(["--write", kept]);
    let ran = fiducia_reading(&second, "no\n");
    assert!(!ran.out.contains("taught when and where"), "{}", ran.out);
    assert!(ran.out.contains("settled: \"security\""), "{}", ran.out);
    let ran = fiducia(&["settle", kept, "--case", "The waiting room"]);
    assert!(ran.out.contains("Nothing is open"), "{}", ran.out);
    // What was answered is kept in canonical form.
    let ran = fiducia(&["test", kept, "--only", "The waiting room"]);
    assert_ne!(ran.code, Some(2), "{}", ran.err);
}
