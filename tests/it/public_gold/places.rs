//! The countries that stories are about, against the PLACES tags of Reuters-21578: headline, dateline and body are read, the tags
//! are kept back.

use std::collections::BTreeSet;

use dateline::extract::Extractor;
use dateline::formats::{Format, Options};
use dateline::vocabulary::Vocabulary;

use crate::support::shared;

/// Counts of tags that were found, made up and missed.
#[derive(Debug, Default, Clone, Copy)]
struct Score {
    found: usize,
    made_up: usize,
    missed: usize,
}

impl Score {
    fn add(&mut self, tags: &BTreeSet<String>, about: &BTreeSet<String>) {
        self.found += tags.intersection(about).count();
        self.made_up += about.difference(tags).count();
        self.missed += tags.difference(about).count();
    }

    fn precision(self) -> f64 {
        self.found as f64 / (self.found + self.made_up) as f64
    }

    fn recall(self) -> f64 {
        self.found as f64 / (self.found + self.missed) as f64
    }

    fn f1(self) -> f64 {
        2.0 * self.precision() * self.recall() / (self.precision() + self.recall())
    }
}

/// The countries that stories are about, and all that they mention.
fn score(sgml: &[u8]) -> (Score, Score) {
    let vocabulary = Vocabulary::builtin();
    let extractor = Extractor::new(vocabulary.clone());
    let (mut about, mut mentioned) = (Score::default(), Score::default());
    for parsed in Format::Reuters21578.parse(sgml, &Options::default()) {
        let mut filing = parsed.unwrap();
        if filing.ninjs.body().is_empty() {
            continue;
        }
        let tags = std::mem::take(&mut filing.ninjs.places);
        let tags = tags.iter().filter_map(|tag| vocabulary.countries.resolve(&tag.name));
        let tags: BTreeSet<String> = tags.map(str::to_owned).collect();
        filing.ninjs.organisations.clear();
        let countries = extractor.extract(&filing).countries;
        let salient = countries.iter().filter(|country| country.about);
        about.add(&tags, &salient.map(|country| country.value.clone()).collect());
        mentioned.add(&tags, &countries.iter().map(|country| country.value.clone()).collect());
    }
    (about, mentioned)
}

#[test]
fn countries_of_reuters_stories_agree_with_their_tags() {
    // The weights were chosen on the files 000 to 005.
    let Some(file) = shared("corpora/reuters21578/reut2-007.sgm") else {
        return;
    };
    let (about, mentioned) = score(&std::fs::read(file).unwrap());
    for (what, score) in [("about", about), ("mentioned", mentioned)] {
        let (precision, recall, f1) = (score.precision(), score.recall(), score.f1());
        eprintln!("Reuters-21578 PLACES, {what}: precision {precision:.3}, recall {recall:.3}, F1 {f1:.3}");
    }
    assert!(about.f1() >= 0.93, "{about:?}");
    assert!(mentioned.recall() >= 0.98, "{mentioned:?}");
}
