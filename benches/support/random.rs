//! Random numbers that are the same on every machine and in every year: xorshift64*, and Zipf's law on it.

/// A generator of numbers (Marsaglia's xorshift with Vigna's multiplier). Not for secrets.
pub(crate) struct Random(u64);

impl Random {
    /// A generator whose numbers depend on both: a stream of its own for each story.
    pub(crate) fn new(seed: u64, stream: u64) -> Self {
        // One round of splitmix64, since xorshift starts slowly from small states and never from 0.
        let mut state = seed.wrapping_add(stream.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        state = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        state = (state ^ (state >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        Self((state ^ (state >> 31)).max(1))
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// From 0 up to, not including, `bound`; 0 for a bound of 0.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.next()) * bound as u128) >> 64) as usize
    }

    /// From `least` to `most`, both included.
    pub(crate) fn between(&mut self, least: usize, most: usize) -> usize {
        least + self.below(most - least + 1)
    }

    /// From 0 up to 1.
    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Ranks that follow Zipf's law: the n-th is drawn in proportion to 1/n.
pub(crate) struct Zipf(Vec<f64>);

impl Zipf {
    /// Ranks from 0 up to, not including, `count`.
    pub(crate) fn new(count: usize) -> Self {
        let mut sum = 0.0;
        let running = (1..=count).map(|rank| {
            sum += 1.0 / rank as f64;
            sum
        });
        Self(running.collect())
    }

    /// How many ranks.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// A rank.
    pub(crate) fn draw(&self, random: &mut Random) -> usize {
        let at = random.unit() * self.0.last().copied().unwrap_or(0.0);
        self.0
            .partition_point(|sum| *sum <= at)
            .min(self.len().saturating_sub(1))
    }

    /// So many ranks, each once.
    pub(crate) fn draw_distinct(&self, count: usize, random: &mut Random) -> Vec<usize> {
        let mut ranks = Vec::with_capacity(count);
        // A popular rank comes again and again: after enough tries the story has fewer.
        for _ in 0..count * 4 {
            let rank = self.draw(random);
            if ranks.len() < count && !ranks.contains(&rank) {
                ranks.push(rank);
            }
        }
        ranks
    }
}
