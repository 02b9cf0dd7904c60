//! Where things come from: `source` blocks, and the `cites` and `because` lines under everything else. In: attribute
//! lines; out: sources and citations. It does not know what cites them.

use super::draft::{Desk, Draft};
use super::say;
use crate::rulebook::{Citation, Source, SourceId};
use crate::syntax::tree::{Attribute, Block, BlockKind, Line, Text};
use crate::text::{Diagnostic, Span, nearest};
use crate::value::IndexVec;

/// What the lines under something say about its origin, and the lines that say something else.
#[derive(Default)]
pub(super) struct Cited<'a> {
    /// Sources.
    pub(super) cites: Vec<Citation>,
    /// Reasons.
    pub(super) because: Vec<String>,
    /// Other lines, for the caller.
    pub(super) others: Vec<&'a Line<Attribute>>,
}

/// Declares every source.
pub(super) fn declare<'f>(draft: &mut Draft, blocks: impl Iterator<Item = (usize, &'f Block)>) {
    for (_, block) in blocks {
        let BlockKind::Source {
            id,
            title,
            attributes,
        } = &block.kind
        else {
            continue;
        };
        let known = draft.book.sources.iter().find(|s| s.id == id.node);
        let first = known.map(|source| source.span);
        if let Some(first) = first {
            draft.fault(
                Diagnostic::new(
                    "N003",
                    id.span,
                    format!("The source {} is declared twice", id.node),
                )
                .also(first, "declared here first")
                .help("Declare a source once; every module can cite it."),
            );
            continue;
        }
        let mut source = Source {
            id: id.node.clone(),
            title: title.node.clone(),
            jurisdiction: None,
            since: None,
            confidence: None,
            span: id.span,
        };
        for line in attributes {
            let detail = Detail {
                jurisdiction: &mut source.jurisdiction,
                since: &mut source.since,
                confidence: &mut source.confidence,
            };
            if !detail.take(line, &mut draft.faults) {
                draft.faults.push(misplaced(line));
            }
        }
        draft.book.sources.push(source);
    }
}

/// Sorts the lines under something into citations, reasons and the rest.
pub(super) fn read<'a>(
    sources: &IndexVec<SourceId, Source>,
    attributes: &'a [Line<Attribute>],
    faults: &mut Vec<Diagnostic>,
) -> Cited<'a> {
    let cites = |line: &&Line<Attribute>| matches!(line.node, Attribute::Cites { .. });
    let mut cited = Cited {
        cites: Vec::with_capacity(attributes.iter().filter(cites).count()),
        ..Cited::default()
    };
    // Whether the line before belongs to a citation, so that `jurisdiction` and its like may follow.
    let mut under = false;
    for line in attributes {
        match &line.node {
            Attribute::Cites { source, place } => {
                under = true;
                match find(sources, source) {
                    Ok(id) => cited.cites.push(Citation {
                        source: id,
                        place: place.as_ref().map(|place| place.node.clone()),
                        jurisdiction: None,
                        since: None,
                        confidence: None,
                        span: line.span,
                    }),
                    Err(fault) => faults.push(fault),
                }
            }
            Attribute::Because(text) => {
                under = false;
                cited.because.push(text.node.clone());
            }
            Attribute::Jurisdiction(_) | Attribute::Since(_) | Attribute::Confidence(_) => {
                if !under {
                    faults.push(misplaced(line));
                } else if let Some(last) = cited.cites.last_mut() {
                    let detail = Detail {
                        jurisdiction: &mut last.jurisdiction,
                        since: &mut last.since,
                        confidence: &mut last.confidence,
                    };
                    detail.take(line, faults);
                }
            }
            _ => {
                under = false;
                cited.others.push(line);
            }
        }
    }
    cited
}

/// As [`read`], where nothing but `cites` and `because` may stand.
pub(super) fn only(
    desk: &mut Desk<'_>,
    attributes: &[Line<Attribute>],
) -> (Vec<Citation>, Vec<String>) {
    let cited = read(desk.sources, attributes, desk.faults);
    for line in cited.others {
        desk.fault(misplaced(line));
    }
    (cited.cites, cited.because)
}

