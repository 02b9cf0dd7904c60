//! Reading and printing: text to tree and back.

use fiducia::syntax::{self, tree};
use fiducia::text::{Diagnostic, FileId, SourceMap, Span, catalogue};

const SAMPLE: &str = include_str!("../fixtures/sample.fid");

/// The faults of a text, one a line: code, line, column, words at the place, message.
fn told(text: &str, faults: &[Diagnostic]) -> String {
    let mut map = SourceMap::default();
    map.add("text", text);
    faults
        .iter()
        .map(|fault| {
            let span = fault.labels[0].span;
            let (line, column) = map.line_column(span);
            let words = map.words(span);
            format!(
                "{} {line}:{column} «{words}» {}\n",
                fault.code, fault.message
            )
        })
        .collect()
}

#[test]
fn the_sample_reads_without_a_fault() {
    let (file, faults) = syntax::read(FileId(0), SAMPLE);
    assert_eq!(told(SAMPLE, &faults), "");
    assert_eq!(file.blocks.len(), 36);
}

/// Printing and reading again gives the same tree, and printing that gives the same text.
fn holds_round_trip(text: &str) {
    let (file, faults) = syntax::read(FileId(0), text);
    assert_eq!(told(text, &faults), "");
    let printed = syntax::print(&file);
    let (again, faults) = syntax::read(FileId(0), &printed);
    assert_eq!(told(&printed, &faults), "");
    assert!(syntax::same(&file, &again), "another tree from:\n{printed}");
    assert_eq!(syntax::print(&again), printed);
}

#[test]
fn the_sample_is_canonical() {
    holds_round_trip(SAMPLE);
    let (file, _) = syntax::read(FileId(0), SAMPLE);
    assert_eq!(syntax::print(&file), SAMPLE);
}

/// Every code of the family has a smallest file that provokes it, and nothing else.
#[test]
fn each_fault_of_reading_is_provoked() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/errors");
    for entry in catalogue::entries().filter(|entry| entry.code.starts_with('R')) {
        let path = folder.join(format!("{}.fid", entry.code));
        let text = std::fs::read_to_string(&path).expect(entry.code);
        let (_, faults) = syntax::read(FileId(0), &text);
        let codes: Vec<&str> = faults.iter().map(|fault| fault.code).collect();
        assert_eq!(codes, [entry.code], "{}", told(&text, &faults));
        for fault in &faults {
            assert!(fault.help.is_some(), "{} has no help", fault.code);
            assert_eq!(fault.severity, entry.severity);
        }
    }
}

/// Every example of the catalogue can be read: as a file, or as lines of some block.
#[test]
fn examples_of_faults_are_right() {
    let homes = [
        ("", ""),
        ("case \"c\"\n", ""),
        ("rule \"r\"\n", "  then [x] holds\n"),
        ("rule \"r\"\n  if [x] is so\n  then [x] holds\n", ""),
        ("duty \"d\"\n  owed by [x]\n  met if [x] is so\n", ""),
    ];
    for entry in catalogue::entries().filter(|entry| entry.code.starts_with('R')) {
        let right = homes.iter().any(|(before, after)| {
            let indent = if before.is_empty() { "" } else { "  " };
            let lines = entry
                .example
                .lines()
                .map(|line| format!("{indent}{line}\n"));
            let text = format!("{before}{}{after}", lines.collect::<String>());
            let (file, faults) = syntax::read(FileId(0), &text);
            faults.is_empty() && !file.blocks.is_empty()
        });
        assert!(right, "{}: {}", entry.code, entry.example);
    }
}

/// Every construct of the language, in canonical form.
const EVERYTHING: &str = include_str!("../fixtures/constructs.fid");

#[test]
fn every_construct_is_canonical() {
    holds_round_trip(EVERYTHING);
    let (file, _) = syntax::read(FileId(0), EVERYTHING);
    assert_eq!(syntax::print(&file), EVERYTHING);
}

