//! Cases as a folder of tables: one file a sentence, `.csv` or `.tsv`, packed or not, its first column the case. In: the
//! folder; out: a line of JSON a case, in the order of the cases. Files are read side by side, a case at a time, so that
//! memory does not grow with them. It does not know whether a sentence exists.

use super::unpack::unpacked;
use std::cmp::Ordering;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// The file that gives the order of the cases, where they are not in order of their names.
const ORDER: &str = "cases";

/// Where in a case the tables of a folder belong, and the folder below the first.
const PARTS: [(&str, &str); 3] = [("facts", ""), ("false", "false"), ("unknown", "unknown")];

/// A folder being read.
pub(super) struct Folder {
    tables: Vec<Table>,
    order: Option<Rows>,
    line: Vec<u8>,
    /// How much of the line was handed over.
    at: usize,
    ended: bool,
}

/// A table being read.
struct Table {
    part: usize,
    /// The sentence, as JSON.
    key: String,
    rows: Rows,
    /// The next row.
    next: Option<Vec<String>>,
}

/// The rows of a file.
struct Rows {
    name: String,
    source: BufReader<Box<dyn Read + Send>>,
    comma: bool,
    number: u64,
}

impl Folder {
    /// Opens every table.
    pub(super) fn open(folder: &Path) -> io::Result<Self> {
        let mut tables = Vec::new();
        let mut order = None;
        for (part, (_, below)) in PARTS.iter().enumerate() {
            let below = folder.join(below);
            if part > 0 && !below.is_dir() {
                continue;
            }
            for path in files(&below)? {
                let Some((stem, comma)) = stem_of(&path) else {
                    continue;
                };
                let mut rows = Rows::open(&path, comma)?;
                if part == 0 && stem == ORDER {
                    order = Some(rows);
                    continue;
                }
                let next = rows.first()?;
                let mut key = String::new();
                quoted(&mut key, &stem);
                tables.push(Table {
                    part,
                    key,
                    rows,
                    next,
                });
            }
        }
        if tables.is_empty() {
            let message = "the folder holds no table: files named by a sentence, such as \"_ performs _ on _.csv\"";
            return Err(io::Error::new(io::ErrorKind::NotFound, message));
        }
        Ok(Self {
            tables,
            order,
            line: Vec::new(),
            at: 0,
            ended: false,
        })
    }

    /// Puts the next case into the line.
    fn step(&mut self) -> io::Result<()> {
        self.line.clear();
        self.at = 0;
        let Some(case) = self.next_case()? else {
            self.ended = true;
            return match self.tables.iter().find(|table| table.next.is_some()) {
                None => Ok(()),
                Some(table) => Err(table
                    .rows
                    .fault("is of a case that the file of cases does not name here")),
            };
        };
        let mut text = String::from("{\"case\":");
        quoted(&mut text, &case);
        for (part, (name, _)) in PARTS.iter().enumerate() {
            let mut any = false;
            for table in self.tables.iter_mut().filter(|table| table.part == part) {
                let mut first = true;
                while let Some(row) = table.next.take_if(|row| row[0] == case) {
                    if !any {
                        text.push_str(&format!(",\"{name}\":{{"));
                    } else if first {
                        text.push(',');
                    }
                    if first {
                        text.push_str(&table.key);
                        text.push_str(":[");
                    } else {
                        text.push(',');
                    }
                    (any, first) = (true, false);
                    values(&mut text, &row[1..]);
                    table.next = table.rows.row()?;
                    if self.order.is_none()
                        && let Some(row) = &table.next
                        && by_name(&row[0], &case) == Ordering::Less
                    {
                        return Err(table.rows.fault(
                            "is of an earlier case than the row before it; put the rows in order of the case, or the cases in a file cases.csv in the order of the rows",
                        ));
                    }
                }
                if !first {
                    text.push(']');
                }
            }
            if any {
                text.push('}');
            }
        }
        text.push_str("}\n");
        self.line = text.into_bytes();
        Ok(())
    }

    /// The case that comes next: in the order given, or by name.
    fn next_case(&mut self) -> io::Result<Option<String>> {
        if let Some(order) = &mut self.order {
            let row = if order.number == 0 {
                order.first()?
            } else {
                order.row()?
            };
            return Ok(row.and_then(|row| row.into_iter().next()));
        }
        let heads = self.tables.iter().filter_map(|table| table.next.as_ref());
        let first = heads.map(|row| &row[0]).min_by(|a, b| by_name(a, b));
        Ok(first.cloned())
    }
}

impl Read for Folder {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.at == self.line.len() {
            if self.ended {
                return Ok(0);
            }
            self.step()?;
        }
        let len = (self.line.len() - self.at).min(into.len());
        into[..len].copy_from_slice(&self.line[self.at..self.at + len]);
        self.at += len;
        Ok(len)
    }
}

impl Rows {
    fn open(path: &Path, comma: bool) -> io::Result<Self> {
        let name = path.file_name().unwrap_or_default();
        Ok(Self {
            name: name.to_string_lossy().into_owned(),
            source: BufReader::with_capacity(32 * 1024, unpacked(File::open(path)?)?),
            comma,
            number: 0,
        })
    }

    /// The first row, after a line of headings, whose first is `case`.
    fn first(&mut self) -> io::Result<Option<Vec<String>>> {
        match self.row()? {
            Some(row) if row[0] == "case" => self.row(),
            row => Ok(row),
        }
    }

