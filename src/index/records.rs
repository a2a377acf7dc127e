//! The facet values of a segment's rows in memory: one record for each row, so that the facets of a row lie side by side and
//! counting several of them costs the misses of one.
//!
//! A record is its **head**, then the ids of facet after facet. The head tells for each facet where its ids begin, in bytes from
//! the start of the record, and at its end where the last ones end; a byte each. The first of them is never 0, so that a 0 marks a
//! long record, whose head is repeated behind it in numbers of four bytes. An id takes as few bytes as the greatest of its facet.

mod packed;
mod starts;

use packed::Packed;
use starts::{Starts, near};

use super::Ordinals;
use crate::story::Facet;

/// Rows that are counted together: few enough that their records stay in the nearest caches from one facet to the next.
pub const CHUNK: usize = 256;

/// Bytes that are copied of every row's ids at once, wanted or not: a loop without a branch that could be guessed wrong.
const STEP: usize = 32;

/// The same where ids take few bytes, so that what lies behind them is not read for nothing.
const SHORT_STEP: usize = 16;

/// Bytes of a line of the caches: most records reach into the next one.
const LINE: usize = 64;

/// Rows from which they are packed in two threads.
const TWO_THREADS: u32 = 50_000;

/// Records of no row.
static EMPTY: [u8; 2 * STEP] = [0; 2 * STEP];

/// The facet values of all rows.
#[derive(Debug)]
pub struct Records {
    starts: Starts,
    /// The records, and [`STEP`] bytes behind the last.
    bytes: Vec<u8>,
    /// Where each facet stands in a head, and what its ids are; `None` where it is not held here.
    held: [Option<Held>; Facet::ALL.len()],
    /// How many facets are held.
    count: usize,
}

/// A facet that records hold.
#[derive(Debug, Clone, Copy)]
struct Held {
    /// Its place in a head.
    place: usize,
    /// Bytes of an id, 1 to 4.
    width: usize,
    /// How many ids there are in all.
    len: usize,
    /// Whether a row's ids take so few bytes that [`SHORT_STEP`] holds nearly all.
    is_few: bool,
}

impl Default for Records {
    fn default() -> Self {
        Self {
            starts: Starts::Far(Vec::new()),
            bytes: EMPTY.to_vec(),
            held: Default::default(),
            count: 0,
        }
    }
}

/// Bytes of an id where this is the greatest.
fn width_of(greatest: u32) -> usize {
    match greatest {
        0..=0xFF => 1,
        0x100..=0xFFFF => 2,
        0x1_0000..=0xFF_FFFF => 3,
        _ => 4,
    }
}

impl Records {
    /// About how many bytes the ids of a facet take.
    pub(super) fn room_of(ordinals: &Ordinals, rows: u32) -> usize {
        rows as usize + ordinals.len() * width_of(ordinals.greatest())
    }

    /// Packs the values of the facets that are to be held here.
    pub(super) fn new(rows: u32, facets: &[Option<Ordinals>; Facet::ALL.len()]) -> Self {
        let mut held = [None; Facet::ALL.len()];
        let mut columns: Vec<(&Ordinals, usize)> = Vec::new();
        for (held, ordinals) in held.iter_mut().zip(facets) {
            if let Some(ordinals) = ordinals {
                let width = width_of(ordinals.greatest());
                *held = Some(Held {
                    place: columns.len(),
                    width,
                    len: ordinals.len(),
                    is_few: ordinals.len() * width <= rows as usize * SHORT_STEP / 2,
                });
                columns.push((ordinals, width));
            }
        }
        let middle = if rows < TWO_THREADS { rows } else { rows / 2 };
        let (first, second) = rayon::join(
            || Packed::of(&columns, 0..middle),
            || Packed::of(&columns, middle..rows),
        );
        let Packed { mut bytes, mut starts } = first;
        let shift = bytes.len() as u32;
        bytes.reserve_exact(second.bytes.len() + STEP);
        bytes.extend_from_slice(&second.bytes);
        starts.extend(second.starts.iter().map(|start| shift + start));
        bytes.resize(bytes.len() + STEP, 0);
        bytes.shrink_to_fit();
        Self {
            starts: Starts::packed(starts),
            bytes,
            held,
            count: columns.len(),
        }
    }

    /// Whether the facet is held here.
    #[must_use]
    pub fn holds(&self, facet: Facet) -> bool {
        self.held[facet as usize].is_some()
    }

    /// How many ids of a facet there are in all.
    #[must_use]
    pub fn len(&self, facet: Facet) -> usize {
        self.held[facet as usize].map_or(0, |held| held.len)
    }

