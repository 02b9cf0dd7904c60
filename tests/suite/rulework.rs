//! What is asked of a rulebook rather than of a case: coverage, impact, `check --deep`; and, with certificates, a grid of
//! every construct of the language.

use crate::loaded::{Loaded, load};
use crate::run::{fiducia, folder, page_is, read};
use fiducia::bank::coverage::{BlockCovered, cover};
use fiducia::bank::deep::{Finding, deep};
use fiducia::bank::sample::Sampler;
use fiducia::engine::{Journal, Limits, Memory};
use fiducia::explain::certify;
use fiducia::judge::{judge, worlds};
use fiducia::plan::{BlockId, compile};
use fiducia::rulebook::Rulebook;
use fiducia::verify::{Certificate, verify};
use serde_json::Value;
use std::process::Command;

const SAMPLE: &str = "tests/fixtures/sample.fid";

/// What every rulebook of the grid begins with.
const WORDS: &str = r#"rulebook "grid" version "1"

source book is "A book"

kind Person
kind Hours is a number in "hours"

facts, false unless stated
  - [a: Person] acted
  - [a: Person] was forced
  - [a: Person] helped [b: Person]
  - [a: Person] worked [h: Hours] hours

facts, unknown unless stated
  - [a: Person] agreed
    opposite [a] did not agree
    question "Did [a] agree?"

settings
  - the limit is [h: Hours] hours
    default [10]
    because "a day has an end"

concepts
  - [a: Person] is bound

rule "bound"
  if [a] acted
  then [a] is bound
  cites book
"#;

/// A construct: the blocks that use it, the case in which it decides, what to write otherwise so that a verdict is another,
/// the block it stands in and (a piece of) its line.
struct Cell {
    construct: &'static str,
    blocks: &'static str,
    case: &'static str,
    change: (&'static str, &'static str),
    block: &'static str,
    line: &'static str,
}

const DUTY: &str = r#"
duty "d"
  owed by [a]
  arises if [a] is bound
  broken if [a] was forced
  cites book
"#;

