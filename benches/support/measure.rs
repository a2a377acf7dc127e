//! Arguments of a bench program, clocks, and the lines it prints.
#![expect(clippy::print_stdout, reason = "the figures are what a bench program is for")]

use std::time::{Duration, Instant};

/// How much is to be done.
pub(crate) struct Scale {
    /// Stories.
    pub(crate) stories: usize,
    /// How often a thing is measured; the best counts.
    pub(crate) rounds: usize,
}

impl Scale {
    /// The scale asked for: the full one under `cargo bench`, a small one that only shows that the program runs under
    /// `cargo test --benches`. `--stories N` and `--rounds N` set it.
    pub(crate) fn from_args(full: usize, small: usize) -> Self {
        let number = |name: &str| argument(name)?.parse().ok();
        let is_full = is_given("--bench");
        Self {
            stories: number("--stories").unwrap_or(if is_full { full } else { small }),
            rounds: number("--rounds").unwrap_or(if is_full { 3 } else { 1 }),
        }
    }
}

/// The argument behind `name`.
pub(crate) fn argument(name: &str) -> Option<String> {
    let mut args = arguments().skip_while(|arg| arg != name);
    args.nth(1)
}

/// Whether that argument is given.
pub(crate) fn is_given(name: &str) -> bool {
    arguments().any(|arg| arg == name)
}

#[expect(clippy::disallowed_methods, reason = "a bench program reads its own arguments")]
fn arguments() -> std::env::Args {
    std::env::args()
}

/// How long it takes.
pub(crate) fn time<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let made = std::hint::black_box(work());
    (start.elapsed(), made)
}

/// A line of free text.
pub(crate) fn note(text: &str) {
    println!("{text}");
}

/// An absolute figure.
pub(crate) fn figure(name: &str, value: f64, unit: &str) {
    println!("{name} {value:.3} {unit}");
}

/// A figure that does not depend on the machine as much: one thing measured against another in the same run.
pub(crate) fn ratio(name: &str, value: f64) {
    println!("ratio {name} {value:.3}");
}
