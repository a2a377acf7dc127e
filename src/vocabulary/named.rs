//! The names that facet values go by, by their words: which values a word that is being typed may become.

use crate::text::{NameWords, Texts};

/// Names cut into folded words once, each with the value that goes by it.
#[derive(Debug, Default)]
pub struct NamedValues {
    words: NameWords,
    /// The value of each name, in the order of the names.
    values: Vec<&'static str>,
}

impl NamedValues {
    /// Of values with a name each; a value may come with several.
    pub(super) fn new(all: impl Iterator<Item = (&'static str, &'static str)>) -> Self {
        let (mut names, mut values) = (Texts::default(), Vec::new());
        for (value, name) in all {
            names.push(name);
            values.push(value);
        }
        Self {
            words: NameWords::new(&names),
            values,
        }
    }

    /// Calls `each` with every folded word that starts so, and the values with a name that holds it and all of the words
    /// `before`; a value may come more than once.
    pub fn each_word(
        &self,
        start: &str,
        before: &[&str],
        mut each: impl FnMut(&str, &mut dyn Iterator<Item = &'static str>),
    ) {
        let with_before = (!before.is_empty()).then(|| self.words.with_all(before));
        let fits = |place: &&u32| {
            with_before
                .as_ref()
                .is_none_or(|places| places.binary_search(place).is_ok())
        };
        self.words.each_from(start, |word, places| {
            let values = places.iter().filter(fits);
            each(
                word,
                &mut values.filter_map(|place| self.values.get(*place as usize).copied()),
            );
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    fn found(start: &str, before: &[&str]) -> Vec<(String, &'static str)> {
        let all = [
            ("KR", "Republik Korea"),
            ("KP", "Korea Utara"),
            ("CI", "Côte d’Ivoire"),
            ("KR", "대한민국"),
        ];
        let named = NamedValues::new(all.into_iter());
        let mut found = Vec::new();
        named.each_word(start, before, |word, values| {
            found.extend(values.map(|value| (word.to_owned(), value)));
        });
        found
    }

    #[test]
    fn values_are_found_by_the_words_of_one_name() {
        let korea = |value| ("korea".to_owned(), value);
        assert_eq!(found("kor", &[]), [korea("KR"), korea("KP")]);
        assert_eq!(found("kor", &["utara"]), [korea("KP")]);
        assert_eq!(found("cot", &[]), [("cote".to_owned(), "CI")]);
        assert_eq!(found(&fold("대"), &[]).len(), 1);
        assert!(found("kor", &["ivoire"]).is_empty() && found("x", &[]).is_empty());
    }
}
