//! The documents of a story: itself, its quotes, its other filings, and a kill in its place.

mod values;

use tantivy::{DateTime, TantivyDocument};

use super::analyzer::Analysed;
use super::timeline::{Entry, Window};
use super::{DocKind, Fields, Stored};
use crate::story::{Certainty, Extraction, Facet, Filing, Quote, Span, TakeKind, Target, Timestamp, instant, key_of};
use values::is_countable;

pub(super) use values::{facet_values, language_of};

/// What tells which of a story's filings is current: the greatest. Compared in the order of the fields.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Order {
    /// When the version was created, milliseconds since 1970 UTC; the time of publication where the format does not tell.
    pub(super) created: i64,
    /// The version as the agency numbers it, 0 when it does not.
    pub(super) number: u64,
    /// How many filings of the story had arrived before.
    pub(super) arrival: u64,
}

/// What the columns of a filing say of it beside its text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Standing {
    /// Low 64 bits of the content hash.
    pub(super) content: u64,
    /// Its place among the filings of its story.
    pub(super) order: Order,
}

/// A filing ready for the index: analysed and serialised, which is most of the work and needs no writer. Prepare on as many
/// threads as there are, and hand the result to [`super::Writer::put_prepared`].
#[derive(Debug)]
pub struct Prepared {
    pub(super) key: u64,
    pub(super) entry: Entry,
    /// What a kill could call it by.
    pub(super) handles: Vec<u64>,
    /// What it calls others by, being a kill that is an item of its own.
    pub(super) awaits: Vec<u64>,
    pub(super) stored: String,
    /// The fields by which it is found, whatever kind of document it becomes.
    found_by: TantivyDocument,
    quotes: Vec<TantivyDocument>,
}

impl Prepared {
    /// Analyses a filing. Its `ninjs.uri` becomes [`Filing::content_uri`] when neither it nor its keyword tells the story.
    #[must_use]
    pub fn new(filing: Filing, extraction: Extraction) -> Self {
        let content = filing.content_hash() as u64;
        let mut stored = Stored {
            published: filing.published,
            uri: filing.story_uri().unwrap_or_else(|| filing.content_uri()),
            filing,
            extraction,
            composed: false,
        };
        // A kill on a wire without identifiers repeats the keyword of what it kills, perhaps on the next day.
        if stored.filing.hides() && stored.filing.ninjs.uri.is_empty() && stored.filing.targets.is_empty() {
            let keyword = stored.filing.keyword.iter().cloned().map(Target::Slug);
            stored.filing.targets.extend(keyword);
        }
        stored.filing.ninjs.uri.clone_from(&stored.uri);
        Self::of(&stored, content)
    }

    /// The same of a filing that is stored already; `content` is the hash it came with.
    pub(super) fn of(stored: &Stored, content: u64) -> Self {
        let fields = Fields::of_builtin();
        let filing = &stored.filing;
        let key = key_of(&stored.uri);
        let language = language_of(stored);
        let headline = Analysed::new(filing.ninjs.headline(), language);
        let body = Analysed::new(filing.ninjs.body(), language);
        let mut found_by = TantivyDocument::default();
        add_published(&mut found_by, fields, stored.published);
        found_by.add_u64(fields.length, body.len() as u64);
        found_by.add_u64(fields.quote_count, stored.extraction.quotes.len() as u64);
        found_by.add_text(fields.headline, headline.written());
        found_by.add_text(fields.headline_stem, headline.stems());
        found_by.add_text(fields.body, body.written());
        found_by.add_text(fields.body_stem, body.stems());
        for facet in Facet::ALL {
            for value in facet_values(stored, facet) {
                found_by.add_text(fields.facet(facet), value);
            }
        }
        let quotes = stored.extraction.quotes.iter().enumerate();
        let service = filing.service();
        let is_message = filing.hides() && !filing.targets.is_empty();
        let targets = filing.targets.iter().filter(|_| is_message);
        Self {
            key,
            entry: Entry {
                standing: Standing {
                    content,
                    order: order_of(filing),
                },
                embargo: filing.embargo(),
                hides: filing.hides(),
                whole: filing.kind().is_whole(),
                adds: filing.kind() == TakeKind::Add,
            },
            handles: filing.handles(),
            awaits: targets.map(|target| target.handle(&service)).collect(),
            stored: serde_json::to_string(stored).unwrap_or_default(),
            quotes: quotes
                .map(|(at, quote)| quote_document(stored, key, at, quote, &body, language))
                .collect(),
            found_by,
        }
    }