/// What looks the same means the same: line ends, byte-order mark, tabs, curly quotes, hard spaces, both normal forms.
#[test]
fn looks_decide() {
    let (plain, _) = syntax::read(FileId(0), EVERYTHING);
    let mut curly = String::from('\u{feff}');
    let mut open = true;
    for line in EVERYTHING.lines() {
        // Comments are kept as typed.
        let comment = line.contains('#') && !line.contains("##");
        for letter in line.chars() {
            match letter {
                other if comment => curly.push(other),
                '"' => {
                    curly.push(if open { '“' } else { '”' });
                    open = !open;
                }
                '\'' => curly.push('’'),
                'é' => curly.push_str("e\u{301}"),
                ' ' if line.contains("agreed") => curly.push('\u{202f}'),
                other => curly.push(other),
            }
        }
        curly.push_str("\r\n");
    }
    let spaced: String = curly
        .split_inclusive('\n')
        .map(|line| {
            if line.contains('#') && !line.contains("##") {
                line.to_owned()
            } else {
                line.replace("  ", "\t").replace(' ', "\u{a0}")
            }
        })
        .collect();
    for text in [curly, spaced] {
        let (file, faults) = syntax::read(FileId(0), &text);
        assert_eq!(told(&text, &faults), "");
        assert!(syntax::same(&file, &plain), "{}", syntax::print(&file));
    }
}

/// Places are those of the bytes as written.
#[test]
fn places_are_those_of_the_original() {
    let text = "\u{feff}rule “naïveté”\r\n\tif [a]’s  e\u{301}tat is\u{a0}clear # so\r\n  then [a] is fine\r\n";
    let (file, faults) = syntax::read(FileId(0), text);
    assert_eq!(told(text, &faults), "");
    let tree::BlockKind::Rule {
        name, conditions, ..
    } = &file.blocks[0].kind
    else {
        panic!("no rule");
    };
    let words = |span: Span| &text[span.start as usize..span.end as usize];
    assert_eq!(words(name.span), "“naïveté”");
    assert_eq!(name.node, "naïveté");
    let line = &conditions[0].line;
    assert_eq!(words(line.span), "if [a]’s  e\u{301}tat is\u{a0}clear");
    let comments = line.trivia.comments.as_ref();
    let after = comments.and_then(|comments| comments.after.as_deref());
    assert_eq!(after, Some("so"));
    let tree::Condition::Simple(simple) = &line.node else {
        panic!("not simple");
    };
    let tree::Body::Sentence(phrase) = &simple.body else {
        panic!("no sentence");
    };
    assert_eq!(phrase.words, "_'s état is clear");
    let slots = phrase
        .slots
        .iter()
        .map(|slot| (words(slot.span), &slot.node));
    let expected = ("[a]", &tree::Slot::Name("a".into()));
    assert_eq!(slots.collect::<Vec<_>>(), [expected]);
    assert_eq!(words(phrase.span), "[a]’s  e\u{301}tat is\u{a0}clear");
}

/// One bad line is one report, and hides nothing.
#[test]
fn every_bad_line_is_told() {
    let text = include_str!("../fixtures/slips.fid");
    let (file, faults) = syntax::read(FileId(0), text);
    insta::assert_snapshot!(told(text, &faults));
    assert_eq!(file.blocks.len(), 5);
}

/// Comparisons, sentences and verdicts are told apart.
#[test]
fn conditions_are_told_apart() {
    let said = |text: &str| match syntax::read_condition(FileId(0), text) {
        Ok(condition) => format!("{condition:?}")
            .split([' ', '('])
            .take(2)
            .collect::<Vec<_>>()
            .join(" "),
        Err(fault) => fault.code.to_owned(),
    };
    assert_eq!(body("[wait] is at most [limit]"), "comparison");
    assert_eq!(body("[wait] is at most [limit] minutes"), "sentence");
    assert_eq!(body("[x] is invasive"), "sentence");
    assert_eq!(body("[x] is required by [y]"), "sentence");
    assert_eq!(body("[x] is not [y]"), "comparison");
    assert_eq!(body("5 is less than [y] - -2 * 3"), "comparison");
    assert_eq!(body("it is not the case that [x] is [y]"), "comparison");
    assert_eq!(
        body("duty \"d\" owed by [x] is violated or excused"),
        "verdict"
    );
    assert_eq!(body("any duty owed by [x] to [y] is violated"), "verdict");
    assert_eq!(body("no doctor came to [x]"), "sentence");
    assert_eq!(said("no [x] where"), "R035");
    assert_eq!(said("duty \"d\" is violatd"), "R014");
    assert_eq!(said("[x] has snake_case words"), "R011");
}

/// Which body a condition of one line has.
fn body(text: &str) -> &'static str {
    match syntax::read_condition(FileId(0), text) {
        Ok(tree::Condition::Simple(simple)) => match simple.body {
            tree::Body::Sentence(_) => "sentence",
            tree::Body::Verdict(..) => "verdict",
            tree::Body::Comparison(..) => "comparison",
        },
        Ok(_) => "another",
        Err(_) => "fault",
    }
}

