//! Why something is not so, as a page: the nearest ways, line by line, and under the first line that fails why it does. In: a
//! judged world and the ways; out: a document.

use super::titled;
use crate::engine::{Evidence, Found, Reading};
use crate::explain::{Below, CaseJudged, Need, NeedRole, NotSo, Way, WorldJudged};
use crate::graph::block;
use crate::plan::Origin;
use crate::present::document::{Document, Entry, Field, Item};
use crate::present::prose::Teller;
use crate::present::wording::{Words, capital, statuses};
use crate::value::{NormSort, StatusSet, Truth};

/// So many instances, and so many ways of each, are told.
const MOST_TOLD: usize = 3;

/// What is not so.
#[derive(Clone, Debug)]
pub enum Asked {
    /// A status, of instances of a norm.
    Statuses(Vec<NotSo>),
    /// A sentence.
    Sentence(Reading, Vec<Way>),
}

/// The page of one world.
#[must_use]
pub fn why_not(judged: &CaseJudged<'_>, world: &WorldJudged<'_>, asked: &Asked) -> Document {
    let mut page = titled(judged, world);
    for (title, entries) in sections(judged, world, asked) {
        page.section(&title, "", entries);
    }
    page
}

/// The parts of the page: what is not so, and the entries under it.
#[must_use]
pub fn sections(
    judged: &CaseJudged<'_>,
    world: &WorldJudged<'_>,
    asked: &Asked,
) -> Vec<(String, Vec<Entry>)> {
    let words = Words::of(judged.book, judged.case);
    let stated = &world.judged.record().stated;
    let tell = Tell {
        world,
        words,
        teller: Teller::new(words, &world.steps, stated, Some(0)),
    };
    match asked {
        Asked::Sentence(reading, ways) => {
            let truth = match reading.truth {
                Truth::True => "it is so",
                Truth::False => "it is not so",
                Truth::Unknown => "it is not known",
            };
            let sentence = capital(&words.sentence(reading));
            let mut entry = Entry::of(format!("{sentence}: {truth}"));
            entry.number = Some(1);
            if reading.truth == Truth::True {
                entry.field("so", vec![Item::of("ask why, not why not")]);
            } else if ways.is_empty() {
                let (text, mark) = tell.teller.said(reading);
                let item = Item {
                    indent: 0,
                    text,
                    mark,
                };
                entry.field("since", vec![item]);
            } else {
                entry.fields = tell.ways(ways);
            }
            vec![("why not".to_owned(), vec![entry])]
        }
        Asked::Statuses(all) => {
            let mut found: Vec<(String, Vec<Entry>)> = Vec::new();
            for one in all.iter().take(MOST_TOLD) {
                let title = format!("why not {}", one.wanted.word());
                let number = found
                    .iter()
                    .map(|(_, entries)| entries.len())
                    .sum::<usize>()
                    + 1;
                let entry = tell.not_so(one, number);
                match found.iter_mut().find(|(own, _)| *own == title) {
                    Some((_, entries)) => entries.push(entry),
                    None => found.push((title, vec![entry])),
                }
            }
            found
        }
    }
}

/// The lines of a need with whether each is met, fails or is open; for programs.
#[must_use]
pub fn lines(
    judged: &CaseJudged<'_>,
    world: &WorldJudged<'_>,
    need: &Need,
) -> Vec<(String, &'static str)> {
    let words = Words::of(judged.book, judged.case);
    let stated = &world.judged.record().stated;
    let tell = Tell {
        world,
        words,
        teller: Teller::new(words, &world.steps, stated, Some(0)),
    };
    need.ground
        .lines
        .iter()
        .map(|line| (tell.line(line, need.ground.origin).0, state(line)))
        .collect()
}

fn state(line: &Evidence) -> &'static str {
    match line.truth {
        Some(Truth::True) => "met",
        Some(Truth::False) => "fails",
        Some(Truth::Unknown) => "open",
        None => "not asked",
    }
}

/// A field that was told before, by its name.
fn as_above(mut field: Field) -> Field {
    if let [name, _, _, ..] = &mut field.items[..] {
        name.mark = match name.mark.as_str() {
            "" => "as above".to_owned(),
            mark => format!("{mark}, as above"),
        };
        field.items.truncate(1);
    }
    field
}

struct Tell<'t> {
    world: &'t WorldJudged<'t>,
    words: Words<'t>,
    teller: Teller<'t>,
}