/// The source of this short name, or the fault with the nearest ones.
fn find(sources: &IndexVec<SourceId, Source>, name: &Text) -> Result<SourceId, Diagnostic> {
    if let Some((id, _)) = sources
        .enumerated()
        .find(|(_, source)| source.id == name.node)
    {
        return Ok(id);
    }
    let close: Vec<String> = nearest(&name.node, sources.iter().map(|s| s.id.as_str()), 3)
        .into_iter()
        .map(str::to_owned)
        .collect();
    let fault = Diagnostic::new(
        "N004",
        name.span,
        format!("There is no source {}", name.node),
    );
    Err(say::near(fault, close, || {
        format!("Declare it: source {} is \"its title\"", name.node)
    }))
}

/// The fault of a line that says something where it means nothing.
pub(super) fn misplaced(line: &Line<Attribute>) -> Diagnostic {
    let (word, home) = home(&line.node);
    Diagnostic::new("S009", line.span, format!("`{word}` says nothing here"))
        .help(format!("`{word}` belongs {home}."))
}

/// The fault of a line that was said already.
pub(super) fn repeated(line: &Line<Attribute>, first: Span) -> Diagnostic {
    let (word, _) = home(&line.node);
    Diagnostic::new("S008", line.span, format!("`{word}` is said twice"))
        .also(first, "said here already")
        .help("Keep one of the two lines.")
}

/// The keyword of a line, and where it belongs.
fn home(attribute: &Attribute) -> (&'static str, &'static str) {
    match attribute {
        Attribute::Opposite(_) => ("opposite", "under a declared fact or concept"),
        Attribute::Question(_) => ("question", "under a declared fact or concept"),
        Attribute::JudgedBy(_) => ("judged by", "under a declared fact or concept"),
        Attribute::ChangedBy(_) => ("can be changed by", "under a declared fact or concept"),
        Attribute::Default(_) => ("default", "under a declared setting"),
        Attribute::OnlyOne(_) => ("only one", "under a declared fact or concept"),
        Attribute::DecidesNothing(_) => ("decides nothing", "under a declared fact"),
        Attribute::Formerly(_) => ("formerly", "under a declared sentence"),
        Attribute::Cites { .. } => (
            "cites",
            "under a rule, duty, ideal, concern, exemption, excuse, priority, case, expectation, declared sentence or list of `always`",
        ),
        Attribute::Because(_) => (
            "because",
            "under a rule, duty, ideal, concern, exemption, excuse, priority, case, expectation, declared sentence or list of `always`",
        ),
        Attribute::Jurisdiction(_) => ("jurisdiction", "under a source, or directly under `cites`"),
        Attribute::Since(_) => ("since", "under a source, or directly under `cites`"),
        Attribute::Confidence(_) => ("confidence", "under a source, or directly under `cites`"),
        Attribute::Advice(_) => ("advice", "under a duty, ideal or concern"),
        Attribute::AccordingTo(_) => (
            "according to",
            "under a `given` or `unknown` line of a case",
        ),
    }
}

/// The three lines that a source and a citation share.
struct Detail<'a> {
    jurisdiction: &'a mut Option<String>,
    since: &'a mut Option<String>,
    confidence: &'a mut Option<String>,
}

impl Detail<'_> {
    /// Takes a line, or says that it is none of the three.
    fn take(self, line: &Line<Attribute>, faults: &mut Vec<Diagnostic>) -> bool {
        let (slot, text) = match &line.node {
            Attribute::Jurisdiction(text) => (self.jurisdiction, text),
            Attribute::Since(text) => (self.since, text),
            Attribute::Confidence(text) => (self.confidence, text),
            _ => return false,
        };
        if matches!(line.node, Attribute::Confidence(_))
            && !matches!(text.node.as_str(), "high" | "medium" | "low")
        {
            faults.push(
                Diagnostic::new(
                    "R024",
                    text.span,
                    format!("\"{}\" is not a degree of confidence", text.node),
                )
                .help("Write high, medium or low."),
            );
        } else if slot.is_some() {
            faults.push(repeated(line, line.span));
        } else {
            *slot = Some(text.node.clone());
        }
        true
    }
}
