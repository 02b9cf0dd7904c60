//! A case from JSON. In: the object; out: the case, or every fault with its path. Whoever is not cast has the kinds of the
//! slots where the name stands.

use crate::check::expectations::{Reader, contradictions};
use crate::check::kinds;
use crate::check::layers::{Layer, over};
use crate::check::people::People;
use crate::rulebook::{Branch, Case, KindSort, Rulebook, Stated};
use crate::syntax;
use crate::syntax::tree::{BlockKind, CaseContent, File};
use crate::text::{Diagnostic, FileId, Label, Severity, Span, catalogue, nearest};
use crate::value::{Truth, Values};
use serde_json::{Map, Value};

/// A fault in a case that came as data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misread {
    /// Where, as a JSON pointer: `/options/wait/given/0`.
    pub path: String,
    /// What is wrong; it has no place in a file.
    pub fault: Diagnostic,
}

/// Checks a case that came as JSON.
///
/// # Errors
/// Every fault found.
pub fn case_from_json(book: &Rulebook, value: &Value) -> Result<Case, Vec<Misread>> {
    let mut data = Data {
        book,
        values: book.values.clone(),
        people: People::default(),
        faults: Vec::new(),
    };
    let case = data.case(value);
    if data.faults.is_empty() {
        Ok(case)
    } else {
        Err(data.faults)
    }
}

/// The parts of a case, and of an option or a supposition.
const OF_CASE: &[&str] = &[
    "case",
    "story",
    "cast",
    "given",
    "facts",
    "false",
    "unknown",
    "options",
    "suppositions",
    "expect",
];
const OF_BRANCH: &[&str] = &["story", "given", "facts", "false", "unknown", "expect"];

/// No file: faults of data have paths, not places.
pub(super) const NOWHERE: Span = Span {
    file: FileId(u32::MAX),
    start: 0,
    end: 0,
};

/// A fault without a place.
pub(super) fn fault(code: &'static str, message: impl Into<String>, help: &str) -> Diagnostic {
    Diagnostic {
        code,
        severity: catalogue::severity(code),
        message: message.into(),
        labels: Vec::new(),
        help: Some(help.to_owned()),
        suggestions: Vec::new(),
    }
}

/// A case while it is read.
pub(super) struct Data<'a> {
    pub(super) book: &'a Rulebook,
    pub(super) values: Values,
    pub(super) people: People,
    faults: Vec<Misread>,
}

