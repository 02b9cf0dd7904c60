//! Certificates: every judgement's is accepted, forged ones are refused, and whatever is accepted is sound by the slow
//! evaluator. `FIDUCIA_CERTIFICATES` says how many random programs (400 unless told), `FIDUCIA_SEED` where to begin.

use crate::differential::setting;
use crate::generate::Program;
use crate::loaded::{Loaded, load};
use crate::reference;
use crate::run::{files_below, read};
use fastrand::Rng;
use fiducia::engine::{Journal, Limits, Memory};
use fiducia::explain::certify;
use fiducia::judge::{World, judge, worlds};
use fiducia::plan::{Plan, compile};
use fiducia::rulebook::{Case, Record, Rulebook};
use fiducia::session::{Opening, Session};
use fiducia::value::{Interval, Number, Status, StatusSet, Truth};
use fiducia::verify::{Certificate, Proof, verify};

/// The certificate of a world, where it can be judged.
fn certificate(book: &Rulebook, plan: &Plan, case: &Case, world: &World) -> Option<Certificate> {
    let memory = Memory::<Journal>::default();
    let judged = judge(book, plan, &world.record, memory, Limits::default());
    let sound = judged.faults().is_empty() && judged.stopped().is_none();
    sound.then(|| certify(case, world.option, world.suppose, &judged))
}

#[test]
fn every_case_of_the_bank_is_certified() {
    let session = Session::open(&Opening::default());
    let mut accepted = 0;
    for open in session.cases() {
        for world in worlds(&open.book.vocabulary, open.case) {
            let paper = certificate(open.book, open.plan, open.case, &world).expect("it is judged");
            let held = verify(open.book, &world.record, &paper);
            assert!(held.is_ok(), "{}: {:?}", paper.case.name, held.err());
            accepted += 1;
        }
    }
    assert!(accepted > 300, "{accepted}");
}

/// What an accepted certificate claims, held against the slow evaluator: the first claim that is not so.
fn unsound(book: &Rulebook, record: &Record, paper: &Certificate) -> Option<String> {
    let slow = reference::judge(book, record).ok()?;
    let listed = |sentence: &str, of: &[String]| {
        let mut lines = paper.derived.iter();
        lines.find(|line| line.sentence == sentence && line.of == of)
    };
    for ((id, key), truth) in &slow.truths {
        let sentence = &book.vocabulary.sentences[*id];
        let of: Vec<String> = key
            .iter()
            .map(|v| record.values.get(*v).to_string())
            .collect();
        let line = listed(sentence.key(), &of);
        if line.is_some_and(|line| line.surely.is_some()) && *truth != Truth::True {
            return Some(format!(
                "{} {of:?} is {}, not sure",
                sentence.key(),
                truth.word()
            ));
        }
        let derived = matches!(
            sentence.class,
            fiducia::rulebook::Class::Concept | fiducia::rulebook::Class::Finding
        );
        let stated = record.stated.iter().any(|line| line.sentence == *id)
            || book.always.iter().any(|line| line.sentence == *id);
        if derived && !stated && line.is_none() && *truth != Truth::False {
            return Some(format!(
                "{} {of:?} is {}, and not listed",
                sentence.key(),
                truth.word()
            ));
        }
        let numbers = slow.numbers.get(&(*id, key.clone())).into_iter().flatten();
        for (own, claim) in numbers.zip(line.iter().flat_map(|line| &line.between)) {
            let end = |end: &Option<String>| end.as_ref().and_then(|n| Number::parse(n).ok());
            let claim = Interval {
                low: end(&claim[0]),
                high: end(&claim[1]),
            };
            if claim.hull(*own) != claim {
                return Some(format!(
                    "{} {of:?}: {own} is outside {claim}",
                    sentence.key()
                ));
            }
        }
    }
    for ((norm, parties), (whole, parts)) in &slow.verdicts {
        let of: Vec<String> = parties
            .iter()
            .map(|v| record.values.get(*v).to_string())
            .collect();
        let name = &book.norms[*norm].name;
        let claim = paper
            .verdicts
            .iter()
            .find(|line| line.norm == *name && line.of == of);
        let Some(claim) = claim else {
            return Some(format!("{name} of {of:?} may arise, and is not listed"));
        };
        let set = |words: &Vec<String>| -> StatusSet {
            words.iter().filter_map(|word| Status::read(word)).collect()
        };
        let narrower = |words: &Vec<String>, own: &StatusSet| !own.within(set(words));
        if narrower(&claim.statuses, whole)
            || claim
                .parts
                .iter()
                .zip(parts)
                .any(|(words, own)| narrower(words, own))
        {
            return Some(format!(
                "{name} of {of:?}: {:?} against {whole:?}",
                claim.statuses
            ));
        }
    }
    None
}

