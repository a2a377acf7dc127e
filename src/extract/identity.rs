//! Joins the mentions of a story into persons: a short form belongs to the longest name that it can be a part of.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::document::{Document, Text};
use super::people::{NameSpan, Zone};
use crate::story::{Person, Span};
use crate::text::{Case, Kind, Token};
use crate::vocabulary::Vocabulary;
use crate::vocabulary::names::{Lists, Traits};

/// The people of a story, and which of them stands at which token of the body.
#[derive(Debug, Default)]
pub(super) struct Cast {
    /// In the order of their first mention.
    pub people: Vec<Person>,
    /// For each token of the body, one more than the place in `people`, or 0.
    at: Vec<u16>,
    /// Every mention in the body with its person and the token of its title.
    pub mentions: Vec<Mention>,
}

/// A mention of a person in the body.
#[derive(Debug, Clone)]
pub(super) struct Mention {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// The place in [`Cast::people`].
    pub person: usize,
    /// The folded word of its title, if it has one.
    pub title: Option<u64>,
}

impl Cast {
    /// The person whose name covers token `at` of the body.
    pub(super) fn person_at(&self, at: usize) -> Option<usize> {
        let place = *self.at.get(at)?;
        usize::from(place).checked_sub(1)
    }

    /// The mention that covers token `at` of the body.
    pub(super) fn mention_at(&self, at: usize) -> Option<&Mention> {
        self.person_at(at)?;
        let next = self.mentions.partition_point(|mention| mention.tokens.start <= at);
        next.checked_sub(1).and_then(|place| self.mentions.get(place))
    }
}

/// One spelling of a name, with all its mentions.
#[derive(Debug)]
struct Form<'d, 't> {
    text: &'d Text<'t>,
    tokens: Range<usize>,
    words: Vec<u64>,
    suffixed: bool,
    family_first: bool,
    spans: Vec<usize>,
}

/// How well a form fits a person; the least is best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Whole,
    Family,
    Given,
    Part,
}

/// Joins the spans that the people step found.
pub(super) fn join(document: &Document, vocabulary: &Vocabulary, spans: &[NameSpan]) -> Cast {
    let lists = Lists::of(document.language);
    let forms = forms(document, vocabulary, lists, spans);
    let mut order: Vec<usize> = (0..forms.len()).collect();
    // Longest first; among equals, the one that comes first, and one of the body before one of the headline.
    order.sort_by_key(|&at| {
        let headline_only = forms[at].spans.iter().all(|&span| spans[span].zone == Zone::Headline);
        (
            std::cmp::Reverse(forms[at].words.len()),
            headline_only,
            forms[at].spans[0],
        )
    });
    let mut owners: Vec<Option<usize>> = vec![None; spans.len()];
    let mut heads: Vec<usize> = Vec::new();
    for at in order {
        let form = &forms[at];
        let fits: Vec<(Fit, usize)> = heads
            .iter()
            .enumerate()
            .filter_map(|(person, &head)| fit(form, &forms[head]).map(|fit| (fit, person)))
            .collect();
        let Some(best) = fits.iter().map(|(fit, _)| *fit).min() else {
            for &span in &form.spans {
                owners[span] = Some(heads.len());
            }
            heads.push(at);
            continue;
        };
        let rivals: Vec<usize> = fits
            .iter()
            .filter(|(fit, _)| *fit == best)
            .map(|(_, person)| *person)
            .collect();
        for &span in &form.spans {
            owners[span] = nearest(&owners, &rivals, span).or(rivals.first().copied());
        }
    }
    cast(document, &forms, &heads, spans, &owners)
}

/// Of several people that a form fits, the one named last before this span.
fn nearest(owners: &[Option<usize>], rivals: &[usize], span: usize) -> Option<usize> {
    owners[..span]
        .iter()
        .rev()
        .flatten()
        .copied()
        .find(|owner| rivals.contains(owner))
}

/// The distinct spellings, in the order of their first mention.
fn forms<'d, 't>(
    document: &'d Document<'t>,
    vocabulary: &Vocabulary,
    lists: Lists,
    spans: &[NameSpan],
) -> Vec<Form<'d, 't>> {
    let mut places: FxHashMap<Vec<u64>, usize> = FxHashMap::default();
    let mut forms: Vec<Form> = Vec::new();
    for (place, span) in spans.iter().enumerate() {
        let text = match span.zone {
            Zone::Headline => &document.headline,
            Zone::Body => &document.body,
        };
        let tokens = text.tokens.get(span.tokens.clone()).unwrap_or_default();
        let traits = |at: usize| {
            tokens
                .get(at)
                .map_or(Traits::default(), |t| vocabulary.names.traits(t, lists))
        };
        let mut suffixed = false;
        let mut words = Vec::with_capacity(tokens.len());
        for (at, token) in tokens.iter().enumerate() {
            if token.kind == Kind::Word {
                suffixed |= at > 0 && at + 1 == tokens.len() && traits(at).any(Traits::SUFFIX);
                words.push(token.folded);
            }
        }
        if words.is_empty() {
            continue;
        }
        if let Some(&at) = places.get(&words) {
            forms[at].spans.push(place);
            continue;
        }
        places.insert(words.clone(), forms.len());
        forms.push(Form {
            text,
            tokens: span.tokens.clone(),
            words,
            suffixed,
            family_first: traits(0).any(Traits::FAMILY_FIRST) || has_hyphenated_given(tokens),
            spans: vec![place],
        });
    }
    forms
}

