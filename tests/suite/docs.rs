//! Runs the console blocks of README.md and docs/*.md: a block marked `console` holds lines `$ fiducia …` (or
//! `$ cargo run --release -- …`, run with the binary of the tests) and what they print; a line of `...` stands for any
//! lines. `UPDATE=1` writes what is printed.

use crate::run::{fiducia, fiducia_reading, files_below, is_update, read, root};

/// One command and what the page says it prints.
struct Shown {
    command: String,
    lines: Vec<String>,
}

fn blocks(page: &str) -> Vec<(usize, usize, Vec<Shown>)> {
    let lines: Vec<&str> = page.lines().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        if lines[at].trim_start() != "```console" {
            at += 1;
            continue;
        }
        let begin = at + 1;
        let end = (begin..lines.len())
            .find(|end| lines[*end].trim_start() == "```")
            .expect("a console block is closed");
        let mut shown: Vec<Shown> = Vec::new();
        for line in &lines[begin..end] {
            if let Some(command) = line.strip_prefix("$ ") {
                shown.push(Shown {
                    command: command.to_owned(),
                    lines: Vec::new(),
                });
            } else {
                shown
                    .last_mut()
                    .expect("a console block begins with a command")
                    .lines
                    .push((*line).to_owned());
            }
        }
        found.push((begin, end, shown));
        at = end + 1;
    }
    found
}

/// The arguments of a command line; words in quotes are one.
pub fn arguments(command: &str) -> Vec<String> {
    let rest = ["fiducia", "cargo run --release --"]
        .iter()
        .find_map(|lead| command.strip_prefix(lead))
        .unwrap_or_else(|| panic!("a console block runs fiducia, not: {command}"));
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for c in rest.chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), c) => word.get_or_insert_default().push(c),
            (None, '"' | '\'') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, c) if c.is_whitespace() => words.extend(word.take()),
            (None, '|' | '>' | '<' | '&' | ';') => {
                panic!("a console block has no pipes: {command}")
            }
            (None, c) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

fn printed(command: &str) -> Vec<String> {
    let arguments = arguments(command);
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let ran = fiducia(&arguments);
    let text = ran.out + &ran.err;
    text.trim_end()
        .lines()
        .map(|line| line.trim_end().to_owned())
        .collect()
}

/// Whether the lines are those of the page, where `...` stands for any.
fn agrees(page: &[String], is: &[String]) -> bool {
    match page.split_first() {
        None => is.is_empty(),
        Some((first, rest)) if first == "..." => {
            (0..=is.len()).any(|skip| agrees(rest, &is[skip..]))
        }
        Some((first, rest)) => is
            .split_first()
            .is_some_and(|(line, more)| line == first.trim_end() && agrees(rest, more)),
    }
}

fn hold(name: &str) {
    let page = read(name);
    let mut lines: Vec<String> = page.lines().map(str::to_owned).collect();
    let mut wrong = Vec::new();
    for (begin, end, shown) in blocks(&page).into_iter().rev() {
        let mut anew = Vec::new();
        for shown in shown {
            let is = printed(&shown.command);
            let kept = agrees(&shown.lines, &is);
            if !kept {
                wrong.push(format!("$ {}\n{}", shown.command, is.join("\n")));
            }
            anew.push(format!("$ {}", shown.command));
            anew.extend(if kept { shown.lines } else { is });
        }
        lines.splice(begin..end, anew);
    }
    if is_update() {
        std::fs::write(root().join(name), lines.join("\n") + "\n").expect("written");
    } else {
        assert!(
            wrong.is_empty(),
            "{name} shows what is no longer printed; UPDATE=1 cargo test docs writes it. It should show:\n{}",
            wrong.join("\n\n")
        );
    }
}

#[test]
fn pages_show_what_is_printed() {
    hold("README.md");
    for path in files_below("docs", ".md") {
        let name = path.strip_prefix(root()).expect("it is in the package");
        hold(&name.to_string_lossy());
    }
}

/// The `fid` blocks of a page, one after the other.
fn rules_of(page: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for line in page.lines() {
        match line.trim_end() {
            "```fid" => inside = true,
            "```" => {
                if inside {
                    text.push('\n');
                }
                inside = false;
            }
            line if inside => {
                text.push_str(line);
                text.push('\n');
            }
            _ => {}
        }
    }
    text
}

#[test]
fn blocks_of_pages_are_one_file_without_a_fault_and_their_expectations_hold() {
    for (name, cases) in [
        ("README.md", 1),
        ("docs/language.md", 5),
        ("docs/tutorial.md", 5),
    ] {
        let text = rules_of(&read(name));
        let checked = fiducia_reading(&["check", "--deny", "warnings", "-"], &text);
        assert_eq!(checked.code, Some(0), "{name}: {}", checked.out);
        assert!(checked.out.contains("no fault"), "{name}: {}", checked.out);
        let tested = fiducia_reading(&["test", "-"], &text);
        assert_eq!(tested.code, Some(0), "{name}: {}", tested.out);
        let judged = format!("{cases} case");
        assert!(tested.out.starts_with(&judged), "{name}: {}", tested.out);
    }
}

#[test]
fn the_language_page_names_every_keyword() {
    let page = read("docs/language.md");
    let grammar = read("grammar/fiducia.pest");
    let words = grammar.split('"').skip(1).step_by(2);
    let is_word = |word: &&str| word.len() > 1 && word.bytes().all(|b| b.is_ascii_lowercase());
    let numbers = [
        "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    ];
    let missing: Vec<&str> = words
        .filter(is_word)
        .filter(|word| !numbers.contains(word) && !page.contains(*word))
        .collect();
    assert!(
        missing.is_empty(),
        "docs/language.md does not say: {missing:?}"
    );
}

#[test]
fn lines_may_be_left_out() {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    assert!(agrees(&lines("a\n...\nd"), &lines("a\nb\nc\nd")));
    assert!(agrees(&lines("..."), &[]));
    assert!(!agrees(&lines("a\n...\nd"), &lines("a\nb\nc")));
    assert!(!agrees(&[], &lines("a")));
}

#[test]
fn words_in_quotes_are_one() {
    assert_eq!(
        arguments(r#"fiducia explain x.fid --duty '"d" owed by [x]' --sentence "a b""#),
        [
            "explain",
            "x.fid",
            "--duty",
            "\"d\" owed by [x]",
            "--sentence",
            "a b"
        ]
    );
}
