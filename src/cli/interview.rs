//! `fiducia judge --ask`: an interview. Asks, reads an answer, shows what it settled, keeps the completed case. In: lines of standard
//! input; out: lines of standard output. It decides nothing: what to ask and what is settled are the interview's.

use super::answer::{Answer, Exit};
use super::args::JudgeArgs;
use super::cases::Cases;
use super::question::named_duty;
use crate::explain::{Asking, CaseJudged, Interview, Learnt, Said, WorldJudged};
use crate::present::questions::interviewing as told;
use crate::present::{diagnostic, json, questions};
use crate::rulebook::{NormPattern, Target};
use crate::session::{Added, OpenCase, Session, write_text};
use crate::value::{Number, Truth};
use anyhow::Context;
use std::io::{BufRead, Write};

/// An answer as typed.
enum Typed {
    Said(Said),
    Stop,
    NotUnderstood,
}

/// Runs it.
///
/// # Errors
/// When not one world of one case is meant, or something cannot be read or written.
pub fn run(args: &JudgeArgs) -> anyhow::Result<Answer> {
    let mut session = Session::open(&args.input.opening());
    let named = match named_duty(&mut session, args.duty.as_deref(), &args.output) {
        Ok(named) => named,
        Err(refused) => return Ok(*refused),
    };
    let cases = Cases::about(&session, &args.cases, args.limits, named.as_ref());
    let judged = cases.judge();
    let faults = cases.faults(&judged);
    if !faults.is_empty() {
        let aside = diagnostic::all(session.sources(), &faults, args.output.aside_style());
        return Ok(Answer::of("").aside(aside).ending(Exit::Mistake));
    }
    let ([case], [ready]) = (&judged[..], &cases.ready[..]) else {
        anyhow::bail!(
            "an interview is about one case; name it with --case ({} are meant)",
            judged.len()
        );
    };
    let world = one_world(case)?;
    let pattern = match &ready.asked {
        Some(Target::Norm(pattern)) => Some(pattern.clone()),
        _ => None,
    };
    let mut talk = Talk {
        session: &session,
        open: ready.open,
        case,
        world,
        args,
        lines: Vec::new(),
    };
    talk.hold(
        pattern,
        &mut std::io::stdin().lock(),
        &mut std::io::stdout().lock(),
    )?;
    Ok(Answer::of(""))
}

/// The one world that is meant.
fn one_world<'c>(case: &'c CaseJudged<'_>) -> anyhow::Result<&'c WorldJudged<'c>> {
    let shown: Vec<&WorldJudged<'_>> = case.shown().collect();
    if let [only] = shown[..] {
        return Ok(only);
    }
    let names: Vec<String> = case
        .case
        .branches
        .iter()
        .filter(|branch| branch.option)
        .map(|branch| format!("\"{}\"", branch.name))
        .collect();
    if names.is_empty() {
        // A case with suppositions only: it is asked about as it is.
        let own = shown.into_iter().find(|world| world.suppose.is_none());
        return own.context("an interview is about one supposition; name it with --suppose");
    }
    anyhow::bail!(
        "an interview is about one course of action; name it with --option: {}",
        names.join(", ")
    )
}

struct Talk<'t> {
    session: &'t Session,
    open: OpenCase<'t>,
    case: &'t CaseJudged<'t>,
    world: &'t WorldJudged<'t>,
    args: &'t JudgeArgs,
    /// The lines that the answers make, each with whether it belongs to the option.
    lines: Vec<(String, bool)>,
}

