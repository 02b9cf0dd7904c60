//! Every question of every case of the bank: an answer comes of itself, it is short, and it says something.

use fiducia::engine::Limits;
use fiducia::explain::{
    CaseJudged, Choice, Complying, Interview, Settling, WorldJudged, compare, comply, differing,
    flipping, inquire, settle, undecided, why_not_any, worlds, wrong,
};
use fiducia::present::Style;
use fiducia::present::questions::{
    Asked, Compared, Side, compared, complying, interviewing, settling, why_not, words,
};
use fiducia::session::{Opening, Session};

/// More words than this about one verdict, with what stands above and below it, are not short.
const MOST_WORDS: usize = 300;

/// Nor are more about why one is not so, where every exception is told with its lines.
const MOST_WHY_NOT: usize = 950;

/// Nor are more about what all of two options differ in.
const MOST_COMPARED: usize = 700;

#[test]
fn every_question_of_every_case_is_answered_shortly() {
    let session = Session::open(&Opening::default());
    let mut asked = Count::default();
    for open in session.cases() {
        let choice = Choice::default();
        let all = worlds(open.book, open.case, &choice).expect("no branch is chosen");
        let limits = Limits::default();
        let judged = inquire(open.book, open.plan, open.case, &all, &choice, limits);
        for world in judged.shown().filter(|world| world.is_judged()) {
            asked.world(&judged, world);
        }
        asked.options(&judged);
    }
    println!("{asked:?}");
    assert!(
        asked.settled > 100 && asked.complied > 100 && asked.not_so > 300,
        "{asked:?}"
    );
    assert!(asked.interviews > 50 && asked.compared > 50, "{asked:?}");
    assert!(asked.faults.is_empty(), "{}", asked.faults.join("\n\n"));
}

/// What was asked, and what was answered badly.
#[derive(Debug, Default)]
struct Count {
    settled: usize,
    complied: usize,
    not_so: usize,
    interviews: usize,
    compared: usize,
    longest: usize,
    faults: Vec<String>,
}

impl Count {
    fn world(&mut self, judged: &CaseJudged<'_>, world: &WorldJudged<'_>) {
        for at in undecided(world, None, false).verdicts {
            self.settled += 1;
            let found: Settling = settle(&world.judged, at);
            let page = settling(judged, world, std::slice::from_ref(&found), 0).text(Style::Plain);
            let ends = found.limited.is_none();
            let says = found.either_way.is_some()
                || !found.sets.is_empty()
                || page.contains("no answer")
                || page.contains("hangs on nothing");
            self.hold(judged, "settle", &page, ends && says, MOST_WORDS);
        }
        for at in wrong(world, None, false).verdicts {
            self.complied += 1;
            let found: Complying = comply(&world.judged, at);
            let page = complying(judged, world, std::slice::from_ref(&found), 0).text(Style::Plain);
            let says = !found.repairs.is_empty() || page.to_lowercase().contains("nothing");
            self.hold(judged, "comply", &page, says, MOST_WORDS);
        }
        for one in why_not_any(world, None) {
            self.not_so += 1;
            let page = why_not(judged, world, &Asked::Statuses(vec![one])).text(Style::Plain);
            self.hold(judged, "why not", &page, true, MOST_WHY_NOT);
        }
        let record = world.judged.record().clone();
        let interview = Interview::new(judged.book, judged.plan, record, None, false);
        if let Some(asking) = interview.next() {
            self.interviews += 1;
            let question = interviewing::question(&words(judged), &asking);
            let is_question = question.ends_with('?') && !asking.about.is_empty();
            self.hold(judged, "interview", &question, is_question, 60);
        }
    }

    /// The first option beside each other.
    fn options(&mut self, judged: &CaseJudged<'_>) {
        let options: Vec<&WorldJudged<'_>> = judged
            .worlds
            .iter()
            .filter(|world| world.option.is_some() && world.suppose.is_none() && world.is_judged())
            .collect();
        let Some((first, rest)) = options.split_first() else {
            return;
        };
        for second in rest {
            self.compared += 1;
            let found = compare(first, second);
            let facts = differing(judged.book, &found);
            let flipping = flipping(first, &found, &facts);
            let side = |world| Side {
                case: judged,
                world,
            };
            let name = |world: &WorldJudged<'_>| {
                let branch = world.option.and_then(|at| judged.case.branches.get(at));
                branch.map_or_else(String::new, |branch| format!("\"{}\"", branch.name))
            };
            let all = Compared {
                first: side(first),
                second: side(second),
                first_name: name(first),
                second_name: name(second),
                found: &found,
                facts: &facts,
                flipping: &flipping,
                pairs: Vec::new(),
            };
            let page = compared(&all).text(Style::Plain);
            self.hold(judged, "compare", &page, true, MOST_COMPARED);
        }
    }

    /// Whether an answer ends by itself, says something, and is short.
    fn hold(&mut self, of: &CaseJudged<'_>, verb: &str, page: &str, is_answer: bool, most: usize) {
        let words = page.split_whitespace().count();
        self.longest = self.longest.max(words);
        if !is_answer || words > most || words == 0 {
            let case = &of.case.name;
            self.faults
                .push(format!("{case}: {verb}, {words} words\n{page}"));
        }
    }
}
