//! The rules of the grammar said in words, and a right line for each kind of line. In: pest's rules; out: text.

use crate::syntax::grammar::Rule;

/// What a rule stands for, in words; `None` for rules that would tell nobody anything.
fn word(rule: Rule) -> Option<&'static str> {
    Some(match rule {
        Rule::EOI => "the end of the line",
        Rule::phrase | Rule::stated => "a sentence",
        Rule::string => "a name in quotes",
        Rule::slot => "a slot in square brackets",
        Rule::slot_name => "a name",
        Rule::ident => "a word",
        Rule::number => "a number",
        Rule::integer => "a whole number",
        Rule::comma => "a comma",
        Rule::colon => "a colon",
        Rule::close => "a closing parenthesis",
        Rule::group => "a calculation in parentheses",
        Rule::o_add | Rule::o_subtract | Rule::o_multiply | Rule::o_divide => {
            "one of + - * / with a space on both sides"
        }
        Rule::status | Rule::statuses => "a status",
        Rule::level => "`high`, `medium` or `low`",
        Rule::party => "a party (such as `owed by [clinician]`)",
        Rule::comparison | Rule::expression => "a number or a slot",
        Rule::norm_word | Rule::norm_ref => "`duty`, `ideal` or `concern`",
        Rule::casting => "`[name] is a Kind`",
        other => return keyword(other),
    })
}

/// A keyword in backticks.
fn keyword(rule: Rule) -> Option<&'static str> {
    Some(match rule {
        Rule::k_duty => "`duty`",
        Rule::k_ideal => "`ideal`",
        Rule::k_concern => "`concern`",
        Rule::k_any_duty => "`any duty`",
        Rule::r_owed_by => "`owed by`",
        Rule::r_to | Rule::k_to => "`to`",
        Rule::r_about => "`about`",
        Rule::r_toward => "`toward`",
        Rule::r_for | Rule::k_for => "`for`",
        Rule::k_in => "`in`",
        Rule::k_is => "`is`",
        Rule::k_or => "`or`",
        Rule::c_at_least => "`is at least`",
        Rule::c_at_most => "`is at most`",
        Rule::c_more_than => "`is more than`",
        Rule::c_less_than => "`is less than`",
        Rule::c_is_not => "`is not`",
        Rule::k_be => "`be`",
        Rule::k_be_the => "`be the`",
        Rule::k_over => "`over`",
        Rule::k_where => "`where`",
        Rule::k_is_such_that => "`is such that`",
        Rule::f_sum => "`sum of`",
        Rule::f_least => "`least`",
        Rule::f_greatest => "`greatest`",
        Rule::f_number => "`number of`",
        Rule::k_if => "`if`",
        Rule::k_and => "`and`",
        Rule::k_judged_by => "`judged by`",
        Rule::k_changed_by => "`can be changed by`",
        Rule::k_only_one => "`only one`",
        Rule::k_decides => "`decides nothing because`",
        Rule::k_according_to => "`according to`",
        Rule::k_version => "`version`",
        Rule::k_is_one_of => "`is one of`",
        Rule::k_is_number => "`is a number`",
        Rule::k_is_a => "`is a`",
        Rule::k_and_a => "`and a`",
        Rule::k_from => "`from`",
        Rule::k_false => "`false unless stated`",
        Rule::k_unknown => "`unknown unless stated`",
        Rule::k_stated => "`unless stated`",
        Rule::k_never_outranked => "`never outranked`",
        Rule::k_outranks => "`outranks`",
        Rule::k_like_case => "`like case`",
        Rule::k_option => "`option`",
        Rule::k_by => "`by`",
        Rule::k_against => "`against`",
        Rule::k_with => "`with`",
        Rule::k_dilemma => "`dilemma`",
        Rule::t_true => "`true`",
        Rule::t_false => "`false`",
        Rule::t_unknown => "`unknown`",
        Rule::v_permissible => "`permissible`",
        Rule::v_impermissible => "`impermissible`",
        Rule::v_open => "`open`",
        Rule::q_why => "`why`",
        Rule::q_why_not => "`why not`",
        Rule::q_settle => "`what would settle`",
        Rule::q_comply => "`what would comply with`",
        Rule::q_compare => "`compare`",
        _ => return None,
    })
}