const GRID: &[Cell] = &[
    Cell {
        construct: "sentence",
        blocks: "",
        case: "given [A] acted\n  given [A] was forced",
        change: ("broken if [a] was forced", "met if [a] was forced"),
        block: "duty \"d\"",
        line: "[a] was forced",
    },
    Cell {
        construct: "opposite",
        blocks: "duty \"o\"\n  owed by [a]\n  arises if [a] acted\n  broken if [a] did not agree\n  cites book\n",
        case: "given [A] acted\n  given [A] did not agree",
        change: ("broken if [a] did not agree", "broken if [a] agreed"),
        block: "duty \"o\"",
        line: "[a] did not agree",
    },
    Cell {
        construct: "unknown",
        blocks: "duty \"o\"\n  owed by [a]\n  arises if [a] acted\n  broken if it is not known whether [a] agreed\n  cites book\n",
        case: "given [A] acted\n  unknown [A] agreed",
        change: (
            "broken if it is not known whether [a] agreed",
            "broken if [a] was forced",
        ),
        block: "duty \"o\"",
        line: "it is not known whether",
    },
    Cell {
        construct: "comparison",
        blocks: "duty \"o\"\n  owed by [a]\n  arises if [a] worked [h] hours\n  broken if [h] is more than 5\n  cites book\n",
        case: "given [A] worked [6] hours",
        change: ("more than 5", "more than 7"),
        block: "duty \"o\"",
        line: "[h] is more than 5",
    },
    Cell {
        construct: "count",
        blocks: "duty \"o\"\n  owed by [a]\n  arises if [a] acted\n  broken if at least 2 [b] where\n    - [a] helped [b]\n  cites book\n",
        case: "given [A] acted\n  given [A] helped [B]\n  given [A] helped [C]",
        change: ("at least 2", "at least 3"),
        block: "duty \"o\"",
        line: "at least 2",
    },
    Cell {
        construct: "every",
        blocks: "duty \"o\"\n  owed by [a]\n  arises if [a] acted\n  broken if every [b] where\n    - [a] helped [b]\n    is such that\n    - [b] was forced\n  cites book\n",
        case: "given [A] acted\n  given [A] helped [B]\n  given [B] was forced",
        change: ("    - [b] was forced", "    - [b] acted"),
        block: "duty \"o\"",
        line: "every [b]",
    },
    Cell {
        construct: "fold",
        blocks: "duty \"o\"\n  owed by [a]\n  arises if [a] acted\n  broken if let [t] be the sum of [h] over [b] where\n    - [a] helped [b]\n    - [b] worked [h] hours\n  and [t] is more than 5\n  cites book\n",
        case: "given [A] acted\n  given [A] helped [B]\n  given [A] helped [C]\n  given [B] worked [3] hours\n  given [C] worked [3] hours",
        change: ("[t] is more than 5", "[t] is more than 50"),
        block: "duty \"o\"",
        line: "the sum of",
    },
    Cell {
        construct: "let",
        blocks: "duty \"o\"\n  owed by [a]\n  arises if [a] worked [h] hours\n  broken if let [u] be [h] * 2\n  and [u] is more than 5\n  cites book\n",
        case: "given [A] worked [3] hours",
        change: ("[h] * 2", "[h] * 1"),
        block: "duty \"o\"",
        line: "let [u]",
    },
    Cell {
        construct: "verdict condition",
        blocks: "concern \"c\"\n  about [a]\n  raised if duty \"d\" owed by [a] is violated\n  cites book\n",
        case: "given [A] acted\n  given [A] was forced",
        change: ("is violated", "is fulfilled"),
        block: "concern \"c\"",
        line: "is violated",
    },
    Cell {
        construct: "exemption",
        blocks: "exemption \"e\" from duty \"d\"\n  if [a] worked [h] hours\n  cites book\n",
        case: "given [A] acted\n  given [A] was forced\n  given [A] worked [1] hours",
        change: ("  if [a] worked [h] hours", "  if [a] helped [a]"),
        block: "exemption \"e\"",
        line: "[a] worked [h] hours",
    },
    Cell {
        construct: "excuse",
        blocks: "excuse \"e\" for duty \"d\"\n  if [a] worked [h] hours\n  cites book\n",
        case: "given [A] acted\n  given [A] was forced\n  given [A] worked [1] hours",
        change: ("  if [a] worked [h] hours", "  if [a] helped [a]"),
        block: "excuse \"e\"",
        line: "[a] worked [h] hours",
    },
    Cell {
        construct: "priority",
        blocks: "duty \"u\"\n  owed by [a]\n  arises if [a] acted\n  met if [a] agreed\n  cites book\n\npriority \"p\"\n  duty \"u\" outranks duty \"d\"\n  if [a] worked [h] hours\n  cites book\n",
        case: "given [A] acted\n  given [A] was forced\n  given [A] agreed\n  given [A] worked [1] hours",
        change: ("  if [a] worked [h] hours", "  if [a] helped [a]"),
        block: "priority \"p\"",
        line: "[a] worked [h] hours",
    },
    Cell {
        construct: "follow-on",
        blocks: "duty \"f\"\n  owed by [a]\n  after duty \"d\" owed by [a] is violated\n  met if [a] agreed\n  cites book\n",
        case: "given [A] acted\n  given [A] was forced\n  given [A] agreed",
        change: ("is violated", "is fulfilled"),
        block: "duty \"f\"",
        line: "after duty",
    },
    Cell {
        construct: "ideal",
        blocks: "ideal \"i\"\n  for [a]\n  applies if [a] acted\n  met if [a] agreed\n  cites book\n",
        case: "given [A] acted\n  given [A] agreed",
        change: ("met if [a] agreed", "met if [a] was forced"),
        block: "ideal \"i\"",
        line: "[a] agreed",
    },
    Cell {
        construct: "concern",
        blocks: "concern \"c\"\n  about [a]\n  raised if [a] worked [h] hours\n  cites book\n",
        case: "given [A] worked [1] hours",
        change: ("raised if [a] worked [h] hours", "raised if [a] helped [a]"),
        block: "concern \"c\"",
        line: "[a] worked [h] hours",
    },
    Cell {
        construct: "setting",
        blocks: "duty \"o\"\n  owed by [a]\n  arises if [a] worked [h] hours\n  broken if the limit is [most] hours\n  and [h] is more than [most]\n  cites book\n",
        case: "given [A] worked [12] hours",
        change: ("default [10]", "default [20]"),
        block: "duty \"o\"",
        line: "the limit is",
    },
    Cell {
        construct: "option",
        blocks: "",
        case: "given [A] acted\n  option \"force\"\n    given [A] was forced\n  option \"ask\"\n    given [A] agreed",
        change: ("broken if [a] was forced", "broken if [a] agreed"),
        block: "duty \"d\"",
        line: "[a] was forced",
    },
    Cell {
        construct: "parts",
        blocks: "duty \"o\"\n  owed by [a]\n  arises if [a] acted\n  broken in \"force\" if [a] was forced\n  arises in \"word\" if [a] worked [h] hours\n  met in \"word\" if [a] agreed\n  cites book\n",
        case: "given [A] acted\n  given [A] worked [1] hours\n  given [A] agreed",
        change: (
            "met in \"word\" if [a] agreed",
            "met in \"word\" if [a] did not agree",
        ),
        block: "duty \"o\"",
        line: "[a] agreed",
    },
    Cell {
        construct: "any of these, none, unless",
        blocks: "duty \"o\"\n  owed by [a]\n  arises if any of these\n    - [a] acted\n    - [a] was forced\n  broken if no [b] where\n    - [a] helped [b]\n  unless [a] worked [h] hours\n  cites book\n",
        case: "given [A] acted",
        change: ("broken if no [b] where", "broken if at least 1 [b] where"),
        block: "duty \"o\"",
        line: "no [b] where",
    },
];