/// A change that a forger might make.
fn forge(paper: &mut Certificate, rng: &mut Rng) -> &'static str {
    let derived = paper.derived.len();
    let pick = |rng: &mut Rng, len: usize| if len == 0 { 0 } else { rng.usize(..len) };
    let at = pick(rng, derived);
    match rng.u32(..10) {
        0 if derived > 0 => {
            paper.derived.remove(at);
            "left out"
        }
        1 if derived > 0 => {
            let rule = paper.derived[pick(rng, derived)].surely.as_ref();
            let rule = rule.map_or("any", |proof| &proof.rule).to_owned();
            let with = Default::default();
            let rank = rng.u64(..20);
            paper.derived[at].surely = Some(Proof { rank, rule, with });
            "claimed sure"
        }
        2 if derived > 1 => {
            let other = pick(rng, derived);
            let mine = paper.derived[at].surely.clone();
            let theirs = paper.derived[other].surely.clone();
            if let (Some(mine), Some(theirs)) = (mine, theirs) {
                let ranks = (mine.rank, theirs.rank);
                paper.derived[at].surely = Some(Proof {
                    rank: ranks.1,
                    ..mine
                });
                paper.derived[other].surely = Some(Proof {
                    rank: ranks.0,
                    ..theirs
                });
            }
            "ranks swapped"
        }
        3 if derived > 0 => {
            paper.derived[at].surely = None;
            "proof withheld"
        }
        4 if derived > 1 => {
            let of = paper.derived[pick(rng, derived)].of.clone();
            paper.derived[at].of = of;
            "of somebody else"
        }
        5 if derived > 0 => {
            for ends in &mut paper.derived[at].between {
                *ends = [ends[1].clone(), ends[1].clone()];
            }
            "range narrowed"
        }
        6 if !paper.verdicts.is_empty() => {
            let at = pick(rng, paper.verdicts.len());
            let status = Status::ALL[pick(rng, Status::ALL.len())].word().to_owned();
            paper.verdicts[at].statuses = vec![status];
            "status changed"
        }
        7 if !paper.verdicts.is_empty() => {
            paper.verdicts.remove(pick(rng, paper.verdicts.len()));
            "verdict left out"
        }
        8 if !paper.verdicts.is_empty() => {
            let at = pick(rng, paper.verdicts.len());
            let statuses = &mut paper.verdicts[at].statuses;
            if statuses.len() > 1 {
                statuses.remove(pick(rng, statuses.len()));
            }
            "status struck out"
        }
        9 if derived > 0 => {
            if let Some(proof) = &mut paper.derived[at].surely {
                proof.with.clear();
            }
            "binding withheld"
        }
        _ => "nothing",
    }
}

#[test]
fn random_judgements_are_certified_and_forgeries_are_not() {
    let first = setting("FIDUCIA_SEED", 0);
    let count = setting("FIDUCIA_CERTIFICATES", 400);
    let (mut accepted, mut forged, mut refused, mut weaker) = (0, 0, 0, 0);
    for seed in first..first + count {
        let text = Program::new(seed).text();
        let Ok(Loaded { book, cases }) = load(&text) else {
            continue;
        };
        let plan = compile(&book).expect("it compiles");
        let mut rng = Rng::with_seed(seed);
        for case in &cases {
            for world in worlds(&book.vocabulary, case) {
                let Some(paper) = certificate(&book, &plan, case, &world) else {
                    continue;
                };
                let held = verify(&book, &world.record, &paper);
                assert!(
                    held.is_ok(),
                    "seed {seed}, {}: {:?}\n{paper:#?}\n{text}",
                    paper.case.name,
                    held.err()
                );
                accepted += 1;
                for _ in 0..4 {
                    let mut other = paper.clone();
                    let how: Vec<&str> = (0..=rng.usize(..2))
                        .map(|_| forge(&mut other, &mut rng))
                        .collect();
                    if other == paper {
                        continue;
                    }
                    forged += 1;
                    match verify(&book, &world.record, &other) {
                        Err(_) => refused += 1,
                        Ok(_) => {
                            weaker += 1;
                            let unsound = unsound(&book, &world.record, &other);
                            assert!(
                                unsound.is_none(),
                                "seed {seed} {how:?}: {unsound:?}\n{text}"
                            );
                        }
                    }
                }
            }
        }
    }
    println!("{accepted} accepted; {forged} forged, {refused} refused, {weaker} weaker but sound");
    assert!(accepted as u64 > count / 2 && refused > 0);
}

/// A rule that uses itself, so that ranks matter; something open; a duty.
const CHAIN: &str = "rulebook \"chain\" version \"1\"
source book is \"A book\"
kind Person
facts, false unless stated
  - [person: Person] told [other person: Person]
  - [person: Person] was harmed
facts, unknown unless stated
  - [person: Person] was warned
concepts
  - [person: Person] knows
  - [person: Person] may know
rule \"told\"
  if [other person] told [person]
  and [other person] knows
  then [person] knows
rule \"harmed\"
  if [person] was harmed
  then [person] knows
rule \"warned\"
  if [person] was warned
  then [person] may know
duty \"speak\"
  owed by [person]
  arises if [person] knows
  broken if it is not the case that [person] may know
  cites book
case \"c\"
  cast [A] is a Person
  cast [B] is a Person
  cast [C] is a Person
  given [A] was harmed
  given [A] told [B]
  given [B] told [A]
  given [B] told [C]
  unknown [A] was warned
  given it is not the case that [B] was warned
