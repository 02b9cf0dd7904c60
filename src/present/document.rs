//! A page of sections, entries and items before it is laid out. In: words; out: text in columns of at most 100, or plain lines
//! for a screen reader. Knows no case.

use super::{Style, wrap};
use unicode_width::UnicodeWidthStr;

/// Columns of a page.
const WIDTH: usize = 100;
/// Where the text of a short section begins.
const GUTTER: usize = 13;
/// Where the items of a field begin.
const FIELD: usize = 15;

/// A page.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Its title.
    pub title: String,
    /// Beside the title.
    pub aside: String,
    /// Before everything else.
    pub summary: Vec<String>,
    /// The parts.
    pub sections: Vec<Section>,
    /// After everything else.
    pub footer: Vec<String>,
}

/// A part of a page.
#[derive(Clone, Debug, Default)]
pub struct Section {
    /// Its name, in capitals on the page.
    pub title: String,
    /// What the name means.
    pub note: String,
    /// What stands in it.
    pub entries: Vec<Entry>,
}

/// An entry.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    /// Its number on the page.
    pub number: Option<usize>,
    /// What it says first.
    pub head: String,
    /// What it says more.
    pub fields: Vec<Field>,
}

/// A labelled list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Field {
    /// Its label.
    pub label: String,
    /// Its items.
    pub items: Vec<Item>,
}

/// A line of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// How deep it stands.
    pub indent: usize,
    /// What it says.
    pub text: String,
    /// How it stands on record.
    pub mark: String,
}

impl Item {
    /// Words alone.
    #[must_use]
    pub fn of(text: impl Into<String>) -> Self {
        Self {
            indent: 0,
            text: text.into(),
            mark: String::new(),
        }
    }
}

impl Entry {
    /// Words alone.
    #[must_use]
    pub fn of(head: impl Into<String>) -> Self {
        Self {
            head: head.into(),
            ..Self::default()
        }
    }

    /// Adds a field, unless it is empty.
    pub fn field(&mut self, label: &str, items: Vec<Item>) {
        if !items.is_empty() {
            self.fields.push(Field {
                label: label.to_owned(),
                items,
            });
        }
    }
}

impl Document {
    /// Adds a section, unless it is empty.
    pub fn section(&mut self, title: &str, note: &str, entries: Vec<Entry>) {
        if !entries.is_empty() {
            self.sections.push(Section {
                title: title.to_owned(),
                note: note.to_owned(),
                entries,
            });
        }
    }

    /// The page as text.
    #[must_use]
    pub fn text(&self, style: Style) -> String {
        match style {
            Style::Plain => self.plain(),
            Style::Text | Style::Colour => self.columns(style),
        }
    }

    fn columns(&self, style: Style) -> String {
        let mut out = String::new();
        let title = self.title.to_uppercase();
        let room = WIDTH.saturating_sub(title.width() + self.aside.width());
        if room >= 2 && !self.aside.is_empty() {
            out.push_str(&style.bold(&title));
            out.push_str(&" ".repeat(room));
            out.push_str(&style.dim(&self.aside));
            out.push('\n');
        } else {
            out.push_str(&style.bold(&wrap(&title, WIDTH, 0)));
            out.push('\n');
            if !self.aside.is_empty() {
                out.push_str(&style.dim(&wrap(&self.aside, WIDTH, 0)));
                out.push('\n');
            }
        }
        if !self.summary.is_empty() {
            out.push('\n');
        }
        for line in &self.summary {
            out.push_str(&wrap(line, WIDTH, 0));
            out.push('\n');
        }
        let mut before_short = false;
        for section in &self.sections {
            let short = section.is_short();
            if section.entries.is_empty() {
                // A heading over the sections that follow.
                let title = section.title.to_uppercase();
                out.push_str(&format!("\n{}", style.bold(&title)));
                if !section.note.is_empty() {
                    out.push_str(&format!("  {}", section.note));
                }
                out.push('\n');
                before_short = false;
                continue;
            }
            if !(short && before_short) {
                out.push('\n');
            }
            section.columns(style, &mut out);
            before_short = short;
        }
        if !self.footer.is_empty() {
            out.push('\n');
        }
        for line in &self.footer {
            out.push_str(&style.dim(&wrap(line, WIDTH, 0)));
            out.push('\n');
        }
        out
    }

