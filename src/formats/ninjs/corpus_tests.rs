//! The standard's own examples and test cases, and items of agencies and editorial systems, where they are at hand.

use std::path::Path;

use crate::formats::Verdict;
use crate::formats::corpus_tests::{content, corpora, files, is_clean, read_all};
use crate::story::TakeKind;

/// Examples and items: each a story, or skipped as what it is.
#[test]
fn every_item_is_a_story_or_says_what_it_is() {
    let Some(folder) = corpora("wire") else { return };
    let (mut stories, mut skipped) = (0, 0);
    let of_items = |path: &&std::path::PathBuf| {
        let path = path.to_string_lossy();
        [
            "newsinjson/examples",
            "newsinjson/documentation/includes/examples/",
            "dpa-digitalwires",
            "superdesk-core",
        ]
        .iter()
        .any(|part| path.contains(part))
            && !path.contains("not-valid")
    };
    for path in files(&folder, ".json").iter().filter(of_items) {
        for parsed in read_all(&content(path)) {
            match parsed {
                Ok(filing) => {
                    stories += 1;
                    let (headline, body) = (filing.ninjs.headline(), filing.ninjs.body());
                    assert!(is_clean(body) && !body.contains("</"), "{}: {body:?}", path.display());
                    assert!(is_clean(headline), "{}: {headline:?}", path.display());
                    assert!(!filing.ninjs.uri.is_empty(), "{}", path.display());
                }
                Err(refused) => {
                    skipped += 1;
                    assert_eq!(refused.verdict, Verdict::Skipped, "{}: {refused}", path.display());
                    assert!(refused.reason.contains("not a story"), "{}: {refused}", path.display());
                }
            }
        }
    }
    assert!(stories > 70 && skipped > 40, "{stories} stories, {skipped} skipped");
}

/// A file that holds no story at all is told in one reason.
#[test]
fn no_file_is_refused_twice() {
    let Some(folder) = corpora("wire") else { return };
    for path in files(&folder, ".json") {
        let parsed = read_all(&content(&path));
        let refused = parsed.iter().filter(|parsed| parsed.is_err()).count();
        assert!(refused <= 1, "{}: {refused} refusals", path.display());
    }
}

#[test]
fn a_correction_of_the_digital_wire_says_so() {
    let Some(folder) = corpora("wire/dpa-digitalwires-iptc7901") else {
        return;
    };
    let parsed = read_all(&content(Path::new(&folder.join("data/input/dw-1.json"))));
    let filing = parsed.into_iter().next().unwrap().unwrap();
    assert_eq!(filing.kind(), TakeKind::Correction);
    assert!(filing.ninjs.places.len() >= 2 && filing.ninjs.subjects.len() >= 2);
    assert!(
        !filing.ninjs.ed_note.unwrap_or_default().contains('@'),
        "contacts are no notes"
    );
}