    /// The ids of a row.
    pub fn ids(&self, row: u32, facet: Facet) -> impl Iterator<Item = u32> + '_ {
        let held = self.held[facet as usize];
        let ids = held.map_or(&[][..], |held| self.ids_at(self.starts.of(row) as usize, held.place));
        let width = held.map_or(1, |held| held.width);
        ids.chunks_exact(width).map(id_of)
    }

    /// The ids of a facet in the record at a start, packed.
    fn ids_at(&self, start: usize, place: usize) -> &[u8] {
        let (first, end) = match self.bytes[start] {
            0 => {
                let at = |place: usize| {
                    let at = start + self.count + 1 + 4 * place;
                    let bytes = self.bytes.get(at..at + 4).and_then(|bytes| bytes.try_into().ok());
                    bytes.map_or(0, u32::from_le_bytes) as usize
                };
                (at(place), at(place + 1))
            }
            _ => (
                usize::from(self.bytes[start + place]),
                usize::from(self.bytes[start + place + 1]),
            ),
        };
        self.bytes.get(start + first..start + end).unwrap_or_default()
    }

    /// These rows, at most [`CHUNK`], made ready to be counted: their records are on their way into the cache, all at once, since no
    /// step here waits for one of them.
    pub fn chunk<'r>(&'r self, rows: &[u32], starts: &'r mut [u32; CHUNK]) -> Chunk<'r> {
        match &self.starts {
            Starts::Near { blocks, behind } => {
                for (start, row) in starts.iter_mut().zip(rows) {
                    *start = near(blocks, behind, *row);
                }
            }
            Starts::Far(all) => {
                for (start, row) in starts.iter_mut().zip(rows) {
                    *start = all[*row as usize];
                }
            }
        }
        let starts = &starts[..rows.len().min(CHUNK)];
        let (mut is_short, mut touched) = (true, 0);
        for start in starts {
            let start = *start as usize;
            is_short &= self.bytes[start] != 0;
            touched ^= self.bytes.get(start + LINE).copied().unwrap_or_default();
        }
        std::hint::black_box(touched);
        Chunk {
            records: self,
            starts,
            is_short,
        }
    }

    /// Bytes in memory.
    pub(super) fn bytes(&self) -> usize {
        self.starts.bytes() + self.bytes.len()
    }
}

/// The id in so many bytes.
#[inline]
fn id_of(bytes: &[u8]) -> u32 {
    bytes.iter().rev().fold(0, |id, byte| id << 8 | u32::from(*byte))
}

/// Rows whose values are counted together.
#[derive(Debug, Clone, Copy)]
pub struct Chunk<'r> {
    records: &'r Records,
    starts: &'r [u32],
    /// Whether all heads are short.
    is_short: bool,
}

