//! Extraction on one core over real stories: megabytes of text a second, by language.

#[path = "support/archive.rs"]
mod archive;
#[path = "support/measure.rs"]
mod measure;
#[path = "support/news.rs"]
mod news;
#[path = "support/random.rs"]
mod random;

use std::time::Duration;

use archive::Archive;
use dateline::extract::Extractor;
use dateline::story::Filing;
use dateline::text::tokenise;
use dateline::vocabulary::Vocabulary;
use measure::{Scale, figure, note, ratio, time};
use news::{NewsStory, news};

/// The files of a language.
const SETS: [(&str, &[&str]); 2] = [
    ("en", &["reuters-2009.jsonl.zst"]),
    ("id", &["id-indonews-2025-06-18.jsonl", "id-detik-1000-half.jsonl"]),
];

fn main() {
    let scale = Scale::from_args(4_000, 40);
    let extractor = Extractor::new(Vocabulary::builtin());
    for (language, files) in SETS {
        let stories = files
            .iter()
            .copied()
            .flat_map(news)
            .filter(|story| !story.body.is_empty());
        let filings: Vec<Filing> = stories.take(scale.stories).map(filing).collect();
        if filings.is_empty() {
            note(&format!("skip {language}: ../shared/corpora/news is not there"));
        } else {
            measure(language, &filings, &extractor, &scale);
        }
    }
    let archive = Archive::new(1);
    let made: Vec<Filing> = (0..scale.stories).map(|n| archive.story(n).0).collect();
    measure("archive", &made, &extractor, &scale);
}

/// Extraction, and for scale the tokenisation alone that it begins with.
fn measure(name: &str, filings: &[Filing], extractor: &Extractor, scale: &Scale) {
    let bytes: usize = filings
        .iter()
        .map(|filing| filing.ninjs.headline().len() + filing.ninjs.body().len())
        .sum();
    let (mut extracting, mut tokenising) = (Duration::MAX, Duration::MAX);
    let mut found = (0, 0);
    // The first story pays for what is loaded once.
    let _ = filings.first().map(|filing| extractor.extract(filing));
    for _ in 0..scale.rounds {
        let (took, sums) = time(|| {
            filings.iter().fold((0, 0), |(people, quotes), filing| {
                let extraction = extractor.extract(filing);
                (people + extraction.people.len(), quotes + extraction.quotes.len())
            })
        });
        extracting = extracting.min(took);
        found = sums;
        let (took, _) = time(|| {
            filings
                .iter()
                .map(|filing| tokenise(filing.ninjs.body()).len())
                .sum::<usize>()
        });
        tokenising = tokenising.min(took);
    }
    let speed = |took: Duration| bytes as f64 / 1e6 / took.as_secs_f64();
    note(&format!(
        "{name}: {} stories, {:.1} MB, {} people, {} quotes",
        filings.len(),
        bytes as f64 / 1e6,
        found.0,
        found.1
    ));
    figure(&format!("extract_{name}"), speed(extracting), "MB/s");
    figure(&format!("tokenise_{name}"), speed(tokenising), "MB/s");
    ratio(
        &format!("extract_{name}_of_tokenise"),
        speed(extracting) / speed(tokenising),
    );
}

/// A news story as a format reader would hand it over: one paragraph a line.
fn filing(story: NewsStory) -> Filing {
    let mut filing = Filing::default();
    filing.ninjs.set_headline(story.title);
    let paragraphs = story
        .body
        .split("\n\n")
        .map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "));
    filing.ninjs.set_body(
        paragraphs
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join("\n"),
    );
    filing.ninjs.by = story.byline;
    filing
}
