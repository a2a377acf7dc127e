//! Which documents of a segment have values of their own: all but quotes, which lie behind their story and share its values.
//!
//! Such a document has a **row**, counted from 0 in the order of the documents. What is held in memory of stories is held by row,
//! what is held of quotes by their own number, so that neither leaves room for the other.

use tantivy::DocId;

use super::{CHUNK, Docs};

/// The documents with rows, and how many there are before each run of 64.
#[derive(Debug, Default)]
pub struct Rows {
    docs: Docs,
    before: Vec<u32>,
    len: u32,
}

impl Rows {
    /// Rows for these documents.
    pub(super) fn new(docs: Docs) -> Self {
        let mut len = 0;
        let before = docs.words().iter().map(|word| {
            let before = len;
            len += word.count_ones();
            before
        });
        let before = before.collect();
        Self { docs, before, len }
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> u32 {
        self.len
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The documents that have one.
    #[must_use]
    pub fn docs(&self) -> &Docs {
        &self.docs
    }

    /// How many rows there are up to a document, its own counted.
    fn up_to(&self, doc: DocId) -> u32 {
        let at = doc as usize / 64;
        match self.docs.words().get(at) {
            Some(word) => self.before[at] + (word & (u64::MAX >> (63 - doc % 64))).count_ones(),
            None => self.len,
        }
    }

    /// The row of a document; for a quote that of the story before it. 0 for a quote before every story, which no set holds.
    #[must_use]
    pub fn of(&self, doc: DocId) -> u32 {
        self.up_to(doc).saturating_sub(1)
    }

    /// The number of a quote among the documents without a row.
    #[must_use]
    pub fn quote(&self, doc: DocId) -> u32 {
        doc - self.up_to(doc)
    }

    /// The document that the values of a document are those of: itself, for a quote its story.
    #[must_use]
    pub fn story_of(&self, doc: DocId) -> DocId {
        self.docs.last_to(doc).unwrap_or(doc)
    }

    /// Calls `each` with the row of every document of a set, in order: the loop that counting runs in.
    pub fn for_each(&self, docs: &Docs, mut each: impl FnMut(u32)) {
        for ((word, rows), before) in docs.words().iter().zip(self.docs.words()).zip(&self.before) {
            let mut left = *word;
            while left != 0 {
                let to = left ^ (left - 1);
                each((before + (rows & to).count_ones()).saturating_sub(1));
                left &= left - 1;
            }
        }
    }

    /// The same for [`CHUNK`] rows at a time, the last time for those that are left.
    pub fn for_each_chunk(&self, docs: &Docs, mut each: impl FnMut(&[u32])) {
        let mut chunk = [0; CHUNK];
        let mut len = 0;
        self.for_each(docs, |row| {
            chunk[len] = row;
            len += 1;
            if len == CHUNK {
                each(&chunk);
                len = 0;
            }
        });
        if len > 0 {
            each(&chunk[..len]);
        }
    }

    /// Calls `each` with every quote of a set and the document of its story.
    pub fn for_each_quote(&self, quotes: &Docs, mut each: impl FnMut(DocId, DocId)) {
        let mut story = 0;
        for (at, (word, rows)) in quotes.words().iter().zip(self.docs.words()).enumerate() {
            let first = at as u32 * 64;
            let mut left = *word;
            while left != 0 {
                let to = left ^ (left - 1);
                let before = rows & to;
                let nearest = if before == 0 {
                    story
                } else {
                    first + 63 - before.leading_zeros()
                };
                each(first + left.trailing_zeros(), nearest);
                left &= left - 1;
            }
            if *rows != 0 {
                story = first + 63 - rows.leading_zeros();
            }
        }
    }

    /// Bytes in memory.
    pub(super) fn bytes(&self) -> usize {
        self.docs.bytes() + 4 * self.before.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_share_the_row_of_the_story_before_them() {
        let stories = Docs::of(200, [1, 5, 130]);
        let rows = Rows::new(stories);
        assert_eq!(
            [1, 2, 4, 5, 129, 130, 199].map(|doc| rows.of(doc)),
            [0, 0, 0, 1, 1, 2, 2]
        );
        assert_eq!([2, 4, 6, 129, 131].map(|doc| rows.quote(doc)), [1, 3, 4, 127, 128]);
        assert_eq!([1, 4, 129, 199].map(|doc| rows.story_of(doc)), [1, 1, 5, 130]);
        let all = Docs::of(200, [1, 3, 5, 100, 129, 130, 150]);
        let mut found = Vec::new();
        rows.for_each(&all, |row| found.push(row));
        assert_eq!(found, [0, 0, 1, 1, 1, 2, 2]);
        let mut in_chunks = Vec::new();
        rows.for_each_chunk(&all, |rows| in_chunks.extend_from_slice(rows));
        assert_eq!(in_chunks, found);
        let quotes = Docs::of(200, [2, 4, 63, 64, 129, 131]);
        let mut pairs = Vec::new();
        rows.for_each_quote(&quotes, |quote, story| pairs.push((quote, story)));
        assert_eq!(pairs, [(2, 1), (4, 1), (63, 5), (64, 5), (129, 5), (131, 130)]);
        assert_eq!((rows.len(), rows.is_empty()), (3, false));
    }
}