/// "Seok Byung-taek": a small word behind a hyphen closes a given name, so that the family's stands first.
fn has_hyphenated_given(tokens: &[Token]) -> bool {
    let [first, .., hyphen, last] = tokens else {
        return false;
    };
    tokens.len() == 4 && first.kind == Kind::Word && hyphen.kind == Kind::Mark && last.case == Case::Lower
}

/// Whether a form can stand for a longer name.
fn fit(short: &Form, long: &Form) -> Option<Fit> {
    let (short_words, long_words) = (&short.words, &long.words);
    if short_words == long_words {
        return Some(Fit::Whole);
    }
    let last = long_words.len() - 1 - usize::from(long.suffixed && long_words.len() > 1);
    if let [word] = short_words[..] {
        let at = long_words.iter().position(|other| *other == word)?;
        return Some(match at {
            0 if long.family_first => Fit::Family,
            _ if at == last && !long.suffixed => Fit::Family,
            0 => Fit::Given,
            _ => Fit::Part,
        });
    }
    if long.suffixed != short.suffixed {
        return None;
    }
    if is_subsequence(short_words, long_words) {
        return Some(Fit::Family);
    }
    initials_agree(short, long).then_some(Fit::Given)
}

fn is_subsequence(short: &[u64], long: &[u64]) -> bool {
    let mut rest = long.iter();
    short.iter().all(|word| rest.any(|other| other == word))
}

/// "J. Smith" and "John Smith".
fn initials_agree(short: &Form, long: &Form) -> bool {
    let first = short.text.word(short.tokens.start);
    let initial = first.len() <= 2 && (first.ends_with('.') || first.len() == 1);
    initial
        && short.words.last() == long.words.last()
        && first.chars().next() == long.text.word(long.tokens.start).chars().next()
}

/// Puts the people together in the order of their first mention.
fn cast(document: &Document, forms: &[Form], heads: &[usize], spans: &[NameSpan], owners: &[Option<usize>]) -> Cast {
    let mut places: Vec<Option<usize>> = vec![None; heads.len()];
    let mut cast = Cast {
        at: vec![0; document.body.tokens.len()],
        ..Cast::default()
    };
    for (span, owner) in spans.iter().zip(owners) {
        let Some(owner) = *owner else { continue };
        let place = *places[owner].get_or_insert_with(|| {
            let head = &forms[heads[owner]];
            let value = spell(head.text, head.tokens.clone());
            cast.people.push(Person {
                label: value.clone(),
                value,
                rule: span.rule.to_owned(),
                confidence: span.confidence,
                ..Person::default()
            });
            cast.people.len() - 1
        });
        let person = &mut cast.people[place];
        person.mentions += 1;
        person.confidence = person.confidence.max(span.confidence);
        if span.zone == Zone::Headline {
            continue;
        }
        person.spans.extend(place_of(&document.body, &span.tokens));
        for at in span.tokens.clone() {
            cast.at[at] = u16::try_from(place + 1).unwrap_or_default();
        }
        cast.mentions.push(Mention {
            tokens: span.tokens.clone(),
            person: place,
            title: span
                .title
                .and_then(|at| document.body.tokens.get(at))
                .map(|token| token.folded),
        });
    }
    cast
}

fn place_of(text: &Text, tokens: &Range<usize>) -> Option<Span> {
    let first = text.tokens.get(tokens.start)?;
    let last = text.tokens.get(tokens.end.checked_sub(1)?)?;
    Some(Span {
        start: first.start as usize,
        end: last.end as usize,
    })
}

/// The name as text: words parted by one space, also where the copy lost it; marks stay where they stood.
fn spell(text: &Text, tokens: Range<usize>) -> String {
    let mut name = String::new();
    let mut before: Option<&Token> = None;
    for token in text.tokens.get(tokens).unwrap_or_default() {
        let glued = before.is_some_and(|before| before.end == token.start);
        let elided = before.is_some_and(|before| before.of(text.text).ends_with(['\'', '’']));
        let words = before.is_some_and(|before| before.kind == Kind::Word && token.kind == Kind::Word) && !elided;
        if before.is_some() && (!glued || words) {
            name.push(' ');
        }
        name.push_str(token.of(text.text));
        before = Some(token);
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::people::{Finder, NameFinder};
    use crate::story::Filing;

    /// The people of a body with their mentions.
    fn people(language: &'static str, body: &str) -> Vec<(String, u32)> {
        let mut filing = Filing::default();
        filing.ninjs.set_body(body);
        let vocabulary = Vocabulary::builtin();
        let mut document = Document::new(&filing);
        document.language = language;
        let spans = Finder::default().find(&document, &vocabulary);
        let cast = join(&document, &vocabulary, &spans);
        cast.people
            .into_iter()
            .map(|person| (person.value, person.mentions))
            .collect()
    }

    #[test]
    fn short_forms_join_the_longest_name() {
        let text = "President Margaret Holloway spoke. Mrs. Holloway left. Margaret Holloway will return.";
        assert_eq!(people("en", text), [("Margaret Holloway".to_owned(), 3)]);
        let text = "Pemimpin Park Min Seo tiba. Presiden Park disambut.";
        assert_eq!(people("id", text), [("Park Min Seo".to_owned(), 2)]);
    }

    #[test]
    fn of_two_who_share_a_name_the_last_named_is_meant() {
        let text = "President Margaret Holloway spoke. Then Senator Peter Holloway spoke. Mr. Holloway left.";
        assert_eq!(
            people("en", text),
            [("Margaret Holloway".to_owned(), 1), ("Peter Holloway".to_owned(), 2)]
        );
    }

    #[test]
    fn a_lone_surname_stays_as_it_is() {
        assert_eq!(people("en", "President Holloway left."), [("Holloway".to_owned(), 1)]);
    }
}