impl Cell {
    fn rules(&self) -> String {
        format!("{WORDS}{DUTY}\n{}", self.blocks)
    }

    fn case(&self) -> String {
        let cast = ["A", "B", "C"].map(|name| format!("  cast [{name}] is a Person\n"));
        format!("\ncase \"c\"\n{}  {}\n", cast.concat(), self.case)
    }

    fn text(&self) -> String {
        self.rules() + &self.case()
    }

    fn changed(&self) -> String {
        let rules = self.rules();
        let (from, to) = self.change;
        assert!(rules.contains(from), "{}: {from}", self.construct);
        rules.replace(from, to) + &self.case()
    }
}

fn loaded(construct: &str, text: &str) -> Loaded {
    load(text).unwrap_or_else(|faults| panic!("{construct}: {faults:#?}\n{text}"))
}

fn name(book: &Rulebook, block: BlockId) -> String {
    fiducia::bank::impact::block_name(book, block)
}

/// The certificate of the world in which the construct decides: the first option, or the case itself.
fn papers(book: &Rulebook, text: &Loaded) -> Vec<Certificate> {
    let plan = compile(book).expect("it compiles");
    let case = &text.cases[0];
    let of = |world: &fiducia::judge::World| {
        let memory = Memory::<Journal>::default();
        let judged = judge(book, &plan, &world.record, memory, Limits::default());
        assert!(judged.faults().is_empty());
        certify(case, world.option, world.suppose, &judged)
    };
    worlds(&book.vocabulary, case).iter().map(of).collect()
}

/// What the changed rules give is not what these give: their certificate, passed off as one of these, is refused.
#[test]
fn grid_certificates() {
    for cell in GRID {
        let mine = loaded(cell.construct, &cell.text());
        let other = loaded(cell.construct, &cell.changed());
        let (own, forged) = (papers(&mine.book, &mine), papers(&other.book, &other));
        let records = worlds(&mine.book.vocabulary, &mine.cases[0]);
        let mut refused = 0;
        for ((own, forged), world) in own.iter().zip(&forged).zip(&records) {
            let held = verify(&mine.book, &world.record, own);
            assert!(held.is_ok(), "{}: {:?}", cell.construct, held.err());
            let passed_off = Certificate {
                rulebook: own.rulebook.clone(),
                case: own.case.clone(),
                ..forged.clone()
            };
            refused += usize::from(verify(&mine.book, &world.record, &passed_off).is_err());
        }
        assert!(
            refused > 0,
            "{}: no forged certificate is refused",
            cell.construct
        );
    }
}

fn covered<'c>(blocks: &'c [BlockCovered], book: &Rulebook, cell: &Cell) -> &'c BlockCovered {
    let mut own = blocks.iter();
    own.find(|block| name(book, block.block) == cell.block)
        .unwrap_or_else(|| panic!("{}: {}", cell.construct, cell.block))
}

