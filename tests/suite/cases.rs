//! Every case of the bank: its expectations hold, and a snapshot of each file holds the reports of its cases as a person
//! reads them. Read a changed snapshot as prose before it is accepted.

use crate::run::{judged, session_of};
use fiducia::bank::test::test_case;
use fiducia::engine::Limits;
use fiducia::present::{Report, Style, report};
use fiducia::session::{OpenCase, Session};
use std::collections::BTreeMap;

fn bank() -> Session {
    session_of("knowledge")
}

#[test]
fn every_expectation_holds() {
    let session = bank();
    let faults: Vec<String> = session
        .errors()
        .map(|fault| format!("{}: {}", fault.code, fault.message))
        .collect();
    assert!(
        faults.is_empty(),
        "the standard rulebook or its cases have faults:\n{}",
        faults.join("\n")
    );
    let failing: Vec<&str> = session
        .cases()
        .filter(|open| !test_case(open.book, open.plan, open.case, Limits::default()).passed())
        .map(|open| open.case.name.as_str())
        .collect();
    assert!(
        failing.is_empty(),
        "expectations fail; `fiducia test knowledge` tells why: {failing:?}"
    );
}

#[test]
fn reports_read_well() {
    let session = bank();
    let mut files: BTreeMap<String, Vec<OpenCase<'_>>> = BTreeMap::new();
    for open in session.cases() {
        let name = &session.sources().get(open.file).name;
        let name = name.replace('\\', "/");
        let short = name
            .rsplit_once("knowledge/cases/")
            .map_or(name.as_str(), |(_, short)| short);
        files
            .entry(short.trim_end_matches(".fid").replace('/', "--"))
            .or_default()
            .push(open);
    }
    assert!(files.len() > 100, "the bank has {} files", files.len());
    insta::with_settings!({omit_expression => true, snapshot_path => "../snapshots/cases", prepend_module_to_snapshot => false}, {
        let mut wrong = Vec::new();
        for (file, cases) in &files {
            let text = cases.iter().map(told).collect::<Vec<_>>().join("\n\n");
            let held = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| insta::assert_snapshot!(file.as_str(), text)));
            if held.is_err() {
                wrong.push(file.as_str());
            }
        }
        assert!(wrong.is_empty(), "these reports have changed: {wrong:?}");
    });
}

/// The report of one case.
fn told(open: &OpenCase<'_>) -> String {
    judged(open, |judged| {
        report(judged, &Report::default(), Style::Plain)
    })
}
