//! Words → tantivy queries over the fields of a ground: as written, and by stem with less weight.

use tantivy::Term;
use tantivy::query::{
    BooleanQuery, BoostQuery, FuzzyTermQuery, Occur, PhrasePrefixQuery, PhraseQuery, Query, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use super::found::Found;
use super::near::{self, Beside, Wish};
use super::sets::{Ground, Sets};
use super::slop;
use crate::index::{Snapshot, analyzer, schema};
use crate::query::{Part, Side, Words};
use crate::story::Facet;

/// Edits at most in a fuzzy word: what tantivy's automata are built for.
pub(super) const MAX_EDITS: u8 = 2;

/// Words at most that the last, cut word of a phrase stands for.
const MAX_EXPANSIONS: u32 = 10_000;

/// Weights of a quote's words; one field, so that only their ratio counts. The ratio of `body` and `body_stem`.
const QUOTE_WEIGHTS: (f32, f32) = (1.0, 0.5);

/// A field in which words are looked for: as written, by stem, and the weights of both.
struct Place {
    written: (Field, f32),
    stem: (Field, f32),
}

/// Makes the queries, and knows the stem languages that the index holds.
pub(super) struct WordQueries<'a> {
    snapshot: &'a Snapshot,
    languages: Vec<&'a str>,
}

impl<'a> WordQueries<'a> {
    /// For the languages of the stories in the snapshot.
    pub(super) fn new(snapshot: &'a Snapshot) -> Self {
        Self {
            snapshot,
            languages: languages(snapshot),
        }
    }

