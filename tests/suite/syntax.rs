//! Reading and printing: text to tree and back.

use fiducia::syntax;
use fiducia::text::{Diagnostic, FileId, SourceMap};

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
            format!("{} {line}:{column} «{words}» {}\n", fault.code, fault.message)
        })
        .collect()
}

#[test]
fn the_sample_reads_without_a_fault() {
    let (file, faults) = syntax::read(FileId(0), SAMPLE);
    assert_eq!(told(SAMPLE, &faults), "");
    assert_eq!(file.blocks.len(), 36);
}

#[test]
#[ignore]
fn local() {
    for path in std::fs::read_dir(std::env::var("TRIAL").unwrap()).unwrap() {
        let path = path.unwrap().path();
        if path.extension().is_some_and(|e| e == "fid") {
            let text = std::fs::read_to_string(&path).unwrap();
            let (_, faults) = syntax::read(FileId(0), &text);
            println!("{}\n{}", path.display(), told(&text, &faults));
        }
    }
}