/// Products bind tighter than sums, each from the left.
#[test]
fn operators_bind_as_at_school() {
    fn shape(expr: &tree::Expr) -> String {
        match expr {
            tree::Expr::Slot(slot) => format!("{:?}", slot.node)
                .replace("Name(\"", "")
                .replace("\")", ""),
            tree::Expr::Number(number) => number.node.clone(),
            tree::Expr::Group(inner, _) => shape(inner),
            tree::Expr::Binary(left, sign, right) => {
                format!("{:?}({}, {})", sign.node, shape(left), shape(right))
            }
        }
    }
    let read = |text: &str| match syntax::read_condition(FileId(0), text) {
        Ok(tree::Condition::Let { value, .. }) => shape(&value),
        other => format!("{other:?}"),
    };
    assert_eq!(read("let [u] be [a] + [b] * [c]"), "Add(a, Multiply(b, c))");
    assert_eq!(read("let [u] be [a] * [b] + [c]"), "Add(Multiply(a, b), c)");
    assert_eq!(
        read("let [u] be [a] - [b] - [c]"),
        "Subtract(Subtract(a, b), c)"
    );
    assert_eq!(
        read("let [u] be [a] / [b] * ([c] - 1)"),
        "Multiply(Divide(a, b), Subtract(c, 1))"
    );
    assert_eq!(
        read("let [u] be (1 − 20%) × -3"),
        "Multiply(Subtract(1, 20%), -3)"
    );
}

/// What a person says on the command line.
#[test]
fn said_alone() {
    let duty = |text: &str| match syntax::read_norm_ref(FileId(0), text) {
        Ok(norm) => (
            norm.name.map(|name| name.node).unwrap_or_default(),
            norm.parties.len(),
            norm.part.map(|part| part.node),
        ),
        Err(fault) => (fault.code.to_owned(), 0, None),
    };
    let rescue = || "rescue".to_owned();
    assert_eq!(duty("rescue"), (rescue(), 0, None));
    assert_eq!(duty("\"rescue\""), (rescue(), 0, None));
    assert_eq!(duty("duty “rescue” owed by [x]"), (rescue(), 1, None));
    assert_eq!(duty("rescue owed by [Dr Osei] to [y]"), (rescue(), 2, None));
    assert_eq!(
        duty("duty \"rescue\" to [y] in \"p\""),
        (rescue(), 1, Some("p".to_owned()))
    );
    assert_eq!(duty("duty to warn"), ("duty to warn".to_owned(), 0, None));
    assert_eq!(duty("any duty owed by [x]"), (String::new(), 1, None));
    assert_eq!(duty("any duty"), (String::new(), 0, None));
    assert_eq!(duty("rescue owed by [x").0, "R004");
    assert_eq!(duty("").0, "R008");
    let phrase = syntax::read_phrase(
        FileId(0),
        " it is not the case that [Dr Osei] left [the ward] ",
    );
    assert!(matches!(phrase, Ok((tree::Prefix::Not, said)) if said.words == "_ left _"));
    assert!(syntax::read_phrase(FileId(0), "[a] is [b]").is_err_and(|fault| fault.code == "R016"));
    assert!(syntax::read_phrase(FileId(0), "").is_err());
}

/// Deep and long input is refused in words, not by the stack.
#[test]
fn nothing_is_too_deep() {
    for text in [
        format!(
            "rule \"r\"\n  if {}[x]{} is 1\n  then [x] is odd\n",
            "(".repeat(50_000),
            ")".repeat(50_000)
        ),
        format!(
            "rule \"r\"\n  if [x]{} is 1\n  then [x] is odd\n",
            " + 1".repeat(50_000)
        ),
    ] {
        let (_, faults) = syntax::read(FileId(0), &text);
        let codes: Vec<&str> = faults.iter().map(|fault| fault.code).collect();
        assert_eq!(codes, ["R018"]);
    }
    for text in [
        "[".repeat(100_000),
        "\"".repeat(99_999),
        "- ".repeat(100_000),
        "“".repeat(30_000),
    ] {
        assert!(!syntax::read(FileId(0), &text).1.is_empty());
    }
}

