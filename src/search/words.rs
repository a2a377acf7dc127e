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

/// How the terms of a piece are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// One term, as written.
    Written,
    /// One stem, `language:stem`.
    Stem,
    /// Terms in a row, as written.
    Row,
    /// Terms that begin so.
    Begin,
    /// Terms in a row of which the last may go on.
    RowBegin,
    /// Terms with at most so many edits.
    Edits(u8),
    /// Documents found beforehand by where their words stand, scored by the pieces in them.
    Standing,
}

/// What words become in one field: one thing that is looked for there, and the weight of its score.
pub(super) struct Piece {
    /// Where.
    pub field: Field,
    /// How.
    pub form: Form,
    /// What.
    pub terms: Vec<String>,
    /// What its score is multiplied by.
    pub weight: f32,
    /// The query without the weight.
    pub plain: Box<dyn Query>,
    /// The pieces that score the documents of a [`Form::Standing`].
    pub scored_by: Vec<Piece>,
}

impl Piece {
    fn new((field, weight): (Field, f32), form: Form, terms: Vec<String>, plain: impl Query) -> Self {
        Self {
            field,
            form,
            terms,
            weight,
            plain: Box::new(plain),
            scored_by: Vec::new(),
        }
    }

    /// The query, weighed.
    fn query(&self) -> Box<dyn Query> {
        let plain = self.plain.box_clone();
        if (self.weight - 1.0).abs() < f32::EPSILON {
            plain
        } else {
            Box::new(BoostQuery::new(plain, self.weight))
        }
    }
}