#[test]
fn grid_coverage() {
    for cell in GRID {
        let text = cell.text();
        let Loaded { book, cases } = loaded(cell.construct, &text);
        let plan = compile(&book).expect("it compiles");
        let with = cover(&book, &plan, cases.iter(), Limits::default());
        let without = cover(&book, &plan, [].iter(), Limits::default());
        let held = |blocks: &[BlockCovered]| {
            let block = covered(blocks, &book, cell);
            let lines = block.bodies.iter().flat_map(|body| &body.lines);
            let mut mine = lines.filter(|line| {
                let words = &text[line.span.start as usize..line.span.end as usize];
                words.contains(cell.line)
            });
            mine.any(|line| line.holds == Some(true))
        };
        assert!(
            held(&with.blocks),
            "{}: its line is not covered",
            cell.construct
        );
        assert!(
            !held(&without.blocks),
            "{}: covered by nothing",
            cell.construct
        );
        assert!(with.percent() > without.percent(), "{}", cell.construct);
    }
}

#[test]
fn grid_impact() {
    for cell in GRID {
        let files = folder(&[("old.fid", &cell.text()), ("new.fid", &cell.changed())]);
        let at = |name: &str| files.path().join(name).to_string_lossy().into_owned();
        let ran = fiducia(&["impact", &at("old.fid"), &at("new.fid"), "--format", "json"]);
        assert_eq!(
            ran.code,
            Some(1),
            "{}: {}{}",
            cell.construct,
            ran.out,
            ran.err
        );
        let view: Value = serde_json::from_str(&ran.out).expect("JSON");
        let verdicts = view["verdicts"].as_array().expect("a list");
        assert!(!verdicts.is_empty(), "{}: {}", cell.construct, ran.out);
        if cell.construct != "setting" {
            let named = verdicts.iter().any(|turned| {
                let by = format!("{}{}", turned["no_longer_by"], turned["now_by"]);
                by.replace('\\', "").contains(cell.block)
            });
            assert!(named, "{}: {}", cell.construct, ran.out);
        }
        let same = fiducia(&["impact", &at("old.fid"), &at("old.fid")]);
        assert_eq!(same.code, Some(0), "{}: {}", cell.construct, same.out);
    }
}

/// Of every construct a small case is made in which it acts: no finding is about its block.
#[test]
fn grid_deep() {
    for cell in GRID {
        let Loaded { book, .. } = loaded(cell.construct, &cell.text());
        let plan = compile(&book).expect("it compiles");
        let found = deep(&book, &plan, Limits::default());
        for finding in &found.findings {
            let about = match finding {
                Finding::NeverFires(id) => name(&book, BlockId::Rule(*id)),
                Finding::NeverArises(id) | Finding::NeverBroken(id, _) => {
                    name(&book, BlockId::Norm(*id))
                }
                Finding::NeverHolds(id) | Finding::ExcludesDuty(id, _) => {
                    name(&book, BlockId::Defeat(*id))
                }
                Finding::NeverOutranks(id) => name(&book, BlockId::Priority(*id)),
                Finding::Conflict(..) | Finding::NeverDiffer { .. } => continue,
            };
            assert_ne!(about, cell.block, "{}: {finding:?}", cell.construct);
        }
        assert!(!found.samples.is_empty(), "{}", cell.construct);
    }
}

/// A rulebook with one fault of every sort, and what is found.
const AMISS: &str = r#"rulebook "amiss" version "1"

source book is "A book"

kind Person
kind Act

facts, false unless stated
  - [a: Person] is in the care of [b: Person]
  - [a: Person] is an adult
  - [a: Person] is a child
  - [a: Person] asked for [x: Act]
  - [a: Person] refused [x: Act]
  - [b: Person] did [x: Act] to [a: Person]
    can be changed by [b]

concepts
  - [a: Person] is of no age
  - [a: Person] is grown and a child

rule "of no age"
  if [a] is an adult
  and it is not the case that [a] is an adult
  then [a] is of no age
  cites book

rule "grown and a child"
  if [a] is of no age
  and [a] is a child
  then [a] is grown and a child
  cites book

duty "serve the ageless"
  owed by [b] to [a]
  arises if [a] is in the care of [b]
  and [a] is of no age
  broken if [b] did [x] to [a]
  cites book

duty "harm nobody twice"
  owed by [b] to [a]
  arises if [a] is in the care of [b]
  broken if [a] is an adult
  and it is not the case that [a] is an adult
  cites book

duty "heed a refusal"
  owed by [b] to [a] about [x]
  arises if [a] is in the care of [b]
  and [a] refused [x]
  broken if [b] did [x] to [a]
  cites book

duty "do what was asked"
  owed by [b] to [a] about [x]
  arises if [a] is in the care of [b]
  and [a] asked for [x]
  met if [b] did [x] to [a]
  cites book

