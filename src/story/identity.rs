//! Which story a filing is of, and by what else it can be called.
//!
//! By its `uri`; else by source, keyword and day, which every later lead repeats; else by its text. A kill calls a story by its
//! `uri`, by its keyword, or by the number of one of its filings: each is a handle, 64 bits.

use xxhash_rust::xxh3::xxh3_64;

use super::{Filing, Target, Timestamp};

/// How long a keyword or a number means the same story, in seconds: numbers begin anew within a day or two, keywords come back
/// the next week.
pub const HANDLE_HOLDS: Timestamp = 3 * 24 * 60 * 60;

impl Filing {
    /// The uri of the story: the filing's own, else one of source, keyword and day. `None` where it has neither: then its file or
    /// its text must tell ([`Filing::content_uri`]).
    #[must_use]
    pub fn story_uri(&self) -> Option<String> {
        if !self.ninjs.uri.is_empty() {
            return Some(self.ninjs.uri.clone());
        }
        let keyword = plain(self.keyword.as_deref()?);
        let day = jiff::Timestamp::from_second(self.published?).ok()?;
        let day = jiff::tz::Offset::UTC.to_datetime(day).date();
        (!keyword.is_empty()).then(|| format!("slug:{}/{keyword}/{day}", self.service()))
    }

    /// The service that sent it, in plain letters: that of its number, else its first source, else its credit line; `-` where
    /// nothing tells.
    #[must_use]
    pub fn service(&self) -> String {
        let own = self.wire_number.as_ref().map(|number| number.service.as_str());
        let source = || self.ninjs.info_sources.first().map(|source| source.name.as_str());
        let service = own.or_else(source).or(self.credit_line.as_deref()).map(plain);
        service
            .filter(|service| !service.is_empty())
            .unwrap_or_else(|| "-".into())
    }

    /// What a kill could call this filing by.
    #[must_use]
    pub fn handles(&self) -> Vec<u64> {
        let service = self.service();
        let slug = self.keyword.as_deref().map(|slug| Target::Slug(slug.to_owned()));
        let number = self
            .wire_number
            .as_ref()
            .map(|wire| Target::Number(wire.number.clone()));
        let own = Some(&self.ninjs.uri).filter(|uri| !uri.is_empty());
        let ids = self.ninjs.alt_ids.iter().map(|id| &id.value).chain(own);
        let ids = ids.map(|id| Target::Uri(id.clone()));
        let mut handles: Vec<u64> = slug
            .into_iter()
            .chain(number)
            .chain(ids)
            .map(|it| it.handle(&service))
            .collect();
        handles.sort_unstable();
        handles.dedup();
        handles
    }
}

impl Target {
    /// The handle that it calls a story by, on a service ([`Filing::service`]).
    #[must_use]
    pub fn handle(&self, service: &str) -> u64 {
        let text = match self {
            Self::Uri(uri) => format!("uri\0{}", uri.trim()),
            Self::Slug(slug) => format!("slug\0{service}\0{}", plain(slug)),
            Self::Number(number) => format!("number\0{service}\0{}", number.trim().trim_start_matches('0')),
        };
        xxh3_64(text.as_bytes())
    }
}

/// Letters and digits in lower case, runs of anything else as one hyphen.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story::WireNumber;

    #[test]
    fn without_a_uri_source_keyword_and_day_join_filings() {
        let mut filing = Filing {
            keyword: Some("BC-Harbour, Lunde".into()),
            published: Some(1_709_294_400),
            credit_line: Some("Kyst/Nytt".into()),
            ..Filing::default()
        };
        assert_eq!(
            filing.story_uri().as_deref(),
            Some("slug:kyst-nytt/bc-harbour-lunde/2024-03-01")
        );
        filing.published = None;
        assert_eq!(filing.story_uri(), None);
        filing.ninjs.uri = "x:1".into();
        assert_eq!(filing.story_uri().as_deref(), Some("x:1"));
    }

    #[test]
    fn a_kill_and_what_it_names_share_a_handle() {
        let filing = Filing {
            keyword: Some("Harbour".into()),
            wire_number: Some(WireNumber {
                service: "KNY".into(),
                number: "157".into(),
            }),
            ..Filing::default()
        };
        let handles = filing.handles();
        for target in [Target::Number("0157".into()), Target::Slug("HARBOUR".into())] {
            assert!(handles.contains(&target.handle(&filing.service())));
        }
        assert!(!handles.contains(&Target::Number("157".into()).handle("other")));
    }
}
