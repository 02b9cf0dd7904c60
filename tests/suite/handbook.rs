//! The handbook: a page a module. In: the head of each page, written by hand, and the name of its worked case; out: the rest,
//! made from the rulebook and from the judged case, so that no duty, sentence, case or source on a page can be stale.

use crate::run::{page_is, read, root};
use fiducia::bank::test::test_case;
use fiducia::engine::Limits;
use fiducia::rulebook::{Citation, Class, DefeatSort, Rulebook, Sentence, SourceId, Wording};
use fiducia::session::{OpenCase, Opening, Session};
use fiducia::value::NormSort;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Folders of the rulebook that are no module with a page.
const WITHOUT: [&str; 2] = ["cases", "shared"];

#[test]
fn the_handbook_is_fresh() {
    let session = Session::open(&Opening {
        paths: vec![root().join("knowledge")],
        ..Opening::default()
    });
    let book = session.first_rulebook().expect("the rulebook stands");
    let folders: BTreeSet<&str> = book
        .modules
        .iter()
        .filter_map(|module| module.name.split_once('/'))
        .map(|(folder, _)| folder)
        .filter(|folder| !WITHOUT.contains(folder))
        .collect();
    assert!(folders.len() >= 19, "{folders:?}");
    for folder in folders {
        let path = format!("docs/handbook/{folder}.md");
        let old = read(&path);
        let head = old.split("\n## ").next().expect("a page has a head");
        let head = head.trim_end();
        let words = head.split_whitespace().count();
        assert!(head.starts_with("# ") && words >= 30, "{path} has no head");
        let case = worked(&session, &old).unwrap_or_else(|| panic!("{path} has no worked case"));
        let mut page = Page {
            book,
            folder,
            text: format!("{head}\n"),
            cited: BTreeSet::new(),
        };
        page.case(&session, &case);
        page.norms(NormSort::Duty, "What is owed");
        page.norms(NormSort::Ideal, "What is aspired to, and never a breach");
        page.norms(NormSort::Concern, "What is a risk or a warning");
        page.defeats(DefeatSort::Exemption, "When it does not bind");
        page.defeats(
            DefeatSort::Excuse,
            "When the breach stands and nobody is blamed",
        );
        page.priorities();
        page.sentences();
        page.sources();
        page_is(&path, &page.text);
    }
}

/// The case that a page works out: the name in quotation marks before its file.
fn worked<'a>(session: &'a Session, page: &str) -> Option<OpenCase<'a>> {
    let line = page
        .lines()
        .find(|line| line.contains("\" in `knowledge/cases/"))?;
    let name = line.strip_prefix('"')?.split_once('"')?.0;
    session.cases().find(|open| open.case.name == name)
}

/// The story of a case, after that of the case it is like.
fn stories(session: &Session, open: &OpenCase<'_>) -> String {
    let text = &session.sources().get(open.file).text;
    let start = format!("case \"{}\"", open.case.name);
    let own = text.lines().skip_while(|line| *line != start).skip(1);
    let like = own
        .take_while(|line| line.is_empty() || line.starts_with(' '))
        .find_map(|line| line.trim().strip_prefix("like case \""))
        .and_then(|rest| rest.strip_suffix('"'));
    let before = like.and_then(|name| session.cases().find(|other| other.case.name == name));
    let before = before.map(|other| stories(session, &other) + "\n\n");
    let story = open.case.story.split_whitespace().collect::<Vec<_>>();
    format!("{}{}", before.unwrap_or_default(), story.join(" "))
}

/// A page as it grows.
struct Page<'a> {
    book: &'a Rulebook,
    folder: &'a str,
    text: String,
    cited: BTreeSet<SourceId>,
}

