//! Reads duties, ideals and concerns. In: lines; out: [`Norm`]s.

use crate::syntax::grammar::Rule;
use crate::syntax::parse::Reader;
use crate::syntax::parse_attribute::OF_NORM;
use crate::syntax::parse_phrase::norm_word;
use crate::syntax::tree::{At, BlockKind, ConditionLine, Lead, Norm, NormWord, Test, TestSort};
use crate::syntax::{faults, leads};
use crate::text::Span;

/// Which body the next `and` line belongs to.
enum Open {
    None,
    Arises,
    Test,
}

/// How far a norm has been read.
struct Progress {
    open: Open,
    /// Where it was said when it arises.
    arises: Option<Span>,
    /// Whether there is a line of parties, read or not.
    parties: Option<Span>,
    /// Whether there is a test, read or not.
    tested: bool,
    /// The first `unless` of the open body.
    unless: Option<Span>,
}

impl<'a> Reader<'a> {
    /// `duty "name"`, `ideal "name"`, `concern "name"`.
    pub fn norm(&mut self) -> Option<BlockKind> {
        let head = self.whole(self.at);
        let sort = match self.block {
            "ideal" => NormWord::Ideal,
            "concern" => NormWord::Concern,
            _ => NormWord::Duty,
        };
        let name = self.named(Rule::norm_line);
        let mut norm = Norm {
            sort,
            name: name.clone().unwrap_or_else(|| At {
                node: String::new(),
                span: head,
            }),
            parties: Vec::new(),
            never_outranked: None,
            after: None,
            arises: Vec::new(),
            tests: Vec::new(),
            attributes: Vec::with_capacity(self.ahead(OF_NORM)),
        };
        let mut progress = Progress {
            open: Open::None,
            arises: None,
            parties: None,
            tested: false,
            unless: None,
        };
        while let Some(at) = self.inner() {
            self.norm_line(at, &mut norm, &mut progress);
        }
        self.norm_complete(head, sort, &progress);
        name.map(|_| BlockKind::Norm(Box::new(norm)))
    }

    /// One line of a norm.
    fn norm_line(&mut self, at: usize, norm: &mut Norm, progress: &mut Progress) {
        let word = self.word(at);
        match word {
            "owed" | "for" | "about" | "toward" | "to" => self.parties_line(at, norm, progress),
            "never" => {
                self.at = at + 1;
                let span = self.whole(at);
                if let Some(first) = &norm.never_outranked {
                    self.fault(faults::said_twice(span, first.span, "never outranked"));
                } else if self.parse(Rule::never_line, at).is_some() {
                    norm.never_outranked = Some(self.line(at, ()));
                }
            }
            "after" => self.after_line(at, norm, progress),
            "arises" | "applies" | "raised" | "broken" | "met" => {
                self.test_line(at, norm, progress);
            }
            "and" | "unless" => self.norm_condition(at, norm, progress),
            _ if OF_NORM.contains(&word) => self.attribute(at, &mut norm.attributes),
            _ => self.unexpected(at, lines_of(norm.sort)),
        }
    }

    /// `owed by [x] to [y] about [z] toward [w]`.
    fn parties_line(&mut self, at: usize, norm: &mut Norm, progress: &mut Progress) {
        self.at = at + 1;
        let span = self.whole(at);
        let faults = self.faults.len();
        if let Some(first) = progress.parties.filter(|_| norm.sort == NormWord::Duty) {
            self.fault(faults::said_twice(span, first, "owed by"));
        }
        progress.parties = progress.parties.or(Some(span));
        let parties = match self.plain_parties(at) {
            Some(parties) => parties,
            None => {
                let Some(piece) = self.parse(Rule::parties_line, at) else {
                    return;
                };
                let mut parties = Vec::new();
                for part in piece.into_inner().filter(|p| p.as_rule() == Rule::party) {
                    parties.extend(self.party(part));
                }
                parties
            }
        };
        for (role, _) in &parties {
            if !faults::role_fits(norm.sort, role.node) {
                self.fault(faults::wrong_role(role.span, norm.sort));
            }
        }
        let line = self.line(at, parties);
        if self.faults.len() == faults {
            norm.parties.push(line);
        }
    }

