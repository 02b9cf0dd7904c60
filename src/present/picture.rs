//! The fact graph of a judged world as a picture: DOT for Graphviz, or SVG laid out here. In: a judged case; out: text. Shown is
//! what the verdicts that matter rest on; a rule that alone concludes a sentence is written under it. Each truth and status
//! is said in words, never by colour alone.

use super::drawing::{layered, with_legend};
use super::telling::Telling;
use super::wording::{Words, capital, statuses};
use crate::engine::{Reading, Standing};
use crate::explain::{CaseJudged, WorldJudged};
use crate::graph::{Edge, Node};
use crate::plan::Origin;
use crate::value::{NormSort, Status, StatusSet, Truth};
use layout::backends::svg::SVGWriter;
use layout::core::base::Orientation;
use layout::core::color::Color;
use layout::core::geometry::Point;
use layout::core::style::{LineStyleKind, StyleAttr};
use layout::std_shapes::shapes::{Arrow, Element, LineEndKind, ShapeKind};
use layout::topo::layout::VisualGraph;
use petgraph::Direction;
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;
use std::fmt::Write;

/// Most letters of a line in a box.
const LINE: usize = 30;
/// Size of the letters.
const FONT: usize = 14;

/// A box of the picture.
struct Shape {
    label: String,
    look: Look,
}

/// What a box stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    Fact,
    Denied,
    Open,
    Rule,
    Verdict,
}

/// An arrow of the picture.
struct Link {
    from: usize,
    to: usize,
    label: &'static str,
    dashed: bool,
}

/// The picture before it is drawn.
#[derive(Default)]
struct Picture {
    title: String,
    description: String,
    shapes: Vec<Shape>,
    links: Vec<Link>,
}

/// The fact graph of the first world that is shown, for Graphviz.
#[must_use]
pub fn dot(judged: &CaseJudged<'_>) -> String {
    let picture = Picture::of(judged);
    let mut text = format!(
        "digraph \"{}\" {{\n  label=\"{}\";\n  labelloc=t;\n  rankdir=TB;\n  node [shape=box, fontname=\"Helvetica\", \
         style=filled, fillcolor=white];\n  edge [fontname=\"Helvetica\", fontsize=10];\n",
        quoted(&picture.title),
        quoted(&picture.title)
    );
    for (at, shape) in picture.shapes.iter().enumerate() {
        let look = match shape.look {
            Look::Fact => "",
            Look::Denied => ", style=\"filled,dashed\"",
            Look::Open => ", style=\"filled,dotted\", fillcolor=\"#fff7cc\"",
            Look::Rule => ", style=\"filled,rounded\", fillcolor=\"#eef2f7\"",
            Look::Verdict => ", penwidth=3, fillcolor=\"#e8eef9\"",
        };
        let _ = writeln!(text, "  n{at} [label=\"{}\"{look}];", quoted(&shape.label));
    }
    for link in &picture.links {
        let style = if link.dashed { ", style=dashed" } else { "" };
        let _ = writeln!(
            text,
            "  n{} -> n{} [label=\"{}\"{style}];",
            link.from, link.to, link.label
        );
    }
    text.push_str("}\n");
    text
}

