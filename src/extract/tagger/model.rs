//! A trained model: for each pass its weights as small integers; and the file they are kept in.
//!
//! The file: eight bytes `DATELTAG`, the version of the format (u16), the version of the features (u16), the XXH3 of the rest
//! (u64), the language (eight bytes, filled up with zeros), all little-endian; then zstd: for each of the two passes its unit (f32), its transitions (64 × i16) and its weights
//! (2^18 × 8 × i8). In memory the weights of both passes stand side by side, since most features are the same in both.

use thiserror::Error;
use xxhash_rust::xxh3::xxh3_64;

use super::features::BITS;
use super::tag::{LANES, Scores, Transitions};

/// What a model's file starts with.
const MAGIC: &[u8; 8] = b"DATELTAG";
/// The version of the file's format.
const FORMAT: u16 = 1;
/// The version of the features: raised whenever a feature, a trait or the tokenisation changes, since weights are bound to them.
const FEATURES: u16 = 1;
/// The bytes before the language.
const HEAD: usize = 20;
/// The bytes of the language.
const LANGUAGE: usize = 8;
/// The bytes of one pass, unpacked.
const PASS: usize = 4 + LANES * LANES * 2 + (LANES << BITS);

/// Why a model could not be read.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum ModelError {
    /// Another kind of file.
    #[error("not a model of the name tagger")]
    NotAModel,
    /// Made by another version.
    #[error(
        "the model has format {format} and features {features}; this program reads format {FORMAT} and features {FEATURES}: train it again with `dateline train`"
    )]
    Version {
        /// The format's version.
        format: u16,
        /// The features' version.
        features: u16,
    },
    /// Cut short or changed.
    #[error("the model is damaged: its checksum does not agree")]
    Damaged,
}

/// Buckets of features.
const BUCKETS: usize = 1 << BITS;

/// The weights of one pass.
#[derive(Debug, Clone)]
pub(super) struct Weights {
    /// A bucket's score for each tag.
    table: Vec<[i8; LANES]>,
    transitions: [[i16; LANES]; LANES],
    /// How far the scores of person and anything else are usually apart in training text.
    unit: f32,
}

impl Weights {
    /// Rounds trained weights to small integers. The scale is set so that the largest one in `CLIPPED` is clipped.
    pub(super) fn rounded(table: &[Scores], transitions: &Transitions) -> Self {
        /// One weight in so many may be clipped.
        const CLIPPED: usize = 20_000;
        let mut sizes: Vec<f32> = table
            .iter()
            .flatten()
            .map(|weight| weight.abs())
            .filter(|size| *size > 0.0)
            .collect();
        sizes.sort_by(|a, b| b.total_cmp(a));
        let largest = sizes.get(sizes.len() / CLIPPED).copied().unwrap_or(1.0);
        let scale = largest / f32::from(i8::MAX);
        let small = |weight: f32| (weight / scale).round().clamp(-127.0, 127.0) as i8;
        Self {
            table: table.iter().map(|scores| scores.map(small)).collect(),
            transitions: transitions.map(|row| row.map(|weight| (weight / scale).round().clamp(-32e3, 32e3) as i16)),
            unit: 1.0,
        }
    }

    /// The sum of the buckets' scores.
    pub(super) fn scores(&self, ids: &[u32]) -> Scores {
        let mut sums = [0_i16; LANES];
        for &id in ids {
            add(&mut sums, &self.table[id as usize & (BUCKETS - 1)]);
        }
        sums.map(f32::from)
    }

    /// The transitions, in the steps of [`Weights::scores`].
    pub(super) fn transitions(&self) -> Transitions {
        self.transitions.map(|row| row.map(f32::from))
    }

    /// Sets the unit.
    pub(super) fn set_unit(&mut self, unit: f32) {
        self.unit = unit.max(1.0);
    }

    fn write(&self, out: &mut Vec<u8>) {
        out.extend(self.unit.to_le_bytes());
        out.extend(
            self.transitions
                .iter()
                .flatten()
                .flat_map(|weight| weight.to_le_bytes()),
        );
        out.extend(self.table.iter().flatten().map(|weight| weight.cast_unsigned()));
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let (unit, rest) = bytes.split_first_chunk::<4>()?;
        let (rows, rest) = rest.split_at_checked(LANES * LANES * 2)?;
        let mut transitions = [[0; LANES]; LANES];
        for (place, pair) in transitions.iter_mut().flatten().zip(rows.chunks_exact(2)) {
            *place = i16::from_le_bytes([pair[0], pair[1]]);
        }
        let table: Vec<[i8; LANES]> = rest
            .chunks_exact(LANES)
            .map(|chunk| std::array::from_fn(|lane| chunk[lane].cast_signed()))
            .collect();
        (table.len() == BUCKETS).then_some(Self {
            table,
            transitions,
            unit: f32::from_le_bytes(*unit),
        })
    }
}

/// The scores of the two passes, side by side.
pub(super) type Sums = [i16; 2 * LANES];

fn add<const N: usize>(sums: &mut [i16; N], weights: &[i8; N]) {
    for (sum, weight) in sums.iter_mut().zip(weights) {
        *sum += i16::from(*weight);
    }
}

