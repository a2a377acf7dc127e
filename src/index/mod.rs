//! The index: schema, analyzers, documents, writer, reader. Only here and in `search` is tantivy named.
//!
//! Five kinds of document share one index: a **story** (its current filing), its **quotes**, added in one batch with it so
//! that they lie in one segment, its other **filings**, which are searched only when asked for, a **tombstone** in the place of a
//! story that was killed, and a **waiting** kill whose story is not here.

pub mod analyzer;
mod check;
mod columns;
mod copy;
mod docs;
mod document;
mod error;
mod filters;
mod folder;
mod interner;
mod known;
mod lookup;
mod ordinals;
mod pending;
mod reader;
mod records;
mod rows;
pub mod schema;
mod segment;
mod snapshot;
mod stored;
mod timeline;
mod times;
mod values;
mod writer;

pub use check::{Checked, Fault, Mend, check, repair};
pub use copy::{Copied, copy};
pub use docs::Docs;
pub use document::Prepared;
pub use error::IndexError;
pub use filters::Filters;
pub(crate) use folder::replace_file;
pub use interner::{Interner, Joined};
pub use ordinals::Ordinals;
pub use reader::Reader;
pub use records::{CHUNK, Chunk, Records};
pub use rows::Rows;
pub use snapshot::{Columns, DocKind, Fields, Segment, Snapshot, Totals};
pub use stored::Stored;
pub use times::Times;
pub use values::Values;
pub use writer::{Outcome, Writer, WriterOptions};

#[cfg(test)]
mod tests;