/// The same, laid out and drawn.
#[must_use]
pub fn svg(judged: &CaseJudged<'_>) -> String {
    let picture = Picture::of(judged);
    let mut graph = VisualGraph::new(Orientation::TopToBottom);
    let handles: Vec<_> = picture
        .shapes
        .iter()
        .map(|shape| graph.add_node(element(shape)))
        .collect();
    for link in &picture.links {
        let line = if link.dashed {
            LineStyleKind::Dashed
        } else {
            LineStyleKind::Normal
        };
        let look = StyleAttr::new(Color::fast("black"), 1, None, 0, FONT);
        let arrow = Arrow::new(
            LineEndKind::None,
            LineEndKind::Arrow,
            line,
            link.label,
            &look,
            &None,
            &None,
        );
        graph.add_edge(arrow, handles[link.from], handles[link.to]);
    }
    let mut writer = SVGWriter::new();
    let (mut right, mut bottom) = (200_f64, 40_f64);
    if !handles.is_empty() {
        graph.do_it(false, false, false, &mut writer);
        for node in graph.iter_nodes() {
            right = right.max(graph.pos(node).right(true));
            bottom = bottom.max(graph.pos(node).bottom(true));
        }
    }
    let (right, bottom) = with_legend(right, bottom);
    let drawn = sized(&writer.finalize(), right, bottom).replace(
        "font-family: Times, serif",
        "font-family: Helvetica, Arial, sans-serif",
    );
    let drawn = layered(&drawn, bottom);
    // What a screen reader says stands first in the drawing.
    let words = format!(
        "<title>{}</title>\n<desc>{}</desc>\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n<defs>",
        escaped(&picture.title),
        escaped(&picture.description)
    );
    let drawn = drawn.replacen("<svg ", "<svg role=\"img\" ", 1);
    let mut drawn = drawn.replacen("<defs>", &words, 1);
    if !drawn.ends_with('\n') {
        drawn.push('\n');
    }
    drawn
}

/// The drawing with the size of what is on it: the writer leaves room for text it has already placed.
fn sized(drawn: &str, width: f64, height: f64) -> String {
    let Some((head, rest)) = drawn.split_once("<svg ") else {
        return drawn.to_owned();
    };
    let (_, rest) = rest.split_once("xmlns").unwrap_or(("", rest));
    format!(
        "{head}\n<svg width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" xmlns{rest}"
    )
}

fn element(shape: &Shape) -> Element {
    let (line, fill, width, rounded) = match shape.look {
        Look::Fact => ("black", "white", 1, 0),
        Look::Denied => ("#888888ff", "#f3f3f3ff", 1, 0),
        Look::Open => ("black", "#fff7ccff", 1, 0),
        Look::Rule => ("#5a6b85ff", "#eef2f7ff", 1, 12),
        Look::Verdict => ("black", "#e8eef9ff", 3, 0),
    };
    let colour = |name: &str| {
        if name.starts_with('#') {
            let hex = u32::from_str_radix(name.trim_start_matches('#'), 16);
            Color::new(hex.unwrap_or(0xffff_ffff))
        } else {
            Color::fast(name)
        }
    };
    let look = StyleAttr::new(colour(line), width, Some(colour(fill)), rounded, FONT);
    let longest = shape
        .label
        .lines()
        .map(|line| line.chars().count())
        .max()
        .unwrap_or(1);
    let lines = shape.label.lines().count().max(1);
    let pixels = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    let size = Point::new(pixels(longest * 8 + 20), pixels(lines * (FONT + 3) + 16));
    Element::create(
        ShapeKind::new_box(&shape.label),
        look,
        Orientation::TopToBottom,
        size,
    )
}

impl Picture {
    fn of(judged: &CaseJudged<'_>) -> Self {
        let mut picture = Self::default();
        let mut worlds = judged.shown().filter(|world| world.is_judged());
        let Some(world) = worlds.next() else {
            picture.title = judged.case.name.clone();
            picture.description = "The case was not judged.".to_owned();
            return picture;
        };
        picture.title = title(judged, world);
        let mut draw = Draw {
            judged,
            world,
            words: Words::of(judged.book, judged.case),
            picture,
            drawn: Vec::new(),
        };
        let mut told = Vec::new();
        for at in draw.wanted() {
            if let Some(node) = world.graph.verdict(at) {
                draw.node(node);
                let telling = Telling::new(judged.book, judged.case, world, None);
                let verdict = &world.judged.verdicts()[at];
                told.push(format!(
                    "{} is {}.",
                    capital(&telling.named(at)),
                    statuses(verdict.statuses)
                ));
            }
        }
        if told.is_empty() {
            told.push("No verdict turns on what is on record.".to_owned());
        }
        draw.picture.description = told.join(" ");
        draw.picture
    }
}