exemption "never refused" from duty "heed a refusal"
  if [a] asked for [x]
  and it is not the case that [a] refused [x]
  cites book
"#;

#[test]
fn what_is_amiss_is_found() {
    let files = folder(&[("amiss.fid", AMISS)]);
    let at = files
        .path()
        .join("amiss.fid")
        .to_string_lossy()
        .into_owned();
    let ran = fiducia(&["check", "--deep", &at, "--format", "plain"]);
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    insta::assert_snapshot!(ran.out);
}

#[test]
fn versions_that_never_differ() {
    let rules = AMISS.replace("version \"1\"", "version \"2\"");
    let otherwise = rules.replace("  and [a] refused [x]\n", "");
    let files = folder(&[("1.fid", AMISS), ("2.fid", &rules), ("3.fid", &otherwise)]);
    let at = |name: &str| files.path().join(name).to_string_lossy().into_owned();
    let same = fiducia(&["check", "--deep", &at("1.fid"), &at("2.fid")]).out;
    assert!(
        same.contains("they give the same verdicts in all"),
        "{same}"
    );
    let other = fiducia(&["check", "--deep", &at("1.fid"), &at("3.fid")]).out;
    assert!(!other.contains("they give the same verdicts"), "{other}");
}

/// The cases that coverage proposes can be put into a file: they read, and with them more is covered.
#[test]
fn skeletons_cover_what_is_missed() {
    let ran = fiducia(&["coverage", SAMPLE, "--format", "json"]);
    let view: Value = serde_json::from_str(&ran.out).expect("JSON");
    let before = view["rulebooks"][0]["met"].as_u64().expect("a count");
    let blocks = view["rulebooks"][0]["blocks"].as_array().expect("a list");
    let cases = blocks.iter().filter_map(|block| block["case"].as_str());
    let cases: Vec<&str> = cases.collect();
    let missing = blocks
        .iter()
        .filter(|block| block["whole"] == false)
        .count();
    assert!(
        cases.len() * 10 >= missing * 9,
        "{} of {missing}",
        cases.len()
    );
    let text = read(SAMPLE) + "\n" + &cases.join("\n");
    let files = folder(&[("more.fid", &text)]);
    let at = files.path().join("more.fid").to_string_lossy().into_owned();
    let ran = fiducia(&["coverage", &at, "--format", "json"]);
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.err);
    let view: Value = serde_json::from_str(&ran.out).expect("JSON");
    let after = view["rulebooks"][0]["met"].as_u64().expect("a count");
    assert!(
        after >= before + cases.len() as u64 / 2,
        "{before} then {after}"
    );
}

