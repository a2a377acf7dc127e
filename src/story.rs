//! Plain values: what a filing, a story, a quote and a facet are. No I/O, no index.

mod facet;
mod filing;
mod ninjs;
mod quote;

pub use facet::Facet;
pub use filing::{Filing, Hash, Origin, Timestamp, key_of};
pub use ninjs::{Body, Headline, InfoSource, Named, Ninjs, Subject};
pub use quote::{Basis, Certainty, Country, Extraction, Form, Join, Person, Quote, Source, SourceRole, Span};