impl Page<'_> {
    fn is_own(&self, module: usize) -> bool {
        let name = &self.book.modules[module].name;
        name.split_once('/')
            .is_some_and(|(folder, _)| folder == self.folder)
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// A heading before the first line of a list.
    fn list(&mut self, heading: &str, lines: &[String]) {
        if !lines.is_empty() {
            self.line(&format!("\n## {heading}\n"));
            lines.iter().for_each(|line| self.line(line));
        }
    }

    /// The story, and every expectation as it was written; all of them hold.
    fn case(&mut self, session: &Session, open: &OpenCase<'_>) {
        let test = test_case(open.book, open.plan, open.case, Limits::default());
        let name = &open.case.name;
        assert!(test.passed() && !test.results.is_empty(), "{name:?}");
        let source = session.sources().get(open.file);
        let (_, file) = source
            .name
            .rsplit_once("knowledge/")
            .expect("a file of the bank");
        let start = format!("case \"{name}\"");
        let own = source
            .text
            .lines()
            .skip_while(|line| *line != start)
            .skip(1);
        let own = own.take_while(|line| line.is_empty() || line.starts_with(' '));
        let mut under = String::new();
        let mut lines = Vec::new();
        for line in own.map(str::trim) {
            if line.starts_with("option ") || line.starts_with("suppose ") {
                under = format!(" ({line})");
            } else if let Some(expected) = line.strip_prefix("expect ") {
                lines.push(format!("* {expected}{under}"));
            }
        }
        assert!(!lines.is_empty(), "{name:?} expects nothing of its own");
        let story = stories(session, open);
        self.line(&format!(
            "\n## A worked case\n\n{}\n\n\"{name}\" in `knowledge/{file}`. What comes out, among other things:\n",
            story
        ));
        lines.iter().for_each(|line| self.line(line));
    }

    fn norms(&mut self, sort: NormSort, heading: &str) {
        let book = self.book;
        let own = book.norms.iter();
        let own = own.filter(|norm| norm.sort == sort && self.is_own(norm.module));
        let told: Vec<(String, &[Citation])> = own
            .map(|norm| {
                let mut line = format!("* **{}**{}", norm.name, reasons(&norm.because));
                let parts: Vec<&str> = norm
                    .parts
                    .iter()
                    .filter_map(|part| part.name.as_deref())
                    .collect();
                if !parts.is_empty() {
                    let _ = write!(line, " Parts: {}.", parts.join(", "));
                }
                if let Some(advice) = &norm.advice {
                    let _ = write!(line, " What to do: {}.", advice.trim_end_matches('.'));
                }
                (line, &norm.cites[..])
            })
            .collect();
        self.blocks(heading, told);
    }

    fn defeats(&mut self, sort: DefeatSort, heading: &str) {
        let book = self.book;
        let own = book.defeats.iter();
        let own = own.filter(|one| one.sort == sort && self.is_own(one.module));
        let told: Vec<(String, &[Citation])> = own
            .map(|one| {
                let duty = &book.norms[one.norm];
                let parts: Vec<String> = one
                    .parts
                    .iter()
                    .filter_map(|part| duty.parts[*part].name.as_ref())
                    .map(|part| format!("\"{part}\""))
                    .collect();
                let of = if parts.is_empty() {
                    String::new()
                } else {
                    format!(" in {}", parts.join(" and "))
                };
                let line = format!(
                    "* **{}** (duty \"{}\"{of}){}",
                    one.name,
                    duty.name,
                    reasons(&one.because)
                );
                (line, &one.cites[..])
            })
            .collect();
        self.blocks(heading, told);
    }

    fn priorities(&mut self) {
        let book = self.book;
        let own = book.priorities.iter();
        let own = own.filter(|one| self.is_own(one.module));
        let told: Vec<(String, &[Citation])> = own
            .map(|one| {
                let line = format!(
                    "* **{}** (duty \"{}\" before duty \"{}\"){}",
                    one.name,
                    book.norms[one.upper].name,
                    book.norms[one.lower].name,
                    reasons(&one.because)
                );
                (line, &one.cites[..])
            })
            .collect();
        self.blocks("What comes first", told);
    }

    fn blocks(&mut self, heading: &str, told: Vec<(String, &[Citation])>) {
        let mut lines = Vec::new();
        for (line, cites) in told {
            self.cited.extend(cites.iter().map(|cite| cite.source));
            lines.push(format!("{line} Source: {}.", places(self.book, cites)));
        }
        self.list(heading, &lines);
    }

    /// What can be stated, in the order of the vocabulary with its comments; then settings, findings, and what decides nothing.
    fn sentences(&mut self) {
        let book = self.book;
        let own: Vec<&Sentence> = book
            .vocabulary
            .sentences
            .iter()
            .filter(|one| self.is_own(one.module))
            .collect();
        let is_fact = |one: &&&Sentence| {
            matches!(one.class, Class::ClosedFact | Class::OpenFact)
                && one.decides_nothing.is_none()
        };
        let mut lines = Vec::new();
        let mut doc = "";
        for one in own.iter().filter(is_fact) {
            if one.doc != doc && !one.doc.is_empty() {
                doc = &one.doc;
                let comment = doc.split_whitespace().collect::<Vec<_>>().join(" ");
                let gap = if lines.is_empty() { "" } else { "\n" };
                lines.push(format!("{gap}{comment}\n"));
            }
            let asked = one.question.as_ref();
            let asked = asked.map(|question| format!(" Not recorded, it is asked: {question}"));
            let denied = one.opposite.as_ref();
            let denied = denied.map(|words| format!(", or `{}`", wording(one, words)));
            lines.push(format!(
                "* `{}`{}.{}",
                wording(one, &one.wording),
                denied.unwrap_or_default(),
                asked.unwrap_or_default()
            ));
        }
        self.list("What can be said", &lines);
        let told = |class: Class| -> Vec<String> {
            let own = own.iter().filter(|one| one.class == class);
            own.map(|one| {
                let usual = one.default.map(|value| book.values.get(value));
                let usual = usual.map(|value| format!(", usually {value}"));
                format!(
                    "* `{}`{}{}",
                    wording(one, &one.wording),
                    usual.unwrap_or_default(),
                    reasons(&one.because)
                )
            })
            .collect()
        };
        self.list("What a place may set otherwise", &told(Class::Setting));
        self.list("What it finds", &told(Class::Finding));
        let nothing: Vec<String> = own
            .iter()
            .filter_map(|one| {
                let why = one.decides_nothing.as_ref()?;
                Some(format!("* `{}`: {why}.", wording(one, &one.wording)))
            })
            .collect();
        self.list("What decides nothing", &nothing);
    }

    /// The sources cited on the page, in full.
    fn sources(&mut self) {
        let lines: Vec<String> = self
            .cited
            .iter()
            .map(|id| {
                let source = &self.book.sources[*id];
                let place = source.jurisdiction.as_ref();
                let place = place.map(|place| format!("; {place}")).unwrap_or_default();
                format!("* {}: {}{place}.", source.id, source.title)
            })
            .collect();
        self.list("Sources", &lines);
    }
}

/// `: one; another.`
fn reasons(because: &[String]) -> String {
    if because.is_empty() {
        ".".to_owned()
    } else {
        format!(": {}.", because.join("; ").trim_end_matches('.'))
    }
}

/// `ama 2.1.1, 2.1.6; mca ss 2, 3`, the article first named as such.
fn places(book: &Rulebook, cites: &[Citation]) -> String {
    let mut told: Vec<(SourceId, String)> = Vec::new();
    for cite in cites {
        let id = &book.sources[cite.source].id;
        let id = if id == "article" { "the article" } else { id };
        let place = cite.place.as_deref().unwrap_or_default();
        match told.iter_mut().find(|(source, _)| *source == cite.source) {
            Some((_, line)) => line.push_str(&format!(", {place}")),
            None => told.push((cite.source, format!("{id} {place}").trim().to_owned())),
        }
    }
    let told: Vec<String> = told.into_iter().map(|(_, line)| line).collect();
    told.join("; ")
}

fn wording(sentence: &Sentence, wording: &Wording) -> String {
    wording.said(|at| format!("[{}]", sentence.slots[at].name))
}
