//! The cases that `judge`, `explain` and `query` are about, with the worlds of each. In: a session and what was chosen;
//! out: cases, and the faults of what was chosen. Knows no verdict.

use super::args::{CaseArgs, CasesMeant, LimitArgs};
use crate::explain::{CaseJudged, Choice, NoSuchBranch, inquire, worlds};
use crate::judge::World;
use crate::present::judging;
use crate::rulebook::{Case, Target};
use crate::session::{Clock, Named, OpenCase, Session};
use crate::text::Diagnostic;
use std::borrow::Cow;

/// A case with its worlds, ready to be judged.
#[derive(Debug)]
pub struct Ready<'s, T> {
    /// As it was opened.
    pub open: OpenCase<'s>,
    /// The case; its own where something was asked in values that it did not name.
    pub case: Cow<'s, Case>,
    /// What is asked of it.
    pub asked: T,
    worlds: Vec<World>,
}

/// What is judged, by which limits, and what stands in the way.
#[derive(Debug)]
pub struct Cases<'s, T> {
    /// Those that can be judged.
    pub ready: Vec<Ready<'s, T>>,
    /// The names of the others.
    pub not_judged: Vec<String>,
    /// Every fault.
    pub faults: Vec<Diagnostic>,
    choice: Choice,
    clock: Clock,
}

impl<T> Ready<'_, T> {
    /// Its worlds, as they are to be judged.
    #[must_use]
    pub fn worlds(&self) -> &[World] {
        &self.worlds
    }
}

impl<'s> Cases<'s, Option<Target>> {
    /// Gathers them to ask of each about what was named, or about everything.
    #[must_use]
    pub fn about(
        session: &'s Session,
        args: &CaseArgs,
        limits: LimitArgs,
        named: Option<&Named>,
    ) -> Self {
        Self::gather(session, args, limits, |open| match named {
            None => Ok((Cow::Borrowed(open.case), None)),
            Some(named) => {
                let (case, target) = named.in_case(open).map_err(|fault| vec![fault])?;
                Ok((Cow::Owned(case), Some(target)))
            }
        })
    }
}

impl<'s, T> Cases<'s, T> {
    /// Gathers them; `ask` says what is asked of a case, may give it more values, or refuses it with faults.
    #[must_use]
    pub fn gather(
        session: &'s Session,
        args: &CaseArgs,
        limits: LimitArgs,
        ask: impl Fn(OpenCase<'s>) -> Result<(Cow<'s, Case>, T), Vec<Diagnostic>>,
    ) -> Self {
        let meant = CasesMeant::among(&args.only.names, session.case_names());
        let is_meant = |name: &str| meant.is_meant(name);
        let mut cases = Self {
            ready: Vec::new(),
            not_judged: session.stopped_among(is_meant),
            faults: session.errors().cloned().collect(),
            choice: args.choice.choice(),
            clock: limits.start(),
        };
        let mut missing: Vec<(String, NoSuchBranch)> = Vec::new();
        let mut refused = Vec::new();
        for open in session.cases().filter(|open| is_meant(&open.case.name)) {
            if let Err(none) = worlds(open.book, open.case, &cases.choice) {
                missing.push((open.case.name.clone(), none));
                continue;
            }
            match ask(open) {
                Ok((case, asked)) => {
                    // The values that were added change no option.
                    let worlds = worlds(open.book, &case, &cases.choice).unwrap_or_default();
                    cases.ready.push(Ready {
                        open,
                        case,
                        asked,
                        worlds,
                    });
                }
                Err(faults) => refused.extend(faults),
            }
        }
        // In the order in which they were asked for.
        cases
            .ready
            .sort_by_key(|ready| meant.position(&ready.case.name));
        // Of many cases, those are meant in which the option, or the person asked about, occurs.
        if cases.ready.is_empty() {
            cases.faults.extend(refused);
            let told = missing
                .iter()
                .map(|(case, none)| Session::no_branch(case, none.option, &none.name, &none.known));
            cases.faults.extend(told);
            let named = meant.unknown(session.case_names()).next().is_some();
            let nothing = cases.not_judged.is_empty() && cases.faults.is_empty() && !named;
            cases.faults.extend(nothing.then(|| session.no_case(None)));
        }
        let unknown = meant.unknown(session.case_names());
        cases
            .faults
            .extend(unknown.map(|name| session.no_case(Some(name))));
        cases
    }

    /// Which worlds are wanted.
    #[must_use]
    pub fn choice(&self) -> &Choice {
        &self.choice
    }

    /// When it is enough.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Judges them all.
    #[must_use]
    pub fn judge(&self) -> Vec<CaseJudged<'_>> {
        self.ready
            .iter()
            .map(|ready| self.judge_one(ready))
            .collect()
    }

    /// Judges one.
    #[must_use]
    pub fn judge_one<'c>(&'c self, ready: &'c Ready<'s, T>) -> CaseJudged<'c> {
        let (book, plan, limits) = (ready.open.book, ready.open.plan, self.clock.limits());
        inquire(book, plan, &ready.case, &ready.worlds, &self.choice, limits)
    }

    /// Judges one for whoever asks for sentences alone.
    #[must_use]
    pub fn judge_sentences<'c>(&'c self, ready: &'c Ready<'s, T>) -> CaseJudged<'c> {
        let (book, plan, limits) = (ready.open.book, ready.open.plan, self.clock.limits());
        let bare = Choice {
            bare: true,
            ..self.choice.clone()
        };
        inquire(book, plan, &ready.case, &ready.worlds, &bare, limits)
    }

    /// Every fault, those found while judging included; each once.
    #[must_use]
    pub fn faults(&self, judged: &[CaseJudged<'_>]) -> Vec<Diagnostic> {
        self.faults_with(judged.iter().flat_map(judging::of_case))
    }

    /// Every fault, with those found while judging; each once.
    #[must_use]
    pub fn faults_with(&self, judging: impl IntoIterator<Item = Diagnostic>) -> Vec<Diagnostic> {
        let mut faults = self.faults.clone();
        faults.extend(judging);
        crate::present::diagnostic::once(&mut faults);
        faults
    }
}
