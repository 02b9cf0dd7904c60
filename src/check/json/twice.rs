//! Parts of a JSON text that are said twice: a reader of JSON keeps the last and drops the first without a word. In: a text
//! that is JSON; out: the path of the first part said twice. It does not know what the parts mean.

use super::read::at;
use rustc_hash::FxHashSet;

/// What the scan is inside of.
enum Inside {
    /// An object: its path, its parts so far, and the part whose value comes.
    Object(String, FxHashSet<String>, Option<String>),
    /// A list: its path and the position of the value that comes.
    List(String, usize),
}

/// The path of the first part that is said twice.
pub(super) fn said_twice(text: &str) -> Option<String> {
    let mut inside: Vec<Inside> = Vec::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        match letter {
            '{' => {
                let path = path(&inside);
                inside.push(Inside::Object(path, FxHashSet::default(), None));
            }
            '[' => {
                let path = path(&inside);
                inside.push(Inside::List(path, 0));
            }
            '}' | ']' => {
                inside.pop();
            }
            ',' => match inside.last_mut() {
                Some(Inside::Object(_, _, part)) => *part = None,
                Some(Inside::List(_, position)) => *position += 1,
                None => {}
            },
            '"' => {
                let end = string_end(rest);
                if let Some(Inside::Object(path, parts, part)) = inside.last_mut()
                    && part.is_none()
                {
                    let name: String = serde_json::from_str(&rest[..end]).ok()?;
                    if !parts.insert(name.clone()) {
                        return Some(at(path, &name));
                    }
                    *part = Some(name);
                }
                rest = &rest[end..];
                continue;
            }
            _ => {}
        }
        rest = &rest[letter.len_utf8()..];
    }
    None
}

/// Where the value that comes next stands.
fn path(inside: &[Inside]) -> String {
    match inside.last() {
        None => String::new(),
        Some(Inside::Object(path, _, part)) => at(path, part.as_deref().unwrap_or_default()),
        Some(Inside::List(path, position)) => at(path, &position.to_string()),
    }
}

/// The length of the string at the start of a text, quotes included.
fn string_end(text: &str) -> usize {
    let mut escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::said_twice;

    #[test]
    fn the_second_of_a_part_is_found() {
        let twice = |text| said_twice(text);
        assert_eq!(
            twice(r#"{"a":1,"b":{"a":"x,\"y\":{"},"c":["a","a"]}"#),
            None
        );
        assert_eq!(twice(r#"{"a":1,"\u0061":2}"#), Some("/a".to_owned()));
        assert_eq!(
            twice(r#"{"o":{"go":[{}, {"x":[], "x":0}]}}"#),
            Some("/o/go/1/x".to_owned())
        );
    }
}
