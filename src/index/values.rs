//! The values of one facet in a segment: in the records in memory, or over the bound of memory in their column.

use tantivy::DocId;
use tantivy::columnar::Column;

use super::{CHUNK, Docs, Records, Rows};
use crate::story::Facet;

/// The values of one facet in a segment, as the ids of the facet's [`super::Interner`].
#[derive(Debug, Clone, Copy)]
pub enum Values<'s> {
    /// In memory.
    Memory(&'s Records, Facet),
    /// In the column, which is mapped; some ten times slower to count.
    Column(&'s ColumnValues),
}

/// A column of values, and the ids of its dictionary.
#[derive(Debug)]
pub struct ColumnValues {
    ords: Column<u64>,
    ids: Vec<u32>,
}

impl ColumnValues {
    /// The column's ordinals, and the id of each.
    pub(super) fn new(ords: Column<u64>, ids: Vec<u32>) -> Self {
        Self { ords, ids }
    }

    fn of(&self, doc: DocId) -> Vec<u32> {
        let mut found = Vec::new();
        for ord in self.ords.values_for_doc(doc) {
            let id = self.ids.get(ord as usize).copied();
            found.extend(id.filter(|id| !found.contains(id)));
        }
        found
    }

    /// Bytes in memory.
    pub(super) fn bytes(&self) -> usize {
        4 * self.ids.len()
    }
}

impl Values<'_> {
    /// The ids of a document, each once; of a quote those of its story.
    #[must_use]
    pub fn of(&self, rows: &Rows, doc: DocId) -> Vec<u32> {
        match self {
            Self::Memory(records, facet) => records.ids(rows.of(doc), *facet).collect(),
            Self::Column(column) => column.of(rows.story_of(doc)),
        }
    }

    /// Calls `each` with every id of these documents, once a document. Returns how many documents have none.
    pub fn walk(&self, rows: &Rows, docs: &Docs, mut each: impl FnMut(u32)) -> u64 {
        let mut none = 0;
        match self {
            Self::Memory(records, facet) => rows.for_each_chunk(docs, |rows| {
                none += records.chunk(rows, &mut [0; CHUNK]).walk(*facet, &mut each);
            }),
            Self::Column(column) => docs.for_each(|doc| {
                let ids = column.of(rows.story_of(doc));
                none += u64::from(ids.is_empty());
                ids.into_iter().for_each(&mut each);
            }),
        }
        none
    }

    /// Those of the documents with an id that is wanted.
    #[must_use]
    pub fn having(&self, rows: &Rows, docs: &Docs, max_doc: u32, wanted: impl Fn(u32) -> bool) -> Docs {
        let mut found = Docs::none(max_doc);
        docs.for_each(|doc| {
            let has = match self {
                Self::Memory(records, facet) => records.ids(rows.of(doc), *facet).any(&wanted),
                Self::Column(column) => column.of(rows.story_of(doc)).into_iter().any(&wanted),
            };
            if has {
                found.insert(doc);
            }
        });
        found
    }

    /// How many ids there are in all.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Memory(records, facet) => records.len(*facet),
            Self::Column(column) => column.ords.values.num_vals() as usize,
        }
    }

    /// Whether no document has a value.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
