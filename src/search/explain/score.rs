//! The score of a document's words in parts: each term in each field, with the figures that BM25 makes its score from. The score
//! of a part is read from the very scorer that the search adds up.

use serde::Serialize;
use tantivy::query::{EnableScoring, Query as IndexQuery};
use tantivy::{DocId, DocSet};

use super::Setting;
use crate::index::Snapshot;
use crate::query::{Part, Query};
use crate::search::SearchError;
use crate::search::compile::{Asked, Compiler, said_apart};
use crate::search::found::Statistics;
use crate::search::sets::Ground;
use crate::search::stages::Stages;
use crate::search::words::{Form, Piece};

/// What one term, or several in a row, add to a score in one field. Of a term
/// `score = weight · 2.2 · idf · frequency / (frequency + 1.2 · (0.25 + 0.75 · length / average))`; a word that a prefix or edits
/// stand for scores its weight.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ScorePart {
    /// The clause of the query that asks for it.
    pub clause: String,
    /// The field of the index.
    pub field: String,
    /// How it was looked for.
    pub form: Option<Form>,
    /// The terms.
    pub terms: Vec<String>,
    /// Which quote of the story this is about, counted from 0 in the order of the text: the best of those found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<u64>,
    /// What the score is multiplied by for its field.
    pub weight: f32,
    /// How often it is in the field.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub frequency: Option<f32>,
    /// Words of the field, as the index keeps them: long fields rounded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub length: Option<f32>,
    /// Words of the field on average.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub average: Option<f32>,
    /// How much it tells, by how few documents have it; of several terms the sum.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub idf: Option<f32>,
    /// What it adds.
    pub score: f32,
}

/// A document.
#[derive(Debug, Clone, Copy)]
pub(super) struct At {
    /// Its segment.
    pub segment: usize,
    /// Its place there.
    pub doc: DocId,
}

/// The parts of the score of a document that the query finds. `sayers`: the people whose quotes `said:` means, where a filter
/// says so.
pub(super) fn parts(
    setting: Setting<'_>,
    query: &Query,
    at: At,
    sayers: Option<&[u32]>,
) -> Result<Vec<ScorePart>, SearchError> {
    let mut parter = Parter {
        snapshot: setting.snapshot,
        compiler: Compiler::new(setting.names(), &setting.request.q, Stages::default()),
        quote: None,
        parts: Vec::new(),
    };
    // With all versions, a story may be found by an older filing alone; then no word scores.
    if parter.holds(query, setting.ground, at, sayers)? {
        parter.add(query, setting.ground, at, sayers)?;
    }
    Ok(parter.parts)
}

struct Parter<'a> {
    snapshot: &'a Snapshot,
    compiler: Compiler<'a>,
    quote: Option<u64>,
    parts: Vec<ScorePart>,
}