    /// The query of these words in that part; `None` when no term is in them: nothing can match.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn query(&self, part: Part, words: &Words, ground: Ground) -> tantivy::Result<Option<Box<dyn Query>>> {
        let mut queries: Vec<Box<dyn Query>> = Vec::new();
        for place in self.places(part, ground) {
            match words {
                Words::Word(word) => queries.extend(self.word(word, &place)),
                Words::Phrase(words, slop) => queries.extend(self.phrases(&words.join(" "), *slop, &place)?),
                Words::Prefix(word) => queries.extend(prefix(&terms(word), &place)),
                Words::Fuzzy(word, edits) => queries.extend(fuzzy(&terms(word), *edits, &place)),
                Words::Near(sides) => queries.extend(self.near(sides, &place)?),
            }
        }
        Ok(match queries.len() {
            0 | 1 => queries.pop(),
            _ => Some(Box::new(BooleanQuery::union(queries))),
        })
    }

    /// Terms in order with others between: the documents are found beforehand, and weighed by the terms in them.
    fn loose(&self, terms: &[(usize, String)], slop: u32, place: &Place) -> tantivy::Result<Option<Box<dyn Query>>> {
        if slop == 0 || terms.len() < 2 {
            return Ok(phrase(terms, place));
        }
        let sets = slop::in_order(self.snapshot, place.written.0, terms, slop)?;
        let words = terms.iter().map(|(_, text)| term(place.written, text));
        Ok(Some(self.weighed_by(words.collect(), &sets)))
    }

    /// A phrase, in every cut that the index may have it in.
    fn phrases(&self, text: &str, slop: u32, place: &Place) -> tantivy::Result<Vec<Box<dyn Query>>> {
        let mut queries = Vec::new();
        for terms in self.cuts(text, place) {
            queries.extend(self.loose(&terms, slop, place)?);
        }
        Ok(queries)
    }

    /// The terms of a text with their positions; where a dictionary cuts words, every cut into such that are in the index.
    fn cuts(&self, text: &str, place: &Place) -> Vec<Vec<(usize, String)>> {
        let field = place.written.0;
        let searcher = &self.snapshot.searcher;
        let known = |word: &str| searcher.doc_freq(&Term::from_field_text(field, word)).unwrap_or(0) > 0;
        let cuts = analyzer::cuts(text, known).into_iter();
        cuts.map(|cut| cut.into_iter().map(|(term, at)| (at, term)).collect())
            .collect()
    }

    /// Sides near each other: the documents are found beforehand, and weighed by the words in them.
    fn near(&self, sides: &[Side], place: &Place) -> tantivy::Result<Option<Box<dyn Query>>> {
        let mut all: Vec<Box<dyn Query>> = Vec::with_capacity(sides.len());
        for side in sides {
            let mut any: Vec<Box<dyn Query>> = Vec::with_capacity(side.any.len());
            for words in &side.any {
                any.extend(self.as_written(words, place)?);
            }
            match any.len() {
                0 => return Ok(None),
                1 => all.extend(any),
                _ => all.push(Box::new(BooleanQuery::union(any))),
            }
        }
        let beside: Vec<Beside> = sides
            .iter()
            .map(|side| Beside {
                any: side.any.iter().flat_map(|words| self.wishes(words, place)).collect(),
                within: side.within,
            })
            .collect();
        let having = BooleanQuery::intersection(all.iter().map(|query| query.box_clone()).collect());
        let sets = near::close(self.snapshot, place.written.0, &having, &beside)?;
        Ok(Some(self.weighed_by(all, &sets)))
    }

    /// The query of words as they are written, where stems cannot be: the index does not know where those stand.
    fn as_written(&self, words: &Words, place: &Place) -> tantivy::Result<Option<Box<dyn Query>>> {
        let mut any = match words {
            Words::Word(word) => self.phrases(word, 0, place)?,
            Words::Phrase(words, slop) => self.phrases(&words.join(" "), *slop, place)?,
            Words::Prefix(word) => prefix(&terms(word), place).into_iter().collect(),
            Words::Fuzzy(word, edits) => fuzzy(&terms(word), *edits, place).into_iter().collect(),
            Words::Near(_) => Vec::new(),
        };
        Ok(match any.len() {
            0 | 1 => any.pop(),
            _ => Some(Box::new(BooleanQuery::union(any))),
        })
    }

    /// What is looked for of one side of a NEAR.
    fn wishes(&self, words: &Words, place: &Place) -> Vec<Wish> {
        let rows = |text: &str, slop| {
            let cuts = self.cuts(text, place).into_iter();
            cuts.map(|cut| Wish::Row(cut, slop)).collect()
        };
        match words {
            Words::Word(word) => rows(word, 0),
            Words::Phrase(words, slop) => rows(&words.join(" "), *slop),
            Words::Prefix(word) => vec![Wish::Begin(terms(word))],
            Words::Fuzzy(word, edits) => vec![match terms(word).as_slice() {
                [(_, only)] => Wish::Edits(only.clone(), usize::from((*edits).min(MAX_EDITS))),
                several => Wish::Row(several.to_vec(), 0),
            }],
            Words::Near(_) => Vec::new(),
        }
    }

    /// These documents, scored by the queries.
    fn weighed_by(&self, queries: Vec<Box<dyn Query>>, sets: &Sets) -> Box<dyn Query> {
        let found: Box<dyn Query> = Box::new(Found::unscored(&self.snapshot.searcher, sets));
        let clauses = queries.into_iter().map(|query| (Occur::Should, query));
        Box::new(BooleanQuery::new(clauses.chain([(Occur::Must, found)]).collect()))
    }

    fn places(&self, part: Part, ground: Ground) -> Vec<Place> {
        let fields = &self.snapshot.fields;
        let headline = Place {
            written: (fields.headline, schema::boost("headline")),
            stem: (fields.headline_stem, schema::boost("headline_stem")),
        };
        match (ground, part) {
            (Ground::Quotes, _) | (_, Part::Said) => vec![Place {
                written: (fields.quote, QUOTE_WEIGHTS.0),
                stem: (fields.quote_stem, QUOTE_WEIGHTS.1),
            }],
            (_, Part::Headline) => vec![headline],
            (_, Part::Anywhere) => vec![
                headline,
                Place {
                    written: (fields.body, schema::boost("body")),
                    stem: (fields.body_stem, schema::boost("body_stem")),
                },
            ],
        }
    }

    /// A word as written or by its stem in any language. What the analyzer parts ("Jong-un") is a phrase.
    fn word(&self, word: &str, place: &Place) -> Vec<Box<dyn Query>> {
        let cuts = self.cuts(word, place);
        let [terms] = cuts.as_slice() else {
            return cuts.iter().filter_map(|terms| phrase(terms, place)).collect();
        };
        let [(_, only)] = terms.as_slice() else {
            return phrase(terms, place).into_iter().collect();
        };
        let mut queries = vec![term(place.written, only)];
        if is_acronym(only) {
            return queries;
        }
        let stems = self
            .languages
            .iter()
            .filter_map(|language| analyzer::stem_term(language, word.trim()));
        let mut stems: Vec<String> = stems.collect();
        stems.sort();
        stems.dedup();
        queries.extend(stems.iter().map(|stem| term(place.stem, stem)));
        queries
    }
}

