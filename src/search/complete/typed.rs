//! What is being typed at the end of a query: its words, and the field that they belong to.

use crate::story::Facet;
use crate::text::{fold, words_of};

/// What is being typed at the end of a query.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Typed {
    /// Where it begins.
    pub(super) start: usize,
    /// The field before it.
    pub(super) field: Option<Field>,
    /// Its words, folded; the last one may go on.
    pub(super) words: Vec<String>,
}

/// A field with something to complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    /// A facet.
    Facet(Facet),
    /// `headline:`
    Headline,
}

impl Typed {
    /// At the end of this query.
    pub(super) fn of(q: &str) -> Self {
        let is_in_quotes = q.matches('"').count() % 2 == 1;
        let behind_last = |text: &str, parts: &[char]| {
            let last = text
                .char_indices()
                .rfind(|(_, c)| c.is_whitespace() || parts.contains(c));
            last.map_or(0, |(at, c)| at + c.len_utf8())
        };
        let begin = if is_in_quotes {
            q.rfind('"').unwrap_or(0)
        } else {
            behind_last(q, &['(', ')', '"'])
        };
        // A field stands right before a quotation mark, or in the word itself.
        let word = behind_last(&q[..begin], &['(']);
        let (mut start, rest) = match (is_in_quotes, q[word..begin].ends_with(':')) {
            (true, true) => (word, &q[begin + 1..]),
            (true, false) => (begin, &q[begin + 1..]),
            (false, _) => (begin, &q[begin..]),
        };
        if q[start..].starts_with('-') {
            start += 1;
        }
        let clause = &q[start..];
        let named = clause.split_once(':').filter(|_| is_in_quotes || rest.contains(':'));
        let field = named.and_then(|(name, _)| match name {
            "headline" => Some(Field::Headline),
            name => Facet::named(name).map(Field::Facet),
        });
        let text = match named {
            Some((_, value)) if field.is_some() => value.trim_start_matches('"'),
            // A field without words to complete, as `published:`.
            Some(_) if !is_in_quotes || start < begin => "",
            _ => rest.trim_start_matches('-'),
        };
        let folded = fold(text);
        let mut words: Vec<String> = words_of(&folded).map(str::to_owned).collect();
        // Behind a space a new word begins, of which nothing is typed.
        if text.ends_with(char::is_whitespace) {
            words.clear();
        }
        Self { start, field, words }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(q: &str) -> (usize, Option<Field>, String) {
        let typed = Typed::of(q);
        (typed.start, typed.field, typed.words.join(" "))
    }

    #[test]
    fn the_last_word_its_field_and_its_quotes_are_told() {
        let speaker = Some(Field::Facet(Facet::Speaker));
        assert_eq!(typed("rice Sto"), (5, None, "sto".into()));
        assert_eq!(typed("rice speaker:Stö"), (5, speaker, "sto".into()));
        assert_eq!(typed("(-speaker:\"Ingvild Sto"), (2, speaker, "ingvild sto".into()));
        assert_eq!(typed("\"harga ber"), (0, None, "harga ber".into()));
        assert_eq!(typed("\"harga beras\" na"), (14, None, "na".into()));
        assert_eq!(typed("x\u{3000}headline:po"), (4, Some(Field::Headline), "po".into()));
        for q in [
            "rice ",
            "published:20",
            "speaker:",
            "speaker:\"",
            "\"",
            "-",
            "",
            "\u{3000}",
        ] {
            assert_eq!(typed(q).2, "", "{q}");
        }
    }
}
