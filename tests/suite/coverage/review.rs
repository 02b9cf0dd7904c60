//! What a committee expects, point by point. In: `knowledge/review.tsv`; out: each of its lines held against the judged cases
//! it names: questions stay questions, dilemmas stay dilemmas, what is settled never is one, and the words are those agreed on.

use super::claims::{Bank, Claim};
use super::knowledge;
use crate::run::{files_below, read};
use fiducia::rulebook::Outcome;

const HEAD: &str = "point\tsays\tsort\tblocks\tcase\tcontrast\twords";

/// A line: a point, or one side of it.
struct Point<'a> {
    said: String,
    sort: &'a str,
    blocks: Vec<&'a str>,
    case: &'a str,
    contrast: &'a str,
    words: &'a str,
}

fn points(text: &str) -> Vec<Point<'_>> {
    let mut rows = text.lines();
    assert_eq!(rows.next(), Some(HEAD));
    rows.map(|row| {
        let columns: Vec<&str> = row.split('\t').collect();
        let [point, says, sort, blocks, case, contrast, words] = columns[..] else {
            panic!("not seven columns: {row}");
        };
        Point {
            said: format!("{point}: {says} ({sort})"),
            sort,
            blocks: blocks.split("; ").collect(),
            case,
            contrast,
            words,
        }
    })
    .collect()
}