    /// `after duty "d" is …`.
    fn after_line(&mut self, at: usize, norm: &mut Norm, progress: &mut Progress) {
        self.at = at + 1;
        let span = self.whole(at);
        let faults = self.faults.len();
        if let Some(first) = progress.arises {
            self.fault(faults::said_twice(span, first, "after"));
        }
        progress.arises = progress.arises.or(Some(span));
        progress.open = Open::Arises;
        progress.unless = None;
        let Some(piece) = self.parse(Rule::after_line, at) else {
            return;
        };
        let (mut reference, mut statuses) = (None, Vec::new());
        for part in piece.into_inner() {
            match part.as_rule() {
                Rule::norm_ref => {
                    let word = part.clone().into_inner().next();
                    if word.is_some_and(|w| norm_word(&w) != NormWord::Duty) {
                        let span = self.span(&part);
                        self.fault(faults::after_duty_only(span));
                    }
                    reference = Some(self.norm_ref(part));
                }
                Rule::statuses => statuses = self.statuses(part),
                _ => {}
            }
        }
        if norm.sort == NormWord::Concern {
            self.fault(leads::out_of_place(
                span,
                "after",
                self.block,
                lines_of(norm.sort),
            ));
        }
        let Some(reference) = reference else { return };
        let line = self.line(at, (reference, statuses));
        if self.faults.len() == faults {
            norm.after = Some(line);
        }
    }

    /// `arises if`, `broken if`, `met in "part" if` and their like, with the condition behind them.
    fn test_line(&mut self, at: usize, norm: &mut Norm, progress: &mut Progress) {
        let word = self.word(at);
        let span = self.whole(at);
        let lead = self.lead(at);
        if !faults::lead_fits(norm.sort, word) {
            self.fault(faults::wrong_lead(lead, word, norm.sort));
        }
        self.at = at;
        let read = self.condition(Lead::If);
        progress.unless = None;
        let sort = match word {
            "broken" => TestSort::Broken,
            "met" => TestSort::Met,
            _ => TestSort::Arises,
        };
        if sort == TestSort::Arises && read.part.is_none() {
            if let Some(first) = progress.arises {
                self.fault(faults::said_twice(lead, first, word));
            }
            progress.arises = progress.arises.or(Some(span));
            progress.open = Open::Arises;
            norm.arises.extend(read.line);
            return;
        }
        progress.tested |= sort != TestSort::Arises;
        progress.open = Open::Test;
        norm.tests.push(Test {
            sort,
            part: read.part,
            conditions: read.line.into_iter().collect(),
            span: read.lead,
        });
    }

    /// `and …`, `unless …`.
    fn norm_condition(&mut self, at: usize, norm: &mut Norm, progress: &mut Progress) {
        let mut begun = Some(self.whole(at));
        let mut stray: Vec<ConditionLine> = Vec::new();
        let into = match progress.open {
            Open::None => {
                begun = None;
                &mut stray
            }
            Open::Arises => &mut norm.arises,
            Open::Test => match norm.tests.last_mut() {
                Some(test) => &mut test.conditions,
                None => &mut stray,
            },
        };
        self.body_line(at, &mut begun, &mut progress.unless, into);
    }

    /// Tells what a norm lacks.
    fn norm_complete(&mut self, head: Span, sort: NormWord, progress: &Progress) {
        if sort == NormWord::Duty && progress.parties.is_none() {
            self.missing(faults::parties_missing(head));
        }
        if progress.arises.is_none() {
            self.missing(faults::arises_missing(head, sort));
        }
        if sort != NormWord::Concern && !progress.tested {
            self.missing(faults::test_missing(head, sort));
        }
    }
}

/// The first words of the lines of a norm.
fn lines_of(sort: NormWord) -> &'static [&'static str] {
    match sort {
        NormWord::Ideal => &[
            "for",
            "toward",
            "about",
            "after",
            "applies if",
            "broken if",
            "met if",
            "and",
            "unless",
            "advice",
            "cites",
            "because",
        ],
        NormWord::Concern => &[
            "about",
            "toward",
            "raised if",
            "and",
            "unless",
            "advice",
            "cites",
            "because",
        ],
        _ => &[
            "owed by",
            "never outranked",
            "after",
            "arises if",
            "broken if",
            "met if",
            "and",
            "unless",
            "advice",
            "cites",
            "because",
        ],
    }
}
