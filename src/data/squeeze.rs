//! How the digits are packed: every pixel as yes-or-no decisions, each given as many bits as it surprises a model that learns
//! on the way. A quarter less than what brotli makes of the pixels, and the packer (build.rs) and the engine share every line.
//!
//! A decision's chance is a mixture: several contexts (the class, the neighbours already known) each count how it went before,
//! `p_i`; the mixture is `squash(sum_i w_i stretch(p_i))` with `stretch = ln(p / (1 - p))`, `squash` its inverse, and the
//! weights follow the gradient of the code's length. Source: Mahoney 2005, Adaptive weighing of context models for lossless
//! data compression, Florida Tech. TR CS-2005-16. Bits become bytes by arithmetic coding (Witten, Neal, Cleary 1987).
//!
//! The model counts in whole numbers, so that packer and engine cannot differ by a bit.

/// A label, then 8 x 8 pixels of 0 to 16.
pub type Row = [u8; 65];

/// Side of an image.
const SIDE: usize = 8;
/// What a value is coded as: is it 0; is it 16; else four bits, the highest first, each knowing those before.
const DECISIONS: usize = 2 + 16;
/// Width of an image with its frame.
const WIDTH: usize = SIDE + 3;
/// Places in an image, classes, and steps of brightness that contexts tell apart.
const PLACES: usize = SIDE * SIDE;
const CLASSES: usize = 10;
const STEPS: usize = 6;
/// How fast weights follow: a shift.
const RATE: i32 = 16;
/// Contexts of each kind.
const CONTEXTS: [usize; 4] = [
    PLACES * STEPS * STEPS,
    PLACES * CLASSES * STEPS,
    PLACES * CLASSES * STEPS,
    STEPS.pow(5),
];

/// One end of the wire.
pub trait Coder {
    /// Passes on one bit that is 1 with a chance of `chance / 65536`. The writer is given the bit and returns it; the reader
    /// is given anything and returns the bit.
    fn bit(&mut self, chance: u32, bit: bool) -> bool;
}

/// Passes rows through `coder`: the writer's stay as they are, the reader's become what was written.
pub fn pass(rows: &mut [Row], coder: &mut impl Coder) {
    let mut model = Model::new();
    for row in rows {
        row[0] = model.value(coder, &numbered([0; 4]), row[0]);
        let class = row[0] as usize;
        // Brightness of the pixels known, in steps, within a frame of zeros: one above, two to the left, one to the right.
        let mut steps = [0; (SIDE + 1) * WIDTH];
        for place in 0..SIDE * SIDE {
            let at = (place / SIDE + 1) * WIDTH + place % SIDE + 2;
            let [far, west] = [steps[at - 2], steps[at - 1]];
            let above = at - WIDTH;
            let [north_west, north, north_east] = [steps[above - 1], steps[above], steps[above + 1]];
            let of_class = (place * CLASSES + class) * STEPS;
            let around = [north_west, north, north_east, west, far];
            let contexts = numbered([
                (place * STEPS + west) * STEPS + north,
                of_class + west,
                of_class + north,
                around.iter().fold(0, |index, step| index * STEPS + step),
            ]);
            let pixel = &mut row[1 + place];
            *pixel = model.value(coder, &contexts, *pixel);
            steps[at] = match *pixel {
                0 => 0,
                16 => STEPS - 1,
                v => 1 + v as usize / 4,
            };
        }
    }
}

/// Contexts numbered throughout, from one of each kind.
fn numbered(of_kind: [usize; 4]) -> [usize; 4] {
    let mut from = 0;
    std::array::from_fn(|kind| {
        from += CONTEXTS[kind];
        from - CONTEXTS[kind] + of_kind[kind]
    })
}

/// Steps of the tables: a chance has 12 bits there; what is stretched goes from -8 to 8 in steps of 1/256.
const STEP_COUNT: usize = 4096;
/// How far a count follows: what went before weighs at least this many decisions.
const MEMORY: u32 = 255;

struct Model {
    /// Of every context and decision, 24 bits of the chance of a 1 and 8 bits that count the decisions seen.
    counts: Vec<u32>,
    /// Of every decision, the weight of each kind of context, 1 being 65536.
    weights: [[i32; CONTEXTS.len()]; DECISIONS],
    /// `65536 / (1 + e^-x)`, x = i / 256 - 8.
    squash: [i32; STEP_COUNT],
    /// Its inverse: 256 x, by the 12 highest bits of a chance.
    stretch: [i32; STEP_COUNT],
    /// How far the n-th decision moves a count, 1 being 65536.
    share: [i64; MEMORY as usize + 1],
}

