//! The source article carried row by row. In: `knowledge/coverage.tsv`; out: each of its lines held against the journal of
//! the cases it names, and the page `docs/coverage.md`. What holds of all cases stands in `coverage/properties.rs`.

mod claims;
mod properties;
mod review;
mod table;

use crate::run::{fiducia, page_is, root};
use claims::{Bank, Claim};
use fiducia::session::{Opening, Session};
use table::{Line, Sort, lines};

/// How many rows the study of the article has, by module.
const ROWS: [(&str, usize); 16] = [
    ("relation", 16),
    ("fiduciary", 17),
    ("commitment", 12),
    ("models", 32),
    ("trust", 20),
    ("signals", 12),
    ("consent", 18),
    ("sdm", 10),
    ("uncertainty", 14),
    ("information", 15),
    ("relational_harm", 6),
    ("alliance", 12),
    ("humility", 14),
    ("testimonial", 13),
    ("hermeneutical", 12),
    ("synthesis", 5),
];

fn knowledge() -> Session {
    let session = Session::open(&Opening {
        paths: vec![root().join("knowledge")],
        ..Opening::default()
    });
    assert_eq!(session.errors().count(), 0, "the rulebook has errors");
    session
}

#[test]
fn no_row_of_the_article_is_missing() {
    let lines = lines();
    for (module, rows) in ROWS {
        let mut ids: Vec<&str> = lines
            .iter()
            .filter(|line| line.module == module)
            .map(|line| line.id.as_str())
            .collect();
        ids.dedup();
        assert_eq!(ids.len(), rows, "rows of {module}: {ids:?}");
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(
            ids.len(),
            rows,
            "the lines of a row of {module} stand apart"
        );
    }
    let counted: usize = ROWS.iter().map(|(_, rows)| rows).sum();
    assert_eq!(counted, 228);
    let modules: Vec<&str> = ROWS.iter().map(|(module, _)| *module).collect();
    for line in &lines {
        assert!(modules.contains(&line.module.as_str()), "{}", line.said());
    }
}

/// Every line by its sort; all that fail are told at once.
#[test]
fn every_row_is_carried_in_its_way() {
    let session = knowledge();
    let mut bank = Bank::of(&session);
    let mut wrong = Vec::new();
    for line in lines() {
        if let Err(why) = holds(&mut bank, &line) {
            wrong.push(format!("{}: {why}", line.said()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn holds(bank: &mut Bank<'_>, line: &Line) -> Result<(), String> {
    if line.sort == Sort::Property {
        return line.blocks.iter().try_for_each(|block| is_test(block));
    }
    let claims: Vec<Claim> = line
        .blocks
        .iter()
        .map(|block| Claim::read(bank.book(), block))
        .collect::<Result<_, _>>()?;
    if claims.is_empty() {
        return Err("names no block".to_owned());
    }
    let (fires, does_not) = match line.sort {
        Sort::Refrain => (&line.contrast, &line.case),
        _ => (&line.case, &line.contrast),
    };
    let firing = bank.found(fires)?;
    let other = bank.found(does_not)?;
    for (claim, block) in claims.iter().zip(&line.blocks) {
        if !firing.bears_out(claim) {
            return Err(format!("{block} does not fire in {fires:?}"));
        }
        if other.bears_out(claim) {
            return Err(format!("{block} fires in {does_not:?}"));
        }
    }
    match line.sort {
        Sort::Refrain => bank.expectations_hold(&line.case),
        Sort::Explain => says(bank, &claims, line),
        _ => Ok(()),
    }
}

/// A property is a test by that name, here or elsewhere in the suite.
fn is_test(block: &str) -> Result<(), String> {
    let name = block
        .strip_prefix("test \"")
        .and_then(|rest| rest.strip_suffix('"'))
        .ok_or_else(|| format!("{block} is no test"))?;
    let head = format!("#[test]\nfn {name}()");
    crate::run::files_below("tests/suite", ".rs")
        .into_iter()
        .any(|path| crate::run::read(path).contains(&head))
        .then_some(())
        .ok_or_else(|| format!("no test is called {name}"))
}

/// What is explained stands in the reason of a block, or in the report of the case.
fn says(bank: &Bank<'_>, claims: &[Claim], line: &Line) -> Result<(), String> {
    if line.words.is_empty() {
        return Err("does not say which words explain it".to_owned());
    }
    let mut reasons = claims.iter().flat_map(|claim| claim.reasons(bank.book()));
    if reasons.any(|reason| reason.contains(&line.words)) {
        return Ok(());
    }
    let ran = fiducia(&[
        "judge",
        "knowledge",
        "--case",
        &line.case,
        "--all",
        "--format",
        "plain",
    ]);
    let report = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
    report
        .contains(&line.words)
        .then_some(())
        .ok_or_else(|| format!("neither a reason nor the report says {:?}", line.words))
}

#[test]
fn whatever_binds_or_lifts_cites_a_source() {
    let session = knowledge();
    let book = session.first_rulebook().expect("the rulebook stands");
    let norms = book.norms.iter().map(|norm| (&norm.name, norm.cites.len()));
    let defeats = book.defeats.iter().map(|one| (&one.name, one.cites.len()));
    let priorities = book
        .priorities
        .iter()
        .map(|one| (&one.name, one.cites.len()));
    let without: Vec<&String> = norms
        .chain(defeats)
        .chain(priorities)
        .filter(|(_, cites)| *cites == 0)
        .map(|(name, _)| name)
        .collect();
    assert!(without.is_empty(), "without a source: {without:?}");
}

#[test]
fn the_page_of_coverage_is_fresh() {
    page_is("docs/coverage.md", &table::page(&lines()));
}