impl Talk<'_> {
    fn hold(
        &mut self,
        pattern: Option<NormPattern>,
        input: &mut dyn BufRead,
        out: &mut dyn Write,
    ) -> anyhow::Result<()> {
        let record = self.world.judged.record().clone();
        let words = questions::words(self.case);
        let run = self.world.judged.run();
        let mut interview = Interview::new(
            self.case.book,
            self.case.plan,
            record,
            pattern,
            self.args.all,
        );
        let json = self.args.output.is_json();
        let mut number = 0;
        let mut stopped = false;
        while let Some(asking) = interview.next() {
            number += 1;
            self.ask(&asking, number, out)?;
            let Some(said) = self.read(&asking, input, out)? else {
                stopped = true;
                break;
            };
            match interview.answer(&asking.open.fact, said) {
                Ok(learnt) => {
                    let line = told::case_line(&words, interview.record(), &asking.open.fact, said);
                    let sentence = &self.case.book.vocabulary.sentences[asking.open.fact.sentence];
                    let of_option = self.world.option.is_some() && !sentence.changed_by.is_empty();
                    self.lines.push((line.clone(), of_option));
                    self.keep()?;
                    self.tell(&line, &learnt, out)?;
                }
                Err(_) => {
                    let text = "Under that answer the case contradicts itself, so it is not taken.";
                    self.say(out, text)?;
                }
            }
        }
        let verdicts = interview.verdicts();
        if json {
            let lines = self.lines.iter().map(|(line, _)| line.clone()).collect();
            let event = json::interview_end(&words, run, &verdicts, lines, stopped);
            writeln!(out, "{}", json::line(&event)?)?;
            return Ok(());
        }
        let end = match (stopped, number) {
            (true, _) => "Stopped here. As far as it was answered:",
            (false, 0) => "Nothing that could be asked can change a verdict. As it stands:",
            (false, _) => {
                "Nothing else that could be asked can change a verdict. As it stands now:"
            }
        };
        writeln!(out, "\n{end}")?;
        for line in told::stand(&words, run, &verdicts) {
            writeln!(out, "  {line}")?;
        }
        if let (None, false) = (&self.args.write, self.lines.is_empty()) {
            writeln!(out, "\nTo be added to the case (--write FILE does it):")?;
            for (line, _) in &self.lines {
                writeln!(out, "  {line}")?;
            }
        }
        Ok(())
    }

    fn ask(&self, asking: &Asking, number: usize, out: &mut dyn Write) -> anyhow::Result<()> {
        let words = questions::words(self.case);
        let run = self.world.judged.run();
        if self.args.output.is_json() {
            let event = json::interview_question(&words, run, asking, number);
            writeln!(out, "{}", json::line(&event)?)?;
        } else {
            let about: Vec<String> = asking
                .about
                .iter()
                .map(|own| told::instance(&words, run, own))
                .collect();
            writeln!(out, "\n{number}  {}", told::question(&words, asking))?;
            if asking.open.is_on_record() {
                writeln!(out, "   so far the case says that this is not known")?;
            }
            writeln!(out, "   on it hangs: {}", about.join("; "))?;
            writeln!(
                out,
                "   ({}; stop ends it)",
                told::answers(&words, &asking.open.fact)
            )?;
        }
        out.flush()?;
        Ok(())
    }

    /// An answer that is understood; nothing at the end of the input or where it is to stop.
    fn read(
        &self,
        asking: &Asking,
        input: &mut dyn BufRead,
        out: &mut dyn Write,
    ) -> anyhow::Result<Option<Said>> {
        let words = questions::words(self.case);
        loop {
            let mut line = String::new();
            if input
                .read_line(&mut line)
                .context("I cannot read the answer")?
                == 0
            {
                return Ok(None);
            }
            let unit = told::unit(&words, &asking.open.fact);
            match typed(&line, asking.open.fact.is_number(), unit) {
                Typed::Said(said) => return Ok(Some(said)),
                Typed::Stop => return Ok(None),
                Typed::NotUnderstood => {
                    let takes = told::answers(&words, &asking.open.fact);
                    self.say(out, &format!("I did not understand that. Say {takes}."))?;
                }
            }
        }
    }

    fn say(&self, out: &mut dyn Write, text: &str) -> anyhow::Result<()> {
        if self.args.output.is_json() {
            writeln!(out, "{}", json::line(&json::interview_note(text))?)?;
        } else {
            writeln!(out, "   {text}")?;
        }
        out.flush()?;
        Ok(())
    }

    fn tell(&self, line: &str, learnt: &[Learnt], out: &mut dyn Write) -> anyhow::Result<()> {
        let words = questions::words(self.case);
        let run = self.world.judged.run();
        if self.args.output.is_json() {
            let event = json::interview_answer(&words, run, line, learnt);
            writeln!(out, "{}", json::line(&event)?)?;
        } else {
            let told = told::learnt(&words, run, learnt);
            if told.is_empty() {
                writeln!(out, "   noted; it settles nothing by itself")?;
            }
            for line in told {
                writeln!(out, "   {line}")?;
            }
        }
        out.flush()?;
        Ok(())
    }

    /// Writes the case with what was answered so far, so that nothing is lost and one can go on later.
    fn keep(&self) -> anyhow::Result<()> {
        let Some(path) = &self.args.write else {
            return Ok(());
        };
        let of = |option: bool| -> Vec<String> {
            let own = self.lines.iter().filter(|(_, own)| *own == option);
            own.map(|(line, _)| line.clone()).collect()
        };
        let option = self
            .world
            .option
            .and_then(|at| self.case.case.branches.get(at));
        let added = Added {
            to_case: of(false),
            to_option: option.map(|option| (option.name.clone(), of(true))),
        };
        write_text(path, &self.session.completed(self.open, &added))
    }
}

/// What was typed.
fn typed(line: &str, number: bool, unit: Option<&str>) -> Typed {
    let text = line.trim().trim_end_matches(['.', '!']).to_lowercase();
    let text = text.replace('\u{2019}', "'");
    match text.as_str() {
        "stop" | "quit" | "exit" | "q" => return Typed::Stop,
        "?" | "don't know" | "dont know" | "i don't know" | "i do not know" | "unknown"
        | "not known" => {
            return Typed::Said(Said::Truth(Truth::Unknown));
        }
        "y" | "yes" if !number => return Typed::Said(Said::Truth(Truth::True)),
        "n" | "no" if !number => return Typed::Said(Said::Truth(Truth::False)),
        _ => {}
    }
    if !number {
        return Typed::NotUnderstood;
    }
    let bare = unit.map_or(text.as_str(), |unit| {
        text.trim_end_matches(&unit.to_lowercase())
    });
    match Number::parse(bare.trim()) {
        Ok(number) => Typed::Said(Said::Number(number)),
        Err(_) => Typed::NotUnderstood,
    }
}