";

#[test]
fn forged_in_each_way() {
    let Loaded { book, cases } = load(CHAIN).unwrap_or_else(|faults| panic!("{faults:#?}"));
    let plan = compile(&book).expect("it compiles");
    let world = &worlds(&book.vocabulary, &cases[0])[0];
    let paper = certificate(&book, &plan, &cases[0], world).expect("it is judged");
    assert!(verify(&book, &world.record, &paper).is_ok());
    let line = |sentence: &str, of: &str| {
        let mut lines = paper.derived.iter();
        let at = lines.position(|line| line.sentence == sentence && line.of == [of]);
        at.unwrap_or_else(|| panic!("{sentence} {of}"))
    };
    let (a, b, may) = (
        line("_ knows", "A"),
        line("_ knows", "B"),
        line("_ may know", "A"),
    );
    let told = |forge: &dyn Fn(&mut Certificate)| {
        let mut other = paper.clone();
        forge(&mut other);
        match verify(&book, &world.record, &other) {
            Ok(proved) => format!("accepted: {proved:?}"),
            Err(refusal) => format!("{}: {}", refusal.at, refusal.why),
        }
    };
    let rank = |at: usize| {
        paper.derived[at]
            .surely
            .as_ref()
            .map_or(0, |proof| proof.rank)
    };
    let set_rank = |paper: &mut Certificate, at: usize, rank: u64| {
        if let Some(proof) = &mut paper.derived[at].surely {
            proof.rank = rank;
        }
    };
    let all = [
        told(&|paper| {
            let proof = Proof {
                rank: 9,
                rule: "warned".to_owned(),
                with: Default::default(),
            };
            paper.derived[may].surely = Some(proof);
        }),
        told(&|paper| drop(paper.derived.remove(may))),
        told(&|paper| drop(paper.derived.remove(b))),
        told(&|paper| {
            set_rank(paper, a, rank(b));
            set_rank(paper, b, rank(a));
        }),
        // Two who know only from each other.
        told(&|paper| {
            let proof = |rank: u64, other: &str, person: &str| Proof {
                rank,
                rule: "told".to_owned(),
                with: [("other person", other), ("person", person)]
                    .map(|(slot, name)| (slot.to_owned(), name.to_owned()))
                    .into(),
            };
            paper.derived[a].surely = Some(proof(7, "B", "A"));
            paper.derived[b].surely = Some(proof(7, "A", "B"));
        }),
        told(&|paper| paper.verdicts[0].statuses = vec!["fulfilled".to_owned()]),
        told(&|paper| drop(paper.verdicts.remove(0))),
        told(&|paper| paper.verdicts[0].of = vec!["Nobody".to_owned()]),
        told(&|paper| paper.rulebook.sha256 = "0".repeat(64)),
        told(&|paper| paper.case.sha256 = "0".repeat(64)),
        told(&|paper| paper.schema = "fiducia/certificate/9".to_owned()),
        told(&|paper| paper.derived.push(paper.derived[0].clone())),
        told(&|paper| paper.derived[a].sentence = "_ was harmed".to_owned()),
        told(&|paper| paper.derived[a].sentence = "_ was seen".to_owned()),
    ];
    for told in &all {
        assert!(!told.starts_with("accepted"), "{told}");
    }
    insta::assert_snapshot!(all.join("\n"));
}

/// `src/verify/` stays small enough to be read in one sitting.
#[test]
fn the_checker_is_small() {
    let lines: usize = files_below("src/verify", ".rs")
        .iter()
        .map(|path| read(path).lines().count())
        .sum();
    assert!(lines <= 600, "{lines} lines");
}

/// Whoever checks the checker need not trust more than these: to read and write JSON, a hash, the exact numbers of `value`, and
/// what it means for a line to hold.
#[test]
fn the_checker_trusts_little() {
    let crates = ["serde", "serde_json", "sha2", "std"];
    let rooms = ["reading", "rulebook", "value"];
    let mut imports = 0;
    for path in files_below("src/verify", ".rs") {
        let text = read(&path);
        for line in text.lines().filter_map(|line| {
            let line = line.trim_start();
            line.strip_prefix("pub use ")
                .or_else(|| line.strip_prefix("use "))
        }) {
            let mut parts = line
                .split([':', ';', '{', ' '])
                .filter(|part| !part.is_empty());
            let first = parts.next().unwrap_or("");
            let known = match first {
                "crate" => parts.next().is_some_and(|room| rooms.contains(&room)),
                "super" => true,
                // A file of the room itself, in its `mod.rs`.
                own => crates.contains(&own) || text.contains(&format!("mod {own};")),
            };
            assert!(known, "{}: {line}", path.display());
            imports += 1;
        }
        for outside in [
            "num_rational",
            "num_bigint",
            "rustc_hash",
            "petgraph",
            "crate::engine",
        ] {
            assert!(!text.contains(outside), "{}: {outside}", path.display());
        }
    }
    assert!(imports > 10, "{imports}");
}
