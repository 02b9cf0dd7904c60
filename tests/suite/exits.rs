//! How a run ends: every exit status of every verb, in a table; what a panic says; what cannot be written; when time is up.

use crate::run::{command, fiducia_reading, folder};
use fiducia::cli::{Exit, guarded};
use std::fs::OpenOptions;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Files that the table speaks of.
const FILES: &[(&str, &str)] = &[
    ("rules.fid", RULES),
    ("wrong.fid", WRONG),
    ("messy.fid", "kind    Person\n"),
    ("fails.fid", FAILS),
    ("lines.ndjson", LINES),
    ("slips.ndjson", SLIPS),
];

const RULES: &str = "rulebook \"small\" version \"1\"

source s is \"A source\"

kind Person

facts, false unless stated
  - [person: Person] swore
    opposite [person] did not swear
    can be changed by [person]
  - [person: Person] lied
    opposite [person] did not lie
    can be changed by [person]

duty \"truth\"
  owed by [person]
  arises if [person] swore
  broken if [person] lied
  cites s

case \"a lie\"
  cast
    - [Ann] is a Person
  given
    - [Ann] swore
    - [Ann] lied
  expect violated: duty \"truth\"
  option \"own up\"
    given [Ann] did not lie
  option \"stay silent\"
    given [Ann] lied
";
const FAILS: &str = "rulebook \"failing\" version \"1\"

kind Person

facts, false unless stated
  - [person: Person] swore

case \"none\"
  cast [Ann] is a Person
  given [Ann] swore
  expect false: [Ann] swore
";
const WRONG: &str = "kind Person

case \"odd\"
  cast [Ann] is a Persn
";
const LINES: &str = "{\"case\":\"one\",\"given\":[\"[Ann] swore\"]}\n";
const SLIPS: &str = "{\"case\":\"one\",\"given\":[\"[Ann] sware\"]}\n";

/// Status, then the command line; `@` stands for the folder of the files. Not every verb has a finding.
const ENDS: &str = "
0 judge @/rules.fid
1 judge @/rules.fid --deny violated
2 judge @/wrong.fid
2 judge @/none.fid
2 judge @/rules.fid --case nobody
2 judge @/rules.fid --option nothing
2 judge @/rules.fid --most-firings 1
0 explain @/rules.fid
0 explain @/rules.fid --duty truth
2 explain @/rules.fid --duty trust
2 explain @/wrong.fid
0 query [person]_lied --rules @/rules.fid --in @/rules.fid
1 query [person]_lied --rules @/rules.fid --in @/rules.fid --option own_up
2 query [person]_lies --rules @/rules.fid --in @/rules.fid
0 test @/rules.fid
1 test @/fails.fid
2 test @/wrong.fid
2 test @/rules.fid --junit @/none/file.xml
0 check @/rules.fid
1 check @/wrong.fid
1 check @/fails.fid --deny warnings
2 check @/none.fid
0 fmt --check @/rules.fid
1 fmt --check @/messy.fid
2 fmt --check @/none.fid
0 vocabulary --for @/rules.fid
0 vocabulary --for @/rules.fid lied
1 vocabulary --for @/rules.fid zebra
2 vocabulary --for @/wrong.fid
0 help
0 help S014
2 help S999
0 completions bash
2 completions tcsh
0 man
2 man --export @/rules.fid/x
0 rulebook
2 rulebook --export @/rules.fid/x
0 settle @/rules.fid
2 settle @/wrong.fid
0 comply @/rules.fid
2 comply @/wrong.fid
0 whatif @/rules.fid --given [Ann]_did_not_lie
2 whatif @/rules.fid --given [Ann]_did_not_lay
0 compare @/rules.fid --case a_lie --option own_up --with stay_silent
2 compare @/rules.fid --case a_lie --option own_up --with nothing
2 certify @/wrong.fid
2 verify @/none.json
0 coverage @/rules.fid
2 coverage @/wrong.fid
0 impact @/rules.fid @/rules.fid --cases @/rules.fid
2 impact @/rules.fid @/none.fid --cases @/rules.fid
0 audit --rules @/rules.fid @/lines.ndjson
1 audit --rules @/rules.fid @/slips.ndjson
2 audit --rules @/rules.fid @/none.ndjson
0 convert @/rules.fid
0 convert --to fid --rules @/rules.fid @/lines.ndjson
2 convert @/none.fid
2 jugde
";

