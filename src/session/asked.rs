//! What is asked on the command line, in the words of the language: conditions of a query, a duty, a sentence. In: text;
//! out: what it means in a case, or the faults, with places in the text as it was typed. Knows no answer.

use super::opened::{OpenCase, Session};
use crate::check;
use crate::rulebook::{Body, Case, Rulebook, Stated, Target, Var, VarId};
use crate::syntax;
use crate::syntax::tree::{Condition, NormRef, Phrase};
use crate::text::Diagnostic;
use crate::value::{IndexVec, Truth};

/// Conditions as typed.
#[derive(Clone, Debug)]
pub struct Conditions(Vec<Condition>);

/// What `--duty` and `--sentence` name, as typed.
#[derive(Clone, Debug)]
pub struct Named(Typed);

#[derive(Clone, Debug)]
enum Typed {
    Norm(NormRef),
    Sentence(Phrase),
}

/// A sentence that is supposed, as typed.
#[derive(Clone, Debug)]
pub struct Supposed {
    phrase: Phrase,
    /// Whether `it is not the case that` stands before it.
    denied: bool,
}

/// A query, resolved in one case.
#[derive(Debug)]
pub struct Query {
    /// The case, with the values that the query names.
    pub case: Case,
    /// The lines.
    pub body: Body,
    /// Their slots.
    pub vars: IndexVec<VarId, Var>,
}

impl Session {
    /// Reads conditions of a query, one a text.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn read_conditions(&mut self, texts: &[String]) -> Result<Conditions, Vec<Diagnostic>> {
        let mut conditions = Vec::new();
        let mut faults = Vec::new();
        for text in texts {
            let file = self.add_source("<the query>", text);
            match syntax::read_condition(file, text) {
                Ok(condition) => conditions.push(condition),
                Err(fault) => faults.push(fault),
            }
        }
        if faults.is_empty() {
            Ok(Conditions(conditions))
        } else {
            Err(faults)
        }
    }

    /// Reads what `--duty` says: a name, or the words of an expectation.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read_norm(&mut self, text: &str) -> Result<Named, Diagnostic> {
        let file = self.add_source("<--duty>", text);
        syntax::read_norm_ref(file, text).map(|norm| Named(Typed::Norm(norm)))
    }

    /// Reads a sentence that is supposed; `of` is the argument that says it.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read_supposed(&mut self, of: &str, text: &str) -> Result<Supposed, Diagnostic> {
        let file = self.add_source(&format!("<{of}>"), text);
        let (prefix, phrase) = syntax::read_phrase(file, text)?;
        let denied = prefix == syntax::tree::Prefix::Not;
        Ok(Supposed { phrase, denied })
    }

    /// Reads what `--sentence` says.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read_sentence(&mut self, text: &str) -> Result<Named, Diagnostic> {
        let file = self.add_source("<--sentence>", text);
        syntax::read_phrase(file, text).map(|(_, phrase)| Named(Typed::Sentence(phrase)))
    }
}

impl Supposed {
    /// The line that states it in a case, which takes in the values that it names. `truth`: of the sentence as it was typed.
    ///
    /// # Errors
    /// The first fault: a sentence nobody declared, a name nobody cast.
    pub fn in_case(
        &self,
        book: &Rulebook,
        case: &mut Case,
        truth: Truth,
    ) -> Result<Stated, Diagnostic> {
        let (values, cast) = (&mut case.values, &case.cast);
        let ground = check::ground(book, values, cast, &self.phrase)?;
        let turned = ground.opposite != self.denied;
        Ok(Stated {
            sentence: ground.sentence,
            values: ground.values.into(),
            truth: if turned { truth.negate() } else { truth },
            according_to: None,
            span: None,
            branch: None,
        })
    }
}

impl Conditions {
    /// What they mean in a case.
    ///
    /// # Errors
    /// Every fault found.
    pub fn in_case(&self, open: OpenCase<'_>) -> Result<Query, Vec<Diagnostic>> {
        let mut case = open.case.clone();
        let (body, vars) = check::query(open.book, &mut case.values, &case.cast, &self.0)?;
        Ok(Query { case, body, vars })
    }
}

impl Named {
    /// What it means in a case, and the case with the values that it names. Somebody whom the case does not cast is a fault.
    ///
    /// # Errors
    /// The first fault.
    pub fn in_case(&self, open: OpenCase<'_>) -> Result<(Case, Target), Diagnostic> {
        let mut case = open.case.clone();
        let (values, cast) = (&mut case.values, &case.cast);
        let target = match &self.0 {
            Typed::Norm(norm) => Target::Norm(check::norm_pattern(open.book, values, cast, norm)?),
            Typed::Sentence(phrase) => {
                let ground = check::ground(open.book, values, cast, phrase)?;
                let said: Option<Vec<_>> = ground.values.into_iter().collect();
                let values = said.ok_or_else(|| {
                    let message = "say which number is meant, not [any]";
                    Diagnostic::new("F013", phrase.span, message)
                })?;
                let sentence = ground.sentence;
                Target::Sentence { sentence, values }
            }
        };
        Ok((case, target))
    }
}