#[test]
fn every_point_is_decided_by_a_case() {
    let session = knowledge();
    let mut bank = Bank::of(&session);
    let text = read("knowledge/review.tsv");
    let mut wrong = Vec::new();
    for point in points(&text) {
        if let Err(why) = holds(&mut bank, &point) {
            wrong.push(format!("{}: {why}", point.said));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn holds(bank: &mut Bank<'_>, point: &Point<'_>) -> Result<(), String> {
    match point.sort {
        "derive" => fires(bank, point, point.case, point.contrast),
        "refrain" => {
            fires(bank, point, point.contrast, point.case)?;
            bank.expectations_hold(point.case)
        }
        "explain" => {
            fires(bank, point, point.case, point.contrast)?;
            reported(point.case, point.words)
        }
        "ask" => asked(bank, point),
        "dilemma" => dilemma(bank, point),
        "settled" => settled(bank, point),
        "word" => worded(point.blocks[0], point.case),
        "uncited" => uncited(bank, point.blocks[0], point.case),
        "said" => reported(point.case, point.words),
        "property" => point
            .blocks
            .iter()
            .try_for_each(|block| super::is_test(block)),
        sort => Err(format!("no such sort: {sort}")),
    }
}

/// Every claim shows in the one case and not in the other.
fn fires(bank: &mut Bank<'_>, point: &Point<'_>, case: &str, other: &str) -> Result<(), String> {
    let (firing, idle) = (bank.found(case)?, bank.found(other)?);
    for block in &point.blocks {
        let claim = Claim::read(bank.book(), block)?;
        if !firing.bears_out(&claim) {
            return Err(format!("{block} does not fire in {case:?}"));
        }
        if idle.bears_out(&claim) {
            return Err(format!("{block} fires in {other:?}"));
        }
    }
    Ok(())
}

/// The record leaves the verdict open in the case, which expects so, and settles it in the contrast.
fn asked(bank: &mut Bank<'_>, point: &Point<'_>) -> Result<(), String> {
    let (open, settled) = (bank.found(point.case)?, bank.found(point.contrast)?);
    for block in &point.blocks {
        let claim = Claim::read(bank.book(), block)?;
        if !open.leaves_open(&claim) {
            return Err(format!("{block} is not open in {:?}", point.case));
        }
        if settled.leaves_open(&claim) {
            return Err(format!("{block} is open in {:?}", point.contrast));
        }
    }
    bank.expectations_hold(point.case)
}

/// Both duties are broken by turns, whatever is chosen; in the contrast one way is right, or nothing stands against another.
fn dilemma(bank: &mut Bank<'_>, point: &Point<'_>) -> Result<(), String> {
    let [one, other] = point.blocks[..] else {
        return Err("a dilemma is between two duties".to_owned());
    };
    let norms = [one, other].map(|block| Claim::read(bank.book(), block));
    let [Ok(Claim::Norm(one, ..)), Ok(Claim::Norm(other, ..))] = norms else {
        return Err("a dilemma is between two duties".to_owned());
    };
    let stays = bank.weighed(point.case)?.dilemmas.iter().any(|found| {
        let pair = (found.first.norm, found.second.norm);
        pair == (one, other) || pair == (other, one)
    });
    if !stays {
        return Err(format!("{:?} is no such dilemma", point.case));
    }
    if bank.weighed(point.contrast)?.dilemmas.is_empty() {
        bank.expectations_hold(point.case)
    } else {
        Err(format!("{:?} is a dilemma too", point.contrast))
    }
}

/// Told both ways: one option is permissible, and the other breaks the duty named. The contrast comes out otherwise.
fn settled(bank: &mut Bank<'_>, point: &Point<'_>) -> Result<(), String> {
    let weighed = bank.weighed(point.case)?;
    let options: Vec<Outcome> = weighed
        .outcomes
        .iter()
        .map(|(_, outcome)| *outcome)
        .collect();
    if !weighed.dilemmas.is_empty()
        || !options.contains(&Outcome::Permissible)
        || !options.contains(&Outcome::Impermissible)
    {
        return Err(format!("{:?} is not settled: {options:?}", point.case));
    }
    let wrong = bank.outcomes(point.case)?;
    for block in &point.blocks {
        let claim = Claim::read(bank.book(), block)?;
        for (option, outcome) in &wrong {
            let broken = bank
                .found(&format!("{} | option {option}", point.case))?
                .bears_out(&claim);
            if broken != (*outcome == Outcome::Impermissible) {
                return Err(format!("{block} under {option:?}: {broken}"));
            }
        }
    }
    if !point.contrast.is_empty() && bank.outcomes(point.contrast)? == wrong {
        return Err(format!("{:?} comes out the same", point.contrast));
    }
    bank.expectations_hold(point.case)
}

/// The word agreed on stands in the rules, and those it replaces stand nowhere in what the rules say.
fn worded(good: &str, bad: &str) -> Result<(), String> {
    let texts: Vec<String> = files_below("knowledge", ".fid").iter().map(read).collect();
    let rules = || {
        texts
            .iter()
            .flat_map(|text| text.lines())
            .filter(|line| !line.starts_with('#') && !line.starts_with("source "))
    };
    if !rules().any(|line| line.contains(good)) {
        return Err("the words stand nowhere".to_owned());
    }
    for word in bad.split("; ") {
        if let Some(line) = rules().find(|line| line.contains(word)) {
            return Err(format!("{word:?} stands in: {line}"));
        }
    }
    Ok(())
}

/// No block that carries the row cites the source.
fn uncited(bank: &Bank<'_>, source: &str, row: &str) -> Result<(), String> {
    let book = bank.book();
    let is = |cite: &fiducia::rulebook::Citation, name: &str| book.sources[cite.source].id == name;
    let norms = book.norms.iter().map(|norm| (&norm.name, &norm.cites));
    let rules = book.rules.iter().map(|rule| (&rule.name, &rule.cites));
    let mut carried = 0;
    for (name, cites) in norms.chain(rules) {
        let carries = |cite: &fiducia::rulebook::Citation| {
            is(cite, "article") && cite.place.as_deref() == Some(row)
        };
        if cites.iter().any(carries) {
            carried += 1;
            if cites.iter().any(|cite| is(cite, source)) {
                return Err(format!("{name:?} cites {source}"));
            }
        }
    }
    (carried > 0)
        .then_some(())
        .ok_or_else(|| format!("nothing carries {row}"))
}

/// The report of the case says the words.
fn reported(case: &str, words: &str) -> Result<(), String> {
    let ran = crate::run::fiducia(&["judge", "knowledge", "--case", case, "--format", "plain"]);
    let report = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
    (!words.is_empty() && report.contains(words))
        .then_some(())
        .ok_or_else(|| format!("the report does not say {words:?}"))
}

/// Whoever is bound can be asked: a person, people, an organisation. A tool or a record template owes nothing.
#[test]
fn no_tool_owes_anything() {
    let session = knowledge();
    let book = session.first_rulebook().expect("the rulebook stands");
    let kinds = &book.vocabulary.kinds;
    let system = kinds.ids().find(|id| kinds[*id].name == "System");
    let system = system.expect("there are systems");
    for norm in book.norms.iter() {
        let bearer = norm
            .parties
            .first()
            .and_then(|party| norm.vars[party.var].kind);
        let is_tool = bearer.is_some_and(|kind| book.vocabulary.is_within(kind, system));
        assert!(!is_tool, "{:?} is owed by a system", norm.name);
    }
}