    /// The key of its story.
    #[must_use]
    pub fn key(&self) -> u64 {
        self.key
    }

    /// The low 64 bits of its content hash.
    #[must_use]
    pub fn content(&self) -> u64 {
        self.entry.standing.content
    }

    /// Whether it can be put as it is: nothing in it waits for a time, takes a story away or only adds to one.
    pub(super) fn is_plain(&self, now: Timestamp) -> bool {
        let entry = &self.entry;
        entry.whole && !entry.hides && self.awaits.is_empty() && entry.embargo.is_none_or(|until| until <= now)
    }

    /// The documents of a story: itself first, then its quotes.
    pub(super) fn into_story(self, filings: u32, window: Window, laid_out: bool) -> Vec<TantivyDocument> {
        let fields = Fields::of_builtin();
        let quotes = self.quotes;
        let mut story = self.found_by;
        story.add_u64(fields.kind, DocKind::Story as u64);
        story.add_u64(fields.key, self.key);
        story.add_u64(fields.filings, u64::from(filings));
        add_window(&mut story, fields, window);
        if laid_out {
            story.add_u64(fields.laid_out, 1);
        }
        add_filing(&mut story, fields, self.entry.standing, &self.handles, &self.stored);
        let mut documents = Vec::with_capacity(1 + quotes.len());
        documents.push(story);
        documents.extend(quotes);
        documents
    }

    /// The document of a filing that is not current, not to be seen before `from`. One that was killed is kept, and found by no
    /// search.
    pub(super) fn into_filing(self, from: Option<Timestamp>, was_killed: bool) -> TantivyDocument {
        let fields = Fields::of_builtin();
        let mut document = if was_killed {
            TantivyDocument::default()
        } else {
            self.found_by
        };
        document.add_u64(fields.kind, DocKind::Filing as u64);
        document.add_u64(fields.filing_of, self.key);
        add_window(&mut document, fields, Window { from, until: None });
        add_filing(&mut document, fields, self.entry.standing, &self.handles, &self.stored);
        add_awaits(&mut document, fields, &self.awaits);
        document
    }

    /// The document of a kill: in its story's place, or without one. It is found by nothing but its key.
    pub(super) fn into_kill(self, kind: DocKind, window: Window) -> TantivyDocument {
        let fields = Fields::of_builtin();
        let mut document = TantivyDocument::default();
        document.add_u64(fields.kind, kind as u64);
        let key = if kind == DocKind::Waiting {
            waiting_key(self.key)
        } else {
            self.key
        };
        document.add_u64(fields.key, key);
        add_window(&mut document, fields, window);
        document.add_u64(fields.laid_out, 1);
        add_filing(&mut document, fields, self.entry.standing, &self.handles, &self.stored);
        add_awaits(&mut document, fields, &self.awaits);
        document
    }
}

/// The key of a kill that waits, by that of its own uri: another than its story's, which may have the same uri.
pub(super) fn waiting_key(key: u64) -> u64 {
    key ^ 0x6B69_6C6C_6B69_6C6C
}

fn add_filing(document: &mut TantivyDocument, fields: &Fields, standing: Standing, handles: &[u64], stored: &str) {
    add_standing(document, fields, standing);
    for handle in handles {
        document.add_u64(fields.handle, *handle);
    }
    document.add_text(fields.stored, stored);
}

fn add_awaits(document: &mut TantivyDocument, fields: &Fields, awaits: &[u64]) {
    for handle in awaits {
        document.add_u64(fields.awaits, *handle);
    }
}

fn add_window(document: &mut TantivyDocument, fields: &Fields, window: Window) {
    if let Some(from) = window.from {
        document.add_i64(fields.visible_from, from);
    }
    if let Some(until) = window.until {
        document.add_i64(fields.visible_until, until);
    }
}

