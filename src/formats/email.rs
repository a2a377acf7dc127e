//! A mail message → filings.
use super::{Options, Parsed, Refused};
pub(super) fn is_message(_text: &str) -> bool { false }
pub(super) fn parse(_item: &[u8], _options: &Options) -> Vec<Parsed> {
    vec![Err(Refused::rejected("not read yet", 0))]
}