impl Chunk<'_> {
    /// Calls `each` with every id of a facet, row after row. Returns how many of the rows have none.
    #[inline]
    pub fn walk(&self, facet: Facet, each: impl FnMut(u32)) -> u64 {
        let Some(held) = self.records.held[facet as usize] else {
            return self.starts.len() as u64;
        };
        match (held.width, held.is_few) {
            (1, true) => self.walk_in::<1, SHORT_STEP>(held.place, each),
            (1, false) => self.walk_in::<1, STEP>(held.place, each),
            (2, true) => self.walk_in::<2, SHORT_STEP>(held.place, each),
            (2, false) => self.walk_in::<2, STEP>(held.place, each),
            (3, true) => self.walk_in::<3, SHORT_STEP>(held.place, each),
            (3, false) => self.walk_in::<3, STEP>(held.place, each),
            (_, true) => self.walk_in::<4, SHORT_STEP>(held.place, each),
            (_, false) => self.walk_in::<4, STEP>(held.place, each),
        }
    }

    /// First the ids are laid one behind the other, without a branch that depends on how many a row has, then counted: a loop over
    /// each row's own would be guessed wrong at its end nearly every time.
    #[inline]
    fn walk_in<const WIDTH: usize, const COPIED: usize>(&self, place: usize, mut each: impl FnMut(u32)) -> u64 {
        let mut laid = [0_u8; STEP * CHUNK + STEP];
        let (mut len, mut none) = (0, 0);
        let bytes = self.records.bytes.as_slice();
        for start in self.starts {
            let start = *start as usize;
            let (first, end) = (usize::from(bytes[start + place]), usize::from(bytes[start + place + 1]));
            let size = end.wrapping_sub(first);
            if size > COPIED || !self.is_short {
                let ids = self.records.ids_at(start, place);
                none += u64::from(ids.is_empty());
                ids.chunks_exact(WIDTH).for_each(|bytes| each(id_of(bytes)));
                continue;
            }
            none += u64::from(size == 0);
            if let (Some(to), Some(from)) = (
                laid[len..].first_chunk_mut::<COPIED>(),
                bytes[start + first..].first_chunk::<COPIED>(),
            ) {
                *to = *from;
            }
            len += size;
        }
        let mut at = 0;
        while at < len {
            // Four bytes are read at once, and those cut off that are of the next id.
            let id = laid[at..].first_chunk().map_or(0, |bytes| u32::from_le_bytes(*bytes));
            each(id & (u32::MAX >> (32 - 8 * WIDTH)));
            at += WIDTH;
        }
        none
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Records of one facet with these values, beside another that has one value a row.
    fn records(all: &[Vec<u32>]) -> Records {
        let rows = all.len() as u32;
        let mut ordinals = Ordinals::for_rows(rows);
        for ids in all {
            ordinals.push(ids.iter().copied());
        }
        let mut facets: [Option<Ordinals>; Facet::ALL.len()] = Default::default();
        facets[Facet::Country as usize] = Some(Ordinals::of_pairs(rows, (0..rows).map(|row| (row, row % 7))));
        facets[Facet::Person as usize] = Some(ordinals);
        Records::new(rows, &facets)
    }

    fn check(all: &[Vec<u32>]) -> Records {
        let records = records(all);
        for (row, ids) in (0..).zip(all) {
            assert_eq!(&records.ids(row, Facet::Person).collect::<Vec<_>>(), ids);
            assert_eq!(records.ids(row, Facet::Country).collect::<Vec<_>>(), [row % 7]);
        }
        let rows: Vec<u32> = (0..all.len() as u32).collect();
        let (mut walked, mut none) = (Vec::new(), 0);
        for rows in rows.chunks(CHUNK) {
            let mut starts = [0; CHUNK];
            let chunk = records.chunk(rows, &mut starts);
            none += chunk.walk(Facet::Person, |id| walked.push(id));
            let mut countries = Vec::new();
            assert_eq!(chunk.walk(Facet::Country, |id| countries.push(id)), 0);
            assert_eq!(countries, rows.iter().map(|row| row % 7).collect::<Vec<_>>());
            assert_eq!(
                chunk.walk(Facet::Slug, |_| panic!("it has no slugs")),
                rows.len() as u64
            );
        }
        // Rows with many ids are told before the others of their chunk.
        let mut expected: Vec<u32> = all.concat();
        walked.sort_unstable();
        expected.sort_unstable();
        assert_eq!(walked, expected);
        assert_eq!(none as usize, all.iter().filter(|ids| ids.is_empty()).count());
        assert_eq!(records.len(Facet::Person), expected.len());
        records
    }

    #[test]
    fn every_width_gives_back_what_was_put_in() {
        let some = |most: u32| -> Vec<Vec<u32>> {
            let ids = |row: u32| (0..row % 14).map(move |at| (row * 3_001 + 97 * at) % most).chain([]);
            (0..1_000_u32)
                .map(|row| {
                    let mut ids: Vec<u32> = ids(row).collect();
                    ids.sort_unstable();
                    ids.dedup();
                    ids
                })
                .collect()
        };
        let sizes = [1 << 8, 1 << 16, 1 << 24, 1 << 30].map(|most| {
            let mut all = some(most);
            all.push(vec![most - 1]);
            check(&all).bytes()
        });
        assert!(sizes.is_sorted_by(|a, b| a < b), "{sizes:?}");
    }

    #[test]
    fn records_packed_in_two_threads_are_one_list() {
        let all: Vec<Vec<u32>> = (0..TWO_THREADS + 3).map(|row| (row % 4..row % 7).collect()).collect();
        check(&all);
    }

    #[test]
    fn long_records_stand_among_short_ones() {
        let mut all: Vec<Vec<u32>> = (0..300).map(|row| (0..row % 5).collect()).collect();
        all[7] = (0..400).collect();
        all[299] = (0..90).map(|at| at * 1_000).collect();
        assert!(matches!(check(&all).starts, Starts::Near { .. }));
        let wide: Vec<Vec<u32>> = (0..300).map(|row| (0..700).map(|at| row + at).collect()).collect();
        assert!(matches!(check(&wide).starts, Starts::Far(_)));
        check(&[]);
        check(&[vec![]]);
        assert_eq!(Records::default().len(Facet::Person), 0);
    }
}