/// Mutated files never end in a panic, their places lie inside the text, and what reads well prints and reads again.
#[test]
fn mutations_are_read() {
    let seeds = [SAMPLE, EVERYTHING, include_str!("../fixtures/slips.fid")];
    let rounds = std::env::var("FIDUCIA_MUTATIONS")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(1_500);
    for round in 0..rounds {
        let mut random = fastrand::Rng::with_seed(round);
        let text = mutate(&mut random, seeds);
        let (file, faults) = syntax::read(FileId(0), &text);
        for fault in &faults {
            for label in &fault.labels {
                let place = label.span.start as usize..label.span.end as usize;
                assert!(
                    text.get(place).is_some(),
                    "round {round}: {} {:?}",
                    fault.code,
                    label.span
                );
            }
        }
        if faults.is_empty() {
            let printed = syntax::print(&file);
            let (again, faults) = syntax::read(FileId(0), &printed);
            assert_eq!(told(&printed, &faults), "", "round {round}");
            assert!(syntax::same(&file, &again), "round {round}:\n{printed}");
            assert_eq!(syntax::print(&again), printed, "round {round}");
        }
    }
}

/// A sentence reads the same alone, where the grammar reads it, and in a file, where a plain one is split without it.
#[test]
fn a_sentence_reads_the_same_everywhere() {
    let mut same = 0;
    for round in 0..3_000 {
        let mut random = fastrand::Rng::with_seed(round);
        let text = mutate(&mut random, [SAMPLE, EVERYTHING, SAMPLE]);
        let lines: Vec<&str> = text.lines().collect();
        let Some(line) = random.choice(&lines) else {
            continue;
        };
        let said = line
            .trim()
            .trim_start_matches(|c: char| c != '[' && c != 'i');
        if said.is_empty() || said.contains(['#', '\0', '\r']) {
            continue;
        }
        let stated = match syntax::read_phrase(FileId(0), said) {
            Ok(stated) => Ok(format!("{:?}", nodes(&stated.1))),
            Err(fault) => Err(fault.code),
        };
        let (file, faults) = syntax::read(FileId(0), &format!("case \"k\"\n  given {said}\n"));
        let given = match (&file.blocks[0].kind, faults.first()) {
            (_, Some(fault)) => Err(fault.code),
            (tree::BlockKind::Case { items, .. }, None) => match &items[0].content {
                tree::CaseContent::Given(given) => {
                    Ok(format!("{:?}", nodes(&given[0].line.node.1)))
                }
                _ => panic!("not given"),
            },
            _ => panic!("no case"),
        };
        assert_eq!(stated, given, "round {round}: {said}");
        let asked = syntax::read_condition(FileId(0), said).map_err(|fault| fault.code);
        let rule = format!("rule \"r\"\n  if {said}\n  then [x] holds\n");
        let (file, faults) = syntax::read(FileId(0), &rule);
        let tree::BlockKind::Rule { conditions, .. } = &file.blocks[0].kind else {
            panic!("no rule");
        };
        match (asked, faults.first()) {
            (Ok(asked), None) => {
                assert_eq!(asked, conditions[0].line.node, "round {round}: {said}");
                same += 1;
            }
            (Err(one), Some(other)) => assert_eq!(one, other.code, "round {round}: {said}"),
            (one, other) => panic!("round {round}: {said}: {one:?} but {other:?}"),
        }
    }
    assert!(same > 500, "only {same} sentences could be read");
}

/// What a sentence is made of.
fn nodes(phrase: &tree::Phrase) -> (&str, Vec<&tree::Slot>) {
    let slots = phrase.slots.iter().map(|slot| &slot.node);
    (&phrase.words, slots.collect())
}

