//! A mail message → filings.

use super::{Options, Parsed, Refused};

/// Reads an item.
pub(super) fn parse(_item: &[u8], _options: &Options) -> Vec<Parsed> {
    vec![Err(Refused::rejected("not read yet", 0))]
}
