//! Parts words that lost the space between them: `IranAbbas`, `Levymengakui`, `dilansirAFP`. Portals that strip links from
//! Indonesian copy leave them; each holds a name that no other step would see.

use super::document::{Document, Marks, Text};
use crate::text::{Case, HashedSet, Kind, Token, tokenise};
use crate::vocabulary::Vocabulary;
use crate::vocabulary::names::{Lists, Traits};

/// The least letters of a name in front of a glued word, and of that word.
const LEAST: usize = 3;

/// Words that are taken for glued even to a name that no list knows.
const TAILS: [&str; 30] = [
    "juga",
    "telah",
    "akan",
    "yang",
    "untuk",
    "dalam",
    "pada",
    "dengan",
    "karena",
    "bahwa",
    "tidak",
    "sebagai",
    "adalah",
    "bukan",
    "saat",
    "usai",
    "bertemu",
    "mengatakan",
    "menyatakan",
    "menegaskan",
    "mengungkapkan",
    "menjelaskan",
    "menyebut",
    "mengaku",
    "memperingatkan",
    "mengumumkan",
    "menuturkan",
    "menambahkan",
    "mengklaim",
    "kepada",
];

/// Syllables that open Indonesian nouns, and no names in front of glued words.
const PREFIXES: [&str; 12] = [
    "Per", "Pem", "Pen", "Peng", "Ber", "Ter", "Men", "Mem", "Meng", "Ke", "Se", "Di",
];

/// Parts the glued words of an Indonesian or Malay filing; others stay as they are. The names of sources
/// were read by an earlier step, glued or not, and stay whole.
pub(super) fn part(document: &mut Document<'_>, vocabulary: &Vocabulary) {
    if matches!(document.language, "id" | "ms") {
        part_text(&mut document.headline, vocabulary);
        part_text(&mut document.body, vocabulary);
    }
}

fn part_text(text: &mut Text<'_>, vocabulary: &Vocabulary) {
    let capitals = text.tokens.iter().filter(|token| token.is_capital(text.text));
    let known: HashedSet = capitals.map(|token| token.folded).collect();
    let mut parts = Vec::new();
    for (at, token) in text.tokens.iter().enumerate() {
        if token.kind != Kind::Word || token.end - token.start < 4 || text.marks[at].any(Marks::SOURCE) {
            continue;
        }
        let cuts = match token.case {
            Case::Mixed => at_capitals(text.text, token, vocabulary, &known),
            Case::Capitalised => at_tail(text, at, vocabulary, &known),
            _ => Vec::new(),
        };
        if !cuts.is_empty() {
            parts.push((at, cuts));
        }
    }
    if !parts.is_empty() {
        rebuild(text, &parts);
    }
}

/// The bytes at which a word of mixed case falls into known words.
fn at_capitals(text: &str, token: &Token, vocabulary: &Vocabulary, known: &HashedSet) -> Vec<usize> {
    let word = token.of(text);
    let mut cuts = Vec::new();
    let mut start = 0;
    let letters: Vec<(usize, char)> = word.char_indices().collect();
    for window in letters.windows(2) {
        let [(_, before), (at, this)] = *window else { continue };
        let follows = word[at..].chars().nth(1);
        let hump = before.is_lowercase() && this.is_uppercase();
        let acronym_ends = before.is_uppercase() && this.is_uppercase() && follows.is_some_and(char::is_lowercase);
        if !(hump || acronym_ends) || at - start < 2 {
            continue;
        }
        if is_word(&word[start..at], vocabulary, known) && opens_word(&word[at..], vocabulary, known) {
            cuts.push(token.start as usize + at);
            start = at;
        }
    }
    // "memecatAngekemarin": what is left may have a tail too; a second pass over rare words is not worth its time.
    cuts
}

/// Whether the front of a glued word is one: ordinary, a place, a title, a name seen elsewhere, an acronym.
fn is_word(part: &str, vocabulary: &Vocabulary, known: &HashedSet) -> bool {
    let tokens = tokenise(part);
    let [token] = tokens[..] else { return false };
    let traits = vocabulary.names.traits(&token, Lists::Id);
    let acronym = token.case == Case::AllCapitals && part.len() <= 4;
    // A small word of Indonesian with a capital inside is glued, whatever it is; "iPhone" and "eBay" are shorter.
    let small = token.case == Case::Lower && part.len() > LEAST + 2;
    let listed = traits.any(Traits::COMMON | Traits::TITLE | Traits::ROLE)
        || part.len() > 3 && traits.any(Traits::PLACE | Traits::ORGANISATION);
    acronym || small || listed || part.len() > 3 && known.contains(&token.folded)
}

