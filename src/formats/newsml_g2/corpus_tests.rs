//! Real files, where they are at hand.

use super::super::nitf::corpus_tests::{assert_sound, items};
use super::super::{Format, Verdict};

#[test]
fn every_story_of_newsml_g2_is_read() {
    let Some(items) = items(Format::NewsmlG2) else { return };
    let (mut read, mut skipped, mut bodies, mut placed) = (0, 0, 0, 0);
    for (file, parsed) in &items {
        match parsed {
            Ok(filing) => {
                assert_sound(file, filing);
                assert!(
                    !filing.ninjs.uri.is_empty() && filing.ninjs.language.is_some() || file.ends_with("scoop.xml"),
                    "{file}"
                );
                read += 1;
                bodies += usize::from(!filing.ninjs.body().is_empty());
                placed += usize::from(!filing.ninjs.places.is_empty());
            }
            Err(refused) if refused.verdict == Verdict::Skipped => skipped += 1,
            // The standard's own examples, which leave out what they are not about.
            Err(refused) => assert!(file.contains("iptc-newsml-g2/examples"), "{file}: {refused}"),
        }
    }
    assert!(read >= 94 && skipped >= 35, "{read} read, {skipped} skipped");
    assert!(
        bodies + 5 >= read && placed >= 70,
        "{bodies} with a body, {placed} with places"
    );
}

#[test]
fn what_dpa_does_not_publish_is_not_found() {
    let Some(items) = items(Format::NewsmlG2) else { return };
    let dpa = items.iter().filter(|(file, _)| file.contains("dpa-newsmlg2"));
    let stories: Vec<_> = dpa
        .filter_map(|(file, parsed)| Some((file, parsed.as_ref().ok()?)))
        .collect();
    assert_eq!(stories.len(), 50);
    for (file, filing) in stories {
        let told = [filing.ninjs.body(), filing.ninjs.ed_note.as_deref().unwrap_or_default()].join("\n");
        for word in [
            "Redaktion:",
            "Notizblock",
            "nicht zur Veröffentlichung",
            "dpaq.de",
            "+49 30 2852",
        ] {
            assert!(!told.contains(word), "{file}: {word} in {told}");
        }
        assert_eq!(filing.credit_line.as_deref(), Some("dpa"), "{file}");
    }
}