/// A piece of a seed with a few random changes.
fn mutate(random: &mut fastrand::Rng, seeds: [&str; 3]) -> String {
    const PIECES: &[&str] = &[
        "\"",
        "[",
        "]",
        "(",
        ")",
        "- ",
        "\n",
        "\r\n",
        "\t",
        " ",
        "#",
        "## ",
        ":",
        ".",
        ",",
        "if ",
        "and ",
        "unless ",
        "then ",
        "no [x] where\n",
        "every [x] where\n",
        "is such that\n",
        "any of these\n",
        "let [x] be ",
        "duty \"d\" ",
        "it is not known whether ",
        "\u{a0}",
        "\u{200b}",
        "“",
        "”",
        "’",
        "é",
        "e\u{301}",
        "1",
        "-",
        "+",
        " * ",
        "case \"k\"\n",
        "option \"o\"\n",
        "cites x\n",
        "given ",
        "\u{2028}",
        "𝒳",
        "\u{feff}",
        "\0",
    ];
    let seed = seeds[random.usize(0..seeds.len())];
    let lines: Vec<&str> = seed.split_inclusive('\n').collect();
    let first = random.usize(0..lines.len());
    let last = (first + random.usize(1..40)).min(lines.len());
    let mut text: Vec<char> = lines[first..last].concat().chars().collect();
    for _ in 0..random.usize(0..4) {
        let at = random.usize(0..=text.len());
        match random.usize(0..4) {
            0 if at < text.len() => {
                text.remove(at);
            }
            1 => {
                let piece = PIECES[random.usize(0..PIECES.len())];
                text.splice(at..at, piece.chars());
            }
            2 => {
                let end = (at + random.usize(0..12)).min(text.len());
                text.drain(at..end);
            }
            _ => {
                let end = (at + random.usize(0..30)).min(text.len());
                let copy: Vec<char> = text[at..end].to_vec();
                let to = random.usize(0..=text.len());
                text.splice(to..to, copy);
            }
        }
    }
    text.into_iter().collect()
}

/// Every file of the rulebook and its bank, with single characters and words changed in some lines: the lines that are read
/// without the grammar come to the same tree, places and faults as by the grammar alone.
#[test]
fn short_cuts_read_like_the_grammar() {
    let mut files = Vec::new();
    gather(
        &std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge"),
        &mut files,
    );
    files.sort();
    let mut changed = 0;
    for (at, path) in files.iter().enumerate() {
        let text = std::fs::read_to_string(path).expect("a file of the rulebook");
        holds_short_cuts(&text);
        let mut random = fastrand::Rng::with_seed(at as u64);
        let spoilt: String = text
            .lines()
            .map(|line| match random.u8(..4) {
                0 => {
                    changed += 1;
                    spoil(line, &mut random) + "\n"
                }
                _ => format!("{line}\n"),
            })
            .collect();
        holds_short_cuts(&spoilt);
    }
    assert!(changed > 3000, "{changed} lines were changed");
}

fn holds_short_cuts(text: &str) {
    let plain = syntax::read(FileId(0), text);
    let by_grammar = syntax::read_by_grammar(FileId(0), text);
    assert_eq!(told(text, &plain.1), told(text, &by_grammar.1));
    let (plain, by_grammar) = (format!("{:?}", plain.0), format!("{:?}", by_grammar.0));
    if plain != by_grammar {
        let at = plain
            .bytes()
            .zip(by_grammar.bytes())
            .take_while(|(a, b)| a == b)
            .count();
        let from = at.saturating_sub(200);
        panic!(
            "read apart:\n{}\n{}",
            String::from_utf8_lossy(&plain.as_bytes()[from..plain.len().min(at + 100)]),
            String::from_utf8_lossy(&by_grammar.as_bytes()[from..by_grammar.len().min(at + 100)]),
        );
    }
}

/// A line with something taken out, put in or said twice.
fn spoil(line: &str, random: &mut fastrand::Rng) -> String {
    let signs = [
        "\"",
        "[",
        "]",
        "(",
        " is ",
        " is at least ",
        " - ",
        "  ",
        "\t",
        "“",
        "”",
        "’",
        "é",
        "#",
        ",",
        "3",
        "%",
        "_",
        "/",
        " it is not the case that ",
        "\u{a0}",
        "-",
        "'",
        " if ",
        " in \"x\" ",
    ];
    let places: Vec<usize> = line.char_indices().map(|(at, _)| at).collect();
    if places.is_empty() {
        return line.to_owned();
    }
    let (at, to) = (
        places[random.usize(..places.len())],
        places[random.usize(..places.len())],
    );
    let (from, to) = (at.min(to), at.max(to));
    match random.u8(..4) {
        0 => format!(
            "{}{}{}",
            &line[..at],
            signs[random.usize(..signs.len())],
            &line[at..]
        ),
        1 => format!("{}{}", &line[..from], &line[to..]),
        2 => format!("{}{}{}", &line[..to], &line[from..to], &line[to..]),
        _ => line.replacen(
            "] ",
            &format!("] {} ", ["is", "is not", "is [x]", "+"][random.usize(..4)]),
            1,
        ),
    }
}

fn gather(folder: &std::path::Path, into: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder of the rulebook") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            gather(&path, into);
        } else if path.extension().is_some_and(|end| end == "fid") {
            into.push(path);
        }
    }
}
