//! Real feeds, where they are at hand.

use super::parse;
use crate::formats::corpus_tests::{content, corpora, files, is_clean};
use crate::formats::{Detection, Format, Options, Verdict, detect};

/// Entries of real feeds that hold neither a title nor a text.
const EMPTY: usize = 2;

#[test]
fn every_entry_of_real_feeds_is_read() {
    let Some(folder) = corpora("wire") else { return };
    let (mut read, mut rejected, mut skipped) = (0, 0, 0);
    for path in files(&folder, "") {
        let bytes = content(&path);
        if detect(&bytes[..bytes.len().min(64 * 1024)]) != Detection::Format(Format::Feed) {
            continue;
        }
        for parsed in parse(&bytes, &Options::default()) {
            let filing = match parsed {
                Ok(filing) => filing,
                Err(refused) => {
                    assert!(refused.offset > 0, "{}: {}", path.display(), refused.reason);
                    rejected += usize::from(refused.verdict == Verdict::Rejected);
                    skipped += usize::from(refused.verdict == Verdict::Skipped);
                    continue;
                }
            };
            let (headline, body) = (filing.ninjs.headline(), filing.ninjs.body());
            assert!(is_clean(headline) && is_clean(body), "{}: {body:?}", path.display());
            assert!(
                !body.contains("</") && !body.contains("&amp;") && !body.contains("&#"),
                "{}: {body}",
                path.display()
            );
            assert!(
                !filing.ninjs.uri.is_empty() && !filing.ninjs.info_sources.is_empty(),
                "{}: {headline}",
                path.display()
            );
            read += 1;
        }
    }
    assert!(read >= 651, "{read} read");
    assert_eq!((rejected, skipped), (EMPTY, 2));
}
