//! What the leaves of a query stand for: the terms that words are looked for as, and the values that a name means.

use rustc_hash::FxHashMap;
use serde::Serialize;
use tantivy::schema::Field;

use super::Setting;
use crate::index::Snapshot;
use crate::query::{Part, Words};
use crate::search::SearchError;
use crate::search::compile::{Asked, Compiler};
use crate::search::names::Names;
use crate::search::plan::with_values;
use crate::search::sets::{Ground, intersect, sum};
use crate::search::words::{Form, Piece};
use crate::story::Facet;
use crate::text::Typo;
use crate::vocabulary::Vocabulary;

/// Words of a prefix or of edits, and values of a name, that are listed: the most frequent.
const MAX_LISTED: usize = 10;

/// What words are looked for as in one field.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sought {
    /// The field of the index.
    pub field: String,
    /// How.
    pub form: Form,
    /// The terms.
    pub terms: Vec<String>,
    /// What their score is multiplied by.
    pub weight: f32,
    /// How many stories (of `said:`, quotes) have it.
    pub documents: u64,
    /// How many words of the index a prefix or a word with edits stands for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stands_for: Option<usize>,
    /// The most frequent of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
    /// Where documents were found by where their words stand: what scores them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub scored_by: Vec<Sought>,
}

/// A value that a name stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MeantValue {
    /// The value.
    pub value: String,
    /// Its label in the asked language.
    pub label: String,
    /// How many have it.
    pub count: u64,
}

/// What a name stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Meant {
    /// How many values.
    pub values_in_all: usize,
    /// The first of them: of people the most frequent.
    pub values: Vec<MeantValue>,
}

/// Looks up what leaves stand for.
pub(super) struct Seeker<'a> {
    snapshot: &'a Snapshot,
    vocabulary: &'a Vocabulary,
    lang: &'a str,
}

impl<'a> Seeker<'a> {
    pub(super) fn new(setting: Setting<'a>) -> Self {
        Self {
            snapshot: setting.snapshot,
            vocabulary: setting.vocabulary,
            lang: &setting.request.lang,
        }
    }

    /// What words are looked for as, field by field.
    pub(super) fn sought(
        &self,
        compiler: &Compiler<'_>,
        part: Part,
        words: &Words,
        ground: Ground,
    ) -> Result<Vec<Sought>, SearchError> {
        let pieces = compiler.words.pieces(part, words, ground)?;
        pieces.iter().map(|piece| self.piece(compiler, piece, ground)).collect()
    }

    fn piece(&self, compiler: &Compiler<'_>, piece: &Piece, ground: Ground) -> Result<Sought, SearchError> {
        let found = compiler.run(&Asked::words(piece.plain.box_clone()), ground)?;
        let last = piece.terms.last().map_or("", String::as_str);
        let expanded = match piece.form {
            Form::Begin | Form::RowBegin => Some(beginning(self.snapshot, piece.field, last)?),
            Form::Edits(edits) => Some(similar(self.snapshot, piece.field, last, edits)?),
            Form::Written | Form::Stem | Form::Row | Form::Standing => None,
        };
        let scored_by = piece.scored_by.iter();
        Ok(Sought {
            field: self.snapshot.searcher.schema().get_field_name(piece.field).to_owned(),
            form: piece.form,
            terms: piece.terms.clone(),
            weight: piece.weight,
            documents: sum(&found),
            stands_for: expanded.as_ref().map(Vec::len),
            words: expanded.into_iter().flatten().take(MAX_LISTED).collect(),
            scored_by: scored_by
                .map(|piece| self.piece(compiler, piece, ground))
                .collect::<Result<_, _>>()?,
        })
    }

    /// The values that a name stands for.
    pub(super) fn meant(&self, facet: Facet, typed: &str, ground: Ground) -> Meant {
        let names = Names {
            snapshot: self.snapshot,
            vocabulary: self.vocabulary,
        };
        let mut ids = names.meant(facet, typed).ids;
        ids.sort_by_key(|&id| std::cmp::Reverse(self.snapshot.frequency(facet, id)));
        let all = ground.all(self.snapshot);
        let value = |&id: &u32| {
            let value = self.snapshot.interners[facet as usize].value(id);
            let mut found = with_values(self.snapshot, ground, facet, &[id]);
            intersect(&mut found, &all);
            MeantValue {
                value: value.to_owned(),
                label: self.vocabulary.label(facet, value, self.lang),
                count: sum(&found),
            }
        };
        Meant {
            values_in_all: ids.len(),
            values: ids.iter().take(MAX_LISTED).map(value).collect(),
        }
    }
}

/// The words of a field that begin so, the most frequent first.
fn beginning(snapshot: &Snapshot, field: Field, begin: &str) -> Result<Vec<String>, SearchError> {
    let mut words = Frequencies::default();
    for reader in snapshot.searcher.segment_readers() {
        let index = reader.inverted_index(field)?;
        let mut terms = index.terms().range().ge(begin.as_bytes()).into_stream()?;
        while terms.advance() && terms.key().starts_with(begin.as_bytes()) {
            words.add(terms.key(), terms.value().doc_freq);
        }
    }
    Ok(words.sorted())
}

/// The words of a field at most so many edits away, the most frequent first.
fn similar(snapshot: &Snapshot, field: Field, word: &str, edits: u8) -> Result<Vec<String>, SearchError> {
    let typo = Typo::new(word, usize::from(edits));
    let mut words = Frequencies::default();
    for reader in snapshot.searcher.segment_readers() {
        let index = reader.inverted_index(field)?;
        let mut terms = index.terms().stream()?;
        while terms.advance() {
            if std::str::from_utf8(terms.key()).is_ok_and(|term| typo.edits_to(term).is_some()) {
                words.add(terms.key(), terms.value().doc_freq);
            }
        }
    }
    Ok(words.sorted())
}

/// Words with the number of documents that have them.
#[derive(Default)]
struct Frequencies(FxHashMap<String, u64>);

impl Frequencies {
    fn add(&mut self, word: &[u8], documents: u32) {
        if let Ok(word) = std::str::from_utf8(word) {
            *self.0.entry(word.to_owned()).or_default() += u64::from(documents);
        }
    }

    fn sorted(self) -> Vec<String> {
        let mut words: Vec<(String, u64)> = self.0.into_iter().collect();
        words.sort_unstable_by(|one, other| (other.1, &one.0).cmp(&(one.1, &other.0)));
        words.into_iter().map(|(word, _)| word).collect()
    }
}