    fn plain(&self) -> String {
        let mut out = String::new();
        let mut line = |words: String| {
            if !words.is_empty() {
                out.push_str(&words);
                out.push('\n');
            }
        };
        line(self.title.clone());
        line(self.aside.clone());
        self.summary.iter().cloned().for_each(&mut line);
        for section in &self.sections {
            let title = sentence_case(&section.title);
            if section.note.is_empty() {
                line(format!("{title}:"));
            } else {
                line(format!("{title}, {}:", section.note));
            }
            for entry in &section.entries {
                let number = entry
                    .number
                    .map_or_else(String::new, |number| format!("{number}. "));
                line(format!("{number}{}", entry.head));
                for field in &entry.fields {
                    let label = sentence_case(&field.label);
                    // What stands under a heading of its own is no reason for it.
                    let mut headed: Option<usize> = None;
                    for (at, item) in field.items.iter().enumerate() {
                        let lead = match (at, item.indent) {
                            (0, _) if !label.is_empty() => format!("{label}: "),
                            (_, 0) => String::new(),
                            _ if item.text.contains("as told under") => String::new(),
                            _ if item.text.starts_with("by rule ") => String::new(),
                            (_, indent) if headed == Some(indent - 1) => String::new(),
                            _ => "since ".to_owned(),
                        };
                        let mark = if item.mark.is_empty() {
                            String::new()
                        } else {
                            format!(" ({})", item.mark)
                        };
                        line(format!("{lead}{}{mark}", item.text));
                        if item.text.ends_with(':') {
                            headed = Some(item.indent);
                        } else if headed.is_some_and(|own| item.indent <= own) {
                            headed = None;
                        }
                    }
                }
            }
        }
        self.footer.iter().cloned().for_each(&mut line);
        out
    }
}

impl Section {
    /// Whether it is a few lines without fields.
    fn is_short(&self) -> bool {
        self.entries
            .iter()
            .all(|entry| entry.fields.is_empty() && entry.number.is_none())
    }

    fn columns(&self, style: Style, out: &mut String) {
        let title = self.title.to_uppercase();
        if self.is_short() {
            for (at, entry) in self.entries.iter().enumerate() {
                let lead = if at == 0 { title.as_str() } else { "" };
                let room = GUTTER.saturating_sub(lead.width()).max(1);
                let note = if at == 0 && !self.note.is_empty() {
                    format!("({}) ", self.note)
                } else {
                    String::new()
                };
                out.push_str(&style.bold(lead));
                out.push_str(&" ".repeat(room));
                let words = format!("{note}{}", entry.head);
                let text = wrap(&words, WIDTH - GUTTER, 0);
                out.push_str(&hang(&text, GUTTER));
                out.push('\n');
            }
            return;
        }
        out.push_str(&style.bold(&title));
        if !self.note.is_empty() {
            out.push_str(&format!("  {}", self.note));
        }
        out.push('\n');
        for entry in &self.entries {
            let number = entry
                .number
                .map_or_else(String::new, |number| number.to_string());
            let text = wrap(&entry.head, WIDTH - 3, 0);
            out.push_str(&format!("{number:>2} {}\n", hang(&style.bold(&text), 3)));
            for field in &entry.fields {
                field.columns(style, out);
            }
        }
    }
}

impl Field {
    fn columns(&self, style: Style, out: &mut String) {
        for (at, item) in self.items.iter().enumerate() {
            let label = if at == 0 { self.label.as_str() } else { "" };
            let lead = format!("   {label:<width$}", width = FIELD - 3);
            let indent = FIELD + 2 * item.indent;
            let room = WIDTH - indent;
            let text = wrap(&item.text, room, 0);
            out.push_str(&lead);
            out.push_str(&" ".repeat(2 * item.indent));
            out.push_str(&hang(&text, indent));
            if !item.mark.is_empty() {
                let last = text.rsplit('\n').next().map_or(0, UnicodeWidthStr::width);
                let mark = item.mark.width();
                if last + mark + 2 <= room {
                    out.push_str(&" ".repeat(room - last - mark));
                    out.push_str(&style.dim(&item.mark));
                } else {
                    let mark = wrap(&item.mark, room, 0);
                    for line in mark.lines() {
                        out.push('\n');
                        out.push_str(&" ".repeat(WIDTH - line.width()));
                        out.push_str(&style.dim(line));
                    }
                }
            }
            out.push('\n');
        }
    }
}

/// Later lines moved in.
fn hang(text: &str, columns: usize) -> String {
    text.replace('\n', &format!("\n{}", " ".repeat(columns)))
}

fn sentence_case(words: &str) -> String {
    super::wording::capital(words)
}

#[cfg(test)]
mod tests {
    use super::{Document, Entry, Item};
    use crate::present::Style;

    #[test]
    fn marks_stand_at_the_right() {
        let mut page = Document {
            title: "a case".to_owned(),
            ..Document::default()
        };
        let mut entry = Entry::of("Care, owed by A to B");
        entry.number = Some(1);
        entry.field(
            "because",
            vec![Item {
                indent: 0,
                text: "A left B".to_owned(),
                mark: "stated".to_owned(),
            }],
        );
        page.section("violated", "", vec![entry]);
        let text = page.text(Style::Text);
        assert!(
            text.lines().all(|line| line.chars().count() <= 100),
            "{text}"
        );
        assert!(
            text.contains("   because     A left B") && text.contains("stated\n"),
            "{text}"
        );
        assert_eq!(
            page.text(Style::Plain),
            "a case\nViolated:\n1. Care, owed by A to B\nBecause: A left B (stated)\n"
        );
    }
}
