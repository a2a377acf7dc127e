//! Real tables, where they are at hand: every row is a story, and a calendar is one thing that is none.

use crate::formats::corpus_tests::{content, corpora, files, is_clean};
use crate::formats::{Format, Options, Verdict, detect};

#[test]
fn every_row_of_the_news_tables_is_a_story() {
    let Some(folder) = corpora("news/masakhane-news") else {
        return;
    };
    let mut all = 0;
    for path in files(&folder, ".tsv") {
        let bytes = content(&path);
        assert_eq!(
            detect(&bytes[..bytes.len().min(64 * 1024)]),
            crate::formats::Detection::Format(Format::Table)
        );
        for parsed in Format::Table.parse(&bytes, &Options::default()) {
            let filing = parsed.unwrap_or_else(|refused| panic!("{}: {refused}", path.display()));
            assert!(
                !filing.ninjs.headline().is_empty() && !filing.ninjs.uri.is_empty(),
                "{}",
                path.display()
            );
            assert!(is_clean(filing.ninjs.body()), "{}", filing.ninjs.uri);
            all += 1;
        }
    }
    assert!(all > 900, "{all}");
}

#[test]
fn a_calendar_has_one_reason() {
    let Some(folder) = corpora("wire/superdesk-aap") else {
        return;
    };
    for path in files(&folder, "abs-calendar.txt") {
        let parsed = Format::Table.parse(&content(&path), &Options::default());
        assert_eq!(parsed.len(), 1);
        assert_eq!(parsed[0].as_ref().unwrap_err().verdict, Verdict::Skipped);
    }
}
