//! Searches over a real index of several segments, some of whose stories were updated or deleted.

mod agree;
mod answers;
mod completed;
mod drawn;
mod explained;
mod joined;
mod model;
mod said;
mod scores;
mod together;
mod unspaced;
mod walks;

use std::path::Path;

use crate::index::{Reader, Snapshot, Writer, WriterOptions};
use crate::story::{Certainty, Country, Extraction, Filing, Person, Quote, Source, SourceRole};

/// A story in few words, for a test.
#[derive(Debug, Clone, Default, PartialEq)]
struct Draft {
    uri: String,
    version: u32,
    published: Option<i64>,
    language: &'static str,
    headline: String,
    /// Paragraphs; those of quotes come after it.
    text: String,
    /// Speaker, whether certain, words.
    quotes: Vec<(Option<String>, bool, String)>,
    people: Vec<String>,
    /// Code, whether the story is about it.
    countries: Vec<(String, bool)>,
    /// Id, whether credited.
    sources: Vec<(String, bool)>,
}

impl Draft {
    fn new(uri: &str, language: &'static str, headline: &str, text: &str) -> Self {
        Self {
            uri: uri.into(),
            language,
            headline: headline.into(),
            text: text.into(),
            published: Some(1_700_000_000),
            ..Self::default()
        }
    }

    fn quote(mut self, speaker: &str, words: &str) -> Self {
        let speaker = (!speaker.is_empty()).then(|| speaker.to_owned());
        self.quotes.push((speaker, true, words.into()));
        self
    }

    fn published(mut self, published: i64) -> Self {
        self.published = Some(published);
        self
    }

    fn body(&self) -> String {
        let mut body = self.text.clone();
        for (_, _, words) in &self.quotes {
            body.push_str("\n“");
            body.push_str(words);
            body.push_str("” he said.");
        }
        body
    }

    fn speakers(&self) -> Vec<String> {
        let certain = self.quotes.iter().filter(|quote| quote.1);
        let mut speakers: Vec<String> = certain.filter_map(|quote| quote.0.clone()).collect();
        speakers.sort();
        speakers.dedup();
        speakers
    }

    fn filing(&self) -> Filing {
        let mut filing = Filing {
            published: self.published,
            ..Filing::default()
        };
        filing.ninjs.uri.clone_from(&self.uri);
        filing.ninjs.version = Some(self.version.to_string());
        filing.ninjs.version_created = Some(format!("2024-01-01T00:00:{:02}Z", self.version % 60));
        filing.ninjs.set_headline(self.headline.as_str());
        filing.ninjs.set_body(self.body());
        filing
    }

    fn extraction(&self) -> Extraction {
        let body = self.body();
        let mut from = self.text.len();
        let mut quotes = Vec::new();
        for (speaker, certain, words) in &self.quotes {
            let start = from + "\n“".len();
            from = start + words.len() + "” he said.".len();
            quotes.push(Quote {
                text: body[start..start + words.len()].to_owned(),
                speaker: speaker.clone(),
                certain: if *certain {
                    Certainty::Certain
                } else {
                    Certainty::Uncertain
                },
                start,
                end: start + words.len(),
                ..Quote::default()
            });
        }
        let person = |value: &String| Person {
            value: value.clone(),
            ..Person::default()
        };
        let country = |(value, about): &(String, bool)| Country {
            value: value.clone(),
            about: *about,
            ..Country::default()
        };
        let source = |(value, credit): &(String, bool)| Source {
            value: value.clone(),
            role: if *credit { SourceRole::Credit } else { SourceRole::Cited },
            ..Source::default()
        };
        Extraction {
            language: self.language.into(),
            people: self.people.iter().map(person).collect(),
            speakers: self.speakers(),
            countries: self.countries.iter().map(country).collect(),
            sources: self.sources.iter().map(source).collect(),
            quotes,
        }
    }
}

fn open(dir: &Path) -> Writer {
    let options = WriterOptions {
        threads: 1,
        memory: 20_000_000,
    };
    Writer::open(dir, options).unwrap()
}

fn snapshot(dir: &Path) -> Snapshot {
    Snapshot::clone(&Reader::open(dir).unwrap().snapshot())
}

/// An index with these stories, a commit after every third.
fn indexed(drafts: &[Draft]) -> (tempfile::TempDir, Snapshot) {
    let dir = tempfile::tempdir().unwrap();
    let mut writer = open(dir.path());
    for some in drafts.chunks(3) {
        for draft in some {
            writer.put(draft.filing(), draft.extraction()).unwrap();
        }
        writer.commit().unwrap();
    }
    drop(writer);
    let snapshot = snapshot(dir.path());
    (dir, snapshot)
}
