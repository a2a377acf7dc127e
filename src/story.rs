//! Plain values: what a filing, a story, a quote and a facet are. No I/O, no index.

mod append;
mod facet;
mod filing;
mod identity;
mod ninjs;
mod quote;
mod take;

pub use facet::Facet;
pub use filing::{Filing, Hash, Origin, Timestamp, instant, key_of, rfc3339};
pub use identity::HANDLE_HOLDS;
pub use ninjs::{AltId, Body, Headline, InfoSource, Named, Ninjs, Subject};
pub use quote::{Basis, Certainty, Country, Extraction, Form, Join, Person, Quote, Source, SourceRole, Span, within};
pub use take::{Take, TakeKind, Target, WireNumber};
