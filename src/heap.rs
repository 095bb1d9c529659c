//! The heap of the module that the browser downloads: a seventh of what a general one weighs, since it need not serve threads,
//! large alignments or the odd size well.
//!
//! Small blocks (up to [`SMALL`] bytes) come in powers of two, each with a list of its free blocks. Larger ones are runs of
//! [`UNIT`]s; free runs are kept in order of address and grow together again, so that what one experiment leaves behind serves the
//! next one, whatever its sizes. An engine holds tens of large blocks and a training step allocates nothing: walking the runs
//! costs nothing that shows. A block's size comes back with it (Rust's layouts), so that blocks carry no headers.

use std::ptr::null_mut;

/// Every block lies at a multiple of this many bytes.
pub(crate) const GRAIN: usize = 16;
/// The largest of the small blocks, bytes.
const SMALL: usize = 512;
/// Large blocks are multiples of this many bytes.
const UNIT: usize = 1024;
/// Small blocks are cut from pieces of this many bytes.
const PIECE: usize = 4 * UNIT;
/// Sizes of small blocks: 16, 32, ..., [`SMALL`].
const CLASSES: usize = (SMALL / GRAIN).ilog2() as usize + 1;

/// A free block: it keeps its own place in a list.
struct Free {
    next: *mut Free,
    /// Bytes; of runs alone.
    len: usize,
}

/// What is free.
pub(crate) struct Heap {
    small: [*mut Free; CLASSES],
    runs: *mut Free,
}

/// The bytes that a request of `size` takes.
fn room(size: usize) -> usize {
    if size <= SMALL {
        size.max(GRAIN).next_power_of_two()
    } else {
        size.next_multiple_of(UNIT)
    }
}

/// Whether a block of `old` bytes holds `new` ones as well, and would be no smaller if asked for anew.
pub(crate) fn fits(old: usize, new: usize) -> bool {
    room(old) == room(new)
}

impl Heap {
    pub(crate) const fn new() -> Self {
        Self {
            small: [null_mut(); CLASSES],
            runs: null_mut(),
        }
    }

    /// A block of at least `size` bytes at a multiple of [`GRAIN`]; null where `grow` has none left. `grow(bytes)` gives the address
    /// of at least so many new bytes, and how many they are; an address of 0 means none.
    ///
    /// # Safety
    /// What `grow` gives is nobody else's, for as long as the heap is used, and begins at a multiple of [`GRAIN`].
    pub(crate) unsafe fn take(&mut self, size: usize, grow: impl Fn(usize) -> (usize, usize)) -> *mut u8 {
        if size > isize::MAX as usize / 2 {
            return null_mut();
        }
        let bytes = room(size);
        if size > SMALL {
            // SAFETY: as the caller promises.
            return unsafe { self.take_run(bytes, grow) };
        }
        let class = (bytes / GRAIN).ilog2() as usize;
        // SAFETY: lists hold free blocks alone, each at least a `Free` long.
        unsafe {
            if self.small[class].is_null() {
                let piece = self.take_run(PIECE, grow);
                if piece.is_null() {
                    return piece;
                }
                for at in (0..PIECE).step_by(bytes) {
                    self.give(piece.add(at), bytes);
                }
            }
            let block = self.small[class];
            self.small[class] = (*block).next;
            block.cast()
        }
    }

    /// Takes back a block of `size` bytes, as it was asked for.
    ///
    /// # Safety
    /// `block` came from [`Heap::take`] with the same `size`, or is new memory of at least [`room`] of it, and is used no more.
    pub(crate) unsafe fn give(&mut self, block: *mut u8, size: usize) {
        let bytes = room(size);
        let block: *mut Free = block.cast();
        // SAFETY: the block is free from here on, and large enough for a `Free`; so are all that the lists hold.
        unsafe {
            if size <= SMALL {
                let class = (bytes / GRAIN).ilog2() as usize;
                (*block).next = self.small[class];
                self.small[class] = block;
                return;
            }
            let (mut before, mut after) = (null_mut::<Free>(), self.runs);
            while !after.is_null() && after < block {
                before = after;
                after = (*after).next;
            }
            *block = Free {
                next: after,
                len: bytes,
            };
            if block as usize + bytes == after as usize {
                (*block).len += (*after).len;
                (*block).next = (*after).next;
            }
            if before.is_null() {
                self.runs = block;
            } else if before as usize + (*before).len == block as usize {
                (*before).len += (*block).len;
                (*before).next = (*block).next;
            } else {
                (*before).next = block;
            }
        }
    }

