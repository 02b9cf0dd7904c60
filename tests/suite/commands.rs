//! Each verb, end to end through the binary: arguments, what is printed, exit status.

use crate::run::{command, fiducia, fiducia_reading, folder, read};
use std::process::Stdio;

const SAMPLE: &str = "tests/fixtures/sample.fid";
const FAULTY: &str =
    "rulebook \"x\" version \"1\"\n\nkind Person\n\nrule \"r\"\n  if [a] is\n  thn [a] goes\n";
const MESSY: &str = "# first\nrulebook   \"x\"  version \"1\"\n\n\n\nkind    Person # who\nfacts, false unless stated\n     -   [a: Person]   goes\n";

fn snapshot(name: &str, text: &str) {
    insta::with_settings!({omit_expression => true, snapshot_path => "../snapshots/commands", prepend_module_to_snapshot => false}, {
        insta::assert_snapshot!(name, text);
    });
}

#[test]
fn help_lists_every_verb() {
    let ran = fiducia(&["help"]);
    assert_eq!(ran.code, Some(0));
    snapshot("help", &ran.out);
    for verb in [
        "check",
        "fmt",
        "vocabulary",
        "rulebook",
        "help",
        "completions",
        "man",
    ] {
        let ran = fiducia(&["help", verb]);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        snapshot(&format!("help-{verb}"), &ran.out);
    }
}

