//! Reads the lines that say something about what they stand under: `cites`, `because`, `opposite` and their like. In:
//! lines; out: [`Attribute`]s. Knows which may stand where.

use crate::syntax::faults;
use crate::syntax::grammar::Rule;
use crate::syntax::parse::Reader;
use crate::syntax::tree::{Attribute, Line};

/// What may stand under a rule, a defeat, a priority, a case's head, an expectation, a list of `always`.
pub const GROUNDS: &[&str] = &["cites", "because", "jurisdiction", "since", "confidence"];

/// What may stand in a duty, ideal or concern.
pub const OF_NORM: &[&str] = &[
    "advice",
    "cites",
    "because",
    "jurisdiction",
    "since",
    "confidence",
];

/// What may stand under a `given` or `unknown` sentence.
pub const OF_STATEMENT: &[&str] = &[
    "according",
    "cites",
    "because",
    "jurisdiction",
    "since",
    "confidence",
];

/// What may stand under a source.
pub const OF_SOURCE: &[&str] = &["jurisdiction", "since", "confidence"];

/// What may stand under a declared sentence.
pub const OF_DECLARATION: &[&str] = &[
    "opposite",
    "formerly",
    "question",
    "judged",
    "can",
    "default",
    "only",
    "decides",
    "cites",
    "because",
    "jurisdiction",
    "since",
    "confidence",
];

impl<'a> Reader<'a> {
    /// The lines of this kind that stand here.
    pub fn attributes(&mut self, allowed: &[&str]) -> Vec<Line<Attribute>> {
        let mut attributes = Vec::new();
        while let Some(at) = self.inner() {
            let word = self.word(at);
            if !allowed.contains(&word) {
                break;
            }
            self.attribute(at, &mut attributes);
        }
        attributes
    }

    /// One line of this kind; moves past it.
    pub fn attribute(&mut self, at: usize, into: &mut Vec<Line<Attribute>>) {
        self.at = at + 1;
        let faults = self.faults.len();
        let Some(node) = self.attribute_of(at) else {
            return;
        };
        let said_of_citation = matches!(
            node,
            Attribute::Jurisdiction(_) | Attribute::Since(_) | Attribute::Confidence(_)
        );
        let span = self.whole(at);
        if said_of_citation
            && self.block != "source"
            && !into
                .iter()
                .any(|a| matches!(a.node, Attribute::Cites { .. }))
        {
            self.fault(faults::no_citation(span, self.word(at)));
        }
        let earlier = into
            .iter()
            .rev()
            .take_while(|a| !(said_of_citation && matches!(a.node, Attribute::Cites { .. })))
            .find(|a| only_once(&a.node) && same_sort(&a.node, &node))
            .map(|a| a.span);
        if let Some(earlier) = earlier {
            self.fault(faults::said_twice(span, earlier, self.word(at)));
        }
        let line = self.line(at, node);
        if self.faults.len() == faults {
            // Most have one or two: room for four would be half of what a file takes.
            into.reserve_exact(1);
            into.push(line);
        }
    }

    /// What the line says, where it can be nothing else.
    fn plain_attribute(&mut self, at: usize, word: &str) -> Option<Attribute> {
        let of = match word {
            "cites" => return self.plain_citation(at),
            "opposite" | "formerly" => {
                let phrase = self.sentence_at(at, word.len(), false);
                let plain = phrase.filter(|phrase| faults::comparison_stated(phrase).is_none());
                return plain.map(match word {
                    "opposite" => Attribute::Opposite,
                    _ => Attribute::Formerly,
                });
            }
            "can" => {
                let slot = self.lone_slot(at, "can be changed by");
                return slot.map(Attribute::ChangedBy);
            }
            "default" => return self.lone_slot(at, word).map(Attribute::Default),
            "only" => return self.lone_slot(at, "only one").map(Attribute::OnlyOne),
            "judged" => {
                return self.lone_string(at, "judged by").map(Attribute::JudgedBy);
            }
            "decides" => {
                let reason = self.lone_string(at, "decides nothing because");
                return reason.map(Attribute::DecidesNothing);
            }
            "because" => Attribute::Because,
            "advice" => Attribute::Advice,
            "question" => Attribute::Question,
            "jurisdiction" => Attribute::Jurisdiction,
            "since" => Attribute::Since,
            _ => return None,
        };
        self.lone_string(at, word).map(of)
    }

    /// What the line says.
    fn attribute_of(&mut self, at: usize) -> Option<Attribute> {
        let word = self.word(at);
        if let Some(plain) = self.plain_attribute(at, word) {
            return Some(plain);
        }
        let rule = match word {
            "opposite" | "formerly" => Rule::wording_line,
            "can" | "default" | "only" => Rule::slot_line,
            "cites" => Rule::cites_line,
            "confidence" => Rule::confidence_line,
            _ => Rule::text_line,
        };
        let line = self.parse(rule, at)?;
        let mut inner = line.into_inner().skip(1);
        if word == "cites" {
            let (mut source, mut place) = (None, None);
            for piece in inner {
                match piece.as_rule() {
                    Rule::ident => source = Some(self.text(&piece)),
                    Rule::string => place = Some(self.string(&piece)),
                    _ => {}
                }
            }
            return Some(Attribute::Cites {
                source: source?,
                place,
            });
        }
        let piece = inner.next()?;
        Some(match word {
            "opposite" => Attribute::Opposite(self.sentence(&piece)),
            "formerly" => Attribute::Formerly(self.sentence(&piece)),
            "can" => Attribute::ChangedBy(self.plain_slot(&piece)),
            "default" => Attribute::Default(self.plain_slot(&piece)),
            "only" => Attribute::OnlyOne(self.plain_slot(&piece)),
            "confidence" => Attribute::Confidence(self.text(&piece)),
            "question" => Attribute::Question(self.string(&piece)),
            "judged" => Attribute::JudgedBy(self.string(&piece)),
            "decides" => Attribute::DecidesNothing(self.string(&piece)),
            "because" => Attribute::Because(self.string(&piece)),
            "jurisdiction" => Attribute::Jurisdiction(self.string(&piece)),
            "since" => Attribute::Since(self.string(&piece)),
            "advice" => Attribute::Advice(self.string(&piece)),
            _ => Attribute::AccordingTo(self.string(&piece)),
        })
    }
}

/// Whether a second one is a fault.
fn only_once(attribute: &Attribute) -> bool {
    !matches!(
        attribute,
        Attribute::Cites { .. }
            | Attribute::Because(_)
            | Attribute::Formerly(_)
            | Attribute::Advice(_)
            | Attribute::ChangedBy(_)
    )
}

fn same_sort(a: &Attribute, b: &Attribute) -> bool {
    std::mem::discriminant(a) == std::mem::discriminant(b)
}
