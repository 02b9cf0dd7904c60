//! Random rulebooks and cases, as text in the language, so that reading, checking and judging are all exercised.
//!
//! In: a seed; out: a [`Program`], the same for the same seed. The texts are small (two or three people, an act or
//! two), well formed, and dense enough that most lines decide something. This room does not know what they mean.

mod blocks;
mod case;
mod conditions;
mod groups;
mod norms;
mod numbers;
mod program;
mod words;

pub use program::Program;

#[cfg(test)]
mod tests {
    use super::Program;
    use fiducia::text::FileId;

    #[test]
    fn every_line_is_read() {
        for seed in 0..300 {
            let text = Program::new(seed).text();
            let (_, faults) = fiducia::syntax::read(FileId(0), &text);
            assert!(faults.is_empty(), "seed {seed}: {faults:#?}\n{text}");
        }
    }

    #[test]
    fn every_rulebook_is_accepted() {
        let mut refused = std::collections::BTreeMap::new();
        for seed in 0..10000 {
            let text = Program::new(seed).text();
            let (file, faults) = fiducia::syntax::read(FileId(0), &text);
            assert!(faults.is_empty(), "seed {seed}: {faults:#?}\n{text}");
            let (_, faults) = fiducia::check::rulebook(&[("random".to_owned(), FileId(0), &file)]);
            for fault in faults {
                if fault.severity == fiducia::text::Severity::Error {
                    let span = fault.labels.first().map(|l| l.span);
                    let place = span
                        .map(|s| &text[s.start as usize..s.end as usize])
                        .unwrap_or("")
                        .to_owned();
                    refused.entry(fault.code).or_insert_with(Vec::new).push((
                        seed,
                        fault.message.clone(),
                        place,
                    ));
                }
            }
        }
        for (code, all) in refused {
            println!("{code} {} {:?}", all.len(), &all[..all.len().min(6)]);
        }
    }
}
#[test]
fn show() {
    let seed = std::env::var("SEED")
        .ok()
        .and_then(|s| s.parse().ok())
        .unwrap_or(0);
    println!("{}", Program::new(seed).text());
}