impl Tell<'_> {
    fn not_so(&self, one: &NotSo, number: usize) -> Entry {
        let heading = self.words.heading(one.norm, &one.parties);
        let mut entry = Entry::of(format!("{heading}: {}", statuses(one.statuses)));
        entry.number = Some(number);
        if one.statuses == StatusSet::only(one.wanted) {
            entry.field("so", vec![Item::of("it is; ask why, not why not")]);
        } else if one.ways.is_empty() {
            let words = format!(
                "the rulebook has nothing by which it could be {}",
                one.wanted.word()
            );
            entry.field("since", vec![Item::of(words)]);
        } else {
            entry.fields = self.ways(&one.ways);
        }
        entry
    }

    fn ways(&self, ways: &[Way]) -> Vec<Field> {
        let mut fields: Vec<Field> = Vec::new();
        for (at, way) in ways.iter().take(MOST_TOLD).enumerate() {
            let sort = ways[0].steps.first().map(|step| step.role);
            for step in &way.steps {
                let label = match (self.label(step), at) {
                    ("rule", 1..) => "or rule",
                    ("by", 1..) => "or by",
                    (label, _) => label,
                };
                let field = Field {
                    label: label.to_owned(),
                    items: self.need(step, 0),
                };
                let told = at > 0 && fields.contains(&field);
                // Why it is owed is said once; of the rest its name is said again.
                if field.items.is_empty() || told && Some(step.role) == sort {
                    continue;
                }
                fields.push(if told { as_above(field) } else { field });
            }
            if let Some(below) = &way.below {
                let mut items = Vec::new();
                self.below(below, 0, &mut items);
                fields.push(Field {
                    label: "closest".to_owned(),
                    items,
                });
            }
        }
        if ways.len() > MOST_TOLD {
            let more = format!("and {} more, further off", ways.len() - MOST_TOLD);
            fields.push(Field {
                label: String::new(),
                items: vec![Item::of(more)],
            });
        }
        fields
    }

    fn label(&self, need: &Need) -> &'static str {
        let sort = match need.ground.origin {
            Origin::Arises(norm) | Origin::PartArises(norm, _) => {
                Some(self.words.book.norms[norm].sort)
            }
            _ => None,
        };
        match (need.role, need.truth) {
            (NeedRole::Rule, _) => "rule",
            (NeedRole::Arises, _) => match sort {
                Some(NormSort::Ideal) => "applies",
                Some(NormSort::Concern) => "raised",
                _ => "owed",
            },
            (NeedRole::Broken, Truth::True) | (NeedRole::Kept, Truth::False) => "not kept",
            (NeedRole::Broken, Truth::False) | (NeedRole::Kept, Truth::True) => "kept",
            (NeedRole::Broken | NeedRole::Kept, Truth::Unknown) => "open",
            (NeedRole::Acts(_), _) => "by",
            (NeedRole::Silent(_), _) => "in the way",
        }
    }

    /// What is needed, line by line; of what must not act nothing where it does not.
    fn need(&self, need: &Need, indent: usize) -> Vec<Item> {
        let mut items = Vec::new();
        let mut indent = indent;
        let named = match need.role {
            NeedRole::Silent(_) if need.truth == Truth::True => return items,
            NeedRole::Acts(defeater) | NeedRole::Silent(defeater) => {
                Some(self.words.defeater(defeater))
            }
            NeedRole::Rule => Some(match need.ground.origin {
                Origin::Rule(rule) => format!("\"{}\"", self.words.book.rules[rule].name),
                _ => String::new(),
            }),
            NeedRole::Arises | NeedRole::Broken | NeedRole::Kept => self.part(need),
        };
        if let Some(named) = named {
            let failing = need.against(self.world).len();
            let of = need.ground.lines.len();
            let mark = match (need.role, failing) {
                (NeedRole::Rule | NeedRole::Acts(_), 0) if need.truth == Truth::Unknown => {
                    "open".to_owned()
                }
                (NeedRole::Rule | NeedRole::Acts(_), 0) => "it does".to_owned(),
                (NeedRole::Rule | NeedRole::Acts(_), failing) => format!("{failing} of {of} fail"),
                (NeedRole::Silent(_), _) if need.truth == Truth::Unknown => "it may act".to_owned(),
                (NeedRole::Silent(_), _) => "it acts".to_owned(),
                _ => String::new(),
            };
            items.push(Item {
                indent,
                text: named,
                mark,
            });
            indent += 1;
        }
        for line in &need.ground.lines {
            let (text, standing) = self.line(line, need.ground.origin);
            if text.is_empty() {
                continue;
            }
            let state = if need.wants_lines(self.world) {
                state(line)
            } else {
                match line.truth {
                    Some(Truth::True) => "holds",
                    Some(Truth::Unknown) => "open",
                    _ => "does not hold",
                }
            };
            let mark = if standing.is_empty() {
                state.to_owned()
            } else {
                format!("{state}: {standing}")
            };
            items.push(Item { indent, text, mark });
        }
        items
    }

    /// The named part that is meant.
    fn part(&self, need: &Need) -> Option<String> {
        match need.ground.origin {
            Origin::Test(norm, part) | Origin::PartArises(norm, part) => {
                let part = &self.words.book.norms[norm].parts[part];
                part.name.as_ref().map(|name| format!("in \"{name}\":"))
            }
            _ => None,
        }
    }

    /// A line as it is, and how it stands.
    fn line(&self, line: &Evidence, origin: Origin) -> (String, String) {
        match &line.found {
            Found::Sentence { reading, .. } => self.teller.said(reading),
            Found::NotReached => (
                "what else is asked of whoever that would be".to_owned(),
                String::new(),
            ),
            _ => {
                let vars = block(self.words.book, origin).vars;
                (self.teller.phrases(line, vars).join("; "), String::new())
            }
        }
    }

    /// Why the first line that fails does.
    fn below(&self, below: &Below, indent: usize, items: &mut Vec<Item>) {
        let (lead, ways) = match below {
            Below::Sentence(reading, ways) => {
                let lead = match reading.truth {
                    Truth::Unknown => "whether",
                    _ => "to",
                };
                (
                    format!("{lead} \"{}\":", self.words.sentence(reading)),
                    ways,
                )
            }
            Below::Verdict(read, wanted, ways) => (
                format!(
                    "to {}, being {}:",
                    self.words.norm(read.norm, &read.parties),
                    wanted.word()
                ),
                ways,
            ),
        };
        items.push(Item {
            indent,
            text: lead,
            mark: String::new(),
        });
        let Some(nearest) = ways.first() else {
            return;
        };
        for step in &nearest.steps {
            let label = match step.role {
                NeedRole::Rule => "rule ",
                _ => "",
            };
            for (at, mut item) in self.need(step, indent + 1).into_iter().enumerate() {
                if at == 0 {
                    item.text = format!("{label}{}", item.text);
                }
                items.push(item);
            }
        }
        if let Some(below) = &nearest.below {
            self.below(below, indent + 1, items);
        }
    }
}