impl Data<'_> {
    /// Tells a fault; hints are of use only where somebody writes by hand.
    pub(super) fn tell(&mut self, path: &str, fault: Diagnostic) {
        if fault.severity == Severity::Hint {
            return;
        }
        // A place in the rulebook helps; one in the data there is none.
        let labels: Vec<Label> = fault
            .labels
            .into_iter()
            .filter(|label| label.span.file != NOWHERE.file)
            .collect();
        self.faults.push(Misread {
            path: path.to_owned(),
            fault: Diagnostic { labels, ..fault },
        });
    }

    fn misshapen(&mut self, path: &str, wanted: &str) {
        let message = format!("This should be {wanted}");
        self.tell(
            path,
            fault(
                "C030",
                message,
                "See the example on the page of this fault.",
            ),
        );
    }

    fn case(&mut self, value: &Value) -> Case {
        let mut case = Case::default();
        let Value::Object(object) = value else {
            self.misshapen("", "an object with the parts of a case");
            return case;
        };
        self.known_parts("", object, OF_CASE);
        if !object.contains_key("case") {
            let help = "Give it one in the part `case`: the answer is told apart by it.";
            self.tell("", fault("C030", "This case has no name", help));
        }
        case.name = self.text("", object, "case").unwrap_or_default();
        case.story = self.text("", object, "story").unwrap_or_default();
        self.cast(object);
        case.is_cast = object.contains_key("cast");
        case.stated = self.stated("", object, None);
        self.branches(object, &mut case);
        for branch in &case.branches {
            let lines = over(&self.book.vocabulary, &case.stated, &branch.stated);
            let (_, found) = Layer::of(&self.book.vocabulary, &self.values, lines);
            let path = branch_path(branch.option, &branch.name);
            for fault in found {
                self.tell(&path, fault);
            }
        }
        self.expectations(object, &mut case);
        case.cast = std::mem::take(&mut self.people.cast);
        case.values = std::mem::take(&mut self.values);
        case
    }

    /// Refuses parts that nobody reads.
    fn known_parts(&mut self, path: &str, object: &Map<String, Value>, known: &[&str]) {
        for key in object.keys() {
            if known.contains(&key.as_str()) {
                continue;
            }
            let close: Vec<String> = nearest(key, known.iter().copied(), 1)
                .into_iter()
                .map(str::to_owned)
                .collect();
            let help = format!("The parts are {}.", known.join(", "));
            let told = fault("C031", format!("Nothing reads the part {key}"), &help).suggest(close);
            self.tell(&at(path, key), told);
        }
    }

    fn text(&mut self, path: &str, object: &Map<String, Value>, key: &str) -> Option<String> {
        match object.get(key)? {
            Value::String(text) => Some(text.clone()),
            _ => {
                self.misshapen(&at(path, key), "text");
                None
            }
        }
    }

    /// `"cast": {"Clinician": ["Dr Osei"]}`.
    fn cast(&mut self, object: &Map<String, Value>) {
        let Some(cast) = object.get("cast") else {
            return;
        };
        let Value::Object(kinds) = cast else {
            self.misshapen("/cast", "an object of lists of names, by kind");
            return;
        };
        for (kind, names) in kinds {
            let path = at("/cast", kind);
            let id = match kinds::find(&self.book.vocabulary, kind, NOWHERE) {
                Ok(id) => id,
                Err(told) => {
                    self.tell(&path, told);
                    continue;
                }
            };
            if !matches!(self.book.vocabulary.kinds[id].sort, KindSort::Thing { .. }) {
                let message = format!("{kind} is not a kind of people or things");
                self.tell(
                    &path,
                    fault(
                        "C024",
                        message,
                        "Listed values and numbers need no casting.",
                    ),
                );
                continue;
            }
            let Value::Array(names) = names else {
                self.misshapen(&path, "a list of names");
                continue;
            };
            for (row, name) in names.iter().enumerate() {
                let path = at(&path, &row.to_string());
                let Value::String(name) = name else {
                    self.misshapen(&path, "a name");
                    continue;
                };
                if let Some(name) = self.name(&path, name) {
                    let value = self.values.name(&name);
                    self.people.add(value, &[id], None);
                }
            }
        }
    }

    /// What is stated in one layer, each sentence once.
    fn stated(
        &mut self,
        path: &str,
        object: &Map<String, Value>,
        branch: Option<usize>,
    ) -> Vec<Stated> {
        let mut layer = Layer::default();
        for (key, truth) in [
            ("given", Truth::True),
            ("facts", Truth::True),
            ("false", Truth::False),
            ("unknown", Truth::Unknown),
        ] {
            let Some(value) = object.get(key) else {
                continue;
            };
            let path = at(path, key);
            let lines = match value {
                Value::Array(lines) => self.sentences(&path, lines, truth),
                Value::Object(tables) if key != "given" => self.tables(&path, tables, truth),
                _ => {
                    let wanted = match key {
                        "given" => "a list of sentences",
                        _ => "a list of sentences, or an object of tables by sentence",
                    };
                    self.misshapen(&path, wanted);
                    continue;
                }
            };
            for (path, line) in lines {
                let line = Stated { branch, ..line };
                let told = layer.add(&self.book.vocabulary, &self.values, line);
                if let Some(told) = told {
                    self.tell(&path, told);
                }
            }
        }
        layer.stated
    }

    fn branches(&mut self, object: &Map<String, Value>, case: &mut Case) {
        for (key, option) in [("options", true), ("suppositions", false)] {
            let Some(value) = object.get(key) else {
                continue;
            };
            let Value::Object(branches) = value else {
                self.misshapen(&at("", key), "an object of options by name");
                continue;
            };
            for (name, value) in branches {
                let path = branch_path(option, name);
                let Value::Object(inner) = value else {
                    self.misshapen(&path, "an object");
                    continue;
                };
                self.known_parts(&path, inner, OF_BRANCH);
                if case.branches.iter().any(|known| known.name == *name) {
                    let message = format!("The name \"{name}\" is taken in this case");
                    self.tell(
                        &path,
                        fault("C013", message, "Give one of the two another name."),
                    );
                    continue;
                }
                let story = self.text(&path, inner, "story").unwrap_or_default();
                let stated = self.stated(&path, inner, Some(case.branches.len()));
                case.branches.push(Branch {
                    option,
                    name: name.clone(),
                    story,
                    stated,
                    expectations: Vec::new(),
                    asks: Vec::new(),
                    span: None,
                });
            }
        }
    }

    /// The `expect` lines of the case and of its branches, once all options are known.
    fn expectations(&mut self, object: &Map<String, Value>, case: &mut Case) {
        let options: Vec<String> = case
            .branches
            .iter()
            .filter(|branch| branch.option)
            .map(|branch| branch.name.clone())
            .collect();
        case.expectations = self.expected("", object, &options);
        for branch in &mut case.branches {
            let key = if branch.option {
                "options"
            } else {
                "suppositions"
            };
            let inner = object
                .get(key)
                .and_then(|branches| branches.get(&branch.name));
            if let Some(Value::Object(inner)) = inner {
                let path = branch_path(branch.option, &branch.name);
                branch.expectations = self.expected(&path, inner, &options);
            }
        }
    }

    fn expected(
        &mut self,
        path: &str,
        object: &Map<String, Value>,
        options: &[String],
    ) -> Vec<crate::rulebook::Expectation> {
        let Some(value) = object.get("expect") else {
            return Vec::new();
        };
        let path = at(path, "expect");
        let Value::Array(lines) = value else {
            self.misshapen(&path, "a list of expectations");
            return Vec::new();
        };
        let mut all = Vec::new();
        for (row, line) in lines.iter().enumerate() {
            let path = at(&path, &row.to_string());
            let Value::String(line) = line else {
                self.misshapen(&path, "an expectation, as text");
                continue;
            };
            let Some(file) = self.written(&path, line) else {
                continue;
            };
            let mut faults = Vec::new();
            let mut reader = Reader {
                book: self.book,
                values: &mut self.values,
                people: &self.people,
                options,
                faults: &mut faults,
            };
            for written in written_expectations(&file) {
                if let Some(mut expectation) = reader.expectation(written) {
                    expectation.span = Some(NOWHERE);
                    all.push(expectation);
                }
            }
            for told in faults {
                self.tell(&path, told);
            }
        }
        let mut faults = Vec::new();
        contradictions(&all, &mut faults);
        for told in faults {
            self.tell(&path, told);
        }
        for expectation in &mut all {
            expectation.span = None;
        }
        all
    }

    /// An expectation as the reader of files sees it.
    fn written(&mut self, path: &str, line: &str) -> Option<File> {
        if line.contains(['\n', '\r']) {
            self.misshapen(path, "one line");
            return None;
        }
        let (file, faults) = syntax::read(NOWHERE.file, &format!("case \"c\"\n  expect {line}\n"));
        let sound = !faults.iter().any(Diagnostic::is_error);
        for told in faults {
            self.tell(path, told);
        }
        sound.then_some(file)
    }
}

/// The expectations of the only case of a file.
fn written_expectations(file: &File) -> impl Iterator<Item = &syntax::tree::Expectation> {
    file.blocks
        .iter()
        .filter_map(|block| match &block.kind {
            BlockKind::Case { items, .. } => Some(items),
            _ => None,
        })
        .flatten()
        .filter_map(|item| match &item.content {
            CaseContent::Expect(lines) => Some(lines),
            _ => None,
        })
        .flatten()
}

/// A step further down a JSON pointer.
pub(super) fn at(path: &str, key: &str) -> String {
    format!("{path}/{}", key.replace('~', "~0").replace('/', "~1"))
}

fn branch_path(option: bool, name: &str) -> String {
    at(if option { "/options" } else { "/suppositions" }, name)
}
