//! Breaking text into lines of a width that reads well. In: words; out: lines. Knows nothing else.

use unicode_width::UnicodeWidthStr;

/// The text in lines of at most `width` columns (a longer word stands alone), the second and later ones indented.
#[must_use]
pub fn wrap(text: &str, width: usize, indent: usize) -> String {
    let mut lines = String::new();
    let mut column = 0;
    for word in text.split_whitespace() {
        let columns = word.width();
        if column == 0 {
            column = columns;
        } else if column + 1 + columns > width {
            lines.push('\n');
            lines.extend(std::iter::repeat_n(' ', indent));
            column = indent + columns;
        } else {
            lines.push(' ');
            column += 1 + columns;
        }
        lines.push_str(word);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn breaks_between_words() {
        assert_eq!(wrap("one two  three", 7, 2), "one two\n  three");
        assert_eq!(wrap("unbreakable it is", 4, 0), "unbreakable\nit\nis");
    }
}
