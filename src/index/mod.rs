//! The index: schema, analyzers, documents, writer, reader. Only here and in `search` is tantivy named.
//!
//! Five kinds of document share one index: a **story** (its current filing), its **quotes**, added in one batch with it so
//! that they lie in one segment, its other **filings**, which are searched only when asked for, a **tombstone** in the place of a
//! story that was killed, and a **waiting** kill whose story is not here.

pub mod analyzer;
mod check;
mod copy;
mod document;
mod error;
mod folder;
mod interner;
mod known;
mod lookup;
mod pending;
mod reader;
pub mod schema;
mod segment;
mod snapshot;
mod timeline;
mod writer;

pub use check::{Checked, Fault, Mend, check, repair};
pub use copy::{Copied, copy};
pub use document::{Prepared, Stored};
pub use error::IndexError;
pub(crate) use folder::replace_file;
pub use interner::{Interner, Joined};
pub use reader::Reader;
pub use snapshot::{DocKind, Fields, Ordinals, Segment, Snapshot};
pub use writer::{Outcome, Writer, WriterOptions};

#[cfg(test)]
mod tests;
