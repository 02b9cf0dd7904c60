//! Random rulebooks and cases, as text in the language, so that reading, checking and judging are all exercised.
//!
//! In: a seed; out: a [`Program`], the same for the same seed. The texts are small (two or three people, an act or
//! two), well formed, and dense enough that most lines decide something. This room does not know what they mean.

mod blocks;
mod case;
mod clash;
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
    use crate::loaded::load;
    use fiducia::text::FileId;
    use std::collections::BTreeMap;

    #[test]
    fn every_line_is_read() {
        for seed in 0..300 {
            let text = Program::new(seed).text();
            let (_, faults) = fiducia::syntax::read(FileId(0), &text);
            assert!(faults.is_empty(), "seed {seed}: {faults:#?}\n{text}");
        }
    }

    /// The generator knows the language: next to nothing it writes is refused.
    #[test]
    fn nearly_every_program_is_accepted() {
        let mut refused: BTreeMap<String, Vec<(u64, String)>> = BTreeMap::new();
        for seed in 0..2000 {
            for fault in load(&Program::new(seed).text()).err().unwrap_or_default() {
                let code = fault.chars().take(4).collect();
                refused.entry(code).or_default().push((seed, fault));
            }
        }
        for (code, all) in &refused {
            println!("{code} {}: {:#?}", all.len(), &all[..all.len().min(5)]);
        }
        let count: usize = refused.values().map(Vec::len).sum();
        assert!(count < 20, "{count} faults in 2000 programs");
    }
}