#[test]
fn help_prints_the_page_of_a_code() {
    let ran = fiducia(&["help", "f005"]);
    assert_eq!((ran.code, ran.out), (Some(0), read("docs/errors/F005.md")));
    let ran = fiducia(&["help", "Z999"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("fiducia help codes"));
    let ran = fiducia(&["help", "codes"]);
    assert!(ran.out.lines().count() >= 50);
}

#[test]
fn a_wrong_command_line_is_the_users_mistake() {
    for wrong in [
        &["jugde"][..],
        &["check", "--formt", "json"],
        &["fmt", "-", "x.fid"],
    ] {
        let ran = fiducia(wrong);
        assert_eq!(ran.code, Some(2), "{wrong:?}");
        assert!(!ran.err.is_empty() && ran.out.is_empty());
    }
    assert_eq!(fiducia(&["--version"]).code, Some(0));
}

#[test]
fn check_counts_what_is_fine() {
    let ran = fiducia(&["check", SAMPLE]);
    assert_eq!(ran.code, Some(0), "{}", ran.out);
    assert!(
        ran.out
            .contains("Read 1 file, 26 sentences, 14 rules, 4 cases"),
        "{}",
        ran.out
    );
}

#[test]
fn check_finds_faults() {
    let folder = folder(&[("x.fid", FAULTY)]);
    let path = folder.path().join("x.fid");
    let path = path.to_str().expect("a path of letters");
    let text = fiducia(&["check", path]);
    assert_eq!(text.code, Some(1));
    assert!(text.out.contains("7 │   thn [a] goes"), "{}", text.out);
    assert!(!text.out.contains('\u{1b}'), "no colour into a pipe");
    let plain = fiducia(&["check", "--format", "plain", path]);
    assert_eq!(plain.code, Some(1));
    assert!(plain.out.is_ascii(), "{}", plain.out);
    assert!(
        plain.out.contains(&format!("{path}:7:3: error ")),
        "{}",
        plain.out
    );
    let json = fiducia(&["check", "--format", "json", path]);
    assert_eq!(json.code, Some(1));
    let value: serde_json::Value = serde_json::from_str(&json.out).expect("JSON");
    assert_eq!(value["schema"], "fiducia/check/1");
    assert_eq!(value["rules"]["all"], 1);
    assert_eq!(value["rules"]["fine"], 0);
    assert_eq!(value["faults"][0]["places"][0]["file"], path);
}

#[test]
fn check_reads_standard_input() {
    let ran = fiducia_reading(&["check", "--format", "plain", "-"], FAULTY);
    assert_eq!(ran.code, Some(1));
    assert!(ran.out.contains("<standard input>:7:3"), "{}", ran.out);
}

#[test]
fn what_cannot_be_read_is_a_mistake() {
    let ran = fiducia(&["check", "no/such.fid"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.out.contains("[F001]"));
}

#[test]
fn warnings_can_be_denied() {
    let text = "rulebook \"x\" version \"1\"\n\nkind Person\n\nfacts, false unless stated\n  - [a: Person] goes\n  - [a: Person] stays\n\n\
                duty \"d\"\n  owed by [a]\n  arises if [a] goes\n  broken if [a] stays\n";
    let folder = folder(&[("x.fid", text)]);
    let path = folder.path().join("x.fid");
    let path = path.to_str().expect("a path of letters");
    let ran = fiducia(&["check", path]);
    assert_eq!(ran.code, Some(0), "{}", ran.out);
    assert!(ran.out.contains("warning["), "{}", ran.out);
    assert_eq!(
        fiducia(&["check", "--deny", "warnings", path]).code,
        Some(1)
    );
}

#[test]
fn fmt_shows_then_writes() {
    let folder = folder(&[("x.fid", MESSY), ("bad.fid", FAULTY)]);
    let path = folder.path().join("x.fid");
    let name = path.to_str().expect("a path of letters");
    let ran = fiducia(&["fmt", "--check", name]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.out.contains("-rulebook   \"x\""), "{}", ran.out);
    assert_eq!(std::fs::read_to_string(&path).expect("there"), MESSY);
    let ran = fiducia(&["fmt", name]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let written = std::fs::read_to_string(&path).expect("there");
    assert!(
        written.contains("# first\n") && written.contains("kind Person  # who"),
        "{written}"
    );
    assert_eq!(fiducia(&["fmt", "--check", name]).code, Some(0));
    let ran = fiducia_reading(&["fmt", "-"], MESSY);
    assert_eq!((ran.code, ran.out), (Some(0), written));
    let bad = folder.path().join("bad.fid");
    let ran = fiducia(&["fmt", bad.to_str().expect("a path of letters")]);
    assert_eq!(ran.code, Some(2));
    assert_eq!(std::fs::read_to_string(&bad).expect("there"), FAULTY);
}

#[test]
fn fmt_brings_older_wordings_in_cases_up_to_date() {
    let book = "rulebook \"x\" version \"1\"\n\nkind Person\nkind Act\n\nfacts, false unless stated\n  - [act: Act] was done by [who: Person]\n    formerly [who] did [act]\n";
    let case =
        "case \"c\"\n  cast [Ada] is a Person\n  cast [it] is an Act\n  given [Ada] did [it]\n";
    let folder = folder(&[("x.fid", book), ("c.fid", case)]);
    let ran = fiducia(&["fmt", folder.path().to_str().expect("a path of letters")]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let now = std::fs::read_to_string(folder.path().join("c.fid")).expect("there");
    assert!(now.contains("given [it] was done by [Ada]"), "{now}");
}

#[cfg(unix)]
#[test]
fn fmt_keeps_links_and_permissions() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder(&[("real.fid", MESSY)]);
    let real = folder.path().join("real.fid");
    let link = folder.path().join("link.fid");
    std::os::unix::fs::symlink(&real, &link).expect("linked");
    std::fs::set_permissions(&real, std::fs::Permissions::from_mode(0o640)).expect("set");
    let ran = fiducia(&["fmt", link.to_str().expect("a path of letters")]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(
        std::fs::symlink_metadata(&link)
            .expect("there")
            .is_symlink()
    );
    assert_ne!(std::fs::read_to_string(&real).expect("there"), MESSY);
    let mode = std::fs::metadata(&real)
        .expect("there")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o640);
}

#[test]
fn judge_without_a_path_judges_the_worked_cases() {
    let ran = fiducia(&["judge"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{}", ran.out);
    for name in fiducia::session::worked() {
        let report = name.to_uppercase();
        assert!(ran.out.contains(&report), "{name} is not judged");
    }
}

#[test]
fn judge_prints_many_reports_on_request() {
    let many = fiducia(&["judge", "knowledge/cases/consent"]);
    assert_eq!(many.code, Some(0), "{}", many.err);
    assert!(
        many.out
            .lines()
            .last()
            .is_some_and(|line| line.contains("--reports"))
    );
    let deny = fiducia(&[
        "judge",
        "--deny",
        "violated",
        SAMPLE,
        "--case",
        "sleep study",
    ]);
    assert_eq!(deny.code, Some(1), "{}", deny.err);
    let wrong = fiducia(&["judge", SAMPLE, "--option", "operate"]);
    assert_eq!(wrong.code, Some(2));
    assert!(wrong.err.contains("[F012]"), "{}", wrong.err);
    let one = fiducia(&["judge", SAMPLE, "--option", "operate now"]);
    assert_eq!(one.code, Some(0), "{}", one.err);
    assert!(one.out.contains("NIGHT APPENDECTOMY") && !one.out.contains("SLEEP STUDY"));
}

#[test]
fn judge_speaks_json() {
    let ran = fiducia(&["judge", SAMPLE, "--case", "Night", "--format", "json"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    let value: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(value["schema"], "fiducia/judgement/1");
    let options: Vec<&str> = value["judgements"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|one| one["option"].as_str())
        .collect();
    assert_eq!(options, ["operate now", "wait for Ana"]);
    let broken = fiducia_reading(&["judge", "-", "--format", "json"], FAULTY);
    let value: serde_json::Value = serde_json::from_str(&broken.out).expect("JSON");
    assert_eq!(broken.code, Some(2));
    assert!(
        value["faults"]
            .as_array()
            .is_some_and(|faults| !faults.is_empty())
    );
}

#[test]
fn explain_answers_for_a_duty_a_sentence_and_a_picture() {
    let night = [
        "explain",
        SAMPLE,
        "--case",
        "Night",
        "--option",
        "operate now",
    ];
    let with = |more: &[&'static str]| fiducia(&[&night[..], more].concat());
    let duty = with(&[
        "--duty",
        "\"informed consent\" owed by [Dr Osei] to [Mr Lind]",
    ]);
    assert_eq!((duty.code, duty.err.as_str()), (Some(0), ""));
    assert!(
        duty.out.contains("emergency, no voice available"),
        "{}",
        duty.out
    );
    let sentence = with(&[
        "--sentence",
        "[appendectomy] cannot wait for anyone who speaks for [Mr Lind]",
    ]);
    assert_eq!((sentence.code, sentence.err.as_str()), (Some(0), ""));
    assert!(
        sentence
            .out
            .contains("40 minutes is not at most 25 minutes"),
        "{}",
        sentence.out
    );
    let json = with(&["--duty", "informed consent", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&json.out).expect("JSON");
    assert_eq!(
        value["pages"][0]["case"], "Night appendectomy",
        "{}",
        json.err
    );
    assert!(with(&["--format", "dot"]).out.starts_with("digraph"));
    assert!(with(&["--format", "svg"]).out.contains("<svg"));
    assert_eq!(
        fiducia(&["explain", SAMPLE, "--format", "svg"]).code,
        Some(2),
        "one case a picture"
    );
    let nobody = with(&["--duty", "\"rescue\" owed by [Dr Osie]"]);
    assert_eq!(nobody.code, Some(2));
    assert!(nobody.err.contains("[Dr Osei]"), "{}", nobody.err);
    assert_eq!(with(&["--depth", "deep"]).code, Some(2));
}

#[test]
fn test_holds_the_expectations_of_the_sample() {
    let ran = fiducia(&["test", SAMPLE]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{}", ran.out);
    assert_eq!(
        ran.out,
        "4 cases judged, 17 expectations: 17 held, none failed.\n"
    );
    let one = fiducia(&["test", SAMPLE, "--only", "sleep"]);
    assert_eq!(
        one.out,
        "1 case judged, 4 expectations: 4 held, none failed.\n"
    );
    assert_eq!(
        fiducia(&["test", SAMPLE, "--only", "no such case"]).code,
        Some(2)
    );
}

#[test]
fn test_says_what_is_so_instead() {
    let text = read(SAMPLE)
        .replace("expect exempt: duty", "expect violated: duty")
        .replace("expect impermissible: option", "expect permissible: option");
    let folder = folder(&[("x.fid", &text)]);
    let path = folder.path().join("x.fid");
    let name = path.to_str().expect("a path of letters");
    let junit = folder.path().join("out.xml");
    let ran = fiducia(&[
        "test",
        name,
        "--junit",
        junit.to_str().expect("a path of letters"),
    ]);
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    let shown = ran.out.replace(name, "x.fid");
    snapshot("test-failed", &shown);
    let xml = std::fs::read_to_string(junit).expect("written");
    assert!(
        xml.contains("tests=\"17\"") && xml.contains("failures=\"2\""),
        "{xml}"
    );
    let json = fiducia(&["test", name, "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&json.out).expect("JSON");
    assert_eq!((&value["failed"], &value["cases"]), (&2.into(), &4.into()));
}

#[test]
fn a_case_that_cannot_be_judged_is_no_success() {
    let text = read(SAMPLE).replace("cast [Ana] is a Person", "cast [Ana] is a Persn");
    let ran = fiducia_reading(&["test", "-"], &text);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("error["), "{}", ran.err);
    assert!(
        ran.out.contains("1 case could not be judged"),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("3 cases judged"), "{}", ran.out);
}

#[test]
fn limits_are_told() {
    let ran = fiducia(&["test", "--most-firings", "1", SAMPLE]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("[J005]"), "{}", ran.err);
}

#[test]
fn query_lists_for_whom() {
    let ran = fiducia(&[
        "query",
        "[clinician] performs [act] on [patient]",
        "duty \"informed consent\" owed by [clinician] to [patient] about [act] is exempt",
        "--in",
        SAMPLE,
    ]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    snapshot("query", &ran.out);
    let nobody = fiducia(&[
        "query",
        "[Ana] speaks for [Ana]",
        "--in",
        SAMPLE,
        "--case",
        "Night",
    ]);
    assert_eq!(
        (nobody.code, nobody.out.as_str()),
        (Some(1), ""),
        "{}",
        nobody.err
    );
    let wrong = fiducia(&["query", "[a] performz [b] on [c]", "--in", SAMPLE]);
    assert_eq!(wrong.code, Some(2));
    assert_eq!(wrong.err.matches("[S014]").count(), 1, "{}", wrong.err);
    let json = fiducia(&[
        "query",
        "[a] performs [b] on [c]",
        "--in",
        SAMPLE,
        "--format",
        "json",
    ]);
    let value: serde_json::Value = serde_json::from_str(&json.out).expect("JSON");
    assert_eq!(value["answers"][0]["values"][0]["value"], "Dr Osei");
}

#[test]
fn an_answer_of_a_query_says_why() {
    let asked = [
        "query",
        "[person] made [info] known to [other]",
        "--in",
        "docs/tutorial/bus.fid",
    ];
    let ran = fiducia(&[&asked[..], &["--why", "--format", "plain"]].concat());
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(
        ran.out
            .contains("Mira disclosed the diagnosis to Jana (stated)"),
        "{}",
        ran.out
    );
    // What was stopped gives no answer, rather than a shorter one.
    let ran = fiducia(&[&asked[..], &["--most-derived", "1"]].concat());
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert!(ran.err.contains("more than one sentence follows"));
}

#[test]
fn a_name_that_is_wrong_is_told_with_the_nearest() {
    let bus = "docs/tutorial/bus.fid";
    let ran = fiducia(&["judge", bus, "--case", "A word on the boat"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert!(
        ran.err
            .contains("there is no case \"a word on the boat\" in what was named")
            && ran.err.contains("Did you mean \"A word on the bus\"?"),
        "{}",
        ran.err
    );
    // One that is right is judged all the same.
    let ran = fiducia(&["judge", bus, "--case", "bus", "--case", "tram"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.out.starts_with("A WORD ON THE BUS"), "{}", ran.out);
    // An ideal may be named like a duty.
    let ran = fiducia(&["explain", bus, "--duty", "cultural humility"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    // Forgotten brackets are put where they belong.
    let said = "Mira disclosed the diagnosis to Jana";
    let ran = fiducia(&["explain", bus, "--sentence", said]);
    assert!(
        ran.err
            .contains("Did you mean [Mira] disclosed [the diagnosis] to [Jana]?"),
        "{}",
        ran.err
    );
    let ran = fiducia(&["explain", bus, "--proof", "0"]);
    assert_eq!(ran.code, Some(2), "{}", ran.out);
}

#[test]
fn fmt_speaks_json() {
    let folder = folder(&[("messy.fid", MESSY)]);
    let file = folder.path().join("messy.fid");
    let path = file.to_str().expect("a path");
    let ran = fiducia(&["fmt", "--check", "--format", "json", path]);
    let value: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(ran.code, Some(1));
    assert_eq!(value["files"][0]["changed"], true, "{value}");
}

#[test]
fn vocabulary_finds_sentences() {
    let ran = fiducia(&["vocabulary", "--for", SAMPLE, "capacity"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    snapshot("vocabulary", &ran.out);
    let slip = fiducia(&["vocabulary", "--for", SAMPLE, "capasity"]);
    assert_eq!(slip.out, ran.out);
    let json = fiducia(&[
        "vocabulary",
        "--for",
        SAMPLE,
        "capacity",
        "--format",
        "json",
    ]);
    let value: serde_json::Value = serde_json::from_str(&json.out).expect("JSON");
    assert_eq!(
        value["sentences"][0]["key"],
        "_ has capacity to decide on _"
    );
    assert_eq!(
        fiducia(&["vocabulary", "--for", SAMPLE, "xylophone"]).code,
        Some(1)
    );
    let all = fiducia(&["vocabulary", "--for", SAMPLE]);
    assert_eq!(all.out.matches("unless stated").count(), 24, "{}", all.out);
}

#[test]
fn the_built_in_rulebook_can_be_written_out_and_judges_the_same() {
    let folder = folder(&[]);
    let into = folder.path().join("book");
    let name = into.to_str().expect("a path of letters");
    assert_eq!(fiducia(&["rulebook", "--export", name]).code, Some(0));
    assert_eq!(
        fiducia(&["rulebook", "--export", name]).code,
        Some(0),
        "twice is the same"
    );
    let built_in = fiducia(&["check"]);
    let exported = fiducia(&["check", name]);
    assert_eq!(built_in.code, exported.code);
    assert_eq!(built_in.out.lines().last(), exported.out.lines().last());
    std::fs::write(
        into.join("standard.fid"),
        "rulebook \"mine\" version \"1\"\n",
    )
    .expect("written");
    let ran = fiducia(&["rulebook", "--export", name]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("nothing was written"), "{}", ran.err);
}

#[test]
fn shells_and_man_are_served() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let ran = fiducia(&["completions", shell]);
        assert!(
            ran.code == Some(0) && ran.out.contains("vocabulary"),
            "{shell}"
        );
    }
    let ran = fiducia(&["man"]);
    assert!(ran.code == Some(0) && ran.out.starts_with(".ie") && ran.out.contains("vocabulary"));
    let folder = folder(&[]);
    let name = folder.path().to_str().expect("a path of letters");
    assert_eq!(fiducia(&["man", "--export", name]).code, Some(0));
    assert!(folder.path().join("fiducia-check.1").is_file());
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let mut child = command(&["help", "codes"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the binary ends");
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stderr.is_empty());
}
