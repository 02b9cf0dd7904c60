//! A query: conditions with free slots, and the bindings that meet them. In: a judged world, lines and their variables; out: a
//! table of bindings, each row with its evidence. Knows no words.

use super::inquiry::WorldJudged;
use super::steps::Steps;
use crate::engine::{Evidence, Probe, Thing};
use crate::graph::FactGraph;
use crate::rulebook::{Line, Var, VarId};
use crate::value::{Idx, IndexVec, Truth};

/// One answer.
#[derive(Clone, Debug)]
pub struct Row {
    /// What the columns hold.
    pub things: Vec<Option<Thing>>,
    /// True or unknown.
    pub truth: Truth,
    /// The lines of the query.
    pub lines: Vec<Evidence>,
}

/// The answers of one world.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    /// The variables of the columns, in order of first use.
    pub columns: Vec<VarId>,
    /// The rows, sure ones first.
    pub rows: Vec<Row>,
    /// How the sentences of the rows came about; empty unless asked for.
    pub steps: Steps,
}

/// The bindings that meet some lines. The columns are the slots that two lines share or that a line states by itself. `why`:
/// also how the sentences of each row came about.
#[must_use]
pub fn query(
    world: &WorldJudged<'_>,
    body: &[Line],
    vars: &IndexVec<VarId, Var>,
    why: bool,
) -> Answers {
    let mut columns: Vec<VarId> = Vec::new();
    for line in body.iter().filter(|line| !line.unless) {
        let mut own = Vec::new();
        if is_simple(line) {
            crate::plan::vars_of(&line.condition, &mut own);
        }
        for var in own {
            if !columns.contains(&var) {
                columns.push(var);
            }
        }
    }
    let probe = Probe::new(world.judged.run(), vars);
    let mut rows: Vec<Row> = Vec::new();
    for solution in probe.solutions(body, &[], &vec![None; vars.len()]) {
        let things: Vec<Option<Thing>> = columns
            .iter()
            .map(|var| solution.binding[var.index()])
            .collect();
        match rows.iter_mut().find(|row| row.things == things) {
            None => rows.push(Row {
                things,
                truth: solution.truth,
                lines: solution.lines,
            }),
            Some(row) if row.truth != Truth::True && solution.truth == Truth::True => {
                row.truth = Truth::True;
                row.lines = solution.lines;
            }
            Some(_) => {}
        }
    }
    rows.sort_by_key(|row| row.truth != Truth::True);
    let mut steps = Steps::default();
    if why && !rows.is_empty() {
        let graph = FactGraph::of(&world.judged);
        steps = Steps::new(&graph);
        for row in &rows {
            steps.take(&world.judged, &graph, &row.lines);
        }
    }
    Answers {
        columns,
        rows,
        steps,
    }
}

/// Whether a line binds slots by itself rather than counting or asking.
fn is_simple(line: &Line) -> bool {
    use crate::rulebook::Condition;
    !matches!(
        line.condition,
        Condition::Quantified { .. } | Condition::Every { .. } | Condition::NotKnown(_)
    )
}
