//! Sentences as their words with a blank for each slot: `_ performs _ on _'s arm`. In: words and slots one after the other;
//! out: such a text, its pieces again, and the text with something in each blank. Knows no sentence.

/// What stands for a slot; no word has it.
pub const BLANK: char = '_';

/// A piece of a text with blanks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worded<'t> {
    /// A word.
    Word(&'t str),
    /// A blank.
    Blank,
}

/// Adds a word, a space before it; a possessive `'s` joins the blank before it.
pub fn add_word(text: &mut String, word: &str) {
    let joins = text.is_empty() || word.starts_with('\'') && text.ends_with(BLANK);
    if !joins {
        text.push(' ');
    }
    text.push_str(word);
}

/// Adds a blank, a space before it.
pub fn add_blank(text: &mut String) {
    if !text.is_empty() {
        text.push(' ');
    }
    text.push(BLANK);
}

/// The pieces, in order.
pub fn pieces(text: &str) -> impl Iterator<Item = Worded<'_>> {
    text.split(' ').flat_map(|token| {
        let (blank, word) = match token.strip_prefix(BLANK) {
            Some(rest) => (Some(Worded::Blank), rest),
            None => (None, token),
        };
        let word = (!word.is_empty()).then_some(Worded::Word(word));
        blank.into_iter().chain(word)
    })
}

/// The text with something in each blank, asked for in order from 0.
pub fn filled<S: AsRef<str>>(text: &str, mut blank: impl FnMut(usize) -> S) -> String {
    let mut out = String::with_capacity(2 * text.len());
    for (at, words) in text.split(BLANK).enumerate() {
        if at > 0 {
            out.push_str(blank(at - 1).as_ref());
        }
        out.push_str(words);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Worded, add_blank, add_word, filled, pieces};

    fn text() -> String {
        let mut text = String::new();
        add_blank(&mut text);
        add_word(&mut text, "said");
        add_word(&mut text, "'no'");
        add_word(&mut text, "to");
        add_blank(&mut text);
        add_word(&mut text, "'s");
        add_word(&mut text, "daughter");
        text
    }

    #[test]
    fn a_possessive_joins_its_slot_and_nothing_else() {
        assert_eq!(text(), "_ said 'no' to _'s daughter");
        let said = filled(&text(), |at| ["[Ann]", "[Bo]"][at]);
        assert_eq!(said, "[Ann] said 'no' to [Bo]'s daughter");
    }

    #[test]
    fn pieces_come_back() {
        let text = text();
        let mut again = String::new();
        for piece in pieces(&text) {
            match piece {
                Worded::Word(word) => add_word(&mut again, word),
                Worded::Blank => add_blank(&mut again),
            }
        }
        assert_eq!(again, text);
        assert_eq!(pieces(&text).count(), 7);
    }
}
