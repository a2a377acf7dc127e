//! Names of sources in a text, also where lost mark-up glued them to their neighbours ("dilansirAFP", "Reutersmengatakan").

use std::ops::Range;

use super::document::Text;
use crate::text::{Case, Kind, Token, fold, hash_folded, tokenise};
use crate::vocabulary::Vocabulary;

/// A glued word is cut at most this often.
const MOST_CUTS: usize = 4;

/// A text's tokens, glued words cut apart.
#[derive(Debug)]
pub(super) struct Atoms {
    pub(super) tokens: Vec<Token>,
    /// The text's token that each stands in.
    pub(super) parents: Vec<usize>,
}

impl Atoms {
    /// Cuts the glued words of Indonesian and Malay; other texts keep their tokens.
    pub(super) fn of(vocabulary: &Vocabulary, text: &Text<'_>, language: &str) -> Self {
        let mut atoms = Self {
            tokens: Vec::with_capacity(text.tokens.len()),
            parents: Vec::with_capacity(text.tokens.len()),
        };
        let glued = matches!(language, "id" | "ms");
        for (at, token) in text.tokens.iter().enumerate() {
            if glued && may_be_glued(token, text.text) {
                atoms.push_cut(vocabulary, text.text, token, at);
            } else {
                atoms.push(*token, at);
            }
        }
        atoms
    }

    fn push(&mut self, token: Token, parent: usize) {
        self.tokens.push(token);
        self.parents.push(parent);
    }

    fn push_cut(&mut self, vocabulary: &Vocabulary, text: &str, token: &Token, parent: usize) {
        let word = token.of(text);
        if vocabulary.sources.in_name(token.folded) {
            return self.push(*token, parent);
        }
        let mut cuts = Vec::new();
        cut(vocabulary, word, 0, &mut cuts);
        if cuts.is_empty() {
            return self.push(*token, parent);
        }
        cuts.sort_unstable();
        let mut start = 0;
        for end in cuts.into_iter().chain([word.len()]) {
            for piece in tokenise(&word[start..end]) {
                let offset = token.start + start as u32;
                let piece = Token {
                    start: piece.start + offset,
                    end: piece.end + offset,
                    ..piece
                };
                self.push(piece, parent);
            }
            start = end;
        }
    }

    /// The text's tokens that a range of atoms stands in.
    pub(super) fn parents_of(&self, range: Range<usize>) -> Range<usize> {
        match (
            self.parents.get(range.start),
            range.end.checked_sub(1).and_then(|last| self.parents.get(last)),
        ) {
            (Some(&first), Some(&last)) if range.start < range.end => first..last + 1,
            _ => 0..0,
        }
    }
}

/// Whether a word may hold a name and its neighbour: it has a capital, or the one name that is written small.
fn may_be_glued(token: &Token, text: &str) -> bool {
    let long = token.kind == Kind::Word && token.end - token.start > 4;
    long && match token.case {
        Case::Mixed | Case::Capitalised => true,
        Case::Lower => token.of(text).contains("detik"),
        Case::AllCapitals | Case::None => false,
    }
}

/// Where to cut a word in which the name of a source is glued to its neighbours; offsets are from `base`.
fn cut(vocabulary: &Vocabulary, word: &str, base: usize, cuts: &mut Vec<usize>) {
    if cuts.len() >= MOST_CUTS {
        return;
    }
    let known = |piece: &str| vocabulary.sources.in_name(hash_folded(&fold(piece)));
    let Some(at) = first_cut(vocabulary, word, &known) else {
        return;
    };
    cuts.push(base + at);
    for (piece, offset) in [(&word[..at], 0), (&word[at..], at)] {
        if !known(piece) {
            cut(vocabulary, piece, base + offset, cuts);
        }
    }
}

fn first_cut(vocabulary: &Vocabulary, word: &str, known: &impl Fn(&str) -> bool) -> Option<usize> {
    let cues = &vocabulary.citations;
    let tailless = |piece: &str| {
        let tails = cues.glued_tails().iter();
        tails
            .filter_map(|tail| piece.strip_suffix(tail))
            .find(|stem| is_name(stem) && known(stem))
            .map(str::len)
    };
    let inner = word.contains("detik") || word.char_indices().skip(1).any(|(_, c)| c.is_uppercase());
    for head in cues.glued_heads().iter().filter(|_| inner) {
        let Some(start) = word.get(..head.len()).filter(|start| start.eq_ignore_ascii_case(head)) else {
            continue;
        };
        let rest = &word[start.len()..];
        if rest.len() > 1 && (is_name(rest) || known(rest) && !is_known_small(rest)) {
            return Some(start.len());
        }
    }
    if let Some(at) = word.find("detik").filter(|&at| at > 0) {
        let right = &word[at..];
        if right.len() > "detik".len() && (known(right) || right.contains(char::is_uppercase)) {
            return Some(at);
        }
    }
    let mut left_end = None;
    for (at, _) in word
        .char_indices()
        .skip(1)
        .filter(|&(at, c)| c.is_uppercase() && word[..at].ends_with(char::is_lowercase))
    {
        let (left, right) = word.split_at(at);
        if known(right) || tailless(right).is_some() {
            return Some(at);
        }
        // "detikJatengSelasa" ends with the longest name, not with "detik".
        if known(left) && is_name(left) || tailless(left).is_some() {
            left_end = Some(at);
        }
    }
    left_end.or_else(|| tailless(word))
}

