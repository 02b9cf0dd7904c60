//! Makes a failing text small: leaves lines out as long as it still fails. In: a text and what it means to fail; out: a
//! text in which no single line can be left out.

/// The smallest text found that still fails.
pub fn shrink(text: &str, fails: impl Fn(&str) -> bool) -> String {
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    let mut blocks: Vec<Vec<&str>> = Vec::new();
    for line in lines {
        match blocks.last_mut() {
            Some(block) if line.starts_with(' ') => block.push(line),
            _ => blocks.push(vec![line]),
        }
    }
    loop {
        let before = blocks.clone();
        let mut at = 0;
        while at < blocks.len() {
            let mut fewer = blocks.clone();
            fewer.remove(at);
            if fails(&joined(&fewer)) {
                blocks = fewer;
            } else {
                at += 1;
            }
        }
        for at in 0..blocks.len() {
            for size in [4, 3, 2, 1] {
                let mut from = 1;
                while from + size <= blocks[at].len() {
                    let mut fewer = blocks.clone();
                    fewer[at].drain(from..from + size);
                    if fails(&joined(&fewer)) {
                        blocks = fewer;
                    } else {
                        from += 1;
                    }
                }
            }
        }
        if blocks == before {
            return joined(&blocks);
        }
    }
}

fn joined(blocks: &[Vec<&str>]) -> String {
    let blocks: Vec<String> = blocks.iter().map(|block| block.join("\n")).collect();
    blocks.join("\n") + "\n"
}
