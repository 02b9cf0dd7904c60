//! Reading and printing: text to tree and back.

use fiducia::syntax;
use fiducia::text::{Diagnostic, FileId, SourceMap, catalogue};

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

#[test]
#[ignore]
fn local() {
    for path in std::fs::read_dir(std::env::var("TRIAL").unwrap()).unwrap() {
        let path = path.unwrap().path();
        if path.extension().is_some_and(|e| e == "fid") {
            let text = std::fs::read_to_string(&path).unwrap();
            let (file, faults) = syntax::read(FileId(0), &text);
            println!("{}\n{}", path.display(), told(&text, &faults));
            holds_round_trip(&text);
            std::fs::write(
                format!("/tmp/fmt/{}", path.file_name().unwrap().to_str().unwrap()),
                syntax::print(&file),
            )
            .unwrap();
        }
    }
}

#[test]
#[ignore]
fn show() {
    let text = std::fs::read_to_string(std::env::var("BAD").unwrap()).unwrap();
    let (_, faults) = syntax::read(FileId(0), &text);
    for fault in &faults {
        print!("{}", told(&text, std::slice::from_ref(fault)));
        println!(
            "      [{}] {:?} {:?}",
            fault.labels[0].text,
            fault.help.as_deref().unwrap_or(""),
            fault.suggestions
        );
    }
}
