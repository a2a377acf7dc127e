//! A filing as every step sees it: its texts cut once into tokens and paragraphs, with what earlier steps marked.

use std::ops::Range;

use crate::story::Filing;
use crate::text::{Token, tokenise};

/// What a step found out about a token, for later steps.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Marks(u16);

impl Marks {
    /// In a line that is not story: "Baca juga", "Advertisement", a sign-off.
    pub(super) const FURNITURE: Self = Self(1);
    /// In the dateline: "JAKARTA, March 3 (Reuters) -".
    pub(super) const DATELINE: Self = Self(1 << 1);
    /// In a credit zone: byline, "Reporting by …", "… contributed to this report".
    pub(super) const CREDIT: Self = Self(1 << 2);
    /// In the name of a source.
    pub(super) const SOURCE: Self = Self(1 << 3);
    /// In a country's name, short form or demonym, or a place that implies one (a candidate: people may still claim it).
    pub(super) const PLACE: Self = Self(1 << 4);
    /// In a person's name.
    pub(super) const PERSON: Self = Self(1 << 5);
    /// Between quotation marks.
    pub(super) const QUOTED: Self = Self(1 << 6);
    /// In the name of an organisation, company, building or currency that holds a place's or person's name.
    pub(super) const ORGANISATION: Self = Self(1 << 7);

    /// Whether any of `other` is set.
    #[must_use]
    pub(super) const fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Both together.
    #[must_use]
    pub(super) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// A text with its tokens and paragraphs.
#[derive(Debug, Clone)]
#[allow(clippy::struct_field_names)] // a text has a text
pub(super) struct Text<'t> {
    /// The text; all offsets are bytes of it.
    pub(super) text: &'t str,
    /// Its tokens.
    pub(super) tokens: Vec<Token>,
    /// What is known of each token.
    pub(super) marks: Vec<Marks>,
    /// The paragraphs as ranges of tokens; none is empty.
    pub(super) paragraphs: Vec<Range<usize>>,
}

impl<'t> Text<'t> {
    /// Cuts a text. A newline ends a paragraph: formats join wrapped lines before.
    #[must_use]
    pub(super) fn new(text: &'t str) -> Self {
        let mut cut = Self {
            text,
            tokens: Vec::new(),
            marks: Vec::new(),
            paragraphs: Vec::new(),
        };
        let tokens = tokenise(text);
        let marks = vec![Marks::default(); tokens.len()];
        cut.put(tokens, marks);
        cut
    }

    /// Puts other tokens of the same text in. A token keeps the marks of the one in whose place it starts.
    pub(super) fn retokenise(&mut self, tokens: Vec<Token>) {
        let mut marks = vec![Marks::default(); tokens.len()];
        let mut before = 0;
        for (token, mark) in tokens.iter().zip(&mut marks) {
            while self.tokens.get(before).is_some_and(|old| old.end <= token.start) {
                before += 1;
            }
            *mark = self.marks.get(before).copied().unwrap_or_default();
        }
        self.put(tokens, marks);
    }

    fn put(&mut self, tokens: Vec<Token>, marks: Vec<Marks>) {
        let bytes = self.text.as_bytes();
        self.paragraphs.clear();
        let mut first = 0;
        for (at, pair) in tokens.windows(2).enumerate() {
            let between = bytes.get(pair[0].end as usize..pair[1].start as usize);
            if between.is_some_and(|between| between.contains(&b'\n')) {
                self.paragraphs.push(first..at + 1);
                first = at + 1;
            }
        }
        if first < tokens.len() {
            self.paragraphs.push(first..tokens.len());
        }
        self.marks = marks;
        self.tokens = tokens;
    }

    /// The text of token `at`; empty past the end.
    #[must_use]
    pub(super) fn word(&self, at: usize) -> &'t str {
        self.tokens.get(at).map_or("", |token| token.of(self.text))
    }

    /// The text from the start of the first token of the range to the end of its last.
    #[must_use]
    pub(super) fn slice(&self, range: Range<usize>) -> &'t str {
        match (
            self.tokens.get(range.start),
            range.end.checked_sub(1).and_then(|last| self.tokens.get(last)),
        ) {
            (Some(first), Some(last)) if first.start <= last.end => &self.text[first.start as usize..last.end as usize],
            _ => "",
        }
    }

    /// Sets marks on a range of tokens.
    pub(super) fn mark(&mut self, range: Range<usize>, marks: Marks) {
        for place in &mut self.marks[range] {
            *place = place.with(marks);
        }
    }

    /// Whether any token of the range has one of these marks.
    #[must_use]
    pub(super) fn any_marked(&self, range: Range<usize>, marks: Marks) -> bool {
        self.marks[range].iter().any(|place| place.any(marks))
    }
}

/// A filing under extraction.
#[derive(Debug, Clone)]
pub(super) struct Document<'f> {
    /// The filing.
    pub(super) filing: &'f Filing,
    /// Its language, BCP 47, `und` when nothing could be told.
    pub(super) language: &'static str,
    /// The main headline.
    pub(super) headline: Text<'f>,
    /// The body.
    pub(super) body: Text<'f>,
}

impl<'f> Document<'f> {
    /// Cuts the filing's texts; the language is told by a later step.
    #[must_use]
    pub(super) fn new(filing: &'f Filing) -> Self {
        let headline = Text::new(filing.ninjs.headline());
        let body = Text::new(filing.ninjs.body());
        Self {
            filing,
            language: "und",
            headline,
            body,
        }
    }
}
