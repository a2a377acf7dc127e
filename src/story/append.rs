//! Joining what was found in paragraphs that were sent later to what was found in the story they go behind.

use super::{Country, Extraction, Person, Source, Span};

impl Extraction {
    /// Takes in what was found in text that now stands `shift` bytes into the body. A person called by one word there is the one
    /// here whose name ends with it; the language stays.
    pub fn append(&mut self, added: &Self, shift: usize) {
        let mut called: Vec<(&str, String)> = Vec::with_capacity(added.people.len());
        for person in &added.people {
            let known = self
                .people
                .iter_mut()
                .find(|known| is_same_person(&known.value, &person.value));
            if let Some(known) = known {
                known.mentions += person.mentions;
                known.spans.extend(shifted(&person.spans, shift));
                called.push((&person.value, known.value.clone()));
            } else {
                called.push((&person.value, person.value.clone()));
                self.people.push(Person {
                    spans: shifted(&person.spans, shift),
                    ..person.clone()
                });
            }
        }
        let name_of = |value: &str| {
            let named = called.iter().find(|(there, _)| *there == value);
            named.map_or_else(|| value.to_owned(), |(_, here)| here.clone())
        };
        for speaker in &added.speakers {
            let speaker = name_of(speaker);
            if !self.speakers.contains(&speaker) {
                self.speakers.push(speaker);
            }
        }
        for country in &added.countries {
            self.append_country(country, shift);
        }
        for source in &added.sources {
            self.append_source(source, shift);
        }
        self.quotes.extend(added.quotes.iter().cloned().map(|mut quote| {
            quote.start += shift;
            quote.end += shift;
            quote.speaker = quote.speaker.map(|speaker| name_of(&speaker));
            quote
        }));
    }

    fn append_country(&mut self, added: &Country, shift: usize) {
        match self.countries.iter_mut().find(|known| known.value == added.value) {
            Some(known) => {
                known.mentions += added.mentions;
                known.about |= added.about;
                known.spans.extend(shifted(&added.spans, shift));
            }
            None => self.countries.push(Country {
                spans: shifted(&added.spans, shift),
                ..added.clone()
            }),
        }
    }

    fn append_source(&mut self, added: &Source, shift: usize) {
        let mut known = self.sources.iter_mut();
        match known.find(|known| known.value == added.value && known.role == added.role) {
            Some(known) => known.spans.extend(shifted(&added.spans, shift)),
            None => self.sources.push(Source {
                spans: shifted(&added.spans, shift),
                ..added.clone()
            }),
        }
    }
}

fn is_same_person(known: &str, other: &str) -> bool {
    let is_word_of = || !other.contains(' ') && known.rsplit(' ').next() == Some(other);
    known == other || is_word_of()
}

fn shifted(spans: &[Span], shift: usize) -> Vec<Span> {
    let moved = spans.iter().map(|span| Span {
        start: span.start + shift,
        end: span.end + shift,
    });
    moved.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story::Quote;

    #[test]
    fn what_comes_later_joins_what_was_there() {
        let person = |value: &str, start| Person {
            value: value.into(),
            mentions: 1,
            spans: vec![Span { start, end: start + 4 }],
            ..Person::default()
        };
        let mut story = Extraction {
            people: vec![person("Orla Venn", 0)],
            speakers: vec!["Orla Venn".into()],
            ..Extraction::default()
        };
        let added = Extraction {
            people: vec![person("Venn", 0), person("Ivo Lund", 9)],
            speakers: vec!["Venn".into(), "Ivo Lund".into()],
            quotes: vec![Quote {
                speaker: Some("Venn".into()),
                start: 5,
                end: 8,
                ..Quote::default()
            }],
            ..Extraction::default()
        };
        story.append(&added, 100);
        let people: Vec<_> = story
            .people
            .iter()
            .map(|p| (p.value.as_str(), p.mentions, p.spans.len()))
            .collect();
        assert_eq!(people, [("Orla Venn", 2, 2), ("Ivo Lund", 1, 1)]);
        assert_eq!(story.people[0].spans[1].start, 100);
        assert_eq!(story.speakers, ["Orla Venn", "Ivo Lund"]);
        assert_eq!(
            (story.quotes[0].start, story.quotes[0].speaker.as_deref()),
            (105, Some("Orla Venn"))
        );
    }
}