impl Model {
    fn new() -> Self {
        let mut squash = [0; STEP_COUNT];
        // e^-x, each from the one before: only a quotient, whose bits are the same on every machine.
        let mut power = 2_980.957_987_041_728_3_f64; // e^8
        for value in &mut squash {
            *value = (65536.0 / (1.0 + power)) as i32;
            power /= 1.003_913_889_338_347_6; // e^(1/256)
        }
        let mut stretch = [0; STEP_COUNT];
        let mut at = 0;
        for (chance, value) in stretch.iter_mut().enumerate() {
            while at < STEP_COUNT - 1 && squash[at] < 16 * chance as i32 + 8 {
                at += 1;
            }
            *value = at as i32 - 2048;
        }
        Self {
            counts: vec![1 << 31; CONTEXTS.iter().sum::<usize>() * DECISIONS],
            weights: [[20_000; CONTEXTS.len()]; DECISIONS],
            squash,
            stretch,
            share: std::array::from_fn(|seen| (65536 * 2) / (2 * seen as i64 + 3)),
        }
    }

    fn value(&mut self, coder: &mut impl Coder, contexts: &[usize; 4], value: u8) -> u8 {
        if self.decision(coder, contexts, 0, value == 0) {
            return 0;
        }
        if self.decision(coder, contexts, 1, value == 16) {
            return 16;
        }
        let mut known = 1;
        for shift in [3, 2, 1, 0] {
            let bit = self.decision(coder, contexts, 1 + known, (value >> shift) & 1 == 1);
            known = 2 * known + usize::from(bit);
        }
        known as u8 & 15
    }

    /// A function of its own, called often: a browser compiles well only what it has seen to be called often.
    #[inline(never)]
    fn decision(
        &mut self,
        coder: &mut impl Coder,
        contexts: &[usize; 4],
        decision: usize,
        bit: bool,
    ) -> bool {
        let at = contexts.map(|context| context * DECISIONS + decision);
        let weights = &mut self.weights[decision];
        let stretched = at.map(|at| self.stretch[(self.counts[at] >> 20) as usize]);
        let sum: i64 = (0..4)
            .map(|i| i64::from(weights[i]) * i64::from(stretched[i]))
            .sum();
        let step = ((sum >> 16) + 2048).clamp(0, STEP_COUNT as i64 - 1);
        let chance = self.squash[step as usize];
        let bit = coder.bit(chance as u32, bit);
        let error = (i32::from(bit) << 16) - chance;
        for i in 0..4 {
            weights[i] += (error * stretched[i]) >> RATE;
            let count = &mut self.counts[at[i]];
            let (chance, seen) = ((*count >> 8) as i32, *count & 255);
            let truth = if bit { (1 << 24) - 1 } else { 0 };
            let step = i64::from(truth - chance) * self.share[seen as usize];
            let chance = chance + (step >> 16) as i32;
            *count = ((chance as u32) << 8) | (seen + 1).min(MEMORY);
        }
        bit
    }
}

/// The interval that arithmetic coding narrows with every bit.
pub struct Interval {
    low: u32,
    high: u32,
}

impl Interval {
    /// Before the first bit.
    pub const WHOLE: Self = Self {
        low: 0,
        high: u32::MAX,
    };

    /// The last number of the part that stands for a 1 of the given chance; see [`Coder::bit`].
    pub fn split(&self, chance: u32) -> u32 {
        self.low + ((u64::from(self.high - self.low) * u64::from(chance)) >> 16) as u32
    }

    /// Takes the part on the side of `bit`.
    pub fn narrow(&mut self, split: u32, bit: bool) {
        if bit {
            self.high = split;
        } else {
            self.low = split + 1;
        }
    }

    /// The first byte, once both ends agree on it; the interval is widened by it.
    pub fn settled(&mut self) -> Option<u8> {
        if (self.low ^ self.high) >> 24 != 0 {
            return None;
        }
        let byte = (self.low >> 24) as u8;
        self.low <<= 8;
        self.high = (self.high << 8) | 255;
        Some(byte)
    }
}

/// Reads what build.rs wrote.
pub struct Reader<'a> {
    interval: Interval,
    at: u32,
    bytes: std::slice::Iter<'a, u8>,
}

impl<'a> Reader<'a> {
    /// From the first byte on.
    pub fn new(bytes: &'a [u8]) -> Self {
        let mut reader = Self {
            interval: Interval::WHOLE,
            at: 0,
            bytes: bytes.iter(),
        };
        (0..4).for_each(|_| reader.next());
        reader
    }

    fn next(&mut self) {
        self.at = (self.at << 8) | u32::from(self.bytes.next().copied().unwrap_or(0));
    }
}

impl Coder for Reader<'_> {
    fn bit(&mut self, chance: u32, _: bool) -> bool {
        let split = self.interval.split(chance);
        let bit = self.at <= split;
        self.interval.narrow(split, bit);
        while self.interval.settled().is_some() {
            self.next();
        }
        bit
    }
}
