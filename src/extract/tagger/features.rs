//! The features of a token: hashes of what it looks like, of its neighbours, of its run, and of what the story has elsewhere.

use super::memory::Memory;
use super::view::{Flags, Run, Sight, View};

/// Buckets that features are hashed into, as a power of two. 2^20 gave no accuracy and left the cache.
pub(super) const BITS: u32 = 18;

/// The features of one token.
#[derive(Debug, Clone)]
pub(super) struct Features {
    ids: [u32; Self::MOST],
    len: usize,
}

impl Features {
    /// More than any token has.
    const MOST: usize = 64;

    pub(super) const fn new() -> Self {
        Self {
            ids: [0; Self::MOST],
            len: 0,
        }
    }

    /// The buckets.
    pub(super) fn ids(&self) -> &[u32] {
        &self.ids[..self.len]
    }

    fn one(&mut self, template: u64, value: u64) {
        if let Some(place) = self.ids.get_mut(self.len) {
            *place = bucket(template, value);
            self.len += 1;
        }
    }

    fn two(&mut self, template: u64, a: u64, b: u64) {
        self.one(template, mix(a, b));
    }

    fn three(&mut self, template: u64, a: u64, b: u64, c: u64) {
        self.one(template, mix(mix(a, b), c));
    }
}

/// One hash of two, which differs when they change places.
const fn mix(a: u64, b: u64) -> u64 {
    (a.rotate_left(23) ^ b).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

const fn bucket(template: u64, value: u64) -> u32 {
    let hash = (value ^ template.wrapping_mul(0xD6E8_FEB8_6659_FD93)).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    ((hash ^ (hash >> 29)).wrapping_mul(0xC4CE_B9FE_1A85_EC53) >> (64 - BITS)) as u32
}

/// Writes the features of token `at` of a run that both passes see.
pub(super) fn features(view: &View<'_>, run: &Run, at: usize, out: &mut Features) {
    out.len = 0;
    let sight = |at: Option<usize>| at.and_then(|at| view.sights.get(at)).copied().unwrap_or_default();
    let (this, before, before2) = (view.sights[at], sight(at.checked_sub(1)), sight(at.checked_sub(2)));
    let (next, next2) = (sight(Some(at + 1)), sight(Some(at + 2)));
    spelling(view, at, this, out);
    neighbours([before2, before, this, next, next2], out);
    lists([before, this, next], out);
    surroundings(view, run, at, this, out);
}

/// Writes the features of token `at` that only the second pass sees: what is remembered of its word and its neighbours.
pub(super) fn remembered(view: &View<'_>, at: usize, memory: &Memory, out: &mut Features) {
    out.len = 0;
    let this = view.sights[at];
    let of = |at: Option<usize>| at.map_or(0, |at| memory.of(view, at));
    let (before, own, next) = (of(at.checked_sub(1)), of(Some(at)), of(Some(at + 1)));
    out.one(80, own);
    out.two(81, own, this.shape);
    out.two(82, own, u64::from(this.flags.0));
    out.two(83, before, own);
    out.two(84, own, next);
    out.three(85, before, own, next);
    out.two(86, own, u64::from(view.opens_sentence(at)));
}

fn spelling(view: &View<'_>, at: usize, this: Sight, out: &mut Features) {
    out.two(1, this.folded, this.shape);
    out.one(2, this.folded);
    out.one(3, this.shape);
    let word = view.tokens[at].of(view.text).as_bytes();
    for length in 2..=3 {
        if word.len() > length {
            out.one(10 + length as u64, number(&word[..length]));
            out.one(20 + length as u64, number(&word[word.len() - length..]));
        }
    }
}

/// Up to eight bytes as a number, letters in lower case.
fn number(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(1, |sum, byte| sum << 8 | u64::from(byte.to_ascii_lowercase()))
}

fn neighbours([before2, before, this, next, next2]: [Sight; 5], out: &mut Features) {
    out.one(30, before.folded);
    out.one(31, before2.folded);
    out.one(32, next.folded);
    out.one(33, next2.folded);
    out.two(38, before.folded, this.folded);
    out.two(39, this.folded, next.folded);
    out.two(40, before2.folded, before.folded);
    out.two(41, next.folded, next2.folded);
    out.three(42, before.shape, this.shape, next.shape);
    out.two(43, before.folded, this.shape);
    out.two(44, this.shape, next.folded);
    out.three(45, before2.folded, before.shape, this.shape);
    out.three(46, this.shape, next.shape, next2.folded);
}

fn lists([before, this, next]: [Sight; 3], out: &mut Features) {
    let (l, t, n) = (before.flags, this.flags, next.flags);
    let bits = |flags: Flags| u64::from(flags.0);
    out.one(50, bits(t));
    out.two(51, bits(l), bits(t));
    out.two(52, bits(t), bits(n));
    out.three(53, bits(l), bits(t), bits(n));
    out.two(54, before.folded, bits(t));
    out.two(55, bits(t), next.folded);
    out.two(56, bits(t), this.shape);
    for bit in 0..Flags::COUNT {
        if t.0 >> bit & 1 == 1 {
            out.two(57, bit as u64, 0);
        }
    }
}

/// Where the token stands: in its run, in its sentence, and what stands around the run.
fn surroundings(view: &View<'_>, run: &Run, at: usize, this: Sight, out: &mut Features) {
    let opens = u64::from(view.opens_sentence(at));
    out.two(60, opens, this.shape);
    out.two(62, opens, this.folded);
    let outside = |at: Option<usize>| at.and_then(|at| view.sights.get(at)).copied().unwrap_or_default();
    let (left, right) = (outside(run.start.checked_sub(1)), outside(Some(run.end)));
    let first = (at - run.start).min(3) as u64;
    let last = (run.end - 1 - at).min(3) as u64;
    out.two(63, first, last);
    out.two(64, left.folded, last);
    out.two(65, right.folded, first);
    out.three(66, u64::from(left.flags.0), last, u64::from(this.flags.0));
    out.three(67, u64::from(right.flags.0), first, u64::from(this.flags.0));
    out.three(68, first, last, this.shape);
}