    /// The next row that is not empty.
    fn row(&mut self) -> io::Result<Option<Vec<String>>> {
        let mut line = String::new();
        loop {
            line.clear();
            if self.source.read_line(&mut line)? == 0 {
                return Ok(None);
            }
            self.number += 1;
            // The mark with which spreadsheets begin a file.
            let line = line.strip_prefix('\u{feff}').unwrap_or(&line);
            let line = line.trim_end_matches(['\n', '\r']);
            if line.is_empty() {
                continue;
            }
            if !self.comma {
                return Ok(Some(line.split('\t').map(str::to_owned).collect()));
            }
            return match cells(line) {
                Some(cells) => Ok(Some(cells)),
                None => Err(self.fault("has a quote that does not end on its line")),
            };
        }
    }

    /// What is wrong with the row read last; its words stay out of it.
    fn fault(&self, what: &str) -> io::Error {
        let message = format!("row {} of {} {what}", self.number, self.name);
        io::Error::new(io::ErrorKind::InvalidData, message)
    }
}

/// The cells of a row with commas; a quoted cell may hold commas, and quotes twice. None where a quote does not end.
fn cells(line: &str) -> Option<Vec<String>> {
    let mut cells = Vec::new();
    let mut rest = line;
    loop {
        let mut cell = String::new();
        if let Some(mut inside) = rest.strip_prefix('"') {
            loop {
                let end = inside.find('"')?;
                cell.push_str(&inside[..end]);
                inside = &inside[end + 1..];
                match inside.strip_prefix('"') {
                    Some(more) => {
                        cell.push('"');
                        inside = more;
                    }
                    None => break,
                }
            }
            let end = inside.find(',').unwrap_or(inside.len());
            cell.push_str(&inside[..end]);
            rest = &inside[end..];
        } else {
            let end = rest.find(',').unwrap_or(rest.len());
            cell.push_str(&rest[..end]);
            rest = &rest[end..];
        }
        cells.push(cell);
        match rest.strip_prefix(',') {
            Some(more) => rest = more,
            None => return Some(cells),
        }
    }
}

/// A row of values; an empty cell is a number that is not known.
fn values(text: &mut String, cells: &[String]) {
    text.push('[');
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            text.push(',');
        }
        if cell.is_empty() {
            text.push_str("null");
        } else {
            quoted(text, cell);
        }
    }
    text.push(']');
}

/// Text as a JSON string.
fn quoted(into: &mut String, text: &str) {
    into.push('"');
    for letter in text.chars() {
        match letter {
            '"' => into.push_str("\\\""),
            '\\' => into.push_str("\\\\"),
            control if control < ' ' => into.push_str(&format!("\\u{:04x}", u32::from(control))),
            letter => into.push(letter),
        }
    }
    into.push('"');
}

/// The order of names: figures in them by their number, so that case 9 comes before case 10.
fn by_name(one: &str, other: &str) -> Ordering {
    let (mut a, mut b) = (one, other);
    loop {
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        let (m, n) = (digits(a), digits(b));
        if m > 0 && n > 0 {
            let (x, y) = (
                a[..m].trim_start_matches('0'),
                b[..n].trim_start_matches('0'),
            );
            let order = x.len().cmp(&y.len()).then_with(|| x.cmp(y));
            if order != Ordering::Equal {
                return order;
            }
            (a, b) = (&a[m..], &b[n..]);
            continue;
        }
        match (a.chars().next(), b.chars().next()) {
            (Some(x), Some(y)) if x == y => (a, b) = (&a[x.len_utf8()..], &b[y.len_utf8()..]),
            (Some(x), Some(y)) => return x.cmp(&y),
            // Only zeros before figures can differ now.
            (None, None) => return one.cmp(other),
            (x, _) => {
                return if x.is_none() {
                    Ordering::Less
                } else {
                    Ordering::Greater
                };
            }
        }
    }
}

/// The files of a folder, in order of their names.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_file() {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// The sentence that a file is named by, and whether commas part its columns; none for other files.
fn stem_of(path: &Path) -> Option<(String, bool)> {
    let name = path.file_name()?.to_str()?;
    let name = [".gz", ".zst"]
        .iter()
        .find_map(|end| name.strip_suffix(end))
        .unwrap_or(name);
    match (name.strip_suffix(".csv"), name.strip_suffix(".tsv")) {
        (Some(stem), _) => Some((stem.to_owned(), true)),
        (None, Some(stem)) => Some((stem.to_owned(), false)),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Ordering, by_name, cells};

    #[test]
    fn cells_of_a_row() {
        let of = |line| cells(line).unwrap_or_default();
        assert_eq!(of("a,b c,"), ["a", "b c", ""]);
        assert_eq!(of(r#""a,""x""",b"#), [r#"a,"x""#, "b"]);
        assert_eq!(cells("a,\"b"), None);
    }

    #[test]
    fn figures_count() {
        for (less, more) in [
            ("c9", "c10"),
            ("a", "b"),
            ("c1", "c1a"),
            ("c01", "c1"),
            ("", "x"),
            ("c1x", "cx"),
        ] {
            assert_eq!(by_name(less, more), Ordering::Less, "{less}, {more}");
            assert_eq!(by_name(more, less), Ordering::Greater, "{less}, {more}");
        }
    }
}
