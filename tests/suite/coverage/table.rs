//! The table of coverage. In: `knowledge/coverage.tsv`; out: its lines, and the page made from them. Knows no rulebook.

use crate::run::read;
use std::fmt::Write as _;

/// In which way a row is carried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// The blocks fire in the case and not in the contrast.
    Derive,
    /// The blocks do not fire in the case, which tempts, and do in the contrast.
    Refrain,
    /// As to derive, and words of the explanation say it.
    Explain,
    /// A test holds it of many cases.
    Property,
}

/// A line: one row of the article, or one side of it.
pub struct Line {
    /// The row.
    pub id: String,
    /// The module.
    pub module: String,
    /// How it is carried.
    pub sort: Sort,
    /// What carries it.
    pub blocks: Vec<String>,
    /// Where they decide; ` | option NAME` or ` | suppose NAME` may follow.
    pub case: String,
    /// The nearest case where they do not.
    pub contrast: String,
    /// What the explanation says; empty but for `explain`.
    pub words: String,
}

impl Line {
    /// The line as told in a failure.
    pub fn said(&self) -> String {
        format!("{} ({:?})", self.id, self.sort)
    }
}

const HEAD: &str = "id\tmodule\tsort\tblocks\tcase\tcontrast\twords";

/// The lines of the table, in order.
pub fn lines() -> Vec<Line> {
    let text = read("knowledge/coverage.tsv");
    let mut rows = text.lines();
    assert_eq!(rows.next(), Some(HEAD));
    rows.map(line).collect()
}

fn line(row: &str) -> Line {
    let columns: Vec<&str> = row.split('\t').collect();
    let [id, module, sort, blocks, case, contrast, words] = columns[..] else {
        panic!("not seven columns: {row}");
    };
    let sort = match sort {
        "derive" => Sort::Derive,
        "refrain" => Sort::Refrain,
        "explain" => Sort::Explain,
        "property" => Sort::Property,
        _ => panic!("no such sort: {row}"),
    };
    Line {
        id: id.to_owned(),
        module: module.to_owned(),
        sort,
        blocks: blocks.split("; ").map(str::to_owned).collect(),
        case: case.to_owned(),
        contrast: contrast.to_owned(),
        words: words.to_owned(),
    }
}

/// The page made from the table.
pub fn page(lines: &[Line]) -> String {
    let count = |key: fn(&Line) -> &str| {
        let mut all: Vec<&str> = lines.iter().map(key).collect();
        all.dedup();
        all.len()
    };
    let mut page = format!(
        "# Coverage of the source article\n\n{} rows in {} modules. Made by a test from `knowledge/coverage.tsv`; it \
         stands only while every line of that file holds.\n\n| sort | what the test asks |\n|---|---|\n\
         | derive | the blocks fire in the case and not in its contrast |\n\
         | refrain | the case tempts and the blocks do not fire in it; in its contrast they do |\n\
         | explain | as for derive, and the reason or the report says the words in quotation marks |\n\
         | property | a test holds it of many cases |\n",
        count(|line| line.id.as_str()),
        count(|line| line.module.as_str()),
    );
    let mut module = "";
    for line in lines {
        if line.module != module {
            module = &line.module;
            let _ = write!(
                page,
                "\n## {module}\n\n| row | sort | blocks | case | nearest contrast |\n|---|---|---|---|---|\n"
            );
        }
        let words = match line.words.as_str() {
            "" => String::new(),
            words => format!(": \"{words}\""),
        };
        let _ = writeln!(
            page,
            "| {} | {} | {}{words} | {} | {} |",
            line.id,
            format!("{:?}", line.sort).to_lowercase(),
            line.blocks.join("; "),
            line.case.replace(" | ", ", "),
            line.contrast.replace(" | ", ", "),
        );
    }
    page
}