/// What was expected, in words: `"a", "b" or "c"`; each once, in the order tried.
pub fn said(rules: &[Rule]) -> String {
    let mut words: Vec<&str> = Vec::new();
    for rule in rules {
        if let Some(word) = word(*rule).filter(|word| !words.contains(word)) {
            words.push(word);
        }
    }
    list(&words)
}

/// Words as a list with *or*.
pub fn list(words: &[&str]) -> String {
    match words {
        [] => "something else".to_owned(),
        [one] => (*one).to_owned(),
        [some @ .., last] => format!("{} or {last}", some.join(", ")),
    }
}

/// A right line of the kind that the rule reads.
pub fn example(rule: Rule) -> &'static str {
    match rule {
        Rule::rulebook_line => "rulebook \"Consent at the bedside\" version \"1.0\"",
        Rule::use_line => "use \"people\"",
        Rule::source_line => "source belmont is \"The Belmont Report, 1979\"",
        Rule::kind_line => "kind Clinician is a Person",
        Rule::facts_line => "facts, unknown unless stated",
        Rule::always_line => "always",
        Rule::rule_line => "rule \"valid consent\"",
        Rule::norm_line => "duty \"informed consent\"",
        Rule::exemption_line => "exemption \"emergency\" from duty \"informed consent\"",
        Rule::excuse_line => "excuse \"ordered to\" for duty \"informed consent\"",
        Rule::priority_line => "priority \"a refusal outranks rescue\"",
        Rule::case_line => "case \"Night appendectomy\"",
        Rule::condition_line => "if [patient] agreed to [act]",
        Rule::query_line => "[clinician] performs [act] on [patient]",
        Rule::condition_bullet | Rule::sentence_bullet | Rule::given_bullet => {
            "- [patient] agreed to [act]"
        }
        Rule::hinge_line => "is such that",
        Rule::wording_line => "opposite [patient] did not agree to [act]",
        Rule::slot_line => "can be changed by [clinician]",
        Rule::text_line => "because \"people decide what is done to their own bodies\"",
        Rule::cites_line => "cites belmont \"C.1\"",
        Rule::confidence_line => "confidence medium",
        Rule::then_line => "then [patient] validly consented to [act]",
        Rule::parties_line => "owed by [clinician] to [patient] about [act]",
        Rule::never_line => "never outranked",
        Rule::after_line => "after duty \"informed consent\" is excused or violated",
        Rule::outranks_line => "duty \"respect a refusal\" outranks duty \"rescue\"",
        Rule::like_line => "like case \"Night appendectomy\"",
        Rule::branch_line => "option \"operate now\"",
        Rule::cast_line => "cast [Dr Osei] is a Clinician",
        Rule::cast_bullet => "- [Dr Osei] is a Clinician",
        Rule::given_line => "given [Mr Lind] agreed to [appendectomy]",
        Rule::unknown_line => "unknown [Mr Lind] agreed to [appendectomy]",
        Rule::expect_line => "expect violated: duty \"rescue\" owed by [Dr Osei] to [Mr Lind]",
        Rule::expect_bullet => "- violated: duty \"rescue\" owed by [Dr Osei] to [Mr Lind]",
        Rule::ask_line => "ask why duty \"rescue\" owed by [Dr Osei] to [Mr Lind]",
        Rule::norm_alone | Rule::name_alone => "duty \"rescue\" owed by [Dr Osei] to [Mr Lind]",
        _ => "[Mr Lind] agreed to [appendectomy]",
    }
}
