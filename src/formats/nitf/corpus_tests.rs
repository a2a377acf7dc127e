//! Real files, where they are at hand.

use super::super::corpus_tests::{content, corpora, files, is_clean};
use super::super::{Detection, Format, Options, detect};
use crate::story::Filing;

/// Every file under the wire corpora that is detected as this format, with what its items give.
pub(in crate::formats) fn items(format: Format) -> Option<Vec<(String, super::Parsed)>> {
    let folder = corpora("wire")?;
    let mut out = Vec::new();
    for path in files(&folder, "") {
        let bytes = content(&path);
        if detect(&bytes[..bytes.len().min(64 * 1024)]) == Detection::Format(format) {
            let parsed = format.parse(&bytes, &Options::default());
            out.extend(parsed.into_iter().map(|parsed| (path.display().to_string(), parsed)));
        }
    }
    Some(out)
}

/// What holds of every filing that an XML format gives.
pub(in crate::formats) fn assert_sound(file: &str, filing: &Filing) {
    let (headline, body) = (filing.ninjs.headline(), filing.ninjs.body());
    assert!(is_clean(body) && is_clean(headline), "{file}: {body:?}");
    for markup in ["</", "/>", "&#", "&amp;", "&quot;"] {
        assert!(
            !body.contains(markup) && !headline.contains(markup),
            "{file}: {markup} in {body:?}"
        );
    }
    assert!(filing.published.is_some(), "{file}");
    assert!(
        filing.ninjs.by.as_deref().is_none_or(|by| by.chars().count() < 90),
        "{file}"
    );
    let named = filing
        .ninjs
        .people
        .iter()
        .chain(&filing.ninjs.organisations)
        .chain(&filing.ninjs.places);
    assert!(named.into_iter().all(|it| !it.name.is_empty()), "{file}");
}

#[test]
fn every_nitf_file_is_read() {
    let Some(items) = items(Format::Nitf) else { return };
    let (mut read, mut signed, mut slugged) = (0, 0, 0);
    for (file, parsed) in &items {
        match parsed {
            Ok(filing) => {
                assert_sound(file, filing);
                assert!(
                    !filing.ninjs.body().is_empty() && !filing.ninjs.headline().is_empty(),
                    "{file}"
                );
                read += 1;
                signed += usize::from(filing.ninjs.by.is_some());
                slugged += usize::from(filing.ninjs.slugline.is_some());
            }
            // The one that was emptied on purpose.
            Err(refused) => assert!(file.ends_with("lite.xml"), "{file}: {refused}"),
        }
    }
    assert!(read >= 18 && read + 1 == items.len(), "{read} of {}", items.len());
    assert!(signed >= 9 && slugged >= 14, "{signed} signed, {slugged} with a slug");
}