impl Parter<'_> {
    /// Adds what a query that finds the document scores there.
    fn add(&mut self, query: &Query, ground: Ground, at: At, speakers: Option<&[u32]>) -> Result<(), SearchError> {
        match query {
            Query::And(all) => {
                let here = self.compiler.speakers_beside(all, speakers);
                let speakers = here.as_deref().or(speakers);
                let (said, others) = said_apart(all, ground);
                if !said.is_empty() {
                    self.add_said(&Query::And(said.into_iter().cloned().collect()), at, speakers)?;
                }
                for clause in others {
                    self.add(clause, ground, at, speakers)?;
                }
            }
            Query::Or(any) => {
                for clause in any {
                    if self.holds(clause, ground, at, speakers)? {
                        self.add(clause, ground, at, speakers)?;
                    }
                }
            }
            Query::Text(Part::Said, _) if ground == Ground::Stories => self.add_said(query, at, speakers)?,
            // On these grounds they are conditions without words.
            Query::Text(Part::Said, _) if ground == Ground::Filings => {}
            Query::Text(Part::Headline, _) if ground == Ground::Quotes => {}
            Query::Text(part, words) => {
                for piece in self.compiler.words.pieces(*part, words, ground)? {
                    self.add_piece(query, &piece, ground, at)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Adds what the story's best quote scores.
    fn add_said(&mut self, query: &Query, at: At, speakers: Option<&[u32]>) -> Result<(), SearchError> {
        let asked = self.compiler.quotes(query, speakers)?;
        let mut best: Option<(f32, At)> = None;
        for quote in quotes_of(self.snapshot, at) {
            if let Some(score) = self.score(&asked, Ground::Quotes, quote)?
                && best.is_none_or(|(most, _)| score > most)
            {
                best = Some((score, quote));
            }
        }
        if let Some((_, quote)) = best {
            let name = self
                .snapshot
                .searcher
                .schema()
                .get_field_name(self.snapshot.fields.quote_at);
            let reader = self.snapshot.searcher.segment_reader(quote.segment as u32);
            self.quote = reader.fast_fields().u64(name)?.first(quote.doc);
            self.add(query, Ground::Quotes, quote, None)?;
            self.quote = None;
        }
        Ok(())
    }

    fn add_piece(&mut self, clause: &Query, piece: &Piece, ground: Ground, at: At) -> Result<(), SearchError> {
        let Some(score) = self.scored(&*piece.plain, piece.weight, ground, at)? else {
            return Ok(());
        };
        for scoring in &piece.scored_by {
            self.add_piece(clause, scoring, ground, at)?;
        }
        if piece.form == Form::Standing {
            return Ok(());
        }
        let figures = match piece.form {
            // The score is the same for every document.
            Form::Begin | Form::Edits(_) => ScorePart::default(),
            _ => self.figures(&*piece.plain, ground, at)?,
        };
        self.parts.push(ScorePart {
            clause: clause.to_string(),
            field: self.snapshot.searcher.schema().get_field_name(piece.field).to_owned(),
            form: Some(piece.form),
            terms: piece.terms.clone(),
            quote: self.quote,
            weight: piece.weight,
            score,
            ..figures
        });
        Ok(())
    }

    fn holds(&mut self, query: &Query, ground: Ground, at: At, speakers: Option<&[u32]>) -> Result<bool, SearchError> {
        let asked = self.compiler.compile(query, ground, speakers)?;
        Ok(self.score(&asked, ground, at)?.is_some())
    }

    /// The score of a document in what is asked for; `None` when it is not found.
    fn score(&self, asked: &Asked, ground: Ground, at: At) -> Result<Option<f32>, SearchError> {
        if asked
            .sets
            .as_ref()
            .is_some_and(|sets| !sets[at.segment].contains(at.doc))
        {
            return Ok(None);
        }
        match &asked.words {
            None => Ok(Some(0.0)),
            Some(words) => self.scored(&**words, 1.0, ground, at),
        }
    }

    /// The score of a document in a query, by the search's own weights.
    fn scored(&self, query: &dyn IndexQuery, boost: f32, ground: Ground, at: At) -> Result<Option<f32>, SearchError> {
        let statistics = Statistics::of(ground, self.snapshot);
        let weight = query.weight(statistics.scoring())?;
        let reader = self.snapshot.searcher.segment_reader(at.segment as u32);
        let mut scorer = weight.scorer(reader, boost)?;
        if scorer.doc() < at.doc {
            scorer.seek(at.doc);
        }
        Ok((scorer.doc() == at.doc).then(|| scorer.score()))
    }

    /// The figures of the score of a term or a row of terms.
    fn figures(&self, query: &dyn IndexQuery, ground: Ground, at: At) -> Result<ScorePart, SearchError> {
        let statistics = Statistics::of(ground, self.snapshot);
        let scoring: EnableScoring<'_> = statistics.scoring();
        let reader = self.snapshot.searcher.segment_reader(at.segment as u32);
        let told = query.weight(scoring)?.explain(reader, at.doc)?;
        let told = serde_json::to_value(told).unwrap_or_default();
        Ok(ScorePart {
            frequency: figure(&told, "freq,"),
            length: figure(&told, "dl,"),
            average: figure(&told, "avgdl,"),
            idf: figure(&told, "idf"),
            ..ScorePart::default()
        })
    }
}

/// The value of the first part of tantivy's explanation whose description starts so.
fn figure(told: &serde_json::Value, start: &str) -> Option<f32> {
    let description = told["description"].as_str().unwrap_or_default();
    if description.starts_with(start) {
        return told["value"].as_f64().map(|value| value as f32);
    }
    let details = told["details"].as_array()?;
    details.iter().find_map(|detail| figure(detail, start))
}

/// The quotes of a story that may be seen.
pub(super) fn quotes_of(snapshot: &Snapshot, story: At) -> Vec<At> {
    let segment = &snapshot.segments[story.segment];
    let mut quotes = Vec::new();
    let mut from = story.doc + 1;
    while let Some(doc) = segment.quotes.next_from(from)
        && segment.story_of(doc) == story.doc
    {
        quotes.push(At { doc, ..story });
        from = doc + 1;
    }
    quotes
}
