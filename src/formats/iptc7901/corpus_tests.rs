//! Real transmissions, where they are at hand.

use super::super::corpus_tests::{content, corpora, files, is_clean, read_all};
use super::super::{Detection, Format, detect};

#[test]
fn every_real_transmission_is_read() {
    let Some(folder) = corpora("wire") else { return };
    let mut read = 0;
    for path in [".iptc", ".tst", ".txt"].iter().flat_map(|end| files(&folder, end)) {
        let bytes = content(&path);
        let wanted = [Format::Iptc7901, Format::Anpa1312].map(Detection::Format);
        if !wanted.contains(&detect(&bytes)) {
            continue;
        }
        let parsed = read_all(&bytes);
        assert!(!parsed.is_empty(), "{}", path.display());
        for filing in parsed {
            let filing = filing.unwrap_or_else(|refused| panic!("{}: {refused}", path.display()));
            let body = filing.ninjs.body();
            assert!(
                is_clean(body) && is_clean(filing.ninjs.headline()),
                "{}: {body:?}",
                path.display()
            );
            for word in [
                "NNNN",
                "ZCZC",
                "not intended for publication",
                "zur Veröffentlichung",
                "Notizblock",
                "+49",
            ] {
                assert!(!body.contains(word), "{}: {word}", path.display());
            }
            assert!(
                !filing.hides() && filing.targets.is_empty(),
                "{}: {:?}",
                path.display(),
                filing.take
            );
            read += 1;
        }
    }
    assert!(read > 45, "{read}");
}
