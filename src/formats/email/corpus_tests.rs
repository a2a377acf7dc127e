//! Real messages, where they are at hand.

use crate::formats::corpus_tests::{content, corpora, files, is_clean};
use crate::formats::{Detection, Format, Options, detect};

#[test]
fn every_message_is_a_story() {
    let Some(folder) = corpora("wire/superdesk-core") else {
        return;
    };
    let mut all = 0;
    for path in ["email.txt", "email-bad-user.txt", "googleform.txt", "googleform1.txt"]
        .iter()
        .flat_map(|end| files(&folder, end))
    {
        let bytes = content(&path);
        assert_eq!(detect(&bytes), Detection::Format(Format::Email), "{}", path.display());
        let filing = Format::Email.parse(&bytes, &Options::default()).remove(0).unwrap();
        assert!(
            !filing.ninjs.headline().is_empty() && !filing.ninjs.body().is_empty(),
            "{}",
            path.display()
        );
        assert!(
            is_clean(filing.ninjs.body()) && !filing.ninjs.body().contains("\n--"),
            "{}",
            path.display()
        );
        assert!(
            filing.ninjs.uri.contains('@') && filing.published.is_some(),
            "{}",
            path.display()
        );
        all += 1;
    }
    assert_eq!(all, 8);
}
