//! The one test binary.

mod generate;
mod reference;

#[test]
fn show() {
    for seed in 0..3 {
        println!("{}\n-----", generate::Program::new(seed).text());
    }
}