fn is_name(piece: &str) -> bool {
    piece.starts_with(char::is_uppercase) || piece.starts_with("detik")
}

/// A small word that stands in a name ("post", "news") is no name by itself.
fn is_known_small(piece: &str) -> bool {
    piece.starts_with(char::is_lowercase) && !piece.starts_with("detik")
}

/// A listed source's name in a text.
#[derive(Debug, Clone)]
pub(super) struct Mention {
    /// Its atoms.
    pub(super) atoms: Range<usize>,
    /// Its place in the list.
    pub(super) entry: u32,
    /// Its name is an everyday word, too.
    pub(super) weak: bool,
}

/// All listed names, left to right, the longest at each place.
pub(super) fn mentions(vocabulary: &Vocabulary, text: &str, atoms: &Atoms) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < atoms.tokens.len() {
        match vocabulary.sources.named_at(text, &atoms.tokens, at) {
            Some(named) if ends_ticker(text, &atoms.tokens, at) => at += named.len,
            Some(named) => {
                found.push(Mention {
                    atoms: at..at + named.len,
                    entry: named.entry,
                    weak: named.weak,
                });
                at += named.len;
            }
            None => at += 1,
        }
    }
    join_short_forms(vocabulary, atoms, &mut found);
    join_news_arms(vocabulary, &mut found);
    found
}

/// Whether the token at `at` ends a ticker: "SOGN.PA".
fn ends_ticker(text: &str, tokens: &[Token], at: usize) -> bool {
    let Some([stock, dot]) = at.checked_sub(2).and_then(|start| tokens.get(start..at)) else {
        return false;
    };
    let touching = stock.end == dot.start && dot.end == tokens[at].start;
    touching && dot.is_mark(text, '.') && stock.case == Case::AllCapitals
}

/// "NBC" in a story that names NBC News is the latter.
fn join_news_arms(vocabulary: &Vocabulary, found: &mut [Mention]) {
    const ARMS: [&str; 5] = [" News", " International", " Television", " TV", " Online"];
    let name = |entry: u32| vocabulary.sources.entry(entry).map_or("", |entry| entry.name);
    let mut entries: Vec<u32> = found.iter().map(|mention| mention.entry).collect();
    entries.sort_unstable();
    entries.dedup();
    for &longer in &entries {
        let Some(short) = ARMS.iter().find_map(|arm| name(longer).strip_suffix(arm)) else {
            continue;
        };
        if let Some(&shorter) = entries.iter().find(|&&entry| name(entry) == short) {
            found
                .iter_mut()
                .filter(|mention| mention.entry == shorter)
                .for_each(|mention| mention.entry = longer);
        }
    }
}

/// "The Times" after "New York Times" is the latter.
fn join_short_forms(vocabulary: &Vocabulary, atoms: &Atoms, found: &mut [Mention]) {
    let last_word = |mention: &Mention| atoms.tokens[mention.atoms.end - 1].folded;
    for at in 1..found.len() {
        if !found[at].weak {
            continue;
        }
        let word = last_word(&found[at]);
        let longer = found[..at].iter().rev().find(|earlier| {
            let name = vocabulary.sources.entry(earlier.entry).map_or("", |entry| entry.name);
            let words = tokenise(name);
            words.len() > 1 && words.last().is_some_and(|last| last.folded == word)
        });
        if let Some(entry) = longer.map(|earlier| earlier.entry) {
            found[at].entry = entry;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str, language: &str) -> Vec<&'static str> {
        let vocabulary = Vocabulary::builtin();
        let cut = Text::new(text);
        let atoms = Atoms::of(&vocabulary, &cut, language);
        let found = mentions(&vocabulary, text, &atoms);
        found
            .iter()
            .map(|mention| vocabulary.sources.entry(mention.entry).unwrap().id)
            .collect()
    }

    #[test]
    fn glued_names_are_cut_apart() {
        assert_eq!(names("seperti dilansirAFP, Rabu", "id"), ["afp"]);
        assert_eq!(names("dikutip dariCNBCRabu (18/6)", "id"), ["cnbc"]);
        assert_eq!(names("kepadaReutersmengatakan bahwa", "id"), ["reuters"]);
        assert_eq!(names("Dilansir dariE! NewsdanCNN, Rabu", "id"), ["e-news", "cnn"]);
        assert_eq!(
            names("dikutipAnadolusebagaimana dilansirAntara", "id"),
            ["anadolu", "antara"]
        );
        assert_eq!(names("kata dia kepadadetikcom, Senin", "id"), ["detikcom"]);
        assert_eq!(names("LaporanFirst Postyang dikutip", "id"), ["firstpost"]);
        assert_eq!(names("saat dikonfirmasidetikJatengSelasa", "id"), ["detikjateng"]);
        assert_eq!(names("dalam sedetik, perdetik", "id"), [""; 0]);
    }

    #[test]
    fn plain_words_stay_whole() {
        assert!(names("Perempuan itu dari Antartika, kataMenteri", "id").is_empty());
        assert!(names("The dilansirAFP word", "en").is_empty());
    }

    #[test]
    fn a_short_form_joins_the_longer_name() {
        assert_eq!(
            names("The New York Times reported it. The Times said so.", "en"),
            ["nyt", "nyt"]
        );
        assert_eq!(
            names("NBC News reported it. NBC said so.", "en"),
            ["nbc-news", "nbc-news"]
        );
    }
}
