//! Where a page ended: the place of its last hit in the order, and the search that it belongs to.
//!
//! The order is total (a value, then the story's key), so that a walk over the pages visits every story once, also where
//! values tie. The text is opaque: base64url without padding over fixed bytes.

use xxhash_rust::xxh3::xxh3_64;

use super::{SearchError, SearchRequest};

/// The place of a hit in the order of an answer: lower comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// The sort value, mapped so that lower comes first.
    pub rank: u64,
    /// The story's key, or for a quote its story's.
    pub key: u64,
    /// Which quote of its story; 0 for a story.
    pub at: u32,
}

impl Place {
    /// The rank of a score: higher scores first. Scores are not negative.
    pub(super) fn rank_of_score(score: f32) -> u64 {
        u64::from(u32::MAX - score.max(0.0).to_bits())
    }

    /// The score of a rank, not of one in the tail.
    pub(super) fn score_of_rank(rank: u64) -> f32 {
        f32::from_bits(u32::MAX - rank as u32)
    }

    /// A place by score behind all those that were put in order anew.
    pub(super) fn in_tail(self) -> Self {
        Self {
            rank: self.rank | Self::TAIL,
            ..self
        }
    }

    /// Whether it is such a place.
    pub(super) fn is_in_tail(&self) -> bool {
        self.rank & Self::TAIL != 0
    }

    /// Such a place by its score alone.
    pub(super) fn out_of_tail(self) -> Self {
        Self {
            rank: self.rank & !Self::TAIL,
            ..self
        }
    }

    /// Above every rank of a score.
    const TAIL: u64 = 1 << 32;

    /// The rank of a time: later first.
    pub(super) fn rank_of_newest(published: i64) -> u64 {
        u64::MAX - Self::rank_of_oldest(published)
    }

    /// The rank of a time: earlier first.
    pub(super) fn rank_of_oldest(published: i64) -> u64 {
        (published as u64) ^ (1 << 63)
    }
}

const VERSION: u8 = 1;
const BYTES: usize = 1 + 8 + 8 + 4 + 8;

/// The text of a cursor that stands after `place` in the search with that fingerprint.
pub(super) fn write(place: Place, fingerprint: u64) -> String {
    let mut bytes = Vec::with_capacity(BYTES);
    bytes.push(VERSION);
    bytes.extend(place.rank.to_be_bytes());
    bytes.extend(place.key.to_be_bytes());
    bytes.extend(place.at.to_be_bytes());
    bytes.extend((fingerprint ^ checksum(place)).to_be_bytes());
    encode(&bytes)
}

/// Reads a cursor.
///
/// # Errors
/// [`SearchError::BadCursor`] when it is no cursor, [`SearchError::ForeignCursor`] when it is one of another search.
pub(super) fn read(text: &str, fingerprint: u64) -> Result<Place, SearchError> {
    let bytes = decode(text).ok_or(SearchError::BadCursor)?;
    let mut rest = bytes.as_slice();
    if rest.len() != BYTES || take::<1>(&mut rest) != Some([VERSION]) {
        return Err(SearchError::BadCursor);
    }
    let read = (|| {
        let place = Place {
            rank: u64::from_be_bytes(take(&mut rest)?),
            key: u64::from_be_bytes(take(&mut rest)?),
            at: u32::from_be_bytes(take(&mut rest)?),
        };
        Some((place, u64::from_be_bytes(take(&mut rest)?)))
    })();
    let (place, seal) = read.ok_or(SearchError::BadCursor)?;
    if seal ^ checksum(place) != fingerprint {
        return Err(SearchError::ForeignCursor);
    }
    Ok(place)
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (head, tail) = rest.split_first_chunk::<N>()?;
    *rest = tail;
    Some(*head)
}

fn checksum(place: Place) -> u64 {
    xxh3_64(format!("{}/{}/{}", place.rank, place.key, place.at).as_bytes())
}

/// What makes two searches the same walk: query, filters and order, not the page's length or what is counted beside it.
pub(super) fn fingerprint(request: &SearchRequest, what: &str) -> u64 {
    let mut filters: Vec<String> = request.filters.iter().map(|filter| format!("{filter:?}")).collect();
    filters.sort();
    let parts = format!(
        "{what}\u{1}{}\u{1}{filters:?}\u{1}{:?}\u{1}{:?}\u{1}{:?}\u{1}{:?}\u{1}{}\u{1}{}",
        request.q, request.missing, request.from, request.to, request.sort, request.all_versions, request.recency
    );
    xxh3_64(parts.as_bytes())
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Base64url without padding (RFC 4648, section 5).
fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let mut group = 0_u32;
        for at in 0..3 {
            group = group << 8 | u32::from(chunk.get(at).copied().unwrap_or(0));
        }
        for at in 0..=chunk.len() {
            let six = (group >> (18 - 6 * at)) & 63;
            text.push(char::from(ALPHABET[six as usize]));
        }
    }
    text
}

fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    let (mut group, mut bits) = (0_u32, 0_u32);
    for letter in text.bytes() {
        let six = ALPHABET.iter().position(|&known| known == letter)? as u32;
        group = group << 6 | six;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((group >> bits) as u8);
            group &= (1 << bits) - 1;
        }
    }
    (group == 0 && bits < 6).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(rank: u64, key: u64) -> Place {
        Place { rank, key, at: 3 }
    }

    #[test]
    fn a_cursor_is_read_back_and_only_by_its_own_search() {
        let mine = fingerprint(&SearchRequest::new("harga"), "stories");
        let other = fingerprint(&SearchRequest::new("harga beras"), "stories");
        let text = write(place(u64::MAX - 5, 7), mine);
        assert_eq!(read(&text, mine).unwrap(), place(u64::MAX - 5, 7));
        assert!(matches!(read(&text, other), Err(SearchError::ForeignCursor)));
        assert!(matches!(read("", mine), Err(SearchError::BadCursor)));
        assert!(matches!(read("né", mine), Err(SearchError::BadCursor)));
        assert!(matches!(read(&text[1..], mine), Err(SearchError::BadCursor)));
    }

    #[test]
    fn ranks_sort_as_their_values_do() {
        assert!(Place::rank_of_score(2.5) < Place::rank_of_score(2.25));
        assert!(Place::rank_of_score(0.0) > Place::rank_of_score(f32::MIN_POSITIVE));
        assert!(Place::rank_of_newest(5) < Place::rank_of_newest(-5));
        assert!(Place::rank_of_newest(i64::MIN) == u64::MAX);
        assert!(Place::rank_of_oldest(i64::MIN) == 0);
        assert!(Place::rank_of_oldest(-1) < Place::rank_of_oldest(1));
    }

    #[test]
    fn the_page_length_does_not_change_the_walk() {
        let mut request = SearchRequest::new("beras");
        let before = fingerprint(&request, "stories");
        request.limit = 3;
        request.facet_limit = 1;
        assert_eq!(before, fingerprint(&request, "stories"));
        assert_ne!(before, fingerprint(&request, "quotes"));
        request.recency = false;
        assert_ne!(before, fingerprint(&request, "stories"));
    }
}
