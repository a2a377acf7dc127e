//! The index as a whole: writer, folder, reader.

mod check;
mod facets;
mod folder;
mod life;
mod merging;
mod updates;

use std::path::Path;

use super::{Reader, Writer, WriterOptions};
use crate::story::{Certainty, Extraction, Filing, Person, Quote};

/// One thread and little memory.
const SMALL: WriterOptions = WriterOptions {
    threads: 1,
    memory: 20_000_000,
};

fn writer(dir: &Path) -> Writer {
    Writer::open(dir, SMALL).unwrap()
}

fn reader(dir: &Path) -> Reader {
    Reader::open(dir).unwrap()
}

/// A filing of a story, created at that minute.
fn filing(uri: &str, minute: u32, body: &str) -> Filing {
    let mut filing = Filing::default();
    filing.ninjs.uri = uri.into();
    filing.ninjs.version_created = Some(format!("2024-03-01T{:02}:{:02}:00Z", minute / 60, minute % 60));
    filing.ninjs.set_headline(format!("Headline of {uri}"));
    filing.ninjs.set_body(body);
    filing
}

/// An extraction with people and one quote of each, all of them in the body's words.
fn extraction(people: &[&str], body: &str) -> Extraction {
    let person = |name: &&str| Person {
        value: (*name).into(),
        label: (*name).into(),
        mentions: 1,
        ..Person::default()
    };
    let quote = |name: &&str| Quote {
        text: body.into(),
        speaker: Some((*name).into()),
        certain: Certainty::Certain,
        start: 0,
        end: body.len(),
        ..Quote::default()
    };
    Extraction {
        language: "en".into(),
        people: people.iter().map(person).collect(),
        speakers: people.iter().map(|name| (*name).to_owned()).collect(),
        quotes: people.iter().map(quote).collect(),
        ..Extraction::default()
    }
}
