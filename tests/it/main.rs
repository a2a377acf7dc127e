//! Integration tests: one binary, a module a feature.

mod layers;
mod support;