/// Whether the rest of a glued word opens with one: its capitals and small letters up to the next capital are known, or
/// stand alone elsewhere.
fn opens_word(rest: &str, vocabulary: &Vocabulary, known: &HashedSet) -> bool {
    let mut before = 'A';
    let humps = rest.char_indices().skip(1).find(|&(_, c)| {
        let hump = before.is_lowercase() && c.is_uppercase();
        before = c;
        hump
    });
    let tokens = tokenise(&rest[..humps.map_or(rest.len(), |(at, _)| at)]);
    let Some(token) = tokens.first() else { return false };
    let name = Traits::GIVEN | Traits::SURNAME | Traits::PLACE | Traits::COMMON | Traits::TITLE | Traits::ROLE;
    let listed = vocabulary
        .names
        .traits(token, Lists::Id)
        .any(name | Traits::ORGANISATION | Traits::OTHER);
    let long_tail = rest.len() > 8 && token.case == Case::Capitalised;
    listed || long_tail || token.case == Case::AllCapitals || known.contains(&token.folded)
}

/// The byte at which a small word was glued to a capitalised one.
fn at_tail(text: &Text, at: usize, vocabulary: &Vocabulary, known: &HashedSet) -> Vec<usize> {
    let token = &text.tokens[at];
    let word = token.of(text.text);
    let any = Traits::GIVEN
        | Traits::SURNAME
        | Traits::COMMON
        | Traits::TITLE
        | Traits::ROLE
        | Traits::PLACE
        | Traits::ORG_BEFORE;
    if word.len() < 2 * LEAST || !word.is_ascii() || vocabulary.names.traits(token, Lists::Id).any(any) {
        return Vec::new();
    }
    let follows_capital = at > 0 && text.tokens[at - 1].is_capital(text.text);
    let tail = |cut: usize| {
        let tail = &word[cut..];
        let front = tokenise(&word[..cut]);
        let (Some(front), Some(back)) = (front.first(), tokenise(tail).first().copied()) else {
            return false;
        };
        let ordinary = vocabulary.names.traits(&back, Lists::Id).any(Traits::COMMON);
        let name = Traits::GIVEN | Traits::SURNAME | Traits::PLACE;
        let front = (vocabulary.names.traits(front, Lists::Id), known.contains(&front.folded));
        let listed_tail = TAILS.contains(&tail);
        if front.0.any(Traits::COMMON) && !(listed_tail && cut > 5) || PREFIXES.contains(&&word[..cut]) {
            return false;
        }
        let named = cut > LEAST && front.0.any(name);
        let verb = tail.len() > 5 && ["me", "ber", "di"].iter().any(|prefix| tail.starts_with(prefix));
        // "Suryanegara" is a name, though both halves are words.
        let plain = ordinary
            && !vocabulary
                .names
                .traits(&back, Lists::Id)
                .any(Traits::GIVEN | Traits::SURNAME);
        if front.1 {
            return plain || verb;
        }
        listed_tail && (named || follows_capital || tail.len() > 6) || named && verb && ordinary
    };
    let cut = (2..=word.len() - LEAST).find(|&cut| tail(cut));
    cut.map(|cut| token.start as usize + cut).into_iter().collect()
}

/// Puts the parts in place of the glued tokens.
fn rebuild(text: &mut Text, parts: &[(usize, Vec<usize>)]) {
    let mut tokens = Vec::with_capacity(text.tokens.len() + parts.len());
    let mut next = parts.iter().peekable();
    for (at, token) in text.tokens.iter().enumerate() {
        let Some((_, cuts)) = next.next_if(|(part, _)| *part == at) else {
            tokens.push(*token);
            continue;
        };
        let ends = cuts.iter().copied().chain([token.end as usize]);
        let mut start = token.start as usize;
        for end in ends {
            for part in tokenise(&text.text[start..end]) {
                tokens.push(Token {
                    start: part.start + start as u32,
                    end: part.end + start as u32,
                    ..part
                });
            }
            start = end;
        }
    }
    text.retokenise(tokens);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story::Filing;

    fn parted(text: &str, language: &'static str) -> Vec<String> {
        let mut filing = Filing::default();
        filing.ninjs.set_body(text);
        let mut document = Document::new(&filing);
        document.language = language;
        part(&mut document, &Vocabulary::builtin());
        let words = document.body.tokens.iter().map(|token| token.of(text).to_owned());
        words.collect()
    }

    #[test]
    fn glued_words_are_parted_in_indonesian_copy() {
        let words = parted(
            "Menteri itu mengatakan bahwa PresidenKarim Santosomengatakan kepada wartawan dariIran",
            "id",
        );
        assert_eq!(words[4..8], ["Presiden", "Karim", "Santoso", "mengatakan"]);
        assert_eq!(words[words.len() - 2..], ["dari", "Iran"]);
    }

    #[test]
    fn mixed_case_of_other_languages_stays() {
        let text = "The minister McAllister said YouTube and DeMarco would not be asked about this again";
        assert_eq!(parted(text, "en").len(), text.split(' ').count());
    }
}
