//! Extraction against annotated texts that others published: floors that must not be lost again, and the figures themselves
//! (`cargo test --test it public_gold -- --nocapture`). Skipped where the texts are not there.

mod agreement;
mod pfsa;
mod polnear;
mod wikinews;
mod places;
mod agencies;
mod languages;
mod names;
