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
}