#[test]
fn coverage_of_the_sample() {
    let ran = fiducia(&["coverage", SAMPLE, "--all"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    insta::assert_snapshot!("coverage", ran.out);
    insta::assert_snapshot!(
        "annotated",
        fiducia(&["coverage", SAMPLE, "--annotated"]).out
    );
}

#[test]
fn fail_under_rounds_down() {
    let ran = fiducia(&["coverage", SAMPLE, "--format", "json"]);
    let view: Value = serde_json::from_str(&ran.out).expect("JSON");
    let own = &view["rulebooks"][0];
    let number = |name: &str| own[name].as_u64().expect("a number");
    let percent = number("percent");
    assert_eq!(percent, number("met") * 100 / number("goals"));
    assert_ne!(
        number("met") * 100 % number("goals"),
        0,
        "choose a sample that rounds"
    );
    let under = |n: u64| fiducia(&["coverage", SAMPLE, "--fail-under", &n.to_string()]).code;
    assert_eq!((under(percent), under(percent + 1)), (Some(0), Some(1)));
}

/// A revision is read through git, by itself and with a path of its own.
#[test]
fn impact_of_a_revision() {
    let files = folder(&[("rules/book.fid", &read(SAMPLE))]);
    let git = |arguments: &[&str]| {
        let ran = Command::new("git")
            .arg("-C")
            .arg(files.path())
            .args(arguments)
            .output();
        let ran = ran.expect("git runs");
        assert!(
            ran.status.success(),
            "{arguments:?}: {}",
            String::from_utf8_lossy(&ran.stderr)
        );
    };
    git(&["init", "-q"]);
    git(&["add", "."]);
    let who = ["-c", "user.name=a", "-c", "user.email=a@example.org"];
    git(&[&who[..], &["commit", "-q", "-m", "rules"]].concat());
    let at = files.path().join("rules/book.fid");
    let new = read(SAMPLE).replace("[burden] is more than 12", "[burden] is more than 20");
    std::fs::write(&at, new).expect("written");
    let at = at.to_string_lossy().into_owned();
    let ran = fiducia(&["impact", "HEAD", &at]);
    assert_eq!(ran.code, Some(1), "{}{}", ran.out, ran.err);
    assert!(
        ran.out.contains("violated before, fulfilled now"),
        "{}",
        ran.out
    );
    let ran = fiducia(&["impact", "no-such-revision", &at]);
    assert_eq!(ran.code, Some(2), "{}", ran.out);
    assert!(
        ran.err.contains("neither a file, a folder nor a revision"),
        "{}",
        ran.err
    );
}

/// The published schemas of these verbs are those of the types.
#[test]
fn schemas_are_fresh() {
    for (name, schema) in fiducia::present::json::rulework_schemas() {
        page_is(&format!("docs/schema/{name}.schema.json"), &schema);
    }
}

/// What each of these verbs prints as JSON validates against its published schema.
#[test]
fn json_validates() {
    let files = folder(&[("amiss.fid", AMISS), ("changed.fid", &changed_sample())]);
    let at = |name: &str| files.path().join(name).to_string_lossy().into_owned();
    let certify = [
        "certify",
        SAMPLE,
        "--case",
        "Sleep study",
        "--suppose",
        "a second witness comes forward",
    ];
    let own = fiducia(&certify);
    std::fs::write(files.path().join("own.json"), &own.out).expect("written");
    let (amiss, changed, paper) = (at("amiss.fid"), at("changed.fid"), at("own.json"));
    let json = ["--format", "json"];
    for (schema, arguments) in [
        ("certificate", certify.to_vec()),
        (
            "verified",
            [&["verify", SAMPLE, &paper], &json[..]].concat(),
        ),
        ("coverage", [&["coverage", SAMPLE], &json[..]].concat()),
        (
            "impact",
            [&["impact", SAMPLE, &changed], &json[..]].concat(),
        ),
        ("deep", [&["check", "--deep", &amiss], &json[..]].concat()),
    ] {
        let ran = fiducia(&arguments);
        let page = read(format!("docs/schema/{schema}.schema.json"));
        let page: Value = serde_json::from_str(&page).expect("JSON");
        let validator = jsonschema::validator_for(&page).expect("a schema");
        let value: Value = serde_json::from_str(&ran.out)
            .unwrap_or_else(|why| panic!("{schema}: {why}: {}{}", ran.out, ran.err));
        let faults: Vec<String> = validator
            .iter_errors(&value)
            .map(|f| f.to_string())
            .collect();
        assert!(faults.is_empty(), "{schema}: {faults:?}");
        assert_eq!(
            ran.out,
            fiducia(&arguments).out,
            "{schema} is the same twice"
        );
    }
}

fn changed_sample() -> String {
    read(SAMPLE).replace("[burden] is more than 12", "[burden] is more than 20")
}

/// The files that the pages show.
#[test]
fn pages_have_their_files() {
    let certify = fiducia(&[
        "certify",
        SAMPLE,
        "--case",
        "Sleep study",
        "--suppose",
        "a second witness comes forward",
    ]);
    assert_eq!(certify.code, Some(0), "{}", certify.err);
    page_is("docs/certificates/sleep-study.json", &certify.out);
    let forged = certify.out.replacen("\"excused\"", "\"fulfilled\"", 1);
    assert_ne!(forged, certify.out);
    page_is("docs/certificates/forged.json", &forged);
    page_is("docs/rulework/changed.fid", &changed_sample());
    page_is("docs/rulework/amiss.fid", AMISS);
}

/// A sample is found for whatever a sampler is asked that some case shows.
#[test]
fn nothing_is_found_where_nothing_can_be() {
    let Loaded { book, .. } = loaded("amiss", AMISS);
    let plan = compile(&book).expect("it compiles");
    let mut sampler = Sampler::new(&book, &plan);
    let rule = &book.rules[fiducia::rulebook::RuleId(0)];
    let found = sampler.find(
        &|draft| {
            let env = draft.block(&rule.vars);
            let wants = rule.body.iter();
            wants
                .map(|line| fiducia::bank::draft::Want::new(line, env, 0))
                .collect()
        },
        &mut |_| true,
    );
    assert!(found.is_none(), "stated and denied at once");
}