/// The weights of both passes, for one language or group of them.
#[derive(Clone)]
pub struct Model {
    /// BCP 47, of at most eight letters.
    pub(super) language: String,
    table: Vec<[i8; 2 * LANES]>,
    /// Of each pass.
    pub(super) transitions: [Transitions; 2],
    /// Of each pass; see [`Weights`].
    pub(super) units: [f32; 2],
}

impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Model")
            .field("language", &self.language)
            .field("units", &self.units)
            .finish_non_exhaustive()
    }
}

impl Model {
    /// A model of two passes.
    pub(super) fn of(language: &str, first: &Weights, second: &Weights) -> Self {
        let both = first.table.iter().zip(&second.table);
        Self {
            language: language.chars().take(LANGUAGE).collect(),
            table: both
                .map(|(a, b)| std::array::from_fn(|lane| if lane < LANES { a[lane] } else { b[lane - LANES] }))
                .collect(),
            transitions: [first.transitions(), second.transitions()],
            units: [first.unit, second.unit],
        }
    }

    /// Adds the scores of buckets for both passes.
    pub(super) fn add(&self, ids: &[u32], sums: &mut Sums) {
        for &id in ids {
            add(sums, &self.table[id as usize & (BUCKETS - 1)]);
        }
    }

    /// One pass alone.
    fn pass(&self, pass: usize) -> Weights {
        Weights {
            table: self
                .table
                .iter()
                .map(|both| std::array::from_fn(|lane| both[pass * LANES + lane]))
                .collect(),
            transitions: self.transitions[pass].map(|row| row.map(|weight| weight as i16)),
            unit: self.units[pass],
        }
    }

    /// The model as the bytes of its file.
    ///
    /// # Errors
    /// When it cannot be packed.
    pub fn to_bytes(&self) -> std::io::Result<Vec<u8>> {
        /// Packing is done once, reading often: as small as it gets.
        const LEVEL: i32 = 19;
        let mut plain = Vec::with_capacity(2 * PASS);
        self.pass(0).write(&mut plain);
        self.pass(1).write(&mut plain);
        let mut rest = self.language.clone().into_bytes();
        rest.resize(LANGUAGE, 0);
        rest.extend(zstd::encode_all(plain.as_slice(), LEVEL)?);
        let mut out = Vec::with_capacity(HEAD + rest.len());
        out.extend(MAGIC);
        out.extend(FORMAT.to_le_bytes());
        out.extend(FEATURES.to_le_bytes());
        out.extend(xxh3_64(&rest).to_le_bytes());
        out.extend(rest);
        Ok(out)
    }

    /// The model of a file.
    ///
    /// # Errors
    /// When it is none, of another version, or damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        let (head, rest) = bytes.split_at_checked(HEAD).ok_or(ModelError::NotAModel)?;
        if !head.starts_with(MAGIC) {
            return Err(ModelError::NotAModel);
        }
        let number = |at: usize| u16::from_le_bytes([head[at], head[at + 1]]);
        let (format, features) = (number(8), number(10));
        if (format, features) != (FORMAT, FEATURES) {
            return Err(ModelError::Version { format, features });
        }
        if xxh3_64(rest).to_le_bytes() != head[12..] {
            return Err(ModelError::Damaged);
        }
        let (language, packed) = rest.split_at_checked(LANGUAGE).ok_or(ModelError::Damaged)?;
        let language = String::from_utf8_lossy(language);
        let plain = zstd::bulk::decompress(packed, 2 * PASS).map_err(|_| ModelError::Damaged)?;
        let (first, second) = plain.split_at_checked(PASS).ok_or(ModelError::Damaged)?;
        let (first, second) = (Weights::read(first), Weights::read(second));
        first
            .zip(second)
            .map(|(first, second)| Self::of(language.trim_end_matches('\0'), &first, &second))
            .ok_or(ModelError::Damaged)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn model() -> Model {
        let mut table = vec![[0.0; LANES]; BUCKETS];
        table[7][1] = 2.5;
        table[9][0] = -1.25;
        let weights = Weights::rounded(&table, &[[0.5; LANES]; LANES]);
        Model::of("en", &weights, &weights)
    }

    #[test]
    fn a_file_gives_the_model_that_was_written() {
        let bytes = model().to_bytes().unwrap();
        let read = Model::from_bytes(&bytes).unwrap();
        let (mut wanted, mut sums) = ([0; 2 * LANES], [0; 2 * LANES]);
        model().add(&[7, 9, 7], &mut wanted);
        read.add(&[7, 9, 7], &mut sums);
        assert_eq!(sums, wanted);
        assert_eq!(read.language, "en");
        assert_eq!(read.transitions, model().transitions);
        assert!(bytes.len() < 10_000, "{} bytes for four weights", bytes.len());
    }

    #[test]
    fn what_is_no_model_is_told() {
        let bytes = model().to_bytes().unwrap();
        assert_eq!(Model::from_bytes(b"PK").unwrap_err(), ModelError::NotAModel);
        assert_eq!(Model::from_bytes(&[b'x'; 64]).unwrap_err(), ModelError::NotAModel);
        let mut other = bytes.clone();
        other[8] = 77;
        assert!(matches!(
            Model::from_bytes(&other).unwrap_err(),
            ModelError::Version { format: 77, .. }
        ));
        for at in 12..bytes.len() {
            let mut other = bytes.clone();
            other[at] ^= 1;
            assert_eq!(Model::from_bytes(&other).unwrap_err(), ModelError::Damaged, "byte {at}");
        }
    }
}
