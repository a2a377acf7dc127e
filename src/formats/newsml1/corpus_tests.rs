//! Real files, where they are at hand.

use super::super::nitf::corpus_tests::{assert_sound, items};
use super::super::{Format, Verdict};

#[test]
fn every_story_of_newsml1_is_read() {
    let Some(items) = items(Format::Newsml1) else { return };
    let (mut read, mut skipped, mut alerts, mut signed) = (0, 0, 0, 0);
    for (file, parsed) in &items {
        match parsed {
            Ok(filing) => {
                assert_sound(file, filing);
                let ninjs = &filing.ninjs;
                assert!(!ninjs.body().is_empty() && filing.published.is_some(), "{file}");
                assert!(
                    ninjs.uri.starts_with("urn:newsml:") && ninjs.language.is_some(),
                    "{file}"
                );
                assert!(filing.warnings.is_empty(), "{file}: {:?}", filing.warnings);
                let revision = [":", ninjs.version.as_deref().unwrap_or_default()].concat();
                assert!(!ninjs.uri.ends_with(&revision), "{file}: {}", ninjs.uri);
                alerts += usize::from(ninjs.headlines.is_empty());
                signed += usize::from(ninjs.by.is_some());
                read += 1;
            }
            Err(refused) => {
                assert_eq!(refused.verdict, Verdict::Skipped, "{file}: {refused}");
                skipped += 1;
            }
        }
    }
    assert!(read >= 54 && skipped <= 6, "{read} read, {skipped} skipped");
    // AFP's alerts in Arabic have no headline.
    assert!(alerts == 19 && signed >= 9, "{alerts} alerts, {signed} with a byline");
}

#[test]
fn captions_and_initials_are_no_text() {
    let Some(items) = items(Format::Newsml1) else { return };
    let agency = items.iter().filter(|(file, _)| file.contains("afp-arabic"));
    let stories: Vec<_> = agency
        .filter_map(|(file, parsed)| Some((file, parsed.as_ref().ok()?)))
        .collect();
    assert_eq!(stories.len(), 47);
    for (file, filing) in stories {
        let last = filing.ninjs.body().lines().last().unwrap_or_default();
        assert!(last.chars().count() > 30 || file.contains("EWI58"), "{file}: {last}");
        assert!(
            filing.ninjs.info_sources.len() == 1,
            "{file}: {:?}",
            filing.ninjs.info_sources
        );
        assert!(
            ["AFP", "أ ف ب"].contains(&filing.ninjs.info_sources[0].name.as_str()),
            "{file}"
        );
    }
}