fn title(judged: &CaseJudged<'_>, world: &WorldJudged<'_>) -> String {
    let mut words = judged.case.name.clone();
    for at in [world.option, world.suppose].into_iter().flatten() {
        let branch = &judged.case.branches[at];
        let sort = if branch.option { "option" } else { "suppose" };
        let _ = write!(words, ", {sort} \"{}\"", branch.name);
    }
    words
}

struct Draw<'d> {
    judged: &'d CaseJudged<'d>,
    world: &'d WorldJudged<'d>,
    words: Words<'d>,
    picture: Picture,
    drawn: Vec<(NodeIndex, usize)>,
}

impl Draw<'_> {
    /// The verdicts that matter: all duties but those kept and not engaged; where there is none, those kept that are not silent.
    fn wanted(&self) -> Vec<usize> {
        let verdicts = self.world.judged.verdicts();
        let duty = |at: &usize| self.judged.book.norms[verdicts[*at].norm].sort == NormSort::Duty;
        let of = |which: &dyn Fn(usize) -> bool| -> Vec<usize> {
            (0..verdicts.len())
                .filter(duty)
                .filter(|at| which(*at))
                .collect()
        };
        let kept = StatusSet::only(Status::Fulfilled).with(Status::NotEngaged);
        let first = of(&|at| !verdicts[at].statuses.within(kept));
        if first.is_empty() {
            of(&|at| !verdicts[at].silent)
        } else {
            first
        }
    }

    /// The box of a node, drawn with all that it rests on.
    fn node(&mut self, node: NodeIndex) -> Option<usize> {
        if let Some((_, at)) = self.drawn.iter().find(|(own, _)| *own == node) {
            return Some(*at);
        }
        let shape = self.shape(node)?;
        let at = self.picture.shapes.len();
        self.picture.shapes.push(shape);
        self.drawn.push((node, at));
        for (from, label, dashed) in self.behind(node) {
            if let Some(from) = self.node(from) {
                let known = self
                    .picture
                    .links
                    .iter()
                    .any(|link| link.from == from && link.to == at);
                if !known && from != at {
                    self.picture.links.push(Link {
                        from,
                        to: at,
                        label,
                        dashed,
                    });
                }
            }
        }
        Some(at)
    }

    fn shape(&self, node: NodeIndex) -> Option<Shape> {
        match &self.world.graph.graph[node] {
            Node::Sentence(reading) => self.fact(node, reading),
            Node::Instance(at) => {
                let origin = self.world.graph.instances.get(*at)?.origin;
                Some(Shape {
                    label: folded(&block_name(&self.words, origin)),
                    look: Look::Rule,
                })
            }
            Node::Verdict(at) => {
                let telling = Telling::new(self.judged.book, self.judged.case, self.world, None);
                let verdict = &self.world.judged.verdicts()[*at];
                Some(Shape {
                    label: format!(
                        "{}\n{}",
                        statuses(verdict.statuses).to_uppercase(),
                        folded(&telling.named(*at))
                    ),
                    look: Look::Verdict,
                })
            }
        }
    }

    /// A sentence; one that fails only because nobody states it is left out.
    fn fact(&self, node: NodeIndex, reading: &Reading) -> Option<Shape> {
        let silent = matches!(
            reading.standing,
            Standing::Closed | Standing::Nothing | Standing::Underivable
        );
        if silent && reading.truth == Truth::False {
            return None;
        }
        let stated = &self.world.judged.record().stated;
        let how = match (reading.standing, self.only_rule(node)) {
            (Standing::Derived, Some(origin)) => block_name(&self.words, origin),
            (Standing::Derived, None) => String::new(),
            _ => super::wording::standing(&self.words, reading, stated, false),
        };
        let label = format!("{}\n{}", folded(&self.words.reading(reading)), folded(&how));
        let look = match reading.truth {
            Truth::True => Look::Fact,
            Truth::False => Look::Denied,
            Truth::Unknown => Look::Open,
        };
        Some(Shape {
            label: label.trim_end().to_owned(),
            look,
        })
    }

    /// The rule of a sentence that one instance alone concludes.
    fn only_rule(&self, node: NodeIndex) -> Option<Origin> {
        let all: Vec<usize> = self.world.graph.concluding(node).collect();
        match all[..] {
            [only] => Some(self.world.graph.instances[only].origin),
            _ => None,
        }
    }

    /// What a node rests on, with the word on the arrow. What stands between a sentence and what it grounds is left out where
    /// it has no name of its own.
    fn behind(&self, node: NodeIndex) -> Vec<(NodeIndex, &'static str, bool)> {
        let graph = &self.world.graph;
        let mut edges: Vec<_> = graph
            .graph
            .edges_directed(node, Direction::Incoming)
            .map(|edge| (edge.id(), edge.source(), *edge.weight()))
            .collect();
        edges.sort_by_key(|(id, _, _)| *id);
        let alone = self.only_rule(node).is_some();
        // Whether a duty was met that does not bind here is not what its verdict turns on.
        let exempt = match &graph.graph[node] {
            Node::Verdict(at) => {
                self.world.judged.verdicts()[*at].statuses == StatusSet::only(Status::Exempt)
            }
            _ => false,
        };
        let mut behind = Vec::new();
        for (_, source, edge) in edges {
            match &graph.graph[source] {
                Node::Instance(at) => {
                    let origin = graph.instances[*at].origin;
                    if exempt && matches!(origin, Origin::Test(..) | Origin::PartArises(..)) {
                        continue;
                    }
                    let (word, through) = match origin {
                        Origin::Arises(_) | Origin::PartArises(..) => ("owed", true),
                        Origin::Test(..) => ("test", true),
                        Origin::Rule(_) => ("", alone),
                        Origin::Defeat(_) if edge == Edge::Excuses => ("excuses", false),
                        Origin::Defeat(_) => ("exempts", false),
                        Origin::Priority(_) => ("outranks", false),
                        Origin::Engaged(_) => ("", true),
                    };
                    if through {
                        behind.extend(self.premises(source, word));
                    } else {
                        behind.push((source, word, false));
                    }
                }
                Node::Sentence(_) | Node::Verdict(_) => {
                    behind.push((source, "", matches!(edge, Edge::Blocks { .. })));
                }
            }
        }
        behind
    }

    fn premises(
        &self,
        instance: NodeIndex,
        word: &'static str,
    ) -> Vec<(NodeIndex, &'static str, bool)> {
        let graph = &self.world.graph.graph;
        let mut edges: Vec<_> = graph
            .edges_directed(instance, Direction::Incoming)
            .map(|edge| (edge.id(), edge.source(), *edge.weight()))
            .collect();
        edges.sort_by_key(|(id, _, _)| *id);
        edges
            .into_iter()
            .map(|(_, source, edge)| {
                let word = if edge == Edge::Follows {
                    "follows"
                } else {
                    word
                };
                (source, word, matches!(edge, Edge::Blocks { .. }))
            })
            .collect()
    }
}

/// The name of a block with its sort.
fn block_name(words: &Words<'_>, origin: Origin) -> String {
    match origin {
        Origin::Rule(id) => format!("rule \"{}\"", words.book.rules[id].name),
        Origin::Arises(id)
        | Origin::Engaged(id)
        | Origin::PartArises(id, _)
        | Origin::Test(id, _) => format!("\"{}\"", words.book.norms[id].name),
        Origin::Defeat(id) => words.defeater(crate::judge::Defeater::Defeat(id)),
        Origin::Priority(id) => words.defeater(crate::judge::Defeater::Priority(id)),
    }
}

/// In lines of a width that a box can hold.
fn folded(text: &str) -> String {
    super::wrap(text, LINE, 0)
}

/// For a quoted string of DOT.
fn quoted(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('\n', "\\n")
}

/// For text between tags.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
