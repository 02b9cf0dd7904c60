//! What was typed for one verb is read alike with and without the descriptions of the others.

use clap::Parser;
use fiducia::cli::{Arguments, of_one_verb};
use std::ffi::OsString;

fn words(line: &str) -> Vec<OsString> {
    line.split(' ').map(OsString::from).collect()
}

#[test]
fn one_verb_alone_reads_what_all_verbs_read() {
    let lines = [
        "fiducia judge",
        "fiducia judge a.fid b.fid --case x --option y --all --format plain --rules r --profile p --search s",
        "fiducia judge --case=x --case y -- -",
        "fiducia judge --ask --duty d --write w a.fid --deny violated --reports --time 3",
        "fiducia explain a.fid --duty d --why-not --depth all --format dot",
        "fiducia explain --why-not=exempt --proof 2 a.fid",
        "fiducia settle a.fid --case x",
        "fiducia comply a.fid --case x",
        "fiducia query c1 c2 --in a.fid --why",
    ];
    for line in lines {
        let typed = words(line);
        let all = Arguments::try_parse_from(&typed);
        let all = all.unwrap_or_else(|fault| panic!("{line}: {fault}")).verb;
        let one = of_one_verb(&typed).unwrap_or_else(|| panic!("{line} needs all verbs"));
        assert_eq!(format!("{one:?}"), format!("{all:?}"), "{line}");
    }
}

#[test]
fn what_there_is_to_say_is_said_by_all_verbs() {
    let lines = [
        "fiducia",
        "fiducia --version",
        "fiducia judge --version",
        "fiducia judge --help",
        "fiducia judge -h",
        "fiducia judge --formt json",
        "fiducia judge --duty d",
        "fiducia judge --time soon",
        "fiducia explain --duty d --sentence s",
        "fiducia query",
        "fiducia rulebook",
        "fiducia --format json judge",
    ];
    for line in lines {
        assert!(of_one_verb(&words(line)).is_none(), "{line}");
    }
}
