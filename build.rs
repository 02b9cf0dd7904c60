//! Tells cargo to build anew when a file is added to `knowledge/`: the macro that embeds it sees only files it knows.

fn main() {
    println!("cargo::rerun-if-changed=knowledge");
}
