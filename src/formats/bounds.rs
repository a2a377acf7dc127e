//! How much of an item a reader takes before it refuses it. Copy is orders of magnitude below each; what is above is broken,
//! or meant to do harm.

/// The bounds of one item. Over one of them the item is rejected with the figure, never cut in silence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Elements inside one another. NITF inside NewsML-G2 nests about 20 deep.
    pub depth: usize,
    /// Attributes of one element. NewsML-G2 has at most a dozen.
    pub attributes: usize,
    /// Bytes that the entities of a document type may expand to, all together. No agency defines any of its own.
    pub entities: usize,
    /// Paragraphs of a story: the longest, lists of election results, have some thousands.
    pub paragraphs: usize,
    /// Parts of a mail message, inside one another included.
    pub parts: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            depth: 128,
            attributes: 512,
            entities: 64 * 1024,
            paragraphs: 50_000,
            parts: 256,
        }
    }
}
