//! `index_schema/vocabulary` loaded once: from a phrase to an id, from an id to its labels and facts.

pub mod phrases;
pub mod tsv;