/// The languages that stories are in, one of each that is stemmed alike.
fn languages(snapshot: &Snapshot) -> Vec<&str> {
    let mut languages: Vec<&str> = Vec::new();
    for (_, language) in snapshot.interners[Facet::Language as usize].iter() {
        if !languages.iter().any(|other| primary(other) == primary(language)) {
            languages.push(language);
        }
    }
    languages
}

/// The language without its region or script: `en` of `en-US`.
fn primary(language: &str) -> &str {
    language.split(['-', '_']).next().unwrap_or(language)
}

/// Whether a term is an acronym in capitals, which has no other forms.
pub(super) fn is_acronym(term: &str) -> bool {
    term.starts_with(|c: char| c.is_ascii_uppercase())
}

fn terms(text: &str) -> Vec<(usize, String)> {
    let terms = analyzer::query_terms(text).into_iter();
    terms.map(|(term, at, _)| (at, term)).collect()
}

fn boosted(query: impl Query, weight: f32) -> Box<dyn Query> {
    if (weight - 1.0).abs() < f32::EPSILON {
        Box::new(query)
    } else {
        Box::new(BoostQuery::new(Box::new(query), weight))
    }
}

fn term((field, weight): (Field, f32), text: &str) -> Box<dyn Query> {
    let term = Term::from_field_text(field, text);
    boosted(TermQuery::new(term, IndexRecordOption::WithFreqs), weight)
}

fn in_field(terms: &[(usize, String)], field: Field) -> Vec<(usize, Term)> {
    terms
        .iter()
        .map(|(at, text)| (*at, Term::from_field_text(field, text)))
        .collect()
}

/// Terms in a row, as written.
fn phrase(terms: &[(usize, String)], place: &Place) -> Option<Box<dyn Query>> {
    let (field, weight) = place.written;
    match terms {
        [] => None,
        [(_, only)] => Some(term(place.written, only)),
        _ => Some(boosted(PhraseQuery::new_with_offset(in_field(terms, field)), weight)),
    }
}

/// Terms in a row of which the last may go on.
fn prefix(terms: &[(usize, String)], place: &Place) -> Option<Box<dyn Query>> {
    let (field, weight) = place.written;
    match terms {
        [] => None,
        [(_, only)] => Some(boosted(
            FuzzyTermQuery::new_prefix(Term::from_field_text(field, only), 0, true),
            weight,
        )),
        _ => {
            let mut query = PhrasePrefixQuery::new_with_offset(in_field(terms, field));
            query.set_max_expansions(MAX_EXPANSIONS);
            Some(boosted(query, weight))
        }
    }
}

/// A term with edits; what the analyzer parts is a phrase without.
fn fuzzy(terms: &[(usize, String)], edits: u8, place: &Place) -> Option<Box<dyn Query>> {
    let (field, weight) = place.written;
    let [(_, only)] = terms else {
        return phrase(terms, place);
    };
    let term = Term::from_field_text(field, only);
    Some(boosted(FuzzyTermQuery::new(term, edits.min(MAX_EDITS), true), weight))
}