    /// The end of the first run that is long enough.
    unsafe fn take_run(&mut self, bytes: usize, grow: impl Fn(usize) -> (usize, usize)) -> *mut u8 {
        loop {
            let mut link: *mut *mut Free = &raw mut self.runs;
            // SAFETY: links lead from run to run until null; runs are free and hold a `Free`.
            unsafe {
                while !(*link).is_null() {
                    let run = *link;
                    if (*run).len == bytes {
                        *link = (*run).next;
                        return run.cast();
                    }
                    if (*run).len > bytes {
                        (*run).len -= bytes;
                        return run.cast::<u8>().add((*run).len);
                    }
                    link = &raw mut (*run).next;
                }
                let (at, len) = grow(bytes);
                if at == 0 {
                    return null_mut();
                }
                self.give(at as *mut u8, len);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::cell::Cell;

    /// Memory that grows as the browser's does: from one end, in pages, up to a limit.
    struct Memory {
        bytes: Vec<u128>,
        used: Cell<usize>,
    }

    impl Memory {
        const PAGE: usize = 1 << 16;

        fn of(pages: usize) -> Self {
            Self {
                bytes: vec![0; pages * Self::PAGE / 16],
                used: Cell::new(0),
            }
        }

        fn grow(&self, bytes: usize) -> (usize, usize) {
            let (from, len) = (self.used.get(), bytes.next_multiple_of(Self::PAGE));
            if from + len > self.bytes.len() * 16 {
                return (0, 0);
            }
            self.used.set(from + len);
            (self.bytes.as_ptr() as usize + from, len)
        }
    }

    fn filled(block: *mut u8, size: usize, with: u8) -> bool {
        // SAFETY: the block was taken with this size and is not given back yet.
        unsafe { std::slice::from_raw_parts(block, size) }
            .iter()
            .all(|&b| b == with)
    }

    proptest! {
        /// Blocks overlap neither each other nor the heap's own lists, are aligned, and all memory comes back: afterwards one block
        /// as large as all that was ever in use at once fits in without growing.
        #[test]
        fn blocks_are_apart_and_come_back(sizes in prop::collection::vec((0usize..6000, any::<bool>()), 1..300)) {
            let memory = Memory::of(64);
            let mut heap = Heap::new();
            let mut held: Vec<(*mut u8, usize, u8)> = Vec::new();
            for (i, &(size, free)) in sizes.iter().enumerate() {
                // SAFETY: memory outlives the heap; blocks are given back once, with the size they were asked for.
                unsafe {
                    let block = heap.take(size, |n| memory.grow(n));
                    prop_assert!(!block.is_null() && (block as usize).is_multiple_of(GRAIN));
                    block.write_bytes(i as u8, size);
                    held.push((block, size, i as u8));
                    if free {
                        let (block, size, with) = held.swap_remove(i * 7 % held.len());
                        prop_assert!(filled(block, size, with));
                        heap.give(block, size);
                    }
                }
            }
            let large: usize = held.iter().filter(|h| h.1 > SMALL).map(|h| room(h.1)).sum();
            for (block, size, with) in held {
                prop_assert!(filled(block, size, with));
                // SAFETY: as above.
                unsafe { heap.give(block, size) };
            }
            if large > SMALL {
                let before = memory.used.get();
                // Pieces of small blocks stay where they are; what is large again and again fits between them.
                // SAFETY: as above.
                unsafe {
                    let mut longest = 0;
                    let mut run = heap.runs;
                    while !run.is_null() {
                        longest = longest.max((*run).len);
                        let next = (*run).next;
                        prop_assert!(next.is_null() || (run as usize + (*run).len) < next as usize, "runs grow together");
                        run = next;
                    }
                    prop_assert!(!heap.take(longest, |n| memory.grow(n)).is_null());
                }
                prop_assert_eq!(memory.used.get(), before);
            }
        }
    }

    #[test]
    fn where_nothing_is_left_the_answer_is_null_and_the_heap_stays_whole() {
        let memory = Memory::of(2);
        let mut heap = Heap::new();
        // SAFETY: memory outlives the heap; the block is given back once.
        unsafe {
            assert!(heap.take(1 << 20, |n| memory.grow(n)).is_null());
            assert!(heap.take(usize::MAX, |n| memory.grow(n)).is_null());
            let block = heap.take(100_000, |n| memory.grow(n));
            assert!(!block.is_null());
            heap.give(block, 100_000);
            assert!(!heap.take(2 << 16, |n| memory.grow(n)).is_null());
        }
    }

    #[test]
    fn a_block_fits_where_it_would_get_the_same_room() {
        assert!(fits(17, 32) && fits(513, 1024));
        assert!(!fits(16, 17) && !fits(512, 513) && !fits(1024, 1025));
    }
}
