//! Drops words at the start of a segment that only the sentence, a role or an organisation before the name put there.

use super::classes::{Class, Words};
use super::segments::{Before, Segment};
use crate::extract::tagger::Tag;
use crate::vocabulary::names::{Lists, Traits};

/// Drops them.
pub(super) fn trim(words: &Words, segment: &mut Segment) {
    while drops_first(words, segment) {
        segment.tokens.start += 1;
        segment.classes.remove(0);
        if let Before::Title(title) | Before::Organisation(Some(title)) = segment.before {
            segment.before = Before::Chain(title);
        }
    }
}

/// Whether the first word is no part of the name.
fn drops_first(words: &Words, segment: &Segment) -> bool {
    let (Some(&first), Some(&second)) = (segment.classes.first(), segment.classes.get(1)) else {
        return false;
    };
    if segment.words() < 2 {
        return false;
    }
    let start = segment.tokens.start;
    let given_next = second == Class::Name && words.traits(start + 1).any(Traits::GIVEN);
    let common = words.traits(start).any(Traits::COMMON);
    // "But Maria Lopez", "Kremlin Dmitry Peskov"
    if first == Class::Doubtful && common && words.opens_sentence(start) && given_next {
        return true;
    }
    let chained = matches!(
        segment.before,
        Before::Title(_) | Before::Chain(_) | Before::Organisation(Some(_))
    );
    let opinion = |at: usize| words.opinions.get(at).map(|opinion| opinion.tag);
    match (opinion(start), opinion(start + 1)) {
        // "Direktur Nusa Geotermal Haryo Suryanegara": the tagger has the name start later.
        (Some(tag), Some(Tag::PersonFirst))
            if !tag.is_person() && chained && first == Class::Unknown && segment.words() > 2 =>
        {
            return true;
        }
        // In the middle of a run, behind a place or more of a role, the tagger is believed less.
        (Some(Tag::PersonFirst), _) if matches!(segment.before, Before::Title(_) | Before::Nothing) => return false,
        _ => {}
    }
    segment.words() > 2
        && given_next
        // "Israel Benjamin Netanyahu", where "Paris Hilton" keeps both.
        && (words.is_place(start)
            // "Tottenham Hotspur Anna Velkova": the rest of a club's or company's name.
            || first == Class::Unknown && (chained || segment.before == Before::Other || is_noun(words, start)))
}

/// Whether a word that no list knows is likely an ordinary one: in German, where all nouns have capitals, and where a sentence starts
/// ("Adapun Amjad Bseisu").
fn is_noun(words: &Words, at: usize) -> bool {
    words.lists == Lists::De || words.lists != Lists::En && words.opens_sentence(at)
}
