//! A trained model: for each pass its weights as small integers; and the file they are kept in.
//!
//! The file: eight bytes `DATELTAG`, the version of the format (u16), the version of the features (u16), the XXH3 of the rest
//! (u64), all little-endian; then zstd: for each of the two passes its unit (f32), its transitions (64 × i16) and its weights
//! (2^18 × 8 × i8).

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
/// The bytes before the packed part.
const HEAD: usize = 20;
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
            let weights = &self.table[id as usize & ((1 << BITS) - 1)];
            for (sum, weight) in sums.iter_mut().zip(weights) {
                *sum += i16::from(*weight);
            }
        }
        sums.map(f32::from)
    }

    /// The transitions, in the steps of [`Weights::scores`].
    pub(super) fn transitions(&self) -> Transitions {
        self.transitions.map(|row| row.map(f32::from))
    }

    /// A difference of scores in units of what is usual.
    pub(super) fn units(&self, difference: f32) -> f32 {
        difference / self.unit
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
        (table.len() == 1 << BITS).then_some(Self {
            table,
            transitions,
            unit: f32::from_le_bytes(*unit),
        })
    }
}

/// The weights of both passes.
#[derive(Debug, Clone)]
pub struct Model {
    pub(super) first: Weights,
    pub(super) second: Weights,
}

impl Model {
    /// The model as the bytes of its file.
    ///
    /// # Errors
    /// When it cannot be packed.
    pub fn to_bytes(&self) -> std::io::Result<Vec<u8>> {
        /// Packing is done once, reading often: as small as it gets.
        const LEVEL: i32 = 19;
        let mut plain = Vec::with_capacity(2 * PASS);
        self.first.write(&mut plain);
        self.second.write(&mut plain);
        let packed = zstd::encode_all(plain.as_slice(), LEVEL)?;
        let mut out = Vec::with_capacity(HEAD + packed.len());
        out.extend(MAGIC);
        out.extend(FORMAT.to_le_bytes());
        out.extend(FEATURES.to_le_bytes());
        out.extend(xxh3_64(&packed).to_le_bytes());
        out.extend(packed);
        Ok(out)
    }

    /// The model of a file.
    ///
    /// # Errors
    /// When it is none, of another version, or damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        let (head, packed) = bytes.split_at_checked(HEAD).ok_or(ModelError::NotAModel)?;
        if !head.starts_with(MAGIC) {
            return Err(ModelError::NotAModel);
        }
        let (format, features) = (
            u16::from_le_bytes([head[8], head[9]]),
            u16::from_le_bytes([head[10], head[11]]),
        );
        if (format, features) != (FORMAT, FEATURES) {
            return Err(ModelError::Version { format, features });
        }
        if xxh3_64(packed).to_le_bytes() != head[12..] {
            return Err(ModelError::Damaged);
        }
        let plain = zstd::bulk::decompress(packed, 2 * PASS).map_err(|_| ModelError::Damaged)?;
        let (first, second) = plain.split_at_checked(PASS).ok_or(ModelError::Damaged)?;
        let (first, second) = (Weights::read(first), Weights::read(second));
        first
            .zip(second)
            .map(|(first, second)| Self { first, second })
            .ok_or(ModelError::Damaged)
    }
}