fn add_standing(document: &mut TantivyDocument, fields: &Fields, standing: Standing) {
    document.add_u64(fields.content, standing.content);
    document.add_i64(fields.version, standing.order.created);
    document.add_u64(fields.version_number, standing.order.number);
    document.add_u64(fields.arrival, standing.order.arrival);
}

fn add_published(document: &mut TantivyDocument, fields: &Fields, published: Option<Timestamp>) {
    // tantivy counts nanoseconds in 64 bits: 1677 to 2262. A date outside is a misprint.
    let room = i64::MIN / 1_000_000_000..=i64::MAX / 1_000_000_000;
    if let Some(seconds) = published.filter(|seconds| room.contains(seconds)) {
        document.add_date(fields.published, DateTime::from_timestamp_secs(seconds));
    }
}

fn quote_document(
    stored: &Stored,
    key: u64,
    at: usize,
    quote: &Quote,
    body: &Analysed,
    language: &str,
) -> TantivyDocument {
    let fields = Fields::of_builtin();
    let mut document = TantivyDocument::default();
    document.add_u64(fields.kind, DocKind::Quote as u64);
    document.add_u64(fields.key, key);
    document.add_u64(fields.quote_at, at as u64);
    add_published(&mut document, fields, stored.published);
    if stored.filing.ninjs.body().get(quote.start..quote.end) == Some(&quote.text) {
        let (written, stems) = body.part(Span {
            start: quote.start,
            end: quote.end,
        });
        document.add_text(fields.quote, written);
        document.add_text(fields.quote_stem, stems);
    } else {
        let words = Analysed::new(&quote.text, language);
        document.add_text(fields.quote, words.written());
        document.add_text(fields.quote_stem, words.stems());
    }
    let speaker = quote.speaker.as_deref().filter(|_| quote.certain == Certainty::Certain);
    if let Some(speaker) = speaker.filter(|value| is_countable(value)) {
        document.add_text(fields.quote_speaker, speaker);
    }
    document
}

/// The order of a filing among its story's, before its arrival is known.
fn order_of(filing: &Filing) -> Order {
    let created = filing
        .ninjs
        .version_created
        .as_deref()
        .and_then(instant)
        .map(jiff::Timestamp::as_millisecond);
    let published = filing.published.map(|seconds| seconds.saturating_mul(1000));
    Order {
        created: created.or(published).unwrap_or_default(),
        number: number_of(filing),
        arrival: 0,
    }
}

/// The version as the agency numbers it, else the number of the take.
fn number_of(filing: &Filing) -> u64 {
    let take = || filing.take.as_ref().and_then(|take| take.number).map(u64::from);
    let version = filing.ninjs.version.as_deref().map(leading_number);
    version.or_else(take).unwrap_or_default()
}

/// The first run of digits: "3", "v3", "2nd lead". One too long to count is the greatest.
fn leading_number(version: &str) -> u64 {
    let digits = version
        .bytes()
        .skip_while(|b| !b.is_ascii_digit())
        .take_while(u8::is_ascii_digit);
    digits.fold(0_u64, |sum, digit| {
        sum.saturating_mul(10).saturating_add(u64::from(digit - b'0'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filings_are_ordered_by_time_then_number() {
        let order = |created: Option<&str>, version: Option<&str>, published| {
            let mut filing = Filing {
                published,
                ..Filing::default()
            };
            filing.ninjs.version_created = created.map(Into::into);
            filing.ninjs.version = version.map(Into::into);
            order_of(&filing)
        };
        let noon = order(Some("2024-03-01T12:00:00Z"), Some("9"), None);
        assert!(noon < order(Some("2024-03-01T20:00:00+07:00"), Some("1"), None));
        assert!(noon < order(Some("2024-03-01T12:00:00Z"), Some("10"), None));
        assert_eq!(noon.created, order(None, None, Some(1_709_294_400)).created);
        assert_eq!(noon.created, order(Some("2024-03-01T12:00:00"), None, None).created);
        assert_eq!(order(Some("yesterday"), Some("2nd lead"), None).number, 2);
        assert_eq!(leading_number("99999999999999999999999"), u64::MAX);
        assert_eq!(leading_number("draft"), 0);
    }
}