#[test]
fn every_status_of_every_verb() {
    let folder = folder(FILES);
    let at = folder.path().to_str().expect("a path of letters");
    let mut wrong = Vec::new();
    for line in ENDS.lines().filter(|line| !line.is_empty()) {
        let (status, said) = line.split_once(' ').expect("a status");
        let arguments: Vec<String> = said
            .split(' ')
            .map(|word| word.replace('@', at))
            .map(|word| {
                if word.starts_with(at) {
                    word
                } else {
                    word.replace('_', " ")
                }
            })
            .collect();
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let ran = fiducia_reading(&arguments, "");
        if ran.code != status.parse().ok() {
            wrong.push(format!("{line}: {:?}\n{}{}", ran.code, ran.out, ran.err));
        }
        // What went wrong is told, and where a program may read the answer it stands apart from it.
        if ran.code == Some(2) && ran.out.is_empty() && ran.err.is_empty() {
            wrong.push(format!("{line}: nothing is said"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The name of the variable by which a test knows that it is the child that is to panic.
const CHILD: &str = "FIDUCIA_TEST_PANICS";

/// Does nothing but in the child of the next test: there what the command line runs panics with words of a case.
#[test]
fn panics_where_it_is_told_to() {
    let Ok(how) = std::env::var(CHILD) else {
        return;
    };
    let words = "Mr Bauer has cancer".to_owned();
    let exit = guarded(move || {
        match how.as_str() {
            "here" => panic!("{words}"),
            "in a thread" => std::thread::scope(|scope| {
                scope.spawn(|| panic!("{words}"));
            }),
            _ => assert_eq!(words, "Ms Rojas has none"),
        }
        Exit::AsExpected
    });
    std::process::exit(exit as i32);
}

#[test]
fn a_panic_is_ours_and_says_nothing_of_a_case() {
    for how in ["here", "in a thread", "by comparing"] {
        let binary = std::env::current_exe().expect("this binary");
        let output = Command::new(binary)
            .args([
                "--exact",
                "exits::panics_where_it_is_told_to",
                "--nocapture",
            ])
            .env(CHILD, how)
            .output()
            .expect("it runs");
        assert_eq!(output.status.code(), Some(3), "{how}");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let all = format!("{said}{}", String::from_utf8_lossy(&output.stdout));
        assert!(
            said.contains("met a fault of its own at tests/suite/exits.rs"),
            "{how}: {said}"
        );
        assert!(said.contains("Nothing was judged"), "{how}: {said}");
        for word in ["Bauer", "cancer", "Rojas"] {
            assert!(!all.contains(word), "{how}: {all}");
        }
    }
}

/// An answer that nobody can be given is no success, and no fault of ours; a finding does not hide it.
#[test]
#[cfg(target_os = "linux")]
fn an_answer_that_cannot_be_written_is_told() {
    let folder = folder(FILES);
    let rules = folder.path().join("rules.fid");
    let rules = rules.to_str().expect("a path of letters");
    for arguments in [
        &["judge", rules][..],
        &["judge", rules, "--deny", "violated"],
        &["judge", rules, "--format", "json"],
        &["help"],
    ] {
        let full = OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .expect("there");
        let output = command(arguments)
            .stdout(Stdio::from(full))
            .stderr(Stdio::piped())
            .output()
            .expect("it runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
        assert!(
            said.contains("I cannot write the answer"),
            "{arguments:?}: {said}"
        );
    }
}

/// Sixty people each of whom knows each: a chain of six of them is looked for whose ages come to more than they can.
#[test]
fn a_long_join_of_which_nothing_comes_ends_in_time() {
    let mut text = "rulebook \"company\" version \"1\"

kind Person
kind Age is a number in \"years\"

facts, false unless stated
  - [one: Person] knows [other: Person]
  - [one: Person] is [age: Age] old

findings
  - [one: Person] is in old company

rule \"long\"
"
    .to_owned();
    for at in 0..6 {
        let lead = if at == 0 { "if" } else { "and" };
        text += &format!(
            "  {lead} [p{at}] knows [p{}]\n  and [p{at}] is [a{at}] old\n",
            at + 1
        );
    }
    text += "  and [a0] + [a1] + [a2] + [a3] + [a4] + [a5] is more than 1000\n";
    text += "  then [p0] is in old company\n\ncase \"many\"\n";
    for one in 0..60 {
        text += &format!("  cast [P{one}] is a Person\n  given [P{one}] is [40] old\n");
        for other in 0..60 {
            text += &format!("  given [P{one}] knows [P{other}]\n");
        }
    }
    let began = Instant::now();
    let ran = fiducia_reading(&["judge", "-", "--time", "2"], &text);
    assert_eq!(ran.code, Some(2), "{}", ran.out);
    assert!(ran.err.contains("the time allowed is over"), "{}", ran.err);
    assert!(ran.out.contains("NOT JUDGED"), "{}", ran.out);
    assert!(!ran.out.contains("FINDINGS"), "{}", ran.out);
    assert!(
        began.elapsed() < Duration::from_secs(60),
        "{:?}",
        began.elapsed()
    );
}
