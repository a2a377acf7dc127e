//! The words that tell a story apart: those that it has often and few others have.

use rustc_hash::FxHashMap;
use tantivy::Term;
use tantivy::schema::Field;

use crate::index::analyzer::{Stems, each_word};
use crate::index::{Snapshot, Stored};
use crate::search::found::Statistics;
use crate::search::sets::Ground;
use crate::text::tokenise;
use crate::vocabulary::Vocabulary;

/// Words that a story is looked for by.
const WORDS: usize = 25;

/// Words whose frequency in the index is looked up: those that the story has most often.
const MOST_LOOKED_UP: usize = 150;

/// A word in more than one of so many stories tells none apart.
const COMMON: u64 = 5;

/// A word that so few have is not common, however few stories there are.
const FEW: u64 = 20;

/// A word of the story: the term it is indexed as, as written, and how much it tells.
pub(super) struct Telling {
    pub(super) term: Term,
    /// The same in the headline.
    pub(super) in_headline: Term,
    pub(super) written: String,
    pub(super) weight: f32,
}

/// How often a word stands in a story, and how it is first written.
pub(super) struct Count {
    times: f32,
    written: String,
    in_headline: Term,
}

/// The words of a story by the term that they are indexed as: by stem where the language has stems. Numbers tell nothing.
pub(super) fn counted(snapshot: &Snapshot, stored: &Stored) -> FxHashMap<Term, Count> {
    let fields = &snapshot.fields;
    let stems = Stems::of_language(stored.language());
    let mut counts: FxHashMap<Term, Count> = FxHashMap::default();
    let ninjs = &stored.filing.ninjs;
    for (text, times) in [(ninjs.headline(), 2.0), (ninjs.body(), 1.0)] {
        each_word(
            text,
            |_| true,
            |word| {
                let in_field = |body: Field, headline: Field, term: &str| {
                    (Term::from_field_text(body, term), Term::from_field_text(headline, term))
                };
                let (term, in_headline) = match (stems, word.letters) {
                    (Some(stems), Some(letters)) => {
                        stems.with_stem(letters, |stem| in_field(fields.body_stem, fields.headline_stem, stem))
                    }
                    _ => in_field(fields.body, fields.headline, word.term),
                };
                if word.term.starts_with(|c: char| !c.is_numeric()) {
                    let count = counts.entry(term).or_insert_with(|| Count {
                        times: 0.0,
                        written: text[word.span.start..word.span.end].to_owned(),
                        in_headline,
                    });
                    count.times += times;
                }
            },
        );
    }
    counts
}

/// The words of a story that tell it apart, the most telling first: those that it has often and few others have.
pub(super) fn telling_words(
    snapshot: &Snapshot,
    vocabulary: &Vocabulary,
    stored: &Stored,
) -> tantivy::Result<Vec<Telling>> {
    let documents = Statistics::of(Ground::Stories, snapshot).documents.max(1);
    let mut counts: Vec<(Term, Count)> = counted(snapshot, stored).into_iter().collect();
    counts.retain(|(_, count)| !is_filler(vocabulary, &count.written));
    counts.sort_by(|(a, one), (b, other)| {
        let by_length = || other.written.chars().count().cmp(&one.written.chars().count());
        other
            .times
            .total_cmp(&one.times)
            .then_with(by_length)
            .then_with(|| a.cmp(b))
    });
    counts.truncate(MOST_LOOKED_UP);
    let mut words = Vec::new();
    for (term, count) in counts {
        let having = snapshot.searcher.doc_freq(&term)? + snapshot.searcher.doc_freq(&count.in_headline)?;
        // A word that only this story has finds no other, and one that every fifth has finds too many.
        if having < 2 || having > FEW && having * COMMON > documents {
            continue;
        }
        let rare = (1.0 + documents as f32 / having as f32).ln();
        words.push(Telling {
            weight: count.times / (count.times + 1.5) * rare,
            in_headline: count.in_headline,
            written: count.written,
            term,
        });
    }
    words.sort_by(|one, other| {
        other
            .weight
            .total_cmp(&one.weight)
            .then_with(|| one.term.cmp(&other.term))
    });
    words.truncate(WORDS);
    // The rarity is weighed by the index as well.
    let most = words.first().map_or(1.0, |word| word.weight);
    for word in &mut words {
        word.weight /= most;
    }
    Ok(words)
}

/// Whether a word is short and among the most frequent of some language. Their lists leave out what too many languages have,
/// and with it the English article.
fn is_filler(vocabulary: &Vocabulary, written: &str) -> bool {
    let token = tokenise(written).into_iter().next();
    let is_listed = token.is_some_and(|token| !vocabulary.languages.word_as_written(written, token.folded).is_empty());
    written.chars().count() <= 3 && is_listed || written.eq_ignore_ascii_case("the")
}
