//! The values of one facet in a segment: in memory, or over the bound of memory read from the column.

use tantivy::DocId;
use tantivy::columnar::Column;

use super::{Docs, Ordinals, Rows};

/// The values of one facet in a segment, as the ids of the facet's [`super::Interner`].
#[derive(Debug)]
pub enum Values {
    /// In memory.
    Memory(Ordinals),
    /// In the column, which is mapped; some ten times slower to count.
    Column(ColumnValues),
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
}

impl Default for Values {
    fn default() -> Self {
        Self::Memory(Ordinals::default())
    }
}

impl Values {
    /// The ids of a document, each once; of a quote those of its story.
    #[must_use]
    pub fn of(&self, rows: &Rows, doc: DocId) -> Vec<u32> {
        match self {
            Self::Memory(ordinals) => ordinals.of(rows.of(doc)).collect(),
            Self::Column(column) => column.of(rows.story_of(doc)),
        }
    }

    /// Calls `each` with every id of these documents, once a document. Returns how many documents have none.
    pub fn walk(&self, rows: &Rows, docs: &Docs, mut each: impl FnMut(u32)) -> u64 {
        match self {
            Self::Memory(ordinals) => ordinals.walk(rows, docs, each),
            Self::Column(column) => {
                let mut none = 0;
                docs.for_each(|doc| {
                    let ids = column.of(rows.story_of(doc));
                    none += u64::from(ids.is_empty());
                    ids.into_iter().for_each(&mut each);
                });
                none
            }
        }
    }

    /// Those of the documents with an id that is wanted.
    #[must_use]
    pub fn having(&self, rows: &Rows, docs: &Docs, max_doc: u32, wanted: impl Fn(u32) -> bool) -> Docs {
        let mut found = Docs::none(max_doc);
        match self {
            Self::Memory(ordinals) => docs.for_each(|doc| {
                if ordinals.of(rows.of(doc)).any(&wanted) {
                    found.insert(doc);
                }
            }),
            Self::Column(column) => docs.for_each(|doc| {
                if column.of(rows.story_of(doc)).into_iter().any(&wanted) {
                    found.insert(doc);
                }
            }),
        }
        found
    }

    /// How many ids there are in all.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Memory(ordinals) => ordinals.len(),
            Self::Column(column) => column.ords.values.num_vals() as usize,
        }
    }

    /// Whether no document has a value.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Bytes in memory.
    pub(super) fn bytes(&self) -> usize {
        match self {
            Self::Memory(ordinals) => ordinals.bytes(),
            Self::Column(column) => 4 * column.ids.len(),
        }
    }
}