/// Any of the pieces; `None` where there are none.
fn any_of(pieces: &[Piece]) -> Option<Box<dyn Query>> {
    let mut queries: Vec<Box<dyn Query>> = pieces.iter().map(Piece::query).collect();
    match queries.len() {
        0 | 1 => queries.pop(),
        _ => Some(Box::new(BooleanQuery::union(queries))),
    }
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
        Ok(any_of(&self.pieces(part, words, ground)?))
    }

    /// What these words become in that part: a document matches with any of the pieces, and scores the sum of those it has.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn pieces(&self, part: Part, words: &Words, ground: Ground) -> tantivy::Result<Vec<Piece>> {
        let mut pieces = Vec::new();
        for place in self.places(part, ground) {
            match words {
                Words::Word(word) => pieces.extend(self.word(word, &place)),
                Words::Near(sides) => pieces.extend(self.near(sides, &place)?),
                words => pieces.extend(self.as_written(words, &place)?),
            }
        }
        Ok(pieces)
    }

    /// Terms in order with others between: the documents are found beforehand, and weighed by the terms in them.
    fn loose(&self, terms: &[(usize, String)], slop: u32, place: &Place) -> tantivy::Result<Option<Piece>> {
        if slop == 0 || terms.len() < 2 {
            return Ok(phrase(terms, place));
        }
        let sets = slop::in_order(self.snapshot, place.written.0, terms, slop)?;
        let words: Vec<Piece> = terms.iter().map(|(_, text)| written(place, text)).collect();
        let queries = words.iter().map(Piece::query).collect();
        Ok(Some(self.standing(place, queries, words, &sets)))
    }

    /// A phrase, in every cut that the index may have it in.
    fn phrases(&self, text: &str, slop: u32, place: &Place) -> tantivy::Result<Vec<Piece>> {
        let mut pieces = Vec::new();
        for terms in self.cuts(text, place) {
            pieces.extend(self.loose(&terms, slop, place)?);
        }
        Ok(pieces)
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
    fn near(&self, sides: &[Side], place: &Place) -> tantivy::Result<Option<Piece>> {
        let mut all: Vec<Box<dyn Query>> = Vec::with_capacity(sides.len());
        let mut pieces = Vec::new();
        for side in sides {
            let mut any = Vec::with_capacity(side.any.len());
            for words in &side.any {
                any.extend(self.as_written(words, place)?);
            }
            let Some(query) = any_of(&any) else { return Ok(None) };
            all.push(query);
            pieces.append(&mut any);
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
        Ok(Some(self.standing(place, all, pieces, &sets)))
    }

    /// The pieces of words as they are written, where stems cannot be: the index does not know where those stand.
    fn as_written(&self, words: &Words, place: &Place) -> tantivy::Result<Vec<Piece>> {
        Ok(match words {
            Words::Word(word) => self.phrases(word, 0, place)?,
            Words::Phrase(words, slop) => self.phrases(&words.join(" "), *slop, place)?,
            Words::Prefix(word) => prefix(&terms(word), place).into_iter().collect(),
            Words::Fuzzy(word, edits) => fuzzy(&terms(word), *edits, place).into_iter().collect(),
            Words::Near(_) => Vec::new(),
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

    /// These documents, scored by the queries, which are those of the pieces.
    fn standing(&self, place: &Place, queries: Vec<Box<dyn Query>>, scored_by: Vec<Piece>, sets: &Sets) -> Piece {
        let found: Box<dyn Query> = Box::new(Found::unscored(&self.snapshot.searcher, sets));
        let clauses = queries.into_iter().map(|query| (Occur::Should, query));
        let query = BooleanQuery::new(clauses.chain([(Occur::Must, found)]).collect());
        Piece {
            scored_by,
            ..Piece::new((place.written.0, 1.0), Form::Standing, Vec::new(), query)
        }
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
    fn word(&self, word: &str, place: &Place) -> Vec<Piece> {
        let cuts = self.cuts(word, place);
        let [terms] = cuts.as_slice() else {
            return cuts.iter().filter_map(|terms| phrase(terms, place)).collect();
        };
        let [(_, only)] = terms.as_slice() else {
            return phrase(terms, place).into_iter().collect();
        };
        let mut pieces = vec![written(place, only)];
        if is_acronym(only) {
            return pieces;
        }
        let stems = self
            .languages
            .iter()
            .filter_map(|language| analyzer::stem_term(language, word.trim()));
        let mut stems: Vec<String> = stems.collect();
        stems.sort();
        stems.dedup();
        pieces.extend(stems.iter().map(|stem| term(place.stem, Form::Stem, stem)));
        pieces
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

fn written(place: &Place, text: &str) -> Piece {
    term(place.written, Form::Written, text)
}

fn term(field: (Field, f32), form: Form, text: &str) -> Piece {
    let term = Term::from_field_text(field.0, text);
    let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
    Piece::new(field, form, vec![text.to_owned()], query)
}

fn texts(terms: &[(usize, String)]) -> Vec<String> {
    terms.iter().map(|(_, text)| text.clone()).collect()
}

fn in_field(terms: &[(usize, String)], field: Field) -> Vec<(usize, Term)> {
    terms
        .iter()
        .map(|(at, text)| (*at, Term::from_field_text(field, text)))
        .collect()
}

/// Terms in a row, as written.
fn phrase(terms: &[(usize, String)], place: &Place) -> Option<Piece> {
    match terms {
        [] => None,
        [(_, only)] => Some(written(place, only)),
        _ => {
            let query = PhraseQuery::new_with_offset(in_field(terms, place.written.0));
            Some(Piece::new(place.written, Form::Row, texts(terms), query))
        }
    }
}

/// Terms in a row of which the last may go on.
fn prefix(terms: &[(usize, String)], place: &Place) -> Option<Piece> {
    let field = place.written.0;
    match terms {
        [] => None,
        [(_, only)] => {
            let query = FuzzyTermQuery::new_prefix(Term::from_field_text(field, only), 0, true);
            Some(Piece::new(place.written, Form::Begin, texts(terms), query))
        }
        _ => {
            let mut query = PhrasePrefixQuery::new_with_offset(in_field(terms, field));
            query.set_max_expansions(MAX_EXPANSIONS);
            Some(Piece::new(place.written, Form::RowBegin, texts(terms), query))
        }
    }
}

/// A term with edits; what the analyzer parts is a phrase without.
fn fuzzy(terms: &[(usize, String)], edits: u8, place: &Place) -> Option<Piece> {
    let [(_, only)] = terms else {
        return phrase(terms, place);
    };
    let edits = edits.min(MAX_EDITS);
    let query = FuzzyTermQuery::new(Term::from_field_text(place.written.0, only), edits, true);
    Some(Piece::new(place.written, Form::Edits(edits), texts(terms), query))
}
